//! Records of treatment as `inspect`, `gap` and `courses` take them.

use std::fs;
use std::path::Path;

use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};
use serde_json::Value;
use tempfile::TempDir;

use crate::common::record::{RecordFixture, record, records, session_beam};
use crate::common::{PlanFixture, beam, encoded, pelvis, target, text};
use crate::harness::{Answer, chemorad_in, gap_without_delivered};
use crate::strict_json::strict;

/// A folder `given` of records, with a plan and a note beside them.
fn folder(fixtures: &[RecordFixture]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let given = folder.path().join("given");
    fs::create_dir(&given).unwrap();
    for (number, fixture) in fixtures.iter().enumerate() {
        fs::write(given.join(format!("{number:02}.dcm")), fixture.bytes()).unwrap();
    }
    write_plan(&given, |_| {});
    fs::write(given.join("note.txt"), "a note").unwrap();
    folder
}

/// The plan of the records: 28 fractions of two beams of 0.9 Gy.
fn write_plan(folder: &Path, change: impl FnOnce(&mut PlanFixture)) {
    write_plan_called(folder, "plan.dcm", "2.25.1", change);
}

fn write_plan_called(folder: &Path, file: &str, uid: &str, change: impl FnOnce(&mut PlanFixture)) {
    let mut fixture = pelvis();
    fixture.groups[0].fractions = Some(28);
    fixture.targets = vec![target("pelvis", "50.4")];
    change(&mut fixture);
    let mut plan = fixture.object();
    text(&mut plan, tags::PATIENT_NAME, VR::PN, "SYNTHETIC^RECORD");
    text(&mut plan, tags::SOP_INSTANCE_UID, VR::UI, uid);
    let plan = encoded(plan, uids::EXPLICIT_VR_LITTLE_ENDIAN);
    fs::write(folder.join(file), plan).unwrap();
}

fn gap(folder: &TempDir, more: &[&str]) -> Answer {
    let read = ["--interval", "6h", "--format", "json"];
    let args = [&gap_without_delivered()[..], &read, more].concat();
    chemorad_in(folder.path(), &args)
}

#[track_caller]
fn done(answer: &Answer) -> Value {
    let message = String::from_utf8_lossy(&answer.stderr);
    assert_eq!(answer.exit, Some(0), "{message}");
    strict(&answer.stdout)
}

#[track_caller]
fn ends(answer: &Answer, exit: i32, parts: &[&str]) {
    let message = String::from_utf8_lossy(&answer.stderr);
    assert_eq!(answer.exit, Some(exit), "{message}");
    assert!(answer.stdout.is_empty());
    for part in parts {
        assert!(message.contains(part), "{part}: {message}");
    }
}

