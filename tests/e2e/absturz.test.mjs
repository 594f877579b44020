// kill -9 of the host at random moments while applications come in: whatever was acknowledged is there
// and is delivered exactly once.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { fall, melde, sende, stand } from "./antrag.mjs";
import { env, waitFor } from "./hilfe.mjs";
import { eigenesSystem, end } from "./system.mjs";

const KILLS = 200;
const SENDERS = 4;

test(`${KILLS} times kill -9 lose nothing and repeat nothing`, { timeout: 900_000 }, async (t) => {
  const system = await eigenesSystem(t);
  const host = () => system.host({ tick: "200ms" });

  const acknowledged = new Map();
  /** Keys that got no answer: they are sent again, as the pages do. */
  const open = [];
  let daten;
  for (let kills = 0; kills < KILLS; kills += 1) {
    const { child, portal } = await host();
    daten ??= await fall(portal);
    let alive = true;
    const send = async () => {
      while (alive) {
        const schluessel = open.pop() ?? randomUUID();
        try {
          const { status, body } = await sende(portal, daten, { schluessel });
          assert.ok(status === 201 || status === 200, `${status} ${JSON.stringify(body)}`);
          const earlier = acknowledged.get(schluessel);
          if (earlier) assert.equal(body.vorgangsnummer, earlier.vorgangsnummer);
          acknowledged.set(schluessel, body);
        } catch (error) {
          if (error instanceof assert.AssertionError) throw error;
          open.push(schluessel);
          if (alive) await new Promise((resolve) => setTimeout(resolve, 5));
        }
      }
    };
    const senders = Array.from({ length: SENDERS }, send);
    await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 280));
    const gone = end(child, "SIGKILL");
    alive = false;
    await gone;
    await Promise.all(senders);
  }
  assert.ok(acknowledged.size > KILLS / 4, `only ${acknowledged.size} were acknowledged`);

  // The last start: what had no answer is sent again, everything is delivered, and the books are read.
  const { child, portal } = await host();
  for (const schluessel of open) {
    const { body } = await sende(portal, daten, { schluessel });
    acknowledged.set(schluessel, body);
  }
  const amt = await melde(portal, env("DEMO_KENNUNG"), env("DEMO_PASSWORT"));
  const betrieb = await waitFor(
    async () => {
      const now = await (await amt("/betrieb")).json();
      const done = Object.values(now.zustellungen).every((it) => it.wartend === 0);
      return done && now;
    },
    "everything is delivered",
    300_000,
  );
  t.diagnostic(`${acknowledged.size} acknowledged, ${betrieb.angenommen} accepted`);

  const numbers = new Set([...acknowledged.values()].map((it) => it.vorgangsnummer));
  assert.equal(numbers.size, acknowledged.size, "each key has a number of its own");
  // Every key was answered in the end, so nothing was accepted that nobody knows of.
  assert.equal(betrieb.angenommen, numbers.size);
  assert.equal(betrieb.bilanzStimmt, true, JSON.stringify(betrieb));
  assert.equal(betrieb.kette.stimmt, true);
  for (const quittung of acknowledged.values()) assert.equal((await stand(portal, quittung)).status, 200);

  const folder = join(system.ordner, "fachverfahren");
  const delivered = new Map();
  for (const file of (await readdir(folder)).filter((it) => it.endsWith(".xml"))) {
    const xml = await readFile(join(folder, file), "utf8");
    const nummer = /antragsidentifikation>([^<]+)</.exec(xml)[1];
    delivered.set(nummer, (delivered.get(nummer) ?? 0) + 1);
  }
  assert.deepEqual([...delivered.keys()].sort(), [...numbers].sort());
  assert.ok([...delivered.values()].every((times) => times === 1), "each was delivered exactly once");
  child.kill("SIGTERM");
});
