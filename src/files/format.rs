//! The kinds of file we can tell apart, and the signatures that tell them.
//!
//! Neither the name nor the media type of a chosen file is believed: Android often gives no type at
//! all, and a `.doc` is as likely to be a web page saved under that name.

use super::mp3;
use serde::{Deserialize, Serialize};

/// How many of the first bytes the signatures may look at.
///
/// `%PDF-` may stand anywhere in the first 1,024 bytes; the rest is room to tell text from binary.
pub(super) const HEAD_BYTES: usize = 2048;

/// What a file is by its content.
///
/// # Example
///
/// ```
/// use nomination_form::files::Format;
/// assert_eq!(Format::Docx.name(), "docx");
/// assert_eq!(serde_json::to_string(&Format::Jpeg).unwrap(), r#""jpeg""#);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Format {
    /// JPEG picture, `FF D8 FF`.
    Jpeg,
    /// PNG picture.
    Png,
    /// HEIC or HEIF picture, what iPhones take; no browser but Safari shows it.
    Heic,
    /// AVIF picture.
    Avif,
    /// WebP picture, what many sites and chat programs hand out.
    Webp,
    /// GIF picture.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// TIFF picture, what scanners make.
    Tiff,
    /// PDF document, `%PDF-` within the first 1,024 bytes.
    Pdf,
    /// OFD document, GB/T 33190: a ZIP with `OFD.xml`.
    Ofd,
    /// Word document since 2007: a ZIP with `[Content_Types].xml` and `word/document.xml`.
    Docx,
    /// Excel workbook since 2007.
    Xlsx,
    /// `PowerPoint` presentation since 2007.
    Pptx,
    /// Word document before 2007: an OLE file with a stream `WordDocument`.
    ///
    /// Files that WPS Office saves as `.wps` hold the same stream; only their name tells them
    /// apart, see [`Format::of_name`].
    Doc,
    /// Excel workbook before 2007.
    Xls,
    /// `PowerPoint` presentation before 2007.
    Ppt,
    /// An OLE file that is none of the three above.
    Ole,
    /// WPS Writer document. Found only by [`Format::of_name`], never by content.
    Wps,
    /// A ZIP that is no office document.
    Zip,
    /// RAR archive.
    Rar,
    /// 7-Zip archive.
    SevenZip,
    /// gzip file.
    Gzip,
    /// Rich Text Format, often named `.doc`.
    Rtf,
    /// A web page (also as one MIME file), often named `.doc` by office systems.
    Html,
    /// An XML document.
    Xml,
    /// Plain text in any encoding without control characters.
    Text,
    /// Windows program, `MZ`.
    Exe,
    /// Unix program.
    Elf,
    /// A script that begins with `#!`, or a Windows shortcut.
    Script,
    /// MP4 film: an ISO base media file with a video track.
    Mp4,
    /// Sound in an ISO base media file, what phones record.
    M4a,
    /// A film in a related container: `QuickTime` or 3GP.
    Video,
    /// WAV sound.
    Wav,
    /// MP3 sound.
    Mp3,
    /// A file of no bytes.
    Empty,
    /// None of these.
    Unknown,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 36] = [
        Self::Jpeg,
        Self::Png,
        Self::Heic,
        Self::Avif,
        Self::Webp,
        Self::Gif,
        Self::Bmp,
        Self::Tiff,
        Self::Pdf,
        Self::Ofd,
        Self::Docx,
        Self::Xlsx,
        Self::Pptx,
        Self::Doc,
        Self::Xls,
        Self::Ppt,
        Self::Ole,
        Self::Wps,
        Self::Zip,
        Self::Rar,
        Self::SevenZip,
        Self::Gzip,
        Self::Rtf,
        Self::Html,
        Self::Xml,
        Self::Text,
        Self::Exe,
        Self::Elf,
        Self::Script,
        Self::Mp4,
        Self::M4a,
        Self::Video,
        Self::Wav,
        Self::Mp3,
        Self::Empty,
        Self::Unknown,
    ];

    /// The word for this format in JSON and in messages to developers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Heic => "heic",
            Self::Avif => "avif",
            Self::Webp => "webp",
            Self::Gif => "gif",
            Self::Bmp => "bmp",
            Self::Tiff => "tiff",
            Self::Pdf => "pdf",
            Self::Ofd => "ofd",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pptx => "pptx",
            Self::Doc => "doc",
            Self::Xls => "xls",
            Self::Ppt => "ppt",
            Self::Ole => "ole",
            Self::Wps => "wps",
            Self::Zip => "zip",
            Self::Rar => "rar",
            Self::SevenZip => "seven-zip",
            Self::Gzip => "gzip",
            Self::Rtf => "rtf",
            Self::Html => "html",
            Self::Xml => "xml",
            Self::Text => "text",
            Self::Exe => "exe",
            Self::Elf => "elf",
            Self::Script => "script",
            Self::Mp4 => "mp4",
            Self::M4a => "m4a",
            Self::Video => "video",
            Self::Wav => "wav",
            Self::Mp3 => "mp3",
            Self::Empty => "empty",
            Self::Unknown => "unknown",
        }
    }

    /// The format of that [`name`](Self::name).
    ///
    /// ```
    /// use nomination_form::files::Format;
    /// assert_eq!(Format::named("docx"), Some(Format::Docx));
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The format of a file of that name: what its content is, but for WPS Writer, which writes
    /// Word's old container, so that only the name tells the two apart.
    ///
    /// ```
    /// use nomination_form::files::Format;
    /// assert_eq!(Format::Doc.named_so("推荐表.wps"), Format::Wps);
    /// assert_eq!(Format::Doc.named_so("推荐表.pdf"), Format::Doc);
    /// ```
    #[must_use]
    pub fn named_so(self, file_name: &str) -> Self {
        match (self, Self::of_name(file_name)) {
            (Self::Doc, Some(Self::Wps)) => Self::Wps,
            (format, _) => format,
        }
    }

    /// The media type that fits, for the formats that a campaign is likely to ask for.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
            Self::Doc => "application/msword",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Mp4 => "video/mp4",
            Self::M4a => "audio/mp4",
            Self::Wav => "audio/wav",
            Self::Mp3 => "audio/mpeg",
            _ => "application/octet-stream",
        }
    }

    /// What a file's name claims it to be; `None` where the extension is missing or not known.
    ///
    /// Only for saying "the name says … but it is …", and for `.wps`, which content cannot tell
    /// from `.doc`. Never a reason to accept a file.
    ///
    /// # Example
    ///
    /// ```
    /// use nomination_form::files::Format;
    /// assert_eq!(Format::of_name("推荐表.WPS"), Some(Format::Wps));
    /// assert_eq!(Format::of_name("推荐表"), None);
    /// ```
    pub fn of_name(file_name: &str) -> Option<Self> {
        let (_, extension) = file_name.rsplit_once('.')?;
        let known: &[(&str, Self)] = &[
            ("jpg", Self::Jpeg),
            ("jpeg", Self::Jpeg),
            ("jfif", Self::Jpeg),
            ("png", Self::Png),
            ("heic", Self::Heic),
            ("heif", Self::Heic),
            ("avif", Self::Avif),
            ("webp", Self::Webp),
            ("gif", Self::Gif),
            ("bmp", Self::Bmp),
            ("tif", Self::Tiff),
            ("tiff", Self::Tiff),
            ("pdf", Self::Pdf),
            ("ofd", Self::Ofd),
            ("docx", Self::Docx),
            ("xlsx", Self::Xlsx),
            ("pptx", Self::Pptx),
            ("doc", Self::Doc),
            ("xls", Self::Xls),
            ("ppt", Self::Ppt),
            ("wps", Self::Wps),
            ("zip", Self::Zip),
            ("rar", Self::Rar),
            ("7z", Self::SevenZip),
            ("rtf", Self::Rtf),
            ("htm", Self::Html),
            ("html", Self::Html),
            ("txt", Self::Text),
            ("exe", Self::Exe),
            ("mp4", Self::Mp4),
            ("m4a", Self::M4a),
            ("mov", Self::Video),
            ("wav", Self::Wav),
            ("mp3", Self::Mp3),
        ];
        known.iter().find(|(ending, _)| extension.eq_ignore_ascii_case(ending)).map(|(_, f)| *f)
    }
}

