//! Nominations that nobody would write: a complete one of any track, and then anything changed in it.

use std::sync::Arc;

use nomination_form::{
    campaign::{Field, FieldKind},
    rules::{Given, Judge},
    standards::{Calendar, Instant},
    submission::Submission,
};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Map, Value, json};

use crate::golden::{self, files};

/// A word that no campaign and no sentence of ours has.
pub(crate) const SECRET: &str = "赟琭彣";

/// Moments before and after the deadlines of the campaigns that we ship.
pub(crate) const MOMENTS: [&str; 6] = [
    "2022-08-18T10:00:00+08:00",
    "2022-08-20T23:59:59+08:00",
    "2022-08-21T00:00:00+08:00",
    "2023-08-09T12:00:00+08:00",
    "2024-03-14T12:00:00+08:00",
    "1900-01-01T00:00:00Z",
];

/// A track that we ship, with a complete nomination for it.
#[derive(Debug)]
pub(crate) struct Track {
    pub(crate) judge: Judge,
    base: Value,
}

/// Every track for which there is a complete nomination.
pub(crate) fn tracks() -> Vec<Arc<Track>> {
    let calendar = Arc::new(Calendar::built_in());
    let track = |(_, bytes): (String, Vec<u8>)| {
        let base: Value = serde_json::from_slice(&bytes).unwrap();
        let campaign = golden::campaign(base["campaign"]["id"].as_str().unwrap());
        let judge =
            Judge::new(campaign, base["track"].as_str().unwrap(), calendar.clone()).unwrap();
        Arc::new(Track { judge, base })
    };
    files::all("tests/fixtures/verdicts/base").into_iter().map(track).collect()
}

impl Track {
    pub(crate) fn base(&self) -> Submission {
        Submission::read(self.base.to_string().as_bytes()).unwrap()
    }

    /// The keys of all fields that are answered, files not among them.
    pub(crate) fn keys(&self) -> Vec<String> {
        let fields = self.judge.track().fields().filter(|field| !field.is_file());
        fields.map(|field| field.key.clone()).collect()
    }

    fn field(&self, key: &str) -> &Field {
        self.judge.track().field(key).unwrap()
    }
}

/// A track with a nomination that was changed in a few places.
#[derive(Clone)]
pub(crate) struct Nomination {
    pub(crate) track: Arc<Track>,
    pub(crate) submission: Submission,
    pub(crate) now: Instant,
}

impl std::fmt::Debug for Nomination {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let json = serde_json::to_string(&self.submission).unwrap();
        write!(f, "{} at {}: {json}", self.track.judge.track().id, self.now)
    }
}

impl Nomination {
    pub(crate) fn given(&self) -> Given<'_> {
        let Submission { answers, attachments, .. } = &self.submission;
        Given { answers, attachments, now: self.now }
    }
}

/// What is put at a place of the nomination.
#[derive(Debug, Clone)]
enum Change {
    /// An answer, by the place of its key and the seed of what is put there.
    Answer(usize, Put),
    /// A cell, by table, row and column.
    Cell(usize, usize, usize, Put),
    /// A row more, empty or a copy of the first.
    Row(usize, bool),
    /// A row less.
    NoRow(usize),
    /// A file more, less or changed.
    File(usize, usize, Put),
    /// An answer under a key that no field has.
    Stray(Put),
}

/// A value, in the field's own kind or in none.
#[derive(Debug, Clone)]
enum Put {
    Nothing,
    /// One that could be meant for a field of this kind.
    Likely(usize),
    Odd(Value),
}

fn odd() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        // As many digits as people type. What is beyond fifteen may be read back a hair's breadth off.
        (any::<i32>(), 0_i32..5)
            .prop_map(|(figure, places)| json!(f64::from(figure) / 10_f64.powi(places))),
        (-3_i32..2030).prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        "[0-9]{4}-[0-9]{2}(-[0-9]{2})?".prop_map(Value::from),
        crate::counting::text().prop_map(Value::from),
        Just(json!(SECRET)),
        Just(json!(format!("150000{SECRET}"))),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let keys = select(
            &["code", "name", "start", "end", "community", "year", "grade", "ghost", ""][..],
        );
        let map = vec((keys, inner.clone()), 0..4).prop_map(|entries| {
            Value::Object(
                entries
                    .into_iter()
                    .map(|(key, value)| (key.to_owned(), value))
                    .collect::<Map<_, _>>(),
            )
        });
        prop_oneof![vec(inner, 0..4).prop_map(Value::from), map]
    })
}

