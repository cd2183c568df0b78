//! Arms and eligibility: every combination of facts, and every ambiguity of the text.
#![allow(clippy::unwrap_used, reason = "tests")]

use crate::NCT06949098;
use chemorad::report::{Finding, Outcome};
use chemorad_protocol::{
    self, Assignment, Candidate, Differentiation, Fact, LymphovascularInvasion, Margin,
    MetastasisStage, NodalStage, PathologicalTumourStage, Pathology, Protocol, SubmucosalDepth,
    SubmucosalLevel, Truth,
};

const DEPTHS: [SubmucosalDepth; 3] = [
    SubmucosalDepth::constant("0.5 mm"),
    SubmucosalDepth::constant("1 mm"),
    SubmucosalDepth::constant("1.001 mm"),
];

/// The same facts with one more known, in every way it can turn out.
fn with_known(facts: &Pathology, fact: &Fact) -> Vec<Pathology> {
    macro_rules! each {
        ($field:ident, $values:expr) => {
            $values
                .iter()
                .map(|v| Pathology {
                    $field: Some(*v),
                    ..*facts
                })
                .collect()
        };
    }
    match fact.name() {
        "tumour_stage" => each!(tumour_stage, PathologicalTumourStage::ALL),
        "nodal_stage" => each!(nodal_stage, NodalStage::ALL),
        "metastasis" => each!(metastasis, MetastasisStage::ALL),
        "differentiation" => each!(differentiation, Differentiation::ALL),
        "lymphovascular_invasion" => {
            each!(lymphovascular_invasion, LymphovascularInvasion::ALL)
        }
        "margin" => each!(margin, Margin::ALL),
        "submucosal_level" => each!(submucosal_level, SubmucosalLevel::ALL),
        "submucosal_depth" => each!(submucosal_depth, DEPTHS),
        _ => unreachable!("a new fact"),
    }
}

/// Every combination, each fact known in every way or unknown.
fn every_pathology() -> Vec<Pathology> {
    let mut all = vec![Pathology::UNKNOWN];
    for fact in Fact::ALL {
        let known: Vec<_> = all
            .iter()
            .flat_map(|facts| with_known(facts, fact))
            .collect();
        all.extend(known);
    }
    all
}

fn fully_known(facts: &Pathology) -> bool {
    Fact::ALL
        .iter()
        .all(|fact| facts.get(fact.name()).is_some())
}

fn truths(facts: &Pathology) -> Vec<Truth> {
    NCT06949098
        .arms
        .iter()
        .map(|arm| {
            arm.when
                .value()
                .unwrap()
                .evaluate(&NCT06949098.risk_features, facts)
        })
        .collect()
}

#[test]
fn a_definite_answer_is_never_contradicted_by_a_fact_learnt_later() {
    let all = every_pathology();
    assert_eq!(all.len(), 7 * 4 * 3 * 4 * 3 * 3 * 4 * 4);
    for facts in &all {
        let before = truths(facts);
        for fact in Fact::ALL
            .iter()
            .filter(|fact| facts.get(fact.name()).is_none())
        {
            // one fact at a time is enough: any completion is reached by such steps
            for more in with_known(facts, fact) {
                for (before, after) in before.iter().zip(truths(&more)) {
                    assert!(
                        *before == Truth::Unknown || *before == after,
                        "{facts:?} {fact}"
                    );
                }
            }
        }
    }
}

/// The arms by a second, independent reading of the text, in plain code.
fn expected_arms(facts: &Pathology) -> Vec<&'static str> {
    use PathologicalTumourStage::{T1, T2, T3, T4};
    let stage = facts.tumour_stage.unwrap();
    let beyond = matches!(stage, T3 | T4)
        || facts.nodal_stage != Some(NodalStage::N0)
        || facts.metastasis != Some(MetastasisStage::M0);
    if beyond {
        return vec!["upstaged"];
    }
    let positive = facts.margin == Some(Margin::Positive);
    let adverse = positive
        || facts.differentiation == Some(Differentiation::Poor)
        || facts.lymphovascular_invasion == Some(LymphovascularInvasion::Present)
        || facts.submucosal_level == Some(SubmucosalLevel::Sm3)
        || facts.submucosal_depth.unwrap().micrometres() > 1000;
    match stage {
        T1 if !adverse => vec!["low_risk"],
        T1 | T2 if positive => vec!["adverse", "positive_margin"],
        T1 | T2 => vec!["adverse"],
        _ => vec![],
    }
}

