//! Faults of a campaign that reads well but does not hold together.
//!
//! Serde has already refused unknown keys and wrong types; here are the references: every key a
//! rule or condition names must be a field that fits, every id must stand once.

use std::collections::{BTreeMap, BTreeSet};

use validator::Validate;

use super::{
    Campaign, ChoiceSettings, FORMAT, Fault, Field, FieldKind, FileSettings, Logic, PhotoSettings,
    Requirement, Rule, RuleKind, Track,
};
use crate::{files::Format, standards::codes};

/// The most fields and columns one track may have.
const MAX_FIELDS: usize = 5_000;

/// All faults of `campaign`, in the order of the file.
pub(super) fn check(campaign: &Campaign) -> Vec<Fault> {
    let mut check = Check { campaign, faults: Vec::new() };
    if campaign.format != FORMAT {
        let message = format!("format `{}`, this build reads `{FORMAT}`", campaign.format);
        check.fault("unknown-format", "/format".into(), message);
    }
    if let Err(errors) = campaign.validate() {
        for field in errors.into_errors().into_keys() {
            check.fault("out-of-bounds", format!("/{field}"), "empty, too long or out of range".into());
        }
    }
    check.unique("/tracks", campaign.tracks.iter().map(|track| track.id.as_str()));
    for (i, track) in campaign.tracks.iter().enumerate() {
        check.track(track, &format!("/tracks/{i}"));
    }
    check.faults
}

struct Check<'a> {
    campaign: &'a Campaign,
    faults: Vec<Fault>,
}

type Fields<'a> = BTreeMap<&'a str, &'a Field>;

