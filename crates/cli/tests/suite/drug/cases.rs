//! Ten cases worked by hand; the arithmetic of each stands above it.

use super::{LABEL_STOCK, json, near, no_dose, order, outcome_of, page, refused, says};

/// Case 1. A tie. sqrt(160 x 62.001 / 3600) = sqrt(9920.16 / 3600) = 99.6 / 60 = 1.66 m2;
/// 1250 x 1.66 = 2075 mg, halfway between 2000 (4 x 500) and 2150 mg (4 x 500 + 1 x 150).
#[test]
fn case_1_a_tie_is_decided_by_the_named_rule_and_reported() {
    let size = "--height 160cm --weight 62.001kg";
    let up = json(&order(size, "1250mg/m2", LABEL_STOCK), 0);
    near(&up["calculated"]["value"], 2075.0, 1e-6);
    assert_eq!(up["to_take"]["value"], 2150);
    assert_eq!(up["tie"], true);
    assert_eq!(outcome_of(&up, "capecitabine.tie"), Some("warn"));

    let stock = LABEL_STOCK.replace("ties up", "ties down");
    let down = json(&order(size, "1250mg/m2", &stock), 0);
    assert_eq!(down["to_take"]["value"], 2000);
    says(
        &page(&order(size, "1250mg/m2", &stock), 0),
        "halfway between 2000 mg and 2150 mg; ties go down",
    );
}

/// Case 2. The gap of the label: 60 years, 72 kg, 1.58 mg/dL: (140 - 60) x 72 / (72 x 1.58) =
/// 80 / 1.58 = 50.63 mL/min, and the text names 30 to 50 and 51 to 80. No guess.
#[test]
fn case_2_a_gap_is_cannot_tell() {
    let gap = order(
        "--height 170cm --weight 72kg",
        "1250mg/m2",
        &format!(
            "{LABEL_STOCK} --rule-set fda-label-before-2022 --age 60 --sex male \
             --creatinine 1.58mg/dL --weight-basis actual"
        ),
    );
    let told = json(&gap, 3);
    no_dose(&told);
    assert_eq!(told["outcome"], "cannot_tell");
    let page = page(&gap, 3);
    says(&page, "clearance 50.63 mL/min");
    says(&page, "Cannot tell: no dose");
    says(
        &page,
        "0.63 mL/min above 50 mL/min, 0.37 mL/min below 51 mL/min",
    );
    says(&page, "30 to 50 and 51 to 80 mL/min, nothing in between");
    assert!(!page.contains("calculated"), "{page}");

    // the clearance is told all the same; what the text says there is not
    let alone = json(
        "clearance --age 60 --sex male --weight 72kg --creatinine 1.58mg/dL --weight-basis actual \
         --rule-set fda-label-before-2022",
        3,
    );
    near(&alone["creatinine_clearance"]["value"], 80.0 / 1.58, 1e-9);
    assert_eq!(alone["rule_sets"][0]["rule"], "not_covered");
}

/// Case 3. Two reductions: 80 x 72 / (72 x 2.0) = 40 mL/min says 75 %, DPYD score 1 says 50 %. Nobody
/// says how they combine; 37.5 % would be 1250 x 0.375 = 468.75 mg/m2. A clinician decides on
/// 50 %: 625 mg/m2 x sqrt(170 x 72 / 3600) = 625 x 1.843909 = 1152.44 mg: 1150 mg.
#[test]
fn case_3_two_reductions_need_a_clinician() {
    let facts = "--rule-set fda-label-before-2022 --age 60 --sex male --creatinine 2mg/dL \
                 --weight-basis actual --rule-set cpic-dpyd-2018 --dpyd 1";
    let size = "--height 170cm --weight 72kg";
    let two = order(size, "1250mg/m2", &format!("{LABEL_STOCK} {facts}"));
    no_dose(&json(&two, 3));
    let page = page(&two, 3);
    says(
        &page,
        "section 2.4: at 30 to 50 mL/min, 75 % of the starting dose",
    );
    says(&page, "CPIC 2017 Table 2: start with 50 % less");
    says(&page, "they are not multiplied");
    for guess in ["37.5 %", "468.75", "703.12"] {
        assert!(!page.contains(guess), "{guess}\n{page}");
    }

    let decided = json(
        &format!("{two} --decision 50% --decision-reason oncologist_and_pharmacist,_synthetic"),
        0,
    );
    near(&decided["calculated"]["value"], 1152.44, 0.01);
    assert_eq!(decided["to_take"]["value"], 1150);
    assert_eq!(outcome_of(&decided, "capecitabine.decision"), Some("warn"));
    let adjustments = decided["adjustments"].to_string();
    assert!(
        adjustments.contains("oncologist and pharmacist"),
        "{adjustments}"
    );
}

