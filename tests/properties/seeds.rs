//! What the fuzzers begin with: the fixtures of the other tests, and files made in code.
//!
//! `cargo run --example fuzz_seeds FOLDER` writes them down, so that no copies of them are kept.

use std::fs;

use serde_json::Value;

use crate::{fixtures, targets::folder};

/// The seeds of a target, by its name.
pub(crate) fn of(target: &str) -> Vec<Vec<u8>> {
    match target {
        "campaign" => [
            folder("public/campaigns"),
            folder("tests/fixtures/campaigns"),
            folder("tests/fixtures/faults"),
        ]
        .iter()
        .flat_map(|dir| files(dir))
        .collect(),
        "submission" => files(&folder("tests/fixtures/verdicts/base")),
        "file" => pictures_and_documents(),
        "text" => texts(),
        // Spelt in bytes of the target's own; these are just long enough for a deep one.
        "condition" => (0..8_u8)
            .map(|step| (0..120_u8).map(|at| at.wrapping_mul(37 + 2 * step)).collect())
            .collect(),
        _ => Vec::new(),
    }
}

fn files(dir: &std::path::Path) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_file()).map(|path| fs::read(path).unwrap()).collect()
}

fn texts() -> Vec<Vec<u8>> {
    let cases = fs::read(folder("tests/fixtures/standards").join("count.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_slice(&cases).unwrap();
    cases.iter().map(|case| case["text"].as_str().unwrap().as_bytes().to_vec()).collect()
}

/// Small ones of each format, with the two bytes before them that say in which pieces they come.
fn pictures_and_documents() -> Vec<Vec<u8>> {
    use fixtures::{docx, exif_segment, jpeg, ole, pdf, png, tiff, with_chunk, with_segments, zip};
    let (jpeg, png) = (jpeg(16, 12), png(9, 7));
    let files = [
        with_segments(&jpeg, &exif_segment(6, true)),
        with_segments(&jpeg, &exif_segment(8, false)),
        with_chunk(&png, b"eXIf", &tiff(3, false)),
        pdf(""),
        pdf("/Encrypt 4 0 R "),
        docx(),
        zip(&["a", "xl/workbook.xml"]),
        ole(&["WordDocument", "1Table"]),
        ole(&["Workbook"]),
        jpeg,
        png,
        b"MZ\x90\0".to_vec(),
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(),
        Vec::new(),
    ];
    files.into_iter().map(|file| [&[3, 7][..], &file].concat()).collect()
}
