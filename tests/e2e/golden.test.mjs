// The same nominations in the page and at the command: for a sample of the golden cases the page is filled in through its
// controls, and shows what the case expects, no less and no more.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { launch } from "./chromium.mjs";
import { files } from "./material.mjs";
import { beyond, cases, said } from "./golden.mjs";
import { Person } from "./person.mjs";
import { portal } from "./portal.mjs";

/**
 * Of the cases that a page can hold, by track and first word of the name the first each, and of those every second;
 * `GOLDEN=all` takes every one that a page can hold.
 */
function sample(all) {
  const able = all.filter((one) => beyond(one) === undefined);
  if (process.env.GOLDEN === "all") return able;
  const taken = new Map();
  for (const one of able) {
    const word = one.name.replace(/^(jli|jlo|shc|shi|nmh)-/, "").split("-")[0];
    const kind = `${one.base.track} ${word}`;
    if (!taken.has(kind)) taken.set(kind, one);
  }
  return [...taken.values()].filter((_, at) => at % 2 === 0);
}

const chosen = sample(await cases());
let browser, paper, host;

before(async () => {
  [browser, paper, host] = [await launch(), await files(), await portal()];
});
after(async () => {
  await browser.close();
  await host.close();
});

it("tries cases of every track and of many kinds", () => {
  const tracks = new Set(chosen.map((one) => one.base.track));
  const rules = new Set(chosen.flatMap((one) => one.problems.map(({ rule }) => rule)));
  assert.equal(tracks.size, 6);
  assert.ok(chosen.length >= 40 && rules.size >= 30, `${chosen.length} cases, ${rules.size} rules`);
});

describe("the page shows what the command finds in", () => {
  for (const one of chosen) {
    it(one.name, async () => {
      const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
      const person = new Person(page);
      await person.open(`${host.url}/?track=${one.base.track}`);
      const clock = () => page.evaluate((now) => {
        document.querySelector("nomination-form").now = now;
      }, one.now);
      await clock();
      await page.evaluate(() => {
        // A nomination without an error would go out.
        document.addEventListener("nf-submit", (event) => event.preventDefault());
      });
      await person.put(one.nomination.answers);
      for (const { slot, for: row, image } of one.nomination.attachments) await person.upload(slot, image ? paper.photo : paper.notice, row);
      // Some are judged in a campaign's last second.
      await clock();
      await person.act("submit");
      await person.state("filling");
      const shown = (await person.problems()).sort();
      assert.deepEqual(shown, one.problems.map(({ severity, rule }) => `${severity} ${rule}`).sort());
      const answers = await page.evaluate(() => document.querySelector("nomination-form").toJSON().answers);
      assert.deepEqual(said(answers), said(one.nomination.answers));
      await page.context().close();
    });
  }
});
