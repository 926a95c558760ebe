// Uploads against a server that is not ours: @tus/server with files on its disk, at the portal's own address.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, it } from "node:test";
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";
import { launch } from "./chromium.mjs";
import { pdf } from "./material.mjs";
import { Person } from "./person.mjs";
import { portal } from "./portal.mjs";
import { badLine } from "./proxy.mjs";

const SLOT = "discipline_letter";
/** So large that it goes in several pieces, however much goes out at once on a fast line. */
const LETTER = { name: "确认函.pdf", mimeType: "application/pdf", buffer: pdf("letter", 6_000_000) };

let browser, host, server, line, context;

before(async () => {
  [browser, host, server] = [await launch(), await portal(), await tusServer()];
});
after(async () => {
  await browser.close();
  await host.close();
  await server.close();
});
afterEach(async () => {
  await context.close();
  await line.close();
});

async function tusServer() {
  const folder = await mkdtemp(join(tmpdir(), "nf-tus-"));
  const tus = new Server({ path: "/files", datastore: new FileStore({ directory: folder }) });
  const http = createServer((request, response) => {
    // The protocol has this header, @tus/server 2 does not read it: a portal behind such a gateway does so for it.
    request.method = request.headers["x-http-method-override"] ?? request.method;
    tus.handle(request, response);
  });
  await new Promise((listening) => http.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${http.address().port}`,
    /** The bytes of an upload, and what is known of it. */
    bytes: (url) => join(folder, url.split("/").at(-1)),
    known: (url) => join(folder, `${url.split("/").at(-1)}.json`),
    async close() {
      http.closeAllConnections();
      await new Promise((closed) => http.close(closed));
      await rm(folder, { recursive: true });
    },
  };
}

/** A person who opens the portal; `fault` says what becomes of each request of an upload. */
async function visit(fault = () => "pass") {
  line = await badLine(host.url, { uploads: server.url, fault });
  line.rough();
  context = await browser.newContext({ locale: "zh-CN" });
  const person = new Person(await context.newPage());
  await person.open(line.url);
  return person;
}

/** Strikes the pieces of uploads by number, from 1. */
function pieces(strike) {
  let number = 0;
  return async (asked) => (meant(asked) === "PATCH" && (await strike((number += 1), asked))) || "pass";
}

const meant = ({ method, headers, override = headers?.["x-http-method-override"] }) => override ?? method;

/** What was asked of the server, in a word each. */
const asked = () => line.log.map(meant);

/** The pieces that were sent, whether they arrived or not. */
const sent = () => line.log.filter((entry) => meant(entry) === "PATCH");

/** What was sent is the file from `start` to its end, each byte once. */
function contiguous(pieces, start = 0) {
  const end = pieces.reduce((offset, piece) => {
    assert.equal(piece.offset, offset);
    return offset + piece.bytes;
  }, start);
  assert.equal(end, LETTER.buffer.length);
}

/** The letter lies on the server's disk, byte for byte. */
async function arrived(person) {
  const [{ upload, sha256 }] = await person.page.evaluate(() => document.querySelector("nomination-form").toJSON().attachments);
  const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");
  assert.equal(sha256, digest(LETTER.buffer));
  assert.equal(digest(await readFile(server.bytes(upload))), sha256);
}

it("a file arrives whole, each byte sent once", async () => {
  const person = await visit();
  await person.upload(SLOT, LETTER);
  await arrived(person);
  contiguous(sent());
  assert.deepEqual(asked(), ["POST", ...sent().map(meant)]);
});

it("a piece cut in the middle: asks how far it got and goes on from there", async () => {
  const person = await visit(pieces((number) => number === 3 && "half"));
  await person.upload(SLOT, LETTER);
  await arrived(person);
  const [cut, next] = sent().slice(2);
  assert.deepEqual(asked().slice(0, 6), ["POST", "PATCH", "PATCH", "PATCH", "HEAD", "PATCH"]);
  assert.ok(next.offset >= cut.offset && next.offset <= cut.offset + cut.bytes, `${next.offset} after ${cut.offset}`);
  contiguous(sent().slice(3), next.offset);
});

it("the answer to the last piece is lost: asks, and sends nothing again", async () => {
  const person = await visit(pieces((_, { headers, body }) =>
    Number(headers["upload-offset"]) + body.length === LETTER.buffer.length && "unanswered"));
  await person.upload(SLOT, LETTER);
  await arrived(person);
  contiguous(sent());
  assert.deepEqual(asked(), ["POST", ...sent().map(meant), "HEAD"]);
});

for (const [what, gone] of [["all of it", ["bytes", "known"]], ["its bytes alone", ["bytes"]]]) {
  it(`an upload that vanished from the server's disk, ${what}, begins anew`, async () => {
    const person = await visit(pieces(async (number, { path }) => {
      if (number === 3) for (const part of gone) await rm(server[part](path));
    }));
    await person.upload(SLOT, LETTER);
    await arrived(person);
    assert.deepEqual(asked().slice(0, 6), ["POST", "PATCH", "PATCH", "PATCH", "POST", "PATCH"]);
    contiguous(sent().slice(3));
  });
}

it("a page reloaded in the middle goes on where the upload was", async () => {
  let third, reloaded;
  const reached = new Promise((resolve) => (third = resolve));
  const over = new Promise((resolve) => (reloaded = resolve));
  const person = await visit(pieces(async (number) => {
    if (number !== 3) return undefined;
    third();
    await over;
    return "unsent";
  }));
  await person.attach(SLOT, LETTER);
  await reached;
  await person.until('[data-draft="saved"]');
  await person.page.reload();
  reloaded();
  await person.until(`[data-field="${SLOT}"] [data-upload="done"]`);
  await arrived(person);
  assert.deepEqual(asked().slice(0, 6), ["POST", "PATCH", "PATCH", "PATCH", "HEAD", "PATCH"]);
  contiguous(sent().slice(3), sent()[2].offset);
});

it("a gateway that refuses PATCH and HEAD is got past with POST", async () => {
  let lost = false;
  const person = await visit(({ method, headers }) => {
    if (["PATCH", "HEAD", "DELETE"].includes(method)) return "405";
    // So that there is something to ask for.
    if (!lost && Number(headers["upload-offset"]) > 0) return (lost = true) && "unanswered";
    return "pass";
  });
  await person.upload(SLOT, LETTER);
  await arrived(person);
  const refused = line.log.filter(({ fault }) => fault === "405").map(({ method }) => method);
  assert.ok(refused.length <= 2, `asked in vain: ${refused}`);
  const tunnelled = line.log.filter(({ override }) => override);
  assert.ok(tunnelled.every(({ method }) => method === "POST"));
  assert.ok(tunnelled.some(({ override }) => override === "HEAD") && tunnelled.some(({ override }) => override === "PATCH"));
});

it("an upload taken back under way is removed from the server's disk", async () => {
  let third, removed;
  const reached = new Promise((resolve) => (third = resolve));
  const over = new Promise((resolve) => (removed = resolve));
  let path;
  const person = await visit(pieces(async (number, asked) => {
    if (number !== 3) return;
    path = asked.path;
    third();
    await over;
  }));
  await person.attach(SLOT, LETTER);
  await reached;
  await person.act("remove-file");
  removed();
  const taken = ({ method, answers }) => method === "DELETE" && answers[0] === 204;
  for (let tries = 0; tries < 300 && !line.log.some(taken); tries += 1) await person.pause(50);
  await assert.rejects(stat(server.bytes(path)), { code: "ENOENT" });
});
