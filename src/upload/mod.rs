//! A resumable upload as a state machine: what happened goes in, what to do next comes out.
//!
//! Speaks tus 1.0 (core, creation, termination), so any tus server will do. Sending, waiting and
//! slicing the file are the caller's; so is chance, which comes in as a number. The state can be
//! written into a draft at any moment: after a reload [`Input::Start`] asks the server how far it
//! got and goes on from there.
//!
//! What surprises: the server's word on the offset always counts, even when it goes back. A network
//! that fails is never a reason to give up, a server that keeps answering without getting any
//! further is.
//!
//! Invariant: there is no I/O here, no clock and no randomness, and nothing of the person but the
//! bytes of the file is sent: the server learns the slot and the digest, not the file's name.

mod location;
mod machine;
mod pause;
#[cfg(test)]
mod tests;
mod wire;

pub use wire::{Metadata, Request, Response};

use serde::{Deserialize, Serialize};

/// No chunk is made smaller than this, whatever the server says.
const MIN_CHUNK_BYTES: u64 = 16 * 1024;

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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    endpoint: String,
    total: u64,
    chunk_bytes: u64,
    metadata: Metadata,
    url: Option<String>,
    offset: u64,
    /// The largest offset this upload's URL ever had: what counts as getting further.
    furthest: u64,
    /// Whether methods other than POST go as POST with `X-HTTP-Method-Override`.
    tunnel: bool,
    step: Step,
    /// Pauses in a row, for the length of the next.
    tries: u32,
    /// Answers in a row that looked well and brought nothing.
    stalls: u32,
    /// How often the server had forgotten the upload.
    restarts: u32,
}

/// Where the exchange stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Step {
    Idle,
    Flying(Errand),
    Waiting(Errand),
    Done,
    Cancelled,
    Failed,
}

/// What a request is sent for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Errand {
    Create,
    Ask,
    Send,
    Delete,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Begin, or go on after a reload, a sign-in or a failure. No request may be on its way.
    Start,
    /// The request was answered, with whatever status.
    Response(Response),
    /// The request was not answered: no network, a time-out, an answer that broke off.
    NetworkLost,
    /// The time of [`Action::Wait`] is over.
    TimerFired,
    /// The browser says there is a network again: a reason to stop waiting, never to give up.
    Online,
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
    /// 401 or 403: the session at the host is over.
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
    /// 405 or 501 even to a POST: some gateway lets no upload through.
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
        }
    }
}

impl Upload {
    /// An upload of `total_bytes` to the tus server at `endpoint`, at most `chunk_bytes` (16 KiB or
    /// more) in one request.
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
            chunk_bytes,
            metadata,
            url: None,
            offset: 0,
            furthest: 0,
            tunnel: false,
            step: Step::Idle,
            tries: 0,
            stalls: 0,
            restarts: 0,
        }
    }

    /// The same upload with every PATCH, HEAD and DELETE sent as POST with
    /// `X-HTTP-Method-Override` from the start, for hosts behind a gateway that drops those methods
    /// without an answer. After a 405 or 501 the upload does so by itself.
    ///
    /// # Example
    ///
    /// ```
    /// use nomination_form::upload::{Metadata, Upload};
    /// let metadata = Metadata { slot: "photo".into(), sha256: "ba7816bf".into() };
    /// let upload = Upload::new(3, "/files", 1 << 20, metadata).tunnelled();
    /// assert_eq!(upload.offset(), 0);
    /// ```
    #[must_use]
    pub fn tunnelled(mut self) -> Self {
        self.tunnel = true;
        self
    }

    /// How many bytes the server is known to have.
    pub const fn offset(&self) -> u64 {
        self.offset
    }

    /// How many bytes the file has.
    pub const fn total(&self) -> u64 {
        self.total
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
            Input::TimerFired | Input::Online => match self.step {
                Step::Waiting(errand) => self.go(errand),
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
