//! What a plan, a structure set and an alpha/beta say against themselves is said before their doses are judged.

use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;
use serde_json::Value;

use crate::common::contoured::blocks_of;
use crate::common::{encoded, pelvis, sequence, text};
use crate::harness::{Answer, chemorad};
use crate::limits::Case;
use crate::strict_json::strict;

/// The outcome of a code, of all that is found of files.
fn found(shown: &Value, code: &str) -> Vec<String> {
    let findings = shown["findings"].as_array().unwrap().iter();
    findings
        .filter(|one| one["code"] == code)
        .map(|one| one["outcome"].as_str().unwrap().to_string())
        .collect()
}

fn planned(approval: Option<&'static str>, intent: &'static str) -> Case {
    let mut case = Case::default();
    case.planned.approval = approval;
    case.planned.intent = Some(intent);
    case
}

#[test]
fn a_plan_that_is_not_for_treatment_is_named() {
    for (approval, intent, exit, of_approval, of_intent) in [
        (Some("APPROVED"), "CURATIVE", 0, None, None),
        (Some("UNAPPROVED"), "CURATIVE", 0, Some("warn"), None),
        (Some("REJECTED"), "CURATIVE", 1, Some("fail"), None),
        (None, "CURATIVE", 3, Some("cannot_tell"), None),
        (Some("APPROVED"), "VERIFICATION", 1, None, Some("fail")),
    ] {
        let (found_exit, shown) = planned(approval, intent).run(&[]);
        let shown = shown.unwrap();
        assert_eq!(found_exit, exit, "{approval:?} {intent}: {shown:#}");
        let wanted = |outcome: Option<&str>| -> Vec<String> {
            outcome.into_iter().map(String::from).collect()
        };
        assert_eq!(found(&shown, "plan.approval"), wanted(of_approval));
        assert_eq!(found(&shown, "plan.intent"), wanted(of_intent));
    }
}

/// The files of a case, one of them changed.
fn with(name: &str, change: impl FnOnce(&mut InMemDicomObject), words: &[&str]) -> (i32, Value) {
    let folder = Case::default().folder();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let bytes = std::fs::read(at(name)).unwrap();
    let file = dicom_object::from_reader(bytes.as_slice()).unwrap();
    let mut object = file.into_inner();
    change(&mut object);
    std::fs::write(at(name), encoded(object, uids::EXPLICIT_VR_LITTLE_ENDIAN)).unwrap();
    let files = ["rs.dcm", "rd.dcm", "rp.dcm", "limits.csv"].map(at);
    let [set, dose, plan, limits] = files.each_ref().map(String::as_str);
    let flags = ["--limits", limits, "--solid", "slab", "--format", "json"];
    let answer = chemorad(&[words, &[set, dose, plan], &flags].concat());
    (answer.exit.unwrap(), strict(&answer.stdout))
}

const CHECK: [&str; 3] = ["check", "--prescribed", "45Gy/25"];

/// A dose that names structure sets.
fn naming(dose: &mut InMemDicomObject, sets: &[&str]) {
    let items = sets.iter().map(|set| {
        let mut item = InMemDicomObject::new_empty();
        let class = tags::REFERENCED_SOP_CLASS_UID;
        text(&mut item, class, VR::UI, uids::RT_STRUCTURE_SET_STORAGE);
        text(&mut item, tags::REFERENCED_SOP_INSTANCE_UID, VR::UI, set);
        item
    });
    let items = items.collect();
    sequence(dose, tags::REFERENCED_STRUCTURE_SET_SEQUENCE, items);
}

/// Limits of a folder with two structure sets: 2.25.4, which the plan names, and another without the bladder.
fn with_two_sets(other: &str, named: &[&str]) -> Answer {
    let case = Case::default();
    let folder = case.folder();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let organs: Vec<_> = case.organs.iter().skip(1).cloned().collect();
    let set = blocks_of(other, "synthetic-1", case.frame, &organs);
    std::fs::write(at("other.dcm"), set).unwrap();
    let mut dose = case.dose.object();
    if !named.is_empty() {
        naming(&mut dose, named);
    }
    std::fs::write(at("rd.dcm"), encoded(dose, uids::EXPLICIT_VR_LITTLE_ENDIAN)).unwrap();
    let files = ["rs.dcm", "other.dcm", "rd.dcm", "rp.dcm", "limits.csv"].map(at);
    let [set, other, dose, plan, limits] = files.each_ref().map(String::as_str);
    let flags = ["--limits", limits, "--solid", "slab", "--format", "json"];
    chemorad(&[&CHECK, &[other, set, dose, plan][..], &flags].concat())
}

