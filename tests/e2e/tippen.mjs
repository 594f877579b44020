// How long it takes from a keystroke to the paint that shows it, on the longest pages of the longest form: an
// Einbürgerung of four people with 8 children and 30 periods of residence, on a slow machine.

import { readFile } from "node:fs/promises";

import { PORTAL, openPage } from "./hilfe.mjs";

const FAELLE = JSON.parse(await readFile(new URL("../faelle/cases.json", import.meta.url), "utf8"));
const TAG = 86_400_000;

/** Pages with the input that is typed into: the last of many, where what stands before it is longest. */
const SEITEN = [
  {
    seite: "eb-zeiten?fuer=personen.0",
    feld: "f-personen-0-aufenthalt-zeiten-29-rechtsgrundlage",
    text: "§ 18b Abs. 1 AufenthG, erteilt 2021, verlaengert 2023",
  },
  { seite: "eb-zeiten?fuer=personen.0", feld: "f-personen-0-aufenthalt-zeiten-29-von-jahr", text: "2021" },
  { seite: "eb-kinder", feld: "f-kinder-7-vornamen-name", text: "Lucja Wiktoria Katarzyna Magdalena Aleksandra Zofia" },
];

/** Milliseconds between two keys, again and again: people type in bursts, and think in between. */
const RHYTHMUS = [90, 140, 70, 110, 180, 60, 420, 120, 80, 250, 100, 330];

/** The answers as the page keeps them on the device. */
function entwurf() {
  const { daten } = structuredClone(FAELLE.einbuergerung.valid.find((it) => it.id === "E3"));
  delete daten.meta;
  delete daten.nachweise;
  const datum = (millis) => new Date(millis).toISOString().slice(0, 10);
  const beginn = Date.parse(daten.personen[0].aufenthalt.ersteinreise);
  daten.personen[0].aufenthalt.zeiten = Array.from({ length: 30 }, (_, index) => ({
    von: datum(beginn + index * 180 * TAG),
    ...(index < 29 && { bis: datum(beginn + ((index + 1) * 180 - 1) * TAG) }),
    status: "AE",
    rechtsgrundlage: "",
  }));
  const [mit, auch, allein] = daten.kinder;
  daten.kinder = [mit, auch];
  while (daten.kinder.length < 8) {
    const kind = structuredClone(allein);
    kind.vornamen.name += ` ${daten.kinder.length}`;
    daten.kinder.push(kind);
  }
  daten.kinder[7].vornamen.name = "";
  return { angaben: daten, besucht: [], bedenkzeit: {}, groessen: {} };
}

/** Runs in the page: from when a key went down to the first task after the frame that follows. */
function observe() {
  globalThis.tippen = [];
  addEventListener(
    "keydown",
    ({ timeStamp }) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => globalThis.tippen.push(performance.now() - timeStamp);
        port2.postMessage(null);
      });
    },
    { capture: true },
  );
}

/** Types a text as people do, into what has the focus. Gives the milliseconds of every keystroke but the first. */
async function type(page, text) {
  // The first keystroke of a page warms it up.
  await page.keyboard.type(text[0]);
  await page.waitForTimeout(500);
  await page.evaluate(() => (globalThis.tippen.length = 0));
  for (let index = 1; index < text.length; index += 1) {
    await page.keyboard.type(text[index]);
    await page.waitForTimeout(RHYTHMUS[index % RHYTHMUS.length]);
  }
  await page.waitForFunction((anzahl) => globalThis.tippen.length >= anzahl, text.length - 1, { polling: 50 });
  return page.evaluate(() => globalThis.tippen);
}

/** Milliseconds of every keystroke, on a machine that is `cpu` times slower. */
export async function tippen(browser, cpu) {
  const page = await openPage(browser);
  await page.addInitScript(observe);
  await page.goto(`${PORTAL}/antrag/einbuergerung`);
  await page.evaluate((text) => localStorage.setItem("portal.1.entwurf.einbuergerung", text), JSON.stringify(entwurf()));
  const session = await page.context().newCDPSession(page);
  const zeiten = [];
  for (const { seite, feld, text } of SEITEN) {
    await page.goto(`${PORTAL}/antrag/einbuergerung/${seite}`, { waitUntil: "networkidle" });
    const input = page.locator(`#${feld}`);
    await input.scrollIntoViewIfNeeded();
    await session.send("Emulation.setCPUThrottlingRate", { rate: cpu });
    await input.fill("");
    await input.focus();
    zeiten.push(...(await type(page, text)));
    await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  }
  await page.context().close();
  return zeiten;
}

/** The same in a page that is nothing but one input: less than this the browser itself does not take. */
export async function tippenOhneFormular(browser, cpu) {
  const page = await openPage(browser);
  await page.addInitScript(observe);
  await page.goto(`${PORTAL}/robots.txt`);
  await page.evaluate(() => document.body.replaceChildren(document.createElement("input")));
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  await page.locator("input").focus();
  const zeiten = await type(page, SEITEN[0].text);
  await page.context().close();
  return zeiten;
}
