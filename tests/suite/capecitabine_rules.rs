//! The rule sets: what they say row by row, what cannot be loaded, and that every value is
//! answered.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

use chemorad::capecitabine::{
    BMC_SURGERY_2009_LADDER, CPIC_DPYD_2017, CPIC_DPYD_2018, CapecitabineError, DoseRule,
    FDA_LABEL_2026, FDA_LABEL_BEFORE_2022, RuleFault, RuleSelection, RuleSet, RuleSetData,
    Toxicity, ToxicityAction,
};
use chemorad::patient::{ActivityScore, ClearanceRate, CreatinineClearance};
use proptest::prelude::*;

fn at(text: &str) -> CreatinineClearance {
    CreatinineClearance::stated(text.parse::<ClearanceRate>().unwrap(), "test")
}

fn percent(rule: DoseRule) -> Option<f64> {
    match rule {
        DoseRule::FullDose => Some(100.0),
        DoseRule::Fraction(share) => Some(share.percent()),
        DoseRule::DoNotGive => Some(0.0),
        _ => None,
    }
}

/// FDA capecitabine label before 2022, sections 2.4 and 4.1
/// (medlibrary.org/lib/rx/meds/capecitabine-13/page/2).
#[test]
fn legacy_label_renal_rows() {
    let renal = FDA_LABEL_BEFORE_2022.renal.as_ref().unwrap();
    for (clearance, expected) in [
        ("0.1 mL/min", Some(0.0)),
        ("29.999999 mL/min", Some(0.0)),
        ("30 mL/min", Some(75.0)),
        ("50 mL/min", Some(75.0)),
        ("50.000001 mL/min", None),
        ("50.999999 mL/min", None),
        ("51 mL/min", Some(100.0)),
        ("80 mL/min", Some(100.0)),
        ("80.5 mL/min", Some(100.0)),
        ("500 mL/min", Some(100.0)),
    ] {
        let band = renal.band(&at(clearance)).unwrap();
        assert_eq!(percent(band.rule), expected, "{clearance}");
    }
    let distances = renal.distances(&at("50.4 mL/min"));
    let text: Vec<_> = distances.iter().map(ToString::to_string).collect();
    assert_eq!(
        text,
        [
            "20.40 mL/min above 30 mL/min",
            "0.40 mL/min above 50 mL/min",
            "0.60 mL/min below 51 mL/min",
            "29.60 mL/min below 80 mL/min",
        ]
    );
    assert_eq!(
        renal.distances(&at("30 mL/min"))[0].to_string(),
        "at 30 mL/min"
    );
    assert_eq!(
        renal.distances(&at("29.999 mL/min"))[0].to_string(),
        "less than 0.01 mL/min below 30 mL/min"
    );
}

/// FDA XELODA label, set e702d84d, version 32, as quoted by a third party: 25 % less at 30 to 50.
#[test]
fn current_label_renal_rows_are_second_hand() {
    let renal = FDA_LABEL_2026.renal.as_ref().unwrap();
    for (clearance, expected) in [
        ("29.9 mL/min", None),
        ("30 mL/min", Some(75.0)),
        ("50 mL/min", Some(75.0)),
        ("50.1 mL/min", Some(100.0)),
    ] {
        let band = renal.band(&at(clearance)).unwrap();
        assert_eq!(percent(band.rule), expected, "{clearance}");
    }
    assert!(FDA_LABEL_2026.citation().contains("second-hand"));
    let rounding = FDA_LABEL_2026.rounding.as_ref().unwrap();
    assert!(rounding.quote.contains("nearest 150 mg"));
}

/// CPIC 2017 Table 2 (PMC5760397) and its change of November 2018.
#[test]
fn cpic_rows() {
    for (set, score, expected, strength) in [
        (&CPIC_DPYD_2018, "2", Some(100.0), "strong"),
        (&CPIC_DPYD_2018, "1.5", Some(50.0), "moderate"),
        (&CPIC_DPYD_2018, "1", Some(50.0), "strong"),
        (&CPIC_DPYD_2018, "0.5", None, "strong"), // avoid; else below 25 %, no number
        (&CPIC_DPYD_2018, "0", Some(0.0), "strong"),
        (&CPIC_DPYD_2017, "1.5", None, "moderate"), // 25 to 50 % less: a range, no number
        (&CPIC_DPYD_2017, "1", Some(50.0), "strong"),
    ] {
        let row = set
            .dpyd
            .as_ref()
            .unwrap()
            .row(score.parse().unwrap())
            .unwrap();
        assert_eq!(percent(row.rule), expected, "{} {score}", set.id);
        assert_eq!(row.strength.as_ref().unwrap().as_str(), strength);
    }
}

