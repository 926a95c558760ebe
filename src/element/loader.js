// The custom element <nomination-form>, and the one script tag that places it.
//
// This half is plain JavaScript because it must still speak when WebAssembly is blocked, missing or
// has crashed. It fetches the campaign and the wasm side by side, hands over, and stays out of the
// way. It never writes markup, so it works under Trusted Types, and it touches nothing of the page.

import init, { open, watch } from "nf:glue";
import style from "nf:style";
import { fetchAhead, fetchedBy } from "./later.js";
import { tell } from "./tell.js";
import { bytesOf } from "../browser/body.js";
import words from "../words/loader.zh-CN.json";

const script = document.currentScript;
const here = (script && script.src) || document.baseURI;
const OPTIONS = [
  "campaign", "track", "submit-to", "upload-to", "draft", "lang", "words", "mode", "layout", "text-size", "theme", "now",
];
/** One byte more than the engine takes: enough for it to say that the file is too large. */
const CAMPAIGN_BYTES = 1048577;
/** A phone on a bad network may need this long; after that a person wants to be told. */
const PATIENCE_MS = 60000;
/** Other words than ours are not worth as much: after that the form opens without them. */
const WORDS_PATIENCE_MS = 10000;
/** The largest catalogue, and the longest text in one, that the engine takes. */
const WORDS_BYTES = 131072;
const WORD_BYTES = 2000;
/** The languages with a catalogue beside this script, each with its hash. zh-CN is in the engine. */
const LANGUAGES = NF_LANGUAGES;

/** How long after the first answer the second part of the engine is fetched: filling in goes first. */
const AHEAD_MS = 3000;

/** Where the wish for larger text is kept. Nothing else of ours is in this storage. */
const TEXT_SIZE = "nomination-form.text-size";

const openForms = new Set();
let engine;
let sheet;
let photoTries = 0;

