//! `nomination batch`: figures over many nominations, their exact bounds, and what never comes out.

use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    command,
    golden::{self, files},
};

const NOW: &str = "2022-08-18T10:00:00+08:00";

struct Batch {
    status: i32,
    report: Value,
    err: String,
}

/// Runs the command over nominations, one a line.
fn batch(campaign: &str, more: &[&str], nominations: &[Value]) -> Batch {
    let lines: Vec<_> = nominations.iter().map(ToString::to_string).collect();
    raw(campaign, more, lines.join("\n").as_bytes())
}

fn raw(campaign: &str, more: &[&str], input: &[u8]) -> Batch {
    let shipped = format!("public/campaigns/{campaign}.json");
    let own = format!("tests/fixtures/campaigns/{campaign}.json");
    let path = if files::folder(&shipped).exists() { shipped } else { own };
    let args = [&["batch", "--now", NOW, &path, "-"], more].concat();
    let run = command::run(&args, input);
    let report = serde_json::from_str(&run.out).unwrap_or(Value::Null);
    Batch { status: run.status, report, err: run.err }
}

/// `count` nominations made from a complete one, each with numbers of its own.
fn made(base: &str, count: usize, change: impl Fn(usize, &mut Value)) -> Vec<Value> {
    let one = |i: usize| {
        let mut json = golden::base(base);
        for (key, value) in
            [("id_number", format!("31000019700101{i:04}")), ("uscc", format!("5431{i:014}"))]
        {
            if json["answers"].get(key).is_some() {
                json["answers"][key] = value.into();
            }
        }
        change(i, &mut json);
        json
    };
    (0..count).map(one).collect()
}

/// Collectives of a district, ranked in order.
fn collectives(count: usize) -> Vec<Value> {
    made("sh2023.collective", count, |i, json| json["answers"]["rank"] = json!(i + 1))
}

/// Every problem, those of units first, as `rule code {params} [nominations]`.
fn found(report: &Value) -> Vec<String> {
    let tracks = report["tracks"].as_array().unwrap();
    let all = tracks.iter().flat_map(|track| {
        let units = track["units"].as_array().unwrap().iter();
        let of_units = units.flat_map(|unit| unit["problems"].as_array().unwrap());
        of_units.chain(track["problems"].as_array().unwrap())
    });
    all.map(|problem| {
        let text = |name: &str| problem[name].as_str().unwrap().to_owned();
        let indexes = problem["nominations"].as_array().unwrap();
        let indexes = if indexes.len() > 5 { json!("…") } else { json!(indexes) };
        format!("{} {} {} {}", text("rule"), text("code"), problem["params"], indexes)
    })
    .collect()
}

/// Without the margin, which a handful of nominations never reaches.
fn but_margin(report: &Value) -> Vec<String> {
    found(report).into_iter().filter(|problem| !problem.starts_with("batch.margin")).collect()
}