impl Check<'_> {
    fn fault(&mut self, code: &'static str, pointer: String, message: String) {
        self.faults.push(Fault::new(code, pointer, message));
    }

    fn unique<'a>(&mut self, at: &str, ids: impl Iterator<Item = &'a str>) {
        let mut seen = BTreeSet::new();
        for (i, id) in ids.enumerate() {
            if !seen.insert(id) {
                self.fault("twice", format!("{at}/{i}"), format!("`{id}` stands twice, expected once"));
            }
        }
    }

    fn track(&mut self, track: &Track, at: &str) {
        self.unique(&format!("{at}/sections"), track.sections.iter().map(|s| s.id.as_str()));
        self.unique(&format!("{at}/rules"), track.rules.iter().map(|r| r.id.as_str()));
        let count: usize = track.fields().map(|field| 1 + field.columns().len()).sum();
        if count > MAX_FIELDS {
            let message = format!("{count} fields and columns, expected at most {MAX_FIELDS}");
            return self.fault("too-large", format!("{at}/sections"), message);
        }
        let mut fields = Fields::new();
        for (s, section) in track.sections.iter().enumerate() {
            for (f, field) in section.fields.iter().enumerate() {
                let at = format!("{at}/sections/{s}/fields/{f}");
                if fields.insert(&field.key, field).is_some() {
                    let message = format!("key `{}` stands twice, expected once", field.key);
                    self.fault("twice", format!("{at}/key"), message);
                }
            }
        }
        for (s, section) in track.sections.iter().enumerate() {
            for (f, field) in section.fields.iter().enumerate() {
                self.field(field, &fields, &format!("{at}/sections/{s}/fields/{f}"));
            }
        }
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
            self.logic(logic, fields, &format!("{at}/required"));
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
                let columns: Fields = rows.fields.iter().map(|c| (c.key.as_str(), c)).collect();
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
        let fits = key.len() <= 64
            && key.starts_with(|c: char| c.is_ascii_lowercase())
            && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !fits {
            let message = format!("key `{key}`, expected small letters, digits and `_`, at most 64");
            self.fault("bad-key", format!("{at}/key"), message);
        }
    }

    fn choice(&mut self, choice: &ChoiceSettings, at: &str) {
        match &choice.codes {
            Some(name) if codes::table(name).is_none() => {
                let message = format!(
                    "unknown code table `{name}`, expected one of `sex`, `ethnicity`, `political`, `education`"
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
                    .and_then(codes::table)
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
                self.fault("out-of-bounds", format!("{at}/ratios/{i}"), "expected figures above 0".into());
            }
        }
        const GROUNDS: [&str; 3] = ["blue", "red", "white"];
        if let Some(ground) = photo.background.as_deref().filter(|ground| !GROUNDS.contains(ground)) {
            let message = format!("ground `{ground}`, expected one of `blue`, `red`, `white`");
            self.fault("unknown-ground", format!("{at}/background"), message);
        }
    }

    fn formats(&mut self, formats: &[String], at: &str) {
        if formats.is_empty() {
            self.fault("empty", format!("{at}/formats"), "no format, expected at least one".into());
        }
        for (i, name) in formats.iter().enumerate() {
            if Format::from_name(name).is_none() {
                let message = format!("unknown format `{name}`, expected such as `jpeg`, `png`, `pdf`, `docx`, `doc`");
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
            if let Some(field) = fields.get(table)
                && !field.columns().iter().any(|known| known.key == column)
            {
                let message = format!("unknown column `{column}` of table `{table}`");
                self.fault("unknown-column", at.clone(), message);
            }
        }
        match &rule.check {
            RuleKind::Note(note) => self.logic(&note.when, fields, &format!("{at}/note/when")),
            RuleKind::FirstRow(first) => {
                let table = fields.get(first.field.as_str()).map_or(&[][..], |field| field.columns());
                let columns: Fields = table.iter().map(|c| (c.key.as_str(), c)).collect();
                self.logic(&first.must, &columns, &format!("{at}/first_row/must"));
            }
            _ => {}
        }
    }

    fn known(&mut self, key: &str, fields: &Fields, at: &str) -> bool {
        let known = fields.contains_key(key);
        if !known {
            let message = format!("unknown field `{key}`, expected the key of a field of this track");
            self.fault("unknown-field", at.to_owned(), message);
        }
        known
    }

    fn fits(&mut self, key: &str, fields: &Fields, at: &str, what: &str, fits: fn(&FieldKind) -> bool) {
        if fields.get(key).is_some_and(|field| !fits(&field.kind)) {
            self.fault("wrong-kind", at.to_owned(), format!("field `{key}` does not fit, expected {what}"));
        }
    }

    fn logic(&mut self, logic: &Logic, fields: &Fields, at: &str) {
        for key in logic.reads() {
            self.known(key, fields, at);
        }
        for scale in logic.scales() {
            if !self.campaign.scales.contains_key(scale) {
                let message = format!("unknown scale `{scale}`, expected one of the campaign's `scales`");
                self.fault("unknown-scale", at.to_owned(), message);
            }
        }
    }
}

type Need<'a> = (&'a str, &'static str, fn(&FieldKind) -> bool);

/// The fields a rule names, each with what it must be.
fn needs(check: &RuleKind) -> Vec<Need<'_>> {
    let any: fn(&FieldKind) -> bool = |_| true;
    let table: fn(&FieldKind) -> bool = |kind| matches!(kind, FieldKind::Rows(_));
    let text: fn(&FieldKind) -> bool = |kind| {
        matches!(
            kind,
            FieldKind::Text(_)
                | FieldKind::PersonName
                | FieldKind::Essay(_)
                | FieldKind::IdNumber
                | FieldKind::Phone
                | FieldKind::Uscc
        )
    };
    let choice: fn(&FieldKind) -> bool = |kind| matches!(kind, FieldKind::Choice(_));
    let month: fn(&FieldKind) -> bool = |kind| matches!(kind, FieldKind::Month(_));
    let counted: fn(&FieldKind) -> bool = |kind| match kind {
        FieldKind::Rows(rows) => rows.line.is_some(),
        FieldKind::Text(_) | FieldKind::Essay(_) => true,
        _ => false,
    };
    match check {
        RuleKind::IdDocument(rule) => document(rule, text, choice),
        RuleKind::IdBirth(rule) => {
            let mut needs = document(&rule.document, text, choice);
            needs.push((&rule.birth, "a month", month));
            needs
        }
        RuleKind::IdSex(rule) => {
            let mut needs = document(&rule.document, text, choice);
            needs.push((&rule.sex, "a choice", choice));
            needs
        }
        RuleKind::Phone(rule) => vec![(&rule.field, "a text", text)],
        RuleKind::Uscc(rule) => vec![(&rule.field, "a text", text)],
        RuleKind::Length(rule) => vec![(&rule.field, "a text, or a table with a `line`", counted)],
        RuleKind::Listed(rule) => vec![(&rule.field, "a choice", choice)],
        RuleKind::Declared(rule) => rule.fields.keys().map(|key| (key.as_str(), "a field", any)).collect(),
        RuleKind::Periods(rule) | RuleKind::Distinct(rule) => vec![(&rule.field, "a table", table)],
        RuleKind::Continuity(rule) => vec![(&rule.field, "a table", table)],
        RuleKind::FirstRow(rule) => {
            let mut needs: Vec<Need> = vec![(&rule.field, "a table", table)];
            needs.extend(rule.birth.as_deref().map(|key| (key, "a month", month)));
            needs
        }
        RuleKind::Tenure(rule) => vec![(&rule.field, "a table", table)],
        RuleKind::Grades(rule) => vec![(&rule.field, "a table", table)],
        RuleKind::Notice(rule) => vec![(&rule.field, "a table", table)],
        RuleKind::Note(rule) => vec![(&rule.field, "a field", any)],
        RuleKind::Late(_) => vec![],
    }
}

fn document<'a>(
    rule: &'a super::IdDocumentRule,
    text: fn(&FieldKind) -> bool,
    choice: fn(&FieldKind) -> bool,
) -> Vec<Need<'a>> {
    let mut needs: Vec<Need> = vec![(&rule.number, "a text", text)];
    needs.extend(rule.kind.as_deref().map(|key| (key, "a choice", choice)));
    needs
}

/// The columns a rule names, each with its table.
fn columns(check: &RuleKind) -> Vec<(&str, &str)> {
    const SPAN: [&str; 2] = ["start", "end"];
    let span = |table| SPAN.iter().map(|column| (table, *column)).collect::<Vec<_>>();
    match check {
        RuleKind::Periods(rule) => span(rule.field.as_str()),
        RuleKind::Notice(rule) => span(&rule.field),
        RuleKind::Continuity(rule) => {
            let mut columns = span(&rule.field);
            columns.extend(rule.study.as_ref().map(|study| (rule.field.as_str(), study.column.as_str())));
            columns
        }
        RuleKind::FirstRow(rule) => span(&rule.field),
        RuleKind::Tenure(rule) => {
            let mut columns = span(&rule.field);
            columns.push((&rule.field, &rule.flag));
            columns
        }
        RuleKind::Grades(rule) => vec![(&rule.field, &rule.year), (&rule.field, &rule.grade)],
        _ => vec![],
    }
}
