//! What can be wrong with the number of an identity document, of whatever kind.

use std::fmt;

/// What is wrong with a number of an identity document. No variant shows the number in its text.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdFault {
    /// The kind of document is not one of [`kinds`](super::id_document::kinds).
    #[error("unknown kind of identity document, expected one of `id_document::kinds()`")]
    UnknownKind,
    /// Masked with `*`: the full number is needed.
    #[error("the number is masked with `*`")]
    Masked,
    /// A character that cannot stand where it stands; `position` counts from one.
    #[error("the character in place {position} is not possible there")]
    Characters {
        /// Place of the character in the normalised number, from one.
        position: usize,
    },
    /// Too few or too many characters.
    #[error("the number has {found} characters, expected {expected}")]
    Length {
        /// Characters of the normalised number.
        found: usize,
        /// What is expected, in figures: `18`, `5-9`, `15/18`.
        expected: &'static str,
    },
    /// A number of 15 digits: such cards have not been valid since 2013-01-01.
    #[error("a first-generation number of 15 digits")]
    FirstGeneration {
        /// The 18 characters it turns into, where that is certain. To be confirmed by the person.
        offer: Option<String>,
    },
    /// The first two digits are no province, or not one whose people hold this document.
    #[error("the number begins with no region of this kind of document")]
    Region {
        /// The kind of document the number may belong to, where its beginning suggests one.
        switch_to: Option<&'static str>,
    },
    /// A number of another kind of document.
    #[error("the number belongs to a document of the kind {switch_to}")]
    OtherKind {
        /// The kind to switch to.
        switch_to: &'static str,
    },
    /// Digits 7 to 14 are no day of the calendar.
    #[error("the date of birth in the number does not exist")]
    Date,
    /// Born before 1900-01-01.
    #[error("the date of birth in the number is before 1900")]
    Before1900,
    /// Born after today.
    #[error("the date of birth in the number is in the future")]
    Future,
    /// 15 digits of somebody born before 1900 (orders 996 to 999), for whom no number is offered.
    #[error("a first-generation number kept for centenarians")]
    Centenarian,
    /// A foreigner's document naming China as the nationality.
    #[error("the nationality in the number is Chinese")]
    Nationality,
    /// The last character does not fit the others: a mistyped digit or two swapped.
    #[error("the check character does not fit the number")]
    CheckCharacter,
}

impl IdFault {
    /// The finding as a stable kebab-case code.
    ///
    /// ```
    /// use nomination_form::standards::{Day, resident_id};
    ///
    /// let today = Day::parse("2023-08-10").unwrap();
    /// let fault = resident_id::parse("110105194912310021", today).unwrap_err();
    /// assert_eq!(fault.code(), "check-character");
    /// ```
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownKind => "unknown-kind",
            Self::Masked => "masked",
            Self::Characters { .. } => "characters",
            Self::Length { .. } => "length",
            Self::FirstGeneration { .. } => "first-generation",
            Self::Region { .. } => "region",
            Self::OtherKind { .. } => "other-kind",
            Self::Date => "date",
            Self::Before1900 => "before-1900",
            Self::Future => "future",
            Self::Centenarian => "centenarian",
            Self::Nationality => "nationality",
            Self::CheckCharacter => "check-character",
        }
    }

    /// The kind of document to switch to, where the number points to one.
    ///
    /// ```
    /// use nomination_form::standards::{Day, resident_id};
    ///
    /// let today = Day::parse("2023-08-10").unwrap();
    /// let fault = resident_id::parse("830000198008089988", today).unwrap_err();
    /// assert_eq!(fault.switch_to(), Some("台湾居民居住证"));
    /// ```
    pub fn switch_to(&self) -> Option<&'static str> {
        match self {
            Self::OtherKind { switch_to } => Some(switch_to),
            Self::Region { switch_to } => *switch_to,
            _ => None,
        }
    }
}

impl fmt::Debug for IdFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {self}", self.code())
    }
}
