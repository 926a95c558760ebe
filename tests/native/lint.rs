//! `nomination lint`: each fault and doubt with its code, its place and what to do.

use std::{env, fs, path::PathBuf, sync::Arc};

use nomination_form::{
    answers::Answers,
    campaign::{
        Campaign,
        lint::{Finding, Kind, lint},
    },
    rules::{Given, Judge},
    standards::{Calendar, Instant},
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    command::run,
    golden::{self, files},
};

fn plain() -> Value {
    serde_json::from_slice(&files::one("tests/fixtures/campaigns", "plain")).unwrap()
}

/// What is said against a case: a change to a campaign that nothing is said against.
fn found(case: &Value) -> Vec<Finding> {
    let mut json = plain();
    for (pointer, value) in case["set"].as_object().unwrap() {
        golden::set(&mut json, pointer, value.clone());
    }
    lint(json.to_string().as_bytes())
}

fn written(finding: &Finding) -> Value {
    assert_eq!(finding.kind, Kind::Doubt, "{finding}");
    json!({"code": finding.code, "pointer": finding.pointer, "message": finding.message})
}

#[test]
fn every_doubtful_campaign_earns_its_doubts() {
    let update = env::var_os("UPDATE_EXPECT").is_some();
    for (name, bytes) in files::all("tests/fixtures/lint") {
        let mut case: Value =
            serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        let found: Value = found(&case).iter().map(written).collect();
        if update {
            case["doubts"] = found;
            let path = files::folder("tests/fixtures/lint").join(format!("{name}.json"));
            fs::write(path, format!("{case:#}\n")).unwrap();
        } else {
            assert_eq!(found, case["doubts"], "{name}");
            assert_ne!(found, json!([]), "{name}");
        }
    }
}

/// What an officer gets wrong most, each found whether it is a fault or a doubt.
#[test]
fn the_usual_slips_are_found() {
    let fields = "/tracks/0/sections/0/fields";
    let slips = [
        (
            "a limit without a unit",
            "/tracks/0/rules/0/check/length",
            json!({"field": "deeds", "max": 5}),
            "wrong-shape",
        ),
        (
            "a rule on a missing key",
            "/tracks/0/rules/0/check/length/field",
            json!("deed"),
            "unknown-field",
        ),
        ("a circular condition", &format!("{fields}/1/visible"), json!({"var": "other"}), "circle"),
        (
            "an unreachable condition",
            &format!("{fields}/5/visible"),
            json!({"==": [{"var": "member"}, 1]}),
            "impossible-value",
        ),
        ("no clause", &format!("{fields}/0/source/notice/clause"), json!(""), "no-clause"),
        (
            "a file never asked for",
            "/tracks/0/sections/1/fields/0/required",
            json!(false),
            "never-asked",
        ),
        (
            "an option twice",
            &format!("{fields}/1/type/choice/options"),
            json!(["其他", "其他"]),
            "twice",
        ),
        ("dates out of order", "/deadline", json!("2022-07-31"), "dates-order"),
    ];
    for (what, pointer, value, code) in slips {
        let mut json = plain();
        golden::set(&mut json, pointer, value);
        let text = format!("{json:#}");
        let found = lint(text.as_bytes());
        let slip = found.iter().find(|found| found.code == code);
        let slip = slip.unwrap_or_else(|| panic!("{what}: {found:?}"));
        assert!(slip.pointer.starts_with(pointer) || pointer.starts_with(&slip.pointer), "{slip}");
        assert!(slip.line > 1, "{slip}");
    }
}

#[test]
fn nothing_is_said_against_a_plain_campaign() {
    assert_eq!(found(&json!({"set": {}})), []);
}

/// The doubts about the campaigns we ship are few enough to be looked at one by one.
#[test]
fn the_campaigns_we_ship_are_without_faults() {
    for (name, bytes) in files::all("public/campaigns") {
        let faults: Vec<_> =
            lint(&bytes).into_iter().filter(|found| found.kind == Kind::Fault).collect();
        assert_eq!(faults, [], "{name}");
    }
}

