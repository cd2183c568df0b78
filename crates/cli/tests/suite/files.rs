//! Files that are none, and signals while a file is written.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::common::dose;
use crate::harness::chemorad_in;
use crate::strict_json::strict;

/// The number by which `kill` ends a process.
const SIGNALS: [(&str, i32); 4] = [("HUP", 1), ("INT", 2), ("QUIT", 3), ("TERM", 15)];

fn start(folder: &Path, args: &[&str]) -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_chemorad"))
        .current_dir(folder)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Ends by itself, or is ended after ten seconds.
fn ends(mut child: std::process::Child) -> Option<std::process::Output> {
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_secs(10) {
            child.kill().unwrap();
            child.wait().unwrap();
            return None;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Some(child.wait_with_output().unwrap())
}

#[test]
fn a_named_pipe_or_a_device_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("plan.dcm");
    fs::write(&there, dose().bytes()).unwrap();
    fs::write(folder.path().join("other.dcm"), dose().bytes()).unwrap();
    for name in ["pipe.dcm", "pipe.toml", "pipe.csv", "pipe.json"] {
        let made = Command::new("mkfifo")
            .arg(folder.path().join(name))
            .status();
        assert!(made.unwrap().success());
    }
    let dose = ["--fractions", "25", "--alpha-beta", "3Gy", "-o", "out.dcm"];
    let eqd2 = [&["dose", "eqd2", "pipe.dcm"], &dose[..]].concat();
    let device = [&["dose", "bed", "/dev/zero"], &dose[..]].concat();
    let commands: [&[&str]; 14] = [
        &["inspect", "pipe.dcm"],
        &["inspect", "/dev/zero"],
        &eqd2,
        &device,
        &["dose", "sum", "plan.dcm", "pipe.dcm", "-o", "out.dcm"],
        &["dose", "stats", "pipe.dcm"],
        &[
            "check",
            "pipe.dcm",
            "--protocol",
            "NCT06949098",
            "--arm",
            "boosted",
        ],
        &["check", "plan.dcm", "--protocol", "pipe.toml"],
        &["gap", "pipe.toml"],
        &["courses", "pipe.json"],
        &["sheet", "pipe.toml"],
        &["protocol", "show", "pipe.toml"],
        &["protocol", "lint", "pipe.toml"],
        &["site", "check", "pipe.toml"],
    ];
    for args in commands {
        let output = ends(start(folder.path(), args));
        let output = output.unwrap_or_else(|| panic!("{args:?} waits"));
        assert_ne!(output.status.code(), Some(0), "{args:?}");
        assert!(output.status.code().is_some(), "{args:?}");
        assert!(!folder.path().join("out.dcm").exists(), "{args:?}");
    }
    // as an output, and next to an output that exists
    fs::write(folder.path().join("there.dcm"), "there").unwrap();
    fs::write(folder.path().join("there.html"), "there").unwrap();
    let check = [
        "check",
        "plan.dcm",
        "--protocol",
        "NCT06949098",
        "--arm",
        "adverse",
    ];
    let beside: [&[&str]; 6] = [
        &["dose", "sum", "plan.dcm", "other.dcm", "-o", "pipe.dcm"],
        &["dose", "sum", "plan.dcm", "-o", "pipe.dcm", "--force"],
        &[
            "dose",
            "sum",
            "pipe.dcm",
            "plan.dcm",
            "-o",
            "there.dcm",
            "--force",
        ],
        &[
            "dose",
            "eqd2",
            "plan.dcm",
            "-n",
            "25",
            "--alpha-beta",
            "3Gy",
            "--plan",
            "pipe.dcm",
            "-o",
            "there.dcm",
            "--force",
        ],
        &[&check[..], &["--report", "pipe.html"]].concat(),
        &[&check[..], &["pipe.dcm", "--report", "there.html"]].concat(),
    ];
    let made = Command::new("mkfifo")
        .arg(folder.path().join("pipe.html"))
        .status();
    assert!(made.unwrap().success());
    for args in beside {
        let output = ends(start(folder.path(), args));
        let output = output.unwrap_or_else(|| panic!("{args:?} waits"));
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert_eq!(fs::read(folder.path().join("there.dcm")).unwrap(), b"there");
    }
    let answer = chemorad_in(folder.path(), &["gap", "pipe.toml"]);
    let message = String::from_utf8(answer.stderr).unwrap();
    assert_eq!(answer.exit, Some(2), "{message}");
    assert!(message.contains("named pipe (FIFO)"), "{message}");
}

#[test]
fn a_pipe_of_the_shell_and_a_link_to_a_file_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("dose.dcm");
    fs::write(&there, dose().bytes()).unwrap();
    std::os::unix::fs::symlink("dose.dcm", folder.path().join("link.dcm")).unwrap();
    let answer = chemorad_in(folder.path(), &["inspect", "link.dcm"]);
    assert_eq!(answer.exit, Some(0));
    // only where the system calls its pipes by such names
    if !Path::new("/dev/stdin").exists() {
        return;
    }
    let shown = Command::new("sh")
        .current_dir(folder.path())
        .args(["-c", "cat dose.dcm | \"$0\" inspect /dev/stdin"])
        .arg(env!("CARGO_BIN_EXE_chemorad"))
        .output()
        .unwrap();
    let message = String::from_utf8_lossy(&shown.stderr);
    assert_eq!(shown.status.code(), Some(0), "{message}");
}

