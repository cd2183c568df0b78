//! `inspect` and `dose` as a user meets them, on synthetic files.

use std::path::PathBuf;

use crate::common::cases::{doses, phase, plans};
use crate::common::{DoseFixture, PlanFixture, beam, dose, encoded, pelvis, target, text};
use crate::strict_json::strict;
use dicom_core::{Tag, VR};
use dicom_dictionary_std::{tags, uids};
use serde_json::Value;
use tempfile::TempDir;

use crate::harness::{Answer, chemorad_in};

/// A folder with named files.
struct Files(TempDir);

impl Files {
    fn new(files: &[(&str, Vec<u8>)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, bytes) in files {
            std::fs::write(folder.path(name), bytes).unwrap();
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    /// Runs in the folder, so that names are short.
    fn run(&self, args: &[&str]) -> Answer {
        chemorad_in(self.0.path(), args)
    }

    #[track_caller]
    fn text(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.exit, Some(0), "{args:?}: {message}");
        // as if on a line of any width
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("cleared by no authority"));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn json(&self, args: &[&str]) -> Value {
        let output = self.run(&[args, &["--format", "json"]].concat());
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.is_empty(), "{args:?}: {message}");
        strict(&output.stdout)
    }

    /// Exit code 2, nothing on stdout, one message that contains every part, and no new file.
    #[track_caller]
    fn refused(&self, args: &[&str], parts: &[&str]) {
        let before = self.names();
        let output = self.run(args);
        let message = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.exit, Some(2), "{args:?}: {message}");
        assert!(output.stdout.is_empty(), "{args:?} printed a result");
        for part in parts {
            assert!(message.contains(part), "{args:?}: {message}");
        }
        assert_eq!(message.matches("error:").count(), 1, "{message}");
        assert!(!message.contains("panicked"), "{message}");
        assert_eq!(self.names(), before);
    }
}

pub(crate) fn case(name: &str) -> Vec<u8> {
    let mut cases = plans();
    cases.extend(doses());
    let found = cases.into_iter().find(|(known, _)| known == name);
    found.unwrap_or_else(|| panic!("no case {name}")).1
}

/// The two phases of the trial's boosted arm, on one grid.
fn phases() -> Files {
    Files::new(&[
        ("pelvis.dcm", case("dose-pelvis")),
        ("boost.dcm", case("dose-boost")),
        ("other.dcm", case("dose-boost-other-grid")),
        ("beam1.dcm", case("dose-beam-1")),
        ("beam2.dcm", case("dose-beam-2")),
        ("relative.dcm", case("dose-relative")),
        ("implausible.dcm", case("dose-implausible")),
        ("plan.dcm", pelvis().bytes()),
    ])
}

/// Whether some number in the text is followed by Gy.
fn has_gray(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    words
        .windows(2)
        .any(|pair| pair[0].parse::<f64>().is_ok() && pair[1].starts_with("Gy"))
}

