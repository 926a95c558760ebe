//! What `diff` promises of two editions of a campaign, `carry` keeps: on answers as the form takes them.

use std::sync::{Arc, OnceLock};

use nomination_form::{
    answers::Answers,
    campaign::{BASE_LANG, Campaign, Field, FieldKind, Track},
    diff::{Effect, diff},
    rules::carry::{Carried, carry, labels},
    session::answer,
    standards::codes,
    words::Words,
};
use proptest::prelude::*;
use serde_json::{Map, Value};

use crate::{
    carry::{Edit, edit, edited},
    golden,
    nominations::tracks,
};

/// Every track that we ship, and one with questions of every kind.
fn campaigns() -> &'static [Arc<Campaign>] {
    static CAMPAIGNS: OnceLock<Vec<Arc<Campaign>>> = OnceLock::new();
    CAMPAIGNS.get_or_init(read_campaigns)
}

fn read_campaigns() -> Vec<Arc<Campaign>> {
    let shipped = tracks().into_iter().map(|track| {
        let track = track.judge.track();
        let mut campaign = golden::campaign(track.id.split_once('.').unwrap().0).as_ref().clone();
        campaign.tracks = vec![track.clone()];
        Arc::new(campaign)
    });
    shipped.chain([golden::campaign("every-kind")]).collect()
}

/// What a person may do in a control of this kind.
fn typed(kind: &FieldKind) -> Vec<String> {
    let words = |all: &[&str]| all.iter().map(|&word| word.to_owned()).collect();
    match kind {
        FieldKind::Text(_) | FieldKind::PersonName => {
            vec!["王某某".into(), "长".repeat(300), "12".into()]
        }
        FieldKind::Essay(_) => vec!["一段\n二段".into(), "一段".into(), "长".repeat(300)],
        FieldKind::Number(_) => words(&["12", "1.5", "全部"]),
        FieldKind::Month(_) | FieldKind::Date | FieldKind::DayOrMonth => {
            words(&["1985年6月", "2022-08-11", "85年夏天", "至今"])
        }
        FieldKind::YesNo(_) => words(&["yes", "no"]),
        FieldKind::Choice(choice) => values(choice.codes.as_deref(), kind),
        _ => words(&["11010519491231002X", "不知道"]),
    }
}

fn values(table: Option<&str>, kind: &FieldKind) -> Vec<String> {
    let options = match kind {
        FieldKind::Choice(choice) => &choice.options,
        FieldKind::Choices(choices) => &choices.options,
        _ => return Vec::new(),
    };
    let coded = table.and_then(codes::offered).unwrap_or_default().iter();
    let coded = coded.map(|code| code.code.to_owned());
    options.iter().map(|option| option.value.clone()).chain(coded).collect()
}

/// The answer that a person gives who does the `seed`th thing everywhere.
fn given(kind: &FieldKind, seed: usize) -> Option<Value> {
    let part = |fields: &[Field]| -> Value {
        let cell = |field: &Field| Some((field.key.clone(), given(&field.kind, seed)?));
        fields.iter().filter_map(cell).collect::<Map<_, _>>().into()
    };
    match kind {
        FieldKind::Rows(rows) => Some(vec![part(&rows.fields); 1 + seed % 3].into()),
        FieldKind::Group(group) => Some(part(&group.fields)),
        FieldKind::Matrix(matrix) => {
            let entry = |key: &String| (key.clone(), part(&matrix.fields));
            Some(matrix.entries.iter().map(|it| entry(&it.key)).collect::<Map<_, _>>().into())
        }
        FieldKind::Choices(choices) => {
            let values = values(choices.codes.as_deref(), kind);
            let count = 1 + seed % 2;
            let chosen = values.iter().cycle().skip(seed % values.len().max(1)).take(count);
            let one = FieldKind::Choice(nomination_form::campaign::ChoiceSettings {
                codes: choices.codes.clone(),
                ..Default::default()
            });
            let items: Vec<_> = chosen.filter_map(|value| answer(&one, value)).collect();
            (!items.is_empty()).then_some(items.into())
        }
        FieldKind::Photo(_) | FieldKind::File(_) => None,
        kind => {
            let typed = typed(kind);
            answer(kind, &typed[seed % typed.len()])
        }
    }
}

fn filled(track: &Track, seed: usize) -> Answers {
    let answer = |field: &Field| Some((field.key.clone(), given(&field.kind, seed)?));
    Answers(track.fields().filter_map(answer).collect())
}

fn carried(old: &Track, new: &Track, seed: usize) -> Carried {
    let answers = filled(old, seed);
    carry(new, &answers, &labels(old, &answers, BASE_LANG), Words::base())
}

/// Editions that differ in one thing, with what is said to be dropped.
fn drops(campaign: &Campaign, edits: &[Edit]) -> (Track, Vec<String>) {
    let mut new = campaign.clone();
    new.revision += 1;
    new.tracks[0] = edited(&new.tracks[0], edits);
    let changes = diff(campaign, &new).into_iter().filter(|change| change.effect == Effect::Drops);
    let paths = changes.map(|change| change.path).collect();
    (new.tracks.remove(0), paths)
}

proptest! {
    #![proptest_config(crate::config(300))]

    /// Whatever is left over stands at a path that was said to be dropped.
    #[test]
    fn what_is_called_safe_leaves_nothing_over(
        at in any::<usize>(), edits in proptest::collection::vec(edit(), 1..3), seed in any::<usize>()
    ) {
        let campaigns = campaigns();
        let campaign = &campaigns[at % campaigns.len()];
        let (new, dropped) = drops(campaign, &edits);
        for left in carried(&campaign.tracks[0], &new, seed).left_over {
            // Rows have no numbers in what is said of a table.
            let parts = left.path.split('.').filter(|part| part.parse::<usize>().is_err());
            let path = parts.collect::<Vec<_>>().join(".");
            let said = |dropped: &String| {
                // A column of a matrix is said once for all entries.
                let (key, column) = dropped.split_once('.').unwrap_or((dropped, ""));
                path == *dropped
                    || path.starts_with(&format!("{dropped}."))
                    || (path.starts_with(&format!("{key}.")) && path.ends_with(&format!(".{column}")))
            };
            prop_assert!(dropped.iter().any(said), "{path} of {dropped:?}");
        }
    }

    /// And what is said to be dropped is dropped from somebody's draft.
    #[test]
    fn what_is_called_dropped_is_dropped_from_some_draft(at in any::<usize>(), edit in edit()) {
        let campaigns = campaigns();
        let campaign = &campaigns[at % campaigns.len()];
        let old = &campaign.tracks[0];
        let (new, dropped) = drops(campaign, &[edit]);
        for path in dropped {
            let key = path.split('.').next().unwrap();
            let is_file = old.field(key).is_some_and(Field::is_file);
            let is_left = |seed| {
                carried(old, &new, seed).left_over.iter().any(|left| left.path.starts_with(key))
            };
            prop_assert!(is_file || (0..64).any(is_left), "{path}");
        }
    }
}
