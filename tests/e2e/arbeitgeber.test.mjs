// A Beschäftigungserlaubnis for which the employer fills in the part over a one-time link: two browsers, one
// application. It is typed in with the keyboard, arrives in both counterparts, and the caseworker sees who said what.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { melde, pdf, tag } from "./antrag.mjs";
import { DMS, PORTAL, checkAxe, checkVorfaelle, eingang, env, launch, openPage, waitFor } from "./hilfe.mjs";
import { antworten, elementId, fillPage } from "./tastatur.mjs";

const ANTRAG = `${PORTAL}/antrag/beschaeftigungserlaubnis`;
const ORDNER = join(env("DATEN_DIR"), "gegenstellen");
const BILDER = process.env.BILDER_DIR;
const FAELLE = JSON.parse(await readFile(new URL("../faelle/cases.json", import.meta.url), "utf8"));
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

let browser;
let amt;
before(async () => {
  browser = await launch();
  amt = await melde(PORTAL, env("DEMO_KENNUNG"), env("DEMO_PASSWORT"));
});
after(() => browser?.close());

/** The answers of case B1, moved to the present: those of the applicant, and those of the employer. */
async function fall() {
  const { heute } = await (await fetch(`${PORTAL}/api/konfiguration`)).json();
  const { daten } = structuredClone(FAELLE.beschaeftigungserlaubnis.valid.find((it) => it.id === "B1"));
  delete daten.meta;
  delete daten.nachweise;
  delete daten.antrag.variante;
  daten.beschaeftigung.beginn = tag(heute, 45);
  daten.beschaeftigung.bis = tag(heute, 700);
  const teil = {};
  for (const name of ["arbeitgeber", "arbeitszeit", "ueberstunden", "urlaub", "tarif", "entgelt", "beschaeftigung"]) {
    teil[name] = structuredClone(daten[name]);
  }
  teil.arbeitgeberErklaerung = {
    nameStimmt: true, geburtsdatum: "1990-05-17", name: "Ayşe Öztürk", funktion: "Heimleitung", ort: "Bielefeld", bestaetigt: true,
  };
  for (const name of Object.keys(teil)) delete daten[name];
  daten.beschaeftigung = { art: teil.beschaeftigung.art };
  delete teil.beschaeftigung.art;
  daten.arbeitgeberTeil = { weg: "LINK", firma: "Seniorenzentrum Beispielhof", beginn: teil.beschaeftigung.beginn };
  return { daten, teil };
}

/** Takes a picture of the page, narrow and wide, for whoever wants to look at it. */
async function shoot(page, name) {
  if (!BILDER) return;
  const before = page.viewportSize();
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: join(BILDER, `${name}-${width}.png`), fullPage: true });
  }
  await page.setViewportSize(before);
}

/** Fails if the page is wider than a narrow screen. */
async function checkNarrow(page, where) {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(width <= 320, `${where} is ${width} px wide`);
  await page.setViewportSize(before);
}

const pathOf = (page) => new URL(page.url()).pathname;

/** Fills in pages until one is there that `bis` names, or the receipt. */
async function fillUntil(page, alle, bis, { besonders, onPage } = {}) {
  const seen = new Set();
  for (let pages = 0; pages < 60; pages += 1) {
    await page.waitForFunction(() => document.querySelector("#weiter") ?? document.querySelector(".quittung"));
    const seite = pathOf(page).split("/").pop();
    if (seite === bis || seite === "fertig") return seen;
    if (!seen.has(seite)) await onPage?.(seite);
    seen.add(seite);
    await fillPage(page, alle, { besonders });
  }
  assert.fail(`no page ${bis}`);
}

/** Opens the application and fills it in up to the page with the link; gives the link. */
async function makeLink(page, daten, onPage) {
  await page.goto(`${ANTRAG}/dokument-art`);
  await fillUntil(page, antworten(daten), "arbeitgeber-link", { onPage });
  await onPage?.("arbeitgeber-link");
  // By keyboard, past the questions.
  const anlegen = page.getByRole("button", { name: "Link erstellen" });
  await anlegen.focus();
  await page.keyboard.press("Enter");
  await page.locator("#link").waitFor();
  return page.locator("#link").inputValue();
}

