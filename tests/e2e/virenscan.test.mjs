// Nothing leaves before the virus scanner has seen it: the real clamd, with EICAR's test file.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { fall, ladeHoch, melde, pdf, sende, stand } from "./antrag.mjs";
import { PORTAL, checkAxe, checkVorfaelle, env, launch, openPage, waitFor } from "./hilfe.mjs";
import { elementId } from "./tastatur.mjs";

const SCANNER = Number(env("CLAMD_PID"));
// In two parts: no scanner must find it in this file.
const EICAR = String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-` + "ANTIVIRUS-TEST-FILE!$H+H*";

let amt;
let browser;
let daten;
before(async () => {
  browser = await launch();
  daten = await fall(PORTAL);
  amt = await melde(PORTAL, env("DEMO_KENNUNG"), env("DEMO_PASSWORT"));
});
after(async () => {
  process.kill(SCANNER, "SIGCONT");
  await browser.close();
});

async function vorgang(nummer) {
  return (await amt(`/vorgaenge/${nummer}`)).json();
}

const zugestellt = (it) => it.zustellungen.every(({ zustand }) => zustand === "zugestellt");

test("an infected file is refused by its name, and can be replaced", async () => {
  const { entwurf, nachweise } = await ladeHoch(PORTAL, [
    ["NV_AUSWEIS", "ausweis.pdf", pdf("clean")],
    ["NV_LOHN", "Löhne.pdf", pdf(EICAR)],
  ]);
  const headers = { authorization: `Bearer ${entwurf.token}` };
  const dateien = async () => (await fetch(`${PORTAL}/api/entwuerfe/${entwurf.id}/dateien`, { headers })).json();
  await waitFor(async () => (await dateien()).every((it) => it.pruefung !== "ausstehend"), "both files are scanned");
  assert.deepEqual((await dateien()).map((it) => it.pruefung), ["sauber", "befallen"]);

  const { status, body } = await sende(PORTAL, { ...daten, nachweise }, { entwurf });
  assert.equal(status, 422);
  const [befund] = body.befunde;
  assert.equal(befund.regel, "UP_VIRUS");
  assert.match(befund.text, /„Löhne\.pdf“ wurde abgelehnt/);

  const ersatz = await ladeHoch(PORTAL, [["NV_LOHN", "lohn.pdf", pdf("clean, too")]]);
  const neu = await sende(PORTAL, { ...daten, nachweise: [{ typ: "NV_AUSWEIS", nachreichen: true }, ...ersatz.nachweise] }, ersatz);
  assert.equal(neu.status, 201, JSON.stringify(neu.body));
  await waitFor(async () => zugestellt(await vorgang(neu.body.vorgangsnummer)), "the one with the new file is delivered");
});

test("while the scanner hangs, applications are accepted and wait; others are delivered", async () => {
  process.kill(SCANNER, "SIGSTOP");
  const { entwurf, nachweise } = await ladeHoch(PORTAL, [["NV_LOHN", "lohn.pdf", pdf("waits")]]);
  const mit = await sende(PORTAL, { ...daten, nachweise: [{ typ: "NV_AUSWEIS", nachreichen: true }, ...nachweise] }, { entwurf });
  assert.equal(mit.status, 201, JSON.stringify(mit.body));
  const ohne = await sende(PORTAL, daten);
  assert.equal(ohne.status, 201, JSON.stringify(ohne.body));
  await waitFor(async () => zugestellt(await vorgang(ohne.body.vorgangsnummer)), "the one without files is delivered");

  const wartend = await vorgang(mit.body.vorgangsnummer);
  assert.deepEqual(wartend.zustellungen.map(({ zustand }) => zustand), ["ausstehend", "ausstehend"]);
  assert.equal(wartend.anlagen[0].pruefung, "ausstehend");
  const datei = await amt(`/vorgaenge/${wartend.nummer}/anlagen/${wartend.anlagen[0].id}`);
  assert.equal(datei.status, 409);
  assert.match((await datei.json()).detail, /auf Viren geprüft/);
  const betrieb = await (await amt("/betrieb")).json();
  assert.equal(betrieb.quarantaene.ausstehend, 1);

  process.kill(SCANNER, "SIGCONT");
  await waitFor(async () => zugestellt(await vorgang(wartend.nummer)), "the one with a file is delivered", 60_000);
  const [anlage] = (await vorgang(wartend.nummer)).anlagen;
  assert.equal(anlage.pruefung, "sauber");
});

test("the page of the files says by itself that one is infected", async () => {
  const page = await openPage(browser, { viewport: { width: 320, height: 900 } });
  const listen = [];
  page.on("request", (request) => {
    if (request.method() === "GET" && request.url().endsWith("/dateien")) listen.push(Date.now());
  });
  await page.goto(`${PORTAL}/antrag/verpflichtungserklaerung`);
  const { nachweise, ...angaben } = structuredClone(daten);
  assert.equal(nachweise.length, 2);
  const entwurf = JSON.stringify({ angaben });
  await page.evaluate((text) => localStorage.setItem("portal.1.entwurf.verpflichtungserklaerung", text), entwurf);
  await page.goto(`${PORTAL}/antrag/verpflichtungserklaerung/nachweise`);

  await page.locator(`#${elementId("nachweise.NV_AUSWEIS")}-nachreichen`).check();

  // While the scanner hangs, the page asks again and again, but less often each time.
  process.kill(SCANNER, "SIGSTOP");
  const upload = page.locator(`#${elementId("nachweise.NV_LOHN")}`);
  const datei = (name, text) => ({ name, mimeType: "application/pdf", buffer: pdf(text) });
  await upload.setInputFiles(datei("Löhne.pdf", EICAR));
  await page.getByText("Wir prüfen die Datei auf Viren.").waitFor();
  await checkAxe(page, "a file that waits for the scanner");
  const davor = listen.length;
  await waitFor(() => davor + 3 <= listen.length, "the page asks three times");
  const [a, b, c] = listen.slice(-3);
  assert.ok(b - a < c - b, `${b - a} ms, then ${c - b} ms`);

  process.kill(SCANNER, "SIGCONT");
  const satz = "Die Datei „Löhne.pdf“ enthält einen Virus.";
  await page.locator(".dateien .kern-error", { hasText: satz }).waitFor({ timeout: 60_000 });
  await page.locator('[role="status"]', { hasText: satz }).waitFor({ state: "attached" });
  await checkAxe(page, "an infected file");
  const danach = listen.length;
  await page.getByRole("button", { name: "Weiter" }).click();
  await page.locator("#meldung", { hasText: satz }).waitFor();

  await page.getByRole("button", { name: "Löhne.pdf löschen" }).click();
  await page.locator(".kern-error").waitFor({ state: "detached" });
  await upload.setInputFiles(datei("Neu.pdf", "clean"));
  await page.getByText("Neu.pdf", { exact: true }).waitFor();
  await waitFor(() => danach < listen.length, "the page asks for the new file");
  await page.getByText("Wir prüfen die Datei auf Viren.").waitFor({ state: "detached" });
  assert.equal(await page.locator(".kern-error").count(), 0);
  // It is decided: nothing is asked any more, also after the longest pause so far.
  const ende = listen.length;
  await page.waitForTimeout(2_500);
  assert.equal(listen.length, ende);
  checkVorfaelle(page);
  await page.context().close();
});

