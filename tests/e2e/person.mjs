// A person in front of the form: types, chooses, attaches and presses, in any browser that
// playwright-core or puppeteer-core 2 drives. Nothing here knows the form's inside: controls are
// found by what the element promises to host scripts (name, data-action, data-field, data-rule).

import { setTimeout as pause } from "node:timers/promises";

export class Person {
  /** `page` of playwright-core or puppeteer-core. */
  constructor(page) {
    this.page = page;
  }

  /** Opens the portal and waits for the form. */
  async open(url) {
    await this.page.goto(url);
    await this.state("filling");
  }

  /** Waits until the form's root says so. */
  async state(name, timeout = 30_000) {
    try {
      await this.page.waitForFunction(stateIs, ...this.args({ timeout }, name));
    } catch (error) {
      const now = await this.page.evaluate(() => {
        const element = document.querySelector("nomination-form");
        return element && element.shadowRoot ? element.shadowRoot.textContent.slice(0, 500) : "no element";
      });
      throw new Error(`the form is not ${name}: ${now}\n${error.message}`);
    }
  }

  /** The state the form's root is in just now. */
  stage() {
    return this.page.evaluate(() =>
      document.querySelector("nomination-form").shadowRoot.querySelector("[data-state]").dataset.state);
  }

  /**
   * Waits until the form has opened. Where drafts are listed, takes up the one of that id, or else the first.
   * Gives the state the form is in then.
   */
  async resume(id) {
    await this.until('[data-state]:not([data-state="loading"])');
    if ((await this.stage()) === "choosing") {
      const [any, its] = ['[data-action="resume-draft"]', `[data-draft-id="${id}"]`];
      await (await this.find((await this.count(its)) > 0 ? its : any)).click();
      await this.until('[data-state]:not([data-state="choosing"])');
    }
    return this.stage();
  }

  /** playwright takes (fn, arg, options), puppeteer (fn, options, ...args). */
  args(options, ...args) {
    return this.page.context ? [args[0], options] : [options, ...args];
  }

  /** The element inside the form that `selector` names; an error where there is none. */
  async find(selector) {
    const handle = await this.page.evaluateHandle(
      (selector) => document.querySelector("nomination-form").shadowRoot.querySelector(selector),
      selector,
    );
    const element = handle.asElement();
    if (!element) throw new Error(`nothing in the form is ${selector}`);
    return element;
  }

  /** How many elements inside the form `selector` names. */
  count(selector) {
    return this.page.evaluate(
      (selector) => document.querySelector("nomination-form").shadowRoot.querySelectorAll(selector).length,
      selector,
    );
  }

  /** The text of what `selector` names; empty where there is none. */
  text(selector) {
    return this.page.evaluate((selector) => {
      const found = document.querySelector("nomination-form").shadowRoot.querySelector(selector);
      return found ? found.textContent : "";
    }, selector);
  }

  /** Types into a box, key by key, over what stands there, and goes on to the next control. */
  async type(name, words) {
    const box = await this.find(`[name="${name}"]`);
    await box.focus();
    await this.press("Control+a");
    await this.press("Delete");
    if (words) await box.type(words);
    await this.press("Tab");
  }

  /** Presses a key, or a key with Control. */
  async press(key) {
    const [modifier, plain] = key.includes("+") ? key.split("+") : [undefined, key];
    if (modifier) await this.page.keyboard.down(modifier);
    await this.page.keyboard.press(plain);
    if (modifier) await this.page.keyboard.up(modifier);
  }

  /** Chooses a value, whether it is a list, buttons or a box to tick. */
  async choose(name, value) {
    const kind = await this.page.evaluate((name) => {
      const control = document.querySelector("nomination-form").shadowRoot.querySelector(`[name="${name}"]`);
      return control ? control.localName : "nothing";
    }, name);
    if (kind === "select") {
      const list = await this.find(`select[name="${name}"]`);
      await list.evaluate(choose, value);
    } else {
      await (await this.find(`[name="${name}"][value="${value}"]`)).click();
    }
  }

  /** Attaches a file to a slot, or to the part of it that belongs to a row (`honours.0`). */
  async attach(slot, path, row) {
    const input = await this.find(`${row ? `[data-for="${row}"] ` : ""}input[type=file][name="${slot}"]`);
    if (input.setInputFiles) return input.setInputFiles(path);
    // puppeteer 2 would fetch a data: URL inside the page, which the page's policy forbids.
    return input._client.send("DOM.setFileInputFiles", { objectId: input._remoteObject.objectId, files: [path] });
  }

  /** Attaches a file and waits until it has arrived at the host. */
  async upload(slot, path, row) {
    await this.attach(slot, path, row);
    await this.until(`[data-field="${slot}"] ${row ? `[data-for="${row}"] ` : ""}[data-upload="done"]`);
  }

  /** Waits until something inside the form is `selector`. */
  async until(selector, timeout = 30_000) {
    await this.page.waitForFunction(isThere, ...this.args({ timeout }, selector)).catch((error) => {
      throw new Error(`nothing in the form became ${selector}\n${error.message}`);
    });
  }

  /** Presses the button of an action. */
  async act(action, rows) {
    const button = await this.find(`[data-action="${action}"]${rows ? `[data-rows="${rows}"]` : ""}`);
    await button.click();
  }

  /** Fills every question of `answers`: typed words, or the answers of a submission. */
  async fill(answers) {
    for (const [key, value] of Object.entries(answers)) await this.answer(key, value);
  }

  async fillRows(key, rows) {
    for (const [i, row] of rows.entries()) {
      if ((await this.count(`[data-field="${key}.${i}"]`)) === 0) {
        await this.act("add-row", key);
        await this.until(`[data-field="${key}.${i}"]`);
      }
      for (const [column, value] of Object.entries(row)) await this.answer(`${key}.${i}.${column}`, value);
    }
  }

