//! `selftest` and `version`: what a department can show of the program that it has.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use chemorad_cli::files::Memory;
use chemorad_cli::{Environment, Identity, Output, run};
use serde_json::Value;

use crate::book::{hold, root};
use crate::common::contoured::contoured;
use crate::dicom::case;
use crate::dvh::rising;
use crate::fixtures;
use crate::harness::{environment, json};
use crate::strict_json::strict;

fn answered(args: &[&str], files: &[(&str, &[u8])]) -> Output {
    let files: Memory = files
        .iter()
        .map(|(name, bytes)| (*name, bytes.to_vec()))
        .collect();
    let arguments = std::iter::once("chemorad").chain(args.iter().copied());
    run(arguments, &environment(), &files)
}

#[track_caller]
fn answer(args: &[&str], files: &[(&str, &[u8])]) -> (u8, Value) {
    let output = answered(&[args, &["--format", "json"]].concat(), files);
    assert!(output.stderr.is_empty(), "{args:?}: {}", output.stderr);
    (output.exit, strict(output.stdout.as_bytes()))
}

const QUICK: [&str; 2] = ["selftest", "--quick"];

fn failed(answer: &Value) -> Vec<String> {
    let parts = answer["parts"].as_array().unwrap().iter();
    let trials = parts.flat_map(|part| part["trials"].as_array().unwrap());
    let failed = trials.filter(|trial| trial["failed"] != 0);
    failed
        .map(|trial| {
            format!(
                "{}: {}, not {}",
                trial["id"], trial["found"], trial["expected"]
            )
        })
        .collect()
}

#[test]
fn every_trial_comes_out_as_it_must_and_every_control_is_seen() {
    let (exit, answer) = answer(&QUICK, &[]);
    assert!(failed(&answer).is_empty(), "{:#?}", failed(&answer));
    assert_eq!(exit, 0);
    assert_eq!(answer["outcome"], "pass");
    assert_eq!(answer["passed"], answer["run"]);
    assert!(answer["run"].as_u64().unwrap() > 1000);
    assert_eq!(answer["negative_controls"]["run"], 5);
    assert_eq!(answer["negative_controls"]["seen"], 5);
    let parts = answer["parts"].as_array().unwrap();
    let names: Vec<&str> = parts
        .iter()
        .map(|part| part["name"].as_str().unwrap())
        .collect();
    let wanted = [
        "data",
        "published",
        "oracle",
        "properties",
        "refusals",
        "DICOM",
    ];
    assert_eq!(names, wanted);
    assert!(
        parts
            .iter()
            .all(|part| !part["trials"].as_array().unwrap().is_empty())
    );
    assert_eq!(parts[4]["trials"].as_array().unwrap().len(), 60);
    // a page for a binder holds numbers, and not whole answers
    for part in parts {
        for trial in part["trials"].as_array().unwrap() {
            let found = trial["found"].as_str().unwrap();
            assert!(found.len() < 1000, "{}: {found}", trial["id"]);
        }
    }
}

#[test]
fn the_page_for_the_binder_has_what_is_signed() {
    let output = answered(&["selftest", "--quick", "--report", "page.html"], &[]);
    assert_eq!((output.exit, output.stderr.as_str()), (0, ""));
    let page = String::from_utf8(output.files[0].bytes.clone()).unwrap();
    for part in [
        "were seen to fail",
        "NCT06949098",
        "one bit of a protocol changed",
        "Deviations",
        "Approved",
        "Limits",
        "cleared by no authority",
    ] {
        assert!(page.contains(part), "{part}");
    }
    // nothing else is written
    assert_eq!(output.files.len(), 1);
}

const CASES: &str = r#"[[case]]
id = "long course"
source = "by hand: 45 + 45 x 1.8/10"
arguments = ["bed", "45Gy/25", "--ab", "10Gy"]
exit = 0
expect = [
  { at = "/total/bed/value", number = 53.1, within = 0.001 },
  { at = "/total/bed/unit", text = "Gy" },
]
[[case]]
id = "a file of the folder"
source = "by hand"
arguments = ["ntcp", "{cases}/h.csv", "--set", "rectum-late-grade-2-quantec"]
exit = 0
expect = [{ at = "/geud/value", number = 40, within = 1e-9 }]
[[case]]
id = "what is refused"
source = "policy of the site"
arguments = ["bed", "45/25", "--ab", "10Gy"]
exit = 2
message = "the unit is missing"
"#;

