//! `check` as a dosimetrist meets it: synthetic plans for the arms of the trial, and the samples of two
//! open-source projects when they are there.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::strict_json::strict;
use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};
use serde_json::Value;
use tempfile::TempDir;

use crate::fixtures;
use crate::harness::{Answer, chemorad, chemorad_in};

const ALONE: &[&str] = &[
    "--protocol",
    "NCT06949098",
    "--arm",
    "low_risk",
    "--option",
    "radiotherapy_alone",
];
const ADJUVANT: &[&str] = &["--protocol", "NCT06949098", "--arm", "adverse"];
const ESCALATED: &[&str] = &[
    "--protocol",
    "NCT06949098",
    "--option",
    "dose_escalated_chemoradiotherapy",
];

/// A folder with every fixture.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_all(folder.path());
    folder
}

fn write_all(folder: &Path) {
    for (name, bytes) in fixtures::all() {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}

/// The fixtures for a look by hand: `FIXTURES=folder cargo test -p chemorad-cli write_fixtures -- --ignored`.
#[test]
#[ignore = "writes files for a look by hand"]
fn write_fixtures() {
    write_all(Path::new(&std::env::var_os("FIXTURES").unwrap()));
}

fn run(folder: &Path, files: &[&str], args: &[&[&str]]) -> Answer {
    chemorad_in(folder, &[&["check"], files, &args.concat()].concat())
}

fn json(folder: &Path, files: &[&str], args: &[&[&str]]) -> (Value, Option<i32>) {
    let output = run(
        folder,
        files,
        &[args.concat().as_slice(), &["--format", "json"]],
    );
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    (strict(&output.stdout), output.exit)
}

/// The text as if on a line of any width.
fn one_line(answer: &Answer) -> String {
    let text = String::from_utf8_lossy(&answer.stdout);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everything but what passed or does not apply: `code outcome`.
fn remarks(check: &Value) -> Vec<String> {
    check["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| f["outcome"] != "pass" && f["outcome"] != "not_applicable")
        .map(|f| {
            format!(
                "{} {}",
                f["code"].as_str().unwrap(),
                f["outcome"].as_str().unwrap()
            )
        })
        .collect()
}

fn finding<'v>(check: &'v Value, code: &str, at: &str) -> &'v Value {
    let findings = check["findings"].as_array().unwrap();
    findings
        .iter()
        .find(|f| f["code"] == code && f["at"].as_str().unwrap().contains(at))
        .unwrap_or_else(|| panic!("{code} at {at}: {findings:#?}"))
}

#[track_caller]
fn refused(folder: &Path, files: &[&str], args: &[&[&str]], part: &str) {
    let output = run(folder, files, args);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.exit, Some(2), "{message}");
    assert!(output.stdout.is_empty());
    assert!(message.contains(part), "{message}");
    assert_eq!(message.matches("error:").count(), 1, "{message}");
}

/// What each fixture must be told, alone against 45 Gy in 25.
#[test]
fn every_fault_is_told() {
    let folder = folder();
    for (file, remarks_wanted, code) in [
        ("pelvis.dcm", &[][..], 0),
        ("implicit-header.dcm", &["file.header warn"], 0),
        ("other-syntax.dcm", &["file.transfer_syntax warn"], 0),
        (
            "one-fraction-too-many.dcm",
            &["rx.fractions fail", "rx.total fail", "plan.beam_sum fail"],
            1,
        ),
        // 18 x 2.5 Gy = 45 Gy: only n and d tell
        (
            "other-fractions-same-total.dcm",
            &["rx.fractions fail", "rx.dose_per_fraction fail"],
            1,
        ),
        (
            "two-targets.dcm",
            &[
                "plan.multiple_targets warn",
                "rx.prescription fail",
                "plan.beam_sum warn",
            ],
            1,
        ),
        (
            "no-prescription.dcm",
            &[
                "rx.prescription cannot_tell",
                "plan.beam_sum cannot_tell",
                "rx.volume_match cannot_tell",
            ],
            3,
        ),
        (
            "target-without-dose.dcm",
            &["rx.prescription cannot_tell", "plan.beam_sum cannot_tell"],
            3,
        ),
        (
            "beams-without-dose.dcm",
            &["plan.beam_dose cannot_tell", "plan.beam_sum cannot_tell"],
            3,
        ),
        ("setup-beams.dcm", &[], 0),
        (
            "centigray.dcm",
            &[
                "rx.dose_per_fraction fail",
                "rx.total fail",
                "rx.prescription fail",
            ],
            1,
        ),
        ("unapproved.dcm", &["plan.approval warn"], 0),
        ("rejected.dcm", &["plan.approval fail"], 1),
        ("approval-not-stated.dcm", &["plan.approval cannot_tell"], 3),
        ("verification.dcm", &["plan.intent fail"], 1),
        // compared as numbers, and no more
        ("ion.dcm", &["plan.kind cannot_tell"], 3),
        (
            "brachytherapy.dcm",
            &[
                "rx.fractions fail",
                "rx.dose_per_fraction fail",
                "rx.total fail",
                "plan.kind cannot_tell",
                "plan.beam_sum fail",
            ],
            1,
        ),
        (
            "beam-sum.dcm",
            &["rx.prescription fail", "plan.beam_sum fail"],
            1,
        ),
        ("at-two-points.dcm", &["plan.beam_sum cannot_tell"], 3),
        (
            "beam-in-no-group.dcm",
            &["plan.beam_in_no_group cannot_tell"],
            3,
        ),
        ("without-meterset.dcm", &["plan.beam_dose cannot_tell"], 3),
        ("neutrons.dcm", &["plan.radiation fail"], 1),
        // 44.99 Gy for 45 Gy is the rounding of beam doses
        ("rounded-beams.dcm", &[], 0),
    ] {
        let (check, exit) = json(folder.path(), &[file], &[ALONE]);
        assert_eq!(remarks(&check), remarks_wanted, "{file}");
        assert_eq!(exit, Some(code), "{file}");
    }
    let typed = &["--prescribed", "28Gy/4"][..];
    let (brachytherapy, exit) = json(folder.path(), &["brachytherapy.dcm"], &[typed]);
    assert_eq!(finding(&brachytherapy, "rx.total", "")["outcome"], "pass");
    let kind = finding(&brachytherapy, "plan.kind", "");
    assert!(
        kind["message"]
            .as_str()
            .unwrap()
            .contains("dwell times were not")
    );
    // its target says 45 Gy
    assert_eq!(exit, Some(1));
}

