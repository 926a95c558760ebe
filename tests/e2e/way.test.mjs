// The way through the form: parts and how far they are, one long page or step by step, the review, what is printed, and
// what helps on the way.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { findings } from "./axe.mjs";
import { launch } from "./chromium.mjs";
import { files, worker, workerWhole } from "./material.mjs";
import { Person } from "./person.mjs";
import { portal } from "./portal.mjs";

const shots = join(dirname(fileURLToPath(import.meta.url)), "shots");

let browser, host, paper;

before(async () => {
  await mkdir(shots, { recursive: true });
  [browser, host, paper] = [await launch(), await portal(), await files()];
});
after(async () => {
  await browser.close();
  await host.close();
});

/** The worker form; `set` are attributes of the element, `initial` what the host knows. */
async function visit({ width = 1280, set = {}, initial, init, path = "/" } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: "zh-CN" });
  const page = await context.newPage();
  const trouble = [];
  page.on("console", (line) => line.type() === "error" && trouble.push(line.text()));
  page.on("pageerror", (error) => trouble.push(String(error)));
  if (init) await page.addInitScript(init);
  const person = new Person(page);
  await person.open(host.url + path);
  await page.evaluate(
    ([set, initial]) => {
      const before = document.querySelector("nomination-form");
      const element = before.cloneNode();
      element.initial = initial;
      for (const [name, value] of Object.entries(set)) element.setAttribute(name, value);
      before.replaceWith(element);
    },
    [set, initial],
  );
  await person.state("filling");
  const inside = (look, ...args) => page.evaluate(look, ...args);
  return {
    page,
    person,
    trouble,
    /** The parts with what is said of each. */
    parts: () => inside(() => {
      const entries = document.querySelector("nomination-form").shadowRoot.querySelectorAll("[data-progress]");
      return Object.fromEntries([...entries].map((entry) => [entry.dataset.part, entry.dataset.progress]));
    }),
    shown: () => inside(() => {
      const sections = document.querySelector("nomination-form").shadowRoot.querySelectorAll("[data-section]");
      return [...sections].filter((section) => section.offsetParent).map((section) => section.dataset.section);
    }),
    focus: () => inside(() => {
      const active = document.querySelector("nomination-form").shadowRoot.activeElement;
      return active && (active.name || active.id || active.dataset.action);
    }),
    shot: (name) => page.screenshot({ path: join(shots, `way-${name}-${width}.png`), fullPage: true }),
    close: async () => {
      assert.deepEqual(trouble, []);
      await context.close();
    },
  };
}

async function filled(options) {
  const visited = await visit(options);
  await visited.person.put(workerWhole);
  await visited.person.upload("photo", paper.photo);
  await visited.person.upload("discipline_letter", paper.letter);
  await visited.person.upload("notice_material", paper.notice);
  return visited;
}

describe("a form that opens", () => {
  it("shows its first part before the others are there, and takes what is typed there", async () => {
    const init = () => {
      document.addEventListener("nf-ready", ({ target }) => {
        window.ready = [target.dataset.state, target.shadowRoot.querySelectorAll("[data-section]").length];
      });
      const attach = Element.prototype.attachShadow;
      Element.prototype.attachShadow = function (options) {
        const root = attach.call(this, options);
        new MutationObserver(() => {
          const box = root.querySelector('[name="name"]');
          if (!box || window.early) return;
          const sections = [...root.querySelectorAll("[data-section]")].map((section) => section.dataset.section);
          window.early = { sections, states: [root.querySelector(".nf").dataset.state, this.dataset.state] };
          box.focus();
          document.execCommand("insertText", false, "娜仁花");
        }).observe(root, { childList: true, subtree: true });
        return root;
      };
    };
    const context = await browser.newContext({ viewport: { width: 375, height: 700 }, locale: "zh-CN" });
    const page = await context.newPage();
    await page.addInitScript(init);
    await new Person(page).open(host.url);
    assert.deepEqual(await page.evaluate(() => window.early), { sections: ["person"], states: ["loading", "loading"] });
    await page.waitForFunction(() => window.ready);
    assert.deepEqual(await page.evaluate(() => window.ready), ["filling", 7], "whoever is told that it is ready finds all of it");
    assert.deepEqual(await page.evaluate(() => {
      const element = document.querySelector("nomination-form");
      const focused = element.shadowRoot.activeElement;
      return [element.toJSON().answers.name, focused.name, focused.value];
    }), ["娜仁花", "name", "娜仁花"]);
    await context.close();
  });
});

