//! What a form asks for: sections, fields, and where each of them comes from.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    Logic, Text,
    describe::{one_of, record},
    read::{Read, Reader, has},
};
use crate::standards::sorted::Sorted;

record! {
    /// A part of the form with a heading.
    pub struct Section {
        /// Names the section within its track.
        need id: String,
        /// The heading.
        need title: Text,
        /// A sentence under the heading.
        may note: Option<Text>,
        /// Whether the section stands on the printed table. The 资格核对 sections do not.
        may printed: bool = true,
        /// The fields, in the order of the official table.
        need fields: Vec<Field>,
    }
}

record! {
    /// One question of the form.
    pub struct Field {
        /// The stable key: the answer's name in the submission, the control's `name` in the page.
        need key: String,
        /// The question.
        need label: Text,
        /// What the printed table says where that differs from `label`.
        may print_label: Option<Text>,
        /// What kind of answer is asked for.
        #[serde(rename = "type")]
        need kind as "type": FieldKind,
        /// Whether an answer must be given: `true`, `false` or a condition. Said of a file field, it is
        /// the attachment that must be there.
        may required: Requirement,
        /// What a missing answer is: `error` (the default) or `warn`.
        may missing: Severity,
        /// When the field is shown. A hidden field is neither judged nor sent.
        may visible: Option<Logic>,
        /// A sentence of help under the label.
        may help: Option<Text>,
        /// The stamp that the cell gets on paper: whose it is, or an empty text.
        may seal: Option<Text>,
        /// The sentence of the notice that asks for it.
        need source: Source,
    }
}

one_of! {
    /// Where a field or rule comes from: a clause of the notice, or `inferred`.
    #[derive(Eq)]
    pub enum Source {
        /// Not in the notice; added because the form cannot do without it.
        Inferred = "inferred",
        /// The notice says so.
        Notice(Cite) = "notice",
    } else Self::Inferred
}

impl Source {
    /// The clause, where there is one.
    pub fn cite(&self) -> Option<&Cite> {
        match self {
            Self::Inferred => None,
            Self::Notice(cite) => Some(cite),
        }
    }
}

record! {
    /// A clause of the notice, in the notice's own numbering, with a short quotation.
    #[derive(Eq, Deserialize)]
    pub struct Cite {
        /// The clause: `五(一)3`, `附件1`.
        need clause: String,
        /// The words of the notice.
        #[serde(skip_serializing_if = "Option::is_none")]
        may quote: Option<String>,
    }
}

one_of! {
    /// How grave a finding is.
    #[derive(Copy, Default, Eq, PartialOrd, Ord, Hash, Deserialize)]
    pub enum Severity {
        /// Help: nothing has to be done.
        Info = "info",
        /// Shown, and travels with the JSON.
        Warn = "warn",
        /// Blocks sending.
        #[default]
        Error = "error",
    } else Self::Error
}

/// `true`, `false`, or a condition over the answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Requirement {
    /// Always or never.
    Fixed(bool),
    /// When the condition holds.
    When(Logic),
}

impl Default for Requirement {
    fn default() -> Self {
        Self::Fixed(false)
    }
}

impl Read for Requirement {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        match found {
            None => Self::default(),
            Some(Value::Bool(always)) => Self::Fixed(*always),
            logic => Self::When(Logic::read(logic, reader)),
        }
    }
}

one_of! {
    /// The kinds of answers.
    pub enum FieldKind {
        /// One line of text.
        Text(TextSettings) = "text",
        /// A person's name.
        PersonName = "person_name",
        /// A longer text. Its limit is a `length` rule on the field.
        Essay(EssaySettings) = "essay",
        /// A whole or decimal number.
        Number(NumberSettings) = "number",
        /// Year and month, `YYYY-MM`. As the `end` of a row, empty means 至今 when `open` is set.
        Month(MonthSettings) = "month",
        /// A day, `YYYY-MM-DD`.
        Date = "date",
        /// A day where it is known, otherwise its month: `YYYY-MM-DD` or `YYYY-MM`.
        DayOrMonth = "day_or_month",
        /// `true` or `false`.
        YesNo(YesNoSettings) = "yes_no",
        /// One of several values.
        Choice(ChoiceSettings) = "choice",
        /// Several of a list: a list of values.
        Choices(ChoicesSettings) = "choices",
        /// The number of an identity document; what it must look like is an `id_document` rule.
        IdNumber = "id_number",
        /// A telephone number; what it must look like is a `phone` rule.
        Phone = "phone",
        /// A unified social credit code; what it must look like is a `uscc` rule.
        Uscc = "uscc",
        /// Rows of the same shape.
        Rows(RowsSettings) = "rows",
        /// Questions that belong together: one object of answers.
        Group(GroupSettings) = "group",
        /// The same questions about each of some fixed entries, such as the departments whose
        /// opinion is asked for: an object of objects, by entry.
        Matrix(MatrixSettings) = "matrix",
        /// A portrait. Findings bear the ids `<key>.missing`, `<key>.format` and so on.
        Photo(PhotoSettings) = "photo",
        /// A document to attach. Findings bear the id `attach.missing:<key>`, `attach.format:<key>`.
        File(FileSettings) = "file",
    } else Self::Date
}

