//! What an order outside a protocol has to say: intensities, topics that nobody checked, rule sets that
//! were superseded, heights that moved, tablets that are many.
#![allow(clippy::unwrap_used, reason = "tests")]

use chemorad::capecitabine::{
    CPIC_DPYD_2017, CPIC_DPYD_2018, CapecitabineDays, CapecitabineError, CapecitabineOrder,
    ClinicalFacts, EU_LEAFLET_INTERACTIONS, FDA_LABEL_BEFORE_2022, HeightChange, OrderRequest,
    Override, Regimen, RuleSelection, RuleSet, RuleTopic, SupplyRequest,
};
use chemorad::patient::{CreatinineClearance, DpydStatus};
use chemorad::report::{Finding, Outcome};
use jiff::civil::date;

fn request(intensity: &str, times: u32) -> OrderRequest {
    let mut request = crate::orders::request(intensity, "1.82 m2", crate::orders::LABEL_STOCK);
    request.regimen = Regimen::new(intensity.parse().unwrap(), times).unwrap();
    request
}

fn plan(request: OrderRequest) -> CapecitabineOrder {
    CapecitabineOrder::plan(request).unwrap()
}

fn finding<'a>(order: &'a CapecitabineOrder, code: &str) -> Option<&'a Finding> {
    order.findings().iter().find(|finding| finding.is(code))
}

fn outcome(order: &CapecitabineOrder, code: &str) -> Option<Outcome> {
    finding(order, code).map(|finding| finding.outcome)
}

/// 1200 mg/m2 a day (RTOG 0247) to 2500 (FDA label before 2022); one administration at most 1250.
#[test]
fn intensities_outside_the_published_ones_do_not_pass() {
    use Outcome::{CannotTell, Fail};
    for (intensity, times, daily, single) in [
        ("825 mg/m2", 2, None, None),
        ("600 mg/m2", 2, None, None),
        ("1250 mg/m2", 2, None, None),
        // 825 mg/m2 a day instead of each time
        ("412.5 mg/m2", 2, Some(CannotTell), None),
        ("599.9 mg/m2", 2, Some(CannotTell), None),
        ("299.9 mg/m2", 2, Some(Fail), None),
        ("825 mg/m2", 1, Some(CannotTell), None),
        // the dose of a day at once
        ("1650 mg/m2", 1, None, Some(Fail)),
        ("1250 mg/m2", 1, None, None),
        ("1650 mg/m2", 2, Some(Fail), None),
    ] {
        let order = plan(request(intensity, times));
        let found = (
            outcome(&order, "capecitabine.intensity"),
            outcome(&order, "capecitabine.administration"),
        );
        assert_eq!(found, (daily, single), "{intensity} {times}");
        let often = finding(&order, "capecitabine.administrations").is_some();
        assert_eq!(often, times != 2, "{intensity} {times}");
    }
    let mut meant = request("1650 mg/m2", 1);
    let reason = "a trial of single doses, section 4".parse().unwrap();
    meant.overrides = vec![Override::new("capecitabine.administration", reason).unwrap()];
    assert_eq!(plan(meant).outcome(), Outcome::Warn);
}

/// 1250 mg/m2 twice daily is a dose without radiotherapy, half as much again as 825 mg/m2.
#[test]
fn the_dose_without_radiotherapy_is_seen_on_its_days() {
    const CODE: &str = "capecitabine.without_radiotherapy";
    let on = |intensity: &str, kind: CapecitabineDays| request(intensity, 2).with_intake(kind);
    let cycle: CapecitabineDays = "1-14/21".parse().unwrap();
    for (intensity, kind, found) in [
        ("1250 mg/m2", CapecitabineDays::RadiotherapyDays, true),
        ("1250 mg/m2", CapecitabineDays::Weekdays, true),
        ("1250 mg/m2", CapecitabineDays::CalendarDays, true),
        ("1250 mg/m2", cycle.clone(), false),
        ("1250 mg/m2", "1-5/7".parse().unwrap(), true),
        ("1250 mg/m2", "1-5/7x6".parse().unwrap(), true),
        ("1250 mg/m2", "1-7/7".parse().unwrap(), true),
        ("825 mg/m2", "1-5/7x6".parse().unwrap(), false),
        ("1000 mg/m2", CapecitabineDays::RadiotherapyDays, false),
        ("825 mg/m2", CapecitabineDays::RadiotherapyDays, false),
    ] {
        let order = plan(on(intensity, kind.clone()));
        assert_eq!(outcome(&order, CODE).is_some(), found, "{intensity} {kind}");
    }
    let wanted = on("1250 mg/m2", CapecitabineDays::RadiotherapyDays);
    assert_eq!(plan(wanted.clone()).outcome(), Outcome::CannotTell);
    // prescribed by a protocol, or meant
    assert!(finding(&plan(wanted.clone().prescribed(true)), CODE).is_none());
    let reason = "agreed with the oncologist, see notes".parse().unwrap();
    let meant = wanted.with_overrides(vec![Override::new(CODE, reason).unwrap()]);
    assert_eq!(plan(meant).outcome(), Outcome::Warn);
    // nothing is known of the days
    assert!(finding(&plan(request("1250 mg/m2", 2)), CODE).is_none());
    let supply = SupplyRequest {
        kind: CapecitabineDays::Weekdays,
        fractions: vec![date(2026, 12, 7)],
        dispense_every: None,
    };
    let counted = plan(request("1250 mg/m2", 2).with_supply(supply.clone()));
    assert!(finding(&counted, CODE).is_some());
    // whatever the cycle is called, its days meet fractions
    for (kind, found) in [
        (cycle, true),
        ("1-5/7x6".parse().unwrap(), true),
        ("6-7/7x2".parse().unwrap(), false),
    ] {
        let fractions = (7..=11).map(|day| date(2026, 12, day)).collect();
        let kind_of = |kind| SupplyRequest {
            kind,
            fractions,
            ..supply.clone()
        };
        let counted = plan(request("1250 mg/m2", 2).with_supply(kind_of(kind)));
        assert_eq!(finding(&counted, CODE).is_some(), found);
    }
}

