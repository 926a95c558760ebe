//! What the fuzzers do with the bytes they make up; the same is done with the bytes kept under
//! `tests/fixtures/fuzz/`, each of which once did harm.
//!
//! A target returns when all is well and panics when it is not. It refuses nothing: bytes that are
//! no campaign, no submission and no text are what it is for.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use nomination_form::{
    answers::Answers,
    campaign::{Campaign, Field, Logic, Op},
    files::{Reader, inspect},
    rules::{Given, Judge},
    standards::{
        Calendar, Instant,
        count::{Policy, count, counts, surplus_start},
    },
    submission::Submission,
};
use serde_json::{Map, Value, json};

use crate::slow_count;

/// A target by its name, with the bytes it is given.
pub(crate) type Target = fn(&[u8]);

/// Every target, by the name of its folder and its fuzzer.
#[allow(dead_code)] // a fuzzer knows its own
pub(crate) const ALL: [(&str, Target); 5] = [
    ("campaign", campaign),
    ("submission", submission),
    ("file", file),
    ("text", text),
    ("condition", condition),
];

/// A campaign file: parsed, and where it is one, asked to judge nothing and nonsense.
pub(crate) fn campaign(bytes: &[u8]) {
    match Campaign::parse(bytes) {
        Ok(campaign) => {
            let campaign = Arc::new(campaign);
            for track in &campaign.tracks {
                ask(&Judge::new(campaign.clone(), &track.id, calendar()).unwrap());
            }
        }
        Err(faults) => {
            assert!(!faults.is_empty());
            assert!(
                faults
                    .iter()
                    .all(|fault| fault.pointer.is_empty() || fault.pointer.starts_with('/'))
            );
        }
    }
}

/// Asks a judge about a nomination that is empty, and about one in which every answer is the same.
fn ask(judge: &Judge) {
    for value in
        [json!(null), json!("x"), json!(-1.5), json!(true), json!("2022-08-15"), json!([{}, 5])]
    {
        let answer = |field: &Field| {
            let row = || field.columns().iter().map(|column| (column.key.clone(), value.clone()));
            let full = Value::Object(row().collect());
            if field.columns().is_empty() { value.clone() } else { json!([full, {}, full]) }
        };
        let answers = judge.track().fields().map(|field| (field.key.clone(), answer(field)));
        let answers = Answers(answers.collect());
        let given = Given { answers: &answers, attachments: &[], now: now() };
        let verdict = judge.judge(&given);
        let one_by_one: usize =
            (0..judge.checks()).map(|check| judge.run(check, &given).len()).sum();
        assert_eq!(verdict.problems.len(), one_by_one);
        judge.computed(&given);
        for field in judge.track().fields() {
            judge.lines(&field.key, &answers);
            assert!(!judge.required(&field.key, &given) || judge.visible(&field.key, &given));
        }
    }
}

/// A submission: read, judged by every track that we ship, sent on and judged the same.
pub(crate) fn submission(bytes: &[u8]) {
    let Ok(mut submission) = Submission::read(bytes) else { return };
    for judge in judges() {
        submission.campaign.id.clone_from(&judge.campaign().id);
        submission.track.clone_from(&judge.track().id);
        let verdict = submission.judge(judge, now()).unwrap();
        assert_eq!(submission.judge(judge, now()), Ok(verdict.clone()));
        let sent = serde_json::to_vec(&submission).unwrap();
        let Ok(again) = Submission::read(&sent) else { continue };
        // A figure of more digits than people type may be read back a hair's breadth off.
        if again == submission {
            assert_eq!(again.judge(judge, now()), Ok(verdict));
        }
    }
}

/// A file: the same facts whatever the pieces it arrives in. The first two bytes say which.
pub(crate) fn file(bytes: &[u8]) {
    let [first, second, file @ ..] = bytes else { return };
    let whole = inspect(file);
    assert_eq!(whole.bytes, file.len() as u64);
    assert_eq!(whole.sha256.len(), 64);
    let (mut reader, mut rest) = (Reader::new(), file);
    for length in [usize::from(*first), usize::from(*second)].into_iter().cycle() {
        let Some((piece, after)) = rest.split_at_checked(length.max(1)) else { break };
        reader.push(piece);
        rest = after;
    }
    reader.push(rest);
    assert_eq!(reader.finish(), whole);
}

