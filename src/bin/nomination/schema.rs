//! `nomination schema`: the JSON Schema of the campaign file.

use std::io::Write;

use nomination_form::campaign::Campaign;
use serde_json::Value;

/// Print a JSON Schema (2020-12) for other people's tools.
///
/// Exit status: 0 printed, 2 no schema could be made.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    of: Of,
}

#[derive(clap::Subcommand)]
enum Of {
    /// The schema of campaign files.
    Campaign,
}

pub(crate) fn run(args: &Args) -> Result<(), String> {
    print(&match &args.of {
        Of::Campaign => Campaign::schema(),
    })
}

fn print(schema: &Value) -> Result<(), String> {
    let mut out = std::io::stdout().lock();
    let done = serde_json::to_writer_pretty(&mut out, schema).map_err(std::io::Error::from);
    done.and_then(|()| out.write_all(b"\n")).map_err(|error| format!("standard output: {error}"))
}
