//! The lengths of a text, taken slowly and straight from their definitions.
//!
//! Nothing here is shared with the engine but the segmentation of UAX #29: properties of characters
//! come from the data of the ICU project, and a paragraph is laid out as a list of classes before
//! anything is counted.

use icu_properties::{
    CodePointMapData, CodePointSetData,
    props::{EastAsianWidth, GeneralCategory, GeneralCategoryGroup, Script, WhiteSpace},
};
use unicode_segmentation::UnicodeSegmentation;

/// What stands in a paragraph: S, E, A and L of the definition.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Each,
    Ambiguous,
    Letters,
}

struct Cluster {
    first: char,
    class: Class,
}

/// Characters that neither count nor separate.
pub(crate) const UNSEEN: [char; 5] = ['\u{FEFF}', '\u{200B}', '\u{2060}', '\u{AD}', '\u{180E}'];

/// 字数: characters that count by themselves, and runs of all else.
pub(crate) fn word(text: &str) -> usize {
    let seen: String = text.chars().filter(|c| !UNSEEN.contains(c)).collect();
    let ends = ['\r', '\n', '\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'];
    seen.split(ends).map(paragraph).sum()
}

fn paragraph(text: &str) -> usize {
    let clusters: Vec<Cluster> =
        text.grapheme_indices(true).map(|(at, cluster)| cluster_of(text, at, cluster)).collect();
    let mixed = clusters.iter().any(|cluster| cluster.class == Class::Each);
    let classes: Vec<Class> =
        (0..clusters.len()).map(|at| resolved(&clusters, at, mixed)).collect();
    let each = classes.iter().filter(|class| **class == Class::Each).count();
    let runs = classes.split(|class| *class != Class::Letters).filter(|run| !run.is_empty());
    each + runs.count()
}

fn cluster_of(paragraph: &str, at: usize, cluster: &str) -> Cluster {
    let first = cluster.chars().next().unwrap();
    let before = paragraph[..at].chars().next_back();
    let after = paragraph[at + first.len_utf8()..].chars().next();
    let mongolian = |c: Option<char>| c.is_some_and(|c| ('\u{1800}'..='\u{18AF}').contains(&c));
    let category = CodePointMapData::<GeneralCategory>::new().get(first);
    let width = CodePointMapData::<EastAsianWidth>::new().get(first);
    let hangul = CodePointMapData::<Script>::new().get(first) == Script::Hangul;
    let wide = [EastAsianWidth::Wide, EastAsianWidth::Fullwidth, EastAsianWidth::Halfwidth];
    let signs = GeneralCategoryGroup::Punctuation
        .union(GeneralCategoryGroup::Symbol)
        .union(GeneralCategoryGroup::Number);
    let class = if first == '\u{202F}' && mongolian(before) && mongolian(after) {
        Class::Letters
    } else if first == '\t' || category == GeneralCategory::SpaceSeparator {
        Class::Space
    } else if (wide.contains(&width) && !hangul)
        || cluster.contains('\u{FE0F}')
        || ('\u{1F1E6}'..='\u{1F1FF}').contains(&first)
    {
        Class::Each
    } else if width == EastAsianWidth::Ambiguous && signs.contains(category) {
        Class::Ambiguous
    } else {
        Class::Letters
    };
    Cluster { first, class }
}

/// The class of a cluster once it is known what else stands in its paragraph.
fn resolved(clusters: &[Cluster], at: usize, mixed: bool) -> Class {
    let here = &clusters[at];
    let letter = |at: Option<usize>| {
        let cluster = at.and_then(|at| clusters.get(at));
        cluster.is_some_and(|it| it.class == Class::Letters && it.first.is_alphabetic())
    };
    let apostrophe = ['\u{2018}', '\u{2019}', '\u{B7}'].contains(&here.first)
        && letter(at.checked_sub(1))
        && letter(at.checked_add(1));
    match here.class {
        Class::Ambiguous if mixed && !apostrophe => Class::Each,
        Class::Ambiguous => Class::Letters,
        class => class,
    }
}

/// Code points without white space and format characters.
pub(crate) fn chars_no_space(text: &str) -> usize {
    let space = CodePointSetData::new::<WhiteSpace>();
    let category = CodePointMapData::<GeneralCategory>::new();
    let shown = |c: &char| !space.contains(*c) && category.get(*c) != GeneralCategory::Format;
    text.chars().filter(shown).count()
}

/// Extended grapheme clusters.
pub(crate) fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

/// Code points of the script Han.
pub(crate) fn han_only(text: &str) -> usize {
    let script = CodePointMapData::<Script>::new();
    text.chars().filter(|c| script.get(*c) == Script::Han).count()
}
