//! Doubts about rules: limits of nothing, values that cannot be, severities nobody can justify.

use super::{Doubts, domain};
use crate::{
    campaign::{Field, FieldKind, IdDocumentRule, Rule, RuleKind, Severity, Source, Track},
    standards::id_document,
};

impl Doubts<'_> {
    pub(super) fn rules(&mut self, track: &Track, at: &str) {
        for (r, rule) in track.rules.iter().enumerate() {
            let at = format!("{at}/rules/{r}");
            self.source(&rule.source, &format!("{at}/source"));
            if rule.severity == Severity::Error
                && rule.source == Source::Inferred
                && !is_of_a_standard(&rule.check)
            {
                let message = format!(
                    "rule `{}` blocks sending and cites no clause, expected one, or a lower severity",
                    rule.id
                );
                self.doubt("no-clause", format!("{at}/source"), message);
            }
            let fields: Vec<&Field> = match rule.each.as_deref() {
                None => track.fields().collect(),
                Some(table) => track.field(table).map_or(&[][..], Field::columns).iter().collect(),
            };
            self.rule(rule, &fields, &format!("{at}/check"));
        }
        self.limits(track, at);
    }

    fn rule(&mut self, rule: &Rule, fields: &[&Field], at: &str) {
        let field = |key: &str| fields.iter().copied().find(|field| field.key == key);
        let column = |table: &str, key: &str| {
            field(table)?.columns().iter().find(|column| column.key == key)
        };
        match &rule.check {
            RuleKind::IdDocument(rule) => self.document(rule, field(rule.kind_key()), at),
            RuleKind::Length(length) if length.most() == Some(0) => {
                self.nothing(&format!("{at}/length/max"), "a length of 0 at most");
            }
            RuleKind::Declared(declared) => {
                for (key, value) in &declared.fields {
                    let at = format!("{at}/declared/fields/{key}");
                    self.value(field(key), value.as_str(), &at);
                }
            }
            RuleKind::Continuity(rule) => {
                if let Some(study) = &rule.study {
                    let column = column(&rule.field, &study.column);
                    self.value(column, Some(&study.is), &format!("{at}/continuity/study/is"));
                }
                if rule.study.is_none() && !rule.vacation.is_empty() {
                    let message = "a vacation without `study`, expected the rows it follows";
                    self.doubt("never", format!("{at}/continuity/vacation"), message);
                }
                self.months(&rule.vacation, &format!("{at}/continuity/vacation"));
            }
            RuleKind::Tenure(rule) if rule.min_months == 0 => {
                self.nothing(&format!("{at}/tenure/min_months"), "0 months at least");
            }
            RuleKind::Grades(rule) => {
                let grade = column(&rule.field, &rule.grade);
                for (name, words) in [("pass", &rule.pass), ("equivalent", &rule.equivalent)] {
                    for (i, word) in words.iter().enumerate() {
                        self.value(grade, Some(word), &format!("{at}/grades/{name}/{i}"));
                    }
                }
                let last = self.campaign.reference_date.year();
                for (i, year) in rule.years.iter().enumerate() {
                    if i32::from(*year) > last {
                        let message =
                            format!("year {year}, expected none after the reference date");
                        self.doubt("dates-order", format!("{at}/grades/years/{i}"), message);
                    }
                }
            }
            RuleKind::Notice(rule) if rule.min_workdays == 0 => {
                self.nothing(&format!("{at}/notice/min_workdays"), "0 working days at least");
            }
            RuleKind::Opinions(rule) => {
                let status = column(&rule.field, &rule.status);
                let at = format!("{at}/opinions/not_applicable");
                self.value(status, Some(&rule.not_applicable), &at);
            }
            RuleKind::Late(late) if late.last_day.is_some_and(|day| self.is_early(day)) => {
                let message = "a last day before the campaign opens, expected a later one";
                self.doubt("dates-order", format!("{at}/late/last_day"), message);
            }
            _ => {}
        }
    }

    fn is_early(&self, day: crate::standards::Day) -> bool {
        self.campaign.opens.is_some_and(|opens| day < opens)
    }

    fn nothing(&mut self, at: &str, what: &str) {
        self.doubt("limit-of-nothing", at, format!("{what}, expected a figure above 0"));
    }

    /// A value that the choice does not have.
    fn value(&mut self, field: Option<&Field>, value: Option<&str>, at: &str) {
        let (Some(FieldKind::Choice(choice)), Some(value)) = (field.map(|it| &it.kind), value)
        else {
            return;
        };
        let mut values = domain::values(&choice.options, choice.codes.as_deref());
        values.extend(choice.also.iter().cloned());
        if !values.iter().any(|known| known == value) {
            let values: Vec<_> = values.iter().take(12).map(|it| format!("`{it}`")).collect();
            let message = format!("`{value}` can never be, expected one of {}", values.join(", "));
            self.doubt("impossible-value", at, message);
        }
    }

    fn months(&mut self, months: &[u8], at: &str) {
        for (i, month) in months.iter().enumerate() {
            if !(1..=12).contains(month) {
                let message = format!("month {month}, expected 1 to 12");
                self.doubt("impossible-value", format!("{at}/{i}"), message);
            }
        }
    }

    /// Kinds of documents that the standards do not know: their numbers are taken unjudged.
    fn document(&mut self, rule: &IdDocumentRule, kind: Option<&Field>, at: &str) {
        let known = |kind: &str| id_document::kinds().contains(&kind);
        let expected = || id_document::kinds().join("、");
        if let Some(FieldKind::Choice(choice)) = kind.map(|field| &field.kind) {
            let values = domain::values(&choice.options, choice.codes.as_deref());
            for value in values.iter().filter(|value| !known(value)) {
                let message =
                    format!("numbers of `{value}` are not judged, known are {}", expected());
                self.doubt("unjudged", format!("{at}/id_document/type"), message);
            }
        }
        if !known(&rule.default_type) {
            let message = format!("no such kind of document, known are {}", expected());
            self.doubt("unjudged", format!("{at}/id_document/default_type"), message);
        }
    }

    /// Two limits on one text, both always there and equally grave: one of them is forgotten.
    fn limits(&mut self, track: &Track, at: &str) {
        let mut seen = Vec::new();
        for (r, rule) in track.rules.iter().enumerate() {
            let RuleKind::Length(length) = &rule.check else { continue };
            let key = (&length.field, length.unit, rule.severity, rule.each.as_ref());
            let bounds = (length.max.is_some(), length.min.is_some(), length.approx.is_some());
            if rule.when.is_none() && seen.contains(&(key, bounds)) {
                let message = format!("a second limit on `{}`, expected one", length.field);
                self.doubt("limit-twice", format!("{at}/rules/{r}/check/length"), message);
            }
            seen.extend(rule.when.is_none().then_some((key, bounds)));
        }
    }
}

/// Whether what it demands is demanded by a standard or by sense, so that no clause need say it.
fn is_of_a_standard(check: &RuleKind) -> bool {
    matches!(
        check,
        RuleKind::IdDocument(_)
            | RuleKind::IdBirth(_)
            | RuleKind::IdSex(_)
            | RuleKind::Phone(_)
            | RuleKind::Uscc(_)
            | RuleKind::UsccKind(_)
            | RuleKind::Periods(_)
    )
}

impl IdDocumentRule {
    /// The key of the field with the type; empty where there is none.
    fn kind_key(&self) -> &str {
        self.kind.as_deref().unwrap_or_default()
    }
}