fn put() -> impl Strategy<Value = Put> {
    prop_oneof![2 => Just(Put::Nothing), 6 => any::<usize>().prop_map(Put::Likely), 3 => odd().prop_map(Put::Odd)]
}

fn change() -> impl Strategy<Value = Change> {
    let n = any::<usize>;
    prop_oneof![
        6 => (n(), put()).prop_map(|(key, put)| Change::Answer(key, put)),
        6 => (n(), n(), n(), put()).prop_map(|(table, row, column, put)| Change::Cell(table, row, column, put)),
        2 => (n(), any::<bool>()).prop_map(|(table, copy)| Change::Row(table, copy)),
        1 => n().prop_map(Change::NoRow),
        3 => (n(), n(), put()).prop_map(|(file, part, put)| Change::File(file, part, put)),
        1 => put().prop_map(Change::Stray),
    ]
}

/// Nominations of every track, changed in up to eight places.
pub(crate) fn nominations() -> impl Strategy<Value = Nomination> {
    (select(tracks()), vec(change(), 0..8), select(&MOMENTS[..])).prop_map(
        |(track, changes, now)| {
            let mut json = track.base.clone();
            for change in &changes {
                apply(&mut json, change, &track);
            }
            let submission = read(&json);
            Nomination { submission, now: Instant::parse(now).unwrap(), track }
        },
    )
}

/// One answer changed in a nomination: the key and what stands there now.
pub(crate) fn changed_answer() -> impl Strategy<Value = (Nomination, String, Option<Value>)> {
    (nominations(), any::<usize>(), put()).prop_map(|(nomination, at, put)| {
        let keys = nomination.track.keys();
        let key = keys[at % keys.len()].clone();
        let value = value(nomination.track.field(&key), put);
        (nomination, key, value)
    })
}

/// Attachments of wrong types are refused as a whole, so those stay as they are.
fn read(json: &Value) -> Submission {
    Submission::read(json.to_string().as_bytes()).unwrap_or_else(|fault| panic!("{fault}"))
}

fn apply(json: &mut Value, change: &Change, track: &Track) {
    let fields: Vec<&Field> =
        track.judge.track().fields().filter(|field| !field.is_file()).collect();
    let tables: Vec<&Field> =
        fields.iter().copied().filter(|field| !field.columns().is_empty()).collect();
    let slots: Vec<&str> = track
        .judge
        .track()
        .fields()
        .filter(|field| field.is_file())
        .map(|field| field.key.as_str())
        .collect();
    let answers = json["answers"].as_object_mut().unwrap();
    match change {
        Change::Answer(at, put) => {
            let field = fields[at % fields.len()];
            set(answers, &field.key, value(field, put.clone()));
        }
        Change::Cell(at, row, column, put) if !tables.is_empty() => {
            let table = tables[at % tables.len()];
            let column = &table.columns()[column % table.columns().len()];
            let Some(Value::Array(rows)) = answers.get_mut(&table.key) else { return };
            let length = rows.len().max(1);
            let Some(Value::Object(row)) = rows.get_mut(row % length) else { return };
            set(row, &column.key, value(column, put.clone()));
        }
        Change::Row(at, copy) if !tables.is_empty() => {
            let table = tables[at % tables.len()];
            let rows = answers.entry(table.key.clone()).or_insert_with(|| json!([]));
            let Value::Array(rows) = rows else { return };
            let first = rows.first().cloned().filter(|_| *copy);
            rows.push(first.unwrap_or_else(|| json!({})));
        }
        Change::NoRow(at) if !tables.is_empty() => {
            let table = tables[at % tables.len()];
            if let Some(Value::Array(rows)) = answers.get_mut(&table.key) {
                rows.pop();
            }
        }
        Change::File(at, part, put) => file(json, *at, *part, put, &slots),
        Change::Stray(put) => set(answers, "nobody_asked", value(fields[0], put.clone())),
        _ => {}
    }
}

