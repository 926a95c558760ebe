//! Doubts about what is asked: fields without a limit or a unit, files nobody asks for, answers that
//! go nowhere.

use std::collections::BTreeSet;

use super::Doubts;
use crate::campaign::{
    ChoiceOption, Field, FieldKind, Requirement, RowsSettings, RuleKind, Section, Source, Track,
};

impl Doubts<'_> {
    pub(super) fn fields(&mut self, track: &Track, at: &str) {
        for (s, section) in track.sections.iter().enumerate() {
            let at = format!("{at}/sections/{s}");
            if section.fields.is_empty() {
                self.doubt("empty-section", format!("{at}/fields"), "no field in this section");
            }
            let at = format!("{at}/fields");
            self.labels(&section.fields, &at);
            for (f, field) in section.fields.iter().enumerate() {
                let at = format!("{at}/{f}");
                self.field(field, track, &at);
                self.unused(field, section, &at);
            }
        }
    }

    /// A field of the form, and its columns.
    fn field(&mut self, field: &Field, track: &Track, at: &str) {
        self.source(&field.source, &format!("{at}/source"));
        let inside = format!("{at}/type");
        match &field.kind {
            FieldKind::Number(number) if number.unit.is_none() && !is_ordinal(field, track) => {
                let message =
                    format!("number `{}` without a `unit`, expected such as `人`", field.key);
                self.doubt("no-unit", inside.as_str(), message);
            }
            FieldKind::Essay(_) if !is_limited(field, track) => {
                let message =
                    format!("`{}` can be of any length, expected a `length` rule", field.key);
                self.doubt("no-length", at, message);
            }
            FieldKind::Choice(choice) => {
                self.options(&choice.options, &format!("{inside}/choice/options"));
            }
            FieldKind::Choices(choices) => {
                self.options(&choices.options, &format!("{inside}/choices/options"));
            }
            FieldKind::File(_) if !self.is_asked_for(field) => {
                let message = format!(
                    "file `{}` is never asked for, expected `required` or a rule that reads it",
                    field.key
                );
                self.doubt("never-asked", at, message);
            }
            FieldKind::Rows(rows) => self.rows(rows, &format!("{inside}/rows")),
            _ => {}
        }
        let kind = match &field.kind {
            FieldKind::Rows(_) => "rows",
            FieldKind::Group(_) => "group",
            _ => "matrix",
        };
        let columns = format!("{inside}/{kind}/fields");
        self.labels(field.columns(), &columns);
        for (c, column) in field.columns().iter().enumerate() {
            self.field(column, track, &format!("{columns}/{c}"));
        }
    }

    /// A clause that says nothing is worse than `inferred`, for it pretends.
    pub(super) fn source(&mut self, source: &Source, at: &str) {
        let Some(cite) = source.cite() else { return };
        if cite.clause.trim().is_empty() {
            let message =
                "a clause without words, expected the notice's own numbering, or `inferred`";
            self.doubt("no-clause", format!("{at}/notice/clause"), message);
        }
        if cite.quote.as_ref().is_some_and(|quote| quote.trim().is_empty()) {
            let message = "a quotation without words, expected those of the notice, or none";
            self.doubt("no-clause", format!("{at}/notice/quote"), message);
        }
    }

    /// Two questions that nobody can tell apart.
    fn labels(&mut self, fields: &[Field], at: &str) {
        let mut seen = BTreeSet::new();
        for (f, field) in fields.iter().enumerate() {
            // Where each has its condition only one of them may be shown.
            if field.visible.is_none() && !seen.insert(field.label.base()) {
                let message = format!("a second field called `{}` here", field.label.base());
                self.doubt("label-twice", format!("{at}/{f}/label"), message);
            }
        }
    }

    fn options(&mut self, options: &[ChoiceOption], at: &str) {
        let mut seen = BTreeSet::new();
        for (i, option) in options.iter().enumerate() {
            if option.when.is_none() && !seen.insert(option.label.base()) {
                let message = format!("a second option called `{}`", option.label.base());
                self.doubt("option-twice", format!("{at}/{i}"), message);
            }
        }
        if options.len() == 1 {
            self.doubt("one-option", at, "a choice of one, expected something to choose from");
        }
    }

    fn is_asked_for(&self, field: &Field) -> bool {
        field.required != Requirement::Fixed(false) || self.is_named(field)
    }

    /// The printed line of a row: it names columns, and what it leaves out is used elsewhere.
    fn rows(&mut self, rows: &RowsSettings, at: &str) {
        let Some(line) = rows.line.as_deref() else { return };
        let printed = placeholders(line);
        for key in &printed {
            if !rows.fields.iter().any(|column| column.key == *key) {
                let message = format!("`{{{key}}}` names no column, expected the key of one");
                self.doubt("unknown-column", format!("{at}/line"), message);
            }
        }
        for (c, column) in rows.fields.iter().enumerate() {
            if !printed.contains(&column.key.as_str()) && !self.is_named(column) {
                let message =
                    format!("column `{}` stands in no `line` and no rule reads it", column.key);
                self.doubt("never-printed", format!("{at}/fields/{c}"), message);
            }
        }
    }

    /// An answer that is neither printed nor read by anything was not worth asking for. Texts are for
    /// people to read: they explain another answer.
    fn unused(&mut self, field: &Field, section: &Section, at: &str) {
        let columns = field.columns().iter().any(|column| self.is_named(column));
        let is_text = matches!(field.kind, FieldKind::Text(_) | FieldKind::Essay(_));
        let is_read = is_text || field.is_file() || columns || self.is_named(field);
        if !section.printed && !is_read {
            let message = format!(
                "`{}` is not printed, in no summary, and no rule or condition reads it",
                field.key
            );
            self.doubt("unused", at, message);
        }
    }
}

/// Whether the number is a year or a rank: nobody writes a unit behind these.
fn is_ordinal(field: &Field, track: &Track) -> bool {
    let rank = track.batch.as_ref().and_then(|batch| batch.rank.as_ref());
    field.key == "year" || field.key.ends_with("_year") || rank == Some(&field.key)
}

/// Whether a rule limits the field's length; of a column, one `each` row.
fn is_limited(field: &Field, track: &Track) -> bool {
    track.rules.iter().any(|rule| match &rule.check {
        RuleKind::Length(length) => length.field == field.key,
        _ => false,
    })
}

/// The keys in braces.
fn placeholders(line: &str) -> Vec<&str> {
    line.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0)).collect()
}
