//! Drafts under an edition of their campaign that nobody thought of: whatever was filled in is carried
//! over or left over, never lost.

use std::sync::OnceLock;

use nomination_form::{
    answers::Answers,
    campaign::{BASE_LANG, Campaign, Field, FieldKind, Track},
    rules::carry::{Carried, carry, labels},
    words::Words,
};
use proptest::{collection::vec, prelude::*};
use serde_json::{Value, json};

use crate::nominations::nominations;

/// Something an officer changes in a track, each by the place of what it is done to.
#[derive(Debug, Clone)]
pub(crate) enum Edit {
    RemoveField(usize),
    RemoveColumn(usize, usize),
    RemoveEntry(usize, usize),
    RemoveOption(usize, usize),
    Kind(usize, usize),
    ColumnKind(usize, usize, usize),
    /// Every table takes one row only.
    OneRow,
}

/// A kind of every sort.
fn kinds() -> &'static [FieldKind] {
    static KINDS: OnceLock<Vec<FieldKind>> = OnceLock::new();
    KINDS.get_or_init(read_kinds)
}

fn read_kinds() -> Vec<FieldKind> {
    let column =
        json!({"key": "start", "label": "起", "source": "inferred", "type": {"month": {}}});
    let kinds = json!([
        {"text": {}}, "person_name", {"essay": {}}, {"number": {}}, {"month": {"open": true}}, "date",
        "day_or_month", {"yes_no": {"yes": "有", "no": "无"}}, {"choice": {"codes": "political"}},
        {"choice": {"options": ["城市", {"value": "01", "label": "农村"}]}}, {"choices": {"codes": "ethnicity"}},
        {"choices": {"options": ["其他", "01"]}}, "id_number", "phone", "uscc",
        {"rows": {"row_label": "行", "fields": [column]}}, {"group": {"fields": [column]}},
        {"matrix": {"entries": [{"key": "公安部门"}], "fields": [column]}}, {"file": {"formats": ["pdf"]}},
    ]);
    let field = |(i, kind): (usize, &Value)| json!({"key": format!("k{i}"), "label": "问", "source": "inferred", "type": kind});
    let fields: Vec<_> = kinds.as_array().unwrap().iter().enumerate().map(field).collect();
    let campaign = json!({
        "format": "campaign/1", "id": "c", "revision": 1, "title": "题",
        "reference_date": "2022-08-20", "deadline": "2022-08-20",
        "tracks": [{
            "id": "t", "title": "题", "form": "1",
            "sections": [{"id": "s", "title": "节", "fields": fields}],
        }],
    });
    let campaign = Campaign::parse(campaign.to_string().as_bytes()).unwrap();
    campaign.tracks[0].fields().map(|field| field.kind.clone()).collect()
}

pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    let n = any::<usize>;
    prop_oneof![
        3 => n().prop_map(Edit::RemoveField),
        3 => (n(), n()).prop_map(|(field, column)| Edit::RemoveColumn(field, column)),
        1 => (n(), n()).prop_map(|(field, entry)| Edit::RemoveEntry(field, entry)),
        3 => (n(), n()).prop_map(|(field, option)| Edit::RemoveOption(field, option)),
        4 => (n(), n()).prop_map(|(field, kind)| Edit::Kind(field, kind)),
        4 => (n(), n(), n()).prop_map(|(field, column, kind)| Edit::ColumnKind(field, column, kind)),
        1 => Just(Edit::OneRow),
    ]
}

/// One of those that are of the kind asked for.
fn one(
    track: &mut Track,
    at: usize,
    suits: impl Fn(&Field) -> bool,
) -> Option<(&mut Vec<Field>, usize)> {
    let count = track.fields().filter(|field| suits(field)).count();
    let mut at = at.checked_rem(count)?;
    for section in &mut track.sections {
        for i in 0..section.fields.len() {
            if suits(&section.fields[i]) {
                if at == 0 {
                    return Some((&mut section.fields, i));
                }
                at -= 1;
            }
        }
    }
    None
}