#[test]
fn a_finding_has_the_keys_tools_rely_on() {
    let folder = folder();
    let (check, _) = json(folder.path(), &["rounded-beams.dcm"], &[ALONE]);
    assert_eq!(check["outcome"], "pass");
    let total = finding(&check, "rx.total", "phase pelvis");
    assert_eq!(total["outcome"], "pass");
    assert_eq!(total["expected"], "45 Gy");
    assert_eq!(total["found"], "44.99 Gy");
    assert_eq!(total["difference"], "-0.01 Gy (-0.022 %)");
    assert_eq!(total["tolerance"], "less than 0.1 % = 0.045 Gy");
    assert_eq!(total["arithmetic"], "25 x 1.7996 Gy = 44.99 Gy");
    let dose = finding(&check, "rx.dose_per_fraction", "phase pelvis");
    assert_eq!(
        dose["arithmetic"],
        "0.899800 (beam 1) + 0.899800 (beam 2) = 1.7996 Gy"
    );
    assert_eq!(check["inputs"][0]["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(
        check["not_read"][0],
        "rounded-beams.dcm: control points of the beams (other than their meterset weights)"
    );
    assert_eq!(check["tolerances"][0]["name"], "dose_per_fraction");
    assert_eq!(check["tolerances"][0]["limit"], "0.005 Gy");
    assert!(
        check["notice"]
            .as_str()
            .unwrap()
            .contains("cleared by no authority")
    );
    assert!(check["rule"].as_str().unwrap().contains("order of files"));
}

#[test]
fn courses_of_every_arm() {
    let folder = folder();
    for (files, arm) in [
        (&["pelvis.dcm", "boost.dcm"][..], ADJUVANT),
        (&["boost.dcm", "pelvis.dcm"], ADJUVANT),
        (&["dose.dcm", "boost.dcm", "pelvis.dcm"], ADJUVANT),
        (&["pelvis.dcm", "escalated-boost.dcm"], ESCALATED),
    ] {
        let (check, exit) = json(folder.path(), files, &[arm]);
        assert_eq!(remarks(&check), Vec::<String>::new(), "{files:?}");
        assert_eq!(exit, Some(0), "{files:?}");
    }
    // one plan with a group for each phase; two targets, each its own volume's, as prescribed
    for (file, arm, total) in [
        ("course.dcm", ADJUVANT, "50.4 Gy"),
        ("escalated-course.dcm", ESCALATED, "59.4 Gy"),
    ] {
        let (check, exit) = json(folder.path(), &[file], &[arm]);
        assert_eq!(remarks(&check), Vec::<String>::new(), "{file}");
        assert_eq!(exit, Some(0));
        assert_eq!(
            finding(&check, "rx.total", "volume tumour bed")["found"],
            total
        );
    }
    // the wrong boost for the arm
    let (check, exit) = json(folder.path(), &["pelvis.dcm", "boost.dcm"], &[ESCALATED]);
    assert_eq!(exit, Some(1));
    let fractions = finding(&check, "rx.fractions", "escalated boost");
    assert_eq!(
        (&fractions["expected"], &fractions["found"]),
        (&"8".into(), &"3".into())
    );
    // no boost at all
    let (check, exit) = json(folder.path(), &["pelvis.dcm"], &[ADJUVANT]);
    assert_eq!(exit, Some(1));
    assert_eq!(
        remarks(&check),
        ["rx.phases fail", "rx.phases fail", "rx.total fail"]
    );
    // the cumulative dose in the boost plan
    let (check, exit) = json(
        folder.path(),
        &["cumulative-boost.dcm", "pelvis.dcm"],
        &[ADJUVANT],
    );
    assert_eq!(remarks(&check), ["plan.beam_sum warn"]);
    assert_eq!(exit, Some(0));
    // the order, where a plan says it
    let (check, _) = json(
        folder.path(),
        &["boost-after-pelvis.dcm", "pelvis.dcm"],
        &[ADJUVANT],
    );
    assert_eq!(finding(&check, "rx.phases", "order")["outcome"], "pass");
    // plans of two patients are no course
    let (check, exit) = json(
        folder.path(),
        &["pelvis.dcm", "other-patient.dcm"],
        &[ADJUVANT],
    );
    assert_eq!(
        (remarks(&check), exit),
        (vec!["plan.patient fail".to_string()], Some(1))
    );
    // 5 + 20 fractions are not 25
    let (check, exit) = json(folder.path(), &["three-groups.dcm"], &[ADJUVANT]);
    assert_eq!(exit, Some(1));
    assert!(
        finding(&check, "rx.phases", "course")["message"]
            .as_str()
            .unwrap()
            .contains("more fraction groups")
    );
    // until they are said to be one phase
    let by_hand = [
        "--map",
        "three-groups.dcm#1=pelvis",
        "--map",
        "three-groups.dcm#2=pelvis",
        "--target",
        "PTV=tumour bed",
    ];
    let (check, exit) = json(folder.path(), &["three-groups.dcm"], &[ADJUVANT, &by_hand]);
    assert_eq!(
        (remarks(&check), exit),
        (vec!["rx.phases warn".to_string()], Some(0))
    );
}

/// Pelvis and boost in one file, as planning systems write them.
#[test]
fn linked_fraction_groups() {
    const TYPED: &[&str] = &[
        "--prescribed",
        "pelvis=45Gy/25",
        "--prescribed",
        "boost=5.4Gy/3",
    ];
    const NAMES: &[&str] = &["--target", "Apelve=pelvis", "--target", "BBoost=tumour bed"];
    let folder = folder();
    for args in [&[TYPED][..], &[ADJUVANT, NAMES]] {
        let (check, exit) = json(folder.path(), &["linked.dcm"], args);
        assert_eq!(remarks(&check), Vec::<String>::new());
        assert_eq!((check["outcome"].as_str(), exit), (Some("pass"), Some(0)));
        let (check, exit) = json(folder.path(), &["unlinked.dcm"], args);
        assert_eq!((check["outcome"].as_str(), exit), (Some("warn"), Some(0)));
        let (check, exit) = json(folder.path(), &["linked-centigray.dcm"], args);
        assert_eq!(exit, Some(1));
        let message = finding(&check, "rx.prescription", "Apelve")["message"].to_string();
        assert!(message.contains("its fraction groups another"), "{message}");
        assert!(message.contains("centigray"), "{message}");
        let beams = finding(&check, "plan.beam_sum", "Apelve, fraction group 1");
        assert!(
            beams["message"].to_string().contains("centigray"),
            "{beams}"
        );
        let (_, exit) = json(folder.path(), &["linked-crosswise.dcm"], args);
        assert_eq!(exit, Some(1));
    }
}

/// A simultaneous boost typed, in CSV and in JSON.
#[test]
fn prescriptions_to_several_volumes() {
    const BOOSTED: &[&str] = &[
        "--prescribed",
        "x@low=50.4Gy/28",
        "--prescribed",
        "x@high=58.8Gy/28",
    ];
    let here = tempfile::tempdir().unwrap();
    let at = here.path();
    let csv = "phase,volume,fractions,total\nx,low,28,50.4 Gy\nx,high,28,58.8 Gy\n";
    std::fs::write(at.join("right.csv"), csv).unwrap();
    std::fs::write(at.join("wrong.csv"), csv.replace("58.8", "60.2")).unwrap();
    let json_of = |high: &str| {
        format!(
            r#"[{{"phase": "x", "volume": "low", "fractions": 28, "total": "50.4 Gy"}},
               {{"phase": "x", "volume": "high", "fractions": 28, "total": "{high} Gy"}}]"#
        )
    };
    std::fs::write(at.join("right.json"), json_of("58.8")).unwrap();
    std::fs::write(at.join("wrong.json"), json_of("60.2")).unwrap();
    for (file, code) in [
        ("right.csv", 0),
        ("wrong.csv", 1),
        ("right.json", 0),
        ("wrong.json", 1),
    ] {
        let (check, exit) = json(at, &[file], &[BOOSTED]);
        assert_eq!(exit, Some(code), "{file}: {check:#}");
    }
    let typed = |high: &'static str| {
        json(
            at,
            &[],
            &[
                BOOSTED,
                &["--planned", "x@low=50.4Gy/28", "--planned", high],
            ],
        )
        .1
    };
    assert_eq!(typed("x@high=58.8Gy/28"), Some(0));
    assert_eq!(typed("x@high=50.4Gy/28"), Some(1));
    refused(
        at,
        &["right.csv"],
        &[&[
            "--prescribed",
            "x@low=50.4Gy/28",
            "--prescribed",
            "58.8Gy/28",
        ]],
        "every one its volume",
    );
}