#[test]
fn a_plan_is_shown_in_words() {
    let files = Files::new(&[
        ("plan.dcm", case("plan-with-boost")),
        ("setup.dcm", case("plan-setup-beams")),
        ("other.dcm", case("plan-other-syntax")),
    ]);
    let text = files.text(&["inspect", "other.dcm", "--show-work"]);
    for part in [
        "the file is not written in the transfer syntax that its header states",
        "implicit VR little endian (recognised; the file says explicit VR little endian)",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let text = files.text(&["inspect", "plan.dcm"]);
    for part in [
        "plan.dcm: an RT Plan",
        "label PELVIS",
        "approval approved",
        "intent curative",
        "technique external beams",
        "Fraction group 1: 25 fractions of 1.8 Gy = 45 Gy (sum of the beams)",
        "Fraction group 2: 8 fractions of 1.8 Gy = 14.4 Gy (sum of the beams)",
        "1 field 1 static photon treatment 0.9 Gy 100",
        "1 target site pelvis 45 Gy",
        "2 target site tumour bed 59.4 Gy",
        "not read control points of the beams (other than",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let full = ["structure set 2.25.4", "encoding explicit VR little endian"];
    for part in full {
        assert!(!text.contains(part), "{part}: {text}");
    }
    let text = files.text(&["inspect", "plan.dcm", "--show-work"]);
    for part in full {
        assert!(text.contains(part), "{part}: {text}");
    }
    let text = files.text(&["inspect", "setup.dcm"]);
    for part in [
        "25 fractions of 2.1 Gy = 52.5 Gy",
        "setup or portal image beams are left out of the sums: beams 7, 8, 9",
        "no purpose is stated and treatment is taken: beam 11",
        "open field",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn what_cannot_be_said_of_a_plan_is_said() {
    for (name, part) in [
        ("plan-no-beam-dose", "the dose per fraction is not known"),
        ("plan-beams-not-described", "not in the file"),
        ("plan-brachytherapy-and-beam", "do not add up to one dose"),
        ("plan-brachytherapy", "4 fractions of 7 Gy = 28 Gy"),
        ("plan-nothing", "No fraction groups"),
        ("plan-nothing", "No dose references"),
        ("plan-rejected", "approval rejected"),
        ("plan-ion", "an RT Ion Plan"),
        ("plan-ion", "ion beams"),
        ("plan-latin-1", "Münster"),
        ("plan-bare-implicit", "recognised; the file does not say"),
        ("plan-no-prescription", "organ at risk"),
    ] {
        let files = Files::new(&[("plan.dcm", case(name))]);
        let text = files.text(&["inspect", "plan.dcm", "--show-work"]);
        assert!(text.contains(part), "{name}: {part}: {text}");
    }
}

#[test]
fn the_json_of_a_plan_has_the_keys_tools_rely_on() {
    let files = Files::new(&[("plan.dcm", case("plan-rounded"))]);
    let json = files.json(&["inspect", "plan.dcm"]);
    let file = &json["files"][0];
    assert_eq!(file["file"], "plan.dcm");
    assert_eq!(file["kind"], "plan");
    assert_eq!(file["sha256"].as_str().unwrap().len(), 64);
    let group = &file["plan"]["fraction_groups"][0];
    assert_eq!(group["fractions_planned"], 25);
    assert_eq!(group["beams"][1]["dose"], "8.99999e-001");
    assert_eq!(
        file["plan"]["dose_references"][0]["target_prescription"],
        "45.000"
    );
    let sum = &file["sums"][0];
    assert_eq!(sum["dose_per_fraction"]["dose"], "1.799998");
    assert_eq!(sum["total"]["exact"], "44.99995");
    assert_eq!(sum["total"]["value"], 44.99995);
    assert_eq!(sum["total"]["unit"], "Gy");
    assert_eq!(
        file["not_read"][0],
        "control points of the beams (other than their meterset weights)"
    );
    assert!(json["notice"].is_string());
}

#[test]
fn patients_are_left_out_unless_asked_for() {
    let files = Files::new(&[
        ("plan.dcm", pelvis().bytes()),
        ("dose.dcm", dose().bytes()),
        ("set.dcm", case("structures-explicit")),
    ]);
    for (file, name) in [
        ("plan.dcm", "SYNTHETIC^PLAN"),
        ("dose.dcm", "SYNTHETIC^DOSE"),
        ("set.dcm", "SYNTHETIC^PLAN"),
    ] {
        for format in ["text", "json"] {
            let args = ["inspect", file, "--format", format];
            let hidden = String::from_utf8(files.run(&args).stdout).unwrap();
            assert!(!hidden.contains(name) && !hidden.contains("synthetic-1"));
            let args = [&args[..], &["--show-patient"]].concat();
            let shown = String::from_utf8(files.run(&args).stdout).unwrap();
            assert!(shown.contains(name) && shown.contains("synthetic-1"));
        }
    }
}

#[test]
fn texts_and_file_names_that_name_the_patient_are_withheld() {
    let named = PlanFixture {
        label: "SYNTHETIC-1 boost",
        targets: vec![target("pelvis of synthetic-1", "45.000")],
        ..pelvis()
    };
    let files = Files::new(&[("SYNTHETIC-1.dcm", named.bytes())]);
    let check = [
        "check",
        "SYNTHETIC-1.dcm",
        "--prescribed",
        "pelvis=45Gy/25",
        "--target",
        "pelvis of synthetic-1=target",
        "--show-work",
    ];
    for format in [&["--format", "text"], &["--format", "json"]] {
        let args = [&check[..], format].concat();
        let hidden = files.text(&args);
        assert!(!hidden.contains("pelvis of synthetic-1"), "{hidden}");
        assert!(
            hidden.contains("withheld: it names the patient"),
            "{hidden}"
        );
        let shown = files.text(&[&args[..], &["--show-patient"]].concat());
        assert!(shown.contains("pelvis of synthetic-1"), "{shown}");
    }
    for format in ["text", "json"] {
        let args = ["inspect", "SYNTHETIC-1.dcm", "--format", format];
        let hidden = files.text(&args).to_lowercase();
        assert!(!hidden.contains("synthetic"), "{hidden}");
        assert!(
            hidden.contains("withheld: it names the patient"),
            "{hidden}"
        );
        assert!(hidden.contains("name not shown"), "{hidden}");
    }
}

/// A plan for a patient with this ID, who has this label.
fn named(id: &str, label: &'static str) -> Vec<u8> {
    let fixture = PlanFixture {
        label,
        targets: vec![target(label, "40.175")],
        groups: vec![crate::common::GroupFixture {
            fractions: Some(25),
            beams: vec![beam(1, "1"), beam(2, "0.607")],
        }],
        ..pelvis()
    };
    let mut object = fixture.object();
    text(&mut object, tags::PATIENT_NAME, VR::PN, "X");
    text(&mut object, tags::PATIENT_ID, VR::LO, id);
    encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN)
}

/// Every text of the output that may differ between two patients, with both.
fn differing(one: &Value, other: &Value, path: &str, found: &mut Vec<(String, String)>) {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            assert_eq!(
                one.keys().collect::<Vec<_>>(),
                other.keys().collect::<Vec<_>>()
            );
            for (key, value) in one.iter().filter(|(key, _)| *key != "sha256") {
                differing(value, &other[key], &format!("{path}.{key}"), found);
            }
        }
        (Value::Array(one), Value::Array(other)) => {
            assert_eq!(one.len(), other.len(), "{path}");
            for (value, other) in one.iter().zip(other) {
                differing(value, other, path, found);
            }
        }
        (Value::String(one), Value::String(other)) if one != other => {
            found.push((one.clone(), other.clone()));
        }
        _ => assert_eq!(one, other, "{path}"),
    }
}

/// The label stands withheld as a whole, and nothing else changes: no number and no word holds a mark.
#[test]
fn withholding_changes_no_word_and_no_number() {
    const WITHHELD: &str = "(withheld: it names the patient)";
    for label in [
        "607",
        "1.607",
        "40.175",
        "175",
        "000",
        "0607",
        "Gy",
        "the",
        "dose",
        "side 607",
        "fail",
        "dose reference",
        "rx.total",
        "25",
    ] {
        for command in [
            &["inspect", "plan.dcm"][..],
            &["check", "plan.dcm", "--prescribed", "pelvis=45Gy/25"],
            &[
                "check",
                "plan.dcm",
                "--each",
                "--prescribed",
                "pelvis=45Gy/25",
            ],
        ] {
            let nobody = "?".repeat(label.len());
            let nobody = Files::new(&[("plan.dcm", named(&nobody, label))]).json(command);
            let patient = Files::new(&[("plan.dcm", named(label, label))]).json(command);
            let mut texts = Vec::new();
            differing(&patient, &nobody, "", &mut texts);
            for (hidden, shown) in &texts {
                let whole = hidden.replace(WITHHELD, label);
                assert!(
                    whole == *shown || hidden.replace(WITHHELD, &format!("{label:?}")) == *shown,
                    "{hidden} | {shown}"
                );
                for (at, _) in hidden.match_indices(WITHHELD) {
                    let before = hidden[..at].chars().next_back();
                    let after = hidden[at + WITHHELD.len()..].chars().next();
                    let apart =
                        |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '.');
                    assert!(apart(before) && apart(after), "{hidden}");
                }
            }
            assert_eq!(
                texts.is_empty(),
                label.chars().count() < 3 || ["dose"].contains(&label),
                "{label}: {texts:?}"
            );
        }
    }
}

/// A name with a line feed in it would write a new line.
#[test]
#[cfg(unix)]
fn names_and_texts_forge_no_line_of_a_report() {
    let forged = PlanFixture {
        label: "A\nCheck: PASS",
        targets: vec![target("PTV\nCheck: PASS", "45.000")],
        ..pelvis()
    };
    let name = "a\nCheck: PASS.dcm";
    let files = Files::new(&[(name, forged.bytes())]);
    for args in [
        &["inspect", name][..],
        &["check", name, "--prescribed", "pelvis=50Gy/25"],
        &["dose", "stats", name],
    ] {
        let output = files.run(args);
        let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(text.contains("Check: PASS"), "{text}");
        assert!(
            !text.lines().any(|line| line.starts_with("Check: PASS")),
            "{text}"
        );
    }
}

