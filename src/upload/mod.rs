//! A resumable upload as a state machine: what happened goes in, what to do next comes out.
//!
//! Speaks tus 1.0 (core, creation, termination), so any tus server will do. Sending, waiting and
//! slicing the file are the caller's; so are chance and time, which come in as numbers. What a draft
//! must keep is [`Saved`]: after a reload [`Upload::resumed`] asks the server how far it got and goes
//! on from there.
//!
//! Chunks are made so that each takes about two seconds.
//!
//! What surprises: the server's word on the offset always counts, even when it goes back. A network
//! that fails is never a reason to give up, a server that keeps answering without getting any
//! further is.
//!
//! Invariant: there is no I/O here, no clock and no randomness, and nothing of the person but the
//! bytes of the file is sent: the server learns the slot and the digest, not the file's name.

mod location;
mod machine;
mod pace;
mod pause;
mod route;
#[cfg(test)]
mod tests;
mod wire;

pub(crate) use pause::retry_after_s;
pub use wire::{Metadata, Request, Response};

use pace::Pace;
use route::Route;

/// The upload of one file.
///
/// # Example: a small file and a server that answers at once
///
/// ```
/// use nomination_form::upload::{Action, Input, Metadata, Response, Upload};
///
/// let metadata = Metadata { slot: "photo".into(), sha256: "ba7816bf".into() };
/// let mut upload = Upload::new(3, "https://host.example/files", 1 << 20, metadata);
///
/// let Action::Send(create) = upload.next(Input::Start, 0) else { panic!() };
/// assert_eq!((create.method, create.body), ("POST", None));
///
/// let created = Response { status: 201, location: Some("/files/7".into()), ..Response::default() };
/// let Action::Send(chunk) = upload.next(Input::Response(created), 0) else { panic!() };
/// assert_eq!((chunk.method, chunk.body), ("PATCH", Some(0..3)));
///
/// let stored = Response { status: 204, upload_offset: Some("3".into()), ..Response::default() };
/// let url = "https://host.example/files/7".to_owned();
/// assert_eq!(upload.next(Input::Response(stored), 0), Action::Done { url });
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    endpoint: String,
    total: u64,
    pace: Pace,
    metadata: Metadata,
    url: Option<String>,
    offset: u64,
    /// The largest offset this upload's URL ever had: what counts as getting further.
    furthest: u64,
    route: Route,
    step: Step,
    /// Pauses in a row, for the length of the next.
    tries: u32,
    /// Answers in a row that looked well and brought nothing.
    stalls: u32,
    /// HEAD was refused, and found nothing through the tunnel.
    missed: bool,
    /// How often the upload had to begin anew: the server had forgotten it, or found it damaged.
    restarts: u32,
}

/// What must be kept to go on after a reload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Where the upload is.
    pub url: String,
    /// How many bytes the server was known to have: to be shown until it has been asked.
    pub offset: u64,
    /// Whether only POST gets through to the host.
    pub tunnel: bool,
}

/// Where the exchange stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Idle,
    Flying(Errand),
    /// Until the time is over.
    Waiting(Errand),
    /// Until the time is over or there is a network again.
    Offline(Errand),
    Paused,
    Done,
    Cancelled,
    Failed,
}

/// What a request is sent for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Errand {
    Create,
    Ask,
    Send,
    Delete,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Begin, or go on after a reload, a pause, a sign-in or a failure. No request may be on its way.
    Start,
    /// The request was answered, with whatever status.
    Response(Response),
    /// The request was not answered: no network, a time-out, an answer that broke off.
    NetworkLost,
    /// The time of [`Action::Wait`] is over.
    TimerFired,
    /// The browser says there is a network again. Cuts short what waits for one; a server that wants
    /// to be left alone for a while is.
    Online,
    /// The person has stopped it for now. The caller aborts the request on its way, if any; what still
    /// comes in changes nothing, and [`Input::Start`] asks the server what became of it. An upload that
    /// is being taken back is not stopped.
    Paused,
    /// The person has taken the file back. The caller aborts the request on its way, if any.
    Cancelled,
}

/// What to do now.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum Action {
    /// Send this request and come back with its response.
    Send(Request),
    /// Come back after this time, or sooner with [`Input::Online`].
    Wait {
        /// Milliseconds.
        ms: u64,
    },
    /// All bytes are at the server.
    Done {
        /// Where they are.
        url: String,
    },
    /// The upload was taken back, and removed from the server where it could be reached.
    Cancelled,
    /// It does not go on by itself; [`Input::Start`] tries again from where it stopped.
    Failed(Failure),
    /// Nothing: what came in does not concern the upload as it stands, such as a late timer.
    Nothing,
}

/// Why an upload does not go on by itself.
///
/// # Example
///
/// ```
/// use nomination_form::upload::Failure;
/// assert_eq!(Failure::SignIn.code(), "sign-in");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// 401 or 403, tunnelled too where no PATCH or HEAD ever got through: the session at the host is over.
    #[error("upload needs a signed-in session")]
    SignIn,
    /// 413 to the creation, or to the smallest chunk.
    #[error("file is larger than the server takes")]
    TooLarge,
    /// Another client error.
    #[error("server refused the upload with status {status}")]
    Refused {
        /// The HTTP status.
        status: u16,
    },
    /// 405 or 501, and a tunnelled POST fares no better: some gateway lets no upload through.
    #[error("server or gateway takes neither PATCH nor `X-HTTP-Method-Override`")]
    MethodBlocked,
    /// The server speaks another version of tus.
    #[error("server does not speak tus 1.0.0")]
    Version,
    /// The upload would go to another origin than the endpoint.
    #[error("`Location` of the upload is not at the origin of `upload-to`")]
    ForeignLocation,
    /// Answers without the headers of tus, again and again: a sign-in page, a captive portal.
    #[error("answers are not those of an upload server")]
    NotAnUploadServer,
    /// The server takes bytes, again and again, and gets no further.
    #[error("server takes bytes but its offset does not grow")]
    NoProgress,
    /// The server forgets the upload again and again.
    #[error("server keeps losing the upload")]
    Vanishes,
    /// 460 again and again: what arrives is not what has the digest in the metadata.
    #[error("file keeps arriving with another digest")]
    Damaged,
}

