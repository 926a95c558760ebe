#![allow(clippy::cast_possible_truncation, clippy::large_stack_arrays)]

use super::fixtures::*;
use super::{Facts, FileProblem, Format, Reader, inspect};
use image::{DynamicImage, ImageFormat};
use std::time::{Duration, Instant};

/// Format and problems, as in `pdf: truncated encrypted`.
#[track_caller]
fn check(bytes: &[u8], expect: &str) {
    let facts = inspect(bytes);
    let found = facts
        .problems
        .iter()
        .fold(format!("{}:", facts.format.name()), |found, problem| found + " " + problem.code());
    assert_eq!(found, expect);
}

#[track_caller]
fn check_orientation(bytes: &[u8], orientation: u8, width: u32, height: u32) {
    let image = inspect(bytes).image.unwrap();
    assert_eq!((image.orientation, image.width, image.height), (orientation, width, height));
}

/// What is left of a file when its EXIF data is cut out.
fn cut(bytes: &[u8]) -> Option<Vec<u8>> {
    let ranges = inspect(bytes).bare()?;
    let piece = |r: std::ops::Range<u64>| &bytes[r.start as usize..r.end as usize];
    Some(ranges.into_iter().flat_map(piece).copied().collect())
}

#[test]
fn signatures_are_recognised_whatever_the_name() {
    check(b"", "empty: empty");
    check(b"MZ\x90\0\x03", "exe:");
    check(b"\x7FELF\x02", "elf:");
    check(b"#!/bin/sh\n", "script:");
    check(b"GIF89a...", "gif:");
    check(b"BM\x36\0\0\0\0\0\0\0\x36", "bmp:");
    check(b"II*\0\x08\0\0\0", "tiff:");
    check(b"RIFF\x10\0\0\0WEBPVP8 ", "webp:");
    check(b"Rar!\x1A\x07\x01\0", "rar:");
    check(b"7z\xBC\xAF\x27\x1C", "seven-zip:");
    check(b"{\\rtf1\\ansi", "rtf:");
    check(b"\xEF\xBB\xBF \r\n<!DOCTYPE html><p>", "html:");
    check(b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "html:");
    check(b"<?xml version=\"1.0\"?>", "xml:");
    check("先进事迹".as_bytes(), "text:");
    check(b"\xCF\xC8\xBD\xF8\xCA\xC2\xBC\xA3\r\n", "text:");
    check(b"\x01\x02\x03", "unknown:");
    check(b"BMW is no bitmap", "text:");
}

#[test]
fn brands_tell_pictures_of_phones_from_films() {
    check(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic:");
    check(b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "heic:");
    check(b"\0\0\0\x1Cftypmif1\0\0\0\0mif1avifmiaf", "avif:");
    check(b"\0\0\0\x14ftypisom\0\0\0\0mp42", "mp4: truncated");
    check(b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "video: truncated");
    // Bytes after the box are not brands.
    check(b"\0\0\0\x14ftypisom\0\0\0\0mp42heic", "mp4: truncated");
}

#[test]
fn a_real_jpeg_is_measured_and_whole() {
    let bytes = jpeg(41, 58);
    check(&bytes, "jpeg:");
    let image = inspect(&bytes).image.unwrap();
    assert_eq!((image.raw_width, image.raw_height), (41, 58));
    assert!(!image.greyscale && !image.cmyk);
}

#[test]
fn a_real_png_is_measured_and_whole() {
    let bytes = png(41, 58);
    check(&bytes, "png:");
    check_orientation(&bytes, 1, 41, 58);
}

#[test]
fn pictures_stored_without_colour_are_grey() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png] {
        let grey: DynamicImage = picture(20, 30).to_luma8().into();
        assert!(inspect(&encoded(&grey, format)).image.unwrap().greyscale);
    }
    let palette = |colours: &[u8]| {
        let mut bytes = with_chunk(&png(4, 4), b"PLTE", colours);
        bytes[25] = 3;
        inspect(&bytes).image.unwrap().greyscale
    };
    assert!(palette(&[0, 0, 0, 90, 90, 90, 255, 255, 255]));
    assert!(!palette(&[0, 0, 0, 90, 90, 91, 255, 255, 255]));
}

#[test]
fn orientation_turns_the_measures() {
    for orientation in 1..=8 {
        let (width, height) = if orientation > 4 { (58, 41) } else { (41, 58) };
        for little in [true, false] {
            let photo = with_segments(&jpeg(41, 58), &exif_segment(orientation, little));
            check_orientation(&photo, orientation, width, height);
            let drawing = with_chunk(&png(41, 58), b"eXIf", &tiff(orientation, little));
            check_orientation(&drawing, orientation, width, height);
        }
    }
}

#[test]
fn large_segments_before_the_frame_are_passed() {
    let colour_profile = segment(0xE2, &[0xFF; 65_533]).repeat(12);
    // The thumbnail in the EXIF data is a whole JPEG of its own size.
    let thumbnail = [b"Exif\0\0", &tiff(6, true)[..], &jpeg(16, 12)].concat();
    let segments = [colour_profile, segment(0xE1, &thumbnail)].concat();
    check_orientation(&with_segments(&jpeg(41, 58), &segments), 6, 58, 41);
}