fn columns(field: &mut Field) -> Option<&mut Vec<Field>> {
    match &mut field.kind {
        FieldKind::Rows(rows) => Some(&mut rows.fields),
        FieldKind::Group(group) => Some(&mut group.fields),
        FieldKind::Matrix(matrix) => Some(&mut matrix.fields),
        _ => None,
    }
}

/// The track after these edits; what there is nothing to do to stays as it is.
pub(crate) fn edited(track: &Track, edits: &[Edit]) -> Track {
    let mut edited = track.clone();
    for edit in edits {
        apply(&mut edited, edit);
    }
    edited
}

fn apply(track: &mut Track, edit: &Edit) -> Option<()> {
    let has_columns = |field: &Field| !field.columns().is_empty();
    let has_options = |field: &Field| {
        matches!(&field.kind, FieldKind::Choice(choice) if !choice.options.is_empty())
            || matches!(&field.kind, FieldKind::Choices(choices) if !choices.options.is_empty())
    };
    match *edit {
        Edit::RemoveField(at) => {
            let (fields, i) = one(track, at, |_| true)?;
            fields.remove(i);
        }
        Edit::RemoveColumn(at, column) => {
            let (fields, i) = one(track, at, has_columns)?;
            let columns = columns(&mut fields[i])?;
            let column = column % columns.len();
            columns.remove(column);
        }
        Edit::RemoveEntry(at, entry) => {
            let (fields, i) = one(track, at, |field| !field.entries().is_empty())?;
            let FieldKind::Matrix(matrix) = &mut fields[i].kind else { return None };
            let entry = entry % matrix.entries.len();
            matrix.entries.remove(entry);
        }
        Edit::RemoveOption(at, option) => {
            let (fields, i) = one(track, at, has_options)?;
            let options = match &mut fields[i].kind {
                FieldKind::Choice(choice) => &mut choice.options,
                FieldKind::Choices(choices) => &mut choices.options,
                _ => return None,
            };
            let option = option % options.len();
            options.remove(option);
        }
        Edit::Kind(at, kind) => {
            let kinds = kinds();
            let (fields, i) = one(track, at, |_| true)?;
            fields[i].kind = kinds[kind % kinds.len()].clone();
        }
        Edit::ColumnKind(at, column, kind) => {
            // A column holds a plain answer.
            let kinds = &kinds()[..15];
            let (fields, i) = one(track, at, has_columns)?;
            let columns = columns(&mut fields[i])?;
            let column = column % columns.len();
            columns[column].kind = kinds[kind % kinds.len()].clone();
        }
        Edit::OneRow => {
            for field in track.sections.iter_mut().flat_map(|section| &mut section.fields) {
                if let FieldKind::Rows(rows) = &mut field.kind {
                    rows.max = 1;
                }
            }
        }
    }
    Some(())
}

/// An answer with nothing in it but itself, and the way to it.
struct Leaf<'a> {
    way: Vec<String>,
    value: &'a Value,
}

fn leaves<'a>(value: &'a Value, way: &mut Vec<String>, found: &mut Vec<Leaf<'a>>) {
    let is_blank = value.is_null() || value.as_str().is_some_and(|words| words.trim().is_empty());
    match value {
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                way.push(i.to_string());
                leaves(item, way, found);
                way.pop();
            }
        }
        Value::Object(parts) => {
            for (key, part) in parts {
                way.push(key.clone());
                leaves(part, way, found);
                way.pop();
            }
        }
        _ if is_blank => {}
        value => found.push(Leaf { way: way.clone(), value }),
    }
}