class NominationForm extends HTMLElement {
  static get observedAttributes() {
    return ["campaign", "track", "lang", "words", "mode", "text-size"];
  }

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
    // Whoever has begun will need what sending takes; and a file that is chosen is read as soon as that is there.
    this.addEventListener("nf-change", () => setTimeout(fetchAhead, AHEAD_MS), { once: true });
    this.shadowRoot.addEventListener("click", ({ target }) => target.type === "file" && fetchAhead());
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
    if (!this.hasAttribute("text-size") && remembered(TEXT_SIZE)) this.setAttribute("text-size", "large");
    if (!this._place) this._open();
  }

  disconnectedCallback() {
    // A moved element is taken out and put in at once; only one that stays out has come to its end.
    Promise.resolve().then(() => {
      if (!this.isConnected) this._close();
    });
  }

  attributeChangedCallback(name, before, after) {
    if (name === "text-size") return this._sized();
    if (name === "mode") return this._form && this._form.show(after === "review");
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
    // First of all, for these take the longest.
    const fetched = [fetchCampaign(this.getAttribute("campaign")), start()];
    this._place = box("nf");
    this._words = words;
    // Until the language asked for is there, nothing is said in another.
    this._show("loading", /^zh/i.test(this._lang) ? words.loader_loading : "…");
    const speaking = this._speak(turn);
    try {
      const [campaign, , catalogues] = await Promise.all([...fetched, speaking, dress(this.shadowRoot)]);
      if (this._turn !== turn) return;
      if (engine.crashed) throw failure("crashed", "loader_crashed_elsewhere", { reload: true });
      await this._hand(campaign, catalogues);
    } catch (error) {
      await speaking;
      if (this._turn === turn) this._fail(error);
    }
  }

  get _lang() {
    return this.getAttribute("lang") || "zh-CN";
  }

  /** Fetches the words of the language and the host's own; gives both, as far as they can be had. */
  async _speak(turn) {
    const lang = this._lang.split("-")[0].toLowerCase();
    const hash = Object.prototype.hasOwnProperty.call(LANGUAGES, lang) && LANGUAGES[lang];
    const language = hash && new URL(`nomination-form.${lang}.json?v=${hash}`, here);
    const catalogues = await Promise.all([language, this.getAttribute("words")].map(fetchWords));
    if (this._turn === turn) {
      this._words = catalogues.reduce(laidOver, words);
      this._place.firstChild.textContent = this._words.loader_loading;
    }
    return catalogues;
  }

  /** Has the form put in place of the waiting words. */
  async _hand(campaign, [language, own]) {
    const place = box("nf-place");
    const held = this.shadowRoot.activeElement;
    place.append(this._place);
    this._put(place, held);
    // There before anything is shown, so that the host's `nf-ready` can use it.
    this._form = open(this, place, campaign, this.getAttribute("track") || "", {
      lang: this._lang,
      language,
      words: own,
      initial: JSON.stringify(this.initial || {}),
      now: this.now,
      submitTo: this.getAttribute("submit-to") || "",
      uploadTo: this.getAttribute("upload-to") || "",
      mode: this.getAttribute("mode") || "fill",
      draft: this.getAttribute("draft") || "device",
      last: this._last,
      headers: () => headersOf(this),
      print: (paper) => print(paper, this.shadowRoot),
      textSize: () => this._resize(),
      crop: (asked) => crop(this.shadowRoot, asked),
      picture: (asked) => picture(asked),
    });
    await this._form.start().catch(() => {
      throw failure("engine-unavailable", "loader_unreachable", { again: true });
    });
    this._sized();
  }

  /** Larger text, or the usual again; at the next visit as well. */
  _resize() {
    const large = this.getAttribute("text-size") !== "large";
    if (large) this.setAttribute("text-size", "large");
    else this.removeAttribute("text-size");
    remember(TEXT_SIZE, large ? "large" : "");
  }

  /** Has the switch say which text there is. */
  _sized() {
    const control = this.shadowRoot.querySelector("[data-action=text-size]");
    if (control) control.setAttribute("aria-pressed", this.getAttribute("text-size") === "large");
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
    this._show("faulty", this._words[failure.words], failure.faults);
    if (failure.again) {
      this._button("try-again", this._words.loader_try_again, () => {
        this._close();
        this.connectedCallback();
      });
    }
    if (failure.reload) this._reload();
    tell(this, "error", { code: failure.nf, faults: failure.faults || [] });
  }

  /** Shows words in place of the form. */
  _show(state, text, lines) {
    const place = box("nf", "div", "form");
    place.lang = this._lang;
    place.dataset.state = state;
    const message = box("opening", "p", "status");
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
    const button = box("button button--primary", "button", "button button-primary");
    button.type = "button";
    button.dataset.action = action;
    button.textContent = text;
    button.addEventListener("click", press);
    this._place.append(button);
  }

  /** What crashed starts again only with the page. */
  _reload() {
    this._button("reload", this._words.loader_reload, () => location.reload());
  }

  /** Says why something cannot be done for want of the second part of the engine; says it no longer without a key of words. */
  _want(words) {
    const said = this.shadowRoot.querySelector(".wanting");
    if (said) said.remove();
    // Until there is a form, the element says itself what is wrong.
    if (!words || !this._form || !this._form.id()) return;
    const line = box("wanting", "p");
    line.setAttribute("role", "alert");
    line.textContent = this._words[words];
    this._place.append(line);
  }

  _put(place, held = this.shadowRoot.activeElement) {
    const root = this.shadowRoot;
    for (const old of root.querySelectorAll(".nf, .nf-place")) old.remove();
    root.append(place);
    this._place = place;
    if (held) {
      // What had the focus is gone; whoever was there goes on from here.
      place.tabIndex = -1;
      place.focus();
    }
  }

  /** Tells the style sheet how much of the page can be seen: a phone's keyboard covers the rest. */
  _fit({ height, offsetTop }) {
    if (!this._place) return;
    this._place.style.setProperty("--seen", `${height}px`);
    this._place.style.setProperty("--seen-top", `${offsetTop}px`);
  }
}

function read(json) {
  return typeof json === "string" ? JSON.parse(json) : undefined;
}

/** Parts are for hosts to style; the view's own list of them is in src/view/part.rs. */
function box(className, tag = "div", part = "") {
  const element = document.createElement(tag);
  element.className = className;
  if (part) element.setAttribute("part", part);
  return element;
}

/** `words` is the key of what is said of it. */
function failure(nf, words, more) {
  return Object.assign(new Error(nf), { nf, words }, more);
}

/** WebAssembly that does not start: missing, forbidden by the page's policy, or not understood. */
function blocked(error) {
  if (typeof WebAssembly !== "object") return failure("wasm-missing", "loader_wasm_missing");
  // open() throws its faults as a list.
  if (Array.isArray(error)) return failure("campaign-faulty", "loader_campaign_faulty", { faults: error });
  const refused = error instanceof WebAssembly.CompileError || error instanceof EvalError;
  return refused
    ? failure("wasm-blocked", "loader_wasm_blocked")
    : failure("not-started", "loader_not_started", { again: true });
}