/// What the beams of real plans state: the dose of a point, or nothing.
#[test]
fn beam_doses_of_other_planning_systems() {
    const ACCEPTED: &[&str] = &["--accept-stated-dose", "second calculation of 7 December"];
    let folder = folder();
    let prescribed = |dose: &'static str| [&["--prescribed", dose][..]].concat();
    let (check, exit) = json(
        folder.path(),
        &["at-a-point.dcm"],
        &[&prescribed("40.05Gy/15")],
    );
    assert_eq!(
        (remarks(&check), exit),
        (vec!["plan.beam_sum warn".to_string()], Some(0))
    );
    let beams = finding(&check, "plan.beam_sum", "SNC");
    assert!(
        beams["message"]
            .as_str()
            .unwrap()
            .contains("at (1, 70, 0) mm")
    );
    assert_eq!(beams["tolerance"], "less than 25 % = 10.0125 Gy");
    let (check, exit) = json(
        folder.path(),
        &["quality-assurance.dcm"],
        &[&prescribed("20Gy/10")],
    );
    assert_eq!((remarks(&check), exit), (vec![], Some(0)));
    // it is no prescription, and a person reads that it was not compared
    let output = run(
        folder.path(),
        &["quality-assurance.dcm"],
        &[&prescribed("20Gy/10")],
    );
    let page = String::from_utf8(output.stdout).unwrap();
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        page.contains("for quality assurance, and not compared: QA point 21.785 Gy"),
        "{page}"
    );
    let (check, exit) = json(
        folder.path(),
        &["setup-fields-as-treatment.dcm"],
        &[&prescribed("41.4Gy/23")],
    );
    assert_eq!(
        (remarks(&check), exit),
        (vec!["plan.beam_dose warn".to_string()], Some(0))
    );
    assert_eq!(finding(&check, "rx.total", "")["found"], "41.40000046 Gy");
    // accepted for a reason, and not without
    for file in ["at-two-points.dcm", "beams-without-dose.dcm"] {
        let (check, exit) = json(folder.path(), &[file], &[ALONE, ACCEPTED]);
        assert_eq!((check["outcome"].as_str(), exit), (Some("warn"), Some(0)));
        let beams = finding(&check, "plan.beam_sum", file);
        assert!(beams["message"].as_str().unwrap().contains(ACCEPTED[1]));
    }
    let empty = &["--accept-stated-dose", ""][..];
    refused(
        folder.path(),
        &["pelvis.dcm"],
        &[ALONE, empty],
        "accept-stated-dose",
    );
}

#[test]
fn dose_files() {
    let folder = folder();
    for (dose, wanted, code) in [
        ("dose.dcm", &[][..], 0),
        ("dose-relative.dcm", &["dose.units cannot_tell"], 3),
        ("dose-centigray.dcm", &["dose.scale fail"], 1),
        ("dose-too-low.dcm", &["dose.scale fail"], 1),
        ("dose-a-little-low.dcm", &["dose.scale warn"], 0),
        ("dose-at-an-isodose.dcm", &["dose.scale warn"], 0),
        ("dose-elsewhere.dcm", &["dose.references_plan fail"], 1),
        ("dose-of-a-beam.dcm", &["dose.sum_type warn"], 0),
    ] {
        let (check, exit) = json(folder.path(), &[dose, "pelvis.dcm"], &[ALONE]);
        assert_eq!(remarks(&check), wanted, "{dose}");
        assert_eq!(exit, Some(code), "{dose}");
    }
    let (check, _) = json(
        folder.path(),
        &["dose-relative.dcm", "pelvis.dcm"],
        &[ALONE],
    );
    assert_eq!(
        finding(&check, "dose.scale", "")["outcome"],
        "not_applicable"
    );
    refused(
        folder.path(),
        &["dose.dcm"],
        &[ALONE],
        "no plan among the files",
    );
}

#[test]
fn the_same_total_in_other_fractions() {
    let folder = tempfile::tempdir().unwrap();
    let args: &[&str] = &["--planned", "20 x 1.8Gy", "--prescribed", "36Gy/12"];
    let (check, exit) = json(folder.path(), &[], &[args]);
    assert_eq!(
        remarks(&check),
        ["rx.fractions fail", "rx.dose_per_fraction fail"]
    );
    assert_eq!(finding(&check, "rx.total", "")["outcome"], "pass");
    assert_eq!(exit, Some(1));
    let text = one_line(&run(folder.path(), &[], &[args]));
    assert!(
        text.contains("8 fractions more are planned than prescribed"),
        "{text}"
    );
    assert!(
        text.contains("expected 3 Gy; found 1.8 Gy; difference -1.2 Gy"),
        "{text}"
    );
}

#[test]
fn typed_and_exported_prescriptions_go_through_the_same_checks() {
    let folder = tempfile::tempdir().unwrap();
    let typed = json(
        folder.path(),
        &[],
        &[
            ADJUVANT,
            &["--planned", "5.4Gy/3", "--planned", "pelvis=45Gy/25"],
        ],
    );
    assert_eq!((remarks(&typed.0), typed.1), (vec![], Some(0)));
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "export.csv",
        "Course,Plan,Fractions,Dose per fraction cGy,Total,Approval,First date\nC1,BOOST,3,180,5.4 Gy,approved,2027-01-11\nC1,PELVIS,25,180,4500 cGy,approved,2026-12-07\n",
    );
    let (csv, exit) = json(folder.path(), &["export.csv"], &[ADJUVANT]);
    assert_eq!((remarks(&csv), exit), (vec![], Some(0)));
    assert_eq!(finding(&csv, "rx.phases", "order")["outcome"], "pass");
    assert_eq!(csv["assigned"][0]["group"], "export.csv, line 2");
    write(
        "export.json",
        r#"[{"fractions": 3, "dose_per_fraction": "1.8 Gy"}, {"phase": "pelvis", "fractions": 25, "total": {"value": 45, "unit": "Gy"}}]"#,
    );
    let (other, exit) = json(folder.path(), &["export.json"], &[ADJUVANT]);
    assert_eq!((remarks(&other), exit), (vec![], Some(0)));
    // as spreadsheets write whole numbers
    write(
        "export.json",
        r#"[{"fractions": 3.0, "dose_per_fraction": "1.8 Gy"}, {"phase": "pelvis", "fractions": "25.0", "total": "45 Gy"}]"#,
    );
    let (other, exit) = json(folder.path(), &["export.json"], &[ADJUVANT]);
    assert_eq!((remarks(&other), exit), (vec![], Some(0)));
    // one fraction too many, whichever way it comes in
    write("wrong.csv", "fractions;total\n26;46.8 Gy\n3;5.4 Gy\n");
    let typed = json(
        folder.path(),
        &[],
        &[
            ADJUVANT,
            &["--planned", "46.8Gy/26", "--planned", "5.4Gy/3"],
        ],
    );
    let csv = json(folder.path(), &["wrong.csv"], &[ADJUVANT]);
    assert_eq!(
        remarks(&typed.0),
        ["rx.fractions fail", "rx.total fail", "rx.total fail"]
    );
    assert_eq!((remarks(&csv.0), csv.1), (remarks(&typed.0), typed.1));
}