fn names(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Ends the command by a signal as soon as it begins to write, and says whether that was in time.
fn stopped_while_it_writes(folder: &TempDir, signal: (&str, i32), nohup: bool) -> bool {
    use std::os::unix::process::ExitStatusExt as _;

    let args = [
        "dose",
        "eqd2",
        "in.dcm",
        "--fractions",
        "25",
        "--alpha-beta",
        "3Gy",
        "-o",
        "out.dcm",
    ];
    let program = env!("CARGO_BIN_EXE_chemorad");
    let mut child = if nohup {
        let script = "trap '' HUP; exec \"$0\" \"$@\"";
        Command::new("sh")
            .current_dir(folder.path())
            .args(["-c", script, program])
            .args(args)
            .stdout(Stdio::null())
            .spawn()
            .unwrap()
    } else {
        start(folder.path(), &args)
    };
    // it stands ready, so that the signal is not late
    let mut killer = Command::new("sh")
        .args([
            "-c",
            "read go; kill -\"$0\" \"$1\" 2>/dev/null; :",
            signal.0,
        ])
        .arg(child.id().to_string())
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    while child.try_wait().unwrap().is_none() && names(folder).len() < 2 {
        std::thread::yield_now();
    }
    // a process that has ended is waited for already
    killer.stdin.take().unwrap().write_all(b"\n").unwrap();
    killer.wait().unwrap();
    let status = child.wait().unwrap();
    let left = names(folder);
    let whole = left == ["in.dcm", "out.dcm"];
    assert!(whole || left == ["in.dcm"], "{signal:?}: {left:?}");
    if whole {
        fs::remove_file(folder.path().join("out.dcm")).unwrap();
    } else {
        assert_eq!(
            status.signal(),
            Some(signal.1),
            "nothing is written, and why"
        );
    }
    !whole
}

#[test]
fn a_file_beyond_the_limit_of_the_process_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut large = dose();
    large.size = (256, 256, 2);
    large.offsets = Some("0\\2.5");
    large.stored = (0..256 * 256 * 2).collect();
    fs::write(folder.path().join("in.dcm"), large.bytes()).unwrap();
    // in blocks of 512 or 1024 bytes: less than the half million that is written
    let script = "ulimit -f 200 && exec \"$0\" dose eqd2 in.dcm -n 25 --alpha-beta 3Gy -o out.dcm";
    let shown = Command::new("sh")
        .current_dir(folder.path())
        .args(["-c", script, env!("CARGO_BIN_EXE_chemorad")])
        .output()
        .unwrap();
    let message = String::from_utf8_lossy(&shown.stderr);
    assert_eq!(shown.status.code(), Some(2), "{message}");
    assert!(message.contains("out.dcm"), "{message}");
    assert_eq!(names(&folder), ["in.dcm"]);
}

#[test]
fn a_signal_leaves_nothing_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut large = dose();
    let (rows, columns, frames) = (256, 256, 32);
    large.size = (rows, columns, frames);
    let offsets: Vec<String> = (0..frames).map(|frame| (frame * 2).to_string()).collect();
    large.offsets = Some(offsets.join("\\").leak());
    let voxels = u32::from(rows) * u32::from(columns) * frames;
    large.stored = (0..voxels).map(|voxel| voxel % 10_000).collect();
    fs::write(folder.path().join("in.dcm"), large.bytes()).unwrap();
    // how often one comes in time depends on the machine
    let mut attempts = (0..40).flat_map(|_| SIGNALS);
    assert!(attempts.any(|signal| stopped_while_it_writes(&folder, signal, false)));
    for signal in SIGNALS {
        stopped_while_it_writes(&folder, signal, false);
    }
    // a process that is to outlive its terminal writes its file to the end
    assert!(!stopped_while_it_writes(&folder, SIGNALS[0], true));
}

#[test]
fn a_maximum_is_printed_without_the_noise_of_single_precision() {
    let folder = tempfile::tempdir().unwrap();
    let mut small = dose();
    small.scaling = "1.0e-2";
    small.stored = vec![0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 10];
    fs::write(folder.path().join("in.dcm"), small.bytes()).unwrap();
    let mut other = small;
    other.instance = "2.25.101";
    other.plan = "2.25.9";
    other.stored = vec![0; 12];
    fs::write(folder.path().join("zero.dcm"), other.bytes()).unwrap();
    let sum = [
        "dose", "sum", "in.dcm", "zero.dcm", "-o", "sum.dcm", "--format", "json",
    ];
    let answer = chemorad_in(folder.path(), &sum);
    let message = String::from_utf8_lossy(&answer.stderr);
    assert!(message.is_empty(), "{message}");
    assert_eq!(strict(&answer.stdout)["maximum"]["value"], 0.1);
    // one fraction of 0.1 Gy: 0.1 (0.1 + 3) / 5
    let eqd2 = [
        "dose",
        "eqd2",
        "in.dcm",
        "-n",
        "1",
        "--alpha-beta",
        "3Gy",
        "-o",
        "eqd2.dcm",
        "--format",
        "json",
    ];
    let answer = chemorad_in(folder.path(), &eqd2);
    let value = &strict(&answer.stdout)["maximum"]["value"];
    assert_eq!(value, 0.062, "{value}");
}
