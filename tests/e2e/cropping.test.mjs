// The plain half of cropping, without a browser: where a frame lies, and which way up a picture is.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cut, falls, isWhole, largest, moved, placed, ratioFor, within, zoomed } from "../../src/element/photo/geometry.js";
import { parted, turn, turnedSize } from "../../src/element/photo/upright.js";
import { chance } from "./chance.mjs";

const two_inch = { ratios: [[35, 49], [35, 53]], fits: false, exact: null, least: [413, 579] };
const landscape = { width: 4000, height: 3000 };

describe("the ratio", () => {
  it("is the one asked for that leaves the most of the picture", () => {
    assert.equal(ratioFor({ width: 3000, height: 4000 }, two_inch), 35 / 49);
    assert.equal(ratioFor({ width: 1080, height: 1920 }, two_inch), 35 / 53);
  });

  it("is the picture's own where that will do", () => {
    assert.equal(ratioFor({ width: 413, height: 579 }, { ...two_inch, fits: true }), 413 / 579);
    assert.equal(ratioFor({ width: 413, height: 579 }, two_inch), 35 / 49);
  });
});

describe("a frame", () => {
  it("begins as large as it can be, above the middle where there is room", () => {
    assert.deepEqual(largest({ width: 1200, height: 1200 }, 0.5), { x: 300, y: 0, width: 600, height: 1200 });
    assert.deepEqual(largest({ width: 500, height: 1600 }, 0.5), { x: 0, y: 200, width: 500, height: 1000 });
  });

  it("moves as far as the picture reaches", () => {
    const frame = { x: 300, y: 0, width: 600, height: 1200 };
    assert.equal(moved(frame, { width: 1200, height: 1200 }, -1000, -5).x, 0);
    assert.deepEqual(moved(frame, { width: 1200, height: 1200 }, 1000, 5), { x: 600, y: 0, width: 600, height: 1200 });
  });

  it("stays around the point that is magnified", () => {
    const frame = zoomed({ x: 1000, y: 500, width: 1000, height: 2000 }, landscape, 2, { across: 0.25, down: 1 });
    assert.deepEqual(frame, { x: 1125, y: 1500, width: 500, height: 1000 });
  });

  it("is magnified no further than a figure asked for, and made no larger than the picture", () => {
    const frame = { x: 0, y: 0, width: 1400, height: 2800 };
    assert.equal(zoomed(frame, landscape, 100, { least: 413 }).width, 413);
    assert.deepEqual(zoomed(frame, landscape, 0.001), { x: 0, y: 0, width: 1500, height: 3000 });
  });

  it("stays in the picture and keeps its ratio, whatever is done to it", () => {
    const { between, often } = chance(7);
    const number = (least, most) => between(least * 1000, most * 1000) / 1000;
    for (let round = 0; round < 300; round += 1) {
      const picture = { width: Math.ceil(number(1, 9000)), height: Math.ceil(number(1, 9000)) };
      const asked = { ratios: [[Math.ceil(number(1, 60)), Math.ceil(number(1, 60))]] };
      const ratio = ratioFor(picture, asked);
      let frame = largest(picture, ratio);
      for (let step = 0; step < 20; step += 1) {
        frame = often(0.5)
          ? moved(frame, picture, number(-5000, 5000), number(-5000, 5000))
          : zoomed(frame, picture, number(0.2, 3), { across: number(0, 1), down: number(0, 1) });
        const box = cut(frame, picture);
        const whole = [box.x, box.y, box.width, box.height].every((side) => Number.isInteger(side));
        assert.ok(whole && box.x >= 0 && box.y >= 0 && box.width > 0 && box.height > 0, JSON.stringify({ picture, frame, box }));
        assert.ok(box.x + box.width <= picture.width && box.y + box.height <= picture.height, JSON.stringify({ picture, frame, box }));
        assert.ok(Math.abs(frame.width / frame.height / ratio - 1) < 1e-6);
        // Of a picture worth cropping, the whole pixels keep the ratio too.
        if (Math.min(box.width, box.height) > 100) assert.ok(Math.abs(box.width / box.height / ratio - 1) < 0.01);
      }
    }
  });

  it("says where it lies", () => {
    assert.deepEqual(placed({ x: 0, y: 3000, width: 500, height: 1000 }, { width: 2500, height: 4000 }), { across: 0, down: 1 });
    assert.deepEqual(placed({ x: 0, y: 0, width: 500, height: 1000 }, { width: 500, height: 1000 }), { across: 0.5, down: 0.5 });
  });
});

