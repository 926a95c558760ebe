//! 字数 as a sequence: where each thing that counts one begins.
//!
//! The definition stands at the top of [`count`](super::count). What makes it more than a sum over
//! characters is the ambiguous ones, which count by what else stands in their paragraph: at the first
//! of them the rest of the paragraph is looked through, once.

use super::clusters::{Class, Cluster, Clusters, IDEOGRAPH_LEN};

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
    while let Some(start) = words.next() {
        if count == max {
            beyond = Some(start);
        }
        count += 1;
        let (start, passed) = words.pass_ideographs();
        if (count..count + passed).contains(&max) {
            beyond = Some(start + (max - count) * IDEOGRAPH_LEN);
        }
        count += passed;
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

    /// Steps over ideographs, each of which counts one: where the first starts, and how many.
    fn pass_ideographs(&mut self) -> (usize, usize) {
        let (start, passed) = self.clusters.pass_ideographs();
        if passed > 0 {
            (self.mixed, self.word) = (Some(true), None);
        }
        (start, passed)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ideographs_passed_at_once_count_as_one_by_one() {
        let pool: Vec<char> =
            "社区工作者你好，。“’—·①aZ9 ~\n\u{3000}䷿䶿鿿一\u{FE00}\u{200B}\u{20000}"
                .chars()
                .collect();
        let mut seed = 2023_usize;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..14 {
                seed = seed.wrapping_mul(1_103_515_245).wrapping_add(12_345) % (1 << 31);
                // Half of all are ideographs, so that they stand in runs.
                let at = (seed >> 8) % (2 * pool.len());
                text.push(*pool.get(at).unwrap_or(&'人'));
            }
            let starts: Vec<_> = Words::new(&text).collect();
            for max in 0..=starts.len() {
                let found = measured(&mut Words::new(&text), max);
                assert_eq!(found, (starts.len(), starts.get(max).copied()), "{text:?} {max}");
            }
        }
    }
}