#[test]
fn doses_and_regions_are_shown_in_words() {
    let files = phases();
    let text = files.text(&["inspect", "pelvis.dcm", "--show-work"]);
    for part in [
        "dose of the whole plan",
        "type physical: absorbed dose",
        "units Gy",
        "grid 5 x 7 x 9 voxels (frames, rows, columns), 315 in all; 2.5 mm",
        "frames 2.5 mm apart, forward",
        "plan 2.25.1",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(has_gray(&text));
    let text = files.text(&["inspect", "relative.dcm"]);
    assert!(text.contains("never Gy") && !has_gray(&text), "{text}");
    let text = files.text(&["inspect", "implausible.dcm"]);
    assert!(text.contains("no treatment gives such a dose: check the scaling"));
    let text = files.text(&["inspect", "beam2.dcm", "--show-work"]);
    assert!(text.contains("one or more beams, not the whole plan"));
    assert!(
        text.contains("2.25.1, fraction group 1, beam 2, 3"),
        "{text}"
    );
    let files = Files::new(&[("set.dcm", case("structures-explicit"))]);
    let text = files.text(&["inspect", "set.dcm"]);
    assert!(
        text.contains("2 PTV 45 PTV 2") && text.contains("5 Bladder ORGAN 0"),
        "{text}"
    );
    assert!(text.contains("not read the points of the contours"));
}

#[test]
fn other_and_damaged_files_are_named() {
    let mut ct = pelvis();
    ct.class = uids::CT_IMAGE_STORAGE;
    let whole = pelvis().bytes();
    let files = Files::new(&[
        ("ct.dcm", ct.bytes()),
        ("cut.dcm", whole[..whole.len() - 30].to_vec()),
        ("letter.pdf", b"%PDF-1.7".to_vec()),
        ("empty.dcm", Vec::new()),
    ]);
    let text = files.text(&["inspect", "ct.dcm"]);
    assert!(
        text.contains("another DICOM file (CT Image Storage)"),
        "{text}"
    );
    assert!(
        text.contains("not read everything but the kind of file"),
        "{text}"
    );
    files.refused(
        &["inspect", "cut.dcm"],
        &["cut.dcm: the file is cut off or corrupt"],
    );
    files.refused(
        &["inspect", "letter.pdf"],
        &["letter.pdf: this is not a DICOM file"],
    );
    files.refused(
        &["inspect", "empty.dcm"],
        &["empty.dcm: this is not a DICOM file"],
    );
    files.refused(&["inspect", "none.dcm"], &["none.dcm: cannot be read"]);
    files.refused(&["inspect"], &["FILE"]);
}

#[test]
fn one_bad_file_does_not_stop_the_rest() {
    let whole = pelvis().bytes();
    let files = Files::new(&[
        ("a.dcm", whole.clone()),
        ("b.dcm", whole[..whole.len() / 2].to_vec()),
        ("c.dcm", dose().bytes()),
        ("notes.txt", b"not DICOM at all".to_vec()),
    ]);
    for args in [
        &["inspect", "."][..],
        &["inspect", "a.dcm", "b.dcm", "c.dcm"],
    ] {
        let output = files.run(args);
        assert_eq!(output.exit, Some(2));
        let text = String::from_utf8(output.stdout).unwrap();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            text.contains("a.dcm plan \"PELVIS\"; 25 x 1.8 Gy; target 45 Gy; approved"),
            "{text}"
        );
        assert!(text.contains("b.dcm NOT READ why: below"), "{text}");
        assert!(
            text.contains("Not read -------- b.dcm why the file is cut off or corrupt"),
            "{text}"
        );
        assert!(
            text.contains("c.dcm dose the whole plan; maximum 55 Gy"),
            "{text}"
        );
        assert_eq!(
            text.contains("1 file is not DICOM: notes.txt"),
            args.len() == 2
        );
    }
    let json: Value = strict(&files.run(&["inspect", ".", "--format", "json"]).stdout);
    assert!(
        json["files"][1]["error"]
            .as_str()
            .unwrap()
            .contains("cut off or corrupt")
    );
    assert_eq!(json["passed_over"][0], "notes.txt");
    std::fs::remove_file(files.path("b.dcm")).unwrap();
    assert_eq!(files.run(&["inspect", "."]).exit, Some(0));
    let empty = Files::new(&[("notes.txt", b"not DICOM at all".to_vec())]);
    empty.refused(
        &["inspect", "."],
        &["there is no DICOM file in what was given"],
    );
}

#[test]
fn text_of_a_file_cannot_steer_the_terminal() {
    let mut plan = pelvis();
    plan.label = "a\u{1b}[2Jb";
    let files = Files::new(&[("plan.dcm", plan.bytes())]);
    let text = files.text(&["inspect", "plan.dcm"]);
    assert!(text.contains("a\\u{1b}[2Jb"), "{text}");
}

fn maximum(json: &Value) -> f64 {
    json["maximum"]["value"].as_f64().unwrap()
}

#[test]
fn eqd2_of_one_phase_is_written() {
    let files = Files::new(&[("in.dcm", dose().bytes())]);
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
    let json = files.json(&args);
    // 55 Gy in 25 fractions: 55 (2.2 + 3) / 5
    assert!((maximum(&json) - 57.2).abs() < 1e-5);
    assert_eq!(json["maximum"]["label"], "EQD2Gy(a/b = 3)");
    assert_eq!(json["output"]["bits"], 32);
    assert_eq!(json["phases"][0]["fractions"], 25);
    assert_eq!(json["phases"][0]["sources"][0]["maximum"]["exact"], "55");
    assert_eq!(files.names(), ["in.dcm", "out.dcm"]);
    assert_eq!(std::fs::read(files.path("in.dcm")).unwrap(), dose().bytes());
    let shown = files.json(&["inspect", "out.dcm"]);
    let shown = &shown["files"][0];
    assert_eq!(shown["dose"]["dose_type"], "effective");
    assert_eq!(
        shown["dose"]["identity"]["sop_instance"],
        json["output"]["sop_instance"]
    );
    assert!((shown["maximum"]["value"].as_f64().unwrap() - 57.2).abs() < 1e-5);
    // what is effective already is not converted again
    files.refused(
        &[
            "dose",
            "eqd2",
            "out.dcm",
            "-n",
            "25",
            "--alpha-beta",
            "3Gy",
            "-o",
            "again.dcm",
        ],
        &["out.dcm", "only absorbed dose is converted or added"],
    );
    let bed = files.json(&[
        "dose",
        "bed",
        "in.dcm",
        "-n",
        "25",
        "--alpha-beta",
        "10Gy",
        "-o",
        "bed.dcm",
        "--bits",
        "16",
    ]);
    assert!((maximum(&bed) - 55.0 * 1.22).abs() < 1e-5);
    assert_eq!(bed["maximum"]["label"], "BED(a/b = 10)");
    assert_eq!(bed["output"]["bits"], 16);
}