/** Fills in the employer's part in a browser of its own. */
async function fillPart(link, teil, { onPage } = {}) {
  const page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  const vertrag = pdf(`Vertrag ${Math.random()}`);
  const datei = join(tmpdir(), `vertrag-${process.pid}-${Date.now()}.pdf`);
  await writeFile(datei, vertrag);
  await page.goto(link);
  await page.locator("#fuer").waitFor();
  assert.equal(new URL(page.url()).hash, "", "the secret stays in the address");
  assert.match(await page.locator("#fuer").textContent(), /Nguyệt Thị Đặng-Yılmaz/);
  await onPage?.(page, "einstieg");
  await page.reload();
  await page.locator("#fuer").waitFor();
  await page.locator('a[href="/antrag/arbeitgeber/aufgaben"]').first().click();
  await page.locator("#fortschritt").waitFor();
  await onPage?.(page, "aufgaben");
  await page.goto(`${PORTAL}/antrag/arbeitgeber/arbeitgeber-person`);
  const upload = elementId("nachweise.NB_VERTRAG");
  const besonders = async ({ id }) => {
    if (id === upload && !(await page.locator(".dateien__datei").count())) {
      await page.locator(`#${upload}`).setInputFiles(datei);
      await page.locator(".dateien__datei").first().waitFor();
      await page.locator(`#${upload}`).focus();
    }
  };
  await fillUntil(page, antworten(teil), "fertig", { besonders, onPage: (seite) => onPage?.(page, seite) });
  await page.locator("#nummer").waitFor();
  const nummer = (await page.locator("#nummer").textContent()).trim();
  await onPage?.(page, "fertig");
  const secret = link.split("#")[1].split(".")[1];
  assert.ok(requests.every((url) => !url.includes(secret)), "the secret is in a request's address");
  checkVorfaelle(page);
  return { page, nummer, vertrag };
}

