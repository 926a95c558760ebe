// Every kind of question, on a campaign made of them: what a person sees, hears and reaches.

import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { findings } from "./axe.mjs";
import { launch } from "./chromium.mjs";
import { files } from "./material.mjs";
import { Person } from "./person.mjs";
import { portal } from "./portal.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const shots = join(here, "shots");
const campaign = await readFile(join(here, "../fixtures/campaigns/kinds.json"), "utf8");

let browser, host, paper;

before(async () => {
  await mkdir(shots, { recursive: true });
  [browser, host, paper] = [await launch(), await portal({ now: "2024-03-13T10:00:00+08:00" }), await files()];
});
after(async () => {
  await browser.close();
  await host.close();
});

/** The form of the campaign of kinds, which the host does not run: the file is put in on its way. */
async function visit({ width = 1280, answered = true } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: "zh-CN" });
  const page = await context.newPage();
  await page.route("**/campaigns/kinds.json", (route) => route.fulfill({ body: campaign, contentType: "application/json" }));
  const person = new Person(page);
  await person.open(`${host.url}/?track=jl2023.org`);
  await page.evaluate(() => {
    const element = document.querySelector("nomination-form");
    element.setAttribute("campaign", "/campaigns/kinds.json");
    element.setAttribute("track", "kinds.one");
  });
  await person.until('.nf[data-state="filling"] [name="secret"]');
  if (answered) {
    await person.choose("secret", "no");
    await person.choose("scope", "本省");
    await person.until('[name="kind"]');
  }
  const inside = (look, ...args) => page.evaluate(look, ...args);
  return {
    page,
    person,
    answers: () => inside(() => document.querySelector("nomination-form").toJSON().answers),
    values: (name) => inside((name) => [...document.querySelector("nomination-form").shadowRoot.querySelectorAll(`[name="${name}"]`)].map(({ value }) => value), name),
    focused: () => inside(() => document.querySelector("nomination-form").shadowRoot.activeElement?.value),
    shot: (name) => page.screenshot({ path: join(shots, `kinds-${name}-${width}.png`), fullPage: true }),
    close: () => context.close(),
  };
}

/** Something in every kind of question, and something wrong in most. */
async function fillAll(person) {
  await person.fill({
    kind: "团队",
    posts: ["书记", "队长"],
    born: "2024年3月",
    posthumous: { is: true },
    opinions: { 公安部门: { status: "无意见", date: "2024.3.5" }, "工会/妇联": { status: "不适用" } },
    honours: [{ date: "2020.5", level: "市级", title: "模范" }, { level: "省级" }],
    brief: "她扎根社区",
  });
  await person.upload("honour_copy", paper.notice, "honours.0");
  await person.upload("proofs", paper.letter);
}

describe("several choices", () => {
  it("are boxes to tick, and make a list in the order they are offered in", async () => {
    const { person, answers, close } = await visit();
    await person.choose("posts", "主任");
    await person.choose("posts", "书记");
    assert.deepEqual((await answers()).posts, ["书记", "主任"]);
    await person.choose("posts", "主任");
    assert.deepEqual((await answers()).posts, ["书记"]);
    await close();
  });

  it("offer a value while it can be chosen, and one that is chosen until it is taken back", async () => {
    const { person, values, focused, close } = await visit();
    assert.deepEqual(await values("posts"), ["书记", "主任"]);
    assert.equal(await person.count('[name="grade"] option[value="集体奖"]'), 0);
    await person.choose("kind", "团队");
    await person.until('[name="posts"][value="队长"]');
    assert.equal(await focused(), "团队", "the focus stays");
    assert.equal(await person.count('[name="grade"] option[value="集体奖"]'), 1);
    await person.choose("posts", "队长");
    await person.choose("kind", "个人");
    assert.deepEqual(await values("posts"), ["书记", "主任", "队长"]);
    await person.act("submit");
    await person.until('[data-field="posts"] [data-rule="shape:posts"]');
    await person.choose("posts", "队长");
    assert.deepEqual(await values("posts"), ["书记", "主任"]);
    await close();
  });
});

describe("a group, a matrix, a day or month", () => {
  it("bear the paths of their answers, in fieldsets with legends", async () => {
    const { page, person, answers, close } = await visit();
    await person.choose("posthumous.is", "yes");
    await person.until('[name="posthumous.date"]');
    for (const typed of ["2024.3.15", "2024年3月15日", "2024-03-15"]) {
      await person.type("posthumous.date", typed);
      assert.equal(await (await person.find('[name="posthumous.date"]')).inputValue(), "2024-03-15");
    }
    await person.type("posthumous.date", "2024年3月");
    await person.answer("opinions", { "工会/妇联": { status: "无意见", date: "2024.3.5" } });
    const legends = await page.evaluate(() => {
      const root = document.querySelector("nomination-form").shadowRoot;
      return ["posthumous", "opinions", "opinions.工会/妇联", "opinions.工会/妇联.status"].map((name) => {
        const around = root.querySelector(`fieldset[data-field="${name}"]`);
        return around && around.querySelector("legend").textContent;
      });
    });
    assert.deepEqual(legends, ["追授", "部门意见", "工会、妇联", "意见"]);
    const given = await answers();
    assert.deepEqual(given.posthumous, { is: true, date: "2024-03" });
    assert.deepEqual(given.opinions, { "工会/妇联": { status: "无意见", date: "2024-03-05" } });
    await person.choose("posthumous.is", "no");
    assert.deepEqual((await answers()).posthumous, { is: false });
    assert.equal(await person.count('[name="posthumous.date"]'), 0);
    await close();
  });

  it("show what the host finds in them, and lead there", async () => {
    const { page, person, close } = await visit();
    await person.choose("kind", "个人");
    await person.answer("opinions", { 公安部门: { status: "无意见" }, "工会/妇联": { status: "无意见" } });
    const errors = [
      { pointer: "/answers/opinions/工会~1妇联/date", code: "x", detail: "日期不对" },
      { pointer: "/answers/posthumous/is", code: "y", detail: "与档案不符" },
    ];
    await page.route("**/api/nominations", (route) => route.fulfill({ status: 422, contentType: "application/problem+json", body: JSON.stringify({ errors }) }));
    await person.act("submit");
    await person.until('[data-field="opinions.工会/妇联.date"] [data-rule="x"]');
    await person.until('[data-field="posthumous.is"] [data-rule="y"]');
    await (await person.find("#summary a")).click();
    await page.waitForFunction(() => document.querySelector("nomination-form").shadowRoot.activeElement.name === "opinions.工会/妇联.date");
    await close();
  });
});