/** Fetches and starts the engine, once for all forms of the page. */
function start() {
  if (typeof WebAssembly !== "object") return Promise.reject(failure("wasm-missing", "loader_wasm_missing"));
  if (!engine) {
    const wasm = new URL(`nomination-form.wasm?v=${NF_WASM_HASH}`, here);
    engine = request(wasm, "engine-unavailable")
      .then((response) => init({ module_or_path: response }))
      .catch((error) => {
        engine = undefined;
        throw error;
      });
  }
  return engine;
}

/**
 * Fetches the second part of the engine, which filling in does not take. While it cannot be had, every form says so; it
 * is asked for again by itself, or when the person does again what asks for it.
 */
fetchedBy(async (put, quiet) => {
  const url = new URL(`nomination-form-later.wasm?v=${NF_LATER_HASH}`, here);
  let words = "loader_wanting";
  try {
    const bytes = await request(url, "engine-unavailable", (response) => response.arrayBuffer());
    // What is there by now and does not fit, goes with another edition of this script.
    words = "loader_outdated";
    await put(bytes);
    words = undefined;
  } finally {
    if (!words || !quiet) openForms.forEach((element) => element._want(words));
  }
});

async function fetchCampaign(address) {
  const url = address && webAddress(address);
  if (!url) throw failure("no-campaign", "loader_no_campaign");
  return request(url, "campaign-unavailable", (response) => bytesOf(response, CAMPAIGN_BYTES));
}

/** A catalogue's text; nothing where there is none, or none in time. The form opens all the same. */
async function fetchWords(address) {
  try {
    const url = address && webAddress(address);
    if (!url) return undefined;
    const late = new Promise((done) => setTimeout(done, WORDS_PATIENCE_MS));
    const fetched = request(url, "words-unavailable", (response) => bytesOf(response, WORDS_BYTES + 1));
    const bytes = await Promise.race([fetched, late]);
    return bytes && bytes.length <= WORDS_BYTES ? new TextDecoder().decode(bytes) : undefined;
  } catch (error) {
    return undefined;
  }
}

/** The words `below` with those of a catalogue over them: it may be anybody's, so only texts for keys of ours. */
function laidOver(below, text) {
  let own;
  try {
    own = Object(JSON.parse(text));
  } catch (error) {
    return below;
  }
  const all = {};
  for (const key of Object.keys(below)) {
    const usable = typeof own[key] === "string" && own[key].trim() && own[key].length <= WORD_BYTES;
    all[key] = usable ? own[key] : below[key];
  }
  return all;
}

function webAddress(address) {
  const url = new URL(address, document.baseURI);
  return url.protocol === "https:" || url.protocol === "http:" ? url : undefined;
}

/**
 * Fetches what is ours to read. From the page's own origin just as `<link rel="preload" as="fetch">` does: only so does
 * every engine take what the page has had fetched ahead (WebKit does not with `cors`, where its preload alone sends an
 * Origin). What is not read to its end in time counts as not had.
 */
async function request(url, code, read = (response) => response) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
  const get = (mode, credentials) => fetch(url, { mode, credentials, signal: abort.signal });
  const plain = () => get("cors", "same-origin");
  try {
    let response = await (url.origin === location.origin ? get("no-cors", "include") : plain());
    // Led on to another origin, which wants to be asked otherwise.
    if (response.type === "opaque") response = await plain();
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return await read(response);
  } catch (error) {
    throw failure(code, "loader_unreachable", { again: true });
  } finally {
    clearTimeout(timer);
  }
}

/** Has a photo of a form cropped, with those words. The script that can is fetched when somebody asks for it. */
async function crop(root, [file, id, words]) {
  const place = root.querySelector(`[data-crop="${id}"]`);
  if (place.querySelector("[role=group]")) return;
  say(place, "status", words.opening);
  try {
    const panel = await photoScript();
    panel.crop(place, file, words);
  } catch (error) {
    say(place, "alert", words.unavailable);
  }
}

/** Shows a photo in a place. Where it does not come, its name stands there anyway. */
async function picture([file, place, name]) {
  try {
    const panel = await photoScript();
    await panel.picture(place, file, name);
  } catch (error) {
    place.remove();
  }
}