impl FieldKind {
    /// Whether the answer is a text that a person writes.
    pub fn is_text(&self) -> bool {
        use FieldKind::{Essay, IdNumber, PersonName, Phone, Text, Uscc};
        matches!(self, Text(_) | PersonName | Essay(_) | IdNumber | Phone | Uscc)
    }
}

record! {
    /// Settings of a line of text.
    #[derive(Default, Eq)]
    pub struct TextSettings {
        /// The most characters (code points) it may have.
        may max_chars: Option<u32>,
        /// The HTML `autocomplete` token that fits, if any.
        may autocomplete: Option<String>,
    }
}

record! {
    /// Settings of a longer text.
    #[derive(Default, Eq)]
    pub struct EssaySettings {
        /// How many lines the box shows at first.
        may lines: Option<u16>,
    }
}

record! {
    /// Settings of a number.
    #[derive(Default)]
    pub struct NumberSettings {
        /// The least value allowed.
        may min: Option<f64>,
        /// The greatest value allowed.
        may max: Option<f64>,
        /// Whether only whole numbers will do.
        may whole: bool,
        /// The unit shown behind the box: `人`, `%`.
        may unit: Option<Text>,
    }
}

record! {
    /// Settings of a month.
    #[derive(Default, Eq)]
    pub struct MonthSettings {
        /// Whether 至今 (no end yet) may be said.
        may open: bool,
    }
}

record! {
    /// Settings of a yes/no question.
    #[derive(Default, Eq)]
    pub struct YesNoSettings {
        /// The words for `true`; 是 where missing.
        may yes: Option<Text>,
        /// The words for `false`; 否 where missing.
        may no: Option<Text>,
        /// One box to tick instead of two buttons: ticked is `true`, not ticked is no answer.
        may tick: bool,
        /// The answer a new form starts with.
        may default: Option<bool>,
    }
}

record! {
    /// Settings of a choice. Exactly one of `options` and `codes` must be there.
    #[derive(Default)]
    pub struct ChoiceSettings {
        /// The values, in the notice's own words.
        may options: Vec<ChoiceOption>,
        /// A code table of the standards module: `sex`, `ethnicity`, `political`, `education`.
        may codes: Option<String>,
        /// Values taken besides, which the page does not offer: the same thing under another name.
        may also: Vec<String>,
        /// The value a new form starts with.
        may default: Option<String>,
    }
}

record! {
    /// Settings of several choices of a list. Exactly one of `options` and `codes` must be there.
    #[derive(Default)]
    pub struct ChoicesSettings {
        /// The values, in the notice's own words.
        may options: Vec<ChoiceOption>,
        /// A code table of the standards module.
        may codes: Option<String>,
        /// The fewest that will do; a `required` field needs at least one.
        may min: Option<u32>,
        /// The most that may be chosen.
        may max: Option<u32>,
    }
}

/// One value of a choice: a word that is both sent and shown, or an object.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChoiceOption {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: Text,
    /// When it can be chosen; always where missing. In a table the variables are the row's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<Logic>,
}

impl Read for ChoiceOption {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        if let Some(Value::String(word)) = found {
            return Self { value: word.clone(), label: Text::read(found, reader), when: None };
        }
        let entries = reader.object(found, &["value", "label", "when"]);
        let value: String = reader.need(entries, "value");
        let named = has(entries, "label");
        let label = if named { reader.may(entries, "label") } else { value.as_str().into() };
        Self { label, when: reader.may(entries, "when"), value }
    }
}

record! {
    /// Settings of a table of rows.
    pub struct RowsSettings {
        /// The columns. Their keys are the keys of the row's object.
        need fields: Vec<Field>,
        /// The fewest rows that will do; a `required` table needs at least one.
        may min: Option<u32>,
        /// The most rows taken.
        may max: u32 = 100,
        /// What one row is called: `一段经历`.
        need row_label: Text,
        /// How a row is printed, with column keys in braces: `{start}—{end}  {org}  {role}`. Months are
        /// printed as `2008.09`, an open end as 至今. A `length` rule on the field counts these lines.
        may line: Option<String>,
        /// Rows a new form starts with, as objects of answers.
        may start_with: Vec<Map<String, Value>>,
    }
}

/// One word, or a list of several: `"blue"`, `["blue", "white"]`. None where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Words(pub Vec<String>);

impl Read for Words {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        match found {
            None | Some(Value::Null) => Self::default(),
            Some(Value::String(word)) => Self(vec![word.clone()]),
            list => Self(Vec::read(list, reader)),
        }
    }
}

