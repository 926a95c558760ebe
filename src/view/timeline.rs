//! A history drawn under its rows: what each covers, in order of time, and the months that none covers with
//! the line that would fill them.

use wasm_bindgen::JsValue;

use super::Form;
use super::el::{El, button, el};
use crate::rules::Stretch;
use crate::session::{Event, Session};

/// The drawing; empty where no rule asks for a history without gaps, or while nothing can be drawn.
pub(super) fn timeline(form: Form, key: &str) -> El {
    let (topic, of) = (format!("{key}*"), key.to_owned());
    let key = key.to_owned();
    let look = move || {
        form.watch(&topic, |session| {
            let stretches = session.history(&of);
            stretches.iter().map(|s| (s.clone(), line(session, &of, s))).collect::<Vec<_>>()
        })
    };
    el("div", "").children_when(look, move |stretches| {
        if stretches.is_empty() { Vec::new() } else { vec![drawn(form, &key, stretches)] }
    })
}

/// What a row says beside its time.
fn line(session: &Session, key: &str, stretch: &Stretch) -> String {
    let row = |row| session.judge().line(key, row, session.answers());
    stretch.row.map(row).unwrap_or_default()
}

fn drawn(form: Form, key: &str, stretches: &[(Stretch, String)]) -> El {
    let first = stretches.iter().map(|(stretch, _)| stretch.first.number()).min();
    let last = stretches.iter().map(|(stretch, _)| stretch.last.number()).max();
    let (first, last) = (first.unwrap_or_default(), last.unwrap_or_default());
    let entries = stretches.iter().map(|(stretch, line)| {
        let entry = match stretch.row {
            Some(row) => covered(form, stretch, row, line),
            None => gap(form, key, stretch),
        };
        entry.child(bar(stretch, first, last))
    });
    let id = format!("f-{key}-timeline");
    el("div", "timeline")
        .child(el("p", "timeline__title").attr("id", &id).text(form.words().timeline()))
        .child(el("ol", "timeline__lines").attr("aria-labelledby", &id).children(entries))
}

fn covered(form: Form, stretch: &Stretch, row: usize, line: &str) -> El {
    let words = if line.is_empty() { form.words().stretch(stretch) } else { line.to_owned() };
    let counts =
        stretch.counts.then(|| el("span", "timeline__counts").text(form.words().counted()));
    let shares = stretch
        .shares
        .map(|other| el("span", "timeline__shares").text(&form.words().shares(other + 1)));
    el("li", "timeline__line")
        .attr("data-stretch", "row")
        .child(el("span", "timeline__words").text(&form.words().stretch_row(row + 1, &words)))
        .children(counts)
        .children(shares)
}

fn gap(form: Form, key: &str, stretch: &Stretch) -> El {
    let (key, first, last) = (key.to_owned(), stretch.first, stretch.last);
    let words = &form.words().gap(stretch);
    let fill = button("button button--quiet", "fill-gap", form.words().fill_gap())
        .attr("data-rows", &key)
        .attr(
            "aria-label",
            &form.words().pair(form.words().fill_gap(), &form.words().stretch(stretch)),
        )
        .on("click", move |_| form.send(Event::FillGap(key.clone(), first, last)));
    el("li", "timeline__line timeline__line--gap")
        .attr("data-stretch", "gap")
        .attr("data-first", &first.to_string())
        .attr("data-last", &last.to_string())
        .child(el("span", "timeline__words").text(words))
        .child(fill)
}

/// Where the stretch lies in the whole, drawn to scale.
fn bar(stretch: &Stretch, first: i32, last: i32) -> El {
    let whole = last - first + 1;
    let share = |months: i32| format!("{}%", (months * 200 + whole) / (2 * whole));
    let filled = el("span", "timeline__filled")
        .style("marginInlineStart", &share(stretch.first.number() - first))
        .style("inlineSize", &share(stretch.last.number() - stretch.first.number() + 1));
    el("span", "timeline__bar").attr("aria-hidden", "true").child(filled)
}

impl El {
    /// A style that the style sheet cannot know. Set by script, so that a policy against inline styles
    /// allows it.
    fn style(self, name: &str, value: &str) -> Self {
        let style = js_sys::Reflect::get(self.node(), &"style".into()).unwrap_or_default();
        // Where it is not taken, the bar is drawn at its full length.
        let _ = js_sys::Reflect::set(&style, &name.into(), &JsValue::from(value));
        self
    }
}
