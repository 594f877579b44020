// The whole way in a real browser: a Verpflichtungserklärung is typed in with the keyboard, arrives in
// both counterparts byte for byte, and stands in the work list.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { fall, melde, pdf } from "./antrag.mjs";
import {
  DMS, FACHVERFAHREN, PORTAL, checkAxe, checkVorfaelle, eingang, env, launch, openPage, steuere, waitFor,
} from "./hilfe.mjs";
import { antworten, elementId, fillPage } from "./tastatur.mjs";

const ANTRAG = `${PORTAL}/antrag/verpflichtungserklaerung`;
const ORDNER = join(env("DATEN_DIR"), "gegenstellen");
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

let browser;
let amt;
before(async () => {
  browser = await launch();
  amt = await melde(PORTAL, env("DEMO_KENNUNG"), env("DEMO_PASSWORT"));
});
after(async () => {
  for (const stelle of [FACHVERFAHREN, DMS]) await steuere(stelle, { modus: "normal" });
  await browser?.close();
});

/** Presses Tab until a link to this address has the focus, and Enter. */
async function followByKeyboard(page, href) {
  for (let steps = 0; steps < 60; steps += 1) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(() => document.activeElement?.getAttribute("href"));
    if (found === href) return page.keyboard.press("Enter");
  }
  assert.fail(`the keyboard does not reach ${href}`);
}

/** Fills in everything from the first page to the receipt; `onPage` sees each page before it is filled in. */
async function fillIn(page, { onPage } = {}) {
  const daten = await fall(PORTAL);
  const lohn = pdf(`Lohn ${Math.random()}`);
  const datei = join(tmpdir(), `lohn-${process.pid}-${Date.now()}.pdf`);
  await writeFile(datei, lohn);
  const upload = elementId("nachweise.NV_LOHN");
  const later = `${elementId("nachweise.NV_AUSWEIS")}-nachreichen`;
  const besonders = async ({ id, checked }) => {
    if (id === later && !checked) return page.keyboard.press("Space");
    // No keyboard reaches into the file dialog of the system.
    if (id === upload && !(await page.locator(".dateien__datei").count())) {
      await page.locator(`#${upload}`).setInputFiles(datei);
      await page.locator(".dateien__datei").first().waitFor();
      await page.locator(`#${upload}`).focus();
    }
  };
  await page.goto(ANTRAG);
  await page.locator("#titel").first().waitFor();
  await onPage?.("einstieg");
  await followByKeyboard(page, "/antrag/verpflichtungserklaerung/aufgaben");
  await page.waitForURL("**/aufgaben");
  await page.locator("#fortschritt").waitFor();
  await onPage?.("aufgaben");
  await followByKeyboard(page, "/antrag/verpflichtungserklaerung/abgabe");
  const alle = antworten(daten);
  const seen = new Set();
  for (let pages = 0; pages < 80; pages += 1) {
    await page.waitForFunction(() => document.querySelector("#weiter") ?? document.querySelector("#vorgangsnummer"));
    const { pathname } = new URL(page.url());
    if (pathname.endsWith("/fertig")) {
      await onPage?.("fertig");
      const nummer = (await page.locator("#vorgangsnummer").textContent()).trim();
      const code = (await page.locator("#zugangscode").textContent()).trim();
      return { nummer, code, lohn, seen };
    }
    if (!seen.has(pathname)) await onPage?.(pathname.split("/").pop());
    seen.add(pathname);
    await fillPage(page, alle, { besonders });
  }
  assert.fail("the form has no end");
}

/** The case, once both targets have it. */
function delivered(nummer) {
  return waitFor(
    async () => {
      const answer = await amt(`/vorgaenge/${nummer}`);
      if (answer.status !== 200) return false;
      const vorgang = await answer.json();
      return vorgang.zustellungen.every((it) => it.zustand === "zugestellt") && vorgang;
    },
    `${nummer} is delivered`,
    60_000,
  );
}

async function checkArrival(nummer, lohn) {
  const message = Buffer.from(await (await amt(`/vorgaenge/${nummer}/nachricht.xml`)).arrayBuffer());
  const uuid = /<nachrichtenUUID>([^<]+)</.exec(message.toString())[1];
  const arrived = await readFile(join(ORDNER, "fachverfahren", `${uuid}.xml`));
  assert.equal(sha256(arrived), sha256(message));
  const hashes = (await eingang(DMS)).eingang.filter((it) => it.schluessel.includes(nummer)).map((it) => it.sha256);
  assert.ok(hashes.includes(sha256(message)), "the message is filed");
  assert.ok(hashes.includes(sha256(lohn)), "the uploaded file is filed");
}

