// Every track we ship, as a person does it: the complete nomination of the golden set goes from the empty page to the
// host, and what the host keeps is that nomination.

import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./chromium.mjs";
import { files } from "./material.mjs";
import { Person } from "./person.mjs";
import { portal } from "./portal.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const shots = join(here, "shots");
const DESKTOP = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 700 };
/** A moment within each campaign. */
const NOW = { nm2022: "2022-08-18T10:00:00+08:00", sh2023: "2023-08-08T10:00:00+08:00", jl2023: "2024-03-13T10:00:00+08:00" };
const TRACKS = ["nm2022.worker", "nm2022.household", "sh2023.collective", "sh2023.individual", "jl2023.org", "jl2023.individual"];

let browser, paper;
const hosts = {};

before(async () => {
  await mkdir(shots, { recursive: true });
  [browser, paper] = [await launch(), await files()];
  for (const [campaign, now] of Object.entries(NOW)) hosts[campaign] = await portal({ now });
});
after(async () => {
  await browser.close();
  for (const host of Object.values(hosts)) await host.close();
});

const base = async (track) => JSON.parse(await readFile(join(here, `../fixtures/verdicts/base/${track}.json`), "utf8"));

/** A fresh page with a track's form; every request it makes is written down. */
async function visit(track, { viewport = DESKTOP, ...options } = {}) {
  const host = hosts[track.split(".")[0]];
  const context = await browser.newContext({ viewport, locale: "zh-CN", ...options });
  const page = await context.newPage();
  const [complaints, requests] = [[], []];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("request", (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname}`));
  const person = new Person(page);
  await person.open(`${host.url}/?track=${track}`);
  return {
    host,
    page,
    person,
    requests,
    focused: () => page.evaluate(() => {
      const at = document.querySelector("nomination-form").shadowRoot.activeElement;
      return at && (at.name || at.id);
    }),
    said: () => person.text('[role=status][aria-live="polite"]'),
    shot: (name) => page.screenshot({ path: join(shots, `${name}.png`), fullPage: true }),
    async close() {
      assert.deepEqual(complaints, [], "the console has complaints");
      await context.close();
    },
  };
}

/** Attaches what a nomination says is attached. */
async function attach(person, attachments) {
  for (const { slot, for: row, image } of attachments) await person.upload(slot, image ? paper.photo : paper.notice, row);
}

for (const track of TRACKS) {
  const narrow = track === "jl2023.individual";
  describe(track, () => {
    it(`goes from the empty page to the host${narrow ? ", 320 px wide" : ""}`, async () => {
      const nomination = await base(track);
      const { host, page, person, shot, close } = await visit(track, narrow ? { viewport: NARROW, hasTouch: true } : {});
      await person.fill(nomination.answers);
      await attach(person, nomination.attachments);
      await shot(`${track}-filled`);
      const scroll = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(scroll <= 0, `${scroll} px too wide`);
      assert.deepEqual((await person.verdict()).problems, []);
      const stored = await host.nomination(await person.send());
      assert.deepEqual(stored.answers, nomination.answers);
      assert.equal(stored.variant, nomination.variant);
      const files = ({ attachments }) => attachments.map(({ slot, for: row }) => [slot, row]);
      assert.deepEqual(files(stored), files(nomination));
      await close();
    });
  });
}

describe("a question asked first", () => {
  it("stands alone; yes stops the form, and nothing was sent or is kept", async () => {
    const { page, person, requests, focused, said, shot, close } = await visit("jl2023.individual");
    const names = () => page.evaluate(() => {
      const controls = document.querySelector("nomination-form").shadowRoot.querySelectorAll("[name]");
      return [...new Set([...controls].map(({ name }) => name))];
    });
    const json = () => page.evaluate(() => document.querySelector("nomination-form").toJSON());
    assert.deepEqual(await names(), ["secret"]);
    assert.equal(await json(), null);
    assert.match(await person.text(".heading__title"), /先进个人/);
    await shot("gate");
    const before = requests.length;
    await page.evaluate(() => document.querySelector("nomination-form").submit());
    await person.until('[data-field="secret"] [data-rule="required:secret"]');
    assert.deepEqual(requests.slice(before), []);
    assert.equal(await focused(), "secret");

    await person.choose("secret", "no");
    await person.until('[name="name"]');
    assert.equal(await focused(), "secret", "the focus stays where it was");
    assert.match(await said(), /推荐表在下面/);
    await person.type("name", "周某某");
    await person.answer("honours", [{ level: "省级", title: "先进" }]);
    await person.attach("honour_copy", paper.notice, "honours.0");
    await person.until('[data-for="honours.0"] [data-upload="done"]');
    assert.ok(requests.slice(before).includes("POST /files"), "uploads begin once the form is open");

    await person.choose("secret", "yes");
    await person.state("stopped");
    await page.waitForFunction(() => document.querySelector("nomination-form").shadowRoot.activeElement.id === "status");
    assert.equal(await person.count('#status[role=alert] [data-rule="secret"][data-severity="error"]'), 1);
    assert.match(await person.text("#status"), /保密规定/);
    assert.equal(await page.evaluate(() => document.querySelector("nomination-form").dataset.state), "stopped");
    assert.deepEqual(await names(), []);
    assert.equal(await json(), null);
    const stopped = requests.length;
    await page.evaluate(() => document.querySelector("nomination-form").submit());
    await person.pause(300);
    assert.deepEqual(requests.slice(stopped), [], "nothing goes out");
    assert.ok(!requests.some((request) => request.startsWith("POST /api/")));
    await shot("gate-stopped");

    await person.act("gate-back");
    await person.until('[name="secret"]');
    await page.waitForFunction(() => document.querySelector("nomination-form").shadowRoot.activeElement.name === "secret");
    assert.equal(await person.count('[name="secret"]:checked'), 0);
    assert.deepEqual(await names(), ["secret"]);
    await person.choose("secret", "no");
    await person.until('[name="name"]');
    assert.equal(await (await person.find('[name="name"]')).inputValue(), "");
    assert.equal(await person.count("[data-upload]"), 0);
    assert.equal(await person.count('[data-field="honours.0"]'), 0);
    await close();
  });

  it("sends nothing at all where it is answered with yes at once", async () => {
    const { page, person, requests, close } = await visit("jl2023.org", { viewport: NARROW });
    const before = requests.length;
    await person.choose("secret", "yes");
    await person.state("stopped");
    await page.evaluate(() => document.querySelector("nomination-form").submit());
    await person.pause(300);
    assert.deepEqual(requests.slice(before), []);
    await close();
  });
});

describe("the form follows the answers", () => {
  it("names the annex as soon as it is known, and asks the departments it concerns", async () => {
    const { page, person, close } = await visit("jl2023.individual");
    const variant = () => page.evaluate(() => document.querySelector("nomination-form").toJSON().variant);
    const departments = () => person.count('[data-field="opinions"] > .rows > fieldset');
    await person.choose("secret", "no");
    await person.until('[name="level"]');
    assert.equal(await variant(), null);
    assert.equal(await person.text(".heading__form"), "");
    await person.choose("identities.0.kind", "org_principal");
    await person.choose("level", "地方");
    await person.until('.nf[data-variant="附件7"]');
    assert.match(await person.text(".heading__form"), /使用附件7《吉林省社会组织工作先进个人推荐审批表/);
    assert.equal(await departments(), 9);
    await person.choose("identities.0.kind", "admin_registry");
    await person.until('.nf[data-variant="附件8"]');
    assert.equal(await variant(), "附件8");
    assert.equal(await departments(), 3);
    await person.choose("political", "06");
    await person.until('[data-field="opinions.统战部门"]');
    assert.equal(await departments(), 4);
    await close();
  });

  it("asks for a notice at each body of a person of two, and for each notice's original", async () => {
    const { person, close } = await visit("jl2023.individual");
    const nomination = await base("jl2023.individual");
    nomination.answers.identities.push({ kind: "admin_supervisor", body: "某局" });
    await person.put(nomination.answers);
    await person.act("submit");
    await person.until('[data-field="notice"] [data-rule="notice.dual"]');
    await person.answer("notice", [nomination.answers.notice[0], { ...nomination.answers.notice[0], place: "某局" }]);
    await person.until('[data-for="notice.1"]');
    assert.equal(await person.count('[data-rule="notice.dual"]'), 0);
    assert.equal(await person.count('[data-for="notice.1"] [data-rule="attach.missing:notice_original"]'), 1);
    await close();
  });

  it("asks for the copy of an honour while it is of a level that needs one, and leads to it", async () => {
    const { page, person, close } = await visit("jl2023.individual");
    await person.choose("secret", "no");
    await person.until('[data-action=add-row][data-rows="honours"]');
    assert.equal(await person.count('[data-field="honour_copy"]'), 0);
    await person.answer("honours", [{ level: "县（市、区）级", title: "甲" }, { date: "2020-07", level: "省级", issuer: "某厅", title: "乙" }]);
    await person.until('[data-field="honour_copy"] [data-for="honours.1"]');
    assert.match(await person.text('[data-for="honours.1"]'), /第2条奖励：2020\.07  某厅  乙/);
    assert.equal(await person.count("[data-field=honour_copy] [data-for]"), 1);
    await person.choose("honours.0.level", "国家级");
    await person.until('[data-for="honours.0"]');
    const order = () => page.evaluate(() => [...document.querySelector("nomination-form").shadowRoot.querySelectorAll("[data-field=honour_copy] [data-for]")].map((part) => part.dataset.for));
    assert.deepEqual(await order(), ["honours.0", "honours.1"], "in the order of the rows");
    await person.upload("honour_copy", paper.notice, "honours.1");
    await person.act("submit");
    await person.until('[data-for="honours.0"] [data-rule="honour.copy"]');
    assert.equal(await person.count('[data-for="honours.1"] [data-rule]'), 0);
    const link = await page.evaluateHandle(() => [...document.querySelector("nomination-form").shadowRoot.querySelectorAll("#summary a")].find((a) => a.textContent.includes("荣誉复印件")));
    await link.asElement().click();
    await page.waitForFunction(() => {
      const at = document.querySelector("nomination-form").shadowRoot.activeElement;
      return at.name === "honour_copy" && at.closest("[data-for]").dataset.for === "honours.0";
    });
    await (await person.find('[data-field="honours.0"] [data-action=remove-row]')).click();
    await person.until('[data-for="honours.0"] [data-upload="done"]');
    assert.deepEqual(await order(), ["honours.0"], "the file of the row that stayed stays with it");
    await person.choose("honours.0.level", "其他");
    await page.waitForFunction(() => !document.querySelector("nomination-form").shadowRoot.querySelector("[data-field=honour_copy]"));
    const sent = await page.evaluate(() => document.querySelector("nomination-form").toJSON().attachments);
    assert.deepEqual(sent, []);
    await close();
  });

  it("leads from the summary to the department whose opinion is missing", async () => {
    const { page, person, close } = await visit("jl2023.org");
    const nomination = await base("jl2023.org");
    delete nomination.answers.opinions["税务部门"];
    nomination.answers.opinions["工商联"] = { status: "不适用" };
    await person.put(nomination.answers);
    await person.act("submit");
    for (const [department, control] of [["税务部门", "opinions.税务部门.status"], ["工商联", "opinions.工商联.reason"]]) {
      await person.until(`[data-field="opinions.${department}"] [data-rule="opinion.missing:${department}"]`);
      const link = await page.evaluateHandle((name) => [...document.querySelector("nomination-form").shadowRoot.querySelectorAll("#summary a")].find((a) => a.textContent.includes(name)), department);
      await link.asElement().click();
      await page.waitForFunction((name) => document.querySelector("nomination-form").shadowRoot.activeElement.name === name, control);
    }
    await close();
  });
});
