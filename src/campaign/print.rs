//! The printed table: what stands on paper beyond the answers.

use super::{Source, Text, describe::record};

record! {
    /// How a track's form is printed.
    #[derive(Eq)]
    pub struct Print {
        /// The title over the table.
        need title: Text,
        /// The line under the title: （本表一式三份）.
        may subtitle: Option<Text>,
        /// The cells that are filled in on paper, in order.
        may blocks: Vec<Block>,
        /// Whether it is printed on both sides of the sheet.
        may two_sided: bool,
        /// The paper's size: `A4`, `A3`.
        may paper: String = "A4".to_owned(),
    }
}

record! {
    /// A cell for an opinion, a stamp and a date. None of it is ever filled in by machine.
    #[derive(Eq)]
    pub struct Block {
        /// The cell's label: 所在街道意见.
        need label: Text,
        /// A row of headings over this and the following blocks: 各级部门推荐审核意见.
        may heading: Option<Text>,
        /// Who stamps, one entry a stamp; an empty text is a stamp without a name.
        may stamps: Vec<Text>,
        /// Whether a date line (年 月 日) stands in it.
        may date: bool,
        /// The opinion's words where the notice presets them: 同意推荐.
        may preset: Option<Text>,
        /// The forms it stands on, where the track has several; all where empty.
        may forms: Vec<String>,
        /// A known misprint of the notice, kept as printed.
        may misprint: Option<Text>,
        /// Where it comes from.
        need source: Source,
    }
}