describe("a Verpflichtungserklärung", () => {
  test("is typed in with the keyboard, arrives, and stands in the work list", { timeout: 240_000 }, async () => {
    const page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    const { nummer, code, lohn, seen } = await fillIn(page, { onPage: (where) => checkAxe(page, where) });
    assert.ok(seen.size > 25, `${seen.size} pages`);
    checkVorfaelle(page);
    await delivered(nummer);
    await checkArrival(nummer, lohn);

    // The applicant sees where it stands.
    await page.goto(`${PORTAL}/status`);
    await page.locator("input").first().fill(nummer);
    await page.locator("input").nth(1).fill(code);
    await page.keyboard.press("Enter");
    await page.getByText(nummer).first().waitFor();
    await checkAxe(page, "status");
    await page.context().close();

    // The caseworker logs in and opens it.
    const desk = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await desk.goto(`${PORTAL}/amt`);
    await desk.locator("#kennung").fill(env("DEMO_KENNUNG"));
    await desk.locator("#passwort").fill(env("DEMO_PASSWORT"));
    await desk.keyboard.press("Enter");
    await desk.locator(`a[href="/amt/vorgang/${nummer}"]`).waitFor();
    await checkAxe(desk, "work list");
    await desk.locator(`a[href="/amt/vorgang/${nummer}"]`).click();
    await desk.locator("#zustellungen").waitFor();
    assert.match(await desk.locator("#titel").textContent(), /Kowalczyk/);
    assert.match(await desk.locator("main").textContent(), /Michał Jan/);
    await checkAxe(desk, "case");
    await desk.goto(`${PORTAL}/amt/betrieb`);
    await desk.getByText("Die Bilanz stimmt", { exact: false }).waitFor();
    await checkAxe(desk, "operation");
    checkVorfaelle(desk, [/401/]);
    await desk.context().close();
  });

  test("is accepted while both counterparts are down, and arrives when they are back", { timeout: 240_000 }, async () => {
    for (const stelle of [FACHVERFAHREN, DMS]) await steuere(stelle, { modus: "aus" });
    const page = await openPage(browser);
    const { nummer, lohn } = await fillIn(page);
    await page.context().close();
    await waitFor(async () => {
      const { zustellungen } = await (await amt(`/vorgaenge/${nummer}`)).json();
      return zustellungen.every((it) => it.versuche > 0 && it.zustand !== "zugestellt");
    }, "both were tried in vain");
    for (const stelle of [FACHVERFAHREN, DMS]) await steuere(stelle, { modus: "normal" });
    await delivered(nummer);
    await checkArrival(nummer, lohn);
  });
});

describe("an applicant who makes mistakes", () => {
  test("is told all of them at once, with the focus on the summary", { timeout: 120_000 }, async () => {
    for (const [viewport, colorScheme] of [[{ width: 320, height: 640 }, "dark"], [{ width: 1280, height: 900 }, "light"]]) {
      const page = await openPage(browser, { viewport, colorScheme });
      for (const seite of ["abgabe", "dauer", "geber-art", "gast-name", "gast-geburt", "gast-ausland", "zustellung"]) {
        await page.goto(`${ANTRAG}/${seite}`);
        await page.locator("#weiter").waitFor();
        await page.locator("#weiter").click();
        await waitFor(
          () => page.evaluate(() => document.activeElement?.id === "meldung"),
          `${seite}: the summary has the focus`,
          5_000,
        );
        await checkAxe(page, `${seite} with errors, ${colorScheme}`);
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= viewport.width, `${seite} is ${width} px wide`);
        // The first line leads to its input.
        await page.locator("#meldung a").first().click();
        const inForm = await page.evaluate(() => document.activeElement?.closest("form, main") !== null && document.activeElement.id !== "meldung");
        assert.ok(inForm, `${seite}: the link does not move the focus`);
      }
      checkVorfaelle(page);
      await page.context().close();
    }
  });

  test("loses nothing of what was typed last, however the page is left", async () => {
    const page = await openPage(browser);
    const name = page.locator(`#${elementId("gast.familienname.name")}`);
    await page.goto(`${ANTRAG}/gast-name`);
    const ways = {
      reload: () => page.reload(),
      "another site": () => page.goto("about:blank"),
      "another page": () => page.locator("main a[href$='/aufgaben']").click(),
      // As when somebody takes a call, and the telephone ends the browser meanwhile.
      "another app": () =>
        page.evaluate(() => {
          Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
          document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
        }),
    };
    for (const [way, leave] of Object.entries(ways)) {
      await name.fill("");
      // Faster than anybody types: nothing waits for a pause.
      await name.pressSequentially(`Zuletzt ${way}`);
      await leave();
      const other = await page.context().newPage();
      await other.goto(`${ANTRAG}/gast-name`);
      assert.equal(await other.locator(`#${elementId("gast.familienname.name")}`).inputValue(), `Zuletzt ${way}`, way);
      await other.close();
      await page.goto(`${ANTRAG}/gast-name`);
      assert.equal(await name.inputValue(), `Zuletzt ${way}`, way);
    }
    checkVorfaelle(page);
    await page.context().close();
  });

  test("loses nothing on reload, back and forward, nor by changing the language", async () => {
    const page = await openPage(browser);
    await page.goto(`${ANTRAG}/gast-name`);
    const name = page.locator(`#${elementId("gast.familienname.name")}`);
    await name.fill("Ṣafāʾ-Łódź");
    await page.reload();
    assert.equal(await name.inputValue(), "Ṣafāʾ-Łódź");
    await page.goto(`${ANTRAG}/aufgaben`);
    await page.goBack();
    assert.equal(await name.inputValue(), "Ṣafāʾ-Łódź");
    await page.getByRole("link", { name: "English" }).click();
    await page.waitForFunction(() => document.documentElement.lang === "en");
    assert.equal(await name.inputValue(), "Ṣafāʾ-Łódź");
    await checkAxe(page, "in English");
    checkVorfaelle(page);
    await page.context().close();
  });
});