#[test]
fn phases_have_fractions_of_their_own() {
    let files = phases();
    let eqd2 = |args: &[&str]| {
        let args = [
            &[
                "dose",
                "eqd2",
                "--alpha-beta",
                "3Gy",
                "--force",
                "-o",
                "out.dcm",
            ],
            args,
        ]
        .concat();
        maximum(&files.json(&args))
    };
    let both = eqd2(&["--phase", "pelvis.dcm=25", "--phase", "boost.dcm=8"]);
    let swapped = eqd2(&["--phase", "pelvis.dcm=8", "--phase", "boost.dcm=25"]);
    assert!(both > 70.0 && swapped > both + 5.0, "{both} {swapped}");
    let beams = eqd2(&["--phase", "beam1.dcm,beam2.dcm=25"]);
    assert_eq!(beams, eqd2(&["beam1.dcm", "beam2.dcm", "-n", "25"]));
    // the beams of one phase are added before the conversion, not after
    files.refused(
        &[
            "dose",
            "eqd2",
            "--alpha-beta",
            "3Gy",
            "-o",
            "apart.dcm",
            "--phase",
            "beam1.dcm=25",
            "--phase",
            "beam2.dcm=25",
        ],
        &["given in the same fractions", "dose 1 is beam1.dcm"],
    );
    let text = files.text(&[
        "dose",
        "eqd2",
        "--phase",
        "pelvis.dcm=25",
        "--phase",
        "boost.dcm=8",
        "--alpha-beta",
        "3Gy",
        "-o",
        "new.dcm",
        "--show-work",
    ]);
    for part in [
        "phase 1 pelvis.dcm the whole plan 25",
        "phase 2 boost.dcm the whole plan 8",
        "n = 25, 8; a/b = 3 Gy; x = 2 Gy",
        "of type EFFECTIVE",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn a_file_whose_name_holds_a_comma_is_one_file() {
    let files = Files::new(&[("a,b=c.dcm", dose().bytes())]);
    let json = files.json(&[
        "dose",
        "eqd2",
        "--phase",
        "a,b=c.dcm=25",
        "--alpha-beta",
        "3Gy",
        "-o",
        "out.dcm",
    ]);
    assert!((maximum(&json) - 57.2).abs() < 1e-5);
}

#[test]
fn grids_that_differ_need_a_named_method() {
    let files = phases();
    let args = ["dose", "sum", "pelvis.dcm", "other.dcm", "-o", "out.dcm"];
    files.refused(
        &args,
        &[
            "ask for it to be resampled: --resample trilinear",
            "its size (frames, rows, columns) differs from that of the first (5 x 7 x 9 against 6 x 12 x 14)",
            "dose 2 is other.dcm",
        ],
    );
    let args = [&args[..], &["--resample", "trilinear"]].concat();
    let text = files.text(&args);
    assert!(
        text.contains("resampled to the grid of dose 1 by trilinear interpolation"),
        "{text}"
    );
    // the other way round the first grid reaches beyond the second
    let args = [
        "dose",
        "sum",
        "other.dcm",
        "pelvis.dcm",
        "-o",
        "two.dcm",
        "--resample",
        "trilinear",
    ];
    files.refused(&args, &["--outside zero", "dose 2 is pelvis.dcm"]);
    let args = [&args[..], &["--outside", "zero"]].concat();
    let text = files.text(&args);
    assert!(
        text.contains("voxels lie outside its grid and count as zero"),
        "{text}"
    );
    files.refused(
        &[
            "dose",
            "sum",
            "pelvis.dcm",
            "other.dcm",
            "-o",
            "x.dcm",
            "--outside",
            "zero",
        ],
        &["--resample"],
    );
}

#[test]
fn nothing_is_overwritten_and_no_input_ever() {
    let files = phases();
    let args = [
        "dose",
        "eqd2",
        "pelvis.dcm",
        "-n",
        "25",
        "--alpha-beta",
        "3Gy",
        "-o",
    ];
    let to = |name| [&args[..], &[name]].concat();
    files.refused(&to("boost.dcm"), &["boost.dcm is there already", "--force"]);
    files.refused(&to("pelvis.dcm"), &["pelvis.dcm is an input"]);
    files.refused(
        &[&to("./pelvis.dcm")[..], &["--force"]].concat(),
        &["is an input, and inputs are never overwritten"],
    );
    std::fs::hard_link(files.path("pelvis.dcm"), files.path("other-name.dcm")).unwrap();
    files.refused(
        &[&to("other-name.dcm")[..], &["--force"]].concat(),
        &["is an input, and inputs are never overwritten"],
    );
    assert_eq!(
        std::fs::read(files.path("pelvis.dcm")).unwrap(),
        case("dose-pelvis")
    );
    files.refused(&to("no/such/folder/out.dcm"), &["cannot write"]);
    assert_eq!(files.run(&to("out.dcm")).exit, Some(0));
    let first = std::fs::read(files.path("out.dcm")).unwrap();
    files.refused(&to("out.dcm"), &["is there already"]);
    assert_eq!(std::fs::read(files.path("out.dcm")).unwrap(), first);
    let forced = [&to("out.dcm")[..], &["--force", "--bits", "16"]].concat();
    assert_eq!(files.run(&forced).exit, Some(0));
    assert!(std::fs::read(files.path("out.dcm")).unwrap().len() < first.len());
}

/// Replacing a device would break the machine, and replacing a link would leave what it names.
#[cfg(unix)]
#[test]
fn folders_links_and_devices_are_never_replaced() {
    let files = phases();
    std::fs::create_dir(files.path("folder.dcm")).unwrap();
    std::os::unix::fs::symlink("boost.dcm", files.path("link.dcm")).unwrap();
    let boost = std::fs::read(files.path("boost.dcm")).unwrap();
    for name in ["folder.dcm", "link.dcm", "/dev/null"] {
        let before = std::fs::symlink_metadata(files.path(name))
            .unwrap()
            .file_type();
        let args = [
            "dose",
            "eqd2",
            "pelvis.dcm",
            "-n",
            "25",
            "--alpha-beta",
            "3Gy",
        ];
        files.refused(
            &[&args[..], &["--force", "-o", name]].concat(),
            &["is a folder, a link or a device"],
        );
        let after = std::fs::symlink_metadata(files.path(name))
            .unwrap()
            .file_type();
        assert_eq!(before, after, "{name}");
    }
    assert_eq!(std::fs::read(files.path("boost.dcm")).unwrap(), boost);
}

#[test]
fn wrong_input_to_a_conversion_is_refused_with_what_to_do() {
    let files = phases();
    let with = |args: &[&'static str]| [&["dose", "eqd2", "-o", "out.dcm"], args].concat();
    let ab = ["--alpha-beta", "3Gy"];
    for (args, parts) in [
        (
            vec!["relative.dcm", "-n", "25"],
            vec!["relative.dcm", "a relative dose cannot become gray"],
        ),
        (
            vec!["implausible.dcm", "-n", "25"],
            vec!["implausible.dcm", "check Dose Grid Scaling"],
        ),
        (
            vec!["plan.dcm", "-n", "25"],
            vec!["plan.dcm: this is not an RT Dose but an RT Plan"],
        ),
        (vec!["none.dcm", "-n", "25"], vec!["none.dcm"]),
        (vec!["pelvis.dcm"], vec!["--fractions"]),
        (vec!["pelvis.dcm", "-n", "0"], vec!["from 1 to 200"]),
        (vec!["pelvis.dcm", "-n", "2.5"], vec!["2.5"]),
        (vec!["-n", "25"], vec!["IN.dcm"]),
        (
            vec!["--phase", "pelvis.dcm"],
            vec!["an equals sign and its fractions"],
        ),
        (
            vec!["--phase", "=25"],
            vec!["an equals sign and its fractions"],
        ),
        (vec!["--phase", "pelvis.dcm=x"], vec!["x"]),
        (
            vec!["pelvis.dcm", "-n", "25", "--phase", "boost.dcm=8"],
            vec!["cannot be used with"],
        ),
        (
            vec!["pelvis.dcm", "pelvis.dcm", "-n", "25"],
            vec!["a phase is either one whole dose or its beams"],
        ),
        (
            vec!["--phase", "pelvis.dcm=25", "--phase", "pelvis.dcm=8"],
            vec!["counted twice"],
        ),
    ] {
        files.refused(&with(&[&args[..], &ab].concat()), &parts);
    }
    let one = ["pelvis.dcm", "-n", "25"];
    files.refused(&with(&one), &["--alpha-beta"]);
    for wrong in ["3", "0Gy", "-3Gy", "NaN Gy", "3 mg"] {
        files.refused(
            &with(&[&one[..], &["--alpha-beta", wrong]].concat()),
            &["alpha-beta"],
        );
    }
    files.refused(
        &with(&[&one[..], &["--endpoint", "nothing"]].concat()),
        &["known are"],
    );
    files.refused(&["dose", "sum", "pelvis.dcm", "-o", "out.dcm"], &["FILE"]);
    files.refused(&["dose", "sum", "pelvis.dcm", "boost.dcm"], &["--output"]);
}

#[test]
fn patients_of_different_names_are_not_added() {
    let other = DoseFixture {
        patient: "synthetic-2",
        ..phase("2.25.101", "2.25.7")
    };
    let files = Files::new(&[("a.dcm", case("dose-pelvis")), ("b.dcm", other.bytes())]);
    files.refused(
        &["dose", "sum", "a.dcm", "b.dcm", "-o", "out.dcm"],
        &["it belongs to another patient than the first (dose 1 is a.dcm, dose 2 is b.dcm)"],
    );
}

/// One ID, two people: the sum is written, and that it cannot be told is said by the exit code.
#[test]
fn doses_of_one_id_and_two_people_cannot_be_told() {
    let of = |name: &str, sex: &str, fixture: DoseFixture| {
        let mut object = fixture.object();
        text(&mut object, tags::PATIENT_NAME, VR::PN, name);
        text(&mut object, tags::PATIENT_SEX, VR::CS, sex);
        encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN)
    };
    let pelvis = || phase("2.25.100", "2.25.1");
    let boost = || phase("2.25.101", "2.25.7");
    let files = Files::new(&[
        ("pelvis.dcm", of("SYNTHETIC^ONE", "F", pelvis())),
        ("boost.dcm", of("Synthetic^One", "F", boost())),
        ("renamed.dcm", of("SYNTHETIC^TWO", "F", boost())),
        ("other.dcm", of("SYNTHETIC^TWO", "M", boost())),
    ]);
    for (second, exit) in [("boost.dcm", 0), ("renamed.dcm", 0), ("other.dcm", 3)] {
        let sum = [
            "dose",
            "sum",
            "pelvis.dcm",
            second,
            "-o",
            "out.dcm",
            "--force",
        ];
        let second = format!("{second}=3");
        let phases = [
            "dose",
            "eqd2",
            "--phase",
            "pelvis.dcm=25",
            "--phase",
            &second,
        ];
        let more = ["--alpha-beta", "3Gy", "-o", "out.dcm", "--force"];
        for args in [sum.to_vec(), [&phases[..], &more].concat()] {
            let output = files.run(&args);
            assert_eq!(output.exit, Some(exit), "{args:?}");
            let shown = String::from_utf8(output.stdout).unwrap();
            assert_eq!(shown.contains("one Patient ID"), second != "boost.dcm=3");
            assert!(!shown.to_uppercase().contains("SYNTHETIC"), "{shown}");
        }
    }
}

/// A plan with an instance UID, of a patient, with so many fractions.
pub(crate) fn plan_of(uid: &str, id: &str, fractions: u32) -> Vec<u8> {
    let mut fixture = pelvis();
    fixture.groups[0].fractions = Some(fractions);
    if fractions == 8 {
        fixture.targets = vec![target("tumour bed", "14.4")];
    }
    let mut object = fixture.object();
    text(&mut object, tags::SOP_INSTANCE_UID, VR::UI, uid);
    text(&mut object, tags::PATIENT_NAME, VR::PN, "SYNTHETIC^DOSE");
    text(&mut object, tags::PATIENT_ID, VR::LO, id);
    encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN)
}

/// The fractions of two phases exchanged give another effect, and no dose shows it.
#[test]
fn a_phase_has_the_fractions_of_its_plan() {
    let plan = plan_of;
    let files = Files::new(&[
        ("pelvis.dcm", case("dose-pelvis")),
        ("boost.dcm", case("dose-boost")),
        ("pelvis-plan.dcm", plan("2.25.1", "synthetic-1", 25)),
        ("boost-plan.dcm", plan("2.25.7", "synthetic-1", 8)),
        ("their-plan.dcm", plan("2.25.7", "synthetic-2", 8)),
        ("other-plan.dcm", plan("2.25.404", "synthetic-1", 8)),
    ]);
    let with = |pelvis: &'static str, boost: &'static str, plans: &[&'static str]| {
        let mut args = vec!["dose", "eqd2", "--alpha-beta", "3Gy", "-o", "out.dcm"];
        args.extend(["--force", "--phase", pelvis, "--phase", boost]);
        args.extend(plans.iter().flat_map(|plan| ["--plan", *plan]));
        args
    };
    let (right, both) = (
        ("pelvis.dcm=25", "boost.dcm=8"),
        ["boost-plan.dcm", "pelvis-plan.dcm"],
    );
    let json = files.json(&with(right.0, right.1, &both));
    let findings = json["findings"].as_array().unwrap();
    let of_fractions = |found: &&Value| found["code"] == "dose.fractions";
    assert_eq!(findings.iter().filter(of_fractions).count(), 2);
    assert!(
        findings.iter().all(|found| found["outcome"] == "pass"),
        "{findings:#?}"
    );
    files.refused(
        &with("pelvis.dcm=8", "boost.dcm=25", &both),
        &[
            "8 fractions, and plan 2, which it refers to, has 25",
            "plan 2 is pelvis-plan.dcm",
        ],
    );
    files.refused(
        &with(right.0, right.1, &["their-plan.dcm"]),
        &["for another patient", "plan 1 is their-plan.dcm"],
    );
    files.refused(
        &with(right.0, right.1, &["other-plan.dcm"]),
        &["none of the doses refers to it"],
    );
    let answer = files.run(&with(right.0, right.1, &both[..1]));
    assert_eq!(answer.exit, Some(3));
}

/// A grid whose scaling is wrong converts to an effect that is wrong with it.
#[test]
fn a_phase_has_the_scale_of_its_plan() {
    const PRESCRIBED: f64 = 45.0;
    let scaled = |scaling: &'static str| {
        let fixture = DoseFixture {
            scaling,
            ..phase("2.25.110", "2.25.1")
        };
        fixture.bytes()
    };
    let plan = plan_of("2.25.1", "synthetic-1", 25);
    let largest = phase("2.25.110", "2.25.1").stored.into_iter().max();
    let right = PRESCRIBED / f64::from(largest.unwrap());
    for (factor, exit) in [
        (1.07, 0),
        // a maximum of up to twice the dose can be that of a low isodose
        (1.7, 0),
        (0.96, 0),
        (0.8, 1),
        (0.2, 1),
        (1.0 / 25.0, 1),
        (4.5, 1),
    ] {
        let scaling = format!("{:.10}", right * factor).leak();
        let files = Files::new(&[("dose.dcm", scaled(scaling)), ("plan.dcm", plan.clone())]);
        let args = [
            "dose",
            "eqd2",
            "dose.dcm",
            "-n",
            "25",
            "--alpha-beta",
            "3Gy",
        ];
        let with_plan = ["--plan", "plan.dcm", "-o", "out.dcm"];
        let answer = files.run(&[&args[..], &with_plan].concat());
        assert_eq!(answer.exit, Some(exit), "{factor}");
    }
    // a boost may state the dose of all phases
    let mut boost = pelvis();
    boost.groups[0].fractions = Some(8);
    boost.targets = vec![target("tumour bed", "59.4")];
    let mut boost = boost.object();
    text(&mut boost, tags::SOP_INSTANCE_UID, VR::UI, "2.25.1");
    text(&mut boost, tags::PATIENT_NAME, VR::PN, "SYNTHETIC^DOSE");
    text(&mut boost, tags::PATIENT_ID, VR::LO, "synthetic-1");
    let boost = encoded(boost, uids::EXPLICIT_VR_LITTLE_ENDIAN);
    for (factor, exit) in [(1.05, 0), (0.5, 1)] {
        let scaling = format!("{:.10}", right * factor * 14.4 / PRESCRIBED).leak();
        let files = Files::new(&[("dose.dcm", scaled(scaling)), ("plan.dcm", boost.clone())]);
        let args = ["dose", "eqd2", "dose.dcm", "-n", "8", "--alpha-beta", "3Gy"];
        let with_plan = ["--plan", "plan.dcm", "-o", "out.dcm"];
        let answer = files.run(&[&args[..], &with_plan].concat());
        assert_eq!(answer.exit, Some(exit), "boost {factor}");
    }
}

