// The bad line does to the reference host's requests what it says, and nothing to the page.

import assert from "node:assert/strict";
import { after, afterEach, before, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { portal } from "./portal.mjs";
import { badLine, tally } from "./proxy.mjs";

const TUS = { "Tus-Resumable": "1.0.0" };
const BODY = Buffer.alloc(1000, "x");

let host, line;

before(async () => (host = await portal()));
after(() => host.close());
afterEach(() => line.close());

/** A line on which the faults come in this order, and then none. */
async function struckBy(...faults) {
  line = await badLine(host.url, { fault: () => faults.shift() ?? "pass" });
  line.rough();
}

/** A new upload of 1000 bytes, made past the line. */
async function upload() {
  const made = await fetch(`${host.url}/files`, { method: "POST", headers: { ...TUS, "Upload-Length": "1000" } });
  return made.headers.get("location");
}

const append = (path, offset = 0, body = BODY) => fetch(line.url + path, {
  method: "PATCH",
  headers: { ...TUS, "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" },
  body,
});

const ask = (path, url = line.url) => fetch(url + path, { method: "HEAD", headers: TUS });

/** How many bytes the host has. An append that broke off is written a moment later, so it is asked until then. */
async function arrived(path, bytes) {
  let offset;
  for (let tries = 0; tries < 300 && offset !== bytes; tries += 1) {
    if (tries > 0) await pause(10);
    offset = Number((await ask(path, host.url)).headers.get("upload-offset"));
  }
  assert.equal(offset, bytes);
}

it("leaves the page as it is", async () => {
  line = await badLine(host.url, { fault: () => "unsent" });
  line.rough();
  for (const path of ["/", "/campaigns/nm2022.json", "/api/nominations"]) {
    const [through, straight] = await Promise.all([fetch(line.url + path), fetch(host.url + path)]);
    assert.equal(through.status, straight.status);
    assert.equal(through.headers.get("content-security-policy"), straight.headers.get("content-security-policy"));
    // The page says what time it is.
    const timeless = async (answer) => (await answer.text()).replace(/\d\d:\d\d:\d\dZ?/g, "");
    assert.equal(await timeless(through), await timeless(straight));
  }
  assert.deepEqual(line.log, []);
});

it("unsent: the host hears nothing", async () => {
  const path = await upload();
  await struckBy("unsent");
  await assert.rejects(append(path));
  await arrived(path, 0);
  assert.deepEqual(line.log[0].answers, []);
});

it("half: the host has half of the body", async () => {
  const path = await upload();
  await struckBy("half");
  await assert.rejects(append(path));
  await arrived(path, 500);
});

it("unanswered: the host has all of it, and nobody hears so", async () => {
  const path = await upload();
  await struckBy("unanswered");
  await assert.rejects(append(path));
  await arrived(path, 1000);
  assert.deepEqual(line.log[0].answers, [204]);
});

it("twice: the first is answered, the second comes after later requests", async () => {
  const path = await upload();
  await struckBy("twice");
  assert.equal((await append(path, 0, BODY.subarray(0, 400))).status, 204);
  let status;
  do {
    ({ status } = await append(path, 400, BODY.subarray(400)));
    // On a busy machine the repeat may be under way still.
  } while (status === 423);
  assert.equal(status, 204);
  await line.calm();
  const answers = line.log.map(({ answers }) => answers).filter(([first]) => first !== 423);
  assert.deepEqual(answers, [[204, 409], [204]]);
});

it("held: the connection breaks at once, and the host gets it after a later request", async () => {
  const [early, other] = [await upload(), await upload()];
  await struckBy("held");
  await assert.rejects(append(early));
  await arrived(early, 0);
  assert.equal((await append(other)).status, 204);
  await line.calm();
  await arrived(early, 1000);
  assert.deepEqual(line.log.map(({ answers }) => answers), [[204], [204]]);
});

it("a gateway's answers come instead of the host's; with 504 it has done the work", async () => {
  const path = await upload();
  await struckBy("502", "429", "sign-in", "504");
  for (const status of [502, 429, 200, 504]) {
    await arrived(path, 0);
    const answer = await append(path);
    assert.equal(answer.status, status);
    assert.equal(answer.headers.get("retry-after"), status === 429 ? "1" : null);
    assert.match(await answer.text(), /html/);
  }
  await arrived(path, 1000);
});

it("counts what struck, and what the host got again", async () => {
  await struckBy("unanswered", "twice", "pass");
  const post = () => fetch(`${line.url}/api/nominations`, {
    method: "POST",
    headers: { "Idempotency-Key": "k.1", "Content-Type": "application/json" },
    body: "{}",
  });
  await assert.rejects(post());
  await post();
  await post();
  await line.calm();
  assert.deepEqual(tally(line.log), { requests: 3, struck: { unanswered: 1, twice: 1 }, repeats: 3 });
});

it("the same seed brings the same faults", async () => {
  const kinds = async (seed) => {
    line = await badLine(host.url, { seed });
    line.rough();
    await Promise.all(Array.from({ length: 30 }, () => ask("/files/none").catch(() => {})));
    await line.close();
    return line.log.map(({ fault }) => fault).join();
  };
  assert.equal(await kinds(7), await kinds(7));
  assert.notEqual(await kinds(7), await kinds(8));
});
