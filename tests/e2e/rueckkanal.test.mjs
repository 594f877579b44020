// The way back: the Fachverfahren asks, the applicant answers with a file, both sides see it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { fall, melde, pdf, sende } from "./antrag.mjs";
import { FACHVERFAHREN, PORTAL, checkAxe, checkVorfaelle, eingang, env, launch, openPage, waitFor } from "./hilfe.mjs";

const ORDNER = join(env("DATEN_DIR"), "gegenstellen/fachverfahren");

let amt;
let browser;
let geheimnis;
let quittung;
before(async () => {
  browser = await launch();
  amt = await melde(PORTAL, env("DEMO_KENNUNG"), env("DEMO_PASSWORT"));
  geheimnis = JSON.parse(await readFile(env("VARIABLEN"), "utf8")).empfang_geheimnis;
  const { status, body } = await sende(PORTAL, await fall(PORTAL));
  assert.equal(status, 201);
  quittung = body;
});
after(() => browser.close());

const vorgang = async () => (await amt(`/vorgaenge/${quittung.vorgangsnummer}`)).json();

/** Has the counterpart send something about our application. */
async function sendeZurueck(befehl) {
  const { nachrichten } = await vorgang();
  const zu = nachrichten.find(({ art }) => art === "nachricht").uuid;
  const answer = await fetch(`${FACHVERFAHREN}/rueckmeldung`, {
    method: "POST",
    body: JSON.stringify({ zu, an: `${PORTAL}/empfang/nachrichten`, token: geheimnis, ...befehl }),
  });
  assert.equal(answer.status, 200, await answer.clone().text());
  return answer.json();
}

test("a question is answered with a file, and arrives", async () => {
  await waitFor(
    async () => (await vorgang()).zustellungen.some((it) => it.ziel === "fachverfahren" && it.zustand === "zugestellt"),
    "the application is delivered",
  );
  const frage = await sendeZurueck({ art: "130102", text: "Bitte senden Sie uns Ihren Pass.", datum: "2027-01-15", dokument: true });
  assert.equal(frage.status, 201, frage.antwort);

  for (const width of [320, 1280]) {
    const page = await openPage(browser, { viewport: { width, height: 900 } });
    await page.goto(`${PORTAL}/status`);
    await page.getByLabel("Vorgangsnummer").fill(quittung.vorgangsnummer);
    await page.getByLabel("Zugangscode").fill(quittung.zugangscode);
    await page.keyboard.press("Enter");
    await page.getByText("Bitte senden Sie uns Ihren Pass.").waitFor();
    await checkAxe(page, `status with a question at ${width}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `no sideways scrolling at ${width}`);
    if (width === 1280) {
      const form = page.getByRole("form", { name: "Die Behörde fragt Sie" });
      await form.getByLabel("Ihre Antwort").fill("Anbei mein Pass.");
      await form.getByLabel("Dateien hinzufügen").setInputFiles({ name: "Pass.pdf", mimeType: "application/pdf", buffer: Buffer.from(pdf("Pass")) });
      await form.getByRole("button", { name: "Antwort senden" }).focus();
      await page.keyboard.press("Enter");
      await page.getByText("Ihre Nachricht ist eingegangen.").waitFor();
      await checkAxe(page, "status after the answer");
    }
    checkVorfaelle(page);
    await page.context().close();
  }

  const fallNachher = await vorgang();
  assert.equal(fallNachher.zustand, "antwort_eingegangen");
  assert.equal(fallNachher.rueckmeldungen[0].frage, "beantwortet");
  assert.deepEqual(fallNachher.folgen[0].dateien, ["Pass.pdf"]);
  const { uuid } = fallNachher.nachrichten.find(({ art }) => art === "folge-001");
  await waitFor(async () => (await eingang(FACHVERFAHREN)).eingang.some((it) => it.schluessel === uuid && it.gespeichert), "130103 arrives", 60_000);
  const xml = await readFile(join(ORDNER, `${uuid}.xml`), "utf8");
  assert.match(xml, /OZG\.RueckkanalAntwort\.130103/);
  assert.match(xml, new RegExp(`ausloeserUUID>${frage.uuid}<`));
});

test("what fits no case waits, and is assigned with one click", async () => {
  const fremd = await sendeZurueck({ art: "130102", ausloeserUuid: "00000000-0000-4000-8000-000000000009" });
  assert.equal(fremd.status, 202, fremd.antwort);
  const page = await openPage(browser);
  await page.goto(`${PORTAL}/amt/rueckmeldungen`);
  await page.getByLabel("Kennung").fill(env("DEMO_KENNUNG"));
  await page.getByLabel("Passwort").fill(env("DEMO_PASSWORT"));
  await page.keyboard.press("Enter");
  const knopf = page.getByRole("button", { name: `${quittung.vorgangsnummer} zuordnen` });
  await knopf.waitFor();
  await checkAxe(page, "messages without a case");
  await knopf.click();
  await page.getByText(`Die Nachricht gehört jetzt zu ${quittung.vorgangsnummer}.`).waitFor();
  assert.equal((await vorgang()).zustand, "rueckfrage");
  await page.context().close();
});

test("nobody sends without the secret", async () => {
  const falsch = await sendeZurueck({ art: "130104", token: "falsch" });
  assert.equal(falsch.status, 401);
});
