// Nothing is lost: what is kept on the device, what comes back of it, and what happens where nothing can be kept.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import binaryen from "binaryen";
import { worker, workerWhole } from "./material.mjs";
import { Person } from "./person.mjs";
import { browser, host, paper } from "./scene.mjs";

/** A person's own browser profile, and a page in it. `init` runs in every page before anything else. */
async function device({ path = "/", init, wasm, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 }, locale: "zh-CN", ...options });
  if (wasm) await context.route("**/nomination-form.wasm*", (route) => route.fulfill({ contentType: "application/wasm", body: wasm }));
  if (init) await context.addInitScript(init);
  const open = async (at = path) => {
    const page = await context.newPage();
    const person = new Person(page);
    await person.open(host.url + at);
    return { page, person };
  };
  return { context, open, ...(await open()), close: () => context.close() };
}

/** The shipped wasm, but for the function behind a method of the form, which traps. */
async function trapped(method) {
  const shipped = (name) => fetch(`${host.url}/nf/${name}`);
  const glue = await (await shipped("nomination-form.js")).text();
  // What wasm and glue call each other by is shortened, see .ci/names.mjs.
  const [, name] = glue.match(new RegExp(`\\b${method}\\(\\)\\{[^}]*?\\w\\.(\\w+)\\(\\w+,this\\.__wbg_ptr\\)`));
  const wasm = await (await shipped("nomination-form.wasm")).arrayBuffer();
  const module = binaryen.readBinary(new Uint8Array(wasm));
  const exported = binaryen.getExportInfo(module.getExport(name));
  const { params, results, vars } = binaryen.getFunctionInfo(module.getFunction(exported.value));
  module.removeFunction(exported.value);
  module.addFunction(exported.value, params, results, vars, module.unreachable());
  const bytes = Buffer.from(module.emitBinary());
  module.dispose();
  return bytes;
}

/** Waits until where the work is kept is what it should be. */
function kept(page, state = "saved") {
  return page.waitForFunction((state) => document.querySelector("nomination-form").dataset.draft === state, state);
}

const value = async (person, name) => (await person.find(`[name="${name}"]`)).evaluate((box) => box.value);

/** The page as the system ends and restarts it. */
async function reload(page, person, state = "filling") {
  await page.reload();
  await person.state(state);
}

/** Every record of the database, as far as it can be read without the key. */
function stored(page) {
  return page.evaluate(async () => {
    const database = await new Promise((done, fail) => {
      const asked = indexedDB.open("nomination-form");
      [asked.onsuccess, asked.onerror] = [() => done(asked.result), () => fail(asked.error)];
    });
    const all = {};
    for (const store of database.objectStoreNames) {
      const read = (method) => new Promise((done) => {
        const asked = database.transaction(store).objectStore(store)[method]();
        asked.onsuccess = () => done(asked.result);
      });
      const plain = (part) => {
        if (part instanceof ArrayBuffer) return new TextDecoder("latin1").decode(part);
        if (ArrayBuffer.isView(part)) return new TextDecoder("latin1").decode(part);
        if (part instanceof CryptoKey) return { key: part.type, extractable: part.extractable };
        return Array.isArray(part) ? part.map(plain) : part;
      };
      all[store] = [(await read("getAllKeys")), (await read("getAll")).map(plain)];
    }
    database.close();
    return all;
  });
}

