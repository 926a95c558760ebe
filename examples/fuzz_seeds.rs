//! Writes what the fuzzers begin with: `cargo run --example fuzz_seeds FOLDER` makes a folder in it
//! for each target. `make fuzz` calls it.

use std::{env, fs, io, path::PathBuf};

#[path = "../src/files/fixtures.rs"]
#[allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing)]
mod fixtures;
#[path = "../tests/properties/seeds.rs"]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod seeds;
#[path = "../tests/properties/slow_count.rs"]
#[allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing)]
mod slow_count;
#[path = "../tests/properties/targets.rs"]
#[allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing)]
mod targets;

fn main() -> io::Result<()> {
    let root: PathBuf = env::args_os().nth(1).map_or_else(|| "fuzz/corpus".into(), PathBuf::from);
    for (name, _) in targets::ALL {
        let folder = root.join(name);
        fs::create_dir_all(&folder)?;
        for (at, seed) in seeds::of(name).iter().enumerate() {
            fs::write(folder.join(format!("seed-{at}")), seed)?;
        }
    }
    Ok(())
}
