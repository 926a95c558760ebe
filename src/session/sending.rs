//! Sending: from the button to the receipt, whatever the host and the network do.
//!
//! The submission is frozen when the person sends. Every try posts those bytes under that key, so
//! the host can tell a repeat from a second nomination. Going back to the form and sending again is
//! a new revision of the same nomination.

use serde_json::{Value, json};

use super::{Announcement, Answer, Effect, Focus, Session, Stored};
use crate::answers::written;
use crate::campaign::read::{self, Read, Reader};
use crate::standards::Instant;
use crate::submission::Rejection;
use crate::upload::retry_after_s;

/// The first wait before trying again, in milliseconds; each further one is twice as long.
const FIRST_WAIT_MS: u64 = 2_000;
/// The longest wait before trying again, in milliseconds.
const LONGEST_WAIT_MS: u64 = 60_000;

/// Where the nomination stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// It is being filled in.
    Filling,
    /// It goes out as soon as the last file has arrived.
    Uploading,
    /// It is on its way.
    Posting,
    /// It will be tried again.
    Waiting(Delay),
    /// The host's session has run out; it is tried again when the person says so.
    SignIn,
    /// The answer to a question asked first stops the form: nothing is kept, nothing is sent.
    Stopped,
    /// It is in: the host has given a receipt.
    Submitted(Stored),
}

impl Stage {
    /// The name that `data-state` bears.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Filling => "filling",
            Self::Uploading | Self::Posting => "sending",
            Self::Waiting(_) | Self::SignIn => "waiting",
            Self::Stopped => "stopped",
            Self::Submitted(_) => "submitted",
        }
    }
}

/// Why the form waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delay {
    /// No usable answer: network, time-out, or a page instead of an answer.
    Silent,
    /// The host is busy or broken and said so.
    Busy,
}

#[derive(Debug)]
pub(super) struct Sending {
    pub(super) id: String,
    pub(super) revision: u32,
    tries: u32,
    pub(super) frozen: Option<String>,
    stage: Stage,
    rejected: Option<u16>,
    /// Whether the host has said once of this sending that its key is taken.
    rekeyed: bool,
}

impl Sending {
    pub(super) fn new(id: String) -> Self {
        let stage = Stage::Filling;
        Self { id, revision: 1, tries: 0, frozen: None, stage, rejected: None, rekeyed: false }
    }
}

impl Sending {
    /// Forgets what was to be sent.
    pub(super) fn wipe(&mut self, stage: Stage) {
        self.next_revision();
        (self.stage, self.rejected) = (stage, None);
    }

    /// Takes up what a draft was left with. What was frozen then may have gone out.
    pub(super) fn resume(&mut self, frozen: Option<String>, stage: Stage) {
        self.tries = u32::from(frozen.is_some());
        (self.frozen, self.stage) = (frozen, stage);
    }

    /// What was to go out is the person's to look at again first.
    pub(super) fn hold_back(&mut self) {
        if !matches!(self.stage, Stage::Filling | Stage::Submitted(_)) {
            self.next_revision();
            self.stage = Stage::Filling;
        }
    }

    /// Whether the host may have it.
    pub(super) fn went_out(&self) -> bool {
        self.frozen.is_some() && (self.tries > 0 || matches!(self.stage, Stage::Submitted(_)))
    }

    /// Begins a nomination of its own. What was to go out just now waits for another word of the
    /// person, who may not know of the other one.
    pub(super) fn fork(&mut self, id: String) {
        *self = Self { rejected: self.rejected, ..Self::new(id) };
    }

    fn next_revision(&mut self) {
        if self.frozen.take().is_some() {
            self.revision += 1;
        }
    }
}

impl Session {
    /// Where the nomination stands.
    pub fn stage(&self) -> &Stage {
        &self.sending.stage
    }

    /// The HTTP status with which the host refused the last sending, where it gave no reasons.
    pub fn rejected(&self) -> Option<u16> {
        self.sending.rejected
    }

    /// Whether the person has tried to send.
    pub fn tried(&self) -> bool {
        self.tried
    }

