//! What is sent and what the host answers: one set of types for both ends.
//!
//! Reading is bounded and never repeats what it read: an error says where, what kind of thing was
//! found and what was expected, so it can stand in a log. Invariant: what [`Submission::read`]
//! gives can be judged, whatever its answers are; wrong answers are findings, not errors.

#[cfg(not(target_arch = "wasm32"))]
mod schema;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use validator::Validate;

use crate::{
    answers::{Answers, Attachment},
    campaign::{
        Campaign, Severity, nesting,
        read::{self, Read, Reader},
    },
    rules::{Code, Given, Judge, Problem, Verdict},
    standards::Instant,
    words::Words,
};

/// The version of the submission's format.
pub const FORMAT: &str = "nomination/1";
/// The largest submission taken, in bytes.
pub const MAX_BYTES: usize = 5_000_000;
/// How deep objects and lists may nest.
pub const MAX_DEPTH: usize = 20;

/// A nomination as it is sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Validate)]
pub struct Submission {
    /// The version of the format, [`FORMAT`].
    pub format: String,
    /// The nomination's own id, made before the first try.
    #[serde(default)]
    #[validate(length(max = 100))]
    pub id: String,
    /// Counts what was sent under this id.
    #[serde(default = "first")]
    #[validate(range(min = 1))]
    pub revision: u32,
    /// The campaign it was filled in for.
    #[serde(deserialize_with = "read::object")]
    #[validate(nested)]
    pub campaign: CampaignRef,
    /// The track's id.
    #[validate(length(min = 1, max = 64))]
    pub track: String,
    /// The form's name in the notice: 附件1. Empty where it is not said or the answers call for none.
    #[serde(default, deserialize_with = "or_empty")]
    #[validate(length(max = 100))]
    pub variant: String,
    /// The answers.
    pub answers: Answers,
    /// The files.
    #[serde(default, deserialize_with = "read::objects")]
    #[validate(length(max = 500))]
    pub attachments: Vec<Attachment>,
    /// Values worked out in the page. The host works them out again.
    #[serde(default)]
    pub computed: Map<String, Value>,
    /// What the page found. The host judges again.
    #[serde(default, deserialize_with = "readable")]
    pub problems: Vec<Problem>,
}

/// Names a campaign and its revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
pub struct CampaignRef {
    /// The campaign's id.
    #[validate(length(min = 1, max = 64))]
    pub id: String,
    /// The revision the form was begun under; 0 where it is not said.
    #[serde(default)]
    pub revision: u32,
}

/// Why a submission cannot be judged.
///
/// `Display` says where, what was found and what was expected; never what somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("{}: {message}", if pointer.is_empty() { "the submission" } else { pointer })]
pub struct Unusable {
    /// `too-large`, `too-deep`, `not-json`, `wrong-shape`, `unknown-format`, `out-of-bounds`,
    /// `other-campaign` or `unknown-track`. The command `nomination` knows more: `unreadable` (the
    /// file), `unknown-campaign` and `faulty-campaign` (that of its id), `internal` (a bug of ours).
    pub code: &'static str,
    /// Where, as a JSON pointer; empty for the whole.
    pub pointer: String,
    /// What was found and what was expected.
    pub message: String,
}

impl Unusable {
    fn new(code: &'static str, pointer: &str, message: impl Into<String>) -> Self {
        Self { code, pointer: pointer.to_owned(), message: message.into() }
    }
}

