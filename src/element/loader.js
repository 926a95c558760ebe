// The custom element <nomination-form>, and the one script tag that places it.
//
// This half is plain JavaScript because it must still speak when WebAssembly is blocked, missing or
// has crashed. It fetches the campaign and the wasm side by side, hands over, and stays out of the
// way. It never writes markup, so it works under Trusted Types, and it touches nothing of the page.

import init, { open, watch } from "nf:glue";
import style from "nf:style";
import { words } from "./words.js";

const script = document.currentScript;
const here = (script && script.src) || document.baseURI;
const OPTIONS = ["campaign", "track", "submit-to", "upload-to", "draft", "lang", "text-size", "now"];
/** One byte more than the engine takes: enough for it to say that the file is too large. */
const CAMPAIGN_BYTES = 1048577;
/** A phone on a bad network may need this long; after that a person wants to be told. */
const PATIENCE_MS = 60000;

const openForms = new Set();
let engine;
let sheet;
let photoTries = 0;

class NominationForm extends HTMLElement {
  static get observedAttributes() {
    return ["campaign", "track", "lang"];
  }

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
    // What a page set on the element before this script ran would hide our properties.
    for (const name of ["initial", "headers", "now"]) {
      if (Object.prototype.hasOwnProperty.call(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
  }

  connectedCallback() {
    openForms.add(this);
    if (!this._place) this._open();
  }

  disconnectedCallback() {
    // A moved element is taken out and put in at once; only one that stays out has come to its end.
    Promise.resolve().then(() => {
      if (!this.isConnected) this._close();
    });
  }

  attributeChangedCallback(name, before, after) {
    if (this._place && before !== after && !this.hasAttribute("data-receipt")) {
      this._close();
      this.connectedCallback();
    }
  }

  /** The host's time, RFC 3339. The browser's own clock where the host gives none. */
  get now() {
    return this._now || this.getAttribute("now") || undefined;
  }

  set now(time) {
    this._now = time === undefined ? undefined : String(time instanceof Date ? time.toISOString() : time);
    if (this._form && this._now) this._form.set_now(this._now);
  }

  /** The verdict of the moment; undefined while no form is shown. */
  judge() {
    return read(this._form && this._form.judge());
  }

  /**
   * The submission as it would go out now; null while a question asked first is unanswered or stops the form, undefined
   * while no form is shown.
   */
  toJSON() {
    return read(this._form && this._form.submission());
  }

  /** Lets go of all that is kept of this nomination, and begins anew. */
  async clearDraft() {
    if (this._form) await this._form.clearDraft();
  }

  /** Does what the button does. */
  submit() {
    if (this._form) this._form.submit();
  }

  async _open() {
    const turn = {};
    this._turn = turn;
    this._place = box("nf");
    this._show("loading", words.loading);
    try {
      const [campaign] = await Promise.all([fetchCampaign(this.getAttribute("campaign")), start(), dress(this.shadowRoot)]);
      if (this._turn !== turn) return;
      if (engine.crashed) throw failure("crashed", words.crashedElsewhere, { reload: true });
      await this._hand(campaign);
    } catch (error) {
      if (this._turn === turn) this._fail(error);
    }
  }

  /** Has the form put in place of the waiting words. */
  async _hand(campaign) {
    const place = box("nf-place");
    place.append(this._place);
    this._put(place);
    // There before anything is shown, so that the host's `nf-ready` can use it.
    this._form = open(this, place, campaign, this.getAttribute("track") || "", {
      lang: this.getAttribute("lang") || "zh-CN",
      initial: JSON.stringify(this.initial || {}),
      now: this.now,
      submitTo: this.getAttribute("submit-to") || "",
      uploadTo: this.getAttribute("upload-to") || "",
      draft: this.getAttribute("draft") || "device",
      last: this._last,
      headers: () => headersOf(this),
      photo,
    });
    await this._form.start();
  }

  _close() {
    openForms.delete(this);
    this._turn = undefined;
    this._place = undefined;
    if (this._form && !engine.crashed) {
      // Put back into the page, it goes on with what it had.
      this._last = this._form.id();
      this._form.close();
    }
    this._form = undefined;
  }

  _fail(error) {
    const failure = error.nf ? error : blocked(error);
    this._show("faulty", failure.words, failure.faults);
    if (failure.again) {
      this._button("try-again", words.tryAgain, () => {
        this._close();
        this.connectedCallback();
      });
    }
    if (failure.reload) this._reload();
    this._tell("nf-error", { code: failure.nf, faults: failure.faults || [] });
  }

  /** Shows words in place of the form. */
  _show(state, text, lines) {
    const place = box("nf");
    place.dataset.state = state;
    const message = box("opening", "p");
    message.setAttribute("role", state === "faulty" ? "alert" : "status");
    message.textContent = text;
    place.append(message);
    if (lines && lines.length) {
      const list = box("faults", "ul");
      for (const { code, pointer, message } of lines) {
        const line = document.createElement("li");
        line.dataset.fault = code;
        line.textContent = `${pointer || "/"}: ${message}`;
        list.append(line);
      }
      place.append(list);
    }
    this.dataset.state = state;
    this._put(place);
  }

  _button(action, text, press) {
    const button = box("button button--primary", "button");
    button.type = "button";
    button.dataset.action = action;
    button.textContent = text;
    button.addEventListener("click", press);
    this._place.append(button);
  }

  /** What crashed starts again only with the page. */
  _reload() {
    this._button("reload", words.reload, () => location.reload());
  }

  _put(place) {
    const root = this.shadowRoot;
    for (const old of root.querySelectorAll(".nf, .nf-place")) old.remove();
    root.append(place);
    this._place = place;
  }

  _tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }
}

function read(json) {
  return typeof json === "string" ? JSON.parse(json) : undefined;
}

function box(className, tag = "div") {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

function failure(nf, text, more) {
  return Object.assign(new Error(nf), { nf, words: text }, more);
}

/** WebAssembly that does not start: missing, forbidden by the page's policy, or not understood. */
function blocked(error) {
  if (typeof WebAssembly !== "object") return failure("wasm-missing", words.wasmMissing);
  // open() throws its faults as a list.
  if (Array.isArray(error)) return failure("campaign-faulty", words.campaignFaulty, { faults: error });
  const refused = error instanceof WebAssembly.CompileError || error instanceof EvalError;
  return refused
    ? failure("wasm-blocked", words.wasmBlocked)
    : failure("not-started", words.notStarted, { again: true });
}

/** Fetches and starts the engine, once for all forms of the page. */
function start() {
  if (typeof WebAssembly !== "object") return Promise.reject(failure("wasm-missing", words.wasmMissing));
  if (!engine) {
    const wasm = new URL(`nomination-form.wasm?v=${NF_WASM_HASH}`, here);
    engine = request(wasm, { credentials: "same-origin" }, "engine-unavailable")
      .then((response) => init({ module_or_path: response }))
      .catch((error) => {
        engine = undefined;
        throw error;
      });
  }
  return engine;
}

async function fetchCampaign(address) {
  if (!address) throw failure("no-campaign", words.noCampaign);
  const url = new URL(address, document.baseURI);
  if (url.protocol !== "https:" && url.protocol !== "http:") throw failure("no-campaign", words.noCampaign);
  const response = await request(url, { credentials: "same-origin" }, "campaign-unavailable");
  const bytes = new Uint8Array(await response.arrayBuffer());
  return bytes.subarray(0, CAMPAIGN_BYTES);
}

async function request(url, options, code) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
  try {
    const response = await fetch(url, Object.assign({ signal: abort.signal }, options));
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return response;
  } catch (error) {
    throw failure(code, words.unreachable, { again: true });
  } finally {
    clearTimeout(timer);
  }
}

/** Has a photo of the form `this` cropped. The script that can is fetched when somebody asks for it. */
async function photo(file, id) {
  const place = this.shadowRoot.querySelector(`[data-crop="${id}"]`);
  if (place.querySelector("[role=group]")) return;
  // Some browsers remember that a module did not come, and never ask for that address again.
  const url = new URL(`nomination-form-photo.js?v=${NF_PHOTO_HASH}&try=${photoTries}`, here).href;
  say(place, "status", words.photoOpening);
  try {
    const { crop } = await import(url);
    crop(place, file);
  } catch (error) {
    photoTries += 1;
    say(place, "alert", words.photoFailed);
  }
}

function say(place, role, text) {
  const line = box("crop__said", "p");
  line.setAttribute("role", role);
  line.textContent = text;
  place.textContent = "";
  place.append(line);
}

/** The host's headers, asked for afresh before each request. */
async function headersOf(element) {
  const given = typeof element.headers === "function" ? await element.headers() : element.headers;
  return given instanceof Headers ? [...given] : Object.entries(given || {});
}

/** Gives a shadow root its styles, without a word of inline style. */
function dress(root) {
  if ("adoptedStyleSheets" in root) {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
    }
    root.adoptedStyleSheets = [sheet];
    return undefined;
  }
  if (root.querySelector("link")) return undefined;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL(`nomination-form.css?v=${NF_CSS_HASH}`, here).href;
  root.append(link);
  // The form is better late than naked; better naked than never.
  return new Promise((done) => {
    link.addEventListener("load", done);
    link.addEventListener("error", done);
  });
}

