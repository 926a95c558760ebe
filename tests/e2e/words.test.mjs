// The form in another language, and with a host's own words.

import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./chromium.mjs";
import { Person } from "./person.mjs";
import { portal } from "./portal.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const shots = join(here, "shots");
const campaign = JSON.parse(await readFile(join(here, "../../public/campaigns/nm2022.json"), "utf8"));
const chinese = /[\u3000-\u9fff\uff00-\uffef]+/g;

let browser, host;

before(async () => {
  await mkdir(shots, { recursive: true });
  [browser, host] = [await launch(), await portal()];
});
after(async () => {
  await browser.close();
  await host.close();
});

/** The form of the portal in another language; `own` is what the host's catalogue answers, `routes` what else does. */
async function visit(lang, { own, routes = {} } = {}) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 }, locale: "zh-CN" });
  const page = await context.newPage();
  for (const [url, answer] of Object.entries(routes)) await page.route(url, (route) => route.fulfill(answer));
  if (own !== undefined) await page.route("**/own-words.json", (route) => route.fulfill({ contentType: "application/json", body: own }));
  const person = new Person(page);
  await person.open(host.url);
  await page.evaluate(
    ([lang, own]) => {
      const element = document.querySelector("nomination-form");
      if (own) element.setAttribute("words", "/own-words.json");
      element.setAttribute("lang", lang);
    },
    [lang, own !== undefined],
  );
  await person.until(`.nf[lang="${lang}"][data-state="filling"] [data-action="submit"]`);
  return { page, person, texts: () => page.evaluate(textsOf), close: () => context.close() };
}

/** What is read and heard of the form. The names in the tables of national standards are Chinese everywhere. */
function textsOf() {
  const root = document.querySelector("nomination-form").shadowRoot;
  const texts = [];
  for (const element of root.querySelectorAll(".nf *")) {
    const coded = element.matches(".radio__words") && /^\d+$/.test(element.parentNode.querySelector("input").value);
    if (coded || element.matches("option:not([value=''])")) continue;
    for (const name of ["aria-label", "placeholder", "title"]) texts.push(element.getAttribute(name) || "");
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) texts.push(node.data);
  }
  return texts;
}

/** Every text of the campaign, the longest first. */
function textsOfCampaign() {
  const texts = new Set();
  (function walk(value) {
    if (typeof value === "string") texts.add(value.trim());
    else if (value && typeof value === "object") Object.values(value).forEach(walk);
  })(campaign);
  return [...texts].filter((text) => text.match(chinese)).sort((a, b) => b.length - a.length);
}

describe("in English", () => {
  it("everything is English but what the campaign says", async () => {
    const { page, person, texts, close } = await visit("en");
    await person.act("add-row");
    await person.type("id_number", "123");
    await person.act("submit");
    await person.until("#summary");
    await page.screenshot({ path: join(shots, "words-en.png"), fullPage: true });
    const own = textsOfCampaign();
    const left = (await texts())
      .map((text) => own.reduce((rest, known) => rest.split(known).join(""), text))
      .filter((text) => text.match(chinese));
    assert.deepEqual(left, []);
    assert.match(await person.text('[data-action="submit"]'), /^Submit/);
    assert.match(await person.text("#summary"), /cannot be submitted yet/);
    await close();
  });

  it("falls back to zh-CN where the catalogue cannot be had", async () => {
    const { person, close } = await visit("en", { routes: { "**/nomination-form.en.json*": { status: 500, body: "" } } });
    assert.equal(await person.text('[data-action="submit"]'), "提交推荐材料");
    await close();
  });

  it("says why it did not open", async () => {
    const { page, person, close } = await visit("en");
    await page.route("**/campaigns/gone.json", (route) => route.fulfill({ status: 404, body: "" }));
    await page.evaluate(() => document.querySelector("nomination-form").setAttribute("campaign", "/campaigns/gone.json"));
    await person.until('.nf[lang="en"][data-state="faulty"] [data-action="try-again"]');
    assert.match(await person.text(".opening"), /the site cannot be reached/);
    assert.equal(await person.text('[data-action="try-again"]'), "Try again");
    await close();
  });
});

describe("a host's own words", () => {
  it("replace ours, and what is left out stays as it is", async () => {
    const { person, close } = await visit("en", { own: JSON.stringify({ submit: "Send it to the union", nonsense: "x" }) });
    assert.equal(await person.text('[data-action="submit"]'), "Send it to the union");
    assert.equal(await person.text(".send__note"), JSON.parse(await readFile(join(here, "../../src/words/en.json"), "utf8")).submit_note);
    await close();
  });

  it("make another language, over zh-CN", async () => {
    const { person, close } = await visit("mn", { own: JSON.stringify({ submit: "ᠢᠯᠡᠭᠡᠬᠦ" }) });
    assert.equal(await person.text('[data-action="submit"]'), "ᠢᠯᠡᠭᠡᠬᠦ");
    assert.match(await person.text(".send__note"), /提交前/);
    await close();
  });

  it("are shown as text, and only texts of keys that we know are taken", async () => {
    const markup = "<img src=x onerror=alert(1)>";
    const own = `{"submit": "${markup}", "before": 7, "pause": {}, "__proto__": {"submit_note": "x"}, "constructor": "x"}`;
    const { page, person, close } = await visit("zh-CN", { own });
    assert.equal(await person.text('[data-action="submit"]'), markup);
    assert.match(await person.text(".send__note"), /提交前/);
    assert.equal(await page.evaluate(() => document.querySelector("nomination-form").shadowRoot.querySelectorAll("img").length), 0);
    await close();
  });

  for (const [what, own] of [["no JSON", "<p>"], ["a list", "[1]"], ["nothing", "null"], ["too much", `{"submit": "x"${" ".repeat(200_000)}}`]]) {
    it(`of ${what} change nothing`, async () => {
      const { person, close } = await visit("zh-CN", { own });
      assert.equal(await person.text('[data-action="submit"]'), "提交推荐材料");
      await close();
    });
  }
});
