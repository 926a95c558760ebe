// What the view asks of the DOM all the time. Each call out of the wasm and each text that goes along has its price, so
// what belongs together is one call.

/** A new element with its classes and parts. */
export function element(tag, classes, parts) {
  const made = document.createElement(tag);
  if (classes) made.className = classes;
  if (parts) made.setAttribute("part", parts);
  return made;
}

/**
 * The text in the control that an event came from, in NFC: what a person sees as one character is counted and compared
 * as one, whichever way their keyboard put it together.
 */
export function typed({ target }) {
  return target.value.normalize();
}

/** Whether an input method is in the middle of composing: what stands in the control is then not yet the person's words. */
export function composing(event) {
  // Some engines send the key that ends a composition after it, under this number.
  return event.isComposing === true || event.keyCode === 229;
}

/** Has the Tab key go round among the controls within an element. */
export function goRound(event, within) {
  if (event.key !== "Tab") return;
  const all = [...within.querySelectorAll("textarea, button, summary")].filter((one) => one.getClientRects().length > 0);
  const at = all.indexOf(event.target) + (event.shiftKey ? -1 : 1);
  event.preventDefault();
  all[(at + all.length) % all.length].focus();
}
