// The golden nominations, for the page: what a case's nomination is, and whether a person could fill it in.

import { readdir, readFile } from "node:fs/promises";

const fixtures = new URL("../fixtures/verdicts/", import.meta.url);
const campaigns = new URL("../../public/campaigns/", import.meta.url);

const json = async (url) => JSON.parse(await readFile(url, "utf8"));

/** Every case by name, each with its whole nomination and the campaign it is for. */
export async function cases() {
  const names = (await readdir(fixtures)).filter((name) => name.endsWith(".json")).sort();
  return Promise.all(names.map(async (file) => {
    const one = await json(new URL(file, fixtures));
    const base = await json(new URL(`base/${one.base}.json`, fixtures));
    const nomination = merge(structuredClone(base), one.patch ?? {});
    for (const [pointer, value] of Object.entries(one.set ?? {})) set(nomination, pointer, value);
    const campaign = await json(new URL(`${base.campaign.id}.json`, campaigns)).catch(() => undefined);
    const track = campaign?.tracks.find(({ id }) => id === base.track);
    return { name: file.slice(0, -5), base, nomination, track, now: one.now ?? "2022-08-18T10:00:00+08:00", problems: one.problems };
  }));
}

/** RFC 7396, and `{"$repeat": ["社", 3000]}`; as tests/golden.rs has it. */
function merge(target, patch) {
  if (patch && typeof patch === "object" && !Array.isArray(patch)) {
    if (patch.$repeat) return patch.$repeat[0].repeat(patch.$repeat[1]);
    const into = target && typeof target === "object" && !Array.isArray(target) ? target : {};
    for (const [key, value] of Object.entries(patch)) {
      if (value === null) delete into[key];
      else into[key] = merge(into[key], value);
    }
    return into;
  }
  return patch;
}

function set(target, pointer, value) {
  const parts = pointer.slice(1).split("/");
  const last = parts.pop();
  const parent = parts.reduce((at, part) => at[part], target);
  if (Array.isArray(parent) && last === "-") parent.push(value);
  else parent[last] = value;
}

/**
 * Why the page cannot hold a case's nomination as it stands in JSON; nothing where it can.
 *
 * A page has one control for each question that is shown, so it makes no unknown keys, no values of another JSON type,
 * none that it does not offer (such as the finer codes of education), and none in what is hidden; it works out the form and the revision itself; it writes
 * numbers, months and days in one spelling; files are measured, so only whole PDF files and the portrait of the complete
 * nomination can be had, as many as their slots take; and where a question asked first stops the form there is no form.
 * The host runs the campaigns that are shipped, and no others.
 */
export function beyond({ nomination, base, track, problems }) {
  if (!track) return "a campaign that is not shipped";
  if (nomination.format !== base.format || nomination.campaign.revision !== base.campaign.revision) return "its head";
  const unmade = ["other-form", "hidden-value", "unknown-option"];
  if (problems.some(({ code }) => unmade.includes(code))) return "another form, a hidden value, or one that is not offered";
  const fields = track.sections.flatMap((section) => section.fields);
  const unknown = Object.keys(nomination.answers).find((key) => !fields.some((field) => field.key === key));
  if (unknown) return unknown;
  const parted = fields.filter((field) => ["group", "matrix", "rows"].includes(kindOf(field)[0]));
  const misshapen = parted.find((field) => {
    const value = nomination.answers[field.key] ?? undefined;
    return value !== undefined && Array.isArray(value) !== (kindOf(field)[0] === "rows");
  });
  if (misshapen) return misshapen.key;
  const answers = said(nomination.answers) ?? {};
  for (const gate of track.gates ?? []) {
    const answer = answers[gate.field];
    if (answer === undefined || answer === gate.stops_at) return "a question asked first";
  }
  const portrait = base.attachments.find(({ image }) => image);
  const without = ({ for: row }) => row !== undefined && !row.split(".").reduce((at, part) => at?.[part], answers);
  if (nomination.attachments.some(without)) return "a file of a row that is not there";
  if (!nomination.attachments.every((file, at) => attachable(file, nomination.attachments.slice(0, at), fields, portrait))) return "other files";
  return within(fields, answers);
}

