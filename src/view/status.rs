//! What stands in place of the form while it is sent, while it waits, and once it is in.

use leptos::prelude::*;

use super::{Form, words};
use crate::session::{Delay, Event, Stage, Stored};

/// The words and buttons of a stage; nothing while the form is filled in.
#[component]
pub fn Status(form: Form) -> impl IntoView {
    let stage = Memo::new(move |_| form.watch("*", |session| session.stage().clone()));
    view! {
        <div class="status" id="status" tabindex="-1" role="status" class=("status--shown", move || stage.get() != Stage::Filling)>
            {move || content(form, &stage.get())}
        </div>
    }
}

fn content(form: Form, stage: &Stage) -> AnyView {
    let (title, words) = match stage {
        Stage::Filling => return ().into_any(),
        Stage::Uploading => ("正在上传附件", "附件传完后自动提交，不要关闭这个页面".to_owned()),
        Stage::Posting => ("正在提交", "正在等主办单位的回执".to_owned()),
        Stage::Waiting(Delay::Silent) => (
            "等待网络",
            "暂时连不上主办单位的网站。填写的内容都在这个页面里，会自动再试，不会重复提交"
                .to_owned(),
        ),
        Stage::Waiting(Delay::Busy) => {
            ("主办单位的网站正忙", "填写的内容都在这个页面里，会自动再试，不会重复提交".to_owned())
        }
        Stage::SignIn => {
            ("登录已过期", "在另一个窗口重新登录，再回到这里继续提交。填写的内容都还在".to_owned())
        }
        Stage::Submitted(receipt) => return submitted(form, receipt),
    };
    let again = |words: &'static str| {
        view! {
            <button type="button" class="button button--primary" data-action="try-again"
                on:click=move |_| form.send(Event::TryAgain)>{words}</button>
        }
    };
    let back = || {
        view! {
            <button type="button" class="button button--quiet" data-action="back"
                on:click=move |_| form.send(Event::GoBack)>{words::GO_BACK}</button>
        }
    };
    let buttons = match stage {
        Stage::Waiting(_) => Some((again(words::TRY_NOW), back())),
        Stage::SignIn => Some((again(words::SIGNED_IN), back())),
        _ => None,
    };
    view! {
        <h3 class="status__title">{title}</h3>
        <p>{words}</p>
        <div class="status__actions">{buttons}</div>
    }
    .into_any()
}

fn submitted(form: Form, stored: &Stored) -> AnyView {
    let offset = form.look(|session| session.campaign().utc_offset_minutes);
    let time = stored.received_at.map(|time| {
        view! { <dt>{"送达时间"}</dt><dd>{words::time(time, offset)}</dd> }
    });
    view! {
        <h3 class="status__title status__title--done">{"已送达主办单位"}</h3>
        <dl class="receipt">
            <dt>{"回执编号"}</dt>
            <dd class="receipt__number">{stored.receipt.clone()}</dd>
            {time}
        </dl>
        <p>{"把回执编号记下来或截屏保存，查询时要用"}</p>
    }
    .into_any()
}
