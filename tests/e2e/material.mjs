// What a nominee's unit has at hand: a complete nomination, and files made for the test.

import { deflateSync } from "node:zlib";
import { rmSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A complete answer to nm2022.worker, in the order of the form; `rows` for tables. */
export const worker = {
  name: "娜仁花",
  sex: "2",
  ethnicity: "02",
  birth: "1985.6",
  political: "01",
  education: "20",
  position: "社区居民委员会主任",
  phone: "138 0013 8000",
  work_start: "2008-09",
  workplace: "呼和浩特市新城区某某社区居民委员会",
  id_type: "居民身份证",
  id_number: "150000198512310029",
  resume: [
    { start: "2001-09", end: "2004.7", kind: "study", stage: "senior_high", org: "呼和浩特市第二中学", role: "学生" },
    { start: "2004-09", end: "200806", kind: "study", stage: "college", org: "内蒙古大学", role: "学生" },
    { start: "2008-09", end: "", kind: "work", org: "新城区某某社区居委会", role: "委员、主任", community: true },
  ],
  honours: [{ date: "2020-07", level: "盟市级", issuer: "呼和浩特市民政局", title: "优秀社区工作者" }],
  deeds: "她扎根社区十四年，走遍了每一个楼栋。疫情期间组织志愿者32人，为280户老人送菜送药。",
  person_type: "居民委员会成员",
  assessments: [{ grade: "优秀" }, { grade: "称职" }, { grade: "合格" }],
  violation: "no",
  no_major_accident: "yes",
  no_criminal_case: "yes",
  petition_rate: "100",
  staff_clean: "yes",
  delegate: "no",
  notice: [{ place: "新城区某某街道公示栏", start: "2022.8.11", end: "2022-08-17", objection: "no" }],
};
worker.birth = "1985-12";

/** The same for `Person.put`, which takes away what the form opens with: the years of the assessments. */
export const workerWhole = {
  ...worker,
  assessments: worker.assessments.map((assessment, at) => ({ year: 2019 + at, ...assessment })),
};

/** A folder of files: a photo that fits, documents, and files that will not do. It goes when the process ends. */
export async function files() {
  const folder = await mkdtemp(join(tmpdir(), "nf-files-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const file = async (name, content) => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
  return {
    photo: await file("二寸照片.png", png(826, 1158, (x, y) => portrait(x, y))),
    white: await file("白底.png", png(826, 1158, (x, y) => portrait(x, y, WHITE))),
    small: await file("小图.png", png(413, 579, () => [67, 142, 219])),
    letter: await file("确认函.pdf", pdf("discipline letter", 300_000)),
    notice: await file("公示材料.pdf", pdf("public notice", 20_000)),
    exe: await file("照片.jpg", Buffer.concat([Buffer.from("MZ\x90\0"), Buffer.alloc(4000, 7)])),
    empty: await file("空.pdf", ""),
    huge: await file("超大.pdf", Buffer.concat([pdf("huge", 1000), Buffer.alloc(200_000_000)])),
  };
}

const BLUE = [67, 142, 219];
const WHITE = [255, 255, 255];

/** A face on a blue ground: noise where the person is, so that the file is as large as a scan. */
function portrait(x, y, ground = BLUE) {
  const [dx, dy] = [(x - 413) / 290, (y - 720) / 560];
  if (dx * dx + dy * dy > 1) return ground;
  seed = (seed * 1103515245 + 12345) & 0x7fffffff;
  return [180 + (seed % 60), 120 + ((seed >> 8) % 60), 90 + ((seed >> 16) % 60)];
}
let seed = 1;

/** A PNG of `width` by `height`; `colour(x, y)` gives red, green and blue. */
export function png(width, height, colour) {
  const raw = Buffer.alloc((width * 3 + 1) * height);
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    raw[at++] = 0;
    for (let x = 0; x < width; x += 1) {
      for (const part of colour(x, y)) raw[at++] = part;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(raw)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

/** A PDF that says `title`, of about so many bytes. */
export function pdf(title, bytes) {
  const head = `%PDF-1.4\n% ${title}\n1 0 obj\n<< /Type /Catalog >>\nendobj\n`;
  const tail = "trailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";
  return Buffer.from(head + "%".padEnd(bytes, "x") + "\n" + tail, "latin1");
}
