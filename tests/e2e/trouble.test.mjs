// Bad input, and hosts in trouble: said in words, nothing lost, and trying again works.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { worker } from "./material.mjs";
import { Person } from "./person.mjs";
import { browser, host, paper } from "./scene.mjs";

async function visit(path = "/") {
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 }, locale: "zh-CN" });
  const page = await context.newPage();
  return { page, person: new Person(page), address: host.url + path, close: () => context.close() };
}

/** A form filled in to the last file. */
async function filled() {
  const visited = await visit();
  await visited.person.open(visited.address);
  await visited.person.fill(worker);
  await visited.person.upload("photo", paper.photo);
  await visited.person.upload("discipline_letter", paper.letter);
  await visited.person.upload("notice_material", paper.notice);
  return visited;
}

describe("a file that will not do", () => {
  const cases = [
    ["a renamed .exe as the photo", "photo", "exe", "photo.format", /程序/],
    ["a picture too small in bytes and pixels", "photo", "small", "photo.bytes", /1,?000,?000|1M/],
    ["an empty file", "discipline_letter", "empty", "attach.bytes:discipline_letter", /空/],
    ["a file of 200 MB", "notice_material", "huge", "attach.bytes:notice_material", /MB/],
  ];
  for (const [what, slot, file, rule, words] of cases) {
    it(`${what} is said in words and not sent; the rest stays as it is`, async () => {
      const { person, address, close } = await visit();
      await person.open(address);
      await person.type("name", "娜仁花");
      await person.attach(slot, paper[file]);
      await person.until(`[data-field="${slot}"] [data-rule="${rule}"]`);
      assert.match(await person.text(`[data-field="${slot}"] [data-rule="${rule}"]`), words);
      await person.until(`[data-field="${slot}"] [data-upload="held"]`);
      assert.equal(await (await person.find("[name=name]")).evaluate((box) => box.value), "娜仁花");
      await person.act("remove-file");
      await person.until(`[data-field="${slot}"] .file__list:empty`);
      await close();
    });
  }

  it("a white ground is a warning, and the photo goes out", async () => {
    const { person, address, close } = await visit();
    await person.open(address);
    await person.upload("photo", paper.white);
    await person.until('[data-field="photo"] [data-rule="photo.background"][data-severity="warn"]');
    await close();
  });
});

describe("a host in trouble", () => {
  for (const fault of ["500", "html", "429"]) {
    it(`${fault}: waits, tries again with the same key, and the nomination is stored once`, async () => {
      const { person, close } = await filled();
      const before = (await host.nominations()).length;
      await host.faults([fault]);
      await person.act("submit");
      await person.state("waiting");
      assert.match(await person.text("#status"), /填写的内容都还在/);
      await person.act("try-again");
      await person.state("submitted");
      assert.equal((await host.nominations()).length, before + 1);
      await close();
    });
  }

  // A browser may repeat a request by itself when its connection is closed under it, so there need be no waiting.
  for (const fault of ["close", "late-close"]) {
    it(`${fault}: the answer is lost, and the nomination is stored once all the same`, async () => {
      const { person, close } = await filled();
      const before = (await host.nominations()).length;
      await host.faults([fault, fault]);
      await person.act("submit");
      await person.state("submitted");
      assert.equal((await host.nominations()).length, before + 1);
      await close();
    });
  }

  it("hang: a host that never answers is waited for no longer than half a minute", async () => {
    const { person, close } = await filled();
    const before = (await host.nominations()).length;
    await host.faults(["hang"]);
    await person.act("submit");
    await person.state("waiting", 45_000);
    await person.act("try-again");
    await person.state("submitted");
    assert.equal((await host.nominations()).length, before + 1);
    await close();
  });

  it("down: waits by itself and sends when the host is back", async () => {
    const { person, close } = await filled();
    const before = (await host.nominations()).length;
    await host.stop();
    await person.act("submit");
    await person.state("waiting");
    await host.start();
    await person.state("submitted", 60_000);
    assert.equal((await host.nominations()).length, before + 1);
    await close();
  });

  it("session run out: asks to sign in again, then goes on", async () => {
    const { person, close } = await filled();
    await host.faults(["401"]);
    await person.act("submit");
    await person.state("waiting");
    assert.match(await person.text("#status"), /重新登录/);
    await person.act("try-again");
    await person.state("submitted");
    await close();
  });

  it("refusing with reasons: each lands on its field, and mending and sending again works", async () => {
    const { page, person, close } = await filled();
    await page.route("**/api/nominations", async (route) => {
      await route.fulfill({
        status: 422,
        contentType: "application/problem+json",
        body: JSON.stringify({
          type: "about:blank", title: "不能收下", status: 422,
          errors: [
            { pointer: "#/answers/workplace", code: "unknown-unit", detail: "名录里没有这个单位，核对全称" },
            { pointer: "/answers/resume/2/org", code: "unknown-unit", detail: "名录里没有这个社区" },
            { pointer: "/attachments/0", code: "upload-missing", detail: "照片没有收到，重新选一次" },
          ],
        }),
      });
    }, { times: 1 });
    await person.act("submit");
    await person.until("#summary a");
    await person.until('[data-field="workplace"] [data-rule="unknown-unit"]');
    await person.until('[data-field="resume.2.org"] [data-rule="unknown-unit"]');
    await person.until('[data-field="photo"] [data-rule="upload-missing"]');
    await person.type("workplace", "呼和浩特市新城区某某社区居委会");
    assert.equal(await person.count('[data-field="workplace"] [data-rule]'), 0);
    await person.send();
    await close();
  });

  it("uploads cut, refused and forgotten by the host arrive all the same", async () => {
    const { person, address, close } = await visit();
    await person.open(address);
    await host.faults([], ["cut", "409", "404"]);
    await person.upload("photo", paper.photo);
    await close();
  });
});

