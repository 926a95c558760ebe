//! A folder of files for the tests of what is found in them: pictures of every kind that cameras,
//! phones, scanners and printers make, and documents, whole and spoilt. Each is made in code, so
//! that every one has a reason.

#![allow(clippy::cast_possible_truncation, clippy::trivially_copy_pass_by_ref)]

use std::io::{Cursor, Write};

use image::{DynamicImage, ImageBuffer, ImageFormat, Luma, LumaA, Rgb, RgbImage, Rgba};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// A file and what is to be found in it: `jpeg 413x579 blue colour`, then the codes of problems.
pub(crate) struct Made {
    pub(crate) name: &'static str,
    pub(crate) bytes: Vec<u8>,
    pub(crate) found: &'static str,
}

const WIDTH: u32 = 413;
const HEIGHT: u32 = 579;
const BLUE: [u8; 3] = [0x43, 0x8E, 0xDB];
const RED: [u8; 3] = [200, 22, 29];
const WHITE: [u8; 3] = [255, 255, 255];

/// Every file of the folder.
pub(crate) fn all() -> Vec<Made> {
    let made = |(name, found, bytes)| Made { name, bytes, found };
    let parts = [grounds(), turned(), forms_of_jpeg(), forms_of_png(), profiles(), spoilt()];
    parts.into_iter().flatten().chain(documents()).map(made).collect()
}

const TURNED: [&str; 8] = [
    "turned-1.jpg",
    "turned-2.jpg",
    "turned-3.jpg",
    "turned-4.jpg",
    "turned-5.jpg",
    "turned-6.jpg",
    "turned-7.jpg",
    "turned-8.jpg",
];

type File = (&'static str, &'static str, Vec<u8>);

/// A face before a ground, asked for point by point.
fn portrait(ground: impl Fn(u32, u32) -> [u8; 3]) -> RgbImage {
    RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let (dx, dy) = (x.abs_diff(206), y.abs_diff(260));
        Rgb(if dx * dx + dy * dy * 3 / 4 < 110 * 110 {
            if y < 190 { [20, 18, 16] } else { [224, 172, 140] }
        } else if y > 400 {
            [30, 30, 34]
        } else {
            ground(x, y)
        })
    })
}

fn before(ground: [u8; 3]) -> RgbImage {
    portrait(|_, _| ground)
}

fn grounds() -> Vec<File> {
    // A wall with a curtain, as behind a person at home.
    let room = |x: u32, _| if (x / 20).is_multiple_of(2) { [235, 232, 228] } else { [120, 84, 60] };
    // From blue above to white below, as photo shops like it; and to white at once.
    let gentle =
        |_, y: u32| BLUE.map(|part| part + (u32::from(255 - part) * y.min(579) / 900) as u8);
    let steep =
        |_, y: u32| BLUE.map(|part| part + (u32::from(255 - part) * (y * 12).min(579) / 579) as u8);
    vec![
        ("blue.jpg", "jpeg 413x579 blue colour", jpeg(&before(BLUE))),
        ("deep-sky-blue.jpg", "jpeg 413x579 blue colour", jpeg(&before([0, 191, 255]))),
        ("red.jpg", "jpeg 413x579 red colour", jpeg(&before(RED))),
        ("white.jpg", "jpeg 413x579 white colour", jpeg(&before(WHITE))),
        ("grey-ground.jpg", "jpeg 413x579 grey colour", jpeg(&before([150, 152, 155]))),
        ("green.jpg", "jpeg 413x579 other colour", jpeg(&before([40, 160, 60]))),
        ("gentle-gradient.jpg", "jpeg 413x579 blue colour", jpeg(&portrait(gentle))),
        ("steep-gradient.jpg", "jpeg 413x579 mixed colour", jpeg(&portrait(steep))),
        ("room.jpg", "jpeg 413x579 mixed colour", jpeg(&portrait(room))),
        ("blue.png", "png 413x579 blue colour", png(&before(BLUE).into())),
        ("red.png", "png 413x579 red colour", png(&before(RED).into())),
        ("white.png", "png 413x579 white colour", png(&before(WHITE).into())),
        ("steep-gradient.png", "png 413x579 mixed colour", png(&portrait(steep).into())),
    ]
}

