//! Rule sets that are refused: upside down, without words, with dates and names that are none.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::capecitabine::{
    CapecitabineError, EMA_DPYD_2020, EU_LEAFLET_INTERACTIONS, FDA_LABEL_BEFORE_2022, RuleFault,
    RuleSet, RuleSetData,
};
use serde_json::{Value, json};

/// The fault of a published set with one change.
fn fault(id: &str, change: impl Fn(&mut Value)) -> RuleFault {
    let mut json = serde_json::to_value(RuleSet::published(id).unwrap()).unwrap();
    change(&mut json);
    match faults(json)[..] {
        [only] => only,
        ref others => panic!("{others:?}"),
    }
}

fn faults(json: Value) -> Vec<RuleFault> {
    let data = serde_json::from_value::<RuleSetData>(json).unwrap();
    let faults = RuleSet::new(data).unwrap_err();
    let fault = |error: &CapecitabineError| match error {
        CapecitabineError::Rules { fault, .. } => *fault,
        other => panic!("{other:?}"),
    };
    faults.iter().map(fault).collect()
}

#[test]
fn every_part_that_is_wrong_is_named_at_once() {
    let mut json =
        serde_json::to_value(RuleSet::published("fda-label-before-2022").unwrap()).unwrap();
    json["title"] = json!(" ");
    json["date"] = json!("2026-02-30");
    json["renal"]["bands"][0]["words"] = json!("");
    assert_eq!(
        faults(json)[..2],
        [RuleFault::Empty("title"), RuleFault::Date]
    );
}

#[test]
fn a_greater_deficiency_never_leaves_more() {
    let row = |row: usize, rule: Value| {
        fault("cpic-dpyd-2017", move |json| {
            json["dpyd"]["rows"][row]["rule"] = rule.clone();
        })
    };
    // score 1 leaves 50 %
    assert_eq!(
        row(1, json!({"fraction": "75 %"})),
        RuleFault::UpsideDown("dpyd", 2, 3)
    );
    assert_eq!(
        row(
            1,
            json!({"fraction_between": {"from": "40 %", "to": "60 %"}})
        ),
        RuleFault::UpsideDown("dpyd", 2, 3)
    );
    assert_eq!(
        row(2, json!({"fraction": "60 %"})),
        RuleFault::UpsideDown("dpyd", 3, 4)
    );
    assert_eq!(
        row(4, json!("do_not_give")),
        RuleFault::UpsideDown("dpyd", 2, 5)
    );
    assert_eq!(
        row(2, json!("do_not_give")),
        RuleFault::UpsideDown("dpyd", 2, 3)
    );
    for rule in [
        json!("full_dose"),
        json!({"fraction": "10 %"}),
        json!({"fraction_between": {"from": "1 %", "to": "2 %"}}),
        json!("avoid"),
        json!("individualize"),
        json!("not_covered"),
    ] {
        let zero = fault("cpic-dpyd-2018", move |json| {
            for row in 0..5 {
                json["dpyd"]["rows"][row]["rule"] = json!("not_covered");
            }
            json["dpyd"]["rows"][0]["rule"] = rule.clone();
        });
        assert_eq!(zero, RuleFault::DoseWithoutActivity);
    }
    // nothing is open where a smaller deficiency forbids the drug
    for rule in ["avoid", "individualize", "not_covered"] {
        let open = fault("cpic-dpyd-2018", move |json| {
            json["dpyd"]["rows"][1]["rule"] = json!(rule);
            json["dpyd"]["rows"][2]["rule"] = json!("do_not_give");
        });
        assert_eq!(open, RuleFault::UpsideDown("dpyd", 2, 3));
    }
    for rule in [json!("avoid"), json!("individualize")] {
        assert_eq!(row(4, rule), RuleFault::ReducedWithoutDeficiency);
    }
    assert_eq!(
        row(4, json!({"fraction": "90 %"})),
        RuleFault::ReducedWithoutDeficiency
    );

    let band = |row: usize, rule: Value| {
        fault("fda-label-before-2022", move |json| {
            json["renal"]["bands"][row]["rule"] = rule.clone();
        })
    };
    assert_eq!(
        band(0, json!("full_dose")),
        RuleFault::UpsideDown("renal", 1, 2)
    );
    assert_eq!(
        band(0, json!({"fraction": "75.0001 %"})),
        RuleFault::UpsideDown("renal", 1, 2)
    );
    assert_eq!(
        band(3, json!({"fraction": "74 %"})),
        RuleFault::UpsideDown("renal", 2, 4)
    );
    assert_eq!(
        band(4, json!("do_not_give")),
        RuleFault::UpsideDown("renal", 2, 5)
    );
    // the same on both sides is no fault, nor is less below
    let mut same = serde_json::to_value(&FDA_LABEL_BEFORE_2022).unwrap();
    same["renal"]["bands"][0]["rule"] = json!({"fraction": "75 %"});
    assert!(serde_json::from_value::<RuleSet>(same).is_ok());
}

