//! What a plan, a structure set and an alpha/beta say against themselves is said before their doses are judged.

use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;
use serde_json::Value;

use crate::common::{encoded, pelvis, sequence, text};
use crate::harness::chemorad;
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

#[test]
fn a_dose_of_another_structure_set_is_named() {
    for (set, wanted) in [("2.25.4", &[][..]), ("2.25.44", &["warn"])] {
        let change = |dose: &mut InMemDicomObject| {
            let mut item = InMemDicomObject::new_empty();
            let class = tags::REFERENCED_SOP_CLASS_UID;
            text(&mut item, class, VR::UI, uids::RT_STRUCTURE_SET_STORAGE);
            text(&mut item, tags::REFERENCED_SOP_INSTANCE_UID, VR::UI, set);
            sequence(dose, tags::REFERENCED_STRUCTURE_SET_SEQUENCE, vec![item]);
        };
        let (exit, shown) = with("rd.dcm", change, &["dvh"]);
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