/// Blue above and red below, stored in each of the eight ways: whoever looks at the wrong edge finds
/// red, and whoever forgets to turn it finds the sides swapped.
fn turned() -> Vec<File> {
    let upright = RgbImage::from_fn(WIDTH, HEIGHT, |_, y| Rgb(if y < 300 { BLUE } else { RED }));
    let stored = |orientation: u8| {
        let (width, height) = if orientation > 4 { (HEIGHT, WIDTH) } else { (WIDTH, HEIGHT) };
        RgbImage::from_fn(width, height, |x, y| {
            let (right, below) = (WIDTH - 1, HEIGHT - 1);
            let (x, y) = match orientation {
                2 => (right - x, y),
                3 => (right - x, below - y),
                4 => (x, below - y),
                5 => (y, x),
                6 => (right - y, x),
                7 => (right - y, below - x),
                8 => (y, below - x),
                _ => (x, y),
            };
            *upright.get_pixel(x, y)
        })
    };
    let found = "jpeg 413x579 blue colour";
    let photo = |(at, name): (usize, &&'static str)| {
        let orientation = at as u8 + 1;
        let exif = segment(0xE1, &[b"Exif\0\0", &tiff(orientation)[..]].concat());
        (*name, found, with_segment(&jpeg(&stored(orientation)), &exif))
    };
    let mut files: Vec<File> = TURNED.iter().enumerate().map(photo).collect();
    for (name, orientation) in [("turned-3.png", 3), ("turned-6.png", 6)] {
        let turned = png(&stored(orientation).into());
        let bytes = with_chunk(&turned, &chunk(b"eXIf", &tiff(orientation)));
        files.push((name, "png 413x579 blue colour", bytes));
    }
    // What a picture looks like of which a program turned the pixels and left the orientation.
    files.push((
        "twice-turned.jpg",
        "jpeg 579x413 mixed colour",
        with_segment(&jpeg(&upright), &segment(0xE1, &[b"Exif\0\0", &tiff(6)[..]].concat())),
    ));
    files
}

fn forms_of_jpeg() -> Vec<File> {
    let blue = before(BLUE);
    let grey: DynamicImage = DynamicImage::from(blue.clone()).to_luma8().into();
    let inks: Vec<u8> = blue.pixels().flat_map(|Rgb(parts)| ink(*parts)).collect();
    let (colours, greys) = (blue.as_raw().as_slice(), grey.as_bytes());
    let with = |colour: ColorType, data: &[u8], set: &dyn Fn(&mut Encoder<&mut Vec<u8>>)| {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, 90);
        set(&mut encoder);
        encoder.encode(data, WIDTH as u16, HEIGHT as u16, colour).unwrap();
        bytes
    };
    let as_is = |_: &mut Encoder<&mut Vec<u8>>| {};
    let progressive = |encoder: &mut Encoder<&mut Vec<u8>>| encoder.set_progressive(true);
    let coarse = |encoder: &mut Encoder<&mut Vec<u8>>| {
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
        encoder.set_restart_interval(4);
    };
    let tinted = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let Rgb([r, g, b]) = *blue.get_pixel(x, y);
        let grey = ((u32::from(r) * 3 + u32::from(g) * 6 + u32::from(b)) / 10).min(250) as u8;
        Rgb([grey + 4, grey + 2, grey])
    });
    vec![
        (
            "progressive.jpg",
            "jpeg 413x579 blue colour",
            with(ColorType::Rgb, colours, &progressive),
        ),
        ("coarse-colour.jpg", "jpeg 413x579 blue colour", with(ColorType::Rgb, colours, &coarse)),
        ("grey.jpg", "jpeg 413x579 grey grey", with(ColorType::Luma, greys, &as_is)),
        (
            "grey-progressive.jpg",
            "jpeg 413x579 grey grey",
            with(ColorType::Luma, greys, &progressive),
        ),
        ("grey-stored-in-colour.jpg", "jpeg 413x579 grey grey", jpeg(&tinted)),
        (
            "cmyk.jpg",
            "jpeg 413x579 blue colour print-colours",
            with(ColorType::Cmyk, &inks, &as_is),
        ),
        (
            "cmyk-progressive.jpg",
            "jpeg 413x579 blue colour print-colours",
            with(ColorType::Cmyk, &inks, &progressive),
        ),
        (
            "ycck.jpg",
            "jpeg 413x579 blue colour print-colours",
            with(ColorType::CmykAsYcck, &inks, &as_is),
        ),
        ("tiny.jpg", "jpeg 1x1 blue colour", jpeg(&RgbImage::from_pixel(1, 1, Rgb(BLUE)))),
        // What a phone appends does not matter.
        ("with-film.jpg", "jpeg 413x579 blue colour", [jpeg(&blue), mp4(1000)].concat()),
    ]
}

