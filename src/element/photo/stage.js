// The canvas with the picture and the frame on it. Everything moves the picture; the frame stays where it is.

import { largest, moved, ratioFor, within, zoomed } from "./geometry.js";

/** The canvas' own pixels; how large it is on the page, the style sheet says. */
const WIDTH = 720;
const FRAME = { width: 600, height: 800 };
const MARGIN = 60;

/** Gives the canvas, the frame of the moment, and what moves it. `changed` is called after every move. */
export function stage(picture, asked, changed) {
  const ratio = ratioFor(picture, asked);
  const box = within(FRAME, ratio);
  const canvas = document.createElement("canvas");
  canvas.className = "crop__stage";
  [canvas.width, canvas.height] = [WIDTH, Math.round(box.height) + 2 * MARGIN];
  const left = (WIDTH - box.width) / 2;
  const context = canvas.getContext("2d");
  const fingers = new Map();
  let frame = largest(picture, ratio);
  let drawing;

  function draw() {
    drawing = undefined;
    const scale = box.width / frame.width / picture.scale;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = getComputedStyle(canvas).backgroundColor;
    context.fillRect(0, 0, canvas.width, canvas.height);
    const [x, y] = [frame.x * picture.scale, frame.y * picture.scale];
    context.setTransform(scale, 0, 0, scale, left - x * scale, MARGIN - y * scale);
    context.drawImage(picture.preview, 0, 0);
    context.setTransform(1, 0, 0, 1, 0, 0);
    shade();
  }

  /** Pales what is cut away, and draws the frame, in the form's own colours. */
  function shade() {
    const [right, bottom] = [left + box.width, MARGIN + box.height];
    const { color, backgroundColor } = getComputedStyle(canvas);
    context.fillStyle = backgroundColor;
    context.globalAlpha = 0.72;
    context.fillRect(0, 0, canvas.width, MARGIN);
    context.fillRect(0, bottom, canvas.width, canvas.height - bottom);
    context.fillRect(0, MARGIN, left, box.height);
    context.fillRect(right, MARGIN, canvas.width - right, box.height);
    context.globalAlpha = 1;
    for (const [style, width] of [[backgroundColor, 8], [color, 4]]) {
      context.strokeStyle = style;
      context.lineWidth = width;
      context.strokeRect(left, MARGIN, box.width, box.height);
    }
  }

  function put(next) {
    frame = next;
    if (!drawing) drawing = requestAnimationFrame(draw);
    changed(frame);
  }

  function point(event) {
    const rect = canvas.getBoundingClientRect();
    const scale = canvas.width / rect.width;
    return { x: (event.clientX - rect.left) * scale, y: (event.clientY - rect.top) * scale };
  }

  /** Where the fingers are, and how far apart. */
  function grip() {
    const [one, other = one] = [...fingers.values()];
    const apart = Math.hypot(one.x - other.x, one.y - other.y);
    return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2, apart: Math.max(1, apart) };
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || fingers.size === 2) return;
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, point(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    const before = grip();
    fingers.set(event.pointerId, point(event));
    const now = grip();
    const pixel = frame.width / box.width;
    const next = moved(frame, picture, (before.x - now.x) * pixel, (before.y - now.y) * pixel);
    const at = { across: (now.x - left) / box.width, down: (now.y - MARGIN) / box.height };
    put(zoomed(next, picture, now.apart / before.apart, { ...at, least: least() }));
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, (event) => fingers.delete(event.pointerId));
  }

  /** Where an exact size is asked for, the picture is never magnified beyond it. */
  function least() {
    return asked.exact ? asked.exact[0] : 0;
  }

  return {
    canvas,
    ratio,
    frame: () => frame,
    /** Moves the picture by shares of the frame, to the right and down. */
    move: (right, down) => put(moved(frame, picture, -right * frame.width, -down * frame.height)),
    zoom: (factor) => put(zoomed(frame, picture, factor, { least: least() })),
    show: () => put(frame),
    close: () => cancelAnimationFrame(drawing),
  };
}