/// The plan says which beams a fraction has; their doses are converted together.
#[test]
fn a_phase_has_the_beams_of_its_plan() {
    let plan = |beams: &[i32]| {
        let mut fixture = pelvis();
        fixture.groups[0].beams = beams.iter().map(|number| beam(*number, "0.9")).collect();
        let mut object = fixture.object();
        text(&mut object, tags::SOP_INSTANCE_UID, VR::UI, "2.25.1");
        text(&mut object, tags::PATIENT_NAME, VR::PN, "SYNTHETIC^DOSE");
        text(&mut object, tags::PATIENT_ID, VR::LO, "synthetic-1");
        encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN)
    };
    let files = Files::new(&[
        ("beam1.dcm", case("dose-beam-1")),
        ("beam2.dcm", case("dose-beam-2")),
        // the second dose is that of beams 2 and 3
        ("three.dcm", plan(&[1, 2, 3])),
        ("four.dcm", plan(&[1, 2, 3, 4])),
        ("others.dcm", plan(&[1, 2, 4])),
    ]);
    for (plan, exit, said) in [
        ("three.dcm", 0, Vec::new()),
        (
            "four.dcm",
            3,
            vec!["the plan delivers more", "hold: beam 4"],
        ),
        ("others.dcm", 3, vec!["has no beam 3", "hold: beam 4"]),
    ] {
        let mut args = vec!["dose", "eqd2", "--phase", "beam1.dcm,beam2.dcm=25"];
        args.extend(["--alpha-beta", "3Gy", "--plan", plan]);
        args.extend(["-o", "out.dcm", "--force"]);
        let answer = files.run(&args);
        assert_eq!(answer.exit, Some(exit), "{plan}");
        let shown = String::from_utf8(answer.stdout).unwrap();
        let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(shown.contains("dose.parts"), exit == 3, "{shown}");
        for said in said {
            assert!(shown.contains(said), "{said}: {shown}");
        }
    }
}

