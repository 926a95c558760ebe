//! The kinds of findings: a closed list, wire contract.

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $variant:ident $name:literal;)*) => {
        /// The kind of a finding, in kebab-case on the wire.
        ///
        /// The rule's id says which sentence of the notice speaks (`len.deeds`), the code what is
        /// wrong (`too-long`). Sentences may change; codes do not.
        ///
        /// ```
        /// use nomination_form::rules::Code;
        /// assert_eq!(Code::TooLong.as_str(), "too-long");
        /// assert_eq!(serde_json::to_string(&Code::TooLong)?, r#""too-long""#);
        /// # Ok::<(), serde_json::Error>(())
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Code { $($(#[doc = $doc])* #[serde(rename = $name)] $variant),* }

        impl Code {
            /// Every code, in the order of this list.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// Its name on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

codes! {
    /// Asked for and not given.
    Missing "missing";
    /// A value of another JSON type than the field's, or no month or day where one is asked for.
    WrongType "wrong-type";
    /// A value that is not among the options.
    UnknownOption "unknown-option";
    /// A key that no field has.
    UnknownKey "unknown-key";
    /// A file for a row that is not there.
    UnknownRow "unknown-row";
    /// A value in a field that is not shown.
    HiddenValue "hidden-value";
    /// More rows or files than are taken.
    TooMany "too-many";
    /// Fewer rows or files than are asked for.
    TooFew "too-few";
    /// More text than is allowed.
    TooLong "too-long";
    /// Less text than is asked for.
    TooShort "too-short";
    /// A number, a picture or a file below the least.
    TooSmall "too-small";
    /// A number or a file above the greatest.
    TooLarge "too-large";
    /// A file that is big enough by one way of counting and not by the other.
    NearlyTooSmall "nearly-too-small";
    /// A number with decimals where a whole one is asked for.
    NotWhole "not-whole";
    /// A document number masked with `*`.
    Masked "masked";
    /// A document number of the wrong length.
    WrongLength "wrong-length";
    /// A document number with characters that do not belong there.
    WrongCharacters "wrong-characters";
    /// A document number that is not formed as its type asks.
    WrongForm "wrong-form";
    /// A resident ID number whose region does not exist.
    WrongRegion "wrong-region";
    /// A resident ID number whose date of birth does not exist, or lies ahead or too far back.
    WrongDate "wrong-date";
    /// A check character that does not fit the rest.
    WrongCheck "wrong-check";
    /// A number that belongs to another type of document.
    OtherType "other-type";
    /// A resident ID number of the first generation, 15 digits.
    OldForm "old-form";
    /// Right in form, and yet unlikely: worth a second look.
    Unlikely "unlikely";
    /// An answer that does not agree with another one.
    Mismatch "mismatch";
    /// A landline number without its area code.
    NoAreaCode "no-area-code";
    /// A service number where a person's number is asked for.
    ServiceNumber "service-number";
    /// A declaration that is not as asked for.
    NotDeclared "not-declared";
    /// A start after its end.
    StartAfterEnd "start-after-end";
    /// A month after the reference month.
    AfterReference "after-reference";
    /// A row that is there already.
    Twice "twice";
    /// Months that no row covers.
    Gap "gap";
    /// An earliest row of another kind than asked for.
    OtherFirstRow "other-first-row";
    /// An unlikely age at the first start.
    UnlikelyAge "unlikely-age";
    /// Fewer months of service than asked for.
    TooFewMonths "too-few-months";
    /// A year without a grade.
    MissingYear "missing-year";
    /// A grade that does not pass.
    NotPassed "not-passed";
    /// A public notice of too few working days.
    TooFewWorkdays "too-few-workdays";
    /// Public notices that do not run at the same time.
    NotTogether "not-together";
    /// A department that was not asked, with the reason.
    NotAsked "not-asked";
    /// Fewer years to look at than the notice names, the body being younger.
    FewerYears "fewer-years";
    /// Another paper to the same effect as the grade asked for.
    Equivalent "equivalent";
    /// Days of a year without a working-day calendar.
    NoCalendar "no-calendar";
    /// A condition of the campaign that speaks.
    Noted "noted";
    /// A condition of the campaign that does not hold.
    NotMet "not-met";
    /// Another form than the one the answers call for.
    OtherForm "other-form";
    /// Before the first day for handing in.
    Early "early";
    /// After the last day for handing in.
    Late "late";
    /// Begun under another revision of the campaign.
    OtherRevision "other-revision";
    /// A file of a format that is not taken.
    UnknownFormat "unknown-format";
    /// A file of which nothing can be read.
    Unreadable "unreadable";
    /// A file that ends too early or is damaged.
    Damaged "damaged";
    /// A file under a password.
    Encrypted "encrypted";
    /// A document that carries macros.
    Macros "macros";
    /// A picture in the colours of the printing press.
    PrintColours "print-colours";
    /// A file of no bytes.
    EmptyFile "empty-file";
    /// A picture of more pixels than any program can be expected to open.
    TooManyPixels "too-many-pixels";
    /// A sound or film that does not say how long it lasts.
    NoDuration "no-duration";
    /// A file that is not named as asked for.
    WrongName "wrong-name";
    /// A picture of another number of pixels than exactly asked for.
    WrongSize "wrong-size";
    /// A picture of another shape than asked for.
    WrongRatio "wrong-ratio";
    /// A picture on another ground than asked for.
    WrongBackground "wrong-background";
    /// A picture without colour.
    NoColour "no-colour";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_kebab_case_and_reads_back() {
        for code in Code::ALL {
            let name = code.as_str();
            assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{name}");
            let back: Code = serde_json::from_value(name.into()).unwrap();
            assert_eq!(back, *code);
        }
    }
}