impl Failure {
    /// The word for this failure in events and messages; part of the contract with hosts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::TooLarge => "too-large",
            Self::Refused { .. } => "refused",
            Self::MethodBlocked => "method-blocked",
            Self::Version => "version",
            Self::ForeignLocation => "foreign-location",
            Self::NotAnUploadServer => "not-an-upload-server",
            Self::NoProgress => "no-progress",
            Self::Vanishes => "vanishes",
            Self::Damaged => "damaged",
        }
    }
}

impl Upload {
    /// An upload of `total_bytes` to the tus server at `endpoint`, with a first chunk of `chunk_bytes`
    /// (from 16 KiB to 4 MiB); the size of the next ones follows the network.
    ///
    /// `endpoint` should be absolute: the caller resolves it against the page. With a relative one
    /// the server's `Location` must be relative too, as its origin cannot be compared.
    pub fn new(
        total_bytes: u64,
        endpoint: impl Into<String>,
        chunk_bytes: u64,
        metadata: Metadata,
    ) -> Self {
        Self {
            endpoint: endpoint.into(),
            total: total_bytes,
            pace: Pace::new(chunk_bytes),
            metadata,
            url: None,
            offset: 0,
            furthest: 0,
            route: Route::new(false),
            step: Step::Idle,
            tries: 0,
            stalls: 0,
            missed: false,
            restarts: 0,
        }
    }

    /// The upload that was [`saved`](Self::saved), of the same file to the same endpoint. It begins
    /// anew where the saved URL does not lie beneath `endpoint`: a draft may come from anybody.
    ///
    /// # Example
    ///
    /// ```
    /// use nomination_form::upload::{Action, Input, Metadata, Saved, Upload};
    ///
    /// let metadata = Metadata { slot: "photo".into(), sha256: "ba7816bf".into() };
    /// let url = "https://host.example/files/7".to_owned();
    /// let saved = Saved { url, offset: 1 << 20, tunnel: false };
    /// let mut upload = Upload::resumed(3 << 20, "https://host.example/files", 1 << 18, metadata, saved);
    /// assert_eq!(upload.offset(), 1 << 20);
    ///
    /// let Action::Send(ask) = upload.next(Input::Start, 0) else { panic!() };
    /// assert_eq!((ask.method, ask.url.as_str()), ("HEAD", "https://host.example/files/7"));
    /// ```
    pub fn resumed(
        total_bytes: u64,
        endpoint: impl Into<String>,
        chunk_bytes: u64,
        metadata: Metadata,
        saved: Saved,
    ) -> Self {
        let mut upload = Self::new(total_bytes, endpoint, chunk_bytes, metadata);
        let Saved { url, offset, tunnel } = saved;
        upload.url = location::beneath(&upload.endpoint, &url);
        if upload.url.is_some() {
            upload.offset = offset.min(total_bytes);
            upload.route = Route::new(tunnel);
        }
        upload
    }

    /// What a draft must keep of it; `None` before the server has made a place.
    pub fn saved(&self) -> Option<Saved> {
        let url = self.url.clone()?;
        Some(Saved { url, offset: self.offset, tunnel: self.route.is_tunnel() })
    }

    /// How many bytes the server is known to have.
    pub const fn offset(&self) -> u64 {
        self.offset
    }

    /// How many bytes the file has.
    pub const fn total(&self) -> u64 {
        self.total
    }

    /// About how many milliseconds of sending are left, by the speed of the chunks so far, the newer
    /// ones first of all; `None` before one got through.
    pub fn remaining_ms(&self) -> Option<u64> {
        self.pace.remaining_ms(self.total.saturating_sub(self.offset))
    }

    /// Where the upload is, once the server has made a place for it.
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// Whether the server has it all.
    pub const fn is_done(&self) -> bool {
        matches!(self.step, Step::Done)
    }

    /// Takes what happened and says what to do.
    ///
    /// `jitter`, a random number from 0 to 1000, spreads the pauses, so that a thousand pages do not
    /// come back in the same second after the server was down.
    pub fn next(&mut self, input: Input, jitter: u16) -> Action {
        match input {
            Input::Start => self.start(),
            Input::Cancelled => self.cancel(),
            Input::Paused => self.stop(),
            Input::Online => self.online(),
            Input::TimerFired => match self.step {
                Step::Waiting(errand) | Step::Offline(errand) => self.go(errand),
                _ => Action::Nothing,
            },
            Input::NetworkLost => match self.step {
                Step::Flying(errand) => self.lost(errand, jitter),
                _ => Action::Nothing,
            },
            Input::Response(response) => match self.step {
                Step::Flying(errand) => self.answered(errand, &response, jitter),
                _ => Action::Nothing,
            },
        }
    }
}