fn texts(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    leaves(value, &mut Vec::new(), &mut found);
    found.iter().map(|leaf| text(leaf.value)).collect()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Where the answer stands now, the place within a list of choices left out.
fn followed<'a>(carried: &'a Carried, way: &[String]) -> Option<&'a Value> {
    let mut value = carried.answers.0.get(&way[0])?;
    for (i, part) in way.iter().enumerate().skip(1) {
        value = match value {
            Value::Object(parts) => parts.get(part)?,
            Value::Array(rows) if rows.iter().any(Value::is_object) && i == 1 => {
                match rows.first() {
                    // Several choices, coded: any of them.
                    Some(row) if row.get("code").is_some() => return Some(value),
                    _ => rows.get(carried.row(&way[0], part.parse().ok()?)?)?,
                }
            }
            _ => return Some(value),
        };
    }
    Some(value)
}

fn assert_nothing_lost(old: &Track, answers: &Answers, new: &Track) {
    let labels = labels(old, answers, BASE_LANG);
    let carried = carry(new, answers, &labels, Words::base());
    let mut found = Vec::new();
    for (key, value) in &answers.0 {
        leaves(value, &mut vec![key.clone()], &mut found);
    }
    for Leaf { way, value } in found {
        let path = way.join(".");
        let plain: Vec<_> = way
            .iter()
            .enumerate()
            .filter(|(i, part)| *i == 0 || part.parse::<usize>().is_err())
            .map(|(_, part)| part.as_str())
            .collect();
        let plain = plain.join(".");
        let mut readings = vec![text(value)];
        // The name beside a code is the code's, whatever stands there.
        let of_code = plain.strip_suffix(".code").or_else(|| plain.strip_suffix(".name"));
        let beside = answers.at(&format!("{}.code", path.rsplit_once('.').map_or("", |it| it.0)));
        let known = of_code
            .zip(beside.and_then(Value::as_str))
            .and_then(|(plain, code)| labels.get(&format!("{plain}={code}")));
        readings.extend(known.map(text));
        readings.extend(labels.get(&format!("{plain}={}", text(value))).map(text));
        readings.extend(value.as_bool().map(|yes| if yes { "是" } else { "否" }.to_owned()));
        let kept = followed(&carried, &way)
            .is_some_and(|now| texts(now).iter().any(|text| readings.contains(text)));
        let left = carried.left_over.iter().any(|left| {
            let above = path == left.path || path.starts_with(&format!("{}.", left.path));
            above && readings.iter().any(|words| left.text.contains(words))
        });
        assert!(kept || left, "lost {path}: {value}\n{:?}", carried.left_over);
    }
    for left in &carried.left_over {
        assert!(!left.text.trim().is_empty() && !left.label.is_empty(), "{}", left.path);
    }
}

proptest! {
    #![proptest_config(crate::config(400))]

    #[test]
    fn nothing_that_was_filled_in_is_lost(
        nomination in nominations(), edits in vec(edit(), 0..4)
    ) {
        let old = nomination.track.judge.track();
        let new = edited(old, &edits);
        assert_nothing_lost(old, &nomination.submission.answers, &new);
    }

    /// Carrying over twice is carrying over once: what has a place keeps it.
    #[test]
    fn what_was_carried_over_stays(nomination in nominations(), edits in vec(edit(), 0..3)) {
        let old = nomination.track.judge.track();
        let new = edited(old, &edits);
        let answers = &nomination.submission.answers;
        let carried = carry(&new, answers, &labels(old, answers, BASE_LANG), Words::base());
        let again = carry(&new, &carried.answers, &labels(&new, &carried.answers, BASE_LANG), Words::base());
        prop_assert_eq!(&again.answers, &carried.answers);
        prop_assert_eq!(&again.left_over, &vec![]);
    }
}

/// A complete nomination has nothing left over under the edition it was filled in for.
#[test]
fn what_a_form_took_it_takes_again() {
    for track in crate::nominations::tracks() {
        let (answers, track) = (track.base().answers, track.judge.track());
        let carried = carry(track, &answers, &labels(track, &answers, BASE_LANG), Words::base());
        assert_eq!(carried.left_over, []);
        // An open end that says nothing may be left out.
        assert_eq!(texts(&carried.answers.0.into()), texts(&answers.0.into()));
    }
}
