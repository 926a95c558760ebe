//! What the campaign asks of a photo, point by point, and how the chosen one stands to each.
//!
//! Nothing is compared with a bound here: whether a point is kept, the engine's findings say.

use super::{FileId, Place, Session};
use crate::answers::Findings;
use crate::campaign::{FieldKind, PhotoSettings, Severity};

/// Something that is asked of a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// Its format.
    Format,
    /// Its size in bytes.
    Bytes,
    /// Its width to its height.
    Ratio,
    /// Its width and height.
    Pixels,
    /// The ground behind the person.
    Background,
    /// That it has colour.
    Colour,
}

/// How a photo stands to a point.
///
/// In order: of several findings about a point the last of these counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// The point is not asked for.
    Free,
    /// There is no photo yet, or it is still being read.
    Open,
    /// Could not be told.
    Unseen,
    /// As asked.
    Fits,
    /// Perhaps not as asked: a person has to look.
    Doubtful,
    /// Not as asked.
    Wrong,
}

impl Point {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::Format, Self::Bytes, Self::Ratio, Self::Pixels, Self::Background, Self::Colour];

    /// Its name, with which the ids of the rules about it end.
    pub fn name(self) -> &'static str {
        Self::NAMES.get(self as usize).copied().unwrap_or_default()
    }

    const NAMES: [&str; 6] = ["format", "bytes", "ratio", "pixels", "background", "colour"];

    fn is_asked(self, of: &PhotoSettings) -> bool {
        match self {
            Self::Format | Self::Bytes => true,
            Self::Ratio => !of.ratios.is_empty(),
            Self::Pixels => {
                of.exact.is_some()
                    || of.min_width.max(of.min_height) > 0
                    || of.max_width.or(of.max_height).is_some()
            }
            Self::Background => !of.background.0.is_empty(),
            Self::Colour => of.colour,
        }
    }

    fn mark(self, found: &Findings) -> Mark {
        let image = found.image.as_ref();
        let seen = match self {
            // Of an empty file nobody can tell.
            Self::Format => found.bytes > 0,
            Self::Bytes => true,
            Self::Ratio | Self::Pixels => image.is_some(),
            Self::Background | Self::Colour => image.is_some_and(|image| image.colour.is_some()),
        };
        if seen { Mark::Fits } else { Mark::Unseen }
    }
}

impl Session {
    /// How the photo at a place stands to each of [`Point::ALL`]; and which it is, 0 where there is none.
    pub fn photo_marks(&self, place: &Place) -> (FileId, [Mark; 6]) {
        let mut marks = [Mark::Free; 6];
        let Some(settings) = self.photo_settings(place) else { return (0, marks) };
        let chosen = self.files_at(place).next();
        let found = chosen.and_then(|chosen| chosen.findings.as_ref());
        for (point, mark) in Point::ALL.into_iter().zip(&mut marks) {
            if point.is_asked(settings) {
                *mark = found.map_or(Mark::Open, |found| point.mark(found));
            }
        }
        // Shown already or not: a list must not say of a photo just taken up that all is well.
        let problems = if found.is_some() { self.found_at(place, true) } else { Vec::new() };
        for problem in &problems {
            let about = |name: &&str| problem.rule.ends_with(*name);
            let at = Point::NAMES.iter().position(about);
            if let Some(mark) = at.and_then(|at| marks.get_mut(at)) {
                let found = match problem.severity {
                    Severity::Error => Mark::Wrong,
                    _ => Mark::Doubtful,
                };
                *mark = (*mark).max(found);
            }
        }
        (chosen.map_or(0, |chosen| chosen.file), marks)
    }

    /// Whether too few bytes may be the work of a messenger, which takes a JPEG and gives a smaller one.
    pub fn photo_shrunk(&self, place: &Place, [_, bytes, ..]: [Mark; 6]) -> bool {
        let found = self.files_at(place).next().and_then(|chosen| chosen.findings.as_ref());
        bytes >= Mark::Doubtful
            && found.is_some_and(|found| {
                found.format == "jpeg" && found.bytes <= self.most_bytes(place.key())
            })
    }

    /// Whether the photo at a place can be cropped to what is asked, and if so, whether it must be.
    pub fn photo_crop(&self, place: &Place, marks: [Mark; 6]) -> Option<bool> {
        let [format, _, ratio, pixels, ..] = marks;
        let exact = self.photo_settings(place)?.exact.is_some();
        let mark = if exact { pixels } else { ratio };
        // A picture of another format has to be saved anew in any case.
        let can = format == Mark::Fits && (mark == Mark::Fits || mark >= Mark::Doubtful);
        can.then_some(mark != Mark::Fits)
    }

    /// What is asked of the photo at a place.
    pub fn photo_settings(&self, place: &Place) -> Option<&PhotoSettings> {
        match &self.field(place)?.kind {
            FieldKind::Photo(settings) => Some(settings),
            _ => None,
        }
    }
}
