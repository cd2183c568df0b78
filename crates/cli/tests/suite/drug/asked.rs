//! What an order outside a protocol is asked for, and an order compared with its protocol.

use serde_json::Value;

use super::{LABEL_STOCK, asked, json, order, outcome_of, page, refused, run, says};
use crate::strict_json::strict;

const SIZE: &str = "--height 170cm --weight 72kg";
const ALL: &str = "--without renal,dpyd,interactions";

fn codes(order: &Value) -> Vec<&str> {
    let warnings = order["warnings"].as_array().unwrap();
    let mut codes: Vec<&str> = warnings
        .iter()
        .map(|finding| finding["code"].as_str().unwrap())
        .collect();
    codes.dedup();
    codes
}

/// Renal function, DPYD and other drugs: each has a rule set, or a person says that it needs none here.
#[test]
fn topics_without_a_rule_set_are_named_or_waived() {
    let plain = asked(SIZE, "825mg/m2", LABEL_STOCK);
    let open = json(&plain, 3);
    // the dose is there, and the keys of it
    assert_eq!(open["to_take"]["value"], 1500);
    assert_eq!(open["outcome"], "cannot_tell");
    assert_eq!(codes(&open), ["capecitabine.no_rule_set"]);
    let at: Vec<&Value> = open["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|w| &w["at"])
        .collect();
    assert_eq!(at, ["creatinine clearance", "DPYD", "other drugs"]);
    says(
        &page(&plain, 3),
        "no rule set has renal rules for this order",
    );

    let waived = json(&format!("{plain} {ALL}"), 0);
    assert_eq!(waived["waived"].as_array().unwrap().len(), 3);
    says(
        &page(&format!("{plain} {ALL}"), 0),
        "renal function, DPYD status, interactions (waived)",
    );
    let one = json(&format!("{plain} --without dpyd --without interactions"), 3);
    assert_eq!(one["warnings"].as_array().unwrap().len(), 1);
    refused(
        &format!("{plain} --without toxicity"),
        "renal, dpyd, interactions",
    );
    refused(&format!("{plain} --without kidneys"), "kidneys");
    refused(
        &format!("{plain} {ALL} --rule-set cpic-dpyd-2018 --dpyd 2"),
        "leave one of the two out",
    );
    // a resource for another system is an order too
    let export =
        "--days weekdays --export fhir --subject Patient/example --status draft --intent plan";
    assert_eq!(run(&format!("{plain} {export}")).exit, Some(3));
    assert_eq!(run(&format!("{plain} {ALL} {export}")).exit, Some(0));
}

#[test]
fn alleles_stand_in_for_a_score() {
    let with = |rest: &str| {
        order(
            SIZE,
            "825mg/m2",
            &format!("{LABEL_STOCK} --rule-set cpic-dpyd-2018 {rest}"),
        )
    };
    let found = json(&with("--dpyd-alleles c.1905+1G>A,Reference"), 0);
    assert_eq!(found["facts"]["dpyd"]["alleles"][0], "c.1905+1G>A (*2A)");
    assert_eq!(
        found["adjusted_regimen"]["intensity_per_administration"]["value"],
        412.5
    );
    let score = json(&with("--dpyd 1"), 0);
    assert_eq!(found["to_take"], score["to_take"]);
    says(
        &page(&with("--dpyd-alleles c.1905+1G>A,Reference"), 0),
        "activity score 1 (c.1905+1G>A (*2A) / Reference)",
    );
    refused(
        &with("--dpyd heterozygous"),
        "c.2846A>T or HapB3 on one copy is 1.5",
    );
    refused(&with("--dpyd-alleles c.1905+1G>A"), "both copies");
    refused(
        &with("--dpyd-alleles c.9999A>C,Reference"),
        "84 DPYD alleles",
    );
    refused(
        &with("--dpyd 1 --dpyd-alleles *2A,Reference"),
        "cannot be used with",
    );
}

/// CPIC 2017 Table 2, footnote (PMC5760397).
#[test]
fn a_quarter_at_a_score_of_one_half_needs_a_phenotype() {
    const DECIDED: &str = "--decision 25% --decision-reason the_tumour_board_of_today";
    let with = |rest: &str| {
        let rules = "--rule-set cpic-dpyd-2018 --dpyd-alleles c.1905+1G>A,HapB3";
        order(SIZE, "825mg/m2", &format!("{LABEL_STOCK} {rules} {rest}"))
    };
    json(&with(""), 3);
    let alone = json(&with(DECIDED), 1);
    assert_eq!(
        outcome_of(&alone, "capecitabine.phenotype_first"),
        Some("fail")
    );
    let tested = format!("{DECIDED} --dpyd-phenotype residual_activity_20_%_of_normal");
    let tested = json(&with(&tested), 0);
    assert_eq!(outcome_of(&tested, "capecitabine.phenotype_first"), None);
    assert_eq!(
        tested["facts"]["dpyd_phenotype"]["stated"],
        "residual activity 20 % of normal"
    );
    let uracil = json(&with(&format!("{DECIDED} --uracil 30ng/mL")), 0);
    assert_eq!(
        uracil["facts"]["dpyd_phenotype"]["plasma_uracil"]["value"],
        30
    );
    refused(
        &with(&format!("{DECIDED} --dpyd-phenotype done")),
        "with its number",
    );
    refused(&with(&format!("{DECIDED} --uracil 30")), "unit is missing");
    refused(
        &with(&format!(
            "{DECIDED} --override capecitabine.phenotype_first=the_board_agreed"
        )),
        "cannot be overridden",
    );
}

#[test]
fn an_earlier_height_is_compared() {
    let with = |rest: &str| order(SIZE, "825mg/m2", &format!("{LABEL_STOCK} {rest}"));
    let moved = json(&with("--previous-height 107cm"), 1);
    assert_eq!(
        outcome_of(&moved, "capecitabine.height_change"),
        Some("fail")
    );
    let same = json(&with("--previous-height 168cm --previous-weight 71kg"), 0);
    assert!(!same["not_checked"].to_string().contains("previous"));
    let none = json(&with(""), 0)["not_checked"].to_string();
    assert!(
        none.contains("previous_weight") && none.contains("previous_height"),
        "{none}"
    );
    says(&page(&with(""), 0), "earlier weight and height");
}

#[test]
fn a_superseded_rule_set_is_said() {
    let with = |rest: &str| {
        order(
            SIZE,
            "825mg/m2",
            &format!("{LABEL_STOCK} --rule-set cpic-dpyd-2017 --dpyd 2 {rest}"),
        )
    };
    let now = json(&with(""), 0);
    assert_eq!(outcome_of(&now, "capecitabine.superseded"), Some("warn"));
    let then = json(&with("--as-of 2018-06-01"), 0);
    assert_eq!(outcome_of(&then, "capecitabine.superseded"), None);
    says(
        &page("rule-sets show cpic-dpyd-2017", 0),
        "by cpic-dpyd-2018 (2018-11)",
    );
}

/// 1250 mg/m2 twice daily is a dose without radiotherapy; 825 mg/m2 a day is half of one with it.
#[test]
fn doses_for_something_else_do_not_pass() {
    let days = "--days radiotherapy-days --start 2026-12-07 --fractions 28";
    let high = order(SIZE, "1250mg/m2", &format!("{LABEL_STOCK} {days}"));
    let told = json(&high, 3);
    assert_eq!(
        outcome_of(&told, "capecitabine.without_radiotherapy"),
        Some("cannot_tell")
    );
    json(
        &format!("{high} --override capecitabine.without_radiotherapy=agreed_with_the_oncologist"),
        0,
    );
    json(
        &order(SIZE, "825mg/m2", &format!("{LABEL_STOCK} {days}")),
        0,
    );
    let day = order(SIZE, "825mg/m2", LABEL_STOCK).replace("--per administration", "--per day");
    let half = json(&day, 3);
    assert_eq!(
        outcome_of(&half, "capecitabine.intensity"),
        Some("cannot_tell")
    );
    let once = order(SIZE, "1650mg/m2", LABEL_STOCK).replace("per-day 2", "per-day 1");
    let once = json(&once, 1);
    assert_eq!(
        outcome_of(&once, "capecitabine.administration"),
        Some("fail")
    );
    assert_eq!(
        outcome_of(&once, "capecitabine.administrations"),
        Some("warn")
    );
}

#[test]
fn an_order_is_compared_with_its_protocol() {
    let by = |intensity: &str, protocol: &str, rest: &str| {
        order(
            SIZE,
            intensity,
            &format!("{LABEL_STOCK} --protocol {protocol} {rest}"),
        )
    };
    let days = |kind: &str, fractions: u32| {
        format!("--days {kind} --start 2026-12-07 --fractions {fractions}")
    };
    let same = json(
        &by(
            "825mg/m2",
            "NCT06949098/adverse",
            &days("radiotherapy-days", 28),
        ),
        0,
    );
    assert!(
        codes(&same)
            .iter()
            .all(|code| !code.starts_with("capecitabine.protocol"))
    );
    // without a number of fractions there is that of the protocol, which is said
    let start = "--days radiotherapy-days --start 2026-12-07";
    let taken = json(&by("825mg/m2", "NCT06949098/adverse", start), 0);
    assert_eq!(taken["supply"], same["supply"]);
    let code = "capecitabine.protocol_fractions";
    assert_eq!(outcome_of(&taken, code), Some("pass"));
    assert_eq!(outcome_of(&same, code), None);
    let alone = order(SIZE, "825mg/m2", &format!("{LABEL_STOCK} {start}"));
    refused(&alone, "--fractions COUNT");
    for (intensity, kind, fractions, code) in [
        (
            "1250mg/m2",
            "radiotherapy-days",
            28,
            "capecitabine.protocol_regimen",
        ),
        (
            "825mg/m2",
            "radiotherapy-days",
            25,
            "capecitabine.protocol_fractions",
        ),
        ("825mg/m2", "1-14/21", 28, "capecitabine.protocol_days"),
    ] {
        let other = by(intensity, "NCT06949098/adverse", &days(kind, fractions));
        let found = json(&other, 1);
        assert_eq!(outcome_of(&found, code), Some("fail"), "{code}");
        // prescribed by a protocol or not, the difference is said once
        assert_eq!(
            outcome_of(&found, "capecitabine.without_radiotherapy"),
            None
        );
    }
    // an order without days is not compared, whether the protocol leaves them open or states them
    let none = json(&by("825mg/m2", "NCT06949098/adverse", ""), 3);
    assert_eq!(
        outcome_of(&none, "capecitabine.protocol_days"),
        Some("cannot_tell")
    );
    says(
        &page(&by("825mg/m2", "NCT06949098/adverse", ""), 3),
        "the order names no days",
    );
    let library = by("825mg/m2", "RTOG-0247/none", "");
    refused(&library, "no arm or treatment of this name");
    refused(&by("825mg/m2", "NCT06949098", ""), "NCT06949098/adverse");
    refused(&by("825mg/m2", "NCT0/adverse", ""), "NCT0");
    refused(
        &by("825mg/m2", "NCT06949098/low_risk", ""),
        "gives capecitabine",
    );
    refused(
        &by("825mg/m2", "NCT06949098/positive_margin", ""),
        "name one",
    );
}

/// The text of the escalated treatment says "chemoradiotherapy" and prescribes radiotherapy alone.
#[test]
fn whether_the_drug_is_given_is_open_until_the_site_answers() {
    let folder = tempfile::tempdir().unwrap();
    let protocol = "NCT06949098/dose_escalated_chemoradiotherapy";
    // 45 Gy in 25 and 14.4 Gy in 8
    let with = |answer: &str, rest: &str| {
        let site = folder.path().join("site.toml");
        let answer = format!("[answers]\nescalated_concurrent_drug = \"{answer}\"\n");
        let head = "schema = \"chemorad.site/1\"\ntitle = \"synthetic\"\ndecided_by = \"synthetic\"\ndecided_on = \"2026-11-30\"\n";
        std::fs::write(&site, format!("{head}{answer}")).unwrap();
        let days = "--days radiotherapy-days --start 2026-12-07 --fractions 33";
        let site = site.display();
        let rest = format!("{LABEL_STOCK} --protocol {protocol} {days} --site {site} {rest}");
        order(SIZE, "825mg/m2", &rest)
    };
    let code = "capecitabine.protocol_drug";
    for not_an_answer in ["5-FU", "unknown"] {
        let open = json(&with(not_an_answer, ""), 3);
        assert_eq!(outcome_of(&open, code), Some("cannot_tell"));
    }
    let given = json(&with("capecitabine", ""), 0);
    assert_eq!(outcome_of(&given, code), None);
    says(
        &page(&with("capecitabine", ""), 0),
        "escalated_concurrent_drug capecitabine",
    );
    refused(&with("none", ""), "answers \"none\"");
    let ordered = json(&with("none", "--ordered 1500mg,bid"), 1);
    assert_eq!(ordered["findings"][0]["code"], "order.allowed");
    // no request is written for what the protocol leaves open
    let fhir = "--export fhir --subject Patient/synthetic --status active --intent order";
    let request = run(&format!("{} {ALL}", with("unknown", fhir)));
    assert_eq!((request.exit, request.stdout.len()), (Some(3), 0));
}

/// Body size and calendar are part of the order, whatever it is written as.
#[test]
fn a_record_keeps_every_warning_of_the_page() {
    let base = order(
        "--height 170cm --weight 160kg",
        "825mg/m2",
        &format!("{LABEL_STOCK} --days weekdays --start 2026-12-07 --fractions 5"),
    );
    let shown = json(&base, 0);
    let record = strict(&run(&format!("{base} --export record")).stdout);
    assert_eq!(shown, record);
    for code in ["patient.weight", "schedule.no_holidays"] {
        assert!(codes(&record).contains(&code), "{code}");
    }
    assert_eq!(record["outcome"], "warn");
}

/// Days of a protocol that begin on a day which it does not settle are not those of an order, which count from
/// the first fraction.
#[test]
fn days_that_a_protocol_counts_from_elsewhere_are_open() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("trial.toml");
    let shipped = include_str!("../../../../protocol/library/CAMS-POSTOPERATIVE.toml");
    let days = shipped
        .lines()
        .find(|line| line.starts_with("days = "))
        .unwrap();
    let from = |day_one: &str, written: &str| {
        let text = shipped.replace(days, &format!("{days}\n{day_one}"));
        std::fs::write(&file, text).unwrap();
        let by = format!("--protocol {} --days {written}", file.display());
        let rest = format!("{LABEL_STOCK} {by} --start 2026-12-07 --fractions 25");
        let answer = run(&format!("{} --format json", order(SIZE, "825mg/m2", &rest)));
        let told = strict(&answer.stdout);
        outcome_of(&told, "capecitabine.protocol_days").map(String::from)
    };
    let first = "day_one = { value = \"first_fraction\", reason = \"at most 1000 mg\" }";
    let registered = "day_one = { value = \"registration\", reason = \"at most 1000 mg\" }";
    let open = Some("cannot_tell".to_string());
    assert_eq!(from("", "1-14/21x2"), open);
    assert_eq!(from(registered, "1-14/21x2"), open);
    assert_eq!(from(first, "1-14/21x2"), None);
    // the same dates, written as one cycle
    assert_eq!(from(first, "1-14,22-35/42x1"), None);
    assert_eq!(from(first, "1-21/28x2"), Some("fail".to_string()));
}

