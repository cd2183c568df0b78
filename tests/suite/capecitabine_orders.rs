//! Caps, limits, edges and refusals on the way from a dose to tablets.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

use chemorad::capecitabine::BandEdge::BelongsAbove;
use chemorad::capecitabine::{
    Band, BandTable, CalculatedAdministration, CapecitabineError, Caps, Covers, DeliverableAmounts,
    DeviationTolerance, JAPAN_METHOD_D, OrderedAdministration, Regimen, RoundingPolicy,
    TabletStock, Ties,
};
use chemorad::patient::{
    BodySize, BodySurfaceArea, BodySurfaceAreaFormula, Height, SurfaceArea, Weight,
};
use chemorad::quantity::OrderedDose;
use chemorad::report::Outcome;

const NEAREST_UP: RoundingPolicy = RoundingPolicy::Nearest { ties: Ties::Up };

const NEAREST_DOWN: RoundingPolicy = RoundingPolicy::Nearest { ties: Ties::Down };

fn calculated(intensity: &str, area: &str, caps: Caps) -> CalculatedAdministration {
    let regimen = Regimen::new(intensity.parse().unwrap(), 2).unwrap();
    let area = BodySurfaceArea::stated(area.parse().unwrap(), "test");
    CalculatedAdministration::new(regimen, &area, caps).unwrap()
}

fn try_order(
    intensity: &str,
    area: &str,
    caps: Caps,
    stock: &str,
    policy: &RoundingPolicy,
) -> Result<OrderedAdministration, CapecitabineError> {
    OrderedAdministration::choose(
        &calculated(intensity, area, caps),
        &stock.parse().unwrap(),
        policy,
        None,
    )
}

fn dose(intensity: &str, area: &str, stock: &str, policy: &RoundingPolicy) -> u32 {
    try_order(intensity, area, Caps::NONE, stock, policy)
        .unwrap()
        .dose()
        .milligrams()
}

fn codes(ordered: &OrderedAdministration) -> Vec<&str> {
    ordered
        .findings()
        .iter()
        .map(chemorad::Finding::code)
        .collect()
}

#[test]
fn two_caps_are_one_step_after_the_product() {
    let area_cap = Caps {
        body_surface_area: Some(SurfaceArea::constant("2 m2")),
        ..Caps::NONE
    };
    let both = Caps {
        dose_per_administration: Some(OrderedDose::constant("1600 mg")),
        ..area_cap
    };
    let twice = calculated("825 mg/m2", "2.3 m2", both);
    let step = twice.capping().unwrap();
    assert_eq!(step.substitution, "smaller of 1650 mg and 1600 mg");
    assert_eq!(step.result, "1600 mg");
    assert_eq!(
        step.intermediate,
        ["BSA capped: 825 mg/m2 x 2 m2 = 1650 mg"]
    );
    let stock: TabletStock = "500 mg, 150 mg".parse().unwrap();
    let ordered = OrderedAdministration::choose(&twice, &stock, &NEAREST_UP, None).unwrap();
    assert!(
        ordered
            .explanation()
            .ends_with("equal to the dose after the cap")
    );
}