#[test]
fn a_fully_known_pathology_gets_the_arms_of_the_text() {
    let mut count = 0;
    for facts in every_pathology().iter().filter(|facts| fully_known(facts)) {
        count += 1;
        let assignment = NCT06949098.assign(facts);
        assert_eq!(ids(&assignment), expected_arms(facts), "{facts:?}");
        assert_eq!(assignment.missing, []);
        let from_pt1 = facts.tumour_stage >= Some(PathologicalTumourStage::T1);
        if from_pt1 {
            assert!(!assignment.arms.is_empty(), "{facts:?}");
        }
        assert_ne!(assignment.outcome, Outcome::CannotTell);
        assert_eq!(
            assignment.outcome == Outcome::Fail,
            assignment.arms.is_empty()
        );
    }
    assert_eq!(count, 6 * 3 * 2 * 3 * 2 * 2 * 3 * 3);
}

#[test]
fn missing_facts_are_listed_and_each_of_them_matters_to_an_undecided_arm() {
    for facts in every_pathology().into_iter().step_by(7) {
        let assignment = NCT06949098.assign(&facts);
        let undecided = truths(&facts).contains(&Truth::Unknown);
        assert_eq!(assignment.outcome == Outcome::CannotTell, undecided);
        assert_eq!(assignment.missing.is_empty(), !undecided, "{facts:?}");
        for fact in assignment.missing {
            assert_eq!(facts.get(fact.name()), None);
        }
        for reason in &assignment.reasons {
            assert!(!reason.evidence.is_empty() && !reason.quotes.is_empty());
        }
    }
}

fn ids(assignment: &Assignment<'_>) -> Vec<String> {
    assignment
        .arms
        .iter()
        .map(|arm| arm.id.to_string())
        .collect()
}

fn questions(assignment: &Assignment<'_>) -> Vec<String> {
    assignment
        .questions
        .iter()
        .map(|q| q.id.to_string())
        .collect()
}

/// pT1N0M0 without any feature.
fn low_risk() -> Pathology {
    Pathology {
        tumour_stage: Some(PathologicalTumourStage::T1),
        nodal_stage: Some(NodalStage::N0),
        metastasis: Some(MetastasisStage::M0),
        differentiation: Some(Differentiation::Moderate),
        lymphovascular_invasion: Some(LymphovascularInvasion::Absent),
        margin: Some(Margin::Negative),
        submucosal_level: Some(SubmucosalLevel::Sm1),
        submucosal_depth: Some(DEPTHS[0]),
    }
}

