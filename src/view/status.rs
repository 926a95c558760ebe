//! What stands in place of the form while it is sent, while it waits, and once it is in.

use super::el::{El, button, el};
use super::form::Ask;
use super::{Form, review, words};
use crate::session::{Delay, Event, Place, Session, Stage, Stored};

/// The words and buttons of a stage; nothing while the form is filled in.
pub(super) fn status(form: Form) -> El {
    el("div", "status")
        .attr("id", "status")
        .attr("tabindex", "-1")
        .attr_when("role", move || {
            let stopped = form.stage() == Stage::Stopped;
            Some(if stopped { "alert" } else { "status" }.to_owned())
        })
        .class_when("status--shown", move || form.stage() != Stage::Filling)
        .class_when("status--stopped", move || form.stage() == Stage::Stopped)
        .children_when(move || form.stage(), move |stage| content(form, stage))
}

fn content(form: Form, stage: &Stage) -> Vec<El> {
    let (title, words) = match stage {
        Stage::Filling => return Vec::new(),
        Stage::Uploading => ("正在上传附件", "附件传完后自动提交"),
        Stage::Posting => ("正在提交", "正在等主办单位的回执"),
        Stage::Waiting(Delay::Silent) => {
            ("等待网络", "暂时连不上主办单位的网站。会自动再试，不会重复提交")
        }
        Stage::Waiting(Delay::Busy) => ("主办单位的网站正忙", "会自动再试，不会重复提交"),
        Stage::SignIn => {
            ("登录已过期", "在另一个窗口重新登录，再回到这里，会自动接着提交。填写的内容都还在")
        }
        Stage::Stopped => return stopped(form),
        Stage::Submitted(receipt) => return submitted(form, receipt),
    };
    let again = match stage {
        Stage::Waiting(_) => Some(words::TRY_NOW),
        Stage::SignIn => Some(words::SIGNED_IN),
        _ => None,
    };
    let mut actions = el("div", "status__actions");
    if let Some(again) = again {
        let again = button("button button--primary", "try-again", again)
            .on("click", move |_| form.send(Event::TryAgain));
        actions = actions.child(again);
    }
    if *stage != Stage::Posting {
        let back = button("button button--quiet", "back", words::GO_BACK)
            .on("click", move |_| form.send(Event::GoBack));
        actions = actions.child(back);
    }
    // Whether the page may be closed depends on where the work is.
    let offset = form.look(|session| session.campaign().utc_offset_minutes);
    let kept = el("p", "status__kept").text_when(move || {
        words::kept_while_sending(form.watch("draft", Session::keeping), offset)
    });
    vec![el("h3", "status__title").text(title), el("p", "").text(words), kept, actions]
}

/// Why the form stands still, and the way back for those who chose wrongly.
fn stopped(form: Form) -> Vec<El> {
    let lang = form.lang();
    let (message, rule) = form.look(|session| {
        let gate = session.stopped();
        let message = gate.map(|gate| gate.message.get(&lang).to_owned()).unwrap_or_default();
        let key = gate.map(|gate| gate.field.clone()).unwrap_or_default();
        let found = session.problems_at(&Place::Field(key.clone())).into_iter().next();
        (message, found.map_or(key, |found| found.rule))
    });
    let back = button("button", "gate-back", words::GATE_BACK)
        .on("click", move |_| form.send(Event::GateBack));
    vec![
        el("h3", "status__title").text(words::STOPPED),
        el("p", "").attr("data-rule", &rule).attr("data-severity", "error").text(&message),
        el("div", "status__actions").child(back),
    ]
}

fn submitted(form: Form, stored: &Stored) -> Vec<El> {
    let offset = form.look(|session| session.campaign().utc_offset_minutes);
    let time = stored.received_at.map(|time| words::time(time, offset));
    // After a reload only the receipt is left.
    let there = form.look(|session| session.answers().0.keys().next().is_some());
    let copy = there.then(|| review::copy(form));
    let printed = copy.as_ref().map(|copy| review::print(form, copy));
    let facts = el("dl", "receipt")
        .child(el("dt", "").text("回执编号"))
        .child(el("dd", "receipt__number").text(&stored.receipt))
        .children(time.is_some().then(|| el("dt", "").text("送达时间")))
        .children(time.map(|time| el("dd", "").text(&time)));
    vec![
        el("h3", "status__title status__title--done").text("已送达主办单位"),
        facts,
        el("p", "").text("把回执编号记下来或截屏保存，查询时要用"),
        el("div", "status__actions").children(printed).child(
            button("button", "new-draft", words::ANOTHER).on("click", move |_| form.ask(Ask::New)),
        ),
    ]
    .into_iter()
    .chain(copy)
    .collect()
}