#[test]
fn every_fault_has_the_place_of_what_it_names() {
    for (name, bytes) in files::all("tests/fixtures/faults") {
        let case: Value = serde_json::from_slice(&bytes).unwrap();
        let Some(text) = case["text"].as_str() else { continue };
        let expected = case["faults"].as_array().unwrap().len();
        let found = lint(text.as_bytes());
        assert_eq!(found.len(), expected, "{name}");
        assert!(found.iter().all(|found| found.kind == Kind::Fault), "{name}");
    }
}

/// Where the first finding about a text stands, and its code.
#[track_caller]
fn first(text: &str, place: (usize, usize), code: &str) {
    let found = lint(text.as_bytes());
    let found = found.first().unwrap();
    assert_eq!((found.line, found.column, found.code), (place.0, place.1, code), "{found}");
}

#[test]
fn lines_and_columns_are_those_an_editor_shows() {
    first("{\n  \"名称\": 5,\n}", (3, 1), "not-json");
    first("{\n  \"名称\" 5}", (2, 8), "not-json");
    first("", (1, 1), "not-json");
    first("{\"a\": \"\u{0}\"}", (1, 8), "not-json");
    first("\u{FEFF}{\"a\": ]}", (1, 7), "not-json");
    let found = lint(b"{\"a\": 1,\n\"b\": \"\xFF\"}");
    assert_eq!((found[0].line, found[0].column), (2, 7));
    let head = r#""format": "campaign/1", "id": "x", "revision": 1, "tracks": []"#;
    let dates = |deadline: &str| {
        format!(
            "{{{head},\n \"title\": \"名\", \"reference_date\": \"2022-08-20\",\n\"deadline\": {deadline}}}"
        )
    };
    first(&dates("\"2022-02-30\""), (3, 13), "wrong-shape");
    first(&dates("\"2022-08-20\", \"id\": \"y\""), (3, 27), "twice");
    first(&dates("\"2022-08-20\",\n\t\"titel\": 1"), (4, 2), "wrong-shape");
    first(&dates("\"2022-08-20\""), (1, 62), "out-of-bounds");
}