describe("a draft", () => {
  it("comes back after the tab has died: answers, rows, files, and the place where the person was", async () => {
    const { page, person, close } = await device();
    await person.fill(worker);
    await person.upload("photo", paper.photo);
    await person.upload("discipline_letter", paper.letter);
    await (await person.find('[name="resume.1.org"]')).focus();
    await kept(page);
    const before = await page.evaluate(() => document.querySelector("nomination-form").toJSON());
    await reload(page, person);
    assert.match(await person.text(".resumed"), /已恢复2022年8月18日 10:\d\d保存的内容/);
    // The host is asked for each file again.
    for (const slot of ["photo", "discipline_letter"]) await person.until(`[data-field="${slot}"] [data-upload="done"]`);
    assert.deepEqual(await page.evaluate(() => document.querySelector("nomination-form").toJSON()), before);
    assert.equal(await person.count('[data-upload="done"]'), 2);
    await page.waitForFunction(() => {
      const active = document.querySelector("nomination-form").shadowRoot.activeElement;
      return active && active.name === "resume.1.org";
    });
    await person.upload("notice_material", paper.notice);
    const receipt = await person.send();
    // After the receipt nothing but the receipt is left, and it is still there tomorrow.
    await kept(page);
    const { drafts, files: bytes } = await stored(page);
    assert.equal(bytes[0].length, 0, "the files' bytes are gone");
    assert.ok(drafts[1][0].join("").length < 1200, "the draft has shrunk");
    await reload(page, person, "submitted");
    assert.equal(await page.evaluate(() => document.querySelector("nomination-form").dataset.receipt), receipt);
    assert.match(await person.text("#status"), new RegExp(receipt));
    await person.act("new-draft");
    await person.state("filling");
    assert.equal(await value(person, "name"), "");
    await close();
  });

  it("is safe within a second of every change, and holds no plain word", async () => {
    const { page, person, close } = await device();
    const box = await person.find('[name="deeds"]');
    await box.focus();
    await page.keyboard.type("走遍了每一个楼栋", { delay: 30 });
    await page.waitForTimeout(1000);
    const all = JSON.stringify(await stored(page));
    const utf8 = Buffer.from("走遍了", "utf8").toString("latin1");
    for (const word of ["走遍了", utf8, "nm2022", "worker", "deeds", "answers"]) {
      assert.ok(!all.includes(word), `${word} stands in plain`);
    }
    const { keys } = await stored(page);
    assert.deepEqual(keys, [["main"], [{ key: "secret", extractable: false }]]);
    assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 0, ""]);
    await reload(page, person);
    assert.equal(await value(person, "deeds"), "走遍了每一个楼栋");
    await close();
  });

  it("no answer stands in an address, a header, the console, the title or the page around the form", async () => {
    const seen = [];
    const { page, person, close } = await device();
    page.on("request", (request) => {
      const { cookie, referer, ...headers } = request.headers();
      seen.push(decodeURIComponent(request.url()), JSON.stringify(headers), cookie, referer);
      const metadata = headers["upload-metadata"];
      if (metadata) seen.push(...metadata.split(/[ ,]/).map((word) => Buffer.from(word, "base64").toString()));
    });
    page.on("console", (message) => seen.push(message.text()));
    page.on("pageerror", (error) => seen.push(error.stack));
    await person.put(workerWhole);
    await person.upload("photo", paper.photo);
    await person.upload("discipline_letter", paper.letter);
    await person.upload("notice_material", paper.notice);
    await kept(page);
    await reload(page, person);
    await page.evaluate(() => document.querySelector("nomination-form").clearDraft());
    await person.put(workerWhole);
    await host.faults(["500"]);
    await person.act("submit");
    seen.push(await page.title(), page.url());
    seen.push(await page.evaluate(() => {
      const around = document.body.cloneNode(true);
      return around.outerHTML + JSON.stringify(history.state) + window.name;
    }));
    const all = seen.filter(Boolean).join("\n");
    for (const word of [worker.name, worker.id_number, "13800138000", "138 0013 8000", worker.workplace, "二寸照片", "确认函.pdf", "扎根社区"]) {
      assert.ok(!all.includes(word), `${word} got out`);
    }
    await close();
  });

  it("keeps nothing before anything was done", async () => {
    const { page, person, close } = await device();
    await (await person.find('[name="name"]')).focus();
    await page.keyboard.press("Tab");
    await page.waitForTimeout(600);
    assert.equal((await stored(page)).drafts[0].length, 0);
    assert.equal(await page.evaluate(() => document.querySelector("nomination-form").dataset.draft), "none");
    await close();
  });

  it("an upload goes on after a reload from where it was", async () => {
    const { page, person, close } = await device();
    let sent = 0;
    await page.route("**/files/*", async (route) => {
      const body = route.request().postDataBuffer();
      sent += body ? body.length : 0;
      // A slow line, so that there is a middle.
      if (body) await new Promise((later) => setTimeout(later, 400));
      await route.continue().catch(() => {});
    });
    await person.attach("photo", paper.photo);
    await page.waitForFunction(() => /[1-9]\d%/.test(
      (document.querySelector("nomination-form").shadowRoot.querySelector('[data-upload="sending"]') || {}).textContent || ""));
    await kept(page);
    const size = (await readFile(paper.photo)).length;
    await reload(page, person);
    await person.until('[data-field="photo"] [data-upload="done"]', 60_000);
    assert.ok(sent < size * 1.8, `${sent} bytes were sent of a file of ${size}`);
    await close();
  });

  it("pause stops an upload, go on finishes it", async () => {
    const { page, person, close } = await device();
    await page.route("**/files/*", async (route) => {
      if (route.request().postDataBuffer()) await new Promise((later) => setTimeout(later, 300));
      await route.continue().catch(() => {});
    });
    await person.attach("photo", paper.photo);
    await person.until('[data-action="pause-upload"]');
    await person.act("pause-upload");
    await person.until('[data-field="photo"] [data-upload="paused"]');
    await kept(page);
    await reload(page, person);
    await person.until('[data-field="photo"] [data-upload="paused"]');
    await person.act("resume-upload");
    await person.until('[data-field="photo"] [data-upload="done"]', 60_000);
    await close();
  });

  it("there is a list where there are several, and one of them can go", async () => {
    const { page, person, close } = await device();
    await person.type("name", "娜仁花");
    await kept(page);
    await person.act("new-draft");
    await page.waitForFunction(() => document.querySelector("nomination-form").dataset.draft === "none");
    await person.type("name", "苏日娜");
    await kept(page);
    await reload(page, person, "choosing");
    assert.equal(await person.count('[data-action="resume-draft"]'), 2);
    const names = await page.evaluate(() =>
      [...document.querySelector("nomination-form").shadowRoot.querySelectorAll(".drafts__name")].map((name) => name.textContent));
    // Those of one second stand in any order.
    const found = names.map((name) => name.split("：")[0]);
    assert.deepEqual([...found].sort(), ["娜仁花", "苏日娜"].sort());
    await person.act("delete-draft");
    assert.match(await person.text('[data-action="delete-draft"]'), /确定删除/);
    await person.act("delete-draft");
    await page.waitForFunction(() =>
      document.querySelector("nomination-form").shadowRoot.querySelectorAll('[data-action="resume-draft"]').length === 1);
    await person.act("resume-draft");
    await person.state("filling");
    assert.equal(await value(person, "name"), found[1], "the first of the list has gone");
    await close();
  });

  it("clearDraft() lets go of it and begins anew", async () => {
    const { page, person, close } = await device();
    await person.type("name", "娜仁花");
    await kept(page);
    await page.evaluate(() => document.querySelector("nomination-form").clearDraft());
    await person.state("filling");
    assert.equal(await value(person, "name"), "");
    assert.equal((await stored(page)).drafts[0].length, 0);
    await close();
  });

  it("tells the host page where the work is", async () => {
    const { page, person, close } = await device({
      init: () => addEventListener("nf-draft", (event) => (window.told = [...(window.told || []), event.detail.state])),
    });
    await person.type("name", "娜仁花");
    await kept(page);
    const told = await page.evaluate(() => window.told);
    assert.ok(told.includes("saved"), told);
    await close();
  });
});

