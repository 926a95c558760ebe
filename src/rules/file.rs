//! A document that has to be attached: there, of a format that is taken, whole, of the size and
//! length asked for, and named and captioned as the notice wants it.

use super::{
    Code, Finding, Problem, check,
    condition::{self, Scope},
    file_name,
    finding::attachment,
    view::{Row, View},
    wording,
};
use crate::{
    answers::Attachment,
    campaign::{Field, FileSettings, Requirement, Severity},
    files::Format,
    words::Words,
};

/// The most findings on files that no field asks for.
const MAX_UNKNOWN: usize = 50;
/// The most characters (code points) of a caption.
const MAX_CAPTION: usize = 200;

pub(super) fn judge<'a>(
    view: &View<'a>,
    field: &'a Field,
    settings: &'a FileSettings,
) -> Vec<Finding<'a>> {
    let key = &field.key;
    if !view.visible(key) {
        return view.files(key).map(|(at, _)| hidden(field, at)).collect();
    }
    let slot = Slot { field, settings };
    let mut findings = match &settings.per_row {
        Some(table) => slot.per_row(view, table),
        None => slot.whole(view),
    };
    for (at, file) in view.files(key) {
        findings.extend(slot.content(at, file));
        let name = file_name::judge(view, &settings.file_name, file, at);
        findings.extend(name.map(|finding| slot.found("name", finding)));
        findings.extend(slot.caption(at, file));
    }
    findings.extend(slot.total(view));
    findings
}

pub(super) fn hidden(field: &Field, at: usize) -> Finding<'_> {
    Finding::new(Code::HiddenValue, attachment(at))
        .severity(Severity::Warn)
        .rule(format!("hidden:{}", field.key))
        .about(field)
}

/// A field for files and what it asks of them.
#[derive(Clone, Copy)]
struct Slot<'a> {
    field: &'a Field,
    settings: &'a FileSettings,
}