/// Cyan, magenta, yellow and black for a colour.
fn ink([r, g, b]: [u8; 3]) -> [u8; 4] {
    let light = r.max(g).max(b);
    let part = |part: u8| 255 - (u32::from(part) * 255 / u32::from(light.max(1))) as u8;
    [part(r), part(g), part(b), 255 - light]
}

fn forms_of_png() -> Vec<File> {
    let blue = before(BLUE);
    let wide = |parts: [u8; 3]| parts.map(|part| u16::from(part) * 257);
    let deep = ImageBuffer::from_fn(WIDTH, HEIGHT, |x, y| Rgb(wide(blue.get_pixel(x, y).0)));
    let with_alpha = |alpha: u8| {
        let of = move |x, y| {
            let ground = blue.get_pixel(x, y).0 == BLUE;
            let [r, g, b] = blue.get_pixel(x, y).0;
            Rgba([r, g, b, if ground { alpha } else { 255 }])
        };
        png(&ImageBuffer::from_fn(WIDTH, HEIGHT, of).into())
    };
    let grey = ImageBuffer::from_fn(WIDTH, HEIGHT, |x, y| Luma([(x + y) as u8 / 8 + 120]));
    let deep_grey =
        ImageBuffer::from_fn(WIDTH, HEIGHT, |x, y| LumaA([((x + y) * 20 + 30_000) as u16, 65_535]));
    let clear = before(BLUE);
    let cut_out = ImageBuffer::from_fn(WIDTH, HEIGHT, |x, y| {
        let [r, g, b] = clear.get_pixel(x, y).0;
        Rgba([r, g, b, if [r, g, b] == BLUE { 0 } else { 255 }])
    });
    vec![
        ("sixteen-bits.png", "png 413x579 blue colour", png(&DynamicImage::ImageRgb16(deep))),
        ("grey.png", "png 413x579 grey grey", png(&DynamicImage::ImageLuma8(grey))),
        (
            "grey-sixteen-bits.png",
            "png 413x579 grey grey",
            png(&DynamicImage::ImageLumaA16(deep_grey)),
        ),
        ("palette.png", "png 413x579 blue colour", palette(&[BLUE, [224, 172, 140], RED], &[])),
        ("palette-grey.png", "png 413x579 white grey", palette(&[WHITE, [90; 3], [10; 3]], &[])),
        ("palette-clear.png", "png 413x579 transparent colour", palette(&[BLUE, RED, RED], &[0])),
        ("one-bit.png", "png 413x579 white grey", bits(WIDTH, HEIGHT, 0xFF)),
        ("cut-out.png", "png 413x579 transparent colour", png(&DynamicImage::ImageRgba8(cut_out))),
        ("thin.png", "png 413x579 blue colour", with_alpha(200)),
        // A small file of many pixels, and yet not too many.
        ("wide-and-empty.png", "png 7000x5000 white grey", bits(7000, 5000, 0xFF)),
    ]
}

/// Colour profiles under which blue would be red: browsers that followed them and hosts that do not
/// would find different things, so neither follows.
fn profiles() -> Vec<File> {
    let profile = swapped_profile();
    let in_jpeg = segment(0xE2, &[b"ICC_PROFILE\0\x01\x01", &profile[..]].concat());
    let in_png = [b"swapped\0\0", &zlib(&profile)[..]].concat();
    let blue_png = png(&before(BLUE).into());
    let gamma = chunk(b"gAMA", &900_000_u32.to_be_bytes());
    vec![
        ("profile.jpg", "jpeg 413x579 blue colour", with_segment(&jpeg(&before(BLUE)), &in_jpeg)),
        ("profile.png", "png 413x579 blue colour", with_chunk(&blue_png, &chunk(b"iCCP", &in_png))),
        ("gamma.png", "png 413x579 blue colour", with_chunk(&blue_png, &gamma)),
    ]
}

