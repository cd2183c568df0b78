//! `--report` of every command: what is in it, and what never is.

use std::path::Path;

use chemorad_cli::files::Memory;
use chemorad_cli::{Output, run};
use sha2::{Digest as _, Sha256};

use crate::fixtures;
use crate::harness::{GAP, environment, example};

/// A plan of SYNTHETIC^PLAN, ID SYNTHETIC-1.
fn plan() -> Vec<u8> {
    let mut all = fixtures::all().into_iter();
    all.find(|(name, _)| *name == "pelvis.dcm").unwrap().1
}

fn files() -> Memory {
    let case = std::fs::read(example("adjuvant-chemoradiotherapy.toml")).unwrap();
    Memory::from_iter([
        ("case.toml", case),
        (
            "rectum.csv",
            std::fs::read(example("rectum-histogram.csv")).unwrap(),
        ),
        ("site.toml", std::fs::read(example("site.toml")).unwrap()),
        ("RP.SYNTHETIC-1.dcm", plan()),
        ("there.html", b"of yesterday".to_vec()),
    ])
}

fn answered(args: &[&str]) -> Output {
    let arguments = std::iter::once("chemorad").chain(args.iter().copied());
    run(arguments, &environment(), &files())
}

/// The only file of a command, its name and its text.
#[track_caller]
fn report(args: &[&str]) -> (String, String) {
    let output = answered(args);
    assert!(output.stderr.is_empty(), "{args:?}: {}", output.stderr);
    let [file] = output.files.as_slice() else {
        panic!("{args:?}: {} files", output.files.len());
    };
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    (file.path.display().to_string(), text)
}

#[track_caller]
fn refused(args: &[&str], part: &str) {
    let output = answered(args);
    assert_eq!(output.exit, 2, "{args:?}: {}", output.stdout);
    assert!(output.stdout.is_empty() && output.files.is_empty());
    assert!(output.stderr.contains(part), "{args:?}: {}", output.stderr);
}

const BSA: &[&str] = &[
    "bsa",
    "--height",
    "170cm",
    "--weight",
    "70kg",
    "--formula",
    "mosteller",
];
const BED: &[&str] = &["bed", "45Gy/25", "--alpha-beta", "10Gy"];
const CHECK: &[&str] = &["check", "RP.SYNTHETIC-1.dcm", "--prescribed", "45Gy/25"];

#[test]
fn every_command_with_a_result_has_a_report() {
    let commands: &[&[&str]] = &[
        BED,
        BSA,
        CHECK,
        GAP,
        &[
            "solve",
            "--target-bed",
            "60Gy",
            "--alpha-beta",
            "10Gy",
            "--fractions",
            "25",
        ],
        &["schedule", "--start", "2026-12-07", "--phase", "45Gy/25"],
        &["sheet", "case.toml"],
        &["ntcp", "rectum.csv", "--set", "rectum-late-grade-2-quantec"],
        &["inspect", "RP.SYNTHETIC-1.dcm"],
        &["protocol", "show", "NCT06949098"],
    ];
    for command in commands {
        let (name, page) = report(&[command, &["--report", "r.html"][..]].concat());
        assert_eq!(name, "r.html");
        for part in [
            "<!DOCTYPE html>",
            "cleared by no authority",
            "2026-12-07",
            env!("CARGO_PKG_VERSION"),
            "Patient",
            "Signature",
        ] {
            assert!(page.contains(part), "{command:?}: {part}");
        }
        for outside in ["http://", "https://", "<script", "src=", "@import", "url("] {
            // the name space of SVG is no address that is fetched
            let page = page.replace("http://www.w3.org/2000/svg", "");
            assert!(!page.contains(outside), "{command:?}: {outside}");
        }
    }
    for (command, picture) in [(BED, true), (GAP, true), (BSA, false)] {
        let (_, page) = report(&[command, &["--report", "r.html"][..]].concat());
        assert_eq!(page.contains("<svg"), picture, "{command:?}");
    }
}

#[test]
fn what_is_no_result_has_none_and_says_so() {
    for command in [
        &["explain", "rx.total"][..],
        &["explain"],
        &["endpoints"],
        &["completions", "bash"],
        &["protocol", "export", "NCT06949098", "--to", "markdown"],
    ] {
        let args = [command, &["--report", "r.html"][..]].concat();
        refused(&args, "no result");
    }
    for flag in ["--patient", "--patient-id"] {
        refused(&[BSA, &[flag, "607"][..]].concat(), "--report FILE.html");
    }
    refused(
        &[BSA, &["--report", "r.txt"][..]].concat(),
        "must end in .html or .md",
    );
}

