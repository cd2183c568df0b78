//! The commands: what they ask for, what they refuse, what tools rely on.

use crate::harness::{chemorad, example};
use crate::strict_json::strict;

use super::{LABEL_STOCK, json, near, no_dose, order, outcome_of, page, refused, run, says};

const CLEARANCE: &str =
    "clearance --age 60 --sex male --weight 70kg --creatinine 88.4umol/L --weight-basis actual";

/// Each finding on another drug stands with its rule.
#[test]
fn an_adjustment_carries_the_rule_of_its_drug() {
    let drugs = "--interacting-drug warfarin --interacting-drug phenytoin";
    let told = json(
        &order(
            "--height 170cm --weight 70kg",
            "825mg/m2",
            &format!("{LABEL_STOCK} --rule-set eu-leaflet-interactions {drugs}"),
        ),
        0,
    );
    for (entry, advice) in [(0, "monitor the INR"), (1, "monitor phenytoin levels")] {
        let entry = &told["adjustments"][entry];
        assert_eq!(entry["at"], entry["rule"]["fact"], "{entry}");
        assert_eq!(entry["rule"]["says"], advice);
    }
    assert_eq!(told["adjustments"][0]["at"], "warfarin");
}

/// 88.4 umol/L is 1 mg/dL: (140 - 60) x 70 / 72 = 77.78 for a man, 0.85 of it, 66.11, for a woman.
/// Programs that switch to ideal or adjusted weight by body-mass index give 73.26 and 58.02.
#[test]
fn clearance_has_the_keys_tools_rely_on() {
    let told = json(CLEARANCE, 0);
    near(
        &told["creatinine_clearance"]["value"],
        80.0 * 70.0 / 72.0,
        1e-9,
    );
    assert_eq!(told["creatinine_clearance"]["unit"], "mL/min");
    assert_eq!(told["method"], "Cockcroft-Gault, actual weight");
    assert_eq!(told["weight_basis"], "actual");
    assert_eq!(told["weight_used"]["value"], 70.0);
    assert!(told["rule_sets"].as_array().unwrap().is_empty());
    let woman = json(&CLEARANCE.replace("sex male", "sex female"), 0);
    near(&woman["creatinine_clearance"]["value"], 66.111, 0.001);
    // with a height the weight stays the one asked for: no silent switch
    let tall = json(&format!("{CLEARANCE} --height 170cm"), 0);
    assert_eq!(tall["creatinine_clearance"], told["creatinine_clearance"]);

    // ideal: 50 + 2.3 x (170/2.54 - 60) = 65.9370 kg; adjusted: + 0.4 x 4.0630 = 67.5622 kg
    let ideal = CLEARANCE.replace("basis actual", "basis ideal --height 170cm");
    near(&json(&ideal, 0)["weight_used"]["value"], 65.9370, 0.0001);
    let adjusted = CLEARANCE.replace("basis actual", "basis adjusted:0.4 --height 170cm");
    near(&json(&adjusted, 0)["weight_used"]["value"], 67.5622, 0.0001);
    says(
        &page(&format!("{adjusted} --show-work"), 0),
        "88.4 umol/L / 88.4 = 1 mg/dL",
    );

    let cuts = json(&format!("{CLEARANCE} --rule-set fda-label-2026"), 0);
    let against = &cuts["rule_sets"][0];
    assert_eq!(against["id"], "fda-label-2026");
    assert_eq!(against["standing"], "second_hand");
    assert_eq!(against["cuts"][0]["cut"]["value"], 30);
    near(
        &against["cuts"][0]["milliliters_per_minute"],
        77.7778 - 30.0,
        0.0001,
    );
}

/// Counted on the day: year minus year is a year too high before the birthday.
#[test]
fn age_is_counted_in_completed_years() {
    let born = |on: &str| {
        let dated = CLEARANCE.replace("--age 60", &format!("--birth-date 1966-12-08 --on {on}"));
        json(&dated, 0)["age"]["value"].clone()
    };
    assert_eq!(born("2026-12-07"), 59);
    assert_eq!(born("2026-12-08"), 60);
    refused(
        &CLEARANCE.replace("--age 60", "--birth-date 1966-12-08"),
        "--on",
    );
    refused(
        &CLEARANCE.replace("--age 60", "--birth-date 2026-12-08 --on 2026-12-07"),
        "check both dates",
    );
}