#[test]
fn a_record_is_inspected() {
    let folder = folder(&records(2));
    let answer = chemorad_in(folder.path(), &["inspect", "given/00.dcm"]);
    let text = String::from_utf8(answer.stdout).unwrap();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(answer.exit, Some(0));
    for part in [
        "an RT Beams Treatment Record",
        "treatment date 2026-12-07",
        "fraction group 1",
        "fractions planned 28",
        "Radiation: PHOTON.",
        "1 field 1 treatment normal 100 of 100 0.9 Gy (reference 1)",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    assert!(!text.contains("SYNTHETIC"), "{text}");
    let json = done(&chemorad_in(
        folder.path(),
        &["inspect", "given", "--format", "json"],
    ));
    let first = &json["files"][0];
    assert_eq!(first["kind"], "treatment_record");
    assert_eq!(first["treatment_record"]["date"], "2026-12-07");
    assert_eq!(first["treatment_record"]["beams"][1]["fraction"], 1);
    assert_eq!(json["files"].as_array().unwrap().len(), 3);
}

#[test]
fn a_gap_takes_what_was_given_from_records() {
    let folder = folder(&records(10));
    let recorded = done(&gap(&folder, &["--delivered-records", "given"]));
    let typed = done(&gap(&folder, &["--delivered", "10"]));
    for key in [
        "planned",
        "delivered",
        "uncompensated",
        "lost",
        "compensations",
        "findings",
    ] {
        assert_eq!(recorded[key], typed[key], "{key}");
    }
    assert_eq!(recorded["case"]["delivered"]["dates"][9], "2026-12-18");
    // files by name
    let named = gap(
        &folder,
        &["--delivered-records", "given/00.dcm", "given/01.dcm"],
    );
    assert_eq!(
        done(&named)["case"]["delivered"]["dates"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    // in a case file, with nothing else said of it
    let case = |delivered: &str| {
        format!(
            "prescription = [\"50.4Gy/28\"]\nconvention = \"inclusive\"\n[calendar]\nstart = \"2026-12-07\"\nweekdays = \"mon-fri\"\nfractions_per_day = 1\n[delivered]\n{delivered}\n[possible]\nresume = \"2026-12-30\"\n[tumour]\nalpha_beta = \"10 Gy\"\nkick_off = \"28 d\"\nloss_per_day = \"0.66 Gy/d\"\n[late]\nalpha_beta = \"3 Gy\"\n"
        )
    };
    fs::write(folder.path().join("case.toml"), case("")).unwrap();
    fs::write(folder.path().join("both.toml"), case("fractions = 10")).unwrap();
    let run = |case: &str| {
        let args = [
            "gap",
            case,
            "--delivered-records",
            "given",
            "--format",
            "json",
        ];
        chemorad_in(folder.path(), &args)
    };
    assert_eq!(
        done(&run("case.toml"))["case"]["delivered"]["dates"][0],
        "2026-12-07"
    );
    ends(&run("both.toml"), 2, &["so do the records"]);
    ends(
        &gap(
            &folder,
            &["--delivered", "10", "--delivered-records", "given"],
        ),
        2,
        &["cannot be used with"],
    );
    ends(
        &gap(&folder, &["--delivered-records", "given/plan.dcm"]),
        2,
        &["this is not an RT Beams Treatment Record but an RT Plan"],
    );
    ends(&gap(&folder, &[]), 2, &["--delivered is missing"]);
}

#[test]
fn a_gap_counts_two_sessions_of_a_day_and_a_part_of_a_fraction_as_what_they_are() {
    let mut twice = records(6);
    twice[5].date = Some("20261211");
    twice[5].time = "163000";
    let twice = folder(&twice);
    let given = ["--delivered-records", "given"];
    // the late tissue cannot be told without its half-time of repair
    assert_eq!(gap(&twice, &given).exit, Some(3));
    let repair = ["--late-repair-half-time", "4.4h"];
    let answer = done(&gap(&twice, &[&given[..], &repair[..]].concat()));
    let dates = answer["case"]["delivered"]["dates"]
        .as_array()
        .unwrap()
        .clone();
    assert_eq!((&dates[4], &dates[5]), (&dates[5], &dates[4]));
    let codes: Vec<_> = answer["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| &f["code"])
        .collect();
    assert!(
        codes.iter().any(|code| *code == "gap.delivered_interval"),
        "{codes:?}"
    );

    let mut off = records(10);
    off[4].beams[1].status = "OPERATOR";
    off[4].beams[1].delivered = Some("40");
    off[4].beams[1].dose = Some("0.36");
    let answer = done(&gap(&folder(&off), &["--delivered-records", "given"]));
    assert_eq!(answer["case"]["delivered"]["doses"][4]["value"], 1.26);
    let finding = answer["findings"].as_array().unwrap();
    let finding = finding
        .iter()
        .find(|f| f["code"] == "record.broken_off")
        .unwrap();
    assert_eq!(finding["at"], "fraction 5, beam 2");
    off[4].beams[1].dose = None;
    ends(
        &gap(&folder(&off), &["--delivered-records", "given"]),
        3,
        &[
            "cannot tell record.broken_off at fraction 5, beam 2",
            "OPERATOR",
        ],
    );
}

#[test]
fn a_gap_refuses_records_that_contradict() {
    let mut other = records(10);
    other[3].patient = "synthetic-2";
    ends(
        &gap(&folder(&other), &["--delivered-records", "given"]),
        1,
        &["plan.patient"],
    );
    let mut early = records(10);
    early[9].date = Some("20261209");
    ends(
        &gap(&folder(&early), &["--delivered-records", "given"]),
        1,
        &["record.order"],
    );
    let mut lacks = records(10);
    lacks.remove(4);
    ends(
        &gap(&folder(&lacks), &["--delivered-records", "given"]),
        3,
        &["record.missing", "fraction 5"],
    );
    // the course begins on another day
    let late = gap(
        &folder(&records(3)),
        &["--delivered-records", "given", "--start", "2026-12-04"],
    );
    assert_eq!(late.exit, Some(2));
}

fn courses(folder: &TempDir, finished: &str, doses: &str) -> Answer {
    let case = format!(
        "start = \"2027-12-07\"\nother_radiotherapy = \"none\"\n[[volumes]]\nname = \"cord\"\nalpha_beta = \"2 Gy\"\ndoses = [\"20Gy/5\"]\n[[earlier]]\nname = \"first\"\nfinished = \"{finished}\"\n[[earlier.volumes]]\nname = \"cord\"\ndoses = [\"{doses}\"]\n"
    );
    fs::write(folder.path().join("case.toml"), case).unwrap();
    let args = [
        "courses",
        "case.toml",
        "--delivered-records",
        "first=given",
        "--format",
        "json",
    ];
    chemorad_in(folder.path(), &args)
}

#[test]
fn courses_take_what_was_given_from_records() {
    let all = |planned: &'static str| {
        let mut all = records(10);
        for one in &mut all {
            one.planned = Some(planned);
        }
        all
    };
    // whole: 15 Gy in 10 at the cord, 15 (1.5 + 2)/4
    let whole = folder(&all("10"));
    let of_plan = |plan: &mut PlanFixture| plan.groups[0].fractions = Some(10);
    write_plan(&whole.path().join("given"), of_plan);
    let answer = done(&courses(&whole, "2026-12-18", "15Gy/10"));
    assert_eq!(answer["volumes"][0]["courses"][0]["eqd2"]["value"], 13.125);
    assert!(
        answer["warnings"].as_array().unwrap().is_empty(),
        "{}",
        answer["warnings"]
    );
    // broken off after 10 of 28 fractions of 1.5 Gy: the same
    let short = folder(&all("28"));
    let answer = done(&courses(&short, "2026-12-18", "42Gy/28"));
    assert_eq!(answer["volumes"][0]["courses"][0]["eqd2"]["value"], 13.125);
    assert_eq!(answer["warnings"][0]["code"], "record.fewer_fractions");
    assert_eq!(answer["warnings"][0]["found"], "10");
    // another day, another number of fractions, a fraction that is not whole
    ends(
        &courses(&whole, "2026-12-17", "15Gy/10"),
        1,
        &["record.course_date"],
    );
    ends(
        &courses(&whole, "2026-12-18", "37.5Gy/25"),
        3,
        &["record.fewer_fractions"],
    );
    let mut off = all("10");
    off[4].beams = vec![session_beam(1, 5)];
    ends(
        &courses(&folder(&off), "2026-12-18", "15Gy/10"),
        3,
        &["record.fewer_fractions"],
    );
    let args = [
        "courses",
        "case.toml",
        "--delivered-records",
        "second=given",
    ];
    ends(
        &chemorad_in(whole.path(), &args),
        2,
        &["no course is called \"second\"; there is: first, current"],
    );
}

/// What is not read is said: it may be a part of what was given.
#[test]
fn records_of_other_kinds_in_the_folder_are_not_passed_over() {
    let with = |class| {
        let mut all = records(10);
        let mut other = record(1, "20261221");
        other.instance = "2.25.990".into();
        other.class = Some(class);
        all.push(other);
        gap(&folder(&all), &["--delivered-records", "given"])
    };
    for class in [
        uids::RT_BRACHY_TREATMENT_RECORD_STORAGE,
        uids::C_ARM_PHOTON_ELECTRON_RADIATION_RECORD_STORAGE,
    ] {
        ends(
            &with(class),
            3,
            &["cannot tell record.not_read at given/10.dcm"],
        );
    }
    let summary = done(&with(uids::RT_TREATMENT_SUMMARY_RECORD_STORAGE));
    let findings = summary["findings"].as_array().unwrap();
    let said = findings
        .iter()
        .find(|f| f["code"] == "record.not_read")
        .unwrap();
    assert_eq!(said["outcome"], "warn");
    // the records by name
    let brachy = {
        let mut all = records(2);
        all[1].class = Some(uids::RT_BRACHY_TREATMENT_RECORD_STORAGE);
        folder(&all)
    };
    done(&gap(&brachy, &["--delivered-records", "given/00.dcm"]));
    ends(
        &gap(&brachy, &["--delivered-records", "given/01.dcm"]),
        2,
        &["not an RT Beams Treatment Record but an RT Brachy Treatment Record"],
    );
}

/// EQD2 of two people is never added, nor one session twice.
#[test]
fn courses_hold_their_records_against_one_another() {
    let both = |change: fn(&mut RecordFixture)| {
        let first = folder(&records(10));
        let current = first.path().join("second");
        fs::create_dir(&current).unwrap();
        let days = ["20271207", "20271208", "20271209", "20271210", "20271213"];
        for (number, day) in (1..).zip(days) {
            let mut one = record(number, day);
            one.plan = "2.25.9";
            one.planned = Some("5");
            one.instance = format!("2.25.90{number}");
            change(&mut one);
            fs::write(current.join(format!("{number}.dcm")), one.bytes()).unwrap();
        }
        let case = "start = \"2027-12-07\"\n[[volumes]]\nname = \"cord\"\nalpha_beta = \"2 Gy\"\ndoses = [\"9Gy/5\"]\n[[earlier]]\nname = \"first\"\nfinished = \"2026-12-18\"\n[[earlier.volumes]]\nname = \"cord\"\ndoses = [\"42Gy/28\"]\n";
        fs::write(first.path().join("case.toml"), case).unwrap();
        let args = [
            "courses",
            "case.toml",
            "--delivered-records",
            "first=given",
            "--delivered-records",
            "current=second",
            "--format",
            "json",
        ];
        chemorad_in(first.path(), &args)
    };
    let right = done(&both(|_| {}));
    assert_eq!(right["volumes"][0]["courses"][1]["eqd2"]["value"], 8.55);
    ends(
        &both(|one| one.patient = "synthetic-2"),
        1,
        &["fail plan.patient", "different patients"],
    );
    // a session of the first course again
    ends(
        &both(|one| {
            if one.instance == "2.25.903" {
                one.instance = "2.25.7003".into();
            }
        }),
        1,
        &["fail record.other_course at "],
    );
}

#[test]
fn courses_say_why_the_dose_of_a_volume_is_not_known() {
    let mut off = records(10);
    for one in &mut off {
        one.planned = Some("10");
    }
    let other = folder(&off);
    ends(
        &courses(&other, "2026-12-18", "37.5Gy/25"),
        3,
        &[
            "as many fractions as the case states",
            "expected 25 fractions; found 10",
        ],
    );
    off[4].beams.pop();
    let part = courses(&folder(&off), "2026-12-18", "15Gy/10");
    ends(&part, 3, &["fraction 5 was not given whole"]);
    let message = String::from_utf8(part.stderr).unwrap();
    assert!(!message.contains("expected 10"), "{message}");
}

/// A plan that the records do not name is not the one that they are compared with, and nothing passes as if it were.
#[test]
fn a_plan_that_the_records_do_not_name_is_said() {
    let folder = folder(&records(10));
    let against_plan = || -> Vec<String> {
        let answer = done(&gap(&folder, &["--delivered-records", "given"]));
        let findings = answer["findings"].as_array().unwrap().iter();
        let of_plan = findings.filter(|finding| finding["code"] == "record.against_plan");
        of_plan
            .map(|finding| finding["outcome"].as_str().unwrap().to_string())
            .collect()
    };
    let plan = folder.path().join("given/plan.dcm");
    fs::remove_file(&plan).unwrap();
    assert_eq!(against_plan(), ["not_applicable"]);
    let mut other = pelvis().object();
    text(&mut other, tags::SOP_INSTANCE_UID, VR::UI, "2.25.77");
    fs::write(
        &plan,
        encoded(other.clone(), uids::EXPLICIT_VR_LITTLE_ENDIAN),
    )
    .unwrap();
    assert_eq!(against_plan(), ["warn", "not_applicable"]);
    // of somebody else, it is not even looked at
    text(&mut other, tags::PATIENT_ID, VR::LO, "synthetic-2");
    fs::write(&plan, encoded(other, uids::EXPLICIT_VR_LITTLE_ENDIAN)).unwrap();
    ends(
        &gap(&folder, &["--delivered-records", "given"]),
        1,
        &["plan.patient"],
    );
}

/// A plan that contradicts the course, or is not for treatment, is no plan of these fractions.
#[test]
fn the_plan_of_the_records_is_held_against_the_course() {
    let folder = folder(&records(10));
    let given = folder.path().join("given");
    let take = || gap(&folder, &["--delivered-records", "given"]);
    done(&take());
    write_plan(&given, |plan| plan.groups[0].fractions = Some(25));
    ends(&take(), 1, &["fail rx.fractions at phase 1"]);
    let double =
        |plan: &mut PlanFixture| plan.groups[0].beams = vec![beam(1, "1.8"), beam(2, "1.8")];
    write_plan(&given, double);
    ends(&take(), 1, &["fail rx.dose_per_fraction at phase 1"]);
    write_plan(&given, |plan| plan.intent = Some("VERIFICATION"));
    ends(&take(), 1, &["fail plan.intent at given/plan.dcm"]);
    ends(
        &courses(&folder, "2026-12-18", "42Gy/28"),
        1,
        &["fail plan.intent"],
    );
    write_plan(&given, |plan| plan.approval = Some("REJECTED"));
    ends(&take(), 1, &["fail plan.approval at given/plan.dcm"]);
    write_plan(&given, |plan| plan.approval = Some("UNAPPROVED"));
    let warned = done(&take());
    let findings = warned["findings"].as_array().unwrap();
    assert!(
        findings
            .iter()
            .any(|one| one["code"] == "plan.approval" && one["outcome"] == "warn")
    );
    // beams without a dose contradict nothing
    let without = |plan: &mut PlanFixture| {
        for beam in &mut plan.groups[0].beams {
            beam.dose = None;
        }
    };
    write_plan(&given, without);
    done(&take());
}

/// What a plan states as the dose of its target is held against the course, where its beams say nothing too.
#[test]
fn the_stated_dose_of_the_plan_is_held_against_the_course() {
    let folder = folder(&records(10));
    let given = folder.path().join("given");
    let stating = |doses: &[&'static str], beams: bool| {
        write_plan(&given, |plan| {
            let targets = doses.iter().map(|dose| target("pelvis", dose));
            plan.targets = targets.collect();
            for beam in &mut plan.groups[0].beams {
                beam.dose = beam.dose.take().filter(|_| beams);
            }
        });
        gap(&folder, &["--delivered-records", "given"])
    };
    done(&stating(&["50.4"], true));
    done(&stating(&["50.4"], false));
    ends(&stating(&["45"], false), 1, &["fail rx.prescription"]);
    ends(&stating(&["56"], true), 1, &["fail rx.prescription"]);
    ends(&stating(&["5040"], true), 1, &["fail rx.prescription"]);
    // a plan may give another target another dose
    done(&stating(&["45", "50.4"], true));
}

/// The time between the fractions of a day is held against that of the calendar.
#[test]
fn two_fractions_a_day_are_held_against_their_interval() {
    let folder_of = |second: &'static str| {
        let mut all = records(10);
        for (at, one) in all.iter_mut().enumerate() {
            one.date = Some(crate::common::record::DAYS[at / 2]);
            one.time = if at % 2 == 0 { "080000" } else { second };
        }
        folder(&all)
    };
    let take = |second: &'static str, interval: &str| {
        let args = [
            "--delivered-records",
            "given",
            "--per-day",
            "2",
            "--late-repair-half-time",
            "4h",
            "--interval",
            interval,
            "--format",
            "json",
        ];
        let args = [&gap_without_delivered()[..], &args].concat();
        chemorad_in(folder_of(second).path(), &args)
    };
    done(&take("140000", "6h"));
    ends(&take("110000", "6h"), 1, &["fail record.interval"]);
    ends(&take("140000", "8h"), 1, &["fail record.interval"]);
}

/// What a course gave is never left out without a word.
#[test]
fn courses_leave_nothing_out_that_was_given() {
    let mut all = records(10);
    for (number, one) in (1..).zip(&mut all) {
        one.planned = Some("7");
        if number > 7 {
            one.plan = "2.25.2";
            one.planned = Some("3");
            for beam in &mut one.beams {
                beam.fraction = Some(number - 7);
            }
        }
    }
    let folder = folder(&all);
    ends(
        &courses(&folder, "2026-12-18", "10.5Gy/7"),
        3,
        &[
            "cannot tell record.not_stated at course first, cord",
            "of 3 fractions",
        ],
    );
    let whole = done(&courses(&folder, "2026-12-18", "10.5Gy/7+4.5Gy/3"));
    assert_eq!(whole["volumes"][0]["courses"][0]["eqd2"]["value"], 13.125);
}

/// A record beside the plan is not read by `check`, and whose it is is compared all the same.
#[test]
fn check_compares_the_patient_of_records() {
    let check = |patient: &'static str, files: &[&str]| {
        let mut all = records(2);
        all[1].patient = patient;
        let folder = folder(&all);
        let args = [&["check"], files, &["--prescribed", "50.4Gy/28"]].concat();
        let answer = chemorad_in(folder.path(), &args);
        (answer.exit, String::from_utf8(answer.stdout).unwrap())
    };
    let by_name = ["given/plan.dcm", "given/00.dcm", "given/01.dcm"];
    for files in [&["given"][..], &by_name] {
        let (exit, text) = check("synthetic-1", files);
        assert_eq!(exit, Some(0), "{text}");
        let (exit, text) = check("synthetic-2", files);
        assert_eq!(exit, Some(1), "{text}");
        assert!(text.contains("plan.patient"), "{text}");
    }
}

