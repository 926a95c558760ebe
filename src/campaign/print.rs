//! The printed table: what stands on paper beyond the answers.

use serde::{Deserialize, Serialize};

use super::{Source, Text};

/// How a track's form is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Print {
    /// The title over the table.
    pub title: Text,
    /// The line under the title: （本表一式三份）.
    #[serde(default)]
    pub subtitle: Option<Text>,
    /// The cells that are filled in on paper, in order.
    #[serde(default)]
    pub blocks: Vec<Block>,
}

/// A cell for an opinion, a stamp and a date. None of it is ever filled in by machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// The cell's label: 所在街道意见.
    pub label: Text,
    /// A row of headings over this and the following blocks: 各级部门推荐审核意见.
    #[serde(default)]
    pub heading: Option<Text>,
    /// Who stamps, one entry a stamp; an empty text is a stamp without a name.
    #[serde(default)]
    pub stamps: Vec<Text>,
    /// Whether a date line (年 月 日) stands in it.
    #[serde(default)]
    pub date: bool,
    /// A known misprint of the notice, kept as printed.
    #[serde(default)]
    pub misprint: Option<Text>,
    /// Where it comes from.
    pub source: Source,
}
