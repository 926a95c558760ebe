//! The draft: what is kept of a nomination while it is filled in, and how it is taken up again.
//!
//! A draft is one JSON document. The files' bytes are kept beside it, by the files' ids. Reading is
//! lenient, since whatever can be saved of a person's work is worth saving: a part that cannot be read
//! is left out, and only a document of a newer format is refused, untouched.

mod json;
mod resume;
mod write;

use serde_json::Value;

use super::{Effect, Focus, Place, Session, Stored};
use crate::answers::written;
use crate::campaign::{FieldKind, read};
use crate::rules::carry::LeftOver;
use crate::standards::Instant;
use json::{list, long, moment, number, text};

/// The version of the draft's format.
pub const DRAFT_FORMAT: &str = "nomination-draft/1";

/// A draft, read far enough to be listed.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The nomination's id.
    pub id: String,
    /// The campaign's id.
    pub campaign: String,
    /// The track's id.
    pub track: String,
    /// The campaign's title when it was saved.
    pub campaign_title: String,
    /// The track's title when it was saved.
    pub title: String,
    /// Who is nominated, as far as that is filled in.
    pub nominee: String,
    /// When it was saved.
    pub saved_at: Option<Instant>,
    /// The receipt, where the nomination is in.
    pub receipt: Option<Stored>,
    whole: Value,
}

/// Why a draft cannot be taken up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// Another version of the component has written it.
    #[error("draft is of another format, this build reads `{DRAFT_FORMAT}`")]
    Newer,
    /// It is no draft.
    #[error("not a draft")]
    Damaged,
}

/// Where the work is kept at the moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Keeping {
    /// There is nothing to keep yet.
    #[default]
    Nothing,
    /// There is something that is not on the device yet.
    Saving,
    /// All of it is on the device, since then.
    Saved(Instant),
    /// In this page alone, as the host or the person wishes.
    Memory,
    /// In this page alone, and the host sees to the rest: nothing is said.
    Host,
    /// In this page alone: the page has no secure connection.
    Insecure,
    /// In this page alone: the browser lets nothing be kept (private window, blocked storage).
    Blocked,
    /// In this page alone: the device is full.
    Full,
    /// The same draft was opened in another window; what is written here is kept as one of its own.
    Elsewhere,
}

impl Keeping {
    /// The name that `data-draft` bears.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nothing | Self::Host => "none",
            Self::Saving => "saving",
            Self::Saved(_) => "saved",
            Self::Memory => "memory",
            Self::Insecure => "insecure",
            Self::Blocked => "blocked",
            Self::Full => "full",
            Self::Elsewhere => "elsewhere",
        }
    }
}

/// What a person is told who comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resumed {
    /// When the draft was saved.
    pub saved_at: Option<Instant>,
    /// Whether the campaign file is another than the draft was begun with.
    pub changed: bool,
    /// Files whose bytes were not kept whole: they must be chosen again.
    pub lost_files: usize,
    /// Whether the page ended while a file was being chosen.
    pub choosing: bool,
}

/// What the session knows of its draft.
#[derive(Debug, Default)]
pub(super) struct Desk {
    /// Whether the person has done anything worth keeping.
    pub(super) touched: bool,
    /// Whether others use this computer too, so that nothing is kept.
    pub(super) public: bool,
    /// Where the person is.
    pub(super) cursor: Option<Place>,
    /// Whether the system's choice of files is open at the cursor.
    pub(super) choosing: bool,
    pub(super) keeping: Keeping,
    pub(super) resumed: Option<Resumed>,
    pub(super) left_over: Vec<LeftOver>,
}

impl Draft {
    /// Reads a draft's document.
    ///
    /// # Errors
    ///
    /// [`DraftError`] where it is no draft, or one of another format.
    ///
    /// ```
    /// use nomination_form::session::{Draft, DraftError};
    /// let draft = Draft::read(r#"{"format": "nomination-draft/1", "id": "7", "nominee": "娜仁花"}"#)?;
    /// assert_eq!((draft.id.as_str(), draft.nominee.as_str()), ("7", "娜仁花"));
    /// let newer = Draft::read(r#"{"format": "nomination-draft/2", "id": "7"}"#);
    /// assert_eq!(newer, Err(DraftError::Newer));
    /// # Ok::<(), DraftError>(())
    /// ```
    pub fn read(json: &str) -> Result<Self, DraftError> {
        let whole = read::own(json).ok_or(DraftError::Damaged)?;
        let format = text(&whole, "format");
        if format != DRAFT_FORMAT {
            let ours = format.starts_with("nomination-draft/");
            return Err(if ours { DraftError::Newer } else { DraftError::Damaged });
        }
        let id = text(&whole, "id");
        if id.is_empty() {
            return Err(DraftError::Damaged);
        }
        let receipt = whole.get("receipt").and_then(Value::as_str).map(|number| Stored {
            receipt: number.to_owned(),
            received_at: moment(&whole, "received_at"),
        });
        Ok(Self {
            id,
            campaign: text(&whole, "campaign"),
            track: text(&whole, "track"),
            campaign_title: text(&whole, "campaign_title"),
            title: text(&whole, "title"),
            nominee: text(&whole, "nominee"),
            saved_at: moment(&whole, "saved_at"),
            receipt,
            whole,
        })
    }

    /// The files whose bytes were kept whole: their ids and sizes.
    pub fn kept_files(&self) -> Vec<(u32, u64)> {
        let kept = |file: &&Value| file.get("kept") == Some(&Value::Bool(true));
        let files = list(&self.whole, "files").iter().filter(kept);
        files.filter_map(|file| Some((number(file, "file")?, long(file, "bytes")))).collect()
    }

