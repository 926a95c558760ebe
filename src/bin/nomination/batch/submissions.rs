//! The submissions in a file: one, as it was sent, or one a line.
//!
//! Which of them it is shows in the first lines: a document that goes over several lines begins with a
//! line that is not yet JSON, and its second line is no object by itself. `.jsonl` and `.ndjson` say it
//! by name. At most one submission is held at a time.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::Path,
};

use nomination_form::submission::MAX_BYTES;
use serde::de::IgnoredAny;

/// What may be a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Its bytes.
    Whole(&'a [u8]),
    /// More than is taken; it was not kept.
    TooLarge,
}

/// Gives every submission of a file, `-` being the standard input, to `take`. Blank lines are none.
pub(super) fn each_submission(path: &Path, take: impl FnMut(Piece)) -> io::Result<()> {
    let lines = path.extension().is_some_and(|ending| ending == "jsonl" || ending == "ndjson");
    if path == Path::new("-") {
        return each_in(io::stdin().lock(), true, lines, take);
    }
    each_in(BufReader::new(File::open(path)?), lines, lines, take)
}

/// `may_be_empty` says whether nothing at all is no submission, or one that cannot be read.
fn each_in(
    mut input: impl BufRead,
    may_be_empty: bool,
    lines: bool,
    mut take: impl FnMut(Piece),
) -> io::Result<()> {
    let mut next = || filled_line(&mut input);
    let Some(first) = next()? else {
        if !may_be_empty {
            take(Piece::Whole(b""));
        }
        return Ok(());
    };
    let mut waiting = None;
    if !lines
        && let Line::Whole(begun) = &first
        && is_begun(begun)
    {
        let second = next()?;
        if !matches!(&second, Some(Line::Whole(line)) if is_object(line)) {
            return document(begun.clone(), second, input, take);
        }
        waiting = second;
    }
    let mut line = Some(first);
    while let Some(this) = line {
        take(match &this {
            Line::Whole(bytes) => Piece::Whole(bytes),
            Line::TooLong => Piece::TooLarge,
        });
        line = match waiting.take() {
            Some(line) => Some(line),
            None => filled_line(&mut input)?,
        };
    }
    Ok(())
}

/// The rest of a document, as far as it may be taken.
fn document(
    mut whole: Vec<u8>,
    second: Option<Line>,
    input: impl BufRead,
    mut take: impl FnMut(Piece),
) -> io::Result<()> {
    match second {
        Some(Line::TooLong) => whole.resize(MAX_BYTES + 1, b' '),
        Some(Line::Whole(line)) => whole.extend(line),
        None => {}
    }
    let room = (MAX_BYTES + 1).saturating_sub(whole.len());
    input.take(u64::try_from(room).unwrap_or(u64::MAX)).read_to_end(&mut whole)?;
    take(if whole.len() > MAX_BYTES { Piece::TooLarge } else { Piece::Whole(&whole) });
    Ok(())
}

/// A line with its end.
enum Line {
    Whole(Vec<u8>),
    TooLong,
}

/// The next line with anything in it.
fn filled_line(input: &mut impl BufRead) -> io::Result<Option<Line>> {
    loop {
        match line(input)? {
            Some(Line::Whole(line)) if line.trim_ascii().is_empty() => {}
            line => return Ok(line),
        }
    }
}

/// The next line; the bytes of one that is too long are dropped as they come.
fn line(input: &mut impl BufRead) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(2);
    if input.by_ref().take(most).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') || line.len() <= MAX_BYTES {
        return Ok(Some(Line::Whole(line)));
    }
    loop {
        let room = input.fill_buf()?;
        let end = room.iter().position(|byte| *byte == b'\n');
        let read = end.map_or(room.len(), |end| end + 1);
        let done = end.is_some() || room.is_empty();
        input.consume(read);
        if done {
            return Ok(Some(Line::TooLong));
        }
    }
}

/// Whether this is the beginning of JSON that goes on.
fn is_begun(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    serde_json::from_slice::<IgnoredAny>(line).is_err_and(|error| error.is_eof())
}

fn is_object(line: &[u8]) -> bool {
    line.trim_ascii_start().starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(line).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(input: &[u8], lines: bool) -> Vec<String> {
        let mut pieces = Vec::new();
        each_in(input, lines, lines, |piece| {
            pieces.push(match piece {
                Piece::Whole(bytes) => String::from_utf8_lossy(bytes).trim().to_owned(),
                Piece::TooLarge => "too large".to_owned(),
            });
        })
        .unwrap();
        pieces
    }

    #[test]
    fn a_document_and_lines_are_told_apart() {
        let document = "{\n  \"a\": {\n    \"b\": 1\n  }\n}";
        assert_eq!(pieces(document.as_bytes(), false), [document]);
        assert_eq!(pieces(b"\xEF\xBB\xBF{\n}", false), ["\u{FEFF}{\n}"]);
        assert_eq!(pieces(b"{}\n\n{\"a\": 1}\r\n", false), ["{}", "{\"a\": 1}"]);
        assert_eq!(pieces(b"{}", false), ["{}"]);
        assert_eq!(
            pieces(b"{\"a\":\n{}\n{}", false),
            ["{\"a\":", "{}", "{}"],
            "a broken first line"
        );
        assert_eq!(pieces(b"{\"a\":\n{", true), ["{\"a\":", "{"], "lines by name");
        assert_eq!(pieces(b"\n \n", true), [""; 0]);
        assert_eq!(pieces(b"\n \n", false), [""], "an empty file is no submission");
    }

    #[test]
    fn what_is_too_large_is_skipped() {
        let long = vec![b'x'; 2 * MAX_BYTES];
        let lines = [b"{}\n", long.as_slice(), b"\n{}\n"].concat();
        assert_eq!(pieces(&lines, false), ["{}", "too large", "{}"]);
        let document = [b"{\n\"a\": \"", long.as_slice(), b"\"\n}"].concat();
        assert_eq!(pieces(&document, false), ["too large"]);
        let document = [b"{\n\"a\": 1,\n\"b\": \"", long.as_slice(), b"\"\n}"].concat();
        assert_eq!(pieces(&document, false), ["too large"]);
        let exact = [b"\"", vec![b'x'; MAX_BYTES - 2].as_slice(), b"\""].concat();
        assert_eq!(pieces(&exact, false).concat().len(), MAX_BYTES);
    }
}
