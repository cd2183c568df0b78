//! What a decision, a name, an override or an intensity cannot do: decisions beyond what a text
//! leaves or in place of a fact, drugs under other names, digits too many, unequal days.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

use crate::orders::LABEL_STOCK;
use chemorad::capecitabine::{
    BMC_SURGERY_2009_LADDER, Band, BandEdge, BandFault, BandTable, CPIC_DPYD_2017, CPIC_DPYD_2018,
    CapecitabineDays, CapecitabineError, CapecitabineOrder, ClinicalFacts, Covers, DaySplit,
    DoseDecision, DoseFraction, EMA_DPYD_2020, EU_LEAFLET_INTERACTIONS, FDA_LABEL_2026,
    FDA_LABEL_BEFORE_2022, JAPAN_METHOD_D, OrderRequest, Override, Regimen, RoundingPolicy,
    RuleFault, RuleSelection, RuleSet, RuleTopic, SupplyRequest,
};
use chemorad::patient::{BodySurfaceArea, CreatinineClearance, DpydStatus};
use chemorad::quantity::OrderedDose;
use chemorad::report::{Finding, Outcome};
use chemorad::text::Text;
use proptest::prelude::*;
use serde_json::{Value, json};

fn request(intensity: &str) -> OrderRequest {
    crate::orders::request(intensity, "1.82 m2", LABEL_STOCK)
}

fn with(intensity: &str, sets: &[&RuleSet], facts: ClinicalFacts) -> OrderRequest {
    let rules = sets
        .iter()
        .fold(RuleSelection::NONE, |rules, set| rules.with(set).unwrap());
    request(intensity).with_rules(rules, facts)
}

fn decided(request: &OrderRequest, share: &str) -> OrderRequest {
    request.clone().with_decision(DoseDecision {
        fraction: share.parse().unwrap(),
        reason: "the tumour board of today".parse().unwrap(),
    })
}

fn plan(request: &OrderRequest) -> CapecitabineOrder {
    CapecitabineOrder::plan(request.clone()).unwrap()
}

fn finding<'a>(order: &'a CapecitabineOrder, code: &str) -> Option<&'a Finding> {
    order.findings().iter().find(|finding| finding.is(code))
}

fn overridden(request: &OrderRequest, code: &str) -> OrderRequest {
    let mut request = request.clone();
    let reason = "the tumour board of today".parse().unwrap();
    request.overrides.push(Override::new(code, reason).unwrap());
    request
}

fn dpyd(score: &str) -> ClinicalFacts {
    ClinicalFacts {
        dpyd: Some(DpydStatus::Score(score.parse().unwrap())),
        ..ClinicalFacts::default()
    }
}

fn toxicity(text: &str) -> ClinicalFacts {
    ClinicalFacts {
        toxicity: Some(text.parse().unwrap()),
        ..ClinicalFacts::default()
    }
}

fn clearance(text: &str) -> ClinicalFacts {
    ClinicalFacts {
        clearance: Some(CreatinineClearance::stated(text.parse().unwrap(), "test")),
        ..ClinicalFacts::default()
    }
}

fn drugs(names: &[&str]) -> ClinicalFacts {
    ClinicalFacts {
        other_drugs: Some(
            names
                .iter()
                .map(|name| Text::from(name.to_string()))
                .collect(),
        ),
        ..ClinicalFacts::default()
    }
}

#[test]
fn other_drugs_are_one_name_each() {
    let list = [&EU_LEAFLET_INTERACTIONS];
    for bad in [
        "",
        " ",
        "none",
        "None",
        "warfarin, paracetamol",
        "a;b",
        "a + b",
        "a & b",
        "warfarin and brivudine",
        "warfarin/brivudine",
        "warfarin with brivudine",
        "Warfarin und Omeprazol",
        "华法林、溴夫定",
    ] {
        for sets in [&list[..], &[]] {
            assert!(
                matches!(
                    CapecitabineOrder::plan(with("825 mg/m2", sets, drugs(&[bad]))),
                    Err(CapecitabineError::OtherDrug { .. })
                ),
                "{bad:?}"
            );
        }
    }
    assert!(matches!(
        CapecitabineOrder::plan(with("825 mg/m2", &list, drugs(&["brivudnie"]))),
        Err(CapecitabineError::OtherDrugUnclear { .. })
    ));
    // a slip of a drug that is only watched is asked about
    let slip = plan(&with("825 mg/m2", &list, drugs(&["warfrin"])));
    let open = finding(&slip, "capecitabine.drug_not_named").unwrap();
    assert_eq!(open.outcome, Outcome::CannotTell);
    assert!(
        open.message().contains("is it warfarin?"),
        "{}",
        open.message()
    );
    // both of two drugs in one name, and what is not read is said
    let both = plan(&with("825 mg/m2", &list, drugs(&["warfarin brivudine"])));
    assert_eq!(both.day(), None);
    assert_eq!(both.adjustment().applied().len(), 2);
    let beside = plan(&with("825 mg/m2", &list, drugs(&["warfarin ketoconazole"])));
    assert_eq!(beside.outcome(), Outcome::CannotTell);
    let open = finding(&beside, "capecitabine.drug_not_named").unwrap();
    assert!(
        open.message().contains("does not name ketoconazole"),
        "{}",
        open.message()
    );
    for known in [
        "warfarin 5 mg tablets",
        "Phenytoin sodium",
        "folinic acid (leucovorin)",
    ] {
        let order = plan(&with("825 mg/m2", &list, drugs(&[known])));
        assert_eq!(order.outcome(), Outcome::Warn, "{known}");
    }
    // a comma or slash of a dose joins no drugs
    for dose in ["bisoprolol 2,5 mg", "tilidin 50/4", "oxaliplatin 130 mg/m2"] {
        let order = plan(&with("825 mg/m2", &list, drugs(&[dose])));
        assert_eq!(order.outcome(), Outcome::CannotTell, "{dose}");
    }
    // a slip beside a name that is known
    assert!(matches!(
        CapecitabineOrder::plan(with("825 mg/m2", &list, drugs(&["warfarin (brivudnie)"]))),
        Err(CapecitabineError::OtherDrugUnclear { .. })
    ));
    // no decision on the dose answers what nothing reads
    let mut facts = drugs(&["brivudine"]);
    facts.dpyd = Some(DpydStatus::Indeterminate);
    let two_questions = with("825 mg/m2", &[&CPIC_DPYD_2018], facts);
    assert_eq!(plan(&decided(&two_questions, "50 %")).day(), None);
}

