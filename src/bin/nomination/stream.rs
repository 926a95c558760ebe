//! Many lines: each worked on by itself, on all cores, answered in the order of the input.
//!
//! A batch is what one read of the standard input gave, cut at the last line end; batch `i` goes to
//! worker `i` modulo their number and is awaited from there, which keeps the order without sorting.
//! Every queue is short, so whoever is slowest holds back the rest and memory does not grow with the
//! input. Nothing is held back for a fuller batch: who writes one line and waits gets its answer.

use std::{
    io::{self, Read},
    num::NonZero,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread,
};

use crate::{input, outcome::Outcome};

/// How much is read at once, in bytes; what a pipe holds.
const CHUNK: usize = 65_536;
/// How many batches wait before and behind each worker.
const WAITING: usize = 2;

/// One line, or what is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line<'a> {
    /// Its bytes, without the line end.
    Whole(&'a [u8]),
    /// Longer than is taken; it was skipped and not kept.
    TooLong,
}

/// Answers every line of the standard input with a line. `answer` appends its line without the line
/// end; lines of more than `most` bytes it does not get to see.
pub(crate) fn each_line(
    most: usize,
    answer: impl Fn(Line, &mut Vec<u8>) -> Outcome + Sync,
) -> Result<Outcome, String> {
    let workers = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let (mut questions, mut answers) = (Vec::new(), Vec::new());
        for _ in 0..workers {
            let (to_worker, batches) = sync_channel::<Batch>(WAITING);
            let (answered, from_worker) = sync_channel(WAITING);
            let answer = &answer;
            scope.spawn(move || work(&batches, &answered, answer));
            questions.push(to_worker);
            answers.push(from_worker);
        }
        let reading = scope.spawn(move || send(Batches::new(io::stdin(), most), &questions));
        let worst = gather(&answers)?;
        let read = reading.join().map_err(|_| "reading the standard input broke off".to_owned())?;
        read.map(|()| worst).map_err(|error| format!("standard input: {error}"))
    })
}

fn send(batches: Batches<impl Read>, workers: &[SyncSender<Batch>]) -> io::Result<()> {
    for (batch, worker) in batches.zip(workers.iter().cycle()) {
        if worker.send(batch?).is_err() {
            break;
        }
    }
    Ok(())
}

fn work(
    batches: &Receiver<Batch>,
    answered: &SyncSender<(Vec<u8>, Outcome)>,
    answer: impl Fn(Line, &mut Vec<u8>) -> Outcome,
) {
    for batch in batches {
        let mut lines = Vec::new();
        let mut worst = Outcome::Fine;
        for line in batch.lines() {
            worst = worst.max(answer(line, &mut lines));
            lines.push(b'\n');
        }
        if answered.send((lines, worst)).is_err() {
            break;
        }
    }
}

/// Prints what the workers answer, in turn. The first that has nothing more to say ends it: it is the
/// one whose turn the next batch would have been.
fn gather(answers: &[Receiver<(Vec<u8>, Outcome)>]) -> Result<Outcome, String> {
    let mut worst = Outcome::Fine;
    for worker in answers.iter().cycle() {
        let Ok((lines, outcome)) = worker.recv() else { break };
        worst = worst.max(outcome);
        input::print(&lines, worst)?;
    }
    Ok(worst)
}

/// Whole lines that arrived together.
#[derive(Debug, PartialEq, Eq)]
struct Batch {
    /// Whether the end of a line that is too long comes first.
    after_too_long: bool,
    /// The lines with their ends; the last one may have none.
    bytes: Vec<u8>,
}

impl Batch {
    fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let bytes = self.bytes.strip_suffix(b"\n").unwrap_or(&self.bytes);
        let whole = (!self.bytes.is_empty()).then(|| bytes.split(|byte| *byte == b'\n'));
        let first = self.after_too_long.then_some(Line::TooLong);
        first.into_iter().chain(whole.into_iter().flatten().map(Line::Whole))
    }
}

/// Cuts what is read into batches.
struct Batches<R> {
    input: R,
    /// The longest line taken, in bytes.
    most: usize,
    /// The beginning of a line whose end is still to come.
    begun: Vec<u8>,
    /// Whether the line that is being read is too long already.
    skipping: bool,
}

