//! Faults of a campaign that reads well but does not hold together.
//!
//! Reading has already refused unknown keys and wrong types; here are the references: every key a
//! rule or condition names must be a field that fits, every id must stand once.

mod conditions;
mod needs;

use std::collections::BTreeSet;

use needs::{columns, needs};
use validator::{ValidateLength, ValidateRange};

use super::{
    Campaign, ChoiceSettings, DeclaredRule, FORMAT, Fault, Field, FieldKind, FileSettings,
    PhotoSettings, Requirement, Rule, RuleKind, Track,
};
use crate::standards::codes;

/// The most fields and columns one track may have.
const MAX_FIELDS: usize = 5_000;
/// The grounds that are told apart in a picture.
pub(super) const GROUNDS: [&str; 3] = ["blue", "red", "white"];
/// The most rows a table may take. Judging walks them all.
pub(super) const MAX_ROWS: u32 = 1_000;
/// The longest id of a campaign or track, in code points.
pub(super) const MAX_ID: u32 = 64;
/// The longest key of a field.
pub(super) const MAX_KEY: usize = 64;
/// The most tracks of a campaign, and sections of a track.
pub(super) const MAX_PARTS: u32 = 50;
/// How far a clock may be from UTC, in minutes: the places furthest west and east.
pub(super) const UTC_OFFSETS: [i32; 2] = [-720, 840];

/// All faults of `campaign`, in the order of the file.
pub(super) fn check(campaign: &Campaign) -> Vec<Fault> {
    let mut check = Check { campaign, table: None, faults: Vec::new() };
    if campaign.format != FORMAT {
        let message = format!("format `{}`, this build reads `{FORMAT}`", campaign.format);
        check.fault("unknown-format", "/format".into(), message);
    }
    check.head();
    check.unique("/tracks", campaign.tracks.iter().map(|track| track.id.as_str()));
    for (i, track) in campaign.tracks.iter().enumerate() {
        check.track(track, &format!("/tracks/{i}"));
    }
    check.faults
}

/// The keys of the fields a rule reads.
pub(super) fn reads(check: &RuleKind) -> Vec<&str> {
    needs::reads(check)
}

struct Check<'a> {
    campaign: &'a Campaign,
    /// The table whose columns are the variables just now.
    table: Option<String>,
    faults: Vec<Fault>,
}

/// The fields that may be named, by key and in that order.
#[derive(Default)]
struct Fields<'a>(Vec<&'a Field>);

impl<'a> Fields<'a> {
    /// Fields and columns; of those with one key the first.
    fn of(fields: impl Iterator<Item = &'a Field>) -> Self {
        let mut all = Self::default();
        fields.for_each(|field| all.insert(field));
        all
    }

    fn insert(&mut self, field: &'a Field) {
        if let Err(at) = self.place(&field.key) {
            self.0.insert(at, field);
        }
    }

    fn get(&self, key: &str) -> Option<&'a Field> {
        self.0.get(self.place(key).ok()?).copied()
    }

    fn place(&self, key: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|field| field.key.as_str().cmp(key))
    }
}

