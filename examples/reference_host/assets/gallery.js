// What moves in the gallery: answers are put into its forms, parts are shown, events are written down. Everything goes
// through what the element promises to host pages.
"use strict";

const EVENTS = ["ready", "change", "submit", "submitted", "rejected", "draft", "error"].map((name) => `nf-${name}`);
const LOG_LINES = 200;
const forms = Array.from(document.querySelectorAll("nomination-form"));

for (const form of forms) {
  const { shows } = form.dataset;
  const known = ANSWERS[form.getAttribute("track")];
  if (!known || !known[shows]) continue;
  form.initial = known[shows];
  form.addEventListener("nf-ready", () => {
    if (form.getAttribute("track") === "gallery.files") attach(form, shows === "filled");
    if (shows === "problems") stay(form, () => form.submit());
  }, { once: true });
}

/** Does what leads to problems, and leaves the page where it is: nobody has asked for them. */
function stay(form, act) {
  const box = form.closest(".vertical");
  const [top, left] = [scrollY, box ? box.scrollLeft : 0];
  form.addEventListener("focusin", () => {
    form.shadowRoot.activeElement.blur();
    scrollTo(0, top);
    if (box) box.scrollLeft = left;
  }, { once: true });
  act();
}

/** Chooses files as a person would; those that fit, or others. */
async function attach(form, fitting) {
  const photo = fitting ? await picture(413, 579, "#438edb") : await picture(300, 300, "#fff");
  choose(form, "photo", new File([photo], "二寸照片.png", { type: "image/png" }));
  const words = fitting ? "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n" : "not a document";
  choose(form, "letter", new File([words], "确认函.pdf", { type: "application/pdf" }));
  if (!fitting) return;
  choose(form, "honour_copy", new File([words], "荣誉证书.pdf", { type: "application/pdf" }));
  choose(form, "proofs", new File([await picture(640, 480, "#7fa37f")], "工作照.png", { type: "image/png" }));
}

function choose(form, slot, file) {
  const input = form.shadowRoot.querySelector(`input[type=file][name="${slot}"]`);
  if (!input) return;
  const files = new DataTransfer();
  files.items.add(file);
  input.files = files.files;
  input.dispatchEvent(new Event("change"));
}

/** A head and shoulders before a ground. */
function picture(width, height, ground) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const pen = canvas.getContext("2d");
  pen.fillStyle = ground;
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = "#33415c";
  pen.fillRect(width * 0.2, height * 0.72, width * 0.6, height * 0.28);
  pen.fillStyle = "#d9a982";
  pen.beginPath();
  pen.ellipse(width / 2, height * 0.48, width * 0.17, height * 0.2, 0, 0, 7);
  pen.fill();
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

for (const button of document.querySelectorAll("[data-part]")) {
  button.addEventListener("click", () => {
    const { part } = button.dataset;
    const shown = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(shown));
    let count = 0;
    for (const form of forms) {
      form.classList.toggle(`shows-${part}`, shown);
      count += form.shadowRoot ? form.shadowRoot.querySelectorAll(`[part~="${part}"]`).length : 0;
    }
    document.getElementById("marked").textContent = shown ? `${part}：本页有${count}处` : `${part}：不再圈出`;
  });
}

const log = document.getElementById("log");
for (const name of log ? EVENTS : []) {
  document.getElementById("live-events").addEventListener(name, ({ type, detail }) => {
    const line = document.createElement("li");
    // Of a change, the key of the question; of everything else, what there is. Never what was answered.
    line.textContent = type === "nf-change" ? `${type} key=${detail.key}` : `${type} {${Object.keys(detail).join(", ")}}`;
    line.dataset.event = type;
    log.append(line);
    while (log.children.length > LOG_LINES) log.firstChild.remove();
    log.scrollTop = log.scrollHeight;
  });
}

const CALLS = {
  judge: (form) => {
    const verdict = form.judge();
    return verdict ? `ok: ${verdict.ok}；${verdict.problems.map(({ rule, code }) => `${rule} (${code})`).join("，")}` : "undefined";
  },
  toJSON: (form) => `{${Object.keys(form.toJSON() || {}).join(", ")}}`,
  submit: (form) => void form.submit(),
  clearDraft: (form) => void form.clearDraft(),
};
for (const button of document.querySelectorAll("[data-call]")) {
  button.addEventListener("click", () => {
    const said = CALLS[button.dataset.call](document.getElementById("methods"));
    document.getElementById("called").textContent = said === undefined ? `${button.textContent} 已经调用` : said;
  });
}