/// Plans that are made anew each day are alike: what is wrong with all of them is one line.
#[test]
fn plans_of_each_day_are_held_against_the_course_and_said_once() {
    let daily = |dose: &'static str| {
        let mut all = records(4);
        let plans = ["2.25.31", "2.25.32", "2.25.33", "2.25.34"];
        for (one, plan) in all.iter_mut().zip(plans) {
            one.plan = plan;
            one.planned = Some("1");
            for beam in &mut one.beams {
                beam.fraction = Some(1);
                beam.dose = None;
            }
        }
        let folder = folder(&all);
        let given = folder.path().join("given");
        for (number, uid) in plans.iter().enumerate() {
            let file = format!("plan{number}.dcm");
            write_plan_called(&given, &file, uid, |plan| {
                plan.groups[0].fractions = Some(1);
                plan.groups[0].beams = vec![beam(1, dose), beam(2, dose)];
                plan.targets = vec![target("pelvis", "1.8")];
            });
        }
        gap(&folder, &["--delivered-records", "given"])
    };
    let right = done(&daily("0.9"));
    let dates = right["case"]["delivered"]["dates"].as_array().unwrap();
    assert_eq!(dates.len(), 4);
    let wrong = daily("1.0");
    ends(&wrong, 1, &["fail rx.dose_per_fraction", "3 times more"]);
    let message = String::from_utf8(wrong.stderr).unwrap();
    assert_eq!(
        message.matches("fail rx.dose_per_fraction").count(),
        1,
        "{message}"
    );
}
