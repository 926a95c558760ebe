// Provisional: the element itself replaces this.
import init, { mount } from "nf:glue";
import style from "nf:style";

const here = document.currentScript.src;
const wasm = new URL(`nomination-form.wasm?v=${NF_WASM_HASH}`, here);

class NominationForm extends HTMLElement {
  async connectedCallback() {
    const root = this.attachShadow({ mode: "open" });
    if ("adoptedStyleSheets" in root) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
      root.adoptedStyleSheets = [sheet];
    } else {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = new URL(`nomination-form.css?v=${NF_CSS_HASH}`, here);
      root.append(link);
    }
    const place = document.createElement("div");
    place.dataset.state = "loading";
    root.append(place);
    await init({ module_or_path: fetch(wasm) });
    mount(place);
    place.dataset.state = "filling";
  }
}
customElements.define("nomination-form", NominationForm);
if (!document.querySelector("nomination-form")) {
  document.currentScript.after(document.createElement("nomination-form"));
}
