//! The steps of the exchange: what each answer means for each errand.

use super::route::{Doubt, Route, Turn};
use super::wire::{Request, Response, TUS_VERSION};
use super::{Action, Errand, Failure, Step, Upload, location, pause};

/// Answers without progress before giving up.
const MAX_STALLS: u32 = 8;
/// Plain requests lost in a row, while tunnelled ones in between were answered, that are no chance.
const LOST_FOR_GOOD: u32 = 9;
/// New beginnings before giving up.
const MAX_RESTARTS: u32 = 5;
/// Tries to remove what was taken back; after that the server's own expiry does it.
const MAX_DELETE_TRIES: u32 = 3;

impl Upload {
    pub(super) fn start(&mut self) -> Action {
        (self.tries, self.stalls, self.restarts) = (0, 0, 0);
        self.route.start();
        match (self.step, &self.url) {
            (Step::Done, Some(_)) => self.done(),
            (Step::Cancelled, _) => Action::Cancelled,
            (step, _) if step.errand() == Some(Errand::Delete) => self.go(Errand::Delete),
            (_, Some(_)) => self.go(Errand::Ask),
            (_, None) => self.go(Errand::Create),
        }
    }

    pub(super) fn cancel(&mut self) -> Action {
        self.tries = 0;
        self.route.start();
        self.go(Errand::Delete)
    }

    pub(super) fn stop(&mut self) -> Action {
        let over = matches!(self.step, Step::Done | Step::Cancelled | Step::Failed);
        // What is being taken back is no longer the person's to pause.
        if !over && self.step.errand() != Some(Errand::Delete) {
            self.step = Step::Paused;
        }
        Action::Nothing
    }

    pub(super) fn online(&mut self) -> Action {
        match self.step {
            Step::Offline(errand) => {
                // The pauses grew for a network that was not there.
                self.tries = 0;
                self.go(errand)
            }
            _ => Action::Nothing,
        }
    }

    /// Builds the request for `errand` and notes that it is on its way.
    pub(super) fn go(&mut self, errand: Errand) -> Action {
        self.step = Step::Flying(errand);
        let tunnel = self.route.tunnels();
        let request = match (errand, &self.url) {
            (Errand::Delete, None) => return self.cancelled(),
            (Errand::Delete, Some(url)) => Request::delete(url, tunnel),
            (Errand::Ask, Some(url)) => Request::ask(url, tunnel),
            (Errand::Send, Some(_)) if self.offset >= self.total => return self.done(),
            (Errand::Send, Some(url)) => {
                Request::chunk(url, self.offset..self.offset + self.chunk(), tunnel)
            }
            (_, None) | (Errand::Create, Some(_)) => {
                self.step = Step::Flying(Errand::Create);
                Request::create(&self.endpoint, self.total, &self.metadata)
            }
        };
        Action::Send(request)
    }

    pub(super) fn lost(&mut self, errand: Errand, jitter: u16) -> Action {
        if errand == Errand::Send {
            self.pace.halve();
        }
        if matches!(errand, Errand::Ask | Errand::Send) {
            self.route.lost();
        }
        match self.pause(errand.resumed(), None, jitter) {
            Action::Wait { ms } => {
                self.step = Step::Offline(errand.resumed());
                Action::Wait { ms }
            }
            other => other,
        }
    }

    pub(super) fn answered(&mut self, errand: Errand, answer: &Response, jitter: u16) -> Action {
        if matches!(answer.status, 408 | 423 | 425 | 429 | 500 | 502..=599) {
            return self.pause(errand.resumed(), answer.retry_after.as_deref(), jitter);
        }
        match errand {
            Errand::Delete => self.deleted(answer),
            Errand::Create => self.judged(errand, answer, jitter),
            Errand::Ask | Errand::Send => match self.route.answered(errand, answer) {
                Turn::Straight => self.judged(errand, answer, jitter),
                Turn::Detour(errand) => self.go(errand),
                Turn::Back(doubt) if self.is_gone(errand, answer.status, doubt) => {
                    self.restart(Failure::Vanishes, jitter)
                }
                Turn::Back(Doubt::Status(status)) => {
                    self.judged(errand, &Response { status, ..Response::default() }, jitter)
                }
                Turn::Back(Doubt::Lost(_)) => self.go(Errand::Ask),
            },
        }
    }

