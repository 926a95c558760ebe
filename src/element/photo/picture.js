// A picture, decoded once: a small copy to look at while the frame is placed, and the stored pixels to cut from.

import { parted, turn, turnedSize } from "./upright.js";

/** The longer side of what is looked at, in pixels: a phone cannot redraw 50 megapixels at every touch. */
const PREVIEW = 1600;
/** Beyond that many pixels the small copy is made the quick way: the fine one takes a third of the picture's memory more. */
const MANY = 20e6;
/** Of a JPEG that is written anew. */
const QUALITY = 0.95;

/** The canvas is larger than the device lets one be. */
export class TooLarge extends Error {}

/** Decodes a file. It holds memory until `close()`. */
export async function decoded(file) {
  const { type, orientation, kept } = parted(new Uint8Array(await file.arrayBuffer()));
  const bitmap = await createImageBitmap(new Blob(kept.map(([from, to]) => file.slice(from, to)), { type }));
  const size = turnedSize(bitmap, orientation);

  /** Draws what is at `x` and `y` of the upright picture and beyond, so much smaller. */
  function drawn(width, height, scale, x, y) {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext("2d");
    // Some devices give a canvas beyond their bounds and leave it empty.
    if (!context || !holds(context)) throw new TooLarge();
    const [a, b, c, d, e, f] = turn(bitmap, orientation);
    context.setTransform(a * scale, b * scale, c * scale, d * scale, (e - x) * scale, (f - y) * scale);
    // Cut out pixel by pixel, nothing is to be smoothed.
    context.imageSmoothingEnabled = scale !== 1;
    context.imageSmoothingQuality = size.width * size.height > MANY ? "low" : "high";
    context.drawImage(bitmap, 0, 0);
    return canvas;
  }

  const scale = Math.min(1, PREVIEW / Math.max(size.width, size.height));
  const preview = drawn(Math.ceil(size.width * scale), Math.ceil(size.height * scale), scale, 0, 0);
  return {
    width: size.width,
    height: size.height,
    preview,
    scale,
    /** The part of it, as a file of the same name and format. Nothing is scaled. */
    async part({ x, y, width, height }, name) {
      const canvas = drawn(width, height, 1, x, y);
      const blob = await new Promise((done) => canvas.toBlob(done, type, QUALITY));
      canvas.width = 0;
      if (!blob) throw new TooLarge();
      return new File([blob], name, { type });
    },
    close() {
      bitmap.close();
      preview.width = 0;
    },
  };
}

function holds(context) {
  context.fillRect(0, 0, 1, 1);
  const [, , , alpha] = context.getImageData(0, 0, 1, 1).data;
  context.clearRect(0, 0, 1, 1);
  return alpha === 255;
}