#[test]
fn caps_act_only_when_given_and_say_so() {
    let uncapped = calculated("825 mg/m2", "2.3 m2", Caps::NONE);
    assert_eq!(uncapped.dose(), uncapped.uncapped());
    assert!(!uncapped.is_capped() && uncapped.findings().is_empty());
    assert_eq!(
        uncapped.derivation().source,
        "definition of a dose intensity; BSA stated by test"
    );

    let area_cap = Caps {
        body_surface_area: Some(SurfaceArea::constant("2 m2")),
        ..Caps::NONE
    };
    let capped = calculated("825 mg/m2", "2.3 m2", area_cap);
    assert_eq!(capped.dose().milligrams(), 1650.0);
    assert_eq!(capped.uncapped(), uncapped.dose());
    assert_eq!(capped.square_meters_used(), 2.0);
    assert!(capped.is_capped());
    // a cap above the patient's area changes nothing
    let small = calculated("825 mg/m2", "1.8 m2", area_cap);
    assert!(!small.is_capped());
    assert_eq!(small.square_meters_used(), 1.8);
    assert!(capped.findings()[0].message().contains("Griggs 2012"));
    assert!(capped.findings()[0].message().contains("13.0 % less"));
    // the product is of the patient's own area; the cap is a step of its own
    assert_eq!(capped.derivation().result, "1897.5 mg");
    assert_eq!(
        capped.capping().unwrap().to_string(),
        "dose per administration after the cap: intensity x cap on the BSA = 825 mg/m2 x 2 m2 = \
         1650 mg [the caps as given]"
    );
    assert_eq!(small.capping(), None);
    // at the cap it does not act
    assert!(
        calculated("825 mg/m2", "2 m2", area_cap)
            .findings()
            .is_empty()
    );

    let dose_cap = Caps {
        dose_per_administration: Some(OrderedDose::constant("1420 mg")),
        ..Caps::NONE
    };
    let stock = "500 mg, 150 mg (at most 2)";
    let order = |area, policy| try_order("825 mg/m2", area, dose_cap, stock, policy).unwrap();
    // 1485 mg is lowered to 1420 mg, and 1500 mg, the nearest, is not ordered either
    let ordered = order("1.8 m2", &NEAREST_UP);
    assert_eq!(ordered.dose().milligrams(), 1300);
    assert_eq!(codes(&ordered), ["capecitabine.cap", "capecitabine.cap"]);
    assert!(
        ordered
            .explanation()
            .contains("without it 1500 mg would be taken")
    );
    let candidates = ordered.candidates();
    let most = candidates.last().unwrap();
    assert_eq!(most.amount().milligrams(), 1300);
    // 1410.75 mg is below the cap, but the nearest amount is above it
    let ordered = order("1.71 m2", &NEAREST_UP);
    assert!(!ordered.calculated().is_capped());
    assert_eq!(ordered.dose().milligrams(), 1300);
    assert_eq!(codes(&ordered), ["capecitabine.cap"]);
    // 1320 mg rounds below the cap: it does not act
    assert_eq!(order("1.6 m2", &NEAREST_UP).dose().milligrams(), 1300);
    assert!(codes(&order("1.6 m2", &NEAREST_UP)).is_empty());
    let up = try_order(
        "825 mg/m2",
        "1.6 m2",
        dose_cap,
        "500 mg",
        &RoundingPolicy::Up,
    );
    assert!(matches!(up, Err(CapecitabineError::AboveCap { .. })));
    // an amount that is the cap is allowed, and nothing is forbidden
    let at_the_cap = Caps {
        dose_per_administration: Some(OrderedDose::constant("1500 mg")),
        ..Caps::NONE
    };
    for policy in [NEAREST_UP, RoundingPolicy::Up] {
        let ordered = try_order("825 mg/m2", "1.75 m2", at_the_cap, "500 mg", &policy).unwrap();
        assert_eq!(ordered.dose().milligrams(), 1500);
        assert!(codes(&ordered).is_empty());
    }
    let tiny = Caps {
        dose_per_administration: Some(OrderedDose::constant("400 mg")),
        ..Caps::NONE
    };
    let none = try_order("825 mg/m2", "1.6 m2", tiny, "500 mg", &NEAREST_UP);
    assert!(matches!(
        none,
        Err(CapecitabineError::CapBelowTablets { .. })
    ));
    assert!(serde_json::from_str::<Caps>(r#"{"bsa": "2 m2"}"#).is_err());
    assert_eq!(serde_json::from_str::<Caps>("{}").unwrap(), Caps::NONE);
}

/// A value within 1e-9 of a boundary is at it, beyond that it is not.
#[test]
fn boundaries() {
    let stock = "500 mg, 150 mg (at most 2)";
    // 1575 mg is halfway between 1500 and 1650
    let ordered = |area: &str, policy: &RoundingPolicy| {
        try_order("1250 mg/m2", area, Caps::NONE, stock, policy).unwrap()
    };
    assert!(ordered("1.26 m2", &NEAREST_UP).is_tie());
    assert_eq!(ordered("1.26 m2", &NEAREST_UP).dose().milligrams(), 1650);
    assert_eq!(ordered("1.26 m2", &NEAREST_DOWN).dose().milligrams(), 1500);
    assert!(!ordered("1.260001 m2", &NEAREST_DOWN).is_tie());
    assert_eq!(
        ordered("1.260001 m2", &NEAREST_DOWN).dose().milligrams(),
        1650
    );
    assert_eq!(
        ordered("1.259999 m2", &NEAREST_UP).dose().milligrams(),
        1500
    );
    // 158.76 cm and 36 kg: Mosteller's area is 1.26 up to float noise
    let size = BodySize::new(Height::constant("158.76 cm"), Weight::constant("36 kg")).unwrap();
    let area =
        BodySurfaceArea::from_formula(BodySurfaceAreaFormula::Mosteller, size, None).unwrap();
    let regimen = Regimen::new("1250 mg/m2".parse().unwrap(), 2).unwrap();
    let calculated = CalculatedAdministration::new(regimen, &area, Caps::NONE).unwrap();
    let stock: TabletStock = stock.parse().unwrap();
    let tie = OrderedAdministration::choose(&calculated, &stock, &NEAREST_UP, None).unwrap();
    assert!(tie.is_tie());
    assert_eq!(codes(&tie), ["capecitabine.tie"]);
    assert!(
        tie.derivation()
            .intermediate
            .contains(&"tie: (1500 + 1650) / 2 = 1575 mg".into())
    );

    // 0.1 mg/m2 intensities make amounts that are not exact in floating point: 1.1 m2 x 1363.636...
    // mg/m2 is 1500 mg to within 1e-9, and stays 1500 mg for up and for down
    for policy in [RoundingPolicy::Up, RoundingPolicy::Down, NEAREST_UP] {
        assert_eq!(
            dose("1363.636364 mg/m2", "1.1 m2", "500 mg, 150 mg", &policy),
            1500
        );
        let exact = try_order("1363.636364 mg/m2", "1.1 m2", Caps::NONE, "500 mg", &policy);
        assert_eq!(exact.unwrap().chosen().deviation_percent(), 0.0);
    }
    // a few times 1e-9 away it is another value
    assert_eq!(
        dose("1363.636370 mg/m2", "1.1 m2", "500 mg", &RoundingPolicy::Up),
        2000
    );
    assert_eq!(
        dose(
            "1363.636360 mg/m2",
            "1.1 m2",
            "500 mg",
            &RoundingPolicy::Down
        ),
        1000
    );
}

#[test]
fn nothing_is_never_ordered() {
    let order = |area: &str, policy: &RoundingPolicy| {
        try_order("500 mg/m2", area, Caps::NONE, "500 mg", policy)
    };
    assert!(matches!(
        order("0.4 m2", &RoundingPolicy::Down),
        Err(CapecitabineError::NoTablet { .. })
    ));
    assert!(matches!(
        order("0.4 m2", &NEAREST_UP),
        Err(CapecitabineError::NoTablet { .. })
    ));
    assert_eq!(
        order("0.6 m2", &NEAREST_UP).unwrap().dose().milligrams(),
        500
    );
    assert_eq!(
        order("0.4 m2", &RoundingPolicy::Up)
            .unwrap()
            .dose()
            .milligrams(),
        500
    );
    // 250 mg is halfway to no tablet
    assert!(order("0.5 m2", &NEAREST_UP).unwrap().is_tie());
    assert!(order("0.5 m2", &NEAREST_DOWN).is_err());
}

#[test]
fn limits_on_tablets_are_reported_and_refused_when_absurd() {
    let stock = "500 mg (at most 2), 150 mg (at most 2)"; // reaches 1300 mg
    let ordered = try_order("825 mg/m2", "1.8 m2", Caps::NONE, stock, &NEAREST_UP).unwrap();
    assert_eq!(ordered.dose().milligrams(), 1300);
    assert!(codes(&ordered).contains(&"capecitabine.tablet_limit"));
    assert!(matches!(
        try_order(
            "825 mg/m2",
            "1.8 m2",
            Caps::NONE,
            stock,
            &RoundingPolicy::Up
        ),
        Err(CapecitabineError::NothingAbove { .. })
    ));
    for policy in [NEAREST_UP, RoundingPolicy::Down] {
        assert!(matches!(
            try_order("1250 mg/m2", "1.8 m2", Caps::NONE, stock, &policy),
            Err(CapecitabineError::LimitsTooLow { .. })
        ));
    }
    // an exact fit is no limit
    let exact = try_order("1300 mg/m2", "1 m2", Caps::NONE, stock, &RoundingPolicy::Up).unwrap();
    assert!(!codes(&exact).contains(&"capecitabine.tablet_limit"));
}

#[test]
fn tolerances() {
    let tolerance = DeviationTolerance::constant("10 %");
    for given in [None, Some(tolerance)] {
        let ordered = OrderedAdministration::choose(
            &calculated("825 mg/m2", "1.8 m2", Caps::NONE),
            &"500 mg".parse().unwrap(),
            &NEAREST_UP,
            given,
        )
        .unwrap();
        assert_eq!(ordered.tolerance(), given);
    }
    let choose = |area: &str, tolerance: &str| {
        OrderedAdministration::choose(
            &calculated("825 mg/m2", area, Caps::NONE),
            &"500 mg, 150 mg (at most 2)".parse().unwrap(),
            &NEAREST_UP,
            Some(tolerance.parse::<DeviationTolerance>().unwrap()),
        )
        .unwrap()
    };
    let ordered = choose("1.69 m2", "5 %"); // 6.76 % below
    let mut findings = ordered.findings().iter();
    let finding = findings.find(|f| f.is("capecitabine.deviation")).unwrap();
    assert_eq!(finding.outcome, Outcome::Fail);
    assert_eq!(finding.found().as_deref(), Some("-6.76 %"));
    assert!(!codes(&choose("1.69 m2", "7 %")).contains(&"capecitabine.deviation"));
    // 1000 mg calculated, 1050 mg or 950 mg would be 5 %: exactly the tolerance is accepted
    let at = OrderedAdministration::choose(
        &calculated("1000 mg/m2", "1 m2", Caps::NONE),
        &"525 mg".parse().unwrap(),
        &NEAREST_UP,
        Some(DeviationTolerance::constant("5 %")),
    )
    .unwrap();
    assert_eq!(at.dose().milligrams(), 1050);
    assert!(codes(&at).is_empty());
    for text in ["5", "0 %", "21 %", "101 %", "-5 %"] {
        assert!(text.parse::<DeviationTolerance>().is_err(), "{text}");
    }
}

#[test]
fn near_steps() {
    let near = |area: &str, stock: &str, policy: &RoundingPolicy| {
        let ordered = try_order("825 mg/m2", area, Caps::NONE, stock, policy).unwrap();
        let mut findings = ordered.findings().iter();
        findings
            .find(|finding| finding.is("capecitabine.near_step"))
            .map(|finding| finding.message().clone())
    };
    let stock = "500 mg, 150 mg (at most 2)";
    // the step is at 1400 / 825 = 1.69697 m2
    assert!(near("1.68 m2", stock, &NEAREST_UP).is_none());
    let message = near("1.69 m2", stock, &NEAREST_UP).unwrap();
    assert!(message.contains("1.69697 m2, where the dose changes from 1300 mg to 1500 mg"));
    assert!(near("1.706 m2", stock, &NEAREST_UP).is_some());
    assert!(near("1.708 m2", stock, &NEAREST_UP).is_none());
    // up and down change at the amounts themselves: 1500 / 825 = 1.81818 m2
    let up = near("1.82 m2", stock, &RoundingPolicy::Up).unwrap();
    assert!(up.contains("1.818182 m2, where the dose changes from 1500 mg to 1650 mg"));
    let down = near("1.815 m2", stock, &RoundingPolicy::Down).unwrap();
    assert!(down.contains("1.818182 m2, where the dose changes from 1300 mg to 1500 mg"));
    // the next step counts even when it lies more than one tablet above the calculated dose
    let up = near("2.42 m2", "500 mg", &RoundingPolicy::Up).unwrap();
    assert!(up.contains("2.424242 m2, where the dose changes from 2000 mg to 2500 mg"));
    // tables change at their edges
    let bands = RoundingPolicy::Bands(JAPAN_METHOD_D);
    let message = near("1.63 m2", "300 mg", &bands).unwrap();
    assert!(message.contains("1.64 m2, where the dose changes from 1200 mg to 1500 mg"));
    assert!(near("1.629 m2", "300 mg", &bands).is_none());
    // where steps are 0.006 m2 apart, every area is near one
    assert!(near("1.7 m2", "5 mg", &NEAREST_UP).is_none());
}

fn band(from: Option<&'static str>, to: Option<&'static str>, dose: &'static str) -> Band {
    Band {
        from: from.map(|text| SurfaceArea::constant(text).into()),
        to: to.map(|text| SurfaceArea::constant(text).into()),
        dose_per_administration: OrderedDose::constant(dose),
    }
}

fn table(bands: Vec<Band>) -> RoundingPolicy {
    RoundingPolicy::Bands(
        BandTable::new(
            "test",
            "test",
            Covers::AnyIntensity,
            Some(2),
            BelongsAbove,
            bands,
        )
        .unwrap(),
    )
}

#[test]
fn tables_refuse_what_they_are_not_for() {
    let bands = RoundingPolicy::Bands(JAPAN_METHOD_D);
    let thrice = Regimen::new("825 mg/m2".parse().unwrap(), 3).unwrap();
    let area = BodySurfaceArea::stated(SurfaceArea::constant("1.7 m2"), "test");
    let calculated_thrice = CalculatedAdministration::new(thrice, &area, Caps::NONE).unwrap();
    let stock: TabletStock = "300 mg".parse().unwrap();
    assert!(matches!(
        OrderedAdministration::choose(&calculated_thrice, &stock, &bands, None),
        Err(CapecitabineError::BandsForOtherRegimen {
            table: 2,
            regimen: 3,
            ..
        })
    ));
    // 900 mg needs six tablets of 150 mg
    assert!(matches!(
        try_order(
            "825 mg/m2",
            "1.2 m2",
            Caps::NONE,
            "500 mg, 150 mg (at most 2)",
            &bands
        ),
        Err(CapecitabineError::BandNotDeliverable { .. })
    ));
    let short = table(vec![band(None, Some("1.5 m2"), "1000 mg")]);
    assert!(matches!(
        try_order("825 mg/m2", "1.7 m2", Caps::NONE, "500 mg", &short),
        Err(CapecitabineError::OutsideBands { .. })
    ));
    // a table far above the calculated dose is followed, with its deviation
    let high = table(vec![band(None, None, "5000 mg")]);
    let ordered = try_order("825 mg/m2", "1.2 m2", Caps::NONE, "500 mg", &high).unwrap();
    assert_eq!(ordered.dose().milligrams(), 5000);
    assert!(ordered.chosen().deviation_percent() > 400.0);
    // the cap on the area moves the patient to another band
    let caps = Caps {
        body_surface_area: Some(SurfaceArea::constant("1.6 m2")),
        ..Caps::NONE
    };
    let ordered = try_order("825 mg/m2", "1.9 m2", caps, "300 mg", &bands).unwrap();
    assert_eq!(ordered.dose().milligrams(), 1200);
    assert_eq!(ordered.derivation().substitution, "table at 1.6 m2");
}

/// 1 mg tablets and the largest dose there is: many candidates, still quick.
#[test]
fn tiny_tablets_and_huge_doses() {
    let stock: TabletStock = "8 mg, 7 mg, 6 mg, 5 mg, 4 mg, 3 mg, 2 mg, 1 mg"
        .parse()
        .unwrap();
    let ordered = OrderedAdministration::choose(
        &calculated("10 g/m2", "4.9999 m2", Caps::NONE),
        &stock,
        &NEAREST_UP,
        None,
    )
    .unwrap();
    assert_eq!(ordered.dose().milligrams(), 49_999);
    assert_eq!(ordered.chosen().tablets_text(), "6249 x 8 mg + 1 x 7 mg");
    let amounts = DeliverableAmounts::up_to(&stock, OrderedDose::constant("50 g"));
    assert_eq!(amounts.iter().count(), 50_000);
}

#[test]
fn candidates_end_one_largest_tablet_above() {
    let stock = "500 mg, 150 mg (at most 2)";
    let ordered = try_order("825 mg/m2", "1.8 m2", Caps::NONE, stock, &NEAREST_UP).unwrap();
    let amounts: Vec<_> = ordered
        .candidates()
        .iter()
        .map(|candidate| candidate.amount().milligrams())
        .collect();
    assert_eq!(
        amounts,
        [150, 300, 500, 650, 800, 1000, 1150, 1300, 1500, 1650, 1800]
    );
    assert_eq!(
        ordered.derivation().to_string(),
        "dose to take per administration: deliverable amount by the policy: nearest, ties up = of \
         1300 mg, 1500 mg, 1650 mg for 1485 mg = 1500 mg [rounding policy and tablets as given]"
    );
    assert_eq!(
        ordered.derivation().intermediate,
        [
            "tablets: 3 x 500 mg = 1500 mg",
            "deviation from the calculated dose: 100 x (1500 - 1485) / 1485 = 1.010101 %"
        ]
    );
    let json = serde_json::to_value(&ordered).unwrap();
    assert_eq!(json["chosen"]["tablets"][0]["count"], 3);
    assert_eq!(json["calculated"]["body_surface_area"]["unit"], "m2");
}

/// 1500 mg from at most two tablets of 500 mg: one largest tablet is missing, which is reported;
/// more is refused. A table names its dose itself, so no limit is reported there.
#[test]
fn one_missing_tablet_is_the_limit() {
    let stock = "500 mg (at most 2)";
    let order = |area: &str, policy: &RoundingPolicy| {
        try_order("1250 mg/m2", area, Caps::NONE, stock, policy)
    };
    let ordered = order("1.2 m2", &NEAREST_UP).unwrap();
    assert_eq!(ordered.calculated().dose().milligrams(), 1500.0);
    assert_eq!(ordered.dose().milligrams(), 1000);
    assert!(codes(&ordered).contains(&"capecitabine.tablet_limit"));
    assert!(matches!(
        order("1.21 m2", &NEAREST_UP),
        Err(CapecitabineError::LimitsTooLow { .. })
    ));
    let policy = table(vec![band(None, None, "1000 mg")]);
    let ordered = order("1.21 m2", &policy).unwrap();
    assert_eq!(ordered.dose().milligrams(), 1000);
    assert!(!codes(&ordered).contains(&"capecitabine.tablet_limit"));
}

/// Published regimens give 1200 to 2500 mg/m2 a day; half or twice that may be a mix-up of "per
/// administration" and "per day".
#[test]
fn implausible_intensities_are_pointed_out() {
    for (intensity, usual) in [
        ("825 mg/m2", true),
        ("600 mg/m2", true),
        ("1250 mg/m2", true),
        ("412.5 mg/m2", false),
        ("599.9 mg/m2", false),
        ("1250.1 mg/m2", false),
        ("1650 mg/m2", false),
    ] {
        let calculated = calculated(intensity, "1.8 m2", Caps::NONE);
        let found = calculated.findings().first();
        assert_eq!(found.is_none(), usual, "{intensity}");
        assert!(found.is_none_or(|f| f.is("capecitabine.intensity")));
    }
}

/// Candidates end one largest tablet above the calculated dose, that amount included.
#[test]
fn the_last_candidate() {
    let last = |area: &str| {
        let ordered = try_order("1000 mg/m2", area, Caps::NONE, "500 mg", &NEAREST_UP).unwrap();
        ordered.candidates().last().unwrap().amount().milligrams()
    };
    assert_eq!(last("1 m2"), 1500);
    assert_eq!(last("0.9995 m2"), 1000);
}

/// 825 mg/m2 at 2.3 m2 is 1897.5 mg; a cap of 2 m2 leaves 1650 mg, 13.04 % less.
#[test]
fn deviations_before_and_after_a_cap() {
    let cap = Caps {
        body_surface_area: Some(SurfaceArea::constant("2 m2")),
        ..Caps::NONE
    };
    let stock = "500 mg, 150 mg (at most 2)";
    let order = |caps| try_order("825 mg/m2", "2.3 m2", caps, stock, &NEAREST_UP).unwrap();
    let capped = order(cap);
    assert_eq!(capped.dose().milligrams(), 1650);
    assert_eq!(capped.chosen().deviation_percent(), 0.0);
    let lost = capped.deviation_from_uncapped_percent();
    assert!((lost + 100.0 * 247.5 / 1897.5).abs() < 1e-12, "{lost}");
    let uncapped = order(Caps::NONE);
    let (left, right) = (
        uncapped.deviation_from_uncapped_percent(),
        uncapped.chosen().deviation_percent(),
    );
    assert!((left - right).abs() < 1e-12);
}
