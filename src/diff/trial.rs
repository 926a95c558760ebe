//! Trying out what becomes of answers: some are made up for the old question and carried over.

use serde_json::{Map, Value, json};

use super::Effect;
use crate::{
    answers::Answers,
    campaign::{BASE_LANG, ChoiceOption, Field, FieldKind, NumberSettings, Section, Track},
    rules::{carry, suits},
    standards::codes,
    words::Words,
};

/// What becomes of the answers to a question when it is asked in another way; of a question for files,
/// what becomes of those.
pub(super) fn trial(old: &Field, new: &Field) -> Effect {
    let (before, after) = (form_of(old), form_of(new));
    if old.is_file() {
        let stays = carry::takes_file(&after, &old.key, old.per_row());
        return if stays { Effect::JudgesDifferently } else { Effect::Drops };
    }
    let effects = samples(&old.kind).into_iter().map(|sample| {
        let answers = Answers([(old.key.clone(), sample)].into_iter().collect());
        let labels = carry::labels(&before, &answers, BASE_LANG);
        let carried = carry::carry(&after, &answers, &labels, Words::base());
        match carried.answers.get(&old.key) {
            _ if !carried.left_over.is_empty() => Effect::Drops,
            Some(now) if !suits(new, now) => Effect::AsksAgain,
            _ => Effect::Safe,
        }
    });
    effects.max().unwrap_or(Effect::Safe)
}

fn form_of(field: &Field) -> Track {
    Track::of_section(Section {
        id: String::new(),
        title: "".into(),
        note: None,
        printed: true,
        fields: vec![field.clone()],
    })
}

/// Answers that stand for all that a question of this kind can have.
fn samples(kind: &FieldKind) -> Vec<Value> {
    let texts = |texts: &[&str]| texts.iter().map(|text| json!(text)).collect();
    match kind {
        // Nothing keeps a person from writing much, whatever the rules will say of it.
        FieldKind::Text(_) | FieldKind::PersonName => vec![json!("字"), json!("字".repeat(200))],
        FieldKind::Essay(_) => vec![json!("字"), json!("字".repeat(2_000)), json!("一段\n二段")],
        FieldKind::Number(number) => numbers(number),
        FieldKind::Month(_) => texts(&["2008-09"]),
        FieldKind::Date => texts(&["2022-08-11"]),
        FieldKind::DayOrMonth => texts(&["2022-08-11", "2008-09"]),
        FieldKind::YesNo(_) => vec![json!(true), json!(false)],
        FieldKind::Choice(choice) => {
            let also = choice.also.iter().map(|word| json!(word));
            values(&choice.options, choice.codes.as_deref()).into_iter().chain(also).collect()
        }
        FieldKind::Choices(choices) => {
            let values = values(&choices.options, choices.codes.as_deref());
            let single = values.iter().map(|value| json!([value]));
            single.chain([json!(values)]).collect()
        }
        FieldKind::IdNumber => texts(&["11010519491231002X"]),
        FieldKind::Phone => texts(&["13800138000"]),
        FieldKind::Uscc => texts(&["91350100M000100Y43"]),
        FieldKind::Rows(rows) => vec![json!([part(&rows.fields)])],
        FieldKind::Group(group) => vec![part(&group.fields)],
        FieldKind::Matrix(matrix) => {
            let entry = |key: &String| (key.clone(), part(&matrix.fields));
            vec![matrix.entries.iter().map(|it| entry(&it.key)).collect::<Map<_, _>>().into()]
        }
        FieldKind::Photo(_) | FieldKind::File(_) => Vec::new(),
    }
}

fn part(fields: &[Field]) -> Value {
    let cell = |field: &Field| Some((field.key.clone(), samples(&field.kind).into_iter().next()?));
    fields.iter().filter_map(cell).collect::<Map<_, _>>().into()
}

fn numbers(settings: &NumberSettings) -> Vec<Value> {
    let whole = settings.whole;
    let figures = [json!(0), json!(1), json!(2022), json!(settings.min), json!(settings.max)];
    let parts = (!whole).then(|| json!(1.5));
    figures.into_iter().chain(parts).filter(Value::is_number).collect()
}

fn values(options: &[ChoiceOption], table: Option<&str>) -> Vec<Value> {
    let coded = table.and_then(codes::table).unwrap_or_default().iter();
    let coded = coded.map(|code| json!({"code": code.code, "name": code.name}));
    options.iter().map(|option| json!(option.value)).chain(coded).collect()
}
