//! Orders as somebody else wrote them, in the words of `check --ordered`: the same outcomes.

use chemorad::capecitabine::columns::CohortRules;
use chemorad::capecitabine::{CapecitabineOrder, DispensedTablets, OrderRequest};
use chemorad::patient::{BodySize, BodySurfaceArea, BodySurfaceAreaFormula};
use chemorad::report::Outcome;
use chemorad_crosscheck::OrderCheck;

use crate::common::{every, judged, plain, read};

fn tolerant() -> OrderRequest {
    every().with_tolerance(Some("5 %".parse().unwrap()))
}

/// What one order of the same patient says.
fn one(every: &OrderRequest, ordered: &str, dispensed: &str) -> (Outcome, Vec<&'static str>) {
    let size = BodySize::new("170 cm".parse().unwrap(), "70 kg".parse().unwrap()).unwrap();
    let mut request = every.clone();
    let mosteller = BodySurfaceAreaFormula::Mosteller;
    request.body_surface_area = BodySurfaceArea::from_formula(mosteller, size, None).unwrap();
    let expected = CapecitabineOrder::plan(request).unwrap();
    let dispensed: Option<DispensedTablets> =
        (!dispensed.is_empty()).then(|| dispensed.parse().unwrap());
    let check = OrderCheck::new(
        &expected,
        &ordered.parse().unwrap(),
        dispensed.as_ref(),
        None,
    );
    let own = check
        .own()
        .filter(|finding| finding.outcome != Outcome::Pass);
    let mut codes: Vec<&'static str> = own.map(|finding| finding.entry().name).collect();
    codes.sort_unstable();
    (
        Outcome::worst(check.own().map(|finding| finding.outcome)),
        codes,
    )
}

#[test]
fn the_outcomes_are_those_of_one_order() {
    let mosteller = BodySurfaceAreaFormula::Mosteller;
    for request in [every(), tolerant()] {
        for (ordered, dispensed) in [
            ("1500mg bid", ""),
            ("1500mg bid", "168x500mg"),
            ("1500mg once daily", ""),
            ("1450mg bid", ""),
            ("1650mg bid", ""),
            ("3000mg bid", ""),
            ("1500mg + 1650mg", ""),
            ("1500mg bid", "168x300mg"),
            ("1500mg bid", "560x150mg"),
        ] {
            let rules = CohortRules::new(&request, mosteller, None).unwrap();
            let file = if dispensed.is_empty() {
                format!("height_cm,weight_kg,ordered\n170,70,{ordered}\n")
            } else {
                format!("height_cm,weight_kg,ordered,dispensed\n170,70,{ordered},{dispensed}\n")
            };
            let read = read(rules, &file);
            let (outcome, codes) = one(&request, ordered, dispensed);
            let shown = format!("{ordered} {dispensed} {:?}", request.tolerance);
            let word = outcome.to_string().replace(' ', "_");
            assert_eq!(read.cell(0, "outcome"), word, "{shown}");
            let own = read.cell(0, "codes").split_whitespace();
            // a hint that a table alone gives
            let mut own: Vec<&str> = own.filter(|code| *code != "cohort.dose_of_day").collect();
            own.sort_unstable();
            assert_eq!(own, codes, "{shown}");
        }
    }
}

#[test]
fn tablets_for_all_days() {
    let file = "height_cm,weight_kg,ordered,dispensed,days\n\
        170,70,1500mg bid,168x500mg,28\n\
        170,70,1500mg bid,166x500mg,28\n\
        170,70,1500mg bid,168x500mg,\n\
        170,70,,168x500mg,28\n";
    let read = read(plain(), file);
    assert_eq!(read.cell(0, "outcome"), "pass");
    assert_eq!(
        (read.cell(1, "outcome"), read.cell(1, "codes")),
        ("fail", "order.supply")
    );
    assert_eq!(
        (read.cell(2, "outcome"), read.cell(2, "codes")),
        ("cannot_tell", "order.supply")
    );
    // without an order, what was dispensed is for the expected one, and the order itself is not told
    assert_eq!(
        (read.cell(3, "outcome"), read.cell(3, "codes")),
        ("cannot_tell", "cohort.order_missing")
    );
    let without = "height_cm,weight_kg,dispensed,days\n170,70,168x500mg,28\n170,70,166x500mg,28\n";
    let without = self::read(plain(), without);
    assert_eq!(without.cell(0, "outcome"), "pass");
    assert_eq!(without.cell(1, "codes"), "order.supply");
    assert_eq!(read.cell(0, "entered_per_day_mg"), "3000");
}

#[test]
fn no_order_passes_where_no_dose_may_be_given() {
    let file = "height_cm,weight_kg,sex,age_years,creatinine_umol_l,dpyd,ordered\n\
        170,70,female,60,80,0,1500mg bid\n\
        170,70,female,60,80,not-tested,1500mg bid\n";
    let read = read(judged(), file);
    assert_eq!(read.cell(0, "codes"), "order.allowed capecitabine.dpyd");
    assert_eq!(read.cell(0, "outcome"), "fail");
}

#[test]
fn words_that_are_no_order_are_named() {
    let file = "height_cm,weight_kg,ordered\n170,70,1500\n170,70,x bid\n";
    let read = read(plain(), file);
    for row in 0..2 {
        assert_eq!(read.cell(row, "codes"), "cohort.unreadable");
        assert_eq!(read.cell(row, "unread_column"), "ordered");
    }
}

