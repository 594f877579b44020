// The public API over HTTP, in the real host: what it takes, what it refuses, what it keeps to itself.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";

import { fall, ladeHoch, melde, pdf, sende, stand } from "./antrag.mjs";
import { FACHVERFAHREN, PORTAL, env } from "./hilfe.mjs";

const ANTRAG = `${PORTAL}/api/antraege/verpflichtungserklaerung`;
const JSON_TYP = { "content-type": "application/json" };

let daten;
before(async () => (daten = await fall(PORTAL)));

/** How many cases the work list knows. */
async function angenommen() {
  const amt = await melde(PORTAL, env("DEMO_KENNUNG"), env("DEMO_PASSWORT"));
  return (await (await amt("/betrieb")).json()).angenommen;
}

describe("what is sent properly", () => {
  test("is receipted, and can be seen with the access code", async () => {
    const { status, body } = await sende(PORTAL, daten);
    assert.equal(status, 201, JSON.stringify(body));
    assert.match(body.vorgangsnummer, /^VE-/);
    assert.ok(body.pruefsumme && body.zugangscode && body.eingegangenAm);
    const seen = await stand(PORTAL, body);
    assert.equal(seen.status, 200);
    assert.equal(seen.body.vorgangsnummer, body.vorgangsnummer);
  });

  test("gives one receipt, however often and at once it is sent with the same key", async () => {
    const before = await angenommen();
    const schluessel = randomUUID();
    const answers = await Promise.all(Array.from({ length: 12 }, () => sende(PORTAL, daten, { schluessel })));
    const numbers = new Set(answers.map((it) => it.body.vorgangsnummer));
    assert.equal(numbers.size, 1, JSON.stringify(answers.map((it) => it.status)));
    assert.equal(answers.filter((it) => it.status === 201).length, 1);
    assert.equal(await angenommen(), before + 1);
    const other = await sende(PORTAL, { ...daten, vermoegen: "Sparbuch" }, { schluessel });
    assert.equal(other.status, 422);
    assert.match(other.body.type, /schluessel-schon-benutzt$/);
  });

  test("keeps its files, several for one proof", async () => {
    const { entwurf, nachweise } = await ladeHoch(PORTAL, [
      ["NV_AUSWEIS", "vorne.pdf", pdf("vorne")],
      ["NV_AUSWEIS", "hinten.pdf", pdf("hinten")],
      ["NV_LOHN", "lohn.pdf", pdf("lohn")],
    ]);
    const { status, body } = await sende(PORTAL, { ...daten, nachweise }, { entwurf });
    assert.equal(status, 201, JSON.stringify(body));
    assert.equal(body.anlagen.length, 3);
    // The draft is used up: its files belong to the case now, and it is not there any more.
    const again = await sende(PORTAL, { ...daten, nachweise }, { entwurf });
    assert.equal(again.status, 404);
  });
});

describe("what is wrong", () => {
  const tief = `${"[".repeat(5_000_000)}${"]".repeat(5_000_000)}`;
  const gut = () => JSON.stringify({ daten });
  const table = [
    ["no JSON", { body: "{" }, 400],
    ["10 MB of nesting", { body: tief }, 413],
    ["deep nesting", { body: `{"daten":${"[".repeat(2000)}${"]".repeat(2000)}}` }, 400],
    ["invalid UTF-8", { body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]) }, 400],
    ["an array", { body: "[]" }, 400],
    ["an unknown name beside the answers", { body: () => JSON.stringify({ daten, mehr: 1 }) }, 400],
    ["an answer to no question", { body: () => JSON.stringify({ daten: { ...daten, gibtEsNicht: "x" } }) }, 422],
    ["a wrong type", { body: () => JSON.stringify({ daten: { ...daten, geber: 7 } }) }, 422],
    ["no key", { body: gut, headers: JSON_TYP }, 400],
    ["a key that is none", { body: gut, headers: { ...JSON_TYP, "idempotency-key": "1" } }, 400],
    ["another media type", { body: gut, headers: { "idempotency-key": randomUUID(), "content-type": "text/xml" } }, 415],
    ["answers that block", { body: () => JSON.stringify({ daten: { ...daten, erklaerung: {} } }) }, 422],
    ["a method that is not there", { method: "PUT", body: gut }, 405],
    ["a form that is not there", { url: `${PORTAL}/api/antraege/gibt-es-nicht`, body: gut }, 404],
  ];
  for (const [name, request, status] of table) {
    test(`${name} is answered with ${status} and stores nothing`, async () => {
      const before = await angenommen();
      const { url = ANTRAG, method = "POST", body } = request;
      const headers = request.headers ?? { ...JSON_TYP, "idempotency-key": randomUUID() };
      const answer = await fetch(url, { method, headers, body: typeof body === "function" ? body() : body });
      const problem = await answer.json();
      assert.equal(answer.status, status, JSON.stringify(problem).slice(0, 500));
      assert.match(answer.headers.get("content-type"), /^application\/problem\+json/);
      assert.equal(problem.status, status);
      assert.ok(problem.type && problem.title && problem.detail, JSON.stringify(problem));
      assert.equal(await angenommen(), before);
    });
  }

  test("findings come with path, code and a sentence", async () => {
    const { status, body } = await sende(PORTAL, { ...daten, erklaerung: { richtig: true } });
    assert.equal(status, 422);
    const befund = body.befunde.find((it) => it.feld === "erklaerung.datenschutz");
    assert.equal(befund.regel, "ERKL_DATENSCHUTZ");
    assert.equal(befund.schwere, "E");
    assert.ok(befund.text.length > 10);
  });

  test("an eID cannot be typed", async () => {
    const eid = { familienname: "Kowalczyk", vornamen: "Michał Jan", geburtsdatum: "1985-03-23", vertrauensniveau: "hoch" };
    const forged = { ...daten, ve: { ...daten.ve, abgabe: "ELEKTRONISCH", eidDaten: eid } };
    const { status, body } = await sende(PORTAL, forged);
    assert.equal(status, 422);
    assert.ok(body.befunde.some((it) => it.regel === "VE_EID_FEHLT"), JSON.stringify(body.befunde));
  });

  test("a file that is not what it says is refused with what to do", async () => {
    const created = await (await fetch(`${PORTAL}/api/entwuerfe`, { method: "POST" })).json();
    const upload = async (bytes) => {
      const answer = await fetch(`${PORTAL}/api/entwuerfe/${created.id}/dateien?typ=NV_LOHN&name=lohn.pdf`, {
        method: "POST",
        headers: { authorization: `Bearer ${created.token}`, "content-type": "application/octet-stream" },
        body: bytes,
      });
      return { status: answer.status, body: await answer.json() };
    };
    for (const bytes of [Buffer.from("PK\u0003\u0004 zip"), Buffer.alloc(0), Buffer.from("%PDF-1.4\n/JavaScript (x)\n%%EOF")]) {
      const { status, body } = await upload(bytes);
      assert.ok([400, 413, 415, 422].includes(status), `${status}`);
      assert.ok(body.befunde?.[0]?.text ?? body.detail, JSON.stringify(body));
    }
    const list = await fetch(`${PORTAL}/api/entwuerfe/${created.id}/dateien`, {
      headers: { authorization: `Bearer ${created.token}` },
    });
    assert.deepEqual((await list.json()).dateien ?? [], []);
  });
});