fn spoilt() -> Vec<File> {
    let photo = jpeg(&before(BLUE));
    let drawing = png(&before(BLUE).into());
    let part = |bytes: &[u8], share: usize| bytes[..bytes.len() * share / 10].to_vec();
    let claimed = |side: u16| {
        let at = photo.windows(2).position(|two| two == [0xFF, 0xC0]).unwrap();
        let mut bytes = photo.clone();
        bytes[at + 5..at + 9].copy_from_slice(&[side.to_be_bytes(), side.to_be_bytes()].concat());
        bytes
    };
    let lossless = segment(0xC3, &[8, 0, 8, 0, 8, 1, 1, 0x11, 0]);
    vec![
        ("truncated.jpg", "jpeg 413x579 damaged", part(&photo, 5)),
        ("truncated-end.jpg", "jpeg 413x579 damaged", photo[..photo.len() - 2].to_vec()),
        ("truncated.png", "png 413x579 damaged", part(&drawing, 5)),
        ("bomb.jpg", "jpeg 65000x65000 too-many-pixels", claimed(65_000)),
        ("bomb.png", "png 60000x60000 too-many-pixels", bits(60_000, 60_000, 0)),
        ("long.png", "png 40000x10 too-many-pixels", bits(40_000, 10, 0xFF)),
        (
            "cut-and-closed.jpg",
            "jpeg 413x579 blue colour",
            [&part(&photo, 6)[..], b"\xFF\xD9"].concat(),
        ),
        ("bit-lost.png", "png 413x579 unreadable", {
            let mut bytes = drawing.clone();
            bytes[drawing.len() / 2] ^= 0x10;
            bytes
        }),
        ("lossless.jpg", "jpeg unreadable", [b"\xFF\xD8", &lossless[..], b"\xFF\xD9"].concat()),
        ("text-as-photo.jpg", "text unknown-format", "不是照片".as_bytes().to_vec()),
        ("program-as-photo.jpg", "exe unknown-format", [b"MZ\x90\0", &[7; 3000][..]].concat()),
        ("drawing-as-photo.jpg", "png 413x579 blue colour", drawing),
        ("phone.heic", "heic unknown-format", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec()),
        ("phone-as-jpg.jpg", "heic unknown-format", b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic".to_vec()),
        ("chat.webp", "webp unknown-format", b"RIFF\x10\0\0\0WEBPVP8 \0\0\0\0".to_vec()),
        ("empty.jpg", "empty empty-file", Vec::new()),
    ]
}

fn documents() -> Vec<File> {
    let docx = ["[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml"];
    let whole = zip(&docx);
    let half = whole[..whole.len() / 2].to_vec();
    vec![
        ("form.docx", "docx", whole),
        ("half.docx", "docx damaged", half),
        ("archive.docx", "zip unknown-format", zip(&["a.txt", "b.txt"])),
        ("macros.docx", "docx macros", zip(&[&docx[..], &["word/vbaProject.bin"]].concat())),
        ("locked.docx", "ole encrypted", ole(&["EncryptionInfo", "EncryptedPackage"])),
        ("form.doc", "doc", ole(&["1Table", "WordDocument"])),
        ("form.wps", "wps unknown-format", ole(&["1Table", "WordDocument"])),
        ("table.doc", "xls unknown-format", ole(&["Workbook"])),
        ("page.doc", "html unknown-format", b"<html><body>...</body></html>".to_vec()),
        ("letter.pdf", "pdf", pdf("")),
        ("locked.pdf", "pdf encrypted", pdf("/Encrypt 7 0 R ")),
        ("half.pdf", "pdf damaged", pdf("")[..60].to_vec()),
        ("program.pdf", "exe unknown-format", b"MZ\x90\0\x03\0\0\0".to_vec()),
    ]
}

/// Sounds and films, which only some campaigns take: with how long they last.
pub(crate) fn recordings() -> Vec<(Made, Option<u64>)> {
    let made = |name, found, bytes, ms| (Made { name, bytes, found }, ms);
    let film = mp4(95_500);
    let half = film[..film.len() - 10].to_vec();
    vec![
        made("speech.wav", "wav", wav(2500), Some(2500)),
        made("half.wav", "wav damaged", wav(2500)[..9000].to_vec(), Some(2500)),
        made("film.mp4", "mp4", film, Some(95_500)),
        made("half.mp4", "mp4 damaged", half, Some(95_500)),
        made("memo.m4a", "m4a", boxes(b"M4A ", b"soun", 61_000), Some(61_000)),
        made("phone-memo.m4a", "m4a", boxes(b"isom", b"soun", 61_000), Some(61_000)),
        made("song.mp3", "mp3", mp3(100), Some(2612)),
        made(
            "tagged.mp3",
            "mp3",
            [b"ID3\x04\0\0\0\0\x01\x00", &[0; 128][..], &mp3(50)].concat(),
            Some(1306),
        ),
    ]
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// A picture of three colours: the first as ground, the others as the person.
fn palette(colours: &[[u8; 3]; 3], alpha: &[u8]) -> Vec<u8> {
    let mut raw = Vec::new();
    for y in 0..HEIGHT {
        raw.push(0);
        raw.extend((0..WIDTH).map(|x| match () {
            () if y < 150 || x.abs_diff(206) > 120 => 0,
            () if y < 400 => 1,
            () => 2,
        }));
    }
    let transparency = if alpha.is_empty() { Vec::new() } else { chunk(b"tRNS", alpha) };
    let parts = [chunk(b"PLTE", colours.as_flattened()), transparency, chunk(b"IDAT", &zlib(&raw))];
    png_of(WIDTH, HEIGHT, 8, 3, &parts.concat())
}

/// A grey picture of one bit a pixel, eight of them at once.
fn bits(width: u32, height: u32, eight: u8) -> Vec<u8> {
    let line = [vec![0], vec![eight; width.div_ceil(8) as usize]].concat();
    // A bomb claims far more than it holds.
    let lines = if width > 30_000 { 10 } else { height as usize };
    png_of(width, height, 1, 0, &chunk(b"IDAT", &zlib(&line.repeat(lines))))
}

fn png_of(width: u32, height: u32, depth: u8, colour: u8, parts: &[u8]) -> Vec<u8> {
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let head = chunk(b"IHDR", &[&size[..], &[depth, colour, 0, 0, 0]].concat());
    [b"\x89PNG\r\n\x1A\n", &head[..], parts, &chunk(b"IEND", &[])].concat()
}

fn chunk(kind: &[u8], body: &[u8]) -> Vec<u8> {
    let named = [kind, body].concat();
    let mut sum = flate2::Crc::new();
    sum.update(&named);
    [&(body.len() as u32).to_be_bytes()[..], &named, &sum.sum().to_be_bytes()].concat()
}

/// `png` with a chunk right after its header.
fn with_chunk(png: &[u8], chunk: &[u8]) -> Vec<u8> {
    [&png[..33], chunk, &png[33..]].concat()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn segment(code: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, code], &length[..], body].concat()
}

/// `jpeg` with a segment right after its first marker.
fn with_segment(jpeg: &[u8], segment: &[u8]) -> Vec<u8> {
    [&jpeg[..2], segment, &jpeg[2..]].concat()
}

/// EXIF data with the orientation alone.
fn tiff(orientation: u8) -> Vec<u8> {
    let entry = [1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
    [b"MM\0*\0\0\0\x08\0\x01", &entry[..], &[0; 4]].concat()
}

/// A display profile of sRGB's primaries with red and blue exchanged (ICC.1, version 2).
fn swapped_profile() -> Vec<u8> {
    let fixed = |value: f64| ((value * 65_536.0).round() as i32).to_be_bytes();
    let xyz = |[x, y, z]: [f64; 3]| {
        [b"XYZ \0\0\0\0", &[fixed(x), fixed(y), fixed(z)].concat()[..]].concat()
    };
    let curve = [b"curv\0\0\0\0\0\0\0\x01\x02\x33\0\0".as_slice()].concat();
    let text = b"text\0\0\0\0none\0\0\0\0".to_vec();
    let described = [b"desc\0\0\0\0\0\0\0\x08swapped\0", &[0; 81][..]].concat();
    let tags: [(&[u8; 4], Vec<u8>); 9] = [
        (b"desc", described),
        (b"cprt", text),
        (b"wtpt", xyz([0.9642, 1.0, 0.8249])),
        (b"rXYZ", xyz([0.1431, 0.0606, 0.7141])),
        (b"gXYZ", xyz([0.3851, 0.7169, 0.0971])),
        (b"bXYZ", xyz([0.4361, 0.2225, 0.0139])),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let (mut table, mut data) = ((tags.len() as u32).to_be_bytes().to_vec(), Vec::new());
    let start = 128 + 4 + 12 * tags.len();
    for (name, body) in &tags {
        table.extend(
            [
                &name[..],
                &((start + data.len()) as u32).to_be_bytes(),
                &(body.len() as u32).to_be_bytes(),
            ]
            .concat(),
        );
        data.extend(body);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut head = [0; 128];
    head[..4].copy_from_slice(&((start + data.len()) as u32).to_be_bytes());
    head[8..12].copy_from_slice(&[2, 0x40, 0, 0]);
    head[12..24].copy_from_slice(b"mntrRGB XYZ ");
    head[36..40].copy_from_slice(b"acsp");
    head[68..80].copy_from_slice(&[fixed(0.9642), fixed(1.0), fixed(0.8249)].concat());
    [&head[..], &table, &data].concat()
}

/// A ZIP of entries that hold a few bytes each, so that half of one still has names in it.
fn zip(names: &[&str]) -> Vec<u8> {
    let body = [b'.'; 40];
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    let size = (body.len() as u32).to_le_bytes();
    let mut sum = flate2::Crc::new();
    sum.update(&body);
    for name in names {
        let at = (bytes.len() as u32).to_le_bytes();
        let length = (name.len() as u16).to_le_bytes();
        let sizes = [&sum.sum().to_le_bytes()[..], &size, &size, &length, &[0; 2]].concat();
        bytes.extend(
            [b"PK\x03\x04\x14\0\0\0\0\0\0\0\x21\0", &sizes[..], name.as_bytes(), &body].concat(),
        );
        let head = [b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\x21\0", &sizes[..], &[0; 10]].concat();
        directory.extend([&head[..], &at, name.as_bytes()].concat());
    }
    let count = (names.len() as u16).to_le_bytes();
    let (size, at) = (directory.len() as u32, bytes.len() as u32);
    bytes.extend(directory);
    let ends = [size.to_le_bytes(), at.to_le_bytes()].concat();
    bytes.extend([b"PK\x05\x06\0\0\0\0", &count[..], &count, &ends, &[0; 2]].concat());
    bytes
}

/// An OLE file with a root and streams of these names.
fn ole(streams: &[&str]) -> Vec<u8> {
    let entry = |name: &str, kind: u8| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(64, 0);
        entry.extend([(name.len() * 2 + 2) as u8, 0, kind]);
        entry.resize(128, 0);
        entry
    };
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(4096, 0);
    bytes.extend(entry("Root Entry", 5));
    for name in streams {
        bytes.extend(entry(name, 2));
    }
    bytes.resize(5120, 0);
    bytes
}

fn pdf(trailer: &str) -> Vec<u8> {
    let body = "1 0 obj\n<< /Type /Catalog >>\nendobj\n";
    format!("%PDF-1.4\n{body}trailer\n<< /Root 1 0 R {trailer}>>\nstartxref\n9\n%%EOF\n")
        .into_bytes()
}

/// Sound of 8000 samples a second, one byte each.
fn wav(ms: u32) -> Vec<u8> {
    let size = ms * 8;
    let format = [1, 0, 1, 0, 0x40, 0x1F, 0, 0, 0x40, 0x1F, 0, 0, 1, 0, 8, 0];
    let head = [b"RIFF", &(size + 36).to_le_bytes()[..], b"WAVEfmt \x10\0\0\0", &format].concat();
    [&head[..], b"data", &size.to_le_bytes(), &vec![128; size as usize]].concat()
}

fn mp4(ms: u32) -> Vec<u8> {
    boxes(b"isom", b"vide", ms)
}

/// A film or recording whose data stands before what is said about it, as cameras write it.
fn boxes(brand: &[u8], handler: &[u8], ms: u32) -> Vec<u8> {
    let part = |kind: &[u8; 4], body: &[u8]| {
        [&(body.len() as u32 + 8).to_be_bytes()[..], kind, body].concat()
    };
    let times = [&[0; 12][..], &1000_u32.to_be_bytes(), &ms.to_be_bytes(), &[0; 80]].concat();
    let handler = part(b"hdlr", &[&[0; 8][..], handler, &[0; 13]].concat());
    let track = part(b"trak", &[part(b"tkhd", &[0; 84]), part(b"mdia", &handler)].concat());
    let movie = part(b"moov", &[part(b"mvhd", &times), track].concat());
    let brands = [brand, &[0; 4], brand].concat();
    [part(b"ftyp", &brands), part(b"free", &[]), part(b"mdat", &[9; 500]), movie].concat()
}

/// Frames of MPEG-1 layer III, 128 kbit/s at 44.1 kHz: 1152 samples in 417 bytes.
fn mp3(frames: usize) -> Vec<u8> {
    let frame = [b"\xFF\xFB\x90\x00", &[0; 413][..]].concat();
    frame.repeat(frames)
}