describe("an employer with a link", () => {
  test("fills in the part, and the application arrives with it", { timeout: 300_000 }, async () => {
    const { daten, teil } = await fall();
    const page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    const link = await makeLink(page, daten, (where) => checkAxe(page, where));
    assert.match(link, /\/antrag\/arbeitgeber#[0-9a-f]{16}\..{40,}$/);
    await page.getByText("Der Link wurde noch nicht geöffnet").waitFor();
    await checkAxe(page, "link sent");
    await checkNarrow(page, "link");
    await shoot(page, "link");

    // Without the part nothing can be sent, and the way leads to the link.
    await page.locator("#weiter").click();
    await page.waitForURL("**/nachweise");
    const later = `${elementId("nachweise.NB_DOKUMENT")}-nachreichen`;
    const besonders = ({ id, checked }) => id === later && !checked && page.keyboard.press("Space");
    await fillUntil(page, antworten(daten), "zusammenfassung", { besonders });
    await fillPage(page, antworten(daten));
    const fehlt = page.locator("#meldung a", { hasText: "Der Arbeitgeber hat seinen Teil noch nicht bestätigt" });
    assert.equal(await page.locator("#meldung a").count(), 1);
    await checkAxe(page, "summary without the part");
    await fehlt.click();
    await page.waitForURL("**/arbeitgeber-link*");

    const arbeitgeber = await fillPart(link, teil, {
      onPage: async (page, where) => {
        await checkAxe(page, `employer: ${where}`);
        await checkNarrow(page, `employer: ${where}`);
        if (["einstieg", "arbeitgeber-person", "lohn", "arbeitgeber-bestaetigung", "fertig"].includes(where)) {
          await shoot(page, `arbeitgeber-${where}`);
        }
      },
    });
    const seite = await arbeitgeber.page.locator("body").textContent();
    for (const geheim of ["Musterstraße", "230420012345", "Duldung", "person@example"]) {
      assert.ok(!seite.includes(geheim), `the employer sees ${geheim}`);
    }
    const herunterladen = arbeitgeber.page.waitForEvent("download");
    await arbeitgeber.page.getByRole("button", { name: "PDF" }).click();
    const ezb = await readFile(await (await herunterladen).path());
    assert.equal(ezb.subarray(0, 5).toString(), "%PDF-");
    await arbeitgeber.page.context().close();

    // Used up.
    const nochmal = await openPage(browser);
    await nochmal.goto(link);
    await nochmal.getByText("Diese Erklärung ist schon gesendet").waitFor();
    await checkAxe(nochmal, "used link");
    await shoot(nochmal, "arbeitgeber-benutzt");
    checkVorfaelle(nochmal, [/410/]);
    await nochmal.context().close();

    await page.reload();
    await page.getByText("Ihr Arbeitgeber hat seinen Teil ausgefüllt").waitFor();
    await checkAxe(page, "part is there");
    await shoot(page, "link-ausgefuellt");
    await page.goto(`${ANTRAG}/firma`);
    await page.locator("#titel").first().waitFor();
    assert.equal(await page.locator("#weiter").count(), 0, "the applicant can change the employer's answers");

    await page.goto(`${ANTRAG}/zusammenfassung`);
    await page.getByText("Seniorenzentrum Beispielhof gGmbH").first().waitFor();
    await checkAxe(page, "summary with the part");
    await shoot(page, "zusammenfassung");
    assert.equal(await page.locator('a[href*="/firma"]').count(), 0);
    await fillPage(page, antworten(daten));
    await page.waitForFunction(() => document.querySelector("#vorgangsnummer"));
    const nummer = (await page.locator("#vorgangsnummer").textContent()).trim();
    checkVorfaelle(page);
    await page.context().close();

    const vorgang = await waitFor(async () => {
      const answer = await amt(`/vorgaenge/${nummer}`);
      const vorgang = answer.status === 200 && (await answer.json());
      return vorgang && vorgang.zustellungen.every((it) => it.zustand === "zugestellt") && vorgang;
    }, `${nummer} is delivered`, 60_000);
    assert.equal(vorgang.zulieferung.online, true);
    assert.equal(vorgang.zulieferung.nummer, arbeitgeber.nummer);
    const message = Buffer.from(await (await amt(`/vorgaenge/${nummer}/nachricht.xml`)).arrayBuffer());
    const uuid = /<nachrichtenUUID>([^<]+)</.exec(message.toString())[1];
    assert.equal(sha256(await readFile(join(ORDNER, "fachverfahren", `${uuid}.xml`))), sha256(message));
    assert.ok(message.includes(ezb.toString("base64")), "the message has what the employer confirmed");
    assert.ok(message.includes(arbeitgeber.vertrag.toString("base64")), "the message has the contract");
    const hashes = (await eingang(DMS)).eingang.filter((it) => it.schluessel.includes(nummer)).map((it) => it.sha256);
    for (const bytes of [message, ezb, arbeitgeber.vertrag]) assert.ok(hashes.includes(sha256(bytes)), "filed");

    // The caseworker sees who said what, and by when the Bundesagentur has to answer.
    const desk = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    await desk.goto(`${PORTAL}/amt`);
    await desk.locator("#kennung").fill(env("DEMO_KENNUNG"));
    await desk.locator("#passwort").fill(env("DEMO_PASSWORT"));
    await desk.keyboard.press("Enter");
    await desk.locator(`a[href="/amt/vorgang/${nummer}"]`).first().click();
    await desk.locator("#zulieferung").waitFor();
    const fallseite = await desk.locator("main").textContent();
    for (const text of [arbeitgeber.nummer, "Ayşe Öztürk", "Heimleitung", "§ 36 Abs. 2 BeschV"]) {
      assert.ok(fallseite.includes(text), `the case does not show ${text}`);
    }
    await checkAxe(desk, "case");
    await shoot(desk, "fall");
    checkVorfaelle(desk, [/401/]);
    await desk.context().close();
  });

  test("is told that a link has ended, and the applicant makes a new one", { timeout: 180_000 }, async () => {
    const { daten } = await fall();
    const page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    const alt = await makeLink(page, daten);
    // A month passes.
    const id = alt.split("#")[1].split(".")[0];
    const update = "import sqlite3, sys; d = sqlite3.connect(sys.argv[1], timeout=10); " +
      "d.execute('UPDATE zulieferung SET gueltig_bis = 1 WHERE id = ?', [sys.argv[2]]); d.commit()";
    execFileSync("python3", ["-c", update, join(env("DATEN_DIR"), "portal.db"), id]);
    const arbeitgeber = await openPage(browser);
    await arbeitgeber.goto(alt);
    await arbeitgeber.getByText("Dieser Link ist abgelaufen").waitFor();
    await checkAxe(arbeitgeber, "expired link");
    await checkNarrow(arbeitgeber, "expired link");
    await shoot(arbeitgeber, "arbeitgeber-abgelaufen");

    await page.reload();
    await page.getByText("Der Link ist abgelaufen").waitFor();
    await checkAxe(page, "applicant: expired link");
    await page.getByRole("button", { name: "Neuen Link erstellen" }).click();
    await page.locator("#dialog").waitFor();
    await checkAxe(page, "dialog");
    await page.locator("#dialog .kern-btn--primary").click();
    await page.locator("#link").waitFor();
    const neu = await page.locator("#link").inputValue();
    assert.notEqual(neu, alt);
    // The same tab takes the new link, and the old one is dead.
    await arbeitgeber.goto(neu);
    await arbeitgeber.locator("#fuer").waitFor();
    await page.getByRole("button", { name: "Stand neu laden" }).click();
    await page.getByText("Ihr Arbeitgeber hat den Link geöffnet").waitFor();
    await arbeitgeber.goto(alt);
    await arbeitgeber.getByText("Dieser Link gilt nicht").waitFor();

    await page.getByRole("button", { name: "Link zurückziehen" }).click();
    await page.locator("#dialog .kern-btn--primary").click();
    await page.getByRole("button", { name: "Link erstellen" }).waitFor();
    await arbeitgeber.goto(neu);
    await arbeitgeber.getByText("Dieser Link gilt nicht").waitFor();
    await arbeitgeber.goto(`${PORTAL}/antrag/arbeitgeber#`);
    checkVorfaelle(page);
    checkVorfaelle(arbeitgeber, [/404|410/]);
    await page.context().close();
    await arbeitgeber.context().close();
  });
});
