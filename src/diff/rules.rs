//! Rules beyond single answers. Several may bear one id: those that did not change are set aside
//! first, the others are compared in their order.

use serde_json::Value;

use super::{
    Diff, Effect, kinds,
    limits::{self, Turn},
};
use crate::campaign::{Logic, Rule, RuleKind};

impl Diff {
    pub(super) fn rules(&mut self, old: &[Rule], new: &[Rule]) {
        let (before, mut ids) = (ids(old), ids(new));
        self.order(&before, &ids, "rules", "各条规则");
        ids.retain(|id| !before.contains(id));
        for id in before.iter().chain(&ids) {
            let (before, after) = apart(of(old, id), of(new, id));
            for (before, after) in before.iter().zip(&after) {
                self.rule(before, after);
            }
            for rule in before.iter().skip(after.len()) {
                let then = "草稿不再因它出问题";
                let message = format!("去掉了规则{}，{then}", named(rule));
                self.say(Effect::JudgesDifferently, "rule-removed", &at(rule), message);
            }
            for rule in after.iter().skip(before.len()) {
                let then = "原来合格的草稿可能不再合格，请填表人重新看一遍";
                let message = format!("新增规则{}，{then}", named(rule));
                self.say(Effect::JudgesDifferently, "rule-added", &at(rule), message);
            }
        }
    }

    fn rule(&mut self, old: &Rule, new: &Rule) {
        let path = at(old);
        let mut turns = Vec::new();
        if old.severity != new.severity {
            turns.push(if new.severity > old.severity { Turn::Tighter } else { Turn::Looser });
        }
        if old.when != new.when {
            turns.push(condition(old.when.as_ref(), new.when.as_ref()));
        }
        if old.each != new.each {
            turns.push(Turn::Other);
        }
        turns.extend(check(&old.check, &new.check));
        let words = |rule: &Rule| (rule.message.clone(), rule.source.clone());
        let Some(turn) = turns.into_iter().reduce(Turn::and) else {
            return self.wording(&path, &format!("规则{}的说法或出处", named(old)));
        };
        if words(old) != words(new) {
            self.wording(&path, &format!("规则{}的说法或出处", named(old)));
        }
        let message = format!("规则{}{}", named(old), turn.then("草稿中的内容都还在"));
        self.say(Effect::JudgesDifferently, turn.rule(), &path, message);
    }
}

/// Which way each setting went that differs.
fn check(old: &RuleKind, new: &RuleKind) -> Vec<Turn> {
    let json = |kind: &RuleKind| serde_json::to_value(kind).unwrap_or_default();
    let (old, new) = (json(old), json(new));
    // `{"length": {…}}`: of two kinds both keys differ, and no kind is the name of a setting.
    let mut turns = Vec::new();
    for (kind, before, after) in limits::differing(&named_settings(old), &named_settings(new)) {
        if before.is_null() || after.is_null() {
            return vec![Turn::Other];
        }
        let settings = limits::differing(&before, &after);
        // How the first row is asked for in words.
        let judged = settings.iter().filter(|(key, ..)| key != "asked");
        turns.extend(judged.map(|(key, before, after)| match (kind.as_str(), key.as_str()) {
            ("late", "time") => limits::turn("last_day", before, after),
            ("early", "time") => limits::turn("first_day", before, after),
            (_, key) => limits::turn(key, before, after),
        }));
    }
    turns
}

/// A kind without settings is a word alone.
fn named_settings(kind: Value) -> Value {
    match kind {
        Value::String(name) => Value::Object([(name, Value::Bool(true))].into_iter().collect()),
        kind => kind,
    }
}

/// A rule that holds only sometimes lets through more.
fn condition(old: Option<&Logic>, new: Option<&Logic>) -> Turn {
    match (old, new) {
        (None, Some(_)) => Turn::Looser,
        (Some(_), None) => Turn::Tighter,
        _ => Turn::Other,
    }
}

/// The ids, each once.
fn ids(rules: &[Rule]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for rule in rules {
        if !ids.contains(&rule.id) {
            ids.push(rule.id.clone());
        }
    }
    ids
}

fn of<'a>(rules: &'a [Rule], id: &str) -> Vec<&'a Rule> {
    rules.iter().filter(|rule| rule.id == id).collect()
}

/// Those that are not the same in both.
fn apart<'a>(mut old: Vec<&'a Rule>, mut new: Vec<&'a Rule>) -> (Vec<&'a Rule>, Vec<&'a Rule>) {
    old.retain(|rule| match new.iter().position(|now| now == rule) {
        Some(same) => {
            new.remove(same);
            false
        }
        None => true,
    });
    (old, new)
}

fn at(rule: &Rule) -> String {
    format!("rule:{}", rule.id)
}

fn named(rule: &Rule) -> String {
    format!("“{}”（{}）", rule.id, kinds::rule(&rule.check))
}
