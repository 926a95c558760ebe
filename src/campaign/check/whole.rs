//! Faults of what stands beside the fields and rules of a track: its forms, gates, print and batch.

use super::{Check, Fields};
use crate::campaign::{Batch, FieldKind, Requirement, Track};

impl<'a> Check<'a> {
    pub(super) fn whole(&mut self, track: &'a Track, fields: &Fields<'a>, at: &str) {
        self.forms(track, fields, at);
        self.gates(track, fields, at);
        if let Some(batch) = &track.batch {
            self.batch(batch, fields, &format!("{at}/batch"));
        }
    }

    fn forms(&mut self, track: &'a Track, fields: &Fields<'a>, at: &str) {
        let forms = &track.form.0;
        if forms.is_empty() {
            self.fault("empty", format!("{at}/form"), "no form, expected at least one".into());
        }
        self.unique(&format!("{at}/form"), forms.iter().map(|case| case.name.as_str()));
        for (i, case) in forms.iter().enumerate() {
            if let Some(when) = &case.when {
                self.logic(when, fields, &format!("{at}/form/{i}/when"));
            }
        }
        let blocks = track.print.iter().flat_map(|print| print.blocks.iter().enumerate());
        for (i, block) in blocks {
            for name in block.forms.iter().filter(|name| !forms.iter().any(|f| f.name == **name)) {
                let message = format!("unknown form `{name}`, expected one of the track's `form`");
                self.fault("unknown-form", format!("{at}/print/blocks/{i}/forms"), message);
            }
        }
    }

    /// A gate stands before everything else, so nothing may decide whether it is asked.
    fn gates(&mut self, track: &'a Track, fields: &Fields<'a>, at: &str) {
        for (i, gate) in track.gates.iter().enumerate() {
            let at = format!("{at}/gates/{i}/field");
            if !self.known(&gate.field, fields, &at) {
                continue;
            }
            self.fits(&gate.field, fields, &at, "a yes/no question or a choice", |kind| {
                matches!(kind, FieldKind::YesNo(_) | FieldKind::Choice(_))
            });
            let always = fields.get(&gate.field).is_none_or(|field| {
                field.visible.is_none() && field.required == Requirement::Fixed(true)
            });
            if !always {
                let message =
                    format!("gate `{}` is not always asked, expected a required field", gate.field);
                self.fault("wrong-kind", at, message);
            }
        }
    }

    fn batch(&mut self, batch: &'a Batch, fields: &Fields<'a>, at: &str) {
        for (name, key) in [("unit", &batch.unit), ("rank", &batch.rank)] {
            if let Some(key) = key {
                self.known(key, fields, &format!("{at}/{name}"));
            }
        }
        for (i, key) in batch.distinct.iter().enumerate() {
            self.known(key, fields, &format!("{at}/distinct/{i}"));
        }
        for (i, quota) in batch.quotas.iter().enumerate() {
            let at = format!("{at}/quotas/{i}");
            if let Some(when) = &quota.when {
                self.logic(when, fields, &format!("{at}/when"));
            }
            if quota.min.unwrap_or(0) > quota.max.unwrap_or(u32::MAX) {
                let message = "`min` above `max`, expected at most that".to_owned();
                self.fault("out-of-bounds", at, message);
            }
        }
        for (i, share) in batch.shares.iter().enumerate() {
            self.logic(&share.when, fields, &format!("{at}/shares/{i}/when"));
            if !(0.0..=1.0).contains(&share.max) {
                let message = "share out of bounds, expected 0 to 1".to_owned();
                self.fault("out-of-bounds", format!("{at}/shares/{i}/max"), message);
            }
        }
    }
}