impl<'a> Slot<'a> {
    /// Gives a finding its id: `attach.bytes:letter`.
    fn found(self, what: &str, finding: Finding<'a>) -> Finding<'a> {
        finding.rule(format!("attach.{what}:{}", self.field.key)).about(self.field)
    }

    fn whole(self, view: &View<'a>) -> Vec<Finding<'a>> {
        let files: Vec<_> = view.files(&self.field.key).map(|(at, _)| at).collect();
        self.number(view, &files, view.required(self.field), None).into_iter().collect()
    }

    /// One file for each row; `required` is asked of the row. A file that does not say for which row
    /// it is goes to the first row that needs one and has none.
    fn per_row(self, view: &View<'a>, key: &'a str) -> Vec<Finding<'a>> {
        let Some(table) = view.field(key) else { return Vec::new() };
        let rows = view.rows(key);
        let all: Vec<_> = view.files(&self.field.key).collect();
        let mut loose = all.iter().filter(|(_, file)| file.row.is_none()).map(|(at, _)| *at);
        let mut placed = Vec::new();
        let mut findings = Vec::new();
        for row in rows.iter() {
            let own =
                |file: &Attachment| file.row.as_deref().is_some_and(|name| names(name, key, row));
            let mut files: Vec<_> =
                all.iter().filter(|(_, file)| own(file)).map(|(at, _)| *at).collect();
            let required = required(view, self.field, row);
            while required && files.len() < self.least() {
                let Some(at) = loose.next() else { break };
                files.push(at);
            }
            findings.extend(self.number(view, &files, required, Some((key, table, row.index))));
            placed.extend(files);
        }
        let stray = all.iter().filter(|(at, _)| !placed.contains(at)).take(MAX_UNKNOWN);
        findings.extend(stray.map(|(at, _)| {
            let finding = Finding::new(Code::UnknownRow, attachment(*at)).severity(Severity::Warn);
            finding.rule("shape:attachments").about(self.field)
        }));
        findings
    }

    fn least(self) -> usize {
        usize::try_from(self.settings.min_files).unwrap_or(usize::MAX).max(1)
    }

    /// The number of files, for the slot or for a row of it.
    fn number(
        self,
        view: &View<'a>,
        files: &[usize],
        required: bool,
        row: Option<(&str, &'a Field, usize)>,
    ) -> Option<Finding<'a>> {
        let most = usize::try_from(self.settings.max_files).unwrap_or(usize::MAX);
        let count = files.len();
        if count == 0 {
            return required.then(|| self.missing(view, row));
        }
        if count < self.least() {
            let (min, short) = (self.least(), self.least() - count);
            let finding = Finding::new(Code::TooFew, "/attachments")
                .with("slot", self.field.key.as_str())
                .with("min", min);
            return Some(self.counted(
                view,
                finding.with("count", count).with("short", short),
                row,
            ));
        }
        let extra = *files.get(most)?;
        let finding = Finding::new(Code::TooMany, attachment(extra)).with("max", most);
        Some(self.counted(view, finding.with("count", count).with("over", count - most), row))
    }

    fn counted(
        self,
        view: &View<'a>,
        finding: Finding<'a>,
        row: Option<(&str, &'a Field, usize)>,
    ) -> Finding<'a> {
        self.found("count", self.in_row(view, finding.with("of", "files"), row))
    }

    /// Says for which row a file is asked for.
    fn in_row(
        self,
        view: &View<'a>,
        finding: Finding<'a>,
        row: Option<(&str, &'a Field, usize)>,
    ) -> Finding<'a> {
        let Some((key, table, at)) = row else { return finding };
        let (words, lang) = (view.words(), view.lang());
        let (table, column) = (table.label.get(lang), self.field.label.get(lang));
        let label = wording::cell_label(words, table, at, column);
        finding.with("for", format!("{key}.{at}")).label(label)
    }

    fn missing(self, view: &View<'a>, row: Option<(&str, &'a Field, usize)>) -> Finding<'a> {
        let field = self.field;
        let usual = || format!("attach.missing:{}", field.key);
        let finding = Finding::new(Code::Missing, "/attachments")
            .with("slot", field.key.as_str())
            .with("expected", "file")
            .severity(field.missing)
            .rule(self.settings.missing_rule.clone().unwrap_or_else(usual));
        self.in_row(view, finding, row).about(field)
    }

    /// What is wrong with a file's bytes. Of a file that cannot be used nothing more is said.
    fn content(self, at: usize, file: &Attachment) -> Vec<Finding<'a>> {
        let path = attachment(at);
        if file.bytes == 0 {
            return vec![self.found("bytes", Finding::new(Code::EmptyFile, path))];
        }
        let format = format(&self.settings.formats, file, &path);
        let usable = format.as_ref().is_none_or(|finding| finding.severity == Some(Severity::Warn));
        let mut findings: Vec<_> =
            format.map(|finding| self.found("format", finding)).into_iter().collect();
        if usable {
            let FileSettings { min_bytes, safe_bytes, max_bytes, .. } = *self.settings;
            let bytes = bytes(file.bytes, [min_bytes, safe_bytes, max_bytes], &path);
            findings.extend(bytes.map(|it| self.found("bytes", it.with("kind", "file"))));
            findings.extend(self.duration(file, &path).map(|it| self.found("duration", it)));
        }
        findings
    }

    /// Whole seconds, as a player shows them: an encoder adds a few hundredths.
    fn duration(self, file: &Attachment, path: &str) -> Option<Finding<'a>> {
        let (min, max) = (self.settings.min_seconds, self.settings.max_seconds);
        let plays = ["mp4", "m4a", "video", "wav", "mp3"].contains(&file.format.as_str());
        if !plays || (min.is_none() && max.is_none()) {
            return None;
        }
        let Some(duration) = file.duration_ms else {
            return Some(Finding::new(Code::NoDuration, path).severity(Severity::Warn));
        };
        let seconds = duration.saturating_add(500) / 1000;
        let finding =
            |code| Finding::new(code, path).with("of", "seconds").with("seconds", seconds);
        if let Some(min) = min.filter(|min| seconds < u64::from(*min)) {
            return Some(finding(Code::TooSmall).with("min", min));
        }
        let max = max.filter(|max| seconds > u64::from(*max))?;
        Some(finding(Code::TooLarge).with("max", max))
    }

    fn caption(self, at: usize, file: &Attachment) -> Option<Finding<'a>> {
        let caption = file.caption.as_deref().unwrap_or_default().trim();
        let path = format!("{}/caption", attachment(at));
        let count = caption.chars().count();
        let finding = if count > MAX_CAPTION {
            let over = count - MAX_CAPTION;
            let finding = Finding::new(Code::TooLong, path).with("unit", "code_points");
            finding
                .with("of", "caption")
                .with("count", count)
                .with("max", MAX_CAPTION)
                .with("over", over)
        } else if count == 0 && self.settings.caption {
            Finding::new(Code::Missing, path).with("expected", "caption")
        } else {
            return None;
        };
        Some(self.found("caption", finding))
    }

    /// All files of the slot together; the finding is on the size of the file that goes beyond, and
    /// not on that file, which by itself may be sent.
    fn total(self, view: &View<'a>) -> Option<Finding<'a>> {
        let max = self.settings.max_total_bytes?;
        let (mut bytes, mut beyond) = (0_u64, None);
        for (at, file) in view.files(&self.field.key) {
            bytes = bytes.saturating_add(file.bytes);
            if bytes > max && beyond.is_none() {
                beyond = Some(at);
            }
        }
        let path = format!("{}/bytes", attachment(beyond?));
        let finding = Finding::new(Code::TooLarge, path).with("of", "files");
        Some(self.found("total", finding.with("bytes", bytes).with("max", max)))
    }
}