    /// The same draft under an id of its own, as if nothing of it had ever been sent; its files part from the
    /// other draft's when it is taken up.
    #[must_use]
    pub fn copied(mut self, id: &str) -> Self {
        if let Value::Object(whole) = &mut self.whole {
            whole.insert("id".to_owned(), id.into());
            for key in ["edition", "stage", "frozen"] {
                whole.remove(key);
            }
            whole.insert("apart".to_owned(), true.into());
        }
        id.clone_into(&mut self.id);
        self
    }

    /// The same draft as one that came in a file: nothing of it goes out before the person who opened it says
    /// so, for anybody may have written it. What was on its way then is followed by the next revision.
    #[must_use]
    pub fn brought(mut self) -> Self {
        let edition = number(&self.whole, "edition").unwrap_or(1);
        if let Value::Object(whole) = &mut self.whole {
            whole.remove("stage");
            if whole.remove("frozen").is_some_and(|frozen| frozen.is_string()) {
                whole.insert("edition".to_owned(), edition.saturating_add(1).into());
            }
        }
        self
    }
}

impl Session {
    /// What is to be kept of the nomination now; nothing before the person has done anything, and
    /// nothing once an answer says that it must not be kept. After the receipt, the receipt alone.
    pub fn draft(&self) -> Option<String> {
        (self.has_work() && self.keeps()).then(|| self.document())
    }

    /// The draft to be taken to another machine, with the bytes of these files; nothing where it must not
    /// be kept at all.
    pub fn parcel(&self, files: &[u32]) -> Option<String> {
        if self.stopped().is_some() {
            return None;
        }
        let mut document: Value = read::own(&self.document())?;
        for file in document.get_mut("files")?.as_array_mut()? {
            let kept = number(file, "file").is_some_and(|id| files.contains(&id));
            file.as_object_mut()?.insert("kept".to_owned(), kept.into());
        }
        Some(written(&document))
    }

    /// What a person is told who has come back; nothing in a form that was begun just now.
    pub fn resumed(&self) -> Option<&Resumed> {
        self.desk.resumed.as_ref()
    }

    /// Whether there is anything that a person would miss.
    pub fn has_work(&self) -> bool {
        self.desk.touched
    }

    /// Whether anything may be kept: not on a computer that others use, not what must not leave paper.
    pub fn keeps(&self) -> bool {
        !self.desk.public && self.stopped().is_none()
    }

    /// Whether nothing can or may be kept here, whatever the person wishes.
    pub fn never_keeps(&self) -> bool {
        use Keeping::{Blocked, Host, Insecure, Memory};
        matches!(self.desk.keeping, Memory | Host | Insecure | Blocked) && !self.desk.public
    }

    /// Whether what the person has done would be gone with the form: it is kept nowhere else.
    pub fn would_be_lost(&self) -> bool {
        use Keeping::{Blocked, Full, Host, Insecure, Memory};
        self.has_work()
            && !matches!(self.stage(), super::Stage::Submitted(_))
            && matches!(self.desk.keeping, Memory | Host | Insecure | Blocked | Full)
    }

    /// Whether the person has said that others use this computer.
    pub fn is_public_computer(&self) -> bool {
        self.desk.public
    }

    /// Where the work is kept.
    pub fn keeping(&self) -> Keeping {
        self.desk.keeping
    }

    /// The answers that no longer fit the form, for the person to copy.
    pub fn left_over(&self) -> &[LeftOver] {
        &self.desk.left_over
    }

    /// Who is nominated: the first name of a person in the form, else the first line of text.
    pub fn nominee(&self) -> String {
        let first = |wanted: fn(&FieldKind) -> bool| {
            let mut fields = self.track().fields().filter(|field| wanted(&field.kind));
            fields.find_map(|field| self.answers.get(&field.key)?.as_str())
        };
        first(|kind| matches!(kind, FieldKind::PersonName))
            .or_else(|| first(|kind| matches!(kind, FieldKind::Text(_))))
            .unwrap_or_default()
            .to_owned()
    }

    pub(super) fn keeping_is(&mut self, keeping: Keeping, effects: &mut Vec<Effect>) {
        // That there is another window stays worth knowing once the copy is kept.
        let told = self.desk.keeping == Keeping::Elsewhere && matches!(keeping, Keeping::Saved(_));
        if self.desk.keeping != keeping && !told {
            self.desk.keeping = keeping;
            effects.push(Effect::Look("draft".to_owned()));
        }
    }

    pub(super) fn public_computer(&mut self, public: bool, effects: &mut Vec<Effect>) {
        self.desk.public = public;
        self.files.all_kept(false);
        let keeping = if public { Keeping::Memory } else { Keeping::Nothing };
        self.keeping_is(keeping, effects);
        effects.push(if public { Effect::Wipe } else { Effect::KeepAll });
    }

    /// The draft belongs to another window now. What is on its way already is the same there, byte for
    /// byte, so it may go on; all else here becomes a nomination of its own.
    pub(super) fn elsewhere(&mut self, id: String, effects: &mut Vec<Effect>) {
        if self.sending.went_out() {
            return;
        }
        self.sending.fork(id);
        self.upload_apart(effects);
        self.files.all_kept(false);
        self.keeping_is(Keeping::Elsewhere, effects);
        effects.push(Effect::Look("*".to_owned()));
        effects.push(Effect::KeepAll);
    }

    pub(super) fn drop_left_over(&mut self, index: usize, effects: &mut Vec<Effect>) {
        if index < self.desk.left_over.len() {
            self.desk.left_over.remove(index);
            effects.push(Effect::Look("left-over".to_owned()));
            let none = self.desk.left_over.is_empty();
            effects.push(Effect::Focus(if none {
                Focus::Part(self.step())
            } else {
                Focus::LeftOver
            }));
        }
    }
}
