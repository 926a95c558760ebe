//! Clearing away the uploads that no nomination names: files taken back, forms never sent.
//!
//! What counts is when a file last changed, by the clock of the disk. The demo's clock may stand
//! anywhere, and an upload does not get old by moving it.

use std::sync::Arc;
use std::time::Duration;

use super::Host;
use super::refusal::Refusal;
use super::uploads::discard;

/// How often to look.
pub const HOURLY: Duration = Duration::from_hours(1);

/// Clears away now and then every `period`, for as long as the host runs.
pub async fn regularly(host: Arc<Host>, period: Duration) {
    let mut time = tokio::time::interval(period);
    loop {
        time.tick().await;
        // What went wrong is in the log already. The next turn tries again.
        let _ = clear(&host).await;
    }
}

/// Removes every upload that nobody has touched for as long as the settings say, and that no
/// edition of a nomination names. One that cannot be removed does not keep the others.
///
/// # Errors
///
/// What the disk or the database says, of several the last.
pub async fn clear(host: &Host) -> Result<(), Refusal> {
    let (shelf, keep) = (host.shelf.clone(), host.settings.uploads_keep);
    let untouched = tokio::task::spawn_blocking(move || shelf.untouched_for(keep)).await??;
    let mut done = Ok(());
    for id in untouched {
        // In use is not untouched.
        let Some(held) = host.shelf.hold(&id) else { continue };
        if let Err(refusal) = discard(host, &id, held).await {
            // Why is in the log already. The id is not, for whoever knows it may read the file.
            done = Err(refusal);
        }
    }
    done
}
