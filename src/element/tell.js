/**
 * Tells the host page that `nf-<name>` happened to an element. Gives whether the page has taken the matter over, which
 * it may where that is `cancelable`.
 */
export function tell(element, name, detail, cancelable = false) {
  const event = new CustomEvent(`nf-${name}`, { bubbles: true, composed: true, cancelable, detail });
  return !element.dispatchEvent(event);
}

/** The same from the wasm: what is told goes over as text, in one call. */
export function told(element, name, json, cancelable) {
  return tell(element, name, JSON.parse(json), cancelable);
}
