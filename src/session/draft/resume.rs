//! Taking a draft up again, under the campaign as it is now.

use serde_json::Value;

use super::super::files::{Chosen, Upload};
use super::super::sending::{Delay, Stage};
use super::super::{Effect, Focus, Session};
use super::json::{list, long, number, text};
use super::{Draft, Resumed};
use crate::answers::{Answers, Findings, Image};
use crate::rules::Judge;
use crate::rules::carry::{self, Carried, LeftOver};
use crate::standards::Instant;
use crate::upload::Saved;

impl Session {
    /// Takes a draft up again. `kept` are the files whose bytes are at hand.
    pub fn resume(judge: Judge, draft: &Draft, kept: &[u32], now: Instant) -> Self {
        let whole = &draft.whole;
        let answers = match whole.get("answers") {
            Some(Value::Object(answers)) => Answers(answers.clone()),
            _ => Answers::default(),
        };
        let revision = number(whole, "revision").unwrap_or_default();
        let changed = draft.receipt.is_none() && revision != judge.campaign().revision;
        let mut left_over: Vec<_> = list(whole, "left_over").iter().map(left_over).collect();
        let labels = whole.get("labels").and_then(Value::as_object).cloned().unwrap_or_default();
        let carried = carry::carry(judge.track(), &answers, &labels, judge.words());
        left_over.extend(carried.left_over.iter().cloned());
        let mut session = Self::with_answers(judge, draft.id.clone(), carried.answers.clone(), now);
        session.desk.touched = true;
        session.desk.left_over = left_over;
        let lost_files = session.take_up_files(whole, kept, &carried);
        if whole.get("apart") == Some(&Value::Bool(true)) {
            // What is to be uploaded is uploaded anyway, once there is a form.
            session.upload_apart(&mut Vec::new());
        }
        session.take_up_marks(whole);
        session.attachments_now();
        session.judge_all();
        session.take_up_sending(whole, changed);
        if let Some(stored) = &draft.receipt {
            session.sending.resume(None, Stage::Submitted(stored.clone()));
        }
        let choosing = std::mem::take(&mut session.desk.choosing);
        session.desk.resumed =
            Some(Resumed { saved_at: draft.saved_at, changed, lost_files, choosing });
        session.settle_door();
        session
    }

    /// Goes on where the draft was left: files that had not arrived, a nomination that was on its way.
    pub(in crate::session) fn take_up(&mut self, effects: &mut Vec<Effect>) {
        effects.append(&mut self.owed);
        if self.desk.resumed.is_none() || !self.open() {
            return;
        }
        self.go_on_uploading(effects);
        match self.stage() {
            Stage::Filling => {
                if let Some(place) = self.desk.cursor.clone() {
                    effects.push(Effect::Return(Focus::Place(place)));
                }
            }
            Stage::Uploading => self.upload_settled(effects),
            Stage::Waiting(_) | Stage::SignIn => self.try_again(effects),
            _ => {}
        }
    }

    fn take_up_files(&mut self, whole: &Value, kept: &[u32], carried: &Carried) -> usize {
        let mut lost = 0;
        for file in list(whole, "files") {
            match self.taken_up(file, kept, carried) {
                Some(chosen) => {
                    lost += usize::from(chosen.upload == Upload::Unreadable);
                    self.files.put(chosen);
                }
                None => self.desk.left_over.push(LeftOver {
                    path: text(file, "slot"),
                    label: text(file, "label"),
                    text: text(file, "name"),
                }),
            }
        }
        lost
    }

