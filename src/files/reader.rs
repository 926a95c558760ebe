//! One pass over a file: the digest and the walk that fits what the first bytes say.
//!
//! Streaming rather than "the head and the tail": the digest needs every byte anyway, a segment of
//! any size may stand before a JPEG's frame header, and the end of a picture is only found by
//! walking there.

use super::digest::hex;
use super::format::{HEAD_BYTES, sniff};
use super::jpeg::Jpeg;
use super::media::Media;
use super::mp3::Mp3;
use super::ole::Ole;
use super::pdf::Pdf;
use super::png::Png;
use super::zip::Zip;
use super::{Facts, FileProblem, Format, MAX_PIXELS, MAX_SIDE};
use sha2::{Digest, Sha256};
#[cfg(not(target_arch = "wasm32"))]
use std::io::{self, Read};

/// Reads a file piece by piece. Keeps at most half a megabyte, whatever the size of the file.
///
/// # Example
///
/// ```
/// use nomination_form::files::{Format, Reader};
/// let mut reader = Reader::new();
/// for piece in [b"%PDF-1.4\n".as_slice(), b"...", b"\n%%EOF\n"] {
///     reader.push(piece);
/// }
/// let facts = reader.finish();
/// assert_eq!(facts.format, Format::Pdf);
/// assert_eq!(facts.bytes, 19);
/// assert!(facts.problems.is_empty());
/// ```
#[derive(Debug, Default)]
pub struct Reader {
    digest: Sha256,
    bytes: u64,
    head: Vec<u8>,
    walk: Option<Walk>,
}

#[derive(Debug)]
enum Walk {
    Jpeg(Jpeg),
    Png(Png),
    Pdf(Pdf),
    Zip(Zip),
    Ole(Ole),
    Media(Media),
    Mp3(Mp3),
    /// The first bytes said all there is to say.
    Plain(Format),
}

/// Measures a file that is in memory as a whole.
///
/// # Example
///
/// ```
/// use nomination_form::files::{Format, inspect};
/// assert_eq!(inspect(b"MZ\x90\x00").format, Format::Exe);
/// ```
pub fn inspect(bytes: &[u8]) -> Facts {
    let mut reader = Reader::new();
    reader.push(bytes);
    reader.finish()
}

impl Reader {
    /// A reader at the beginning of a file.
    pub fn new() -> Self {
        Self::default()
    }