impl Check<'_> {
    fn fault(&mut self, code: &'static str, pointer: String, message: String) {
        self.faults.push(Fault::new(code, pointer, message));
    }

    /// The bounds of the head. `validator` tests; its derived reports, made for forms of any kind,
    /// would be a hash table of serialised values for each.
    fn head(&mut self) {
        let campaign = self.campaign;
        self.id(&campaign.id, "/id");
        if !campaign.revision.validate_range(Some(1), None, None, None) {
            self.out_of_bounds("/revision", "number", "at least 1");
        }
        if !campaign.utc_offset_minutes.validate_range(
            Some(UTC_OFFSETS[0]),
            Some(UTC_OFFSETS[1]),
            None,
            None,
        ) {
            self.out_of_bounds("/utc_offset_minutes", "number", "-720 to 840");
        }
        self.count(&campaign.tracks, "/tracks");
    }

    fn id(&mut self, id: &str, at: &str) {
        if !id.validate_length(Some(1), Some(MAX_ID.into()), None) {
            self.out_of_bounds(at, "length", "1 to 64");
        }
    }

    /// The number of tracks, or of sections.
    fn count(&mut self, parts: &impl ValidateLength<u64>, at: &str) {
        if !parts.validate_length(Some(1), Some(MAX_PARTS.into()), None) {
            self.out_of_bounds(at, "length", "1 to 50");
        }
    }

    fn out_of_bounds(&mut self, at: &str, what: &str, expected: &str) {
        let message = format!("{what} out of bounds, expected {expected}");
        self.fault("out-of-bounds", at.to_owned(), message);
    }

    fn unique<'a>(&mut self, at: &str, ids: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        for (i, id) in ids.enumerate() {
            if !seen.insert(id) {
                self.fault(
                    "twice",
                    format!("{at}/{i}"),
                    format!("`{id}` stands twice, expected once"),
                );
            }
        }
    }

    fn track(&mut self, track: &Track, at: &str) {
        self.id(&track.id, &format!("{at}/id"));
        self.count(&track.sections, &format!("{at}/sections"));
        self.unique(&format!("{at}/sections"), track.sections.iter().map(|s| s.id.as_str()));
        self.unique(&format!("{at}/rules"), track.rules.iter().map(|r| r.id.as_str()));
        let count: usize = track.fields().map(|field| 1 + field.columns().len()).sum();
        if count > MAX_FIELDS {
            let message = format!("{count} fields and columns, expected at most {MAX_FIELDS}");
            return self.fault("too-large", format!("{at}/sections"), message);
        }
        let mut fields = Fields::default();
        for (s, section) in track.sections.iter().enumerate() {
            for (f, field) in section.fields.iter().enumerate() {
                let at = format!("{at}/sections/{s}/fields/{f}");
                if fields.get(&field.key).is_some() {
                    let message = format!("key `{}` stands twice, expected once", field.key);
                    self.fault("twice", format!("{at}/key"), message);
                }
                fields.insert(field);
            }
        }
        for (s, section) in track.sections.iter().enumerate() {
            for (f, field) in section.fields.iter().enumerate() {
                self.field(field, &fields, &format!("{at}/sections/{s}/fields/{f}"));
            }
        }
        self.circles(track, &fields, at);
        for (i, rule) in track.rules.iter().enumerate() {
            self.rule(rule, &fields, &format!("{at}/rules/{i}"));
        }
        self.outputs(track, &fields, at);
    }

    fn outputs(&mut self, track: &Track, fields: &Fields, at: &str) {
        self.unique(&format!("{at}/computed"), track.computed.iter().map(|c| c.key.as_str()));
        for (i, computed) in track.computed.iter().enumerate() {
            let at = format!("{at}/computed/{i}");
            self.known(&computed.beside, fields, &format!("{at}/beside"));
            self.logic(&computed.value, fields, &format!("{at}/value"));
        }
        for (i, column) in track.summary.iter().enumerate() {
            if let Some(key) = &column.field {
                self.known(key, fields, &format!("{at}/summary/{i}/field"));
            }
        }
    }

    fn field(&mut self, field: &Field, fields: &Fields, at: &str) {
        self.key(&field.key, at);
        if let Requirement::When(logic) = &field.required {
            // A file of each row is asked for row by row, so the variables are the row's.
            let table = field.per_row().and_then(|key| fields.get(key));
            let columns: Option<Fields> = table.map(|table| by_key(table.columns()));
            self.logic(logic, columns.as_ref().unwrap_or(fields), &format!("{at}/required"));
        }
        if let Some(logic) = &field.visible {
            self.logic(logic, fields, &format!("{at}/visible"));
        }
        let inside = format!("{at}/type");
        match &field.kind {
            FieldKind::Choice(choice) => self.choice(choice, &format!("{inside}/choice")),
            FieldKind::File(file) => self.file(file, fields, &format!("{inside}/file")),
            FieldKind::Photo(photo) => self.photo(photo, &format!("{inside}/photo")),
            FieldKind::Rows(rows) => {
                let at = format!("{inside}/rows/fields");
                self.unique(&at, rows.fields.iter().map(|column| column.key.as_str()));
                if rows.max == 0 || rows.max > MAX_ROWS {
                    let message = format!("{} rows, expected 1 to {MAX_ROWS}", rows.max);
                    self.fault("out-of-bounds", format!("{inside}/rows/max"), message);
                }
                let columns = by_key(&rows.fields);
                for (i, column) in rows.fields.iter().enumerate() {
                    let at = format!("{at}/{i}");
                    if matches!(column.kind, FieldKind::Rows(_)) || column.is_file() {
                        let message = "a table or a file in a column, expected a plain answer";
                        self.fault("not-a-column", format!("{at}/type"), message.into());
                    } else {
                        self.field(column, &columns, &at);
                    }
                }
            }
            _ => {}
        }
    }

    fn key(&mut self, key: &str, at: &str) {
        let fits = key.len() <= MAX_KEY
            && key.starts_with(|c: char| c.is_ascii_lowercase())
            && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !fits {
            let message =
                format!("key `{key}`, expected small letters, digits and `_`, at most 64");
            self.fault("bad-key", format!("{at}/key"), message);
        }
    }

    fn choice(&mut self, choice: &ChoiceSettings, at: &str) {
        match &choice.codes {
            Some(name) if codes::table(name).is_none() => {
                let message = format!(
                    "unknown code table `{name}`, expected such as `sex`, `ethnicity`, `political`, `education`"
                );
                self.fault("unknown-codes", format!("{at}/codes"), message);
            }
            Some(_) if !choice.options.is_empty() => {
                self.fault("both", at.into(), "`options` and `codes`, expected one of them".into());
            }
            None if choice.options.is_empty() => {
                self.fault("empty", at.into(), "a choice without `options` or `codes`".into());
            }
            _ => {}
        }
        let options = format!("{at}/options");
        self.unique(&options, choice.options.iter().map(|option| option.value.as_str()));
        if let Some(default) = &choice.default {
            let known = choice.options.iter().any(|option| option.value == *default)
                || choice
                    .codes
                    .as_deref()
                    .is_some_and(|table| codes::find(table, default).is_some());
            if !known {
                let message = format!("default `{default}` is not among the options");
                self.fault("unknown-option", format!("{at}/default"), message);
            }
        }
    }

    fn file(&mut self, file: &FileSettings, fields: &Fields, at: &str) {
        self.formats(&file.formats, at);
        if let Some(key) = &file.per_row
            && self.known(key, fields, &format!("{at}/per_row"))
        {
            self.fits(key, fields, &format!("{at}/per_row"), "a table", |kind| {
                matches!(kind, FieldKind::Rows(_))
            });
        }
    }

    fn photo(&mut self, photo: &PhotoSettings, at: &str) {
        self.formats(&photo.formats, at);
        for (i, [width, height]) in photo.ratios.iter().enumerate() {
            if !(*width > 0.0 && *height > 0.0) {
                self.fault(
                    "out-of-bounds",
                    format!("{at}/ratios/{i}"),
                    "expected figures above 0".into(),
                );
            }
        }
        if let Some(ground) = photo.background.as_deref().filter(|ground| !GROUNDS.contains(ground))
        {
            let message = format!("ground `{ground}`, expected one of `blue`, `red`, `white`");
            self.fault("unknown-ground", format!("{at}/background"), message);
        }
    }

    fn formats(&mut self, formats: &[String], at: &str) {
        if formats.is_empty() {
            self.fault("empty", format!("{at}/formats"), "no format, expected at least one".into());
        }
        for (i, name) in formats.iter().enumerate() {
            if crate::files::Format::named(name).is_none() {
                let message = format!(
                    "unknown format `{name}`, expected such as `jpeg`, `png`, `pdf`, `docx`, `doc`"
                );
                self.fault("unknown-format-name", format!("{at}/formats/{i}"), message);
            }
        }
    }

    fn rule(&mut self, rule: &Rule, fields: &Fields, at: &str) {
        if let Some(when) = &rule.when {
            self.logic(when, fields, &format!("{at}/when"));
        }
        let at = format!("{at}/check");
        for (key, what, fits) in needs(&rule.check) {
            if self.known(key, fields, &at) {
                self.fits(key, fields, &at, what, fits);
            }
        }
        for (table, column) in columns(&rule.check) {
            // Of a field that is no table this has been said already.
            if let Some(field) = fields.get(table)
                && matches!(field.kind, FieldKind::Rows(_))
                && !field.columns().iter().any(|known| known.key == column)
            {
                let message = format!("unknown column `{column}` of table `{table}`");
                self.fault("unknown-column", at.clone(), message);
            }
        }
        match &rule.check {
            RuleKind::Note(note) => self.logic(&note.when, fields, &format!("{at}/note/when")),
            RuleKind::FirstRow(first) => {
                let table = fields.get(&first.field).map_or(&[][..], |field| field.columns());
                self.table = Some(first.field.clone());
                self.logic(&first.must, &by_key(table), &format!("{at}/first_row/must"));
                self.table = None;
            }
            RuleKind::Declared(declared) => self.declared(declared, fields, &at),
            RuleKind::Grades(grades) if grades.years.is_empty() || grades.pass.is_empty() => {
                let message = "no `years` or no `pass`, expected at least one of each";
                self.fault("empty", format!("{at}/grades"), message.into());
            }
            _ => {}
        }
    }

    /// A declaration can only have a value that its field can have.
    fn declared(&mut self, rule: &DeclaredRule, fields: &Fields, at: &str) {
        if rule.fields.is_empty() {
            self.fault(
                "empty",
                format!("{at}/declared/fields"),
                "expected at least one field".into(),
            );
        }
        for (key, value) in &rule.fields {
            let fits = match fields.get(key).map(|field| &field.kind) {
                Some(FieldKind::YesNo(_)) => value.is_boolean(),
                Some(FieldKind::Number(_)) => value.is_number(),
                _ => true,
            };
            if !fits {
                let message =
                    format!("field `{key}` can never have this value, expected one of its kind");
                self.fault("wrong-kind", format!("{at}/declared/fields/{key}"), message);
            }
        }
    }

    fn known(&mut self, key: &str, fields: &Fields, at: &str) -> bool {
        let known = fields.get(key).is_some();
        if !known {
            let message = match &self.table {
                Some(table) => format!("unknown column `{key}`, expected one of table `{table}`"),
                None => format!("unknown field `{key}`, expected the key of a field of this track"),
            };
            self.fault("unknown-field", at.to_owned(), message);
        }
        known
    }

    fn fits(
        &mut self,
        key: &str,
        fields: &Fields,
        at: &str,
        what: &str,
        fits: fn(&FieldKind) -> bool,
    ) {
        if fields.get(key).is_some_and(|field| !fits(&field.kind)) {
            self.fault(
                "wrong-kind",
                at.to_owned(),
                format!("field `{key}` does not fit, expected {what}"),
            );
        }
    }
}

fn by_key(fields: &[Field]) -> Fields<'_> {
    Fields::of(fields.iter())
}