#[test]
fn of_two_structure_sets_the_one_that_is_named_is_held_against_limits() {
    // by the plan, by the dose, by the dose against the plan
    for (named, has_bladder) in [(&[][..], true), (&["2.25.4"], true), (&["2.25.44"], false)] {
        let answer = with_two_sets("2.25.44", named);
        let shown: Value = strict(&answer.stdout);
        // no plan refers to the other one, which cannot be told
        assert_eq!(answer.exit, Some(3), "{named:?}: {shown:#}");
        let findings = shown["findings"].as_array().unwrap();
        let not_used = findings.iter().filter(|one| {
            one["code"] == "dose.structure_set"
                && one["message"]
                    .as_str()
                    .unwrap()
                    .contains("limits are not held")
        });
        let not_used: Vec<&str> = not_used.map(|one| one["at"].as_str().unwrap()).collect();
        let other = if has_bladder { "other.dcm" } else { "rs.dcm" };
        assert!(
            matches!(not_used.as_slice(), [one] if one.ends_with(other)),
            "{not_used:?}"
        );
        let mut limits = findings
            .iter()
            .filter(|one| one["code"] == "limit.dose_volume");
        let is_told = limits.any(|one| {
            one["at"].as_str().unwrap().contains("bladder") && one["outcome"] != "cannot_tell"
        });
        assert_eq!(is_told, has_bladder, "{named:?}: {shown:#}");
    }
    // both are named, or neither
    for named in [&["2.25.4", "2.25.44"][..], &["2.25.9"]] {
        let answer = with_two_sets("2.25.44", named);
        assert_eq!(answer.exit, Some(2), "{named:?}");
        assert!(answer.stdout.is_empty());
        let error = String::from_utf8(answer.stderr).unwrap();
        let names = ["other.dcm", "rs.dcm", "give only one of"];
        assert!(names.iter().all(|name| error.contains(name)), "{error}");
    }
}

#[test]
fn a_dose_of_another_structure_set_is_named() {
    for (set, wanted) in [("2.25.4", &[][..]), ("2.25.44", &["warn"])] {
        let (exit, shown) = with("rd.dcm", |dose| naming(dose, &[set]), &["dvh"]);
        assert_eq!(found(&shown, "dose.structure_set"), wanted, "{shown:#}");
        assert_eq!(exit, 0);
    }
}

#[test]
fn what_was_rejected_is_named() {
    let files = [
        ("rs.dcm", "structure.rejected"),
        ("rd.dcm", "dose.rejected"),
    ];
    let words = [&["dvh"][..], &CHECK].into_iter();
    for (words, (file, code)) in words.flat_map(|words| files.map(|file| (words, file))) {
        for (status, exit, wanted) in [
            ("APPROVED", 0, &[][..]),
            ("UNAPPROVED", 0, &[]),
            ("REJECTED", 1, &["fail"]),
        ] {
            let change = |set: &mut InMemDicomObject| {
                text(set, tags::APPROVAL_STATUS, VR::CS, status);
            };
            let (found_exit, shown) = with(file, change, words);
            assert_eq!(found(&shown, code), wanted, "{words:?}");
            assert_eq!(found_exit, exit, "{words:?} {status}");
        }
    }
}

#[test]
fn an_unusual_alpha_beta_is_named_everywhere() {
    const CODE: &str = "model.alpha_beta_unusual";
    let limit = |ratio: &str| Case {
        limits: String::leak(format!(
            "structure,metric,limit,alpha_beta\nbladder,max,<= 40 Gy,{ratio}\n"
        )),
        planned: pelvis(),
        ..Case::default()
    };
    let folder = tempfile::tempdir().unwrap();
    let histogram = folder.path().join("h.csv").display().to_string();
    let rows = "dose_gy,differential_cc\n40,10\n50,20\n";
    std::fs::write(&histogram, rows).unwrap();
    for (ratio, unusual) in [("3 Gy", false), ("300 Gy", true), ("0.03 Gy", true)] {
        for flag in ["--eqd2", "--bed"] {
            let shown = Case::default().run(&[flag, ratio]).1.unwrap();
            assert_eq!(!found(&shown, CODE).is_empty(), unusual, "{flag} {ratio}");
        }
        let folder = limit(ratio).folder();
        let at = |name: &str| folder.path().join(name).display().to_string();
        let files = ["rs.dcm", "rd.dcm", "rp.dcm", "limits.csv"].map(at);
        let [set, dose, plan, limits] = files.each_ref().map(String::as_str);
        for words in [&["dvh"][..], &CHECK] {
            let words = [words, &[set, dose, plan, "--limits", limits]].concat();
            let answer = chemorad(&words);
            let said = String::from_utf8(answer.stdout).unwrap();
            assert_eq!(said.contains("0.5 to 30"), unusual, "{words:?}: {said}");
        }
        let set = "rectum-late-grade-2-quantec";
        let of_ntcp = ["ntcp", &histogram, "--set", set, "--fractions", "25"];
        let of_tcp = [
            "tcp",
            &histogram,
            "--model",
            "poisson",
            "--alpha",
            "0.3/Gy",
            "--clonogens",
            "1e7",
            "--fractions",
            "25",
            "--endpoint",
            "synthetic",
            "--source",
            "synthetic",
        ];
        for words in [&of_ntcp[..], &of_tcp] {
            let tail = ["--alpha-beta", ratio, "--format", "json"];
            let answer = chemorad(&[words, &tail].concat());
            let shown = String::from_utf8(answer.stdout).unwrap();
            let error = String::from_utf8(answer.stderr).unwrap();
            assert_eq!(
                shown.contains(CODE),
                unusual,
                "{words:?} {ratio}: {shown}{error}"
            );
        }
    }
}
