// Page against command, over every golden case: the form is opened with the case's answers, and what it says of itself is
// what `nomination verify` says of the very JSON it would send. Whatever a page makes of an answer, the two must agree.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFile, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, it } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./chromium.mjs";
import { cases } from "./golden.mjs";
import { portal } from "./portal.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const command = process.env.NOMINATION ?? join(root, "target/release/nomination");

let browser, host, campaigns;

before(async () => {
  [browser, host, campaigns] = [await launch(), await portal(), await mkdtemp(join(tmpdir(), "nf-campaigns-"))];
  for (const folder of ["tests/fixtures/campaigns", "public/campaigns"]) {
    for (const name of await readdir(join(root, folder))) await copyFile(join(root, folder, name), join(campaigns, name));
  }
});
after(async () => {
  await browser.close();
  await host.close();
  await rm(campaigns, { recursive: true });
});

it("judges every golden nomination as the command does", { timeout: 300_000 }, async () => {
  const all = await cases();
  const page = await (await browser.newContext()).newPage();
  await page.route("**/campaigns/*.json", async (route) => {
    const name = new URL(route.request().url()).pathname.split("/").pop();
    await route.fulfill({ contentType: "application/json", body: await readFile(join(campaigns, name)) });
  });
  await page.goto(`${host.url}/?track=nm2022.worker`);
  await page.waitForFunction(() => document.querySelector("nomination-form")?.dataset.state === "filling");
  const told = new Map();
  for (const one of all) {
    const { sent, verdict } = await page.evaluate(inPage, {
      campaign: one.base.campaign.id, track: one.base.track, now: one.now, initial: one.nomination.answers,
    });
    if (sent === null) continue;
    if (!told.has(one.now)) told.set(one.now, []);
    told.get(one.now).push({ name: one.name, sent, verdict });
  }
  // A form that stops has nothing to send; hardly any does.
  const compared = [...told.values()].flat();
  assert.ok(compared.length >= all.length - 20, `${compared.length} of ${all.length}`);
  for (const [now, group] of told) {
    const lines = await verify(now, group.map(({ sent }) => JSON.stringify(sent)).join("\n"));
    group.forEach(({ name, verdict }, at) => assert.deepEqual(verdict, JSON.parse(lines[at]), name));
  }
  console.log(`${compared.length} nominations, each with one verdict`);
});

/** In the page: a form of its own with the case's answers, what it would send and what it says. */
async function inPage({ campaign, track, now, initial }) {
  const form = document.createElement("nomination-form");
  const urls = { campaign: `/campaigns/${campaign}.json`, track, "submit-to": "/api/nominations", "upload-to": "/files", now };
  for (const [name, value] of Object.entries(urls)) form.setAttribute(name, value);
  form.initial = initial;
  const ready = new Promise((done, failed) => {
    form.addEventListener("nf-ready", done, { once: true });
    form.addEventListener("nf-error", (event) => failed(new Error(event.detail.code)), { once: true });
  });
  document.body.append(form);
  try {
    await ready;
    // Some are judged in a campaign's last second.
    form.now = now;
    return { sent: form.toJSON(), verdict: form.judge() };
  } finally {
    form.remove();
  }
}

/** One verdict a line. */
function verify(now, input) {
  return new Promise((done, failed) => {
    const child = spawn(command, ["verify", "--jsonl", "--campaigns", campaigns, "--now", now], { stdio: ["pipe", "pipe", "inherit"] });
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (piece) => { out += piece; });
    child.on("error", failed);
    child.on("close", () => done(out.trimEnd().split("\n")));
    child.stdin.end(input);
  });
}
