//! One question: label, help, control, problems and the clause it comes from.

use super::el::{El, el};
use super::{Form, choice, dom, essay, file, line, parts, problems, review, rows, yes_no};
use crate::campaign::{Field, FieldKind, Severity};
use crate::session::{Event, Place, topic};

/// What a control needs to know of the question around it.
#[derive(Clone)]
pub(super) struct Control {
    /// Where the answer belongs.
    pub(super) place: Place,
    /// The control's id.
    pub(super) id: String,
    /// The ids of help and problems.
    pub(super) described_by: String,
}

impl Control {
    /// Gives an attribute the path of the answer; it follows its row when others come and go.
    pub(super) fn named(&self, form: Form, attribute: &'static str, el: El) -> El {
        if let Place::Field(key) = &self.place {
            return el.attr(attribute, key);
        }
        let name = self.name(form);
        el.attr_when(attribute, move || Some(name()))
    }

    /// The path of the answer, watched.
    pub(super) fn name(&self, form: Form) -> Box<dyn Fn() -> String> {
        let place = self.place.clone();
        let topic = format!("{}#", place.key());
        Box::new(move || form.watch(&topic, |session| session.path(&place)).unwrap_or_default())
    }

    /// Marks a control that an error is shown for.
    pub(super) fn marked(&self, form: Form, el: El) -> El {
        let wrong = self.wrong(form);
        el.attr_when("aria-invalid", move || wrong().then(|| "true".to_owned()))
    }

    /// Whether an error is shown, watched.
    pub(super) fn wrong(&self, form: Form) -> Box<dyn Fn() -> bool> {
        let (topic, place) = (topic(&self.place), self.place.clone());
        Box::new(move || {
            form.watch(&topic, |session| {
                let shown = session.problems_at(&place);
                shown.iter().any(|shown| shown.severity == Severity::Error)
            })
        })
    }

    /// Makes a text box one that gets its text once and is only read after that.
    pub(super) fn typing(&self, form: Form, el: El) -> El {
        let place = self.place.clone();
        let (text, number) = form.look(|session| {
            let number = session.field(&place).is_some_and(|f| f.kind == FieldKind::IdNumber);
            (session.text_at(&place), number)
        });
        el.prop("value", &text.into()).on("input compositionend blur", move |event| {
            if dom::composing(&event) {
                return;
            }
            let typed = dom::typed(&event);
            // Whoever goes on from an empty box to the lists beside it is not done.
            let left =
                event.type_() == "blur" && !(typed.is_empty() && dom::stays_in(&event, ".line"));
            form.send(Event::Entered(place.clone(), typed));
            // To what a script puts in, nothing is added: whoever wrote it said all there is to say.
            if number && event.is_trusted() {
                form.send(Event::Typed(place.clone()));
            }
            if left {
                form.send(Event::Left(place.clone()));
            }
        })
    }
}

/// Puts a question into `around`, for as long as it is to be shown.
pub(super) fn field(form: Form, place: Place, around: El) -> El {
    let (topic, asked) = (watched(&place), place.clone());
    around.children_when(
        move || form.watch(&topic, |session| session.visible(&asked)),
        move |shown| shown.then(|| question(form, &place)).flatten().into_iter().collect(),
    )
}

/// The topic under which a field comes and goes, and what it offers.
pub(super) fn watched(place: &Place) -> String {
    match place {
        Place::Field(key) => format!("{key}?"),
        _ => format!("{}*", place.key()),
    }
}

fn question(form: Form, place: &Place) -> Option<El> {
    form.look(|session| session.field(place).map(|field| asked(form, place, field)))
}

fn asked(form: Form, place: &Place, field: &Field) -> El {
    let id = dom::control_id(place);
    let (help_id, problems_id) = (format!("{id}--help"), format!("{id}--problems"));
    let described_by = format!("{help_id} {problems_id}");
    let control = Control { described_by, place: place.clone(), id };
    let lang = form.lang();
    let class = match &field.kind {
        FieldKind::Rows(_) | FieldKind::Group(_) | FieldKind::Matrix(_) => "field field--rows",
        FieldKind::Essay(_) => "field field--essay",
        _ if field.is_file() => "field field--file",
        FieldKind::YesNo(settings) if settings.tick => "field field--tick",
        _ => "field",
    };
    let around = if is_group(field) {
        // Where no control bears the question's own id, the group does.
        let id = dom::control_id(place);
        el("fieldset", class)
            .maybe_attr("id", is_list(field).then_some(&id))
            .attr("aria-describedby", &control.described_by)
            .child(label(form, field, place, el("legend", "field__label")))
    } else {
        let around = el("label", "field__label").attr("for", &control.id);
        el("div", class).child(label(form, field, place, around))
    };
    let mut help_box = el("p", "field__help").attr("id", &help_id);
    if let Some(help) = &field.help {
        help_box = help_box.of(help, lang);
    }
    let around = control
        .named(form, "data-field", around)
        .child(help_box)
        .child(problems::problems(form, place, &problems_id));
    let cite = field.source.cite().filter(|cite| cite.quote.is_some());
    let clause = cite.map(|cite| problems::clause(form, cite));
    if let Some(source) = form.look(|session| session.locked(place).map(str::to_owned)) {
        return around.children(verified(form, field, &control, &source)).children(clause);
    }
    let around = body(form, field, &control, around);
    let number = field.kind == FieldKind::IdNumber;
    let around = if number { filled_from(form, place, around) } else { around };
    around.children(clause)
}

