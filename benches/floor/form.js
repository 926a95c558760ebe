// The floor: the least that somebody would write by hand for one campaign file. It draws the questions of a track, counts
// what is typed and says what is missing. It keeps nothing, sends nothing and knows no rule but "must be answered".

const tag = document.currentScript;

fetch(tag.dataset.campaign)
  .then((response) => response.json())
  .then((campaign) => {
    const track = campaign.tracks.find(({ id }) => id === tag.dataset.track);
    const form = make("form", { noValidate: true });
    for (const { title, fields } of track.sections) {
      const section = make("fieldset", {}, make("legend", { textContent: words(title) }));
      section.append(...fields.map(question));
      form.append(section);
    }
    tag.after(form);
  });

function question(field) {
  const kind = typeof field.type === "string" ? field.type : Object.keys(field.type)[0];
  const settings = Object(field.type[kind]);
  const label = make("label", { textContent: words(field.label), htmlFor: field.key });
  if (settings.fields) return make("fieldset", {}, make("legend", { textContent: words(field.label) }), ...settings.fields.map(question));
  const [count, problem] = [make("output"), make("output")];
  const control = box(kind, settings);
  control.id = control.name = field.key;
  control.addEventListener("input", () => {
    count.textContent = `${[...control.value].filter((c) => c.trim()).length} 字`;
  });
  control.addEventListener("blur", () => {
    problem.textContent = field.required !== false && !control.value ? "请填写" : "";
  });
  return make("p", {}, label, control, count, problem);
}

function box(kind, { options = [], lines }) {
  if (kind === "essay") return make("textarea", { rows: lines || 8 });
  if (kind === "choice") return make("select", {}, ...options.map((option) => new Option(words(option.label || option.value || option))));
  return make("input", { type: { file: "file", photo: "file", yes_no: "checkbox" }[kind] || "text" });
}

function words(text) {
  return typeof text === "string" ? text : text["zh-CN"];
}

function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}
