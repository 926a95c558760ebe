// Where the focus is: whoever hears the page, or goes through it with keys, is lost where it falls to the page's body.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Person } from "./person.mjs";
import { browser, host, paper } from "./scene.mjs";
import { complete, crash, dataOf, kept, tablesOf } from "./screens.mjs";

/** A page of a person's own browser, with no form yet. */
async function empty(t, { width = 1280 } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: "zh-CN" });
  t.after(() => context.close());
  const page = await context.newPage();
  return { page, person: new Person(page) };
}

/** The form of a track, open; `initial` is what the host knows. */
async function visit(t, { track = "nm2022.worker", width, initial } = {}) {
  const { page, person } = await empty(t, { width });
  await person.open(`${host.url}/?track=${track}`);
  if (initial) {
    await page.evaluate((initial) => {
      const before = document.querySelector("nomination-form");
      before.replaceWith(Object.assign(before.cloneNode(), { initial }));
    }, initial);
    await person.state("filling");
  }
  return { page, person };
}

/** Presses what `selector` names with the key for it. */
const press = async (person, selector) => (await person.find(selector)).press("Enter");

/** Waits until what has the focus is `selector`; where it never is, says what is instead. */
async function focused({ page }, selector) {
  const there = (selector) => document.querySelector("nomination-form").shadowRoot.activeElement?.matches(selector);
  await page.waitForFunction(there, selector, { timeout: 15_000 }).catch(async () => {
    assert.fail(`the focus is not on ${selector} but on ${await page.evaluate(seat)}`);
  });
}

/** Works in the page: what has the focus. */
function seat() {
  const at = document.querySelector("nomination-form").shadowRoot.activeElement || document.activeElement;
  return at.name || at.id || at.dataset.action || at.localName;
}

/** What is pressed, in which form, and what has the focus then. */
const PRESSED = [
  ["what the finder found", found, '[data-action="pick"]', 'select[name="ethnicity"]'],
  ["the pause of an upload", sending, '[data-action="pause-upload"]', '[data-action="resume-upload"]'],
  ["going on with an upload", paused, '[data-action="resume-upload"]', '[data-action="pause-upload"]'],
  ["removing a file", sending, '[data-action="remove-file"]', '[name="discipline_letter"]'],
  ["another form", begun, '[data-action="new-draft"]', ".heading__title"],
  ["another form, in the list of drafts", listed, '[data-action="new-draft"]', ".heading__title"],
  ["another form, after one that is in", submitted, '[data-action="new-draft"]', ".heading__title"],
  ["going back while it waits", waiting, '[data-action="back"]', '[data-action="submit"]'],
  ["the way to a verified table", verified, '[data-action="edit"][data-for="honours"]', '[data-field="honours"]'],
  ["a problem of a verified table", verified, '#summary a[href^="#f-honours"]', '[data-field="honours"]'],
  ["one more row", visit, '[data-action="add-row"][data-rows="resume"]', '[name="resume.0.start"]'],
  ["removing a row", visit, '[data-field="assessments.0"] [data-action="remove-row"]', '[name="assessments.0.year"]'],
  ["removing the only row", visit, '[data-field="notice.0"] [data-action="remove-row"]', "#add-notice"],
];

describe("the focus is where the person goes on after", () => {
  for (const [what, reach, pressed, then] of PRESSED) {
    it(what, async (t) => {
      const at = await reach(t);
      await press(at.person, pressed);
      await focused(at, then);
    });
  }

  it("trying again, while that takes its time", async (t) => {
    const at = await waiting(t);
    await at.page.route("**/api/nominations", () => {});
    await press(at.person, '[data-action="try-again"]');
    await at.person.state("sending");
    await focused(at, "#status, #status *");
  });

  it("trying again in vain", async (t) => {
    const at = await waiting(t);
    await Promise.all([at.page.waitForResponse("**/api/nominations"), press(at.person, '[data-action="try-again"]')]);
    await at.person.state("waiting");
    await focused(at, "#status, #status *");
  });

  it("a try that the form makes by itself, in vain", async (t) => {
    const at = await waiting(t);
    await (await at.person.find('[data-action="back"]')).focus();
    await at.page.waitForResponse("**/api/nominations");
    await at.person.state("waiting");
    await focused(at, "#status, #status *");
  });

  it("an upload that arrives while the focus is on what would pause it", async (t) => {
    const at = await sending(t);
    await (await at.person.find('[data-action="pause-upload"]')).focus();
    await at.goOn();
    await at.person.until('[data-upload="done"]');
    await focused(at, '[data-field="discipline_letter"] *');
  });

  for (const [what, state] of [["opening the form again in vain", "faulty"], ["opening the form again", "filling"]]) {
    it(what, async (t) => {
      const at = await empty(t);
      const campaign = "**/campaigns/nm2022.json";
      await at.page.route(campaign, (route) => route.abort());
      await at.page.goto(host.url);
      await at.person.state("faulty");
      if (state === "filling") await at.page.unroute(campaign);
      await Promise.all([at.page.waitForRequest(campaign), press(at.person, '[data-action="try-again"]')]);
      await at.person.state(state);
      await focused(at, "*");
    });
  }

  it("a crash of the engine", async (t) => {
    const at = await visit(t);
    await crash(at.person);
    await focused(at, '[data-action="reload"]');
  });
});

