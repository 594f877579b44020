// The Quick-Check: answered with the keyboard alone, kept in the tab and sent to nobody, printed, and carried over
// into the application. And the residence as a picture.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";

import { PORTAL, checkAxe, checkVorfaelle, launch, openPage } from "./hilfe.mjs";
import { antworten, fillPage } from "./tastatur.mjs";

const CHECK = `${PORTAL}/quick-check`;
const FRAGEN = 19;
const ENTWURF = "portal.1.entwurf.einbuergerung";
const ANTWORTEN = "portal.1.quickcheck";

/** Somebody who has lived here for long enough in all but time. */
const VOR_KURZEM = {
  abstammung: "KEINE", wohnort: "DEUTSCHLAND", geburtsdatum: "1990-05-07", staatenlosInDeutschlandGeboren: "false",
  aufenthalt: { seit: "2024-03-09", abwesenheit: "NEIN", abwesenheitHaelfte: "false", gestattungAnrechnen: "false" },
  titel: "NE", eheMitDeutschem: { antwort: "false" }, identitaet: "PASS_ABGELAUFEN", lebensunterhalt: "OHNE_LEISTUNG",
  sprache: "KEIN_NACHWEIS", test: "BESTANDEN", verurteilt: "true",
  urteile: [{ tagessaetze: 30, jugendstrafe: "false", menschenverachtend: "false" }],
  ermittlungsverfahren: "false", bekenntnis: "JA", mehrehe: "false", ruecknahme: "false",
};

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** Opens the first question of an empty Quick-Check. */
async function begin(page) {
  await page.goto(CHECK);
  await page.locator("#weiter, main .kern-btn--primary").first().click();
  await page.waitForURL(/quick-check\/qc-/);
  await page.locator("#weiter").waitFor();
}

/** Answers this question with "weiß ich nicht". */
async function leaveOpen(page) {
  const unbekannt = page.locator("main input[value=WEISS_NICHT], main select, main input[type=checkbox]").first();
  if (await unbekannt.evaluate((it) => it.tagName === "SELECT")) await unbekannt.selectOption("WEISS_NICHT");
  else await unbekannt.check();
}

async function weiter(page) {
  const vorher = page.url();
  await page.locator("#weiter").click();
  await page.waitForFunction((url) => location.href !== url || document.activeElement?.id === "meldung", vorher);
}

/** Answers everything; `onPage` sees each page first. */
async function fillIn(page, daten, onPage) {
  const alle = antworten(daten);
  let fragen = 0;
  while (!page.url().endsWith("/ergebnis")) {
    await page.locator("#weiter").waitFor();
    await onPage?.(new URL(page.url()).pathname);
    await fillPage(page, alle);
    fragen += 1;
    assert.ok(fragen <= 20, "at most 20 questions");
  }
  await page.locator(".qc-ergebnis").waitFor();
  return fragen;
}

/** What the result says about a condition. */
const bedingung = (page, titel) =>
  page.locator(".qc-bedingung", { has: page.locator(`h3:text-is("${titel}")`) }).innerText();

