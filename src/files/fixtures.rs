//! Small files for the tests, made in code so that each byte has a reason.

#![allow(clippy::cast_possible_truncation, clippy::trivially_copy_pass_by_ref)]

use image::{DynamicImage, ImageFormat, RgbImage};
use std::io::Cursor;

/// EXIF data with one entry before the orientation and one after it.
pub(super) fn tiff(orientation: u8, little: bool) -> Vec<u8> {
    let short = |v: u16| if little { v.to_le_bytes() } else { v.to_be_bytes() };
    let long = |v: u32| if little { v.to_le_bytes() } else { v.to_be_bytes() };
    let entry = |tag: u16, value: u8| {
        let value = [short(value.into()), [0, 0]].concat();
        [&short(tag)[..], &short(3), &long(1), &value].concat()
    };
    let mut data = if little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
    data.extend(long(8));
    data.extend(short(3));
    data.extend(entry(0x0100, 7));
    data.extend(entry(0x0112, orientation));
    data.extend(entry(0x0128, 2));
    data.extend(long(0));
    data
}

pub(super) fn picture(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([(x * 7) as u8, (y * 5) as u8, ((x * y) % 251) as u8])
    })
    .into()
}

pub(super) fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub(super) fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(&picture(width, height), ImageFormat::Jpeg)
}

pub(super) fn png(width: u32, height: u32) -> Vec<u8> {
    encoded(&picture(width, height), ImageFormat::Png)
}

/// A JPEG segment.
pub(super) fn segment(code: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, code], &length[..], body].concat()
}

/// `jpeg` with `segments` right after its first marker.
pub(super) fn with_segments(jpeg: &[u8], segments: &[u8]) -> Vec<u8> {
    [&jpeg[..2], segments, &jpeg[2..]].concat()
}

pub(super) fn exif_segment(orientation: u8, little: bool) -> Vec<u8> {
    segment(0xE1, &[b"Exif\0\0", &tiff(orientation, little)[..]].concat())
}

/// `png` with a chunk right after its header. The check sum is not one.
pub(super) fn with_chunk(png: &[u8], kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    [&png[..33], &length, kind, body, &[0; 4], &png[33..]].concat()
}

pub(super) fn pdf(trailer: &str) -> Vec<u8> {
    let body = "1 0 obj\n<< /Type /Catalog >>\nendobj\n\
        2 0 obj\n<< /Length 21 >>\nstream\n(/Encrypt 3 0 R) Tj T\nendstream\nendobj\n";
    format!("%PDF-1.4\n{body}trailer\n<< /Size 3 /Root 1 0 R {trailer}>>\nstartxref\n9\n%%EOF\n")
        .into_bytes()
}

/// A ZIP of empty entries.
pub(super) fn zip(names: &[&str]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for name in names {
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let at = u32::try_from(bytes.len()).unwrap().to_le_bytes();
        bytes.extend([b"PK\x03\x04", &[0; 22][..], &length, &[0; 2], name.as_bytes()].concat());
        let head = [b"PK\x01\x02", &[0; 24][..], &length, &[0; 12]].concat();
        directory.extend([&head[..], &at, name.as_bytes()].concat());
    }
    let count = u16::try_from(names.len()).unwrap().to_le_bytes();
    let size = u32::try_from(directory.len()).unwrap().to_le_bytes();
    let at = u32::try_from(bytes.len()).unwrap().to_le_bytes();
    bytes.extend(directory);
    bytes.extend([b"PK\x05\x06", &[0; 4][..], &count, &count, &size, &at, &[0; 2]].concat());
    bytes
}

pub(super) fn docx() -> Vec<u8> {
    zip(&["[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml"])
}

/// An OLE file with a root and streams of these names.
pub(super) fn ole(streams: &[&str]) -> Vec<u8> {
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
