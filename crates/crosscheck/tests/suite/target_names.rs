//! Names of targets that the plan itself contradicts.

use chemorad::report::Outcome::{CannotTell, Fail, Pass};
use chemorad_crosscheck::{CrossCheck, Prescribed};
use chemorad_dosimetry::{PlannedPrescription, PlannedTarget, TargetLink};

use crate::common::{
    Case, adjuvant, boost, check, decimal, find, group, option, pelvis, plan, target, typed,
};

fn pelvis_called(name: &str) -> PlannedPrescription {
    plan(
        "plan.dcm",
        vec![group(1, 25, &["1.8"])],
        vec![target(name, Some("45"))],
    )
}

fn by_type(text: &str, planned: PlannedPrescription) -> CrossCheck {
    let prescribed = Prescribed::typed(&typed(&[text])).unwrap();
    check(&prescribed, &[planned])
}

#[test]
fn an_organ_is_no_target() {
    let alone = option("radiotherapy_alone");
    for name in ["Bladder", "Small bowel", "Femoral_Head_L"] {
        for found in [
            by_type("45Gy/25", pelvis_called(name)),
            check(&alone, &[pelvis_called(name)]),
        ] {
            assert_eq!(found.outcome, CannotTell, "{name}");
            let organ = find(&found, "rx.volume_match", "plan.dcm");
            assert!(organ.message().contains("organ at risk"), "{organ}");
            // nobody is told to take it for a volume
            let advice = format!("{name}=");
            let mut findings = found.findings.iter();
            assert!(findings.all(|one| !one.message().contains(&advice)));
        }
    }
    // whoever treats it says so
    let found = by_type("p@bladder=45Gy/25", pelvis_called("Bladder"));
    assert_eq!(found.outcome, Pass);
    let planned = [pelvis_called("Bladder")];
    let mut case = Case::new(&alone, &planned);
    case.names = &["Bladder=pelvis"];
    let found = case.run().unwrap();
    let said: Vec<_> = found
        .findings
        .iter()
        .filter(|f| f.outcome != Pass)
        .map(ToString::to_string)
        .collect();
    assert_eq!(found.outcome, Pass, "{said:?}");
    // what may be treated is none
    for name in ["PTV", "Rectum", "anal canal"] {
        assert_eq!(
            by_type("45Gy/25", pelvis_called(name)).outcome,
            Pass,
            "{name}"
        );
    }
}

/// 50.4 and 58.8 Gy in the same 28 fractions.
fn boosted(low: &str, high: &str) -> PlannedPrescription {
    let targets = vec![target(low, Some("50.4")), target(high, Some("58.8"))];
    plan("plan.dcm", vec![group(1, 28, &["1.8"])], targets)
}

fn check_boosted(planned: PlannedPrescription) -> CrossCheck {
    let lines = typed(&["x@low=50.4Gy/28", "x@high=58.8Gy/28"]);
    check(&Prescribed::typed(&lines).unwrap(), &[planned])
}

fn exchanged(found: &CrossCheck) -> bool {
    let mut findings = found.findings.iter();
    findings.any(|finding| finding.message().contains("holds a prescribed dose"))
}

#[test]
fn names_that_state_the_dose_of_the_other_are_said() {
    for (low, high, is_found) in [
        ("PTV50.4", "PTV58.8", false),
        ("PTV_5040", "PTV_5880", false),
        ("low", "high", false),
        ("PTV 1", "PTV 2", false),
        // one alone is enough
        ("PTV58.8", "PTV", true),
        ("PTV58.8", "PTV50.4", true),
        ("PTV_5880", "PTV_5040", true),
        ("PTV58_8", "PTV504", true),
    ] {
        let found = check_boosted(boosted(low, high));
        assert_eq!(exchanged(&found), is_found, "{low} {high}");
        if is_found {
            assert_ne!(found.outcome, Pass, "{low} {high}");
        }
    }
}

