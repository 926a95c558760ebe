//! `nomination inspect` over a folder of files made for it.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::{Duration, Instant},
};

use nomination_form::files::sha256_hex;
use serde_json::Value;
use tempfile::TempDir;

use crate::made::{self, Made};

struct Run {
    status: i32,
    lines: Vec<Value>,
    err: String,
}

fn inspect(files: &[PathBuf]) -> Run {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_nomination")).arg("inspect").args(files).output().unwrap();
    let lines = String::from_utf8(stdout).unwrap();
    Run {
        status: status.code().unwrap(),
        lines: lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

fn write(folder: &Path, made: &Made) -> PathBuf {
    let path = folder.join(made.name);
    fs::write(&path, &made.bytes).unwrap();
    path
}

/// A line as the folder writes down what is to be found.
fn in_short(line: &Value) -> String {
    let mut short = line["format"].as_str().unwrap().to_owned();
    if let (Some(width), Some(height)) = (line["width"].as_u64(), line["height"].as_u64()) {
        write!(short, " {width}x{height}").unwrap();
    }
    if let Some(background) = line["background"].as_str() {
        write!(short, " {background}").unwrap();
    }
    match line["colour"].as_bool() {
        Some(true) => short += " colour",
        Some(false) => short += " grey",
        None => {}
    }
    for problem in line["problems"].as_array().unwrap() {
        assert!(!problem["message"].as_str().unwrap().contains(['{', '}', '。']), "{problem}");
        write!(short, " {}", problem["code"].as_str().unwrap()).unwrap();
    }
    short
}

#[test]
fn every_file_is_found_to_be_what_it_is() {
    let folder = TempDir::new().unwrap();
    let all = made::all();
    let paths: Vec<_> = all.iter().map(|made| write(folder.path(), made)).collect();
    let run = inspect(&paths);
    assert_eq!((run.status, run.err.as_str(), run.lines.len()), (1, "", all.len()));
    let wrong: Vec<_> = all
        .iter()
        .zip(&run.lines)
        .filter(|(made, line)| in_short(line) != made.found)
        .map(|(made, line)| format!("{}: {}, expected {}", made.name, in_short(line), made.found))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for ((made, line), path) in all.iter().zip(&run.lines).zip(&paths) {
        assert_eq!(line["file"], path.to_str().unwrap());
        assert_eq!(line["bytes"], made.bytes.len());
        assert_eq!(line["sha256"], sha256_hex(&made.bytes));
    }
}

#[test]
fn a_recording_says_how_long_it_lasts() {
    let folder = TempDir::new().unwrap();
    for (made, ms) in made::recordings() {
        let run = inspect(&[write(folder.path(), &made)]);
        assert_eq!(in_short(&run.lines[0]), made.found, "{}", made.name);
        assert_eq!(run.lines[0]["duration_ms"].as_u64(), ms, "{}", made.name);
    }
}

#[test]
fn one_file_is_told_without_its_name_and_by_the_exit_status() {
    let folder = TempDir::new().unwrap();
    let of = |name: &str| {
        let all = made::all();
        write(folder.path(), all.iter().find(|made| made.name == name).unwrap())
    };
    let fine = inspect(&[of("blue.jpg")]);
    assert_eq!((fine.status, fine.lines[0].get("file")), (0, None));
    let phone = inspect(&[of("phone.heic")]);
    assert_eq!(phone.status, 1);
    assert_eq!(phone.lines[0]["problems"][0]["message"], "这是 HEIC 照片，另存为 JPG 后再选");
    assert_eq!(phone.lines[0]["problems"][0]["severity"], "error");
}

#[test]
fn a_file_that_cannot_be_read_is_two_and_the_others_are_still_told() {
    let folder = TempDir::new().unwrap();
    let letter = made::all().into_iter().find(|made| made.name == "letter.pdf").unwrap();
    let there = write(folder.path(), &letter);
    let run = inspect(&[folder.path().join("nothing.pdf"), folder.path().to_owned(), there]);
    assert_eq!((run.status, run.lines.len()), (2, 1));
    assert_eq!(in_short(&run.lines[0]), "pdf");
    assert_eq!(run.err.lines().count(), 2);
}

#[test]
fn a_huge_file_is_read_in_pieces() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("huge.pdf");
    let file = fs::File::create(&path).unwrap();
    file.set_len(300_000_000).unwrap();
    let run = inspect(&[path]);
    assert_eq!((run.status, run.lines[0]["format"].as_str()), (1, Some("unknown")));
}

#[test]
fn the_size_of_the_pieces_does_not_matter() {
    let recordings = made::recordings().into_iter().map(|(made, _)| made);
    for made in made::all().into_iter().chain(recordings) {
        let whole = nomination_form::files::inspect(&made.bytes);
        for size in [1, 7, 2047, 2049] {
            let mut reader = nomination_form::files::Reader::new();
            made.bytes.chunks(size).for_each(|piece| reader.push(piece));
            assert_eq!(reader.finish(), whole, "{} in pieces of {size}", made.name);
        }
    }
}

#[test]
fn a_film_or_a_recording_cut_anywhere_is_truncated() {
    let cut = |name: &str, least: usize, step: usize| {
        let all = made::recordings();
        let (made, _) = all.iter().find(|(made, _)| made.name == name).unwrap();
        for end in (least..made.bytes.len()).rev().step_by(step) {
            let facts = nomination_form::files::inspect(&made.bytes[..end]);
            let problems: Vec<_> = facts.problems.iter().map(|it| it.code()).collect();
            assert_eq!(problems, ["truncated"], "{name} up to {end}");
        }
    };
    cut("film.mp4", 20, 1);
    cut("memo.m4a", 20, 1);
    cut("speech.wav", 12, 97);
}

/// `SplitMix64`: the same numbers on every machine.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    usize::try_from((z ^ (z >> 31)) >> 33).unwrap()
}

#[test]
fn damaged_files_are_answered_in_time() {
    let pictures: Vec<_> = made::all()
        .into_iter()
        .chain(made::recordings().into_iter().map(|(made, _)| made))
        .filter(|made| made.bytes.len() < 400_000)
        .map(|made| made.bytes)
        .collect();
    let mut state = 20_261_121;
    for round in 0..200 {
        let mut bytes = pictures[round % pictures.len()].clone();
        for _ in 0..=next(&mut state) % 8 {
            if bytes.is_empty() {
                break;
            }
            // Headers are short and decide most: half of the damage goes there.
            let room =
                if next(&mut state).is_multiple_of(2) { bytes.len().min(700) } else { bytes.len() };
            let at = next(&mut state) % room;
            bytes[at] = u8::try_from(next(&mut state) % 256).unwrap();
        }
        let began = Instant::now();
        let facts = nomination_form::files::inspect(&bytes);
        let look = nomination_form::files::pixels::look(std::io::Cursor::new(&bytes), &facts);
        assert!(look.is_none() || facts.decodable().is_some(), "round {round}");
        assert!(began.elapsed() < Duration::from_secs(20), "round {round}");
    }
}