describe("the list of parts", () => {
  it("says what is done, to do and in trouble, blames nobody beforehand, and leads there", async () => {
    const { page, person, parts, focus, close } = await visit();
    assert.equal((await parts()).person, "todo");
    assert.equal((await parts()).honours, "optional");
    assert.match(await person.text(".progress__whole"), /^共7部分，已填好0部分，还差\d+项$/);
    await person.type("phone", "138");
    await person.until('[data-part="person"][data-progress="problem"]');
    await person.type("phone", "13800138000");
    await person.until('[data-part="person"][data-progress="todo"]');
    await (await person.find('[data-part="deeds"] [data-action="go-to-part"]')).click();
    await page.waitForFunction(() => document.querySelector("nomination-form").shadowRoot.activeElement?.id === "part-3");
    assert.equal(await focus(), "part-3");
    await close();
  });
});

describe("step by step", () => {
  it("goes from the opening page to the receipt with keys alone", async () => {
    const { page, person, shown, close, shot } = await filled({ set: { layout: "steps" } });
    await (await person.find('[data-part="person"] [data-action="go-to-part"]')).focus();
    await person.press("Enter");
    await page.waitForFunction(() => document.querySelector("nomination-form").shadowRoot.activeElement?.id === "part-0");
    assert.deepEqual(await shown(), ["person"]);
    assert.equal(await page.evaluate(() => document.querySelector("nomination-form").shadowRoot.querySelector("[data-action=submit]").offsetParent), null);
    await shot("step");
    for (const part of ["resume", "honours", "deeds", "eligibility", "notice", "attachments"]) {
      await tabTo(page, "next");
      await person.press("Enter");
      await person.until(`[data-section="${part}"][data-current]`);
      assert.deepEqual(await shown(), [part]);
    }
    await tabTo(page, "review");
    await person.press("Enter");
    await page.waitForFunction(() => document.querySelector("nomination-form").shadowRoot.activeElement?.id === "review");
    assert.deepEqual(await shown(), []);
    await tabTo(page, "submit");
    await person.press("Enter");
    await person.state("submitted");
    await close();
  });

  it("shows what is wrong in the part that is left, and lets go on", async () => {
    const { person, shown, close } = await visit({ set: { layout: "steps" } });
    await person.act("next");
    await person.until('[data-section="resume"][data-current]');
    assert.deepEqual(await shown(), ["resume"]);
    await person.act("previous");
    await person.until('[data-section="person"][data-current]');
    assert.ok(await person.count('[data-field="name"] [data-rule="required:name"]'));
    await close();
  });

  it("leads from the summary to a question of another part", async () => {
    const { page, person, shown, close } = await visit({ set: { layout: "steps" } });
    for (const part of ["resume", "honours", "deeds", "eligibility", "notice", "attachments"]) {
      await person.act("next");
      await person.until(`[data-section="${part}"][data-current]`);
    }
    await person.act("submit");
    await person.until("#summary a");
    await (await person.find('#summary a[href="#f-deeds"]')).click();
    await page.waitForFunction(() => document.querySelector("nomination-form").shadowRoot.activeElement?.name === "deeds");
    assert.deepEqual(await shown(), ["deeds"]);
    await close();
  });
});