/// A phase is compared or the text is refused: none vanishes into the name of the next one.
#[test]
fn a_typed_course_has_every_phase_it_names() {
    let folder = tempfile::tempdir().unwrap();
    let of = |prescribed: &str, planned: &str| {
        let args: &[&str] = &["--prescribed", prescribed, "--planned", planned];
        run(folder.path(), &[], &[args])
    };
    for course in [
        "pelvis=45Gy/25+boost=5.4Gy/3",
        "45Gy/25+boost=5.4Gy/3",
        "pelvis@low=45Gy/25 + boost@low=5.4Gy/3",
        "pelvis+nodes=45Gy/25",
    ] {
        assert_eq!(of(course, course).exit, Some(0), "{course}");
        let missing = of(course, "5.4Gy/3");
        assert_eq!(missing.exit, Some(1), "{course}");
    }
    for course in [
        "a=45Gy/25,b=5.4Gy/3",
        "45Gy/25 boost=5.4Gy/3",
        "a=b=5.4Gy/3",
    ] {
        assert_eq!(of(course, course).exit, Some(2), "{course}");
    }
}

/// As spreadsheets and other systems write them: nothing is taken that was not said.
#[test]
fn exports_of_other_forms_are_read_as_they_are_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let path = at.join("export.csv");
    let named = "Fx=fractions,Dose/Fx=dose_per_fraction_gy,Machine=skip";
    let french = &["--columns", named, "--decimal-comma"][..];
    for (text, args) in [
        ("fractions,total_gy\n25.0,45\n3.00,5.4\n", &[][..]),
        ("Fx;Dose/Fx;Machine\n25;1,8;A 1,5\n3,0;1,8 Gy;\n", french),
        ("Fx,Dose/Fx,Machine\n25,\"1,8\",\n3,\"1,80\",\n", french),
        (
            "fractions;total\n25;45,0 Gy\n3;5,4 Gy\n",
            &["--decimal-comma"],
        ),
    ] {
        std::fs::write(&path, text).unwrap();
        let (check, exit) = json(at, &["export.csv"], &[ADJUVANT, args]);
        assert_eq!((remarks(&check), exit), (vec![], Some(0)), "{text}");
    }
    // read, and still judged
    std::fs::write(&path, "Fx;Dose/Fx;Machine\n26;1,8;\n3;1,8;\n").unwrap();
    let (check, exit) = json(at, &["export.csv"], &[ADJUVANT, french]);
    assert_eq!(remarks(&check)[0], "rx.fractions fail");
    assert_eq!(exit, Some(1));
    for (text, args, part) in [
        (
            "fractions,total_gy\n25.5,45\n",
            &[][..],
            "fractions \"25.5\"",
        ),
        ("fractions,total_gy\n25.,45\n", &[], "fractions \"25.\""),
        ("fractions;total\n25;45,0 Gy\n", &[], "give --decimal-comma"),
        (
            "fractions;total_gy\n25;1.045,0\n",
            &["--decimal-comma"],
            "one comma",
        ),
        (
            "fractions;total_gy\n25;45.0\n",
            &["--decimal-comma"],
            "one comma",
        ),
        ("Fx,total_gy\n25,45\n", &[], "--columns Fx=fractions"),
        // what is proposed is executed by no shell
        ("$(x),total_gy\n25,45\n", &[], "--columns '$(x)=fractions'"),
        (
            "Fx,total_gy\n25,45\n",
            &["--columns", "F=fractions"],
            "no such column",
        ),
        (
            "Fx,total_gy\n25,45\n",
            &["--columns", "Fx=fx"],
            "no column is called \"fx\"",
        ),
        (
            "Fx,total_gy\n25,45\n",
            &["--columns", "Fx"],
            "write HEADER=COLUMN",
        ),
        (
            "Fx,fractions,total_gy\n25,25,45\n",
            &["--columns", "Fx=fractions"],
            "comes twice",
        ),
        (
            "Fx,total_gy\n25,45\n",
            &["--columns", "Fx=fractions,Fx=skip"],
            "to --columns twice",
        ),
    ] {
        std::fs::write(&path, text).unwrap();
        refused(at, &["export.csv"], &[ADJUVANT, args], part);
    }
    std::fs::write(at.join("export.json"), "[{\"fractions\": 25}]").unwrap();
    refused(
        at,
        &["export.json"],
        &[ADJUVANT, &["--decimal-comma"]],
        "are for CSV",
    );
}

/// What lines name, how each is written, and the arguments for it.
type Lines<'a> = (&'a str, fn(usize) -> String, &'a [&'a str]);

/// Thousands of lines are read and compared, whether they name a phase, a volume, a course or none.
#[test]
fn a_long_export_is_compared_line_by_line() {
    use std::fmt::Write as _;
    let folder = tempfile::tempdir().unwrap();
    let (path, args) = (
        folder.path().join("export.csv"),
        ["--prescribed", "a=45Gy/25", "--prescribed", "b=5.4Gy/3"],
    );
    let lines: [Lines<'_>; 5] = [
        ("a plan", |n| format!(",p{n},,"), &[]),
        ("a phase", |_| ",,a,".into(), &[]),
        ("a phase and volume", |_| ",,a,target".into(), &[]),
        ("volumes", |n| format!(",,a,v{n}"), &[]),
        ("a course", |n| format!("c{n},,a,"), &["--each"]),
    ];
    for (what, line, each) in lines {
        let mut text = String::from("course,plan,phase,volume,fractions,total_gy\n");
        for n in 0..2_000 {
            writeln!(text, "{},25,45", line(n)).unwrap();
        }
        std::fs::write(&path, text).unwrap();
        let file = path.to_str().unwrap();
        let answer = chemorad(&[&["check", file], &args[..], each].concat());
        assert_eq!(answer.exit, Some(1), "{what}");
    }
}

#[test]
fn bad_lines_are_errors_with_their_number() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.csv");
    for (text, part) in [
        ("fractions,total\n25,45\n", "line 2: total: "),
        (
            "fractions,total\n25,45 Gy\n3.5,5.4 Gy\n",
            "line 3: fractions \"3.5\": write a whole number",
        ),
        (
            "fractions,total\n25,45 Gy\n\n3,5.4 Gy,x\n",
            "line 4: 3 fields, and 2 columns",
        ),
        ("fractions,total_gy\n25,4500\n", "line 2: total: "),
        (
            "fractions,dose\n25,45\n",
            "no column is called \"dose\"; there are: course",
        ),
        (
            "total,total_gy\n45 Gy,45\n",
            "the column total_gy comes twice",
        ),
        (
            "fractions,dose_per_fraction_gy\n25,180 cGy\n",
            "line 2: dose_per_fraction: ",
        ),
        (
            "fractions,first_date\n25,7.12.2026\n",
            "line 2: first_date \"7.12.2026\"",
        ),
        ("course,fractions\nC1,\n", "line 2: none of fractions"),
        ("course,fractions\nC1,0\n", "line 2: 0 fractions"),
        ("fractions\n", "it holds no prescription"),
        ("fractions;total\n25;45,0 Gy\n", "comma"),
        (
            "course,fractions,total\nA,25,45 Gy\nB,25,45 Gy\n",
            "holds 2 courses",
        ),
        (
            "phase,fractions,total\npelvic,25,45 Gy\n",
            "no phase \"pelvic\"; there are: pelvis, boost",
        ),
    ] {
        std::fs::write(&path, text).unwrap();
        refused(folder.path(), &["export.csv"], &[ADJUVANT], part);
    }
    let path = folder.path().join("export.json");
    for (text, part) in [
        ("[{\"fractions\": 25,\n \"total\": 45}]", "line 2"),
        (
            "[{\"fractions\": 25, \"dose\": \"45 Gy\"}]",
            "the field `dose` is not known here",
        ),
        ("{}", "must be a list"),
        (
            "[{\"fractions\": 25.5, \"total\": \"45 Gy\"}]",
            "line 1: found the number 25.5, needed a whole number of fractions",
        ),
        (
            "[{\"fractions\": 25, \"total_gy\": 45}]",
            "the field `total_gy` is not known here",
        ),
        (
            "[{\"fractions\": 25, \"first_date\": \"07.12.2026\"}]",
            "is not a date; write 2026-12-07",
        ),
        ("[]", "it holds no prescription"),
        ("[{}]", "item 1: none of fractions"),
    ] {
        std::fs::write(&path, text).unwrap();
        refused(folder.path(), &["export.json"], &[ADJUVANT], part);
    }
}

