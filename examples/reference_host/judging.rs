//! Judging a submission again: the very rules the person saw, with the host's clock and measured files.
//!
//! This file is all a host has to write to use the engine. Everything else here is storage and HTTP.

use std::sync::Arc;

use nomination_form::answers::Attachment;
use nomination_form::campaign::Campaign;
use nomination_form::rules::{Given, Judge, Verdict};
use nomination_form::standards::Calendar;
use nomination_form::submission::Submission;

use super::Host;
use super::refusal::Refusal;

/// Reads a submission. Nothing in it is believed yet.
pub fn read(bytes: &[u8]) -> Result<Submission, Refusal> {
    Submission::read(bytes).map_err(|_| Refusal::at("", "malformed", "提交的内容不是推荐材料"))
}

/// What the engine says of a submission whose files were measured here.
pub fn rejudge(
    host: &Host,
    submission: &Submission,
    attachments: &[Attachment],
) -> Result<Verdict, Refusal> {
    let judge = judge_for(host, submission)?;
    Ok(judge.judge(&Given { answers: &submission.answers, attachments, now: host.clock.instant() }))
}

/// The judge of the track the submission names.
///
/// A campaign file may have been corrected since the form was begun: the one served now decides, as
/// this host keeps no older editions. One that does would look up `submission.campaign.revision`.
fn judge_for(host: &Host, submission: &Submission) -> Result<Judge, Refusal> {
    let unknown = |pointer| Refusal::at(pointer, "unknown-campaign", "没有这个评选活动或申报类别");
    let campaign: &Arc<Campaign> =
        host.campaigns.with_id(&submission.campaign.id).ok_or_else(|| unknown("/campaign/id"))?;
    let calendar: Arc<Calendar> = Arc::clone(&host.calendar);
    Judge::new(Arc::clone(campaign), &submission.track, calendar).ok_or_else(|| unknown("/track"))
}