describe("where nothing may be kept", () => {
  it("on a public computer everything goes at once and nothing is kept after that", async () => {
    const { page, person, close } = await device();
    await person.type("name", "娜仁花");
    await person.attach("photo", paper.photo);
    await person.until('[data-field="photo"] [data-upload="done"]');
    await kept(page);
    await person.act("public-computer");
    await kept(page, "memory");
    await page.waitForFunction(async () => {
      const database = await new Promise((done) => (indexedDB.open("nomination-form").onsuccess = ({ target }) => done(target.result)));
      const count = (store) => new Promise((done) => (database.transaction(store).objectStore(store).count().onsuccess = ({ target }) => done(target.result)));
      const left = (await count("drafts")) + (await count("files"));
      database.close();
      return left === 0;
    });
    await person.type("phone", "13800138000");
    await page.waitForTimeout(800);
    assert.deepEqual((await stored(page)).drafts[0], []);
    assert.match(await person.text(".draft__warning"), /关掉就没有了/);
    // Switched off again, all of it is kept again.
    await person.act("public-computer");
    await kept(page);
    await reload(page, person);
    assert.equal(await value(person, "phone"), "13800138000");
    assert.equal(await person.count('[data-upload="done"]'), 1);
    await close();
  });

  it("a secret wipes what there was, at once", async () => {
    const { page, person, close } = await device({ path: "/?track=jl2023.individual" });
    await person.choose("secret", "no");
    await person.type("name", "娜仁花");
    await kept(page);
    await person.choose("secret", "yes");
    await person.state("stopped");
    await page.waitForTimeout(300);
    assert.deepEqual((await stored(page)).drafts[0], []);
    await page.reload();
    await person.state("filling");
    assert.equal(await person.count('[name="name"]'), 0);
    await close();
  });

  it("draft=memory keeps nothing and says so", async () => {
    const { page, person, close } = await device({
      init: () => addEventListener("DOMContentLoaded", () => {
        for (const tag of document.querySelectorAll("script[data-campaign]")) tag.dataset.draft = "memory";
      }, true),
    });
    await page.evaluate(() => document.querySelector("nomination-form").setAttribute("draft", "memory"));
    await page.evaluate(() => {
      const element = document.querySelector("nomination-form");
      const again = element.cloneNode();
      element.replaceWith(again);
    });
    await person.state("filling");
    await kept(page, "memory");
    await person.type("name", "娜仁花");
    await page.waitForTimeout(600);
    assert.match(await person.text(".draft__warning"), /关掉就没有了/);
    assert.equal(await person.count('[data-action="public-computer"]'), 0);
    // Another form would cost what is written here: that is asked once more.
    await person.act("new-draft");
    assert.match(await person.text('[data-action="new-draft"]'), /没有保存，确定丢弃/);
    assert.equal(await value(person, "name"), "娜仁花");
    await person.act("new-draft");
    await page.waitForFunction(() => {
      const box = document.querySelector("nomination-form").shadowRoot.querySelector('[name="name"]');
      return box && box.value === "";
    });
    const names = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
    for (const name of names) if (name === "nomination-form") assert.deepEqual((await stored(page)).drafts[0], []);
    await close();
  });

  const blocked = [
    ["IndexedDB is missing", () => Object.defineProperty(window, "indexedDB", { value: undefined }), "blocked", /浏览器不让保存/],
    ["opening it fails", () => (IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError"); }), "blocked", /浏览器不让保存/],
    ["opening it never ends", () => (IDBFactory.prototype.open = () => ({ addEventListener() {} })), "blocked", /浏览器不让保存/],
    ["the key cannot be kept", () => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (value, key) {
        if (value instanceof CryptoKey) throw new DOMException("no", "DataCloneError");
        return put.call(this, value, key);
      };
    }, "blocked", /浏览器不让保存/],
    ["there is no secure connection", () => Object.defineProperty(window, "isSecureContext", { value: false }), "insecure", /https/],
  ];
  for (const [what, init, state, words] of blocked) {
    it(`${what}: the form works in memory, says so, and sends`, async () => {
      const { page, person, close } = await device({ init });
      await kept(page, state);
      assert.match(await person.text(".draft__warning"), words);
      await person.put(workerWhole);
      await person.upload("photo", paper.photo);
      await person.upload("discipline_letter", paper.letter);
      await person.upload("notice_material", paper.notice);
      await person.send();
      await close();
    });
  }
});

describe("storage in trouble", () => {
  it("full: said in words, nothing on the screen is lost, and kept once there is room", async () => {
    const { page, person, close } = await device({
      init: () => {
        const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (value, key) {
          const asked = put.call(this, value, key);
          if (window.full && this.name !== "keys") {
            Object.defineProperty(this.transaction, "error", { value: new DOMException("full", "QuotaExceededError") });
            this.transaction.abort();
          }
          return asked;
        };
      },
    });
    await person.type("name", "娜仁花");
    await kept(page);
    await page.evaluate(() => (window.full = true));
    await person.type("phone", "13800138000");
    await kept(page, "full");
    assert.match(await person.text(".draft__warning"), /空间满了/);
    assert.equal(await value(person, "phone"), "13800138000");
    await page.evaluate(() => (window.full = false));
    await page.waitForFunction(() => document.querySelector("nomination-form").dataset.draft === "saved", null, { timeout: 15_000 });
    await reload(page, person);
    assert.equal(await value(person, "phone"), "13800138000");
    await close();
  });

  it("a connection that the system ends is opened again, unseen", async () => {
    const { page, person, close } = await device({
      init: () => {
        const begin = IDBDatabase.prototype.transaction;
        IDBDatabase.prototype.transaction = function (...given) {
          if (window.ended) {
            window.ended -= 1;
            throw new DOMException("The database connection is closing.", "InvalidStateError");
          }
          return begin.apply(this, given);
        };
      },
    });
    await person.type("name", "娜仁花");
    await kept(page);
    await page.evaluate(() => (window.ended = 1));
    await person.type("phone", "13800138000");
    await kept(page);
    assert.equal(await page.evaluate(() => window.ended), 0, "the connection was ended");
    await reload(page, person);
    assert.equal(await value(person, "phone"), "13800138000");
    await close();
  });

  it("a database that is taken away is made again, files and all", async () => {
    const { page, person, close } = await device();
    await person.type("name", "娜仁花");
    await person.upload("photo", paper.photo);
    await person.attach("notice_material", paper.exe);
    await person.until('[data-field="notice_material"] [data-upload="held"]');
    await kept(page);
    await page.evaluate(() => new Promise((done) => (indexedDB.deleteDatabase("nomination-form").onsuccess = done)));
    await person.type("phone", "13800138000");
    await kept(page);
    await page.waitForFunction(async () => {
      const database = await new Promise((done) => (indexedDB.open("nomination-form").onsuccess = ({ target }) => done(target.result)));
      const files = await new Promise((done) => (database.transaction("files").objectStore("files").count().onsuccess = ({ target }) => done(target.result)));
      database.close();
      return files >= 3;
    });
    await reload(page, person);
    assert.equal(await value(person, "name"), "娜仁花");
    assert.equal(await value(person, "phone"), "13800138000");
    assert.equal(await person.count('[data-upload="held"]'), 1);
    await close();
  });

  it("the clock jumping costs nothing", async () => {
    const { page, person, close } = await device();
    await person.type("name", "娜仁花");
    await kept(page);
    for (const now of ["2042-01-01T00:00:00Z", "1980-01-01T00:00:00Z"]) {
      await page.evaluate((now) => (document.querySelector("nomination-form").now = now), now);
      await person.type("phone", now.slice(0, 4));
      await kept(page);
      await reload(page, person);
      assert.equal(await value(person, "phone"), now.slice(0, 4));
    }
    await close();
  });
});

describe("two windows on one draft", () => {
  it("the later one goes on, the earlier one keeps its own: nothing of either is lost", async () => {
    const { page: first, person: one, open, close } = await device();
    await one.type("name", "娜仁花");
    await kept(first);
    const { page: second, person: two } = await open();
    assert.equal(await value(two, "name"), "娜仁花");
    await two.type("phone", "13800138000");
    await kept(second);
    await one.type("workplace", "这边写的单位");
    await kept(first, "elsewhere");
    assert.match(await one.text(".draft__warning"), /另一个窗口/);
    assert.equal(await value(one, "workplace"), "这边写的单位");
    await first.waitForTimeout(800);
    await second.close();
    await reload(first, one, "choosing");
    assert.equal(await one.count('[data-action="resume-draft"]'), 2);
    const found = [];
    for (const at of [0, 1]) {
      const buttons = await first.evaluateHandle(() => document.querySelector("nomination-form").shadowRoot.querySelectorAll('[data-action="resume-draft"]'));
      await buttons.evaluate((all, at) => all[at].click(), at);
      await one.state("filling");
      found.push([await value(one, "phone"), await value(one, "workplace")].join("|"));
      await one.act("drafts");
      await one.state("choosing");
    }
    assert.deepEqual(found.sort(), ["13800138000|", "|这边写的单位"].sort());
    await close();
  });
});

describe("a changed campaign", () => {
  it("keeps what fits, lists what does not with its words, and the person decides", async () => {
    const { page, person, close } = await device();
    await person.put(workerWhole);
    await person.upload("photo", paper.photo);
    await kept(page);
    await page.route("**/campaigns/nm2022.json", async (route) => {
      const response = await route.fetch();
      const campaign = await response.json();
      campaign.revision += 1;
      for (const track of campaign.tracks) {
        for (const section of track.sections) section.fields = section.fields.filter(({ key }) => key !== "position");
        track.summary = track.summary.filter(({ field }) => field !== "position");
        track.rules = track.rules.filter((rule) => !JSON.stringify(rule).includes('"position"'));
      }
      await route.fulfill({ response, body: JSON.stringify(campaign) });
    });
    await reload(page, person);
    assert.match(await person.text(".resumed"), /主办单位修改过这份表/);
    const left = await (await person.find("[data-left-over] textarea")).evaluate((box) => box.value);
    assert.equal(left, worker.position);
    assert.equal(await value(person, "name"), worker.name);
    assert.equal(await person.count('[data-upload="done"]'), 1);
    await kept(page);
    await reload(page, person);
    assert.equal(await person.count("[data-left-over]"), 1, "it stays until the person has decided");
    await person.act("drop-text");
    assert.equal(await person.count("[data-left-over]"), 0);
    await kept(page);
    await reload(page, person);
    assert.equal(await person.count("[data-left-over]"), 0);
    await close();
  });
});

describe("a draft that is taken away", () => {
  it("is one sealed file, and opens on another machine with its passphrase", async () => {
    const { page, person, close } = await device();
    await person.type("name", "娜仁花");
    await person.upload("photo", paper.photo);
    await (await person.find(".parcel summary")).click();
    await (await person.find("#take-away-phrase")).type("短");
    await person.act("take-away");
    assert.match(await person.text(".parcel__said"), /至少8个字符/);
    await (await person.find("#take-away-phrase")).fill("草原 楼栋 送菜 四个词");
    const [download] = await Promise.all([page.waitForEvent("download"), person.act("take-away")]);
    const bytes = await readFile(await download.path());
    assert.equal(bytes.subarray(0, 8).toString(), "NFDRAFT1");
    assert.ok(!bytes.includes(Buffer.from("娜仁花")));
    await close();

    const other = await device();
    await other.person.act("drafts");
    await other.person.state("choosing");
    await (await other.person.find(".parcel summary")).click();
    await (await other.person.find("#bring-in-file")).setInputFiles({
      name: download.suggestedFilename(), mimeType: "application/octet-stream", buffer: bytes,
    });
    await (await other.person.find("#bring-in-phrase")).type("不是这个口令");
    await other.person.act("bring-in");
    await other.page.waitForFunction(() =>
      /口令不对/.test(document.querySelector("nomination-form").shadowRoot.querySelector(".parcel__said").textContent));
    await (await other.person.find("#bring-in-phrase")).fill("草原 楼栋 送菜 四个词");
    await other.person.act("bring-in");
    await other.person.state("filling");
    assert.equal(await value(other.person, "name"), "娜仁花");
    await other.person.until('[data-field="photo"] [data-upload="done"]');
    await kept(other.page);
    await reload(other.page, other.person);
    assert.equal(await value(other.person, "name"), "娜仁花");
    await other.close();
  });
});

describe("sending", () => {
  async function complete(options) {
    const opened = await device(options);
    await opened.person.put(workerWhole);
    await opened.person.upload("photo", paper.photo);
    await opened.person.upload("discipline_letter", paper.letter);
    await opened.person.upload("notice_material", paper.notice);
    return opened;
  }

  it("goes on by itself after a reload, under the same key", async () => {
    const { page, person, close } = await complete();
    const before = (await host.nominations()).length;
    const keys = new Set();
    page.on("request", (request) => {
      if (request.method() === "POST" && request.url().endsWith("/api/nominations")) keys.add(request.headers()["idempotency-key"]);
    });
    await host.faults(["late-close", "late-close", "503", "503"]);
    await person.act("submit");
    await person.state("waiting");
    await kept(page);
    assert.match(await person.text("#status"), /已保存在本机.*下次打开会自动接着提交/);
    await page.reload();
    await person.state("submitted", 60_000);
    assert.equal(keys.size, 1);
    assert.equal((await host.nominations()).length, before + 1);
    await close();
  });

  it("waits for the network, and goes on when it is back", async () => {
    const { page, person, context, close } = await complete();
    await context.setOffline(true);
    await person.act("submit");
    await person.state("waiting");
    assert.match(await person.text("#status"), /等待网络/);
    await context.setOffline(false);
    await person.state("submitted", 10_000);
    await close();
  });

  it("leaves to another window what was gone on with there", async () => {
    const { page, person, context, close } = await complete();
    await context.route("**/api/nominations", (route) => route.abort());
    await person.act("submit");
    await person.state("waiting");
    await kept(page);
    const second = await context.newPage();
    const other = new Person(second);
    await second.goto(host.url);
    await other.state("waiting");
    await other.act("back");
    await other.state("filling");
    await other.type("workplace", "那边改过的单位");
    await kept(second);
    await second.close();
    // What waits here tries again, which is kept first.
    await Promise.all([page.waitForRequest("**/api/nominations"), person.act("try-again")]);
    await person.state("waiting");
    await page.waitForTimeout(1500);
    await reload(page, person);
    assert.equal(await value(person, "workplace"), "那边改过的单位");
    await close();
  });

  it("asked for before the last file is there, it waits for it, also over a reload", async () => {
    const { page, person, close } = await device();
    await person.put(workerWhole);
    await person.upload("photo", paper.photo);
    await person.upload("discipline_letter", paper.letter);
    let hold = true;
    await page.route("**/files/*", async (route) => {
      while (hold && route.request().postDataBuffer()) await new Promise((later) => setTimeout(later, 50));
      await route.continue().catch(() => {});
    });
    await person.attach("notice_material", paper.notice);
    await person.until('[data-field="notice_material"] [data-upload="sending"]');
    await person.act("submit");
    await person.state("sending");
    assert.match(await person.text("#status"), /附件传完后自动提交/);
    await kept(page);
    await page.reload();
    await person.state("sending");
    hold = false;
    await person.state("submitted", 60_000);
    await close();
  });

  it("the session run out: signing in in another tab is enough", async () => {
    const { page, person, context, close } = await complete();
    await host.faults(["401"]);
    await person.act("submit");
    await person.state("waiting");
    assert.match(await person.text("#status"), /另一个窗口重新登录/);
    const elsewhere = await context.newPage();
    await elsewhere.goto(`${host.url}/officer`);
    await elsewhere.close();
    await page.bringToFront();
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    await person.state("submitted", 10_000);
    await close();
  });

  it("going back and sending again is the next edition of the one nomination", async () => {
    const { page, person, close } = await complete();
    const before = (await host.nominations()).length;
    await host.faults(["late-close", "late-close", "503"]);
    await person.act("submit");
    await person.state("waiting");
    await person.act("back");
    await person.state("filling");
    await person.type("workplace", "改过的单位名称");
    const receipt = await person.send();
    assert.equal((await host.nominations()).length, before + 1);
    assert.equal((await host.nomination(receipt)).answers.workplace, "改过的单位名称");
    await close();
  });
});

describe("a crash of the engine", () => {
  it("costs nothing: the form says how to go on, offers the texts, and the draft is there", async () => {
    const { page, person, close } = await device({
      wasm: await trapped("judge"),
      init: () => addEventListener("nf-error", (event) => (window.failure = event.detail.code)),
    });
    // Another form on the same page cannot go on either, and says so.
    await page.evaluate(() => {
      const other = document.querySelector("nomination-form").cloneNode();
      other.id = "other";
      document.querySelector("nomination-form").after(other);
    });
    await page.waitForFunction(() => document.querySelector("#other").dataset.state === "filling");
    await person.type("name", "娜仁花");
    await kept(page);
    await (await person.find('[name="deeds"]')).type("还没来得及保存的一句");
    // Another's wasm that traps is none of ours.
    await page.evaluate(() => {
      const trap = new WebAssembly.Module(new Uint8Array([
        0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 97, 0, 0, 10, 5, 1, 3, 0, 0, 11,
      ]));
      return new Promise((done) => {
        addEventListener("error", () => setTimeout(done), { once: true });
        setTimeout(new WebAssembly.Instance(trap).exports.a);
      });
    });
    assert.equal(await page.evaluate(() => document.querySelector("#other").dataset.state), "filling");
    assert.equal(await page.evaluate(() => window.failure), undefined);
    await page.evaluate(() => setTimeout(() => document.querySelector("nomination-form").judge()));
    await person.state("faulty");
    assert.match(await person.text(".opening"), /保存在本机，刷新网页就能接着填/);
    const texts = await (await person.find("textarea")).evaluate((box) => box.value);
    assert.match(texts, /还没来得及保存的一句/);
    assert.equal(await page.evaluate(() => document.querySelector("#other").dataset.state), "faulty");
    assert.equal(await page.evaluate(() => window.failure), "crashed");
    await person.act("reload");
    await person.state("filling");
    assert.equal(await value(person, "name"), "娜仁花");
    await close();
  });
});
