//! What a campaign *is*: the document that says which form to show and how to judge it.
//!
//! A campaign file is untrusted: [`Campaign::parse`] takes its bytes and gives either a campaign
//! that the rest of the crate can rely on, or the faults with their places. Invariant: whatever
//! comes out of `parse` can be shown and judged without any further test of its own consistency.

mod batch;
mod check;
mod describe;
mod fault;
mod field;
mod forms;
#[cfg(feature = "cli")]
pub mod lint;
mod logic;
mod print;
pub(crate) mod read;
mod rule;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod schema;
mod text;

use serde_json::Value;

use describe::{one_of, record};

pub use batch::*;
pub use fault::{Fault, MAX_BYTES, MAX_DEPTH};
pub(crate) use fault::{nesting, pointer};
pub use field::*;
pub use forms::{FormCase, Forms};
pub use logic::{Expr, Logic, MAX_CHAIN, Op};
pub use print::{Block, Print};
pub use rule::*;
pub use text::{BASE_LANG, MAX_TEXT_CHARS, Text};

use crate::standards::{Day, Month, sorted::Sorted};

/// The version of the campaign format this build reads.
pub const FORMAT: &str = "campaign/1";

record! {
    /// A campaign: one notice, its tracks and its dates.
    pub struct Campaign {
        /// The version of the format, [`FORMAT`].
        need format: String,
        /// The campaign's id: `nm2022`.
        need id: String,
        /// Counts the editions of this file. A nomination records the one it was begun under.
        need revision: u32,
        /// The campaign's name.
        need title: Text,
        /// The notice it comes from: name and document number.
        may notice: Option<Text>,
        /// The day at which years of service and ages are taken.
        need reference_date: Day,
        /// The last day for handing in, to its end.
        need deadline: Day,
        /// The first day for handing in, from its beginning; any time where missing.
        may opens: Option<Day>,
        /// Minutes that the campaign's clock is ahead of UTC; 480 is Beijing time.
        may utc_offset_minutes: i32 = 480,
        /// Whom to ask. Filled in by the host.
        may contact: Contact,
        /// Ordered scales by name, lowest step first; the words of one step stand in one list.
        may scales: Sorted<String, Vec<Vec<String>>>,
        /// What can be nominated, each with its form.
        need tracks: Vec<Track>,
    }
}

record! {
    /// Whom to ask about a campaign. Every entry is optional.
    #[allow(missing_docs)] // the names say it
    #[derive(Default, Eq)]
    pub struct Contact {
        may unit: Option<Text>,
        may person: Option<Text>,
        may phone: Option<Text>,
        may address: Option<Text>,
        may postcode: Option<Text>,
        may email: Option<Text>,
    }
}

record! {
    /// One kind of nomination within a campaign, with its form and rules.
    pub struct Track {
        /// The track's id: `nm2022.worker`.
        need id: String,
        /// What is awarded: 自治区最美社区工作者.
        need title: Text,
        /// The form's name in the notice, 附件1, or the forms there are for different nominees, each
        /// with its condition. A nomination records it as its `variant`.
        need form: Forms,
        /// Questions asked before all others, whose answer may stop the form: 涉密.
        may gates: Vec<Gate>,
        /// What to have at hand, and what else to know before beginning.
        may before: Vec<Text>,
        /// The parts of the form.
        need sections: Vec<Section>,
        /// Values shown read-only and sent as `computed`.
        may computed: Vec<Computed>,
        /// The rules beyond single answers.
        may rules: Vec<Rule>,
        /// The printed table.
        may print: Option<Print>,
        /// The columns of the summary table, each a heading and the field it shows.
        may summary: Vec<SummaryColumn>,
        /// What holds for all nominations of a recommending unit together.
        may batch: Option<Batch>,
    }
}

record! {
    /// A question that is asked first and may stop the form. While it is not answered nothing else is
    /// asked; when it stops the form, nothing is kept and nothing is sent.
    pub struct Gate {
        /// The field, a yes/no question or a choice.
        need field: String,
        /// The answer that stops the form.
        need stops_at: Value,
        /// What the person has to do then.
        need message: Text,
    }
}

