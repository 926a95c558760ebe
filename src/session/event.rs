//! What can happen to a form, and what the world outside must do about it.

use serde_json::Value;

use super::{Keeping, Upload};
use crate::answers::Findings;
use crate::standards::{Instant, Month};
use crate::submission::Rejection;
use crate::upload::Saved;

/// Names a row for as long as it exists, wherever it stands in its table.
pub type RowId = u32;

/// Names a chosen file for as long as it is chosen.
pub type FileId = u32;

/// One question of the form, or one cell of a table, of a matrix or of a group.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// A field.
    Field(String),
    /// A row of a table as a whole, or an entry of a matrix; of a field whose files belong to rows, a
    /// row's part of it.
    Row(String, RowId),
    /// A column of a row, of a matrix's entry or of a group.
    Cell(String, RowId, String),
}

impl Place {
    /// The form as a whole: what is found in it and in no field stands here.
    pub fn whole() -> Self {
        Self::Field(String::new())
    }

    /// The key of the field, or of the table.
    pub fn key(&self) -> &str {
        match self {
            Self::Field(key) | Self::Row(key, _) | Self::Cell(key, ..) => key,
        }
    }
}

/// What happened.
#[derive(Debug)]
pub enum Event {
    /// A person typed, chose or cleared; the text is what stands in the control now.
    Entered(Place, String),
    /// What was entered last was a person's own doing, and no script's: what follows from it may be filled in.
    Typed(Place),
    /// A person ticked or unticked one of several values.
    Ticked(Place, String, bool),
    /// A person left the control.
    Left(Place),
    /// A person left the table as a whole.
    LeftTable(String),
    /// A row is wanted for months that no row of a table covers: the first and the last of them.
    FillGap(String, Month, Month),
    /// A row is wanted at the end of a table.
    AddRow(String),
    /// A row is to go.
    RemoveRow(String, RowId),
    /// The row that was removed last from a table is wanted back.
    PutBack(String),
    /// A file was chosen for a slot; reading it has begun.
    FileChosen {
        /// Its id from now on.
        file: FileId,
        /// The key of its field.
        slot: String,
        /// The row it belongs to, for slots that want a file for each row.
        row: Option<(String, RowId)>,
        /// Its name.
        name: String,
        /// Its size.
        bytes: u64,
    },
    /// A file was read to its end.
    FileRead(FileId, Findings),
    /// A file could not be read (gone, changed, no permission).
    FileUnreadable(FileId),
    /// A person took a file away.
    FileRemoved(FileId),
    /// A person wants to crop a photo.
    CropPhoto(FileId),
    /// What a person wrote about a file.
    FileCaptioned(FileId, String),
    /// So many of a file's bytes have been read.
    FileReading(FileId, u64),
    /// All bytes of a file lie beside the draft.
    FileKept(FileId),
    /// A file is on its way to the host.
    UploadProgress {
        /// The file.
        file: FileId,
        /// So many of its bytes have arrived.
        sent: u64,
        /// Where to go on from after a reload.
        saved: Option<Saved>,
        /// How long the rest will take.
        remaining_ms: Option<u64>,
    },
    /// A file has arrived at the host whole.
    UploadDone(FileId, String),
    /// A file's upload is waiting for the network or the host.
    UploadWaiting(FileId),
    /// A file's upload was given up; the code says why.
    UploadFailed(FileId, String),
    /// A person wants a failed upload tried again.
    UploadAgain(FileId),
    /// A person wants an upload to stop for now.
    PauseUpload(FileId),
    /// The focus came to the control of this name.
    At(String),
    /// The system's choice of files opens for a place; the page may not live to see what is chosen.
    Choosing(Place),
    /// The form is shown: what a draft had under way goes on.
    Resumed,
    /// There is a network again, as the browser says.
    Online,
    /// The person looks at the page again.
    CameBack,
    /// The work is kept elsewhere now, or no longer.
    Kept(Keeping),
    /// The host has said what time it is.
    Clock,
    /// Another window has opened the same draft: what is here is a nomination of its own from now on,
    /// under this id.
    Elsewhere(String),
    /// The person says whether others use this computer too.
    PublicComputer(bool),
    /// A person is done with an answer that no longer fits the form.
    DropLeftOver(usize),
    /// A person wants to be somewhere else in the form.
    Go(Focus),
    /// A person wants to be in another part of the form, by its number in the track.
    GoToPart(usize),
    /// A person is done with a part for now.
    Next,
    /// A person wants the part before.
    Previous,
    /// A person wants to look through the whole before sending it.
    Review,
    /// The host wants the whole looked through, or the form filled in.
    Show {
        /// Whether it is looked through.
        review: bool,
    },
    /// A person goes on with the form after looking through it.
    Edit,
    /// A person wants to send.
    Submit,
    /// The person goes back to the form instead of waiting on.
    GoBack,
    /// The person answers again the question that stopped the form.
    GateBack,
    /// The host page has taken the submission to send it itself.
    TakenOver,
    /// The host answered.
    Answered(Answer),
    /// The time of waiting is over, or the person wants it tried now.
    TryAgain,
}