#[test]
fn what_is_asked_for_is_named() {
    let folder = folder();
    let at = folder.path();
    refused(at, &["pelvis.dcm"], &[], "Give --protocol with its arm");
    refused(at, &[], &[ADJUVANT], "what is to be checked?");
    refused(
        at,
        &["pelvis.dcm"],
        &[&["--protocol", "NCT06949098"]],
        "low_risk, adverse, positive_margin, upstaged",
    );
    refused(
        at,
        &["pelvis.dcm"],
        &[&["--protocol", "NCT06949098", "--arm", "positive_margin"]],
        "re_excision_then_chemoradiotherapy, dose_escalated_chemoradiotherapy",
    );
    refused(
        at,
        &["pelvis.dcm"],
        &[&["--protocol", "NCT0"]],
        "there is: NCT06949098",
    );
    refused(
        at,
        &["pelvis.dcm"],
        &[ADJUVANT, &["--tolerance", "total=10%"]],
        "above 5 %",
    );
    refused(
        at,
        &["pelvis.dcm"],
        &[ADJUVANT, &["--map", "pelvis.dcm=pelvic"]],
        "there are: pelvis, boost",
    );
    refused(
        at,
        &["pelvis.dcm"],
        &[ADJUVANT, &["--phase", "pelvic"]],
        "there are: pelvis, boost",
    );
    refused(at, &["no-such.dcm"], &[ADJUVANT], "cannot read it");
    refused(
        at,
        &["pelvis.dcm"],
        &[ADJUVANT, &["--report", "report.txt"]],
        "must end in .html",
    );
    std::fs::write(at.join("notes.txt"), "not DICOM").unwrap();
    refused(at, &["notes.txt"], &[ADJUVANT], "not a DICOM file");
}

#[test]
fn a_protocol_in_a_file_is_the_same() {
    let folder = folder();
    let shown = chemorad(&["protocol", "show", "NCT06949098", "--format", "json"]);
    let mut protocol = strict(&shown.stdout);
    for key in ["notice", "version", "build"] {
        protocol.as_object_mut().unwrap().remove(key);
    }
    std::fs::write(folder.path().join("trial.json"), protocol.to_string()).unwrap();
    let mut file = json(
        folder.path(),
        &["pelvis.dcm", "boost.dcm"],
        &[&["--protocol", "trial.json", "--arm", "adverse"]],
    );
    let mut builtin = json(folder.path(), &["pelvis.dcm", "boost.dcm"], &[ADJUVANT]);
    // each says itself where its protocol is from
    let [of_file, of_builtin] = [&mut file, &mut builtin].map(|answer| answer.0["build"].take());
    assert_eq!(file, builtin);
    assert_eq!(
        of_file["protocols"][0]["id"],
        of_builtin["protocols"][0]["id"]
    );
    assert_eq!(of_file["inputs"].as_array().unwrap().len(), 3);
    assert_eq!(of_builtin["inputs"].as_array().unwrap().len(), 2);
    std::fs::write(folder.path().join("half.json"), "{\"id\": \"X\"}").unwrap();
    refused(
        folder.path(),
        &["pelvis.dcm"],
        &[&["--protocol", "half.json", "--arm", "a"]],
        "half.json",
    );
}

#[test]
fn one_bad_file_does_not_stop_the_rest() {
    let folder = folder();
    let at = folder.path();
    let bytes = std::fs::read(at.join("boost.dcm")).unwrap();
    std::fs::write(at.join("cut.dcm"), &bytes[..bytes.len() - 40]).unwrap();
    // what was not read could be the boost, so nothing is said to be missing
    let (check, exit) = json(at, &["pelvis.dcm", "cut.dcm"], &[ADJUVANT]);
    assert_eq!(exit, Some(2));
    assert_eq!(check["outcome"], "cannot_tell");
    assert_eq!(
        finding(&check, "rx.phases", "phase boost")["outcome"],
        "cannot_tell"
    );
    assert_eq!(check["not_checked"][0]["name"], "cut.dcm");
    assert!(
        check["not_checked"][0]["reason"]
            .as_str()
            .unwrap()
            .contains("cut off")
    );
    // a fail is worse than a file that cannot be read
    let (_, exit) = json(at, &["one-fraction-too-many.dcm", "cut.dcm"], &[ADJUVANT]);
    assert_eq!(exit, Some(1));
    refused(
        at,
        &["cut.dcm"],
        &[ADJUVANT],
        "cut.dcm: the file is cut off or corrupt",
    );
}

#[test]
fn every_file_on_its_own() {
    let folder = folder();
    let at = folder.path();
    std::fs::write(at.join("notes.txt"), "not DICOM").unwrap();
    std::fs::create_dir(at.join("deeper")).unwrap();
    std::fs::rename(at.join("rejected.dcm"), at.join("deeper/pelvis.dcm")).unwrap();
    let (all, exit) = json(at, &["."], &[ALONE, &["--each"]]);
    assert_eq!(exit, Some(1));
    assert_eq!(all["outcome"], "fail");
    assert_eq!(all["passed_over"], 1);
    let checks = all["checks"].as_array().unwrap();
    let plans = fixtures::all()
        .iter()
        .filter(|(name, _)| !name.starts_with("dose"))
        .count();
    assert_eq!(checks.len(), plans);
    let of = |name: &str| {
        checks
            .iter()
            .find(|check| check["sources"][0] == name)
            .unwrap()
    };
    assert_eq!(of("deeper/pelvis.dcm")["outcome"], "fail");
    assert_eq!(remarks(of("deeper/pelvis.dcm")), ["plan.approval fail"]);
    // doses go to the plan they refer to
    assert_eq!(of("pelvis.dcm")["sources"].as_array().unwrap().len(), 9);
    assert_eq!(all["not_checked"][0]["name"], "dose-elsewhere.dcm");
    // one phase alone: the boost plan is right
    let (all, exit) = json(
        at,
        &["boost.dcm", "cumulative-boost.dcm"],
        &[ADJUVANT, &["--each", "--phase", "boost"]],
    );
    assert_eq!(exit, Some(0));
    assert_eq!(all["checks"][0]["outcome"], "pass");
    assert_eq!(all["checks"][1]["outcome"], "warn");
    let text = String::from_utf8(run(at, &["."], &[ALONE, &["--each"]]).stdout).unwrap();
    assert!(
        text.lines()
            .any(|line| line.contains("one-fraction-too-many") && line.contains("26 x 1.8 Gy")),
        "{text}"
    );
    // courses of an export
    std::fs::write(
        at.join("e.csv"),
        "course,fractions,total\nA,25,45 Gy\nB,26,46.8 Gy\n",
    )
    .unwrap();
    let (all, exit) = json(at, &["e.csv"], &[ALONE, &["--each"]]);
    assert_eq!(exit, Some(1));
    assert_eq!(all["checks"][0]["sources"][0], "e.csv, course A");
    assert_eq!(
        (&all["checks"][0]["outcome"], &all["checks"][1]["outcome"]),
        (&"pass".into(), &"fail".into())
    );
}

