//! The chosen files: what is known of each, and how far its upload is.
//!
//! The bytes themselves stay with the browser under the file's id.

use super::{Announcement, Effect, Event, FileId, Place, RowId, Session, topic};
use crate::answers::{Attachment, Findings};
use crate::campaign::{Field, FieldKind};
use crate::upload::{Metadata, Saved};

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
    /// Where the host keeps what has arrived so far, to go on from there after a reload.
    pub saved: Option<Saved>,
    /// How long the rest will take, once that can be told.
    pub remaining_ms: Option<u64>,
    /// Whether its bytes lie beside the draft.
    pub kept: bool,
    /// Whether another draft names the same upload, so that it is not ours to remove.
    pub shared: bool,
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
    /// Stopped by the person; so many bytes have arrived.
    Paused(u64),
    /// Given up; the code says why.
    Failed(String),
    /// Arrived; where the host keeps it.
    Done(String),
}

#[derive(Debug, Default)]
pub(super) struct Files {
    chosen: Vec<Chosen>,
}

impl Chosen {
    /// Where it is shown: its slot, or its row's part of it.
    pub fn place(&self) -> Place {
        match &self.row {
            Some((_, row)) => Place::Row(self.slot.clone(), *row),
            None => Place::Field(self.slot.clone()),
        }
    }

    /// Whether it is on its way to the host.
    pub fn is_under_way(&self) -> bool {
        matches!(self.upload, Upload::Sending(_) | Upload::Waiting(_))
    }

    /// How many bytes have arrived, as far as anybody knows.
    fn sent(&self) -> u64 {
        match self.upload {
            Upload::Sending(sent) | Upload::Waiting(sent) | Upload::Paused(sent) => sent,
            _ => 0,
        }
    }
}

impl Files {
    pub(super) fn all_kept(&mut self, kept: bool) {
        self.chosen.iter_mut().for_each(|chosen| chosen.kept = kept);
    }

    pub(super) fn put(&mut self, chosen: Chosen) {
        self.chosen.push(chosen);
    }

    fn find(&mut self, file: FileId) -> Option<&mut Chosen> {
        self.chosen.iter_mut().find(|chosen| chosen.file == file)
    }
}

impl Session {
    /// The files chosen for a slot, in the order they were chosen.
    pub fn files_in<'a>(&'a self, slot: &'a str) -> impl Iterator<Item = &'a Chosen> {
        self.files.chosen.iter().filter(move |chosen| chosen.slot == slot)
    }

    /// The files chosen for a slot, or for a row's part of it.
    pub fn files_at<'a>(&'a self, place: &'a Place) -> impl Iterator<Item = &'a Chosen> {
        self.files_in(place.key()).filter(|chosen| chosen.place() == *place)
    }

    /// The rows of which each has a part of its own in a slot, in order.
    pub fn file_rows(&self, slot: &str) -> Vec<RowId> {
        let ids = self.rows.ids(slot);
        let rows = self.judge.row_files(slot, &self.given());
        rows.into_iter().filter_map(|row| ids.get(row).copied()).collect()
    }

    /// Whether a slot has its files: each row that calls for one, or the slot itself.
    pub fn is_given(&self, slot: &str) -> bool {
        let rows = self.file_rows(slot);
        let has = |row: &RowId| self.files_at(&Place::Row(slot.to_owned(), *row)).next().is_some();
        self.files_in(slot).next().is_some() && rows.iter().all(has)
    }

    /// Whether a slot has a file that will not do.
    pub fn is_refused(&self, slot: &str) -> bool {
        let refused = |chosen: &Chosen| matches!(chosen.upload, Upload::Held | Upload::Unreadable);
        self.files_in(slot).any(refused)
    }

