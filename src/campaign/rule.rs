//! What a campaign demands beyond single answers: each rule a kind with its settings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Cite, Logic, Severity, Source, Text};
use crate::standards::{Day, Policy};

/// One rule of the campaign.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The stable id that every finding of this rule bears: `len.deeds`.
    pub id: String,
    /// How grave a finding is.
    pub severity: Severity,
    /// The sentence of the notice it comes from.
    pub source: Source,
    /// When the rule holds at all.
    #[serde(default)]
    pub when: Option<Logic>,
    /// What is tested.
    pub check: RuleKind,
    /// Words to show instead of the usual ones; `{name}` stands for a parameter of the finding.
    #[serde(default)]
    pub message: Option<Text>,
}

impl Rule {
    /// The clause, where there is one.
    pub fn cite(&self) -> Option<&Cite> {
        self.source.cite()
    }
}

/// The kinds of rules. A rule never judges an empty answer: that is `required`'s business.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum RuleKind {
    /// The number of an identity document is right for its type.
    IdDocument(IdDocumentRule),
    /// The month of birth is the one in the resident ID number; the finding is on `birth`.
    IdBirth(IdBirthRule),
    /// The sex is the one in the resident ID number; the finding is on `sex`.
    IdSex(IdSexRule),
    /// A telephone number.
    Phone(PhoneRule),
    /// A unified social credit code.
    Uscc(OnField),
    /// The length of a text, or of a table's printed lines.
    Length(LengthRule),
    /// A choice's value is one of its options; replaces the usual finding for unknown values.
    Listed(OnField),
    /// Declarations have the value asked for; one finding for each that has not.
    Declared(DeclaredRule),
    /// Rows with `start` and `end`: no start after its end, nothing after the reference month.
    Periods(OnField),
    /// No two rows are the same.
    Distinct(OnField),
    /// The rows leave no month uncovered between the first start and the reference month.
    Continuity(ContinuityRule),
    /// The first row is of the kind asked for, and begins at a likely age.
    FirstRow(FirstRowRule),
    /// Months of service.
    Tenure(TenureRule),
    /// One passing grade for each of the years asked for.
    Grades(GradesRule),
    /// Each period of public notice has enough working days.
    Notice(NoticeRule),
    /// Speaks when the condition holds: for preferences and hints (`info`), or for what must not be.
    Note(NoteRule),
    /// The submission comes after the campaign's deadline. The severity is the rule's.
    Late(LateRule),
}

/// Settings of a rule that only needs to know its field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnField {
    /// The field's key.
    pub field: String,
}

/// Settings of `id_document`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdDocumentRule {
    /// The field with the number.
    pub number: String,
    /// The field with the document's type.
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
    /// The type where none is given.
    #[serde(default = "resident_id")]
    pub default_type: String,
}

/// Settings of `id_birth`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdBirthRule {
    /// Number and type.
    pub document: IdDocumentRule,
    /// The field with the month of birth.
    pub birth: String,
}

/// Settings of `id_sex`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdSexRule {
    /// Number and type.
    pub document: IdDocumentRule,
    /// The field with the sex, a code of GB/T 2261.1.
    pub sex: String,
}

/// Settings of `phone`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhoneRule {
    /// The field with the number.
    pub field: String,
    /// Whether a 400 service number will do (for organisations).
    #[serde(default)]
    pub service_numbers: bool,
}

/// Settings of `length`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LengthRule {
    /// A text field, or a table with a `line`.
    pub field: String,
    /// The most there may be; the number itself is allowed (以内).
    pub max: u32,
    /// How it is counted.
    pub unit: Policy,
}

/// Settings of `declared`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclaredRule {
    /// The value each field must have: `{"violation": false, "petition_rate": 100}`.
    pub fields: BTreeMap<String, serde_json::Value>,
}

/// Settings of `continuity`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContinuityRule {
    /// The table.
    pub field: String,
    /// The months of a school vacation: a gap of only these, within one year and directly after a
    /// row of study, is none. Empty for the strict reading.
    #[serde(default)]
    pub vacation: Vec<u8>,
    /// The column and value that mark a row of study.
    #[serde(default)]
    pub study: Option<ColumnIs>,
}

/// A column that has a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnIs {
    /// The column's key.
    pub column: String,
    /// Its value.
    pub is: String,
}

/// Settings of `first_row`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstRowRule {
    /// The table.
    pub field: String,
    /// What must hold of the earliest row; its columns are the variables.
    pub must: Logic,
    /// What is asked of it, in words: `高中、中专、职高或技校阶段`.
    #[serde(default)]
    pub asked: Option<Text>,
    /// The field with the month of birth, to judge the age at the first start.
    #[serde(default)]
    pub birth: Option<String>,
    /// The likely ages at the first start, in years, both included.
    #[serde(default)]
    pub ages: Option<[u32; 2]>,
}

/// Settings of `tenure`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TenureRule {
    /// The table.
    pub field: String,
    /// The yes/no column that marks a row that counts.
    pub flag: String,
    /// The fewest months that will do; the number itself is enough (以上).
    pub min_months: u32,
    /// Whether only one unbroken run counts (连续) instead of the sum of all.
    #[serde(default)]
    pub unbroken: bool,
}

/// Settings of `grades`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradesRule {
    /// The table.
    pub field: String,
    /// The column with the year.
    pub year: String,
    /// The column with the grade.
    pub grade: String,
    /// The years asked for.
    pub years: Vec<u16>,
    /// The grades that pass.
    pub pass: Vec<String>,
}

/// Settings of `notice`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeRule {
    /// The table, with columns `start` and `end`.
    pub field: String,
    /// The fewest working days, both ends included.
    pub min_workdays: u32,
    /// Whether the day of posting counts when it is a working day.
    #[serde(default = "yes")]
    pub count_first_day: bool,
}

/// Settings of `note`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteRule {
    /// When it speaks.
    pub when: Logic,
    /// The field it stands at.
    pub field: String,
}

/// Settings of `late`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LateRule {
    /// The last day, to its end at the campaign's time zone; the campaign's `deadline` where missing.
    #[serde(default)]
    pub last_day: Option<Day>,
}

fn resident_id() -> String {
    "居民身份证".to_owned()
}
fn yes() -> bool {
    true
}