fn set(map: &mut Map<String, Value>, key: &str, value: Option<Value>) {
    match value {
        Some(value) => drop(map.insert(key.to_owned(), value)),
        None => drop(map.remove(key)),
    }
}

fn file(json: &mut Value, at: usize, part: usize, put: &Put, slots: &[&str]) {
    let files = json["attachments"].as_array_mut().unwrap();
    if let Put::Nothing = put {
        if !files.is_empty() {
            files.remove(at % files.len());
        }
        return;
    }
    if part.is_multiple_of(5) && !slots.is_empty() {
        let slot = slots[at % slots.len()];
        files.push(json!({
            "slot": slot, "name": format!("{SECRET}.pdf"), "media_type": SECRET, "bytes": at, "sha256": SECRET,
            "upload": SECRET, "format": "pdf", "for": format!("{SECRET}.0"),
        }));
        return;
    }
    let length = files.len().max(1);
    let Some(file) = files.get_mut(at % length) else { return };
    let words = ["jpeg", "png", "pdf", "docx", "heic", SECRET, ""];
    let word = words[at % words.len()];
    match part % 9 {
        1 => file["format"] = json!(word),
        2 => file["bytes"] = json!(at % 3_000_000),
        3 => {
            file["image"] = json!({"width": at % 2000, "height": part % 2000, "background": word, "colour": at.is_multiple_of(2)});
        }
        4 => file["flaws"] = json!([word, "truncated"]),
        5 => file["slot"] = json!(SECRET),
        6 => file["name"] = json!(SECRET),
        7 => file["image"] = Value::Null,
        _ => file["for"] = json!(format!("honours.{}", part % 4)),
    }
}

fn value(field: &Field, put: Put) -> Option<Value> {
    match put {
        Put::Nothing => None,
        Put::Odd(value) => Some(value),
        Put::Likely(seed) => Some(likely(&field.kind, seed)),
    }
}

/// A value of the kind that a field asks for, right or nearly.
fn likely(kind: &FieldKind, seed: usize) -> Value {
    let one = |all: &[Value]| all[seed % all.len()].clone();
    match kind {
        FieldKind::Number(_) => one(&[0, 1, 5, 99, 100, 101, 2019, 2020, 2021].map(Value::from)),
        FieldKind::Month(_) => json!(format!("{}-{:02}", 1985 + seed % 40, seed / 40 % 13)),
        FieldKind::Date => json!(format!("2022-08-{:02}", seed % 33)),
        FieldKind::YesNo(_) => json!(seed.is_multiple_of(2)),
        FieldKind::Choice(choice) => {
            let mut all: Vec<Value> = choice.options.iter().map(|it| json!(it.value)).collect();
            all.extend(
                ["01", "02", "1", "2", "10", "40", "90", "居民身份证", "护照", SECRET]
                    .map(Value::from),
            );
            let word = one(&all);
            if seed.is_multiple_of(3) { json!({"code": word, "name": SECRET}) } else { word }
        }
        FieldKind::IdNumber => one(&[
            json!("150000198512310029"),
            json!("310000197001010011"),
            json!("15000019851231002X"),
            json!("H12345678"),
            json!("150000851231002"),
            json!(format!("1500001985{SECRET}")),
        ]),
        FieldKind::Phone => {
            one(&[json!("13800138000"), json!("0471-6543210"), json!(format!("138{SECRET}"))])
        }
        FieldKind::Uscc => one(&[json!("91350100M000100Y43"), json!(format!("9135{SECRET}"))]),
        FieldKind::Rows(_) => {
            one(&[json!([]), json!([{}]), json!([null, 5, {}]), json!([[SECRET]]), json!(SECRET)])
        }
        _ => one(&[
            json!(SECRET.repeat(1 + seed % 1500)),
            json!(" "),
            json!(format!("{SECRET}\n。")),
        ]),
    }
}