for (const width of [320, 1280]) {
  describe(`the review at ${width} px`, () => {
    it("shows every answer in words, with the way to change each", async () => {
      const { page, person, close, shot, focus } = await filled({ width });
      await person.act("review");
      await page.waitForFunction(() => document.querySelector("nomination-form").shadowRoot.activeElement?.id === "review");
      await shot("review");
      const line = (key) => person.text(`[data-line="${key}"] .review__words`);
      assert.equal(await line("name"), workerWhole.name);
      assert.equal(await line("ethnicity"), "蒙古族");
      assert.equal(await line("birth"), workerWhole.birth.replace("-", "."));
      assert.match(await line("resume"), /2001\.09—2004\.07.*这段时间在：学习/);
      assert.match(await line("photo"), /二寸照片\.png · 1\.1MB/);
      assert.equal(await line("violation"), "无");
      assert.deepEqual(await findings(page), []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
      await (await person.find('[data-action="edit"][data-for="phone"]')).click();
      await page.waitForFunction(() => document.querySelector("nomination-form").shadowRoot.activeElement?.name === "phone");
      assert.equal(await focus(), "phone");
      await close();
    });

    it("leaves a copy of what was sent, which is printed without the page around it", async () => {
      const init = () => {
        window.printed = [];
        const print = HTMLIFrameElement.prototype;
        const { get } = Object.getOwnPropertyDescriptor(print, "contentWindow");
        Object.defineProperty(print, "contentWindow", {
          get() {
            const inner = get.call(this);
            inner.print = () => window.printed.push(inner.document.body.innerText + [...inner.document.styleSheets].length);
            return inner;
          },
        });
      };
      const { page, person, close, shot } = await filled({ width, init });
      await person.send();
      await person.until(".copy");
      await shot("sent");
      assert.deepEqual(await findings(page), []);
      await person.act("print");
      await page.waitForFunction(() => window.printed.length === 1);
      const [paper] = await page.evaluate(() => window.printed);
      assert.match(paper, /内蒙古自治区最美社区工作者推荐表/);
      assert.match(paper, /所在街道意见[\s\S]*（盖章）[\s\S]*1$/);
      assert.doesNotMatch(paper, /修改/);
      await close();
    });
  });
}

describe("the host's choice", () => {
  it('mode="review" shows the whole first and leaves the focus where it is', async () => {
    const { page, person, close } = await visit({ set: { mode: "review" }, initial: worker });
    await person.until(".review:not([hidden]) [data-line]");
    assert.equal(await page.evaluate(() => document.activeElement.localName), "body");
    await page.evaluate(() => document.querySelector("nomination-form").setAttribute("mode", "fill"));
    await person.until(".review[hidden]");
    await close();
  });

  it("verified answers are shown as such, with their source, and cannot be changed", async () => {
    const initial = {
      name: { value: "乌兰其其格", verified: true, source: "社区工作者信息库" },
      ethnicity: { value: "02", verified: true },
      birth: { value: "1986-01", verified: true, source: "人口库" },
      id_number: "150000198512310029",
      honours: {
        value: [{ date: "2020-07", level: "盟市级", issuer: "呼和浩特市民政局", title: "优秀社区工作者" }],
        verified: true,
        source: "荣誉库",
      },
    };
    const { page, person, close, shot } = await visit({ initial });
    assert.match(await person.text('[data-field="honours"]'), /呼和浩特市民政局.*优秀社区工作者.*已核验（来源：荣誉库）/);
    assert.equal(await person.count('[data-action="add-row"][data-rows="honours"], [name^="honours."]'), 0);
    const name = await person.find('[name="name"]');
    assert.equal(await name.evaluate((box) => box.readOnly), true);
    assert.match(await person.text('[data-field="name"] .field__verified'), /已核验（来源：社区工作者信息库）/);
    assert.equal(await (await person.find('[name="ethnicity"]')).evaluate((box) => box.value), "蒙古族");
    await person.act("review");
    await person.until('[data-line="birth"] [data-rule="id.birth"]');
    const answers = await page.evaluate(() => document.querySelector("nomination-form").toJSON().answers);
    assert.deepEqual([answers.name, answers.ethnicity], ["乌兰其其格", "02"]);
    assert.deepEqual(answers.honours, initial.honours.value);
    await shot("verified");
    await close();
  });
});

describe("help on the way", () => {
  it("a gap in the history is drawn, named, and filled with one press", async () => {
    const { page, person, close, shot } = await visit();
    await person.answer("resume", [
      { start: "2001.9", end: "2004.7", kind: "study", stage: "senior_high", org: "某市第一中学" },
      { start: "200503", kind: "work", org: "某社区居民委员会", community: true },
    ]);
    await person.until('[data-stretch="gap"][data-first="2004-08"][data-last="2005-02"]');
    await shot("timeline");
    await person.act("fill-gap", "resume");
    await page.waitForFunction(() => document.querySelector("nomination-form").shadowRoot.activeElement?.name?.startsWith("resume.1."));
    assert.equal(await (await person.find('[name="resume.1.start"]')).evaluate((box) => box.value), "2004-08");
    assert.equal(await (await person.find('[name="resume.2.start"]')).evaluate((box) => box.value), "2005-03");
    assert.equal(await person.count('[data-stretch="gap"]'), 0);
    await close();
  });

  it("a notice says how early it may end and how late it must begin", async () => {
    const { person, close } = await visit();
    if ((await person.count('[data-field="notice.0"]')) === 0) await person.act("add-row", "notice");
    await person.until('[name="notice.0.start"]');
    assert.match(await person.text(".row__plan"), /最晚8月15日（星期一）开始/);
    await person.type("notice.0.start", "2022.8.11");
    assert.match(await person.text(".row__plan"), /最早8月17日（星期三）结束.*中间不算8月13日至8月14日（周末）/);
    await close();
  });

  it("a whole ID number fills in birth and sex, and says so", async () => {
    const { page, person, close } = await visit();
    const box = await person.find('[name="id_number"]');
    await box.type("150000 19851231 0029");
    await person.until('[name="sex"][value="2"]:checked');
    assert.equal(await (await person.find('[name="birth"]')).evaluate((box) => box.value), "1985-12");
    assert.match(await person.text(".field__filled"), /已按证件号码填好出生年月、性别/);
    const sent = await page.evaluate(() => document.querySelector("nomination-form").toJSON().answers);
    assert.deepEqual(sent.sex, { code: "2", name: "女" });
    await close();
  });

  it("a people is found by the first letters of its pinyin", async () => {
    const { page, person, close } = await visit();
    await (await person.find('[data-find="ethnicity"]')).type("wzb");
    await person.until('[data-action="pick"]');
    assert.match(await person.text(".finder__found"), /乌孜别克族/);
    await person.press("Enter");
    await page.waitForFunction(() => document.querySelector("nomination-form").toJSON().answers.ethnicity?.code === "43");
    assert.equal(await (await person.find('[name="ethnicity"]')).evaluate((list) => list.value), "43");
    await close();
  });

  it("the surplus of a text is quoted and marked in it; paste is rid of litter and can be undone", async () => {
    const { page, person, close } = await visit();
    const box = await person.find('[name="deeds"]');
    await box.evaluate((box) => {
      box.focus();
      const data = new DataTransfer();
      data.setData("text/plain", "一、概况\r\n\r\n\r\n她在社区\u200b工作。  \r\n");
      box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    });
    assert.equal(await box.evaluate((box) => box.value), "一、概况\n\n她在社区工作。");
    await box.evaluate((box) => document.execCommand("undo"));
    assert.equal(await box.evaluate((box) => box.value), "");
    await box.fill(`${"字".repeat(3000)}多出来的话`);
    await person.until(".surplus__text");
    assert.equal(await person.text(".surplus__text"), "多出来的话");
    await person.act("select-surplus");
    assert.equal(await box.evaluate((box) => box.value.slice(box.selectionStart, box.selectionEnd)), "多出来的话");
    assert.equal(await page.evaluate(() => document.querySelector("nomination-form").shadowRoot.activeElement.name), "deeds");
    await close();
  });

  it("大字版 is a switch that is kept for the next visit", async () => {
    const { page, person, close, shot } = await visit({ width: 320 });
    await person.act("text-size");
    await person.until('[data-action="text-size"][aria-pressed="true"]');
    await shot("large");
    const small = await page.evaluate(() => {
      const controls = document.querySelector("nomination-form").shadowRoot.querySelectorAll("button, select, input:not([type=radio], [type=checkbox], [type=file]), textarea, summary");
      return [...controls]
        .filter((control) => control.offsetParent && control.getBoundingClientRect().height < 60)
        .map((control) => control.dataset.action || control.name || control.className || control.localName);
    });
    assert.deepEqual([...new Set(small)], []);
    await page.reload();
    await person.state("filling");
    assert.equal(await page.evaluate(() => document.querySelector("nomination-form").getAttribute("text-size")), "large");
    await person.act("text-size");
    await person.until('[data-action="text-size"][aria-pressed="false"]');
    await close();
  });

  it("a phone gives a text the whole screen, and Escape gives it back", async () => {
    const { page, person, close, shot } = await visit({ width: 320 });
    await person.act("whole-screen");
    await person.until('[data-action="whole-screen"][aria-pressed="true"]');
    await page.keyboard.type("在全屏里写");
    await page.screenshot({ path: join(shots, "way-whole-screen-320.png") });
    // A phone's keyboard makes the part of the page that can be seen smaller, and nothing else.
    await page.evaluate(() => {
      Object.defineProperty(visualViewport, "height", { value: 400, configurable: true });
      visualViewport.dispatchEvent(new Event("resize"));
    });
    const bottom = await (await person.find('[name="deeds"]')).evaluate((box) => box.getBoundingClientRect().bottom);
    assert.ok(bottom <= 400, `the text ends at ${bottom}`);
    await person.press("Escape");
    await person.until('[data-action="whole-screen"][aria-pressed="false"]');
    assert.equal(await (await person.find('[name="deeds"]')).evaluate((box) => box.value), "在全屏里写");
    await shot("form");
    await close();
  });
});

/** Goes on with Tab until the button of an action has the focus. */
async function tabTo(page, action) {
  for (let presses = 0; presses < 400; presses += 1) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => document.querySelector("nomination-form").shadowRoot.activeElement?.dataset.action);
    if (here === action) return;
  }
  throw new Error(`no key leads to ${action}`);
}