/// BMC Surgery 2009;9:1, Table 3 (NCI CTC v3.0).
#[test]
fn toxicity_ladder_rows() {
    let ladder = BMC_SURGERY_2009_LADDER.toxicity.as_ref().unwrap();
    let step = |text: &str| {
        let toxicity: Toxicity = text.parse().unwrap();
        ladder.step(toxicity).map(|step| match step.action {
            ToxicityAction::Continue => ("continue", 100.0),
            ToxicityAction::InterruptThen(share) => ("interrupt", share.percent()),
            ToxicityAction::Discontinue => ("discontinue", 0.0),
            ToxicityAction::DiscontinueOrThen(share) => ("either", share.percent()),
        })
    };
    for (toxicity, expected) in [
        ("1:1", ("continue", 100.0)),
        ("1:9", ("continue", 100.0)),
        ("2:1", ("interrupt", 100.0)),
        ("2:2", ("interrupt", 75.0)),
        ("2:3", ("interrupt", 50.0)),
        ("2:4", ("discontinue", 0.0)),
        ("3:1", ("interrupt", 75.0)),
        ("3:2", ("interrupt", 50.0)),
        ("3:3", ("discontinue", 0.0)),
        ("4:1", ("either", 50.0)),
    ] {
        assert_eq!(step(toxicity), Some(expected), "{toxicity}");
    }
    // beyond the printed rows nothing is guessed
    assert_eq!(step("4:2"), None);
    assert_eq!(step("2:5"), None);
    for text in ["0:1", "5:1", "2:0", "2", "2:1:1", "two:1", "2:10", ""] {
        assert!(text.parse::<Toxicity>().is_err(), "{text}");
    }
}

#[test]
fn published_sets_are_found_by_id_and_none_is_a_default() {
    assert_eq!(RuleSet::PUBLISHED.len(), 9);
    for set in RuleSet::PUBLISHED {
        assert_eq!(RuleSet::published(&set.id).unwrap().id, set.id);
        assert!(RuleSet::new(RuleSetData::from((*set).clone())).is_ok());
    }
    assert!(RuleSet::published("fda").is_none());
    assert!(RuleSelection::NONE.rule_sets().is_empty());
    let table = RuleSet::published("japan-method-d-2016").unwrap();
    assert!(matches!(
        RuleSelection::NONE.with(table),
        Err(CapecitabineError::NoAdjustmentRules { .. })
    ));
}

mod files {
    use super::{CapecitabineError, RuleFault, RuleSet, RuleSetData};

    const FILE: &str = include_str!("../../examples/rule-set-fda-label-before-2022.toml");

    #[test]
    fn the_example_file_is_the_built_in_set() {
        let read: RuleSet = toml::from_str(FILE).unwrap();
        assert_eq!(&read, RuleSet::published("fda-label-before-2022").unwrap());
        let site: RuleSet =
            toml::from_str(include_str!("../../examples/rule-set-site.toml")).unwrap();
        assert!(site.citation().contains("a site decision"));
    }

    #[test]
    fn every_set_survives_json() {
        for set in RuleSet::PUBLISHED {
            let json = serde_json::to_string(set).unwrap();
            assert_eq!(&serde_json::from_str::<RuleSet>(&json).unwrap(), *set);
        }
    }

