// A Verpflichtungserklärung from the case files, sent over HTTP as the pages send it.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";

const FAELLE = JSON.parse(await readFile(new URL("../faelle/cases.json", import.meta.url), "utf8"));

/** A day so many days after `heute` (`JJJJ-MM-TT`). */
export function tag(heute, tage) {
  return new Date(Date.parse(heute) + tage * 86_400_000).toISOString().slice(0, 10);
}

/** The answers of case V2, moved to the present, with proofs that are handed in later. */
export async function fall(portal) {
  const { heute } = await (await fetch(`${portal}/api/konfiguration`)).json();
  const { daten } = structuredClone(FAELLE.verpflichtungserklaerung.valid.find((it) => it.id === "V2"));
  delete daten.meta;
  daten.aufenthalt.einreise = tag(heute, 60);
  daten.weitereGeber[0].titel.gueltigBis = tag(heute, 1000);
  daten.nachweise = [
    { typ: "NV_AUSWEIS", nachreichen: true },
    { typ: "NV_LOHN", nachreichen: true },
  ];
  return daten;
}

/** The answers of a case of another application, with all proofs handed in later. */
export async function andererFall(portal, antrag, id) {
  const { heute } = await (await fetch(`${portal}/api/konfiguration`)).json();
  const { daten } = structuredClone(FAELLE[antrag].valid.find((it) => it.id === id));
  delete daten.meta;
  if (daten.beschaeftigung) {
    daten.beschaeftigung.beginn = tag(heute, 45);
    daten.beschaeftigung.bis = tag(heute, 700);
  }
  if (daten.arbeitgeberTeil?.weg === "LINK") {
    // What an employer confirms comes over the link alone.
    daten.arbeitgeberTeil.weg = "UPLOAD";
    daten.nachweise.push({ typ: "NB_EZB" });
  }
  daten.nachweise = daten.nachweise.map(({ typ, personRef }) => ({ typ, ...(personRef && { personRef }), nachreichen: true }));
  return daten;
}

/** A small PDF that is one, with a text of its own. */
export function pdf(text) {
  return Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n` +
      `3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n% ${text}\ntrailer<</Root 1 0 R>>\n%%EOF\n`,
  );
}

/** Sends answers; gives status and body of the answer. */
export async function sende(portal, daten, { schluessel = randomUUID(), entwurf, antrag = "verpflichtungserklaerung" } = {}) {
  const answer = await fetch(`${portal}/api/antraege/${antrag}`, {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": schluessel },
    body: JSON.stringify({ daten, ...(entwurf && { entwurf }) }),
  });
  return { status: answer.status, typ: answer.headers.get("content-type"), body: await answer.json() };
}

/** A draft with files: `[[typ, name, bytes]]`. Gives the draft and the entries for `nachweise`. */
export async function ladeHoch(portal, dateien) {
  const created = await fetch(`${portal}/api/entwuerfe`, { method: "POST" });
  assert.equal(created.status, 201);
  const entwurf = await created.json();
  const nachweise = [];
  for (const [typ, name, bytes] of dateien) {
    const query = new URLSearchParams({ typ, name });
    const answer = await fetch(`${portal}/api/entwuerfe/${entwurf.id}/dateien?${query}`, {
      method: "POST",
      headers: { authorization: `Bearer ${entwurf.token}`, "content-type": "application/octet-stream" },
      body: bytes,
    });
    const body = await answer.json();
    assert.equal(answer.status, 201, JSON.stringify(body));
    nachweise.push({ typ, datei: body.id });
  }
  return { entwurf: { id: entwurf.id, token: entwurf.token }, nachweise };
}

/** What an applicant sees of a case. */
export async function stand(portal, { vorgangsnummer, zugangscode }) {
  const answer = await fetch(`${portal}/api/vorgaenge/${vorgangsnummer}`, { headers: { zugangscode } });
  return { status: answer.status, body: await answer.json() };
}

/** Logs the caseworker in; gives a function that asks `/amt/api`. */
export async function melde(portal, kennung, passwort) {
  const answer = await fetch(`${portal}/amt/api/anmeldung`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ kennung, passwort }),
  });
  const body = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(body));
  const cookie = answer.headers.getSetCookie().map((it) => it.split(";")[0]).join("; ");
  return async (path, init = {}) => {
    const headers = { cookie, "x-csrf-token": body.csrf, ...init.headers };
    return fetch(`${portal}/amt/api${path}`, { ...init, headers });
  };
}