describe("who may do what", () => {
  test("the manifest gives the public component no way out", async () => {
    const manifest = await readFile(new URL("../../spin.toml", import.meta.url), "utf8");
    const component = (name) => manifest.split(`[component.${name}]`)[1].split(/\n\[component\.(?!\w+\.)/)[0];
    assert.doesNotMatch(component("annahme").split("[component.annahme.variables]")[0], /allowed_outbound_hosts/);
    assert.doesNotMatch(component("sachbearbeitung").split("[component.sachbearbeitung.variables]")[0], /allowed_outbound_hosts/);
    assert.doesNotMatch(component("empfang").split("[component.empfang.variables]")[0], /allowed_outbound_hosts/);
    assert.match(component("weiterleitung"), /allowed_outbound_hosts = \[/);
    for (const secret of ["fachverfahren_token", "dms_anmeldung", "benutzer", "intern_geheimnis"]) {
      assert.doesNotMatch(component("annahme"), new RegExp(secret), secret);
    }
    assert.doesNotMatch(component("portal").split("\n[")[0], /sqlite_databases|allowed_outbound_hosts|variables/);
  });

  test("a stored application needs its access code, and a wrong one tells nothing", async () => {
    const { body } = await sende(PORTAL, daten);
    const wrong = await stand(PORTAL, { ...body, zugangscode: "AAAA-AAAA-AAAA" });
    const unknown = await stand(PORTAL, { vorgangsnummer: "VE-AAAA-AAAA-AA", zugangscode: body.zugangscode });
    const none = await fetch(`${PORTAL}/api/vorgaenge/${body.vorgangsnummer}`);
    assert.equal(wrong.status, 404);
    assert.equal(unknown.status, 404);
    assert.ok([401, 404].includes(none.status));
    const { instance: a, ...first } = wrong.body;
    const { instance: b, ...second } = unknown.body;
    assert.deepEqual(first, second);
    assert.doesNotMatch(JSON.stringify(wrong.body), /Kowalczyk/);
    // Nor is there any other path of the public API that lists or returns applications.
    for (const path of ["/api/vorgaenge", "/api/antraege", "/api/antraege/verpflichtungserklaerung"]) {
      const answer = await fetch(PORTAL + path);
      assert.ok([404, 405].includes(answer.status), path);
    }
  });

  test("guessing the access code ends after ten attempts", async () => {
    const { body } = await sende(PORTAL, daten);
    const codes = Array.from({ length: 11 }, (_, index) => `${"ACDEFGHJKMN"[index]}AAA-AAAA-AAAA`);
    const answers = [];
    for (const zugangscode of codes) answers.push((await stand(PORTAL, { ...body, zugangscode })).status);
    assert.ok(answers.includes(429), answers.join(" "));
    // The right one does not help either, until the time is over.
    assert.equal((await stand(PORTAL, body)).status, 429);
  });

  test("the functions behind need their secrets", async () => {
    for (const path of ["/intern/weiterleitung", "/intern/umschluesseln"]) {
      for (const headers of [{}, { authorization: "Bearer falsch" }]) {
        assert.equal((await fetch(PORTAL + path, { method: "POST", headers })).status, 401, path);
      }
    }
    for (const path of ["/amt/api/vorgaenge", "/amt/api/betrieb", "/amt/api/sitzung"]) {
      assert.equal((await fetch(PORTAL + path)).status, 401, path);
    }
    assert.notEqual((await fetch(`${FACHVERFAHREN}/eingang`)).status, 500);
  });
});

test("the API is described where it is served", async () => {
  const answer = await fetch(`${PORTAL}/api/openapi.yaml`);
  assert.equal(answer.status, 200);
  assert.match(await answer.text(), /^openapi: ['"]?3\.1/m);
});
