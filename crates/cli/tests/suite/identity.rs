//! What made an output, in the output.

use chemorad_cli::files::Memory;
use chemorad_cli::{Environment, Identity, Output, run};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::common::contoured::contoured;
use crate::common::pelvis;
use crate::dvh::rising;
use crate::harness::{chemorad, environment, example};
use crate::strict_json::strict;

fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

/// The files of the examples that a case needs, by name.
fn files(names: &[&str]) -> Vec<(String, Vec<u8>)> {
    let read = |name: &&str| ((*name).to_string(), std::fs::read(example(name)).unwrap());
    names.iter().map(read).collect()
}

/// As the program answers, which tells what it is.
fn told(args: &[&str], files: &[(String, Vec<u8>)]) -> Output {
    let world = Environment {
        identity: Some(Identity {
            executable: Some("chemorad".into()),
        }),
        ..environment()
    };
    let program = ("chemorad".to_string(), b"program".to_vec());
    let files: Memory = files.iter().cloned().chain([program]).collect();
    let output = run(
        std::iter::once("chemorad").chain(args.iter().copied()),
        &world,
        &files,
    );
    assert_eq!(output.stderr, "", "{args:?}");
    output
}

/// The object `build` of an answer.
fn build(args: &[&str], files: &[(String, Vec<u8>)]) -> Value {
    let output = told(&[args, &["--format", "json"]].concat(), files);
    let answer = strict(output.stdout.as_bytes());
    assert!(answer["notice"].is_string() && answer["version"].is_string());
    answer["build"].clone()
}

fn last_line(text: &str) -> &str {
    text.trim_end().rsplit('\n').next().unwrap()
}

const BED: [&str; 4] = ["bed", "45Gy/25", "--alpha-beta", "10Gy"];

