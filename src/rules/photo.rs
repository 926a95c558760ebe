//! A portrait: there, readable, of the right shape, size, ground and colour.

use super::{
    Code, Finding,
    file::{self, hidden},
    file_name,
    finding::attachment,
    view::View,
};
use crate::{
    answers::{Attachment, Image, written},
    campaign::{Field, PhotoSettings, Severity},
    standards::decimal::plain,
    words::{Key, Words, key},
};

pub(super) fn judge<'a>(
    view: &View<'a>,
    field: &'a Field,
    settings: &'a PhotoSettings,
) -> Vec<Finding<'a>> {
    let photo = Photo { field, settings };
    let mut files = view.files(&field.key);
    if !view.visible(&field.key) {
        return files.map(|(at, _)| hidden(field, at)).collect();
    }
    let Some((at, file)) = files.next() else {
        return view.required(field).then(|| photo.missing()).into_iter().collect();
    };
    let mut findings = photo.file(view.words(), &attachment(at), file);
    let name = file_name::judge(view, &settings.file_name, file, at);
    findings.extend(name.map(|finding| photo.found("name", finding)));
    if let Some((extra, _)) = files.next() {
        let count = files.count() + 2;
        let finding =
            Finding::new(Code::TooMany, attachment(extra)).with("count", count).with("max", 1);
        findings.push(photo.found("count", finding.with("over", count - 1).with("of", "files")));
    }
    findings
}

/// Common sizes that are taken for 2寸, in millimetres.
const SIZES: [(Key, [f64; 2]); 2] =
    [(key!("small_two_inch"), [35.0, 45.0]), (key!("large_one_inch"), [33.0, 48.0])];

/// Whether a ratio is within `tolerance` of `width / height`.
fn is_near(found: f64, [width, height]: &[f64; 2], tolerance: f64) -> bool {
    // A hair's breadth more than the share itself, for what binary fractions cannot say.
    (found / (width / height) - 1.0).abs() <= tolerance + 1e-9
}

/// The ratios asked for, as people write them: `35×49`.
pub fn asked_ratios(settings: &PhotoSettings) -> Vec<String> {
    let ratio = |[w, h]: &[f64; 2]| format!("{}×{}", written(&plain(*w)), written(&plain(*h)));
    settings.ratios.iter().map(ratio).collect()
}

struct Photo<'a> {
    field: &'a Field,
    settings: &'a PhotoSettings,
}

impl<'a> Photo<'a> {
    /// Gives a finding its id and the severity the campaign wants for it.
    fn found(&self, what: &str, finding: Finding<'a>) -> Finding<'a> {
        let usual = match what {
            "missing" => self.field.missing,
            "background" => Severity::Warn,
            _ => Severity::Error,
        };
        let severity = self.settings.severities.get(what).copied().unwrap_or(usual);
        let severity = finding.severity.unwrap_or(severity);
        finding.severity(severity).rule(format!("{}.{what}", self.field.key)).about(self.field)
    }

    fn missing(&self) -> Finding<'a> {
        let finding = Finding::new(Code::Missing, "/attachments").with("expected", "photo");
        self.found("missing", finding.with("slot", self.field.key.as_str()))
    }

    fn file(&self, words: &'static Words, path: &str, file: &Attachment) -> Vec<Finding<'a>> {
        if file.bytes == 0 {
            return vec![self.found("bytes", Finding::new(Code::EmptyFile, path))];
        }
        let mut findings = Vec::new();
        let mut add = |what, finding: Option<Finding<'a>>| {
            findings.extend(finding.map(|finding| self.found(what, finding)));
        };
        let format = file::format(&self.settings.formats, file, path);
        let unread = format.is_none() && file.image.is_none();
        add("format", format);
        if unread {
            add("format", Some(Finding::new(Code::Unreadable, path)));
        }
        if let Some(image) = &file.image {
            add("ratio", self.ratio(words, path, image));
            add("pixels", self.pixels(path, image));
            add("background", self.background(path, image));
            add("colour", self.colour(path, image));
        }
        let PhotoSettings { min_bytes, safe_bytes, max_bytes, .. } = *self.settings;
        add("bytes", file::bytes(file.bytes, [min_bytes, safe_bytes, max_bytes], path));
        findings
    }

    fn ratio(&self, words: &'static Words, path: &str, image: &Image) -> Option<Finding<'a>> {
        if self.settings.ratios.is_empty() || image.width == 0 || image.height == 0 {
            return None;
        }
        let (width, height) = (f64::from(image.width), f64::from(image.height));
        let near = |ratio: &[f64; 2]| is_near(width / height, ratio, self.settings.ratio_tolerance);
        if self.settings.ratios.iter().any(near) {
            return None;
        }
        let on_its_side =
            |ratio: &[f64; 2]| is_near(height / width, ratio, self.settings.ratio_tolerance);
        let asked = asked_ratios(self.settings);
        let size = SIZES.iter().find(|(_, ratio)| is_near(width / height, ratio, 0.01));
        Some(
            Finding::new(Code::WrongRatio, path)
                .with("width", image.width)
                .with("height", image.height)
                .with("asked", asked)
                .with("sideways", self.settings.ratios.iter().any(on_its_side))
                .with("size", size.map(|(key, _)| words.word(*key))),
        )
    }

    fn pixels(&self, path: &str, image: &Image) -> Option<Finding<'a>> {
        let PhotoSettings { exact, min_width, min_height, max_width, max_height, .. } =
            *self.settings;
        let Image { width, height, .. } = *image;
        let finding = |code| {
            let finding = Finding::new(code, path).with("of", "pixels");
            finding.with("width", width).with("height", height)
        };
        let beyond = |most: Option<u32>, found: u32| most.is_some_and(|most| found > most);
        if let Some([asked_width, asked_height]) = exact
            && exact != Some([width, height])
        {
            let finding = finding(Code::WrongSize).with("asked_width", asked_width);
            Some(finding.with("asked_height", asked_height))
        } else if width < min_width || height < min_height {
            let finding = finding(Code::TooSmall).with("min_width", min_width);
            Some(finding.with("min_height", min_height))
        } else if beyond(max_width, width) || beyond(max_height, height) {
            let finding = finding(Code::TooLarge).with("max_width", max_width);
            Some(finding.with("max_height", max_height))
        } else {
            None
        }
    }

    fn background(&self, path: &str, image: &Image) -> Option<Finding<'a>> {
        let asked = &self.settings.background.0;
        let found = image.background.as_ref()?;
        if asked.is_empty() || asked.contains(found) {
            return None;
        }
        let finding = Finding::new(Code::WrongBackground, path);
        Some(match asked.as_slice() {
            [one] => finding.with("asked", one.as_str()),
            several => finding.with("asked", several.to_vec()),
        })
    }

    fn colour(&self, path: &str, image: &Image) -> Option<Finding<'a>> {
        let grey = self.settings.colour && image.colour == Some(false);
        grey.then(|| Finding::new(Code::NoColour, path))
    }
}
