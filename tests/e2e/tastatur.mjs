// Fills in a form with the keyboard alone: Tab to each control, type, choose, tick, and press Weiter.

import assert from "node:assert/strict";

/** Id of the element for a path, as the pages make it. */
export function elementId(pfad) {
  return `f-${pfad.replaceAll("].", "-").replaceAll(/[[.@]/g, "-").replaceAll("]", "")}`;
}

/** What is to be answered: texts by id of their element, and how many entries each group has. */
export function antworten(daten) {
  const texte = new Map();
  const gruppen = new Map();
  const walk = (wert, pfad) => {
    if (Array.isArray(wert)) {
      gruppen.set(elementId(pfad), wert.length);
      wert.forEach((eintrag, index) => walk(eintrag, `${pfad}[${index}]`));
    } else if (wert !== null && typeof wert === "object") {
      for (const [name, inneres] of Object.entries(wert)) walk(inneres, pfad ? `${pfad}.${name}` : name);
    } else if (wert !== null) {
      texte.set(elementId(pfad), String(wert));
      // Data may write an entry as its bare value.
      if (/staatsangehoerigkeiten\[\d+\]$/.test(pfad)) texte.set(elementId(`${pfad}.code`), String(wert));
    }
  };
  walk(daten, "");
  return { texte, gruppen };
}

/** What has the focus. */
const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const { id, tagName, type, name, value, checked } = element;
    return { id, tag: tagName.toLowerCase(), type, name, value, checked, text: element.textContent };
  });

/** Answers the control that has the focus. */
async function answer(page, control, { texte, gruppen }) {
  const { id, tag, type, name } = control;
  if (tag === "input" && type === "radio") {
    const wanted = texte.get(name);
    if (wanted === undefined) return;
    if (control.value === wanted) {
      if (!control.checked) await page.keyboard.press("Space");
      return;
    }
    for (let steps = 0; steps < 12; steps += 1) {
      await page.keyboard.press("ArrowDown");
      const now = await focused(page);
      if (now.value === wanted) return;
    }
    assert.fail(`${name} offers no ${wanted}`);
  }
  if (tag === "input" && type === "checkbox") {
    if (texte.get(id) === "true" && !control.checked) await page.keyboard.press("Space");
    return;
  }
  if (tag === "select") {
    const wanted = texte.get(id);
    if (wanted === undefined || control.value === wanted) return;
    const label = await page.locator(`#${id} option[value="${wanted}"]`).textContent();
    await page.keyboard.type(label);
    assert.equal((await focused(page)).value, wanted, `${id}: ${label}`);
    return;
  }
  if (tag === "input" || tag === "textarea") {
    const date = /-(monat|jahr)$/.exec(id);
    const whole = texte.get(date ? id.slice(0, -date[0].length) : id);
    if (whole === undefined) return;
    const isDate = date || (await page.locator(`#${id}-jahr`).count());
    const [jahr, monat = "", tag_ = ""] = isDate ? whole.split("-") : [];
    const wanted = date ? { jahr, monat }[date[1]] : isDate ? tag_ : whole;
    if (control.value === wanted) return;
    await page.keyboard.press("Control+A");
    await page.keyboard.type(wanted);
    return;
  }
  if (tag === "button" && id.endsWith("-hinzu")) {
    const gruppe = id.slice(0, -"-hinzu".length);
    const there = await page.evaluate((prefix) => {
      const indices = [...document.querySelectorAll(`[id^="${prefix}-"]`)]
        .map((it) => /^(\d+)/.exec(it.id.slice(prefix.length + 1))?.[1])
        .filter((it) => it !== undefined);
      return new Set(indices).size;
    }, gruppe);
    if (there < (gruppen.get(gruppe) ?? 0)) {
      await page.keyboard.press("Enter");
      return "again";
    }
  }
}

/** Fills in the page that is open and leaves it with Weiter; gives the heading of the next one. */
export async function fillPage(page, alle, { besonders } = {}) {
  const before = page.url();
  await page.locator("#weiter").waitFor();
  await page.locator("#titel").first().waitFor();
  for (let steps = 0; steps < 400; steps += 1) {
    const control = await focused(page);
    if (control?.id === "weiter") {
      await page.locator("#weiter:not([aria-disabled=true])").waitFor({ timeout: 30_000 });
      await page.keyboard.press("Enter");
      await page.waitForFunction(
        (url) => location.href !== url || document.activeElement?.id === "meldung",
        before,
      );
      return;
    }
    if (control) {
      const done = (await besonders?.(control)) || (await answer(page, control, alle));
      if (done === "again") continue;
    }
    await page.keyboard.press("Tab");
  }
  assert.fail(`${before}: the keyboard does not reach Weiter`);
}
