// The main job, as a person does it: from the empty page to the host's database, in today's Chromium.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, beforeEach, afterEach, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { findings } from "./axe.mjs";
import { launch } from "./chromium.mjs";
import { files, worker } from "./material.mjs";
import { Person } from "./person.mjs";
import { portal } from "./portal.mjs";

const shots = join(dirname(fileURLToPath(import.meta.url)), "shots");
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 375, height: 812 };

let browser, host, paper;

before(async () => {
  await mkdir(shots, { recursive: true });
  [browser, host, paper] = [await launch(), await portal(), await files()];
});
after(async () => {
  await browser.close();
  await host.close();
});

/** A fresh page; what its policy refuses and what it complains of is counted. */
async function visit({ viewport = DESKTOP, path = "/", ...options } = {}) {
  const context = await browser.newContext({ viewport, locale: "zh-CN", ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.addInitScript(() => {
    window.refused = [];
    addEventListener("securitypolicyviolation", (event) => window.refused.push(event.violatedDirective));
  });
  const person = new Person(page);
  await person.open(host.url + path);
  return {
    page,
    person,
    complaints,
    shot: (name) => page.screenshot({ path: join(shots, `${name}.png`), fullPage: true }),
    async quiet() {
      assert.deepEqual(await page.evaluate(() => window.refused), [], "the policy refused something");
      assert.deepEqual(complaints, [], "the console has complaints");
    },
    close: () => context.close(),
  };
}

describe("a nomination", () => {
  it("goes from the empty page to the host, typed key by key", async () => {
    const { page, person, shot, quiet, close } = await visit();
    await shot("desktop-empty");
    await person.fill(worker);
    await person.upload("photo", paper.photo);
    await person.upload("discipline_letter", paper.letter);
    await person.upload("notice_material", paper.notice);
    await shot("desktop-filled");
    assert.deepEqual((await person.verdict()).problems.filter(({ severity }) => severity === "error"), []);
    const before = (await host.nominations()).length;
    const receipt = await person.send();
    await shot("desktop-sent");
    assert.match(receipt, /^NM2022-/);
    assert.equal((await host.nominations()).length, before + 1);
    const stored = await host.nomination(receipt);
    assert.equal(stored.answers.name, "娜仁花");
    assert.deepEqual(stored.answers.ethnicity, { code: "02", name: "蒙古族" });
    assert.equal(stored.answers.birth, "1985-12");
    assert.equal(stored.answers.petition_rate, 100);
    assert.deepEqual(stored.answers.resume[2], {
      start: "2008-09", end: null, kind: "work", org: "新城区某某社区居委会", role: "委员、主任", community: true,
    });
    assert.equal(stored.computed.community_months, 167);
    const photo = stored.attachments.find(({ slot }) => slot === "photo");
    assert.deepEqual(photo.image, { width: 826, height: 1158, background: "blue", colour: true });
    const kept = Buffer.from(await (await fetch(new URL(photo.upload, host.url))).arrayBuffer());
    const { readFile } = await import("node:fs/promises");
    assert.ok(kept.equals(await readFile(paper.photo)), "the host keeps the photo's own bytes");
    await quiet();
    await close();
  });

  it("says what is missing, each at its place, and leads there", async () => {
    const { page, person, shot, quiet, close } = await visit({ viewport: PHONE });
    await person.act("submit");
    await person.until("#summary a");
    await shot("phone-problems");
    const problems = await person.problems();
    for (const rule of ["required:name", "required:resume", "required:deeds", "photo.missing", "attach.missing:discipline_letter"]) {
      assert.ok(problems.includes(`error ${rule}`), `${rule} in ${problems}`);
    }
    assert.equal(await page.evaluate(() => document.querySelector("nomination-form").shadowRoot.activeElement.id), "summary");
    await (await person.find("#summary a")).click();
    await page.waitForFunction(() => document.querySelector("nomination-form").shadowRoot.activeElement.name === "name");
    await quiet();
    await close();
  });

  it("judges a field once it is left, not before", async () => {
    const { person, close } = await visit();
    await (await person.find('[name="id_number"]')).type("15000019851231002");
    assert.deepEqual(await person.problems(), []);
    await person.press("Tab");
    await person.until('[data-field="id_number"] [data-rule="id.invalid"]');
    await person.type("id_number", "15000019851231 0029");
    await person.until('[data-field="id_number"]:not(:has([data-rule]))');
    await close();
  });

  it("shows the years of service beside the rows", async () => {
    const { person, close } = await visit();
    await person.fill({ resume: [{ start: "2012.8", end: "", kind: "work", community: true }] });
    assert.equal(await person.text("[data-computed=community_months] output"), "10年");
    await person.type("resume.0.start", "2012-09");
    assert.equal(await person.text("[data-computed=community_months] output"), "9年11个月");
    await close();
  });

  it("adds and removes rows by keyboard alone, and the focus is never lost", async () => {
    const { page, person, close } = await visit();
    const focused = () => page.evaluate(() => {
      const active = document.querySelector("nomination-form").shadowRoot.activeElement;
      return active && (active.name || active.dataset.action);
    });
    await (await person.find("[data-action=add-row][data-rows=resume]")).focus();
    await person.press("Enter");
    await person.until('[data-field="resume.0"]');
    await page.waitForFunction(() => document.querySelector("nomination-form").shadowRoot.activeElement.name === "resume.0.start");
    await page.keyboard.type("2001-09");
    await (await person.find("[data-action=add-row][data-rows=resume]")).focus();
    await person.press("Enter");
    await person.until('[data-field="resume.1"]');
    await page.waitForFunction(() => document.querySelector("nomination-form").shadowRoot.activeElement.name === "resume.1.start");
    await page.keyboard.type("2005-09");
    await person.choose("resume.1.kind", "work");
    await (await person.find('[data-field="resume.0"] [data-action=remove-row]')).focus();
    await person.press("Enter");
    await page.waitForFunction(() => !document.querySelector("nomination-form").shadowRoot.querySelector('[data-field="resume.1"]'));
    await page.waitForFunction(() => document.querySelector("nomination-form").shadowRoot.activeElement.name === "resume.0.start");
    assert.equal(await focused(), "resume.0.start");
    const row = await page.evaluate(() => {
      const root = document.querySelector("nomination-form").shadowRoot;
      return [root.querySelector('[name="resume.0.start"]').value, root.querySelector('[name="resume.0.kind"]:checked').value];
    });
    assert.deepEqual(row, ["2005-09", "work"], "the row that stayed kept its words and its tick");
    await close();
  });
});

describe("a long text", () => {
  it("takes an input method's composition across the limit undisturbed", async () => {
    const { page, person, close } = await visit();
    const session = await page.context().newCDPSession(page);
    const box = await person.find('[name="deeds"]');
    await box.focus();
    await page.keyboard.insertText("字".repeat(2999));
    const value = () => box.evaluate((box) => box.value);
    for (const pinyin of ["s", "sh", "she", "she q", "she qu"]) {
      await session.send("Input.imeSetComposition", { text: pinyin, selectionStart: pinyin.length, selectionEnd: pinyin.length });
      assert.equal(await value(), "字".repeat(2999) + pinyin, "the composition stands as typed");
    }
    assert.match(await person.text("#f-deeds--count"), /已写2999字/, "pinyin is not counted");
    await session.send("Input.insertText", { text: "社区" });
    assert.equal(await value(), "字".repeat(2999) + "社区");
    await person.until("#f-deeds--count.counter--over");
    assert.match(await person.text("#f-deeds--count"), /已写3001字，超出1字/);
    assert.equal(await box.evaluate((box) => box.hasAttribute("maxlength")), false);
    await person.press("Tab");
    await person.until('[data-field="deeds"] [data-rule="len.deeds"]');
    assert.match(await person.text('[data-rule="len.deeds"]'), /多出1字/);
    await close();
  });

  it("takes 50,000 characters at once and keeps them all", async () => {
    const { page, person, close } = await visit();
    const box = await person.find('[name="deeds"]');
    await box.focus();
    await page.keyboard.insertText("社区工作。".repeat(10_000));
    assert.equal((await box.evaluate((box) => box.value)).length, 50_000);
    assert.match(await person.text("#f-deeds--count"), /已写50000字，超出47000字/);
    await close();
  });
});

describe("on the page of a host", () => {
  it("neither takes the page's loud styles nor gives it any", async () => {
    const calm = await visit();
    const loud = await visit({ path: "/?loud=1" });
    const look = (page) => page.evaluate(() => {
      const root = document.querySelector("nomination-form").shadowRoot;
      const of = (selector) => {
        const style = getComputedStyle(root.querySelector(selector));
        return ["color", "font-family", "letter-spacing", "line-height", "width", "display", "box-sizing"].map((name) => style.getPropertyValue(name));
      };
      return { label: of("label"), input: of("[name=name]"), essay: of("textarea"), button: of("[data-action=submit]") };
    });
    const [plain, shouted] = [await look(calm.page), await look(loud.page)];
    for (const part of Object.keys(plain)) {
      // Widths follow the room the page gives; everything else is the form's own.
      assert.deepEqual(shouted[part].filter((_, i) => i !== 4), plain[part].filter((_, i) => i !== 4), part);
    }
    assert.notEqual(shouted.input[4], "3px");
    await loud.shot("desktop-loud");
    const outside = await loud.page.evaluate(() => getComputedStyle(document.querySelector("h1, h2, p")).color);
    assert.equal(outside, "rgb(255, 0, 0)", "the page keeps its own styles");
    await calm.close();
    await loud.close();
  });

  it("has nothing that axe calls serious, empty and with problems", async () => {
    const { page, person, close } = await visit();
    assert.deepEqual(await findings(page), []);
    await person.act("add-row", "resume");
    await person.act("submit");
    await person.until("#summary a");
    assert.deepEqual(await findings(page), []);
    await close();
  });

  for (const width of [320, 375]) {
    it(`fits ${width} px without scrolling sideways, targets large enough for a thumb`, async () => {
      const { page, person, shot, close } = await visit({ viewport: { width, height: 800 }, hasTouch: true });
      for (const table of ["resume", "honours"]) await person.act("add-row", table);
      await person.act("submit");
      await person.until("#summary a");
      await shot(`phone-${width}`);
      const { scroll, small } = await page.evaluate(() => {
        const root = document.querySelector("nomination-form").shadowRoot;
        const small = [...root.querySelectorAll("button, .radio, .input, label.button, .field--tick > label, summary")]
          .filter((target) => target.getClientRects().length)
          .map((target) => [target.textContent.trim().slice(0, 20), target.getBoundingClientRect().height])
          .filter(([, height]) => height < 44);
        return { scroll: document.documentElement.scrollWidth - innerWidth, small };
      });
      assert.ok(scroll <= 0, `${scroll} px too wide`);
      assert.deepEqual(small, []);
      await close();
    });
  }

  it("stands twice on a page, is moved, taken away and put back, each for itself", async () => {
    const { page, quiet, close } = await visit();
    await page.evaluate(() => {
      const first = document.querySelector("nomination-form");
      const second = first.cloneNode();
      second.id = "second";
      first.after(second);
    });
    await page.waitForFunction(() => document.querySelector("#second").shadowRoot.querySelector("[name=name]"));
    const values = await page.evaluate(async () => {
      const [first, second] = document.querySelectorAll("nomination-form");
      const box = (element) => element.shadowRoot.querySelector("[name=name]");
      const type = (element, words) => {
        box(element).value = words;
        box(element).dispatchEvent(new Event("input", { bubbles: true }));
      };
      type(first, "甲");
      type(second, "乙");
      second.after(first);
      await new Promise((later) => setTimeout(later, 50));
      const moved = [first, second].map((element) => element.toJSON().answers.name);
      second.remove();
      await new Promise((later) => setTimeout(later, 50));
      type(first, "丙");
      const left = first.toJSON().answers.name;
      first.after(second);
      await new Promise((ready) => second.addEventListener("nf-ready", ready, { once: true }));
      return [...moved, left, box(second).value];
    });
    // Put back, it goes on with what it had.
    assert.deepEqual(values, ["甲", "乙", "丙", "乙"]);
    await quiet();
    await close();
  });

  it("tells the host page what happens, and lets it send by itself", async () => {
    const { page, person, close } = await visit();
    await page.evaluate(() => {
      window.heard = [];
      for (const name of ["nf-change", "nf-submit", "nf-submitted", "nf-rejected"]) {
        document.addEventListener(name, (event) => window.heard.push(name));
      }
      document.addEventListener("nf-submit", (event) => {
        event.preventDefault();
        window.taken = event.detail;
      });
    });
    await person.fill(worker);
    await person.upload("photo", paper.photo);
    await person.upload("discipline_letter", paper.letter);
    await person.upload("notice_material", paper.notice);
    await person.act("submit");
    await page.waitForFunction(() => window.taken);
    assert.equal(await page.evaluate(() => window.taken.answers.name), "娜仁花");
    assert.ok((await page.evaluate(() => window.heard)).includes("nf-change"));
    await person.state("filling");
    await close();
  });
});
