// What the form costs a phone, measured in a browser: `make bench-page`.
//
// The phone is this machine's Chromium, four times slower, behind 1.6 Mbit/s and 150 ms. Times vary with the machine, so
// each is given beside that of a floor measured in the same run: the same portal with a script of two kilobytes that draws
// the questions of the same campaign by hand (benches/floor/).

import { floorPortal } from "./floor/portal.mjs";
import { launch } from "../tests/e2e/chromium.mjs";
import { Person } from "../tests/e2e/person.mjs";
import { portal } from "../tests/e2e/portal.mjs";

const RUNS = Number(process.env.RUNS ?? 5);
const KEYS = 100;
const PHONE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };

const [browser, host] = [await launch(), await portal()];
const bare = await floorPortal(host.url);
const [ours, floor] = [await median(RUNS, () => interactive(host.url)), await median(RUNS, () => interactive(bare.url))];
row("time to an interactive form, phone", `${ms(ours)}, floor ${ms(floor)}: ${(ours / floor).toFixed(2)} times`);

const small = await keys({ text: 3000 });
const bareText = await keys({ text: 3000, at: bare.url });
const large = await keys({ fields: 1000 });
row("script for a key in a text of 3000 characters", `${small.key.toFixed(2)} ms, floor ${bareText.key.toFixed(2)} ms`);
row("script for a key in a form of 1000 fields", `${large.key.toFixed(2)} ms`);
row("memory with the form open", `${(small.heap / 1e6).toFixed(1)} MB script, ${(small.wasm / 1e6).toFixed(1)} MB wasm`);
await browser.close();
bare.close();
await host.close();

/** Milliseconds from asking for the page until the first question can be answered, and what is typed is taken in. */
async function interactive(url) {
  const { page, cdp, close } = await visit();
  await cdp.send("Network.enable");
  await cdp.send("Network.emulateNetworkConditions", PHONE);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const start = performance.now();
  await page.goto(url, { waitUntil: "commit" });
  await page.waitForFunction(() => {
    const element = document.querySelector("nomination-form");
    return (element ? element.shadowRoot || element : document).querySelector('[name="name"]');
  }, undefined, { polling: "raf", timeout: 120_000 });
  const time = performance.now() - start;
  await close();
  return time;
}

/** What a key costs in script: in a long text that is counted, or in one of so many fields. */
async function keys({ text, fields, at }) {
  const { page, cdp, close } = await visit(fields && manyFields(fields));
  if (at) await page.goto(at);
  else await new Person(page).open(host.url);
  // Playwright looks into open shadow roots.
  await page.focus(fields ? '[name="field500"]' : '[name="deeds"]');
  if (text) await page.keyboard.insertText("社区工作".repeat(text / 4).slice(1));
  await cdp.send("Performance.enable");
  await page.keyboard.insertText("走");
  await page.waitForTimeout(1500);
  const before = await script(cdp);
  for (let typed = 0; typed < KEYS; typed += 1) await page.keyboard.insertText(typed % 2 ? "社" : "区");
  const key = (await script(cdp) - before) / KEYS;
  await cdp.send("HeapProfiler.collectGarbage");
  const [heap, wasm] = [await metric(cdp, "JSHeapUsedSize"), await wasmBytes(page)];
  await close();
  return { key, heap, wasm };
}

async function visit(campaign) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: "zh-CN" });
  const page = await context.newPage();
  await page.addInitScript(watchMemories);
  if (campaign) await context.route("**/campaigns/nm2022.json", (route) => route.fulfill({ json: campaign }));
  return { page, cdp: await context.newCDPSession(page), close: () => context.close() };
}

function manyFields(count) {
  const field = (at) => ({ key: `field${at}`, label: `第${at}项`, type: { text: { max_chars: 100 } }, source: "inferred", required: at % 2 === 0 });
  const sections = Array.from({ length: count / 100 }, (_, at) => ({
    id: `part${at}`,
    title: `第${at + 1}部分`,
    fields: Array.from({ length: 100 }, (_, of) => field(at * 100 + of)),
  }));
  return {
    format: "campaign/1", id: "nm2022", revision: 1, title: "大表", reference_date: "2022-08-20", deadline: "2022-08-20",
    tracks: [{ id: "nm2022.worker", title: "大表", form: "附件1", sections, rules: [] }],
  };
}

/** Milliseconds of script so far. */
async function script(cdp) {
  return (await metric(cdp, "ScriptDuration")) * 1000;
}

async function metric(cdp, wanted) {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === wanted).value;
}

/** Notes the memories of all wasm that the page starts. */
function watchMemories() {
  window.memories = new Set();
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const start = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const started = await start.apply(WebAssembly, given);
      for (const given of Object.values((started.instance ?? started).exports)) {
        if (given instanceof WebAssembly.Memory) window.memories.add(given);
      }
      return started;
    };
  }
}

function wasmBytes(page) {
  return page.evaluate(() => [...window.memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0));
}

async function median(runs, measure) {
  const all = [];
  for (let run = 0; run < runs; run += 1) all.push(await measure());
  return all.sort((a, b) => a - b)[Math.floor(runs / 2)];
}

function ms(time) {
  return `${Math.round(time)} ms`;
}

function row(what, words) {
  console.log(`${what.padEnd(48)} ${words}`);
}