#[test]
fn a_hostile_file_is_a_fault_and_nothing_worse() {
    for bytes in [
        b"[".repeat(2_000_000),
        b"[".repeat(100_000),
        vec![b' '; 3_000_000],
        b"\"".to_vec(),
        b"[1e999]".to_vec(),
        br#"{"id": "\ud800"}"#.to_vec(),
        b"null".to_vec(),
        format!("{{{}}}", r#""a":1,"#.repeat(100_000)).into_bytes(),
    ] {
        let found = lint(&bytes);
        assert!(!found.is_empty() && found.iter().all(|found| found.kind == Kind::Fault));
    }
}

/// Files that something fell out of, as an editor leaves them.
#[test]
fn whatever_is_missing_the_findings_are_in_the_file() {
    let text = String::from_utf8(files::one("tests/fixtures/campaigns", "plain")).unwrap();
    let marks: Vec<_> = text.char_indices().map(|(at, _)| at).collect();
    let mut dice = Dice(7);
    for _ in 0..200 {
        let from = dice.roll(marks.len() - 40);
        let rest = &text[marks[from + 1 + dice.roll(39)]..];
        let broken = format!("{}{rest}", &text[..marks[from]]);
        let lines: Vec<_> = broken.split('\n').map(|line| line.chars().count()).collect();
        for found in lint(broken.as_bytes()) {
            let width = lines.get(found.line - 1).unwrap_or_else(|| panic!("{found}"));
            assert!((1..=width + 1).contains(&found.column), "{found}");
        }
    }
}

/// A condition of many variables is given up on, not tried out for years.
#[test]
fn a_campaign_cannot_make_the_lint_cost_much() {
    let mut json = plain();
    let fields = json["tracks"][0]["sections"][0]["fields"].as_array_mut().unwrap();
    for i in 0..1_000 {
        let all: Vec<_> =
            (0..50).map(|j| json!({"var": format!("k{}", (i + j) % 1_000)})).collect();
        fields.push(json!({
            "key": format!("k{i}"), "label": format!("问{i}"), "type": {"yes_no": {}},
            "source": "inferred", "required": {"and": all}
        }));
    }
    let bytes = json.to_string().into_bytes();
    assert!(bytes.len() < nomination_form::campaign::MAX_BYTES, "{}", bytes.len());
    assert_eq!(lint(&bytes), []);
}

/// A number from 0 below `below`, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }

    fn one<'v>(&mut self, of: &[&'v str]) -> &'v str {
        of[self.roll(of.len())]
    }

    /// A condition of comparisons of these two kinds, so that they meet.
    fn condition(&mut self, depth: usize, kinds_of: [usize; 2]) -> Value {
        let kinds = ["城市", "农村", "其他"];
        let orders = ["<", "<=", ">", ">="];
        let compare = depth == 0 || self.roll(3) == 0;
        match if compare { kinds_of[self.roll(2)] } else { 8 + self.roll(4) } {
            0 => json!({"==": [{"var": "kind"}, self.one(&kinds)]}),
            1 => json!({"!=": [{"var": "kind"}, self.one(&kinds)]}),
            2 => json!({"in": [{"var": "kind"}, [self.one(&kinds), self.one(&kinds)]]}),
            3 => json!({(self.one(&orders)): [{"var": "age"}, 16 + self.roll(4)]}),
            4 => {
                let months = ["2010-01", "2012-11"];
                json!({(self.one(&orders)): [{"var": "since"}, self.one(&months)]})
            }
            5 => {
                let value = [json!(true), json!(false), json!(null)];
                json!({"==": [{"var": "member"}, value[self.roll(3)].clone()]})
            }
            6 => {
                let step = self.one(&["县级", "市级", "省级"]);
                json!({"at_least": ["level", {"var": "honour"}, step]})
            }
            7 => {
                let (op, key) = (self.one(&["!!", "given", "!"]), self.one(&["since", "kind"]));
                json!({op: {"var": key}})
            }
            8 => json!({"!": self.condition(depth - 1, kinds_of)}),
            9 => {
                let [a, b, c] = [(); 3].map(|()| self.condition(depth - 1, kinds_of));
                json!({"if": [a, b, c]})
            }
            more => {
                let [a, b] = [(); 2].map(|()| self.condition(depth - 1, kinds_of));
                json!({(["and", "or"][more - 10]): [a, b]})
            }
        }
    }
}

/// All answers that tell the conditions above apart.
fn answers() -> Vec<Answers> {
    let choices = [
        ("kind", vec![json!("城市"), json!("农村"), json!("其他")]),
        ("age", (16..21).map(Value::from).collect()),
        ("member", vec![json!(true), json!(false)]),
        (
            "since",
            ["2009-12", "2010-01", "2012-10", "2012-11", "2012-12"].map(Value::from).to_vec(),
        ),
        ("honour", ["县级", "市级", "省级"].map(Value::from).to_vec()),
    ];
    let mut all = vec![json!({})];
    for (key, values) in choices {
        let with = |answers: &Value, value: &Value| {
            let mut answers = answers.clone();
            answers[key] = value.clone();
            answers
        };
        let values = [values, vec![Value::Null]].concat();
        all = all.iter().flat_map(|it| values.iter().map(|value| with(it, value))).collect();
    }
    all.into_iter().map(|json| serde_json::from_value(json).unwrap()).collect()
}

