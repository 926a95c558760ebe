//! What holds for all nominations of a recommending unit together. One nomination alone is never
//! judged by it: quotas and shares are the unit's business, and the host's figures may differ.

use super::{
    Logic, Severity, Source, Text,
    describe::{one_of, record},
};

record! {
    /// Rules over the nominations of one track.
    pub struct Batch {
        /// The field that names the recommending unit, where the answers say it.
        may unit: Option<String>,
        /// The field with the place in the unit's order of preference, 1 to n.
        may rank: Option<String>,
        /// Fields that no two nominations may share: `id_number`.
        may distinct: Vec<String>,
        /// How many there may be.
        may quotas: Vec<Quota>,
        /// How many nominations there must be for the titles awarded.
        may margin: Option<Margin>,
        /// What share of the nominations may be of a kind.
        may shares: Vec<Share>,
    }
}

record! {
    /// How many nominations a unit may or must send in.
    pub struct Quota {
        /// The level it is for, 盟市; every unit's where missing.
        may level: Option<Text>,
        /// The fewest.
        may min: Option<u32>,
        /// The most.
        may max: Option<u32>,
        /// Which nominations are counted; all where missing.
        may when: Option<Logic>,
        /// What is counted, in words.
        may label: Option<Text>,
        /// How grave it is to be outside.
        may severity: Severity = Severity::Warn,
        /// The sentence of the notice.
        need source: Source,
    }
}

record! {
    /// Nominations in proportion to the titles awarded (差额推荐).
    pub struct Margin {
        /// How many titles there are.
        need titles: u32,
        /// Nominations for each title: `1.2`.
        need ratio: f64,
        /// Whether that is the number asked for or the least.
        need direction: Direction,
        /// The sentence of the notice.
        need source: Source,
    }
}

one_of! {
    /// Which way a figure may be missed.
    #[derive(Copy, Eq)]
    pub enum Direction {
        /// It is the number asked for.
        Exactly = "exactly",
        /// More will do.
        AtLeast = "at_least",
        /// Fewer will do.
        AtMost = "at_most",
    } else Self::Exactly
}

record! {
    /// The greatest share of the nominations that may be of a kind.
    pub struct Share {
        /// What kind, in words: 县处级干部.
        need label: Text,
        /// Which nominations are of it.
        need when: Logic,
        /// The share, `0.15`; of the number of nominations, rounded down.
        need max: f64,
        /// The sentence of the notice.
        need source: Source,
    }
}