#[test]
fn the_type_of_a_target_hides_no_exchange() {
    let adjuvant = adjuvant();
    let outcome = |low: &str, high: &str| {
        let two = [
            PlannedPrescription {
                targets: vec![target(low, Some("45"))],
                ..pelvis()
            },
            PlannedPrescription {
                targets: vec![target(high, Some("5.4"))],
                ..boost()
            },
        ];
        let two = check(&adjuvant, &two).outcome;
        let groups = vec![group(1, 25, &["1.8"]), group(2, 3, &["1.8"])];
        let linked = |name: &str, dose: &str, at: usize| PlannedTarget {
            links: vec![TargetLink::new(at)],
            ..target(name, Some(dose))
        };
        let targets = vec![linked(low, "45", 0), linked(high, "5.4", 1)];
        (
            two,
            check(&adjuvant, &[plan("course.dcm", groups, targets)]).outcome,
        )
    };
    for kind in ["PTV ", "PTV_", "PTV", "ptv-", "CTV ", "GTV_"] {
        let [low, high] = ["pelvis", "tumour bed"].map(|name| format!("{kind}{name}"));
        assert_eq!(outcome(&low, &high), (Pass, Pass), "{kind}");
        let (two, one) = outcome(&high, &low);
        assert!(matches!(two, Fail | CannotTell), "{kind}: {two}");
        assert!(matches!(one, Fail | CannotTell), "{kind}: {one}");
        assert_eq!(outcome(&low, &low).0, Fail, "{kind}");
    }
}

#[test]
fn a_volume_given_for_the_name_of_another_is_said() {
    let alone = option("radiotherapy_alone");
    let outcome = |name: &str, given: &str| {
        let planned = [pelvis_called(name)];
        let prescribed = Prescribed::typed(&typed(&["x@pelvis=45Gy/25", "y@tumour bed=5.4Gy/3"]));
        let prescribed = prescribed.unwrap();
        let of_alone = {
            let mut case = Case::new(&alone, &planned);
            let names = [format!("{name}=pelvis")];
            let names = names.each_ref().map(String::as_str);
            case.names = &names;
            case.run().unwrap().outcome
        };
        let names = [format!("{name}={given}")];
        let names = names.each_ref().map(String::as_str);
        let mut case = Case::new(&prescribed, &planned);
        case.names = &names;
        let found = case.run().unwrap();
        let mut findings = found.findings.iter();
        let is_said =
            findings.any(|finding| finding.message().contains("given for another volume"));
        (of_alone, is_said)
    };
    assert_eq!(outcome("PTV 1", "pelvis"), (Pass, false));
    assert_eq!(outcome("PTV pelvis", "pelvis"), (Pass, false));
    assert!(outcome("PTV pelvis", "tumour bed").1);
    assert!(outcome("pelvis", "tumour bed").1);
}

#[test]
fn two_volumes_are_not_one_region() {
    let found = |regions: [i32; 2]| {
        let mut planned = boosted("low", "high");
        for (target, region) in planned.targets.iter_mut().zip(regions) {
            target.region = Some(region);
        }
        let found = check_boosted(planned);
        let mut findings = found.findings.into_iter();
        findings.find(|finding| finding.message().contains("refer to one region"))
    };
    assert!(found([5, 6]).is_none());
    let one = found([5, 5]).unwrap();
    assert_eq!(one.outcome, CannotTell);
    assert_eq!(one.found().as_deref(), Some("region 5: low, high"));
    // several references to one volume are right
    let twice = PlannedTarget {
        region: Some(5),
        ..target("pelvis", Some("45"))
    };
    let mut planned = pelvis_called("pelvis");
    planned.targets = vec![twice.clone(), twice];
    planned.targets[0].dose = Some(decimal("45"));
    let found = check(&option("radiotherapy_alone"), &[planned]);
    assert!(
        !found
            .findings
            .iter()
            .any(|one| one.message().contains("refer to one region"))
    );
}