/// Names what begins with `head`, the first [`HEAD_BYTES`] of a file or all of a shorter one.
///
/// ZIP and OLE containers come back as such: what is in them is found on the way through.
pub(super) fn sniff(head: &[u8]) -> Format {
    if head.is_empty() {
        return Format::Empty;
    }
    by_signature(head)
        .or_else(|| iso_media(head))
        .or_else(|| riff_or_bitmap(head))
        .or_else(|| mp3::begins(head).then_some(Format::Mp3))
        .or_else(|| markup(head))
        .or_else(|| late_pdf(head))
        .unwrap_or(if is_text(head) { Format::Text } else { Format::Unknown })
}

fn by_signature(head: &[u8]) -> Option<Format> {
    let signatures: &[(&[u8], Format)] = &[
        (b"\xFF\xD8\xFF", Format::Jpeg),
        (b"\x89PNG\r\n\x1A\n", Format::Png),
        (b"%PDF-", Format::Pdf),
        (b"PK\x03\x04", Format::Zip),
        (b"PK\x05\x06", Format::Zip),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Format::Ole),
        (b"MZ", Format::Exe),
        (b"\x7FELF", Format::Elf),
        (b"#!", Format::Script),
        (b"L\0\0\0\x01\x14\x02\0", Format::Script),
        (b"GIF87a", Format::Gif),
        (b"GIF89a", Format::Gif),
        (b"II*\0", Format::Tiff),
        (b"MM\0*", Format::Tiff),
        (b"Rar!\x1A\x07", Format::Rar),
        (b"7z\xBC\xAF\x27\x1C", Format::SevenZip),
        (b"\x1F\x8B\x08", Format::Gzip),
        (b"{\\rtf", Format::Rtf),
        (b"ID3", Format::Mp3),
    ];
    signatures.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, format)| *format)
}