    /// Whether a tunnelled HEAD that finds nothing means that the upload is gone. A server that does
    /// not know the override says the same, so the bytes at stake are given up only where plain HEAD
    /// does not get through either: without it there is no going on anyway. A 403 may be a session that
    /// is over: there it takes a second time, after somebody has started it again.
    fn is_gone(&mut self, errand: Errand, status: u16, doubt: Doubt) -> bool {
        if errand != Errand::Ask || !matches!(status, 404 | 410) {
            return false;
        }
        let given_up = match doubt {
            Doubt::Status(405 | 501) => true,
            Doubt::Status(400..) => self.missed,
            Doubt::Status(_) => self.stalls >= MAX_STALLS,
            Doubt::Lost(times) => times >= LOST_FOR_GOOD,
        };
        self.missed |= matches!(doubt, Doubt::Status(400..));
        self.offset == 0 || given_up
    }

    fn judged(&mut self, errand: Errand, answer: &Response, jitter: u16) -> Action {
        let other_version =
            answer.tus_resumable.as_deref().is_some_and(|v| v.trim() != TUS_VERSION);
        let placed = errand != Errand::Create;
        match answer.status {
            412 => return self.fail(Failure::Version),
            200..=299 if other_version => return self.fail(Failure::Version),
            401 | 403 => return self.fail(Failure::SignIn),
            405 | 501 if placed => {
                self.route.plain();
                return self.fail(Failure::MethodBlocked);
            }
            404 | 410 if placed => return self.restart(Failure::Vanishes, jitter),
            460 if placed => return self.restart(Failure::Damaged, jitter),
            _ => {}
        }
        match errand {
            Errand::Create => self.created(answer, jitter),
            Errand::Ask => self.asked(answer, jitter),
            Errand::Send | Errand::Delete => self.sent(answer, jitter),
        }
    }

    fn created(&mut self, answer: &Response, jitter: u16) -> Action {
        match (answer.status, answer.location.as_deref()) {
            (200..=299, Some(location)) if !location.trim().is_empty() => {
                let Some(url) = location::resolve(&self.endpoint, location) else {
                    return self.fail(Failure::ForeignLocation);
                };
                self.url = Some(url);
                (self.offset, self.furthest, self.tries) = (0, 0, 0);
                self.go(Errand::Send)
            }
            (413, _) => self.fail(Failure::TooLarge),
            (409, _) => self.pause(Errand::Create, answer.retry_after.as_deref(), jitter),
            (status, _) => self.other(status, Errand::Create, jitter),
        }
    }

    fn asked(&mut self, answer: &Response, jitter: u16) -> Action {
        let offset = number(answer.upload_offset.as_deref());
        match (answer.status, offset) {
            (200..=299, Some(offset)) => {
                let length = number(answer.upload_length.as_deref());
                if offset > self.total || length.is_some_and(|length| length != self.total) {
                    // Not an upload of this file: the place was given to somebody else.
                    return self.restart(Failure::Vanishes, jitter);
                }
                let back = offset < self.offset;
                self.adopt(offset, back, jitter)
            }
            (409, _) => self.pause(Errand::Ask, answer.retry_after.as_deref(), jitter),
            (status, _) => self.other(status, Errand::Ask, jitter),
        }
    }

    fn sent(&mut self, answer: &Response, jitter: u16) -> Action {
        let offset = number(answer.upload_offset.as_deref());
        match (answer.status, offset) {
            (200..=299, Some(offset)) if offset > self.total => {
                self.restart(Failure::Vanishes, jitter)
            }
            (200..=299, Some(offset)) => {
                let bytes = offset.saturating_sub(self.offset).min(self.chunk());
                if bytes > 0 {
                    self.pace.through(bytes, answer.elapsed_ms);
                }
                self.adopt(offset, bytes == 0, jitter)
            }
            (409, _) => {
                self.stalls += 1;
                // Somebody else is ahead or a chunk came twice: the first time ask at once.
                if self.stalls == 1 { self.go(Errand::Ask) } else { self.hold(Errand::Ask, jitter) }
            }
            (413, _) if self.pace.too_large(self.chunk()) => self.go(Errand::Send),
            (413, _) => self.fail(Failure::TooLarge),
            (status, _) => self.other(status, Errand::Ask, jitter),
        }
    }