/// A largest dose of the protocol holds in an order that is given by it.
#[test]
fn the_cap_of_a_protocol_is_the_order_s() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("trial.toml");
    let shipped = include_str!("../../../../protocol/library/CAMS-POSTOPERATIVE.toml");
    let times = "administrations_per_day = 2\n";
    let cap = "cap = { value = \"1000 mg\", reason = \"at most 1000 mg\" }\n";
    std::fs::write(&file, shipped.replace(times, &format!("{times}{cap}"))).unwrap();
    let by = |rest: &str| {
        let by = format!("--protocol {} {rest}", file.display());
        let rest = format!("{LABEL_STOCK} {by}");
        let answer = run(&format!("{} --format json", order(SIZE, "800mg/m2", &rest)));
        strict(&answer.stdout)
    };
    // 800 mg/m2 x 1.84 m2 = 1475 mg
    let capped = by("");
    assert_eq!(outcome_of(&capped, "capecitabine.cap"), Some("fail"));
    assert_eq!(capped["to_take"]["value"], 1000);
    let other = by("--dose-cap 2000mg");
    assert_eq!(
        outcome_of(&other, "capecitabine.protocol_regimen"),
        Some("fail")
    );
    assert_eq!(outcome_of(&capped, "capecitabine.protocol_regimen"), None);
}
