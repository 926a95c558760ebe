// The demo portal with the floor in the component's place: same page, same campaign, same line.

import { readFile } from "node:fs/promises";
import { createServer, request } from "node:http";

const script = await readFile(new URL("form.js", import.meta.url));

/** A server before `host` that puts the hand-written script into its page. */
export async function floorPortal(host) {
  const server = createServer((asked, answer) => {
    if (asked.url === "/floor.js") return answer.setHeader("Content-Type", "text/javascript").end(script);
    const headers = asked.url === "/" ? {} : asked.headers;
    return request(host + asked.url, { headers }, (given) => pass(asked.url, given, answer)).end();
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

async function pass(path, given, answer) {
  if (path !== "/") return given.pipe(answer.writeHead(given.statusCode, given.headers));
  const page = Buffer.concat(await given.toArray()).toString();
  // Its length is another one now.
  delete given.headers["content-length"];
  answer.writeHead(given.statusCode, given.headers);
  return answer.end(page.replace(/<link rel="preload".*wasm.*/, "").replace("/nf/nomination-form.js", "/floor.js"));
}
