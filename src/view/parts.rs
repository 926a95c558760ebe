//! Questions that belong together: the columns of a row, a group, and the entries of a matrix, each of
//! them a small form of its own that is as wide as the screen.

use super::Form;
use super::dom;
use super::el::{El, el};
use super::field::{Control, field, watched};
use super::problems::{clause, problems};
use crate::campaign::{Field, MatrixEntry};
use crate::session::{Place, RowId};

/// The questions of a row, of a matrix's entry or of a group.
pub(super) fn cells(form: Form, key: &str, id: RowId, columns: &[String]) -> El {
    columns.iter().fold(el("div", "row__cells"), |cells, column| {
        field(form, Place::Cell(key.to_owned(), id, column.clone()), cells)
    })
}

/// The keys of a field's columns.
pub(super) fn columns(field: &Field) -> Vec<String> {
    field.columns().iter().map(|column| column.key.clone()).collect()
}

pub(super) fn group(form: Form, field: &Field, control: &Control) -> El {
    let key = control.place.key();
    let id = form.look(|session| session.row_ids(key).first().copied());
    let cells = id.map(|id| cells(form, key, id, &columns(field)));
    el("div", "rows").child(el("div", "row").children(cells))
}

/// The entries of a matrix, those that are asked about.
pub(super) fn matrix(form: Form, field: &Field, control: &Control) -> El {
    let key = control.place.key();
    let ids = form.look(|session| session.row_ids(key).to_vec());
    let columns = columns(field);
    ids.into_iter().enumerate().fold(el("div", "rows"), |all, (at, id)| {
        let place = Place::Row(key.to_owned(), id);
        let (asked, columns) = (place.clone(), columns.clone());
        let topic = watched(&control.place);
        all.children_when(
            move || form.watch(&topic, |session| session.visible(&asked)),
            move |shown| {
                let build = || {
                    form.look(|session| {
                        let field = session.track().field(place.key())?;
                        Some(entry(form, field.entries().get(at)?, &place, id, &columns))
                    })
                };
                shown.then(build).flatten().into_iter().collect()
            },
        )
    })
}

fn entry(form: Form, entry: &MatrixEntry, place: &Place, id: RowId, columns: &[String]) -> El {
    let control_id = dom::control_id(place);
    let problems_id = format!("{control_id}--problems");
    let title = el("legend", "row__title");
    let title = match &entry.label {
        Some(label) => title.of(label, form.lang()),
        None => title.text(&entry.key),
    };
    let path = format!("{}.{}", place.key(), entry.key);
    let cite = entry.source.as_ref().and_then(|source| source.cite());
    el("fieldset", "row")
        .attr("id", &control_id)
        .attr("data-field", &path)
        .attr("aria-describedby", &problems_id)
        .child(title)
        .child(problems(form, place, &problems_id))
        .child(cells(form, place.key(), id, columns))
        .children(cite.filter(|cite| cite.quote.is_some()).map(|cite| clause(form, cite)))
}