    fn fault(change: impl Fn(&str) -> String) -> RuleFault {
        let data: RuleSetData = toml::from_str(&change(FILE)).unwrap();
        match RuleSet::new(data).unwrap_err().only() {
            Some(CapecitabineError::Rules { fault, .. }) => *fault,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_wrong_file_is_refused_with_its_row() {
        let swap = |from: &'static str, to: &'static str| {
            fault(move |text| {
                assert!(text.contains(from), "{from}");
                text.replacen(from, to, 1)
            })
        };
        assert_eq!(swap("rules/1", "rules/2"), RuleFault::Schema);
        assert_eq!(
            swap(
                "version = \"label before the revision of December 2022\"",
                "version = \"\""
            ),
            RuleFault::Empty("version")
        );
        // the gap of the text left out
        assert_eq!(
            fault(|text| {
                let mut parts: Vec<&str> = text.split("[[renal.bands]]").collect();
                parts.remove(3);
                parts.join("[[renal.bands]]")
            }),
            RuleFault::GapOrOverlap(3)
        );
        // 30 belongs to both bands, or to none
        assert_eq!(
            swap("below = \"30 mL/min\"", "at_most = \"30 mL/min\""),
            RuleFault::GapOrOverlap(2)
        );
        assert_eq!(
            swap("at_least = \"30 mL/min\"", "above = \"30 mL/min\""),
            RuleFault::GapOrOverlap(2)
        );
        assert_eq!(
            swap("at_least = \"30 mL/min\"", "at_least = \"29 mL/min\""),
            RuleFault::GapOrOverlap(2)
        );
        assert_eq!(
            swap(
                "at_least = \"30 mL/min\"",
                "at_least = \"30 mL/min\"\nabove = \"29 mL/min\""
            ),
            RuleFault::TwoEdges(2)
        );
        assert_eq!(
            swap("at_most = \"50 mL/min\"", "at_most = \"20 mL/min\""),
            RuleFault::Inverted(2)
        );
        assert_eq!(
            swap(
                "above = \"80 mL/min\"",
                "above = \"80 mL/min\"\nat_most = \"90 mL/min\""
            ),
            RuleFault::GapOrOverlap(6)
        );
        assert_eq!(
            fault(|text| text.split("[[renal").next().unwrap().into()),
            RuleFault::NoRules
        );
        // spelling mistakes, unknown rules and unitless numbers do not load
        for (from, to) in [
            ("words", "wrods"),
            ("\"do_not_give\"", "\"stop\""),
            ("\"30 mL/min\"", "30"),
            ("\"75 %\"", "\"75\""),
            ("\"75 %\"", "\"125 %\""),
            ("\"1250 mg/m2\"", "\"1250 mg\""),
        ] {
            let text = FILE.replacen(from, to, 1);
            assert_ne!(text, FILE);
            assert!(toml::from_str::<RuleSet>(&text).is_err(), "{from} -> {to}");
        }
    }

    #[test]
    fn dpyd_rows_and_ladders_are_checked() {
        let change = |id: &str, change: &dyn Fn(&mut serde_json::Value)| {
            let mut json = serde_json::to_value(RuleSet::published(id).unwrap()).unwrap();
            change(&mut json);
            serde_json::from_value::<RuleSet>(json)
                .unwrap_err()
                .to_string()
        };
        let error = change("cpic-dpyd-2018", &|json| {
            json["dpyd"]["rows"].as_array_mut().unwrap().remove(1);
        });
        assert!(error.contains("one for each score"), "{error}");
        let error = change("bmc-surgery-2009-ladder", &|json| {
            json["toxicity"]["steps"][3]["action"] = serde_json::json!({"interrupt_then": "90 %"});
        });
        assert!(error.contains("leaves more"), "{error}");
        let error = change("bmc-surgery-2009-ladder", &|json| {
            json["toxicity"]["steps"][1]["grade"] = 5.into();
        });
        assert!(error.contains("out of range or order"), "{error}");
        let error = change("eu-leaflet-interactions", &|json| {
            json["interactions"]["drugs"][1]["drug"] = "brivudine".into();
        });
        assert!(error.contains("named twice"), "{error}");
    }
}

proptest! {
    /// Every clearance lies in exactly one band of every published set.
    #[test]
    fn lookups_are_total(base in 1_u64..500_000_000) {
        let text = format!("{}.{:06} mL/min", base / 1_000_000, base % 1_000_000);
        let clearance = at(&text);
        for set in RuleSet::PUBLISHED {
            if let Some(renal) = &set.renal {
                let holding = renal
                    .bands
                    .iter()
                    .filter(|band| band.contains(clearance.milliliters_per_minute()))
                    .count();
                prop_assert_eq!(holding, 1);
            }
            if let Some(dpyd) = &set.dpyd {
                for score in ActivityScore::ALL {
                    prop_assert!(dpyd.row(score).is_some());
                }
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
        let _ = text.parse::<Toxicity>();
        let _ = text.parse::<chemorad::capecitabine::CapecitabineDays>();
        let _ = text.parse::<chemorad::capecitabine::Override>();
        let _ = text.parse::<chemorad::patient::SerumCreatinine>();
        let _ = text.parse::<chemorad::patient::DpydStatus>();
    }
}
