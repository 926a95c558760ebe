// The photo: what is asked of it, and how it is cropped, by keyboard, by mouse and by hand.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { cut, largest, moved, zoomed } from "../../src/element/photo/geometry.js";
import { findings } from "./axe.mjs";
import { launch } from "./chromium.mjs";
import { started as launchOld } from "./chromium79.mjs";
import { png } from "./material.mjs";
import { Person } from "./person.mjs";
import { portal } from "./portal.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const shots = join(here, "shots");
const maker = process.env.PICTURES ?? join(here, "../../target/release/examples/pictures");
const script = "nomination-form-photo.js";

const twoInch = { formats: ["jpeg", "png"], ratios: [[35, 49], [35, 53]], min_width: 413, min_height: 579, background: "blue", colour: true };
/** A campaign that asks for a photo and for nothing else. */
const campaign = (photo) => ({
  format: "campaign/1",
  id: "nm2022",
  revision: 1,
  title: "照片",
  reference_date: "2022-08-20",
  deadline: "2022-08-20",
  tracks: [
    {
      id: "nm2022.worker",
      title: "照片",
      form: "附件1",
      sections: [{ id: "photo", title: "照片", fields: [{ key: "photo", label: "2寸照片", type: { photo }, source: "inferred" }] }],
    },
  ],
});

/** A picture whose every pixel says where it is: red across, green down, in steps of `step`. */
const square = { width: 1200, height: 1200, step: 5 };
const ratio = 35 / 49;

let browser, host, folder, eye;

