//! Orders as entered: the wrong ones are found, and the right ones are not accused.

use chemorad::capecitabine::{
    CapecitabineDays, CapecitabineOrder, Caps, DaySplit, OrderRequest, Regimen, RoundingPolicy,
    SupplyRequest, TabletStock, Ties,
};
use chemorad::patient::{BodySurfaceArea, SurfaceArea};
use chemorad::report::{Finding, Outcome};
use chemorad_crosscheck::OrderCheck;
use jiff::civil::{Date, date};

/// 28 fractions from a Monday on, without holidays.
fn fractions() -> Vec<Date> {
    let days = (0..38).map(|day| {
        let start = date(2027, 1, 4);
        start.checked_add(jiff::Span::new().days(day)).unwrap()
    });
    let weekday = |day: &Date| day.weekday().to_monday_one_offset() < 6;
    days.filter(weekday).take(28).collect()
}

fn request(area: f64, policy: RoundingPolicy) -> OrderRequest {
    let area =
        BodySurfaceArea::stated(format!("{area} m2").parse::<SurfaceArea>().unwrap(), "form");
    let regimen: Regimen = "825 mg/m2 bid".parse().unwrap();
    OrderRequest::new(regimen, area, "500 mg, 150 mg".parse().unwrap(), policy).with_supply(
        SupplyRequest {
            kind: CapecitabineDays::RadiotherapyDays,
            fractions: fractions(),
            dispense_every: None,
        },
    )
}

const NEAREST: RoundingPolicy = RoundingPolicy::Nearest { ties: Ties::Up };

/// Each finding of the order itself with its outcome.
fn found(request: OrderRequest, ordered: &str, dispensed: &str) -> Vec<(&'static str, Outcome)> {
    let expected = CapecitabineOrder::plan(request).unwrap();
    let dispensed = (!dispensed.is_empty()).then(|| dispensed.parse().unwrap());
    let check = OrderCheck::new(
        &expected,
        &ordered.parse().unwrap(),
        dispensed.as_ref(),
        None,
    );
    let own = check.own();
    own.map(|one| (one.code(), one.outcome)).collect()
}

#[track_caller]
fn only_fails(ordered: &str, dispensed: &str, codes: &[&str]) {
    let all = found(request(1.82, NEAREST), ordered, dispensed);
    let fails = all.iter().filter(|(_, outcome)| *outcome != Outcome::Pass);
    let fails: Vec<&str> = fails.map(|(code, _)| *code).collect();
    assert_eq!(fails, codes, "{ordered}, {dispensed}: {all:?}");
}

#[test]
fn wrong_orders_are_found() {
    // 1501.5 mg calculated, 1500 mg ordered, 28 days of 6 tablets
    only_fails("1500mg bid", "168x500mg", &[]);
    only_fails("1500mg bid", "", &[]);
    // once a day, the dose of a day at once, three times
    only_fails(
        "1500mg once a day",
        "84x500mg",
        &["order.frequency", "order.day"],
    );
    only_fails("3g qd", "168x500mg", &["order.frequency", "order.dose"]);
    only_fails("1g tid", "168x500mg", &["order.frequency", "order.dose"]);
    // ten times, a tenth, half, another body
    only_fails("15g bid", "1680x500mg", &["order.dose", "order.day"]);
    only_fails("150mg bid", "56x150mg", &["order.dose", "order.day"]);
    only_fails("750mg bid", "", &["order.dose", "order.day"]);
    only_fails(
        "1650mg bid",
        "168x500mg + 56x150mg",
        &["order.dose", "order.day"],
    );
    only_fails("1500mg + 1000mg", "140x500mg", &["order.dose", "order.day"]);
    // half of the tablets, one too few, one too many, the weekends too
    for tablets in ["84x500mg", "167x500mg", "169x500mg", "228x500mg"] {
        only_fails("1500mg bid", tablets, &["order.supply"]);
    }
    // a strength that is not in stock, one that does not make the dose, one that makes it of ten
    only_fails("1500mg bid", "280x300mg", &["order.tablets"]);
    only_fails(
        "1650mg bid",
        "185x500mg",
        &["order.dose", "order.day", "order.tablets", "order.supply"],
    );
    let ten = found(request(1.82, NEAREST), "1500mg bid", "560x150mg");
    assert!(ten.contains(&("order.tablets", Outcome::Warn)), "{ten:?}");
}

