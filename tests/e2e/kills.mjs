// A browser killed while a person works, again and again: what its next start finds is held against what was done.

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chance } from "./chance.mjs";
import { launchOn } from "./chromium.mjs";
import { SLOTS, act, begin, digest, document, isBlank, look, missing, settled } from "./diary.mjs";
import { files, workerWhole } from "./material.mjs";
import { Person } from "./person.mjs";
import { portal } from "./portal.mjs";
import { badLine } from "./proxy.mjs";

/** What was done so long before the kill has to be there, in milliseconds. */
const COMMITTED_MS = 1_000;
/** How many kills one profile sees. */
const PER_PROFILE = 10;
const PHASES = { typing: 4, rows: 2, files: 2, mixed: 4, sending: 4 };

/**
 * Kills a browser `count` times. Gives one record for each: phase, moment, what was missing, what was wrong. `told`
 * gets each at once.
 */
export async function kills({ count, seed = 1, told = () => {} }) {
  const [host, paper] = [await portal(), await files()];
  const [luck, photo] = [chance(seed), await readFile(paper.photo)];
  const line = await badLine(host.url, { seed });
  const records = [];
  let desk, profile;
  for (let run = 0; run < count; run += 1) {
    if (run % PER_PROFILE === 0) {
      await desk?.kill();
      if (profile) await rm(profile, { recursive: true, force: true });
      profile = await mkdtemp(join(tmpdir(), "nf-profile-"));
      desk = await sitDown(profile, line);
    }
    const phase = luck.draw(PHASES);
    const again = async (id) => (desk = await sitDown(profile, line, id));
    const record = { run, phase, faults: [] };
    try {
      const scene = phase === "sending" ? killedSending : killedWriting;
      Object.assign(record, await scene({ run, phase, desk, again, line, luck, photo, host }));
    } catch (error) {
      record.faults.push(error.stack);
      await desk.kill().catch(() => {});
      await line.calm();
      await again().catch((second) => {
        throw new Error(second.message, { cause: error });
      });
    }
    records.push(record);
    told(record);
  }
  await desk?.kill();
  await line.close();
  await host.close();
  if (profile) await rm(profile, { recursive: true, force: true });
  return records;
}

/** Starts the browser on the profile, opens the page and takes up the draft of that id, or whichever is offered. */
async function sitDown(profile, line, id) {
  const { context, kill } = await launchOn(profile);
  try {
    const person = new Person(await context.newPage());
    await person.page.goto(line.url);
    await takeUp(person, id);
    return { person, kill };
  } catch (error) {
    // Nobody else could open the profile.
    await kill();
    throw error;
  }
}

async function takeUp(person, id) {
  await person.resume(id);
  if (!id || (await draftId(person)) === id) return;
  // Another one was taken up by itself; the list is behind a button that a form under way hides.
  await (await person.find('[data-action="drafts"]')).evaluate((button) => button.click());
  await person.until('[data-state="choosing"]');
  await person.resume(id);
}

/** A person writes, and the browser dies. */
async function killedWriting({ phase, desk, again, luck, host }) {
  await onForm(desk.person, luck.often(0.3));
  await settled(desk.person);
  const id = await draftId(desk.person);
  const diary = await begin(desk.person);
  const moment = await killedDuring(desk, luck.between(200, 6000), async () => {
    for (;;) await act(phase, desk.person, diary, luck);
  });
  const { person } = await again(id);
  // A draft that nothing was done in is not kept, and neither is what was done in it a moment before.
  const other = (await draftId(person)) !== id;
  const faults = [];
  if (other && !isBlank(diary[0].state)) faults.push("the draft is gone");
  // Where there is no draft, the last receipt is shown.
  const opened = await person.stage();
  if (opened !== "filling" && !(other && opened === "submitted")) faults.push(`the form opened as ${opened}`);
  await settled(person);
  const found = other ? diary[0].state : await look(person);
  // Answers and files may have been committed apart from each other.
  const parts = [(state) => [state.texts, state.rows], (state) => state.files];
  const lost = parts.map((part) => missing(diary, found, part, moment));
  if (lost.includes(undefined)) faults.push(`what was found never was: ${JSON.stringify(found)}`);
  const missing_s = Math.max(...lost.map((seconds) => seconds ?? Infinity));
  if (missing_s > COMMITTED_MS / 1000) faults.push(`a change is missing that was ${missing_s} s old`);
  faults.push(...(await wrongFiles(person, host)));
  return { moment, done: diary.length - 1, other, missing_s, faults };
}