impl<R: Read> Batches<R> {
    fn new(input: R, most: usize) -> Self {
        Self { input, most, begun: Vec::new(), skipping: false }
    }

    /// Reads on behind what is begun; how many bytes came.
    fn read_on(&mut self) -> io::Result<usize> {
        let known = self.begun.len();
        self.begun.resize(known + CHUNK, 0);
        let room = self.begun.get_mut(known..).unwrap_or_default();
        let read = loop {
            match self.input.read(room) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.begun.truncate(known + read.as_ref().map_or(0, |count| *count));
        read
    }

    /// Takes the whole lines among what was read last; those of a line too long are gone.
    fn cut(&mut self, read: usize) -> Option<Batch> {
        let known = self.begun.len() - read;
        let mut new = self.begun.get(known..).unwrap_or_default();
        let mut after_too_long = false;
        if self.skipping {
            let Some(end) = new.iter().position(|byte| *byte == b'\n') else {
                self.begun.clear();
                return None;
            };
            // Nothing is begun while a line is skipped, so all of it is new.
            self.begun.drain(..=end);
            new = &self.begun;
            (self.skipping, after_too_long) = (false, true);
        }
        let known = self.begun.len() - new.len();
        let whole = new.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| known + end + 1);
        let rest = self.begun.split_off(whole);
        let bytes = std::mem::replace(&mut self.begun, rest);
        if self.begun.len() > self.most {
            self.begun = Vec::new();
            self.skipping = true;
        }
        (after_too_long || !bytes.is_empty()).then_some(Batch { after_too_long, bytes })
    }

    /// What is left when nothing more comes: a last line without its end.
    fn left_over(&mut self) -> Option<Batch> {
        let bytes = std::mem::take(&mut self.begun);
        let after_too_long = std::mem::take(&mut self.skipping);
        (after_too_long || !bytes.is_empty()).then_some(Batch { after_too_long, bytes })
    }
}

impl<R: Read> Iterator for Batches<R> {
    type Item = io::Result<Batch>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.read_on() {
                Err(error) => return Some(Err(error)),
                Ok(0) => return self.left_over().map(Ok),
                Ok(read) => {
                    if let Some(batch) = self.cut(read) {
                        return Some(Ok(batch));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives what it was given in pieces of one size, as a pipe might.
    struct Pieces<'a>(&'a [u8], usize);

    impl Read for Pieces<'_> {
        fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(room.len());
            let (piece, rest) = self.0.split_at(count);
            room[..count].copy_from_slice(piece);
            self.0 = rest;
            Ok(count)
        }
    }

    fn lines(input: &[u8], piece: usize, most: usize) -> Vec<String> {
        let batches = Batches::new(Pieces(input, piece), most).map(Result::unwrap);
        let mut lines = Vec::new();
        for batch in batches {
            lines.extend(batch.lines().map(|line| match line {
                Line::Whole(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
                Line::TooLong => "too long".to_owned(),
            }));
        }
        lines
    }

    #[test]
    fn lines_are_the_same_however_they_arrive() {
        let input = b"one\n\ntwo\r\nthree";
        for piece in 1..=input.len() {
            assert_eq!(lines(input, piece, 100), ["one", "", "two\r", "three"], "{piece}");
        }
        assert_eq!(lines(b"", 1, 100), [""; 0]);
        assert_eq!(lines(b"\n", 1, 100), [""]);
    }

    #[test]
    fn a_line_too_long_is_skipped_and_keeps_its_place() {
        let input = [b"a\n", &b"x".repeat(50)[..], b"\nb\n", &b"y".repeat(50)[..]].concat();
        for piece in 1..20 {
            assert_eq!(lines(&input, piece, 10), ["a", "too long", "b", "too long"], "{piece}");
        }
    }

    #[test]
    fn a_line_too_long_is_not_held() {
        let input = vec![b'x'; 20 * CHUNK];
        let mut batches = Batches::new(&input[..], 2 * CHUNK);
        loop {
            let read = batches.read_on().unwrap();
            assert!(batches.begun.len() <= 3 * CHUNK);
            if read == 0 {
                break;
            }
            assert_eq!(batches.cut(read), None);
        }
        assert_eq!(batches.left_over(), Some(Batch { after_too_long: true, bytes: Vec::new() }));
    }
}