/// What is called the dose of the whole plan and names beams may be the dose of these alone.
#[test]
fn a_whole_dose_that_names_beams_is_asked_about() {
    let plan = |beams: &[i32]| {
        let mut fixture = pelvis();
        fixture.groups[0].beams = beams.iter().map(|number| beam(*number, "0.9")).collect();
        let mut object = fixture.object();
        text(&mut object, tags::SOP_INSTANCE_UID, VR::UI, "2.25.1");
        text(&mut object, tags::PATIENT_NAME, VR::PN, "SYNTHETIC^DOSE");
        text(&mut object, tags::PATIENT_ID, VR::LO, "synthetic-1");
        encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN)
    };
    let named = |summation| {
        let beams: &[i32] = &[1, 2];
        DoseFixture {
            summation,
            beams,
            ..dose()
        }
        .bytes()
    };
    let files = Files::new(&[
        ("plan-dose.dcm", named("PLAN")),
        ("group-dose.dcm", named("FRACTION")),
        ("whole.dcm", case("dose-pelvis")),
        ("two.dcm", plan(&[1, 2])),
        ("three.dcm", plan(&[1, 2, 3])),
    ]);
    for dose in ["plan-dose.dcm", "group-dose.dcm"] {
        for (plan, exit, said) in [
            (None, 0, "names only beam 1, beam 2"),
            (Some("two.dcm"), 0, "are all that the plan delivers"),
            (Some("three.dcm"), 3, "hold: beam 3"),
        ] {
            let mut args = vec!["dose", "eqd2", dose, "-n", "25", "--alpha-beta", "3Gy"];
            args.extend(["-o", "out.dcm", "--force"]);
            args.extend(plan.iter().flat_map(|plan| ["--plan", *plan]));
            let answer = files.run(&args);
            let shown = String::from_utf8(answer.stdout).unwrap();
            let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(answer.exit, Some(exit), "{dose} {plan:?}: {shown}");
            assert!(shown.contains(said), "{said}: {shown}");
            let asked = shown.contains("is it the dose of these alone?");
            assert_eq!(asked, plan.is_none(), "{shown}");
        }
    }
    let whole = [
        "dose",
        "eqd2",
        "whole.dcm",
        "-n",
        "25",
        "--alpha-beta",
        "3Gy",
    ];
    let whole = files.text(&[&whole[..], &["-o", "out.dcm", "--force"]].concat());
    assert!(!whole.contains("dose.parts"), "{whole}");
}