/// ISO base media files: a `ftyp` box whose brands say what is inside.
fn iso_media(head: &[u8]) -> Option<Format> {
    let size = u32::from_be_bytes(*head.first_chunk::<4>()?);
    if head.get(4..8)? != b"ftyp" {
        return None;
    }
    let end = usize::try_from(size).unwrap_or(usize::MAX).clamp(12, head.len().max(12));
    let brands = || head.get(8..end).unwrap_or_default().chunks_exact(4);
    // A HEIF container names its codec among the compatible brands, so AVIF is looked for first.
    if brands().any(|brand| matches!(brand, b"avif" | b"avis")) {
        return Some(Format::Avif);
    }
    let heif: [&[u8]; 8] = [b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"];
    let still = brands().any(|brand| heif.contains(&brand));
    Some(match head.get(8..12) {
        _ if still => Format::Heic,
        Some(b"qt  " | b"3gp4" | b"3gp5" | b"3gp6") => Format::Video,
        Some(b"M4A " | b"M4B ") => Format::M4a,
        _ => Format::Mp4,
    })
}

fn riff_or_bitmap(head: &[u8]) -> Option<Format> {
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return Some(Format::Webp);
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WAVE") {
        return Some(Format::Wav);
    }
    // "BM" alone could begin any text; a bitmap's reserved words are zero.
    (head.starts_with(b"BM") && head.get(6..10) == Some(&[0; 4])).then_some(Format::Bmp)
}

fn markup(head: &[u8]) -> Option<Format> {
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let starts = |word: &str| {
        text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
    };
    if starts("<!doctype html") || starts("<html") || starts("mime-version:") {
        return Some(Format::Html);
    }
    starts("<?xml").then_some(Format::Xml)
}

fn late_pdf(head: &[u8]) -> Option<Format> {
    let start = head.get(..1024 + 4).unwrap_or(head);
    start.windows(5).any(|five| five == b"%PDF-").then_some(Format::Pdf)
}

/// No control characters but white space: true of UTF-8, GBK and GB 18030 alike.
fn is_text(head: &[u8]) -> bool {
    let utf16 = head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF");
    utf16 || head.iter().all(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x20..=0xFE))
}