async function found(t) {
  const at = await visit(t);
  await (await at.person.find('[data-find="ethnicity"]')).type("mg");
  await at.person.until('[data-action="pick"]');
  return at;
}

/** An upload that the host does not answer until `goOn()`. */
async function sending(t) {
  const at = await visit(t);
  const held = [];
  await at.page.route("**/files", (route) => held.push(route));
  await at.person.attach("discipline_letter", paper.letter);
  await at.person.until('[data-action="pause-upload"]');
  return { ...at, goOn: () => Promise.all(held.map((route) => route.continue())) };
}

async function paused(t) {
  const at = await sending(t);
  await at.person.act("pause-upload");
  await at.person.until('[data-action="resume-upload"]');
  return at;
}

async function begun(t) {
  const at = await visit(t);
  await at.person.type("name", "娜仁花");
  await kept(at.page);
  return at;
}

async function listed(t) {
  const at = await begun(t);
  await at.person.act("drafts");
  await at.person.state("choosing");
  return at;
}

async function submitted(t) {
  const at = await visit(t);
  await complete(at.person, paper);
  await at.person.send();
  return at;
}

/** The host is busy. */
async function waiting(t) {
  const at = await visit(t);
  await complete(at.person, paper);
  await at.page.route("**/api/nominations", (route) => route.fulfill({ status: 503 }));
  await at.person.act("submit");
  await at.person.state("waiting");
  return at;
}

/** A table without all of its answers, which only the host could give. */
async function verified(t) {
  const value = [{ date: "2020-07", level: "盟市级", issuer: "呼和浩特市民政局" }];
  const at = await visit(t, { initial: { honours: { value, verified: true, source: "荣誉库" } } });
  await at.person.act("submit");
  await at.person.act("review");
  await focused(at, "#review");
  return at;
}

/** The first words of a row in each table. */
const BEGUN = {
  assessments: { year: "2019" },
  honours: { date: "2020-07" },
  identities: { body: "某街道办事处" },
  notice: { place: "某街道公示栏" },
  resume: { org: "某街道办事处" },
};

for (const track of ["nm2022.worker", "jl2023.individual"]) {
  /** The form with a problem in each question that has to be answered; `begun` has a row begun in every table. */
  async function tried(t, begun) {
    const at = await visit(t, { track });
    for (const table of await tablesOf(at.person)) {
      if (begun) await at.person.fillRows(table, [BEGUN[table]]);
      while (!begun && (await at.person.count(`[data-field="${table}.0"]`)) > 0) await at.person.act("remove-row", table);
    }
    await at.person.act("submit");
    await focused(at, "#summary");
    return at;
  }

  describe(track, () => {
    for (const begun of [true, false]) {
      const tables = begun ? "with a row begun in every table" : "with empty tables";

      it(`修改 leads to what can be answered, ${tables}`, async (t) => {
        const at = await tried(t, begun);
        await at.person.act("review");
        await focused(at, "#review");
        const keys = await dataOf(at.page, '[data-action="edit"]', "for");
        assert.ok(keys.length > 20, `${keys}`);
        const astray = [];
        for (const key of keys) {
          await press(at.person, `[data-action="edit"][data-for="${key}"]`);
          await at.person.until(".review[hidden]");
          if (!(await leads(at.page, [`[data-field="${key}"]`]))) astray.push(`${key}: ${await at.page.evaluate(seat)}`);
          await at.person.act("review");
          await focused(at, "#review");
        }
        assert.deepEqual(astray, []);
      });

      it(`every line of the summary leads to what it names, ${tables}`, async (t) => {
        const at = await tried(t, begun);
        const count = await at.person.count("#summary a");
        assert.ok(count > 15, `${count}`);
        const astray = [];
        for (let line = 1; line <= count; line += 1) {
          const link = `#summary li:nth-child(${line}) a`;
          const [words, homes] = await at.page.evaluate(named, link);
          await press(at.person, link);
          if (!(await leads(at.page, homes))) astray.push(`${words}: ${await at.page.evaluate(seat)}`);
        }
        assert.deepEqual(astray, []);
      });
    }
  });
}

