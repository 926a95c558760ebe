//! What comes in from outside: files, the standard input, campaigns, the calendar, the clock; and what
//! is printed.

use std::{
    fmt::Display,
    fs::File,
    io::{self, Read, Write},
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use nomination_form::{
    campaign::{self, Campaign, Fault},
    standards::{Calendar, Instant},
};

use crate::outcome::Outcome;

/// The moment and the calendar to judge by.
#[derive(clap::Args)]
pub(crate) struct When {
    /// The time to judge at, in RFC 3339 (2022-08-15T10:00:00+08:00); the machine's clock where missing
    #[arg(long, value_name = "TIME", value_parser = time)]
    now: Option<Instant>,
    /// A working-day calendar instead of the one built in (2021 to 2026)
    #[arg(long, value_name = "FILE")]
    calendar: Option<PathBuf>,
}

impl When {
    /// The time asked for, else the time it is at this moment.
    pub(crate) fn now(&self) -> Instant {
        self.now.unwrap_or_else(clock)
    }

    /// The calendar asked for, else the one built in.
    pub(crate) fn calendar(&self) -> Result<Calendar, String> {
        let Some(path) = &self.calendar else { return Ok(Calendar::built_in()) };
        let bytes = read(path, campaign::MAX_BYTES).map_err(|error| said_of(path, &error))?;
        serde_json::from_slice(&bytes).map_err(|fault| said_of(path, &fault))
    }
}

/// Reads a file, `-` being the standard input, at most a byte more than is taken: that it is too large
/// is then told by whoever reads its content.
pub(crate) fn read(path: &Path, most: usize) -> io::Result<Vec<u8>> {
    let most = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        io::stdin().take(most).read_to_end(&mut bytes)?;
    } else {
        File::open(path)?.take(most).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// Reads a campaign; else says why there is none: the file cannot be read, or all its faults, a line
/// each.
pub(crate) fn campaign(path: &Path) -> Result<Campaign, String> {
    parsed(path, Campaign::parse)
}

/// Reads a file by `parse`, as a campaign is read.
pub(crate) fn parsed<T>(
    path: &Path,
    parse: impl FnOnce(&[u8]) -> Result<T, Vec<Fault>>,
) -> Result<T, String> {
    let bytes = read(path, campaign::MAX_BYTES).map_err(|error| said_of(path, &error))?;
    parse(&bytes).map_err(|faults| {
        let lines: Vec<_> = faults.iter().map(ToString::to_string).collect();
        said_of(path, &lines.join("\n  "))
    })
}

fn said_of(path: &Path, what: &dyn Display) -> String {
    format!("{}: {what}", path.display())
}

/// Writes whole lines to the standard output.
///
/// Whoever reads us may have seen enough (`head`): then there is nothing left to do, and the command
/// ends at once with what it knows `so_far`. It does not return, for another thread may be waiting for
/// input that never comes.
pub(crate) fn print(lines: &[u8], so_far: Outcome) -> Result<(), String> {
    let mut out = io::stdout().lock();
    match out.write_all(lines).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            std::process::exit(so_far.status().into())
        }
        done => done.map_err(|error| format!("standard output: {error}")),
    }
}

fn time(text: &str) -> Result<Instant, String> {
    Instant::parse(text).map_err(|fault| fault.to_string())
}

/// The machine's clock: this command is the rim.
fn clock() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant::from_utc_seconds(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
