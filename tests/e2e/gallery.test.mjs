// The looks: the portal in each of them, the gallery with everything that hosts can set, and a form written vertically.

import assert from "node:assert/strict";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { findings } from "./axe.mjs";
import { launch } from "./chromium.mjs";
import { portal } from "./portal.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const project = join(here, "../..");
const shots = join(here, "shots");
const source = (name) => readFile(join(project, name), "utf8");

let browser, host;

before(async () => {
  await mkdir(shots, { recursive: true });
  [browser, host] = [await launch(), await portal()];
});
after(async () => {
  await browser.close();
  await host.close();
});

/** A page whose forms are all open, or have said why not. */
async function visit(path, { width = 1280, height = 900, ...media } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, locale: "zh-CN", reducedMotion: "reduce" });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.emulateMedia(media);
  await page.goto(host.url + path);
  await page.waitForFunction(() => {
    const forms = [...document.querySelectorAll("nomination-form")];
    const open = ({ dataset, shadowRoot }) => shadowRoot && !["", "loading", undefined].includes(dataset.state);
    const wrong = (form) => form.dataset.shows !== "problems" || form.shadowRoot.querySelector('[data-severity="error"]');
    return forms.length > 0 && forms.every((form) => open(form) && wrong(form));
  }, undefined, { timeout: 120_000 });
  return {
    page,
    complaints,
    shot: (name) => page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true }),
    close: () => context.close(),
  };
}

const tooWide = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** What stands in a form beyond its edges, or beyond the section or row it belongs to; all that can be opened is open. */
function cutOff(page) {
  return page.evaluate(() => {
    const found = [];
    for (const { shadowRoot } of document.querySelectorAll("nomination-form")) {
      for (const details of shadowRoot.querySelectorAll("details")) details.open = true;
    }
    for (const form of document.querySelectorAll("nomination-form")) {
      const outer = form.getBoundingClientRect();
      for (const part of form.shadowRoot.querySelectorAll(".section *, .summary *")) {
        if (!part.getClientRects().length || part.closest(".visually-hidden, option")) continue;
        const [own, card] = [part.getBoundingClientRect(), part.closest(".row, .section, .summary").getBoundingClientRect()];
        const beyond = [outer, card].some(({ left, right, top, bottom }) =>
          own.left < left - 1 || own.right > right + 1 || own.top < top - 1 || own.bottom > bottom + 1);
        if (beyond) found.push(`${form.getAttribute("track")}: ${part.outerHTML.slice(0, 120)}`);
      }
    }
    return found;
  });
}

const inForm = (page, selector, property) => page.evaluate(([selector, property]) => {
  const part = document.querySelector("nomination-form").shadowRoot.querySelector(selector);
  return getComputedStyle(part).getPropertyValue(property);
}, [selector, property]);

describe("the portal", () => {
  for (const look of ["shanghai", "neimenggu", "jilin"]) {
    for (const theme of ["light", "dark"]) {
      it(`leaves axe nothing to say in the look of ${look}, ${theme}, and fits 320 px`, async () => {
        for (const width of [1280, 320]) {
          const { page, complaints, shot, close } = await visit(`/?look=${look}&theme=${theme}`, { width });
          if (width === 1280) assert.deepEqual(await findings(page, "html"), []);
          assert.ok((await tooWide(page)) <= 0, `too wide for ${width} px`);
          assert.deepEqual(complaints, []);
          await shot(`portal-${look}-${theme}`);
          await close();
        }
      });
    }
  }

  it("hands the look on from page to page without JavaScript", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(host.url);
    await page.click("text=吉林 >> nth=0");
    await page.click("text=深色");
    await page.click("text=大字版 >> nth=0");
    await page.click(".cards a:not([aria-current])");
    const query = new URL(page.url()).searchParams;
    assert.deepEqual([query.get("look"), query.get("theme"), query.get("size")], ["jilin", "dark", "large"]);
    assert.match(await page.textContent(".wordmark"), /吉林/);
    await context.close();
  });

  it("has everything that is pressed large enough for a thumb, in both sizes of type", async () => {
    for (const size of ["", "&size=large"]) {
      const { page, close } = await visit(`/?look=jilin${size}`, { width: 320 });
      const small = await page.evaluate(() => [...document.querySelectorAll("body > header a, aside a, .cards a, .foot a, details > summary")]
        .map((target) => [target.textContent.trim(), Math.round(target.getBoundingClientRect().height)])
        .filter(([, height]) => height < 44));
      assert.deepEqual(small, []);
      assert.ok((await tooWide(page)) <= 0);
      await close();
    }
  });
});