#[test]
fn a_drug_that_is_not_named_needs_a_reason() {
    const CODE: &str = "capecitabine.drug_not_named";
    let list = [&EU_LEAFLET_INTERACTIONS];
    let because = |request: &OrderRequest, reason: &str| {
        let mut request = request.clone();
        let reason = reason.parse().unwrap();
        request.overrides.push(Override::new(CODE, reason).unwrap());
        request
    };
    let unknown = with("825 mg/m2", &list, drugs(&["Paracetamol"]));
    let order = plan(&unknown);
    assert_eq!(order.outcome(), Outcome::CannotTell);
    assert!(order.day().is_some());
    let checked = plan(&because(&unknown, "paracetamol: product information"));
    assert_eq!(checked.outcome(), Outcome::Warn);
    let note = finding(&checked, CODE).unwrap();
    assert!(
        note.message().contains("overridden: paracetamol: product"),
        "{}",
        note.message()
    );
    // a reason holds for the drugs it names
    let two = with("825 mg/m2", &list, drugs(&["paracetamol", "metformin"]));
    let one = plan(&because(&two, "paracetamol: product information"));
    assert_eq!(one.outcome(), Outcome::CannotTell);
    let open: Vec<_> = one
        .findings()
        .iter()
        .filter(|finding| finding.outcome == Outcome::CannotTell)
        .collect();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].at(), "metformin");
    assert!(
        open[0]
            .message()
            .contains("does not name it, or names a drug")
    );
    let both = because(&two, "metformin, paracetamol: product information");
    assert_eq!(plan(&both).outcome(), Outcome::Warn);
    // as a word of its own, and not beside a drug that is never given
    for (drug, reason, holds) in [
        ("ASA", "nasal spray checked in a book", false),
        ("ASA", "asa: product information", true),
        ("omeprazole 20 mg", "omeprazole: product information", true),
        ("vit D", "vit C was looked up", false),
        ("Brivarex", "Brivarex is brivudine, stopped", false),
        ("对乙酰氨基酚", "对乙酰氨基酚：已查说明书并记录", true),
        ("缬沙坦 80mg", "核对了 缬沙坦已由临床药师核对", true),
        // the name of another drug holds it
        ("氧氟沙星", "左氧氟沙星已由临床药师核对", false),
        ("omeprazole 20 mg", "omeprazole已由临床药师核对说明书", true),
        ("ASS 100", "ASS: product information", true),
        ("Vitamin K1", "Vitamin B12 was looked up", false),
        ("Vitamin D 20000 IE", "vitamin d was looked up", true),
        ("Insulin glargin", "Insulin lispro was looked up", false),
        ("Omeprazol Metoprolol", "Omeprazol was looked up", false),
        ("20 mg", "20 mg of something", false),
        ("Calcium 500 mg", "calcium: product information", true),
    ] {
        let order = plan(&because(&with("825 mg/m2", &list, drugs(&[drug])), reason));
        let expected = if holds {
            Outcome::Warn
        } else {
            Outcome::CannotTell
        };
        assert_eq!(order.outcome(), expected, "{reason}");
    }
    // a decision on the dose settles no drug, not even one that is named in part
    let mut open = with(
        "825 mg/m2",
        &[&EU_LEAFLET_INTERACTIONS, &CPIC_DPYD_2018],
        drugs(&["warfarin ketoconazole"]),
    );
    open.facts.dpyd = Some(DpydStatus::Indeterminate);
    let order = plan(&decided(&open, "50 %"));
    assert!(order.day().is_some());
    assert_eq!(finding(&order, CODE).unwrap().outcome, Outcome::CannotTell);
    // it lifts nothing else
    let stop = with("825 mg/m2", &list, drugs(&["brivudin"]));
    let lifted = plan(&because(&stop, "brivudin was looked up"));
    assert_eq!((lifted.outcome(), lifted.day()), (Outcome::Fail, None));
    // and not asked stays open
    let silent = with("825 mg/m2", &list, ClinicalFacts::default());
    let silent = plan(&because(&silent, "no drugs were named"));
    assert_eq!(silent.outcome(), Outcome::CannotTell);
    assert_eq!(
        CapecitabineOrder::plan(because(&both, "metformin, paracetamol again")),
        Err(CapecitabineError::OverrideTwice { code: CODE })
    );
}