/** Whether a person could attach the file, after `others`. */
function attachable(file, others, fields, portrait) {
  const field = fields.find(({ key }) => key === file.slot);
  if (!field) return false;
  const [kind, settings] = kindOf(field);
  const before = others.filter((other) => other.slot === file.slot && other.for === file.for).length;
  const row = settings.per_row ? file.for?.startsWith(`${settings.per_row}.`) : file.for === undefined;
  if (!row || before >= (settings.max_files ?? 1) || file.flaws?.length) return false;
  if (kind === "photo") return JSON.stringify(said(file)) === JSON.stringify(said(portrait));
  return kind === "file" && file.format === "pdf" && file.bytes > 0 && file.bytes <= 20_000_000;
}

/** The first key whose value no control makes. */
function within(fields, answers) {
  for (const field of fields) {
    const [kind, settings] = kindOf(field);
    // Two buttons of which one is pressed cannot both be out again.
    if (kind === "yes_no" && settings.default !== undefined && answers[field.key] === undefined) return field.key;
    if (kind === "group" && answers[field.key] === undefined && settings.fields.some((inner) => kindOf(inner)[1].default !== undefined)) return field.key;
  }
  for (const [key, value] of Object.entries(answers)) {
    const field = fields.find((field) => field.key === key);
    if (!field || !typable(field, value)) return key;
  }
  return undefined;
}

const kindOf = ({ type }) => (typeof type === "string" ? [type, {}] : Object.entries(type)[0]);
const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const matching = (pattern) => (value) => typeof value === "string" && pattern.test(value);

function typable(field, value) {
  const [kind, settings] = kindOf(field);
  const values = (settings.options ?? []).map((option) => option.value ?? option);
  const line = (value) => typeof value === "string" && !value.includes("\n");
  const kinds = {
    text: line,
    person_name: line,
    essay: (value) => typeof value === "string" && !value.includes("\r"),
    id_number: matching(/^[0-9A-Z]+$/),
    uscc: matching(/^[0-9A-Z]+$/),
    phone: (value) => line(value) && value === value.trim(),
    number: (value) => typeof value === "number",
    month: matching(/^\d{4}-\d\d$/),
    date: matching(/^\d{4}-\d\d-\d\d$/),
    day_or_month: matching(/^\d{4}-\d\d(-\d\d)?$/),
    yes_no: (value) => value === true || (value === false && !settings.tick),
    choice: (value) => (settings.codes ? matching(settings.codes === "education" ? /^\d0$/ : /^\d+$/)(value) : values.includes(value)),
    choices: (value) => Array.isArray(value) && value.every((one) => values.includes(one)),
    rows: (value) => Array.isArray(value) && value.length <= (settings.max ?? 100) && value.every((row) => isObject(row) && within(settings.fields, row) === undefined),
    group: (value) => isObject(value) && within(settings.fields, value) === undefined,
    matrix: (value) => isObject(value) && Object.entries(value).every(([entry, answers]) => settings.entries.some(({ key }) => key === entry) && isObject(answers) && within(settings.fields, answers) === undefined),
  };
  return Boolean(kinds[kind] && kinds[kind](value));
}

/** Answers without what says nothing: `null`, empty texts, lists and objects; a row stays a row, and a code is its value. */
export function said(value) {
  if (Array.isArray(value)) return value.length ? value.map(said).map((one) => one ?? {}) : undefined;
  if (!isObject(value)) return typeof value === "string" && value.trim() === "" ? undefined : value ?? undefined;
  if (typeof value.code === "string") return value.code;
  const entries = Object.entries(value).map(([key, inside]) => [key, said(inside)]).filter(([, inside]) => inside !== undefined);
  return entries.length ? Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) : undefined;
}
