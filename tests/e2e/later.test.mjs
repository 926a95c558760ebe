// What opening a form takes comes as early as it can, and once. What filling it in does not take is fetched only when
// something asks for it; and where it cannot be fetched, that is said, nothing is lost, and it is asked for again.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { describe, it } from "node:test";
import binaryen from "binaryen";
import { fetchedAhead } from "./engines.mjs";
import { worker } from "./material.mjs";
import { Person } from "./person.mjs";
import { browser, host, paper } from "./scene.mjs";

const LATER = "**/nomination-form-later.wasm*";

/** A browser that counts how often the second part is asked for, and gets it while `device.line` is up. */
async function device() {
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 }, locale: "zh-CN" });
  const device = { line: true, asked: 0 };
  await context.route(LATER, (route) => {
    device.asked += 1;
    return device.line ? route.continue() : route.abort();
  });
  const page = await context.newPage();
  return Object.assign(device, { page, person: new Person(page), close: () => context.close() });
}

/** The shipped second part with nothing but traps in it. */
async function trapping(wasm) {
  const module = binaryen.readBinary(wasm);
  for (let at = module.getNumFunctions() - 1; at >= 0; at -= 1) {
    const { name, module: from, params, results, vars } = binaryen.getFunctionInfo(module.getFunctionByIndex(at));
    if (from) continue;
    module.removeFunction(name);
    module.addFunction(name, params, results, vars, module.unreachable());
  }
  const bytes = Buffer.from(module.emitBinary());
  module.dispose();
  return bytes;
}

const kept = (page) => page.waitForFunction(() => document.querySelector("nomination-form").dataset.draft === "saved");

describe("what a form begins with", () => {
  it("is what the portal has the browser fetch ahead, and nothing twice", async () => {
    const at = await device();
    await at.person.open(host.url);
    assert.deepEqual(await at.page.evaluate(fetchedAhead), ["nm2022.json", "nomination-form.wasm"]);
    await at.close();
  });

  it("is had from another origin where the host leads there", async () => {
    const campaign = await readFile(new URL("../../public/campaigns/nm2022.json", import.meta.url));
    const elsewhere = createServer((asked, answer) => answer.setHeader("Access-Control-Allow-Origin", "*").end(campaign));
    await new Promise((listening) => elsewhere.listen(0, "127.0.0.1", listening));
    const context = await browser.newContext({ bypassCSP: true });
    const page = await context.newPage();
    const location = `http://127.0.0.1:${elsewhere.address().port}/`;
    await page.route("**/campaigns/nm2022.json", (route) => route.fulfill({ status: 302, headers: { location } }));
    await new Person(page).open(host.url);
    await context.close();
    elsewhere.close();
  });
});

