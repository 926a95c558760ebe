// Cropping a photo, in a panel inside the form: fetched by the loader when somebody asks for it.
//
// The file that was chosen is only read. What is cut out of it goes the way of every chosen file, and is judged there.

import style from "nf:crop-style";
import { cut, falls, isWhole, placed } from "./geometry.js";
import { TooLarge, decoded } from "./picture.js";
import { stage } from "./stage.js";

/** How far one press moves the picture, as a share of the frame; and how much larger it gets. */
const STEP = 0.04;
const ZOOM = 1.1;
/** Screen readers are told of moves once they have come to rest. */
const REST_MS = 500;

let sheet;
let panels = 0;

/** The longer side of a picture that is only looked at, in pixels. */
const SMALL = 320;

/** Shows a photo in `place`, upright and small, where it can be decoded. */
export async function picture(place, file, name) {
  const opened = await decoded(file);
  const { preview } = opened;
  const scale = Math.min(1, SMALL / Math.max(preview.width, preview.height));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [preview.width, preview.height].map((side) => Math.ceil(side * scale));
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(preview, 0, 0, canvas.width, canvas.height);
  opened.close();
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", name);
  place.append(canvas);
}

/**
 * Has a photo cropped in the element `place` of its slot, which says what is asked. What comes of it is put into the slot's
 * own control, as if a person had chosen it. All that is said stands in `words`: templates, as in the catalogue.
 */
