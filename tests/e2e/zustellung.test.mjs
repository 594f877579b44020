// From accepting to both counterparts: byte for byte, also when they were down.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { andererFall, fall, ladeHoch, melde, pdf, sende } from "./antrag.mjs";
import { DMS, FACHVERFAHREN, PORTAL, eingang, env, steuere, waitFor } from "./hilfe.mjs";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const ORDNER = join(env("DATEN_DIR"), "gegenstellen");

let amt;
let daten;
before(async () => {
  daten = await fall(PORTAL);
  amt = await melde(PORTAL, env("DEMO_KENNUNG"), env("DEMO_PASSWORT"));
});
after(async () => {
  for (const stelle of [FACHVERFAHREN, DMS]) await steuere(stelle, { modus: "normal" });
});

/** The case as the caseworker sees it. */
async function vorgang(nummer) {
  const answer = await amt(`/vorgaenge/${nummer}`);
  assert.equal(answer.status, 200);
  return answer.json();
}

/** State of each target: `{ fachverfahren: "zugestellt", dms: … }`. */
async function zustaende(nummer) {
  const { zustellungen } = await vorgang(nummer);
  return Object.fromEntries(zustellungen.map((it) => [it.ziel, it.zustand]));
}

/** Sends a case with files and waits until both targets have reached a state. */
async function sendeUndWarte(erwartet = { fachverfahren: "zugestellt", dms: "zugestellt" }) {
  const ausweis = pdf(`Ausweis ${Math.random()}`);
  const { entwurf, nachweise } = await ladeHoch(PORTAL, [
    ["NV_AUSWEIS", "Mein Ausweis – vorne.pdf", ausweis],
    ["NV_LOHN", "lohn.pdf", pdf("lohn")],
  ]);
  const { status, body } = await sende(PORTAL, { ...daten, nachweise }, { entwurf });
  assert.equal(status, 201, JSON.stringify(body));
  const nummer = body.vorgangsnummer;
  await waitFor(
    async () => {
      const now = await zustaende(nummer);
      return Object.entries(erwartet).every(([ziel, zustand]) => now[ziel] === zustand);
    },
    `${nummer}: ${JSON.stringify(erwartet)}`,
    60_000,
  );
  return { nummer, ausweis };
}

describe("an accepted application", () => {
  test("arrives in both counterparts byte for byte, and stands in the work list", async () => {
    const { nummer, ausweis } = await sendeUndWarte();
    const message = Buffer.from(await (await amt(`/vorgaenge/${nummer}/nachricht.xml`)).arrayBuffer());
    const uuid = /<nachrichtenUUID>([^<]+)</.exec(message.toString())[1];
    const arrived = await readFile(join(ORDNER, "fachverfahren", `${uuid}.xml`));
    assert.equal(sha256(arrived), sha256(message));
    assert.match(arrived.toString(), new RegExp(`antragsidentifikation>${nummer}<`));
    assert.match(arrived.toString(), /Michał Jan/);

    // The DMS has the same message, the summary and the attachments.
    const filed = (await eingang(DMS)).eingang.filter((it) => it.schluessel.includes(nummer));
    const hashes = filed.map((it) => it.sha256);
    assert.ok(hashes.includes(sha256(message)), "the message is filed");
    assert.ok(hashes.includes(sha256(ausweis)), "the attachment is filed");
    const summary = Buffer.from(await (await amt(`/vorgaenge/${nummer}/zusammenfassung.pdf`)).arrayBuffer());
    assert.equal(summary.subarray(0, 5).toString(), "%PDF-");
    assert.ok(hashes.includes(sha256(summary)), "the summary is filed");

    const list = await (await amt("/vorgaenge?anzahl=50")).json();
    const row = list.vorgaenge.find((it) => it.nummer === nummer);
    assert.match(row.betreff, /Kowalczyk/);
  });

  test("waits while both are down, and arrives when they are back", async () => {
    for (const stelle of [FACHVERFAHREN, DMS]) await steuere(stelle, { modus: "aus" });
    const { body } = await sende(PORTAL, daten);
    const nummer = body.vorgangsnummer;
    await waitFor(async () => {
      const { zustellungen } = await vorgang(nummer);
      return zustellungen.every((it) => it.versuche > 0 && it.zustand !== "zugestellt");
    }, "both were tried in vain");
    for (const stelle of [FACHVERFAHREN, DMS]) await steuere(stelle, { modus: "normal" });
    await waitFor(
      async () => Object.values(await zustaende(nummer)).every((it) => it === "zugestellt"),
      "delivered after all",
      60_000,
    );
  });

  test("is delivered once though the answer was lost", async () => {
    await steuere(FACHVERFAHREN, { modus: "antwort-verlieren", anzahl: 1 });
    const { nummer } = await sendeUndWarte();
    const message = await (await amt(`/vorgaenge/${nummer}/nachricht.xml`)).text();
    const uuid = /<nachrichtenUUID>([^<]+)</.exec(message)[1];
    const arrived = (await eingang(FACHVERFAHREN)).eingang.filter((it) => it.schluessel === uuid);
    assert.equal(arrived.length, 1);
    assert.ok(arrived[0].gespeichert);
  });

  test("that is refused shows the partner's own words, and goes out again with one click", async () => {
    const text = "FV-0815: Die Person ist bereits in Bearbeitung (Sachgebiet 33-2).";
    await steuere(FACHVERFAHREN, { modus: "abgelehnt-422", text, anzahl: 1 });
    const { nummer } = await sendeUndWarte({ fachverfahren: "gescheitert", dms: "zugestellt" });
    const failed = (await vorgang(nummer)).zustellungen.find((it) => it.ziel === "fachverfahren");
    assert.match(failed.fehlerText, /FV-0815: Die Person ist bereits in Bearbeitung \(Sachgebiet 33-2\)\./);
    const again = await amt(`/vorgaenge/${nummer}/zustellungen/fachverfahren/erneut`, { method: "POST" });
    assert.equal(again.status, 202);
    await waitFor(async () => (await zustaende(nummer)).fachverfahren === "zugestellt", "delivered after the click");
  });
});

for (const [antrag, id] of [["einbuergerung", "E1"], ["einbuergerung", "E3"], ["beschaeftigungserlaubnis", "B1"]]) {
  test(`case ${id} of the application ${antrag} arrives in both counterparts`, async () => {
    const { status, body } = await sende(PORTAL, await andererFall(PORTAL, antrag, id), { antrag });
    assert.equal(status, 201, JSON.stringify(body));
    await waitFor(
      async () => Object.values(await zustaende(body.vorgangsnummer)).every((it) => it === "zugestellt"),
      "delivered",
      60_000,
    );
  });
}

test("the balance holds, and the chain of events is whole", async () => {
  const betrieb = await (await amt("/betrieb")).json();
  assert.equal(betrieb.bilanzStimmt, true, JSON.stringify(betrieb));
  assert.equal(betrieb.kette.stimmt, true, JSON.stringify(betrieb.kette));
});
