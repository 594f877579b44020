// The site as it is served: headers, compression, caching, and pages that start.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { PORTAL, checkAxe, checkVorfaelle, launch, openPage, waitFor } from "./hilfe.mjs";

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

  for (const path of ["/", "/quick-check"]) {
    for (const colorScheme of ["light", "dark"]) {
      test(`${path} looks the same before the styles of all pages are there, ${colorScheme}`, async () => {
        const looks = [];
        for (const isAlone of [true, false]) {
          const page = await openPage(browser, { colorScheme });
          if (isAlone) await page.route(/\.css$/, (route) => route.abort());
          await page.goto(PORTAL + path, { waitUntil: "networkidle" });
          await page.evaluate(() => document.fonts.ready);
          assert.equal(await page.locator("link[media='not all']").count(), 0);
          looks.push(await page.screenshot({ fullPage: true }));
          checkVorfaelle(page, isAlone ? [/ERR_FAILED/] : []);
          await page.context().close();
        }
        assert.ok(looks[0].equals(looks[1]), "it changes");
      });
    }
  }

  test("names with combining marks are in the page's own font", async () => {
    const page = await openPage(browser);
    await page.goto(`${PORTAL}/lizenzen/`);
    await page.evaluate(async (name) => {
      document.querySelector("h1").textContent = name;
      await document.fonts.load('600 16px "Fira Sans"', name);
    }, "Łódź Ș C\u0306 L\u0323\u0304 A\u030b");
    const session = await page.context().newCDPSession(page);
    await session.send("DOM.enable");
    await session.send("CSS.enable");
    const { root } = await session.send("DOM.getDocument");
    const { nodeId } = await session.send("DOM.querySelector", { nodeId: root.nodeId, selector: "h1" });
    const used = await waitFor(async () => {
      const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId });
      const names = fonts.map((font) => font.familyName);
      return names.every((name) => name.startsWith("Fira Sans")) && names;
    }, "all characters in Fira Sans");
    assert.ok(used.length > 0);
    checkVorfaelle(page);
    await page.context().close();
  });
});