/// Case 4. Only 500 mg tablets: sqrt(155 x 55.8 / 3600) = sqrt(8649 / 3600) = 93 / 60 = 1.55 m2;
/// 825 x 1.55 = 1278.75 mg. 1500 is 221.25 away, 1000 is 278.75 away: 1500 mg, 17.30 % above,
/// more than 10 %. Unequal: 2557.5 mg a day, nearest 2500 mg = 1500 + 1000, 2.25 % below;
/// 28 days x 5 tablets = 140, where equal doses take 28 x 6 = 168.
#[test]
fn case_4_only_500_mg_tablets() {
    let size = "--height 155cm --weight 55.8kg";
    let stock = "--tablets 500mg --rounding nearest --ties up --days radiotherapy-days \
                 --start 2026-12-07 --fractions 28";
    let equal = json(&order(size, "825mg/m2", stock), 0);
    near(&equal["calculated"]["value"], 1278.75, 1e-6);
    assert_eq!(equal["to_take"]["value"], 1500);
    near(&equal["deviation_percent"], 17.302, 0.001);
    assert_eq!(outcome_of(&equal, "capecitabine.deviation"), Some("warn"));
    assert_eq!(equal["supply"]["tablets"][0]["count"], 168);

    // a tolerance makes it a failed check; a written reason makes that a warning that prints it
    let tolerance = format!("{stock} --tolerance 10%");
    json(&order(size, "825mg/m2", &tolerance), 1);
    let accepted = format!("{tolerance} --override capecitabine.deviation=only_500_mg_in_stock");
    says(
        &page(&order(size, "825mg/m2", &accepted), 0),
        "overridden: only 500 mg in stock",
    );

    let split = format!("{stock} --split larger-morning");
    let unequal = json(&order(size, "825mg/m2", &split), 0);
    assert!(unequal["to_take"].is_null(), "there is no one dose");
    assert_eq!(unequal["administrations"][0]["dose"]["value"], 1500);
    assert_eq!(unequal["administrations"][1]["dose"]["value"], 1000);
    assert_eq!(unequal["to_take_per_day"]["value"], 2500);
    near(&unequal["deviation_percent"], -2.248, 0.001);
    assert_eq!(unequal["supply"]["tablets"][0]["count"], 140);
    says(
        &page(&order(size, "825mg/m2", &split), 0),
        "to take 1500 mg (3 x 500 mg), then 1000 mg (2 x 500 mg)",
    );
}

/// Case 5. 30.0 exactly: (140 - 60) x 54 / (72 x 2.0) = 4320 / 144 = 30 mL/min, in the band of 30 to 50:
/// 937.5 mg/m2 (the label prints 950). sqrt(150 x 54 / 3600) = 1.5 m2: 1406.25 mg. 1500 is
/// nearer than 1300 (93.75 against 106.25), and HOPA excepts reductions from rounding up.
#[test]
fn case_5_exactly_30_is_in_the_band() {
    let exact = order(
        "--height 150cm --weight 54kg",
        "1250mg/m2",
        &format!(
            "{LABEL_STOCK} --rule-set fda-label-before-2022 --age 60 --sex male \
             --creatinine 2mg/dL --weight-basis actual"
        ),
    );
    let told = json(&exact, 0);
    assert_eq!(
        told["adjusted_regimen"]["intensity_per_administration"]["value"],
        937.5
    );
    near(&told["calculated"]["value"], 1406.25, 1e-6);
    assert_eq!(told["to_take"]["value"], 1500);
    assert_eq!(outcome_of(&told, "capecitabine.renal_cut"), Some("warn"));
    assert_eq!(outcome_of(&told, "capecitabine.rounded_up"), Some("warn"));
    let page = page(&exact, 0);
    says(&page, "at 30 mL/min");
    says(&page, "-> 937.5 mg/m2");

    // 0.85 x (140 - 75) x 45 / (72 x 102/88.4) = 29.93, which others print as 30 or 30.11
    let below = order(
        "--height 150cm --weight 45kg",
        "1250mg/m2",
        &format!(
            "{LABEL_STOCK} --rule-set fda-label-before-2022 --age 75 --sex female \
             --creatinine 102umol/L --weight-basis actual"
        ),
    );
    no_dose(&json(&below, 1));
}