/// Some programs make UIDs and the names of machines from the identifier of the patient.
#[test]
fn what_holds_the_identifier_of_the_patient_is_withheld() {
    let named = |tag: Tag, vr, value: &str| {
        let mut object = pelvis().object();
        text(&mut object, tags::PATIENT_ID, VR::LO, "QA-04711007");
        text(
            &mut object,
            tags::PATIENT_NAME,
            VR::PN,
            "M\u{fc}ller^Synthetic",
        );
        text(
            &mut object,
            tags::SPECIFIC_CHARACTER_SET,
            VR::CS,
            "ISO_IR 192",
        );
        text(&mut object, tag, vr, value);
        encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN)
    };
    for (tag, vr, value, part) in [
        (
            tags::SOP_INSTANCE_UID,
            VR::UI,
            "1.2.826.4711007.1",
            "4711007",
        ),
        (
            tags::FRAME_OF_REFERENCE_UID,
            VR::UI,
            "2.25.994711007",
            "4711007",
        ),
        (
            tags::MANUFACTURER_MODEL_NAME,
            VR::LO,
            "Planner 04711007",
            "4711007",
        ),
        (tags::MANUFACTURER, VR::LO, "Clinic of Mueller", "Mueller"),
        (tags::RT_PLAN_LABEL, VR::SH, "Muller boost", "Muller"),
    ] {
        let files = Files::new(&[("plan.dcm", named(tag, vr, value))]);
        for args in [
            &["inspect", "plan.dcm"][..],
            &["check", "plan.dcm", "--prescribed", "45Gy/25"],
        ] {
            for format in ["text", "json"] {
                let shown = |extra: &[&str]| {
                    let all = ["--format", format, "--show-work"];
                    let answer = files.run(&[args, &all, extra].concat());
                    String::from_utf8(answer.stdout).unwrap()
                };
                assert!(!shown(&[]).contains(part), "{value}: {}", shown(&[]));
                // a check shows no frame of reference
                if tag != tags::FRAME_OF_REFERENCE_UID {
                    assert!(shown(&["--show-patient"]).contains(part), "{value}");
                }
            }
        }
    }
    // another UID is shown
    let files = Files::new(&[(
        "plan.dcm",
        named(tags::SOP_INSTANCE_UID, VR::UI, "1.2.826.4711.7.1"),
    )]);
    assert!(
        files
            .text(&["inspect", "plan.dcm", "--show-work"])
            .contains("1.2.826.4711.7.1")
    );
}

#[test]
fn dose_withholds_file_names_that_name_the_patient() {
    let files = Files::new(&[
        ("RD.synthetic-1.a.dcm", case("dose-pelvis")),
        ("RD.synthetic-1.b.dcm", case("dose-pelvis")),
        ("boost.dcm", case("dose-boost")),
    ]);
    let (first, second) = ("RD.synthetic-1.a.dcm", "RD.synthetic-1.b.dcm");
    for args in [
        vec!["dose", "stats", first],
        vec!["dose", "sum", first, "boost.dcm", "-o", "synthetic-1.dcm"],
        vec!["dose", "sum", first, second, "-o", "out.dcm"],
    ] {
        for format in ["text", "json"] {
            let all = |extra: &[&str]| {
                let answer = files.run(&[&args[..], &["--format", format], extra].concat());
                let _ = std::fs::remove_file(files.path("synthetic-1.dcm"));
                let shown = [answer.stdout, answer.stderr].concat();
                String::from_utf8(shown).unwrap()
            };
            let hidden = all(&[]);
            assert!(!hidden.contains("synthetic-1"), "{hidden}");
            assert!(hidden.contains("file 1 (name"), "{hidden}");
            let shown = all(&["--show-patient"]);
            assert!(shown.contains(first), "{shown}");
        }
    }
}

#[test]
fn doses_that_are_hardly_those_of_a_phase_are_said() {
    let files = phases();
    let codes = |args: &[&str]| -> Vec<String> {
        let common = ["dose", "bed", "-o", "out.dcm", "--force"];
        let json = files.json(&[&common[..], args].concat());
        let findings = json["findings"].as_array().unwrap();
        // that no plan was given is said of each phase
        let (of_fractions, others): (Vec<&Value>, Vec<&Value>) = findings
            .iter()
            .partition(|found| found["code"] == "dose.fractions");
        assert!(of_fractions.iter().all(|found| found["outcome"] == "warn"));
        assert_eq!(of_fractions.len(), json["phases"].as_array().unwrap().len());
        let code = |found: &Value| found["code"].as_str().unwrap().to_string();
        others.into_iter().map(code).collect()
    };
    let ab = ["--alpha-beta", "10Gy"];
    for (args, wanted) in [
        (vec!["pelvis.dcm", "-n", "25"], vec![]),
        (vec!["pelvis.dcm", "-n", "150"], vec!["dose.low_fraction"]),
        (vec!["pelvis.dcm", "-n", "1"], vec!["dose.high_fraction"]),
        (vec!["beam1.dcm", "-n", "25"], vec!["dose.lone_beam"]),
        (vec!["--phase", "beam1.dcm,beam2.dcm=25"], vec![]),
    ] {
        assert_eq!(codes(&[&args[..], &ab].concat()), wanted, "{args:?}");
    }
    let unusual = ["pelvis.dcm", "-n", "25", "--alpha-beta", "300Gy"];
    assert_eq!(codes(&unusual), ["model.alpha_beta_unusual"]);
}

