// Which way up a picture is.
//
// Chromium 79 ignores EXIF orientation, today's browsers apply it, and none says which it does. So the orientation is cut
// out of the bytes before they are decoded, and the picture is turned here: every browser does the same.

const ASCII = { exif: [0x45, 0x78, 0x69, 0x66, 0, 0], chunk: [0x65, 0x58, 0x49, 0x66], png: [0x89, 0x50, 0x4e, 0x47] };

/** The media type of `bytes`, the orientation (1 to 8) that they tell of, and the byte ranges left without it. */
export function parted(bytes) {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isPng = has(bytes, 0, ASCII.png);
  const extras = isPng ? chunks(data, bytes) : segments(data, bytes);
  const told = extras.map(({ tiff, end }) => orientation(data, tiff, end)).find((value) => value);
  const kept = [];
  let from = 0;
  for (const { start, end } of extras) {
    kept.push([from, start]);
    from = end;
  }
  kept.push([from, bytes.length]);
  return { type: isPng ? "image/png" : "image/jpeg", orientation: told || 1, kept };
}

/** The size of the upright picture that is stored as `width` by `height`. */
export function turnedSize({ width, height }, orientation) {
  return orientation > 4 ? { width: height, height: width } : { width, height };
}

/** What `setTransform` takes to draw the stored picture upright: a, b, c, d, e, f. */
export function turn({ width, height }, orientation) {
  return [
    [1, 0, 0, 1, 0, 0],
    [-1, 0, 0, 1, width, 0],
    [-1, 0, 0, -1, width, height],
    [1, 0, 0, -1, 0, height],
    [0, 1, 1, 0, 0, 0],
    [0, 1, -1, 0, height, 0],
    [0, -1, -1, 0, height, width],
    [0, -1, 1, 0, 0, width],
  ][orientation - 1];
}

/** The EXIF segments of a JPEG, up to the picture itself. */
function segments(data, bytes) {
  const found = [];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    if (bytes[at + 1] === 0xff) {
      // A marker may have fill bytes before it.
      at += 1;
      continue;
    }
    const end = at + 2 + data.getUint16(at + 2);
    if (bytes[at + 1] === 0xe1 && has(bytes, at + 4, ASCII.exif)) found.push({ start: at, tiff: at + 10, end });
    at = end;
  }
  return found.filter(({ end }) => end <= bytes.length);
}

/** The EXIF chunks of a PNG. */
function chunks(data, bytes) {
  const found = [];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + data.getUint32(at);
    if (has(bytes, at + 4, ASCII.chunk)) found.push({ start: at, tiff: at + 8, end });
    at = end;
  }
  return found.filter(({ end }) => end <= bytes.length);
}

/** Tag 0x0112 of the first directory; nothing where it is not told or nonsense. */
function orientation(data, tiff, end) {
  const short = (at) => (at + 2 <= end ? data.getUint16(at, little) : 0);
  if (tiff + 8 > end) return undefined;
  const little = data.getUint32(tiff) === 0x49492a00;
  if (!little && data.getUint32(tiff) !== 0x4d4d002a) return undefined;
  const directory = tiff + data.getUint32(tiff + 4, little);
  const count = short(directory);
  for (let entry = 0, at = directory + 2; entry < count && at + 12 <= end; entry += 1, at += 12) {
    if (short(at) !== 0x0112) continue;
    const value = short(at + 8);
    return short(at + 2) === 3 && value >= 1 && value <= 8 ? value : undefined;
  }
  return undefined;
}

function has(bytes, at, start) {
  return start.every((byte, index) => bytes[at + index] === byte);
}