#[test]
fn a_topic_without_a_rule_set_is_named_or_waived() {
    const CODE: &str = "capecitabine.no_rule_set";
    let missing = |request: OrderRequest| {
        let order = plan(request);
        let topics = order.findings().iter().filter(|finding| finding.is(CODE));
        let places: Vec<String> = topics.map(Finding::at).collect();
        (order.outcome(), places.join(", "))
    };
    // nobody asks
    assert_eq!(
        missing(request("825 mg/m2", 2)),
        (Outcome::Pass, String::new())
    );
    let asked = |waived: &[RuleTopic]| request("825 mg/m2", 2).asking_for_rules(waived.to_vec());
    let (outcome, places) = missing(asked(&[]));
    assert_eq!(outcome, Outcome::CannotTell);
    assert_eq!(places, "creatinine clearance, DPYD, other drugs");
    assert_eq!(
        missing(asked(&[RuleTopic::Renal, RuleTopic::Dpyd])).1,
        "other drugs"
    );
    assert_eq!(
        missing(asked(&RuleTopic::NEEDED)),
        (Outcome::Pass, String::new())
    );

    let named = |sets: &[&RuleSet], facts: ClinicalFacts, waived: &[RuleTopic]| {
        let rules = sets
            .iter()
            .fold(RuleSelection::NONE, |rules, set| rules.with(set).unwrap());
        asked(waived).with_rules(rules, facts)
    };
    let facts = ClinicalFacts {
        dpyd: Some(DpydStatus::Score("2".parse().unwrap())),
        other_drugs: Some(Vec::new()),
        ..ClinicalFacts::default()
    };
    let sets: [&RuleSet; 2] = [&CPIC_DPYD_2018, &EU_LEAFLET_INTERACTIONS];
    assert_eq!(
        missing(named(&sets, facts.clone(), &[])).1,
        "creatinine clearance"
    );
    let waived = named(&sets, facts.clone(), &[RuleTopic::Renal]);
    assert_eq!(missing(waived).0, Outcome::Pass);
    // a fact that nobody reads is said once, with the fact
    let clearance = CreatinineClearance::stated("60 mL/min".parse().unwrap(), "test");
    let unread = ClinicalFacts {
        clearance: Some(clearance),
        ..facts.clone()
    };
    assert_eq!(
        missing(named(&sets, unread, &[])),
        (Outcome::CannotTell, String::new())
    );
    // waived and named contradict each other
    let both = CapecitabineOrder::plan(named(&sets, facts, &[RuleTopic::Dpyd]));
    assert!(matches!(
        both,
        Err(CapecitabineError::WaivedWithRules { .. })
    ));
}

