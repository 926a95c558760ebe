//! What a campaign demands beyond single answers: each rule a kind with its settings.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    Cite, Logic, Severity, Source, Text,
    describe::{one_of, record},
};
use crate::standards::{Day, Policy};

record! {
    /// One rule of the campaign.
    pub struct Rule {
        /// The stable id that every finding of this rule bears: `len.deeds`.
        need id: String,
        /// How grave a finding is.
        need severity: Severity,
        /// The sentence of the notice it comes from.
        need source: Source,
        /// When the rule holds at all.
        may when: Option<Logic>,
        /// What is tested.
        need check: RuleKind,
        /// Words to show instead of the usual ones; `{name}` stands for a parameter of the finding.
        may message: Option<Text>,
    }
}

impl Rule {
    /// The clause, where there is one.
    pub fn cite(&self) -> Option<&Cite> {
        self.source.cite()
    }
}

one_of! {
    /// The kinds of rules. A rule never judges an empty answer: that is `required`'s business.
    pub enum RuleKind {
        /// The number of an identity document is right for its type.
        IdDocument(IdDocumentRule) = "id_document",
        /// The month of birth is the one in the resident ID number; the finding is on `birth`.
        IdBirth(IdBirthRule) = "id_birth",
        /// The sex is the one in the resident ID number; the finding is on `sex`.
        IdSex(IdSexRule) = "id_sex",
        /// A telephone number.
        Phone(PhoneRule) = "phone",
        /// A unified social credit code.
        Uscc(OnField) = "uscc",
        /// The length of a text, or of a table's printed lines.
        Length(LengthRule) = "length",
        /// A choice's value is one of its options; replaces the usual finding for unknown values.
        Listed(OnField) = "listed",
        /// Declarations have the value asked for; one finding for each that has not.
        Declared(DeclaredRule) = "declared",
        /// Rows with `start` and `end`: no start after its end, nothing after the reference month.
        Periods(OnField) = "periods",
        /// No two rows are the same.
        Distinct(OnField) = "distinct",
        /// The rows leave no month uncovered between the first start and the reference month.
        Continuity(ContinuityRule) = "continuity",
        /// The first row is of the kind asked for, and begins at a likely age.
        FirstRow(FirstRowRule) = "first_row",
        /// Months of service.
        Tenure(TenureRule) = "tenure",
        /// One passing grade for each of the years asked for.
        Grades(GradesRule) = "grades",
        /// Each period of public notice has enough working days.
        Notice(NoticeRule) = "notice",
        /// Speaks when the condition holds: for preferences and hints (`info`), or for what must not be.
        Note(NoteRule) = "note",
        /// The submission comes after the campaign's deadline. The severity is the rule's.
        Late(LateRule) = "late",
    } else Self::Late(LateRule::default())
}

record! {
    /// Settings of a rule that only needs to know its field.
    #[derive(Eq)]
    pub struct OnField {
        /// The field's key.
        need field: String,
    }
}

record! {
    /// Settings of `id_document`.
    #[derive(Eq)]
    pub struct IdDocumentRule {
        /// The field with the number.
        need number: String,
        /// The field with the document's type.
        #[serde(rename = "type")]
        may kind as "type": Option<String>,
        /// The type where none is given.
        may default_type: String = "居民身份证".to_owned(),
    }
}

record! {
    /// Settings of `id_birth`.
    #[derive(Eq)]
    pub struct IdBirthRule {
        /// Number and type.
        need document: IdDocumentRule,
        /// The field with the month of birth.
        need birth: String,
    }
}

record! {
    /// Settings of `id_sex`.
    #[derive(Eq)]
    pub struct IdSexRule {
        /// Number and type.
        need document: IdDocumentRule,
        /// The field with the sex, a code of GB/T 2261.1.
        need sex: String,
    }
}

record! {
    /// Settings of `phone`.
    #[derive(Eq)]
    pub struct PhoneRule {
        /// The field with the number.
        need field: String,
        /// Whether a 400 service number will do (for organisations).
        may service_numbers: bool,
    }
}

record! {
    /// Settings of `length`.
    #[derive(Eq)]
    pub struct LengthRule {
        /// A text field, or a table with a `line`.
        need field: String,
        /// The most there may be; the number itself is allowed (以内).
        need max: u32,
        /// How it is counted.
        need unit: Policy,
    }
}

record! {
    /// Settings of `declared`.
    pub struct DeclaredRule {
        /// The value each field must have: `{"violation": false, "petition_rate": 100}`.
        need fields: BTreeMap<String, Value>,
    }
}

record! {
    /// Settings of `continuity`.
    #[derive(Eq)]
    pub struct ContinuityRule {
        /// The table.
        need field: String,
        /// The months of a school vacation: a gap of only these, within one year and directly after a
        /// row of study, is none. Empty for the strict reading.
        may vacation: Vec<u8>,
        /// The column and value that mark a row of study.
        may study: Option<ColumnIs>,
    }
}

record! {
    /// A column that has a value.
    #[derive(Eq)]
    pub struct ColumnIs {
        /// The column's key.
        need column: String,
        /// Its value.
        need is: String,
    }
}

record! {
    /// Settings of `first_row`.
    pub struct FirstRowRule {
        /// The table.
        need field: String,
        /// What must hold of the earliest row; its columns are the variables.
        need must: Logic,
        /// What is asked of it, in words: `高中、中专、职高或技校阶段`.
        may asked: Option<Text>,
        /// The field with the month of birth, to judge the age at the first start.
        may birth: Option<String>,
        /// The likely ages at the first start, in years, both included.
        may ages: Option<[u32; 2]>,
    }
}

record! {
    /// Settings of `tenure`.
    #[derive(Eq)]
    pub struct TenureRule {
        /// The table.
        need field: String,
        /// The yes/no column that marks a row that counts.
        need flag: String,
        /// The fewest months that will do; the number itself is enough (以上).
        need min_months: u32,
        /// Whether only one unbroken run counts (连续) instead of the sum of all.
        may unbroken: bool,
    }
}

record! {
    /// Settings of `grades`.
    #[derive(Eq)]
    pub struct GradesRule {
        /// The table.
        need field: String,
        /// The column with the year.
        need year: String,
        /// The column with the grade.
        need grade: String,
        /// The years asked for.
        need years: Vec<u16>,
        /// The grades that pass.
        need pass: Vec<String>,
    }
}

record! {
    /// Settings of `notice`.
    #[derive(Eq)]
    pub struct NoticeRule {
        /// The table, with columns `start` and `end`.
        need field: String,
        /// The fewest working days, both ends included.
        need min_workdays: u32,
        /// Whether the day of posting counts when it is a working day.
        may count_first_day: bool = true,
    }
}

record! {
    /// Settings of `note`.
    pub struct NoteRule {
        /// When it speaks.
        need when: Logic,
        /// The field it stands at.
        need field: String,
    }
}

record! {
    /// Settings of `late`.
    #[derive(Default, Eq)]
    pub struct LateRule {
        /// The last day, to its end at the campaign's time zone; the campaign's `deadline` where missing.
        may last_day: Option<Day>,
    }
}
