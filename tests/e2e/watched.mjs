// A host whose page is watched from within, for WebDriver has no way to a page's console: whatever the host answers goes
// through untouched, but for one script tag more at the head of a page. The page's own policy lets the script in ('self')
// and holds for it as for any other.

import { createServer, request } from "node:http";

/** The address of a stand-in for the host at `target`. `window.complaints` is the console's errors in each page. */
export async function watched(target) {
  const server = createServer((incoming, answer) => {
    if (incoming.url === "/watch.js") {
      answer.setHeader("content-type", "text/javascript");
      answer.end(`(${watch})();`);
      return;
    }
    const { method, headers, url } = incoming;
    // Compressed pages have no head to write in.
    const plain = { ...headers, "accept-encoding": "identity" };
    const passed = request(target + url, { method, headers: plain }, (theirs) => pass(theirs, answer));
    passed.on("error", () => answer.destroy());
    incoming.on("error", () => passed.destroy());
    answer.on("close", () => passed.destroy());
    incoming.pipe(passed);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}

function pass(theirs, answer) {
  theirs.on("error", () => answer.destroy());
  theirs.on("aborted", () => answer.destroy());
  const { "content-length": length, "transfer-encoding": coding, ...headers } = theirs.headers;
  const page = /^text\/html/.test(headers["content-type"] ?? "");
  answer.writeHead(theirs.statusCode, page || length === undefined ? headers : { ...headers, "content-length": length });
  if (!page) {
    theirs.pipe(answer);
    return;
  }
  const pieces = [];
  theirs.on("data", (piece) => pieces.push(piece));
  theirs.on("end", () => {
    answer.end(Buffer.concat(pieces).toString().replace("<head>", '<head><script src="/watch.js"></script>'));
  });
}

/** Works in the page, before any other script of it. */
function watch() {
  const complaints = (window.complaints = []);
  const { error } = console;
  console.error = (...said) => {
    complaints.push(`console.error: ${said.join(" ")}`);
    error.apply(console, said);
  };
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
    complaints.push(`refused: ${effectiveDirective} ${blockedURI}`));
  addEventListener("unhandledrejection", ({ reason }) => complaints.push(`unhandled: ${reason}`));
  // Errors of images, scripts and styles that do not load are not told to the window unless it listens on their way in.
  addEventListener("error", ({ message, target }) =>
    complaints.push(message === undefined ? `not loaded: ${target.src || target.href}` : `error: ${message}`), true);
}
