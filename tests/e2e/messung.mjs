// What the first form page costs on a slow machine and line: bytes, when its largest part is painted, and when a
// click acts. `cargo xtask bench` runs it; it prints one JSON object.

import { PORTAL, launch, openPage } from "./hilfe.mjs";

/** 4 × slower CPU, 1.6 Mbit/s down, 150 ms there and back. */
const CPU = 4;
const LEITUNG = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const LAEUFE = 3;

/**
 * Runs in the page. The link works without the program, too, by loading another page; what counts here is the
 * program that answers the click. So clicks are tried until one is taken, and the browser's own answer is held back.
 */
function observe() {
  globalThis.messung = { lcp: 0, bedienbar: null };
  new PerformanceObserver((list) => {
    const { messung } = globalThis;
    for (const { startTime } of list.getEntries()) {
      // After the click it would be the next page's.
      if (messung.bedienbar === null || startTime < messung.bedienbar) messung.lcp = startTime;
    }
  }).observe({ type: "largest-contentful-paint", buffered: true });
  const { pathname } = location;
  if (pathname !== "/") return;
  const hold = (event) => event.preventDefault();
  window.addEventListener("click", hold);
  const timer = setInterval(() => {
    document.querySelector("main a[href^='/antrag/']")?.click();
    if (location.pathname === pathname) return;
    globalThis.messung.bedienbar = performance.now();
    clearInterval(timer);
    window.removeEventListener("click", hold);
  }, 25);
}

/** A page of a new visitor on the slow line, and the bytes that came so far, fonts apart, in all and of the program. */
async function visit(browser) {
  const page = await openPage(browser);
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", LEITUNG);
  await session.send("Emulation.setCPUThrottlingRate", { rate: CPU });
  const types = new Map();
  const bytes = { all: 0, wasm: 0 };
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    types.set(requestId, response.url.endsWith(".wasm") ? "Wasm" : type);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const type = types.get(requestId);
    if (type !== "Font") bytes.all += encodedDataLength;
    if (type === "Wasm") bytes.wasm += encodedDataLength;
  });
  return { page, bytes };
}

/** Largest contentful paint and first click that acts, of the start page. */
async function startPage(browser) {
  const { page } = await visit(browser);
  await page.addInitScript(observe);
  await page.goto(`${PORTAL}/`);
  await page.waitForFunction(() => globalThis.messung.bedienbar !== null, null, { polling: 100 });
  const messung = await page.evaluate(() => globalThis.messung);
  await page.context().close();
  return messung;
}

/** Kilobytes (1000) over the line until the first form page can be filled in, from the start page on. */
async function formPage(browser) {
  const { page, bytes } = await visit(browser);
  await page.goto(`${PORTAL}/`, { waitUntil: "networkidle" });
  await page.goto(`${PORTAL}/antrag/verpflichtungserklaerung/abgabe`, { waitUntil: "networkidle" });
  await page.locator("#weiter").waitFor();
  await page.context().close();
  return { kilobytes: bytes.all / 1000, wasm: bytes.wasm / 1000 };
}

const median = (werte) => werte.toSorted((a, b) => a - b)[Math.floor(werte.length / 2)];

const browser = await launch();
try {
  const laeufe = [];
  for (let lauf = 0; lauf < LAEUFE; lauf += 1) {
    laeufe.push({ ...(await startPage(browser)), ...(await formPage(browser)) });
  }
  const von = (name) => median(laeufe.map((lauf) => lauf[name]));
  const mediane = ["kilobytes", "wasm", "lcp", "bedienbar"].map((name) => [name, von(name)]);
  console.log(JSON.stringify({ ...Object.fromEntries(mediane), laeufe }));
} finally {
  await browser.close();
}