/** The engine is gone for every form of the page. What was typed last is still in the controls. */
function crashed() {
  if (engine) engine.crashed = true;
  for (const element of openForms) {
    if (!element._turn || element.dataset.state === "faulty") continue;
    const kept = element.dataset.draft === "saved" || element.dataset.draft === "saving";
    const texts = element._form ? textsIn(element.shadowRoot) : "";
    element._turn = element._form = undefined;
    element._show("faulty", kept ? words.crashedKept : texts ? words.crashed : words.crashedElsewhere);
    element._reload();
    if (texts) {
      const copy = box("input input--essay", "textarea");
      copy.readOnly = true;
      copy.rows = 12;
      copy.setAttribute("aria-label", words.yourTexts);
      copy.value = texts;
      element._place.append(copy);
      element._button("copy-text", words.copy, () => {
        copy.select();
        document.execCommand("copy");
      });
    }
    element._tell("nf-error", { code: "crashed", faults: [] });
  }
}

/**
 * A panic is a trap and nothing else, so that no words about it are on the wire: the glue tells of every trap on its
 * way out of our wasm. The page's events stay for what passes it by: stack or memory at their end in the glue itself.
 * Other wasm of the page is none of our business.
 */
watch((error) => {
  if (error instanceof WebAssembly.RuntimeError && engine && !engine.crashed) crashed();
});
addEventListener("error", ({ error }) => trapped(error));
addEventListener("unhandledrejection", ({ reason }) => trapped(reason));

function trapped(error) {
  const ours = typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError;
  // Kernels that do not name the wasm in a stack name the script that called it.
  if (ours && /nomination-form/.test(error.stack || "") && engine && !engine.crashed) crashed();
}

function textsIn(root) {
  const lines = [];
  for (const control of root.querySelectorAll("input[type=text], textarea, select")) {
    const label = root.querySelector(`label[for="${control.id}"] .field__words`);
    if (control.value) lines.push(`${label ? label.textContent : control.name}：${control.value}`);
  }
  return lines.join("\n");
}

/** The element that the script tag asks for, right where the tag stands. */
function place(tag) {
  const element = document.createElement("nomination-form");
  for (const name of OPTIONS) {
    const value = tag.getAttribute(`data-${name}`);
    if (value !== null) element.setAttribute(name, value);
  }
  tag.after(element);
}

if (!customElements.get("nomination-form")) customElements.define("nomination-form", NominationForm);
if (script && script.hasAttribute("data-campaign")) place(script);