test("an infected file that is seen after sending is for the caseworker and the applicant to mend", async () => {
  process.kill(SCANNER, "SIGSTOP");
  const { entwurf, nachweise } = await ladeHoch(PORTAL, [["NV_LOHN", "Löhne.pdf", pdf(EICAR)]]);
  const { status, body } = await sende(
    PORTAL,
    { ...daten, nachweise: [{ typ: "NV_AUSWEIS", nachreichen: true }, ...nachweise] },
    { entwurf },
  );
  assert.equal(status, 201, JSON.stringify(body));
  const nummer = body.vorgangsnummer;
  process.kill(SCANNER, "SIGCONT");
  const gescheitert = ({ zustand }) => zustand === "gescheitert";
  await waitFor(async () => (await vorgang(nummer)).zustellungen.every(gescheitert), "nothing leaves", 60_000);
  // Not even by hand.
  const nachricht = await amt(`/vorgaenge/${nummer}/nachricht.xml`);
  assert.equal(nachricht.status, 409);

  const person = (await stand(PORTAL, body)).body;
  assert.deepEqual(person.zustellungen.map(({ grund }) => grund), ["schadsoftware", "schadsoftware"]);
  assert.match(person.ereignisse.at(-1).text, /noch einmal mit einer anderen Datei/);

  const page = await openPage(browser, { viewport: { width: 1280, height: 900 } });
  await page.goto(`${PORTAL}/amt`);
  await page.getByLabel("Kennung").fill(env("DEMO_KENNUNG"));
  await page.getByLabel("Passwort", { exact: true }).fill(env("DEMO_PASSWORT"));
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: /^Gescheitert: / }).click();
  await page.locator(`a[href="/amt/vorgang/${nummer}"]`).click();
  const brief = await page.getByRole("link", { name: "E-Mail vorbereiten" }).getAttribute("href");
  assert.match(brief, /^mailto:kowalczyk@example\.invalid\?subject=/);
  assert.match(decodeURIComponent(brief), new RegExp(`${nummer}.*„Löhne\\.pdf“`, "s"));
  assert.equal(await page.getByRole("button", { name: /Jetzt erneut senden/ }).count(), 0);
  await checkAxe(page, "a case with an infected file");
  // A jump within the page is no new page.
  await page.getByRole("link", { name: "Verlauf" }).click();
  await page.getByRole("heading", { name: "Verlauf" }).waitFor();
  assert.equal(await page.getByRole("link", { name: "E-Mail vorbereiten" }).count(), 1);
  checkVorfaelle(page, [/status of 401/]);
  await page.context().close();
});