#[test]
fn tolerances_given_are_shown() {
    let folder = folder();
    let given = [
        "--tolerance",
        "total=0%",
        "--tolerance",
        "dose_per_fraction=0.01cGy",
    ];
    let (check, exit) = json(folder.path(), &["rounded-beams.dcm"], &[ALONE, &given]);
    assert_eq!(
        remarks(&check),
        ["rx.dose_per_fraction fail", "rx.total fail"]
    );
    assert_eq!(exit, Some(1));
    let text = one_line(&run(folder.path(), &["pelvis.dcm"], &[ALONE, &given]));
    assert!(
        text.contains("GIVEN BY THE USER in place of 0.005 Gy"),
        "{text}"
    );
}

#[test]
fn the_patient_is_shown_only_when_asked_for() {
    let folder = folder();
    let at = folder.path();
    // a file that is named after the patient
    std::fs::rename(at.join("pelvis.dcm"), at.join("RP.SYNTHETIC-1.dcm")).unwrap();
    for format in ["text", "json"] {
        let args = ["--format", format, "--report", "report.html", "--force"];
        let read = |extra: &[&str]| {
            let output = run(at, &["RP.SYNTHETIC-1.dcm"], &[ALONE, &args, extra]);
            let mut text = String::from_utf8(output.stdout).unwrap();
            text.push_str(&std::fs::read_to_string(at.join("report.html")).unwrap());
            text.to_lowercase()
        };
        let hidden = read(&[]);
        assert!(!hidden.contains("synthetic"), "{hidden}");
        let shown = read(&["--show-patient"]);
        assert!(
            shown.contains("synthetic^plan") && shown.contains("synthetic-1"),
            "{shown}"
        );
    }
}

