//! What holds for all nominations of a recommending unit together. One nomination alone is never
//! judged by it: quotas and shares are the unit's business, and the host's figures may differ.

use super::{
    Logic, Severity, Source, Text,
    describe::{one_of, record},
};

record! {
    /// Rules over the nominations of one track.
    pub struct Batch {
        /// The field that names the recommending unit, where the answers say it: a choice or a text.
        may unit: Option<String>,
        /// The field with the place in the unit's order of preference, 1 to n: a number.
        may rank: Option<String>,
        /// Fields that no two nominations may share: `id_number`. The tracks of a campaign that name
        /// the same field may not share it with each other either.
        may distinct: Vec<String>,
        /// How many there may be.
        may quotas: Vec<Quota>,
        /// How many nominations there must be for the titles awarded.
        may margin: Option<Margin>,
        /// What share of the nominations may or must be of a kind.
        may shares: Vec<Share>,
        /// Kinds of nominations that shut each other out.
        may exclusive: Vec<Exclusive>,
    }
}

record! {
    /// How many nominations a unit may or must send in. With neither `min` nor `max` it is the clause
    /// for figures that the host gives.
    pub struct Quota {
        /// The level it is for, 盟市; every unit's where missing.
        may level: Option<Text>,
        /// Whose nominations are counted.
        may over: Over,
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
        /// Words of the campaign's own, with `{count}`, `{min}`, `{max}`, `{over}`, `{short}`.
        may message: Option<Text>,
        /// The sentence of the notice.
        need source: Source,
    }
}

one_of! {
    /// Whose nominations a figure is about.
    #[derive(Copy, Default, Eq)]
    pub enum Over {
        /// Each recommending unit's by itself.
        #[default]
        Unit = "unit",
        /// Those of all units together.
        All = "all",
    } else Self::Unit
}

record! {
    /// Nominations in proportion to the titles awarded (差额推荐), all units together.
    pub struct Margin {
        /// How many titles there are.
        need titles: u32,
        /// Nominations for each title: `1.2`. Of the product `exactly` takes the nearest whole number,
        /// `at_least` the next above, `at_most` the next below.
        need ratio: f64,
        /// Whether that is the number asked for or the least.
        need direction: Direction,
        /// How grave it is to miss it.
        may severity: Severity = Severity::Warn,
        /// Words of the campaign's own, with `{count}`, `{need}`, `{titles}`, `{over}`, `{short}`.
        may message: Option<Text>,
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
    /// The share of the nominations that may or must be of a kind.
    pub struct Share {
        /// What kind, in words: 县处级干部.
        need label: Text,
        /// Which nominations are of it.
        need when: Logic,
        /// Of which nominations it is a share; of all where missing.
        may of: Option<Logic>,
        /// Whose nominations are counted.
        may over: Over,
        /// The greatest share, `0.15`; of the number of nominations, rounded down.
        may max: Option<f64>,
        /// The least share, `0.6`; of the number of nominations, rounded up.
        may min: Option<f64>,
        /// How grave it is to be outside.
        may severity: Severity = Severity::Warn,
        /// Words of the campaign's own, with `{count}`, `{total}`, `{percent}`, `{min}`, `{max}`,
        /// `{over}`, `{short}`.
        may message: Option<Text>,
        /// The sentence of the notice.
        need source: Source,
    }
}

record! {
    /// Kinds of nominations of which only some may occur together: 集体和个人只推荐一类.
    pub struct Exclusive {
        /// The kinds.
        need kinds: Vec<BatchKind>,
        /// How many of the kinds may occur.
        may max: u32 = 1,
        /// Whose nominations are looked at.
        may over: Over,
        /// How grave it is when more occur.
        may severity: Severity = Severity::Warn,
        /// Words of the campaign's own, with `{kinds}`, `{count}`, `{max}`.
        may message: Option<Text>,
        /// The sentence of the notice.
        need source: Source,
    }
}

record! {
    /// A kind of nominations, of which a batch may have some or none.
    pub struct BatchKind {
        /// What kind, in words.
        need label: Text,
        /// Which nominations are of it.
        need when: Logic,
    }
}