#[test]
fn what_a_clearance_needs_is_asked_for_by_name_with_its_choices() {
    for (left_out, part) in [
        ("--age 60", "--age is missing"),
        ("--sex male", "Choices: female, male"),
        ("--creatinine 88.4umol/L", "--creatinine is missing"),
        (
            "--weight-basis actual",
            "Choices: actual (as measured), ideal",
        ),
        ("--weight 70kg", "--weight"),
    ] {
        refused(&CLEARANCE.replace(left_out, ""), part);
    }
    refused(&CLEARANCE.replace("actual", "ideal"), "--height is missing");
    refused(
        &CLEARANCE.replace("actual", "lean"),
        "actual, ideal, adjusted",
    );
    refused(
        &CLEARANCE.replace("actual", "ideal --height 150cm"),
        "60 inches",
    );
    refused(
        &CLEARANCE.replace("actual", "adjusted --height 170cm"),
        "adjusted:FACTOR",
    );
}

/// What other programs accept or get wrong (units, ages, weights, constants, rounding).
#[test]
fn errors_of_other_programs_are_refused_or_not_made() {
    let with = |from: &str, to: &str| CLEARANCE.replace(from, to);
    // a unit mixed up, either way; no unit; not a number
    refused(&with("88.4umol/L", "88.4mg/dL"), "check the unit");
    refused(&with("88.4umol/L", "1.0umol/L"), "check the unit");
    refused(&with("88.4umol/L", "88.4"), "unit is missing");
    refused(&with("88.4umol/L", "NaNmg/dL"), "finite");
    refused(&with("88.4umol/L", "-1mg/dL"), "negative");
    refused(&with("88.4umol/L", "0mg/dL"), "zero");
    refused(&with("88.4umol/L", "1,0mg/dL"), "comma");
    // age 200, age 17, 1540 kg, pounds
    refused(&with("--age 60", "--age 200"), "completed years");
    refused(&with("--age 60", "--age 17"), "adults");
    refused(&with("--age 60", "--age -60"), "negative");
    refused(&with("70kg", "1540kg"), "1540kg");
    refused(&with("70kg", "70"), "unit is missing");
    // height and weight changed about, where a height is given
    refused(
        &with("--weight 70kg", "--weight 170kg --height 70cm"),
        "may be swapped",
    );
    refused(
        &order("--height 70cm --weight 170kg", "825mg/m2", LABEL_STOCK),
        "may be swapped",
    );
    refused(
        &order("--height 1.7cm --weight 70kg", "825mg/m2", LABEL_STOCK),
        "height",
    );
    // multiplying by creatinine: 25.93 x 9 = 233 at 3.0 mg/dL
    let three = json(&with("88.4umol/L", "3mg/dL"), 0);
    near(&three["creatinine_clearance"]["value"], 25.926, 0.001);
    // 0.85 x 65 x 45 / (72 x 102/88.4) = 29.93, which other constants make 29.82, 30.09, 30.11, and ceil() 30
    let cut = "clearance --age 75 --sex female --weight 45kg --creatinine 102umol/L \
               --weight-basis actual --rule-set fda-label-before-2022";
    let told = json(cut, 0);
    near(&told["creatinine_clearance"]["value"], 29.927_083, 1e-6);
    assert_eq!(told["rule_sets"][0]["rule"], "do_not_give");
    says(&page(cut, 0), "0.07 mL/min below 30 mL/min");
    // a filtration rate per 1.73 m2 is not a clearance, and a clearance says who gave it
    let stated = |rest: &str| {
        order(
            "--height 170cm --weight 72kg",
            "825mg/m2",
            &format!("{LABEL_STOCK} --rule-set fda-label-before-2022 {rest}"),
        )
    };
    refused(
        &stated("--clearance 60mL/min/1.73m2 --clearance-by lab"),
        "mL/min",
    );
    refused(&stated("--clearance 60mL/min"), "--clearance-by is missing");
    json(
        &stated("--clearance 60mL/min --clearance-by 24_h_urine_collection"),
        0,
    );
    // facts that would be dropped unread
    refused(&stated("--age 60"), "--creatinine is missing");
    refused(&stated("--dpyd normal"), "not-tested, indeterminate");
    refused(&stated("--dpyd 0.75"), "activity score");
}

