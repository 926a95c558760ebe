// The whole path, written once for every engine: from the empty page over a page that dies in the middle to what the
// host has in the end; over a line that breaks; and where the browser lets nothing be kept.
//
// An engine is `launch({ storage })`, a browser that without `storage` lets pages keep nothing. It gives `version`,
// `close()`, and `visit(url)` for a host nobody has visited: `page`, for a Person to work with; `url`, where that page
// finds the host; `complaints()`, what was thrown, logged as an error or refused by the page's policy; `close()`.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { files, worker, workerWhole } from "./material.mjs";
import { Person } from "./person.mjs";
import { portal } from "./portal.mjs";

const shots = join(dirname(fileURLToPath(import.meta.url)), "shots");
const SLOTS = { photo: "photo", discipline_letter: "letter", notice_material: "notice" };

/** What the host is to have of `worker`, and of the files. */
const ARRIVED = {
  name: "娜仁花",
  sex: { code: "2", name: "女" },
  ethnicity: { code: "02", name: "蒙古族" },
  birth: "1985-12",
  phone: worker.phone,
  deeds: worker.deeds,
  petition_rate: 100,
  violation: false,
  delegate: false,
};
const LAST_ROW = { start: "2008-09", end: null, kind: "work", org: "新城区某某社区居委会", role: "委员、主任", community: true };

/**
 * Registers the tests of the engine `name`. `expected` is what its version has to look like, `trustedTypes` whether it
 * knows them, `needs` the programs it cannot do without.
 */
