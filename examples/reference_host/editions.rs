//! What the officer's pages say of a nomination that was sent more than once.

use super::clock::on_paper;
use super::html::{Html, fill, text};
use super::store::Received;

/// `第2次提交` for a list; nothing for what was sent once.
pub fn which(received: &Received) -> Html {
    if received.revision == 1 {
        return Html::default();
    }
    fill("<span class=\"edition\">{{nth}}</span>", &[("nth", nth(received))])
}

/// What the page of an edition says of it and of the others; `all` has the one on show first.
pub fn of(received: &Received, all: &[Received]) -> Html {
    let Some((shown, others)) = all.split_first() else { return Html::default() };
    if others.is_empty() && shown.revision == 1 {
        return Html::default();
    }
    let state = if received.arrival == shown.arrival {
        Html::default()
    } else {
        let template = "，不是最新，<a href=\"/officer/{{receipt}}\">查看{{nth}}</a>";
        fill(template, &[("receipt", text(&shown.receipt)), ("nth", nth(shown))])
    };
    fill(
        "<dt>提交次数</dt><dd>{{nth}}{{state}}<ul class=\"editions\">{{earlier}}</ul></dd>",
        &[("nth", nth(received)), ("state", state), ("earlier", earlier(shown, others))],
    )
}

fn earlier(shown: &Received, others: &[Received]) -> Html {
    if others.is_empty() {
        // Numbers are counted at the sender's, so those that were refused are among them.
        return fill("<li>以前的提交没有收到或者没有通过核对，未留存</li>", &[]);
    }
    others.iter().map(|other| entry(shown, other)).collect()
}

fn entry(shown: &Received, other: &Received) -> Html {
    let came_late = other.arrival > shown.arrival;
    let late = if came_late { text("，后到，未采用") } else { Html::default() };
    fill(
        "<li>{{nth}}：{{at}}收到{{late}} <a href=\"/officer/{{receipt}}?edition={{arrival}}\">查看</a></li>",
        &[
            ("nth", nth(other)),
            ("at", text(&on_paper(other.received_at))),
            ("late", late),
            ("receipt", text(&other.receipt)),
            ("arrival", text(&other.arrival.to_string())),
        ],
    )
}

fn nth(received: &Received) -> Html {
    text(&format!("第{}次提交", received.revision))
}