#[test]
fn the_report_is_one_page_that_needs_nothing_else() {
    let folder = folder();
    let at = folder.path();
    let output = run(
        at,
        &["boost.dcm", "one-fraction-too-many.dcm", "dose.dcm"],
        &[ADJUVANT, &["--report", "r.html"]],
    );
    assert_eq!(output.exit, Some(1));
    let page = std::fs::read_to_string(at.join("r.html")).unwrap();
    for part in [
        "<!DOCTYPE html>",
        "rx.fractions",
        "1 fraction more is planned than prescribed",
        "+1.8 Gy (+3.571 %)",
        "26 x 1.8 Gy = 46.8 Gy",
        "uhqd/PLANCHECK",
        "cleared by no authority",
        env!("CARGO_PKG_VERSION"),
        "Signature",
        "control points of the beams",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let (check, _) = json(at, &["boost.dcm"], &[ADJUVANT]);
    assert!(page.contains(check["inputs"][0]["sha256"].as_str().unwrap()));
    for outside in ["http://", "https://", "<script", "src=", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    // what a file says cannot become part of the page
    let hostile = fixtures::hostile();
    std::fs::write(at.join("hostile.dcm"), hostile).unwrap();
    let again: &[&str] = &["--report", "r.html", "--force"];
    run(at, &["hostile.dcm"], &[ALONE, again]);
    let page = std::fs::read_to_string(at.join("r.html")).unwrap();
    assert!(
        page.contains("&lt;script&gt;") && !page.contains("<script"),
        "{page}"
    );
}

#[test]
fn an_input_is_never_overwritten() {
    let folder = folder();
    let at = folder.path();
    std::fs::rename(at.join("pelvis.dcm"), at.join("pelvis.html")).unwrap();
    let before = std::fs::read(at.join("pelvis.html")).unwrap();
    refused(
        at,
        &["pelvis.html"],
        &[ALONE, &["--report", "./pelvis.html"]],
        "is there already",
    );
    refused(
        at,
        &["pelvis.html"],
        &[ALONE, &["--report", "./pelvis.html", "--force"]],
        "would overwrite",
    );
    refused(
        at,
        &["."],
        &[ALONE, &["--each", "--report", "pelvis.html", "--force"]],
        "would overwrite",
    );
    assert_eq!(std::fs::read(at.join("pelvis.html")).unwrap(), before);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("elsewhere.html", at.join("link.html")).unwrap();
        let output = run(at, &["pelvis.html"], &[ALONE, &["--report", "link.html"]]);
        assert_eq!(output.exit, Some(2));
        assert!(at.join("link.html").is_symlink() && !at.join("elsewhere.html").exists());
    }
    // nothing is written, and nothing is left, where the report cannot be written
    refused(
        at,
        &["pelvis.html"],
        &[ALONE, &["--report", "no/such/folder.html"]],
        "cannot write",
    );
    let left = std::fs::read_dir(at).unwrap().filter(|e| {
        e.as_ref()
            .unwrap()
            .path()
            .extension()
            .is_some_and(|ending| ending == "part")
    });
    assert_eq!(left.count(), 0);
}

/// Plan, dose and structure set exported together, and named by `*.dcm`.
#[test]
fn structures_beside_a_plan_are_named_with_what_is_compared() {
    let folder = folder();
    let at = folder.path();
    std::fs::write(at.join("structures.dcm"), fixtures::structures()).unwrap();
    let files = ["pelvis.dcm", "structures.dcm"];
    let (check, exit) = json(at, &files, &[ALONE]);
    assert_eq!((check["outcome"].as_str(), exit), (Some("pass"), Some(0)));
    assert_eq!(check["passed_over"], 0);
    assert_eq!(check["structure_sets"][0], "structures.dcm");
    let outcome = |check: &Value| {
        let found = finding(check, "plan.references_structures", "structures.dcm");
        found["outcome"].clone()
    };
    assert_eq!(outcome(&check), "pass");
    let text = String::from_utf8(run(at, &files, &[ALONE]).stdout).unwrap();
    assert!(
        text.replace('\n', " ").contains(
            "Of the structure set structures.dcm, only the patient, the reference of the plans and the regions of targets were compared."
        ),
        "{text}"
    );
    // that of another plan
    let mut other = crate::common::structures();
    let tag = tags::SOP_INSTANCE_UID;
    crate::common::text(&mut other, tag, VR::UI, "2.25.99");
    let bytes = crate::common::encoded(other, uids::EXPLICIT_VR_LITTLE_ENDIAN);
    std::fs::write(at.join("structures.dcm"), bytes).unwrap();
    let (check, exit) = json(at, &files, &[ALONE]);
    assert_eq!((outcome(&check), exit), ("cannot_tell".into(), Some(3)));
}

/// All files of a check are one person's, and a boost on a new CT is said.
#[test]
fn whose_plan_whose_dose() {
    let folder = folder();
    let at = folder.path();
    let mut structures = crate::common::structures();
    crate::common::text(&mut structures, tags::PATIENT_ID, VR::LO, "synthetic-2");
    let structures = crate::common::encoded(structures, uids::EXPLICIT_VR_LITTLE_ENDIAN);
    std::fs::write(at.join("their-structures.dcm"), structures).unwrap();
    std::fs::write(at.join("structures.dcm"), fixtures::structures()).unwrap();
    let both = ["pelvis.dcm", "boost.dcm"];
    for (files, wanted, exit) in [
        (
            vec!["pelvis.dcm", "boost.dcm", "structures.dcm"],
            &[][..],
            0,
        ),
        (
            vec![both[0], both[1], "dose-of-another-patient.dcm"],
            &["plan.patient fail"],
            1,
        ),
        (
            vec![both[0], both[1], "their-structures.dcm"],
            &["plan.patient fail"],
            1,
        ),
        (vec!["person.dcm", "boost.dcm"], &[], 0),
        (
            vec!["person.dcm", "one-id-two-people.dcm"],
            &["plan.patient cannot_tell"],
            3,
        ),
        (
            vec!["on-a-ct.dcm", "on-a-new-ct.dcm"],
            &["plan.frame_of_reference warn"],
            0,
        ),
    ] {
        let (check, code) = json(at, &files, &[ADJUVANT]);
        assert_eq!(remarks(&check), wanted, "{files:?}");
        assert_eq!(code, Some(exit), "{files:?}");
    }
    // each plan on its own is held against the structures that it names
    let files = ["pelvis.dcm", "their-structures.dcm"];
    let (check, exit) = json(at, &files, &[ALONE, &["--each"]]);
    assert_eq!(remarks(&check["checks"][0]), ["plan.patient fail"]);
    assert_eq!(exit, Some(1));
}

#[test]
fn plans_are_assigned_by_any_of_their_names() {
    let folder = folder();
    let at = folder.path();
    std::fs::create_dir(at.join("a")).unwrap();
    std::fs::rename(at.join("boost.dcm"), at.join("a/boost.dcm")).unwrap();
    // not shown, as it is the patient's
    std::fs::rename(at.join("pelvis.dcm"), at.join("SYNTHETIC-1.dcm")).unwrap();
    for (pelvis, boost) in [
        ("SYNTHETIC-1.dcm", "boost.dcm"),
        ("./SYNTHETIC-1.dcm", "a/boost.dcm"),
        ("PELVIS", "BOOST"),
        ("PELVIS#1", "boost.dcm#1"),
    ] {
        let map = [
            "--map".to_string(),
            format!("{pelvis}=pelvis"),
            "--map".to_string(),
            format!("{boost}=boost"),
        ];
        let map: Vec<&str> = map.iter().map(String::as_str).collect();
        let (check, exit) = json(at, &["a/boost.dcm", "./SYNTHETIC-1.dcm"], &[ADJUVANT, &map]);
        assert_eq!(
            check["assigned"][0]["because"], "assigned by hand",
            "{pelvis}"
        );
        assert_eq!(check["assigned"][1]["phase"], "pelvis");
        assert_eq!(exit, Some(0));
        assert!(!check.to_string().contains("SYNTHETIC"));
    }
    // by hand against the numbers: compared with what it was assigned to
    let (check, exit) = json(
        at,
        &["a/boost.dcm", "./SYNTHETIC-1.dcm"],
        &[
            ADJUVANT,
            &["--map", "boost.dcm=pelvis", "--map", "PELVIS=boost"],
        ],
    );
    assert_eq!(exit, Some(1));
    assert_eq!(
        finding(&check, "rx.fractions", "phase pelvis")["found"],
        "3"
    );
    for (map, part) in [
        (
            "course.dcm=boost",
            "2 fraction groups are meant by that; there are: course.dcm#1, course.dcm#2",
        ),
        (
            "course.dcm#3=boost",
            "0 fraction groups are meant by that; there are: course.dcm#1, course.dcm#2",
        ),
        ("other.dcm=boost", "there are: course.dcm#1, course.dcm#2"),
        ("course.dcm#1=bost", "there are: pelvis, boost"),
        ("course.dcm#1", "write PLAN=PHASE or PLAN#NUMBER=PHASE"),
    ] {
        refused(at, &["course.dcm"], &[ADJUVANT, &["--map", map]], part);
    }
    refused(
        at,
        &["course.dcm"],
        &[
            ADJUVANT,
            &["--map", "course.dcm#1=boost", "--map", "COURSE#1=pelvis"],
        ],
        "this fraction group was assigned before",
    );
    refused(
        at,
        &["course.dcm"],
        &[ADJUVANT, &["--target", "PTV=bed"]],
        "there are: pelvis, tumour bed",
    );
    // a name that nothing has is a slip
    refused(
        at,
        &["course.dcm"],
        &[ADJUVANT, &["--target", "PTV=pelvis"]],
        "no target of the plans is called \"PTV\"; there are: \"pelvis\", \"tumour bed\"",
    );
    // what stands for a name that is the patient's
    let (_, exit) = json(
        at,
        &["a/boost.dcm", "SYNTHETIC-1.dcm"],
        &[
            ADJUVANT,
            &["--map", "file 2 (name not shown)=pelvis"],
            &["--map", "a/boost.dcm=boost"],
        ],
    );
    assert_eq!(exit, Some(0));
}

/// Files that do not say whom they are for, that cannot be read or that are not needed have names too.
#[test]
fn names_of_other_files_that_name_the_patient_are_withheld() {
    let folder = folder();
    let at = folder.path();
    let named = |name: &str, bytes: &[u8]| std::fs::write(at.join(name), bytes).unwrap();
    named("SS.SYNTHETIC-1.dcm", &fixtures::structures());
    named("bad.SYNTHETIC-1.dcm", b"not DICOM");
    let mut nobody = crate::common::dose().object();
    crate::common::text(&mut nobody, tags::PATIENT_ID, VR::LO, "");
    crate::common::text(&mut nobody, tags::PATIENT_NAME, VR::PN, "");
    let bytes = crate::common::encoded(nobody, uids::EXPLICIT_VR_LITTLE_ENDIAN);
    named("RD.SYNTHETIC-1.dcm", &bytes);
    let files = [
        "pelvis.dcm",
        "SS.SYNTHETIC-1.dcm",
        "RD.SYNTHETIC-1.dcm",
        "bad.SYNTHETIC-1.dcm",
    ];
    for format in ["text", "json"] {
        let hidden = run(at, &files, &[ALONE, &["--format", format]]);
        let hidden = String::from_utf8(hidden.stdout).unwrap();
        assert!(!hidden.contains("SYNTHETIC"), "{hidden}");
        for number in 2..=4 {
            let stand_in = format!("file {number} (name");
            assert!(hidden.contains(&stand_in), "{stand_in}: {hidden}");
        }
        let shown = run(
            at,
            &files,
            &[ALONE, &["--format", format, "--show-patient"]],
        );
        let shown = String::from_utf8(shown.stdout).unwrap();
        for name in &files[1..] {
            assert!(shown.contains(name), "{name}: {shown}");
        }
    }
    let (check, _) = json(at, &files[..2], &[ALONE]);
    assert_eq!(check["inputs"].as_array().map(Vec::len), Some(2));
    assert!(check["inputs"][1]["sha256"].is_string());
}

#[cfg(unix)]
#[test]
fn folders_are_walked_to_their_end() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("plans");
    let elsewhere = folder.path().join("elsewhere");
    for folder in [&at, &elsewhere] {
        std::fs::create_dir(folder).unwrap();
    }
    let fixture = |name: &str| {
        let all = fixtures::all();
        all.into_iter().find(|(known, _)| *known == name).unwrap().1
    };
    std::fs::write(at.join("pelvis.dcm"), fixture("pelvis.dcm")).unwrap();
    std::fs::write(elsewhere.join("boost.dcm"), fixture("boost.dcm")).unwrap();
    symlink(&at, at.join("loop")).unwrap();
    symlink("pelvis.dcm", at.join("again.dcm")).unwrap();
    symlink(elsewhere.join("boost.dcm"), at.join("boost.dcm")).unwrap();
    let (check, exit) = json(&at, &["."], &[ADJUVANT]);
    assert_eq!((check["outcome"].as_str(), exit), (Some("pass"), Some(0)));
    assert_eq!(check["inputs"].as_array().unwrap().len(), 2);
    // what was not looked at is listed
    symlink(&elsewhere, at.join("more")).unwrap();
    let (check, exit) = json(&at, &["."], &[ADJUVANT]);
    assert_eq!(exit, Some(3));
    assert_eq!(check["not_checked"][0]["name"], "more");
    std::fs::remove_file(at.join("more")).unwrap();
    for (name, reason) in [
        ("gone.dcm", "cannot follow the link"),
        ("empty.dcm", "not a DICOM"),
    ] {
        let path = at.join(name);
        if name == "gone.dcm" {
            symlink("nowhere", &path).unwrap();
        } else {
            std::fs::write(&path, "").unwrap();
        }
        let (check, exit) = json(&at, &["."], &[ADJUVANT]);
        assert_eq!(exit, Some(2), "{name}");
        assert_eq!(check["not_checked"][0]["name"], name);
        assert!(
            check["not_checked"][0]["reason"]
                .as_str()
                .unwrap()
                .contains(reason)
        );
        std::fs::remove_file(&path).unwrap();
    }
    // a report of the last time is no input
    for _ in 0..2 {
        let output = run(
            &at,
            &["."],
            &[ADJUVANT, &["--report", "report.html", "--force"]],
        );
        assert_eq!(output.exit, Some(0));
    }
}