    fn deleted(&mut self, answer: &Response) -> Action {
        if matches!(answer.status, 405 | 501) && !self.route.tunnels() {
            self.route = Route::new(true);
            return self.go(Errand::Delete);
        }
        self.cancelled()
    }

    /// Takes the server's word for how far it got and goes on from there, after a pause where it
    /// stalled: got no further or even went back.
    fn adopt(&mut self, offset: u64, stalled: bool, jitter: u16) -> Action {
        self.offset = offset;
        self.missed = false;
        if offset > self.furthest {
            self.furthest = offset;
            (self.tries, self.stalls) = (0, 0);
            self.route.got_further();
        }
        if stalled {
            self.stalls += 1;
            return self.hold(Errand::Send, jitter);
        }
        self.go(Errand::Send)
    }

    fn restart(&mut self, why: Failure, jitter: u16) -> Action {
        self.restarts += 1;
        self.url = None;
        self.missed = false;
        (self.offset, self.furthest, self.stalls) = (0, 0, 0);
        match self.restarts {
            1 => self.go(Errand::Create),
            2..=MAX_RESTARTS => self.pause(Errand::Create, None, jitter),
            _ => self.fail(why),
        }
    }

    /// A success or redirect without what tus demands is a stray page; the rest is a refusal.
    fn other(&mut self, status: u16, again: Errand, jitter: u16) -> Action {
        if status >= 400 {
            return self.fail(Failure::Refused { status });
        }
        self.stalls += 1;
        if self.stalls > MAX_STALLS {
            return self.fail(Failure::NotAnUploadServer);
        }
        self.pause(again, None, jitter)
    }

    /// Waits after an answer without progress, or gives up.
    fn hold(&mut self, errand: Errand, jitter: u16) -> Action {
        if self.stalls > MAX_STALLS {
            return self.fail(Failure::NoProgress);
        }
        self.pause(errand, None, jitter)
    }

    /// Waits before `errand` is tried (again).
    fn pause(&mut self, errand: Errand, retry_after: Option<&str>, jitter: u16) -> Action {
        self.tries = self.tries.saturating_add(1);
        if errand == Errand::Delete && self.tries > MAX_DELETE_TRIES {
            return self.cancelled();
        }
        self.step = Step::Waiting(errand);
        Action::Wait { ms: pause::ms(self.tries, retry_after, jitter) }
    }

    fn cancelled(&mut self) -> Action {
        self.url = None;
        self.step = Step::Cancelled;
        Action::Cancelled
    }

    fn fail(&mut self, failure: Failure) -> Action {
        self.step = Step::Failed;
        Action::Failed(failure)
    }

    fn done(&mut self) -> Action {
        self.step = Step::Done;
        Action::Done { url: self.url.clone().unwrap_or_default() }
    }

    /// How many bytes the next chunk has.
    fn chunk(&self) -> u64 {
        self.pace.chunk().min(self.total.saturating_sub(self.offset))
    }
}

impl Step {
    /// What is on its way or waited for.
    pub(super) const fn errand(self) -> Option<Errand> {
        match self {
            Self::Flying(errand) | Self::Waiting(errand) | Self::Offline(errand) => Some(errand),
            _ => None,
        }
    }
}

impl Errand {
    /// How an errand is taken up again whose outcome is not known: a chunk may have arrived in part.
    const fn resumed(self) -> Self {
        match self {
            Self::Send => Self::Ask,
            other => other,
        }
    }
}

pub(super) fn number(header: Option<&str>) -> Option<u64> {
    // `parse` would take a plus sign.
    let digits = header?.trim();
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}