/** Works in the page: the words of a line of the summary, and the questions and rows that show its problem. */
function named(link) {
  const root = document.querySelector("nomination-form").shadowRoot;
  const words = root.querySelector(link).textContent;
  const shown = [...root.querySelectorAll(".field__problems [data-rule]")].filter((problem) => {
    const message = problem.querySelector(".problem__words").textContent.slice(problem.querySelector(".problem__lead").textContent.length);
    return words.endsWith(message);
  });
  const homes = shown.map((problem) => {
    const [row, field] = ["[data-for]", "[data-field]"].map((around) => problem.closest(around)?.dataset);
    return `[data-field="${field.field}"]${row ? ` [data-for="${row.for}"]` : ""}`;
  });
  return [words, homes];
}

/**
 * Waits until the focus is where one of `homes` is answered: on the first control that is wrong or takes an answer, else
 * on the button that adds a row, else on itself. Gives whether it comes to be there.
 */
function leads(page, homes) {
  const there = (homes) => {
    const root = document.querySelector("nomination-form").shadowRoot;
    const at = root.activeElement;
    return homes.some((selector) => {
      const home = root.querySelector(selector);
      const first = home.querySelector("input[name], select, textarea");
      if (!first) return at === (home.querySelector('[data-action="add-row"]') || home);
      // Of radio buttons the one that is chosen is as good.
      return at === first || at === home.querySelector("[aria-invalid]") || (at?.type === "radio" && at.name === first.name);
    });
  };
  return page.waitForFunction(there, homes, { timeout: 2000 }).then(() => true, () => false);
}

describe("a text that has the whole screen", () => {
  /** A phone, and the switch that gives a text its whole screen pressed. */
  async function whole(t) {
    const at = await visit(t, { width: 375 });
    await at.person.act("whole-screen");
    await at.person.until('[data-action="whole-screen"][aria-pressed="true"]');
    return at;
  }

  it("keeps the focus, however often Tab is pressed", async (t) => {
    const { page, person } = await whole(t);
    const left = () => page.evaluate(() => {
      const at = document.querySelector("nomination-form").shadowRoot.activeElement;
      return !at || !at.closest('[data-field="deeds"]');
    });
    for (const key of [...Array(5).fill("Tab"), ...Array(8).fill("Shift+Tab")]) {
      await person.press(key);
      assert.equal(await left(), false, `${key} leads to ${await page.evaluate(seat)}`);
    }
  });

  it("ends with Escape, but not with the Escape that ends a composition", async (t) => {
    const at = await whole(t);
    const box = await at.person.find('[name="deeds"]');
    for (const composing of [{ isComposing: true }, { keyCode: 229, which: 229 }]) {
      await box.evaluate((box, composing) => {
        box.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true, ...composing }));
      }, composing);
      assert.equal(await at.person.count('[data-action="whole-screen"][aria-pressed="true"]'), 1, JSON.stringify(composing));
    }
    await at.person.press("Escape");
    await at.person.until('[data-action="whole-screen"][aria-pressed="false"]');
    await focused(at, '[name="deeds"]');
  });
});

describe("Enter in the finder", () => {
  const chosen = ({ page }) => page.evaluate(() => document.querySelector("nomination-form").toJSON().answers.ethnicity?.code);

  it("picks the first that was found, but not while it ends a composition", async (t) => {
    const at = await found(t);
    const box = await at.person.find('[data-find="ethnicity"]');
    for (const composing of [{ isComposing: true }, { keyCode: 229, which: 229 }]) {
      await box.evaluate((box, composing) => {
        box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true, ...composing }));
      }, composing);
      assert.equal(await chosen(at), undefined, JSON.stringify(composing));
    }
    await at.person.press("Enter");
    await focused(at, 'select[name="ethnicity"]');
    assert.equal(await chosen(at), "02");
  });
});