fn messages(report: &Value) -> Vec<String> {
    let mut messages = Vec::new();
    let mut open = vec![report];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => {
                messages.extend(map.get("message").and_then(Value::as_str).map(str::to_owned));
                open.extend(map.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    messages
}

#[test]
fn exactly_120_percent_is_exactly_that() {
    let margin = |count: usize| batch("sh2023", &[], &collectives(count));
    let fits = margin(60);
    assert_eq!((fits.status, &fits.report["ok"], fits.err.as_str()), (0, &json!(true), ""));
    assert_eq!(fits.report["tracks"][0]["units"][0]["unit"], "徐汇区");
    assert_eq!(fits.report["tracks"][0]["count"], 60);
    assert_eq!(fits.report["tracks"].as_array().unwrap().len(), 1, "no individuals were asked for");
    let less = margin(59);
    assert_eq!(less.status, 1);
    assert_eq!(
        found(&less.report),
        [
            r#"batch.margin too-few {"count":59,"direction":"exactly","need":60,"percent":"120%","short":1,"titles":50} "…""#
        ]
    );
    let problem = &less.report["tracks"][0]["problems"][0];
    assert_eq!(problem["severity"], "warn");
    assert_eq!(problem["cite"]["clause"], "三(二)");
    assert_eq!(problem["track"], "sh2023.collective");
    assert_eq!(problem.get("unit"), None);
    assert_eq!(
        problem["message"],
        "各单位共推荐59个，应为60个（表彰名额50个的120%），还差1个，由推荐单位补足"
    );
    assert!(found(&margin(61).report)[0].starts_with("batch.margin too-many"));
}

#[test]
fn at_least_120_percent_may_be_more() {
    for (base, need) in [("jl2023.org", 36), ("jl2023.individual", 60)] {
        let margin = |count: usize| batch("jl2023", &[], &made(base, count, |_, _| {}));
        assert_eq!(margin(need).status, 0, "{base}");
        assert_eq!(margin(need + 1).status, 0, "{base}");
        let less = margin(need - 1);
        assert_eq!((less.status, found(&less.report).len()), (1, 1), "{base}");
        assert_eq!(less.report["tracks"][0]["problems"][0]["params"]["need"], need, "{base}");
    }
}

#[test]
fn a_margin_is_over_all_units_and_of_the_total_given() {
    let of = |more: &[&str]| found(&batch("sh2023", more, &collectives(3)).report);
    assert_eq!(of(&[]).len(), 1);
    assert_eq!(of(&["--unit-only", "徐汇区"]), [""; 0]);
    assert_eq!(of(&["--total", "60"]), [""; 0]);
    assert_eq!(of(&["--total", "61", "--total", "sh2023.collective=60"]), [""; 0]);
    assert!(of(&["--total", "61"])[0].contains(r#""over":1"#));
    let unknown = batch("sh2023", &["--total", "sh2023.nobody=3"], &[]);
    assert_eq!(unknown.status, 2);
    assert!(
        unknown.err.contains("expected one of `sh2023.collective`, `sh2023.individual`"),
        "{}",
        unknown.err
    );
    assert_eq!(batch("sh2023", &["--total", "many"], &[]).status, 2);
}

#[test]
fn a_ranking_has_each_place_once() {
    let ranked = |ranks: &[Value]| {
        let nominations = made("sh2023.collective", ranks.len(), |i, json| {
            json["answers"]["rank"] = ranks[i].clone();
        });
        but_margin(&batch("sh2023", &[], &nominations).report)
    };
    assert_eq!(ranked(&[json!(2), json!(1), json!(3)]), [""; 0]);
    assert_eq!(ranked(&[json!(1.0)]), [""; 0]);
    assert_eq!(
        ranked(&[json!(1), json!(1), json!(3)]),
        [
            r#"batch.rank twice {"count":2,"n":3,"rank":1} [0,1]"#,
            r#"batch.rank gap {"count":1,"n":3,"places":[2]} []"#,
        ]
    );
    assert_eq!(
        ranked(&[json!(null), json!(1), json!("2")]),
        [r#"batch.rank missing {"count":2,"n":3} [0,2]"#]
    );
    assert_eq!(
        ranked(&[json!(0), json!(-1), json!(2.5), json!(13_900_139_000_u64)]),
        [
            r#"batch.rank not-whole {"count":1,"n":4} [2]"#,
            r#"batch.rank too-small {"count":2,"n":4} [0,1]"#,
            r#"batch.rank too-large {"count":1,"n":4} [3]"#,
            r#"batch.rank gap {"count":4,"n":4,"places":[1,2,3,4]} []"#,
        ]
    );
    assert_eq!(ranked(&[json!(2), json!(3)]).len(), 2, "2 to 3 of two is one too large and a gap");
}

#[test]
fn every_unit_has_a_ranking_of_its_own() {
    let mut nominations = collectives(2);
    golden::set(&mut nominations[1], "/answers/district", json!("静安区"));
    let apart = batch("sh2023", &[], &nominations);
    assert_eq!(
        but_margin(&apart.report),
        [
            r#"batch.rank too-large {"count":1,"n":1} [1]"#,
            r#"batch.rank gap {"count":1,"n":1,"places":[1]} []"#,
        ]
    );
    let only = batch("sh2023", &["--unit-only", "徐汇区"], &nominations);
    assert_eq!((only.status, &only.report["tracks"][0]["count"]), (0, &json!(1)));
}

#[test]
fn the_unit_is_the_answer_the_envelope_or_the_option() {
    let units = |more: &[&str], nominations: &[Value]| -> Vec<String> {
        let report = batch("sh2023", more, nominations).report;
        let units = report["tracks"][0]["units"].as_array().unwrap().iter();
        units.map(|unit| format!("{}:{}", unit["unit"].as_str().unwrap(), unit["count"])).collect()
    };
    let people = made("sh2023.individual", 4, |i, json| match i {
        0 => json["unit"] = json!(" 徐汇区 "),
        1 => json["unit"] = json!("静安区"),
        2 => json["unit"] = json!(null),
        _ => {}
    });
    assert_eq!(units(&[], &people), ["徐汇区:1", "静安区:1", ":2"]);
    assert_eq!(units(&["--unit", "静安区"], &people), ["徐汇区:1", "静安区:3"]);
    assert_eq!(units(&["--unit", "静安区", "--unit-only", "静安区"], &people), ["静安区:3"]);
    let mut collective = collectives(1);
    golden::set(&mut collective[0], "/unit", json!("静安区"));
    assert_eq!(units(&[], &collective), ["徐汇区:1"], "the answer goes first");
    golden::set(&mut collective[0], "/answers/district", json!("王某某的区"));
    assert_eq!(units(&[], &collective), ["静安区:1"], "no district of the city");
}

#[test]
fn quotas_of_the_level_asked_for() {
    let found = |level: &str, base: &str, count: usize| {
        found(&batch("nm2022", &["--level", level], &made(base, count, |_, _| {})).report)
    };
    for (level, base, least, most) in [
        ("旗县", "nm2022.worker", 1, 1),
        ("旗县（市、区）", "nm2022.household", 5, 5),
        ("盟市", "nm2022.worker", 2, 4),
        ("盟市", "nm2022.household", 5, 10),
    ] {
        assert_eq!(found(level, base, least), [""; 0], "{level} {base}");
        assert_eq!(found(level, base, most), [""; 0], "{level} {base}");
        let over = found(level, base, most + 1);
        assert!(
            over[0].starts_with("batch.quota too-many") && over[0].contains(r#""over":1"#),
            "{over:?}"
        );
        if least > 1 {
            let short = found(level, base, least - 1);
            assert!(
                short[0].starts_with("batch.quota too-few") && short[0].contains(r#""short":1"#),
                "{short:?}"
            );
        }
    }
    for (more, says) in [
        (
            &[][..],
            "no level, the campaign's quotas differ by level, expected one of `旗县（市、区）`, `盟市`",
        ),
        (&["--level", "省"], "unknown level `省`, expected one of `旗县（市、区）`, `盟市`"),
        (&["--level", ""], "unknown level ``, expected one of"),
    ] {
        let run = batch("nm2022", more, &[]);
        assert_eq!((run.status, run.report), (2, Value::Null));
        assert!(run.err.contains(says), "{}", run.err);
    }
    assert!(batch("jl2023", &["--level", "省"], &[]).err.contains("no quotas by level"));
}

fn with_figures(campaign: &str, figures: &str, more: &[&str], nominations: &[Value]) -> Batch {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("quotas.json");
    fs::write(&path, figures).unwrap();
    batch(campaign, &[more, &["--quotas", path.to_str().unwrap()]].concat(), nominations)
}

#[test]
fn the_hosts_figures_hold_for_each_unit() {
    let of = |figures: &str, more: &[&str], count: usize| {
        let run = with_figures("sh2023", figures, more, &collectives(count));
        (but_margin(&run.report), run)
    };
    assert_eq!(of(r#"{"徐汇区": 3}"#, &[], 3).0, [""; 0]);
    let (over, run) = of(r#"{"徐汇区": 3}"#, &[], 4);
    assert_eq!(over, [r#"batch.quota too-many {"count":4,"max":3,"min":3,"over":1} [0,1,2,3]"#]);
    let problem = &run.report["tracks"][0]["units"][0]["problems"][0];
    assert_eq!(problem["message"], "本单位推荐对象有4个，名额为3个，减去1个");
    assert_eq!(
        (&problem["unit"], &problem["cite"]["clause"]),
        (&json!("徐汇区"), &json!("三(二)"))
    );
    let (short, _) = of(r#"{"徐汇区": {"sh2023.collective": {"min": 3, "max": 5}}}"#, &[], 2);
    assert_eq!(short, [r#"batch.quota too-few {"count":2,"max":5,"min":3,"short":1} [0,1]"#]);
    assert_eq!(
        of(r#"{"徐汇区": {"sh2023.individual": 9}, "静安区": 0}"#, &["--unit-only", "徐汇区"], 2)
            .0
            .len(),
        1
    );
    assert_eq!(of(r#"{"徐汇区": {"max": 2}}"#, &[], 1).0, [""; 0]);
}

#[test]
fn a_unit_with_figures_and_no_nominations_is_reported() {
    let figures = r#"{"静安区": {"sh2023.individual": 1}, "徐汇区": 1, "普陀区": 2}"#;
    let run = with_figures("sh2023", figures, &[], &collectives(1));
    let units = |at: usize| -> Vec<_> {
        let units = run.report["tracks"][at]["units"].as_array().unwrap().iter();
        units
            .map(|unit| (unit["unit"].clone(), unit["problems"].as_array().unwrap().len()))
            .collect()
    };
    assert_eq!(units(0), [(json!("徐汇区"), 0), (json!("普陀区"), 1)]);
    assert_eq!(units(1), [(json!("静安区"), 1)], "named with its track");
    let only = with_figures("sh2023", figures, &["--unit-only", "徐汇区"], &collectives(1));
    assert_eq!(only.status, 0);
}

#[test]
fn figures_that_do_not_fit_are_named() {
    for (figures, says) in [
        (r#"{"甲": {"sh2022": 3}}"#, "/甲/sh2022: unknown track `sh2022`, expected one of"),
        (r#"{"甲": -1}"#, "/甲"),
        (r#"{"甲": "3"}"#, "expected a number, or an object of `min` and `max`"),
        (r#"{"甲": {"min": 3, "max": 2}}"#, "expected `min` of at most `max`"),
        (r#"{"甲": {"min": 3, "most": 2}}"#, "unknown field `most`"),
        (r#"{"甲": 1, "甲": 2}"#, "key stands twice"),
        ("[]", "expected an object"),
        ("{", "EOF"),
        ("\u{0}", "expected value"),
    ] {
        let run = with_figures("sh2023", figures, &[], &[]);
        assert_eq!((run.status, run.report), (2, Value::Null), "{figures}");
        assert!(run.err.contains(says), "{figures}: {}", run.err);
    }
}

/// People of whom so many are 县处级 and so many 科级 under a county's Party committee.
fn officials(count: usize, divisions: usize, sections: usize) -> Vec<Value> {
    made("jl2023.individual", count, |i, json| {
        json["unit"] = json!("长春市");
        if i < divisions {
            json["answers"]["rank"] = json!(["县处级副职", "县处级正职"][i % 2]);
        } else if i < divisions + sections {
            json["answers"]["rank"] = json!(["乡科级副职", "乡科级正职"][i % 2]);
            json["answers"]["county_managed"] = json!(true);
        }
    })
}

#[test]
fn shares_are_rounded_down() {
    let of = |people: &[Value], more: &[&str]| but_margin(&batch("jl2023", more, people).report);
    assert_eq!(of(&officials(10, 1, 2), &[]), [""; 0]);
    assert_eq!(
        of(&officials(10, 2, 3), &[]),
        [
            r#"batch.rank_ratio too-many {"count":2,"max":1,"over":1,"percent":"15%","total":10} [0,1]"#,
            r#"batch.rank_ratio too-many {"count":3,"max":2,"over":1,"percent":"25%","total":10} [2,3,4]"#,
        ]
    );
    assert_eq!(of(&officials(20, 3, 5), &[]), [""; 0]);
    assert_eq!(of(&officials(7, 1, 1), &[]), [""; 0]);
    let few = batch("jl2023", &[], &officials(6, 1, 1));
    assert_eq!(but_margin(&few.report).len(), 1);
    assert_eq!(
        few.report["tracks"][0]["units"][0]["problems"][0]["message"],
        "县处级干部有1个，本单位推荐6个，控制在15%以内最多0个，多出1个，调整推荐对象，需要保留的由上级按总数掌握"
    );
    assert_eq!(of(&officials(6, 1, 1), &["--total", "60"]), [""; 0]);
    assert_eq!(of(&officials(12, 10, 0), &["--total", "60"]).len(), 1, "9 of 60");
    assert_eq!(of(&officials(6, 1, 1), &["--total", "60", "--unit-only", "长春市"]), [""; 0]);
}

#[test]
fn a_section_chief_of_the_province_is_not_counted() {
    let mut people = officials(4, 0, 2);
    assert_eq!(but_margin(&batch("jl2023", &[], &people).report).len(), 1);
    people[0]["answers"]["county_managed"] = json!(false);
    assert_eq!(but_margin(&batch("jl2023", &[], &people).report), [""; 0]);
}

#[test]
fn a_number_stands_once_however_it_is_typed() {
    let twice = |nominations: &[Value]| {
        let run = batch("nm2022", &["--level", "盟市"], nominations);
        found(&run.report).into_iter().filter(|p| p.starts_with("batch.twice")).collect::<Vec<_>>()
    };
    let typed = |numbers: &[&str]| {
        made("nm2022.worker", numbers.len(), |i, json| {
            json["answers"]["id_number"] = json!(numbers[i]);
        })
    };
    assert_eq!(twice(&typed(&["150102198506159991", "150102198506159992"])), [""; 0]);
    assert_eq!(
        twice(&typed(&[
            "11010519491231002x",
            "150102198506159992",
            "１１０１０５-19491231-002X",
            "110105491231002"
        ])),
        [r#"batch.twice twice {"count":3,"field":"id_number"} [0,2,3]"#]
    );
    assert_eq!(twice(&typed(&["", "  ", ""])), [""; 0], "nothing is no number");
    let collective = made("sh2023.collective", 2, |_, json| {
        json["answers"]["uscc"] = json!("54310101ME0000001q");
    });
    let run = batch("sh2023", &["--unit-only", "徐汇区"], &collective);
    assert!(found(&run.report).iter().any(|p| p.contains(r#""field":"uscc"} [0,1]"#)));
}

#[test]
fn a_person_of_two_units_or_tracks_is_found() {
    let mut people =
        [made("nm2022.worker", 3, |_, _| {}), made("nm2022.household", 5, |_, _| {})].concat();
    for (i, person) in people.iter_mut().enumerate() {
        person["unit"] = json!(if i == 2 { "乙" } else { "甲" });
        person["answers"]["id_number"] = json!(format!("15010219850615{i:04}"));
    }
    let twice = |people: &[Value]| {
        let report = batch("nm2022", &["--level", "盟市"], people).report;
        let across = |at: usize| report["tracks"][at]["problems"].clone();
        (across(0), across(1))
    };
    assert_eq!(twice(&people), (json!([]), json!([])));
    people[2]["answers"]["id_number"] = people[0]["answers"]["id_number"].clone();
    let (worker, household) = twice(&people);
    assert_eq!(worker[0]["nominations"], json!([0, 2]));
    assert_eq!(
        worker[0]["params"],
        json!({"count": 2, "field": "id_number", "units": ["乙", "甲"]})
    );
    assert_eq!(household, json!([]));
    people[7]["answers"]["id_number"] = people[0]["answers"]["id_number"].clone();
    let (worker, household) = twice(&people);
    for of_track in [&worker, &household] {
        assert_eq!(of_track[0]["nominations"], json!([0, 2, 7]));
        assert_eq!(of_track[0]["params"]["tracks"], json!(["nm2022.worker", "nm2022.household"]));
    }
    assert!(
        worker[0]["message"].as_str().unwrap().contains("分别推荐了自治区最美社区工作者、"),
        "{worker}"
    );
}

fn villager(i: usize, county: &str, sex: &str, from: &str) -> Value {
    json!({
        "format": "nomination/1", "campaign": {"id": "villages"}, "track": "villages.person",
        "answers": {
            "county": county, "name": "王某", "sex": sex, "from": from, "leader": false, "place": i + 1,
            "id_number": format!("15010219850615{i:04}"), "body": format!("第{i}单位"),
        },
    })
}

#[test]
fn another_campaign_needs_no_code() {
    let of = |people: &[Value]| found(&batch("villages", &[], people).report);
    let mut people: Vec<_> = ["村", "村", "机关", "机关", "机关"]
        .iter()
        .enumerate()
        .map(|(i, from)| villager(i, "东县", if [0, 2, 3].contains(&i) { "2" } else { "1" }, from))
        .collect();
    assert_eq!(of(&people), [""; 0], "3 women of 5, 2 from villages, one kind of the rest");
    people[3]["answers"]["sex"] = json!("1");
    assert_eq!(
        of(&people),
        [
            r#"batch.rank_ratio too-few {"count":2,"min":3,"percent":"60%","short":1,"total":5} [0,2]"#
        ]
    );
    people[3]["answers"]["sex"] = json!({"code": "2", "name": "女"});
    people[4]["answers"]["from"] = json!("企业");
    assert_eq!(
        of(&people),
        [
            r#"batch.exclusive too-many {"count":2,"kinds":["机关干部","企业职工"],"max":1,"over":1} [2,3,4]"#
        ]
    );
    people[4]["answers"]["from"] = json!("机关");
    people[1]["answers"]["from"] = json!("机关");
    let one = batch("villages", &[], &people);
    assert_eq!(
        found(&one.report),
        [
            r#"batch.quota too-few {"count":1,"max":3,"min":2,"short":1} [0]"#,
            r#"batch.rank_ratio too-many {"count":1,"max":0,"over":1,"percent":"70%","total":1} [0]"#,
        ]
    );
    let problem = &one.report["tracks"][0]["units"][0]["problems"][0];
    assert_eq!(problem["severity"], "error", "the campaign says so");
    assert_eq!(problem["message"], "来自村的推荐对象有1个，名额为2至3个，再推荐1个");
    people[1]["answers"]["from"] = json!("村");
    people[1]["answers"]["body"] = json!(" 第0单位 ");
    assert_eq!(of(&people), [r#"batch.twice twice {"count":2,"field":"body"} [0,1]"#]);
}

#[test]
fn figures_over_all_units_are_taken_over_all_of_them() {
    let mut people = Vec::new();
    for (c, county) in ["东县", "西县"].iter().enumerate() {
        for i in 0..5 {
            let mut person = villager(
                i,
                county,
                if (1..=2).contains(&i) { "1" } else { "2" },
                if i < 2 { "村" } else { "企业" },
            );
            person["answers"]["id_number"] = json!(format!("15010219850615{c}{i:03}"));
            person["answers"]["body"] = json!(format!("{county}第{i}单位"));
            people.push(person);
        }
    }
    let run = batch("villages", &[], &people);
    assert_eq!((run.status, found(&run.report)), (0, vec![]));
    for at in [0, 1, 9] {
        people[at]["answers"]["leader"] = json!(true);
    }
    let report = batch("villages", &[], &people).report;
    assert_eq!(found(&report), [r#"batch.quota too-many {"count":3,"max":2,"over":1} [0,1,9]"#]);
    assert_eq!(report["tracks"][0]["problems"][0]["message"], "全市领导干部3名，只能有2名");
    people.push(villager(5, "东县", "2", "企业"));
    let report = batch("villages", &[], &people).report;
    assert!(
        found(&report)
            .iter()
            .any(|p| p.starts_with("batch.margin too-many") && p.contains(r#""need":10"#)),
        "10.5 is 10"
    );
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_judged() {
    let good = collectives(1)[0].to_string();
    let other = golden::base("nm2022.worker").to_string();
    let deep = "[".repeat(5_000);
    let input = [
        "{\"format\":",
        &good,
        "",
        "5",
        &other,
        &deep,
        "{\"unit\": 1}",
        &good.replace(
            "\"track\":\"sh2023.collective\"",
            "\"track\":\"sh2023.nobody\",\"unit\":\"a\"",
        ),
        &good.replace("\"track\":", "\"unit\":7,\"track\":"),
        &good.replace("\"track\":", "\"unit\":\"a\",\"unit\":\"b\",\"track\":"),
        &good.replace("\"track\":", &format!("\"unit\":\"{}\",\"track\":", "长".repeat(101))),
    ]
    .join("\n");
    let run = raw("sh2023", &["--unit-only", "徐汇区"], input.as_bytes());
    let codes: Vec<_> = run.report["unusable"]
        .as_array()
        .unwrap()
        .iter()
        .map(|u| format!("{} {} {}", u["index"], u["code"], u["pointer"]))
        .collect();
    assert_eq!(
        codes,
        [
            r#"0 "not-json" """#,
            r#"2 "wrong-shape" """#,
            r#"3 "other-campaign" "/campaign/id""#,
            r#"4 "too-deep" """#,
            r#"5 "wrong-shape" """#,
            r#"6 "unknown-track" "/track""#,
            r#"7 "wrong-shape" "/unit""#,
            r#"8 "wrong-shape" "/unit""#,
            r#"9 "out-of-bounds" "/unit""#,
        ]
    );
    assert_eq!(
        (run.status, &run.report["ok"], &run.report["tracks"][0]["count"]),
        (2, &json!(false), &json!(1))
    );
    assert!(found(&run.report).is_empty());
}

#[test]
fn files_are_one_submission_or_many() {
    let dir = TempDir::new().unwrap();
    let all = collectives(4);
    let file = |name: &str, text: String| {
        let path = dir.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let pretty = file("one.json", format!("{:#}\n", all[0]));
    let flat = file("two.json", all[1].to_string());
    let lines = file("three.jsonl", format!("{}\r\n\n{}\n", all[2], all[3]));
    let missing = dir.path().join("nowhere.json").to_str().unwrap().to_owned();
    let command = |files: &[&str]| {
        let campaign = ["batch", "--unit-only", "徐汇区", "public/campaigns/sh2023.json"];
        let run = command::run(&[&campaign, files].concat(), all[3].to_string().as_bytes());
        let report: Value = serde_json::from_str(&run.out).unwrap();
        (run.status, report["tracks"][0]["count"].clone(), run.err)
    };
    assert_eq!(command(&[&pretty, &flat, &lines]), (0, json!(4), String::new()));
    assert_eq!(command(&[&flat, &pretty, "-"]).1, json!(3));
    let (status, count, err) = command(&[&pretty, &missing, &flat]);
    assert_eq!((status, count), (2, json!(2)));
    assert!(err.contains("nowhere.json"));
}

#[test]
fn each_nomination_can_be_judged_by_itself_too() {
    let mut people = vec![golden::base("jl2023.individual"), golden::base("jl2023.individual")];
    golden::set(&mut people[1], "/answers/id_number", json!("110105491231002"));
    let run = |people: &[Value], more: &[&str]| {
        let more = [&["--unit-only", "", "--now", "2024-03-14T10:00:00+08:00"], more].concat();
        let path = "public/campaigns/jl2023.json";
        let lines: Vec<_> = people.iter().map(ToString::to_string).collect();
        let run = command::run(
            &[&["batch", path, "-"], more.as_slice()].concat(),
            lines.join("\n").as_bytes(),
        );
        (run.status, serde_json::from_str::<Value>(&run.out).unwrap())
    };
    let (status, report) = run(&people, &["--verify"]);
    assert_eq!(report["verdicts"], json!([{"index": 0, "ok": true}, {"index": 1, "ok": false}]));
    assert_eq!((status, &report["ok"]), (1, &json!(false)), "found by itself, not together");
    let (status, report) = run(&people, &[]);
    assert_eq!((status, report.get("verdicts")), (0, None));
    assert_eq!(run(&people[..1], &["--verify"]).0, 0);
}

#[test]
fn a_retired_official_counts_by_the_rank_on_the_form() {
    let mut people = officials(6, 1, 0);
    people[0]["answers"]["position"] = json!("已退休");
    assert_eq!(but_margin(&batch("jl2023", &[], &people).report).len(), 1);
}

#[test]
fn no_answer_comes_out_whatever_its_shape() {
    const SECRET: &str = "乌兰图雅13900139000";
    let shapes = [
        json!(SECRET),
        json!(139_001_390_009_u64),
        json!([SECRET]),
        json!({"code": SECRET, "name": SECRET}),
        json!([{"start": SECRET, "kind": SECRET}]),
    ];
    for (campaign, base) in [
        ("sh2023", "sh2023.collective"),
        ("sh2023", "sh2023.individual"),
        ("jl2023", "jl2023.individual"),
    ] {
        for shape in &shapes {
            let nominations = made(base, 3, |_, json| {
                for value in json["answers"].as_object_mut().unwrap().values_mut() {
                    *value = shape.clone();
                }
                json["answers"]["rank"] = shape.clone();
            });
            let run = batch(campaign, &["--verify"], &nominations);
            let out = run.report.to_string();
            assert_eq!(run.status, 1, "{}", run.err);
            for secret in ["乌兰图雅", "13900139000"] {
                assert!(!out.contains(secret) && !run.err.contains(secret), "{base}: {out}");
            }
        }
    }
    for pointer in
        ["/format", "/id", "/revision", "/campaign", "/track", "/answers", "/attachments"]
    {
        for value in [json!(SECRET), json!([SECRET]), json!({"id": SECRET})] {
            let mut one = collectives(1);
            golden::set(&mut one[0], pointer, value);
            let run = batch("sh2023", &[], &one);
            assert!(
                !run.report.to_string().contains("乌兰图雅") && !run.err.contains("乌兰图雅"),
                "{pointer}"
            );
        }
    }
}

#[test]
fn the_words_are_plain_and_complete() {
    let mut all = collectives(3);
    all[0]["answers"]["rank"] = json!(0);
    all[1]["answers"]["uscc"] = all[2]["answers"]["uscc"].clone();
    let mut reports =
        vec![batch("sh2023", &[], &all).report, batch("jl2023", &[], &officials(6, 3, 3)).report];
    let villagers: Vec<_> =
        (0..12).map(|i| villager(i, "东县", "1", ["村", "机关", "企业"][i % 3])).collect();
    reports.push(batch("villages", &[], &villagers).report);
    let messages: Vec<_> = reports.iter().flat_map(messages).collect();
    assert!(messages.len() >= 10, "{messages:?}");
    for message in messages {
        for word in ["请", "非法", "无效", "。", "{", "}"] {
            assert!(!message.contains(word), "{message}");
        }
    }
}

#[test]
fn the_same_input_gives_the_same_report() {
    let mut all = collectives(30);
    for (i, one) in all.iter_mut().enumerate() {
        one["answers"]["district"] = json!(["徐汇区", "静安区", "浦东新区"][i % 3]);
        one["answers"]["uscc"] = json!(format!("5431{:014}", i / 2));
    }
    let first = batch("sh2023", &[], &all).report;
    assert_eq!(batch("sh2023", &[], &all).report, first);
    let twice: Vec<_> =
        found(&first).into_iter().filter(|p| p.starts_with("batch.twice")).collect();
    assert_eq!(twice.len(), 15);
    assert!(twice[0].ends_with("[0,1]") && twice[14].ends_with("[28,29]"), "{twice:?}");
}