    pub(super) fn submit(&mut self, effects: &mut Vec<Effect>) {
        if self.sending.stage != Stage::Filling || self.asked_first(effects) {
            return;
        }
        self.tried = true;
        (self.sending.rejected, self.sending.rekeyed) = (None, false);
        self.judge_all();
        effects.push(Effect::Look("*".to_owned()));
        if self.blocked() {
            effects.push(Effect::Focus(Focus::Summary));
            effects.push(Effect::Announce(Announcement::Problems(self.summary().len())));
            return;
        }
        self.retry_failed(effects);
        self.stage_is(Stage::Uploading, effects);
        effects.push(Effect::Focus(Focus::Status));
        self.upload_settled(effects);
    }

    /// If the nomination waits for its files: once the last has arrived, it goes out; if one will
    /// not arrive, the person is led back to it.
    pub(super) fn upload_settled(&mut self, effects: &mut Vec<Effect>) {
        if self.sending.stage != Stage::Uploading {
            return;
        }
        if self.all_arrived() {
            self.freeze_and_post(effects);
        } else if let Some(place) = self.stuck_file() {
            self.stage_is(Stage::Filling, effects);
            effects.push(Effect::Focus(Focus::Place(place)));
        }
    }

    pub(super) fn try_again(&mut self, effects: &mut Vec<Effect>) {
        if matches!(self.sending.stage, Stage::Waiting(_) | Stage::SignIn) {
            self.post(effects);
        }
    }

    fn freeze_and_post(&mut self, effects: &mut Vec<Effect>) {
        self.sending.frozen = self.submission().map(|submission| written(&submission));
        self.sending.tries = 0;
        self.post(effects);
    }

    /// There may be a network again: no reason to wait on.
    pub(super) fn online(&mut self, effects: &mut Vec<Effect>) {
        if self.sending.stage == Stage::Waiting(Delay::Silent) {
            self.post(effects);
        }
    }

    /// Whoever comes back to the page may have signed in elsewhere; and timers sleep while it is hidden.
    pub(super) fn came_back(&mut self, effects: &mut Vec<Effect>) {
        self.signed_in_again(effects);
        if self.sending.stage == Stage::SignIn {
            self.post(effects);
        }
        self.online(effects);
    }

    pub(super) fn go_back(&mut self, effects: &mut Vec<Effect>) {
        if matches!(self.sending.stage, Stage::Waiting(_) | Stage::SignIn | Stage::Uploading) {
            self.sending.next_revision();
            self.stage_is(Stage::Filling, effects);
            effects.push(Effect::Focus(Focus::Send));
        }
    }

    pub(super) fn taken_over(&mut self, effects: &mut Vec<Effect>) {
        if self.sending.stage == Stage::Posting {
            // Whoever has taken it may have stored it under this key.
            self.sending.next_revision();
            self.stage_is(Stage::Filling, effects);
        }
    }

    pub(super) fn answered(&mut self, answer: Answer, effects: &mut Vec<Effect>) {
        if self.sending.stage != Stage::Posting {
            return;
        }
        match answer {
            Answer::Stored(stored) => {
                let detail =
                    json!({ "receipt": stored.receipt, "received_at": stored.received_at });
                self.stage_is(Stage::Submitted(stored), effects);
                // The draft shrinks to the receipt, and the files' bytes go.
                effects.extend(self.all_files().map(|chosen| Effect::Forget(chosen.file)));
                effects.push(Effect::KeepNow);
                effects.push(Effect::Focus(Focus::Status));
                effects.push(Effect::Tell("submitted", detail));
            }
            // The host has another edition under this key: what is here now is the next one.
            Answer::Refused(rejection) if is_key_reused(&rejection) && !self.sending.rekeyed => {
                self.sending.rekeyed = true;
                self.sending.next_revision();
                self.freeze_and_post(effects);
            }
            Answer::Refused(rejection) => {
                self.sending.next_revision();
                self.board.host(&rejection, self.judge.track(), &self.attachments);
                self.stage_is(Stage::Filling, effects);
                effects.push(Effect::Focus(Focus::Summary));
                effects.push(Effect::Announce(Announcement::Problems(self.summary().len())));
                effects.push(Effect::Tell("rejected", json!(rejection)));
            }
            Answer::SignIn => self.stage_is(Stage::SignIn, effects),
            Answer::Later { retry_after_ms, silent } => {
                let reason = if silent { Delay::Silent } else { Delay::Busy };
                self.stage_is(Stage::Waiting(reason), effects);
                let wait = (FIRST_WAIT_MS << self.sending.tries.min(5)).min(LONGEST_WAIT_MS);
                effects.push(Effect::Wait(retry_after_ms.unwrap_or(wait)));
                self.sending.tries += 1;
            }
            Answer::Rejected(status) => {
                self.sending.next_revision();
                self.sending.rejected = Some(status);
                self.stage_is(Stage::Filling, effects);
                effects.push(Effect::Focus(Focus::Summary));
                effects.push(Effect::Tell("rejected", json!({ "status": status })));
            }
        }
    }

