// Where the frame lies on the picture: plain numbers, no browser.
//
// A picture is {width, height} in pixels, upright; a frame is {x, y, width, height} in the same pixels and need not be
// whole until it is cut. A frame never leaves the picture, and keeps its ratio.

/** The smallest side of a frame, in pixels. */
const LEAST = 32;
/** How far a picture can be magnified. */
const MOST_ZOOM = 20;

/**
 * The ratio of width to height to cut to: the picture's own where that `fits`, so that nothing is cut for nothing; else
 * that of the `ratios` asked for which leaves the most of it.
 */
export function ratioFor(picture, { ratios, fits }) {
  const own = picture.width / picture.height;
  if (fits) return own;
  const asked = ratios.map(([width, height]) => width / height);
  const left = (ratio) => Math.min(own / ratio, ratio / own);
  return asked.reduce((best, ratio) => (left(ratio) > left(best) ? ratio : best));
}

/** The largest frame of a ratio, in the middle, and above the middle where there is room: that is where heads are. */
export function largest(picture, ratio) {
  const width = Math.min(picture.width, picture.height * ratio);
  const height = width / ratio;
  return { x: (picture.width - width) / 2, y: (picture.height - height) / 3, width, height };
}

/** The frame, moved by so many pixels as far as the picture reaches. */
export function moved(frame, picture, right, down) {
  return {
    x: between(0, frame.x + right, picture.width - frame.width),
    y: between(0, frame.y + down, picture.height - frame.height),
    width: frame.width,
    height: frame.height,
  };
}

/**
 * The frame around what is seen `factor` times as large, as far as that goes. The point at the shares `across` and
 * `down` of the frame stays where it is. No frame is smaller than `least` pixels wide.
 */
export function zoomed(frame, picture, factor, { across = 0.5, down = 0.5, least = 0 } = {}) {
  const ratio = frame.width / frame.height;
  const most = largest(picture, ratio).width;
  const floor = Math.min(most, Math.max(most / MOST_ZOOM, LEAST, LEAST * ratio, least));
  const width = between(floor, frame.width / factor, most);
  const height = width / ratio;
  const x = frame.x + (frame.width - width) * across;
  const y = frame.y + (frame.height - height) * down;
  return moved({ x, y, width, height }, picture, 0, 0);
}

/** The frame in whole pixels. */
export function cut(frame, picture) {
  const ratio = frame.width / frame.height;
  const width = between(1, Math.round(frame.width), picture.width);
  const height = between(1, Math.round(width / ratio), picture.height);
  const x = between(0, Math.round(frame.x), picture.width - width);
  const y = between(0, Math.round(frame.y), picture.height - height);
  return { x, y, width, height };
}

/** Whether all of the picture is in a cut. */
export function isWhole({ width, height }, picture) {
  return width === picture.width && height === picture.height;
}

/** Whether a cut has fewer pixels than are asked for; or, where `exact` says how many, others. */
export function falls({ width, height }, { least, exact }) {
  if (exact) return width !== exact[0] || height !== exact[1];
  return width < least[0] || height < least[1];
}

/** Where in the picture a frame lies: 0 at one edge, 1 at the other, 0.5 where it cannot move. */
export function placed(frame, picture) {
  const share = (at, room) => (room < 1 ? 0.5 : at / room);
  return {
    across: share(frame.x, picture.width - frame.width),
    down: share(frame.y, picture.height - frame.height),
  };
}

/** The largest size of a ratio within a box. */
export function within(box, ratio) {
  const width = Math.min(box.width, box.height * ratio);
  return { width, height: width / ratio };
}

function between(least, value, most) {
  return Math.max(least, Math.min(value, most));
}
