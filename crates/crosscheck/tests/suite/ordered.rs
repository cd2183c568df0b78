//! Orders as entered: the wrong ones are found, and the right ones are not accused.

use chemorad::capecitabine::{
    CapecitabineDays, CapecitabineOrder, OrderRequest, Regimen, RoundingPolicy, SupplyRequest, Ties,
};
use chemorad::patient::{BodySurfaceArea, SurfaceArea};
use chemorad::report::Outcome;
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
    let check = OrderCheck::new(&expected, &ordered.parse().unwrap(), dispensed.as_ref());
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
        let check = OrderCheck::new(&expected, &ordered.parse().unwrap(), Some(&dispensed));
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