/// An answer that the host has verified: to be read, with where it is from.
fn verified(form: Form, field: &Field, control: &Control, source: &str) -> [El; 2] {
    let note_id = format!("{}--source", control.id);
    let shown = if field.columns().is_empty() {
        let answer = form.look(|session| {
            let value = session.answers().get(control.place.key());
            value.map(|value| review::plain(form.words(), field, value)).unwrap_or_default()
        });
        let tag = if matches!(field.kind, FieldKind::Essay(_)) { "textarea" } else { "input" };
        let label = field.label.get(form.lang());
        let shown = el(tag, "input input--verified")
            .maybe_attr("type", (tag == "input").then_some("text"))
            .maybe_attr("aria-label", is_group(field).then_some(label))
            .attr("id", &control.id)
            .attr("readonly", "")
            .attr("aria-describedby", &format!("{} {note_id}", control.described_by))
            .prop("value", &answer.into());
        control.marked(form, control.named(form, "name", shown))
    } else {
        let lines = form.look(|session| review::answer(form, session, field));
        el("div", "input input--verified").children(lines)
    };
    let note = el("p", "field__verified")
        .attr("id", &note_id)
        .attr("data-verified", source)
        .text(&form.words().verified(source));
    [shown, note]
}

/// Says which other answers were taken from a document's number.
fn filled_from(form: Form, place: &Place, around: El) -> El {
    let (own, place) = (topic(place), place.clone());
    let words = move || {
        form.watch(&own, |session| {
            let filled = session.filled_from(place.key());
            if filled.is_empty() { String::new() } else { form.words().filled_in(&filled) }
        })
    };
    around.child(el("p", "field__filled").text_when(words))
}

/// Puts the label's words into `around`, and whether the answer may be left out.
fn label(form: Form, field: &Field, place: &Place, around: El) -> El {
    let around = around.child(el("span", "field__words").of(&field.label, form.lang()));
    let around = if field.is_file() { file::given(form, &field.key, around) } else { around };
    // Of a box to tick it goes without saying; and in a row a rule of the whole table may ask for what
    // the column does not, as for the grade of a year.
    let tick = matches!(&field.kind, FieldKind::YesNo(settings) if settings.tick);
    let of_group = form.look(|session| {
        let field = session.track().field(place.key());
        field.is_some_and(|field| matches!(field.kind, FieldKind::Group(_)))
    });
    if tick || matches!(place, Place::Cell(..)) && !of_group {
        return around;
    }
    let (topic, place) = (watched(place), place.clone());
    around.children_when(
        move || form.watch(&topic, |session| session.required(&place)),
        move |required| {
            let optional = || el("span", "field__optional").text(form.words().optional());
            (!required).then(optional).into_iter().collect()
        },
    )
}

/// Whether the question is made of questions, so that no control is its own.
fn is_list(field: &Field) -> bool {
    !field.columns().is_empty() || field.per_row().is_some()
}

/// Whether the question has several controls, and so is a group with a legend.
fn is_group(field: &Field) -> bool {
    match &field.kind {
        FieldKind::Choices(_) => true,
        FieldKind::YesNo(settings) => !settings.tick,
        FieldKind::Choice(settings) => choice::is_radios(settings),
        _ => is_list(field),
    }
}

/// Puts the control into `around`.
fn body(form: Form, field: &Field, control: &Control, around: El) -> El {
    let body = match &field.kind {
        FieldKind::Essay(settings) => return essay::essay(form, settings, control, around),
        FieldKind::Choice(settings) => choice::choice(form, settings, field, control),
        FieldKind::Choices(_) => choice::choices(form, field, control),
        FieldKind::YesNo(settings) => yes_no::yes_no(form, settings, control),
        FieldKind::Rows(settings) => rows::rows(form, settings, field, control),
        FieldKind::Group(_) => parts::group(form, field, control),
        FieldKind::Matrix(_) => parts::matrix(form, field, control),
        FieldKind::Photo(_) | FieldKind::File(_) => file::file(form, field, control),
        kind => line::line(form, kind, control),
    };
    around.child(body)
}