/// The leaflet's list as that of a site, changed.
fn own(change: &dyn Fn(&mut Value)) -> Result<RuleSet, CapecitabineError> {
    let mut json = serde_json::to_value(&EU_LEAFLET_INTERACTIONS).unwrap();
    json["id"] = json!("test");
    change(&mut json);
    RuleSet::new(serde_json::from_value(json).unwrap())
        .map_err(|faults| faults.only().unwrap().clone())
}

/// No site's list lifts brivudine: not by naming it a warning, nor by leaving it out.
#[test]
fn brivudine_is_a_stop_under_every_list() {
    for name in ["brivudine", "brivudin"] {
        let watched = own(&|json| {
            json["interactions"]["drugs"][0] =
                json!({"drug": name, "severity": "warning", "advice": "watch"});
        });
        assert!(
            matches!(
                watched,
                Err(CapecitabineError::Rules {
                    fault: RuleFault::StopWatched { row: 1, .. },
                    ..
                })
            ),
            "{name}"
        );
    }
    let without = own(&|json| {
        json["interactions"]["drugs"]
            .as_array_mut()
            .unwrap()
            .remove(0);
    })
    .unwrap();
    let stopped = plan(&with("825 mg/m2", &[&without], drugs(&["Zostex 125 mg"])));
    assert_eq!((stopped.outcome(), stopped.day()), (Outcome::Fail, None));
    let stop = finding(&stopped, "capecitabine.interaction").unwrap();
    for said in ["test does not say so", "eu-leaflet-interactions"] {
        assert!(stop.message().contains(said), "{}", stop.message());
    }
    // nor by naming something else in it
    let class = own(&|json| {
        json["interactions"]["drugs"] =
            json!([{"drug": "antiviral", "severity": "warning", "advice": "watch"}]);
    })
    .unwrap();
    let beside = plan(&with(
        "825 mg/m2",
        &[&class],
        drugs(&["brivudine (antiviral)"]),
    ));
    assert_eq!((beside.outcome(), beside.day()), (Outcome::Fail, None));
    assert_eq!(beside.adjustment().applied().len(), 2);
    let trade = own(&|json| {
        json["interactions"]["drugs"][0] =
            json!({"drug": "zostex", "severity": "warning", "advice": "watch"});
    })
    .unwrap();
    assert_eq!(trade.cautions(RuleTopic::Interactions).len(), 1);
    let stopped = plan(&with("825 mg/m2", &[&trade], drugs(&["zostex"])));
    assert_eq!((stopped.outcome(), stopped.day()), (Outcome::Fail, None));
    // a name that a list has is no slip of another
    let analogue = own(&|json| {
        json["interactions"]["drugs"][2] =
            json!({"drug": "sorivudine", "severity": "do_not_give", "advice": "never"});
    })
    .unwrap();
    for name in ["sorivudine", "brivudine"] {
        let order = plan(&with("825 mg/m2", &[&analogue], drugs(&[name])));
        assert_eq!(
            (order.outcome(), order.day()),
            (Outcome::Fail, None),
            "{name}"
        );
    }
    // a slip of what only a site's list never gives is asked about
    let folate = own(&|json| {
        json["interactions"]["drugs"] =
            json!([{"drug": "folinic acid", "severity": "do_not_give", "advice": "never"}]);
    })
    .unwrap();
    for other in ["folic acid", "folic acid 5 mg"] {
        let order = plan(&with("825 mg/m2", &[&folate], drugs(&[other])));
        assert_eq!(order.outcome(), Outcome::CannotTell, "{other}");
    }
    // trade names are close to many others
    for other in ["herpex", "nervine", "zostrix", "zoster vaccine"] {
        let order = plan(&with("825 mg/m2", &[&without], drugs(&[other])));
        assert_eq!(order.outcome(), Outcome::CannotTell, "{other}");
    }
    assert!(matches!(
        CapecitabineOrder::plan(with("825 mg/m2", &[&without], drugs(&["brivudnie"]))),
        Err(CapecitabineError::OtherDrugUnclear { .. })
    ));
}

#[test]
fn what_a_list_names_is_found_as_it_is_written() {
    let short = own(&|json| {
        json["interactions"]["drugs"][2] = json!({
            "drug": "s-1",
            "also": ["5-fu", "索利夫定", "Äther"],
            "severity": "do_not_give",
            "advice": "never"
        });
    })
    .unwrap();
    for name in [
        "S-1",
        "5-FU (cream)",
        "s-1 20mg",
        "BVDU125mg",
        "BVDU片125mg",
        "索利夫定片",
        "溴夫定片",
        "äther",
        "ＺＯＳＴＥＸ",
    ] {
        let order = plan(&with("825 mg/m2", &[&short], drugs(&[name])));
        assert_eq!(
            (order.outcome(), order.day()),
            (Outcome::Fail, None),
            "{name}"
        );
    }
    let other = plan(&with("825 mg/m2", &[&short], drugs(&["ts-10"])));
    assert!(finding(&other, "capecitabine.drug_not_named").is_some());
}