  /** Gives the answers at once instead of key by key, and none but these: rows and values that the form opens with go. */
  async put(answers) {
    await this.page.evaluate(putAll, answers);
  }

  /** Gives an answer in whatever kind of control bears its name, or in the parts it is made of. */
  async answer(name, value) {
    if (Array.isArray(value)) {
      await this.until(`[data-field="${name}"]`);
      if ((await this.count(`[name="${name}"][type=checkbox]`)) === 0) return this.fillRows(name, value);
      for (const one of value) await this.choose(name, one.code ?? one);
      return undefined;
    }
    if (value && typeof value === "object") {
      if (value.code !== undefined) return this.answer(name, value.code);
      for (const [part, inside] of Object.entries(value)) await this.answer(`${name}.${part}`, inside);
      return undefined;
    }
    await this.until(`[name="${name}"]`);
    const kind = await this.page.evaluate((name) => {
      const control = document.querySelector("nomination-form").shadowRoot.querySelector(`[name="${name}"]`);
      return control.localName === "select" ? "select" : control.type;
    }, name);
    const words = typeof value === "boolean" ? (value ? "yes" : "no") : String(value ?? "");
    if (!["select", "radio", "checkbox"].includes(kind)) return this.type(name, words);
    // A box is ticked or left alone; what no control offers was not chosen.
    if (words !== "" && !(kind === "checkbox" && words === "no")) return this.choose(name, words);
    return undefined;
  }

  /** The rules of the problems shown, with their gravity. */
  problems() {
    return this.page.evaluate(() => {
      const shown = document.querySelector("nomination-form").shadowRoot.querySelectorAll(".field__problems [data-rule]");
      return [...shown].map((problem) => `${problem.dataset.severity} ${problem.dataset.rule}`);
    });
  }

  /** The verdict of the engine in the page. */
  verdict() {
    return this.page.evaluate(() => document.querySelector("nomination-form").judge());
  }

  /** Sends, and gives the receipt's number. */
  async send() {
    await this.act("submit");
    await this.state("submitted");
    return this.page.evaluate(() => document.querySelector("nomination-form").dataset.receipt);
  }

  pause(milliseconds) {
    return pause(milliseconds);
  }
}

function stateIs(name) {
  const element = document.querySelector("nomination-form");
  const root = element && element.shadowRoot && element.shadowRoot.querySelector("[data-state]");
  return Boolean(root) && root.dataset.state === name;
}

function isThere(selector) {
  const element = document.querySelector("nomination-form");
  return Boolean(element && element.shadowRoot && element.shadowRoot.querySelector(selector));
}

/** What a person's choice in a list does; the list itself is drawn outside of the page. */
function choose(list, value) {
  list.focus();
  list.value = value;
  if (list.value !== value) throw new Error(`${list.name} has no option ${value}`);
  list.dispatchEvent(new Event("input", { bubbles: true }));
  list.dispatchEvent(new Event("change", { bubbles: true }));
}

/** Works in the page: puts answers into the controls of the form, as typing and choosing would. */
async function putAll(answers) {
  const root = document.querySelector("nomination-form").shadowRoot;
  const later = () => new Promise((done) => setTimeout(done));
  const there = async (selector) => {
    for (let tries = 0; tries < 500; tries += 1) {
      const found = root.querySelector(selector);
      if (found) return found;
      await later();
    }
    throw new Error(`nothing in the form is ${selector}`);
  };
  const tell = (control, ...events) => {
    for (const name of events) control.dispatchEvent(new Event(name, { bubbles: name !== "blur" }));
  };

  async function put(name, value) {
    if (value === null) return;
    if (Array.isArray(value)) return list(name, value);
    if (typeof value === "object" && value.code === undefined) return parts(name, value);
    const words = String(typeof value === "object" ? value.code : typeof value === "boolean" ? (value ? "yes" : "no") : value);
    const control = await there(`[name="${name}"]`);
    if (["radio", "checkbox"].includes(control.type)) {
      (await there(`[name="${name}"][value="${words}"]`)).click();
    } else {
      control.value = words;
      if (control.value !== words) throw new Error(`${name} does not offer ${words}`);
      tell(control, "input", "change", "blur");
    }
    await later();
  }

  async function list(name, values) {
    if (root.querySelector(`[name="${name}"][type=checkbox]`)) {
      for (const value of values) await put(name, value);
      return;
    }
    for (const [i, row] of values.entries()) {
      root.querySelector(`[data-action=add-row][data-rows="${name}"]`).click();
      await there(`[data-field="${name}.${i}"]`);
      await parts(`${name}.${i}`, row);
    }
  }

  /** The parts of an object in the order in which they come to be asked. */
  async function parts(name, value) {
    const left = Object.keys(value).filter((part) => value[part] !== null);
    while (left.length) {
      const asked = left.find((part) => root.querySelector(`[name="${name}.${part}"], [data-field="${name}.${part}"]`));
      const part = asked || left[0];
      left.splice(left.indexOf(part), 1);
      await put(`${name}.${part}`, value[part]);
    }
  }

  const opening = () => {
    for (const button of root.querySelectorAll("[data-action=remove-row]")) button.click();
    for (const chosen of root.querySelectorAll("select")) {
      chosen.value = "";
      tell(chosen, "change");
    }
  };
  let opened = false;
  for (const [key, value] of Object.entries(answers)) {
    // What a question asked first holds back comes after its answer.
    if (!opened && root.querySelector("[data-action=submit]")) {
      opening();
      opened = true;
    }
    await put(key, value);
    await later();
  }
  if (!opened) opening();
}
