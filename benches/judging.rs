//! How long judging takes: a whole nomination, a key in a long text, a key in a wide form.
//!
//! What is held to: 20,000 whole nominations a second on one core, and a key whose cost does not
//! grow with the fields of the form. `make bench` prints the figures; `-- --save-baseline NAME` and
//! `-- --baseline NAME` compare two versions.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)] // as in a test; criterion's macros say nothing of what they make

use std::{fs, hint::black_box, path::Path, sync::Arc};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use nomination_form::{
    answers::Answers,
    campaign::{Campaign, Field},
    rules::{Given, Judge},
    standards::{
        Calendar, Instant,
        count::{Policy, count, counts},
    },
    submission::Submission,
};
use serde_json::json;

fn read(path: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn campaign(id: &str) -> Arc<Campaign> {
    let bytes = read(&format!("public/campaigns/{id}.json"));
    Arc::new(Campaign::parse(&bytes).unwrap_or_else(|faults| panic!("{id}: {faults:?}")))
}

/// A complete nomination of every track that we ship, as it arrives, and its judge.
fn nominations() -> Vec<(String, Vec<u8>, Judge)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/verdicts/base");
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let nomination = |path: &Path| {
        let bytes = fs::read(path).unwrap();
        let read = Submission::read(&bytes).unwrap();
        // One is of a campaign that only tests know.
        ["sh2023", "nm2022", "jl2023"].contains(&read.campaign.id.as_str()).then(|| {
            let calendar = Arc::new(Calendar::built_in());
            let judge = Judge::new(campaign(&read.campaign.id), &read.track, calendar).unwrap();
            (read.track, bytes, judge)
        })
    };
    paths.iter().filter_map(|path| nomination(path)).collect()
}

fn now() -> Instant {
    Instant::parse("2022-08-18T10:00:00+08:00").unwrap()
}

/// 3000 字 of the kind that deeds are told in.
fn deeds() -> String {
    let sentence = "她在社区工作十四年，走遍了辖区的每一户人家；2020年疫情期间，带领32名志愿者为1200户居民送菜送药。";
    let mut text = String::new();
    while count(&text, Policy::Word) < 2_950 {
        text.push_str(sentence);
        text.push('\n');
    }
    let missing = 3_000 - count(&text, Policy::Word);
    text + &"好".repeat(missing)
}

fn whole(c: &mut Criterion) {
    let mut group = c.benchmark_group("whole nomination");
    group.throughput(Throughput::Elements(1));
    for (track, bytes, judge) in &nominations() {
        let read = Submission::read(bytes).unwrap();
        group.bench_function(BenchmarkId::new("judge", track), |b| {
            b.iter(|| black_box(read.judge(judge, now())));
        });
        let mut full = read.clone();
        full.answers.set("deeds", Some(json!(deeds())));
        group.bench_function(BenchmarkId::new("judge with 3000 字", track), |b| {
            b.iter(|| black_box(full.judge(judge, now())));
        });
        group.bench_function(BenchmarkId::new("read and judge", track), |b| {
            b.iter(|| Submission::read(black_box(bytes)).unwrap().judge(judge, now()));
        });
    }
    group.finish();
}

/// Runs what one key runs: the checks that depend on the answer, and the figure of the counter.
fn press(judge: &Judge, key: &str, given: &Given) -> usize {
    let found: usize =
        judge.depending_on(key).iter().map(|check| judge.run(*check, given).len()).sum();
    found + judge.count(key, given).unwrap_or(0)
}

fn key(c: &mut Criterion) {
    let mut group = c.benchmark_group("one key");
    let text = deeds();
    for (track, bytes, judge) in &nominations() {
        let mut read = Submission::read(bytes).unwrap();
        let counted = |field: &&Field| field.columns().is_empty() && judge.is_counted(&field.key);
        let Some(field) = judge.track().fields().filter(counted).last() else { continue };
        read.answers.set(&field.key, Some(json!(text)));
        let given = Given { answers: &read.answers, attachments: &read.attachments, now: now() };
        group.bench_function(BenchmarkId::new("in a text of 3000 字", track), |b| {
            b.iter(|| black_box(press(judge, &field.key, &given)));
        });
    }
    for fields in [10, 100, 1_000] {
        let judge = wide(fields);
        let answers = Answers((0..fields).map(|at| (format!("f{at}"), json!("社区"))).collect());
        let given = Given { answers: &answers, attachments: &[], now: now() };
        group.bench_function(BenchmarkId::new("in a form of so many fields", fields), |b| {
            b.iter(|| black_box(press(&judge, "f7", &given)));
        });
    }
    group.finish();
}

/// A form of so many fields, each with a limit of its own, one in ten shown by the one before it.
fn wide(fields: usize) -> Judge {
    let field = |at: usize| {
        let mut field = json!({
            "key": format!("f{at}"), "label": "项", "type": {"text": {"max_chars": 100}}, "required": true, "source": "inferred",
        });
        if at % 10 == 8 {
            field["visible"] = json!({"!!": {"var": format!("f{}", at - 1)}});
        }
        field
    };
    let fields: Vec<_> = (0..fields).map(field).collect();
    let json = json!({
        "format": "campaign/1", "id": "wide", "revision": 1, "title": "宽", "reference_date": "2022-08-20",
        "deadline": "2022-08-20",
        "tracks": [{"id": "wide", "title": "宽", "form": "1", "sections": [{"id": "s", "title": "节", "fields": fields}]}]
    });
    let campaign = Campaign::parse(json.to_string().as_bytes()).unwrap();
    Judge::new(Arc::new(campaign), "wide", Arc::new(Calendar::built_in())).unwrap()
}

fn campaigns(c: &mut Criterion) {
    let mut group = c.benchmark_group("campaign");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/campaigns");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let (bytes, name) =
            (fs::read(&path).unwrap(), path.file_stem().unwrap().to_string_lossy().into_owned());
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(BenchmarkId::new("parse", &name), |b| {
            b.iter(|| Campaign::parse(black_box(&bytes)).unwrap());
        });
        let campaign = Arc::new(Campaign::parse(&bytes).unwrap());
        let calendar = Arc::new(Calendar::built_in());
        let track = &campaign.tracks[0].id;
        group.bench_function(BenchmarkId::new("make a judge", &name), |b| {
            b.iter(|| Judge::new(campaign.clone(), track, calendar.clone()).unwrap());
        });
    }
    group.finish();
}

fn counting(c: &mut Criterion) {
    let mut group = c.benchmark_group("3000 字");
    let text = deeds();
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("字数", |b| b.iter(|| count(black_box(&text), Policy::Word)));
    group.bench_function("every policy", |b| b.iter(|| counts(black_box(&text))));
    let unseen = text.replace('。', "\u{200B}。");
    group.bench_function("字数 with unseen characters", |b| {
        b.iter(|| count(black_box(&unseen), Policy::Word));
    });
    let ambiguous = "“说—don’t 再说”".repeat(300);
    group.bench_function("字数 of ambiguous signs", |b| {
        b.iter(|| count(black_box(&ambiguous), Policy::Word));
    });
    group.finish();
}

criterion_group!(benches, whole, key, campaigns, counting);
criterion_main!(benches);
