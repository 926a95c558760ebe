// A page driven by WebDriver, for browsers that playwright-core and puppeteer-core do not drive as Debian ships them.
//
// It has as much of puppeteer's page as a Person uses. How a command reaches the browser is the engine's affair: see
// firefox.mjs and webkit.mjs.

import { writeFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { watched } from "./watched.mjs";

/** How WebDriver names an element, and its keys that write nothing. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const KEYS = { Control: "\uE009", Delete: "\uE017", Tab: "\uE004", Enter: "\uE007" };

/**
 * Gives the `visit` of an engine. `send(command, parameters)` does one of `navigate {url}`, `refresh`,
 * `script {script, args}`, `click {id}`, `type {id, text}`, `actions {actions}`, `screenshot`, and gives its value.
 */
export function visits(send) {
  return async (host) => {
    const stand = await watched(host);
    const heard = [];
    const page = new Page(async (command, parameters) => {
      // A page takes along what it has complained of when it goes.
      if (command === "refresh") await hear();
      return send(command, parameters);
    });
    const hear = async () => heard.push(...await page.evaluate(() => window.complaints.splice(0)));
    return {
      page,
      url: stand.url,
      complaints: async () => {
        await hear();
        return heard;
      },
      async close() {
        await page.goto("about:blank");
        await stand.close();
      },
    };
  };
}

class Page {
  constructor(send) {
    this.send = send;
    this.keyboard = {
      down: (key) => this.#key("keyDown", key),
      up: (key) => this.#key("keyUp", key),
      press: async (key) => {
        await this.keyboard.down(key);
        await this.keyboard.up(key);
      },
    };
  }

  goto(url) {
    return this.send("navigate", { url });
  }

  reload() {
    return this.send("refresh", {});
  }

  /** What `work`, a function of the page, gives for `args`; it may take its time. */
  async evaluate(work, ...args) {
    const script = `const [args, done] = [[...arguments].slice(0, -1), arguments[arguments.length - 1]];
      (async () => (${work})(...args))().then(
        (value) => done({ value }),
        (error) => done({ error: String(error), stack: String(error && error.stack) }));`;
    const { value, error, stack } = await this.send("script", { script, args });
    if (error !== undefined) throw new Error(`${error}\n${stack}`);
    return value;
  }

  async evaluateHandle(work, ...args) {
    const found = await this.evaluate(work, ...args);
    return { asElement: () => (found && found[ELEMENT] ? new Element(this, found) : null) };
  }

  /** Asks the page until `condition` holds there. */
  async waitForFunction(condition, { timeout = 30_000 } = {}, ...args) {
    const end = Date.now() + timeout;
    while (!(await this.evaluate(condition, ...args))) {
      if (Date.now() > end) throw new Error(`waited ${timeout} ms in vain`);
      await pause(50);
    }
  }

  /** What of the page is in view. */
  async screenshot({ path }) {
    await writeFile(path, Buffer.from(await this.send("screenshot", {}), "base64"));
  }

  #key(type, key) {
    const value = KEYS[key] ?? key;
    return this.send("actions", { actions: [{ type: "key", id: "keyboard", actions: [{ type, value }] }] });
  }
}

class Element {
  constructor(page, reference) {
    this.page = page;
    this.reference = reference;
    this.id = reference[ELEMENT];
  }

  evaluate(work, ...args) {
    return this.page.evaluate(work, this.reference, ...args);
  }

  focus() {
    return this.evaluate((element) => element.focus());
  }

  click() {
    return this.page.send("click", { id: this.id });
  }

  type(text) {
    return this.page.send("type", { id: this.id, text });
  }

  /** A path typed into a file input is a file chosen. */
  setInputFiles(path) {
    return this.type(path);
  }
}