#[test]
fn supply_needs_dates_and_a_kind_of_days() {
    let with = |rest: &str| {
        order(
            "--height 170cm --weight 72kg",
            "825mg/m2",
            &format!("{LABEL_STOCK} {rest}"),
        )
    };
    refused(
        &with("--days weekdays"),
        "give --start and --fractions COUNT",
    );
    refused(
        &with("--days weekdays --fractions 28"),
        "not only their number",
    );
    refused(
        &with("--start 2026-12-07 --fractions 28"),
        "Choices: radiotherapy-days",
    );
    refused(&with("--dispense-every 7d"), "--days is missing");
    refused(
        &with("--days weekdays --start 2026-12-06 --fractions 28"),
        "not a treatment day",
    );
    refused(
        &with("--days weekdays --start 2026-12-07 --fractions 0"),
        "1 to 200",
    );
    refused(
        &with("--days weekdays --start 2026-12-07 --fractions 900"),
        "1 to 200",
    );
    refused(
        &with("--days sometimes --start 2026-12-07 --fractions 28"),
        "radiotherapy_days",
    );
    refused(
        &with("--days weekdays --fractions 2026-12-08,2026-12-07"),
        "once each and in order",
    );
    refused(
        &with("--days weekdays --fractions 2026-12-07,26-12-08"),
        "2026-12-07",
    );
    refused(
        &with("--days weekdays --start 2026-12-07 --fractions 2026-12-07,2026-12-08"),
        "another first one",
    );
    refused(
        &with("--days weekdays --start 2026-12-07 --fractions 28 --dispense-every 7"),
        "such as 7d",
    );
    refused(
        &with("--days weekdays --fractions none.txt"),
        "write a number of fractions",
    );

    let listed = json(
        &with("--days radiotherapy-days --fractions 2026-12-07,2026-12-09"),
        0,
    );
    assert_eq!(listed["supply"]["administrations"], 4);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fractions.txt");
    std::fs::write(&file, "2026-12-07\n2026-12-08 # second\n2026-12-09\n").unwrap();
    let read = json(
        &with(&format!(
            "--days radiotherapy-days --fractions {}",
            file.display()
        )),
        0,
    );
    assert_eq!(read["supply"]["administrations"], 6);
    // two fractions a day are one day of intake
    let twice = json(
        &with("--days radiotherapy-days --start 2026-12-07 --fractions 10 --fractions-per-day 2"),
        0,
    );
    assert_eq!(twice["supply"]["administrations"], 10);
    // what was not asked for is listed as not checked
    let none = json(&with(""), 0);
    assert!(none["supply"].is_null());
    let not_checked = none["not_checked"].to_string();
    for part in ["renal", "dpyd", "interactions", "supply"] {
        assert!(not_checked.contains(part), "{not_checked}");
    }
}

