//! A table as a list of rows, each a small form of its own; works with a thumb and with keys alone.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

use super::counter::Counter;
use super::dom;
use super::field::{Control, FieldView};
use super::problems::Problems;
use super::{Form, words};
use crate::campaign::{RowsSettings, Show};
use crate::session::{Event, Place, RowId};

pub(super) fn rows(form: Form, settings: &RowsSettings, control: Control) -> AnyView {
    let key = control.place.key().to_owned();
    let label = settings.row_label.get(&form.lang()).to_owned();
    let columns: Vec<String> = settings.fields.iter().map(|column| column.key.clone()).collect();
    let (topic, of) = (format!("{key}#"), key.clone());
    let ids = Memo::new(move |_| form.watch(&topic, |session| session.row_ids(&of).to_vec()));
    let row_key = key.clone();
    let row_label = label.clone();
    let row = move |id: RowId| row(form, row_key.clone(), id, &row_label, &columns);
    let (left_key, add_key) = (key.clone(), key.clone());
    let left = move |event: web_sys::FocusEvent| {
        let within =
            event.current_target().zip(event.related_target()).is_some_and(|(table, next)| {
                table.unchecked_ref::<web_sys::Node>().contains(next.dyn_ref::<web_sys::Node>())
            });
        if !within {
            form.send(Event::LeftTable(left_key.clone()));
        }
    };
    let full = settings.max as usize;
    let printed = settings.line.is_some().then(|| printed(form, key.clone()));
    view! {
        <div class="rows" on:focusout=left>
            <For each=move || ids.get() key=|id| *id children=row />
            <button
                type="button"
                class="button button--add"
                id=format!("add-{key}")
                data-action="add-row"
                data-rows=key.clone()
                disabled=move || ids.with(|ids| ids.len() >= full)
                on:click=move |_| form.send(Event::AddRow(add_key.clone()))
            >
                {move || words::add_row(&label, ids.with(Vec::is_empty))}
            </button>
            {computed(form, &key)}
            {printed}
        </div>
    }
    .into_any()
}

fn row(form: Form, key: String, id: RowId, label: &str, columns: &[String]) -> AnyView {
    let place = Place::Row(key.clone(), id);
    let topic = format!("{key}#");
    let of = key.clone();
    let number = Memo::new(move |_| {
        form.watch(&topic, |session| session.row_index(&of, id)).map_or(0, |index| index + 1)
    });
    let control_id = dom::control_id(&place);
    let (title_id, problems_id) = (format!("{control_id}-title"), format!("{control_id}-problems"));
    let labelled_by = title_id.clone();
    let (title, remove_title) = (label.to_owned(), label.to_owned());
    let data_field = {
        let key = key.clone();
        move || format!("{key}.{}", number.get().saturating_sub(1))
    };
    let cells = columns
        .iter()
        .map(|column| {
            let place = Place::Cell(key.clone(), id, column.clone());
            view! { <FieldView form place /> }
        })
        .collect_view();
    let remove_key = key.clone();
    view! {
        <div class="row" role="group" id=control_id data-field=data_field aria-labelledby=labelled_by>
            <div class="row__head">
                <p class="row__title" id=title_id>{move || words::row(&title, number.get())}</p>
                <button
                    type="button"
                    class="button button--quiet"
                    data-action="remove-row"
                    data-rows=key
                    aria-label=move || words::remove_row(&remove_title, number.get())
                    on:click=move |_| form.send(Event::RemoveRow(remove_key.clone(), id))
                >
                    {words::REMOVE}
                </button>
            </div>
            <div class="row__cells">{cells}</div>
            <Problems form place id=problems_id />
        </div>
    }
    .into_any()
}

/// The values worked out from the table, beside it.
fn computed(form: Form, key: &str) -> impl IntoView + use<> {
    let lang = form.lang();
    let all = form.look(|session| {
        let beside = session.track().computed.iter().filter(|computed| computed.beside == key);
        beside.map(|c| (c.key.clone(), c.label.get(&lang).to_owned(), c.show)).collect::<Vec<_>>()
    });
    let key = key.to_owned();
    all.into_iter()
        .map(|(name, label, show)| {
            let topic = format!("{key}*");
            let field = name.clone();
            let value = Memo::new(move |_| form.watch(&topic, |session| session.computed(&name)));
            let words = move || match (value.get(), show) {
                (None, _) => String::new(),
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                // months of a life
                (Some(months), Show::Months) => words::months(months as u32),
                (Some(number), Show::Number) => number.to_string(),
            };
            view! {
                <p class="computed" data-computed=field>
                    <span class="computed__label">{label}</span>
                    <output class="computed__value" aria-live="polite">{words}</output>
                </p>
            }
        })
        .collect_view()
}

/// The table's lines as they will be printed, with their count.
fn printed(form: Form, key: String) -> impl IntoView + use<> {
    let topic = format!("{key}*");
    let (of, counted) = (key.clone(), key.clone());
    let lines = Memo::new(move |_| {
        form.watch(&topic, |session| session.judge().lines(&of, session.answers()))
    });
    let counter = form.look(|session| session.judge().counter(&counted).is_some()).then(|| {
        let id = format!("f-{key}-count");
        view! { <Counter form key id /> }
    });
    view! {
        <details class="printed">
            <summary>{words::PRINTED}</summary>
            <p class="printed__lines">{move || lines.get().join("\n")}</p>
        </details>
        {counter}
    }
}
