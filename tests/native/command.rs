//! Running the native command as a host does.

use std::{
    io::Write,
    path::Path,
    process::{Child, Command, Output, Stdio},
    thread,
};

use crate::golden::files::folder;

/// How a run ended.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// The command, in the package's folder.
pub(crate) fn nomination(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nomination"));
    command.args(args).current_dir(folder("."));
    command
}

/// Runs the command on an input of its own.
pub(crate) fn run(args: &[&str], input: &[u8]) -> Run {
    run_in(&folder("."), args, input)
}

/// The same in another folder.
pub(crate) fn run_in(dir: &Path, args: &[&str], input: &[u8]) -> Run {
    let mut child = piped(nomination(args).current_dir(dir));
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // The command answers while it reads: who only writes would block it.
    let writing = thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    writing.join().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { status: status.code().unwrap(), out: text(stdout), err: text(stderr) }
}

/// Starts a command whose streams are ours.
pub(crate) fn piped(command: &mut Command) -> Child {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}