#[test]
fn what_is_wrong_says_by_how_much() {
    let expected = CapecitabineOrder::plan(request(1.82, NEAREST)).unwrap();
    let said = |ordered: &str, dispensed: &str, code: &str| {
        let dispensed = dispensed.parse().unwrap();
        let check = OrderCheck::new(&expected, &ordered.parse().unwrap(), Some(&dispensed), None);
        let finding = check.own().find(|one| one.is(code)).unwrap();
        format!("{} {:?}", finding.message(), finding.difference())
    };
    assert!(said("15g bid", "168x500mg", "order.dose").contains("10 times"));
    assert!(said("1500mg qd", "84x500mg", "order.day").contains("1/2 of"));
    let weekends = said("1500mg bid", "228x500mg", "order.supply");
    assert!(
        weekends.contains("every calendar day (38 days)"),
        "{weekends}"
    );
}

#[test]
fn right_orders_by_each_policy_are_not_accused() {
    let policies = [
        NEAREST,
        RoundingPolicy::Nearest { ties: Ties::Down },
        RoundingPolicy::Down,
        RoundingPolicy::Up,
    ];
    for policy in policies {
        for hundredths in 130..=240 {
            let request = request(f64::from(hundredths) / 100.0, policy.clone());
            let order = CapecitabineOrder::plan(request.clone()).unwrap();
            let (day, supply) = (order.day().unwrap(), order.supply().unwrap());
            let doses: Vec<String> = day
                .administrations()
                .iter()
                .map(|one| one.dose.to_string())
                .collect();
            let tablets: Vec<String> = supply.tablets().iter().map(ToString::to_string).collect();
            let all = found(request, &doses.join(" + "), &tablets.join(" + "));
            let accused = all.iter().find(|(_, outcome)| *outcome != Outcome::Pass);
            assert_eq!(accused, None, "{hundredths} {doses:?} {tablets:?}");
            assert_eq!(all.len(), 5);
        }
    }
}

#[test]
fn a_tolerance_makes_another_rounding_a_warning() {
    // 1501.5 mg: 1500 mg expected, 1650 mg is 9.9 % more
    for (tolerance, outcome) in [("10 %", Outcome::Warn), ("9 %", Outcome::Fail)] {
        let request = request(1.82, NEAREST).with_tolerance(Some(tolerance.parse().unwrap()));
        let all = found(request, "1650mg bid", "");
        for code in ["order.dose", "order.day"] {
            assert!(all.contains(&(code, outcome)), "{tolerance}: {all:?}");
        }
    }
}

#[test]
fn without_days_the_supply_cannot_be_told() {
    let area = BodySurfaceArea::stated(SurfaceArea::constant("1.82 m2"), "form");
    let regimen: Regimen = "825 mg/m2 bid".parse().unwrap();
    let request = OrderRequest::new(regimen, area, "500 mg".parse().unwrap(), NEAREST);
    let all = found(request.clone(), "1500mg bid", "168x500mg");
    assert!(
        all.contains(&("order.supply", Outcome::CannotTell)),
        "{all:?}"
    );
    // and without tablets nothing is said of them
    let all = found(request, "1500mg bid", "");
    assert_eq!(all.len(), 3);
}

