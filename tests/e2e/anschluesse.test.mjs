// The other ways to a Fachverfahren and to a DMS, through the components as they run: XTA with
// d.velop, FIT-Connect over TLS with xdomea.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { createServer } from "node:tls";

import { fall, ladeHoch, melde, pdf, sende } from "./antrag.mjs";
import { eingang, env, steuere, waitFor } from "./hilfe.mjs";
import { eigenesSystem, end } from "./system.mjs";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const WORTE = {
  fachverfahren: "Das Postfach „Ausländerwesen“ nimmt zurzeit nichts an (Grund 17).",
  dms: "Die Kategorie verlangt das Feld „Sachbearbeiter“.",
};

const XTA = {
  fachverfahren_art: "xta2",
  fachverfahren_pfad: "/xta/SendXtaPort",
  fachverfahren_einstellungen: JSON.stringify({
    managementPort: "/xta/ManagementPort",
    autor: { typ: "xoev", kennung: "alp:musterstadt", name: "Onlinedienst Müller & Co" },
    leser: { typ: "xoev", kennung: "azr:000100" },
    dienst: "urn:beispiel:dienst",
    szenario: { frei: "OZG" },
  }),
};
const DVELOP = {
  dms_art: "dvelop",
  dms_dienst: "/dms",
  dms_repository: "7c1e4f0a-2b7d-5c55-9f10-5f1d2a3b4c5d",
  dms_einstellungen: JSON.stringify({
    akte: { kategorie: "KA", eigenschaften: { schluessel: "01", betreff: "02" } },
    vorgang: { kategorie: "KV", eigenschaften: { schluessel: "01", betreff: "02", stand: "04" } },
    dokument: { kategorie: "KD", eigenschaften: { schluessel: "01", betreff: "02", typ: "05" } },
  }),
};
const FITCONNECT = {
  fachverfahren_art: "fit-connect",
  fachverfahren_pfad: "/fit-connect/submission-api",
  fachverfahren_einstellungen: JSON.stringify({
    token: "/fit-connect/token",
    clientId: "antragsportal",
    ziel: "6f0a1d3e-2b4c-4d5e-8f60-718293a4b5c6",
    aussteller: "https://zustelldienst.example",
    leistungen: {
      verpflichtungserklaerung: {
        kennung: "urn:de:fim:leika:leistung:99010005000000",
        name: "Verpflichtungserklärung",
      },
    },
  }),
  fitconnect_geheimnis: "nur fürs Testen & nichts sonst",
};
const XDOMEA = { dms_art: "xdomea", dms_dienst: "/ablagefach", dms_einstellungen: "{}" };

/** Sends a case with two files; gives its number and what a caseworker can do with it. */
async function accept(portal) {
  const ausweis = pdf(`Ausweis ${Math.random()}`);
  const { entwurf, nachweise } = await ladeHoch(portal, [
    ["NV_AUSWEIS", "Mein Ausweis – vorne.pdf", ausweis],
    ["NV_LOHN", "lohn.pdf", pdf("lohn")],
  ]);
  const { status, body } = await sende(portal, { ...(await fall(portal)), nachweise }, { entwurf });
  assert.equal(status, 201, JSON.stringify(body));
  return { nummer: body.vorgangsnummer, ausweis };
}

/** The caseworker's side of a case, at whatever host runs now. */
async function fallseite(portal, nummer) {
  const amt = await melde(portal, env("DEMO_KENNUNG"), env("DEMO_PASSWORT"));
  const lies = async (pfad) => Buffer.from(await (await amt(`/vorgaenge/${nummer}/${pfad}`)).arrayBuffer());
  return {
    lies,
    /** Waits until the delivery to a target is as expected, and gives it. */
    warte: (ziel, is, what) =>
      waitFor(async () => {
        const { zustellungen } = await (await amt(`/vorgaenge/${nummer}`)).json();
        const zustellung = zustellungen.find((it) => it.ziel === ziel);
        return is(zustellung) && zustellung;
      }, `${ziel}: ${what}`, 30_000),
    async erneut(ziel) {
      const answer = await amt(`/vorgaenge/${nummer}/zustellungen/${ziel}/erneut`, { method: "POST" });
      assert.equal(answer.status, 202);
    },
    betrieb: async () => (await amt("/betrieb")).json(),
  };
}

/** A refusal stands on the page in the partner's words; after it is mended one click delivers. */
async function checkAblehnung(seite, ziel, worte) {
  const { fehlerText } = await seite.warte(ziel, (it) => it.zustand === "gescheitert", "is refused");
  assert.ok(fehlerText.includes(worte), fehlerText);
  await seite.erneut(ziel);
  await seite.warte(ziel, (it) => it.zustand === "zugestellt", "is delivered after the click");
}

