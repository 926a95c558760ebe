//! What a form asks for: sections, fields, and where each of them comes from.

use serde::{
    Deserialize, Serialize,
    de::{self, IntoDeserializer},
};

use super::{Logic, Text};

/// A part of the form with a heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Names the section within its track.
    pub id: String,
    /// The heading.
    pub title: Text,
    /// A sentence under the heading.
    #[serde(default)]
    pub note: Option<Text>,
    /// Whether the section stands on the printed table. The 资格核对 sections do not.
    #[serde(default = "yes")]
    pub printed: bool,
    /// The fields, in the order of the official table.
    pub fields: Vec<Field>,
}

/// One question of the form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The stable key: the answer's name in the submission, the control's `name` in the page.
    pub key: String,
    /// The question.
    pub label: Text,
    /// What the printed table says where that differs from `label`.
    #[serde(default)]
    pub print_label: Option<Text>,
    /// What kind of answer is asked for.
    #[serde(rename = "type")]
    pub kind: FieldKind,
    /// Whether an answer must be given: `true`, `false` or a condition. Said of a file field, it is
    /// the attachment that must be there.
    #[serde(default)]
    pub required: Requirement,
    /// What a missing answer is: `error` (the default) or `warn`.
    #[serde(default)]
    pub missing: Severity,
    /// When the field is shown. A hidden field is neither judged nor sent.
    #[serde(default)]
    pub visible: Option<Logic>,
    /// A sentence of help under the label.
    #[serde(default)]
    pub help: Option<Text>,
    /// The sentence of the notice that asks for it.
    pub source: Source,
}

/// Where a field or rule comes from: a clause of the notice, or `inferred`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum Source {
    /// Not in the notice; added because the form cannot do without it.
    Inferred,
    /// The notice says so.
    Notice(Cite),
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

/// A clause of the notice, in the notice's own numbering, with a short quotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cite {
    /// The clause: `五(一)3`, `附件1`.
    pub clause: String,
    /// The words of the notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

/// How grave a finding is.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Help: nothing has to be done.
    Info,
    /// Shown, and travels with the JSON.
    Warn,
    /// Blocks sending.
    #[default]
    Error,
}

/// `true`, `false`, or a condition over the answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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

/// The kinds of answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum FieldKind {
    /// One line of text.
    Text(TextSettings),
    /// A person's name.
    PersonName,
    /// A longer text. Its limit is a `length` rule on the field.
    Essay(EssaySettings),
    /// A whole or decimal number.
    Number(NumberSettings),
    /// Year and month, `YYYY-MM`. As the `end` of a row, empty means 至今 when `open` is set.
    Month(MonthSettings),
    /// A day, `YYYY-MM-DD`.
    Date,
    /// `true` or `false`.
    YesNo(YesNoSettings),
    /// One of several values.
    Choice(ChoiceSettings),
    /// The number of an identity document; what it must look like is an `id_document` rule.
    IdNumber,
    /// A telephone number; what it must look like is a `phone` rule.
    Phone,
    /// A unified social credit code; what it must look like is a `uscc` rule.
    Uscc,
    /// Rows of the same shape.
    Rows(RowsSettings),
    /// A portrait. Findings bear the ids `<key>.missing`, `<key>.format` and so on.
    Photo(PhotoSettings),
    /// A document to attach. Findings bear the id `attach.missing:<key>`, `attach.format:<key>`.
    File(FileSettings),
}

/// Settings of a line of text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextSettings {
    /// The most characters (code points) it may have.
    #[serde(default)]
    pub max_chars: Option<u32>,
    /// The HTML `autocomplete` token that fits, if any.
    #[serde(default)]
    pub autocomplete: Option<String>,
}

/// Settings of a longer text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EssaySettings {
    /// How many lines the box shows at first.
    #[serde(default)]
    pub lines: Option<u16>,
}

/// Settings of a number.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberSettings {
    /// The least value allowed.
    #[serde(default)]
    pub min: Option<f64>,
    /// The greatest value allowed.
    #[serde(default)]
    pub max: Option<f64>,
    /// Whether only whole numbers will do.
    #[serde(default)]
    pub whole: bool,
    /// The unit shown behind the box: `人`, `%`.
    #[serde(default)]
    pub unit: Option<Text>,
}

/// Settings of a month.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonthSettings {
    /// Whether 至今 (no end yet) may be said.
    #[serde(default)]
    pub open: bool,
}

/// Settings of a yes/no question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YesNoSettings {
    /// The words for `true`; 是 where missing.
    #[serde(default)]
    pub yes: Option<Text>,
    /// The words for `false`; 否 where missing.
    #[serde(default)]
    pub no: Option<Text>,
    /// One box to tick instead of two buttons: ticked is `true`, not ticked is no answer.
    #[serde(default)]
    pub tick: bool,
}