#[test]
fn other_drugs_go_by_the_row() {
    use chemorad::capecitabine::{ClinicalFacts, EU_LEAFLET_INTERACTIONS, RuleSelection};
    let sets = RuleSelection::NONE.with(&EU_LEAFLET_INTERACTIONS).unwrap();
    let every = every().with_rules(sets, ClinicalFacts::NONE);
    let mosteller = BodySurfaceAreaFormula::Mosteller;
    let rules = CohortRules::new(&every, mosteller, None).unwrap();
    let file = "height_cm,weight_kg,interacting_drugs\n\
        170,70,none\n\
        170,70,\n\
        170,70,brivudine\n\
        170,70,none;\n";
    let read = read(rules, file);
    assert_eq!(read.cell(0, "outcome"), "pass", "{:?}", read.rows[0]);
    assert_eq!(read.cell(1, "outcome"), "cannot_tell");
    assert_eq!(read.cell(2, "outcome"), "fail", "{:?}", read.rows[2]);
    assert_eq!(read.cell(3, "outcome"), "cannot_tell");
}

/// An amount in milligrams is compared as an order of it would be: stock, cap and tolerance.
#[test]
fn an_amount_is_compared_as_an_order_of_it() {
    let mosteller = BodySurfaceAreaFormula::Mosteller;
    let capped = |every: OrderRequest| {
        let caps = chemorad::capecitabine::Caps {
            dose_per_administration: Some("1500 mg".parse().unwrap()),
            ..chemorad::capecitabine::Caps::NONE
        };
        every.with_caps(caps)
    };
    // 825 mg/m2 of 170 cm and 70 kg are 1499.9 mg
    for (every, amount, codes) in [
        (every(), "1500", ""),
        (every(), "1501", "cohort.ordered order.tablets"),
        (every(), "1512.5", "cohort.ordered order.tablets"),
        (every(), "1450", "cohort.ordered order.tablets"),
        (every(), "1650", "cohort.ordered"),
        (tolerant(), "1450", "order.tablets cohort.ordered"),
        (tolerant(), "1550", "order.tablets cohort.ordered"),
        (tolerant(), "3000", "cohort.ordered cohort.dose_of_day"),
    ] {
        let rules = CohortRules::new(&every, mosteller, None).unwrap();
        let file = format!("height_cm,weight_kg,ordered_mg\n170,70,{amount}\n");
        assert_eq!(read(rules, &file).cell(0, "codes"), codes, "{amount}");
    }
    // 30 % more is within a tolerance of 20 % of nothing: 1650 mg of 170 cm and 72 kg (1521 mg) are 8.5 %
    let wide = every().with_tolerance(Some("10 %".parse().unwrap()));
    let file = "height_cm,weight_kg,ordered_mg\n170,72,1650\n";
    let outcome = |every: &OrderRequest| {
        let rules = CohortRules::new(every, mosteller, None).unwrap();
        let read = read(rules, file);
        let codes = read.cell(0, "codes").to_string();
        (read.cell(0, "outcome").to_string(), codes)
    };
    assert_eq!(outcome(&wide), ("warn".into(), "cohort.ordered".into()));
    // no tolerance lifts a cap
    let (above, codes) = outcome(&capped(wide));
    assert_eq!(above, "fail");
    assert!(codes.starts_with("cohort.ordered"), "{codes}");
}

/// What was dispensed is for the order in the row, however that is written.
#[test]
fn an_amount_dispensed_is_for_the_order_as_worded() {
    let file = "height_cm,weight_kg,ordered,dispensed_mg,days\n\
        170,70,1500mg + 1650mg,88200,28\n\
        170,70,1500mg + 1650mg,84000,28\n\
        170,70,,84000,28\n";
    let read = read(plain(), file);
    let has = |row| read.cell(row, "codes").contains("cohort.dispensed");
    assert!(!has(0) && has(1), "{:?}", read.rows);
    assert_eq!(read.cell(2, "codes"), "cohort.order_missing");
}

#[test]
fn other_drugs_that_are_not_read_are_named() {
    let file = "height_cm,weight_kg,interacting_drugs\n170,70,none\n170,70,warfarin;none\n";
    let read = read(plain(), file);
    assert_eq!(read.cell(0, "unread_column"), "");
    assert_eq!(read.cell(1, "codes"), "cohort.unreadable");
    assert_eq!(read.cell(1, "unread_column"), "interacting_drugs");
}

/// Half a day of intake would make any amount right.
#[test]
fn days_are_whole() {
    let file = "height_cm,weight_kg,ordered_mg,days,dispensed_mg\n\
        170,70,1500,28,84000\n\
        170,70,1500,28.5,85500\n\
        170,70,1500,2800,8400000\n\
        170,70,1500,0,0\n";
    let read = read(plain(), file);
    assert_eq!(read.cell(0, "outcome"), "pass");
    for row in [1, 2] {
        assert_eq!(read.cell(row, "codes"), "cohort.unreadable");
        assert_eq!(read.cell(row, "unread_column"), "days");
    }
    assert_eq!(read.cell(3, "outcome"), "pass");
}