before(async () => {
  await mkdir(shots, { recursive: true });
  folder = await mkdtemp(join(tmpdir(), "nf-photo-"));
  execFileSync(maker, [folder]);
  await writeFile(picture("square.png"), png(square.width, square.height, (x, y) => [x / square.step, y / square.step, 200]));
  await writeFile(picture("fits.png"), png(700, 980, (x, y) => [67, 142, 100 + ((x * y) % 120)]));
  await writeFile(picture("little.png"), png(500, 500, (x) => [67, 142, 219 - (x % 9)]));
  [browser, host] = [await launch(), await portal()];
  eye = await (await browser.newContext()).newPage();
});
after(async () => {
  await browser.close();
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

const picture = (name) => join(folder, name);
const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** A form that asks for a photo. `complaints` are the page's own. */
async function visit({ photo = twoInch, width = 1280, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: "zh-CN", ...options });
  const page = await context.newPage();
  const [asked, complaints] = [[], []];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  if (photo) await page.route("**/campaigns/*.json", (route) => route.fulfill({ json: campaign(photo) }));
  const person = new Person(page);
  await person.open(host.url);
  return {
    page,
    person,
    complaints,
    fetched: () => asked.filter((path) => path.endsWith(script)).length,
    close: () => context.close(),
    shot: (name) => page.screenshot({ path: join(shots, `photo-${name}-${width}.png`), fullPage: true }),
  };
}

/** Chooses a photo and waits until it is with the host. */
async function chosen(person, name) {
  await person.upload("photo", picture(name));
  return attachment(person.page);
}

/** Opens the panel, by a press or by the keyboard. */
async function opened(person, { keyboard = false } = {}) {
  if (keyboard) {
    await (await person.find('[data-action="crop-photo"]')).focus();
    await person.press("Enter");
  } else {
    await person.act("crop-photo");
  }
  await person.until("canvas");
}

/** Waits until the moves have come to rest, and screen readers are told where the frame lies. */
async function atRest(page) {
  await page.waitForFunction(() =>
    document.querySelector("nomination-form").shadowRoot.querySelector(".crop__panel [role=status]").textContent.startsWith("框在照片的"));
}

/** The photo as it would be sent. */
function attachment(page) {
  return page.evaluate(() => document.querySelector("nomination-form").toJSON().attachments[0]);
}

/** The photo that took the place of the one with that digest, and the host's bytes of it. */
async function cropped(page, former) {
  const arrived = (sha256) => {
    const [photo] = document.querySelector("nomination-form").toJSON().attachments;
    return Boolean(photo) && photo.sha256 !== sha256 && photo.upload !== "";
  };
  const person = new Person(page);
  await page.waitForFunction(arrived, ...person.args({}, former.sha256)).catch(async (error) => {
    throw new Error(`no cropped photo arrived: ${await person.problems()} ${await person.text(".file")}\n${error.message}`);
  });
  const photo = await attachment(page);
  const bytes = await host.file(photo.upload);
  assert.equal(digest(bytes), photo.sha256);
  return { photo, bytes };
}

/** The size of a picture and the colours of some of its pixels, seen by a page of nobody's. */
function seen(bytes, points) {
  return eye.evaluate(async ([base64, points]) => {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
    const context = canvas.getContext("2d");
    context.drawImage(bitmap, 0, 0);
    const colours = points.map(([x, y]) => [...context.getImageData(x, y, 1, 1).data].slice(0, 3));
    return { width: bitmap.width, height: bitmap.height, colours };
  }, [bytes.toString("base64"), points]);
}

/** Whether the host's bytes are this part of the square, pixel by pixel. */
async function isPart(bytes, box) {
  const [right, bottom] = [box.width - 1, box.height - 1];
  const { width, height, colours } = await seen(bytes, [[0, 0], [right, 0], [0, bottom], [right, bottom]]);
  const colour = (x, y) => [Math.floor((box.x + x) / square.step), Math.floor((box.y + y) / square.step), 200];
  assert.deepEqual([width, height], [box.width, box.height]);
  assert.deepEqual(colours, [colour(0, 0), colour(right, 0), colour(0, bottom), colour(right, bottom)]);
}

/** The name of the control that has the focus. */
const focused = (page) =>
  page.evaluate(() => {
    const { activeElement } = document.querySelector("nomination-form").shadowRoot;
    return activeElement && (activeElement.name || activeElement.dataset.action || activeElement.localName);
  });

/** The marks of the points, and their words. */
const points = (page) =>
  page.evaluate(() => {
    const lines = document.querySelector("nomination-form").shadowRoot.querySelectorAll(".checks__list li");
    return [...lines].map((line) => [line.dataset.check, line.dataset.mark, line.textContent]);
  });

describe("what is asked of a photo", () => {
  it("is listed before one is chosen, and judged point by point after", async () => {
    const { page, person, shot, close } = await visit({ photo: { ...twoInch, min_bytes: 1_000_000, safe_bytes: 1_048_576, reminders: ["正面、半身、免冠"] } });
    assert.deepEqual(await points(page), [
      ["format", "open", "格式：JPEG或PNG"],
      ["bytes", "open", "大小：1MB以上，20MB以内"],
      ["ratio", "open", "宽高比例：35×49或35×53"],
      ["pixels", "open", "像素：413×579以上"],
      ["background", "open", "底色：蓝底"],
      ["colour", "open", "色彩：彩色"],
      [undefined, undefined, "自己核对：正面、半身、免冠"],
    ]);
    assert.equal(await person.text(".checks__title"), "照片要求");
    await shot("asked");
    await person.attach("photo", picture("white.jpg"));
    await person.until('[data-upload="held"]');
    const words = "微信会压缩照片，发送时选“原图”，或用数据线、邮箱传";
    const [format, bytes, ...others] = await points(page);
    assert.deepEqual(format, ["format", "fits", "符合格式：JPEG，要求JPEG或PNG"]);
    assert.equal(bytes[1], "wrong");
    assert.match(bytes[2], new RegExp(`^不符合大小：[\\d.]+KB，要求1MB以上，20MB以内${words}$`));
    assert.deepEqual(others, [
      ["ratio", "fits", "符合宽高比例：35×49或35×53"],
      ["pixels", "fits", "符合像素：413×579像素，要求413×579以上"],
      ["background", "doubtful", "可能不符合底色：白底，要求蓝底"],
      ["colour", "fits", "符合色彩：彩色"],
      [undefined, undefined, "自己核对：正面、半身、免冠"],
    ]);
    assert.equal(await person.text(".checks__title"), "照片要求：有要核对的");
    await shot("judged");
    // The marks are the engine's: each that is not kept has its problem.
    const found = (await person.problems()).sort();
    assert.deepEqual(found, ["error photo.bytes", "warn photo.background"]);
    await close();
  });

  it("says of a photo that fits that it does, and of one that is none that nothing was seen", async () => {
    const { page, person, close } = await visit();
    await chosen(person, "blue.png");
    assert.deepEqual((await points(page)).map(([, mark]) => mark), Array(6).fill("fits"));
    assert.equal(await person.text(".checks__title"), "照片要求：都符合");
    await writeFile(picture("none.jpg"), Buffer.from("%PDF-1.4\n%".padEnd(3000, "x")));
    await person.attach("photo", picture("none.jpg"));
    await person.until('[data-upload="held"]');
    const marks = (await points(page)).map(([name, mark]) => `${name} ${mark}`);
    assert.deepEqual(marks, ["format wrong", "bytes fits", "ratio unseen", "pixels unseen", "background unseen", "colour unseen"]);
    assert.equal(await person.count('[data-action="crop-photo"]'), 0);
    await close();
  });

  it("offers the camera where the pointer is a finger, beside a chooser that bears the slot's name alone", async () => {
    for (const [hasTouch, display] of [[false, "none"], [true, "inline-flex"]]) {
      const { page, person, close } = await visit({ hasTouch, isMobile: hasTouch });
      assert.equal(await person.count('[name="photo"]'), 1);
      const camera = await person.find(".button--camera");
      assert.equal(await camera.evaluate((label) => getComputedStyle(label).display), display);
      const input = await person.find('.button--camera input[type=file][capture="environment"][accept="image/*"]');
      assert.equal(await input.evaluate((input) => input.name), "");
      if (hasTouch) {
        await input.setInputFiles(picture("blue.png"));
        await person.until('[data-upload="done"]');
        assert.equal((await attachment(page)).slot, "photo");
      }
      await close();
    }
  });
});

describe("cropping", () => {
  it("is fetched when it is asked for, goes by the keyboard alone, and is kept like any photo", async () => {
    const { page, person, complaints, fetched, close } = await visit();
    await person.attach("photo", picture("square.png"));
    await person.until('[data-upload="held"]');
    const former = await attachment(page);
    assert.equal(fetched(), 0);
    await opened(person, { keyboard: true });
    assert.equal(fetched(), 1);
    assert.equal(await focused(page), "canvas");
    for (const key of ["ArrowRight", "ArrowRight", "+", "=", "+", "-", "ArrowUp", "ArrowLeft", "a"]) await page.keyboard.press(key);
    let frame = largest(square, ratio);
    const move = (right, down) => (frame = moved(frame, square, -right * 0.04 * frame.width, -down * 0.04 * frame.height));
    const zoom = (factor) => (frame = zoomed(frame, square, factor));
    [move(1, 0), move(1, 0), zoom(1.1), zoom(1.1), zoom(1.1), zoom(1 / 1.1), move(0, -1), move(-1, 0)];
    const box = cut(frame, square);
    assert.equal(await person.text(".crop__facts"), `裁出来${box.width}×${box.height}像素`);
    await atRest(page);
    await page.keyboard.press("Enter");
    const { photo, bytes } = await cropped(page, former);
    await isPart(bytes, box);
    assert.deepEqual([photo.name, photo.format, photo.slot], ["square.png", "png", "photo"]);
    assert.equal(await person.count(".crop__panel"), 0);
    await page.waitForFunction(() => document.querySelector("nomination-form").shadowRoot.activeElement?.name === "photo");
    // It is the draft's photo now.
    await page.waitForFunction(() => document.querySelector("nomination-form").dataset.draft === "saved");
    await page.reload();
    await person.state("filling");
    await person.until('[data-upload="done"]');
    assert.equal((await attachment(page)).sha256, photo.sha256);
    assert.equal(fetched(), 1);
    assert.deepEqual(complaints, []);
    await close();
  });

  it("goes by the mouse, and by buttons", async () => {
    const { page, person, close } = await visit();
    await person.attach("photo", picture("square.png"));
    await person.until('[data-upload="held"]');
    const former = await attachment(page);
    await opened(person);
    for (const action of ["larger", "larger", "smaller", "larger", "left", "down"]) await person.act(`crop-${action}`);
    let frame = largest(square, ratio);
    for (const factor of [1.1, 1.1, 1 / 1.1, 1.1]) frame = zoomed(frame, square, factor);
    frame = moved(frame, square, 0.04 * frame.width, 0);
    frame = moved(frame, square, 0, -0.04 * frame.height);
    const canvas = await person.find("canvas");
    await canvas.scrollIntoViewIfNeeded();
    const { x, y, width } = await canvas.boundingBox();
    await page.mouse.move(x + 100, y + 100);
    await page.mouse.down();
    await page.mouse.move(x + 130, y + 110, { steps: 4 });
    await page.mouse.up();
    await page.mouse.move(x + 10, y + 10);
    // The frame is 800 of the canvas' own pixels high, and the canvas 720 wide.
    const pixel = (frame.height / 800) * (720 / width);
    const box = cut(moved(frame, square, -30 * pixel, -10 * pixel), square);
    assert.equal(await person.text(".crop__facts"), `裁出来${box.width}×${box.height}像素`);
    await person.act("crop-apply");
    const { bytes } = await cropped(page, former);
    await isPart(bytes, box);
    await close();
  });

  it("goes by hand: one finger moves, two magnify", async () => {
    const { page, person, close } = await visit({ hasTouch: true, isMobile: true, width: 375 });
    await person.attach("photo", picture("square.png"));
    await person.until('[data-upload="held"]');
    const former = await attachment(page);
    await (await person.find('[data-action="crop-photo"]')).tap();
    await person.until("canvas");
    const canvas = await person.find("canvas");
    await canvas.scrollIntoViewIfNeeded();
    const { x, y, width, height } = await canvas.boundingBox();
    const [across, down] = [x + width / 2, y + height / 2];
    const session = await page.context().newCDPSession(page);
    const touch = (type, ...points) =>
      session.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });
    await touch("touchStart", [across - 30, down], [across + 30, down]);
    await touch("touchMove", [across - 45, down], [across + 45, down]);
    await touch("touchMove", [across - 60, down], [across + 60, down]);
    await touch("touchEnd");
    let frame = zoomed(largest(square, ratio), square, 2);
    const pixel = (frame.height / 800) * (720 / width);
    await touch("touchStart", [across, down]);
    await touch("touchMove", [across + 20, down + 30]);
    await touch("touchEnd");
    frame = moved(frame, square, -20 * pixel, -30 * pixel);
    await atRest(page);
    // The browser takes a tap right after a quick drag for the end of that; a person taps once more.
    for (let taps = 0; taps < 3 && (await person.count('[data-action="crop-apply"]')) > 0; taps += 1) {
      await (await person.find('[data-action="crop-apply"]')).tap();
      await person.until('[data-field="photo"]:not(:has(canvas))', 2000).catch(() => {});
    }
    const { bytes } = await cropped(page, former);
    const box = cut(frame, square);
    const { width: is_wide, height: is_high, colours: [[red, green]] } = await seen(bytes, [[0, 0]]);
    assert.ok(Math.abs(is_wide / is_high / ratio - 1) < 0.01, `${is_wide}×${is_high}`);
    // The browser hands on fractions of a finger's way; a step of the picture's colours is five pixels.
    assert.ok(Math.abs(is_wide - box.width) < 10, `${is_wide} for ${box.width}`);
    assert.ok(Math.abs(red * 5 - box.x) < 15 && Math.abs(green * 5 - box.y) < 15, `${red * 5},${green * 5} for ${box.x},${box.y}`);
    await close();
  });

  it("leaves a photo alone that fits, and one whose cropping is given up", async () => {
    const { page, person, close } = await visit();
    const former = await chosen(person, "fits.png");
    const uploads = [];
    page.on("request", (request) => request.method() === "POST" && uploads.push(request.url()));
    await opened(person);
    assert.equal(await person.text(".crop__facts"), "整张照片都在框里，不用裁剪");
    await person.act("crop-apply");
    for (const give_up of [() => person.press("Escape"), () => person.act("crop-cancel")]) {
      await page.waitForFunction(() => document.querySelector("nomination-form").shadowRoot.activeElement?.name === "photo");
      assert.equal(await person.count(".crop__panel"), 0);
      await opened(person);
      await person.act("crop-larger");
      await give_up();
    }
    await page.waitForFunction(() => document.querySelector("nomination-form").shadowRoot.activeElement?.name === "photo");
    const photo = await attachment(page);
    assert.equal(photo.sha256, digest(await readFile(picture("fits.png"))));
    assert.deepEqual([photo.upload, uploads], [former.upload, []]);
    assert.equal(digest(await host.file(photo.upload)), photo.sha256);
    await close();
  });

  it("warns before the cut has too few pixels", async () => {
    const { person, close } = await visit();
    await person.attach("photo", picture("little.png"));
    await person.until('[data-upload="held"]');
    await opened(person);
    assert.equal(await person.text(".crop__warning"), "裁出来只有357×500像素，通知要求413×579以上，换一张更大的");
    await close();
  });

  it("ends with the photo it is of", async () => {
    const { page, person, complaints, close } = await visit();
    await person.attach("photo", picture("square.png"));
    await person.until('[data-upload="held"]');
    await opened(person);
    await person.attach("photo", picture("blue.png"));
    await person.until('[data-upload="done"]');
    assert.equal(await person.count(".crop__panel"), 0);
    assert.equal((await attachment(page)).name, "blue.png");
    assert.deepEqual(complaints, []);
    await close();
  });

  it("is said in words where its script does not come, and comes the next time", async () => {
    const { page, person, fetched, close } = await visit();
    await chosen(person, "fits.png");
    await page.route(`**/${script}*`, (route) => route.abort());
    await person.act("crop-photo");
    await person.until('.crop [role="alert"]');
    assert.equal(await person.text('.crop [role="alert"]'), "没有打开，照片还在。检查网络后再点一次");
    assert.equal((await attachment(page)).name, "fits.png");
    await page.unroute(`**/${script}*`);
    await opened(person);
    assert.equal(fetched(), 2);
    assert.equal(await person.count('.crop [role="alert"]:not(:empty)'), 0);
    await close();
  });

  for (const name of ["turned-2.jpg", "turned-6.jpg", "turned-7.jpg"]) {
    it(`keeps ${name} the right way up`, async () => {
      const { page, person, close } = await visit({ photo: { ...twoInch, ratios: [[1, 1]], min_height: 400 } });
      await turned(page, person, name);
      await close();
    });
  }

  it("works in Chromium 79", async () => {
    const old = await launchOld();
    const page = await old.newPage();
    const asked = JSON.stringify(campaign({ ...twoInch, ratios: [[1, 1]], min_height: 400 }));
    await page.setRequestInterception(true);
    page.on("request", (request) =>
      /\/campaigns\/.*\.json/.test(request.url()) ? request.respond({ contentType: "application/json", body: asked }) : request.continue());
    const person = new Person(page);
    await person.open(host.url);
    await turned(page, person, "turned-6.jpg");
    await old.close();
  });
});

