// What the pages cost on a slow machine and line: bytes until a form can be filled in, when a page's largest part is
// painted, when a click acts, and how long a keystroke takes to be seen. `cargo xtask bench` runs it; it prints one
// JSON object.

import { PORTAL, launch, openPage } from "./hilfe.mjs";
import { tippen, tippenOhneFormular } from "./tippen.mjs";

/** 4 × slower CPU, 1.6 Mbit/s down, 150 ms there and back. */
const CPU = 4;
const LEITUNG = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const LAEUFE = 3;

/** The form whose first page is timed, and that page. */
const FORMULAR = "verpflichtungserklaerung";
const SEITE = "abgabe";

/** Runs in the page: remembers when its largest part was painted. */
function observeLcp() {
  globalThis.messung = { lcp: 0, bedienbar: null };
  new PerformanceObserver((list) => {
    const { messung } = globalThis;
    for (const { startTime } of list.getEntries()) {
      // What is painted after the click is the answer to it.
      if (messung.bedienbar === null || messung.lcp === 0) messung.lcp = startTime;
    }
  }).observe({ type: "largest-contentful-paint", buffered: true });
}

/**
 * Runs in the page: presses what `selector` names until the program takes it. The links of the start page work
 * without a program, by loading another page; what counts here is the program, and the browser's own answer is held
 * back. A button of a form is there when its program is, and answers with what is missing.
 */
function observeClick({ selector, answer }) {
  let isTaken = false;
  addEventListener("click", (event) => {
    isTaken ||= event.defaultPrevented;
    if (!answer) event.preventDefault();
  });
  const timer = setInterval(() => {
    document.querySelector(selector)?.click();
    if (answer ? !document.querySelector(answer) : !isTaken) return;
    globalThis.messung.bedienbar = performance.now();
    clearInterval(timer);
  }, 25);
}

/** A page of a new visitor on the slow line, and the bytes that came so far, fonts apart, in all and of programs. */
async function visit(browser) {
  const page = await openPage(browser);
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", LEITUNG);
  await session.send("Emulation.setCPUThrottlingRate", { rate: CPU });
  const types = new Map();
  const bytes = { alles: 0, programme: 0 };
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    types.set(requestId, response.url.endsWith(".wasm") ? "Wasm" : type);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const type = types.get(requestId);
    if (type !== "Font") bytes.alles += encodedDataLength / 1000;
    if (type === "Wasm") bytes.programme += encodedDataLength / 1000;
  });
  return { page, bytes };
}

/** Largest contentful paint and first click that acts, in milliseconds from the beginning of the navigation. */
async function open(browser, path, click) {
  const { page } = await visit(browser);
  await page.addInitScript(observeLcp);
  await page.addInitScript(observeClick, click);
  await page.goto(PORTAL + path);
  await page.waitForFunction(() => globalThis.messung.bedienbar !== null && globalThis.messung.lcp > 0, null, { polling: 100 });
  const messung = await page.evaluate(() => globalThis.messung);
  await page.context().close();
  return messung;
}

/** Kilobytes (1000) over the line until the first page of a form can be filled in, from the start page on. */
async function weigh(browser, antrag) {
  const { page, bytes } = await visit(browser);
  await page.goto(`${PORTAL}/`, { waitUntil: "networkidle" });
  await page.goto(`${PORTAL}/antrag/${antrag}`, { waitUntil: "networkidle" });
  await page.locator(`main a[href="/antrag/${antrag}/aufgaben"]`).click();
  await page.locator("#fortschritt").waitFor();
  await page.locator("main .kern-btn--primary").first().click();
  await page.locator("#weiter").waitFor();
  await page.waitForLoadState("networkidle");
  await page.context().close();
  return bytes;
}

const sorted = (werte) => werte.toSorted((a, b) => a - b);
const perzentil = (werte, anteil) => sorted(werte)[Math.min(werte.length - 1, Math.floor((werte.length * anteil) / 100))];

const browser = await launch();
try {
  const { antraege } = await (await fetch(`${PORTAL}/api/konfiguration`)).json();
  const gewichte = [];
  // Bytes are the same each time.
  for (const antrag of antraege) gewichte.push({ antrag, ...(await weigh(browser, antrag)) });

  const [start, formular, tasten, leer] = [[], [], [], []];
  for (let lauf = 0; lauf < LAEUFE; lauf += 1) {
    start.push(await open(browser, "/", { selector: "a[href='?sprache=de']" }));
    formular.push(await open(browser, `/antrag/${FORMULAR}/${SEITE}`, { selector: "#weiter", answer: "#meldung" }));
    tasten.push(...(await tippen(browser, CPU)));
    leer.push(...(await tippenOhneFormular(browser, CPU)));
  }
  const mediane = (laeufe) => ({
    lcp: perzentil(laeufe.map((it) => it.lcp), 50),
    bedienbar: perzentil(laeufe.map((it) => it.bedienbar), 50),
  });
  const verteilung = (zeiten) => ({ anzahl: zeiten.length, p50: perzentil(zeiten, 50), p95: perzentil(zeiten, 95) });
  console.log(
    JSON.stringify({
      gewichte,
      start: mediane(start),
      formular: mediane(formular),
      tasten: verteilung(tasten),
      leer: verteilung(leer),
      laeufe: { start, formular },
    }),
  );
} finally {
  await browser.close();
}