/** What crops and shows photos. Some browsers remember that a module did not come, and never ask for that address again. */
async function photoScript() {
  try {
    return await import(new URL(`nomination-form-photo.js?v=${NF_PHOTO_HASH}&try=${photoTries}`, here).href);
  } catch (error) {
    photoTries += 1;
    throw error;
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

/**
 * Prints what an element of the form holds, and nothing of the page around it: in a frame of its own, with a style that
 * is fetched only now.
 */
function print(paper, root) {
  const frame = document.createElement("iframe");
  frame.className = "visually-hidden";
  frame.setAttribute("aria-hidden", "true");
  frame.tabIndex = -1;
  frame.addEventListener("load", () => {
    const page = frame.contentDocument;
    if (page.body.firstChild) return;
    const style = page.createElement("link");
    style.rel = "stylesheet";
    style.href = new URL(`nomination-form-print.css?v=${NF_CSS_HASH}`, here).href;
    const go = () => {
      frame.contentWindow.addEventListener("afterprint", () => setTimeout(() => frame.remove()));
      frame.contentWindow.print();
    };
    style.addEventListener("load", go);
    style.addEventListener("error", go);
    page.documentElement.lang = paper.closest("[lang]").lang;
    page.head.append(style);
    const copy = page.importNode(paper, true);
    // A canvas is copied without what is drawn on it.
    const drawn = paper.querySelectorAll("canvas");
    copy.querySelectorAll("canvas").forEach((canvas, at) => canvas.getContext("2d").drawImage(drawn[at], 0, 0));
    page.body.append(copy);
  });
  root.append(frame);
}

function remember(name, value) {
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch (blocked) {
    // It lasts as long as the page, then.
  }
}

function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch (blocked) {
    return null;
  }
}

/** The engine is gone for every form of the page. What was typed last is still in the controls. */
function crashed() {
  if (engine) engine.crashed = true;
  for (const element of openForms) {
    if (!element._turn || element.dataset.state === "faulty") continue;
    const kept = element.dataset.draft === "saved" || element.dataset.draft === "saving";
    const words = element._words;
    const texts = element._form ? textsIn(element.shadowRoot, words.loader_line) : "";
    element._turn = element._form = undefined;
    const inside = element.shadowRoot.activeElement;
    element._show("faulty", words[kept ? "loader_crashed_kept" : texts ? "loader_crashed" : "loader_crashed_elsewhere"]);
    element._reload();
    if (texts) {
      const copy = box("input input--essay", "textarea", "input");
      copy.readOnly = true;
      copy.rows = 12;
      copy.setAttribute("aria-label", words.loader_your_texts);
      copy.value = texts;
      element._place.append(copy);
      element._button("copy-text", words.loader_copy, () => {
        copy.select();
        document.execCommand("copy");
      });
    }
    if (inside) element._place.querySelector("button").focus();
    tell(element, "error", { code: "crashed", faults: [] });
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

function textsIn(root, line) {
  const lines = [];
  for (const control of root.querySelectorAll("[name], .input--verified")) {
    const around = control.closest(".field");
    const label = around && around.querySelector(".field__words");
    const title = control.closest(".row") && control.closest(".row").querySelector(".row__title");
    const what = [title, label].filter(Boolean).map((one) => one.textContent).join(" ");
    const words = wordsOf(control);
    if (words) lines.push(line.replace(/\{(what|words)\}/g, (all, name) => ({ what, words })[name]));
  }
  return lines.join("\n");
}

/** What a person has answered in a control, in the words they see; nothing where that is nothing. */
function wordsOf(control) {
  const { type, value, checked, selectedOptions, parentNode } = control;
  if (type === "radio" || type === "checkbox") {
    const words = parentNode.querySelector(".radio__words");
    return checked && (words ? words.textContent : "✓");
  }
  if (selectedOptions) return value && selectedOptions[0].textContent;
  return type === "file" ? "" : value || (control.name ? "" : control.textContent);
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

const { visualViewport } = window;
if (visualViewport) {
  const fit = () => openForms.forEach((element) => element._fit(visualViewport));
  for (const event of ["resize", "scroll"]) visualViewport.addEventListener(event, fit);
}

if (!customElements.get("nomination-form")) customElements.define("nomination-form", NominationForm);
if (script && script.hasAttribute("data-campaign")) place(script);