/// A fact that no rule set reads, or a rule set without its fact: no dose, whatever is decided, and
/// the fact is said.
#[test]
fn a_decision_does_not_stand_in_for_a_fact() {
    let unread: &[&RuleSet] = &[];
    let none = ClinicalFacts::default;
    for (sets, facts, said) in [
        (unread, dpyd("0"), "DPYD activity score 0"),
        (unread, toxicity("4:1"), "toxicity grade 4, occurrence 1"),
        (
            unread,
            clearance("5 mL/min"),
            "creatinine clearance 5.00 mL/min",
        ),
        (
            unread,
            drugs(&["brivudine", "warfarin"]),
            "other drugs: brivudine, warfarin",
        ),
        (&[&CPIC_DPYD_2018], none(), "DPYD"),
        (&[&FDA_LABEL_BEFORE_2022], none(), "creatinine clearance"),
    ] {
        let request = with("825 mg/m2", sets, facts);
        let order = plan(&request);
        assert_eq!((order.outcome(), order.day()), (Outcome::CannotTell, None));
        let mut findings = order.findings().iter();
        assert!(
            findings.any(|finding| finding.at().contains(said)),
            "{said}"
        );
        let order = plan(&decided(&request, "100 %"));
        assert_eq!((order.outcome(), order.day()), (Outcome::CannotTell, None));
        let vain = finding(&order, "capecitabine.decision").unwrap();
        assert!(
            vain.message().contains("stands in for a fact"),
            "{}",
            vain.message()
        );
    }
    // an unusual clearance is pointed out without rules too
    let unusual = plan(&with("825 mg/m2", &[], clearance("0.5 mL/min")));
    let clearance_given = unusual.request().facts.clearance.as_ref().unwrap();
    let warnings = clearance_given.warnings();
    assert!(!warnings.is_empty());
    assert!(warnings.iter().all(|one| unusual.findings().contains(one)));
    // a decision on the one open question leaves the other open
    let two = with(
        "825 mg/m2",
        &[&CPIC_DPYD_2018, &FDA_LABEL_BEFORE_2022],
        clearance("40 mL/min"),
    );
    assert_eq!(plan(&decided(&two, "50 %")).day(), None);
}

/// Where a decision on a share passes, and where it is a failed check. The most that is left: CPIC 2017
/// at 1.5 gives 50 to 75 %; below it no more than the row above; the ladder at 4:1 no more than 50 %.
#[test]
fn a_decision_beyond_a_rule_is_a_failed_check() {
    const BEYOND: &str = "capecitabine.decision_beyond_rule";
    let two = |intensity| {
        let facts = ClinicalFacts {
            clearance: clearance("40 mL/min").clearance,
            ..dpyd("1")
        };
        with(intensity, &[&CPIC_DPYD_2018, &FDA_LABEL_BEFORE_2022], facts)
    };
    // DPYD settles 50 %; the label covers 1250 mg/m2 and leaves 825 mg/m2 open
    let (both, one_open) = (two("1250 mg/m2"), two("825 mg/m2"));
    let range = with("825 mg/m2", &[&CPIC_DPYD_2017], dpyd("1.5"));
    let ladder = |text| with("825 mg/m2", &[&BMC_SURGERY_2009_LADDER], toxicity(text));
    for (request, passes, fails) in [
        (
            &range,
            vec!["50 %", "60 %", "75 %"],
            vec!["49.9999 %", "75.0001 %", "100 %", "10 %"],
        ),
        (
            &both,
            vec!["50 %", "37.5 %", "10 %"],
            vec!["50.0001 %", "75 %", "100 %"],
        ),
        (&one_open, vec!["50 %", "37.5 %"], vec!["75 %", "100 %"]),
        (
            &with("825 mg/m2", &[&EMA_DPYD_2020], dpyd("1")),
            vec!["50 %", "100 %"],
            vec![],
        ),
        (&ladder("4:1"), vec!["50 %", "25 %"], vec!["75 %", "100 %"]),
        (&ladder("4:2"), vec!["50 %"], vec!["50.0001 %", "100 %"]),
        // the gap of the text lies below full dose, and nothing else is said of it
        (
            &with(
                "1250 mg/m2",
                &[&FDA_LABEL_BEFORE_2022],
                clearance("50.4 mL/min"),
            ),
            vec!["75 %", "100 %"],
            vec![],
        ),
        // a reduction said of 1250 mg/m2 alone does not limit 825 mg/m2
        (
            &with(
                "825 mg/m2",
                &[&FDA_LABEL_BEFORE_2022],
                clearance("40 mL/min"),
            ),
            vec!["75 %", "100 %"],
            vec![],
        ),
        (
            &with(
                "1250 mg/m2",
                &[&FDA_LABEL_2026],
                ClinicalFacts {
                    clearance: clearance("20 mL/min").clearance,
                    dpyd: dpyd("2").dpyd,
                    ..ClinicalFacts::default()
                },
            ),
            // whether its 75 % covers this dose is not stated
            vec!["50 %", "75 %"],
            vec!["80 %", "100 %"],
        ),
    ] {
        assert_eq!(plan(request).outcome(), Outcome::CannotTell);
        for share in passes {
            let order = plan(&decided(request, share));
            let little = finding(&order, "capecitabine.small_share_decided").is_some();
            let share_left: DoseFraction = share.parse().unwrap();
            assert_eq!(little, share_left.percent() < 50.0);
            // the whole dose is pointed out, where rules ask for a clinician
            let whole = finding(&order, "capecitabine.whole_dose_decided").is_some();
            assert_eq!(whole, share == "100 %");
            assert_eq!(
                order.outcome(),
                Outcome::Warn,
                "{share}: {:?}",
                order.findings()
            );
            assert_eq!(finding(&order, BEYOND), None, "{share}");
        }
        for share in fails {
            let request = decided(request, share);
            let order = plan(&request);
            assert_eq!(order.outcome(), Outcome::Fail, "{share}");
            assert!(order.day().is_some());
            let message = &finding(&order, BEYOND).unwrap().message();
            assert!(message.contains("needs a written reason"), "{message}");
            assert_eq!(plan(&overridden(&request, BEYOND)).outcome(), Outcome::Warn);
        }
    }
}

