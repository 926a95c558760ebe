//! The command: exit status, what it says, and what it never says.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    thread,
};

use nomination_form::{standards::Instant, submission::Submission};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    command::{self, Run},
    golden::{self, files::folder},
};

const NOW: [&str; 2] = ["--now", "2022-08-18T10:00:00+08:00"];

fn run(submission: &[u8], more: &[&str]) -> Run {
    run_with(&folder("public/campaigns/nm2022.json"), submission, more)
}

fn run_with(campaign: &Path, submission: &[u8], more: &[&str]) -> Run {
    let dir = TempDir::new().unwrap();
    let file = written(&dir, "submission.json", submission);
    let campaign = campaign.to_str().unwrap();
    let args = ["verify", "--campaign", campaign, NOW[0], NOW[1]];
    command::run(&[&args, more, &[file.to_str().unwrap()]].concat(), b"")
}

/// Judges lines, by the campaigns we ship.
fn lines(input: &[u8]) -> Run {
    command::run(&["verify", "--jsonl", NOW[0], NOW[1]], input)
}

/// One value a line.
fn values(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The complete nomination as one line, with its end.
fn line(change: impl Fn(&mut Value)) -> Vec<u8> {
    let mut json = golden::base("nm2022.worker");
    change(&mut json);
    format!("{json}\n").into_bytes()
}

fn written(dir: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = dir.path().join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn changed(pointer: &str, value: Value) -> Vec<u8> {
    let mut json = golden::base("nm2022.worker");
    golden::set(&mut json, pointer, value);
    json.to_string().into_bytes()
}

#[test]
fn a_complete_nomination_is_zero() {
    let run = run(golden::base("nm2022.worker").to_string().as_bytes(), &[]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_eq!(run.out, "{\"ok\":true,\"problems\":[]}\n");
}

#[test]
fn warnings_alone_are_zero_and_errors_are_one() {
    let warned = run(&changed("/answers/phone", json!("15412345678")), &[]);
    assert_eq!((warned.status, warned.out.contains("\"warn\"")), (0, true));
    let wrong = run(&changed("/answers/name", json!(null)), &[]);
    assert_eq!((wrong.status, wrong.out.contains("required:name")), (1, true));
}

#[test]
fn messages_are_in_the_language_asked_for() {
    let nameless = changed("/answers/name", json!(null));
    let english = run(&nameless, &["--lang", "en"]);
    assert_eq!((english.status, english.out.contains("is not filled in")), (1, true));
    assert_eq!(run(&nameless, &["--lang", "en-GB"]).out, english.out);
    let chinese = run(&nameless, &[]);
    assert_eq!(run(&nameless, &["--lang", "zh-CN"]).out, chinese.out);
    assert!(chinese.out.contains("补上这一项"), "{}", chinese.out);
    let unknown = run(&nameless, &["--lang", "xx"]);
    assert_eq!((unknown.status, unknown.err.contains("zh-CN")), (2, true));
}

#[test]
fn what_cannot_be_judged_is_two_and_says_why() {
    for (bytes, says) in [
        (b"{\"format\": ".to_vec(), "not JSON at line 1"),
        (b"{}".to_vec(), "missing field `format`"),
        (
            changed("/campaign/id", json!("sh2023")),
            "/campaign/id: another campaign, expected `nm2022`",
        ),
        (
            changed("/track", json!("nm2022.nobody")),
            "/track: another track, expected one of `nm2022.worker`",
        ),
        (vec![b'['; 6_000_000], "expected at most 5000000"),
        (b"[".repeat(5_000), "nested deeper than 20 levels"),
        (vec![0xFF, 0xFE, 0x00], "not JSON"),
    ] {
        let run = run(&bytes, &[]);
        assert_eq!(run.status, 2, "{says}");
        assert!(run.err.starts_with("nomination: ") && run.err.contains(says), "{}", run.err);
        let [line] = &values(&run.out)[..] else { panic!("{}", run.out) };
        assert_eq!(line["ok"], false);
        let unusable = line["unusable"].as_object().unwrap();
        assert_eq!(unusable.keys().collect::<Vec<_>>(), ["code", "message", "pointer"]);
    }
}

#[test]
fn a_campaign_with_faults_names_all_of_them() {
    let dir = TempDir::new().unwrap();
    let campaign = written(&dir, "campaign.json", br#"{"format": "campaign/1", "titel": "x"}"#);
    let run = run_with(&campaign, b"{}", &[]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("/titel: unknown field `titel`, expected one of"), "{}", run.err);
    let missing = run_with(&dir.path().join("nowhere.json"), b"{}", &[]);
    assert_eq!(missing.status, 2);
    assert!(missing.err.contains("nowhere.json"));
}

#[test]
fn the_time_and_the_calendar_can_be_given() {
    let dir = TempDir::new().unwrap();
    let calendar = br#"{"2022": {"holidays": ["2022-08-15"], "workdays": []}}"#;
    let calendar = written(&dir, "calendar.json", calendar);
    let base = golden::base("nm2022.worker").to_string();
    let run_at = run(base.as_bytes(), &["--calendar", calendar.to_str().unwrap()]);
    assert_eq!((run_at.status, run_at.out.contains("notice.short")), (1, true));
    let broken = written(&dir, "broken.json", b"[]");
    assert_eq!(run(base.as_bytes(), &["--calendar", broken.to_str().unwrap()]).status, 2);
}

#[test]
fn a_wrong_time_or_command_line_is_two() {
    for args in [
        &["verify", "--campaign", "x", "--now", "yesterday", "y"][..],
        &["verify", "--campaign", "x", "--campaigns", "y", "z"],
        &["verify", "--jsonl", "x"],
        &["verify", "nowhere.json"],
        &["verify"],
        &[],
    ] {
        assert_eq!(command::run(args, b"").status, 2, "{args:?}");
    }
}

#[test]
fn no_answer_comes_out_whatever_its_shape() {
    let keys: Vec<String> =
        golden::base("nm2022.worker")["answers"].as_object().unwrap().keys().cloned().collect();
    let shapes = [
        json!(SECRET),
        json!([SECRET]),
        json!([{"start": SECRET, "end": SECRET, "year": SECRET, "grade": SECRET, "kind": SECRET, "place": SECRET}]),
        json!({"code": SECRET, "name": SECRET}),
    ];
    for shape in &shapes {
        let mut json = golden::base("nm2022.worker");
        for key in &keys {
            golden::set(&mut json, &format!("/answers/{key}"), shape.clone());
        }
        for (i, member) in ["name", "format", "media_type", "upload", "sha256"].iter().enumerate() {
            golden::set(&mut json, &format!("/attachments/{}/{member}", i % 3), json!(SECRET));
        }
        let run = run(json.to_string().as_bytes(), &[]);
        assert_eq!(run.status, 1, "{}", run.err);
        assert!(!run.out.contains("乌兰图雅") && !run.out.contains("13900139000"), "{}", run.out);
    }
    for pointer in [
        "/format",
        "/id",
        "/revision",
        "/campaign",
        "/track",
        "/answers",
        "/attachments",
        "/computed",
    ] {
        for value in [json!(SECRET), json!([SECRET]), json!({"id": SECRET})] {
            let run = run(&changed(pointer, value), &[]);
            assert!(
                !run.err.contains("乌兰图雅") && !run.out.contains("乌兰图雅"),
                "{pointer}: {}",
                run.err
            );
        }
    }
}

#[test]
fn several_files_have_a_line_each_in_their_order() {
    let dir = TempDir::new().unwrap();
    let fine = written(&dir, "fine.json", &changed("/revision", json!(2)));
    let wrong = written(&dir, "wrong.json", &changed("/answers/name", json!(null)));
    let missing = dir.path().join("missing.json");
    let files = [&fine, &missing, &wrong].map(|path| path.to_str().unwrap());
    let run = command::run(&[&["verify", NOW[0], NOW[1]], &files[..]].concat(), b"");
    let found = values(&run.out);
    assert_eq!((run.status, found.len()), (2, 3));
    assert_eq!(found[0], json!({"ok": true, "problems": []}));
    assert_eq!(found[1]["unusable"]["code"], "unreadable");
    assert_eq!(found[2]["problems"][0]["rule"], "required:name");
    assert!(run.err.contains("missing.json"), "{}", run.err);
    let input = changed("/revision", json!(2));
    assert_eq!(command::run(&["verify", NOW[0], NOW[1], "-"], &input).status, 0);
}

#[test]
fn the_campaign_is_found_by_its_id() {
    let dir = TempDir::new().unwrap();
    for (id, content) in [("mine", smallest("mine")), ("broken", "{}".to_owned())] {
        written(&dir, &format!("{id}.json"), content.as_bytes());
    }
    written(&dir, ".hidden.json", smallest(".hidden").as_bytes());
    let folder = dir.path().join("in");
    fs::create_dir(&folder).unwrap();
    let of = |id: &str| json!({"format": "nomination/1", "campaign": {"id": id}, "track": "t", "answers": {}});
    let ids = ["mine", "other", "broken", "../mine", "/etc/passwd", ".hidden", "mine\u{0}", "mine"];
    let input: Vec<_> = ids.iter().map(|id| of(id).to_string()).collect();
    let args = ["verify", "--jsonl", "--campaigns", dir.path().to_str().unwrap()];
    let run = command::run(&args, input.join("\n").as_bytes());
    let code = |line: &Value| line["unusable"]["code"].as_str().unwrap_or("judged").to_owned();
    let codes: Vec<_> = values(&run.out).iter().map(code).collect();
    let unknown = "unknown-campaign";
    assert_eq!(
        codes,
        [
            "unknown-track",
            unknown,
            "faulty-campaign",
            unknown,
            unknown,
            unknown,
            unknown,
            "unknown-track"
        ]
    );
    assert_eq!((run.status, run.err.as_str()), (2, ""));
    // Where it was looked for is said in words, the id that came from outside is not.
    let lost =
        command::run_in(&folder, &["verify", "--jsonl"], of("secret").to_string().as_bytes());
    assert!(
        lost.out.contains("no file `<campaign.id>.json` in `public/campaigns`"),
        "{}",
        lost.out
    );
    assert!(!lost.out.contains("secret"));
}

fn smallest(id: &str) -> String {
    let bytes = golden::files::one("tests/fixtures/campaigns", "smallest");
    let mut json: Value = serde_json::from_slice(&bytes).unwrap();
    json["id"] = id.into();
    json.to_string()
}

#[test]
fn lines_are_answered_in_their_order_whatever_each_of_them_costs() {
    let row =
        json!({"start": "2020-01", "end": "2020-02", "org": "某", "role": "某", "kind": "work"});
    let mut input = Vec::new();
    for number in 2..400 {
        input.extend(line(|json| {
            json["campaign"]["revision"] = number.into();
            if number % 10 == 0 {
                json["answers"]["resume"] = vec![row.clone(); 60].into();
            }
        }));
    }
    let run = lines(&input);
    assert_eq!((run.status, run.err.as_str()), (1, ""));
    let found: Vec<_> = values(&run.out)
        .iter()
        .map(|verdict| verdict["problems"][0]["params"]["found"].as_i64().unwrap())
        .collect();
    assert_eq!(found, (2..400).collect::<Vec<_>>());
}

/// Every campaign and track in one stream, and each judged by its own.
#[test]
fn campaigns_and_tracks_may_be_mixed() {
    let shipped = |name: &str| ["sh2023", "nm2022", "jl2023"].iter().any(|id| name.starts_with(id));
    let mut bases = golden::files::all("tests/fixtures/verdicts/base");
    bases.retain(|(name, _)| shipped(name));
    assert_eq!(bases.len(), 6);
    let json: Vec<Value> =
        bases.iter().map(|(_, bytes)| serde_json::from_slice(bytes).unwrap()).collect();
    let input: Vec<_> = json.iter().cycle().take(60).map(Value::to_string).collect();
    let now = Instant::parse(NOW[1]).unwrap();
    let expected: Vec<Value> = bases
        .iter()
        .map(|(_, bytes)| Submission::read(bytes).unwrap())
        .map(|submission| submission.judge(&golden::judge(&submission), now).unwrap())
        .map(|verdict| serde_json::to_value(verdict).unwrap())
        .collect();
    let found = values(&lines(input.join("\n").as_bytes()).out);
    assert_eq!(found.len(), 60);
    for (i, found) in found.iter().enumerate() {
        assert_eq!(*found, expected[i % expected.len()], "{}", bases[i % bases.len()].0);
    }
}

#[test]
fn the_status_is_that_of_the_worst_line() {
    let (fine, wrong) = (line(|_| {}), line(|json| json["answers"]["name"] = json!(null)));
    assert_eq!(lines(b"").status, 0);
    assert_eq!(lines(&fine).status, 0);
    assert_eq!(lines(&[&fine[..], &wrong, &fine].concat()).status, 1);
    assert_eq!(lines(&[&fine[..], b"\n", &wrong].concat()).status, 2);
    assert_eq!(command::run(&["verify", "--jsonl", "--campaign", "nowhere.json"], &fine).status, 2);
}

#[test]
fn who_writes_a_line_and_waits_gets_its_verdict() {
    let mut child = command::piped(&mut command::nomination(&["verify", "--jsonl"]));
    let (mut stdin, mut out) =
        (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    for _ in 0..3 {
        stdin.write_all(&line(|_| {})).unwrap();
        let mut verdict = String::new();
        out.read_line(&mut verdict).unwrap();
        assert!(verdict.starts_with("{\"ok\":"), "{verdict}");
    }
    drop(stdin);
    child.wait().unwrap();
}

#[test]
fn who_has_seen_enough_ends_it_quietly() {
    let mut child =
        command::piped(&mut command::nomination(&["verify", "--jsonl", NOW[0], NOW[1]]));
    let (mut stdin, mut out) =
        (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    stdin.write_all(&line(|_| {})).unwrap();
    out.read_line(&mut String::new()).unwrap();
    drop(out);
    // Some of it is still taken, then the pipe is gone.
    while stdin.write_all(&line(|_| {})).is_ok() {}
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

/// Some 90 MB of lines, one of them without an end worth waiting for, in a few MB of memory.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_input() {
    let mut child =
        command::piped(&mut command::nomination(&["verify", "--jsonl", NOW[0], NOW[1]]));
    let (mut stdin, out) =
        (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    let writing = thread::spawn(move || {
        let small = format!("\"{}\"\n", "x".repeat(1_000)).repeat(100);
        for _ in 0..300 {
            stdin.write_all(small.as_bytes()).unwrap();
        }
        let huge = vec![b'x'; 1_000_000];
        for _ in 0..60 {
            stdin.write_all(&huge).unwrap();
        }
        stdin.write_all(b"\n").unwrap();
        stdin.write_all(&line(|_| {})).unwrap();
        stdin
    });
    let mut codes =
        out.lines().take(30_002).map(|line| serde_json::from_str::<Value>(&line.unwrap()).unwrap());
    let small = codes.by_ref().take(30_000).filter(|it| it["unusable"]["code"] == "wrong-shape");
    assert_eq!(small.count(), 30_000);
    assert_eq!(codes.next().unwrap()["unusable"]["code"], "too-large");
    assert_eq!(codes.next().unwrap()["ok"], true);
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let peak: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
    assert!(peak < 60_000, "{peak} kB");
    drop(writing.join().unwrap());
    child.wait().unwrap();
}

/// What no line of the output may contain.
const SECRET: &str = "乌兰图雅13900139000";

/// Lines that nobody sends in good faith, each with the refusal it earns, or nothing where it is judged.
#[allow(clippy::too_many_lines)] // a table
fn hostile() -> Vec<(&'static str, Vec<u8>, Option<&'static str>)> {
    let text = |change: &dyn Fn(&mut Value)| line(|json| change(json));
    let replaced = |what: &str, with: &[u8]| {
        let line = String::from_utf8(line(|_| {})).unwrap();
        let (before, after) = line.split_once(what).unwrap();
        [before.as_bytes(), with, after.as_bytes()].concat()
    };
    let name = "\"乌兰其其格\"";
    let nested = |depth: usize| {
        let bomb = format!("{}\"{SECRET}\"{}", "[".repeat(depth), "]".repeat(depth));
        replaced(name, bomb.as_bytes())
    };
    let rows = |count: usize, row: Value| {
        text(&|json| {
            for key in ["resume", "assessments"] {
                json["answers"][key] = vec![row.clone(); count].into();
            }
        })
    };
    let row = json!({"start": SECRET, "end": [SECRET], "kind": {"code": SECRET}, "year": 1e300, "org": {}});
    let number = |digits: &str| {
        replaced("\"petition_rate\":100", format!("\"petition_rate\":{digits}").as_bytes())
    };
    vec![
        ("nothing", b"\n".to_vec(), Some("not-json")),
        ("a text", format!("\"{SECRET}\"\n").into_bytes(), Some("wrong-shape")),
        ("a list", format!("[\"{SECRET}\"]\n").into_bytes(), Some("wrong-shape")),
        ("10,000 rows", rows(10_000, row), None),
        ("10,000 rows that are none", rows(10_000, json!(SECRET)), None),
        ("a nest", nested(10), None),
        ("a bomb", nested(100_000), Some("too-deep")),
        ("an unclosed bomb", [b"[".repeat(100_000), b"\n".to_vec()].concat(), Some("too-deep")),
        ("a number beyond all", number("1e400"), Some("not-json")),
        ("a number below all", number("-1e400"), Some("not-json")),
        ("a number next to nothing", number("1e-400"), None),
        ("a long number", number(&"9".repeat(1_000)), Some("not-json")),
        ("digits as a text", number("\"NaN\""), None),
        ("NaN", number("NaN"), Some("not-json")),
        ("Infinity", number("Infinity"), Some("not-json")),
        ("a lone surrogate", replaced(name, br#""\ud800""#), Some("not-json")),
        ("surrogates in the wrong order", replaced(name, br#""\udc00\ud800""#), Some("not-json")),
        (
            "a key twice",
            replaced(name, format!("{name},\"name\":\"{SECRET}\"").as_bytes()),
            Some("wrong-shape"),
        ),
        (
            "a key twice in a row",
            replaced("\"year\":", format!("\"year\":\"{SECRET}\",\"year\":").as_bytes()),
            Some("wrong-shape"),
        ),
        (
            "the answers twice",
            replaced("\"answers\":", b"\"answers\":{},\"answers\":"),
            Some("wrong-shape"),
        ),
        ("a byte order mark", [b"\xEF\xBB\xBF".to_vec(), line(|_| {})].concat(), None),
        ("no UTF-8", replaced(name, b"\"\xFF\xFE\""), Some("not-json")),
        ("a NUL", replaced(name, br#""\u0000""#), None),
        ("half of it", [line(|_| {})[..700].to_vec(), b"\n".to_vec()].concat(), Some("not-json")),
        (
            "something behind it",
            replaced("}\n", format!("}} {SECRET}\n").as_bytes()),
            Some("not-json"),
        ),
        ("another revision", text(&|json| json["campaign"]["revision"] = 99.into()), None),
        (
            "another campaign",
            text(&|json| json["campaign"]["id"] = SECRET.into()),
            Some("unknown-campaign"),
        ),
        ("another track", text(&|json| json["track"] = SECRET.into()), Some("unknown-track")),
        (
            "a hidden field",
            text(&|json| json["answers"]["no_senior_high_reason"] = SECRET.into()),
            None,
        ),
        (
            "a hidden column",
            text(&|json| json["answers"]["resume"][2]["stage"] = SECRET.into()),
            None,
        ),
        ("an unknown field", text(&|json| json["answers"]["more"] = SECRET.into()), None),
        (
            "an unknown column",
            text(&|json| json["answers"]["resume"][0]["more"] = SECRET.into()),
            None,
        ),
        (
            "a text of a million",
            text(&|json| json["answers"]["deeds"] = SECRET.repeat(70_000).into()),
            None,
        ),
        (
            "files without end",
            text(&|json| {
                json["attachments"] = vec![json!({"slot": "photo", "name": SECRET}); 501].into();
            }),
            Some("out-of-bounds"),
        ),
        ("a slot that is none", text(&|json| json["attachments"][0]["slot"] = SECRET.into()), None),
        ("a row that is none", text(&|json| json["attachments"][0]["for"] = SECRET.into()), None),
        (
            "a size below nothing",
            text(&|json| json["attachments"][0]["bytes"] = (-1).into()),
            Some("wrong-shape"),
        ),
        (
            "problems of its own",
            text(&|json| json["problems"] = json!([{"message": SECRET}, SECRET])),
            None,
        ),
    ]
}

#[test]
fn a_hostile_line_has_a_stated_verdict_or_a_clear_refusal() {
    let cases = hostile();
    let input: Vec<u8> = cases.iter().flat_map(|(_, line, _)| line.clone()).collect();
    let run = lines(&input);
    assert_eq!((run.status, run.err.as_str()), (2, ""));
    let found = values(&run.out);
    assert_eq!(found.len(), cases.len());
    for ((what, _, refusal), line) in cases.iter().zip(&found) {
        assert_eq!(line["unusable"]["code"].as_str(), *refusal, "{what}");
        assert!(refusal.is_some() || line["problems"].is_array(), "{what}");
        let words = line.to_string();
        assert!(!words.contains("乌兰图雅") && !words.contains("13900139000"), "{what}: {words}");
    }
    let of = |what: &str| {
        let at = cases.iter().position(|(name, ..)| *name == what).unwrap();
        found[at].clone()
    };
    assert_eq!(of("a byte order mark"), json!({"ok": true, "problems": []}));
    assert_eq!(of("another revision")["problems"][0]["path"], "/campaign/revision");
    assert_eq!(of("a key twice")["unusable"]["pointer"], "/answers");
    for what in ["a hidden field", "a hidden column"] {
        let problems = of(what)["problems"].clone();
        assert_eq!(
            (&problems[0]["code"], &problems[0]["severity"]),
            (&json!("hidden-value"), &json!("warn"))
        );
    }
    for what in ["10,000 rows", "10,000 rows that are none", "a nest"] {
        assert_eq!(of(what)["ok"], false, "{what}");
    }
}

#[test]
fn a_hostile_file_is_told_as_its_line_is() {
    for (what, bytes, refusal) in hostile() {
        let run = run(&bytes, &[]);
        let [line] = &values(&run.out)[..] else { panic!("{what}: {}", run.out) };
        let other =
            refusal.map(|code| if code == "unknown-campaign" { "other-campaign" } else { code });
        assert_eq!(line["unusable"]["code"].as_str(), other, "{what}");
        assert!(!run.err.contains("乌兰图雅") && !run.err.contains("13900139000"), "{what}");
    }
}