/// What the host says of a nomination it has stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The receipt's number.
    pub receipt: String,
    /// When it arrived, where the host says so in a way that can be read.
    pub received_at: Option<Instant>,
}

/// How the host answered a sending, as far as the form has to know.
#[derive(Debug)]
pub enum Answer {
    /// Stored, now or earlier.
    Stored(Stored),
    /// Read and refused, with reasons.
    Refused(Rejection),
    /// The session has run out: sign in again, then try again.
    SignIn,
    /// Come back later: busy, broken, or no answer at all.
    Later {
        /// What the host asked for, in milliseconds.
        retry_after_ms: Option<u64>,
        /// Whether there was no usable answer at all (network, time-out, no JSON).
        silent: bool,
    },
    /// Refused in a way that trying again will not change; the HTTP status.
    Rejected(u16),
}

/// What the world outside must do.
#[derive(Debug, PartialEq)]
pub enum Effect {
    /// What is shown of this topic may have changed: look again.
    Look(String),
    /// The text of a control is to be replaced (normalised, or taken back).
    Show(Place, String),
    /// The focus belongs here now.
    Focus(Focus),
    /// Say this through the live region.
    Announce(Announcement),
    /// Send a file's bytes to the host.
    Upload(FileId),
    /// Put the focus here, unless the person is somewhere already.
    Return(Focus),
    /// Stop sending a file for now.
    Pause(FileId),
    /// Have the person crop a photo.
    Crop(FileId),
    /// Stop sending a file and let its bytes go, those beside the draft too.
    Forget(FileId),
    /// A file that had arrived is not wanted any more: have the host remove it.
    Discard(String),
    /// Keep the draft at once; the page may end any moment.
    KeepNow,
    /// Let go of all that is kept of this nomination, at once.
    Wipe,
    /// Keep what was only in this page so far, files too.
    KeepAll,
    /// Keep the draft, then post this to the host under this idempotency key: what is not kept before
    /// the first try could not be told from a second nomination after a crash.
    Post {
        /// The submission, the same bytes at every try.
        body: String,
        /// `<id>.<revision>`.
        key: String,
    },
    /// Come back with `TryAgain` after so many milliseconds.
    Wait(u64),
    /// Tell the host page: the event's name without its prefix, and its detail.
    Tell(&'static str, Value),
}

/// Where the focus goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Focus {
    /// A question.
    Place(Place),
    /// The button that adds rows to a table.
    AddButton(String),
    /// The heading of a part of the form, by its number in the track.
    Part(usize),
    /// The heading over the whole that is looked through.
    Review,
    /// The heading over what the form has no place for any more.
    LeftOver,
    /// The heading over the drafts of this device.
    Drafts,
    /// The summary of problems.
    Summary,
    /// The message that stands in place of the form.
    Status,
    /// The form's title.
    Title,
    /// The button that sends.
    Send,
}

/// What is said through the live region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Announcement {
    /// A row was added: the table's row label and its number.
    RowAdded(String, usize),
    /// Fields were filled in from a document's number: their labels.
    FilledIn(Vec<String>),
    /// A row was removed: the table's row label and its number.
    RowRemoved(String, usize),
    /// A file could not be read, or its upload was given up.
    UploadStopped(String, Upload),
    /// So many problems stand in the way of sending.
    Problems(usize),
    /// The questions asked first are answered: the form follows.
    Opened,
    /// Another question is asked before the form.
    Asked,
    /// A file was not taken: its name, and how many its slot takes.
    Full(String, usize),
    /// A file has arrived.
    Uploaded(String),
    /// What stands at a place that was left: its label and the words.
    Problem(String, String),
}