/// Case 6. DPYD not tested: sqrt(170 x 72 / 3600) = 1.843909 m2; 825 x 1.843909 = 1521.22 mg: 1500 mg.
/// The dose stands, the warning too; "not tested" is not "normal".
#[test]
fn case_6_dpyd_not_tested_is_a_warning_and_not_normal() {
    let size = "--height 170cm --weight 72kg";
    let rules = format!("{LABEL_STOCK} --rule-set cpic-dpyd-2018");
    let untested = order(size, "825mg/m2", &format!("{rules} --dpyd not-tested"));
    let told = json(&untested, 0);
    assert_eq!(told["to_take"]["value"], 1500);
    assert_eq!(outcome_of(&told, "capecitabine.dpyd"), Some("warn"));
    says(&page(&untested, 0), "not tested is not normal");
    // absent or without a score there is no dose at all
    no_dose(&json(&order(size, "825mg/m2", &rules), 3));
    no_dose(&json(
        &order(size, "825mg/m2", &format!("{rules} --dpyd indeterminate")),
        3,
    ));
}

/// Case 7. Score 0: every text says no.
#[test]
fn case_7_complete_deficiency_is_a_hard_stop() {
    let size = "--height 170cm --weight 72kg";
    for set in [
        "cpic-dpyd-2018",
        "cpic-dpyd-2017",
        "ema-dpyd-2020",
        "dpyd=fda-label-2026",
    ] {
        let stop = order(
            size,
            "825mg/m2",
            &format!(
                "{LABEL_STOCK} --rule-set {set} --dpyd 0 --days weekdays --start 2026-12-07 --fractions 28"
            ),
        );
        no_dose(&json(&stop, 1));
        let page = page(&stop, 1);
        says(&page, "HARD STOP: no dose");
        for word in ["calculated", "to take", "supply "] {
            assert!(!page.contains(word), "{word}\n{page}");
        }
        // nothing lifts it
        let decided = format!("{stop} --decision 50% --decision-reason the_oncologist_wants_it");
        no_dose(&json(&decided, 1));
        let page = self::page(&decided, 1);
        says(&page, "HARD STOP: no dose");
        says(&page, "no decision lifts a hard stop");
        says(&page, "DPYD activity score 0");
    }
    refused(
        &order(
            size,
            "825mg/m2",
            &format!("{LABEL_STOCK} --override capecitabine.dpyd=the_oncologist_wants_it"),
        ),
        "cannot be overridden",
    );
}

/// Case 8. Brivudine is the only interaction that stops; others are watched; an unknown drug is not
/// cleared by a list that does not name it.
#[test]
fn case_8_brivudine_is_a_hard_stop() {
    let size = "--height 170cm --weight 72kg";
    let with = |drugs: &str| {
        order(
            size,
            "825mg/m2",
            &format!("{LABEL_STOCK} --rule-set eu-leaflet-interactions {drugs}"),
        )
    };
    let stop = with("--interacting-drug Brivudine --interacting-drug warfarin");
    no_dose(&json(&stop, 1));
    says(
        &page(&stop, 1),
        "never together, and not within 4 weeks after brivudine",
    );

    let watched = json(
        &with("--interacting-drug warfarin --interacting-drug phenytoin"),
        0,
    );
    assert_eq!(watched["to_take"]["value"], 1500);
    assert_eq!(watched["adjustments"].as_array().unwrap().len(), 2);
    let unknown = json(&with("--interacting-drug paracetamol"), 3);
    assert_eq!(
        unknown["to_take"]["value"], 1500,
        "the dose does not depend on it"
    );
    let checked = with(
        "--interacting-drug paracetamol --override \
         capecitabine.drug_not_named=paracetamol:_the_product_information",
    );
    json(&checked, 0);
    // a reason holds for what it names
    json(&checked.replace("=paracetamol", "=metformin"), 3);
    // however it is written, and whatever is written with it
    for name in [
        "BRIVUDIN",
        "brivudine_125_mg",
        "Zostex",
        "warfarin_(brivudine)",
    ] {
        no_dose(&json(&with(&format!("--interacting-drug {name}")), 1));
    }
    for slip in ["brivudnie", "sorivudine"] {
        refused(
            &with(&format!("--interacting-drug {slip}")),
            "close to \"brivudin",
        );
    }
    refused(
        &with("--interacting-drug warfarin_and_paracetamol"),
        "name each by itself",
    );
    // without a set to read it by there is no dose
    let unread = order(
        size,
        "825mg/m2",
        &format!("{LABEL_STOCK} --interacting-drug brivudine"),
    );
    no_dose(&json(&unread, 3));
    json(&with("--interacting-drug none"), 0);
    json(&with(""), 3); // not asked is not none
    refused(
        &with("--interacting-drug none --interacting-drug warfarin"),
        "there are no other drugs",
    );
}