impl Field {
    /// The fields whose answers stand in the names of this field's files.
    pub fn named_by(&self) -> Vec<&str> {
        let patterns = match &self.kind {
            FieldKind::File(file) => &file.file_name,
            FieldKind::Photo(photo) => &photo.file_name,
            _ => return Vec::new(),
        };
        let keys = patterns.0.iter().flat_map(|pattern| pattern.split('{').skip(1));
        keys.filter_map(|part| part.split('}').next()).collect()
    }
}

record! {
    /// Settings of a group.
    pub struct GroupSettings {
        /// The questions. Their keys are the keys of the object; their conditions read the group's own
        /// answers.
        need fields: Vec<Field>,
    }
}

record! {
    /// Settings of a matrix.
    pub struct MatrixSettings {
        /// What is asked about: the rows, each with a key of its own.
        need entries: Vec<MatrixEntry>,
        /// What is asked about each: the columns. Their conditions read the entry's own answers.
        need fields: Vec<Field>,
    }
}

record! {
    /// One entry of a matrix.
    pub struct MatrixEntry {
        /// The entry's key in the answer: `公安部门`.
        need key: String,
        /// What it is called; the key where missing.
        may label: Option<Text>,
        /// When it is asked about; always where missing.
        may when: Option<Logic>,
        /// The sentence of the notice that names it; the field's own where missing.
        may source: Option<Source>,
    }
}

record! {
    /// Settings of an attached document, sound or film.
    #[derive(Eq)]
    pub struct FileSettings {
        /// The formats taken, told by content: `pdf`, `jpeg`, `png`, `docx`, `doc`; sound and film are
        /// `m4a`, `mp3`, `wav` and `mp4`.
        need formats: Vec<String>,
        /// Below this many bytes the file is refused.
        may min_bytes: u64,
        /// Below this many bytes the file may be sent back: a warning.
        may safe_bytes: u64,
        /// The largest file taken, in bytes.
        may max_bytes: u64 = 20_000_000,
        /// The most bytes that all files of the slot may have together.
        may max_total_bytes: Option<u64>,
        /// The fewest files that will do where there is one at all; a `required` slot needs at least
        /// one. With `per_row`, of each row.
        may min_files: u32,
        /// How many files one slot takes. With `per_row`, for each row.
        may max_files: u32 = 1,
        /// The least a sound or film lasts, in whole seconds.
        may min_seconds: Option<u32>,
        /// The most a sound or film lasts, in whole seconds.
        may max_seconds: Option<u32>,
        /// How the file must be named, ending included; of several patterns any will do. `*` stands for
        /// any characters, `?` for one, `{name}` for the answer of field `name`: `{name}-*.pdf`.
        may file_name: Words,
        /// Whether each file needs a caption, of at most 200 characters.
        may caption: bool,
        /// The table whose rows each need a file of their own. A file says by `for` whose it is
        /// (`honours.0`, or `0`); one that does not goes to the first row that needs a file.
        may per_row: Option<String>,
        /// The id that a missing file's finding bears instead of `attach.missing:<key>`.
        may missing_rule: Option<String>,
        /// How many paper copies the notice asks for, and of what kind: shown, never judged.
        may copies: Option<Text>,
        /// Whose stamp the material must bear: shown, never judged.
        may stamp: Option<Text>,
    }
}

record! {
    /// Settings of a portrait. Every figure of the notice is a value here.
    pub struct PhotoSettings {
        /// The formats taken, told by content.
        need formats: Vec<String>,
        /// Ratios of width to height, each as `[width, height]`; any of them will do.
        may ratios: Vec<[f64; 2]>,
        /// How far a ratio may be off, as a share: `0.02`.
        may ratio_tolerance: f64 = 0.02,
        /// Exactly this many pixels, as `[width, height]`, after EXIF orientation.
        may exact: Option<[u32; 2]>,
        /// The least width in pixels, after EXIF orientation.
        may min_width: u32,
        /// The least height in pixels, after EXIF orientation.
        may min_height: u32,
        /// The greatest width in pixels, after EXIF orientation.
        may max_width: Option<u32>,
        /// The greatest height in pixels, after EXIF orientation.
        may max_height: Option<u32>,
        /// The ground asked for: `blue`, `red`, `white`; of several any will do.
        may background: Words,
        /// Whether a grey picture is refused.
        may colour: bool,
        /// Below this many bytes the file is refused.
        may min_bytes: u64,
        /// Below this many bytes the file may be sent back: a warning.
        may safe_bytes: u64,
        /// The largest file taken, in bytes.
        may max_bytes: u64 = 20_000_000,
        /// How the file must be named, as for other files.
        may file_name: Words,
        /// Severities other than the usual ones, by finding: `{"background": "error"}`.
        may severities: Sorted<String, Severity>,
        /// What a machine cannot see and the person should look at: 免冠, 正面, 半身.
        may reminders: Vec<Text>,
    }
}
