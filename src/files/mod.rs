//! What a chosen file really is, and what can be measured of a photo.
//!
//! A file is fed through a [`Reader`] once, piece by piece: its digest, its format, the size of the
//! picture and whether it is whole come out together, and a film of 200 MB costs no more memory than
//! a note. The name and the media type are not asked. Pixels are another matter: the page lets the
//! browser decode them, a host its own library, and both feed the places named by
//! [`photo::regions`] to a [`photo::Tally`].
//!
//! Invariant: nothing here fails, waits or panics, whatever the bytes.

mod digest;
mod exif;
#[cfg(test)]
mod fixtures;
mod format;
mod jpeg;
mod media;
mod mp3;
mod ole;
mod pdf;
pub mod photo;
#[cfg(all(feature = "pictures", not(target_arch = "wasm32")))]
pub mod pixels;
mod png;
mod reader;
#[cfg(test)]
mod tests;
mod zip;

pub use digest::sha256_hex;
pub use format::Format;
pub use reader::{Reader, inspect};

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What was measured of a file.
///
/// # Example: a photo cut off on the way
///
/// ```
/// use nomination_form::files::{FileProblem, Format, inspect};
/// let facts = inspect(b"\xFF\xD8\xFF\xE0\x00\x10JFIF");
/// assert_eq!(facts.format, Format::Jpeg);
/// assert_eq!(facts.problems, [FileProblem::Truncated]);
/// assert_eq!(facts.image, None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Length of the file in bytes.
    pub bytes: u64,
    /// SHA-256 of the file, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// What the content is.
    pub format: Format,
    /// What is wrong with it, in the order of [`FileProblem`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<FileProblem>,
    /// The picture's measures; only JPEG and PNG are measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<ImageFacts>,
    /// How long a sound or film lasts, in milliseconds, where its container says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<u64>,
    /// Where EXIF data and colour profiles stand in a picture: byte ranges, ascending, not
    /// overlapping.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extras: Vec<Range<u64>>,
}

impl Facts {
    /// The byte ranges that are left when EXIF data and colour profiles are cut out, ascending;
    /// `None` where the file has none, so that the file itself can be shown.
    ///
    /// Chromium below 81 shows and draws a picture as it is stored, later ones turn it by its
    /// EXIF orientation; some browsers convert by the colour profile and some do not, and a host's
    /// decoder does not. Without both, all of them give the stored pixels, and
    /// [`ImageFacts::orientation`] says how to turn them. Only for decoding: what is sent is the
    /// file as it was chosen.
    ///
    /// # Example
    ///
    /// ```
    /// use nomination_form::files::inspect;
    /// let photo = b"\xFF\xD8\xFF\xE1\x00\x08Exif\0\0\xFF\xD9";
    /// assert_eq!(inspect(photo).bare(), Some(vec![0..2, 12..14]));
    /// assert_eq!(inspect(b"\xFF\xD8\xFF\xD9").bare(), None);
    /// ```
    pub fn bare(&self) -> Option<Vec<Range<u64>>> {
        if self.extras.is_empty() {
            return None;
        }
        let starts = std::iter::once(0).chain(self.extras.iter().map(|cut| cut.end));
        let ends = self.extras.iter().map(|cut| cut.start).chain([self.bytes]);
        Some(starts.zip(ends).map(|(start, end)| start..end).filter(|r| !r.is_empty()).collect())
    }

    /// The picture whose pixels may be looked at: whole, and of a size that fits into memory.
    ///
    /// Decoders disagree on half a picture, so page and host leave it alone alike.
    pub fn decodable(&self) -> Option<&ImageFacts> {
        let hopeless = [FileProblem::Truncated, FileProblem::Oversized];
        self.image.as_ref().filter(|_| !hopeless.iter().any(|it| self.problems.contains(it)))
    }
}

/// What is wrong with a file as such, whatever it is wanted for.
///
/// # Example
///
/// ```
/// use nomination_form::files::FileProblem;
/// assert_eq!(FileProblem::Encrypted.code(), "encrypted");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FileProblem {
    /// It has no bytes.
    Empty,
    /// It stops before its end, or is damaged so that its end cannot be found.
    Truncated,
    /// A password or rights protection: an encrypted PDF cannot be printed and sealed.
    Encrypted,
    /// It carries macros.
    Macros,
    /// A picture in the colours of the printing press, which browsers show wrongly or not at all.
    Cmyk,
    /// It is of a kind we know but not of a form that common programs open.
    Unreadable,
    /// A picture of more than [`MAX_PIXELS`] or with a side above [`MAX_SIDE`].
    Oversized,
}

/// The most pixels of a picture that is decoded: a scan of A3 at 600 dots per inch has 70 million.
/// A header of a few bytes can claim four thousand million.
pub const MAX_PIXELS: u64 = 80_000_000;
/// The longest side of a picture that is decoded, in pixels; no canvas of Firefox is longer.
pub const MAX_SIDE: u32 = 32_767;

impl FileProblem {
    /// The word for this problem in JSON; part of the contract with hosts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Truncated => "truncated",
            Self::Encrypted => "encrypted",
            Self::Macros => "macros",
            Self::Cmyk => "cmyk",
            Self::Unreadable => "unreadable",
            Self::Oversized => "oversized",
        }
    }
}

/// The measures of a picture, from its header.
///
/// # Example: a phone held upright
///
/// ```
/// use nomination_form::files::ImageFacts;
/// let facts = ImageFacts::new(4000, 3000, 6);
/// assert_eq!((facts.width, facts.height), (3000, 4000));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageFacts {
    /// Width in pixels as the person sees it.
    pub width: u32,
    /// Height in pixels as the person sees it.
    pub height: u32,
    /// Width in pixels as stored.
    pub raw_width: u32,
    /// Height in pixels as stored.
    pub raw_height: u32,
    /// EXIF orientation, 1 (as stored) to 8; 5 to 8 swap width and height.
    pub orientation: u8,
    /// Stored without colour. A grey picture stored in colour is found by its pixels, see
    /// [`photo::Look::colour`].
    pub greyscale: bool,
    /// Stored in four colours for printing.
    pub cmyk: bool,
}

impl ImageFacts {
    /// A picture of `raw_width` x `raw_height` stored pixels, in colour, turned by `orientation`
    /// (anything but 2 to 8 counts as 1).
    pub const fn new(raw_width: u32, raw_height: u32, orientation: u8) -> Self {
        let (width, height) = if matches!(orientation, 5..=8) {
            (raw_height, raw_width)
        } else {
            (raw_width, raw_height)
        };
        let orientation = if matches!(orientation, 2..=8) { orientation } else { 1 };
        Self { width, height, raw_width, raw_height, orientation, greyscale: false, cmyk: false }
    }
}