/// Settings of a choice. Exactly one of `options` and `codes` must be there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChoiceSettings {
    /// The values, in the notice's own words.
    #[serde(default)]
    pub options: Vec<ChoiceOption>,
    /// A code table of the standards module: `sex`, `ethnicity`, `political`, `education`.
    #[serde(default)]
    pub codes: Option<String>,
    /// Values taken besides, which the page does not offer: the same thing under another name.
    #[serde(default)]
    pub also: Vec<String>,
    /// The value a new form starts with.
    #[serde(default)]
    pub default: Option<String>,
}

/// One value of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChoiceOption {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: Text,
}

impl<'de> Deserialize<'de> for ChoiceOption {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "an option: a text, or `{\"value\": …, \"label\": …}`")]
        enum Form {
            Word(String),
            Pair(Pair),
        }
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Pair {
            value: String,
            label: Text,
        }
        Ok(match Form::deserialize(deserializer)? {
            Form::Word(word) => Self { label: Text::from(word.as_str()), value: word },
            Form::Pair(Pair { value, label }) => Self { value, label },
        })
    }
}

/// Settings of a table of rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowsSettings {
    /// The columns. Their keys are the keys of the row's object.
    pub fields: Vec<Field>,
    /// The fewest rows that will do; a `required` table needs at least one.
    #[serde(default)]
    pub min: Option<u32>,
    /// The most rows taken.
    #[serde(default = "hundred")]
    pub max: u32,
    /// What one row is called: `一段经历`.
    pub row_label: Text,
    /// How a row is printed, with column keys in braces: `{start}—{end}  {org}  {role}`. Months are
    /// printed as `2008.09`, an open end as 至今. A `length` rule on the field counts these lines.
    #[serde(default)]
    pub line: Option<String>,
    /// Rows a new form starts with, as objects of answers.
    #[serde(default)]
    pub start_with: Vec<serde_json::Map<String, serde_json::Value>>,
}

/// Settings of an attached document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileSettings {
    /// The formats taken, told by content: `pdf`, `jpeg`, `png`, `docx`, `doc`.
    pub formats: Vec<String>,
    /// The largest file taken, in bytes.
    #[serde(default = "twenty_megabytes")]
    pub max_bytes: u64,
    /// How many files one slot takes.
    #[serde(default = "one")]
    pub max_files: u32,
    /// The table whose rows each need a file of their own.
    #[serde(default)]
    pub per_row: Option<String>,
    /// How many paper copies the notice asks for, and of what kind: shown, never judged.
    #[serde(default)]
    pub copies: Option<Text>,
}

/// Settings of a portrait. Every figure of the notice is a value here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhotoSettings {
    /// The formats taken, told by content.
    pub formats: Vec<String>,
    /// Ratios of width to height, each as `[width, height]`; any of them will do.
    #[serde(default)]
    pub ratios: Vec<[f64; 2]>,
    /// How far a ratio may be off, as a share: `0.02`.
    #[serde(default = "two_percent")]
    pub ratio_tolerance: f64,
    /// The least width in pixels, after EXIF orientation.
    #[serde(default)]
    pub min_width: u32,
    /// The least height in pixels, after EXIF orientation.
    #[serde(default)]
    pub min_height: u32,
    /// The ground asked for: `blue`, `red`, `white`.
    #[serde(default)]
    pub background: Option<String>,
    /// Whether a grey picture is refused.
    #[serde(default)]
    pub colour: bool,
    /// Below this many bytes the file is refused.
    #[serde(default)]
    pub min_bytes: u64,
    /// Below this many bytes the file may be sent back: a warning.
    #[serde(default)]
    pub safe_bytes: u64,
    /// The largest file taken, in bytes.
    #[serde(default = "twenty_megabytes")]
    pub max_bytes: u64,
    /// Severities other than the usual ones, by finding: `{"background": "error"}`.
    #[serde(default)]
    pub severities: std::collections::BTreeMap<String, Severity>,
    /// What a machine cannot see and the person should look at: 免冠, 正面, 半身.
    #[serde(default)]
    pub reminders: Vec<Text>,
}

/// The file format of that name: `jpeg`, `docx`.
pub(crate) fn format_named(name: &str) -> Option<crate::files::Format> {
    let name: de::value::StrDeserializer<de::value::Error> = name.into_deserializer();
    crate::files::Format::deserialize(name).ok()
}

fn yes() -> bool {
    true
}
fn one() -> u32 {
    1
}
fn hundred() -> u32 {
    100
}
fn twenty_megabytes() -> u64 {
    20_000_000
}
fn two_percent() -> f64 {
    0.02
}