#[track_caller]
fn outcome_of(all: &[(&'static str, Outcome)], code: &str) -> Outcome {
    all.iter().find(|(known, _)| *known == code).unwrap().1
}

#[test]
fn the_tolerance_holds_for_each_administration_and_for_the_day() {
    let within = |ordered: &str| {
        let request = request(1.82, NEAREST).with_tolerance(Some("10 %".parse().unwrap()));
        found(request, ordered, "")
    };
    // days of 3000 to 3150 mg for 3003 mg, of administrations that nobody may give
    for ordered in ["3000mg + 150mg", "500mg + 2500mg", "2800mg + 150mg"] {
        assert_eq!(
            outcome_of(&within(ordered), "order.dose"),
            Outcome::Fail,
            "{ordered}"
        );
    }
    for ordered in ["1650mg bid", "1500mg + 1650mg", "1450mg + 1500mg"] {
        assert_eq!(
            outcome_of(&within(ordered), "order.dose"),
            Outcome::Warn,
            "{ordered}"
        );
        assert_eq!(
            outcome_of(&within(ordered), "order.day"),
            Outcome::Warn,
            "{ordered}"
        );
    }
    // a cap is no tolerance: 1650 mg is 10 % above a cap of 1500 mg
    let capped = request(2.4, NEAREST)
        .with_caps(Caps {
            dose_per_administration: Some("1500 mg".parse().unwrap()),
            ..Caps::NONE
        })
        .with_tolerance(Some("12 %".parse().unwrap()));
    let all = found(capped.clone(), "1650mg bid", "");
    assert_eq!(outcome_of(&all, "order.dose"), Outcome::Fail);
    let all = found(capped, "1450mg bid", "");
    assert_eq!(outcome_of(&all, "order.dose"), Outcome::Warn);
}

#[test]
fn the_order_of_the_day_is_compared() {
    // 1575 mg calculated: 1600 mg in the morning and 1550 mg in the evening
    let unequal = |ordered: &str| {
        let request = request(1.909_1, NEAREST).with_split(DaySplit::LargerInTheMorning);
        outcome_of(&found(request, ordered, ""), "order.dose")
    };
    assert_eq!(unequal("1600mg + 1550mg"), Outcome::Pass);
    assert_eq!(unequal("1550mg + 1600mg"), Outcome::Warn);
    assert_eq!(unequal("1600mg + 1600mg"), Outcome::Fail);
}

/// At most two tablets of 150 mg at one administration.
fn limited() -> OrderRequest {
    let mut request = request(1.82, NEAREST);
    request.stock = "500 mg, 150 mg (at most 2)".parse::<TabletStock>().unwrap();
    request
}

#[test]
fn the_limits_of_the_site_hold_for_what_is_dispensed() {
    for (ordered, dispensed, outcome) in [
        ("1500mg bid", "168x500mg", Outcome::Pass),
        // 1500 mg of 150 mg are ten tablets
        ("1500mg bid", "3x500mg + 550x150mg", Outcome::Fail),
        ("1500mg bid", "165x500mg + 10x150mg", Outcome::Fail),
        ("1500mg bid", "560x150mg", Outcome::Fail),
        // 1150 mg are 2 x 500 + 1 x 150 mg
        ("1150mg bid", "112x500mg + 56x150mg", Outcome::Pass),
        // 800 mg are 500 + 2 x 150 mg; 56 of them need 112
        ("800mg bid", "56x500mg + 112x150mg", Outcome::Pass),
    ] {
        let all = found(limited(), ordered, dispensed);
        assert_eq!(
            outcome_of(&all, "order.tablets"),
            outcome,
            "{ordered}, {dispensed}"
        );
    }
    // a dose that the stock does not make is said without tablets too
    let tolerant = limited().with_tolerance(Some("10 %".parse().unwrap()));
    let all = found(tolerant.clone(), "1550mg bid", "");
    assert_eq!(outcome_of(&all, "order.tablets"), Outcome::Fail);
    assert!(
        !found(tolerant, "1650mg bid", "")
            .iter()
            .any(|(code, _)| *code == "order.tablets")
    );
}

#[test]
fn the_tablets_of_one_period_are_no_shortage_once_it_is_named() {
    let mut weekly = request(1.82, NEAREST);
    weekly.supply.as_mut().unwrap().dispense_every = Some(7);
    let expected = CapecitabineOrder::plan(weekly.clone()).unwrap();
    let periods = expected.supply().unwrap().periods();
    let of_period = |dispensed: &str, number: usize| {
        let dispensed = dispensed.parse().unwrap();
        let ordered = "1500mg bid".parse().unwrap();
        let period = periods.get(number - 1);
        let check = OrderCheck::new(&expected, &ordered, Some(&dispensed), period);
        let supply = check
            .own()
            .find(|one| one.is("order.supply"))
            .unwrap()
            .clone();
        (supply.outcome, supply.message())
    };
    // five days of six tablets; the sixth week has three days
    assert_eq!(of_period("30x500mg", 1).0, Outcome::Pass);
    assert_eq!(of_period("29x500mg", 1).0, Outcome::Fail);
    assert_eq!(of_period("30x500mg", 6).0, Outcome::Fail);
    assert_eq!(of_period("18x500mg", 6).0, Outcome::Pass);
    assert_eq!(of_period("168x500mg", 1).0, Outcome::Fail);
    // not named, a whole period is recognised and is to be named
    let all = found(weekly.clone(), "1500mg bid", "30x500mg");
    assert_eq!(outcome_of(&all, "order.supply"), Outcome::Warn);
    for other in ["24x500mg", "31x500mg"] {
        let all = found(weekly.clone(), "1500mg bid", other);
        assert_eq!(outcome_of(&all, "order.supply"), Outcome::Fail, "{other}");
    }
    // where all is dispensed at once there is no period
    let all = found(request(1.82, NEAREST), "1500mg bid", "30x500mg");
    assert_eq!(outcome_of(&all, "order.supply"), Outcome::Fail);
}

#[test]
fn a_deviation_of_the_expected_dose_is_not_one_of_the_order() {
    // 1351 mg calculated; up gives 1500 mg (+11 %), and 1300 mg is 3.8 % less
    let request =
        request(1.637_6, RoundingPolicy::Up).with_tolerance(Some("10 %".parse().unwrap()));
    let mut request = request;
    request.stock = "500 mg, 150 mg (at most 2)".parse().unwrap();
    let expected = CapecitabineOrder::plan(request).unwrap();
    let check = |ordered: &str| OrderCheck::new(&expected, &ordered.parse().unwrap(), None, None);
    let other = check("1300mg bid");
    assert_eq!(other.outcome, Outcome::Warn);
    assert!(
        !other
            .findings
            .iter()
            .any(|one| one.is("capecitabine.deviation"))
    );
    let said = other
        .findings
        .iter()
        .find(|one| one.is("order.expected"))
        .unwrap();
    assert_eq!(said.tolerance().as_deref(), Some("10 %"));
    assert!(
        said.message().contains("not the entered one"),
        "{}",
        said.message()
    );
    // the expected dose itself deviates by more than the tolerance
    let same = check("1500mg bid");
    assert_eq!(same.outcome, Outcome::Fail);
    assert!(
        same.findings
            .iter()
            .any(|one| one.is("capecitabine.deviation"))
    );
}

#[test]
fn a_deviation_is_written_so_that_its_side_is_seen() {
    // 1500 mg for 1428.52 mg is 5.0035 % more
    let request = request(1.731_54, NEAREST).with_tolerance(Some("5 %".parse().unwrap()));
    let expected = CapecitabineOrder::plan(request).unwrap();
    let check = OrderCheck::new(&expected, &"1500mg bid".parse().unwrap(), None, None);
    let day = check.own().find(|one| one.is("order.day")).unwrap();
    assert_eq!(day.outcome, Outcome::Fail);
    let difference = day.difference().unwrap();
    assert!(difference.contains("+5.00"), "{difference}");
    assert!(!difference.contains("+5.00 %"), "{difference}");
}

/// The finding of this code, of the expected order of this request.
fn finding(request: OrderRequest, ordered: &str, dispensed: &str, code: &str) -> Finding {
    let expected = CapecitabineOrder::plan(request).unwrap();
    let dispensed = (!dispensed.is_empty()).then(|| dispensed.parse().unwrap());
    let ordered = ordered.parse().unwrap();
    let check = OrderCheck::new(&expected, &ordered, dispensed.as_ref(), None);
    let mut own = check.own().filter(|one| one.is(code));
    let only = own.next().unwrap().clone();
    assert!(own.next().is_none(), "{ordered:?}: {code} twice");
    only
}

#[test]
fn how_often_is_right_or_wrong_and_has_no_tolerance() {
    let tolerant = || request(1.82, NEAREST).with_tolerance(Some("10 %".parse().unwrap()));
    for (ordered, outcome, found) in [
        ("1500mg bid", Outcome::Pass, "2 times"),
        ("3000mg qd", Outcome::Fail, "1 time"),
        ("1000mg tid", Outcome::Fail, "3 times"),
    ] {
        let frequency = finding(tolerant(), ordered, "", "order.frequency");
        assert_eq!(frequency.outcome, outcome);
        assert_eq!(frequency.expected().as_deref(), Some("2 times"));
        assert_eq!(frequency.found().as_deref(), Some(found));
    }
}

#[test]
fn the_doses_of_a_day_are_listed_once_each_and_the_farthest_is_compared() {
    // 1575 mg calculated: 1600 mg in the morning and 1550 mg in the evening
    let unequal = |ordered: &str| {
        let request = request(1.909_1, NEAREST).with_split(DaySplit::LargerInTheMorning);
        finding(request, ordered, "", "order.dose")
    };
    let dose = |ordered: &str| {
        let dose = unequal(ordered);
        let text = |text: Option<String>| text.unwrap_or_default();
        (text(dose.found()), text(dose.difference()))
    };
    let equal = unequal("1600mg + 1550mg");
    assert_eq!(equal.expected().as_deref(), Some("1600 mg and 1550 mg"));
    assert_eq!(dose("1600mg + 1550mg").1, "");
    assert_eq!(dose("1550mg + 1600mg").1, "", "the same doses");
    let (found, difference) = dose("1600mg bid");
    assert_eq!(found, "1600 mg");
    assert!(difference.starts_with("+0.00 %"), "{difference}");
    // 1600 mg is an expected dose, and 1570 mg is 0.32 % less than what is calculated
    let (found, difference) = dose("1600mg + 1570mg");
    assert_eq!(found, "1600 mg and 1570 mg");
    assert!(difference.starts_with("-0.32 %"), "{difference}");
    // more often, and not of expected doses alone
    assert_eq!(unequal("1600mg + 1550mg + 50mg").outcome, Outcome::Fail);
    assert_eq!(unequal("1600mg + 1550mg + 1550mg").outcome, Outcome::Pass);
}

#[test]
fn a_slip_by_a_factor_is_named() {
    let said = |ordered: &str| finding(request(1.82, NEAREST), ordered, "", "order.day").message();
    for (ordered, factor) in [
        ("3000mg bid", "2 times"),
        ("4500mg bid", "3 times"),
        ("6000mg bid", "4 times"),
        ("15g bid", "10 times"),
        ("15mg bid", "1/100 of"),
        ("500mg bid", "1/3 of"),
        ("150mg bid", "1/10 of"),
    ] {
        let said = said(ordered);
        assert!(said.contains(factor), "{ordered}: {said}");
    }
    for ordered in ["1500mg bid", "1650mg bid", "2250mg bid", "7500mg bid"] {
        let said = said(ordered);
        assert!(!said.contains("what is expected:"), "{ordered}: {said}");
    }
}

#[test]
fn the_most_that_whole_tablets_take_is_each_strengths_own() {
    // at most one tablet of 500 mg: 800 mg are 500 + 2 x 150 mg
    let mut request = request(1.82, NEAREST);
    request.stock = "500 mg (at most 1), 150 mg".parse::<TabletStock>().unwrap();
    for (dispensed, outcome) in [
        ("56x500mg + 112x150mg", Outcome::Pass),
        ("59x500mg + 102x150mg", Outcome::Fail),
    ] {
        let tablets = finding(request.clone(), "800mg bid", dispensed, "order.tablets");
        assert_eq!(tablets.outcome, outcome, "{dispensed}: {tablets}");
    }
}

#[test]
fn tablets_that_are_not_in_stock_are_named() {
    for dispensed in ["280x300mg", "165x500mg + 5x300mg"] {
        let tablets = finding(
            request(1.82, NEAREST),
            "1500mg bid",
            dispensed,
            "order.tablets",
        );
        assert_eq!(tablets.outcome, Outcome::Fail);
        assert_eq!(tablets.found().as_deref(), Some("300 mg"));
        assert!(tablets.message().contains("not in stock"), "{tablets}");
    }
    // a dose that the stock does not make is said once, with tablets or without
    for dispensed in ["", "112x500mg", "280x300mg"] {
        let tablets = finding(limited(), "1550mg bid", dispensed, "order.tablets");
        assert_eq!(tablets.outcome, Outcome::Fail);
        assert!(tablets.message().contains("of the stock"), "{tablets}");
    }
}

#[test]
fn a_dose_at_the_cap_is_not_above_it() {
    // 1501.5 mg calculated; 1650 mg is 9.9 % more
    let capped = |cap: &str| {
        request(1.82, NEAREST)
            .with_caps(Caps {
                dose_per_administration: Some(cap.parse().unwrap()),
                ..Caps::NONE
            })
            .with_tolerance(Some("10 %".parse().unwrap()))
    };
    for (cap, outcome) in [("1650 mg", Outcome::Warn), ("1640 mg", Outcome::Fail)] {
        let dose = finding(capped(cap), "1650mg bid", "", "order.dose");
        assert_eq!(dose.outcome, outcome, "{cap}");
    }
}

#[test]
fn the_supply_is_written_with_its_arithmetic() {
    let supply = |dispensed: &str| {
        finding(
            request(1.82, NEAREST),
            "1500mg bid",
            dispensed,
            "order.supply",
        )
    };
    let right = supply("168x500mg");
    assert_eq!(right.expected().as_deref(), Some("84000 mg"));
    let half = supply("84x500mg");
    assert_eq!(half.found().as_deref(), Some("42000 mg"));
    assert_eq!(half.difference().as_deref(), Some("-42000 mg"));
    // a period is counted from one
    let mut weekly = request(1.82, NEAREST);
    weekly.supply.as_mut().unwrap().dispense_every = Some(7);
    for (dispensed, number) in [("30x500mg", "period 1 "), ("18x500mg", "period 6 ")] {
        let said = finding(weekly.clone(), "1500mg bid", dispensed, "order.supply").message();
        assert!(said.contains(number), "{dispensed}: {said}");
    }
}

#[test]
fn a_period_is_kept_with_the_tablets_for_it() {
    let mut weekly = request(1.82, NEAREST);
    weekly.supply.as_mut().unwrap().dispense_every = Some(7);
    let expected = CapecitabineOrder::plan(weekly).unwrap();
    let period = expected.supply().unwrap().periods().first();
    let ordered = "1500mg bid".parse().unwrap();
    let tablets = "30x500mg".parse().unwrap();
    let with = OrderCheck::new(&expected, &ordered, Some(&tablets), period);
    assert_eq!(with.dispensed_for.as_ref(), period);
    assert!(period.is_some());
    let without = OrderCheck::new(&expected, &ordered, None, period);
    assert_eq!(without.dispensed_for, None);
}

#[test]
fn findings_of_the_sheet_are_added_once() {
    let request = request(1.637_6, RoundingPolicy::Up).with_tolerance(Some("5 %".parse().unwrap()));
    let expected = CapecitabineOrder::plan(request).unwrap();
    let check = OrderCheck::new(&expected, &"1300mg bid".parse().unwrap(), None, None);
    let known = expected.findings().to_vec();
    assert!(!known.is_empty());
    let before = check.findings.len();
    let same = check.clone().with_findings(&expected, &known);
    assert_eq!(same.findings.len(), before);
    let other =
        OrderCheck::not_prescribed("surgery", false, &"1300mg bid".parse().unwrap(), None, &[]);
    let more = check.with_findings(&expected, &other.findings);
    assert_eq!(more.findings.len(), before + 1);
    assert_eq!(more.outcome, Outcome::Fail);
}
