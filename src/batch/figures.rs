//! The figures a host gives: how many nominations each unit has been allotted.

use serde_json::Value;

use crate::campaign::{
    Campaign, Fault,
    read::{self, Read, Reader},
};
use crate::standards::sorted::Sorted;

/// How many nominations each unit has been allotted, by unit and track.
///
/// A number is exactly that many; `{"min", "max"}` is a range of which one end may be open. What
/// stands for a unit without a track holds for each track by itself.
///
/// ```
/// use nomination_form::{batch::Figures, campaign::Campaign};
/// # let file = include_bytes!("../../public/campaigns/sh2023.json");
/// let campaign = Campaign::parse(file).expect("a campaign without faults");
/// let figures = br#"{"A": 3, "B": {"sh2023.collective": 2, "sh2023.individual": {"max": 5}}}"#;
/// assert!(Figures::parse(figures, &campaign).is_ok());
/// let faults = Figures::parse(br#"{"A": {"sh2022.collective": 2}}"#, &campaign).unwrap_err();
/// assert!(faults[0].to_string().contains("expected one of `sh2023.collective`, `sh2023.individual`"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures(Sorted<String, OfUnit>);

/// A number of nominations, from and to, both included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Range {
    /// The fewest.
    pub min: Option<u32>,
    /// The most.
    pub max: Option<u32>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct OfUnit {
    /// What holds in every track without figures of its own.
    each: Option<Range>,
    tracks: Sorted<String, Range>,
}

impl Figures {
    /// Reads figures for the units of a campaign.
    ///
    /// # Errors
    ///
    /// Everything that is not of this form, or names a track that the campaign does not have.
    pub fn parse(json: &[u8], campaign: &Campaign) -> Result<Self, Vec<Fault>> {
        let json = json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json);
        let text = str::from_utf8(json).map_err(|error| {
            let message = format!("not UTF-8 from byte {} on", error.valid_up_to());
            vec![Fault { code: "not-json", pointer: String::new(), message }]
        })?;
        let units: Sorted<String, OfUnit> = read::of_text(text)?;
        let known: Vec<_> = campaign.tracks.iter().map(|track| track.id.as_str()).collect();
        let mut faults = Vec::new();
        for (unit, figures) in &units {
            for track in figures.tracks.keys().filter(|track| !known.contains(&track.as_str())) {
                let place = |part: &str| part.replace('~', "~0").replace('/', "~1");
                let pointer = format!("/{}/{}", place(unit), place(track));
                let expected = known.join("`, `");
                let message = format!("unknown track `{track}`, expected one of `{expected}`");
                faults.push(Fault { code: "unknown-track", pointer, message });
            }
        }
        if faults.is_empty() { Ok(Self(units)) } else { Err(faults) }
    }

    /// The figures of a unit in a track.
    pub(super) fn range(&self, unit: &str, track: &str) -> Option<Range> {
        let unit = self.0.get(unit)?;
        unit.tracks.get(track).copied().or(unit.each)
    }

    /// The units with figures for a track, by name: those that name it, and with `each` also those
    /// that name none.
    pub(super) fn units(&self, track: &str, each: bool) -> impl Iterator<Item = &str> {
        let fits = move |of: &OfUnit| of.tracks.get(track).is_some() || (each && of.each.is_some());
        self.0.iter().filter(move |(_, of)| fits(of)).map(|(unit, _)| unit.as_str())
    }
}

impl Read for OfUnit {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        let is_range = |key: &str| matches!(key, "min" | "max");
        match found {
            Some(Value::Object(map)) if !map.keys().any(|key| is_range(key)) => {
                Self { each: None, tracks: Read::read(found, reader) }
            }
            _ => Self { each: Some(Range::read(found, reader)), tracks: Sorted::default() },
        }
    }
}

impl Read for Range {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        match found {
            Some(Value::Number(_)) => {
                let number = u32::read(found, reader);
                Self { min: Some(number), max: Some(number) }
            }
            Some(Value::Object(_)) => {
                let entries = reader.object(found, &["min", "max"]);
                let range =
                    Self { min: reader.may(entries, "min"), max: reader.may(entries, "max") };
                if range.min.unwrap_or(0) > range.max.unwrap_or(u32::MAX) {
                    reader.wrong(found, "`min` of at most `max`");
                }
                range
            }
            _ => {
                reader.wrong(found, "a number, or an object of `min` and `max`");
                Self::default()
            }
        }
    }
}
