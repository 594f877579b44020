// What the flows share: a browser, pages that watch themselves, and axe.
//
// `cargo xtask test --only e2e` starts the system and sets PORTAL_URL, FACHVERFAHREN_URL, DMS_URL,
// DEMO_KENNUNG, DEMO_PASSWORT, DATEN_DIR and CHROMIUM.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { chromium } from "playwright-core";

export const PORTAL = env("PORTAL_URL");
export const FACHVERFAHREN = env("FACHVERFAHREN_URL");
export const DMS = env("DMS_URL");

/** A setting that the starter of the tests has to give. */
export function env(name) {
  const value = process.env[name];
  assert.ok(value, `${name} is not set: run these tests with cargo xtask test --only e2e`);
  return value;
}

/** Starts the browser; one for a file of tests is enough. */
export function launch() {
  return chromium.launch({
    executablePath: env("CHROMIUM"),
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
  });
}

/**
 * A page in a context of its own that remembers what must not happen: errors on the console (a
 * violation of the Content-Security-Policy is one), exceptions, and requests to other hosts.
 * `options` are Playwright's, for example `{ viewport, colorScheme }`.
 */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ locale: "de-DE", timezoneId: "Europe/Berlin", ...options });
  const page = await context.newPage();
  page.vorfaelle = [];
  page.on("console", (message) => {
    if (message.type() === "error") page.vorfaelle.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => page.vorfaelle.push(`exception: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.origin !== new URL(PORTAL).origin) {
      page.vorfaelle.push(`request to ${url.origin}`);
    }
  });
  return page;
}

/** Fails if anything happened on the page that must not; `erwartet` are allowed patterns. */
export function checkVorfaelle(page, erwartet = []) {
  const rest = page.vorfaelle.filter((text) => !erwartet.some((pattern) => pattern.test(text)));
  assert.deepEqual(rest, []);
}

const axeSource = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Fails on any violation that axe finds on the page as it is now. The script goes in through the
 * debugger: as a script element the page's own policy would rightly block it.
 */
export async function checkAxe(page, where) {
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: await axeSource });
  const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
    expression: `axe.run(document, { resultTypes: ["violations"] }).then((result) =>
      result.violations.map((it) => it.id + ": " + it.nodes.map((node) => node.target.join(" ")).join(", ")))`,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  assert.equal(exceptionDetails, undefined, `axe on ${where}: ${exceptionDetails?.text}`);
  assert.deepEqual(result.value, [], `axe on ${where}`);
}

/** Tells a counterpart how to behave, for example `steuere(DMS, { modus: "aus" })`. */
export async function steuere(gegenstelle, befehl) {
  const answer = await fetch(`${gegenstelle}/steuerung`, { method: "POST", body: JSON.stringify(befehl) });
  assert.ok(answer.ok, `${gegenstelle}/steuerung: ${answer.status} ${await answer.text()}`);
}

/** What a counterpart has taken in. */
export async function eingang(gegenstelle) {
  const answer = await fetch(`${gegenstelle}/eingang`);
  assert.ok(answer.ok, `${gegenstelle}/eingang: ${answer.status}`);
  return answer.json();
}

/** Waits until `condition` gives something truthy, and gives that. */
export async function waitFor(condition, what, milliseconds = 20_000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const found = await condition();
    if (found) return found;
    assert.ok(Date.now() < end, `${what}: not within ${milliseconds} ms`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
