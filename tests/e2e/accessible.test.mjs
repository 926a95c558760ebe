// What a person gets who uses the keyboard alone or hears the page: roles, names, states and descriptions from the
// browser's accessibility tree, what is announced, and the whole path without a pointer.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { worker } from "./material.mjs";
import { Person } from "./person.mjs";
import { browser, host, paper } from "./scene.mjs";

async function visit({ track } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "zh-CN" });
  const page = await context.newPage();
  const person = new Person(page);
  await person.open(host.url + (track ? `/?track=${track}` : "/"));
  const cdp = await context.newCDPSession(page);
  return {
    page,
    person,
    /** What assistive software is given: role, name, description and states of each node that is not ignored. */
    async tree() {
      const { nodes } = await cdp.send("Accessibility.getFullAXTree");
      return nodes.filter((node) => !node.ignored).map((node) => ({
        role: node.role.value,
        name: node.name?.value ?? "",
        description: node.description?.value ?? "",
        ...Object.fromEntries((node.properties ?? []).map(({ name, value }) => [name, value.value])),
      }));
    },
    close: () => context.close(),
  };
}

describe("in the accessibility tree", () => {
  it("every control has a role and a name, and none has the name of another that is not its like", async () => {
    const { tree, close } = await visit();
    const nodes = await tree();
    const controls = nodes.filter(({ role }) => ["textbox", "combobox", "radio", "checkbox", "button", "link"].includes(role));
    assert.ok(controls.length > 60, `${controls.length}`);
    assert.deepEqual(controls.filter(({ name }) => !name.trim()), []);
    // Two boxes of one name could not be told apart by ear, unless the group around them says whose they are.
    const boxes = controls.filter(({ role }) => role === "textbox").map(({ name }) => name);
    const twice = boxes.filter((name, at) => boxes.indexOf(name) !== at);
    const inRows = ["年度"];
    assert.deepEqual(twice.filter((name) => !inRows.some((part) => name.includes(part))), []);
    await close();
  });

  it("questions with several controls are groups under the question's words, parts have headings, and the list of parts is a landmark", async () => {
    const { tree, close } = await visit();
    const nodes = await tree();
    const has = (role, name) => nodes.some((node) => node.role === role && name.test(node.name));
    for (const [role, name] of [
      ["group", /^性别/],
      ["textbox", /^姓名$/],
      ["combobox", /^民族$/],
      ["group", /^第1条年度考核$/],
      ["navigation", /./],
      ["heading", /最美社区工作者/],
      ["heading", /基本情况$/],
      ["heading", /附件$/],
      ["button", /^提交/],
    ]) {
      assert.ok(has(role, name), `${role} ${name}`);
    }
    const levels = nodes.filter(({ role }) => role === "heading").map(({ level }) => level);
    levels.forEach((level, at) => assert.ok(at === 0 || level <= levels[at - 1] + 1, `headings ${levels}`));
    await close();
  });

  it("a problem makes its control invalid and describes it, and a sent-back form lists what is wrong under a heading", async () => {
    const { page, person, tree, close } = await visit();
    await person.type("phone", "138");
    await person.until('[name="phone"][aria-invalid="true"]');
    const phone = (await tree()).find(({ role, name }) => role === "textbox" && name === "联系电话");
    assert.equal(phone.invalid, "true");
    assert.match(phone.description, /电话|位/);
    await person.act("submit");
    await person.until("#summary a");
    await page.waitForFunction(() => document.querySelector("nomination-form").shadowRoot.activeElement?.id === "summary");
    const summary = (await tree()).find(({ role, name }) => role === "alert" && name);
    assert.ok(summary, "the summary is an alert with a name");
    assert.equal(summary.focused, true);
    await close();
  });
});

describe("aloud", () => {
  it("a problem is said when a box is left, a row when it comes and goes, a file when it is in", async () => {
    const { page, person, close } = await visit();
    await page.evaluate(() => {
      const speaker = document.querySelector("nomination-form").shadowRoot.querySelector(".nf > [aria-live=polite]");
      window.said = [];
      new MutationObserver(() => window.said.push(speaker.textContent)).observe(speaker, { childList: true, characterData: true, subtree: true });
    });
    const said = (words) => page.waitForFunction((words) => window.said.some((line) => line.includes(words)), words);
    await person.type("phone", "138");
    await said("联系电话");
    const before = await person.count('[data-field^="honours."]');
    await person.act("add-row", "honours");
    await said(`第${before + 1}`);
    // The focus is elsewhere while the file arrives.
    await person.attach("discipline_letter", paper.letter);
    await (await person.find('[name="name"]')).focus();
    await said("确认函.pdf");
    assert.equal(await page.evaluate(() => document.querySelector("nomination-form").shadowRoot.activeElement.name), "name");
    await close();
  });
});