/// A text: counted as slowly as it is defined.
pub(crate) fn text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let found = counts(&text);
    assert_eq!(found.word, slow_count::word(&text));
    assert_eq!(found.chars_no_space, slow_count::chars_no_space(&text));
    assert_eq!(found.graphemes, slow_count::graphemes(&text));
    assert_eq!(found.han_only, slow_count::han_only(&text));
    assert!(found.word <= found.graphemes);
    for policy in Policy::ALL {
        let total = count(&text, policy);
        assert_eq!(surplus_start(&text, policy, total), None);
        let half = total / 2;
        let start = surplus_start(&text, policy, half);
        assert_eq!(start.is_some(), total > half);
        assert!(start.is_none_or(|start| count(&text[..start], policy) <= half));
    }
}

/// A condition, spelt by the bytes: what it finds, and that its opposite finds the opposite.
pub(crate) fn condition(bytes: &[u8]) {
    let mut bytes = bytes.iter().copied();
    let spelt = expression(&mut bytes, 0, false);
    let Ok(logic) = serde_json::from_value::<Logic>(spelt.clone()) else { return };
    assert_eq!(serde_json::to_value(&logic).unwrap(), spelt);
    let Ok(campaign) = Campaign::parse(form(&spelt).to_string().as_bytes()) else { return };
    let judge = Judge::new(Arc::new(campaign), "t", calendar()).unwrap();
    let answers: Answers = serde_json::from_value(answers(&mut bytes)).unwrap();
    let given = Given { answers: &answers, attachments: &[], now: now() };
    let asked = |key: &str| judge.visible(key, &given);
    assert_eq!(asked("asked"), !asked("not_asked"));
    assert_eq!(asked("asked"), asked("asked_twice"));
    judge.judge(&given);
    judge.computed(&given);
}

fn expression(bytes: &mut impl Iterator<Item = u8>, depth: usize, in_row: bool) -> Value {
    let byte = bytes.next().unwrap_or(0);
    let of = |all: &[&str], at: u8| all[usize::from(at) % all.len()].to_owned();
    let form = ["text", "number", "yes", "month", "day", "rows", "rows.0.n", "letter"];
    let columns = ["start", "end", "level", "flag", "n", ""];
    let keys = if in_row { &columns[..] } else { &form[..] };
    match byte {
        0..40 => json!({"var": of(keys, byte)}),
        40..60 => json!(i32::from(byte) - 50),
        60..80 => json!(of(
            &["", "7", "2022-08", "2022-08-15", "县级", "省级", "level", "flag", "甲", "08:00"],
            byte
        )),
        80..90 => [json!(null), json!(true), json!(false)][usize::from(byte) % 3].clone(),
        90..95 => json!({"answer": of(&form, byte)}),
        95..110 => (0..byte % 5).map(|_| expression(bytes, depth + 1, in_row)).collect(),
        _ if depth > 12 => json!(1),
        _ => {
            let (op, name, least, most) = Op::ALL[usize::from(byte) % Op::ALL.len()];
            let count =
                least + usize::from(bytes.next().unwrap_or(0)) % (most.min(least + 2) - least + 1);
            let walks = op.walks_rows();
            let args = (0..count).map(|at| match (walks, at) {
                (true, 0) if !byte.is_multiple_of(4) => json!({"var": "rows"}),
                (true, 1) => expression(bytes, depth + 1, true),
                (false, 0) if op == Op::ServiceMonths => json!({"var": "rows"}),
                (false, 1) if op == Op::ServiceMonths => json!("flag"),
                (false, 0) if op == Op::AtLeast => json!("level"),
                _ => expression(bytes, depth + 1, in_row),
            });
            json!({name: args.collect::<Vec<_>>()})
        }
    }
}