export function wholePath({ name, expected, launch, trustedTypes, needs = [] }) {
  let browser, paper;

  /** Does `work` in a page of a host that nobody else sends to, and whose storage is empty; nothing is complained of. */
  async function visit(work, { calm = true, device = browser } = {}) {
    const host = await portal();
    let visited;
    try {
      visited = await device.visit(host.url);
      const person = new Person(visited.page);
      const file = (what) => join(shots, `${name.toLowerCase().replace(/\W+/g, "")}-${what}.png`);
      const shot = (what) => visited.page.screenshot({ path: file(what), fullPage: true });
      await person.open(visited.url);
      await work({ ...visited, person, host, shot });
      if (calm) assert.deepEqual(await visited.complaints(), [], "the console has complaints");
    } finally {
      await visited?.close();
      await host.close();
    }
  }

  async function attachAll(person) {
    for (const [slot, file] of Object.entries(SLOTS)) await person.upload(slot, paper[file]);
  }

  /** The host has the nomination once, as it stood in the page, with the files' own bytes. */
  async function arrived(host, receipt, whole) {
    assert.match(receipt, /^NM2022-/);
    assert.equal((await host.nominations()).length, 1);
    const stored = await host.nomination(receipt);
    assert.deepEqual(stored.answers, whole.answers);
    for (const [key, value] of Object.entries(ARRIVED)) assert.deepEqual(stored.answers[key], value, key);
    assert.deepEqual(stored.answers.resume[2], LAST_ROW);
    assert.equal(stored.computed.community_months, 167);
    assert.deepEqual(stored.attachments.map(({ slot }) => slot).sort(), Object.keys(SLOTS).sort());
    for (const { slot, upload, image } of stored.attachments) {
      const bytes = await host.file(upload);
      assert.ok(bytes.equals(await readFile(paper[SLOTS[slot]])), `the host has the bytes of ${slot}`);
      if (slot === "photo") assert.deepEqual(image, { width: 826, height: 1158, background: "blue", colour: true });
    }
  }

  describe(name, { skip: without(name, needs) }, () => {
    before(async () => {
      await mkdir(shots, { recursive: true });
      assert.deepEqual(absent(needs), [], "missing; .ci/tools.sh test brings them");
      paper = await files();
      browser = await launch();
      assert.match(browser.version, expected);
    });
    after(() => browser?.close());

    it("takes a nomination to the host, though the page dies twice on the way", () =>
      visit(async ({ page, person, host, shot }) => {
        await shot("empty");
        const [first, rest] = halves(worker, "resume");
        await person.fill(first);
        // Nothing of the photo gets through before the page dies, so what arrives in the end comes out of the draft.
        await host.faults([], Array(100).fill("503"));
        await person.attach("photo", paper.photo);
        await person.until('[data-field="photo"] [data-upload="waiting"]');
        await kept(page);
        const half = await goingOut(page);
        assert.equal(half.answers.resume.length, worker.resume.length);
        await reload(page, person, "filling");
        assert.deepEqual((await goingOut(page)).answers, half.answers);
        assert.equal(await person.count('[data-field="photo"] [data-upload="done"]'), 0);
        await host.faults([]);
        await person.until('[data-field="photo"] [data-upload="done"]');

        await person.fill(rest);
        await person.upload("discipline_letter", paper.letter);
        await person.upload("notice_material", paper.notice);
        await kept(page);
        await shot("filled");
        const whole = await goingOut(page);
        await reload(page, person, "filling");
        // What has arrived is asked after at the host, and not sent again under another address.
        for (const slot of Object.keys(SLOTS)) await person.until(`[data-field="${slot}"] [data-upload="done"]`);
        assert.deepEqual(await goingOut(page), whole);

        const receipt = await person.send();
        await shot("sent");
        assert.ok((await person.text("#status")).includes(receipt), "the receipt is there to be read");
        await arrived(host, receipt, whole);
        await kept(page);
        await reload(page, person, "submitted");
        assert.equal(await receiptOf(page), receipt);
      }));

    it("sends over a line that breaks, and the host has it once", () =>
      visit(async ({ page, person, host }) => {
        await person.put(workerWhole);
        await host.faults(["close", "late-close"], ["cut", "late-close"]);
        await attachAll(person);
        const whole = await goingOut(page);
        await person.act("submit");
        await person.state("submitted", 90_000);
        await arrived(host, await receiptOf(page), whole);
      }));

    it("says so where nothing can be kept, and sends all the same", async () => {
      const device = await launch({ storage: false });
      await visit(async ({ page, person, host, shot }) => {
        await kept(page, "blocked");
        assert.match(await person.text(".draft__warning"), /浏览器不让保存.*不要关掉.*当场提交/);
        await person.put(workerWhole);
        await attachAll(person);
        assert.equal(await draftOf(page), "blocked");
        await shot("blocked");
        const whole = await goingOut(page);
        await arrived(host, await person.send(), whole);
      }, { device }).finally(() => device.close());
    });

    it("takes what the portal has the browser fetch ahead, and fetches nothing twice", () =>
      visit(async ({ page }) => {
        assert.deepEqual(await page.evaluate(fetchedAhead), ["nm2022.json", "nomination-form.wasm"]);
      }));

    it("would show here what the page's policy refuses and what is thrown", () =>
      visit(async ({ page, person, complaints }) => {
        assert.deepEqual(await complaints(), []);
        assert.equal(await page.evaluate(provoke), trustedTypes ? "TypeError" : "taken");
        const awaited = [/img-src/, /logged on purpose/, /thrown on purpose/, ...(trustedTypes ? [/require-trusted-types-for/] : [])];
        const missing = async () => {
          const found = (await complaints()).join("\n");
          return awaited.filter((complaint) => !complaint.test(found));
        };
        // The browser hears of them a moment later.
        for (const end = Date.now() + 10_000; (await missing()).length > 0 && Date.now() < end;) await person.pause(50);
        assert.deepEqual(await missing(), []);
      }, { calm: false }));

    it("helps on the way: finds, fills in, counts, enlarges, goes step by step, and shows the whole before and after", () =>
      visit(async ({ page, person, shot }) => {
        const answers = async () => (await goingOut(page)).answers;
        const value = async (name) => (await person.find(`[name="${name}"]`)).evaluate((box) => box.value);
        const focused = (name) => page.waitForFunction((name) => {
          const at = document.querySelector("nomination-form").shadowRoot.activeElement;
          return at && (at.name || at.id) === name;
        }, {}, name);

        await (await person.find('[data-find="ethnicity"]')).type("wzb");
        await person.until('[data-action="pick"]');
        await person.press("Enter");
        assert.equal(await value("ethnicity"), "43");

        await (await person.find('[data-field="birth"] [data-action="choose-date"]')).click();
        for (const [at, chosen] of ["1985", "6"].entries()) {
          const list = await person.find(`[data-field="birth"] .lists__part:nth-of-type(${at + 1}) select`);
          await list.evaluate((list, chosen) => {
            list.value = chosen;
            list.dispatchEvent(new Event("change", { bubbles: true }));
          }, chosen);
        }
        assert.equal(await value("birth"), "1985-06");

        await person.answer("resume", [{ start: "2001.9", end: "2004.7", kind: "study" }, { start: "200503", kind: "work" }]);
        await person.until('[data-stretch="gap"][data-first="2004-08"][data-last="2005-02"]');
        await person.act("fill-gap", "resume");
        await focused("resume.1.kind");
        assert.deepEqual((await answers()).resume.map(({ start }) => start), ["2001-09", "2004-08", "2005-03"]);

        await person.put({ deeds: `${"字".repeat(3000)}多出来的话` });
        await person.until(".surplus__text");
        assert.equal(await person.text(".surplus__text"), "多出来的话");
        await person.act("select-surplus");
        await focused("deeds");
        const marked = await person.find('[name="deeds"]');
        assert.equal(await marked.evaluate((box) => box.value.slice(box.selectionStart, box.selectionEnd)), "多出来的话");

        const size = () => page.evaluate(() => getComputedStyle(document.querySelector("nomination-form").shadowRoot.querySelector(".nf")).fontSize);
        assert.equal(await size(), "17px");
        await person.act("text-size");
        assert.equal(await size(), "21px");
        await shot("large");
        await person.act("text-size");
        assert.equal(await size(), "17px");

        const shown = () => page.evaluate(() => {
          const sections = document.querySelector("nomination-form").shadowRoot.querySelectorAll("[data-section]");
          return [...sections].filter((section) => section.offsetParent).map((section) => section.dataset.section);
        });
        await page.evaluate(() => document.querySelector("nomination-form").setAttribute("layout", "steps"));
        await (await person.find('[data-part="person"] [data-action="go-to-part"]')).click();
        await focused("part-0");
        await person.act("next");
        await focused("part-1");
        assert.deepEqual(await shown(), ["resume"]);
        await person.act("previous");
        await focused("part-0");
        assert.deepEqual(await shown(), ["person"]);
        await shot("step");
        await page.evaluate(() => document.querySelector("nomination-form").removeAttribute("layout"));

        await person.put(workerWhole);
        await attachAll(person);
        await person.act("review");
        await focused("review");
        await person.until('.review [data-line="photo"] canvas');
        assert.equal(await person.text('.review [data-line="ethnicity"] .review__words'), "蒙古族");
        await shot("review");
        await (await person.find('[data-action="edit"][data-for="phone"]')).click();
        await focused("phone");
        await person.send();
        await person.until('.copy [data-line="photo"] canvas');
        assert.equal(await person.text('.copy [data-line="name"] .review__words'), workerWhole.name);
      }));
  });
}

