// The form's screens: what keeps one from being used, whatever it shows, and the ways to some of them.

import { findings } from "./axe.mjs";
import { workerWhole } from "./material.mjs";

/** The roles of what a person presses, ticks, chooses from or writes in, as Chromium calls them. */
const CONTROLS = /^(button|checkbox|combobox|DisclosureTriangle\w*|link|listbox|radio|spinbutton|switch|textbox)$/;

/**
 * What keeps a screen from being used, in text of the usual size and in large text, with everything open that can be
 * opened: lines that each say where.
 */
export async function flaws(page) {
  await page.evaluate(() => {
    for (const part of document.querySelector("nomination-form").shadowRoot.querySelectorAll("details")) part.open = true;
  });
  const found = [...await findings(page), ...await misnamed(page), ...await cramped(page, 44)];
  await page.evaluate(() => document.querySelector("nomination-form").setAttribute("text-size", "large"));
  return [...found, ...await cramped(page, 60)];
}

/** Ids that are there twice, labels without a control, controls without a name. */
export async function misnamed(page) {
  const astray = await page.evaluate(() => {
    const root = document.querySelector("nomination-form").shadowRoot;
    const ids = [...root.querySelectorAll("[id]")].map(({ id }) => id);
    const twice = ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `twice: ${id}`);
    const labels = [...root.querySelectorAll("label[for]")].filter(({ control }) => !control);
    return [...twice, ...labels.map((label) => `label without control: ${label.htmlFor}`)];
  });
  return [...astray, ...await unnamed(page)];
}

async function unnamed(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const found = nodes.filter(({ ignored, role, name }) => !ignored && CONTROLS.test(role.value) && !name?.value?.trim());
  return Promise.all(found.map(async ({ role, backendDOMNodeId: backendNodeId }) => {
    const { outerHTML } = await session.send("DOM.getOuterHTML", { backendNodeId });
    return `${role.value} without name: ${outerHTML.slice(0, 120)}`;
  }));
}

/** A page that can be scrolled sideways, and targets that are less high than `least` px or narrower than a thumb. */
function cramped(page, least) {
  return page.evaluate((least) => {
    const root = document.querySelector("nomination-form").shadowRoot;
    const sideways = document.documentElement.scrollWidth - innerWidth;
    const large = (part) => {
      const { width, height } = part.getBoundingClientRect();
      return width >= 44 && height > least - 0.5;
    };
    // A box to tick and a file are pressed with their labels.
    const pressed = (control) => (/^(radio|checkbox|file)$/.test(control.type) ? [control, ...control.labels] : [control]);
    const small = [...root.querySelectorAll("a[href], button, input, select, summary, textarea")]
      .filter((control) => control.getClientRects().length && !pressed(control).some(large))
      .map((control) => `less than ${least} px: ${control.outerHTML.slice(0, 120)}`);
    return [...(sideways > 0 ? [`${sideways} px too wide`] : []), ...small];
  }, least);
}

/** What the elements that `selector` names have under `data-`, as `name`. */
export const dataOf = (page, selector, name) => page.evaluate(([selector, name]) => {
  const found = document.querySelector("nomination-form").shadowRoot.querySelectorAll(selector);
  return [...found].map(({ dataset }) => dataset[name]);
}, [selector, name]);

/** Answers what is asked first, and gives the tables there are then. */
export async function tablesOf(person) {
  if ((await person.count('[name="secret"]')) > 0) await person.choose("secret", "no");
  await person.until('[data-action="submit"]');
  return dataOf(person.page, '[data-action="add-row"]', "rows");
}

/** A form of nm2022.worker with everything in it that is asked for. */
export async function complete(person, paper) {
  await person.put(workerWhole);
  await person.upload("photo", paper.photo);
  await person.upload("discipline_letter", paper.letter);
  await person.upload("notice_material", paper.notice);
}

/** Waits until where the work is kept is what it should be. */
export function kept(page, state = "saved") {
  return page.waitForFunction((state) => document.querySelector("nomination-form").dataset.draft === state, state);
}

/** Has the page believe that our wasm has trapped, while a sentence was being written. */
export async function crash(person) {
  await person.type("deeds", "还没来得及保存的一句");
  await person.page.evaluate(() => {
    const error = new WebAssembly.RuntimeError("unreachable");
    Object.defineProperty(error, "stack", { value: "at nomination-form.wasm" });
    dispatchEvent(new ErrorEvent("error", { error }));
  });
  await person.state("faulty");
}
