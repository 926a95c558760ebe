//! The chosen files: what is known of each, and how far its upload is.
//!
//! The bytes themselves stay with the browser under the file's id.

use super::{Announcement, Effect, Event, FileId, Place, RowId, Session, topic};
use crate::answers::{Attachment, Findings};
use crate::campaign::FieldKind;

/// A chosen file.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// Its id.
    pub file: FileId,
    /// The key of its field.
    pub slot: String,
    /// The row it belongs to.
    pub row: Option<(String, RowId)>,
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// What the person wrote about it.
    pub caption: String,
    /// What was found in it, once it has been read.
    pub findings: Option<Findings>,
    /// How far it is.
    pub upload: Upload,
}

/// How far a file is on its way to the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Upload {
    /// Being read; so many bytes so far.
    Reading(u64),
    /// Could not be read.
    Unreadable,
    /// Not sent, because the file will not do.
    Held,
    /// So many bytes have arrived.
    Sending(u64),
    /// Waiting for the network or the host; so many bytes have arrived.
    Waiting(u64),
    /// Given up; the code says why.
    Failed(String),
    /// Arrived; where the host keeps it.
    Done(String),
}

#[derive(Debug, Default)]
pub(super) struct Files {
    chosen: Vec<Chosen>,
}

impl Files {
    fn find(&mut self, file: FileId) -> Option<&mut Chosen> {
        self.chosen.iter_mut().find(|chosen| chosen.file == file)
    }
}

impl Session {
    /// The files chosen for a slot, in the order they were chosen.
    pub fn files_in<'a>(&'a self, slot: &'a str) -> impl Iterator<Item = &'a Chosen> {
        self.files.chosen.iter().filter(move |chosen| chosen.slot == slot)
    }

    /// Whether a file is still chosen.
    pub fn has_file(&self, file: FileId) -> bool {
        self.files.chosen.iter().any(|chosen| chosen.file == file)
    }

    /// The largest file a slot takes, in bytes.
    pub fn most_bytes(&self, slot: &str) -> u64 {
        match self.track().field(slot).map(|field| &field.kind) {
            Some(FieldKind::File(file)) => file.max_bytes,
            Some(FieldKind::Photo(photo)) => photo.max_bytes,
            _ => 0,
        }
    }

    /// What an upload says of its file: slot and digest, and nothing that names a person.
    pub fn upload_of(&self, file: FileId) -> Option<(String, String)> {
        let chosen = self.files.chosen.iter().find(|chosen| chosen.file == file)?;
        Some((chosen.slot.clone(), chosen.findings.as_ref()?.sha256.clone()))
    }

    /// Whether every file has arrived.
    pub(super) fn all_arrived(&self) -> bool {
        self.files.chosen.iter().all(|chosen| matches!(chosen.upload, Upload::Done(_)))
    }

    pub(super) fn file_event(&mut self, event: Event, effects: &mut Vec<Effect>) {
        match event {
            Event::FileChosen { file, slot, row, name, bytes } => {
                let chosen = Chosen {
                    file,
                    slot,
                    row,
                    name,
                    bytes,
                    caption: String::new(),
                    findings: None,
                    upload: Upload::Reading(0),
                };
                self.file_chosen(chosen, effects);
            }
            Event::FileRead(file, findings) => self.file_read(file, findings, effects),
            Event::FileRemoved(file) => self.file_removed(file, effects),
            Event::FileCaptioned(file, caption) => {
                let Some(chosen) = self.files.find(file) else { return };
                chosen.caption = caption;
                let slot = chosen.slot.clone();
                self.files_changed(&slot, effects);
            }
            Event::FileReading(file, read) => self.upload(file, Upload::Reading(read), effects),
            Event::FileUnreadable(file) => self.upload(file, Upload::Unreadable, effects),
            Event::UploadProgress(file, sent) => self.upload(file, Upload::Sending(sent), effects),
            Event::UploadDone(file, url) => self.upload(file, Upload::Done(url), effects),
            Event::UploadFailed(file, code) => self.upload(file, Upload::Failed(code), effects),
            Event::UploadWaiting(file) => {
                let sent = match self.files.find(file).map(|chosen| &chosen.upload) {
                    Some(Upload::Sending(sent) | Upload::Waiting(sent)) => *sent,
                    _ => 0,
                };
                self.upload(file, Upload::Waiting(sent), effects);
            }
            Event::UploadAgain(file) => {
                self.upload(file, Upload::Sending(0), effects);
                effects.push(Effect::Upload(file));
            }
            _ => {}
        }
    }

    /// A slot for one file: the newly chosen one takes the place of the former.
    fn file_chosen(&mut self, chosen: Chosen, effects: &mut Vec<Effect>) {
        let room = self.room(&chosen.slot);
        let rivals: Vec<_> = self
            .files_in(&chosen.slot)
            .filter(|other| other.row == chosen.row)
            .map(|other| other.file)
            .collect();
        let surplus = (rivals.len() + 1).saturating_sub(room);
        for file in rivals.into_iter().take(surplus) {
            self.files.chosen.retain(|other| other.file != file);
            effects.push(Effect::Forget(file));
        }
        let slot = chosen.slot.clone();
        self.files.chosen.push(chosen);
        self.files_changed(&slot, effects);
    }