describe("the Quick-Check", () => {
  test("is answered with the keyboard alone, accessible on every page, and leaves the browser with nothing", async () => {
    const page = await openPage(browser);
    await page.goto(`${PORTAL}/`);
    await checkAxe(page, "start page");
    for (let steps = 0; steps < 30; steps += 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(() => document.activeElement?.getAttribute("href") === "/quick-check")) break;
    }
    await page.keyboard.press("Enter");
    await page.waitForURL("**/quick-check");
    await page.waitForLoadState("networkidle");
    await checkAxe(page, "einstieg");

    const anfragen = [];
    page.on("request", (request) => {
      // A font may come late, with the first character that needs it; the icon is looked at again for each page.
      const { pathname, search } = new URL(request.url());
      const isFile = request.method() === "GET" && !search && /\.(woff2|svg)$/.test(pathname);
      if (!isFile) anfragen.push(`${request.method()} ${request.url()}`);
    });
    for (let steps = 0; steps < 30; steps += 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(() => document.activeElement?.matches("main .kern-btn--primary"))) break;
    }
    await page.keyboard.press("Enter");
    const fragen = await fillIn(page, VOR_KURZEM, (where) => checkAxe(page, where));
    assert.equal(fragen, FRAGEN);
    assert.equal(await page.evaluate(() => document.activeElement?.id), "titel");
    await checkAxe(page, "ergebnis");

    // Nothing was asked of the server while somebody answered, and nothing is kept beyond the tab.
    assert.deepEqual(anfragen, []);
    const gespeichert = await page.evaluate(() => JSON.stringify(localStorage));
    for (const antwort of ["1990-05-07", "2024-03-09", "PASS_ABGELAUFEN"]) {
      assert.ok(!gespeichert.includes(antwort), `${antwort} is kept`);
    }
    assert.deepEqual(await page.context().cookies(), []);

    const aufenthalt = await bedingung(page, "Zeit in Deutschland");
    assert.match(aufenthalt, /Steht im Weg/);
    assert.match(aufenthalt, /09\.03\.2024/);
    assert.match(aufenthalt, /09\.03\.2029/);
    assert.match(aufenthalt, /§ 10 Abs\. 1 Satz 1/);
    assert.match(await bedingung(page, "Identität"), /Noch offen[\s\S]*neuen Pass/);
    assert.match(await bedingung(page, "Deutsch"), /Noch offen[\s\S]*Volkshochschule/);
    assert.match(await bedingung(page, "Strafen"), /Passt wahrscheinlich[\s\S]*Verurteilung 1[\s\S]*30/);
    const alles = await page.locator("main").innerText();
    assert.match(alles, /noch nicht möglich/);
    assert.doesNotMatch(alles, /werden eingebürgert|bekommen die Einbürgerung/);

    // The printed result has the conditions and none of the buttons.
    const datei = join(tmpdir(), `quickcheck-${process.pid}.pdf`);
    await writeFile(datei, await page.pdf({ format: "A4" }));
    const { stdout } = await promisify(execFile)("pdftotext", ["-layout", datei, "-"]);
    const druck = stdout.replaceAll(/\s+/g, " ");
    for (const text of [
      "Quick-Check Einbürgerung", "Zeit in Deutschland", "Aufenthaltstitel", "Identität", "Lebensunterhalt", "Deutsch",
      "Einbürgerungstest", "Strafen", "Laufende Verfahren", "Bekenntnis", "Ehe", "Sperrfrist", "09.03.2029", "§ 12a",
      "Das Ergebnis ist keine Entscheidung", "Migrationsberatung",
    ]) {
      assert.ok(druck.includes(text), `${text} is not printed`);
    }
    assert.ok(!druck.includes("Antworten löschen"), "buttons are printed");
    checkVorfaelle(page);
    await page.context().close();
  });

  test("takes not knowing for an answer to every question, and keeps answers over reload, back and forward", async () => {
    const page = await openPage(browser, { viewport: { width: 320, height: 700 }, colorScheme: "dark" });
    await begin(page);

    // Without an answer nobody gets further, and the summary leads to the question.
    await weiter(page);
    assert.equal(await page.evaluate(() => document.activeElement?.id), "meldung");
    await checkAxe(page, "error summary");
    await page.locator("#meldung a").click();
    assert.equal(await page.evaluate(() => document.activeElement?.name), "f-abstammung");

    for (let fragen = 1; fragen <= FRAGEN; fragen += 1) {
      await page.locator("#weiter").waitFor();
      const { pathname } = new URL(page.url());
      await leaveOpen(page);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 320, `${pathname} is ${width} pixels wide`);
      if (pathname.endsWith("qc-seit")) {
        await page.reload();
        await page.locator("#weiter").waitFor();
        assert.ok(await page.locator("#f-aufenthalt-seitWeissNicht").isChecked(), "the answer survives a reload");
        await page.goBack();
        await page.waitForURL("**/qc-staatenlos");
        assert.ok(await page.locator("input[value=WEISS_NICHT]").isChecked(), "the answer is there when one goes back");
        await page.goForward();
        await page.waitForURL("**/qc-seit");
        // A date and not knowing it do not go together.
        await page.locator("#f-aufenthalt-seit").fill("1");
        assert.ok(!(await page.locator("#f-aufenthalt-seitWeissNicht").isChecked()));
        await page.locator("#f-aufenthalt-seitWeissNicht").check();
        assert.equal(await page.locator("#f-aufenthalt-seit").inputValue(), "");
      }
      await weiter(page);
    }
    await page.waitForURL("**/ergebnis");
    await page.locator(".qc-ergebnis").waitFor();
    assert.match(await page.locator("main").innerText(), /vielleicht möglich/);
    assert.ok(12 <= (await page.locator(".qc-bedingung--warning").count()));
    assert.equal(await page.locator(".qc-bedingung--danger").count(), 0);
    await checkAxe(page, "ergebnis, dark, 320");
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);

    // An answer is changed from the result, and one is back there at once.
    await page.locator('.qc-bedingung a[href="/quick-check/qc-identitaet?aendern=1"]').click();
    await page.locator("input[value=PASS_GUELTIG]").check();
    await weiter(page);
    await page.waitForURL("**/ergebnis");
    assert.match(await bedingung(page, "Identität"), /Passt wahrscheinlich/);

    // Deleted is deleted.
    await page.locator(".qc-schluss .kern-btn").click();
    await page.locator("#dialog .kern-btn--primary").click();
    await page.waitForURL(/quick-check$/);
    assert.equal(await page.evaluate((key) => sessionStorage.getItem(key), ANTWORTEN), null);
    await page.goto(`${CHECK}/ergebnis`);
    await page.getByText("Sie haben noch keine Fragen beantwortet.").waitFor();
    checkVorfaelle(page);
    await page.context().close();
  });

  test("is there in Leichte Sprache and in English, and answers stay", async () => {
    const page = await openPage(browser);
    await page.goto(`${PORTAL}/`);
    await page.locator('a[href="?sprache=de-x-leicht"]').click();
    await page.getByText("Sie beantworten höchstens 20 Fragen.").first().waitFor();
    await checkAxe(page, "start page, Leichte Sprache");
    await page.locator('a[href="/quick-check"]').click();
    await page.getByText("Wir fragen nicht nach Ihrem Namen.").waitFor();
    await page.locator("main .kern-btn--primary").click();
    await page.getByRole("heading", { name: /Ist oder war Ihre Mutter oder Ihr Vater deutsch/ }).waitFor();
    await page.locator("input[value=KEINE]").check();
    await checkAxe(page, "question, Leichte Sprache");
    assert.equal(await page.locator("html").getAttribute("lang"), "de-x-leicht");
    await page.locator('a[href="?sprache=en"]').click();
    await page.getByRole("heading", { name: /Is or was one of your parents German/ }).waitFor();
    assert.ok(await page.locator("input[value=KEINE]").isChecked());
    checkVorfaelle(page);
    await page.context().close();
  });

  test("carries over into the application, visibly, and what is there already stays", async () => {
    const page = await openPage(browser);
    await begin(page);
    await page.evaluate(([key, antworten]) => sessionStorage.setItem(key, JSON.stringify(antworten)), [
      ANTWORTEN, VOR_KURZEM,
    ]);
    await page.goto(`${CHECK}/ergebnis`);
    await page.getByRole("button", { name: "Antrag mit diesen Antworten beginnen" }).click();
    await page.waitForURL("**/antrag/einbuergerung/aufgaben");
    await page.getByText("Ihre Antworten aus dem Quick-Check sind schon eingetragen").waitFor();
    await checkAxe(page, "aufgaben, carried over");

    await page.goto(`${PORTAL}/antrag/einbuergerung/eb-titel?fuer=personen.0`);
    const titel = page.locator("#f-personen-0-aufenthalt-titel-code");
    await titel.waitFor();
    assert.equal(await titel.inputValue(), "NE");
    assert.match(await titel.getAttribute("aria-describedby"), /herkunft/);
    assert.equal(await page.locator(".uebernommen").count(), 1);
    await checkAxe(page, "carried over");
    // It can be changed, and then it is an answer of its own.
    await titel.selectOption("DA_EU");
    assert.equal(await page.locator(".uebernommen").count(), 0);
    await page.goto(`${PORTAL}/antrag/einbuergerung/eb-zeiten?fuer=personen.0`);
    assert.equal(await page.locator("#f-personen-0-aufenthalt-zeiten-0-von-jahr").inputValue(), "2024");

    const entwurf = await page.evaluate((key) => JSON.parse(localStorage.getItem(key)), ENTWURF);
    assert.equal(entwurf.angaben.antrag.quickcheck.ergebnis, "NOT_YET");
    assert.equal(entwurf.angaben.personen[0].aufenthalt.titel.code, "DA_EU");
    assert.equal(entwurf.uebernommen["personen[0].aufenthalt.titel.code"], "NE");
    assert.equal(entwurf.angaben.personen[0].strafe.urteile[0].tagessaetze, "30");

    // A second time nothing is lost.
    await page.goto(`${CHECK}/ergebnis`);
    await page.getByText("Sie haben den Antrag auf diesem Gerät schon begonnen.").waitFor();
    await page.getByRole("button", { name: "Antrag mit diesen Antworten beginnen" }).click();
    await page.waitForURL("**/aufgaben");
    const danach = await page.evaluate((key) => JSON.parse(localStorage.getItem(key)), ENTWURF);
    assert.deepEqual(danach.angaben, entwurf.angaben);
    checkVorfaelle(page);
    await page.context().close();
  });
});

