//! What every test of the command needs: a command answered in this process, or by the program.

use std::path::{Path, PathBuf};
use std::process::Command;

use chemorad_cli::files::Disk;
use chemorad_cli::{Environment, Output, run};
use serde_json::Value;

use crate::strict_json::strict;

/// What a command gave back.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// The exit code; none where a signal ended the program.
    pub(crate) exit: Option<i32>,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
}

/// The world of every test: no terminal, one moment.
pub(crate) fn environment() -> Environment {
    Environment {
        now: "2026-12-07T10:20:00[UTC]".parse().unwrap(),
        colour: false,
        width: 80,
        site: None,
        watched: false,
        identity: None,
    }
}

/// Answers in this process, and writes what the program would write.
pub(crate) fn chemorad(args: &[&str]) -> Answer {
    let arguments = std::iter::once("chemorad").chain(args.iter().copied());
    let mut output = run(arguments, &environment(), &Disk);
    if let Err((path, error)) = Disk::write(&output.files) {
        output = Output::unwritten(&path, &error);
    }
    if output.exit == 2 {
        said_with_codes(args, &output);
    }
    Answer {
        exit: Some(output.exit.into()),
        stdout: output.stdout.into_bytes(),
        stderr: output.stderr.into_bytes(),
    }
}

/// The last line of a refusal has the codes of its reasons, and `explain` knows each.
#[track_caller]
fn said_with_codes(args: &[&str], output: &Output) {
    let last = output.stderr.lines().next_back().unwrap_or_default();
    let said: Vec<&str> = last
        .strip_prefix("code: ")
        .unwrap_or_else(|| panic!("{args:?}: {}", output.stderr))
        .split(", ")
        .collect();
    for refusal in &output.refusals {
        assert!(said.contains(&refusal.code.name), "{args:?}: {last}");
        let known = chemorad_cli::codes().any(|code| *code == refusal.code);
        assert!(known, "{args:?}: {}", refusal.code);
    }
}

/// The program itself, started in a folder, so that names of files are short.
pub(crate) fn chemorad_in(folder: &Path, args: &[&str]) -> Answer {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chemorad"));
    let output = command.current_dir(folder).args(args).output().unwrap();
    Answer {
        exit: output.status.code(),
        stdout: output.stdout,
        stderr: output.stderr,
    }
}

/// A file of the examples.
pub(crate) fn example(name: &str) -> PathBuf {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    examples.join(name)
}

/// The JSON of a command that says nothing on standard error.
#[track_caller]
pub(crate) fn json(args: &[&str]) -> Value {
    let answer = chemorad(&[args, &["--format", "json"]].concat());
    let message = String::from_utf8_lossy(&answer.stderr);
    assert!(message.is_empty(), "{args:?}: {message}");
    strict(&answer.stdout)
}

/// The text of a command that ends well.
#[track_caller]
pub(crate) fn text(args: &[&str]) -> String {
    let answer = chemorad(args);
    let message = String::from_utf8_lossy(&answer.stderr);
    assert_eq!(answer.exit, Some(0), "{args:?}: {message}");
    String::from_utf8(answer.stdout).unwrap()
}

/// Exit code 2, nothing on standard output, one message that contains `part`.
#[track_caller]
pub(crate) fn refused(args: &[&str], part: &str) {
    let answer = chemorad(args);
    let message = String::from_utf8(answer.stderr).unwrap();
    assert_eq!(answer.exit, Some(2), "{args:?}: {message}");
    assert!(answer.stdout.is_empty(), "{args:?} printed a result");
    assert!(message.contains(part), "{args:?}: {message}");
    assert!(!message.contains("panicked"), "{args:?}: {message}");
    assert_eq!(message.matches("error:").count(), 1, "{args:?}: {message}");
}

#[track_caller]
pub(crate) fn near(value: &Value, expected: f64, tolerance: f64) {
    let number = value.as_f64().unwrap_or(f64::NAN);
    assert!((number - expected).abs() <= tolerance, "{value} {expected}");
}

/// A case of a protocol in `trial.toml`, without what a protocol may leave open.
pub(crate) const CASE: &str = r#"title = "Synthetic"
protocol = "trial.toml"
alpha_beta = ["10 Gy"]
[patient]
height = "170 cm"
weight = "70 kg"
sex = "female"
age = "62 years"
[site]
body_surface_area_formula = "mosteller"
tablet_strengths = ["500 mg", "150 mg (at most 2)"]
rounding = "nearest"
ties = "up"
[calendar]
start = "2026-12-07"
weekdays = "mon-fri"
fractions_per_day = 1
"#;

/// A protocol whose drug is given on days that begin after the course.
pub(crate) const DAYS_AFTER_COURSE: &str =
    include_str!("../../../protocol/tests/fixtures/days-after-course.toml");

/// A gap of a week after 12 of 28 fractions.
pub(crate) const GAP: &[&str] = &[
    "gap",
    "--prescription",
    "50.4Gy/28",
    "--start",
    "2026-12-07",
    "--delivered",
    "12",
    "--resume",
    "2026-12-30",
    "--alpha-beta",
    "10Gy",
    "--late-alpha-beta",
    "3Gy",
    "--loss-per-day",
    "0.66Gy",
    "--kick-off",
    "28d",
];

/// [`GAP`] without the number of fractions delivered.
pub(crate) fn gap_without_delivered() -> Vec<&'static str> {
    let at = GAP.iter().position(|arg| *arg == "--delivered").unwrap();
    [&GAP[..at], &GAP[at + 2..]].concat()
}
