//! A document that has to be attached: there, of a format that is taken, whole, and not too large.

use super::{
    Code, Finding,
    condition::{self, Scope},
    finding::attachment,
    view::{Row, View},
    wording,
};
use crate::{
    answers::Attachment,
    campaign::{Field, FileSettings, Requirement, Severity},
};

/// The most findings on files that no field asks for.
const MAX_UNKNOWN: usize = 50;

pub(super) fn judge<'a>(
    view: &View<'a>,
    field: &'a Field,
    settings: &'a FileSettings,
) -> Vec<Finding<'a>> {
    let key = &field.key;
    if !view.visible(key) {
        return view.files(key).map(|(at, _)| hidden(field, at)).collect();
    }
    let mut findings = match &settings.per_row {
        Some(table) => per_row(view, field, settings, table),
        None => whole(view, field, settings),
    };
    for (at, file) in view.files(key) {
        findings.extend(content(field, settings, at, file));
    }
    findings
}

pub(super) fn hidden(field: &Field, at: usize) -> Finding<'_> {
    Finding::new(Code::HiddenValue, attachment(at))
        .severity(Severity::Warn)
        .rule(format!("hidden:{}", field.key))
        .about(field)
}

fn whole<'a>(view: &View<'a>, field: &'a Field, settings: &FileSettings) -> Vec<Finding<'a>> {
    let files: Vec<_> = view.files(&field.key).map(|(at, _)| at).collect();
    if files.is_empty() && view.required(field) {
        return vec![missing(field, None)];
    }
    surplus(field, settings, &files).into_iter().collect()
}

fn missing<'a>(field: &'a Field, row: Option<(&str, &'a Field, usize)>) -> Finding<'a> {
    let finding = Finding::new(Code::Missing, "/attachments")
        .with("slot", field.key.as_str())
        .with("expected", "file")
        .severity(field.missing)
        .rule(missing_rule(field));
    match row {
        None => finding.about(field),
        Some((key, table, at)) => finding
            .with("for", format!("{key}.{at}"))
            .label(wording::cell_label(table.label.base(), at, field.label.base()))
            .about(field),
    }
}

fn missing_rule(field: &Field) -> String {
    let own = match &field.kind {
        crate::campaign::FieldKind::File(file) => file.missing_rule.clone(),
        _ => None,
    };
    own.unwrap_or_else(|| format!("attach.missing:{}", field.key))
}

fn surplus<'a>(field: &'a Field, settings: &FileSettings, files: &[usize]) -> Option<Finding<'a>> {
    let most = usize::try_from(settings.max_files).unwrap_or(usize::MAX);
    let extra = *files.get(most)?;
    let finding = Finding::new(Code::TooMany, attachment(extra))
        .with("count", files.len())
        .with("max", most)
        .with("over", files.len() - most)
        .with("of", "files");
    Some(finding.rule(format!("attach.count:{}", field.key)).about(field))
}

/// One file for each row; `required` is asked of the row.
fn per_row<'a>(
    view: &View<'a>,
    field: &'a Field,
    settings: &FileSettings,
    key: &'a str,
) -> Vec<Finding<'a>> {
    let Some(table) = view.field(key) else { return Vec::new() };
    let rows = view.rows(key);
    let mut findings = Vec::new();
    for row in rows.iter() {
        let name = format!("{key}.{}", row.index);
        let files: Vec<_> = view
            .files(&field.key)
            .filter(|(_, file)| file.row.as_deref() == Some(&name))
            .map(|(at, _)| at)
            .collect();
        if files.is_empty() && required(view, field, row) {
            findings.push(missing(field, Some((key, table, row.index))));
        }
        findings.extend(surplus(field, settings, &files));
    }
    let belongs = |file: &Attachment| {
        file.row
            .as_deref()
            .is_some_and(|name| rows.iter().any(|row| name == format!("{key}.{}", row.index)))
    };
    let stray = view.files(&field.key).filter(|(_, file)| !belongs(file)).take(MAX_UNKNOWN);
    findings.extend(stray.map(|(at, _)| {
        let finding = Finding::new(Code::UnknownRow, attachment(at)).severity(Severity::Warn);
        finding.rule("shape:attachments").about(field)
    }));
    findings
}

fn required<'a>(view: &View<'a>, field: &'a Field, row: &Row<'a>) -> bool {
    match &field.required {
        Requirement::Fixed(required) => *required,
        Requirement::When(logic) => condition::holds(logic, Scope::Row(view.facts(), *row, 0)),
    }
}

fn content<'a>(
    field: &'a Field,
    settings: &FileSettings,
    at: usize,
    file: &Attachment,
) -> Option<Finding<'a>> {
    let path = attachment(at);
    if file.bytes == 0 {
        let finding =
            Finding::new(Code::EmptyFile, path).rule(format!("attach.bytes:{}", field.key));
        return Some(finding.about(field));
    }
    if let Some(finding) = format(&settings.formats, file, &path) {
        return Some(finding.rule(format!("attach.format:{}", field.key)).about(field));
    }
    (file.bytes > settings.max_bytes).then(|| {
        let finding = Finding::new(Code::TooLarge, path)
            .with("bytes", file.bytes)
            .with("max", settings.max_bytes);
        finding.rule(format!("attach.bytes:{}", field.key)).about(field)
    })
}

/// The finding on a file's format or on what is wrong with its bytes.
pub(super) fn format<'a>(taken: &[String], file: &Attachment, path: &str) -> Option<Finding<'a>> {
    if !taken.contains(&file.format) {
        // The word is the client's: only names that we know are repeated.
        let found =
            crate::files::Format::named(&file.format).map_or("unknown", crate::files::Format::name);
        let finding = Finding::new(Code::UnknownFormat, path).with("found", found);
        return Some(finding.with("taken", taken.to_vec()));
    }
    let flaw = |name: &str| file.flaws.iter().any(|flaw| flaw == name);
    let flaws = [
        ("encrypted", Code::Encrypted, Severity::Error),
        ("truncated", Code::Damaged, Severity::Error),
        ("unreadable", Code::Unreadable, Severity::Error),
        ("macros", Code::Macros, Severity::Warn),
        ("cmyk", Code::PrintColours, Severity::Warn),
    ];
    let (_, code, severity) = flaws.into_iter().find(|(name, ..)| flaw(name))?;
    let finding = Finding::new(code, path).with("found", file.format.as_str());
    Some(if severity == Severity::Warn { finding.severity(severity) } else { finding })
}

/// Files for a slot that the form does not have.
pub(super) fn unknown_slots<'a>(view: &View<'a>) -> Vec<Finding<'a>> {
    let files = view.given().attachments.iter().enumerate();
    let unknown = files.filter(|(_, file)| !view.field(&file.slot).is_some_and(Field::is_file));
    unknown
        .take(MAX_UNKNOWN)
        .map(|(at, _)| {
            let finding = Finding::new(Code::UnknownKey, attachment(at)).with("of", "files");
            finding.rule("shape:attachments").severity(Severity::Warn)
        })
        .collect()
}