#[test]
fn a_covered_band_limits_the_gap_below_it() {
    let mut json = serde_json::to_value(&FDA_LABEL_2026).unwrap();
    json["id"] = json!("test");
    json["dpyd"] = Value::Null;
    json["renal"]["bands"][1]["covers"] = json!("any_intensity");
    let own: RuleSet = serde_json::from_value(json).unwrap();
    let below = with("825 mg/m2", &[&own], clearance("20 mL/min"));
    assert_eq!(plan(&decided(&below, "75 %")).outcome(), Outcome::Warn);
    assert_eq!(plan(&decided(&below, "80 %")).outcome(), Outcome::Fail);
}

/// After a discontinuation there is no step, and nothing to decide.
#[test]
fn a_ladder_does_not_begin_again_after_its_end() {
    let ladder = |text| with("825 mg/m2", &[&BMC_SURGERY_2009_LADDER], toxicity(text));
    for stopped in ["2:4", "2:5", "2:9", "3:3", "3:4", "3:9", "4:3", "4:4"] {
        let order = plan(&ladder(stopped));
        assert_eq!(
            (order.outcome(), order.day()),
            (Outcome::Fail, None),
            "{stopped}"
        );
        let vain = plan(&decided(&ladder(stopped), "50 %"));
        assert_eq!(
            (vain.outcome(), vain.day()),
            (Outcome::Fail, None),
            "{stopped}"
        );
    }
    let beyond = plan(&ladder("3:4"));
    let message = &finding(&beyond, "capecitabine.toxicity").unwrap().message();
    assert!(
        message.contains("at grade 3, occurrence 3: discontinue"),
        "{message}"
    );
    for open in ["4:1", "4:2"] {
        assert_eq!(plan(&ladder(open)).outcome(), Outcome::CannotTell, "{open}");
    }
    // an interruption comes before the dose it leaves; the dates and tablets before it are not known
    for (text, interrupted) in [("1:1", false), ("2:1", true), ("3:2", true)] {
        let order = plan(&ladder(text));
        assert_eq!(
            order.adjustment().interruption().is_some(),
            interrupted,
            "{text}"
        );
    }
    assert_eq!(plan(&ladder("3:3")).adjustment().interruption(), None);
    let either = plan(&decided(&ladder("4:1"), "50 %"));
    assert!(either.adjustment().interruption().is_some());
}

/// 8250 or 1650 for 825: above what was ever published; 82.5: more than a factor of two below it.
#[test]
fn a_digit_too_many_is_a_failed_check() {
    for (intensity, outcome) in [
        ("825 mg/m2", None),
        ("600 mg/m2", None),
        ("1250 mg/m2", None),
        ("1250.000001 mg/m2", Some(Outcome::Fail)),
        ("412.5 mg/m2", Some(Outcome::CannotTell)), // the half of a usual one
        ("1650 mg/m2", Some(Outcome::Fail)),        // the daily figure
        ("300 mg/m2", Some(Outcome::CannotTell)),
        ("299.999999 mg/m2", Some(Outcome::Fail)),
        ("8250 mg/m2", Some(Outcome::Fail)),
        ("82.5 mg/m2", Some(Outcome::Fail)),
    ] {
        let order = plan(&request(intensity));
        let found = finding(&order, "capecitabine.intensity").map(|finding| finding.outcome);
        assert_eq!(found, outcome, "{intensity}");
        assert!(order.day().is_some());
        if outcome == Some(Outcome::Fail) {
            let accepted = plan(&overridden(&request(intensity), "capecitabine.intensity"));
            assert_eq!(
                finding(&accepted, "capecitabine.intensity")
                    .unwrap()
                    .outcome,
                Outcome::Warn
            );
        }
    }
    // a reduction is not a misprint: the original intensity has to be plausible
    let reduced = plan(&with("825 mg/m2", &[&CPIC_DPYD_2018], dpyd("1")));
    assert_eq!(finding(&reduced, "capecitabine.intensity"), None);
    let tenth = plan(&decided(
        &with("825 mg/m2", &[&CPIC_DPYD_2018], dpyd("0.5")),
        "10 %",
    ));
    assert_eq!(finding(&tenth, "capecitabine.intensity"), None);
}

