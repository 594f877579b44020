// Fills in pages by their controls instead of by the keyboard: for long applications, where the way
// through the pages is what counts. The keyboard has its own test.

import assert from "node:assert/strict";

import { antworten } from "./tastatur.mjs";

/**
 * Runs in the page: answers every control that is there and not as it should be yet, and asks for
 * more entries where some are missing. Gives how many things it did.
 */
function answerAll({ texte, gruppen }) {
  const set = (element, value, event) => {
    const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), "value");
    set.call(element, value);
    element.dispatchEvent(new Event(event, { bubbles: true }));
    return 1;
  };
  let done = 0;
  for (const element of document.querySelectorAll("main input, main select, main textarea")) {
    const { id, name, type } = element;
    if (type === "radio") {
      if (texte[name] === element.value && !element.checked) {
        element.click();
        done += 1;
      }
    } else if (type === "checkbox") {
      if (texte[id] === "true" && !element.checked) {
        element.click();
        done += 1;
      }
    } else if (type !== "file") {
      const part = /-(monat|jahr)$/.exec(id);
      const whole = texte[part ? id.slice(0, -part[0].length) : id];
      if (whole === undefined) continue;
      const isDate = part || document.getElementById(`${id}-jahr`);
      const [jahr, monat = "", tag = ""] = isDate ? whole.split("-") : [];
      const wanted = part ? { jahr, monat }[part[1]] : isDate ? tag : whole;
      // A date is brought into its form when the page is left.
      const is = Number.isNaN(Number(wanted)) || !isDate ? element.value === wanted : Number(element.value) === Number(wanted);
      if (!is) done += set(element, wanted, element.tagName === "SELECT" ? "change" : "input");
    }
  }
  for (const button of document.querySelectorAll('main button[id$="-hinzu"]')) {
    const gruppe = button.id.slice(0, -"-hinzu".length);
    const indices = [...document.querySelectorAll(`[id^="${gruppe}-"]`)]
      .map((it) => /^(\d+)/.exec(it.id.slice(gruppe.length + 1))?.[1])
      .filter((it) => it !== undefined);
    if (new Set(indices).size < (gruppen[gruppe] ?? 0)) {
      button.click();
      done += 1;
    }
  }
  return done;
}

/** Answers what the page asks, until nothing is left to do. */
export async function answerPage(page, { texte, gruppen }) {
  const alle = { texte: Object.fromEntries(texte), gruppen: Object.fromEntries(gruppen) };
  for (let rounds = 0; rounds < 40; rounds += 1) {
    if ((await page.evaluate(answerAll, alle)) === 0) return;
    // Yew renders in a microtask of its own.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve())));
  }
  assert.fail(`${page.url()}: there is always more to answer`);
}

/** Answers the page and leaves it. A warning is read once and then left behind. */
export async function leavePage(page, alle, { besonders } = {}) {
  const before = page.url();
  await page.locator("#weiter").waitFor();
  await answerPage(page, alle);
  await besonders?.();
  for (let tries = 0; tries < 2; tries += 1) {
    await page.locator("#weiter:not([aria-disabled=true])").click({ timeout: 30_000 });
    await page.waitForFunction(
      (url) => location.href !== url || document.activeElement?.id === "meldung",
      before,
    );
    if (page.url() !== before) return;
  }
  const meldung = await page.locator("#meldung").innerText();
  assert.fail(`${before} is not left: ${meldung}`);
}

/**
 * Goes from the first page of an application to the receipt. `onPage` sees each page, answered, before
 * it is left; proofs are promised for later. Gives the number and the pages that were seen.
 */
export async function fillIn(page, { antrag, erste, daten, onPage }) {
  const alle = antworten(daten);
  await page.goto(`${antrag}/${erste}`);
  const seen = [];
  for (let pages = 0; pages < 160; pages += 1) {
    await page.waitForFunction(() => document.querySelector("#weiter") ?? document.querySelector("#vorgangsnummer"));
    const { pathname, search } = new URL(page.url());
    if (pathname.endsWith("/fertig")) {
      const nummer = (await page.locator("#vorgangsnummer").textContent()).trim();
      return { nummer, seen };
    }
    const where = `${pathname.split("/").pop()}${search}`;
    assert.ok(!seen.includes(where), `${where} comes twice`);
    seen.push(where);
    await leavePage(page, alle, {
      besonders: async () => {
        for (const box of await page.locator('input[id$="-nachreichen"]').all()) {
          if (!(await box.isChecked())) await box.check();
        }
        await onPage?.(where);
      },
    });
  }
  assert.fail("the form has no end");
}
