//! A nomination as a person reads it: answers under their questions, in the order of the form.
//!
//! The campaign file says what there is and what it is called; answers it does not know of are shown
//! too, at the end, because the officer should see everything that came in.

use nomination_form::answers::Answers;
use nomination_form::campaign::{
    ChoiceOption, Field, FieldKind, MatrixEntry, Text, Track, YesNoSettings,
};
use serde_json::{Map, Value};

use super::html::{Html, fill, text};

/// The answers of a track's form, section by section.
pub fn answers(track: &Track, answers: &Answers) -> Html {
    let sections = track.sections.iter().map(|section| {
        let fields = section.fields.iter().filter(|field| !field.is_file());
        let rows: Html = fields.filter_map(|field| asked(field, answers)).collect();
        let title = text(section.title.base());
        let template = "<h2>{{title}}</h2><dl class=\"answers\">{{rows}}</dl>";
        if rows == Html::default() {
            rows
        } else {
            fill(template, &[("title", title), ("rows", rows)])
        }
    });
    sections.chain([unasked(track, answers)]).collect()
}

/// The name to list a nomination by: the form's first text, which is the person or the unit.
pub fn name(track: &Track, answers: &Answers) -> String {
    let first = track
        .fields()
        .find(|field| matches!(field.kind, FieldKind::PersonName | FieldKind::Text(_)));
    let name = first.and_then(|field| answers.get(&field.key)?.as_str());
    name.unwrap_or("（未填写）").to_owned()
}

fn asked(field: &Field, answers: &Answers) -> Option<Html> {
    let value = answers.get(&field.key)?;
    Some(row(field.label.base(), shown(field, value)))
}

fn unasked(track: &Track, answers: &Answers) -> Html {
    let others = answers.0.iter().filter(|(key, _)| track.field(key).is_none());
    let rows: Html = others.map(|(key, value)| row(key, text(&value.to_string()))).collect();
    if rows == Html::default() {
        return rows;
    }
    fill("<h2>表中没有的内容</h2><dl class=\"answers\">{{rows}}</dl>", &[("rows", rows)])
}

fn row(label: &str, value: Html) -> Html {
    fill("<dt>{{label}}</dt><dd>{{value}}</dd>", &[("label", text(label)), ("value", value)])
}

fn shown(field: &Field, value: &Value) -> Html {
    match (&field.kind, value) {
        (FieldKind::Rows(_), Value::Array(rows)) => table(field.columns(), rows),
        (FieldKind::Group(_), Value::Object(_)) => {
            table(field.columns(), std::slice::from_ref(value))
        }
        (FieldKind::Matrix(matrix), Value::Object(parts)) => entries(&matrix.entries, field, parts),
        (FieldKind::Choice(choice), value) => text(&labelled(&choice.options, value)),
        (FieldKind::Choices(choices), Value::Array(values)) => {
            let labels: Vec<_> =
                values.iter().map(|value| labelled(&choices.options, value)).collect();
            text(&labels.join("、"))
        }
        (FieldKind::YesNo(words), Value::Bool(yes)) => text(yes_no(words, *yes)),
        (FieldKind::Number(number), Value::Number(figure)) => {
            text(&format!("{figure}{}", number.unit.as_ref().map_or("", Text::base)))
        }
        (_, value) => text(&scalar(value)),
    }
}

/// A value by the words it was offered under.
fn labelled(options: &[ChoiceOption], value: &Value) -> String {
    let code = scalar(value);
    let option = options.iter().find(|option| option.value == code);
    option.map_or(code, |option| option.label.base().to_owned())
}

/// The entries of a matrix one under the other, each with its answers.
fn entries(entries: &[MatrixEntry], field: &Field, parts: &Map<String, Value>) -> Html {
    let rows = entries.iter().filter_map(|entry| {
        let label = entry.label.as_ref().map_or(entry.key.as_str(), Text::base);
        let answers = table(field.columns(), std::slice::from_ref(parts.get(&entry.key)?));
        Some(row(label, answers))
    });
    fill("<dl>{{rows}}</dl>", &[("rows", rows.collect())])
}

fn table(columns: &[Field], rows: &[Value]) -> Html {
    let head: Html =
        columns.iter().map(|column| cell("<th>{{it}}</th>", text(column.label.base()))).collect();
    let body: Html =
        rows.iter().map(|row| cell("<tr>{{it}}</tr>", table_row(columns, row))).collect();
    let template = "<div class=\"scroll\"><table><thead><tr>{{head}}</tr></thead>\
                    <tbody>{{body}}</tbody></table></div>";
    fill(template, &[("head", head), ("body", body)])
}

fn table_row(columns: &[Field], row: &Value) -> Html {
    let cells = columns.iter().map(|column| {
        let value = match row.get(&column.key) {
            Some(Value::Null) if is_open_end(column) => text("至今"),
            Some(value) => shown(column, value),
            None => Html::default(),
        };
        cell("<td>{{it}}</td>", value)
    });
    cells.collect()
}

fn is_open_end(column: &Field) -> bool {
    matches!(&column.kind, FieldKind::Month(month) if month.open)
}

fn cell(template: &'static str, it: Html) -> Html {
    fill(template, &[("it", it)])
}

fn yes_no(words: &YesNoSettings, yes: bool) -> &str {
    let (said, usual) = if yes { (&words.yes, "是") } else { (&words.no, "否") };
    said.as_ref().map_or(usual, Text::base)
}

/// A value in words: a coded answer by its name, and whatever is unexpected as its JSON.
fn scalar(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(words) => words.clone(),
        Value::Object(coded) => match coded.get("name").and_then(Value::as_str) {
            Some(name) => name.to_owned(),
            None => value.to_string(),
        },
        other => other.to_string(),
    }
}