    /// How many files a slot takes (for each row).
    fn room(&self, slot: &str) -> usize {
        match self.track().field(slot).map(|field| &field.kind) {
            Some(FieldKind::File(file)) => file.max_files.max(1) as usize,
            _ => 1,
        }
    }

    fn file_read(&mut self, file: FileId, findings: Findings, effects: &mut Vec<Effect>) {
        let Some(chosen) = self.files.find(file) else { return };
        let slot = chosen.slot.clone();
        chosen.bytes = findings.bytes;
        chosen.findings = Some(findings);
        self.left.insert(Place::Field(slot.clone()));
        self.files_changed(&slot, effects);
        // A file that will not do is not worth a phone's bytes.
        let held = self.file_refused(file);
        let upload = if held { Upload::Held } else { Upload::Sending(0) };
        self.upload(file, upload, effects);
        if !held {
            effects.push(Effect::Upload(file));
        }
    }

    /// Whether the engine finds an error in the file itself.
    fn file_refused(&self, file: FileId) -> bool {
        let index = self
            .files
            .chosen
            .iter()
            .filter(|chosen| chosen.findings.is_some())
            .position(|chosen| chosen.file == file);
        index.is_some_and(|index| self.error_at(&format!("/attachments/{index}")))
    }

    fn file_removed(&mut self, file: FileId, effects: &mut Vec<Effect>) {
        let Some(slot) = self.files.find(file).map(|chosen| chosen.slot.clone()) else { return };
        self.files.chosen.retain(|chosen| chosen.file != file);
        effects.push(Effect::Forget(file));
        self.files_changed(&slot, effects);
        effects.push(Effect::Focus(super::Focus::Place(Place::Field(slot))));
    }

    fn upload(&mut self, file: FileId, upload: Upload, effects: &mut Vec<Effect>) {
        let Some(chosen) = self.files.find(file) else { return };
        let arrived = matches!(upload, Upload::Done(_));
        chosen.upload = upload;
        let (slot, name) = (chosen.slot.clone(), chosen.name.clone());
        effects.push(Effect::Look(format!("{slot}@files")));
        if arrived {
            self.attachments = self.attachments();
            effects.push(Effect::Announce(Announcement::Uploaded(name)));
        }
        self.upload_settled(effects);
    }

    /// A file that will not arrive by itself, if there is one: its slot.
    pub(super) fn stuck_file(&self) -> Option<&str> {
        self.files
            .chosen
            .iter()
            .find(|chosen| {
                matches!(chosen.upload, Upload::Unreadable | Upload::Held | Upload::Failed(_))
            })
            .map(|chosen| chosen.slot.as_str())
    }

    /// Has every upload that was given up tried again.
    pub(super) fn retry_failed(&mut self, effects: &mut Vec<Effect>) {
        let failed: Vec<_> = self
            .files
            .chosen
            .iter()
            .filter(|chosen| matches!(chosen.upload, Upload::Failed(_)))
            .map(|chosen| chosen.file)
            .collect();
        for file in failed {
            self.file_event(Event::UploadAgain(file), effects);
        }
    }

    /// The engine sees a file once it has been read.
    fn files_changed(&mut self, slot: &str, effects: &mut Vec<Effect>) {
        self.attachments = self.attachments();
        self.board.forget_host(slot);
        // The places of the other files in the list have moved, so all that read files run again.
        let slots: Vec<_> = self
            .track()
            .fields()
            .filter(|field| field.is_file())
            .map(|field| field.key.clone())
            .collect();
        for key in slots {
            self.rejudge(&key, effects);
        }
        effects.push(Effect::Look(topic(&Place::Field(slot.to_owned()))));
        effects.push(Effect::Look(format!("{slot}@files")));
        effects.push(Effect::Tell("change", serde_json::json!({ "key": slot })));
    }

    fn attachments(&self) -> Vec<Attachment> {
        self.files
            .chosen
            .iter()
            .filter_map(|chosen| {
                let findings = chosen.findings.as_ref()?;
                Some(Attachment {
                    slot: chosen.slot.clone(),
                    row: chosen.row.as_ref().and_then(|(key, row)| {
                        self.row_index(key, *row).map(|index| format!("{key}.{index}"))
                    }),
                    name: chosen.name.clone(),
                    media_type: findings.media_type.clone(),
                    bytes: findings.bytes,
                    sha256: findings.sha256.clone(),
                    upload: match &chosen.upload {
                        Upload::Done(url) => url.clone(),
                        _ => String::new(),
                    },
                    format: findings.format.clone(),
                    flaws: findings.flaws.clone(),
                    image: findings.image.clone(),
                    duration_ms: findings.duration_ms,
                    caption: Some(chosen.caption.clone()).filter(|words| !words.is_empty()),
                })
            })
            .collect()
    }
}
