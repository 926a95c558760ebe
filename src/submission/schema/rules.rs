//! What rules of the campaign add: as far as a schema can say it, and the rule's finding is an error.

use serde_json::{Value, json};

use super::{
    condition::{self, Known, Scope, is},
    has,
    part::{only_properties, when},
    put,
    value::{self, Covered},
};
use crate::{
    campaign::{
        DeclaredRule, Field, FieldKind, LengthRule, MustRule, OpinionsRule, Requirement, Rule,
        RuleKind, Severity, Track,
    },
    standards::Policy,
};

/// What rules say about a field, or about a column of the table `inside`, instead of the field itself.
pub(super) fn covered(scope: Scope, key: &str) -> Covered {
    let mut covered = Covered::default();
    for rule in scope.track.rules.iter().filter(|rule| rule.each.is_none()) {
        match (&rule.check, scope.inside) {
            (RuleKind::Listed(listed), None) if listed.field == key && listed.column.is_none() => {
                covered.listed = Some(covered.listed.unwrap_or(false) || is_sure(rule));
            }
            (RuleKind::Listed(listed), Some(table))
                if listed.field == table.key && listed.column.as_deref() == Some(key) =>
            {
                covered.listed = Some(covered.listed.unwrap_or(false) || is_sure(rule));
            }
            (RuleKind::Length(length), None) if length.field == key => covered.length = true,
            _ => {}
        }
    }
    covered
}

/// Whether what the rule finds is always an error.
fn is_sure(rule: &Rule) -> bool {
    rule.severity == Severity::Error && rule.when.is_none()
}

/// What rules demand of the answers.
pub(super) fn demands(scope: Scope, track: &Track) -> Vec<Value> {
    let rules = track.rules.iter();
    let rules = rules.filter(|rule| rule.severity == Severity::Error && rule.each.is_none());
    rules.flat_map(|rule| of_rule(scope, rule)).collect()
}

fn of_rule(scope: Scope, rule: &Rule) -> Vec<Value> {
    let holds = rule.when.as_ref().map_or(Known::always(), |when| scope.known(when));
    // The rule is judged only where its field is shown.
    let at = |key: &str| {
        let field = scope.field(key)?;
        Some((field, Known::all([holds.clone(), scope.shown(field)])))
    };
    match &rule.check {
        RuleKind::Declared(declared) => of_declared(declared, &at),
        RuleKind::Length(length) => of_length(length, &at).into_iter().collect(),
        RuleKind::Note(note) => {
            let never = at(&note.field)
                .and_then(|(_, judged)| Known::all([judged, scope.known(&note.when)]).holds);
            never.map(|never| json!({"not": never})).into_iter().collect()
        }
        RuleKind::Must(must) => of_must(scope, must, &at).into_iter().collect(),
        RuleKind::Opinions(opinions) => of_opinions(scope, opinions, &at),
        _ => Vec::new(),
    }
}

type At<'f, 'a> = &'f dyn Fn(&str) -> Option<(&'a Field, Known)>;

fn of_declared(rule: &DeclaredRule, at: At) -> Vec<Value> {
    let demands = rule.fields.iter().filter_map(|(key, wanted)| {
        let (field, judged) = at(key)?;
        let declared = is(&field.kind, wanted)?;
        let either = json!({"anyOf": [{"$ref": "#/$defs/Blank"}, declared]});
        // An open month may also say 至今, which is nothing.
        let known = !matches!(field.kind, FieldKind::Month(_));
        known
            .then_some(())
            .and(judged.holds)
            .map(|judged| when(&judged, only_properties(key, either)))
    });
    demands.collect()
}

/// Only code points are what a schema counts.
fn of_length(rule: &LengthRule, at: At) -> Option<Value> {
    let (field, judged) = at(&rule.field)?;
    if rule.unit != Policy::CodePoints || !field.kind.is_text() {
        return None;
    }
    let mut text = json!({"type": "string"});
    if let (Some(map), Some(max)) = (text.as_object_mut(), rule.most()) {
        map.insert("maxLength".to_owned(), max.into());
    }
    if let (Some(map), Some(min)) = (text.as_object_mut(), rule.min) {
        map.insert("minLength".to_owned(), min.into());
    }
    let either = json!({"anyOf": [{"$ref": "#/$defs/Blank"}, text]});
    Some(when(&judged.holds?, only_properties(&rule.field, either)))
}

/// It must not fail once what it reads is there, unless the person says why.
fn of_must(scope: Scope, rule: &MustRule, at: At) -> Option<Value> {
    let (_, judged) = at(&rule.field)?;
    let mut wrong = vec![judged, scope.known(&rule.that).not()];
    if !rule.even_if_missing {
        for key in rule.that.reads() {
            wrong.push(there(scope, key)?);
        }
    }
    if let Some(key) = &rule.unless_explained {
        wrong.push(condition::missing(scope, scope.field(key)?));
    }
    Known::all(wrong).holds.map(|wrong| json!({"not": wrong}))
}

/// Every department that is asked says something, and one that need not be asked has a reason.
fn of_opinions(scope: Scope, rule: &OpinionsRule, at: At) -> Vec<Value> {
    let Some((field, judged)) = at(&rule.field) else { return Vec::new() };
    // Where nothing at all is filled in the rule is silent; then the field itself has to be asked for.
    let always = field.missing == Severity::Error && field.required == Requirement::Fixed(true);
    if !always {
        return Vec::new();
    }
    let said = has(&rule.status, json!({"not": {"$ref": "#/$defs/Blank"}}));
    let excused = json!({
        "if": has(&rule.status, json!({"const": rule.not_applicable})),
        "then": has(&rule.reason, json!({"not": {"$ref": "#/$defs/Blank"}})),
    });
    let opinion = json!({"type": "object", "allOf": [said, excused]});
    let demands = field.entries().iter().filter_map(|entry| {
        let asked = entry.when.as_ref().map_or(Known::always(), |when| scope.known(when));
        let asked = Known::all([judged.clone(), asked]).holds?;
        let mut opinions = has(&entry.key, opinion.clone());
        put(&mut opinions, "type", "object");
        Some(when(&asked, has(&field.key, opinions)))
    });
    demands.collect()
}

/// An answer of the right kind is there for sure.
fn there(scope: Scope, key: &str) -> Option<Known> {
    let field = scope.field(key)?;
    if field.is_file() || !field.columns().is_empty() {
        return None;
    }
    let covered = Covered { listed: Some(false), length: true };
    let mut given = value::given(field, covered, scope, true);
    if matches!(&field.kind, FieldKind::YesNo(yes_no) if yes_no.tick) {
        given = json!({"const": true});
    }
    let there = Known { holds: Some(has(key, given)), fails: None };
    Some(Known::all([there, scope.shown(field)]))
}
