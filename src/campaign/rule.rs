//! What a campaign demands beyond single answers: each rule a kind with its settings.

use serde_json::{Map, Value};

use super::{
    Cite, Logic, Severity, Source, Text,
    describe::{one_of, record},
};
use crate::standards::{Day, Policy, TimeOfDay, sorted::Sorted};

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
        /// The table whose rows it is about, one by one: the fields of `check` are then its columns.
        may each: Option<String>,
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
        Uscc(UsccRule) = "uscc",
        /// The leading places of a credit code fit the kind of body.
        UsccKind(UsccKindRule) = "uscc_kind",
        /// The length of a text, or of a table's printed lines.
        Length(LengthRule) = "length",
        /// A choice's value is one of its options; replaces the usual finding for unknown values.
        Listed(ListedRule) = "listed",
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
        /// One notice for each body, all of them at the same time.
        Notices(NoticesRule) = "notices",
        /// The opinion of each department of a matrix is there. Findings bear `<id>:<entry>`.
        Opinions(OpinionsRule) = "opinions",
        /// So many of several fields are filled in: either/or, at most one, several of a list.
        Either(EitherRule) = "either",
        /// A condition that must hold.
        Must(MustRule) = "must",
        /// Speaks when the condition holds: for preferences and hints (`info`), or for what must not be.
        Note(NoteRule) = "note",
        /// The submission comes after the campaign's deadline. The severity is the rule's.
        Late(LateRule) = "late",
        /// The submission comes before the campaign opens.
        Early(EarlyRule) = "early",
        /// The form a submission names is the one its answers call for.
        Variant = "variant",
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
    /// Settings of `uscc`.
    #[derive(Eq)]
    pub struct UsccRule {
        /// The field with the code.
        need field: String,
        /// Whether to warn where places 9 to 17 do not keep their own check (GB 11714), which real
        /// codes now and then do not.
        may inner_check: bool,
    }
}

record! {
    /// Settings of `uscc_kind`.
    pub struct UsccKindRule {
        /// The field with the code.
        need field: String,
        /// The first place: the managing department, `5` for civil affairs.
        need department: String,
        /// The field that says what kind of body it is.
        may kind: Option<String>,
        /// The second place for each value of that field.
        may kinds: Sorted<String, Vec<String>>,
    }
}

record! {
    /// Settings of `listed`.
    #[derive(Eq)]
    pub struct ListedRule {
        /// The choice, or the table it is a column of.
        need field: String,
        /// The column.
        may column: Option<String>,
    }
}

record! {
    /// Settings of `length`.
    pub struct LengthRule {
        /// A text field, or a table with a `line`.
        need field: String,
        /// The most there may be; the number itself is allowed (以内).
        may max: Option<u32>,
        /// The fewest there may be; the number itself is enough (以上).
        may min: Option<u32>,
        /// About how many there should be (左右), instead of `min` and `max`.
        may approx: Option<Approx>,
        /// How it is counted.
        need unit: Policy,
    }
}

record! {
    /// A length that is only about so much. Too far over is a finding of the rule; being off by more
    /// than `ok` on either side is a warning with the id `<id>.approx`.
    pub struct Approx {
        /// The length asked for.
        need target: u32,
        /// How far off is still about right, as a share: `0.10`.
        need ok: f64,
        /// How far over is too far, as a share: `0.20`.
        need max_over: f64,
    }
}

impl LengthRule {
    /// The most there may be, whichever way it is said.
    pub fn most(&self) -> Option<u32> {
        let over = |approx: &Approx| approx.bound(1.0 + approx.max_over);
        self.max.or_else(|| self.approx.as_ref().map(over))
    }
}

impl Approx {
    /// The lengths that are about right, both included.
    pub fn about(&self) -> (u32, u32) {
        (self.bound(1.0 - self.ok), self.bound(1.0 + self.ok))
    }

    /// A share of the target, in whole numbers.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a cast from f64 saturates
    fn bound(&self, share: f64) -> u32 {
        (f64::from(self.target) * share).round() as u32
    }
}

record! {
    /// Settings of `declared`.
    pub struct DeclaredRule {
        /// The value each field must have: `{"violation": false, "petition_rate": 100}`.
        need fields: Map<String, Value>,
    }
}