/// Case 9. Grade 2 for the second time: 75 % of the original 825 mg/m2 is 618.75 mg/m2; sqrt(160 x 57.6
/// / 3600) = 96 / 60 = 1.6 m2: 990 mg, 1000 mg (+1.01 %). The third time 50 % of the *original*:
/// 412.5 x 1.6 = 660 mg, 650 mg; compounded it would be 37.5 %, 495 mg.
#[test]
fn case_9_toxicity_does_not_compound() {
    let size = "--height 160cm --weight 57.6kg";
    let after = |toxicity: &str| {
        order(
            size,
            "825mg/m2",
            &format!("{LABEL_STOCK} --rule-set bmc-surgery-2009-ladder --toxicity {toxicity}"),
        )
    };
    let second = json(&after("2:2"), 0);
    near(&second["calculated"]["value"], 990.0, 1e-6);
    assert_eq!(second["to_take"]["value"], 1000);
    near(&second["deviation_percent"], 1.0101, 0.0001);
    says(
        &page(&after("2:2"), 0),
        "interrupt until grade 0 or 1, then 75 % of the original dose",
    );
    let third = json(&after("2:3"), 0);
    near(&third["calculated"]["value"], 660.0, 1e-6);
    assert_eq!(third["to_take"]["value"], 650);
    no_dose(&json(&after("2:4"), 1));
    no_dose(&json(&after("4:1"), 3));
    no_dose(&json(&after("3:4"), 1)); // discontinued at 3:3
    no_dose(&json(&after("4:2"), 3)); // no step of the ladder
    let decided = |toxicity: &str, share: &str| {
        let reason = "--decision-reason the_oncologist_after_recovery";
        format!("{} --decision {share} {reason}", after(toxicity))
    };
    json(&decided("4:1", "50%"), 0);
    json(&decided("4:1", "75%"), 1); // the ladder leaves 50 % at most
    json(&decided("4:2", "75%"), 1);
    json(
        &format!(
            "{} --override capecitabine.decision_beyond_rule=the_tumour_board_of_today",
            decided("4:2", "75%")
        ),
        0,
    );
    refused(&after("5:1"), "grade 1 to 4");
    refused(&after("3"), "grade:occurrence");
}

/// Case 10. 28 fractions from Monday 7 December 2026 without 25 December and 1 January: 5 + 5 + 4 + 4 +
/// 5 + 5 days, the last on Friday 15 January. 1500 mg twice a day is 6 tablets a day: 168, by
/// weeks 30, 30, 24, 24, 30, 30. Monday to Friday: 30 days, 180 tablets, 100 x 12 / 168 =
/// +7.14 %. Every day: 7 December to 15 January are 25 + 15 = 40 days, 240 tablets, +42.86 %.
#[test]
fn case_10_a_holiday_within_the_course() {
    let folder = tempfile::tempdir().unwrap();
    let holidays = folder.path().join("closed.txt");
    std::fs::write(&holidays, "2026-12-25\n2027-01-01\n").unwrap();
    let supply = |days: &str| {
        order(
            "--height 170cm --weight 72kg",
            "825mg/m2",
            &format!(
                "{LABEL_STOCK} --days {days} --start 2026-12-07 --fractions 28 \
                 --dispense-every 7d --holidays {}",
                holidays.display()
            ),
        )
    };
    let radiotherapy = json(&supply("radiotherapy-days"), 0);
    let counted = &radiotherapy["supply"];
    assert_eq!(counted["administrations"], 56);
    assert_eq!(counted["tablets"][0]["count"], 168);
    assert_eq!(counted["dates"][27], "2027-01-15");
    let weeks: Vec<u64> = counted["periods"]
        .as_array()
        .unwrap()
        .iter()
        .map(|period| period["tablets"][0]["count"].as_u64().unwrap())
        .collect();
    assert_eq!(weeks, [30, 30, 24, 24, 30, 30]);
    near(
        &counted["alternatives"][0]["difference_percent"],
        7.142_857,
        1e-6,
    );
    near(
        &counted["alternatives"][1]["difference_percent"],
        42.857_143,
        1e-6,
    );
    let page = page(&supply("radiotherapy-days"), 0);
    says(
        &page,
        "supply 168 x 500 mg (56 administrations; missed ones are not replaced)",
    );
    assert!(page.lines().count() <= 30, "{page}");
    let all = self::page(&format!("{} --show-work", supply("radiotherapy-days")), 0);
    says(&all, "Monday to Friday +7.1 % (30 days, 180 tablets)");

    let weekdays = json(&supply("weekdays"), 0);
    assert_eq!(weekdays["supply"]["tablets"][0]["count"], 180);
    let every_day = json(&supply("calendar-days"), 0);
    assert_eq!(every_day["supply"]["tablets"][0]["count"], 240);
    // days 1 to 5 of 7, six cycles: the holidays count, two days more than the fractions
    let cycles = json(&supply("1-5/7x6"), 0);
    assert_eq!(cycles["supply"]["tablets"][0]["count"], 180);
}