impl Submission {
    /// Reads a submission of at most [`MAX_BYTES`] bytes and [`MAX_DEPTH`] levels.
    ///
    /// # Errors
    ///
    /// [`Unusable`] where it is too large, too deep, not JSON, or not a submission of this format.
    ///
    /// ```
    /// use nomination_form::submission::Submission;
    /// let fault = Submission::read(br#"{"format": "nomination/1", "track": 5}"#).unwrap_err();
    /// assert_eq!(fault.to_string(), "/track: expected a string");
    /// ```
    pub fn read(bytes: &[u8]) -> Result<Self, Unusable> {
        if bytes.len() > MAX_BYTES {
            let message = format!("{} bytes, expected at most {MAX_BYTES}", bytes.len());
            return Err(Unusable::new("too-large", "", message));
        }
        if nesting(bytes) > MAX_DEPTH {
            let message = format!("nested deeper than {MAX_DEPTH} levels");
            return Err(Unusable::new("too-deep", "", message));
        }
        let submission = parse(bytes)?;
        if submission.format != FORMAT {
            let message = format!("another format, this build reads `{FORMAT}`");
            return Err(Unusable::new("unknown-format", "/format", message));
        }
        match submission.validate() {
            Ok(()) => Ok(submission),
            Err(errors) => {
                let field =
                    errors.errors().keys().next().map_or(String::new(), |name| format!("/{name}"));
                Err(Unusable::new("out-of-bounds", &field, "empty, too long or out of range"))
            }
        }
    }

    /// Judges it, at the host as in the page. A nomination begun under another revision of the
    /// campaign gets a warning besides.
    ///
    /// # Errors
    ///
    /// [`Unusable`] where it is of another campaign or track than the judge.
    pub fn judge(&self, judge: &Judge, now: Instant) -> Result<Verdict, Unusable> {
        let campaign = judge.campaign();
        if self.campaign.id != campaign.id || self.track != judge.track().id {
            return Err(self.unknown_track(campaign));
        }
        let given = Given { answers: &self.answers, attachments: &self.attachments, now };
        let mut verdict = judge.judge(&given);
        if let Some(problem) = judge.other_form(&self.variant, &given) {
            verdict.ok &= problem.severity < Severity::Error;
            verdict.problems.push(problem);
        }
        if ![0, campaign.revision].contains(&self.campaign.revision) {
            verdict.problems.insert(
                0,
                other_revision(judge.words(), self.campaign.revision, campaign.revision),
            );
        }
        Ok(verdict)
    }

    /// Says why this campaign has no judge for it: another campaign, or a track it does not have.
    pub fn unknown_track(&self, campaign: &Campaign) -> Unusable {
        if self.campaign.id != campaign.id {
            let message = format!("another campaign, expected `{}`", campaign.id);
            return Unusable::new("other-campaign", "/campaign/id", message);
        }
        let known: Vec<_> = campaign.tracks.iter().map(|track| format!("`{}`", track.id)).collect();
        let message = format!("another track, expected one of {}", known.join(", "));
        Unusable::new("unknown-track", "/track", message)
    }

    /// The value of the `Idempotency-Key` header: the same for every try of this revision.
    pub fn idempotency_key(&self) -> String {
        format!("{}.{}", self.id, self.revision)
    }
}

fn other_revision(words: &'static Words, found: u32, expected: u32) -> Problem {
    let params = [("found", found), ("expected", expected)];
    Problem::new(
        words,
        "campaign.revision",
        Code::OtherRevision,
        Severity::Warn,
        "/campaign/revision",
        params.into_iter().map(|(name, figure)| (name.to_owned(), figure.into())).collect(),
    )
}

fn parse(bytes: &[u8]) -> Result<Submission, Unusable> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let mut track = serde_path_to_error::Track::new();
    let tracked = serde_path_to_error::Deserializer::new(&mut json, &mut track);
    let submission = match read::object(tracked) {
        Ok(submission) => submission,
        Err(error) => {
            return Err(unreadable(&crate::campaign::pointer(&track.path()), &error));
        }
    };
    json.end().map_err(|error| unreadable("", &error))?;
    Ok(submission)
}