#[test]
fn a_worse_toxicity_never_leaves_more() {
    let step = |step: usize, action: Value| {
        fault("bmc-surgery-2009-ladder", move |json| {
            json["toxicity"]["steps"][step]["action"] = action.clone();
        })
    };
    // steps: 1, 2:1, 2:2, 2:3, 2:4, 3:1, 3:2, 3:3, 4:1
    assert_eq!(
        step(8, json!({"discontinue_or_then": "80 %"})),
        RuleFault::MilderAtHigherGrade(9, 6)
    );
    assert_eq!(
        step(8, json!("continue")),
        RuleFault::MilderAtHigherGrade(9, 2)
    );
    assert_eq!(
        step(6, json!({"interrupt_then": "80 %"})),
        RuleFault::Rises(7)
    );
    assert_eq!(
        step(2, json!({"interrupt_then": "40 %"})),
        RuleFault::Rises(4)
    );
    // to go on is more than to interrupt and go on
    assert_eq!(
        step(5, json!("continue")),
        RuleFault::MilderAtHigherGrade(6, 2)
    );
    // a step for every occurrence speaks of the third as well
    let every = fault("bmc-surgery-2009-ladder", |json| {
        let last = json["toxicity"]["steps"][8].as_object_mut().unwrap();
        last.remove("occurrence");
    });
    assert_eq!(every, RuleFault::MilderAtHigherGrade(9, 5));
}

#[test]
fn rows_say_something_and_dates_are_dates() {
    let words = fault("cpic-dpyd-2018", |json| {
        json["dpyd"]["rows"][3]["words"] = json!("");
    });
    assert_eq!(words, RuleFault::Empty("dpyd.rows.words"));
    let untested = fault("cpic-dpyd-2018", |json| {
        json["dpyd"]["not_tested"] = json!("");
    });
    assert_eq!(untested, RuleFault::Empty("dpyd.not_tested"));
    let words = fault("fda-label-2026", |json| {
        json["renal"]["bands"][1]["words"] = json!("");
    });
    assert_eq!(words, RuleFault::Empty("renal.bands.words"));
    let nothing = fault("fda-label-2026", |json| {
        json["renal"]["bands"][1]["covers"] = json!({"intensities": []});
    });
    assert_eq!(nothing, RuleFault::CoversNothing(2));
    let whole = fault("fda-label-2026", |json| {
        json["renal"]["bands"][1]["rule"] = json!({"fraction": "100 %"});
    });
    assert_eq!(whole, RuleFault::WholeFraction(2));

    let dated = |date: &str| {
        let mut json = serde_json::to_value(&EMA_DPYD_2020).unwrap();
        json["date"] = json!(date);
        RuleSet::new(serde_json::from_value(json).unwrap())
    };
    for date in [
        "2026",
        "2026-12",
        "2024-02-29",
        "2000-02-29",
        "2026-04-30",
        "before 2022-12",
        "1900-01-31",
    ] {
        assert!(dated(date).is_ok(), "{date}");
    }
    for date in [
        "2026-13-01",
        "2026-00",
        "2026-02-29",
        "1900-02-29",
        "2026-04-31",
        "2026-01-32",
        "2026-01-00",
        "26-01-01",
        "1899",
        "2026/01/01",
        "2026-1-1",
        "20x6",
        "before",
        "before 2022-13",
        "after 2022",
        "2026-01-01T",
        "2026-01-0",
        "202601",
        "2026-06-31",
    ] {
        assert!(
            matches!(
                dated(date).unwrap_err().only(),
                Some(CapecitabineError::Rules {
                    fault: RuleFault::Date,
                    ..
                })
            ),
            "{date}"
        );
    }
}

#[test]
fn names_in_a_list_can_be_found() {
    let named = |row: usize, name: &'static str| {
        fault("eu-leaflet-interactions", move |json| {
            json["interactions"]["drugs"][row]["drug"] = json!(name);
        })
    };
    for name in [
        "none",
        "Phenytoin",
        "a, b",
        "a + b",
        "a/b",
        "a&b",
        "a;b",
        " x",
        "x ",
    ] {
        assert_eq!(named(2, name), RuleFault::DrugName(3), "{name}");
    }
    // under an other name is twice as well
    assert_eq!(named(2, "warfarin"), RuleFault::Twice(3));
    let other = fault("eu-leaflet-interactions", |json| {
        json["interactions"]["drugs"][2]["also"] = json!(["dilantin", "allopurinol"]);
        json["interactions"]["drugs"][4]["also"] = json!(["zyloprim", "dilantin"]);
    });
    assert_eq!(other, RuleFault::Twice(5));
    let empty = fault("eu-leaflet-interactions", |json| {
        json["interactions"]["drugs"][2]["also"] = json!([""]);
    });
    assert_eq!(empty, RuleFault::DrugName(3));

    let known = EU_LEAFLET_INTERACTIONS.interactions.as_ref().unwrap();
    let found = |name: &str| -> Vec<String> {
        known
            .matching(name)
            .map(|entry| entry.drug.to_string())
            .collect()
    };
    for name in [
        "brivudine",
        " BRIVUDINE 125 mg",
        "Brivudin",
        "ZOSTEX (tablets)",
    ] {
        assert_eq!(found(name), ["brivudine"], "{name}");
    }
    assert_eq!(
        found("warfarin and brivudine"),
        ["brivudine", "vitamin k antagonist"]
    );
    assert_eq!(found("VKA"), ["vitamin k antagonist"]);
    assert_eq!(found("fosphenytoin"), ["phenytoin"]);
    assert_eq!(found("calcium folinate"), ["folinic acid"]);
    // short names only as words of their own
    assert!(found("vkapharm").is_empty());
    assert!(found("paracetamol").is_empty());
    let near = |name: &str| known.closest(name).map(|(known, _)| known.to_string());
    assert_eq!(near("brivudnie").as_deref(), Some("brivudine"));
    assert_eq!(near("Bruvidine 125").as_deref(), Some("brivudine"));
    assert_eq!(near("warfrin").as_deref(), Some("warfarin"));
    assert_eq!(near("alopurinol").as_deref(), Some("allopurinol"));
    for other in [
        "paracetamol",
        "aciclovir",
        "famciclovir",
        "brivaracetam",
        "",
    ] {
        assert_eq!(near(other), None, "{other}");
    }
}
