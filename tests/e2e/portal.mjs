// The reference host as its own process, on a port and a data folder of its own.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = process.env.REFERENCE_HOST ?? join(root, "target/release/examples/reference_host");

/** A running host. `stop()` ends it; `start()` begins again with the same data, at the same address. */
export async function portal({ now = "2022-08-18T10:00:00+08:00" } = {}) {
  const data = await mkdtemp(join(tmpdir(), "nf-data-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child;

  async function start() {
    child = spawn(program, [], {
      cwd: root,
      env: { ...process.env, PORT: String(port), DATA_DIR: data, NOW: now, NF_DEMO_FAULTS: "1" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    child.stdout.resume();
    await answering(url, child);
  }

  async function stop() {
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((done) => child.once("exit", done));
    child.kill("SIGKILL");
    await gone;
  }

  await start();
  return {
    url,
    start,
    stop,
    /** What the host will do instead of its work, in order: of the posts, and of the uploads. */
    faults: (next, uploads = []) => post(`${url}/demo/faults`, { next, uploads }),
    nominations: () => json(`${url}/api/nominations`),
    nomination: (id) => json(`${url}/api/nominations/${encodeURIComponent(id)}`),
    /** The bytes of an uploaded file, whatever address the page knew it by. */
    async file(upload) {
      const response = await fetch(url + new URL(upload, url).pathname);
      return Buffer.from(await response.arrayBuffer());
    },
    async close() {
      await stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}

async function answering(url, child) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the reference host ended with ${child.exitCode}`);
    try {
      await fetch(`${url}/api/nominations`);
      return;
    } catch {
      await new Promise((again) => setTimeout(again, 50));
    }
  }
  throw new Error("the reference host does not answer");
}

export async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

async function json(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

async function post(url, body) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
}