#[test]
fn a_superseded_rule_set_names_its_successor() {
    const CODE: &str = "capecitabine.superseded";
    let with = |set: &RuleSet, day: Option<jiff::civil::Date>| {
        let rules = RuleSelection::NONE.with(set).unwrap();
        let facts = ClinicalFacts {
            dpyd: Some(DpydStatus::Score("2".parse().unwrap())),
            ..ClinicalFacts::default()
        };
        let order = plan(request("825 mg/m2", 2).with_rules(rules, facts).as_of(day));
        finding(&order, CODE).map(|finding| finding.expected().unwrap_or_default())
    };
    let next = Some("cpic-dpyd-2018".to_string());
    for (day, expected) in [
        (None, &next),
        (Some(date(2018, 10, 31)), &None),
        (Some(date(2018, 11, 1)), &next),
        (Some(date(2026, 11, 30)), &next),
    ] {
        assert_eq!(&with(&CPIC_DPYD_2017, day), expected, "{day:?}");
    }
    assert_eq!(with(&CPIC_DPYD_2018, None), None);
    assert!(FDA_LABEL_BEFORE_2022.successor(None).is_some());
    // a successor that is shipped is one that nothing has replaced
    for set in RuleSet::PUBLISHED {
        if let Some(next) = set.successor(None) {
            assert!(
                RuleSet::named(&next.rule_set)
                    .unwrap()
                    .successor(None)
                    .is_none()
            );
        }
    }
}

/// The day as of which rules hold excuses no text that was there only later, and none that was replaced
/// before the treatment begins.
#[test]
fn the_day_of_the_rules_silences_nothing_else() {
    const CODE: &str = "capecitabine.superseded";
    let with = |set: &RuleSet, day: jiff::civil::Date, first: Option<jiff::civil::Date>| {
        let rules = RuleSelection::NONE.with(set).unwrap();
        let facts = ClinicalFacts {
            dpyd: Some(DpydStatus::Score("2".parse().unwrap())),
            ..ClinicalFacts::default()
        };
        let supply = first.map(|first| SupplyRequest {
            kind: CapecitabineDays::RadiotherapyDays,
            fractions: vec![first],
            dispense_every: None,
        });
        let request = request("825 mg/m2", 2).with_rules(rules, facts);
        let order = plan(request.as_of(day).with_supply(supply));
        finding(&order, CODE).map(|finding| finding.expected().unwrap_or_default())
    };
    assert_eq!(
        with(&CPIC_DPYD_2018, date(2018, 10, 31), None).as_deref(),
        Some("a text of 2018-10-31 or before")
    );
    assert_eq!(with(&CPIC_DPYD_2018, date(2018, 11, 1), None), None);
    let (then, next) = (date(2018, 10, 1), Some("cpic-dpyd-2018"));
    assert_eq!(with(&CPIC_DPYD_2017, then, Some(date(2018, 10, 8))), None);
    let late = with(&CPIC_DPYD_2017, then, Some(date(2026, 12, 7)));
    assert_eq!(late.as_deref(), next);
}

#[test]
fn the_height_of_an_adult_does_not_move() {
    for (before, found) in [
        ("170 cm", false),
        ("167 cm", false),
        ("173 cm", false),
        ("166.9 cm", true),
        // two digits that changed places
        ("107 cm", true),
    ] {
        let change = HeightChange {
            before: before.parse().unwrap(),
            now: "170 cm".parse().unwrap(),
        };
        let order = plan(request("825 mg/m2", 2).with_height_change(change));
        let said = outcome(&order, "capecitabine.height_change");
        assert_eq!(said, found.then_some(Outcome::Fail), "{before}");
    }
}

/// 1350 mg of 150 mg tablets are nine; 2800 mg of 500 mg and 150 mg are seven.
#[test]
fn many_tablets_are_cautioned() {
    for (stock, area, many) in [
        ("150 mg", "1.6364 m2", true),
        ("500 mg, 150 mg (at most 2)", "2.24 m2", false),
        ("500 mg, 150 mg", "1.6 m2", false),
    ] {
        let intensity = if area == "2.24 m2" {
            "1250 mg/m2"
        } else {
            "825 mg/m2"
        };
        let order = plan(crate::orders::request(intensity, area, stock));
        let said = finding(&order, "capecitabine.many_tablets").is_some();
        assert_eq!(said, many, "{stock} {}", order.day().unwrap());
    }
}

/// What a list says of the drugs that the protocol combines is reported; that it names one not is no
/// finding.
#[test]
fn drugs_of_the_protocol_go_through_the_interaction_rules() {
    let rules = RuleSelection::NONE.with(&EU_LEAFLET_INTERACTIONS).unwrap();
    let with = |drugs: &[&'static str]| {
        let facts = ClinicalFacts {
            other_drugs: Some(Vec::new()),
            protocol_drugs: drugs.iter().map(|drug| (*drug).into()).collect(),
            ..ClinicalFacts::default()
        };
        plan(request("825 mg/m2", 2).with_rules(rules.clone(), facts)).outcome()
    };
    assert_eq!(with(&[]), Outcome::Pass);
    assert_eq!(with(&["oxaliplatin"]), Outcome::Pass);
    assert_eq!(with(&["oxaliplatin", "folinic acid"]), Outcome::Warn);
    assert_eq!(with(&["brivudine"]), Outcome::Fail);
}