describe("the residence as a picture", () => {
  for (const [colorScheme, width] of [["light", 1280], ["dark", 320]]) {
    test(`says in its table all that it shows, ${colorScheme}, ${width} pixels`, async () => {
      const page = await openPage(browser, { colorScheme, viewport: { width, height: 900 } });
      await page.goto(`${PORTAL}/hilfe`);
      const daten = {
        antrag: { art: "SELBST" },
        personen: [{
          rolle: "ANTRAGSTELLER",
          aufenthalt: { titel: { code: "NE" }, zeiten: [
            { von: "2011-04-20", bis: "2014-06-30", status: "DULDUNG" },
            { von: "2014-07-01", bis: "2019-01-31", status: "AE" },
            { von: "2019-03-04", status: "NE", verspaeteterAntrag: "true" },
          ] },
          ausland: [
            { von: "2016-02-01", bis: "2016-11-15", staat: "163", grund: "SONST" },
            { von: "2023-07-01", bis: "2023-08-20", staat: "163", grund: "URLAUB_BESUCH" },
          ],
        }],
      };
      await page.evaluate(([key, angaben]) => localStorage.setItem(key, JSON.stringify({ angaben })), [ENTWURF, daten]);
      await page.goto(`${PORTAL}/antrag/einbuergerung/eb-aufenthaltsdauer?fuer=personen.0`);
      await page.locator(".zeitleiste").waitFor();
      const zeilen = await page.locator(".zeitleiste tbody tr").evaluateAll((rows) =>
        rows.map((row) => [...row.children].map((it) => it.textContent).join(" | ")));
      assert.deepEqual(zeilen.slice(0, 8), [
        "A | 20.04.2011 bis 30.06.2014 | Duldung | zählt nicht",
        "B | 01.07.2014 bis 31.01.2016 | Aufenthaltserlaubnis | zählt nur, wenn die Behörde es anrechnet",
        "C | 01.02.2016 bis 14.11.2016 | Aufenthaltserlaubnis | zählt nicht, denn Sie waren zu lange weg",
        "D | 15.11.2016 bis 31.01.2019 | Aufenthaltserlaubnis | zählt",
        "E | 01.02.2019 bis 03.03.2019 | Keine Angabe | zählt nicht, unterbricht aber auch nicht",
        "F | 04.03.2019 bis heute | Niederlassungserlaubnis | zählt",
        "G | 01.02.2016 bis 15.11.2016 | Im Ausland | unterbricht: Die Zeit beginnt danach neu",
        "H | 01.07.2023 bis 20.08.2023 | Im Ausland | unterbricht nicht",
      ]);
      assert.ok(zeilen.some((it) => it.includes("15.11.2016 | Die Zeit zählt seit")), zeilen.join("\n"));
      assert.ok(zeilen.some((it) => it.includes("5 Jahre sind es am")));
      assert.ok(zeilen.some((it) => it.includes("wenn die Behörde frühere Zeiten anrechnet")));
      assert.ok(zeilen.some((it) => it.includes("Heute")));
      // Every bar and every mark is drawn, and inside the picture.
      assert.equal(await page.locator(".zeitleiste__bild .zeitleiste__balken").count(), 8);
      assert.equal(await page.locator(".zeitleiste__kreis").count(), zeilen.length - 8);
      const heraus = await page.locator(".zeitleiste__bild").evaluate((bild) => {
        const { left, right } = bild.getBoundingClientRect();
        return [...bild.querySelectorAll("rect, circle, text")].filter((it) => {
          const { left: l, right: r, width: breite } = it.getBoundingClientRect();
          return breite && (l < left - 2 || right + 2 < r);
        }).length;
      });
      assert.equal(heraus, 0, "something leaves the picture");
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
      await checkAxe(page, `Zeitleiste ${colorScheme}`);
      checkVorfaelle(page);
      await page.context().close();
    });
  }
});