record! {
    /// A value worked out from the answers.
    pub struct Computed {
        /// Its name in the submission's `computed`.
        need key: String,
        /// What it is called.
        need label: Text,
        /// The field it is shown beside.
        need beside: String,
        /// How a person reads it.
        may show: Show,
        /// The value.
        need value: Logic,
    }
}

one_of! {
    /// How a computed number is shown.
    #[derive(Copy, Default, Eq)]
    pub enum Show {
        /// As a number.
        #[default]
        Number = "number",
        /// A number of months, as years and months.
        Months = "months",
    } else Self::Number
}

record! {
    /// A column of the summary table.
    #[derive(Eq)]
    pub struct SummaryColumn {
        /// The heading as printed.
        need heading: Text,
        /// The field's key; empty for the running number.
        may field: Option<String>,
    }
}

impl Campaign {
    /// Reads a campaign file.
    ///
    /// # Errors
    ///
    /// The faults found, at least one: too large, nested too deeply or not JSON; or else everything
    /// that is not of this format; or else everything that is inconsistent in itself.
    ///
    /// ```
    /// use nomination_form::campaign::Campaign;
    /// let faults = Campaign::parse(br#"{"format": "campaign/1", "titel": "x"}"#).unwrap_err();
    /// assert_eq!(faults[0].pointer, "/titel");
    /// assert!(faults[0].message.starts_with("unknown field `titel`, expected one of"));
    /// ```
    pub fn parse(bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        let text = fault::bounded(bytes).map_err(|fault| vec![fault])?;
        let campaign: Self = read::of_text(text)?;
        let faults = check::check(&campaign);
        if faults.is_empty() { Ok(campaign) } else { Err(faults) }
    }

    /// The track of that id.
    pub fn track(&self, id: &str) -> Option<&Track> {
        self.tracks.iter().find(|track| track.id == id)
    }

    /// The month at which years of service are taken.
    pub fn reference_month(&self) -> Month {
        self.reference_date.month()
    }
}

impl Track {
    /// A form of one section and nothing else.
    #[cfg(feature = "cli")]
    pub(crate) fn of_section(section: Section) -> Self {
        Self {
            id: section.id.clone(),
            title: section.title.clone(),
            form: Forms(Vec::new()),
            gates: Vec::new(),
            before: Vec::new(),
            sections: vec![section],
            computed: Vec::new(),
            rules: Vec::new(),
            print: None,
            summary: Vec::new(),
            batch: None,
        }
    }

    /// Every field of the form, in form order; the columns of tables not among them.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }

    /// The field of that key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields().find(|field| field.key == key)
    }
}

impl Field {
    /// The columns of a table or matrix, the questions of a group; empty for every other kind.
    pub fn columns(&self) -> &[Field] {
        match &self.kind {
            FieldKind::Rows(rows) => &rows.fields,
            FieldKind::Group(group) => &group.fields,
            FieldKind::Matrix(matrix) => &matrix.fields,
            _ => &[],
        }
    }

    /// The entries of a matrix; empty for every other kind.
    pub fn entries(&self) -> &[MatrixEntry] {
        match &self.kind {
            FieldKind::Matrix(matrix) => &matrix.entries,
            _ => &[],
        }
    }

    /// The table whose rows each need a file of this field.
    pub fn per_row(&self) -> Option<&str> {
        match &self.kind {
            FieldKind::File(file) => file.per_row.as_deref(),
            _ => None,
        }
    }

    /// The conditions over the form that decide what of the field is shown or can be chosen.
    pub fn shown_when(&self) -> impl Iterator<Item = &Logic> {
        let options = match &self.kind {
            FieldKind::Choice(choice) => choice.options.as_slice(),
            FieldKind::Choices(choices) => choices.options.as_slice(),
            _ => &[],
        };
        self.visible
            .iter()
            .chain(self.entries().iter().filter_map(|entry| entry.when.as_ref()))
            .chain(options.iter().filter_map(|option| option.when.as_ref()))
    }

    /// Whether the answer is a file and so stands among the attachments.
    pub fn is_file(&self) -> bool {
        matches!(self.kind, FieldKind::Photo(_) | FieldKind::File(_))
    }
}

impl RuleKind {
    /// The keys of the fields it reads, not counting those of the rule's `when`.
    pub fn reads(&self) -> Vec<&str> {
        check::reads(self)
    }
}
