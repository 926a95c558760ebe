//! Writes the files of `tests/pictures.rs` into a folder, for the test that holds the page and the
//! command together over them: `cargo run --example pictures -- FOLDER`.

#[allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing)] // made for tests
#[path = "../tests/pictures.rs"]
mod pictures;

use std::{env, fs, io, path::PathBuf};

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or_else(|| io::Error::other("expected a folder to write into"))?;
    fs::create_dir_all(&folder)?;
    let recordings = pictures::recordings().into_iter().map(|(made, _)| made);
    for made in pictures::all().into_iter().chain(recordings) {
        fs::write(folder.join(made.name), made.bytes)?;
    }
    Ok(())
}
