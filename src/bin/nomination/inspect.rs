//! `nomination inspect`: what the page finds of a photo or document, from the same code.
//!
//! One line of JSON a file. Files are read in pieces and may be of any size; only the pixels of a
//! picture are held in memory, and those are bounded. No campaign is asked, so only what is wrong
//! with a file by itself is a problem: it is of no usual format, empty, cut off, under a password.

use std::{
    fs::File,
    io::{self, BufReader, Seek},
    path::{Path, PathBuf},
};

use nomination_form::{
    answers::Findings,
    campaign::Severity,
    files::{Reader, pixels},
    rules::{Code, file_problem},
};
use serde::Serialize;

use crate::{complain, input, outcome::Outcome};

/// What campaigns ask for on paper and in pictures.
const DOCUMENTS: [&str; 5] = ["jpeg", "png", "pdf", "docx", "doc"];
/// What they ask for where something is to be seen or heard.
const RECORDINGS: [&str; 4] = ["mp4", "m4a", "wav", "mp3"];
/// What a file is called in a sentence.
const LABEL: &str = "材料";

/// Say what photos and documents are
///
/// One line of JSON a file: `format`, `bytes`, `sha256`, of a picture `width`, `height`, `background` and
/// `colour`, of a recording its length, and `problems`: what is wrong with it whatever a campaign asks.
/// With several files each line names its `file`.
///
/// Exit status: 0 nothing to object to, 1 problems, 2 a file that could not be read.
#[derive(clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Args {
    /// The files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Serialize)]
struct Line<'a> {
    /// Only where several files were named: names of files are names of people.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    format: &'a str,
    bytes: u64,
    sha256: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    background: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    colour: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_ms: Option<u64>,
    problems: Vec<Told>,
}

#[derive(Serialize)]
struct Told {
    code: Code,
    severity: Severity,
    message: String,
}

/// Inspects each file and prints a line for it; the exit status, or why the run failed. A file that
/// cannot be read is told on the standard error, and the others go on.
pub(crate) fn run(args: &Args) -> Result<Outcome, String> {
    let files = &args.files;
    let mut worst = Outcome::Fine;
    for path in files {
        let name = path.to_string_lossy();
        let shown = (files.len() > 1).then_some(name.as_ref());
        match measured(path) {
            Ok(found) => {
                let (line, outcome) = told(shown, &found)?;
                worst = worst.max(outcome);
                input::print(&line, worst)?;
            }
            Err(error) => {
                complain(&format!("{name}: {error}"));
                worst = Outcome::Failed;
            }
        }
    }
    Ok(worst)
}

fn measured(path: &Path) -> io::Result<Findings> {
    let mut file = File::open(path)?;
    let facts = Reader::read(&mut file)?;
    file.rewind()?;
    let look = pixels::look(BufReader::new(file), &facts);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok(Findings::of(&facts, look, &name))
}

/// The line for a file, and what it comes to.
fn told(file: Option<&str>, found: &Findings) -> Result<(Vec<u8>, Outcome), String> {
    let taken: &[&str] =
        if RECORDINGS.contains(&found.format.as_str()) { &RECORDINGS } else { &DOCUMENTS };
    let problem = file_problem(LABEL, taken, found);
    let outcome = if problem.is_some() { Outcome::Found } else { Outcome::Fine };
    let image = found.image.as_ref();
    let line = Line {
        file,
        format: &found.format,
        bytes: found.bytes,
        sha256: &found.sha256,
        width: image.map(|image| image.width),
        height: image.map(|image| image.height),
        background: image.and_then(|image| image.background.as_deref()),
        colour: image.and_then(|image| image.colour),
        duration_ms: found.duration_ms,
        problems: problem
            .into_iter()
            .map(|it| Told { code: it.code, severity: it.severity, message: it.message })
            .collect(),
    };
    let mut json = serde_json::to_vec(&line).map_err(|error| error.to_string())?;
    json.push(b'\n');
    Ok((json, outcome))
}