/// HOPA excepts organ dysfunction and enzyme deficiency from rounding up, whoever set the share.
#[test]
fn rounding_up_after_a_decision_is_pointed_out() {
    // 825 x 60 % x 1.82 = 900.9 mg: 1000 mg is +11.0 %, 800 mg is -11.2 %
    let open = with("825 mg/m2", &[&CPIC_DPYD_2017], dpyd("1.5"));
    let order = plan(&decided(&open, "60 %"));
    assert_eq!(order.day().unwrap().dose_per_day().milligrams(), 2000);
    assert!(finding(&order, "capecitabine.rounded_up").is_some());
    // the whole dose is no reduction, 820 x 1.82 = 1492.4 mg: 1500 mg; toxicity is neither
    let whole = with("820 mg/m2", &[&EMA_DPYD_2020], dpyd("1"));
    let order = plan(&decided(&whole, "100 %"));
    assert!(order.day().unwrap().deviation_percent() > 0.0);
    assert_eq!(finding(&order, "capecitabine.rounded_up"), None);
    let toxic = with("825 mg/m2", &[&BMC_SURGERY_2009_LADDER], toxicity("2:3"));
    let order = plan(&toxic); // 412.5 x 1.82 = 750.75 mg: 800 mg
    assert!(order.day().unwrap().deviation_percent() > 0.0);
    assert_eq!(finding(&order, "capecitabine.rounded_up"), None);
}

#[test]
fn a_table_gives_doses_for_its_own_intensity() {
    for (intensity, covered) in [
        ("825 mg/m2", true),
        ("412.5 mg/m2", false),
        ("1250 mg/m2", false),
        ("825.000001 mg/m2", false),
    ] {
        let mut wanted = request(intensity);
        wanted.stock = "300 mg".parse().unwrap();
        wanted.policy = RoundingPolicy::Bands(JAPAN_METHOD_D);
        let order = CapecitabineOrder::plan(wanted);
        assert_eq!(order.is_ok(), covered, "{intensity}");
        if !covered {
            let error = order.unwrap_err();
            assert!(matches!(
                error,
                CapecitabineError::BandsForOtherIntensity { .. }
            ));
            assert!(
                error.to_string().contains("stand for: 825 mg/m2"),
                "{error}"
            );
        }
    }
}

proptest! {
    /// Whatever a clinician decides, the dose is never above the original one, and above what a rule
    /// leaves only with a second reason.
    #[test]
    fn a_decision_never_passes_unseen_above_a_rule(
        score in prop::sample::select(vec!["0.5", "1", "1.5"]),
        grade in 1_u8..=4,
        occurrence in 1_u8..=9,
        share in 1_u64..=1_000_000,
    ) {
        let mut facts = dpyd(score);
        facts.toxicity = toxicity(&format!("{grade}:{occurrence}")).toxicity;
        let open = with("825 mg/m2", &[&CPIC_DPYD_2017, &BMC_SURGERY_2009_LADDER], facts);
        let share: f64 = f64::from(u32::try_from(share).unwrap()) / 10_000.0;
        let request = decided(&open, &format!("{share} %"));
        // not every share is a whole number of nanograms, and where one rule settles there is none
        let Ok(order) = CapecitabineOrder::plan(request) else { return Ok(()) };
        let Some(regimen) = order.adjustment().adjusted() else {
            prop_assert_eq!(order.outcome(), Outcome::Fail);
            return Ok(());
        };
        let left = regimen.intensity().milligrams_per_square_meter() / 825.0;
        let most = order
            .adjustment()
            .applied()
            .iter()
            .filter_map(|rule| rule.fraction.or(rule.at_most))
            .map(|most| most.percent() / 100.0)
            .fold(1.0, f64::min);
        if left > most + 1e-12 {
            prop_assert_eq!(order.outcome(), Outcome::Fail);
        }
    }
}

/// Below the range of a text only where no other rule asks for less.
#[test]
fn a_range_has_a_lower_end_where_it_stands_alone() {
    let alone = with("1250 mg/m2", &[&CPIC_DPYD_2017], dpyd("1.5"));
    let beside = |text| {
        let facts = ClinicalFacts {
            clearance: clearance(text).clearance,
            ..dpyd("1.5")
        };
        with(
            "1250 mg/m2",
            &[&CPIC_DPYD_2017, &FDA_LABEL_BEFORE_2022],
            facts,
        )
    };
    for (request, outcome) in [
        (&alone, Outcome::Fail),
        // full dose for the kidneys asks for nothing less
        (&beside("90 mL/min"), Outcome::Fail),
        (&beside("40 mL/min"), Outcome::Warn),
        (&beside("50.4 mL/min"), Outcome::Warn),
    ] {
        let order = plan(&decided(request, "40 %"));
        assert_eq!(order.outcome(), outcome, "{:?}", order.findings());
    }
}