/** Crops a picture that is stored turned, blue above and red below. The square begins above the middle. */
async function turned(page, person, name) {
  await person.attach("photo", picture(name));
  await person.until('[data-upload="held"]');
  const former = await attachment(page);
  await opened(person);
  await person.act("crop-apply");
  const { photo, bytes } = await cropped(page, former);
  assert.deepEqual([photo.format, photo.name, photo.image.background], ["jpeg", name, "blue"]);
  const box = cut(largest({ width: 413, height: 579 }, 1), { width: 413, height: 579 });
  // Blue ends at line 300 of the upright picture.
  const edge = 300 - box.y;
  const { width, height, colours } = await seen(bytes, [[200, edge - 12], [200, edge + 12], [5, 5], [407, 407]]);
  assert.deepEqual([width, height], [413, 413]);
  const kinds = colours.map(([red, , blue]) => (blue > red ? "blue" : "red"));
  assert.deepEqual(kinds, ["blue", "red", "blue", "red"]);
}

for (const [width, size] of [[320, ""], [320, "large"], [1280, ""]]) {
  it(`fits ${width} px ${size}, is large enough for a thumb, and leaves axe nothing to say`, async () => {
    const { page, person, shot, close } = await visit({ width });
    if (size) await page.evaluate((size) => document.querySelector("nomination-form").setAttribute("text-size", size), size);
    await person.attach("photo", picture("little.png"));
    await person.until('[data-upload="held"]');
    await opened(person);
    await shot(`panel${size}`);
    assert.deepEqual(await findings(page), []);
    const { scroll, small } = await page.evaluate((least) => {
      const root = document.querySelector("nomination-form").shadowRoot;
      const targets = [...root.querySelectorAll(".file button, .file label.button")].filter((target) => target.getClientRects().length);
      const sizes = targets.map((target) => [target.textContent.trim(), target.getBoundingClientRect()]);
      const small = sizes.filter(([, { width, height }]) => width < 44 || height < least).map(([name, { width, height }]) => [name, width, height]);
      const outside = [...root.querySelectorAll(".crop__panel *")].filter((part) => part.getBoundingClientRect().right > innerWidth).length;
      return { scroll: Math.max(outside, document.documentElement.scrollWidth - innerWidth), small };
    }, size ? 60 : 44);
    assert.ok(scroll <= 0, `${scroll} px too wide`);
    assert.deepEqual(small, []);
    await close();
  });
}