#[test]
fn rule_sets_can_be_read_and_a_file_can_be_checked() {
    let listed = json("rule-sets list", 0);
    assert_eq!(listed["rule_sets"].as_array().unwrap().len(), 9);
    let list = page("rule-sets list", 0);
    assert!(list.contains("second-hand"), "{list}");
    for set in listed["rule_sets"].as_array().unwrap() {
        let id = set["id"].as_str().unwrap();
        assert!(list.contains(id), "{list}");
        let shown = page(&format!("rule-sets show {id}"), 0);
        for key in ["version", "date", "standing", "source"] {
            let value = set[key].as_str().unwrap().replace('_', "-");
            says(&shown, &value);
        }
    }
    let label = page("rule-sets show fda-label-before-2022", 0);
    says(
        &label,
        "above 50 and below 51 mL/min: not covered by the text",
    );
    says(
        &label,
        "the reduction covers 1250 mg/m2 and no other starting dose",
    );
    let quoted = page("rule-sets show fda-label-2026", 0);
    says(
        &quoted,
        "quoted second-hand: open the text before relying on it",
    );
    says(&quoted, "the sentence leaves open the halfway case");
    refused("rule-sets show fda-label", "fda-label-before-2022");
    refused(
        &order(
            "--height 170cm --weight 72kg",
            "825mg/m2",
            &format!("{LABEL_STOCK} --rule-set fda-label-2026 --rule-set cpic-dpyd-2018"),
        ),
        "name the one to use as dpyd=fda-label-2026 or dpyd=cpic-dpyd-2018",
    );

    let site = example("rule-set-site.toml");
    says(
        &page(&format!("rule-sets check {}", site.display()), 0),
        "site decision",
    );
    let text = std::fs::read_to_string(&site).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("changed.toml");
    let changed = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        std::fs::write(&path, text.replace(from, to)).unwrap();
        format!("rule-sets check {}", path.display())
    };
    let overlap = json(
        &changed("below = \"51 mL/min\"", "below = \"52 mL/min\""),
        1,
    );
    assert_eq!(overlap["findings"][0]["code"], "rules.fault");
    assert!(
        overlap["findings"][0]["message"]
            .as_str()
            .unwrap()
            .contains("gap or an overlap")
    );
    for (from, to, part) in [
        (
            "fraction = \"75 %\"",
            "fraction = \"120 %\"",
            "share of the original dose",
        ),
        ("standing =", "standng =", "is not known here"),
        // a changed text does not pass under a published name
        (
            "id = \"example-site\"",
            "id = \"fda-label-before-2022\"",
            "another id",
        ),
        // less for the better kidney, a milder second step
        (
            "rule = \"full_dose\"",
            "rule = { fraction = \"50 %\" }",
            "renal row 2 leaves more of the dose than row 3",
        ),
        (
            "action = \"discontinue\"",
            "action = \"continue\"",
            "toxicity step 2 leaves more",
        ),
        ("fraction = \"75 %\"", "fraction = \"100 %\"", "full_dose"),
        ("[\"825 mg/m2\"]", "[]", "covers an empty list"),
        (
            "date = \"2026-11-01\"",
            "date = \"2026-13-45\"",
            "date is not a date",
        ),
    ] {
        let wrong = json(&changed(from, to), 1);
        let message = wrong["findings"][0]["message"].as_str().unwrap();
        assert!(message.contains(part), "{message}");
    }
    // no rule set at all
    refused("rule-sets check /nowhere.toml", "cannot read");
}

/// A site's own file covers 825 mg/m2, which no label does: 618.75 x 1.843909 = 1140.92 mg.
#[test]
fn a_rule_set_of_a_site_is_used_by_file() {
    let with = |set: &str| {
        order(
            "--height 170cm --weight 72kg",
            "825mg/m2",
            &format!(
                "{LABEL_STOCK} --rule-set {set} --clearance 40mL/min --clearance-by test --toxicity 3:1"
            ),
        )
    };
    let site = example("rule-set-site.toml").display().to_string();
    let renal = with(&format!("renal={site}")).replace("--toxicity 3:1", "");
    let told = json(&renal, 0);
    near(&told["calculated"]["value"], 1140.92, 0.01);
    assert_eq!(told["rule_sets"][0]["standing"], "site_decision");
    // 75 % for the clearance and 75 % for grade 3: two reductions
    no_dose(&json(&with(&site), 3));
    let label = with("fda-label-before-2022").replace("--toxicity 3:1", "");
    says(&page(&label, 3), "it does not cover 825 mg/m2");
}

#[test]
fn a_dose_table_is_a_rounding_and_not_one_for_reduced_doses() {
    let table = "--tablets 300mg --rounding bands:japan-method-d-2016";
    let size = "--height 170cm --weight 72kg";
    let told = json(&order(size, "825mg/m2", table), 0);
    assert_eq!(told["to_take"]["value"], 1500);
    // the text the table stands in is pinned like every other
    assert_eq!(told["rule_sets"][0]["id"], "japan-method-d-2016");
    assert_eq!(told["rule_sets"][0]["date"], "2016-02-26");
    refused(&order(size, "1250mg/m2", table), "stand for: 825 mg/m2");
    refused(
        &order(size, "825mg/m2", &format!("{table} --ties up")),
        "no ties",
    );
    refused(
        &order(
            size,
            "825mg/m2",
            &table.replace("japan-method-d-2016", "cpic-dpyd-2018"),
        ),
        "has no dose table",
    );
    // the intensity is told, 412.5 mg/m2, and the table has no dose for it
    let reduced = json(
        &order(
            size,
            "825mg/m2",
            &format!("{table} --rule-set cpic-dpyd-2018 --dpyd 1"),
        ),
        3,
    );
    assert!(reduced["to_take"].is_null() && reduced["calculated"].is_null());
    assert_eq!(
        outcome_of(&reduced, "capecitabine.table_and_reduction"),
        Some("cannot_tell")
    );
}

