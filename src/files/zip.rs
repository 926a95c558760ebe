//! Finds out what a ZIP holds from the directory at its end, which is all that is kept of it.
//!
//! Nothing is unpacked, so there is nothing for a decompression bomb to blow up.

use super::{FileProblem, Format};

/// Most bytes kept from the end. The directory of a document with a thousand pictures is 80 kB.
const TAIL_BYTES: usize = 256 * 1024;
const MAX_ENTRIES: usize = 10_000;
const END_RECORD: &[u8; 4] = b"PK\x05\x06";
const END_RECORD_BYTES: usize = 22;
const LOCATOR_BYTES: usize = 20;

#[derive(Debug, Default)]
pub(super) struct Zip {
    tail: Vec<u8>,
    total: u64,
}

impl Zip {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.total = self.total.saturating_add(bytes.len() as u64);
        let news = last(bytes, TAIL_BYTES);
        if self.tail.len() + news.len() > 2 * TAIL_BYTES {
            let surplus = self.tail.len().saturating_sub(TAIL_BYTES);
            self.tail.drain(..surplus);
        }
        self.tail.extend_from_slice(news);
    }

    /// What the container is, and what is wrong with it.
    pub(super) fn finish(&self) -> (Format, Vec<FileProblem>) {
        let tail = last(&self.tail, TAIL_BYTES);
        let base = self.total.saturating_sub(tail.len() as u64);
        let Some(directory) = Directory::find(tail, base) else {
            let format = by_local_names(tail).unwrap_or(Format::Zip);
            return (format, vec![FileProblem::Truncated]);
        };
        let Some(start) = directory.offset.checked_sub(base) else {
            return (Format::Zip, vec![FileProblem::Unreadable]);
        };
        let entries = tail.get(usize::try_from(start).unwrap_or(usize::MAX)..).unwrap_or_default();
        let (contents, walked) = Contents::of(entries);
        let mut problems = Vec::new();
        if walked < directory.entries.min(MAX_ENTRIES as u64) {
            problems.push(FileProblem::Truncated);
        }
        if contents.encrypted {
            problems.push(FileProblem::Encrypted);
        }
        if contents.macros {
            problems.push(FileProblem::Macros);
        }
        (contents.format(), problems)
    }
}

/// Half an office document has no directory any more, but each part still has its name before it.
fn by_local_names(bytes: &[u8]) -> Option<Format> {
    let folders: [(&[u8], Format); 3] =
        [(b"word/", Format::Docx), (b"xl/", Format::Xlsx), (b"ppt/", Format::Pptx)];
    let starts = bytes.windows(4).enumerate().filter(|(_, four)| four == b"PK\x03\x04");
    let mut names = starts.filter_map(|(at, _)| bytes.get(at + 30..));
    names
        .find_map(|name| folders.iter().find(|(folder, _)| name.starts_with(folder)))
        .map(|(_, format)| *format)
}

fn last(bytes: &[u8], count: usize) -> &[u8] {
    bytes.get(bytes.len().saturating_sub(count)..).unwrap_or_default()
}

/// Where the end record says the directory stands (APPNOTE 6.3 sections 4.3.14 to 4.3.16).
struct Directory {
    offset: u64,
    entries: u64,
}

impl Directory {
    fn find(tail: &[u8], base: u64) -> Option<Self> {
        let at = tail.windows(4).rposition(|four| four == END_RECORD)?;
        let record = tail.get(at..)?.first_chunk::<END_RECORD_BYTES>()?;
        let offset = le32(record, 16)?;
        if offset == u32::MAX {
            return Self::find_64(tail, base, at);
        }
        Some(Self { offset: offset.into(), entries: le16(record, 10)?.into() })
    }

    /// The 64-bit form, which some office programs write even for small files.
    fn find_64(tail: &[u8], base: u64, end_record_at: usize) -> Option<Self> {
        let locator = tail.get(end_record_at.checked_sub(LOCATOR_BYTES)?..)?;
        let record_at = le64(locator, 8).filter(|_| locator.starts_with(b"PK\x06\x07"))?;
        let record = tail.get(usize::try_from(record_at.checked_sub(base)?).ok()?..)?;
        let offset = le64(record, 48).filter(|_| record.starts_with(b"PK\x06\x06"))?;
        Some(Self { offset, entries: le64(record, 32)? })
    }
}

#[derive(Default)]
struct Contents {
    /// By the first main part found.
    main_part: Option<Format>,
    content_types: bool,
    macros: bool,
    encrypted: bool,
}

impl Contents {
    /// What the entries are, and how many could be read.
    fn of(mut entries: &[u8]) -> (Self, u64) {
        let mut contents = Self::default();
        let mut walked = 0;
        while walked < MAX_ENTRIES as u64 {
            let Some((name, encrypted, rest)) = entry(entries) else { break };
            contents.note(name);
            contents.encrypted |= encrypted;
            entries = rest;
            walked += 1;
        }
        (contents, walked)
    }

    fn note(&mut self, name: &[u8]) {
        let within = |folder: &[u8], stem: &[u8]| {
            let file = name.strip_prefix(folder).and_then(|file| file.strip_prefix(stem));
            file.is_some_and(|rest| rest.ends_with(b".xml"))
        };
        self.content_types |= name == b"[Content_Types].xml";
        // Word on the web calls its main part `word/document2.xml` at times.
        self.main_part = self.main_part.or(if within(b"word/", b"document") {
            Some(Format::Docx)
        } else if within(b"xl/", b"workbook") {
            Some(Format::Xlsx)
        } else if within(b"ppt/", b"presentation") {
            Some(Format::Pptx)
        } else {
            (name == b"OFD.xml").then_some(Format::Ofd)
        });
        self.macros |= name.ends_with(b"vbaProject.bin");
    }

    const fn format(&self) -> Format {
        match self.main_part {
            Some(Format::Ofd) => Format::Ofd,
            Some(office) if self.content_types => office,
            _ => Format::Zip,
        }
    }
}

/// Name, whether encrypted, and what follows the entry.
fn entry(bytes: &[u8]) -> Option<(&[u8], bool, &[u8])> {
    let head = bytes.first_chunk::<46>().filter(|head| head.starts_with(b"PK\x01\x02"))?;
    let [name, extra, comment] =
        [le16(head, 28)?, le16(head, 30)?, le16(head, 32)?].map(usize::from);
    let encrypted = le16(head, 8)? & 1 == 1;
    let (name, rest) = bytes.get(46..)?.split_at_checked(name)?;
    Some((name, encrypted, rest.get(extra + comment..)?))
}

fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn le64(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}