#[test]
fn low_risk_offers_surveillance_or_radiotherapy_alone() {
    let pathology = low_risk();
    let assignment = NCT06949098.assign(&pathology);
    assert_eq!(
        (assignment.outcome, ids(&assignment)),
        (Outcome::Pass, vec!["low_risk".into()])
    );
    let options: Vec<_> = assignment.arms[0]
        .options
        .iter()
        .map(|o| o.id.to_string())
        .collect();
    assert_eq!(options, ["surveillance", "radiotherapy_alone"]);
    let doses = |option: usize| {
        NCT06949098
            .courses_of(&assignment.arms[0].options[option])
            .map(|c| c.id.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(doses(0), Vec::<String>::new());
    assert_eq!(doses(1), ["pelvis"]);
}

#[test]
fn each_adverse_factor_alone_is_enough() {
    for facts in [
        Pathology {
            differentiation: Some(Differentiation::Poor),
            ..low_risk()
        },
        Pathology {
            lymphovascular_invasion: Some(LymphovascularInvasion::Present),
            ..low_risk()
        },
        Pathology {
            submucosal_level: Some(SubmucosalLevel::Sm3),
            ..low_risk()
        },
        Pathology {
            submucosal_depth: Some(DEPTHS[2]),
            ..low_risk()
        },
        Pathology {
            margin: Some(Margin::Positive),
            ..low_risk()
        },
    ] {
        let assignment = NCT06949098.assign(&facts);
        assert_eq!(ids(&assignment)[0], "adverse", "{facts:?}");
        let reason = assignment
            .reasons
            .iter()
            .find(|r| r.arm.is("adverse"))
            .unwrap();
        let features: Vec<_> = reason
            .evidence
            .iter()
            .filter(|e| e.feature.is_some())
            .collect();
        assert_eq!(features.len(), 1);
        assert_eq!(features[0].quotes.len(), 1);
    }
}

#[test]
fn a_positive_margin_gives_both_arms_and_asks() {
    let assignment_of = Pathology {
        margin: Some(Margin::Positive),
        ..low_risk()
    };
    let assignment = NCT06949098.assign(&assignment_of);
    assert_eq!(assignment.outcome, Outcome::Warn);
    assert_eq!(ids(&assignment), ["adverse", "positive_margin"]);
    assert_eq!(
        questions(&assignment),
        [
            "positive_margin",
            "positive_margin_definition",
            "start_after_re_excision",
            "escalated_concurrent_drug"
        ]
    );
}

#[test]
fn level_and_depth_that_disagree_are_reported() {
    let asked = |level, depth| {
        let facts = Pathology {
            submucosal_level: level,
            submucosal_depth: depth,
            ..low_risk()
        };
        let assignment = NCT06949098.assign(&facts);
        (ids(&assignment).join(" "), questions(&assignment).join(" "))
    };
    let question = || "submucosal_level_and_depth".to_string();
    let (sm1, sm3) = (Some(SubmucosalLevel::Sm1), Some(SubmucosalLevel::Sm3));
    let (at_limit, deep) = (Some(DEPTHS[1]), Some(DEPTHS[2]));
    assert_eq!(asked(sm3, at_limit), ("adverse".into(), question()));
    assert_eq!(asked(sm1, deep), ("adverse".into(), question()));
    assert_eq!(asked(sm3, deep), ("adverse".into(), String::new()));
    assert_eq!(asked(sm1, at_limit), ("low_risk".into(), String::new()));
    // one of the two missing: adverse when the other says so, else not known
    assert_eq!(asked(sm3, None), ("adverse".into(), String::new()));
    assert_eq!(asked(None, deep), ("adverse".into(), String::new()));
    assert_eq!(asked(sm1, None), (String::new(), String::new()));
}

#[test]
fn above_pt2_leads_to_total_mesorectal_excision() {
    for facts in [
        Pathology {
            tumour_stage: Some(PathologicalTumourStage::T3),
            ..low_risk()
        },
        Pathology {
            tumour_stage: Some(PathologicalTumourStage::T4),
            ..low_risk()
        },
        Pathology {
            nodal_stage: Some(NodalStage::N1),
            ..low_risk()
        },
        Pathology {
            tumour_stage: Some(PathologicalTumourStage::T3),
            ..Pathology::UNKNOWN
        },
    ] {
        let assignment = NCT06949098.assign(&facts);
        assert_eq!(
            (assignment.outcome, ids(&assignment)),
            (Outcome::Pass, vec!["upstaged".into()])
        );
    }
    let with_margin = Pathology {
        tumour_stage: Some(PathologicalTumourStage::T3),
        margin: Some(Margin::Positive),
        ..low_risk()
    };
    let assignment = NCT06949098.assign(&with_margin);
    assert_eq!(ids(&assignment), ["upstaged"]);
    assert_eq!(questions(&assignment), ["positive_margin_above_pt2"]);
    let metastatic = Pathology {
        metastasis: Some(MetastasisStage::M1),
        ..low_risk()
    };
    let assignment = NCT06949098.assign(&metastatic);
    assert_eq!(
        (assignment.outcome, questions(&assignment)),
        (Outcome::Warn, vec!["metastasis".into()])
    );
}

#[test]
fn no_arm_at_all_is_a_failure() {
    let in_situ = Pathology {
        tumour_stage: Some(PathologicalTumourStage::Tis),
        ..low_risk()
    };
    let assignment = NCT06949098.assign(&in_situ);
    assert_eq!(
        (assignment.outcome, ids(&assignment)),
        (Outcome::Fail, vec![])
    );
    assert!(
        assignment
            .reasons
            .iter()
            .all(|reason| reason.holds == Truth::False)
    );
}

#[test]
fn unknown_is_never_no() {
    let missing = |facts: Pathology| NCT06949098.assign(&facts).missing;
    assert_eq!(
        missing(Pathology {
            margin: None,
            ..low_risk()
        }),
        [Fact::MARGIN]
    );
    assert_eq!(
        missing(Pathology {
            nodal_stage: None,
            ..low_risk()
        }),
        [Fact::NODAL_STAGE]
    );
    assert_eq!(
        missing(Pathology {
            metastasis: None,
            ..low_risk()
        }),
        [Fact::METASTASIS]
    );
    assert_eq!(missing(Pathology::UNKNOWN), Fact::ALL);
    // adverse for certain, yet the branch for positive margins stays open
    let invasive = Pathology {
        lymphovascular_invasion: Some(LymphovascularInvasion::Present),
        margin: None,
        differentiation: None,
        ..low_risk()
    };
    let assignment = NCT06949098.assign(&invasive);
    assert_eq!(
        (assignment.outcome, ids(&assignment)),
        (Outcome::CannotTell, vec!["adverse".into()])
    );
    assert_eq!(assignment.missing, [Fact::MARGIN]);
}

#[test]
fn reasons_name_the_fact_and_quote_the_text() {
    let pathology = Pathology {
        margin: Some(Margin::Positive),
        ..low_risk()
    };
    let assignment = NCT06949098.assign(&pathology);
    let reason = |arm: &str| assignment.reasons.iter().find(|r| r.arm.is(arm)).unwrap();
    assert_eq!(
        reason("low_risk").to_string(),
        "low_risk: no; margin is positive: yes (found positive)"
    );
    assert_eq!(
        reason("adverse").to_string(),
        "adverse: yes; tumour_stage is pT1: yes (found pT1); margin is positive: yes (found \
         positive); nodal_stage is N0: yes (found N0); metastasis is M0: yes (found M0)"
    );
    assert_eq!(
        reason("upstaged").to_string(),
        "upstaged: no; tumour_stage is pT3 or pT4: no (found pT1); nodal_stage is N1 or N2: no \
         (found N0); metastasis is M1: no (found M0)"
    );
    assert!(
        reason("upstaged").quotes[0]
            .text
            .is("For patients with staging > pT2N0M0:")
    );
}

#[test]
fn a_condition_that_the_text_leaves_open_is_asked_and_not_decided() {
    use chemorad::text::{List, Text};
    use chemorad_protocol::{Question, Statement};
    let question = |id: &'static str| Question {
        id: Text::constant(id),
        question: Text::constant("Which?"),
        why: Text::constant("The text does not say."),
        quotes: List::constant(&[]),
        choices: List::from(vec![Text::constant("one")]),
    };
    let mut open_arm = Protocol::clone(&NCT06949098);
    let mut arms = open_arm.arms.to_vec();
    arms[0].when = Statement::Unspecified {
        question: question("who"),
        values: List::constant(&[]),
    };
    open_arm.arms = List::from(arms);
    let assignment = open_arm.assign(&low_risk());
    assert_eq!(assignment.outcome, Outcome::CannotTell);
    assert_eq!(questions(&assignment), ["who"]);

    let mut open_feature = Protocol::clone(&NCT06949098);
    let mut features = open_feature.risk_features.to_vec();
    features[0].test = Statement::Unspecified {
        question: question("what"),
        values: List::constant(&[]),
    };
    open_feature.risk_features = List::from(features);
    let assignment = open_feature.assign(&low_risk());
    assert_eq!(assignment.outcome, Outcome::CannotTell);
    assert_eq!(
        (assignment.missing.len(), questions(&assignment)),
        (0, vec!["what".into()])
    );
}

#[test]
fn three_valued_logic_is_what_all_completions_agree_on() {
    let all = [Truth::True, Truth::False, Truth::Unknown];
    let completions = |truth| match truth {
        Truth::Unknown => vec![true, false],
        known => vec![known == Truth::True],
    };
    let agreed = |values: Vec<bool>| match (values.contains(&true), values.contains(&false)) {
        (true, false) => Truth::True,
        (false, true) => Truth::False,
        _ => Truth::Unknown,
    };
    for a in all {
        assert_eq!(
            a.negated(),
            agreed(completions(a).iter().map(|a| !a).collect())
        );
        for b in all {
            let pairs = |join: fn(bool, bool) -> bool| {
                let each = completions(a).into_iter();
                agreed(
                    each.flat_map(|a| completions(b).into_iter().map(move |b| join(a, b)))
                        .collect(),
                )
            };
            assert_eq!(a.and(b), pairs(|a, b| a && b), "{a} and {b}");
            assert_eq!(a.or(b), pairs(|a, b| a || b), "{a} or {b}");
        }
    }
}

fn eligible() -> Candidate {
    let declarations = [
        ("organ_preservation_preference", true),
        ("local_resection_feasible", true),
        ("no_contraindications", true),
        ("consent_refused", false),
        ("cognitive_or_psychiatric_disorder", false),
        ("investigator_judgement", false),
    ];
    Candidate {
        age_years: "62".parse().ok(),
        ecog: "1".parse().ok(),
        histology: "adenocarcinoma".parse().ok(),
        distance_from_anal_verge: "8 cm".parse().ok(),
        clinical_tumour_stage: "cT2".parse().ok(),
        clinical_nodal_stage: "N0".parse().ok(),
        clinical_metastasis: "M0".parse().ok(),
        declarations: declarations.map(|(id, yes)| (id.to_string(), yes)).into(),
        ..Candidate::default()
    }
}

fn outcome(candidate: &Candidate) -> Outcome {
    Outcome::worst(
        NCT06949098
            .eligibility_of(candidate)
            .iter()
            .map(|f| f.outcome),
    )
}

fn finding(candidate: &Candidate, at: &str) -> Finding {
    NCT06949098
        .eligibility_of(candidate)
        .into_iter()
        .find(|f| f.at() == at)
        .unwrap()
}

#[test]
fn a_person_who_meets_everything_is_eligible() {
    let findings = NCT06949098.eligibility_of(&eligible());
    assert_eq!(findings.len(), 12);
    assert!(
        findings.iter().all(|f| f.outcome == Outcome::Pass),
        "{findings:?}"
    );
}

#[test]
fn a_fact_that_is_not_declared_cannot_be_told() {
    let mut candidate = eligible();
    candidate.facts.insert("eye_colour".into(), "blue".into());
    let findings = NCT06949098.eligibility_of(&candidate);
    let fact = findings.iter().find(|one| one.is("eligibility.fact"));
    assert_eq!(fact.unwrap().outcome, Outcome::CannotTell);
}

#[test]
fn each_criterion_can_keep_a_person_out() {
    let out = |at: &str, change: &dyn Fn(&mut Candidate)| {
        let mut candidate = eligible();
        change(&mut candidate);
        assert_eq!(finding(&candidate, at).outcome, Outcome::Fail, "{at}");
        assert_eq!(outcome(&candidate), Outcome::Fail);
        let inclusion = finding(&candidate, at).is("eligibility.inclusion");
        let not_met = finding(&candidate, "inclusion_not_met").outcome;
        assert_eq!(not_met == Outcome::Fail, inclusion, "{at}");
    };
    out("age", &|c| c.age_years = "17".parse().ok());
    out("ecog", &|c| c.ecog = "2".parse().ok());
    out("histology", &|c| c.histology = "other".parse().ok());
    out("distance_from_anal_verge", &|c| {
        c.distance_from_anal_verge = "8.001 cm".parse().ok();
    });
    out("clinical_stage", &|c| {
        c.clinical_tumour_stage = "cT3".parse().ok();
    });
    out("clinical_stage", &|c| {
        c.clinical_nodal_stage = "N1".parse().ok();
    });
    out("clinical_stage", &|c| {
        c.clinical_metastasis = "M1".parse().ok();
    });
    for (id, declared) in eligible().declarations {
        out(&id, &|c| c.declarations.extend([(id.clone(), !declared)]));
    }
}

#[test]
fn each_missing_fact_is_named() {
    let open = |at: &str, name: &str, change: &dyn Fn(&mut Candidate)| {
        let mut candidate = eligible();
        change(&mut candidate);
        let finding = finding(&candidate, at);
        assert_eq!(finding.outcome, Outcome::CannotTell, "{at}");
        assert!(finding.message().contains(name), "{}", finding.message());
        assert_eq!(outcome(&candidate), Outcome::CannotTell);
    };
    open("age", "age_years", &|c| c.age_years = None);
    open("ecog", "ecog", &|c| c.ecog = None);
    open("histology", "histology", &|c| c.histology = None);
    open(
        "distance_from_anal_verge",
        "distance_from_anal_verge",
        &|c| c.distance_from_anal_verge = None,
    );
    open("clinical_stage", "clinical_tumour_stage", &|c| {
        c.clinical_tumour_stage = None;
    });
    open("clinical_stage", "clinical_nodal_stage", &|c| {
        c.clinical_nodal_stage = None;
    });
    open("clinical_stage", "clinical_metastasis", &|c| {
        c.clinical_metastasis = None;
    });
    for id in eligible().declarations.into_keys() {
        let name = format!("declarations.{id}");
        open(&id, &name, &|c| {
            c.declarations.retain(|other, _| *other != id);
        });
    }
    let nobody = NCT06949098.eligibility_of(&Candidate::default());
    assert!(
        nobody.iter().all(|f| f.outcome == Outcome::CannotTell),
        "{nobody:?}"
    );
}

#[test]
fn the_two_ages_of_the_text_are_both_heard() {
    for age in 0..=120 {
        let candidate = Candidate {
            age_years: chemorad_protocol::AgeInYears::new(age).ok(),
            ..eligible()
        };
        let finding = finding(&candidate, "age");
        let expected = match age {
            0..=17 => Outcome::Fail,
            18..=75 => Outcome::Pass,
            _ => Outcome::CannotTell,
        };
        assert_eq!(finding.outcome, expected, "{age}");
        let quotes = finding.expected().unwrap();
        assert!(quotes.contains("18 to 75 years old") && quotes.contains("Age ≥18 years"));
    }
}

#[test]
fn a_declaration_that_nobody_asked_for_is_not_lost() {
    for id in ["consent_refussed", "age"] {
        let mut candidate = eligible();
        candidate.declarations.insert(id.into(), false);
        let findings = NCT06949098.eligibility_of(&candidate);
        let stray = findings.last().unwrap();
        assert!(stray.is("eligibility.unknown_declaration"));
        assert_eq!(
            (stray.outcome, stray.found().as_deref()),
            (Outcome::CannotTell, Some(id))
        );
    }
}

#[test]
fn facts_are_read_and_printed() {
    fn round_trip<T>(all: &[T])
    where
        T: core::fmt::Display + core::str::FromStr + PartialEq + core::fmt::Debug,
        T::Err: core::fmt::Debug,
    {
        for value in all {
            let text = value.to_string();
            assert_eq!(&text.parse::<T>().unwrap(), value);
            assert_eq!(&text.to_uppercase().parse::<T>().unwrap(), value);
            assert!(format!("{text}x").parse::<T>().is_err());
        }
        assert!("".parse::<T>().is_err());
    }
    round_trip(PathologicalTumourStage::ALL);
    round_trip(NodalStage::ALL);
    round_trip(MetastasisStage::ALL);
    round_trip(Differentiation::ALL);
    round_trip(LymphovascularInvasion::ALL);
    round_trip(Margin::ALL);
    round_trip(SubmucosalLevel::ALL);
    for bad in [
        "0 mm", "-1 mm", "1,2 mm", "1.2", "60 mm", "1.2 kg", "NaN mm",
    ] {
        assert!(bad.parse::<SubmucosalDepth>().is_err(), "{bad}");
    }
    for bad in [
        "-1",
        "121",
        "62.5",
        "",
        "sixty",
        "62 kg",
        "99999999999999999999",
    ] {
        assert!(
            bad.parse::<chemorad_protocol::AgeInYears>().is_err(),
            "{bad}"
        );
    }
    let error = "pNX".parse::<NodalStage>().unwrap_err().to_string();
    assert!(error.contains("leave the field out"), "{error}");
}

mod serde_shapes {
    use super::*;

    #[test]
    fn pathology_is_read_strictly() {
        let read = |json: &str| serde_json::from_str::<Pathology>(json);
        let facts = read(
            r#"{"tumour_stage": "pT1", "nodal_stage": "N0", "metastasis": "M0",
                "differentiation": "moderate", "lymphovascular_invasion": false,
                "margin": "negative", "submucosal_level": "SM1",
                "submucosal_depth": "0.5 mm"}"#,
        )
        .unwrap();
        assert_eq!(facts, low_risk());
        let json = serde_json::to_string(&facts).unwrap();
        assert_eq!(read(&json).unwrap(), facts);
        assert_eq!(read("{}").unwrap(), Pathology::UNKNOWN);
        for bad in [
            r#"{"grade": "poor"}"#,
            r#"{"margin": "positive", "margin": "negative"}"#,
            r#"{"margin": true}"#,
            r#"{"tumour_stage": "cT1"}"#,
            r#"{"tumour_stage": 1}"#,
            r#"{"nodal_stage": "NX"}"#,
            r#"{"submucosal_depth": 1.2}"#,
            r#"{"submucosal_depth": {"value": -1, "unit": "mm"}}"#,
            r#"{"tumour_stage": ""}"#,
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn candidates_are_read_strictly() {
        let read = |json: &str| serde_json::from_str::<Candidate>(json);
        let json = serde_json::to_string(&eligible()).unwrap();
        assert_eq!(read(&json).unwrap(), eligible());
        let at_verge = read(r#"{"distance_from_anal_verge": {"value": 0, "unit": "cm"}}"#).unwrap();
        assert_eq!(at_verge.distance_from_anal_verge, "0 cm".parse().ok());
        for bad in [
            r#"{"age_years": 121}"#,
            r#"{"age_years": -1}"#,
            r#"{"age_years": 62.5}"#,
            r#"{"ecog": 6}"#,
            r#"{"distance_from_anal_verge": 8}"#,
            r#"{"distance_from_anal_verge": "80 cm"}"#,
            r#"{"clinical_tumour_stage": "pT1"}"#,
            r#"{"declarations": {"consent_refused": true, "consent_refused": false}}"#,
            r#"{"declarations": {"consent_refused": "no"}}"#,
            r#"{"sex": "female"}"#,
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_assignment_has_the_keys_that_tools_rely_on() {
        let pathology = Pathology {
            margin: Some(Margin::Positive),
            ..low_risk()
        };
        let json = serde_json::to_value(NCT06949098.assign(&pathology)).unwrap();
        assert_eq!(json["outcome"], "warn");
        assert_eq!(json["arms"][0]["id"], "adverse");
        assert_eq!(
            json["arms"][1]["options"][1]["id"],
            "dose_escalated_chemoradiotherapy"
        );
        assert_eq!(
            json["arms"][1]["options"][1]["actions"][0]["action"],
            "radiotherapy"
        );
        assert_eq!(json["reasons"][0]["evidence"][0]["fact"], "margin");
        assert_eq!(json["questions"][0]["id"], "positive_margin");
        assert_eq!(json["pathology"]["margin"], "positive");
    }
}
