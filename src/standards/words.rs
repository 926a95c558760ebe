//! 字数 as a sequence: where each thing that counts one begins.
//!
//! The definition stands at the top of [`count`](super::count). What makes it more than a sum over
//! characters is the ambiguous ones, which count by what else stands in their paragraph: at the first
//! of them the rest of the paragraph is looked through, once.

use super::clusters::{Class, Cluster, Clusters};

/// 字数, and where the thing after the first `max` begins, in bytes of `text`. Unseen characters are rare:
/// only a text that turns out to have them is copied without.
pub(super) fn measure(text: &str, max: usize) -> (usize, Option<usize>) {
    let mut words = Words::new(text);
    let found = measured(&mut words, max);
    if !words.unseen {
        return found;
    }
    let (count, start) = measured(&mut Words::new(&without_unseen(text)), max);
    (count, start.map(|offset| original_offset(text, offset)))
}

fn measured(words: &mut Words<'_>, max: usize) -> (usize, Option<usize>) {
    let (mut count, mut beyond) = (0, None);
    for start in words {
        if count == max {
            beyond = Some(start);
        }
        count += 1;
    }
    (count, beyond)
}

/// Characters that neither count nor separate.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{2060}' | '\u{AD}' | '\u{180E}')
}

fn without_unseen(text: &str) -> String {
    text.chars().filter(|c| !is_unseen(*c)).collect()
}

/// Where the byte at `offset` of the text without unseen characters stands in `text`.
fn original_offset(text: &str, offset: usize) -> usize {
    let mut seen = 0;
    let found = text.char_indices().filter(|(_, c)| !is_unseen(*c)).find(|(_, c)| {
        let here = seen == offset;
        seen += c.len_utf8();
        here
    });
    found.map_or(text.len(), |(start, _)| start)
}

/// The starts of all that counts one in 字数.
struct Words<'a> {
    clusters: Clusters<'a>,
    /// Whether the paragraph holds a character that counts by itself, as far as that is known.
    mixed: Option<bool>,
    /// The first code point of the cluster before, if that was part of a word.
    word: Option<char>,
    /// Whether an unseen character came by. Then the text has to be read again without it.
    unseen: bool,
}

impl<'a> Words<'a> {
    fn new(text: &'a str) -> Self {
        Self { clusters: Clusters::new(text), mixed: None, word: None, unseen: false }
    }

    /// What an ambiguous cluster is where it stands.
    fn resolve(&mut self, cluster: &Cluster<'_>) -> Class {
        let mixed = *self.mixed.get_or_insert_with(|| holds_each(self.clusters.clone()));
        if mixed && !self.joins_letters(cluster) { Class::Each } else { Class::Word }
    }

    /// Whether this is an apostrophe or a middle dot directly between two letters.
    fn joins_letters(&self, cluster: &Cluster<'_>) -> bool {
        let next = || self.clusters.clone().next();
        let is_letter =
            |it: Cluster<'_>| it.first.is_alphabetic() && self.clusters.class(&it) == Class::Word;
        matches!(cluster.first, '‘' | '’' | '·')
            && self.word.is_some_and(char::is_alphabetic)
            && next().is_some_and(is_letter)
    }
}

/// Whether the rest of the paragraph holds a character that counts by itself.
fn holds_each(mut rest: Clusters<'_>) -> bool {
    while let Some(cluster) = rest.next() {
        match rest.class(&cluster) {
            Class::Each => return true,
            Class::End => return false,
            _ => {}
        }
    }
    false
}

impl Iterator for Words<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        loop {
            let cluster = self.clusters.next()?;
            self.unseen |= cluster.unusual().is_some_and(|text| text.contains(is_unseen));
            let class = match self.clusters.class(&cluster) {
                Class::Ambiguous => self.resolve(&cluster),
                class => class,
            };
            let before = self.word.take();
            match class {
                Class::Each => {
                    self.mixed = Some(true);
                    return Some(cluster.start);
                }
                Class::End => self.mixed = None,
                Class::Space => {}
                Class::Word | Class::Ambiguous => {
                    self.word = Some(cluster.first);
                    if before.is_none() {
                        return Some(cluster.start);
                    }
                }
            }
        }
    }
}