#[test]
fn every_answer_tells_the_program() {
    let build = build(&BED, &[]);
    assert_eq!(build["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(build["protocols"], json!([]));
    assert_eq!(build["rule_sets"], json!([]));
    // nothing was read and nothing is written
    assert!(build.get("inputs").is_none() && build.get("time").is_none());
    let text = told(&BED, &[]).stdout;
    assert!(last_line(&text).starts_with("build "), "{text}");
}

#[test]
fn an_output_without_identity_is_the_same_from_every_build() {
    let plain = String::from_utf8(chemorad(&BED).stdout).unwrap();
    let told_too = told(&BED, &[]).stdout;
    let (before, _) = told_too.trim_end().rsplit_once('\n').unwrap();
    assert_eq!(plain.trim_end(), before);
    let all = [&BED[..], &["--format", "json"]].concat();
    let mut with = strict(told(&all, &[]).stdout.as_bytes());
    with.as_object_mut().unwrap().remove("build").unwrap();
    assert_eq!(with, strict(&chemorad(&all).stdout));
}

#[test]
fn a_sheet_tells_its_protocol_rule_sets_and_files() {
    let files = files(&["adjuvant-chemoradiotherapy.toml", "site.toml"]);
    let args = [
        "sheet",
        "adjuvant-chemoradiotherapy.toml",
        "--site",
        "site.toml",
    ];
    let build = build(&args, &files);
    let protocols = build["protocols"].as_array().unwrap();
    assert_eq!(protocols.len(), 1, "{build:#}");
    assert_eq!(protocols[0]["id"], "NCT06949098");
    let known = strict(&chemorad(&["version", "--verbose", "--format", "json"]).stdout);
    let known = &known["build"];
    assert!(
        known["protocols"]
            .as_array()
            .unwrap()
            .contains(&protocols[0])
    );
    let used = build["rule_sets"].as_array().unwrap();
    assert!(!used.is_empty());
    for one in used {
        assert!(
            known["rule_sets"].as_array().unwrap().contains(one),
            "{one}"
        );
    }
    let inputs = build["inputs"].as_array().unwrap();
    assert_eq!(inputs.len(), 2, "{build:#}");
    for (name, bytes) in &files {
        let wanted = json!({"name": name, "bytes": bytes.len(), "sha256": sha256(bytes)});
        assert!(inputs.contains(&wanted), "{name}: {build:#}");
    }
    let text = told(&args, &files).stdout;
    let foot = text.split("build ").last().unwrap();
    let foot = foot.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [&protocols[0]["sha256"], &inputs[0]["sha256"]] {
        assert!(foot.contains(&part.as_str().unwrap()[..8]), "{foot}");
    }
}

#[test]
fn a_protocol_and_a_rule_set_of_files_are_told_too() {
    let files = files(&["protocol-bladder-two-arm.toml", "rule-set-site.toml"]);
    let shown = build(
        &["protocol", "show", "protocol-bladder-two-arm.toml"],
        &files,
    );
    assert_eq!(shown["protocols"][0]["sha256"], sha256(&files[0].1));
    let shown = build(&["rule-sets", "show", "rule-set-site.toml"], &files);
    assert_eq!(shown["rule_sets"].as_array().unwrap().len(), 1, "{shown:#}");
    assert_eq!(shown["inputs"][0]["sha256"], sha256(&files[1].1));
}

#[test]
fn a_table_of_limits_is_told() {
    let files = [
        (
            "rs.dcm".to_string(),
            contoured("synthetic-1", "CLOSED_PLANAR"),
        ),
        ("rd.dcm".to_string(), rising("GY").bytes()),
    ];
    let args = ["dvh", "rs.dcm", "rd.dcm", "--limits", "quantec-bladder"];
    let limits = build(&args, &files)["limits"].clone();
    assert_eq!(limits.as_array().unwrap().len(), 1, "{limits}");
    assert_eq!(limits[0]["id"], "quantec-bladder");
    let known = strict(&chemorad(&["version", "--verbose", "--format", "json"]).stdout);
    assert!(
        known["build"]["limits"]
            .as_array()
            .unwrap()
            .contains(&limits[0])
    );
}

#[test]
fn a_written_file_has_its_time() {
    let time = json!("2026-12-07T10:20:00Z");
    let plot = [&BED[..], &["--plot", "a.svg"]].concat();
    assert_eq!(build(&plot, &[])["time"], time);
    for name in ["a.html", "a.md"] {
        let output = told(&[&BED[..], &["--report", name]].concat(), &[]);
        let report = String::from_utf8(output.files[0].bytes.clone()).unwrap();
        assert!(report.contains("written 2026-12-07T10:20:00Z"), "{report}");
    }
}

#[test]
fn a_report_has_whole_checksums() {
    let files = files(&["adjuvant-chemoradiotherapy.toml", "site.toml"]);
    let args = ["sheet", "adjuvant-chemoradiotherapy.toml", "--report"];
    for name in ["a.html", "a.md"] {
        let output = told(&[&args[..], &[name]].concat(), &files);
        let report = String::from_utf8(output.files[0].bytes.clone()).unwrap();
        let protocol = build(&args[..2], &files)["protocols"][0]["sha256"].clone();
        assert!(report.contains(protocol.as_str().unwrap()), "{name}");
    }
}

#[test]
fn a_name_that_holds_the_patients_is_withheld() {
    let plan = pelvis().bytes();
    let files = [("plan-synthetic-1.dcm".to_string(), plan)];
    let args = ["inspect", "plan-synthetic-1.dcm"];
    let hidden = build(&args, &files);
    assert_eq!(hidden["inputs"][0]["sha256"], sha256(&files[0].1));
    assert!(!hidden.to_string().contains("synthetic-1"), "{hidden:#}");
    let shown = build(&[&args[..], &["--show-patient"]].concat(), &files);
    assert_eq!(shown["inputs"][0]["name"], "plan-synthetic-1.dcm");
}

#[test]
fn a_format_of_others_has_no_foot() {
    let args = ["protocol", "schema"];
    assert_eq!(told(&args, &[]).stdout.as_bytes(), chemorad(&args).stdout);
    for format in ["sarif", "junit", "github"] {
        let args = ["protocol", "lint", "--all", "--format", format];
        assert_eq!(
            told(&args, &[]).stdout.as_bytes(),
            chemorad(&args).stdout,
            "{format}"
        );
    }
    let records = [
        "cohort",
        "cohort.csv",
        "--site",
        "site.toml",
        "--intensity",
        "825 mg/m2 bid",
    ];
    let read = files(&["cohort.csv", "site.toml"]);
    let output = told(&[&records[..], &["-o", "out.csv"]].concat(), &read);
    let records = String::from_utf8(output.files[0].bytes.clone()).unwrap();
    assert!(!records.contains("build"), "{records}");
}

#[test]
fn the_program_knows_its_own_file() {
    let wanted = json!({"bytes": 7, "sha256": sha256(b"program")});
    for args in [&["version", "--verbose"][..], &["selftest", "--quick"]] {
        let told = build(args, &[]);
        assert_eq!(told["executable"], wanted, "{args:?}");
        assert!(told["protocols"].as_array().unwrap().len() > 20);
    }
    let text = told(&["selftest", "--quick"], &[]).stdout;
    assert!(text.contains(&sha256(b"program")[..20]), "{text}");
    // a page has no file of its own
    let version = strict(&chemorad(&["version", "--verbose", "--format", "json"]).stdout);
    assert!(version["build"].get("executable").is_none());
}