/// The record is the same whatever the format, and holds what a trial tool needs to redo it.
#[test]
fn the_record_holds_everything_given_applied_and_ordered() {
    let base = order(
        "--height 160cm --weight 57.6kg",
        "825mg/m2",
        &format!(
            "{LABEL_STOCK} --rule-set bmc-surgery-2009-ladder --toxicity 2:2 --days weekdays \
             --start 2026-12-07 --fractions 5 --export record"
        ),
    );
    let record = json(&base, 0);
    let text = strict(&run(&base).stdout);
    assert_eq!(text, record);
    assert_eq!(record["schema"], "chemorad.capecitabine-order/3");
    assert_eq!(
        record["regimen"]["intensity_per_administration"]["value"],
        825
    );
    assert_eq!(
        record["adjusted_regimen"]["intensity_per_administration"]["value"],
        618.75
    );
    assert_eq!(record["rule_sets"][0]["version"], "Table 3");
    let step = &record["adjustments"][0];
    assert_eq!(step["rule"]["topic"], "toxicity");
    assert_eq!(step["rule"]["fraction"]["value"], 75);
    assert_eq!(step["intensity_after"]["value"], 618.75);
    near(&record["calculated"]["value"], 990.0, 1e-6);
    assert_eq!(record["to_take_per_day"]["value"], 2000);
    let given = &record["administrations"];
    assert_eq!(given[0]["dose"]["value"], 1000);
    assert_eq!(given[0]["tablets"][0]["count"], 2);
    assert_eq!(record["fractions"].as_array().unwrap().len(), 5);
    assert_eq!(record["supply"]["tablets"][0]["count"], 20);
    assert!(
        record["notice"]
            .as_str()
            .unwrap()
            .contains("cleared by no authority")
    );

    let stopped = json(&base.replace("2:2", "3:3"), 1);
    for key in ["calculated", "to_take", "supply", "adjusted_regimen"] {
        assert!(stopped[key].is_null(), "{key}");
    }
    assert_eq!(stopped["outcome"], "fail");
}

/// A cap that acts and a weight that changed need a reason.
#[test]
fn overrides_need_a_reason() {
    let base = order("--height 190cm --weight 110kg", "825mg/m2", LABEL_STOCK);
    let capped = format!("{base} --bsa-cap 2m2");
    json(&capped, 1);
    json(
        &format!("{capped} --override capecitabine.cap=set_by_the_synthetic_protocol"),
        0,
    );
    refused(
        &format!("{capped} --override capecitabine.cap=ok"),
        "10 characters",
    );
    json(&format!("{base} --previous-weight 100kg"), 1);
    json(&format!("{base} --previous-weight 105kg"), 0);
    refused(&format!("{base} --decision 75%"), "--decision-reason");
    refused(
        &format!("{base} --decision 100% --decision-reason the_rules_say_nothing"),
        "leave the clinician's decision out",
    );
    // a reduction beyond the rules is a clinician's to make
    json(
        &format!("{base} --decision 75% --decision-reason the_patient_is_frail"),
        0,
    );
    // the dose of a day as that of one administration
    let doubled = order("--height 170cm --weight 72kg", "1650mg/m2", LABEL_STOCK);
    json(&doubled, 1);
}