describe("a campaign file with a fault", () => {
  const broken = (change) => async (route) => {
    const response = await route.fetch();
    const campaign = await response.json();
    await route.fulfill({ response, body: JSON.stringify(change(campaign)) });
  };
  const field = (campaign) => campaign.tracks[0].sections[0].fields[0];
  const cases = [
    ["an unknown key", (c) => ({ ...c, titel: "x" }), /titel/],
    ["an unknown field kind", (c) => (Object.assign(field(c), { type: "dropdown" }), c), /dropdown/],
    ["a rule on a missing field", (c) => (c.tracks[0].rules[0].check.id_document.number = "nr", c), /nr/],
    ["markup in a label", (c) => (Object.assign(field(c), { label: "<script>alert(1)</script>" }), c), /markup/],
    ["10 MB", (c) => ({ ...c, notice: "长".repeat(3_500_000) }), /bytes/],
  ];
  for (const [what, change, words] of cases) {
    it(`${what}: names the fault and place, shows nothing half-made, fires nf-error`, async () => {
      const { page, person, address, close } = await visit();
      await page.addInitScript(() => {
        document.addEventListener("nf-error", (event) => (window.failure = event.detail));
      });
      await page.route("**/campaigns/nm2022.json", broken(change));
      await page.goto(address);
      await person.state("faulty");
      assert.match(await person.text(".faults"), words);
      assert.equal(await person.count("input, textarea, select"), 0);
      const detail = await page.evaluate(() => window.failure);
      assert.equal(detail.code, "campaign-faulty");
      assert.ok(detail.faults[0].message);
      await close();
    });
  }

  it("deep nesting: refused before anything recurses", async () => {
    const { page, person, address, close } = await visit();
    await page.route("**/campaigns/nm2022.json", (route) =>
      route.fulfill({ contentType: "application/json", body: "[".repeat(200_000) }));
    await page.goto(address);
    await person.state("faulty");
    assert.match(await person.text(".faults"), /nested/);
    await close();
  });

  it("not there: says so, and trying again works", async () => {
    const { page, person, address, close } = await visit();
    await page.route("**/campaigns/nm2022.json", (route) => route.abort(), { times: 1 });
    await page.goto(address);
    await person.state("faulty");
    await person.act("try-again");
    await person.state("filling");
    await close();
  });
});

describe("a page that lets no WebAssembly run", () => {
  it("gets words instead of an empty place", async () => {
    const { page, person, address, close } = await visit("/?csp=nowasm");
    await page.goto(address);
    await person.state("faulty");
    assert.match(await person.text(".opening"), /安全设置/);
    await close();
  });
});