export function crop(place, file, words) {
  const asked = told(place.dataset);
  const control = place.parentNode.querySelector("input[name]");
  const name = place.parentNode.querySelector(".file__name").textContent;
  const root = place.getRootNode();
  dress(root);
  const panel = made("div", "crop__panel", { role: "group", tabindex: "-1" });
  const said = made("p", "visually-hidden", { role: "status" });
  const facts = made("p", "crop__facts");
  const warning = made("p", "crop__warning");
  const trouble = made("p", "crop__warning", { role: "alert" });
  const cancel = button("cancel", words.cancel, () => end());
  const actions = made("div", "crop__actions");
  actions.append(cancel);
  panel.setAttribute("aria-label", words.title);
  const side = made("div", "crop__side");
  side.append(facts, warning, trouble, actions);
  panel.append(made("p", "crop__title", {}, words.title), side, said);
  facts.textContent = words.opening_photo;
  place.textContent = "";
  place.append(panel);
  panel.focus();
  let picture, view, rest, ended;

  /** Whatever hides the slot takes the panel with it. */
  const watch = new MutationObserver(() => {
    if (!root.contains(panel)) close();
  });
  watch.observe(root, { childList: true, subtree: true });
  panel.addEventListener("keydown", (event) => {
    const press = !event.ctrlKey && !event.altKey && !event.metaKey && keys(event);
    if (!press) return;
    event.preventDefault();
    event.stopPropagation();
    press();
  });
  show().catch(() => {
    facts.textContent = "";
    trouble.textContent = words.unreadable;
  });

  async function show() {
    const opened = await decoded(file);
    if (ended) return opened.close();
    picture = opened;
    view = stage(picture, asked, moved);
    panels += 1;
    const help = made("p", "crop__help", { id: `crop-help-${panels}` }, words.help);
    // Assistive software passes the arrow keys on to what is an application of its own.
    const attributes = { role: "application", tabindex: "0", "aria-label": words.stage, "aria-describedby": help.id };
    for (const [name, value] of Object.entries(attributes)) view.canvas.setAttribute(name, value);
    const keys = made("div", "crop__keys");
    keys.append(...Object.entries(moves).map(([name, press]) => button(name, words[name], press)));
    const around = made("div", "crop__around");
    around.append(view.canvas);
    panel.insertBefore(help, side);
    panel.insertBefore(around, side);
    side.prepend(keys);
    actions.prepend(button("apply", words.apply, apply, "primary"));
    const held = root.activeElement === panel || root.activeElement === cancel;
    view.show();
    if (held) view.canvas.focus();
    return undefined;
  }

  const moves = {
    larger: () => view.zoom(ZOOM),
    smaller: () => view.zoom(1 / ZOOM),
    up: () => view.move(0, -STEP),
    down: () => view.move(0, STEP),
    left: () => view.move(-STEP, 0),
    right: () => view.move(STEP, 0),
  };

  /** What a key does; nothing where it is none of ours. */
  function keys({ key, target }) {
    if (key === "Escape") return end;
    if (!view) return undefined;
    // A button that has the focus is pressed by Enter.
    if (key === "Enter") return target === view.canvas || target === panel ? apply : undefined;
    if (key === "+" || key === "=") return moves.larger;
    if (key === "-" || key === "_") return moves.smaller;
    return key.startsWith("Arrow") ? moves[key.slice(5).toLowerCase()] : undefined;
  }

  function moved(frame) {
    const box = cut(frame, picture);
    warning.textContent = warned(box);
    facts.textContent = warning.textContent ? "" : isWhole(box, picture) ? words.whole : filled(words.size, box);
    clearTimeout(rest);
    rest = setTimeout(() => {
      const { across, down } = placed(frame, picture);
      const where = { across: third(across, words.acrosses), down: third(down, words.downs) };
      said.textContent = filled(words.where, { ...where, words: facts.textContent || warning.textContent });
    }, REST_MS);
  }

  function warned(box) {
    if (!falls(box, asked)) return "";
    const { width, height } = box;
    if (asked.exact) {
      const [asked_width, asked_height] = asked.exact;
      return filled(words.other, { width, height, asked_width, asked_height });
    }
    const [least_width, least_height] = asked.least;
    const short = !least_height ? words.short_width : !least_width ? words.short_height : words.short;
    return filled(short, { width, height, least_width, least_height });
  }

  async function apply() {
    const box = cut(view.frame(), picture);
    if (isWhole(box, picture)) return end();
    facts.textContent = words.cutting;
    try {
      const part = await picture.part(box, name);
      return ended ? undefined : end(part);
    } catch (error) {
      facts.textContent = "";
      trouble.textContent = error instanceof TooLarge ? words.too_large : words.unreadable;
      return undefined;
    }
  }

  /** Goes, back to the slot; with a `part` of the photo if one was cut out. */
  function end(part) {
    close();
    if (part) {
      const files = new DataTransfer();
      files.items.add(part);
      control.files = files.files;
      control.dispatchEvent(new Event("change", { bubbles: true }));
    }
    control.closest(".field").scrollIntoView();
    control.focus({ preventScroll: true });
  }

  function close() {
    if (ended) return;
    ended = true;
    watch.disconnect();
    clearTimeout(rest);
    if (view) view.close();
    if (picture) picture.close();
    panel.remove();
  }
}

/** What is asked: `ratios`, whether one of them `fits`, the `least` pixels, and the `exact` ones where there are such. */
function told({ ratios, least, exact, fits }) {
  const pairs = (text) => text.split(" ").map((pair) => pair.split("×").map(Number));
  return { ratios: pairs(ratios), least: pairs(least)[0], exact: exact === undefined ? null : pairs(ratios)[0], fits: fits === "" };
}

/** Gives the form's shadow root the panel's styles. Where sheets cannot be adopted, they are in the file that is linked. */
function dress(root) {
  if (!("adoptedStyleSheets" in root)) return;
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

/** Parts are for hosts to style, as in src/view/part.rs. */
function button(name, text, press, rank) {
  const [className, part] = rank ? [`button button--${rank}`, `button button-${rank}`] : ["button", "button"];
  const element = made("button", className, { type: "button", "data-action": `crop-${name}`, part }, text);
  element.addEventListener("click", press);
  return element;
}

/** A template with what stands in braces filled in. */
function filled(template, values) {
  return template.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
}

/** One of three words, for a share of the way. */
function third(share, names) {
  return names.split(" ")[share < 0.34 ? 0 : share > 0.66 ? 2 : 1] || "";
}

function made(tag, className, attributes = {}, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}
