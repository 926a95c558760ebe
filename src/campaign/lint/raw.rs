//! Doubts that can be told from the file as it stands there, whatever its settings are called: texts
//! without words, bounds that cross, languages that are half there. And those about its head.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{Doubts, escaped};

/// Settings of which the first must not be above the second.
const PAIRS: [(&str, &str); 6] = [
    ("min", "max"),
    ("start", "end"),
    ("from", "to"),
    ("opens", "closes"),
    ("safe_bytes", "max_bytes"),
    ("first_day", "last_day"),
];
/// Settings that are a lower and an upper bound.
const SPANS: [&str; 3] = ["ages", "range", "between"];
/// Settings that are words for people.
const WORDS: [&str; 9] =
    ["title", "label", "print_label", "heading", "row_label", "help", "note", "message", "notice"];

impl Doubts<'_> {
    pub(super) fn raw(&mut self) {
        self.head();
        self.scales();
        let mut languages = BTreeMap::new();
        let json = self.json;
        self.walk(json, "", &mut languages);
        let texts = languages.remove("zh-CN").map_or(0, |(count, _)| count);
        for (language, (count, first)) in languages {
            if count < texts {
                let message = format!(
                    "`{language}` is said in {count} of {texts} texts, expected all or none"
                );
                self.doubt("language-gaps", first, message);
            }
        }
    }

    fn head(&mut self) {
        let campaign = self.campaign;
        if campaign.deadline < campaign.reference_date {
            let message = format!(
                "deadline {} before the reference date {}, expected not before it",
                campaign.deadline, campaign.reference_date
            );
            self.doubt("dates-order", "/deadline", message);
        }
        if let Some(opens) = campaign.opens.filter(|opens| *opens > campaign.deadline) {
            let message = format!("opens on {opens}, after the deadline {}", campaign.deadline);
            self.doubt("dates-order", "/opens", message);
        }
        if campaign.notice.is_none() {
            let message = "no `notice`, expected its name and document number";
            self.doubt("no-notice", "", message);
        }
    }

    /// Words that stand at two steps, of which the second never counts.
    fn scales(&mut self) {
        for (name, steps) in &self.campaign.scales {
            let mut seen = BTreeSet::new();
            for (s, words) in steps.iter().enumerate() {
                for (w, word) in words.iter().enumerate() {
                    if !seen.insert(word) {
                        let at = format!("/scales/{}/{s}/{w}", escaped(name));
                        self.doubt("twice", at, format!("`{word}` stands twice, expected once"));
                    }
                }
            }
        }
    }

    /// `languages`: how many texts are said in each, and where the first of them stands.
    fn walk(&mut self, json: &Value, at: &str, languages: &mut BTreeMap<String, (usize, String)>) {
        match json {
            Value::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    self.walk(item, &format!("{at}/{i}"), languages);
                }
            }
            Value::Object(map) => {
                self.pairs(map, at);
                for (key, value) in map {
                    let at = format!("{at}/{}", escaped(key));
                    self.entry(key, value, &at);
                    self.walk(value, &at, languages);
                }
                if map.contains_key("zh-CN") {
                    for language in map.keys() {
                        let entry = (0, format!("{at}/{language}"));
                        languages.entry(language.clone()).or_insert(entry).0 += 1;
                    }
                }
            }
            _ => {}
        }
    }

    fn entry(&mut self, key: &str, value: &Value, at: &str) {
        let words = value.as_str().or_else(|| value.get("zh-CN")?.as_str());
        if WORDS.contains(&key) && words.is_some_and(|words| words.trim().is_empty()) {
            self.doubt("blank-text", at, format!("`{key}` without words, expected some"));
        }
        if let (true, Some([least, most])) =
            (SPANS.contains(&key), value.as_array().map(Vec::as_slice))
            && crossed(least, most)
        {
            self.doubt(
                "reversed",
                at,
                format!("from {least} to {most}, expected the lesser first"),
            );
        }
    }

    /// `min` and `max`, `min_x` and `max_x`, and others of the kind.
    fn pairs(&mut self, map: &Map<String, Value>, at: &str) {
        let bytes = map.keys().filter_map(|key| {
            let name = key.strip_prefix("min_")?;
            Some((key.clone(), format!("max_{name}")))
        });
        let known = PAIRS.map(|(least, most)| (least.to_owned(), most.to_owned()));
        for (least, most) in bytes.chain(known) {
            if let (Some(low), Some(high)) = (map.get(&least), map.get(&most))
                && crossed(low, high)
            {
                let message =
                    format!("`{least}` {low} above `{most}` {high}, expected at most that");
                self.doubt("reversed", format!("{at}/{least}"), message);
            }
        }
    }
}

/// Whether both are numbers, days or times, and the first is the greater.
fn crossed(least: &Value, most: &Value) -> bool {
    match (least, most) {
        (Value::Number(least), Value::Number(most)) => least.as_f64() > most.as_f64(),
        (Value::String(least), Value::String(most)) => {
            let figures =
                |words: &str| words.bytes().all(|b| b.is_ascii_digit() || b"-:".contains(&b));
            least.len() == most.len() && figures(least) && figures(most) && least > most
        }
        _ => false,
    }
}
