// Every screen that the form has: axe has nothing to say, labels lead to their controls, every control has a name, nothing
// runs over, and everything is large enough for a thumb, in both sizes of text.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { Person } from "./person.mjs";
import { browser, host, paper } from "./scene.mjs";
import { complete, crash, flaws, kept, misnamed, tablesOf } from "./screens.mjs";

const TRACKS = ["nm2022.worker", "nm2022.household", "sh2023.collective", "sh2023.individual", "jl2023.org", "jl2023.individual"];

/** A page of a person's own browser; the form is yet to be opened. */
async function visit(t, { width = 1280, height = 900 } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, locale: "zh-CN" });
  t.after(() => context.close());
  const page = await context.newPage();
  const person = new Person(page);
  return { page, person, open: (path = "/") => person.open(host.url + path) };
}

/** Has the host's campaign come changed. */
function changed(page, change) {
  return page.route("**/campaigns/nm2022.json", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: JSON.stringify(change(await response.json())) });
  });
}

/** Something wrong of every sort, everything open that opens, and the person has tried to send. */
async function wrong({ person, open }, path) {
  await open(path);
  await person.put({
    phone: "138",
    resume: [{ start: "2001.9", end: "2004.7", kind: "study", org: "某中学" }, { start: "2005.3", kind: "work", org: "某社区" }],
    honours: [{ date: "2020-07" }],
    assessments: [{ year: 2019 }],
    deeds: "字".repeat(3001),
  });
  await person.upload("photo", paper.white);
  await person.act("choose-date");
  await (await person.find('[data-find="ethnicity"]')).type("m");
  await person.act("submit");
  await person.until("#summary a");
}

async function review(at, path) {
  await wrong(at, path);
  await at.person.act("review");
  await at.person.until('.review:not([hidden]) [data-line="photo"] canvas');
}

/** The form of the campaign of kinds, with an answer to each of its questions that the host has verified. */
async function verified({ page, person, open }) {
  const campaign = await readFile(new URL("../fixtures/campaigns/kinds.json", import.meta.url), "utf8");
  const answers = {
    secret: false,
    scope: "本省",
    nickname: "小娜",
    kind: "团队",
    posts: ["书记", "队长"],
    grade: "二等",
    born: "1985-12",
    posthumous: { is: true, date: "2024-03-15", note: "为救落水儿童" },
    opinions: { 公安部门: { status: "无意见", date: "2024-03-05" }, "工会/妇联": { status: "不适用", reason: "没有工会" } },
    honours: [{ date: "2020-05", level: "市级", title: "模范" }],
    plan: "接着干",
  };
  await page.route("**/campaigns/kinds.json", (route) => route.fulfill({ body: campaign, contentType: "application/json" }));
  await open();
  await page.evaluate((answers) => {
    const before = document.querySelector("nomination-form");
    const element = before.cloneNode();
    element.initial = Object.fromEntries(Object.entries(answers).map(([key, value]) => [key, { value, verified: true, source: "人口库" }]));
    element.setAttribute("campaign", "/campaigns/kinds.json");
    element.setAttribute("track", "kinds.one");
    before.replaceWith(element);
  }, answers);
  await person.state("filling");
  assert.equal(await person.count("[data-verified]"), Object.keys(answers).length);
}

