// The site as it is served: headers, compression, caching, and pages that start.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { PORTAL, checkAxe, checkVorfaelle, launch, openPage } from "./hilfe.mjs";

/** Paths of all assets that a page names. */
async function assets(path) {
  const html = await (await fetch(PORTAL + path)).text();
  const found = [...html.matchAll(/(?:href|src|content)="(\/assets\/[^"]+)"/g)].map((match) => match[1]);
  assert.ok(found.length > 4, `${path} names ${found.length} assets`);
  return found;
}

describe("the site over HTTP", () => {
  test("each answer forbids what the pages do not need", async () => {
    for (const path of ["/", "/antrag/verpflichtungserklaerung", "/amt", "/lizenzen/", "/gibt-es-nicht.js"]) {
      const { headers } = await fetch(PORTAL + path);
      const policy = headers.get("content-security-policy");
      assert.match(policy, /default-src 'none'/, path);
      assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:/, path);
      assert.equal(headers.get("x-content-type-options"), "nosniff", path);
      assert.equal(headers.get("referrer-policy"), "no-referrer", path);
    }
  });

  test("assets are compressed, kept for ever, and there", async () => {
    for (const path of [...(await assets("/")), ...(await assets("/amt"))]) {
      const answer = await fetch(PORTAL + path, { headers: { "accept-encoding": "br" } });
      assert.equal(answer.status, 200, path);
      assert.match(answer.headers.get("cache-control"), /immutable/, path);
      assert.equal(answer.headers.get("content-encoding"), "br", path);
      assert.ok((await answer.arrayBuffer()).byteLength > 0, path);
    }
  });

  test("a page is asked for again and not sent twice", async () => {
    const first = await fetch(`${PORTAL}/`);
    assert.equal(first.headers.get("cache-control"), "no-cache");
    const etag = first.headers.get("etag");
    const second = await fetch(`${PORTAL}/`, { headers: { "if-none-match": etag } });
    assert.equal(second.status, 304);
  });

  test("what is not there or not allowed is a problem document", async () => {
    const table = [
      ["GET", "/assets/gibt-es-nicht.js", 404],
      ["POST", "/", 405],
      ["DELETE", "/amt", 405],
    ];
    for (const [method, path, status] of table) {
      const answer = await fetch(PORTAL + path, { method });
      assert.equal(answer.status, status, `${method} ${path}`);
      assert.equal(answer.headers.get("content-type"), "application/problem+json");
      assert.equal((await answer.json()).status, status);
    }
  });
});

describe("the pages in a browser", () => {
  let browser;
  before(async () => (browser = await launch()));
  after(() => browser?.close());

  for (const path of ["/", "/amt", "/lizenzen/"]) {
    for (const colorScheme of ["light", "dark"]) {
      test(`${path} starts without complaint and is accessible, ${colorScheme}`, async () => {
        const page = await openPage(browser, { colorScheme });
        await page.goto(PORTAL + path, { waitUntil: "networkidle" });
        await page.locator("h1").first().waitFor();
        assert.ok(await page.locator("#startfehler").isHidden().catch(() => true));
        await checkAxe(page, path);
        checkVorfaelle(page, path === "/amt" ? [/401/] : []);
        await page.context().close();
      });
    }
  }

  test("names with combining marks are in the page's own font", async () => {
    const page = await openPage(browser);
    await page.goto(`${PORTAL}/lizenzen/`);
    const loaded = await page.evaluate(async () => {
      const text = "Łódź C̆ Ṣ A̋";
      await Promise.all([400, 600].map((weight) => document.fonts.load(`${weight} 16px "Fira Sans"`, text)));
      return [...document.fonts].filter((face) => face.status === "loaded").map((face) => face.weight);
    });
    assert.deepEqual([...new Set(loaded)].sort(), ["400", "600"]);
    checkVorfaelle(page);
    await page.context().close();
  });
});
