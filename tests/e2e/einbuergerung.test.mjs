// The Einbürgerung through its real pages: one person, and a family, both from the case files.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { andererFall, melde } from "./antrag.mjs";
import { answerPage, fillIn } from "./ausfuellen.mjs";
import { PORTAL, checkAxe, checkVorfaelle, env, launch, openPage, waitFor } from "./hilfe.mjs";
import { antworten } from "./tastatur.mjs";

const ANTRAG = `${PORTAL}/antrag/einbuergerung`;

let browser;
let amt;
before(async () => {
  browser = await launch();
  amt = await melde(PORTAL, env("DEMO_KENNUNG"), env("DEMO_PASSWORT"));
});
after(() => browser?.close());

/** What a case says, as the pages ask for it: the first person has its role from its place. */
async function fall(id) {
  const daten = await andererFall(PORTAL, "einbuergerung", id);
  for (const person of daten.personen.slice(1)) {
    // The pages ask where the file says it once.
    person.anschriftWieAntragsteller ??= true;
    person.geburt.staat ??= "000";
  }
  return daten;
}

/** The case in the work list. */
async function vorgang(nummer) {
  const answer = await waitFor(async () => {
    const answer = await amt(`/vorgaenge/${nummer}`);
    return answer.status === 200 && answer;
  }, `${nummer} is in the work list`);
  return answer.json();
}

describe("an Einbürgerung", () => {
  test("of one person goes through all pages and arrives as it was typed", { timeout: 240_000 }, async () => {
    const daten = await fall("E1");
    const page = await openPage(browser, { viewport: { width: 320, height: 720 }, colorScheme: "dark" });
    const { nummer, seen } = await fillIn(page, { antrag: ANTRAG, erste: "eb-antragsart", daten, onPage: async (where) => {
      await checkAxe(page, where);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `${where} is ${width} px wide`);
    } });
    assert.match(nummer, /^EB-/);
    assert.ok(seen.length > 30, `${seen.length} pages`);
    checkVorfaelle(page);
    await page.context().close();

    const { daten: stored, betreff, zusammenfassung } = await vorgang(nummer);
    assert.equal(betreff, "Rīma Al-Ḥalabī");
    const [person] = stored.personen;
    assert.deepEqual(person.weitereNamen, daten.personen[0].weitereNamen);
    assert.deepEqual(person.aufenthalt.zeiten, daten.personen[0].aufenthalt.zeiten);
    // The version of the wording was put there by the page, and the case shows it.
    assert.equal(person.bekenntnis.textVersion, "de-2026-01");
    const zeilen = zusammenfassung.flatMap((teil) => teil.zeilen);
    assert.ok(zeilen.some((it) => it.antwort === "de-2026-01"), "the case shows the version");
  });

  test("of a family asks each person, and the fee is the sum of all", { timeout: 300_000 }, async () => {
    const daten = await fall("E3");
    const page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    const texte = new Map();
    const { nummer, seen } = await fillIn(page, { antrag: ANTRAG, erste: "eb-antragsart", daten, onPage: async (where) => {
      texte.set(where, await page.locator("main").innerText());
      if (["eb-personen", "eb-kinder", "eb-gebuehr", "eb-sorgerecht"].includes(where.split("?")[0])) await checkAxe(page, where);
    } });
    checkVorfaelle(page);
    for (const index of [1, 2, 3]) {
      assert.ok(seen.some((it) => it.includes(`fuer=personen.${index}`)), `person ${index + 1} is asked about`);
    }
    // Only who is 16 makes the Bekenntnis.
    assert.equal(seen.filter((it) => it.startsWith("eb-bekenntnis")).length, 2);
    assert.match(texte.get("eb-gebuehr"), /612 Euro/);
    assert.match(texte.get("eb-gebuehr"), /Elif Naz Özdemir: 51 Euro/);
    // Children are chosen by name, and only those who are in the Antrag.
    assert.match(texte.get("eb-kinder"), /Kerem Can Özdemir/);
    assert.doesNotMatch(texte.get("eb-kinder"), /Person 21/);
    await page.context().close();

    const { betreff, vorschlaege, hinweise, daten: stored } = await vorgang(nummer);
    assert.equal(betreff, "Gökçe Yıldırım-Özdemir, Ayşe Özdemir, Kerem Can Özdemir, Elif Naz Özdemir");
    assert.equal(stored.personen.length, 4);
    assert.ok(hinweise.some((it) => it.regel === "EB_KIND_SCHON_DEUTSCH"));
    const gebuehr = vorschlaege.find((it) => it.titel === "Das kostet die Einbürgerung");
    assert.ok(gebuehr.zeilen.some((it) => it.wert === "612 Euro"), JSON.stringify(gebuehr));

    // One message holds all of them, each with an Antrag of their own.
    const message = await (await amt(`/vorgaenge/${nummer}/nachricht.xml`)).text();
    assert.equal(message.match(/<[^/>]*:?textVersion>|textVersion>/g).length / 2, 2, "two declarations travel");
  });
});

describe("somebody who leaves everything open", () => {
  test("is told so on every page, in both sizes and colours", { timeout: 180_000 }, async () => {
    for (const [viewport, colorScheme] of [[{ width: 320, height: 640 }, "light"], [{ width: 1280, height: 900 }, "dark"]]) {
      const page = await openPage(browser, { viewport, colorScheme });
      const person = "?fuer=personen.0";
      await page.goto(`${ANTRAG}/eb-antragsart`);
      await page.locator("#weiter").waitFor();
      await answerPage(page, antworten({ antrag: { art: "SELBST" }, personen: [{ rolle: "ANTRAGSTELLER" }] }));
      for (const seite of ["eb-name", "eb-geburt", "eb-ausweis", "eb-anschrift", "eb-bekenntnis", "eb-strafen", "eb-zeiten"]) {
        await page.goto(`${ANTRAG}/${seite}${person}`);
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
      }
      checkVorfaelle(page);
      await page.context().close();
    }
  });
});
