//! One check: the findings of a field itself, or of one rule of the campaign.

use super::{
    Finding, Problem,
    answer::{self, Covered},
    continuity, declared, distinct, early, either, file, first_row, grades, id_birth, id_document,
    id_sex,
    judge::requirement_reads,
    keyed::Keyed,
    late, length, listed, must, note, notice, notices, opinions, periods, phone, photo, rows,
    tenure, uscc, uscc_kind,
    view::View,
    wording,
};
use crate::{
    answers::{Answers, Attachment},
    campaign::{Computed, Field, FieldKind, ListedRule, Rule, RuleKind, Severity, Track},
    standards::Instant,
    words::Words,
};

/// What is judged: the answers, the files, and the time.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The answers.
    pub answers: &'a Answers,
    /// The files.
    pub attachments: &'a [Attachment],
    /// The time: the host's, not the machine's.
    pub now: Instant,
}

/// One check, by the places of what it needs in its track.
#[derive(Debug, Clone)]
pub(super) enum Check {
    /// What can be said of a field without a rule.
    Field { section: usize, field: usize, covered: Covered },
    /// A rule of the campaign, at one of the fields it speaks about.
    Rule { rule: usize, key: Option<String> },
    /// Answers that belong to no field.
    UnknownKeys,
    /// Files that belong to no field.
    UnknownSlots,
}

impl Check {
    /// Every check of a track, in form order: each field with the rules that speak at it, then the
    /// rules that speak about the whole.
    pub(super) fn all(track: &Track) -> Vec<Self> {
        let mut checks = Vec::new();
        let mut speaking = Keyed::<Vec<usize>>::default();
        for (at, rule) in track.rules.iter().enumerate() {
            match &rule.each {
                Some(table) => speaking.push(table, at),
                None => speaks_at(&rule.check).into_iter().for_each(|key| speaking.push(key, at)),
            }
        }
        for (s, section) in track.sections.iter().enumerate() {
            for (f, field) in section.fields.iter().enumerate() {
                let rules = speaking.all(&field.key);
                let covered = covered(track, rules);
                checks.push(Self::Field { section: s, field: f, covered });
                checks.extend(
                    rules.iter().map(|at| Self::Rule { rule: *at, key: Some(field.key.clone()) }),
                );
            }
        }
        let about_whole = |rule: &Rule| rule.each.is_none() && speaks_at(&rule.check).is_empty();
        let whole = track.rules.iter().enumerate().filter(|(_, rule)| about_whole(rule));
        checks.extend(whole.map(|(at, _)| Self::Rule { rule: at, key: None }));
        checks.extend([Self::UnknownKeys, Self::UnknownSlots]);
        checks
    }

    /// The keys it reads, not counting what decides whether those are shown.
    pub(super) fn reads<'a>(&'a self, track: &'a Track) -> Vec<&'a str> {
        match self {
            Self::Field { .. } => {
                let Some(field) = self.field(track) else { return Vec::new() };
                let mut keys = requirement_reads(field);
                keys.push(&field.key);
                keys.extend(field.per_row());
                keys.extend(field.named_by());
                keys
            }
            Self::Rule { rule, key } => {
                let Some(rule) = track.rules.get(*rule) else { return Vec::new() };
                let mut keys = match (&rule.check, key) {
                    _ if rule.each.is_some() => rule.each.iter().map(String::as_str).collect(),
                    // Each declaration is a check of its own.
                    (RuleKind::Declared(_), Some(key)) => vec![key.as_str()],
                    (check, _) => check.reads(),
                };
                keys.extend(rule.when.iter().flat_map(|when| when.reads()));
                keys
            }
            Self::UnknownKeys | Self::UnknownSlots => Vec::new(),
        }
    }

    /// Everything it finds.
    pub(super) fn run<'a>(&'a self, track: &'a Track, view: &View<'a>) -> Vec<Problem> {
        match self {
            Self::Field { covered, .. } => match self.field(track) {
                Some(field) => worded(view, field_findings(view, field, covered)),
                None => Vec::new(),
            },
            Self::Rule { rule, key } => match track.rules.get(*rule) {
                Some(rule) => run_rule(view, track, rule, key.as_deref()),
                None => Vec::new(),
            },
            Self::UnknownKeys => worded(view, answer::unknown_keys(view)),
            Self::UnknownSlots => worded(view, file::unknown_slots(view)),
        }
    }

    fn field<'a>(&self, track: &'a Track) -> Option<&'a Field> {
        match self {
            Self::Field { section, field, .. } => track.sections.get(*section)?.fields.get(*field),
            _ => None,
        }
    }
}

/// The fields at which a rule's findings stand; none for a rule about the whole.
pub(super) fn speaks_at(check: &RuleKind) -> Vec<&str> {
    match check {
        RuleKind::IdDocument(rule) => vec![&rule.number],
        RuleKind::IdBirth(rule) => vec![&rule.birth],
        RuleKind::IdSex(rule) => vec![&rule.sex],
        RuleKind::Phone(rule) => vec![&rule.field],
        RuleKind::Length(rule) => vec![&rule.field],
        RuleKind::Declared(rule) => rule.fields.keys().map(String::as_str).collect(),
        RuleKind::Uscc(rule) => vec![&rule.field],
        RuleKind::Periods(rule) | RuleKind::Distinct(rule) => vec![&rule.field],
        RuleKind::UsccKind(rule) => vec![&rule.field],
        RuleKind::Listed(rule) => vec![&rule.field],
        RuleKind::Continuity(rule) => vec![&rule.field],
        RuleKind::FirstRow(rule) => vec![&rule.field],
        RuleKind::Tenure(rule) => vec![&rule.field],
        RuleKind::Grades(rule) => vec![&rule.field],
        RuleKind::Notice(rule) => vec![&rule.field],
        RuleKind::Notices(rule) => vec![&rule.field],
        RuleKind::Opinions(rule) => vec![&rule.field],
        RuleKind::Either(rule) => rule.fields.iter().take(1).map(String::as_str).collect(),
        RuleKind::Must(rule) => vec![&rule.field],
        RuleKind::Note(rule) => vec![&rule.field],
        RuleKind::Late(_) | RuleKind::Early(_) | RuleKind::Variant => vec![],
    }
}