/// What the lint holds for impossible never happens, and what always happens is no answer's doing.
#[test]
fn the_lint_understands_conditions_as_the_engine_does() {
    let keys = ["kind", "age", "member", "since", "honour"];
    let mut json = plain();
    json["tracks"][0]["sections"].as_array_mut().unwrap().truncate(1);
    let fields = json["tracks"][0]["sections"][0]["fields"].as_array_mut().unwrap();
    fields.retain(|field| keys.contains(&field["key"].as_str().unwrap()));
    fields[1]["type"] = json!({"number": {"min": 16, "max": 21, "whole": true, "unit": "岁"}});
    let answers = answers();
    let now = Instant::parse("2022-08-18T10:00:00+08:00").unwrap();
    let (mut dice, mut never, mut always) = (Dice(1), 0, 0);
    for _ in 0..250 {
        let kinds_of = [dice.roll(8), dice.roll(8)];
        let when = dice.condition(2, kinds_of);
        json["tracks"][0]["rules"] = json!([{"id": "n", "severity": "info", "source": "inferred", "check": {"note": {"field": "kind", "when": when}}}]);
        let bytes = json.to_string().into_bytes();
        let campaign = Arc::new(Campaign::parse(&bytes).unwrap());
        let judge = Judge::new(campaign, "one", Arc::new(Calendar::plain())).unwrap();
        let note = judge.depending_on("kind").last().unwrap();
        let holds: Vec<_> = answers
            .iter()
            .map(|answers| Given { answers, attachments: &[], now })
            .map(|given| judge.run(*note, &given).iter().any(|it| it.rule == "n"))
            .collect();
        let says = |code: &str| {
            let at = "/tracks/0/rules/0/check/note/when";
            lint(&bytes).iter().any(|found| found.code == code && found.pointer == at)
        };
        if says("never") {
            never += 1;
            assert!(!holds.contains(&true), "{when}");
        }
        if says("always") {
            always += 1;
            assert!(!holds.contains(&false), "{when}");
        }
        if !holds.contains(&true) || !holds.contains(&false) {
            assert!(
                lint(&bytes)
                    .iter()
                    .any(|found| ["never", "always", "impossible-value"].contains(&found.code)),
                "{when}"
            );
        }
    }
    assert!(never >= 5 && always >= 5, "{never} {always}");
}

fn file(dir: &TempDir, name: &str, json: &Value) -> PathBuf {
    let path = dir.path().join(name);
    fs::write(&path, format!("{json:#}")).unwrap();
    path
}

#[test]
fn the_status_fits_a_build_server() {
    let dir = TempDir::new().unwrap();
    let mut doubtful = plain();
    doubtful["notice"] = json!(null);
    let mut faulty = plain();
    faulty["titel"] = json!(1);
    let paths = [("plain.json", plain()), ("doubtful.json", doubtful), ("faulty.json", faulty)]
        .map(|(name, json)| file(&dir, name, &json));
    let [plain, doubtful, faulty] = paths.each_ref().map(|path| path.to_str().unwrap());
    let status = |args: &[&str]| run(&[&["lint"], args].concat(), b"").status;
    assert_eq!(status(&[plain]), 0);
    assert_eq!(status(&[doubtful]), 0);
    assert_eq!(status(&["--strict", plain]), 0);
    assert_eq!(status(&["--strict", doubtful]), 1);
    assert_eq!(status(&[doubtful, faulty, plain]), 1);
    assert_eq!(status(&[faulty, "nowhere.json"]), 2);
    assert_eq!(status(&[]), 2);
}

#[test]
fn all_findings_of_all_files_are_printed() {
    let dir = TempDir::new().unwrap();
    let mut faulty = plain();
    faulty["titel"] = json!(1);
    faulty["deadline"] = json!("2022-13-01");
    let (one, two) = (file(&dir, "one.json", &faulty), file(&dir, "two.json", &faulty));
    let (one, two) = (one.to_str().unwrap(), two.to_str().unwrap());
    let human = run(&["lint", one, two], b"");
    assert_eq!((human.out.lines().count(), human.err.as_str()), (4, ""));
    let beginning = format!("{one}:2:15: fault wrong-shape /deadline: ");
    assert!(human.out.starts_with(&beginning), "{}", human.out);
    let machine = run(&["lint", "--json", one, two], b"");
    let lines: Vec<Value> =
        machine.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[3]["file"], two);
    assert_eq!(
        (&lines[3]["kind"], &lines[3]["code"], &lines[3]["pointer"]),
        (&json!("fault"), &json!("wrong-shape"), &json!("/titel"))
    );
    assert!(lines[3]["line"].is_u64() && lines[3]["column"].is_u64());
}