/// A row that leaves more than any text that was read is a site's to decide, and is not passed over.
#[test]
fn lenient_rows_are_pointed_out() {
    let own = |id: &str, change: &dyn Fn(&mut Value)| -> RuleSet {
        let mut json = serde_json::to_value(RuleSet::published(id).unwrap()).unwrap();
        json["id"] = json!("test");
        change(&mut json);
        serde_json::from_value(json).unwrap()
    };
    let dpyd_rows = |rules: [&str; 3]| {
        own("cpic-dpyd-2018", &move |json| {
            for (row, rule) in rules.iter().enumerate() {
                json["dpyd"]["rows"][row + 1]["rule"] = json!({"fraction": rule});
            }
        })
        .cautions(RuleTopic::Dpyd)
        .len()
    };
    assert_eq!(dpyd_rows(["24.9999 %", "50 %", "75 %"]), 0);
    assert_eq!(dpyd_rows(["24 %", "50.0001 %", "75.0001 %"]), 2);
    assert_eq!(dpyd_rows(["25 %", "51 %", "75 %"]), 2);
    let any = own("fda-label-2026", &|json| {
        json["dpyd"] = Value::Null;
        json["renal"]["bands"] =
            json!([{"rule": "full_dose", "covers": "any_intensity", "words": "test"}]);
    });
    assert_eq!(any.cautions(RuleTopic::Renal).len(), 1);
    assert!(any.cautions(RuleTopic::Dpyd).is_empty());
    let order = plan(&with("825 mg/m2", &[&any], clearance("6 mL/min")));
    let lenient = finding(&order, "capecitabine.unusual_rule").unwrap();
    assert_eq!(lenient.outcome, Outcome::Warn);
    assert!(
        lenient.message().contains("leaves a dose below 30 mL/min"),
        "{}",
        lenient.message()
    );
    let ladder = |grade: u8, action: Value| {
        own("bmc-surgery-2009-ladder", &move |json| {
            json["toxicity"]["steps"] = json!([{"grade": grade, "action": action}]);
        })
        .cautions(RuleTopic::Toxicity)
        .len()
    };
    assert_eq!(ladder(4, json!("continue")), 1);
    assert_eq!(ladder(4, json!({"interrupt_then": "50.0001 %"})), 1);
    assert_eq!(ladder(4, json!({"interrupt_then": "50 %"})), 0);
    assert_eq!(ladder(3, json!("continue")), 1);
    assert_eq!(ladder(3, json!({"interrupt_then": "100 %"})), 0);
    assert_eq!(ladder(2, json!("continue")), 0);
    // 7.5 for 75
    assert_eq!(ladder(2, json!({"interrupt_then": "49.9999 %"})), 1);
    assert_eq!(ladder(4, json!({"discontinue_or_then": "5 %"})), 1);
    assert_eq!(dpyd_rows(["5 %", "49.9999 %", "75 %"]), 1);
    let digit = own("fda-label-2026", &|json| {
        json["dpyd"] = Value::Null;
        json["renal"]["bands"][1]["rule"] = json!({"fraction": "7.5 %"});
    });
    assert_eq!(digit.cautions(RuleTopic::Renal).len(), 1);
}

/// Full dose is said of starting doses too.
#[test]
fn full_dose_holds_for_what_it_covers() {
    let mut json = serde_json::to_value(&FDA_LABEL_BEFORE_2022).unwrap();
    json["id"] = json!("test");
    json["superseded_by"] = Value::Null;
    json["renal"]["bands"][3]["covers"] = json!({"intensities": ["1250 mg/m2"]});
    let own: RuleSet = serde_json::from_value(json.clone()).unwrap();
    let at = |intensity| plan(&with(intensity, &[&own], clearance("60 mL/min"))).outcome();
    assert_eq!(at("1250 mg/m2"), Outcome::Pass);
    assert_eq!(at("825 mg/m2"), Outcome::CannotTell);
    // rows said of different starting doses are not held against one another
    json["renal"]["bands"][0]["rule"] = json!({"fraction": "80 %"});
    json["renal"]["bands"][0]["covers"] = json!({"intensities": ["625 mg/m2"]});
    assert!(serde_json::from_value::<RuleSet>(json.clone()).is_ok());
    json["renal"]["bands"][0]["covers"] = json!({"intensities": ["625 mg/m2", "1250 mg/m2"]});
    assert!(serde_json::from_value::<RuleSet>(json).is_err());
}

#[test]
fn a_set_is_named_once_and_under_its_own_id() {
    let mut other = serde_json::to_value(&EMA_DPYD_2020).unwrap();
    other["id"] = json!("FDA-label-before-2022");
    let other: RuleSet = serde_json::from_value(other).unwrap();
    let label = RuleSelection::NONE.with(&FDA_LABEL_BEFORE_2022).unwrap();
    assert!(matches!(
        label.clone().with(&other),
        Err(CapecitabineError::OneIdTwoSets { .. })
    ));
    assert!(matches!(
        label.with(&FDA_LABEL_BEFORE_2022),
        Err(CapecitabineError::RuleSetTwice { .. })
    ));
    assert!(matches!(
        RuleSelection::NONE.with_dose_table(&EMA_DPYD_2020),
        Err(CapecitabineError::NoDoseTable { .. })
    ));
    // a topic alone does not bring the sentences beside it
    let dpyd = RuleSelection::NONE
        .with_topic(RuleTopic::Dpyd, &FDA_LABEL_2026)
        .unwrap();
    assert_eq!(dpyd.rule_sets().len(), 1);
    assert!(dpyd.whole_sets().is_empty());
    let whole = dpyd.with(&FDA_LABEL_2026).unwrap();
    assert_eq!(whole.whole_sets().len(), 1);
}