    /// Measures a file that need not fit into memory, to its end. Native only: in the page the browser
    /// has the file, and gives it out in its own time.
    ///
    /// # Errors
    ///
    /// What reading says.
    ///
    /// # Example
    ///
    /// ```
    /// use nomination_form::files::{Format, Reader};
    /// let facts = Reader::read(std::fs::File::open("src/docs/form.png")?)?;
    /// assert_eq!(facts.format, Format::Png);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[cfg(not(target_arch = "wasm32"))]
    pub fn read(mut file: impl Read) -> io::Result<Facts> {
        let mut reader = Self::new();
        let mut piece = vec![0; 64 * 1024];
        loop {
            match file.read(&mut piece) {
                Ok(0) => return Ok(reader.finish()),
                Ok(read) => reader.push(piece.get(..read).unwrap_or_default()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Takes the next piece of the file, of any length.
    pub fn push(&mut self, piece: &[u8]) {
        self.digest.update(piece);
        self.bytes = self.bytes.saturating_add(piece.len() as u64);
        if let Some(walk) = &mut self.walk {
            walk.push(piece);
            return;
        }
        let missing = HEAD_BYTES.saturating_sub(self.head.len());
        let (start, rest) = piece.split_at_checked(missing).unwrap_or((piece, &[]));
        self.head.extend_from_slice(start);
        if self.head.len() >= HEAD_BYTES {
            let mut walk = Walk::begin(&self.head);
            walk.push(rest);
            self.walk = Some(walk);
        }
    }

    /// What the file is, once all of it was pushed.
    pub fn finish(self) -> Facts {
        let walk = self.walk.unwrap_or_else(|| Walk::begin(&self.head));
        let mut facts = Facts {
            bytes: self.bytes,
            sha256: hex(&self.digest.finalize()),
            format: Format::Unknown,
            problems: Vec::new(),
            image: None,
            duration_ms: None,
            extras: Vec::new(),
        };
        walk.finish(&mut facts);
        facts
    }
}

impl Walk {
    fn begin(head: &[u8]) -> Self {
        let mut walk = match sniff(head) {
            Format::Jpeg => Self::Jpeg(Jpeg::default()),
            Format::Png => Self::Png(Png::default()),
            Format::Pdf => Self::Pdf(Pdf::default()),
            Format::Zip => Self::Zip(Zip::default()),
            Format::Ole => Self::Ole(Ole::default()),
            format @ (Format::Mp4 | Format::M4a | Format::Video | Format::Wav) => {
                Self::Media(Media::new(format))
            }
            Format::Mp3 => Self::Mp3(Mp3::default()),
            other => Self::Plain(other),
        };
        walk.push(head);
        walk
    }

    fn push(&mut self, bytes: &[u8]) {
        match self {
            Self::Jpeg(jpeg) => jpeg.push(bytes),
            Self::Png(png) => png.push(bytes),
            Self::Pdf(pdf) => pdf.push(bytes),
            Self::Zip(zip) => zip.push(bytes),
            Self::Ole(ole) => ole.push(bytes),
            Self::Media(media) => media.push(bytes),
            Self::Mp3(mp3) => mp3.push(bytes),
            Self::Plain(_) => {}
        }
    }

    fn finish(self, facts: &mut Facts) {
        match self {
            Self::Jpeg(jpeg) => {
                facts.format = Format::Jpeg;
                facts.image = jpeg.image();
                picture_problems(facts, jpeg.ended());
                facts.extras = jpeg.into_extras();
            }
            Self::Png(png) => {
                facts.format = Format::Png;
                facts.image = png.image();
                picture_problems(facts, png.ended());
                facts.extras = png.into_extras();
            }
            Self::Pdf(pdf) => {
                facts.format = Format::Pdf;
                note(facts, !pdf.ended(), FileProblem::Truncated);
                note(facts, pdf.encrypted(), FileProblem::Encrypted);
            }
            Self::Zip(zip) => (facts.format, facts.problems) = zip.finish(),
            Self::Ole(ole) => (facts.format, facts.problems) = ole.finish(),
            Self::Media(media) => {
                facts.format = media.format();
                facts.duration_ms = media.duration_ms();
                note(facts, !media.ended(), FileProblem::Truncated);
            }
            Self::Mp3(mp3) => {
                facts.format = Format::Mp3;
                facts.duration_ms = mp3.duration_ms();
                note(facts, facts.duration_ms.is_none(), FileProblem::Unreadable);
            }
            Self::Plain(format) => {
                facts.format = format;
                note(facts, format == Format::Empty, FileProblem::Empty);
            }
        }
    }
}

fn picture_problems(facts: &mut Facts, ended: bool) {
    let cmyk = facts.image.is_some_and(|image| image.cmyk);
    let unreadable = ended && facts.image.is_none();
    note(facts, !ended, FileProblem::Truncated);
    note(facts, cmyk, FileProblem::Cmyk);
    note(facts, unreadable, FileProblem::Unreadable);
    let oversized = facts.image.is_some_and(|image| {
        let pixels = u64::from(image.raw_width).saturating_mul(image.raw_height.into());
        pixels > MAX_PIXELS || image.raw_width.max(image.raw_height) > MAX_SIDE
    });
    note(facts, oversized, FileProblem::Oversized);
}

fn note(facts: &mut Facts, found: bool, problem: FileProblem) {
    if found {
        facts.problems.push(problem);
    }
}