describe("files", () => {
  it("are added one by one where a slot takes several, up to its number", async () => {
    const { person, answers, close } = await visit();
    await person.upload("proofs", paper.notice);
    await person.attach("proofs", paper.letter);
    await person.until('[data-field="proofs"] li:nth-of-type(2)[data-upload="done"]');
    assert.equal(await person.count('[data-field="proofs"] label.button[hidden]'), 1, "there is no room for a third");
    await (await person.find('[data-field="proofs"] [data-action=remove-file]')).click();
    await person.until('[data-field="proofs"] label.button:not([hidden])');
    assert.equal(await person.count('[data-field="proofs"] [data-upload]'), 1);
    assert.ok(await answers());
    await close();
  });

  it("of which too many are chosen at once are not all taken, and it is said", async () => {
    const { page, person, close } = await visit();
    assert.match(await person.text('[data-field="proofs"] .file__notes'), /最多2个文件/);
    await page.evaluate(() => {
      const speaker = document.querySelector("nomination-form").shadowRoot.querySelector(".nf > [aria-live=polite]");
      window.heard = [];
      new MutationObserver(() => window.heard.push(speaker.textContent)).observe(speaker, { characterData: true, childList: true, subtree: true });
    });
    await (await person.find('input[name="proofs"]')).setInputFiles([paper.notice, paper.letter, paper.empty]);
    await person.until('[data-field="proofs"] li:nth-of-type(2)[data-upload="done"]');
    assert.equal(await person.count('[data-field="proofs"] [data-upload]'), 2);
    const heard = await page.evaluate(() => window.heard);
    assert.ok(heard.includes("最多放2个文件，空.pdf没有加上"), heard.join("\n"));
    await close();
  });
});

it("counts a text that is to be about so long", async () => {
  const { page, person, close } = await visit();
  const box = await person.find('[name="brief"]');
  await box.focus();
  await page.keyboard.insertText("字".repeat(280));
  assert.equal(await person.text("#f-brief--count"), "已写280字，要求300字左右（270至330字，按Word字数统计）");
  assert.equal(await person.count("#f-brief--count.counter--over"), 0);
  await page.keyboard.insertText("字".repeat(81));
  assert.equal(await person.count("#f-brief--count.counter--over"), 1);
  await close();
});

for (const width of [320, 375, 1280]) {
  it(`fits ${width} px, is large enough for a thumb, and leaves axe nothing to say`, async () => {
    const { page, person, shot, close } = await visit({ width, answered: false });
    assert.deepEqual(await findings(page), []);
    await shot("gate");
    await person.choose("secret", "yes");
    await person.state("stopped");
    assert.deepEqual(await findings(page), []);
    await shot("stopped");
    await person.act("gate-back");
    await person.choose("secret", "no");
    await person.choose("scope", "本省");
    await person.until('[name="kind"]');
    await fillAll(person);
    await shot("filled");
    assert.deepEqual(await findings(page), []);
    await person.act("submit");
    await person.until("#summary a");
    await shot("problems");
    assert.deepEqual(await findings(page), []);
    const { scroll, small, outside } = await page.evaluate(() => {
      const root = document.querySelector("nomination-form").shadowRoot;
      const seen = (selector) => [...root.querySelectorAll(selector)].filter((part) => part.getClientRects().length);
      const small = seen("button, .radio, .input, label.button, .field--tick > label, summary")
        .map((target) => [target.textContent.trim().slice(0, 20), target.getBoundingClientRect().height])
        .filter(([, height]) => height < 44);
      // What stands beyond its card is cut off or covers something.
      const outside = seen(".row .input, .row .radio, .row .button, .row .problem").filter((part) => {
        const [inner, card] = [part.getBoundingClientRect(), part.closest(".row").getBoundingClientRect()];
        return inner.right > card.right + 0.5 || inner.left < card.left - 0.5;
      });
      return { scroll: document.documentElement.scrollWidth - innerWidth, small, outside: outside.map((part) => part.outerHTML.slice(0, 120)) };
    });
    assert.ok(scroll <= 0, `${scroll} px too wide`);
    assert.deepEqual(small, []);
    assert.deepEqual(outside, []);
    await close();
  });
}