/// Answers to the questions of [`form`], right or nearly.
fn answers(bytes: &mut impl Iterator<Item = u8>) -> Value {
    let mut value = || {
        let byte = bytes.next().unwrap_or(0);
        let all = [
            json!(null),
            json!("7"),
            json!(byte),
            json!(7.5),
            json!(true),
            json!(false),
            json!("2022-08"),
            json!("2022-08-15"),
            json!("省级"),
            json!({"code": "01"}),
            json!([1]),
            json!(""),
            json!("字".repeat(byte.into())),
        ];
        all[usize::from(byte) % all.len()].clone()
    };
    let mut answers: Map<String, Value> = ["text", "number", "yes", "month", "day"]
        .into_iter()
        .map(|key| (key.to_owned(), value()))
        .collect();
    let row = |value: &mut dyn FnMut() -> Value| -> Value {
        let columns = ["start", "end", "level", "flag", "n"];
        columns.into_iter().map(|key| (key.to_owned(), value())).collect::<Map<_, _>>().into()
    };
    answers.insert("rows".to_owned(), json!([row(&mut value), row(&mut value), {}]));
    answers.into()
}

/// A form that asks for an answer of each kind, and shows one where the condition holds.
fn form(condition: &Value) -> Value {
    let field = |key: &str, kind: Value| json!({"key": key, "label": key, "type": kind, "source": "inferred"});
    let columns = [
        field("start", json!({"month": {}})),
        field("end", json!({"month": {"open": true}})),
        field("level", json!({"text": {}})),
        field("flag", json!({"yes_no": {}})),
        field("n", json!({"number": {}})),
    ];
    let mut fields = vec![
        field("text", json!({"text": {}})),
        field("number", json!({"number": {}})),
        field("yes", json!({"yes_no": {}})),
        field("month", json!({"month": {}})),
        field("day", json!("date")),
        field("letter", json!({"file": {"formats": ["pdf"]}})),
        field("rows", json!({"rows": {"row_label": "行", "fields": columns}})),
    ];
    let shown = [
        ("asked", json!({"!!": [condition]})),
        ("not_asked", json!({"!": [condition]})),
        ("asked_twice", json!({"and": [condition, condition]})),
    ];
    for (key, visible) in shown {
        let mut asked = field(key, json!({"text": {}}));
        asked["visible"] = visible;
        fields.push(asked);
    }
    json!({
        "format": "campaign/1", "id": "c", "revision": 1, "title": "题", "reference_date": "2022-08-20",
        "deadline": "2022-08-20", "scales": {"level": [["县级"], ["市级"], ["省级"]]},
        "tracks": [{
            "id": "t", "title": "题", "form": "1", "sections": [{"id": "s", "title": "节", "fields": fields}],
            "computed": [{"key": "found", "label": "得", "beside": "text", "value": condition}],
        }]
    })
}

/// A judge for every track that we ship.
fn judges() -> &'static [Judge] {
    static JUDGES: OnceLock<Vec<Judge>> = OnceLock::new();
    JUDGES.get_or_init(|| {
        let files = std::fs::read_dir(folder("public/campaigns")).unwrap();
        let campaigns = files
            .map(|file| Campaign::parse(&std::fs::read(file.unwrap().path()).unwrap()).unwrap());
        let of = |campaign: Campaign| {
            let campaign = Arc::new(campaign);
            let tracks: Vec<_> = campaign.tracks.iter().map(|track| track.id.clone()).collect();
            tracks
                .into_iter()
                .map(move |track| Judge::new(campaign.clone(), &track, calendar()).unwrap())
        };
        campaigns.flat_map(of).collect()
    })
}

/// A folder of the package, from here or from the fuzzers' own package inside it.
pub(crate) fn folder(name: &str) -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = here.ancestors().map(|dir| dir.join(name)).find(|dir| dir.is_dir());
    found.unwrap_or_else(|| panic!("no {name}"))
}

fn calendar() -> Arc<Calendar> {
    static CALENDAR: OnceLock<Arc<Calendar>> = OnceLock::new();
    CALENDAR.get_or_init(|| Arc::new(Calendar::built_in())).clone()
}

fn now() -> Instant {
    Instant::parse("2022-08-18T10:00:00+08:00").unwrap()
}
