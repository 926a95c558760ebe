// A bad line between page and host: an HTTP/1.1 proxy that strikes what the page sends, by chance, from a seed.
//
// Only nominations and uploads are struck; page, wasm and campaign pass unharmed. The host sees the address the page
// has (the Host header goes through), so its policy and its `Location`s fit. Every answer closes its connection:
// Chromium quietly repeats a request whose old connection broke, and then the form would never hear of the loss.

import { createServer, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { chance } from "./chance.mjs";

/** What can happen to a request, and how often. */
export const FAULTS = {
  /** Nothing. */
  pass: 60,
  /** It takes 50 to 1500 ms longer. */
  slow: 12,
  /** The connection breaks before the host has heard anything. */
  unsent: 6,
  /** … after half of the body. */
  half: 6,
  /** … after the host has done everything. */
  unanswered: 8,
  /** The host gets it a second time, after one to three later requests. */
  twice: 8,
  /** The connection breaks, and the host gets it after one to three later requests all the same. */
  held: 6,
  /** A gateway's page instead of the host's answer; with 504 the host has done everything. */
  502: 3,
  503: 3,
  504: 3,
  429: 4,
  /** A gateway's sign-in page, with status 200. */
  "sign-in": 3,
};

/** The same of nominations, which are few: each is to be struck, and most often where the host has it already. */
const OF_NOMINATIONS = { ...FAULTS, pass: 12, unanswered: 20, twice: 16, held: 12, 504: 10 };

const PAGE = "<!doctype html><meta charset=utf-8><title>网关</title><p>请先登录，或稍后再试</p>";

/**
 * A line to the host at `target`, calm until `rough()`. `fault(asked)` may choose what happens instead of chance;
 * `uploads` is where uploads go, if not to `target`.
 */
export async function badLine(target, { seed = 1, fault, uploads = target } = {}) {
  // Two, so that which fault comes next does not hang on how fast the host was.
  const [luck, amounts] = [chance(seed), chance(~seed)];
  const choose = fault ?? (({ path }) => luck.draw(path.startsWith("/files") ? FAULTS : OF_NOMINATIONS));
  const log = [];
  /** What the host is yet to get, and after how many more requests. */
  let late = [];
  const underWay = new Set();
  let striking = false;

  const server = createServer((incoming, answer) => {
    serve(incoming, answer).catch(() => incoming.socket.destroy());
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));

  async function serve(incoming, answer) {
    const asked = { method: incoming.method, path: incoming.url, headers: incoming.headers, body: await whole(incoming) };
    const exposed = isSent(asked);
    const chosen = exposed && striking ? String(await choose(asked)) : "pass";
    // Of nothing there is no half.
    const struck = chosen === "half" && asked.body.length < 2 ? "unsent" : chosen;
    const entry = { ...about(asked), fault: struck, at: Date.now(), answers: [] };
    if (exposed) log.push(entry);
    const to = asked.path.startsWith("/files") ? uploads : target;
    /** To the host, whole, and its answer. */
    async function send() {
      const reply = await forward(to, asked);
      entry.answers.push(reply.status);
      return reply;
    }
    await strike(struck, {
      send,
      half: () => forward(to, asked, asked.body.length >> 1),
      cut: () => incoming.socket.destroy(),
      give: ({ status, headers, body }) => answer.writeHead(status, { ...headers, connection: "close" }).end(body),
      later: () => late.push({ after: amounts.between(1, 3), send }),
      pause: () => pause(amounts.between(50, 1500)),
    });
    if (exposed && entry.answers.length > 0) passed();
  }

  /** A request has gone through: what was to come after it is a step nearer. */
  function passed() {
    for (const one of late) one.after -= 1;
    const due = late.filter(({ after }) => after <= 0);
    late = late.filter(({ after }) => after > 0);
    due.forEach(deliver);
  }

  function deliver({ send }) {
    // Its host may be gone by now; nobody waits for this answer.
    const done = send().catch(() => {}).then(() => underWay.delete(done));
    underWay.add(done);
  }

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** What was asked, what struck it, and each status the host gave for it. */
    log,
    rough() {
      striking = true;
    },
    /** No more faults, and nothing left under way. */
    async calm() {
      striking = false;
      late.splice(0).forEach(deliver);
      while (underWay.size > 0) await Promise.all(underWay);
    },
    async close() {
      await this.calm();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function strike(fault, { send, half, cut, give, later, pause }) {
  switch (fault) {
    case "pass":
      return give(await send());
    case "slow":
      await pause();
      return give(await send());
    case "unsent":
      return cut();
    case "half":
      await half();
      return cut();
    case "unanswered":
      await send();
      return cut();
    case "twice":
      give(await send());
      return later();
    case "held":
      cut();
      return later();
    case "sign-in":
      return give(page(200));
    case "504":
      await send();
      return give(page(504));
    case "429":
      return give(page(429, { "retry-after": "1" }));
    default:
      return give(page(Number(fault)));
  }
}

/** How often each fault struck, and how often the host got a nomination again. */
export function tally(log) {
  const struck = {};
  const keys = new Map();
  for (const { fault, key, answers } of log) {
    if (fault !== "pass") struck[fault] = (struck[fault] ?? 0) + 1;
    if (key) keys.set(key, (keys.get(key) ?? 0) + answers.length);
  }
  const repeats = [...keys.values()].reduce((sum, times) => sum + Math.max(0, times - 1), 0);
  return { requests: log.length, struck, repeats };
}

/** Whether the page sends something by it: a nomination, or anything of an upload but looking at it. */
function isSent({ method, path }) {
  return (method === "POST" && path.startsWith("/api/nominations")) || (method !== "GET" && path.startsWith("/files"));
}

/** What the log keeps of a request. */
function about({ method, path, headers, body }) {
  const override = headers["x-http-method-override"];
  const offset = headers["upload-offset"] && Number(headers["upload-offset"]);
  return { method, path, key: headers["idempotency-key"], override, offset, bytes: body.length };
}

function page(status, headers = {}) {
  return { status, headers: { "content-type": "text/html; charset=utf-8", ...headers }, body: PAGE };
}

async function whole(stream) {
  const pieces = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Asks `target` the same; with fewer `bytes` than the body has, the connection breaks after those, unanswered. */
function forward(target, { method, path, headers, body }, bytes = body.length) {
  const { hostname, port } = new URL(target);
  // Whatever came in pieces goes on as a whole.
  const { "transfer-encoding": _, connection: __, ...kept } = headers;
  const length = body.length > 0 ? { "content-length": body.length } : {};
  return new Promise((answered, failed) => {
    const outgoing = request({ hostname, port, method, path, headers: { ...kept, ...length }, agent: false });
    outgoing.on("error", failed);
    outgoing.on("response", (incoming) => {
      const { "transfer-encoding": _, connection: __, "keep-alive": ___, ...headers } = incoming.headers;
      whole(incoming).then((body) => answered({ status: incoming.statusCode, headers, body }), failed);
    });
    if (bytes === body.length) return outgoing.end(body);
    outgoing.flushHeaders();
    return outgoing.write(body.subarray(0, bytes), () => answered(outgoing.destroy()));
  });
}