/** Message, summary and files are where they belong, as they were frozen, and once. */
async function checkAngekommen(system, seite, ausweis) {
  const message = await seite.lies("nachricht.xml");
  const uuid = /<nachrichtenUUID>([^<]+)</.exec(message.toString())[1];
  const arrived = await readFile(join(system.ordner, "fachverfahren", `${uuid}.xml`));
  assert.equal(sha256(arrived), sha256(message), "the message is that which was accepted");
  const stored = async (origin) => (await eingang(origin)).eingang.filter((it) => it.gespeichert);
  assert.deepEqual((await stored(system.fachverfahren)).map((it) => it.schluessel), [uuid]);

  const filed = (await stored(system.dms)).flatMap((it) => it.sha256 ?? []);
  for (const bytes of [message, await seite.lies("zusammenfassung.pdf"), ausweis]) {
    assert.equal(filed.filter((it) => it === sha256(bytes)).length, 1, "each document is filed once");
  }
  const { bilanzStimmt, kette } = await seite.betrieb();
  assert.ok(bilanzStimmt && kette.stimmt);
}

test("XTA and d.velop: refused, mended, delivered once", { timeout: 180_000 }, async (t) => {
  const system = await eigenesSystem(t);
  const { portal } = await system.host({ variables: { ...XTA, ...DVELOP } });
  await steuere(system.fachverfahren, { modus: "xta-fehler", text: "9050", anzahl: 1, nach: { aktion: "sendMessage" } });
  await steuere(system.dms, { modus: "abgelehnt-422", text: WORTE.dms, anzahl: 1, nach: { aktion: "dvelop-anlegen" } });
  const { nummer, ausweis } = await accept(portal);
  const seite = await fallseite(portal, nummer);
  await checkAblehnung(seite, "fachverfahren", "Fehlertext zu 9050");
  await checkAblehnung(seite, "dms", WORTE.dms);
  await checkAngekommen(system, seite, ausweis);
});

test("FIT-Connect over TLS and xdomea: not trusted, trusted, refused, delivered once", { timeout: 180_000 }, async (t) => {
  const system = await eigenesSystem(t);
  const tls = await serveTls(t, system.dir, new URL(system.fachverfahren).port);
  const variables = {
    ...FITCONNECT, ...XDOMEA, fachverfahren_ursprung: tls.origin, fitconnect_token_ursprung: tls.origin,
  };
  await steuere(system.fachverfahren,
    { modus: "zurueckweisen", text: WORTE.fachverfahren, anzahl: 1, nach: { aktion: "ereignisse" } });
  await steuere(system.dms, { modus: "abgelehnt-422", text: WORTE.dms, anzahl: 1, nach: { aktion: "dav-put" } });

  // Nobody knows the authority of the certificate: nothing leaves, nothing is lost, and it is said.
  const first = await system.host({ variables });
  const { nummer, ausweis } = await accept(first.portal);
  let seite = await fallseite(first.portal, nummer);
  await checkAblehnung(seite, "dms", WORTE.dms);
  // Not while it is being tried once more.
  const { ursache } = await seite.warte("fachverfahren",
    (it) => it.fehlerCode === "zertifikat" && it.zustand === "ausstehend", "no TLS");
  assert.match(ursache, /keine sichere Verbindung/);
  const answer = await fetch(`${first.portal}/intern/selbstpruefung`, {
    headers: { authorization: `Bearer ${system.variablen.intern_geheimnis}` },
  });
  const { fachverfahren } = (await answer.json()).ziele;
  assert.equal(fachverfahren.stufe, "zertifikat");
  assert.match(fachverfahren.text, /sichere Verbindung.*Ausstellern/);
  await end(first.child);

  // The operator names it.
  const second = await system.host({ variables, options: ["--runtime-config-file", tls.config] });
  seite = await fallseite(second.portal, nummer);
  await checkAblehnung(seite, "fachverfahren", WORTE.fachverfahren);
  await checkAngekommen(system, seite, ausweis);
});

/**
 * TLS in front of a port, with a certificate that only `config` (a runtime configuration) trusts.
 */
async function serveTls(t, dir, port) {
  const [key, certificate] = [join(dir, "server.key"), join(dir, "server.pem")];
  execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
    "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost",
    "-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"], { stdio: "ignore" });
  const server = createServer({ key: await readFile(key), cert: await readFile(certificate) }, (inside) => {
    const outside = connect(port, "127.0.0.1");
    inside.pipe(outside).pipe(inside);
    for (const [one, other] of [[inside, outside], [outside, inside]]) one.on("error", () => other.destroy());
  });
  // Whoever does not trust the certificate breaks off.
  server.on("tlsClientError", () => {});
  await new Promise((resolve) => server.listen(0, "localhost", resolve));
  t.after(() => server.close());
  const config = join(dir, "runtime-config.toml");
  await writeFile(config,
    '[[client_tls]]\ncomponent_ids = ["weiterleitung"]\nhosts = ["localhost"]\nca_roots_file = "server.pem"\n');
  return { origin: `https://localhost:${server.address().port}`, config };
}