/**
 * Why the tests of an engine are left out: its programs are not there, and the machine has no apt that would bring them.
 * Where apt is there, .ci/tools.sh has brought them, and what is missing makes the tests fail.
 */
function without(name, needs) {
  if (absent(needs).length === 0 || existsSync("/usr/bin/apt-get")) return false;
  return `${name} was NOT tested: its programs are not on this machine, and only Debian's apt brings them`;
}

const absent = (programs) => programs.filter((program) => !program || !existsSync(program));

/** The answers up to a key, that included, and those after it. */
function halves(answers, key) {
  const all = Object.entries(answers);
  const middle = all.findIndex(([name]) => name === key) + 1;
  return [all.slice(0, middle), all.slice(middle)].map((half) => Object.fromEntries(half));
}

/** For the page: which wasm and campaigns it has fetched, each as often as it was. */
export function fetchedAhead() {
  const names = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname.split("/").pop());
  return names.filter((name) => /wasm$|json$/.test(name)).sort();
}

/** Waits until where the work is kept is what it should be. */
function kept(page, state = "saved") {
  return page.waitForFunction(
    (state) => document.querySelector("nomination-form").dataset.draft === state,
    {},
    state,
  );
}

/** The page as the system ends and restarts it. */
async function reload(page, person, state) {
  await page.reload();
  await person.state(state);
}

const goingOut = (page) => page.evaluate(() => document.querySelector("nomination-form").toJSON());
const draftOf = (page) => page.evaluate(() => document.querySelector("nomination-form").dataset.draft);
const receiptOf = (page) => page.evaluate(() => document.querySelector("nomination-form").dataset.receipt);

/** Works in the page: does what must not happen there, and gives what became of markup as a string. */
function provoke() {
  new Image().src = "https://nobody.example/picture.png";
  window.console.error("logged on purpose");
  // The page's own promise: of what is thrown in a driver's script, Firefox does not tell the page.
  window.Promise.reject(new Error("thrown on purpose"));
  try {
    document.createElement("p").innerHTML = "<b>markup</b>";
    return "taken";
  } catch (error) {
    return error.name;
  }
}
