//! What a draft says.

use serde_json::Value;

use super::super::files::{Chosen, Upload};
use super::super::sending::Stage;
use super::super::{Place, Session};
use super::DRAFT_FORMAT;
use super::json::object;
use crate::answers::{Findings, written};
use crate::rules::carry::{self, LeftOver};
use crate::upload::Saved;

impl Session {
    pub(super) fn document(&self) -> String {
        let (campaign, track) = (self.campaign(), self.track());
        let lang = self.judge().words().lang();
        let mut draft = vec![
            ("format", DRAFT_FORMAT.into()),
            ("id", self.sending.id.as_str().into()),
            ("campaign", campaign.id.as_str().into()),
            ("track", track.id.as_str().into()),
            ("campaign_title", campaign.title.get(lang).into()),
            ("title", track.title.get(lang).into()),
            ("saved_at", self.now.to_string().into()),
        ];
        match self.stage() {
            Stage::Submitted(stored) => draft.extend([
                ("receipt", stored.receipt.as_str().into()),
                ("received_at", stored.received_at.map(|time| time.to_string()).into()),
            ]),
            stage => {
                let stage = stage.kept_name();
                draft.extend(self.work());
                draft.extend([
                    ("edition", self.sending.revision.into()),
                    ("stage", stage.into()),
                    ("frozen", self.sending.frozen.as_deref().into()),
                ]);
            }
        }
        written(&object(draft))
    }

    /// What the person has done so far, and where they are.
    fn work(&self) -> Vec<(&'static str, Value)> {
        let path = |place: &Place| self.rows.path(place);
        let labels = carry::labels(self.track(), &self.answers, self.judge().words().lang());
        let files = self.all_files().map(|chosen| self.file_json(chosen)).collect();
        let tables = self.left_tables.iter().map(|table| table.as_str().into()).collect();
        vec![
            ("revision", self.campaign().revision.into()),
            ("nominee", self.nominee().into()),
            ("answers", Value::Object(self.answers.0.clone())),
            ("labels", Value::Object(labels)),
            ("left_over", self.desk.left_over.iter().map(left_over_json).collect()),
            ("files", Value::Array(files)),
            ("left", self.left.iter().filter_map(path).map(Value::from).collect()),
            ("left_tables", Value::Array(tables)),
            ("done_with", self.done_with.iter().map(|key| Value::from(key.as_str())).collect()),
            ("from_id", self.from_id.iter().map(|key| Value::from(key.as_str())).collect()),
            ("tried", self.tried.into()),
            ("cursor", self.desk.cursor.as_ref().and_then(path).into()),
            ("choosing", self.desk.choosing.into()),
        ]
    }

    fn file_json(&self, chosen: &Chosen) -> Value {
        let row = chosen.row.as_ref();
        let row = row.and_then(|(table, row)| self.rows.path(&Place::Row(table.clone(), *row)));
        let label = self
            .track()
            .field(&chosen.slot)
            .map(|field| field.label.get(self.judge().words().lang()));
        let mut file = vec![
            ("file", chosen.file.into()),
            ("slot", chosen.slot.as_str().into()),
            ("label", label.into()),
            ("row", row.into()),
            ("name", chosen.name.as_str().into()),
            ("bytes", chosen.bytes.into()),
            ("caption", chosen.caption.as_str().into()),
            ("kept", chosen.kept.into()),
            ("shared", chosen.shared.into()),
            ("findings", chosen.findings.as_ref().map(findings_json).into()),
            ("held", (chosen.upload == Upload::Held).into()),
            ("paused", matches!(chosen.upload, Upload::Paused(_)).into()),
        ];
        if let Upload::Done(url) = &chosen.upload {
            file.push(("arrived", url.as_str().into()));
        }
        if let Some(Saved { url, offset, tunnel }) = &chosen.saved {
            file.extend([
                ("url", url.as_str().into()),
                ("offset", (*offset).into()),
                ("tunnel", (*tunnel).into()),
            ]);
        }
        object(file)
    }
}

impl Stage {
    /// The name that a draft gives it.
    fn kept_name(&self) -> &'static str {
        match self {
            Self::Uploading => "uploading",
            Self::Posting => "posting",
            Self::Waiting(_) => "waiting",
            Self::SignIn => "sign-in",
            _ => "filling",
        }
    }
}

fn left_over_json(left: &LeftOver) -> Value {
    object(vec![
        ("path", left.path.as_str().into()),
        ("label", left.label.as_str().into()),
        ("text", left.text.as_str().into()),
    ])
}

fn findings_json(found: &Findings) -> Value {
    let image = found.image.as_ref().map(|image| {
        object(vec![
            ("width", image.width.into()),
            ("height", image.height.into()),
            ("background", image.background.as_deref().into()),
            ("colour", image.colour.into()),
        ])
    });
    object(vec![
        ("format", found.format.as_str().into()),
        ("media_type", found.media_type.as_str().into()),
        ("bytes", found.bytes.into()),
        ("sha256", found.sha256.as_str().into()),
        ("flaws", found.flaws.iter().map(|flaw| Value::from(flaw.as_str())).collect()),
        ("image", image.into()),
        ("duration_ms", found.duration_ms.into()),
    ])
}
