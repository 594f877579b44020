// Every component of the pages, once: where two applications together show it first, in light and
// dark, narrow and wide, with axe, and with the keyboard reaching it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { andererFall, fall } from "./antrag.mjs";
import { fillIn } from "./ausfuellen.mjs";
import { PORTAL, checkAxe, checkVorfaelle, launch, openPage } from "./hilfe.mjs";

/** What pages are made of, by what shows it. */
const KOMPONENTEN = {
  "a line of text": "main input[type=text]:not([inputmode=numeric])",
  "a number": "main input[inputmode=numeric], main input[inputmode=decimal]",
  "several lines of text": "main textarea",
  "a date": "main fieldset input[id$=-monat]",
  "an e-mail address": "main input[type=email]",
  "a telephone number": "main input[type=tel]",
  "yes or no": "main input[type=radio][value=true]",
  "a choice shown whole": "main input[type=radio]:not([value=true]):not([value=false])",
  "a choice from a long list": "main select",
  "a box to tick": "main input[type=checkbox]",
  "entries as cards": "main .karte input",
  "entries as lines": "main .zeile input",
  "one more entry": "main button[id$=-hinzu]",
  "a file": "main input[type=file]",
  "a Merkblatt": "main details#merkblatt summary",
  "a result with its calculation": "main table.rechnung",
  "the answers before sending": "main dl",
};

const ANSICHTEN = [320, 1280].flatMap((width) => ["light", "dark"].map((colorScheme) => ({ width, colorScheme })));

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Elements that KERN draws a sign on, and whose sign is a square of one colour because its mask is not there. */
const SQUARES = () =>
  [...document.querySelectorAll(".kern-icon, .kern-form-input__select-wrapper, .kern-accordion__header")]
    .filter((it) => {
      const styles = [null, "::before", "::after"].map((part) => getComputedStyle(it, part));
      const drawn = styles.filter((style, index) => index === 0 ? it.matches(".kern-icon") : style.content !== "none");
      return !drawn.some((style) => style.maskImage !== "none");
    })
    .map((it) => it.className);

/** Whether Tab comes to an element that this selector finds, or to one inside of it. */
async function reaches(page, selector) {
  await page.locator("#titel").first().focus();
  for (let steps = 0; steps < 150; steps += 1) {
    await page.keyboard.press("Tab");
    const [is, isEnd] = await page.evaluate((selector) => {
      const element = document.activeElement;
      const found = [...document.querySelectorAll(selector)];
      return [found.some((it) => it === element || it.contains(element)), element === document.body];
    }, selector);
    if (is) return true;
    if (isEnd) return false;
  }
  return false;
}

test("every component is shown well and reached by the keyboard", { timeout: 400_000 }, async () => {
  const seen = new Set();
  const look = (page) => async (where) => {
    const found = [];
    for (const [name, selector] of Object.entries(KOMPONENTEN)) {
      if (!seen.has(name) && (await page.locator(selector).count())) found.push(name);
    }
    if (found.length === 0) return;
    found.forEach((name) => seen.add(name));
    for (const { width, colorScheme } of ANSICHTEN) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await checkAxe(page, `${where}, ${width} px, ${colorScheme}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${where} is ${wide} px wide`);
    }
    assert.deepEqual(await page.evaluate(SQUARES), [], `signs without a form on ${where}`);
    for (const name of found) {
      // What only tells something needs no focus.
      const tells = ["a result with its calculation", "the answers before sending"].includes(name);
      assert.ok(tells || (await reaches(page, KOMPONENTEN[name])), `${where}: the keyboard does not reach ${name}`);
    }
  };
  for (const [antrag, erste, daten] of [
    ["verpflichtungserklaerung", "abgabe", await fall(PORTAL)],
    ["einbuergerung", "eb-antragsart", await andererFall(PORTAL, "einbuergerung", "E1")],
  ]) {
    const page = await openPage(browser);
    await fillIn(page, { antrag: `${PORTAL}/antrag/${antrag}`, erste, daten, onPage: look(page) });
    checkVorfaelle(page);
    await page.context().close();
  }
  const missing = Object.keys(KOMPONENTEN).filter((name) => !seen.has(name));
  assert.deepEqual(missing, []);
});
