// Nothing leaves before the virus scanner has seen it: the real clamd, with EICAR's test file.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { fall, ladeHoch, melde, pdf, sende } from "./antrag.mjs";
import { PORTAL, env, waitFor } from "./hilfe.mjs";

const SCANNER = Number(env("CLAMD_PID"));
// In two parts: no scanner must find it in this file.
const EICAR = String.raw`X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-` + "ANTIVIRUS-TEST-FILE!$H+H*";

let amt;
let daten;
before(async () => {
  daten = await fall(PORTAL);
  amt = await melde(PORTAL, env("DEMO_KENNUNG"), env("DEMO_PASSWORT"));
});
after(() => process.kill(SCANNER, "SIGCONT"));

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