fn covered(track: &Track, rules: &[usize]) -> Covered {
    let mut covered = Covered::default();
    let rules = rules.iter().filter_map(|at| track.rules.get(*at));
    for rule in rules.filter(|rule| rule.each.is_none()) {
        match &rule.check {
            RuleKind::Listed(ListedRule { column: Some(column), .. }) => {
                covered.columns.push(column.clone());
            }
            RuleKind::Listed(_) => covered.listed = true,
            RuleKind::Length(_) => covered.length = true,
            _ => {}
        }
    }
    covered
}

fn field_findings<'a>(view: &View<'a>, field: &'a Field, covered: &Covered) -> Vec<Finding<'a>> {
    let mut findings = answer::judge(view, field, covered);
    match &field.kind {
        FieldKind::File(settings) => findings.extend(file::judge(view, field, settings)),
        FieldKind::Photo(settings) => findings.extend(photo::judge(view, field, settings)),
        _ => {}
    }
    findings
}

fn run_rule<'a>(
    view: &View<'a>,
    track: &'a Track,
    rule: &'a Rule,
    key: Option<&str>,
) -> Vec<Problem> {
    if rule.when.as_ref().is_some_and(|when| !view.holds(when)) {
        return Vec::new();
    }
    if rule.each.is_some() {
        return rows::judge(view, rule);
    }
    let label = key.map_or("", |key| view.label(key));
    let findings = judge(view, &track.computed, rule, key.unwrap_or_default());
    let words = view.words();
    findings.into_iter().map(|finding| problem(words, finding, Some(rule), label)).collect()
}

/// Everything a rule finds at the field `key`.
pub(super) fn judge<'a>(
    view: &View<'a>,
    computed: &'a [Computed],
    rule: &'a Rule,
    key: &str,
) -> Vec<Finding<'a>> {
    let id = &rule.id;
    match &rule.check {
        RuleKind::IdDocument(rule) => id_document::judge(view, rule),
        RuleKind::IdBirth(rule) => id_birth::judge(view, rule),
        RuleKind::IdSex(rule) => id_sex::judge(view, rule),
        RuleKind::Phone(rule) => phone::judge(view, rule),
        RuleKind::Uscc(rule) => uscc::judge(view, rule),
        RuleKind::UsccKind(rule) => uscc_kind::judge(view, rule),
        RuleKind::Length(rule) => length::judge(view, rule, id),
        RuleKind::Listed(rule) => listed::judge(view, rule),
        RuleKind::Declared(rule) => declared::judge(view, rule, key),
        RuleKind::Periods(rule) => periods::judge(view, rule),
        RuleKind::Distinct(rule) => distinct::judge(view, rule),
        RuleKind::Continuity(rule) => continuity::judge(view, rule),
        RuleKind::FirstRow(rule) => first_row::judge(view, rule),
        RuleKind::Tenure(rule) => tenure::judge(view, computed, rule),
        RuleKind::Grades(rule) => grades::judge(view, rule),
        RuleKind::Notice(rule) => notice::judge(view, rule),
        RuleKind::Note(rule) => note::judge(view, rule),
        RuleKind::Notices(rule) => notices::judge(view, rule),
        RuleKind::Opinions(rule) => opinions::judge(view, rule, id),
        RuleKind::Either(rule) => either::judge(view, rule),
        RuleKind::Must(rule) => must::judge(view, rule),
        RuleKind::Late(rule) => late::judge(view, rule),
        RuleKind::Early(rule) => early::judge(view, rule),
        // Which form a submission names is known where submissions are read.
        RuleKind::Variant => Vec::new(),
    }
}

fn worded(view: &View, findings: Vec<Finding>) -> Vec<Problem> {
    findings.into_iter().map(|finding| problem(view.words(), finding, None, "")).collect()
}

/// Gives a finding its id, severity, clause and words.
pub(super) fn problem(
    words: &'static Words,
    finding: Finding,
    rule: Option<&Rule>,
    label: &str,
) -> Problem {
    let usual = rule.map_or(Severity::Error, |rule| rule.severity);
    // A finding that is milder than its rule stays so; a mild rule has no graver findings.
    let severity = finding.severity.map_or(usual, |own| own.min(usual));
    // The campaign's words are for what the rule is about, not for the doubts besides.
    let same = finding.severity.is_none() || finding.same_words;
    let own = rule.filter(|_| same).and_then(|rule| rule.message.as_ref());
    let own = own.map(|own| own.get(words.lang()));
    let label = finding.called(words.lang()).unwrap_or(label);
    let message = wording::sentence(words, finding.code, severity, &finding.params, label, own);
    let finding = *finding.0;
    let cite = rule.map_or(finding.cite, Rule::cite).cloned();
    let id = finding.rule.or_else(|| rule.map(|rule| rule.id.clone())).unwrap_or_default();
    let mut params = finding.params;
    params.retain(|_, value| !value.is_null());
    Problem { rule: id, code: finding.code, severity, path: finding.path, message, params, cite }
}