#[test]
fn a_picture_cut_short_is_truncated() {
    let (photo, drawing) = (jpeg(41, 58), png(41, 58));
    check(&photo[..photo.len() - 2], "jpeg: truncated");
    check(&photo[..photo.len() / 2], "jpeg: truncated");
    check(&photo[..100], "jpeg: truncated");
    check(&drawing[..drawing.len() - 12], "png: truncated");
    check(&drawing[..drawing.len() - 1], "png: truncated");
    check(&drawing[..20], "png: truncated");
    // The half of a photo still says how large it would have been.
    check_orientation(&photo[..photo.len() - 2], 1, 41, 58);
}

#[test]
fn what_follows_the_end_of_a_picture_does_not_matter() {
    for after in [&[0; 40][..], b"\0\0\0\x18ftypmp42 a short film", &jpeg(9, 9)] {
        check(&[&jpeg(41, 58), after].concat(), "jpeg:");
        check(&[&png(41, 58), after].concat(), "png:");
        check_orientation(&[&jpeg(41, 58), after].concat(), 1, 41, 58);
    }
}

#[test]
fn four_colours_are_told() {
    let mut bytes = jpeg(8, 8);
    let frame = bytes.windows(2).position(|two| two == [0xFF, 0xC0]).unwrap();
    bytes[frame + 9] = 4;
    check(&bytes, "jpeg: cmyk");
}

#[test]
fn forms_of_jpeg_that_no_browser_decodes_are_unreadable() {
    let lossless = segment(0xC3, &[8, 0, 8, 0, 8, 1, 1, 0x11, 0]);
    check(&[b"\xFF\xD8", &lossless[..], b"\xFF\xD9"].concat(), "jpeg: unreadable");
    let no_height = segment(0xC0, &[8, 0, 0, 0, 8, 1, 1, 0x11, 0]);
    check(&[b"\xFF\xD8", &no_height[..], b"\xFF\xD9"].concat(), "jpeg: unreadable");
    check(b"\xFF\xD8\xFF\xD9", "jpeg: unreadable");
}

#[test]
fn a_picture_bare_is_the_picture_before_exif_was_put_in() {
    let photo = jpeg(41, 58);
    assert_eq!(cut(&with_segments(&photo, &exif_segment(6, true))), Some(photo.clone()));
    let two = [exif_segment(6, true), exif_segment(3, false)].concat();
    assert_eq!(cut(&with_segments(&photo, &two)), Some(photo.clone()));
    assert_eq!(cut(&photo), None);
    let drawing = png(41, 58);
    assert_eq!(cut(&with_chunk(&drawing, b"eXIf", &tiff(8, true))), Some(drawing));
}

#[test]
fn the_first_orientation_counts() {
    let two = [exif_segment(6, true), exif_segment(3, true)].concat();
    check_orientation(&with_segments(&jpeg(41, 58), &two), 6, 58, 41);
}

#[test]
fn a_pdf_is_whole_when_its_end_mark_is_near_the_end() {
    check(&pdf(""), "pdf:");
    check(&[b"scanned by\r\n", &pdf("")[..]].concat(), "pdf:");
    check(&[&pdf("")[..], &[0; 5000]].concat(), "pdf:");
    check(&[&pdf("")[..], &[b'x'; 1025]].concat(), "pdf: truncated");
    check(&pdf("")[..150], "pdf: truncated");
    check(&[&[b' '; 1025], &pdf("")[..]].concat(), "text:");
}

#[test]
fn an_encrypted_pdf_is_told_from_one_that_writes_about_encryption() {
    check(&pdf("/Encrypt 7 0 R "), "pdf: encrypted");
    check(&pdf("/Encrypt\n7 0 R "), "pdf: encrypted");
    check(&pdf("/Encrypt<< /Filter /Standard >> "), "pdf: encrypted");
    check(&pdf("/EncryptMetadata true "), "pdf:");
    check(&pdf("/Encrypt2 7 "), "pdf:");
    // The trailer of a newer file is the dictionary of a stream.
    let stream = b"5 0 obj\n<< /Type /XRef /Encrypt 7 0 R >>\nstream\nx\nendstream\n";
    check(&[&pdf("")[..], stream, b"%%EOF"].concat(), "pdf: encrypted");
}

#[test]
fn office_documents_are_told_by_what_the_zip_holds() {
    check(&docx(), "docx:");
    check(&zip(&["[Content_Types].xml", "word/document2.xml"]), "docx:");
    check(&zip(&["[Content_Types].xml", "xl/workbook.xml"]), "xlsx:");
    check(&zip(&["[Content_Types].xml", "ppt/presentation.xml"]), "pptx:");
    check(&zip(&["OFD.xml", "Doc_0/Document.xml"]), "ofd:");
    check(&zip(&["word/document.xml"]), "zip:");
    check(&zip(&["a.txt"]), "zip:");
    check(&zip(&[]), "zip:");
    let macros = ["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"];
    check(&zip(&macros), "docx: macros");
}

