//! Judging a submission again: the very rules the person saw, with the host's clock and measured files.
//!
//! This file is all a host has to write to use the engine. Everything else here is storage and HTTP.

use std::sync::Arc;

use nomination_form::answers::Attachment;
use nomination_form::rules::{Judge, Verdict};
use nomination_form::submission::Submission;

use super::Host;
use super::refusal::Refusal;

/// What the engine says of a submission whose files were measured here.
///
/// A campaign file may have been corrected since the form was begun. This host keeps no older
/// editions, so the one it serves decides, and the verdict says so; a host that does keep them looks
/// up `submission.campaign.revision`.
pub fn rejudge(
    host: &Host,
    submission: &Submission,
    measured: Vec<Attachment>,
) -> Result<Verdict, Refusal> {
    let campaign = host.campaigns.with_id(&submission.campaign.id).ok_or_else(unknown_campaign)?;
    let judge = Judge::new(Arc::clone(campaign), &submission.track, Arc::clone(&host.calendar))
        .ok_or_else(|| submission.unknown_track(campaign))?;
    let submission = Submission { attachments: measured, ..submission.clone() };
    Ok(submission.judge(&judge, host.clock.now())?)
}

fn unknown_campaign() -> Refusal {
    Refusal::at("/campaign/id", "other-campaign", "这里没有这个评选活动")
}