    fn post(&mut self, effects: &mut Vec<Effect>) {
        let Some(body) = self.sending.frozen.clone() else { return };
        self.stage_is(Stage::Posting, effects);
        let key = format!("{}.{}", self.sending.id, self.sending.revision);
        effects.push(Effect::Post { body, key });
    }

    fn stage_is(&mut self, stage: Stage, effects: &mut Vec<Effect>) {
        self.sending.stage = stage;
        effects.push(Effect::Look("*".to_owned()));
    }
}

fn is_key_reused(rejection: &Rejection) -> bool {
    rejection.errors.iter().any(|error| error.code == "key-reused")
}

/// What the host's answer means for the form.
///
/// Only an answer that can be read counts as one: a proxy's error page with status 200 is no receipt.
///
/// ```
/// use nomination_form::session::{Answer, answer_of};
/// let receipt = r#"{"receipt": "NM-1", "received_at": "2022-08-18T02:00:00Z"}"#;
/// assert!(matches!(answer_of(201, None, Some(receipt)), Answer::Stored(_)));
/// assert!(matches!(answer_of(200, None, Some("<html>")), Answer::Later { silent: true, .. }));
/// assert!(matches!(answer_of(503, Some("5"), None), Answer::Later { retry_after_ms: Some(5000), .. }));
/// assert!(matches!(answer_of(413, None, None), Answer::Rejected(413)));
/// ```
pub fn answer_of(status: u16, retry_after: Option<&str>, body: Option<&str>) -> Answer {
    let retry_after_ms = retry_after.and_then(retry_after_s).map(|seconds| seconds * 1_000);
    let body = body.unwrap_or_default();
    match status {
        200 | 201 => match stored(body) {
            Some(stored) => Answer::Stored(stored),
            None => Answer::Later { retry_after_ms, silent: true },
        },
        422 => match Rejection::of_body(body) {
            Some(rejection) if !rejection.errors.is_empty() => Answer::Refused(rejection),
            _ => Answer::Rejected(status),
        },
        401 | 403 => Answer::SignIn,
        408 | 409 | 425 | 429 | 500..=599 => Answer::Later { retry_after_ms, silent: false },
        400..=499 => Answer::Rejected(status),
        _ => Answer::Later { retry_after_ms, silent: true },
    }
}

/// The receipt in a host's answer. Its number is what counts: a time that cannot be read is no reason
/// to send a stored nomination again.
fn stored(body: &str) -> Option<Stored> {
    read::of_text(body).ok()
}

impl Read for Stored {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        let answer = reader.map(found);
        let part = |key: &str| answer.and_then(|answer| answer.get(key));
        let receipt = match part("receipt") {
            Some(Value::String(number)) => number.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        if receipt.is_empty() {
            reader.wrong(part("receipt"), "a receipt");
        }
        let received_at = part("received_at").and_then(Value::as_str);
        Self { receipt, received_at: received_at.and_then(|time| Instant::parse(time).ok()) }
    }
}