#[test]
fn a_zip_cut_short_or_with_a_password_is_told() {
    check(&docx()[..docx().len() - 22], "docx: truncated");
    check(&docx()[..40], "zip: truncated");
    let mut locked = zip(&["a.doc"]);
    let entry = locked.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    locked[entry + 8] = 1;
    check(&locked, "zip: encrypted");
    let mut astray = docx();
    let offset = astray.len() - 6;
    astray[offset] ^= 1;
    check(&astray, "zip: truncated");
}

#[test]
fn a_directory_too_large_to_keep_is_unreadable() {
    let names: Vec<String> = (0..5000).map(|n| format!("{n:060}.txt")).collect();
    check(&zip(&names.iter().map(String::as_str).collect::<Vec<_>>()), "zip: unreadable");
}

#[test]
fn a_zip_with_64_bit_records_is_read() {
    let mut bytes = docx();
    let end = bytes.split_off(bytes.len() - 22);
    let offset = u64::from(u32::from_le_bytes(end[16..20].try_into().unwrap()));
    let at = bytes.len() as u64;
    bytes.extend([b"PK\x06\x06", &[0; 28][..], &4u64.to_le_bytes(), &[0; 8]].concat());
    bytes.extend([offset.to_le_bytes(), [0; 8]].concat());
    bytes.extend([b"PK\x06\x07", &[0; 4][..], &at.to_le_bytes(), &[0; 4]].concat());
    bytes.extend([&end[..16], &[0xFF; 4], &[0; 2]].concat());
    check(&bytes, "docx:");
}

#[test]
fn old_office_documents_are_told_by_their_streams() {
    check(&ole(&["1Table", "WordDocument"]), "doc:");
    check(&ole(&["Workbook"]), "xls:");
    check(&ole(&["PowerPoint Document"]), "ppt:");
    check(&ole(&["Workbook", "WordDocument"]), "doc:");
    check(&ole(&["EncryptionInfo", "EncryptedPackage"]), "ole: encrypted");
    check(&ole(&["Contents"]), "ole:");
    check(&ole(&["WordDocument"])[..4000], "ole: truncated");
}

fn in_pieces(bytes: &[u8], size: usize) -> Facts {
    let mut reader = Reader::new();
    bytes.chunks(size).for_each(|piece| reader.push(piece));
    reader.finish()
}

fn all_fixtures() -> Vec<Vec<u8>> {
    let long_stream = format!("<< >>\nstream\n{}\nendstream\n", "x".repeat(3000));
    vec![
        with_segments(&jpeg(41, 58), &exif_segment(6, true)),
        with_chunk(&png(41, 58), b"eXIf", &tiff(6, false)),
        [long_stream.as_bytes(), &pdf("/Encrypt 7 0 R ")].concat(),
        [&pdf("")[..], long_stream.as_bytes(), &pdf("/Encrypt 7 0 R ")].concat(),
        docx(),
        ole(&["WordDocument"]),
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(),
        b"<html>".to_vec(),
    ]
}

#[test]
fn the_size_of_the_pieces_does_not_matter() {
    for bytes in all_fixtures() {
        let whole = inspect(&bytes);
        assert_eq!(whole.bytes, bytes.len() as u64);
        assert_eq!(whole.sha256, super::sha256_hex(&bytes));
        for size in [1, 3, 127, 128, 129, 2047, 2048, 2049] {
            assert_eq!(in_pieces(&bytes, size), whole);
        }
    }
}

#[test]
fn facts_go_to_json_and_back() {
    for bytes in all_fixtures() {
        let facts = inspect(&bytes);
        let json = serde_json::to_string(&facts).unwrap();
        assert_eq!(serde_json::from_str::<Facts>(&json).unwrap(), facts);
    }
    let json = serde_json::to_value([FileProblem::Encrypted]).unwrap();
    assert_eq!(json[0], FileProblem::Encrypted.code());
    assert_eq!(serde_json::to_value(Format::SevenZip).unwrap(), Format::SevenZip.name());
}

/// `SplitMix64`: the same numbers on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % end.max(1) as u64) as usize
    }

    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(6) {
            let at = self.below(bytes.len());
            match self.below(4) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, self.below(256) as u8),
                _ if bytes.is_empty() => {}
                2 => bytes[at] = [0, 0xFF, 0x80][self.below(3)],
                _ => bytes[at] = self.below(256) as u8,
            }
        }
    }
}

#[test]
fn twenty_thousand_damaged_files_are_all_answered_in_time() {
    let fixtures = all_fixtures();
    let mut numbers = Numbers(20_261_120);
    for round in 0..20_000 {
        let mut bytes = fixtures[round % fixtures.len()].clone();
        numbers.mutate(&mut bytes);
        let began = Instant::now();
        let facts = inspect(&bytes);
        assert!(began.elapsed() < Duration::from_secs(1), "round {round}");
        let kept: u64 = facts.bare().unwrap_or_default().iter().map(|r| r.end - r.start).sum();
        assert!(kept <= facts.bytes, "round {round}");
        let size = 1 + numbers.below(700);
        assert_eq!(in_pieces(&bytes, size), facts, "round {round}");
    }
}