#[test]
fn a_report_says_everything_and_the_terminal_the_answer() {
    let output = answered(&["sheet", "case.toml", "--report", "r.md"]);
    let page = String::from_utf8(output.files[0].bytes.clone()).unwrap();
    for rest in ["Working", "Source of each value", "eligibility.inclusion"] {
        assert!(page.contains(rest), "{rest}");
        assert!(!output.stdout.contains(rest), "{rest}");
    }
    assert!(
        output.stdout.contains("15 checks passed"),
        "{}",
        output.stdout
    );
    assert!(!page.contains("--show-work"), "{page}");
    let lines = output.stdout.lines().count();
    assert!(lines <= 120, "{lines} lines");
    let full = answered(&["sheet", "case.toml", "--show-work"]).stdout;
    assert!(full.contains("Source of each value") && full.contains("Working"));
    // as before, in words that are still understood
    let short = answered(&["sheet", "case.toml", "--show-work=false"]).stdout;
    assert_eq!(short, output.stdout);
}

#[test]
fn the_files_that_were_read_stand_with_their_digests() {
    let digest = |path: &Path| {
        let bytes = std::fs::read(path).unwrap();
        format!("{:x}", Sha256::digest(bytes))
    };
    let expected = digest(&example("adjuvant-chemoradiotherapy.toml"));
    let (_, page) = report(&["sheet", "case.toml", "--report", "r.html"]);
    assert!(page.contains(&expected) && page.contains("case.toml"));
    // the title tells it from that of another patient, with the same site file too
    let title = |weight: &str| {
        let asked = [
            "bsa",
            "170cm",
            weight,
            "--site",
            "site.toml",
            "--report",
            "r.html",
        ];
        let (_, page) = report(&asked);
        let (_, title) = page.split_once("<title>").unwrap();
        title.split_once("</title>").unwrap().0.to_string()
    };
    let (one, other) = (title("72kg"), title("90kg"));
    assert!(one.contains(", result ") && one.ends_with(", 2026-12-07"));
    assert_ne!(one, other);
    assert_eq!(one, title("72kg"));
}

#[test]
fn a_name_is_given_by_hand_or_not_at_all() {
    let (_, page) = report(&[CHECK, &["--report", "r.html"][..]].concat());
    assert!(!page.to_lowercase().contains("synthetic"), "{page}");
    assert!(page.contains("class=\"blank\""));
    let given = ["--report", "r.html", "--patient", "Given <b>Name</b>"];
    let (_, page) = report(&[CHECK, &given[..]].concat());
    assert!(page.contains("Given &lt;b&gt;Name&lt;/b&gt;, 2026-12-07</title>"));
    // the files are of somebody with another name, which is said and not shown
    assert!(page.contains("Name in the files"), "{page}");
    let own = ["--report", "r.html", "--patient", "Synthetic Plan"];
    let (_, page_of_own) = report(&[CHECK, &own[..]].concat());
    assert!(!page_of_own.contains("Name in the files"));
    assert!(!page.to_lowercase().contains("synthetic"), "{page}");
    let shown = ["--report", "r.html", "--show-patient"];
    let (_, page) = report(&[CHECK, &shown[..]].concat());
    let (_, title) = page.split_once("<title>").unwrap();
    let (title, _) = title.split_once("</title>").unwrap();
    assert_eq!(
        title,
        "Check: PASS, SYNTHETIC^PLAN, ID synthetic-1, 2026-12-07"
    );
    // not under the ID of somebody else, and without saying whose it is
    let other = ["--report", "r.html", "--patient-id", "607"];
    refused(&[CHECK, &other[..]].concat(), "another Patient ID");
    let output = answered(&[CHECK, &other[..]].concat());
    assert!(!output.stderr.to_lowercase().contains("synthetic"));
    let same = ["--report", "r.html", "--patient-id", "synthetic 1"];
    let (_, page) = report(&[CHECK, &same[..]].concat());
    assert!(page.contains("ID synthetic 1, 2026-12-07</title>"));
}

#[test]
fn a_folder_gets_a_name_that_tells_two_patients_apart() {
    let given = ["--report", "reports/", "--patient-id", "60/7"];
    let (name, _) = report(&[BSA, &given[..]].concat());
    assert_eq!(name, "reports/bsa-60-7-2026-12-07.html");
    let (name, _) = report(&["sheet", "case.toml", "--report", "reports/"]);
    assert!(
        name.starts_with("reports/sheet-")
            && name.len() == "reports/sheet-12345678-2026-12-07.html".len(),
        "{name}"
    );
    refused(
        &[BSA, &["--report", "reports/"][..]].concat(),
        "--patient-id",
    );
}

#[test]
fn a_report_replaces_nothing_unasked_and_no_input_ever() {
    refused(&[BSA, &["--report", "there.html"][..]].concat(), "--force");
    let (name, _) = report(&[BSA, &["--report", "there.html", "--force"][..]].concat());
    assert_eq!(name, "there.html");
    let files = Memory::from_iter([("case.md", plan())]);
    let arguments = [
        "chemorad",
        "check",
        "case.md",
        "--prescribed",
        "45Gy/25",
        "--report",
        "./case.md",
        "--force",
    ];
    let output = run(arguments, &environment(), &files);
    assert_eq!(output.exit, 2);
    assert!(
        output.stderr.contains("would overwrite"),
        "{}",
        output.stderr
    );
}