const SCREENS = [
  ["the list of drafts", {}, async ({ page, person, open }) => {
    await open();
    await person.type("name", "娜仁花");
    await kept(page);
    await person.act("new-draft");
    await kept(page, "none");
    await person.type("name", "苏日娜");
    await kept(page);
    await page.reload();
    await person.state("choosing");
    assert.equal(await person.count('[data-action="resume-draft"]'), 2);
  }],
  ["a draft taken up again", {}, async ({ page, person, open }) => {
    await open();
    await person.type("name", "娜仁花");
    await person.upload("discipline_letter", paper.letter);
    await kept(page);
    await page.reload();
    await person.until('.resumed ~ form [data-upload="done"]');
  }],
  ["answers that a changed form has no place for", {}, async ({ page, person, open }) => {
    await changed(page, (campaign) => {
      campaign.revision += 1;
      const asked = { key: "nickname", label: "别名", type: { text: {} }, source: "inferred" };
      campaign.tracks[0].sections[0].fields.push(asked);
      return campaign;
    });
    await open();
    await person.type("nickname", "小娜");
    await kept(page);
    await page.unroute("**/campaigns/nm2022.json");
    await page.reload();
    await person.until('.nf[data-state="filling"] [data-left-over]');
  }],
  ["a host that is down", {}, async ({ person, open }, t) => {
    await open();
    await complete(person, paper);
    await host.stop();
    t.after(() => host.start());
    await person.act("submit");
    await person.state("waiting");
  }],
  ["a session that has run out", {}, async ({ person, open }) => {
    await open();
    await complete(person, paper);
    await host.faults(["401"]);
    await person.act("submit");
    await person.state("waiting");
    assert.match(await person.text("#status"), /重新登录/);
  }],
  ["a host that refuses with reasons", {}, async ({ page, person, open }) => {
    const errors = ["/answers/workplace", "/answers/resume/2/org", "/attachments/0", "/nowhere"]
      .map((pointer) => ({ pointer, code: "unknown-unit", detail: `名录里没有：${pointer}` }));
    await open();
    await complete(person, paper);
    await page.route("**/api/nominations", (route) =>
      route.fulfill({ status: 422, contentType: "application/problem+json", body: JSON.stringify({ errors }) }));
    await person.act("submit");
    await person.until("#summary a");
  }],
  ["a campaign file with a fault", {}, async ({ page, person }) => {
    await changed(page, (campaign) => ({ ...campaign, titel: "x" }));
    await page.goto(host.url);
    await person.state("faulty");
  }],
  ["a page that lets no WebAssembly run", {}, async ({ page, person }) => {
    await page.goto(`${host.url}/?csp=nowasm`);
    await person.state("faulty");
  }],
  ["a crash of the engine", {}, async ({ person, open }) => {
    await open();
    await crash(person);
    assert.equal(await person.count("textarea"), 1);
  }],
  ["a step that was left unfinished", {}, async ({ page, person, open }) => {
    await open();
    await page.evaluate(() => document.querySelector("nomination-form").setAttribute("layout", "steps"));
    await person.act("next");
    await person.until('[data-section="resume"][data-current]');
    await person.act("previous");
    await person.until('[data-section="person"][data-current] [data-rule="required:name"]');
  }],
  ["a text that has the whole screen", { width: 375, height: 700 }, async ({ person, open }) => {
    await open();
    await person.act("whole-screen");
    await person.until('[data-action="whole-screen"][aria-pressed="true"]');
  }],
  ["problems in the dark", {}, (at) => wrong(at, "/?theme=dark")],
  ["the review in the dark", {}, (at) => review(at, "/?theme=dark")],
  ["problems in large text on a phone", { width: 320 }, (at) => wrong(at, "/?size=large")],
  ["problems at four times the size", { width: 320, height: 256 }, (at) => wrong(at)],
  ["answers of every kind that the host has verified", {}, verified],
];

describe("a screen leaves nothing to say:", () => {
  for (const [what, options, reach] of SCREENS) {
    it(what, async (t) => {
      const at = await visit(t, options);
      await reach(at, t);
      assert.deepEqual(await flaws(at.page), []);
    });
  }
});

describe("with a row in every table labels lead to controls, and every control has a name:", () => {
  for (const track of TRACKS) {
    it(track, async (t) => {
      const { page, person, open } = await visit(t);
      await open(`/?track=${track}`);
      const tables = await tablesOf(person);
      assert.ok(tables.length > 0);
      for (const table of tables) await person.act("add-row", table);
      assert.deepEqual(await misnamed(page), []);
    });
  }
});
