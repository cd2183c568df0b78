//! Limits are those of a whole course: the dose of one of its plans settles little.

use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;
use serde_json::Value;
use tempfile::TempDir;

use crate::common::{DoseFixture, GroupFixture, PlanFixture, beam, encoded, pelvis, sequence};
use crate::common::{target, text};
use crate::harness::chemorad;
use crate::limits::Case;
use crate::strict_json::strict;

const BOOST: &str = "2.25.11";

fn boost() -> Vec<u8> {
    let plan = PlanFixture {
        groups: vec![GroupFixture {
            fractions: Some(3),
            beams: vec![beam(1, "1.8")],
        }],
        targets: vec![target("tumour bed", "5.4")],
        label: "BOOST",
        ..pelvis()
    };
    let mut plan = plan.object();
    text(&mut plan, tags::SOP_INSTANCE_UID, VR::UI, BOOST);
    encoded(plan, uids::EXPLICIT_VR_LITTLE_ENDIAN)
}

/// The dose of these plans.
fn dose(scaling: &'static str, summation: &'static str, plans: &[&str]) -> Vec<u8> {
    let dose = DoseFixture {
        scaling,
        summation,
        instance: match plans {
            [] => "2.25.102",
            [BOOST] => "2.25.101",
            _ => "2.25.100",
        },
        ..Case::default().dose
    };
    let mut dose = dose.object();
    let plans = plans.iter().map(|uid| {
        let mut plan = InMemDicomObject::new_empty();
        let class = tags::REFERENCED_SOP_CLASS_UID;
        text(&mut plan, class, VR::UI, uids::RT_PLAN_STORAGE);
        text(&mut plan, tags::REFERENCED_SOP_INSTANCE_UID, VR::UI, uid);
        plan
    });
    sequence(
        &mut dose,
        tags::REFERENCED_RT_PLAN_SEQUENCE,
        plans.collect(),
    );
    encoded(dose, uids::EXPLICIT_VR_LITTLE_ENDIAN)
}

fn folder() -> TempDir {
    let folder = Case::default().folder();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    write("boost.dcm", &boost());
    write("of-pelvis.dcm", &dose("0.1", "PLAN", &["2.25.1"]));
    write("of-boost.dcm", &dose("0.0117", "PLAN", &[BOOST]));
    write(
        "of-both.dcm",
        &dose("0.112", "MULTI_PLAN", &["2.25.1", BOOST]),
    );
    write("of-none.dcm", &dose("0.1", "MULTI_PLAN", &[]));
    folder
}

fn check(doses: &[&str], limits: &str) -> (Option<i32>, Result<Value, String>) {
    let folder = folder();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let table = format!("structure,metric,limit\n{limits}\n");
    std::fs::write(folder.path().join("limits.csv"), table).unwrap();
    let files = ["rp.dcm", "boost.dcm", "rs.dcm"].map(at);
    let doses: Vec<String> = doses.iter().map(|name| at(name)).collect();
    let limits = at("limits.csv");
    let mut words = vec!["check", "--protocol", "NCT06949098/adverse"];
    words.extend(["--solid", "slab", "--format", "json", "--limits", &limits]);
    words.extend(files.iter().chain(&doses).map(String::as_str));
    let answer = chemorad(&words);
    if answer.exit == Some(2) {
        return (answer.exit, Err(String::from_utf8(answer.stderr).unwrap()));
    }
    (answer.exit, Ok(strict(&answer.stdout)))
}

fn whole_dose(shown: &Value) -> Option<&Value> {
    let mut findings = shown["findings"].as_array().unwrap().iter();
    findings.find(|one| one["code"] == "limit.whole_dose")
}

#[test]
fn the_dose_of_one_plan_keeps_no_limit_of_the_course() {
    let kept = "bladder,max,<= 20 Gy";
    for (dose, missing) in [
        ("of-pelvis.dcm", &["boost.dcm"][..]),
        ("of-boost.dcm", &["rp.dcm"]),
        ("of-none.dcm", &["rp.dcm", "boost.dcm"]),
    ] {
        let (exit, shown) = check(&[dose], kept);
        let shown = shown.unwrap();
        assert_eq!(shown["limits"][0]["outcome"], "cannot_tell", "{dose}");
        let whole = whole_dose(&shown).unwrap();
        assert_eq!(whole["outcome"], "cannot_tell", "{dose}");
        let message = whole["message"].as_str().unwrap();
        for plan in missing {
            assert!(message.contains(plan), "{dose}: {message}");
        }
        assert_ne!(exit, Some(0), "{dose}");
    }
    let (exit, shown) = check(&["of-pelvis.dcm"], kept);
    assert_eq!(exit, Some(3), "{:#}", shown.unwrap());
    // 18.9 Gy of the one, 21.2 Gy of both
    let (exit, shown) = check(&["of-both.dcm"], "bladder,max,<= 21.3 Gy");
    let shown = shown.unwrap();
    assert_eq!(exit, Some(0), "{shown:#}");
    assert!(whole_dose(&shown).is_none());
    let (exit, _) = check(&["of-both.dcm"], kept);
    assert_eq!(exit, Some(1));
}