/// More than half off is no rounding: a table with a digit too many fails without a tolerance.
#[test]
fn a_dose_far_from_the_calculated_one_fails() {
    let table = |label: &'static str, source: &'static str, dose: &'static str| {
        let band = Band {
            from: None,
            to: None,
            dose_per_administration: OrderedDose::constant(dose),
        };
        BandTable::new(
            label,
            source,
            Covers::AnyIntensity,
            Some(2),
            BandEdge::BelongsAbove,
            vec![band],
        )
    };
    let deviation = |dose: &'static str| {
        let mut wanted = request("825 mg/m2"); // 1501.5 mg
        wanted.stock = "10 mg".parse().unwrap();
        wanted.policy = RoundingPolicy::Bands(table("test", "test", dose).unwrap());
        let order = plan(&wanted);
        finding(&order, "capecitabine.deviation").map(|finding| finding.outcome)
    };
    assert_eq!(deviation("1500 mg"), None);
    assert_eq!(deviation("2250 mg"), Some(Outcome::Warn)); // +49.9 %
    assert_eq!(deviation("2260 mg"), Some(Outcome::Fail)); // +50.5 %
    assert_eq!(deviation("760 mg"), Some(Outcome::Warn));
    assert_eq!(deviation("750 mg"), Some(Outcome::Fail)); // -50.05 %
    assert_eq!(deviation("15000 mg"), Some(Outcome::Fail));
    for (label, source) in [("", "test"), ("test", " ")] {
        assert!(matches!(
            table(label, source, "1500 mg"),
            Err(CapecitabineError::Bands {
                fault: BandFault::Unnamed,
                ..
            })
        ));
    }
}

/// 825 mg/m2 at 1.93 m2 is 1592.25 mg twice a day; the findings of an unequal day are those of its
/// total.
#[test]
fn an_unequal_day_has_its_findings() {
    let day = |area: &str, stock: &str, cap: Option<&'static str>| {
        let mut wanted = request("825 mg/m2");
        wanted.body_surface_area = BodySurfaceArea::stated(area.parse().unwrap(), "test");
        wanted.stock = stock.parse().unwrap();
        wanted.split = DaySplit::LargerInTheMorning;
        wanted.caps.dose_per_administration = cap.map(OrderedDose::constant);
        plan(&wanted)
    };
    let label = "500 mg, 150 mg (at most 2)";
    // 3184.5 mg a day: 3150 mg, 1650 + 1500; under 1600 mg at each, 3000 mg
    let free = day("1.93 m2", label, None);
    assert_eq!(free.day().unwrap().dose_per_day().milligrams(), 3150);
    assert_eq!(finding(&free, "capecitabine.cap"), None);
    let capped = day("1.93 m2", label, Some("1600 mg"));
    assert_eq!(capped.day().unwrap().dose_per_day().milligrams(), 3000);
    let cap = finding(&capped, "capecitabine.cap").unwrap();
    assert_eq!(cap.outcome, Outcome::Fail);
    assert!(
        cap.message()
            .contains("3000 mg a day to take instead of 3150 mg"),
        "{}",
        cap.message()
    );
    let wide = day("1.93 m2", label, Some("1650 mg"));
    assert_eq!(finding(&wide, "capecitabine.cap"), None);
    // two tablets of 500 mg at most: 1300 mg is the most for 1592.25 mg
    let limited = day("1.93 m2", "500 mg (at most 2), 150 mg (at most 2)", None);
    assert!(finding(&limited, "capecitabine.tablet_limit").is_some());
    // 3075 mg a day, halfway between 3000 and 3150, is at 3075 / 1650 = 1.863636 m2
    for (area, near) in [
        ("1.8537 m2", true),
        ("1.8535 m2", false),
        ("1.8735 m2", true),
        ("1.8737 m2", false),
    ] {
        let found = finding(&day(area, label, None), "capecitabine.near_step").is_some();
        assert_eq!(found, near, "{area}");
    }
    let step = day("1.865 m2", label, None);
    let message = &finding(&step, "capecitabine.near_step").unwrap().message();
    assert!(
        message.contains("from 3000 mg a day to 3150 mg a day"),
        "{message}"
    );
}

/// Tablets are counted for every date, and a part of them lies before the interruption.
#[test]
fn supply_after_an_interruption_is_pointed_out() {
    let supply = |text| {
        let mut wanted = with("825 mg/m2", &[&BMC_SURGERY_2009_LADDER], toxicity(text));
        wanted.supply = Some(SupplyRequest {
            kind: CapecitabineDays::RadiotherapyDays,
            fractions: vec!["2026-12-07".parse().unwrap()],
            dispense_every: None,
        });
        let order = plan(&wanted);
        assert!(order.supply().is_some());
        finding(&order, "capecitabine.supply_after_interruption").is_some()
    };
    assert!(supply("2:2"));
    assert!(!supply("1:1"));
}

#[test]
fn another_number_of_administrations_than_two_is_pointed_out() {
    for (times, warned) in [(1, true), (2, false), (3, true), (4, true)] {
        let mut wanted = request("600 mg/m2");
        wanted.regimen = Regimen::new("600 mg/m2".parse().unwrap(), times).unwrap();
        let order = plan(&wanted);
        let found = finding(&order, "capecitabine.administrations").is_some();
        assert_eq!(found, warned, "{times}");
    }
}