    /// All chosen files.
    pub(super) fn all_files(&self) -> impl Iterator<Item = &Chosen> {
        self.files.chosen.iter()
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

    /// What an upload says of its file (slot and digest, and nothing that names a person), and where
    /// an earlier one left off.
    pub fn upload_of(&self, file: FileId) -> Option<(Metadata, Option<Saved>)> {
        let chosen = self.files.chosen.iter().find(|chosen| chosen.file == file)?;
        let sha256 = chosen.findings.as_ref()?.sha256.clone();
        Some((Metadata { slot: chosen.slot.clone(), sha256 }, chosen.saved.clone()))
    }

    /// Whether every file that goes along has arrived.
    pub(super) fn all_arrived(&self) -> bool {
        self.wanted().all(|chosen| matches!(chosen.upload, Upload::Done(_)))
    }

    /// The files that go along: those whose slot, or row's part of it, is shown.
    fn wanted(&self) -> impl Iterator<Item = &Chosen> {
        self.files.chosen.iter().filter(|chosen| self.visible(&chosen.place()))
    }

    /// Lets go of files, without a word about what is missing now.
    pub(super) fn forget_files(
        &mut self,
        effects: &mut Vec<Effect>,
        which: impl Fn(&Chosen) -> bool,
    ) {
        // What has gone out once may be the host's by now, with this file in it.
        let may_be_hosts = self.sending.revision > 1 || self.sending.frozen.is_some();
        self.files.chosen.retain(|chosen| {
            let goes = which(chosen);
            if goes {
                effects.push(Effect::Forget(chosen.file));
                if let Upload::Done(url) = &chosen.upload
                    && !may_be_hosts
                    && !chosen.shared
                {
                    effects.push(Effect::Discard(url.clone()));
                }
            }
            !goes
        });
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
                    saved: None,
                    remaining_ms: None,
                    kept: false,
                    shared: false,
                };
                self.desk.touched = true;
                self.desk.choosing = false;
                self.file_chosen(chosen, effects);
            }
            Event::FileRead(file, findings) => self.file_read(file, findings, effects),
            Event::FileRemoved(file) => self.file_removed(file, effects),
            Event::FileCaptioned(file, caption) => {
                let Some(chosen) = self.files.find(file) else { return };
                chosen.caption = caption;
                let place = chosen.place();
                self.files_changed(&place, effects);
            }
            Event::FileReading(file, read) => self.upload(file, Upload::Reading(read), effects),
            Event::FileUnreadable(file) => self.upload(file, Upload::Unreadable, effects),
            Event::FileKept(file) => {
                if let Some(chosen) = self.files.find(file) {
                    chosen.kept = true;
                }
            }
            Event::UploadProgress { file, sent, saved, remaining_ms } => {
                let Some(chosen) = self.files.find(file) else { return };
                (chosen.saved, chosen.remaining_ms) = (saved, remaining_ms);
                self.upload(file, Upload::Sending(sent), effects);
            }
            Event::UploadDone(file, url) => self.upload(file, Upload::Done(url), effects),
            Event::UploadFailed(file, code) => self.upload(file, Upload::Failed(code), effects),
            Event::UploadWaiting(file) => {
                let sent = self.sent(file);
                self.upload(file, Upload::Waiting(sent), effects);
            }
            Event::UploadAgain(file) if !self.is_under_way(file) => {
                let sent = self.sent(file);
                self.upload(file, Upload::Sending(sent), effects);
                effects.push(Effect::Upload(file));
            }
            Event::PauseUpload(file) if self.is_under_way(file) => {
                let sent = self.sent(file);
                self.upload(file, Upload::Paused(sent), effects);
                effects.push(Effect::Pause(file));
            }
            _ => {}
        }
    }

    /// Has the files go on that had not arrived.
    pub(super) fn go_on_uploading(&self, effects: &mut Vec<Effect>) {
        let under_way = self.all_files().filter(|chosen| chosen.is_under_way());
        effects.extend(under_way.map(|chosen| Effect::Upload(chosen.file)));
    }

    /// Parts from the draft of another window, which goes on with the uploads there are: whichever of the two
    /// removes one would take it from the other. So the files go out anew; where their bytes are not at hand, what
    /// has arrived is left alone.
    pub(super) fn upload_apart(&mut self, effects: &mut Vec<Effect>) {
        for chosen in &mut self.files.chosen {
            let arrived = matches!(chosen.upload, Upload::Done(_));
            chosen.shared |= arrived && !chosen.kept;
            chosen.saved = None;
            if matches!(chosen.upload, Upload::Paused(_)) {
                chosen.upload = Upload::Paused(0);
            } else if chosen.is_under_way() || arrived && chosen.kept {
                chosen.upload = Upload::Waiting(0);
                effects.push(Effect::Upload(chosen.file));
            }
        }
        self.attachments_now();
    }

    fn is_under_way(&self, file: FileId) -> bool {
        self.all_files().any(|chosen| chosen.file == file && chosen.is_under_way())
    }

    fn sent(&mut self, file: FileId) -> u64 {
        self.files.find(file).map_or(0, |chosen| chosen.sent())
    }

    /// In a slot for one file the newly chosen takes the place of the former; a slot for several takes
    /// no more than it has room for.
    fn file_chosen(&mut self, chosen: Chosen, effects: &mut Vec<Effect>) {
        let (place, room) = (chosen.place(), self.room(&chosen.slot));
        if room == 1 {
            self.forget_files(effects, |other| other.place() == place);
        } else if self.files_at(&place).count() >= room {
            effects.push(Effect::Forget(chosen.file));
            return effects.push(Effect::Announce(Announcement::Full(chosen.name, room)));
        }
        self.files.chosen.push(chosen);
        self.files_changed(&place, effects);
    }

    /// How many files a slot takes (for each row).
    pub fn room(&self, slot: &str) -> usize {
        match self.track().field(slot).map(|field| &field.kind) {
            Some(FieldKind::File(file)) => file.max_files.max(1) as usize,
            _ => 1,
        }
    }

    fn file_read(&mut self, file: FileId, findings: Findings, effects: &mut Vec<Effect>) {
        let Some(chosen) = self.files.find(file) else { return };
        let place = chosen.place();
        chosen.bytes = findings.bytes;
        chosen.findings = Some(findings);
        self.left.insert(place.clone());
        self.files_changed(&place, effects);
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
        let mut read = self.wanted().filter(|chosen| chosen.findings.is_some());
        let index = read.position(|chosen| chosen.file == file);
        index.is_some_and(|index| self.error_at(&format!("/attachments/{index}")))
    }

    fn file_removed(&mut self, file: FileId, effects: &mut Vec<Effect>) {
        let Some(place) = self.files.find(file).map(|chosen| chosen.place()) else { return };
        self.forget_files(effects, |chosen| chosen.file == file);
        self.files_changed(&place, effects);
        effects.push(Effect::Focus(super::Focus::Place(place)));
    }

    fn upload(&mut self, file: FileId, upload: Upload, effects: &mut Vec<Effect>) {
        let Some(chosen) = self.files.find(file) else { return };
        // What was on its way when the person pressed pause does not set it going again.
        if matches!(chosen.upload, Upload::Paused(_)) && matches!(upload, Upload::Waiting(_)) {
            return;
        }
        let arrived = matches!(upload, Upload::Done(_));
        let stopped = matches!(upload, Upload::Failed(_) | Upload::Unreadable);
        let stopped = stopped.then(|| upload.clone());
        chosen.upload = upload;
        let (slot, name) = (chosen.slot.clone(), chosen.name.clone());
        effects.push(Effect::Look(format!("{slot}@files")));
        if arrived {
            self.attachments = self.attachments();
            effects.push(Effect::Announce(Announcement::Uploaded(name)));
        } else if let Some(stopped) = stopped {
            effects.push(Effect::Announce(Announcement::UploadStopped(name, stopped)));
        }
        self.upload_settled(effects);
    }

    /// A file that will not arrive by itself, if there is one: its place.
    pub(super) fn stuck_file(&self) -> Option<Place> {
        self.wanted()
            .find(|chosen| {
                matches!(
                    chosen.upload,
                    Upload::Unreadable | Upload::Held | Upload::Paused(_) | Upload::Failed(_)
                )
            })
            .map(Chosen::place)
    }

    /// Has every upload go on that was given up or stopped, or that was held for what is right by now.
    pub(super) fn retry_failed(&mut self, effects: &mut Vec<Effect>) {
        let failed = self.wanted().filter(|chosen| match chosen.upload {
            Upload::Failed(_) | Upload::Paused(_) => true,
            Upload::Held => !self.file_refused(chosen.file),
            _ => false,
        });
        let failed: Vec<_> = failed.map(|chosen| chosen.file).collect();
        for file in failed {
            self.file_event(Event::UploadAgain(file), effects);
        }
    }

    /// The engine sees a file once it has been read.
    fn files_changed(&mut self, place: &Place, effects: &mut Vec<Effect>) {
        let slot = place.key();
        self.board.forget_host(slot);
        self.files_follow(effects);
        effects.push(Effect::Look(topic(place)));
        effects.push(Effect::Look(format!("{slot}@files")));
        effects.push(Effect::Tell("change", serde_json::json!({ "key": slot })));
    }

    /// The engine sees the files as they are now.
    pub(super) fn attachments_now(&mut self) {
        self.attachments = self.attachments();
    }

    /// Has every upload tried again that was given up for want of a session at the host.
    pub(super) fn signed_in_again(&mut self, effects: &mut Vec<Effect>) {
        let turned_away = |chosen: &&Chosen| chosen.upload == Upload::Failed("sign-in".to_owned());
        let files: Vec<_> = self.wanted().filter(turned_away).map(|chosen| chosen.file).collect();
        for file in files {
            self.file_event(Event::UploadAgain(file), effects);
        }
    }

    /// Brings what the engine sees of the files in line with what is chosen and shown.
    pub(super) fn files_follow(&mut self, effects: &mut Vec<Effect>) {
        self.attachments = self.attachments();
        // The places of the other files in the list have moved, so all that read files run again.
        let files = self.track().fields().filter(|field| field.is_file());
        let slots: Vec<_> = files.map(|field| field.key.clone()).collect();
        for key in slots {
            self.rejudge(&key, effects);
        }
    }

    /// Brings them in line after an answer that may show or hide a slot, or a row's part of it.
    pub(super) fn files_shown(&mut self, shown: &[String], effects: &mut Vec<Effect>) {
        let is_file = |key: &String| self.track().field(key).is_some_and(Field::is_file);
        if !self.files.chosen.is_empty() && shown.iter().any(is_file) {
            self.files_follow(effects);
        }
    }

    fn attachments(&self) -> Vec<Attachment> {
        let read = self.wanted().filter_map(|chosen| Some((chosen, chosen.findings.as_ref()?)));
        let attachment = |(chosen, findings): (&Chosen, &Findings)| Attachment {
            slot: chosen.slot.clone(),
            row: chosen
                .row
                .as_ref()
                .and_then(|(key, row)| self.rows.path(&Place::Row(key.clone(), *row))),
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
        };
        read.map(attachment).collect()
    }
}