describe("the theme of the form", () => {
  const ground = async (path, media) => {
    const { page, close } = await visit(path, media);
    const colour = await inForm(page, ".section", "background-color");
    await close();
    return colour;
  };

  it("is light on a dark device until the host says otherwise", async () => {
    const dark = { colorScheme: "dark" };
    const [light, night] = [await ground("/?look=shanghai", {}), await ground("/?look=shanghai&theme=dark", {})];
    assert.notEqual(light, night);
    assert.equal(await ground("/?look=shanghai", dark), light);
    assert.equal(await ground("/?look=shanghai&theme=auto", dark), night);
    assert.equal(await ground("/?look=shanghai&theme=auto", { colorScheme: "light" }), light);
  });

  it("gives who asks for contrast the text's colour for all that was paler", async () => {
    const { page, close } = await visit("/?theme=dark", { contrast: "more" });
    const text = await inForm(page, ".field__words", "color");
    assert.equal(await inForm(page, ".field__help", "color"), text);
    assert.equal(await inForm(page, ".input", "border-top-color"), text);
    await close();
  });

  it("keeps edges where forced colours take the grounds away", async () => {
    const { page, shot, close } = await visit("/", { forcedColors: "active" });
    for (const part of [".section__number", ".input", ".radio", ".button--primary", ".section"]) {
      assert.notEqual(await inForm(page, part, "border-top-width"), "0px", part);
      assert.notEqual(await inForm(page, part, "border-top-color"), await inForm(page, part, "background-color"), part);
    }
    await shot("portal-forced");
    await close();
  });
});