/// More dose changes nothing of it.
#[test]
fn what_one_plan_settles_is_settled() {
    for (limit, outcome) in [
        ("bladder,max,<= 18 Gy", "fail"),
        ("bladder,mean,<= 18 Gy", "cannot_tell"),
        ("PTV,min,>= 35 Gy", "pass"),
        ("PTV,min,>= 40 Gy", "cannot_tell"),
        // the volume below a dose shrinks as the dose grows
        ("bladder,CV10Gy,>= 0.4 cc", "fail"),
        ("bladder,CV10Gy,>= 0.01 cc", "cannot_tell"),
        ("PTV,CV18Gy,<= 0.255 cc", "pass"),
        ("bladder,CV10Gy,<= 0.01 cc", "cannot_tell"),
    ] {
        let shown = check(&["of-pelvis.dcm"], limit).1.unwrap();
        assert_eq!(shown["limits"][0]["outcome"], outcome, "{limit}");
        assert!(whole_dose(&shown).is_some());
    }
}

#[test]
fn two_doses_are_added_and_not_left_out() {
    let both = ["of-pelvis.dcm", "of-boost.dcm"];
    // 18.9 Gy of the one, 2.2113 Gy of the other
    for (limit, outcome, exit) in [
        ("bladder,max,<= 21.2 Gy", "pass", 0),
        ("bladder,max,<= 21.1 Gy", "fail", 1),
    ] {
        let (found, shown) = check(&both, limit);
        let shown = shown.unwrap();
        assert_eq!(shown["limits"][0]["outcome"], outcome, "{shown:#}");
        assert_eq!(found, Some(exit), "{shown:#}");
        assert!(whole_dose(&shown).is_none());
    }
    // one that is not of a plan of the course may be counted twice
    let (exit, message) = check(&["of-pelvis.dcm", "of-none.dcm"], "bladder,max,<= 21 Gy");
    let message = message.unwrap_err();
    assert_eq!(exit, Some(2));
    assert!(
        message.contains("chemorad dose sum --distinct REASON"),
        "{message}"
    );
    // a flag that check does not have is not proposed for it
    assert_eq!(message.matches("--distinct").count(), 1, "{message}");
    assert!(message.contains("of one phase keeps limits"), "{message}");
}

/// Each phase has its own number of fractions: 18.9 Gy in 25, and 9.45 Gy in 3.
#[test]
fn effects_of_phases_are_added_each_with_its_own_fractions() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(at("of-boost.dcm"), dose("0.05", "PLAN", &[BOOST])).unwrap();
    let shown = |names: &[&str], limit: &str| {
        let table = format!("structure,metric,limit,alpha_beta\n{limit},3 Gy\n");
        std::fs::write(at("limits.csv"), table).unwrap();
        let mut words = vec!["check".to_string(), "--protocol".into()];
        words.extend(
            ["NCT06949098/adverse", "--solid", "slab", "--format", "json"].map(String::from),
        );
        words.extend(["--limits".into(), at("limits.csv")]);
        words.extend(names.iter().map(|name| at(name)));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        strict(&chemorad(&words).stdout)
    };
    let all = [
        "rp.dcm",
        "boost.dcm",
        "rs.dcm",
        "of-pelvis.dcm",
        "of-boost.dcm",
    ];
    // 14.2 Gy and 11.7 Gy at the hottest point; all in 28 fractions would be 22.8 Gy
    for (limit, outcome) in [
        ("bladder,max,<= 26 Gy", "pass"),
        ("bladder,max,<= 25.8 Gy", "fail"),
        // of both in gray
        ("PTV,min,>= 53 Gy", "pass"),
    ] {
        let shown = shown(&all, limit);
        assert_eq!(
            shown["limits"][0]["outcome"], outcome,
            "{limit}: {:#}",
            shown["limits"]
        );
        let mut findings = shown["findings"].as_array().unwrap().iter();
        assert!(findings.any(|one| one["code"] == "dose.fractions" && one["outcome"] == "pass"));
    }
    // without the plan of one, its fractions are not known
    let some = ["rp.dcm", "rs.dcm", "of-pelvis.dcm", "of-boost.dcm"];
    let shown = shown(&some, "bladder,max,<= 26 Gy");
    assert_eq!(shown["limits"][0]["outcome"], "cannot_tell");
}