record! {
    /// Settings of `continuity`.
    pub struct ContinuityRule {
        /// The table.
        need field: String,
        /// The months of a school vacation: a gap of only these, within one year and directly after a
        /// row of study, is none. Empty for the strict reading.
        may vacation: Vec<u8>,
        /// The column and value that mark a row of study.
        may study: Option<ColumnIs>,
        /// The month or day that the rows must reach instead of the reference month, where it gives
        /// one: the date of death (追授).
        may until: Option<Logic>,
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
    pub struct TenureRule {
        /// The table.
        need field: String,
        /// The yes/no column that marks a row that counts.
        may flag: Option<String>,
        /// Which rows count besides; the variables are the row's. Every row where both are missing.
        may rows: Option<Logic>,
        /// The fewest months that will do; the number itself is enough (以上).
        need min_months: u32,
        /// Whether only one unbroken run counts (连续) instead of the sum of all.
        may unbroken: bool,
        /// The column whose value must be the same: months count in one post, not over all.
        may same: Option<String>,
        /// The day at which it is taken instead of the campaign's reference date.
        may reference: Option<Day>,
        /// The month or day that ends an open row, where it gives one: the date of death (追授).
        may until: Option<Logic>,
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
        /// Grades that pass with a warning, being another paper to the same effect.
        may equivalent: Vec<String>,
        /// The field with the month of founding: years before it are not asked for, with a warning.
        may since: Option<String>,
    }
}

record! {
    /// Settings of `notice`.
    pub struct NoticeRule {
        /// The table, with columns `start` and `end`.
        need field: String,
        /// Which rows it is about, where several levels have notices of their own; all where missing.
        may rows: Option<Logic>,
        /// The fewest working days, both ends included.
        need min_workdays: u32,
        /// Whether the day of posting counts when it is a working day.
        may count_first_day: bool = true,
    }
}

record! {
    /// Settings of `notices`: a person who belongs to several bodies is announced at each of them, at
    /// the same time.
    #[derive(Eq)]
    pub struct NoticesRule {
        /// The table of notices, with columns `start` and `end`.
        need field: String,
        /// The table of identities.
        need identities: String,
        /// Its column that names the body; entries of the same body need one notice.
        need body: String,
        /// What being at the same time means.
        may together: Together,
        /// The fewest working days that all notices have in common.
        need min_workdays: u32,
        /// Whether the day of posting counts when it is a working day.
        may count_first_day: bool = true,
    }
}

one_of! {
    /// What it is for notices to run at the same time (同时公示).
    #[derive(Copy, Default, Eq)]
    pub enum Together {
        /// The days they have in common are enough.
        #[default]
        Overlap = "overlap",
        /// They begin on the same day.
        SameStart = "same_start",
        /// It is not asked for.
        Apart = "apart",
    } else Self::Overlap
}

record! {
    /// Settings of `opinions`.
    #[derive(Eq)]
    pub struct OpinionsRule {
        /// The matrix, an entry for each department.
        need field: String,
        /// Its column with what the department said.
        need status: String,
        /// Its column with the reason.
        need reason: String,
        /// The word for a department that need not be asked: 不适用. It asks for a reason.
        need not_applicable: String,
        /// The departments that must be asked all the same: saying otherwise is a warning.
        may always: Vec<String>,
    }
}

record! {
    /// Settings of `either`.
    #[derive(Eq)]
    pub struct EitherRule {
        /// The fields: answers, tables or files. Hidden ones count as not filled in.
        need fields: Vec<String>,
        /// The fewest that must be filled in.
        may min: u32 = 1,
        /// The most that may be.
        may max: Option<u32>,
    }
}

record! {
    /// Settings of `must`. It is not judged while one of the answers it reads is missing.
    pub struct MustRule {
        /// What must hold.
        need that: Logic,
        /// The field it stands at.
        need field: String,
        /// A text field that excuses it: with a reason given the finding is only a warning.
        may unless_explained: Option<String>,
        /// Whether it is judged also while answers it reads are missing.
        may even_if_missing: bool,
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
        /// The time at which that day ends for this: `17:30`; 24:00 where missing.
        may time: Option<TimeOfDay>,
    }
}

record! {
    /// Settings of `early`.
    #[derive(Default, Eq)]
    pub struct EarlyRule {
        /// The first day; the campaign's `opens` where missing.
        may first_day: Option<Day>,
        /// The time at which that day begins for this: `09:00`; 0:00 where missing.
        may time: Option<TimeOfDay>,
    }
}