/// Whether a file's `for` names the row: `honours.0`, or `0` alone.
fn names(name: &str, key: &str, row: &Row) -> bool {
    let index = name.strip_prefix(key).and_then(|rest| rest.strip_prefix('.')).unwrap_or(name);
    index == row.index.to_string()
}

fn required<'a>(view: &View<'a>, field: &'a Field, row: &Row<'a>) -> bool {
    match &field.required {
        Requirement::Fixed(required) => *required,
        Requirement::When(logic) => condition::holds(logic, Scope::Row(view.facts(), *row, 0)),
    }
}

/// The size of a file against the least, the least that is safe, and the most.
pub(super) fn bytes<'a>(bytes: u64, [min, safe, max]: [u64; 3], path: &str) -> Option<Finding<'a>> {
    let finding = |code| Finding::new(code, path).with("bytes", bytes);
    if bytes < min {
        Some(finding(Code::TooSmall).with("of", "bytes").with("min", min))
    } else if bytes > max {
        Some(finding(Code::TooLarge).with("max", max))
    } else if bytes < safe {
        Some(finding(Code::NearlyTooSmall).with("safe", safe).severity(Severity::Warn))
    } else {
        None
    }
}

/// The finding on a file's format or on what is wrong with its bytes.
pub(super) fn format<'a>(taken: &[String], file: &Attachment, path: &str) -> Option<Finding<'a>> {
    let flaw = |name: &str| file.flaws.iter().any(|flaw| flaw == name);
    if !taken.contains(&file.format) {
        // Half a container hides what it held, and so does a password; saying "this is an archive"
        // would send the person the wrong way.
        match file.format.as_str() {
            "ole" if flaw("encrypted") => return Some(Finding::new(Code::Encrypted, path)),
            "zip" | "ole" if flaw("truncated") => return Some(Finding::new(Code::Damaged, path)),
            _ => {}
        }
        // The word is the client's: only names that we know are repeated.
        let found = Format::named(&file.format).map_or("unknown", Format::name);
        let finding = Finding::new(Code::UnknownFormat, path).with("found", found);
        return Some(finding.with("taken", taken.to_vec()));
    }
    let flaws = [
        ("encrypted", Code::Encrypted, Severity::Error),
        ("truncated", Code::Damaged, Severity::Error),
        ("oversized", Code::TooManyPixels, Severity::Error),
        ("unreadable", Code::Unreadable, Severity::Error),
        ("macros", Code::Macros, Severity::Warn),
        ("cmyk", Code::PrintColours, Severity::Warn),
    ];
    let (_, code, severity) = flaws.into_iter().find(|(name, ..)| flaw(name))?;
    let finding = Finding::new(code, path).with("found", file.format.as_str());
    Some(if severity == Severity::Warn { finding.severity(severity) } else { finding })
}

/// What is wrong with a file by itself, in the words the form would use: empty, of none of the
/// formats `taken`, cut off, under a password. `label` is what the file is called in the sentence.
///
/// The problem bears no rule and no path, for there is no campaign and no submission.
///
/// # Example
///
/// ```
/// use nomination_form::{answers::Findings, files::inspect, rules::file_problem};
/// let found = Findings::of(&inspect(b"MZ\x90\0"), None, "材料.pdf");
/// let problem = file_problem("材料", &["pdf"], &found).unwrap();
/// assert_eq!(problem.code.as_str(), "unknown-format");
/// assert_eq!(problem.message, "这是程序，不是材料，要求 PDF 格式，重新选择");
/// ```
pub fn file_problem(
    label: &str,
    taken: &[&str],
    found: &crate::answers::Findings,
) -> Option<Problem> {
    let file = Attachment {
        bytes: found.bytes,
        format: found.format.clone(),
        flaws: found.flaws.clone(),
        ..Attachment::default()
    };
    let finding = if file.bytes == 0 {
        Some(Finding::new(Code::EmptyFile, ""))
    } else {
        let taken: Vec<_> = taken.iter().map(|&name| name.to_owned()).collect();
        format(&taken, &file, "")
    };
    finding.map(|finding| check::problem(Words::base(), finding.label(label), None, ""))
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
