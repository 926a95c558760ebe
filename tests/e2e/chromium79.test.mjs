// The whole path in the oldest kernel we promise: a real Chromium 79.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, it } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./chromium79.mjs";
import { files, worker } from "./material.mjs";
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

it("Chromium 79 takes a nomination from the empty page to the host", async () => {
  assert.match(await browser.version(), /\/79\./);
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.setViewport({ width: 1000, height: 900 });
  const person = new Person(page);
  await person.open(host.url);
  await page.screenshot({ path: join(shots, "chromium79.png"), fullPage: true });
  await person.fill(worker);
  await person.upload("photo", paper.photo);
  await person.upload("discipline_letter", paper.letter);
  await person.upload("notice_material", paper.notice);
  await page.screenshot({ path: join(shots, "chromium79-filled.png"), fullPage: true });
  // The tab dies and comes back: words, rows and files are there.
  await page.waitForFunction(() => document.querySelector("nomination-form").dataset.draft === "saved");
  await page.reload();
  await person.state("filling");
  for (const slot of ["photo", "discipline_letter", "notice_material"]) {
    await person.until(`[data-field="${slot}"] [data-upload="done"]`);
  }
  const receipt = await person.send();
  const stored = await host.nomination(receipt);
  assert.equal(stored.answers.name, "娜仁花");
  assert.deepEqual(stored.attachments[0].image, { width: 826, height: 1158, background: "blue", colour: true });
  assert.deepEqual(complaints, []);
});
