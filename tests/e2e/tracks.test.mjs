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