describe("with keys alone", () => {
  it("goes from the opening page to the receipt: every box, list, button, row and file", async () => {
    const { page, person, close } = await visit();
    // From now on choosers are ours to answer; asked for only at the first key, the browser would be late.
    page.on("filechooser", () => {});
    const at = () => page.evaluate(() => {
      const root = document.querySelector("nomination-form").shadowRoot;
      const control = root.activeElement;
      if (!control) return { outside: true };
      const { name = "", type = "", value = "", checked = false, dataset, localName } = control;
      const rows = dataset.rows && root.querySelectorAll(`[data-field^="${dataset.rows}."][role=group]`).length;
      return { name, type, value, checked, localName, action: dataset.action, rows: dataset.rows, count: rows };
    });
    const answer = (name) => name.split(".").reduce((part, key) => (part == null ? part : part[key]), worker);
    const filesOf = { photo: paper.photo, discipline_letter: paper.letter, notice_material: paper.notice };
    const done = new Set();
    for (let presses = 0; presses < 700; presses += 1) {
      const here = await at();
      const wanted = here.name ? answer(here.name) : undefined;
      if (here.type === "file" && filesOf[here.name] && !done.has(here.name)) {
        done.add(here.name);
        const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Enter")]);
        await chooser.setFiles(filesOf[here.name]);
        await person.until(`[data-field="${here.name}"] [data-upload="done"]`);
      } else if (here.localName === "select" && wanted !== undefined && here.value !== wanted) {
        for (let tries = 0; tries < 80 && (await at()).value !== wanted; tries += 1) await page.keyboard.press("ArrowDown");
        assert.equal((await at()).value, wanted, here.name);
      } else if (here.type === "radio" && wanted !== undefined) {
        const words = wanted === true ? "yes" : wanted === false ? "no" : wanted;
        if (!here.checked) await page.keyboard.press("Space");
        for (let tries = 0; tries < 5 && (await at()).value !== words; tries += 1) await page.keyboard.press("ArrowDown");
        assert.equal((await at()).value, words, here.name);
      } else if (here.type === "checkbox" && wanted === true && !here.checked) {
        await page.keyboard.press("Space");
      } else if (["text", "textarea"].includes(here.type) && wanted && !done.has(here.name)) {
        done.add(here.name);
        await page.keyboard.press("Control+a");
        await page.keyboard.insertText(wanted);
      } else if (here.action === "add-row" && Array.isArray(worker[here.rows]) && here.count < worker[here.rows].length) {
        await page.keyboard.press("Enter");
        await page.waitForFunction(
          (rows) => document.querySelector("nomination-form").shadowRoot.activeElement?.name?.startsWith(`${rows}.`),
          here.rows,
        );
        continue;
      } else if (here.action === "submit") {
        await page.keyboard.press("Enter");
        await person.state("submitted");
        break;
      }
      await page.keyboard.press("Tab");
    }
    assert.equal(await person.stage(), "submitted");
    const receipt = await page.evaluate(() => document.querySelector("nomination-form").dataset.receipt);
    assert.ok(receipt);
    await close();
  });

  it("a month is chosen from lists, and the box says it", async () => {
    const { page, person, close } = await visit();
    await (await person.find('[name="birth"]')).focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await person.until('[data-field="birth"] [data-action="choose-date"][aria-expanded="true"]');
    await page.keyboard.press("Tab");
    await page.keyboard.type("1985");
    await page.keyboard.press("Tab");
    await page.keyboard.type("6");
    await page.waitForFunction(() => document.querySelector("nomination-form").shadowRoot.querySelector('[name="birth"]').value === "1985-06");
    assert.equal(await page.evaluate(() => document.querySelector("nomination-form").toJSON().answers.birth), "1985-06");
    await close();
  });
});