/// The error without what was found: serde quotes it, and it may be a name or a number.
fn unreadable(pointer: &str, error: &serde_json::Error) -> Unusable {
    if !error.is_data() {
        let message = format!("not JSON at line {} column {}", error.line(), error.column());
        return Unusable::new("not-json", "", message);
    }
    let whole = error.to_string();
    let whole = whole.split(" at line ").next().unwrap_or_default();
    // What stands after the last `expected` is ours; what stands before it may be the sender's.
    let message = match whole.rsplit_once("expected ") {
        Some((_, expected)) => format!("expected {expected}"),
        None if whole.starts_with("missing field") || whole.starts_with("duplicate field") => {
            whole.to_owned()
        }
        None => "not of the shape expected here".to_owned(),
    };
    Unusable::new("wrong-shape", pointer, message)
}

/// The problems that this build can read: a newer page may know kinds that we do not.
fn readable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Problem>, D::Error> {
    let values = Vec::<Value>::deserialize(deserializer)?;
    Ok(values.into_iter().filter_map(|value| serde_json::from_value(value).ok()).collect())
}

/// A text; `null` is an empty one.
fn or_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

fn first() -> u32 {
    1
}

/// What the host answers when it has stored a nomination: 201, or 200 for a repeat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The number under which the host knows it.
    pub receipt: String,
    /// When it arrived.
    pub received_at: Instant,
}

/// What the host answers when it does not take a nomination: `application/problem+json`.
///
/// ```
/// use nomination_form::submission::Rejection;
/// let rejection: Rejection = serde_json::from_str(
///     r#"{"status": 422, "errors": [{"pointer": "/answers/name", "code": "missing", "detail": "…"}]}"#,
/// )?;
/// assert_eq!(rejection.errors[0].code, "missing");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// What kind of problem, as a URI.
    #[serde(default = "about_blank", rename = "type")]
    pub kind: String,
    /// The problem in a few words.
    #[serde(default)]
    pub title: String,
    /// The HTTP status.
    #[serde(default)]
    pub status: u16,
    /// The problem in a sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What is wrong where.
    #[serde(default)]
    pub errors: Vec<RejectedPart>,
}

/// One thing the host does not take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedPart {
    /// Where, as a JSON pointer into the submission.
    #[serde(default)]
    pub pointer: String,
    /// The kind of finding.
    #[serde(default)]
    pub code: String,
    /// The words for the person.
    #[serde(default)]
    pub detail: String,
    /// The rule's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

impl Read for Rejection {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        let answer = reader.map(found);
        let kind: Option<String> = reader.may(answer, "type");
        Self {
            kind: kind.unwrap_or_else(about_blank),
            title: reader.may(answer, "title"),
            status: reader.may(answer, "status"),
            detail: reader.may(answer, "detail"),
            errors: reader.may(answer, "errors"),
        }
    }
}

impl Read for RejectedPart {
    fn read(found: Option<&Value>, reader: &mut Reader) -> Self {
        let part = reader.map(found);
        Self {
            pointer: reader.may(part, "pointer"),
            code: reader.may(part, "code"),
            detail: reader.may(part, "detail"),
            rule: reader.may(part, "rule"),
        }
    }
}

impl Rejection {
    /// The rejection in an answer's body.
    pub(crate) fn of_body(body: &str) -> Option<Self> {
        read::of_text(body).ok()
    }

    /// The rejection of a nomination with errors: 422, one part for each error.
    pub fn of(verdict: &Verdict) -> Self {
        let errors = verdict.problems.iter().filter(|problem| problem.severity == Severity::Error);
        let parts = errors.map(|problem| RejectedPart {
            pointer: problem.path.clone(),
            code: problem.code.as_str().to_owned(),
            detail: problem.message.clone(),
            rule: Some(problem.rule.clone()),
        });
        Self {
            kind: about_blank(),
            title: "推荐材料还不能接收".to_owned(),
            status: 422,
            detail: None,
            errors: parts.collect(),
        }
    }
}

fn about_blank() -> String {
    "about:blank".to_owned()
}
