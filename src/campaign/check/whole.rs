//! Faults of what stands beside the fields and rules of a track: its forms, gates, print and batch.

use super::{Check, Fields};
#[cfg(any(feature = "cli", not(target_arch = "wasm32")))]
use crate::campaign::{Batch, Exclusive, Quota, Share};
use crate::campaign::{FieldKind, Requirement, Track};

/// The most nominations for each title. A bound keeps the arithmetic of figures exact.
#[cfg(any(feature = "cli", not(target_arch = "wasm32")))]
pub(in crate::campaign) const MAX_RATIO: f64 = 100.0;

impl<'a> Check<'a> {
    pub(super) fn whole(&mut self, track: &'a Track, fields: &Fields<'a>, at: &str) {
        self.forms(track, fields, at);
        self.gates(track, fields, at);
        #[cfg(any(feature = "cli", not(target_arch = "wasm32")))]
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
}

/// Who checks a whole campaign file; the page judges one nomination and reads no batch.
#[cfg(any(feature = "cli", not(target_arch = "wasm32")))]
impl<'a> Check<'a> {
    fn batch(&mut self, batch: &'a Batch, fields: &Fields<'a>, at: &str) {
        type Fits = fn(&FieldKind) -> bool;
        let named: [(_, _, _, Fits); 2] = [
            ("unit", &batch.unit, "a choice or a text", |kind| {
                matches!(kind, FieldKind::Choice(_) | FieldKind::Text(_))
            }),
            ("rank", &batch.rank, "a number", |kind| matches!(kind, FieldKind::Number(_))),
        ];
        for (name, key, what, fits) in named {
            let at = format!("{at}/{name}");
            if let Some(key) = key
                && self.known(key, fields, &at)
            {
                self.fits(key, fields, &at, what, fits);
            }
        }
        self.unique(&format!("{at}/distinct"), batch.distinct.iter().map(String::as_str));
        for (i, key) in batch.distinct.iter().enumerate() {
            let at = format!("{at}/distinct/{i}");
            if self.known(key, fields, &at) {
                self.fits(key, fields, &at, "a single answer", |kind| {
                    use FieldKind::{Choices, File, Group, Matrix, Photo, Rows};
                    !matches!(
                        kind,
                        Choices(_) | File(_) | Group(_) | Matrix(_) | Photo(_) | Rows(_)
                    )
                });
            }
        }
        for (i, quota) in batch.quotas.iter().enumerate() {
            self.quota(quota, fields, &format!("{at}/quotas/{i}"));
        }
        if let Some(margin) = &batch.margin
            && !(margin.ratio > 0.0 && margin.ratio <= MAX_RATIO)
        {
            let at = format!("{at}/margin/ratio");
            self.out_of_bounds(&at, "ratio", "above 0 and at most 100");
        }
        for (i, share) in batch.shares.iter().enumerate() {
            self.share(share, fields, &format!("{at}/shares/{i}"));
        }
        for (i, exclusive) in batch.exclusive.iter().enumerate() {
            self.exclusive(exclusive, fields, &format!("{at}/exclusive/{i}"));
        }
    }

    fn quota(&mut self, quota: &'a Quota, fields: &Fields<'a>, at: &str) {
        if let Some(when) = &quota.when {
            self.logic(when, fields, &format!("{at}/when"));
        }
        if quota.min.unwrap_or(0) > quota.max.unwrap_or(u32::MAX) {
            let message = "`min` above `max`, expected at most that".to_owned();
            self.fault("out-of-bounds", at.to_owned(), message);
        }
    }

    fn share(&mut self, share: &'a Share, fields: &Fields<'a>, at: &str) {
        self.logic(&share.when, fields, &format!("{at}/when"));
        if let Some(of) = &share.of {
            self.logic(of, fields, &format!("{at}/of"));
        }
        if share.max.is_none() && share.min.is_none() {
            let message = "no `max` and no `min`, expected at least one of them".to_owned();
            self.fault("empty", at.to_owned(), message);
        }
        for (name, bound) in [("max", share.max), ("min", share.min)] {
            if bound.is_some_and(|bound| !(0.0..=1.0).contains(&bound)) {
                self.out_of_bounds(&format!("{at}/{name}"), "share", "0 to 1");
            }
        }
        if share.min.unwrap_or(0.0) > share.max.unwrap_or(1.0) {
            let message = "`min` above `max`, expected at most that".to_owned();
            self.fault("out-of-bounds", at.to_owned(), message);
        }
    }

    fn exclusive(&mut self, exclusive: &'a Exclusive, fields: &Fields<'a>, at: &str) {
        for (i, kind) in exclusive.kinds.iter().enumerate() {
            self.logic(&kind.when, fields, &format!("{at}/kinds/{i}/when"));
        }
        let kinds = u32::try_from(exclusive.kinds.len()).unwrap_or(u32::MAX);
        if kinds < 2 {
            let message = "fewer than two kinds, expected several to choose from".to_owned();
            self.fault("empty", format!("{at}/kinds"), message);
        } else if exclusive.max == 0 || exclusive.max >= kinds {
            self.out_of_bounds(
                &format!("{at}/max"),
                "number",
                "at least 1 and fewer than the kinds",
            );
        }
    }
}
