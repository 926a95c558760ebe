//! The parts of the form that a host may style from outside: `nomination-form::part(section) { … }`.
//!
//! The list is the contract. An element is a part by its class, here and nowhere else, so that who
//! makes elements need not think of it and nothing becomes a part by accident. README and the
//! gallery show this list, words and all; a test holds them to it.

/// A class of ours, the part that hosts know it by, and behind it what it is.
const PARTS: [(&str, &str); 39] = [
    ("heading", "heading"),      // title, campaign and deadline, at the top
    ("heading__title", "title"), // what the nomination is for
    ("draft", "draft"),          // where the work is kept, and the way to other drafts
    ("resumed", "resumed"),      // what is said to a person who comes back to a draft
    ("left-over", "left-over"),  // answers that a changed form has no place for
    ("before", "before"),        // what to have at hand before one begins
    ("progress", "progress"),    // the list of parts, with how far each is
    ("progress__part", "progress-part"), // a part in that list
    ("review", "review"),        // the whole to look through before it is sent
    ("copy", "copy"),            // what was sent, to read and print
    ("review__line", "review-line"), // a question and its answer in either
    ("timeline", "timeline"),    // a history drawn in order of time
    ("section", "section"),      // a part of the form with a heading
    ("section__title", "section-title"), // the heading of a section
    ("section__number", "section-number"), // the number before that heading
    ("field", "field"),          // a question with all that belongs to it
    ("field__label", "label"),   // the words of a question
    ("field__help", "help"),     // a sentence of help under a question
    ("field__optional", "optional"), // says that an answer may be left out
    ("input", "input"),          // a box to type in, or a list to choose from
    ("radio", "choice"),         // one of some values, with its button or box
    ("row", "row"),              // a row of a table, an entry of a matrix, a group
    ("row__title", "row-title"), // the heading of a row
    ("counter", "counter"),      // how much is written, and how much may be
    ("computed", "computed"),    // a value worked out from a table
    ("printed__lines", "printed"), // a table's lines as they will be printed
    ("file__item", "file"),      // a file that was chosen, and how far it is
    ("clause", "clause"),        // the clause of the notice, opened on request
    ("problem", "problem"),      // a problem, a warning or a hint at its place
    ("problem--warn", "problem-warn"), // a warning, besides `problem`
    ("problem--info", "problem-info"), // a hint, besides `problem`
    ("summary", "summary"),      // what stands in the way of sending
    ("send", "send"),            // the end of the form, with the button that sends
    ("status", "status"),        // what stands in place of the form while it is sent, and after
    ("drafts__line", "draft-line"), // a draft in the list of drafts
    ("button", "button"),        // every button
    ("button--primary", "button-primary"), // the button to go on with, besides `button`
    ("button--quiet", "button-quiet"), // a button that looks like a link, besides `button`
    ("button--add", "button-add"), // the button that adds a row, besides `button`
];

/// The whole of what the element shows: a form, a list of drafts, or words in place of them.
pub(super) const WHOLE: &str = "form";

/// The parts that an element of these classes is, with spaces between.
pub(super) fn of(class: &str) -> String {
    let part = |word: &str| PARTS.iter().find(|(class, _)| *class == word).map(|(_, part)| *part);
    let parts: Vec<_> = class.split(' ').filter_map(part).collect();
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn the_classes_that_are_parts_name_them_in_order() {
        let send = of("button button--primary button--send");
        assert_eq!(send, "button button-primary");
        assert_eq!(of("field__label"), "label");
        assert_eq!(of("section__fields"), "");
        assert_eq!(of(""), "");
    }
}