const UNIFORM: &[u8] = b"dose_gy,differential_percent\n40,100\n";

#[test]
fn cases_of_a_department_and_what_changed_since() {
    let args = ["selftest", "--quick", "--cases", "ours"];
    let files = [("ours/a.toml", CASES.as_bytes()), ("ours/h.csv", UNIFORM)];
    let (exit, first) = answer(&args, &files);
    assert!(failed(&first).is_empty(), "{:#?}", failed(&first));
    assert_eq!(exit, 0);
    assert_eq!(first["parts"][6]["trials"].as_array().unwrap().len(), 3);

    // a case that is not met fails, and says what was found
    let wrong = CASES.replace("53.1,", "53.2,");
    let (exit, second) = answer(&args, &[("ours/a.toml", wrong.as_bytes()), files[1]]);
    assert_eq!((exit, &second["failed"]), (1, &Value::from(1)));
    assert!(failed(&second)[0].contains("53.1"), "{:?}", failed(&second));

    // the same again differs in nothing, and another course in one case
    let old = serde_json::to_vec(&first).unwrap();
    let compare = [&args[..], &["--compare", "old.json"]].concat();
    let (_, same) = answer(&compare, &[files[0], files[1], ("old.json", &old)]);
    assert_eq!(same["comparison"]["changes"], serde_json::json!([]));
    let other = CASES
        .replace("\"45Gy/25\"", "\"50Gy/25\"")
        .replace("53.1,", "60.0,");
    let (exit, other) = answer(
        &compare,
        &[
            ("ours/a.toml", other.as_bytes()),
            files[1],
            ("old.json", &old),
        ],
    );
    assert_eq!(exit, 0, "{:?}", failed(&other));
    let changes = other["comparison"]["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(changes[0]["id"], "site cases: long course");
}

#[test]
fn cases_that_test_nothing_are_refused() {
    let args = ["selftest", "--quick", "--cases", "ours"];
    let refused = |text: &str, part: &str| {
        let output = answered(&args, &[("ours/a.toml", text.as_bytes())]);
        assert_eq!(output.exit, 2, "{text}");
        assert!(
            output.stdout.is_empty() && output.stderr.contains(part),
            "{}",
            output.stderr
        );
    };
    let case = |rest: &str| format!("[[case]]\nid = \"a\"\nsource = \"s\"\n{rest}");
    let bed = "arguments = [\"bed\", \"45Gy/25\", \"--ab\", \"10Gy\"]\nexit = 0\n";
    refused(&case(bed), "expects nothing");
    refused(
        &case(&format!(
            "{bed}expect = [{{ at = \"/total\", number = 1.0 }}]"
        )),
        "within",
    );
    refused(
        &case(&format!(
            "{bed}expect = [{{ at = \"total\", text = \"a\" }}]"
        )),
        "begins with /",
    );
    refused(&case(&format!("{bed}expected = []")), "expected");
    refused(
        &case("arguments = [\"selftest\"]\nexit = 1\n"),
        "another command",
    );
    let twice =
        case("arguments = [\"bed\"]\nexit = 2\nmessage = \"required arguments\"\n").repeat(2);
    refused(&twice, "another case has this id");
    let none = answered(&args, &[("ours/a.txt", b"")]);
    assert!(
        none.exit == 2 && none.stderr.contains("[[case]]"),
        "{}",
        none.stderr
    );
    let other = answered(
        &["selftest", "--quick", "--compare", "a.json"],
        &[("a.json", b"{}")],
    );
    assert!(other.exit == 2 && other.stderr.contains("selftest --format json"));
}

#[test]
fn a_version_says_which_data_it_has() {
    let short = answered(&["version"], &[]);
    assert!(
        short.stdout.contains(env!("CARGO_PKG_VERSION")),
        "{}",
        short.stdout
    );
    let all = answered(&["version", "--verbose"], &[]).stdout;
    let build = json(&["version", "--verbose"])["build"].clone();
    for list in ["protocols", "rule_sets", "limits", "parameters"] {
        for one in build[list].as_array().unwrap() {
            let (id, sha256) = (one["id"].as_str().unwrap(), one["sha256"].as_str().unwrap());
            assert!(
                sha256.len() == 64 && all.contains(id) && all.contains(sha256),
                "{id}"
            );
        }
    }
    assert!(build["protocols"].as_array().unwrap().len() > 20);
}

/// Where the program cannot see its own file, it says so instead of leaving its checksum out.
#[test]
fn a_program_that_cannot_read_itself_says_so() {
    let told = |executable: Option<&str>, args: &[&str]| {
        let world = Environment {
            identity: Some(Identity {
                executable: executable.map(Into::into),
            }),
            ..environment()
        };
        let files: Memory = [("chemorad", b"program".to_vec())].into_iter().collect();
        let arguments = std::iter::once("chemorad").chain(args.iter().copied());
        run(arguments, &world, &files).stdout
    };
    for args in [&QUICK[..], &["version", "--verbose"]] {
        let known = told(Some("chemorad"), args);
        assert!(known.contains("7 bytes, SHA-256"), "{known}");
        assert!(!known.contains("NOT TOLD"), "{known}");
        for nowhere in [None, Some("elsewhere/chemorad")] {
            let text = told(nowhere, args);
            assert!(text.contains("SHA-256 NOT TOLD"), "{text}");
            assert!(!text.contains("elsewhere"), "{text}");
            let json = told(nowhere, &[args, &["--format", "json"]].concat());
            let build = &strict(json.as_bytes())["build"];
            assert!(build.get("executable").is_none());
            assert!(
                build["executable_unread"]
                    .as_str()
                    .unwrap()
                    .contains("own file")
            );
        }
    }
}

/// What the program holds of its own data: with `UPDATE_BOOK=1` written anew.
#[test]
fn the_checksums_are_those_of_the_data() {
    let build = json(&["version", "--verbose"])["build"].clone();
    let mut lines = String::new();
    for (list, kind) in [
        ("protocols", "protocol"),
        ("rule_sets", "rule-set"),
        ("limits", "limits"),
        ("parameters", "parameters"),
    ] {
        for one in build[list].as_array().unwrap() {
            let (id, sha256) = (one["id"].as_str().unwrap(), one["sha256"].as_str().unwrap());
            writeln!(lines, "{kind} {id} {sha256}").unwrap();
        }
    }
    hold("crates/cli/src/self_test/checksums.txt", &lines);
}

/// The synthetic files of the self-test are those of the tests.
#[test]
fn the_synthetic_files_are_those_of_the_tests() {
    let mut all = fixtures::all().into_iter();
    let plan = all.find(|(name, _)| *name == "pelvis.dcm").unwrap().1;
    for (name, bytes) in [
        ("plan.dcm", plan),
        ("dose.dcm", case("dose-pelvis")),
        ("structures.dcm", contoured("synthetic-1", "CLOSED_PLANAR")),
        ("rising.dcm", rising("GY").bytes()),
    ] {
        let path: PathBuf = root().join("crates/cli/src/self_test/synthetic").join(name);
        if std::env::var_os("UPDATE_BOOK").is_some() {
            fs::write(&path, &bytes).unwrap();
        }
        assert!(
            fs::read(&path).unwrap() == bytes,
            "{name}: UPDATE_BOOK=1 writes it"
        );
    }
    let faces = Path::new(env!("CARGO_MANIFEST_DIR")).join("faces");
    for name in ["body", "commands", "dose", "order"] {
        let file = format!("{name}.json");
        let own = fs::read(faces.join(&file)).unwrap();
        assert!(
            own == fs::read(root().join("tests/faces").join(&file)).unwrap(),
            "{name}"
        );
    }
}