describe("the gallery", () => {
  it("shows every token, part, event and option that the sources have", async () => {
    const { page, close } = await visit("/gallery");
    const listed = (attribute) => page.$$eval(`[data-${attribute}]`, (all, attribute) => all.map((one) => one.dataset[attribute]), attribute);
    const tokens = [...(await source("style/tokens.css")).matchAll(/^ {2}--[a-z-]+: var\(\s*--nf-([a-z-]+)/gm)].map(([, name]) => name);
    assert.deepEqual(new Set(await listed("token")), new Set(tokens));
    const table = (await source("src/view/part.rs")).split("const PARTS")[1].split("];")[0];
    const parts = ["form", ...[...table.matchAll(/^ {4}\("[^"]+", "([^"]+)"\)/gm)].map(([, part]) => part)];
    assert.deepEqual(await listed("part"), parts);
    const names = new Set(await listed("name"));
    const loader = await source("src/element/loader.js");
    for (const option of loader.match(/^const OPTIONS = \[([^\]]*)\];/m)[1].match(/[a-z-]+/g)) {
      assert.ok(names.has(option), option);
      assert.ok(await page.$(`nomination-form[${option}]`), `no form with ${option}`);
    }
    const told = [...loader.matchAll(/\btell\((?:this|element), "([a-z]+)"/g)].map(([, name]) => `nf-${name}`);
    for (const folder of ["src/element", "src/session"]) {
      for (const file of (await readdir(join(project, folder))).filter((name) => name.endsWith(".rs"))) {
        const text = await source(`${folder}/${file}`);
        told.push(...[...text.matchAll(/\b(?:tell\(\s*[^,()]+,|Tell\()\s*"([a-z]+)"/g)].map(([, name]) => `nf-${name}`));
      }
    }
    assert.ok(new Set(told).size >= 7, told.join(" "));
    for (const event of told) assert.ok(names.has(event), event);
    await close();
  });

  it("marks a part in all of its forms, and knows of no part that is not listed", async () => {
    const { page, close } = await visit("/gallery");
    // The page attaches files as a person would, and the form reads them.
    await page.waitForFunction(() => [...document.querySelectorAll("nomination-form")]
      .some(({ shadowRoot }) => shadowRoot.querySelector("[part~=file]")));
    const used = await page.evaluate(() => [...document.querySelectorAll("nomination-form")]
      .flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll("[part]")].flatMap((element) => [...element.part])));
    const listed = await page.$$eval("[data-part]", (all) => all.map((one) => one.dataset.part));
    assert.deepEqual([...new Set(used)].filter((part) => !listed.includes(part)), []);
    const common = ["form", "title", "section", "label", "input", "choice", "row", "file", "problem", "summary", "counter", "computed", "before", "draft", "button-add"];
    assert.deepEqual(common.filter((part) => !used.includes(part)), []);
    await page.click('[data-part="choice"]');
    const outlined = await page.evaluate(() => [...document.querySelectorAll("nomination-form")]
      .flatMap(({ shadowRoot }) => [...shadowRoot.querySelectorAll(".radio")])
      .every((choice) => getComputedStyle(choice).outlineStyle === "dashed"));
    assert.ok(outlined);
    assert.match(await page.textContent("#marked"), /choice：本页有\d+处/);
    await close();
  });

  it("writes events down as they come, with the names of things and never an answer", async () => {
    const { page, close } = await visit("/gallery");
    const lines = () => page.$$eval("#log li", (all) => all.map((line) => line.textContent));
    assert.deepEqual((await lines()).filter((line) => line.startsWith("nf-error")), ["nf-error {code, faults}"]);
    const fill = async (to) => {
      const form = page.locator(`#live-events nomination-form[submit-to="/gallery/${to}"]`);
      await form.locator("[name=name]").fill("不可告人");
      await form.locator('[name=kind][value="个人"]').check();
      await form.locator("[data-action=submit]").click();
    };
    await fill("taken");
    await page.waitForSelector('#log [data-event="nf-submitted"]', { state: "attached" });
    await fill("refused");
    await page.waitForSelector('#log [data-event="nf-rejected"]', { state: "attached" });
    const said = await lines();
    for (const line of ["nf-ready {}", "nf-change key=name", "nf-submitted {receipt, received_at}"]) assert.ok(said.includes(line), said.join("\n"));
    assert.ok(said.some((line) => /^nf-submit \{.*\bformat, id\b/.test(line)), said.join("\n"));
    assert.ok(!said.join("").includes("不可告人"));
    const buttons = ["judge", "toJSON", "submit", "clearDraft"];
    for (const call of buttons) {
      await page.click(`[data-call="${call}"]`);
      const answer = await page.textContent("#called");
      assert.match(answer, { judge: /^ok: false/, toJSON: /^\{.*\bformat, id\b/, submit: /submit/, clearDraft: /clearDraft/ }[call]);
    }
    await close();
  });

  for (const [width, query] of [[320, "?look=jilin"], [1280, ""], [1280, "?look=neimenggu&theme=dark"]]) {
    it(`leaves axe nothing to say at ${width} px (${query || "plain"}), and nothing runs over`, async () => {
      const { page, complaints, shot, close } = await visit(`/gallery${query}`, { width });
      await page.waitForFunction(() => [...document.querySelectorAll('[track="gallery.files"][data-shows="filled"]')]
        .every(({ shadowRoot }) => shadowRoot.querySelectorAll('[data-upload="done"]').length === 4));
      assert.ok((await tooWide(page)) <= 0, `${await tooWide(page)} px too wide`);
      assert.deepEqual(await cutOff(page), []);
      assert.deepEqual(await findings(page, "html"), []);
      assert.deepEqual(complaints, []);
      await shot(`gallery${query.replace(/\W+/g, "-")}`);
      await close();
    });
  }
});

describe("a vertical form", () => {
  for (const width of [320, 1280]) {
    it(`runs downwards, its lines from left to right, and nothing is cut off at ${width} px`, async () => {
      const { page, complaints, shot, close } = await visit("/gallery/vertical", { width });
      const boxes = await page.evaluate(() => [...document.querySelectorAll("nomination-form")].map(({ shadowRoot }) => {
        const seen = (selector) => [...shadowRoot.querySelectorAll(selector)].filter((part) => part.getClientRects().length);
        const box = (part) => (({ left, right, top, bottom }) => ({ left, right, top, bottom }))(part.getBoundingClientRect());
        return {
          fields: seen(".section__fields > .field").map(box),
          labels: seen(".section__fields > .field:not(.field--tick) > .field__label").map((label) => {
            const control = label.parentElement.querySelector(".input, .radios, .row, .file, .rows");
            return [box(label), box(control)];
          }),
          choices: seen(".radios").map((group) => [...group.querySelectorAll(".radio")].map(box)),
          boxes: seen("input.input, select.input").map(box),
        };
      }));
      const all = (name) => boxes.flatMap((form) => form[name]);
      for (const { fields } of boxes) {
        for (let at = 1; at < fields.length; at += 1) {
          assert.ok(fields[at].left >= fields[at - 1].right, "a question stands to the right of the one before it");
        }
      }
      assert.ok(all("fields").length > 10);
      for (const [label, control] of all("labels")) assert.ok(control.left >= label.right - 1, "a control stands to the right of its label");
      for (const [first, second] of all("choices").filter((group) => group.length > 1)) {
        assert.ok(second.top >= first.bottom || second.left >= first.right, "choices follow each other downwards");
      }
      assert.ok(all("choices").some(([first, second]) => second && second.top >= first.bottom));
      for (const { left, right, top, bottom } of all("boxes")) assert.ok(bottom - top > right - left, "a line to type in is upright");
      assert.deepEqual(await cutOff(page), []);
      assert.ok((await tooWide(page)) <= 0);
      assert.deepEqual(await findings(page, "html"), []);
      assert.deepEqual(complaints, []);
      await shot("vertical");
      await close();
    });
  }
});
