// The operation: faults on both sides of the real host, the daily run, and the operator's page.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";

import { fall, melde, sende } from "./antrag.mjs";
import {
  DMS, FACHVERFAHREN, PORTAL, checkAxe, checkVorfaelle, env, eingang, launch, openPage, steuere, waitFor,
} from "./hilfe.mjs";

const TEXT = "FV-0042: Die Akte ist gesperrt.";

let amt;
let daten;
let geheimnis;
before(async () => {
  daten = await fall(PORTAL);
  amt = await melde(PORTAL, env("DEMO_KENNUNG"), env("DEMO_PASSWORT"));
  geheimnis = JSON.parse(await readFile(env("VARIABLEN"), "utf8")).intern_geheimnis;
});
after(async () => {
  for (const stelle of [FACHVERFAHREN, DMS]) await steuere(stelle, { modus: "normal" });
});

const betrieb = async () => (await amt("/betrieb")).json();

/** Calls a path below /intern as the scheduler does. */
async function intern(path, method = "GET") {
  const answer = await fetch(`${PORTAL}/intern/${path}`, { method, headers: { authorization: `Bearer ${geheimnis}` } });
  assert.equal(answer.status, 200, `${path}: ${answer.status}`);
  return answer.json();
}

/** Sends cases while both partners misbehave in one way; gives their numbers. */
async function sendeUnter(stoerung, anzahl) {
  for (const stelle of [FACHVERFAHREN, DMS]) await steuere(stelle, stoerung);
  const nummern = [];
  for (let n = 0; n < anzahl; n += 1) nummern.push((await sende(PORTAL, daten)).body.vorgangsnummer);
  assert.equal((await betrieb()).bilanzStimmt, true);
  return nummern;
}

async function zustellungen(nummer) {
  return (await (await amt(`/vorgaenge/${nummer}`)).json()).zustellungen;
}

/** Has everything tried until all of these are as expected. */
async function versucheBis(nummern, erwartet, was) {
  await waitFor(async () => {
    await intern("tageslauf", "POST");
    const alle = (await Promise.all(nummern.map(zustellungen))).flat();
    return alle.every(erwartet);
  }, was, 60_000);
}

describe("partners that misbehave", () => {
  test("get everything once, and the books balance all the way", async () => {
    const nummern = [];
    for (const stoerung of [
      { modus: "aus", anzahl: 2 },
      { modus: "antwort-verlieren", anzahl: 2 },
      { modus: "fehler-500", anzahl: 2 },
      { modus: "fehler-500", anzahl: 2, speichern: true },
      { modus: "muell", anzahl: 2 },
      { modus: "konflikt-409", anzahl: 1 },
      { modus: "ueberlastet-429", anzahl: 1, retryAfter: 1 },
      { modus: "umleitung", anzahl: 1 },
    ]) {
      nummern.push(...(await sendeUnter(stoerung, 2)));
      await intern("tageslauf", "POST");
    }
    for (const stelle of [FACHVERFAHREN, DMS]) await steuere(stelle, { modus: "normal" });
    await versucheBis(nummern, (it) => it.zustand === "zugestellt", "all delivered");
    const da = (await eingang(FACHVERFAHREN)).eingang.filter((it) => it.gespeichert);
    for (const nummer of nummern) {
      const xml = await (await amt(`/vorgaenge/${nummer}/nachricht.xml`)).text();
      const uuid = /<nachrichtenUUID>([^<]+)</.exec(xml)[1];
      assert.equal(da.filter((it) => it.schluessel === uuid).length, 1, nummer);
    }
    assert.equal((await betrieb()).bilanzStimmt, true);
  });
});

test("targets are checked at the start, and when somebody asks", async () => {
  const { ziele } = await betrieb();
  for (const ziel of ["fachverfahren", "dms"]) assert.ok(ziele[ziel].selbstpruefung, ziel);
  const gut = await intern("selbstpruefung");
  assert.equal(gut.gesund, true, JSON.stringify(gut));
  await steuere(DMS, { modus: "fehler-500", anzahl: 1 });
  const schlecht = await intern("selbstpruefung");
  assert.deepEqual([schlecht.gesund, schlecht.ziele.dms.stufe], [false, "antwort"]);
  assert.equal((await intern("selbstpruefung")).gesund, true);
  assert.equal((await intern("gesundheit")).zustand, "bereit");
});

test("the operator's page tells what failed and why, and sends it again", async () => {
  await steuere(FACHVERFAHREN, { modus: "abgelehnt-422", text: TEXT, nach: { aktion: "senden" } });
  const nummern = [];
  for (let n = 0; n < 2; n += 1) nummern.push((await sende(PORTAL, daten)).body.vorgangsnummer);
  await versucheBis(nummern, (it) => it.zustand === (it.ziel === "dms" ? "zugestellt" : "gescheitert"), "refused");
  await steuere(FACHVERFAHREN, { modus: "normal" });

  const browser = await launch();
  try {
    for (const width of [320, 1280]) {
      const page = await openPage(browser, { viewport: { width, height: 900 } });
      await page.goto(`${PORTAL}/amt/betrieb`);
      await page.getByLabel("Kennung").fill(env("DEMO_KENNUNG"));
      await page.getByLabel("Passwort", { exact: true }).fill(env("DEMO_PASSWORT"));
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { level: 1, name: "Betrieb" }).waitFor();
      await page.getByRole("heading", { name: "Gescheitert nach Ursache" }).waitFor();
      await page.getByText("Der Empfänger hat den Inhalt geprüft und abgelehnt.").waitFor();
      await page.getByText("Der letzte Lauf begann am").waitFor();
      await checkAxe(page, `Betrieb at ${width}`);
      const breite = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(breite <= width, `the page is ${breite} wide on a screen of ${width}`);
      if (process.env.BILDER_DIR) await page.screenshot({ path: `${process.env.BILDER_DIR}/betrieb-${width}.png`, fullPage: true });
      if (width === 1280) {
        const knopf = page.getByRole("button", { name: /Erneut senden an Fachverfahren wegen http-422/ });
        await knopf.focus();
        await page.keyboard.press("Enter");
        await page.getByText("Diese Zustellungen an Fachverfahren laufen erneut.").waitFor();
      }
      await page.getByRole("link", { name: "Gesetzesstände" }).click();
      await page.getByRole("heading", { level: 1, name: "Gesetzesstände" }).waitFor();
      await page.getByText("Staatsangehörigkeitsgesetz").first().waitFor();
      await checkAxe(page, `Gesetzesstände at ${width}`);
      const recht = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(recht <= width, `the register is ${recht} wide on a screen of ${width}`);
      checkVorfaelle(page, [/401/]);
      await page.context().close();
    }
  } finally {
    await browser.close();
  }
  await versucheBis(nummern, (it) => it.zustand === "zugestellt", "delivered after all");
});
