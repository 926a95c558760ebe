//! 字数 and the other ways to count a text.

use nomination_form::standards::count::{Counts, Policy, count, counts, surplus_start};
use proptest::{collection::vec, prelude::*, sample::select};

use crate::{config, slow_count};

/// A text as it may come out of Word, a web page, a phone or a prankster.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let words = [
        "Shanghai",
        "don’t",
        "state-of-the-art",
        "3.14%",
        "2023",
        "é",
        "e\u{301}cole",
        "A·B",
        "안녕",
    ];
    let scripts =
        ["ᠮᠣᠩᠭᠣᠯ", "\u{202F}", "ᠰᠠᠢ\u{180B}ᠨ", "བོད་ཡིག", "ئۇيغۇر", "क्ष", "ありがとう", "กำ"];
    let emoji = [
        "😀",
        "👨\u{200D}👩\u{200D}👧",
        "🇨🇳",
        "🇨",
        "👍🏽",
        "☀\u{FE0F}",
        "1\u{FE0F}\u{20E3}",
        "©",
        "㊗",
    ];
    let signs = [
        "，", "。", "“", "”", "‘", "’", "——", "……", "·", "①", "℃", "×", "《", "%", "-", "/", "■",
        "㎡",
    ];
    let blanks = [
        " ", "\t", "\u{3000}", "\u{A0}", "\n", "\r\n", "\r", "\u{B}", "\u{85}", "\u{2028}",
        "\u{2029}",
    ];
    let unseen = [
        "\u{FEFF}",
        "\u{200B}",
        "\u{2060}",
        "\u{AD}",
        "\u{180E}",
        "\u{200D}",
        "\u{FE0F}",
        "\u{E0100}",
        "\u{301}",
    ];
    let fixed = |pieces: &'static [&'static str]| select(pieces).prop_map(str::to_owned);
    let of = |all: &[&'static str]| fixed(Vec::leak(all.to_vec()));
    let piece = prop_oneof![
        6 => "[一-龥]{1,4}",
        2 => of(&words), 2 => of(&scripts), 2 => of(&emoji), 4 => of(&signs), 4 => of(&blanks), 2 => of(&unseen),
        2 => "[a-zA-Z0-9 ]{1,6}",
        2 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn word(text: &str) -> usize {
    count(text, Policy::Word)
}

/// Whether the first character that is seen would join a blank before it instead of standing alone.
fn leans_back(text: &str) -> bool {
    let seen = text.trim_start_matches(slow_count::UNSEEN);
    slow_count::graphemes(&format!(" {seen}")) == slow_count::graphemes(seen)
}

proptest! {
    #![proptest_config(config(2_000))]

    #[test]
    fn every_policy_counts_as_its_definition_does(text in text()) {
        let found: Counts = counts(&text);
        prop_assert_eq!(found.word, slow_count::word(&text));
        prop_assert_eq!(found.chars_no_space, slow_count::chars_no_space(&text));
        prop_assert_eq!(found.code_points, text.chars().count());
        prop_assert_eq!(found.graphemes, slow_count::graphemes(&text));
        prop_assert_eq!(found.utf16, text.encode_utf16().count());
        prop_assert_eq!(found.han_only, slow_count::han_only(&text));
    }

    #[test]
    fn any_text_at_all_counts_as_defined(text in "\\PC{0,30}|(?s:.{0,30})") {
        prop_assert_eq!(word(&text), slow_count::word(&text));
        prop_assert_eq!(count(&text, Policy::Graphemes), slow_count::graphemes(&text));
    }

    /// Each paragraph is counted for itself.
    #[test]
    fn paragraphs_add_up(a in text(), b in text()) {
        for end in ["\n", "\r\n", "\u{2029}"] {
            prop_assert_eq!(word(&format!("{a}{end}{b}")), word(&a) + word(&b));
        }
    }

    #[test]
    fn blanks_and_empty_lines_around_a_text_count_nothing(
        text in text(), before in "[ \t\u{3000}\u{A0}\n]{0,5}", after in "[ \t\u{3000}\u{A0}\r\n]{0,5}",
    ) {
        prop_assume!(!leans_back(&text));
        prop_assert_eq!(word(&format!("{before}{text}{after}")), word(&text));
    }

    #[test]
    fn ideographs_count_one_each_however_often(text in "[一-龥㐀-䶿𠀀-𠀿]{0,20}", times in 0_usize..50) {
        let characters = text.chars().count();
        prop_assert_eq!(word(&text), characters);
        prop_assert_eq!(word(&text.repeat(times)), times * characters);
    }

    #[test]
    fn a_text_never_counts_more_than_its_characters(text in text()) {
        let counts = counts(&text);
        prop_assert!(counts.word <= counts.graphemes);
        prop_assert!(counts.graphemes <= counts.code_points);
        prop_assert!(counts.code_points <= counts.utf16);
        prop_assert!(counts.han_only <= counts.code_points);
        prop_assert!(counts.chars_no_space <= counts.code_points);
    }

    #[test]
    fn the_surplus_begins_where_the_limit_is_passed(text in text(), max in 0_usize..40) {
        for policy in Policy::ALL {
            let start = surplus_start(&text, policy, max);
            prop_assert_eq!(start.is_some(), count(&text, policy) > max, "{:?}", policy);
            if let Some(start) = start {
                prop_assert!(text.is_char_boundary(start), "{:?}", policy);
                prop_assert!(count(&text[..start], policy) <= max, "{:?}", policy);
            }
        }
    }
}