describe("the second part of the wasm", () => {
  it("is not fetched by opening a form, nor needed to fill it in: rows, lists, the draft", async () => {
    const at = await device();
    await at.person.open(host.url);
    await at.page.waitForTimeout(4000);
    assert.equal(at.asked, 0);
    at.line = false;
    await at.person.fill(worker);
    await kept(at.page);
    assert.equal(await at.person.count(".wanting"), 0, "nobody is told of what nobody has asked for");
    await at.close();
  });

  it("is fetched ahead once somebody has begun, so that what comes after works without a network", async () => {
    const at = await device();
    await at.person.open(host.url);
    await at.person.type("name", "娜仁花");
    await at.page.waitForResponse(/later\.wasm/);
    at.line = false;
    await at.person.act("review");
    await at.person.until(".review__part");
    assert.equal(at.asked, 1);
    await at.close();
  });

  it("is fetched once, when something asks for it", async () => {
    const at = await device();
    await at.person.open(host.url);
    await at.person.upload("photo", paper.photo);
    await at.person.upload("discipline_letter", paper.letter);
    assert.equal(at.asked, 1);
    await at.close();
  });

  it("that cannot be had leaves a chosen file waiting, says so, and takes it up by itself", async () => {
    const at = await device();
    await at.person.open(host.url);
    at.line = false;
    await at.person.attach("photo", paper.photo);
    await at.person.until(".wanting[role=alert]");
    assert.match(await at.person.text(".wanting"), /连不上网站.*填好的内容都还在/);
    await at.person.until('[data-field="photo"] [data-upload="reading"]');
    await at.person.type("name", "娜仁花");
    await kept(at.page);
    at.line = true;
    await at.person.until('[data-field="photo"] [data-upload="done"]');
    assert.equal(await at.person.count(".wanting"), 0);
    assert.ok(at.asked > 1);
    await at.close();
  });

  it("that cannot be had leaves the review waiting, and shows it with the focus on it once it can", async () => {
    const at = await device();
    await at.person.open(host.url);
    at.line = false;
    await at.person.type("name", "娜仁花");
    await at.person.act("review");
    await at.person.until(".wanting");
    assert.equal(await at.person.count(".review__part"), 0);
    at.line = true;
    await at.person.until(".review__part");
    assert.match(await at.person.text(".review"), /娜仁花/);
    await at.page.waitForFunction(() => document.querySelector("nomination-form").shadowRoot.activeElement?.id === "review");
    await at.close();
  });

  it("that cannot be had keeps a draft from being taken up: that is said, and trying again takes it up", async () => {
    const at = await device();
    await at.person.open(host.url);
    await at.person.fill(worker);
    await at.person.upload("photo", paper.photo);
    await at.person.upload("discipline_letter", paper.letter);
    await at.person.upload("notice_material", paper.notice);
    await kept(at.page);
    // The page comes back without it: so does the draft, once there is a network.
    at.line = false;
    await at.page.reload();
    await at.person.state("faulty");
    assert.match(await at.person.text(".opening"), /连不上网站/);
    at.line = true;
    await at.person.act("try-again");
    await at.person.state("filling");
    assert.equal(await (await at.person.find("[name=name]")).evaluate((box) => box.value), worker.name);
    await at.person.send();
    await at.close();
  });

  it("of another edition is refused, and the person told to reload", async () => {
    const at = await device();
    await at.page.route(LATER, async (route) => {
      const response = await route.fetch();
      const hash = /\/nomination-form\.wasm\?v=(\w+)/.exec(at.first)[1];
      const body = Buffer.from((await response.body()).toString("latin1").replace(hash, "0".repeat(hash.length)), "latin1");
      await route.fulfill({ contentType: "application/wasm", body });
    });
    at.page.on("request", (request) => {
      if (/nomination-form\.wasm/.test(request.url())) at.first = request.url();
    });
    await at.person.open(host.url);
    await at.person.type("name", "娜仁花");
    await at.person.act("drafts");
    await at.person.until(".wanting");
    assert.match(await at.person.text(".wanting"), /更新.*刷新网页/);
    assert.equal(await at.person.stage(), "filling");
    await at.close();
  });

  it("is watched for traps as the first is", async () => {
    const at = await device();
    await at.page.route(LATER, async (route) => {
      const body = await trapping(await (await route.fetch()).body());
      await route.fulfill({ contentType: "application/wasm", body });
    });
    await at.person.open(host.url);
    await at.person.type("name", "娜仁花");
    await kept(at.page);
    await at.person.attach("photo", paper.photo);
    await at.person.state("faulty");
    assert.match(await at.person.text(".opening"), /已填的内容保存在本机/);
    await at.close();
  });

  it("that cannot be had keeps a list of drafts from opening, and nothing else", async () => {
    const at = await device();
    await at.person.open(host.url);
    at.line = false;
    await at.person.type("name", "娜仁花");
    await at.person.act("drafts");
    await at.person.until(".wanting");
    assert.equal(await at.person.stage(), "filling");
    at.line = true;
    await at.person.act("drafts");
    await at.person.state("choosing");
    await at.close();
  });
});

describe("a nomination without files", () => {
  it("waits for a network where the second part cannot be had, and goes out by itself", async () => {
    const campaign = JSON.parse(await readFile(new URL("../fixtures/campaigns/smallest.json", import.meta.url), "utf8"));
    campaign.tracks[0].rules = [];
    const at = await device();
    const keys = [];
    await at.page.route("**/campaigns/smallest.json", (route) => route.fulfill({ json: campaign }));
    await at.page.route("**/api/nominations", (route) => {
      keys.push(route.request().headers()["idempotency-key"]);
      return route.fulfill({ status: 201, json: { receipt: "1", received_at: "2022-08-18T10:00:00+08:00" } });
    });
    await at.person.open(host.url);
    await at.page.evaluate(() => {
      const element = document.querySelector("nomination-form");
      element.setAttribute("campaign", "/campaigns/smallest.json");
      element.setAttribute("track", "one");
    });
    await at.person.until('.nf[data-state="filling"] [name="name"]');
    at.line = false;
    await at.person.type("name", "娜仁花");
    await at.person.act("submit");
    await at.person.state("waiting");
    assert.match(await at.person.text("#status"), /填写的内容都还在/);
    await kept(at.page);
    assert.equal(keys.length, 0);
    at.line = true;
    await at.person.state("submitted", 60_000);
    assert.equal(keys.length, 1);
    assert.match(await at.person.text(".copy"), /娜仁花/);
    await at.close();
  });
});