#[test]
fn nothing_is_counted_twice() {
    let nowhere = |instance| {
        let mut object = phase(instance, "2.25.1").object();
        object.remove_element(tags::REFERENCED_RT_PLAN_SEQUENCE);
        encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN)
    };
    let files = Files::new(&[
        ("whole.dcm", case("dose-pelvis")),
        ("again.dcm", phase("2.25.109", "2.25.1").bytes()),
        ("beam1.dcm", case("dose-beam-1")),
        ("beam2.dcm", case("dose-beam-2")),
        ("nowhere.dcm", nowhere("2.25.110")),
        ("nowhere2.dcm", nowhere("2.25.111")),
    ]);
    let out = ["-o", "out.dcm"];
    let distinct = ["--distinct", "two phases; the export leaves out the plan"];
    let sum = |one, other| [&["dose", "sum", one, other], &out[..]].concat();
    for (one, other) in [
        ("whole.dcm", "beam1.dcm"),
        ("beam2.dcm", "whole.dcm"),
        ("whole.dcm", "again.dcm"),
    ] {
        let names = format!("(dose 1 is {one}, dose 2 is {other})");
        let parts = ["counted twice", "both are of one plan", &names];
        files.refused(&sum(one, other), &parts);
        files.refused(&[&sum(one, other)[..], &distinct].concat(), &parts);
        for command in ["eqd2", "bed"] {
            let phases = [format!("{one}=25"), format!("{other}=3")];
            let args = [
                "dose", command, "--phase", &phases[0], "--phase", &phases[1],
            ];
            let args = [&args[..], &["--alpha-beta", "3Gy"], &out].concat();
            files.refused(&args, &parts);
        }
    }
    assert!(!files.path("out.dcm").exists());
    files.text(&[&sum("beam1.dcm", "beam2.dcm")[..], &["--force"]].concat());

    let open = sum("nowhere.dcm", "nowhere2.dcm");
    let force = ["--force"];
    files.refused(
        &[&open[..], &force].concat(),
        &["cannot be told", "--distinct REASON", "nowhere2.dcm"],
    );
    files.refused(
        &[&open[..], &force, &["--distinct", " "]].concat(),
        &["reason"],
    );
    let args = [&open[..], &force, &distinct].concat();
    let text = files.text(&args);
    assert!(text.contains(distinct[1]), "{text}");
    let json = files.json(&args);
    assert_eq!(json["findings"][0]["code"], "dose.counted_once");
}

#[test]
fn statistics_are_of_the_whole_grid_and_say_so() {
    let files = Files::new(&[
        ("in.dcm", dose().bytes()),
        ("relative.dcm", case("dose-relative")),
        ("implausible.dcm", case("dose-implausible")),
    ]);
    let json = files.json(&[
        "dose",
        "stats",
        "in.dcm",
        "--percentile",
        "50",
        "--percentile",
        "100",
        "--dose-at-volume",
        "25%",
        "--dose-at-volume",
        "0.03cm3",
    ]);
    assert_eq!(json["over"], "whole grid");
    assert_eq!(json["voxels"], 12);
    assert_eq!(json["nonzero_voxels"], 11);
    assert_eq!(json["maximum"]["exact"], "55");
    assert_eq!(json["mean"]["value"], 27.5);
    assert_eq!(json["percentiles"][0]["dose"]["value"], 25.0);
    assert_eq!(json["percentiles"][1]["dose"]["exact"], "55");
    // 3 of 12 voxels; 2 voxels of 0.015625 cm3
    assert_eq!(json["dose_at_volume"][0]["dose"]["exact"], "45");
    assert_eq!(json["dose_at_volume"][1]["dose"]["exact"], "50");
    let text = files.text(&["dose", "stats", "in.dcm", "--dose-at-volume", "2%"]);
    assert!(text.contains("no structure is used, so these are no values of a target or organ"));
    assert!(text.contains("hottest 2 % 55 Gy"), "{text}");
    let text = files.text(&["dose", "stats", "relative.dcm"]);
    assert!(
        text.contains("the numbers are not Gy") && !has_gray(&text),
        "{text}"
    );
    // a scale that cannot be meant is a finding, and the exit code says so
    let output = files.run(&["dose", "stats", "implausible.dcm", "--format", "json"]);
    assert_eq!(output.exit, Some(1));
    let json: Value = strict(&output.stdout);
    assert_eq!(json["findings"][0]["code"], "dose.scale");
    assert_eq!(json["findings"][0]["outcome"], "fail");
    for (flag, wrong) in [
        ("--percentile", "0"),
        ("--percentile", "101"),
        ("--dose-at-volume", "2"),
    ] {
        files.refused(&["dose", "stats", "in.dcm", flag, wrong], &[wrong]);
    }
    files.refused(
        &["dose", "stats", "in.dcm", "--dose-at-volume", "5cm3"],
        &["in.dcm: 5 cm3 is more than the whole grid of 0.1875 cm3"],
    );
}

#[test]
fn a_negative_beam_dose_is_shown_as_a_finding() {
    let mut plan = pelvis();
    plan.groups[0].beams.push(beam(3, "-0.1"));
    let files = Files::new(&[(
        "plan.dcm",
        encoded(plan.object(), uids::IMPLICIT_VR_LITTLE_ENDIAN),
    )]);
    let text = files.text(&["inspect", "plan.dcm"]);
    assert!(
        text.contains("fail plan.beam_dose, fraction group 1: the Beam Dose is negative: beam 3"),
        "{text}"
    );
}

#[test]
fn a_group_that_declares_another_number_of_beams_is_said() {
    let said = |plan: Vec<u8>| {
        let files = Files::new(&[("plan.dcm", plan)]);
        let inspected = files.json(&["inspect", "plan.dcm"]);
        inspected.to_string().contains("plan.beam_count")
    };
    let mut plan = pelvis().bytes();
    assert!(!said(plan.clone()));
    // Number of Beams (300A,0080)
    let element = [0x0A, 0x30, 0x80, 0x00, b'I', b'S', 2, 0];
    let at = plan.windows(8).position(|bytes| bytes == element).unwrap();
    plan[at + 8] = b'9';
    assert!(said(plan));
}
