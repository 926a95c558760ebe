//! A table as a list of rows, each a small form of its own; works with a thumb and with keys alone.

use super::counter::counter;
use super::el::{El, Keyed, button, el, when};
use super::field::Control;
use super::parts::{cells, columns};
use super::problems::problems;
use super::timeline::timeline;
use super::{Form, dom};
use crate::campaign::{Field, RowsSettings, Show};
use crate::session::{Announcement, Event, Place, RowId};

pub(super) fn rows(form: Form, settings: &RowsSettings, field: &Field, control: &Control) -> El {
    let key = control.place.key().to_owned();
    let table = el("div", "rows");
    let mut rows = Keyed::new(&table);
    let label = settings.row_label.get(form.lang()).to_owned();
    let columns = columns(field);
    let (add_key, left_key, row_key) = (key.clone(), key.clone(), key.clone());
    let (add, full) = (button("button button--add", "add-row", ""), settings.max as usize);
    let add = add
        .attr("id", &format!("add-{key}"))
        .attr("data-rows", &key)
        .on("click", move |_| form.send(Event::AddRow(add_key.clone())));
    let adder = add.clone();
    when(ids(form, &key), move |ids| {
        adder.flag("disabled", ids.len() >= full);
        adder.say(&form.words().add_row(&label, ids.is_empty()));
        rows.follow(ids, &|id| row(form, &row_key, id, &label, &columns));
    });
    let table = table
        .on_left(move || form.send(Event::LeftTable(left_key.clone())))
        .child(removed(form, &key, settings.row_label.get(form.lang())))
        .child(add)
        .child(timeline(form, &key))
        .children(computed(form, &key));
    if settings.line.is_some() { printed(form, &key, table) } else { table }
}

/// The rows of a table, watched.
fn ids(form: Form, key: &str) -> Box<dyn Fn() -> Vec<RowId>> {
    let (topic, key) = (format!("{key}#"), key.to_owned());
    Box::new(move || form.watch(&topic, |session| session.row_ids(&key).to_vec()))
}

fn row(form: Form, key: &str, id: RowId, label: &str, columns: &[String]) -> El {
    let place = Place::Row(key.to_owned(), id);
    let control_id = dom::control_id(&place);
    let (title_id, problems_id) =
        (format!("{control_id}--title"), format!("{control_id}--problems"));
    let title = el("p", "row__title").attr("id", &title_id);
    let remove_key = key.to_owned();
    let remove = button("button button--quiet", "remove-row", form.words().remove())
        .attr("data-rows", key)
        .on("click", move |_| form.send(Event::RemoveRow(remove_key.clone(), id)));
    let around = el("div", "row")
        .attr("role", "group")
        .attr("id", &control_id)
        .attr("aria-labelledby", &title_id)
        .attr("aria-describedby", &problems_id)
        .child(el("div", "row__head").child(title.clone()).child(remove.clone()));
    let (group, label, key) = (around.clone(), label.to_owned(), key.to_owned());
    let cells = cells(form, &key, id, columns);
    when(number(form, &key, id), move |number| {
        let words = form.words();
        title.say(&words.row(&label, *number));
        remove.clone().attr("aria-label", &words.remove_row(&label, *number));
        group.clone().attr("data-field", &format!("{key}.{}", number.saturating_sub(1)));
    });
    let plan = plan(form, place.key(), id);
    around.child(cells).children(plan).child(problems(form, &place, &problems_id))
}

/// Says which row was removed last, with the way to have it back.
fn removed(form: Form, key: &str, label: &str) -> El {
    let (topic, key, label) = (format!("{key}#"), key.to_owned(), label.to_owned());
    let of = key.clone();
    el("div", "rows__removed").children_when(
        move || form.watch(&topic, |session| session.can_put_back(&of)),
        move |at| {
            let Some(at) = at else { return Vec::new() };
            let (words, key) = (form.words(), key.clone());
            let said = words.announcement(&Announcement::RowRemoved(label.clone(), at + 1));
            let back = button("button button--quiet", "put-back", words.put_back())
                .attr("data-rows", &key)
                .on("click", move |_| form.send(Event::PutBack(key.clone())));
            vec![el("span", "").text(&said), back]
        },
    )
}

/// When the public notice of a row may end, where the table is one of notices.
fn plan(form: Form, key: &str, row: RowId) -> Option<El> {
    form.look(|session| session.notice_plan(key, row))?;
    let (topic, key) = (format!("{key}*"), key.to_owned());
    let plan = move || {
        form.watch(&topic, |session| {
            let today = session.now().day_at(session.campaign().utc_offset_minutes);
            session.notice_plan(&key, row).map(|plan| form.words().notice_plan(&plan, today))
        })
    };
    let words = move || plan().unwrap_or_default();
    Some(el("p", "row__plan").text_when(words))
}

/// The number of a row, watched.
fn number(form: Form, key: &str, id: RowId) -> Box<dyn Fn() -> usize> {
    let (topic, key) = (format!("{key}#"), key.to_owned());
    Box::new(move || {
        form.watch(&topic, |session| session.row_index(&key, id)).map_or(0, |index| index + 1)
    })
}

/// The values worked out from the table, beside it.
fn computed(form: Form, key: &str) -> Vec<El> {
    let lang = form.lang();
    let all = form.look(|session| {
        let beside = session.track().computed.iter().filter(|computed| computed.beside == key);
        beside.map(|c| (c.key.clone(), c.label.get(lang).to_owned(), c.show)).collect::<Vec<_>>()
    });
    let one = |(name, label, show): (String, String, Show)| {
        let topic = format!("{key}*");
        let around = el("p", "computed").attr("data-computed", &name);
        let words = move || {
            let value = form.watch(&topic, |session| session.computed(&name));
            match (value, show) {
                (None, _) => String::new(),
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                // months of a life
                (Some(months), Show::Months) => form.words().service(months as u64),
                (Some(number), Show::Number) => dom::figure(number),
            }
        };
        let value = el("output", "computed__value").attr("aria-live", "polite").text_when(words);
        let label = form.words().pair(&label, "");
        around.child(el("span", "computed__label").text(&label)).child(value)
    };
    all.into_iter().map(one).collect()
}

/// Puts the table's lines as they will be printed into `around`, with their count.
fn printed(form: Form, key: &str, around: El) -> El {
    let counted = form.look(|session| session.judge().is_counted(key));
    let (topic, of) = (format!("{key}*"), key.to_owned());
    let lines = el("p", "printed__lines").text_when(move || {
        let look = |session: &crate::session::Session| {
            session.judge().lines(&of, session.answers()).join("\n")
        };
        form.watch(&topic, look)
    });
    let title = el("p", "printed__title").text(form.words().printed());
    let around = around.child(el("div", "printed").child(title).child(lines));
    if counted { counter(form, key, &format!("f-{key}--count"), around) } else { around }
}
