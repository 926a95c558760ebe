//! One question: label, help, control, problems and the clause it comes from.

use leptos::prelude::*;

use super::{Form, choice, dom, essay, file, line, problems, rows, words, yes_no};
use crate::campaign::{Field, FieldKind};
use crate::session::{Place, topic};

/// What a control needs to know of the question around it.
#[derive(Clone)]
pub(super) struct Control {
    /// Where the answer belongs.
    pub(super) place: Place,
    /// The control's id.
    pub(super) id: String,
    /// The ids of help and problems.
    pub(super) described_by: String,
    /// The control's `name`: the path of the answer.
    pub(super) name: Signal<String>,
    /// Whether an error is shown.
    pub(super) wrong: Signal<bool>,
}

/// A question, for as long as it is to be shown.
#[component]
pub fn FieldView(form: Form, place: Place) -> impl IntoView {
    let key = place.key().to_owned();
    let topic = match &place {
        Place::Field(key) => format!("{key}?"),
        _ => format!("{key}*"),
    };
    let asked = place.clone();
    let shown = Memo::new(move |_| form.watch(&topic, |session| session.visible(&asked)));
    move || shown.get().then(|| question(form, &place))
}

fn question(form: Form, place: &Place) -> AnyView {
    let Some(field) = form.look(|session| session.field(place).cloned()) else {
        return ().into_any();
    };
    let id = dom::control_id(place);
    let (help_id, problems_id) = (format!("{id}-help"), format!("{id}-problems"));
    let control = Control {
        described_by: format!("{help_id} {problems_id}"),
        name: name(form, place),
        wrong: wrong(form, place),
        place: place.clone(),
        id,
    };
    let name = control.name;
    let lang = form.lang();
    let label = label(form, &field, &control, &lang);
    let help = field.help.as_ref().map(|help| help.get(&lang).to_owned());
    let clause = field.source.cite().filter(|cite| cite.quote.is_some()).map(problems::clause);
    let grouped = is_group(&field.kind);
    let body = body(form, &field, control.clone());
    let problems = view! { <problems::Problems form place=place.clone() id=problems_id /> };
    let class = match &field.kind {
        FieldKind::Rows(_) => "field field--rows",
        FieldKind::Essay(_) => "field field--essay",
        FieldKind::Photo(_) | FieldKind::File(_) => "field field--file",
        FieldKind::YesNo(settings) if settings.tick => "field field--tick",
        _ => "field",
    };
    let inside = view! {
        <p class="field__help" id=help_id>{help}</p>
        {problems}
        {body}
        {clause}
    };
    if grouped {
        let described_by = control.described_by.clone();
        view! {
            <fieldset class=class data-field=name aria-describedby=described_by>
                <legend class="field__label">{label}</legend>
                {inside}
            </fieldset>
        }
        .into_any()
    } else {
        view! {
            <div class=class data-field=name>
                <label class="field__label" for=control.id.clone()>{label}</label>
                {inside}
            </div>
        }
        .into_any()
    }
}

/// The label's words, and whether the answer may be left out.
fn label(form: Form, field: &Field, control: &Control, lang: &str) -> impl IntoView + use<> {
    let words = field.label.get(lang).to_owned();
    let watched = match &control.place {
        Place::Field(key) => format!("{key}?"),
        place => format!("{}*", place.key()),
    };
    let place = control.place.clone();
    let silent = matches!(&field.kind, FieldKind::YesNo(settings) if settings.tick);
    let optional = move || {
        let required = form.watch(&watched, |session| session.required(&place));
        (!required && !silent)
            .then(|| view! { <span class="field__optional">{words::OPTIONAL}</span> })
    };
    view! { <span class="field__words">{words}</span>{optional} }
}

/// The path of the answer; follows its row when others come and go.
fn name(form: Form, place: &Place) -> Signal<String> {
    let place = place.clone();
    match &place {
        Place::Field(key) => Signal::stored(key.clone()),
        Place::Row(key, _) | Place::Cell(key, ..) => {
            let topic = format!("{key}#");
            Memo::new(move |_| {
                form.watch(&topic, |session| session.path(&place)).unwrap_or_default()
            })
            .into()
        }
    }
}

fn wrong(form: Form, place: &Place) -> Signal<bool> {
    let (topic, place) = (topic(place), place.clone());
    Memo::new(move |_| {
        form.watch(&topic, |session| {
            session
                .problems_at(&place)
                .iter()
                .any(|shown| shown.severity == crate::campaign::Severity::Error)
        })
    })
    .into()
}

/// Whether the question has several controls, and so is a group with a legend.
fn is_group(kind: &FieldKind) -> bool {
    match kind {
        FieldKind::Rows(_) => true,
        FieldKind::YesNo(settings) => !settings.tick,
        FieldKind::Choice(settings) => choice::is_radios(settings),
        _ => false,
    }
}

fn body(form: Form, field: &Field, control: Control) -> AnyView {
    match &field.kind {
        FieldKind::Essay(settings) => essay::essay(form, settings, control),
        FieldKind::Choice(settings) => choice::choice(form, settings, control),
        FieldKind::YesNo(settings) => yes_no::yes_no(form, settings, control),
        FieldKind::Rows(settings) => rows::rows(form, settings, control),
        FieldKind::Photo(_) | FieldKind::File(_) => file::file(form, field, control),
        kind => line::line(form, kind, control),
    }
}