/** The files that have arrived at the host with other bytes than the form says, in words. */
async function wrongFiles(person, host) {
  const attachments = await person.page.evaluate(() => document.querySelector("nomination-form").toJSON().attachments);
  const faults = [];
  for (const { slot, sha256, upload } of attachments) {
    if (!upload) faults.push(`${slot}: not uploaded after the kill`);
    else if (digest(await host.file(upload)) !== sha256) faults.push(`${slot}: the host has other bytes, or none`);
  }
  return faults;
}

/** A person sends, and the browser dies. The nomination has to be at the host exactly once in the end. */
async function killedSending({ run, desk, again, line, luck, photo, host }) {
  const { person } = desk;
  const workplace = `被打断的第${run}号街道`;
  await onForm(person, true);
  await person.put({ ...workerWhole, workplace });
  line.rough();
  await person.attach("photo", { name: "照片.png", mimeType: "image/png", buffer: photo });
  for (const slot of SLOTS) await person.attach(slot, document(luck, 300_000));
  await settled(person, '[data-upload="reading"]');
  await person.until('[data-draft="saved"]');
  const id = await draftId(person);
  let pressed;
  const moment = await killedDuring(desk, luck.between(0, 5000), async () => {
    await person.act("submit");
    pressed = Date.now();
  });
  await line.calm();
  const faults = [];
  const reopened = (await again(id)).person;
  if ((await reopened.stage()) === "filling") {
    if (pressed && moment - pressed > COMMITTED_MS) faults.push("a form that was sending was not after the kill");
    await reopened.act("submit");
  }
  await reopened.state("submitted", 90_000);
  const receipt = await reopened.page.evaluate(() => document.querySelector("nomination-form").dataset.receipt);
  const rows = (await host.nominations()).filter(({ answers }) => answers.workplace === workplace);
  if (rows.length !== 1) faults.push(`the host has the nomination ${rows.length} times`);
  if (!rows.some((row) => row.receipt === receipt)) faults.push("the page has another receipt than the host");
  for (const { upload, sha256 } of rows[0]?.attachments ?? []) {
    if (digest(await host.file(upload)) !== sha256) faults.push("the host has other bytes");
  }
  return { moment, done: pressed ? 1 : 0, missing_s: 0, faults };
}

/** Runs `work` until the browser is killed after so long. Gives the moment. What fails before that is an error. */
async function killedDuring(desk, milliseconds, work) {
  let moment;
  const working = work().catch((error) => {
    if (moment === undefined) throw error;
  });
  const killing = pause(milliseconds).then(() => {
    moment = Date.now();
    return desk.kill();
  });
  await Promise.all([working, killing]);
  return moment;
}

/** On a form that can be filled in: the one that is open, or a new one. */
async function onForm(person, anew) {
  if (anew || (await person.stage()) === "submitted") {
    if ((await person.count('[data-action="new-draft"]')) > 0) {
      const before = await draftId(person);
      await person.act("new-draft");
      // What is written before the other form is there belongs to this one.
      await person.page.waitForFunction((before) => {
        const now = document.querySelector("nomination-form").toJSON();
        return now && now.id !== before;
      }, before);
    }
  }
  await person.state("filling");
}

/** The id of the draft that is open. */
const draftId = (person) => person.page.evaluate(() => document.querySelector("nomination-form").toJSON()?.id);

/** The records, in a line. */
export function summary(records) {
  const ages = records.map(({ missing_s }) => missing_s ?? 0).sort((a, b) => a - b);
  const at = (share) => `${ages[Math.floor(share * (ages.length - 1))].toFixed(2)} s`;
  const phases = Object.keys(PHASES).map((phase) => `${phase} ${records.filter((one) => one.phase === phase).length}`);
  const late = records.filter(({ missing_s }) => missing_s > COMMITTED_MS / 1000).length;
  return `${records.length} kills (${phases.join(", ")}): ${late} lost what was more than ${COMMITTED_MS / 1000} s old; ` +
    `oldest missing change: half at most ${at(0.5)}, nine in ten ${at(0.9)}, all ${at(1)}; ` +
    `faults ${records.reduce((sum, { faults }) => sum + faults.length, 0)}`;
}