/// The whole chain with every kind of rule stays on about one screen.
#[test]
fn the_chain_fits_a_screen() {
    let site = example("rule-set-site.toml").display().to_string();
    let command = order(
        "--height 170cm --weight 56kg",
        "825mg/m2",
        &format!(
            "{LABEL_STOCK} --rule-set renal={site} --age 62 --sex female \
                 --creatinine 120umol/L --weight-basis actual --rule-set cpic-dpyd-2018 --dpyd 2 \
                 --rule-set eu-leaflet-interactions --interacting-drug phenytoin \
                 --days radiotherapy-days --start 2026-12-07 --fractions 28"
        ),
    );
    let answer = page(&command, 0);
    assert!(answer.lines().count() <= 31, "{answer}");
    let everything = page(&format!("{command} --show-work"), 0);
    let steps = [
        "measured",
        "clearance",
        "BSA",
        "intensity",
        "- renal",
        "- DPYD",
        "- drug",
    ];
    let results = [
        "calculated",
        "to take",
        "per day",
        "policy",
        "days",
        "supply",
        "other days",
    ];
    let mut from = 0;
    for step in steps.iter().chain(&results) {
        let at = everything[from..].find(&format!("\n{step} "));
        assert!(
            at.is_some(),
            "{step} is missing or out of order\n{everything}"
        );
        from += at.unwrap();
    }
}

#[test]
fn a_clearance_is_worked_out_or_stated_and_not_both() {
    let base = order("--height 170cm --weight 72kg", "825mg/m2", LABEL_STOCK);
    let stated = format!("{base} --clearance 60mL/min --clearance-by laboratory");
    for more in [
        "--age 60",
        "--creatinine 80umol/L",
        "--weight-basis actual",
        "--birth-date 1966-12-08 --on 2026-12-07",
        "--on 2026-12-07",
    ] {
        refused(&format!("{stated} {more}"), "cannot be used with");
    }
    refused(&format!("{base} --on 2026-12-07"), "--birth-date");
    refused(&format!("{base} --age 55.5"), "whole completed years");
    refused(&format!("{base} --clearance-by laboratory"), "--clearance");
    // a fact without a rule set to read it by is an open question, said with the fact, and no
    // decision answers it
    no_dose(&json(&stated, 3));
    let decided = format!("{stated} --decision 100% --decision-reason the_oncologist_of_today");
    no_dose(&json(&decided, 3));
    says(
        &page(&decided, 3),
        "creatinine clearance 60.00 mL/min (stated by laboratory): is given, and no rule set with renal rules",
    );
}

#[test]
fn an_estimated_filtration_rate_is_no_creatinine_clearance() {
    let with = |by: &str| {
        order(
            "--height 170cm --weight 70kg",
            "1250mg/m2",
            &format!(
                "{LABEL_STOCK} --rule-set fda-label-before-2022 --clearance 45mL/min --clearance-by {by}"
            ),
        )
    };
    for by in ["CKD-EPI_eGFR", "laboratory_eGFR", "MDRD"] {
        let shown = page(&with(by), 3);
        assert!(shown.contains("patient.clearance_origin"), "{by}: {shown}");
    }
    let measured = run(&with("24_h_urine_collection"));
    let measured = String::from_utf8(measured.stdout).unwrap();
    assert!(!measured.contains("clearance_origin"), "{measured}");
}

#[test]
fn the_neighbours_of_a_dose_of_one_strength() {
    let shown = page(
        &order(
            "--height 170cm --weight 70kg",
            "825mg/m2",
            "--tablets 500mg --rounding nearest --ties up --show-work",
        ),
        0,
    );
    says(&shown, "1000 mg (-33.33 %), 2000 mg (+33.34 %)");
}

#[test]
fn candidates_are_not_for_an_order_that_is_checked() {
    let text = order(
        "--height 170cm --weight 72kg",
        "825mg/m2",
        &format!("{LABEL_STOCK} --all-candidates --ordered 1500mg_bid"),
    );
    refused(&text, "--all-candidates");
}

/// A flag beside a case would be dropped unread.
#[test]
fn no_flag_of_an_order_is_dropped_beside_a_case() {
    let case = example("adjuvant-chemoradiotherapy.toml");
    let case = case.to_str().unwrap();
    for flags in [
        &["--split", "larger-morning"][..],
        &["--split", "equal"],
        &["--all-candidates"],
        &["--as-of", "2026-01-01"],
        &["--subject", "Patient/1"],
        &["--times-of-day", "07:00,19:00"],
        &["--export", "record"],
    ] {
        let answer = chemorad(&[&["capecitabine", case], flags].concat());
        assert_eq!(answer.exit, Some(2), "{flags:?}");
    }
}
