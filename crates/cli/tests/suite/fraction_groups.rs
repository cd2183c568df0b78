//! Fraction groups and beams that a dose names are held against those of its plan.

use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;
use serde_json::Value;

use crate::common::{DoseFixture, GroupFixture, PlanFixture, beam, encoded, pelvis, sequence};
use crate::common::{target, text};
use crate::harness::chemorad;
use crate::limits::Case;
use crate::strict_json::strict;

/// Three fraction groups in one plan, or only the first.
fn plan(groups: usize) -> PlanFixture {
    let all = [(25_u32, [1, 2]), (3, [3, 4]), (5, [5, 6])];
    let group = |(fractions, beams): &(u32, [i32; 2])| GroupFixture {
        fractions: Some(*fractions),
        beams: beams.iter().map(|number| beam(*number, "0.9")).collect(),
    };
    let dose = ["45", "50.4", "59.4"][groups - 1];
    PlanFixture {
        groups: all.iter().take(groups).map(group).collect(),
        targets: vec![target("tumour bed", dose)],
        ..pelvis()
    }
}

type Part<'a> = (&'a str, &'a [&'a str]);

/// A dose that names these fraction groups, each with beams.
fn dose(instance: &'static str, summation: &'static str, parts: &[Part<'_>]) -> Vec<u8> {
    let scaling = match instance {
        "2.25.100" => "0.1",
        "2.25.101" => "0.0117",
        _ => "0.0195",
    };
    let fixture = DoseFixture {
        instance,
        summation,
        scaling,
        ..Case::default().dose
    };
    let mut dose = fixture.object();
    let mut plan = InMemDicomObject::new_empty();
    let class = tags::REFERENCED_SOP_CLASS_UID;
    text(&mut plan, class, VR::UI, uids::RT_PLAN_STORAGE);
    text(
        &mut plan,
        tags::REFERENCED_SOP_INSTANCE_UID,
        VR::UI,
        "2.25.1",
    );
    let groups = parts.iter().map(|(number, beams)| {
        let mut group = InMemDicomObject::new_empty();
        let tag = tags::REFERENCED_FRACTION_GROUP_NUMBER;
        text(&mut group, tag, VR::IS, number);
        let beams = beams.iter().map(|number| {
            let mut beam = InMemDicomObject::new_empty();
            text(&mut beam, tags::REFERENCED_BEAM_NUMBER, VR::IS, number);
            beam
        });
        let beams: Vec<InMemDicomObject> = beams.collect();
        if !beams.is_empty() {
            sequence(&mut group, tags::REFERENCED_BEAM_SEQUENCE, beams);
        }
        group
    });
    let groups: Vec<InMemDicomObject> = groups.collect();
    if !groups.is_empty() {
        sequence(&mut plan, tags::REFERENCED_FRACTION_GROUP_SEQUENCE, groups);
    }
    sequence(&mut dose, tags::REFERENCED_RT_PLAN_SEQUENCE, vec![plan]);
    encoded(dose, uids::EXPLICIT_VR_LITTLE_ENDIAN)
}

const PHASES: [&str; 3] = ["pelvis=45Gy/25", "boost=5.4Gy/3", "second=9Gy/5"];

/// `check` and, for one dose, `dvh` of these doses; the exit and what is shown.
fn run(command: &str, groups: usize, doses: &[Vec<u8>], limit: &str) -> (i32, Value) {
    let folder = Case::default().folder();
    let at = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(at("rp.dcm"), plan(groups).bytes()).unwrap();
    std::fs::write(
        at("limits.csv"),
        format!("structure,metric,limit\n{limit}\n"),
    )
    .unwrap();
    let names: Vec<String> = (0..doses.len()).map(|at| format!("d{at}.dcm")).collect();
    for (name, bytes) in names.iter().zip(doses) {
        std::fs::write(at(name), bytes).unwrap();
    }
    let mut words = vec![command.to_string(), at("rs.dcm")];
    words.extend(names.iter().map(|name| at(name)));
    words.push(at("rp.dcm"));
    if command == "check" {
        for phase in PHASES.iter().take(groups) {
            words.extend(["--prescribed".into(), (*phase).into()]);
        }
    }
    words.extend(["--solid", "slab", "--format", "json", "--limits"].map(String::from));
    words.push(at("limits.csv"));
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let answer = chemorad(&words);
    let shown = strict(&answer.stdout);
    (answer.exit.unwrap(), shown)
}

fn whole_dose(shown: &Value) -> Option<String> {
    let mut findings = shown["findings"].as_array().unwrap().iter();
    let found = findings.find(|one| one["code"] == "limit.whole_dose")?;
    Some(found["message"].as_str().unwrap().to_string())
}

fn of_group(number: usize) -> Vec<u8> {
    let [instance, number] = [["2.25.100", "1"], ["2.25.101", "2"], ["2.25.102", "3"]][number - 1];
    dose(instance, "FRACTION", &[(number, &[])])
}

const KEPT: &str = "bladder,max,<= 40 Gy";

#[track_caller]
fn left_out(command: &str, groups: usize, doses: &[Vec<u8>], missing: &str) {
    let (exit, shown) = run(command, groups, doses, KEPT);
    assert_eq!(shown["limits"][0]["outcome"], "cannot_tell", "{shown:#}");
    let message = whole_dose(&shown).unwrap();
    assert!(message.contains(missing), "{message}");
    assert!(exit == 3 || exit == 1, "{exit}");
}

#[track_caller]
fn whole(command: &str, groups: usize, doses: &[Vec<u8>]) {
    let (_, shown) = run(command, groups, doses, KEPT);
    assert_eq!(shown["limits"][0]["outcome"], "pass", "{shown:#}");
    assert_eq!(whole_dose(&shown), None);
    let mut findings = shown["findings"].as_array().unwrap().iter();
    let is_open = |one: &Value| {
        let codes = ["dose.groups_of_plan", "structure.dose_of_part"];
        codes.iter().any(|code| one["code"] == *code)
            || one["code"] == "dose.sum_type" && one["outcome"] != "pass"
    };
    assert!(!findings.any(is_open), "{shown:#}");
}

#[test]
fn fraction_groups_without_one_settle_nothing() {
    left_out("check", 3, &[of_group(1), of_group(2)], "fraction group 3");
    whole("check", 3, &[of_group(1), of_group(2), of_group(3)]);
    // what is broken by a part is broken
    let doses = [of_group(1), of_group(2)];
    let (exit, shown) = run("check", 3, &doses, "bladder,max,<= 10 Gy");
    assert_eq!(shown["limits"][0]["outcome"], "fail");
    assert_eq!(exit, 1);
}

#[test]
fn a_dose_of_a_plan_that_names_fewer_groups_is_a_part() {
    let of = |parts: &[Part<'_>]| [dose("2.25.100", "PLAN", parts)];
    for command in ["check", "dvh"] {
        left_out(
            command,
            3,
            &of(&[("1", &[]), ("2", &[])]),
            "fraction group 3",
        );
        whole(command, 3, &of(&[]));
        whole(command, 3, &of(&[("1", &[]), ("2", &[]), ("3", &[])]));
        left_out(
            command,
            1,
            &of(&[("1", &["1"])]),
            "beam 2 of fraction group 1",
        );
        whole(command, 1, &of(&[("1", &["1", "2"])]));
    }
}

#[test]
fn the_only_group_and_all_beams_are_the_plan() {
    for command in ["check", "dvh"] {
        whole(command, 1, &[of_group(1)]);
        whole(command, 1, &[dose("2.25.100", "FRACTION", &[])]);
        whole(
            command,
            1,
            &[dose("2.25.100", "BEAM", &[("1", &["1", "2"])])],
        );
        left_out(
            command,
            1,
            &[dose("2.25.100", "BEAM", &[("1", &["1"])])],
            "beam 2 of fraction group 1",
        );
    }
    let beams = ["1", "2"].map(|number: &str| {
        let instance = if number == "1" {
            "2.25.100"
        } else {
            "2.25.101"
        };
        dose(instance, "BEAM", &[("1", &[number])])
    });
    whole("check", 1, &beams);
}