/// `None`, said aloud, when the samples are not there.
fn sample(name: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/dicom");
    let folder = std::env::var_os("CHEMORAD_DICOM_SAMPLES").map_or(folder, PathBuf::from);
    let path = folder.join(name);
    if path.exists() {
        return Some(path);
    }
    // not through `eprintln!`, which the test harness hides
    let _ = writeln!(
        std::io::stderr(),
        "NOT TESTED: no sample {}",
        path.display()
    );
    None
}

#[test]
fn real_plans() {
    let here = tempfile::tempdir().unwrap();
    let at = here.path();
    if let Some(plan) = sample("pydicom/rtplan.dcm") {
        let files = [plan.to_str().unwrap()];
        let (check, exit) = json(at, &files, &[&["--prescribed", "30.826203Gy/30"]]);
        assert_eq!(remarks(&check), ["plan.approval warn"]);
        assert_eq!(exit, Some(0));
        let beams = finding(&check, "plan.beam_sum", "PTV");
        assert_eq!(beams["difference"], "0 Gy");
        assert_eq!(beams["arithmetic"], "30 x 1.0275401 Gy = 30.826203 Gy");
        let (check, exit) = json(at, &files, &[ALONE]);
        assert_eq!(exit, Some(1));
        assert_eq!(finding(&check, "rx.fractions", "")["difference"], "+5");
        // a dose in percent of something
        if let Some(dose) = sample("pydicom/rtdose.dcm") {
            let files = [files[0], dose.to_str().unwrap()];
            let (check, _) = json(at, &files, &[&["--prescribed", "30.826203Gy/30"]]);
            assert_eq!(finding(&check, "dose.units", "")["outcome"], "cannot_tell");
            assert_eq!(
                finding(&check, "dose.scale", "")["outcome"],
                "not_applicable"
            );
        }
    }
    if let (Some(plan), Some(dose)) = (
        sample("dicompyler-core/rtplan.dcm"),
        sample("dicompyler-core/rtdose.dcm"),
    ) {
        let files = [dose.to_str().unwrap(), plan.to_str().unwrap()];
        let (check, exit) = json(
            at,
            &files,
            &[&["--prescribed", "14Gy/7", "--target", "Breast=target"]],
        );
        assert_eq!(exit, Some(0));
        // 14 Gy, not the 11.31 Gy of the last reference
        assert_eq!(finding(&check, "rx.total", "")["found"], "14 Gy");
        assert_eq!(
            finding(&check, "rx.prescription", "Breast")["outcome"],
            "pass"
        );
        assert_eq!(
            finding(&check, "rx.prescription", "CALC POINT")["outcome"],
            "warn"
        );
        assert_eq!(
            finding(&check, "dose.references_plan", "")["outcome"],
            "pass"
        );
        assert_eq!(finding(&check, "dose.scale", "")["found"], "14.680764 Gy");
        let percent = remarks(&check)
            .iter()
            .filter(|r| *r == "dvh.tags_vs_data warn")
            .count();
        assert_eq!(percent, 9);
    }
    if let Some(plan) = sample("pydicom/rtplan_truncated.dcm") {
        refused(
            at,
            &[plan.to_str().unwrap()],
            &[&["--prescribed", "14Gy/7"]],
            "cut off or corrupt",
        );
    }
    if let Some(set) = sample("dicompyler-core/rtss.dcm") {
        let plan = set.with_file_name("rtplan.dcm");
        let files = [set.to_str().unwrap(), plan.to_str().unwrap()];
        let (check, exit) = json(at, &files, &[&["--prescribed", "14Gy/7"]]);
        assert_eq!((check["outcome"].as_str(), exit), (Some("warn"), Some(0)));
        refused(
            at,
            &[set.to_str().unwrap()],
            &[ALONE],
            "rtss.dcm (an RT Structure Set) is not a plan",
        );
    }
}

/// Two files with one identifier are one object, or two versions of which one is meant.
#[test]
fn two_versions_of_one_object_are_refused() {
    let folder = folder();
    let structures = |label: &str| {
        let mut object = crate::common::structures();
        crate::common::text(&mut object, tags::STRUCTURE_SET_LABEL, VR::SH, label);
        crate::common::encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN)
    };
    for (name, label) in [("rs.dcm", "A"), ("copy.dcm", "A"), ("other.dcm", "B")] {
        std::fs::write(folder.path().join(name), structures(label)).unwrap();
    }
    let typed: &[&[&str]] = &[&["--prescribed", "45Gy/25"]];
    let copies = run(folder.path(), &["pelvis.dcm", "rs.dcm", "copy.dcm"], typed);
    assert_ne!(
        copies.exit,
        Some(2),
        "{}",
        String::from_utf8_lossy(&copies.stderr)
    );
    let files = ["pelvis.dcm", "rs.dcm", "other.dcm"];
    refused(
        folder.path(),
        &files,
        typed,
        "one SOP Instance UID and different contents",
    );
}

/// A dose nobody prescribed, typed and in an export, is named and fails.
#[test]
fn doses_nobody_prescribed_are_named() {
    let prescribed = "a@pelvis=45Gy/25+b@bed=5.4Gy/3";
    let check = |planned: &str| {
        let answer = chemorad(&["check", "--prescribed", prescribed, "--planned", planned]);
        (answer.exit, one_line(&answer))
    };
    let right = "a@pelvis=45Gy/25+b@bed=5.4Gy/3";
    assert_eq!(check(right).0, Some(0));
    let (exit, text) = check(&format!("{right}+a@liver=60Gy/25"));
    assert_eq!(exit, Some(1));
    assert!(
        text.contains("entry 1, liver: 25 x 2.4 Gy = 60 Gy, with phase a: no prescription"),
        "{text}"
    );
    assert!(text.contains("fail rx.not_prescribed"), "{text}");
    let folder = tempfile::tempdir().unwrap();
    let lines = "phase,volume,fractions,total_gy\na,pelvis,25,45\na,liver,25,60\nb,bed,3,5.4\n";
    std::fs::write(folder.path().join("export.csv"), lines).unwrap();
    let answer = run(
        folder.path(),
        &["export.csv"],
        &[&["--prescribed", prescribed]],
    );
    assert_eq!(answer.exit, Some(1));
    assert!(
        one_line(&answer).contains("rx.not_prescribed"),
        "{}",
        one_line(&answer)
    );
}