    /// A file as it was left; nothing where its slot, or its row, is gone.
    fn taken_up(&self, file: &Value, kept: &[u32], carried: &Carried) -> Option<Chosen> {
        let id = number(file, "file")?;
        let findings = file.get("findings").filter(|found| found.is_object()).map(findings);
        let mut saved = saved(file);
        let there = kept.contains(&id) && findings.is_some();
        let arrived = file.get("arrived").and_then(Value::as_str).map(str::to_owned);
        let held = file.get("held") == Some(&Value::Bool(true));
        let paused = file.get("paused") == Some(&Value::Bool(true));
        if let (Some(url), true) = (&arrived, there) {
            // The host may have cleared away what nobody sent: it is asked, and gets it again.
            let tunnel = saved.as_ref().is_some_and(|saved| saved.tunnel);
            saved = Some(Saved { url: url.clone(), offset: long(file, "bytes"), tunnel });
        }
        let offset = saved.as_ref().map_or(0, |saved| saved.offset);
        let upload = match arrived {
            Some(url) if findings.is_some() && !there => Upload::Done(url),
            _ if !there => Upload::Unreadable,
            _ if held => Upload::Held,
            _ if paused => Upload::Paused(offset),
            _ => Upload::Waiting(offset),
        };
        let row = match file.get("row").and_then(Value::as_str) {
            Some(path) => {
                let (table, index) = path.split_once('.')?;
                let index = carried.row(table, index.parse().ok()?)?;
                Some((table.to_owned(), *self.rows.ids(table).get(index)?))
            }
            None => None,
        };
        let table = row.as_ref().map(|(table, _)| table.as_str());
        if !carry::takes_file(self.track(), &text(file, "slot"), table) {
            return None;
        }
        Some(Chosen {
            file: id,
            slot: text(file, "slot"),
            row,
            name: text(file, "name"),
            bytes: long(file, "bytes"),
            caption: text(file, "caption"),
            shared: file.get("shared") == Some(&Value::Bool(true)),
            findings,
            upload,
            saved,
            remaining_ms: None,
            kept: there,
        })
    }

    fn take_up_marks(&mut self, whole: &Value) {
        let places = list(whole, "left").iter().filter_map(Value::as_str);
        self.left = places.map(|path| self.rows.place(path)).collect();
        let tables = list(whole, "left_tables").iter().filter_map(Value::as_str);
        self.left_tables = tables.map(str::to_owned).collect();
        let done_with = list(whole, "done_with").iter().filter_map(Value::as_str);
        self.done_with = done_with.map(str::to_owned).collect();
        let filled = list(whole, "from_id").iter().filter_map(Value::as_str);
        self.take_up_from_id(filled.map(str::to_owned));
        self.tried = whole.get("tried") == Some(&Value::Bool(true));
        let cursor = whole.get("cursor").and_then(Value::as_str);
        self.desk.cursor = cursor.map(|path| self.rows.place(path));
        self.desk.choosing = whole.get("choosing") == Some(&Value::Bool(true));
    }

    /// A nomination that had left is on its way still, whatever has become of the campaign file since:
    /// the host may have it. One that waited for its files is the person's to look at again first.
    fn take_up_sending(&mut self, whole: &Value, changed: bool) {
        self.sending.revision = number(whole, "edition").unwrap_or(1).max(1);
        let frozen = whole.get("frozen").and_then(Value::as_str).map(str::to_owned);
        let stage = match text(whole, "stage").as_str() {
            "uploading" if !changed && !self.blocked() => Stage::Uploading,
            "sign-in" if frozen.is_some() => Stage::SignIn,
            "posting" | "waiting" if frozen.is_some() => Stage::Waiting(Delay::Silent),
            _ => Stage::Filling,
        };
        self.sending.resume(frozen, stage);
    }
}

fn left_over(left: &Value) -> LeftOver {
    LeftOver { path: text(left, "path"), label: text(left, "label"), text: text(left, "text") }
}

fn findings(found: &Value) -> Findings {
    let flaws = list(found, "flaws").iter().filter_map(Value::as_str).map(str::to_owned);
    let image = found.get("image").filter(|image| image.is_object()).map(|image| Image {
        width: number(image, "width").unwrap_or_default(),
        height: number(image, "height").unwrap_or_default(),
        background: image.get("background").and_then(Value::as_str).map(str::to_owned),
        colour: image.get("colour").and_then(Value::as_bool),
    });
    Findings {
        format: text(found, "format"),
        media_type: text(found, "media_type"),
        bytes: long(found, "bytes"),
        sha256: text(found, "sha256"),
        flaws: flaws.collect(),
        image,
        duration_ms: found.get("duration_ms").and_then(Value::as_u64),
    }
}

fn saved(file: &Value) -> Option<Saved> {
    Some(Saved {
        url: file.get("url")?.as_str()?.to_owned(),
        offset: long(file, "offset"),
        tunnel: file.get("tunnel") == Some(&Value::Bool(true)),
    })
}