describe("a cut", () => {
  it("is all of a picture that fits, so that nothing is written anew", () => {
    for (const picture of [{ width: 413, height: 579 }, { width: 826, height: 1158 }, { width: 350, height: 495 }]) {
      assert.ok(isWhole(cut(largest(picture, ratioFor(picture, { ...two_inch, fits: true })), picture), picture));
    }
  });

  it("falls short of the pixels asked for, or of exactly these", () => {
    assert.ok(falls({ width: 413, height: 578 }, two_inch));
    assert.ok(!falls({ width: 413, height: 579 }, two_inch));
    const exact = { ratios: [[413, 579]], fits: false, exact: [413, 579], least: [0, 0] };
    assert.ok(falls({ width: 826, height: 1158 }, exact));
    const picture = { width: 2000, height: 2000 };
    const frame = zoomed(largest(picture, ratioFor(picture, exact)), picture, 50, { least: 413 });
    assert.ok(!falls(cut(frame, picture), exact));
  });

  it("fits a box", () => {
    assert.deepEqual(within({ width: 600, height: 800 }, 0.5), { width: 400, height: 800 });
    assert.deepEqual(within({ width: 600, height: 800 }, 2), { width: 600, height: 300 });
  });
});

describe("which way up", () => {
  const tiff = (orientation, little = false) => {
    const bytes = Buffer.alloc(26);
    bytes.write(little ? "II*\0" : "MM\0*", "latin1");
    const [short, long] = little ? ["writeUInt16LE", "writeUInt32LE"] : ["writeUInt16BE", "writeUInt32BE"];
    bytes[long](8, 4);
    bytes[short](1, 8);
    bytes[short](0x0112, 10);
    bytes[short](3, 12);
    bytes[long](1, 14);
    bytes[short](orientation, 18);
    return bytes;
  };
  const segment = (marker, body) => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(body.length + 2, 2);
    return Buffer.concat([head, body]);
  };
  const exif = (...given) => segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), tiff(...given)]));
  const jpeg = (...parts) => Buffer.concat([Buffer.from([0xff, 0xd8]), ...parts, Buffer.from([0xff, 0xda, 0, 2, 1, 0xff, 0xd9])]);
  const left = (bytes, { kept }) => Buffer.concat(kept.map(([from, to]) => bytes.subarray(from, to)));

  it("is read in both orders of bytes, and cut out", () => {
    const jfif = segment(0xe0, Buffer.from("JFIF\0"));
    for (let value = 1; value <= 8; value += 1) {
      for (const little of [false, true]) {
        const bytes = jpeg(jfif, exif(value, little));
        const found = parted(bytes);
        assert.equal(found.orientation, value);
        assert.deepEqual(left(bytes, found), jpeg(jfif));
      }
    }
  });

  it("is as stored where nothing is told, or nonsense", () => {
    assert.equal(parted(jpeg()).orientation, 1);
    assert.equal(parted(jpeg(exif(9))).orientation, 1);
    assert.equal(parted(jpeg(exif(6).subarray(0, 20))).orientation, 1);
    assert.equal(parted(Buffer.alloc(0)).orientation, 1);
  });

  it("is told by a chunk of a PNG", () => {
    const chunk = (name, body) => Buffer.concat([Buffer.from([0, 0, 0, body.length]), Buffer.from(name), body, Buffer.alloc(4)]);
    const head = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const [before, behind] = [chunk("IHDR", Buffer.alloc(13)), chunk("IDAT", Buffer.alloc(9))];
    const bytes = Buffer.concat([head, before, chunk("eXIf", tiff(8)), behind]);
    const found = parted(bytes);
    assert.equal(found.orientation, 8);
    assert.deepEqual(left(bytes, found), Buffer.concat([head, before, behind]));
  });

  it("turns every corner to its place", () => {
    const stored = { width: 30, height: 20 };
    // Where the stored left upper corner stands in the upright picture, as EXIF 2.32 has it.
    const corners = ["left top", "right top", "right bottom", "left bottom", "left top", "right top", "right bottom", "left bottom"];
    corners.forEach((corner, at) => {
      const orientation = at + 1;
      const { width, height } = turnedSize(stored, orientation);
      const [a, b, c, d, e, f] = turn(stored, orientation);
      const placed_at = ([x, y]) => [a * x + c * y + e, b * x + d * y + f];
      const [x, y] = placed_at([0, 0]);
      assert.equal(`${x === 0 ? "left" : "right"} ${y === 0 ? "top" : "bottom"}`, corner, `orientation ${orientation}`);
      assert.deepEqual(placed_at([30, 20]), [width - x, height - y]);
      // From 5 on what ran across runs down.
      assert.equal(placed_at([30, 0])[0] === x, orientation > 4);
    });
  });
});
