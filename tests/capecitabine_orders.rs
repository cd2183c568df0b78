//! Caps, limits, tables, edges and refusals on the way from a body size to tablets.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

use chemorad::capecitabine::{
    Band, BandEdge, BandFault, BandTable, CalculatedAdministration, CapecitabineError, Caps,
    DeliverableAmounts, DeviationTolerance, JAPAN_METHOD_D, OrderedAdministration, Regimen,
    RoundingPolicy, TabletStock, Ties,
};
use chemorad::finding::Outcome;
use chemorad::patient::{
    Age, BodySize, BodySurfaceArea, BodySurfaceAreaFormula, Height, PatientError, Sex, SurfaceArea,
    Weight,
};
use chemorad::quantity::{Basis, DoseIntensity, Fault, OrderedDose, TabletStrength};

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
    ordered.findings().iter().map(|f| f.code.as_str()).collect()
}

#[test]
fn impossible_and_unusual_bodies() {
    for text in [
        "",
        "170",
        "1.70",
        "1,70 m",
        "170cm2",
        "NaN cm",
        "inf cm",
        "0 cm",
        "-170 cm",
        "19.9 cm",
        "280.0001 cm",
        "1.7 cm",
        "170 kg",
        "1e2 cm",
        "170.00001 cm",
    ] {
        assert!(text.parse::<Height>().is_err(), "{text:?}");
    }
    for text in [
        "70", "70,5 kg", "0.199 kg", "700.1 kg", "70 cm", "NaN kg", "1540 kg",
    ] {
        assert!(text.parse::<Weight>().is_err(), "{text:?}");
    }
    for text in ["62", "62.5 a", "121 a", "200 years", "-1 a"] {
        assert!(text.parse::<Age>().is_err(), "{text:?}");
    }
    assert_eq!("0 a".parse::<Age>().unwrap().years(), 0);
    assert_eq!(Height::from_text("19.9 cm"), Err(Fault::BelowMinimum));
    assert_eq!(Weight::from_text("700.1 kg"), Err(Fault::AboveMaximum));

    // the edges of the body-mass index, 4 and 210 kg/m2, are inside
    let size = |height: &str, weight: &str| {
        BodySize::new(height.parse().unwrap(), weight.parse().unwrap())
    };
    assert!(size("100 cm", "4 kg").is_ok());
    assert!(size("100 cm", "3.999999999 kg").is_err());
    assert!(size("100 cm", "210 kg").is_ok());
    assert!(size("100 cm", "210.000000001 kg").is_err());
    // a newborn
    assert!(size("50 cm", "3.4 kg").is_ok());

    let codes = |height, weight| {
        let warnings = size(height, weight).unwrap().warnings();
        assert!(
            warnings
                .iter()
                .all(|warning| warning.outcome == Outcome::Warn)
        );
        warnings
            .iter()
            .map(|warning| warning.code.to_string())
            .collect::<Vec<_>>()
    };
    assert!(codes("170 cm", "70 kg").is_empty());
    assert!(codes("130 cm", "35 kg").is_empty());
    assert!(codes("210 cm", "150 kg").is_empty());
    assert_eq!(codes("129.9 cm", "40 kg"), ["patient.height"]);
    assert_eq!(codes("210.1 cm", "100 kg"), ["patient.height"]);
    assert_eq!(codes("150 cm", "34.9 kg"), ["patient.weight"]);
    assert_eq!(codes("200 cm", "150.1 kg"), ["patient.weight"]);
    assert_eq!(codes("170 cm", "40 kg"), ["patient.body_mass_index"]);
    assert_eq!(codes("150 cm", "115 kg"), ["patient.body_mass_index"]);
}

#[test]
fn a_swap_that_is_possible_is_pointed_out() {
    let size = BodySize::new(Height::constant("100 cm"), Weight::constant("150 kg")).unwrap();
    assert!(size.warnings()[0].message.contains("may be swapped"));
    let tall = BodySize::new(Height::constant("215 cm"), Weight::constant("90 kg")).unwrap();
    assert!(!tall.warnings()[0].message.contains("swapped"));
}

#[test]
fn body_sizes_in_files() {
    let size: BodySize =
        serde_json::from_str(r#"{"height": {"value": 1.7, "unit": "m"}, "weight": "70 kg"}"#)
            .unwrap();
    assert_eq!(size.to_string(), "170 cm, 70 kg");
    for wrong in [
        r#"{"height": "70 cm", "weight": "170 kg"}"#,
        r#"{"height": 170, "weight": "70 kg"}"#,
        r#"{"height": "170 cm"}"#,
        r#"{"height": "170 cm", "weight": "70 kg", "bmi": 24}"#,
        r#"{"height": "70 kg", "weight": "170 cm"}"#,
    ] {
        assert!(serde_json::from_str::<BodySize>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn formulas_by_name() {
    for formula in BodySurfaceAreaFormula::ALL {
        assert_eq!(
            formula
                .to_string()
                .parse::<BodySurfaceAreaFormula>()
                .unwrap(),
            formula
        );
        let json = serde_json::to_string(&formula).unwrap();
        assert_eq!(json, format!("\"{formula}\""));
        assert_eq!(
            serde_json::from_str::<BodySurfaceAreaFormula>(&json).unwrap(),
            formula
        );
        assert_eq!(
            formula.needs_sex(),
            formula == BodySurfaceAreaFormula::Schlich
        );
        for text in [formula.formula(), formula.source(), formula.read_in()] {
            assert!(!text.is_empty());
        }
    }
    let error = "Mosteler"
        .parse::<BodySurfaceAreaFormula>()
        .unwrap_err()
        .to_string();
    for formula in BodySurfaceAreaFormula::ALL {
        assert!(error.contains(formula.name()), "{error}");
    }
    assert!(
        "other"
            .parse::<Sex>()
            .unwrap_err()
            .to_string()
            .contains("female or male")
    );
    assert_eq!(Sex::Male.to_string().parse::<Sex>().unwrap(), Sex::Male);
}

#[test]
fn stevenson_is_for_adult_sizes_only() {
    let of = |height: &str, weight: &str| {
        let size = BodySize::new(height.parse().unwrap(), weight.parse().unwrap()).unwrap();
        BodySurfaceArea::from_formula(BodySurfaceAreaFormula::Stevenson, size, None)
    };
    assert!(of("130 cm", "35 kg").is_ok());
    assert!(of("210 cm", "150 kg").is_ok());
    let error = of("100 cm", "16 kg").unwrap_err();
    assert!(matches!(error, PatientError::OutsideFormulaRange { .. }));
    assert!(
        error
            .to_string()
            .contains("130 cm to 210 cm and 35 kg to 150 kg")
    );
    assert!(of("180 cm", "150.1 kg").is_err());
}

/// Every derivation can be redone: the substitution is the formula with the numbers.
#[test]
fn derivations_of_areas() {
    let size = BodySize::new(Height::constant("170.5 cm"), Weight::constant("70 kg")).unwrap();
    let derivation = |formula| {
        BodySurfaceArea::from_formula(formula, size, Some(Sex::Female))
            .unwrap()
            .derivation()
    };
    let boyd = derivation(BodySurfaceAreaFormula::Boyd);
    assert_eq!(
        boyd.substitution,
        "0.0003207 x 170.5^0.3 x 70000^(0.7285 - 0.0188 log10 70000)"
    );
    assert_eq!(
        boyd.intermediate,
        [
            "G = 1000 x 70 = 70000",
            "log10 G = 4.845098",
            "0.7285 - 0.0188 log10 G = 0.637412157",
            "H^0.3 = 170.5^0.3 = 4.672156",
            "G^0.637412157 = 1225.531256",
        ]
    );
    let schlich = derivation(BodySurfaceAreaFormula::Schlich);
    assert_eq!(schlich.substitution, "0.000975482 x 170.5^1.08 x 70^0.46");
    let stevenson = derivation(BodySurfaceAreaFormula::Stevenson);
    assert_eq!(
        stevenson.substitution,
        "0.0061 x 170.5 + 0.0128 x 70 - 0.1529"
    );
    assert_eq!(
        stevenson.intermediate,
        [
            "0.0061 H = 0.0061 x 170.5 = 1.04005",
            "0.0128 W = 0.0128 x 70 = 0.896"
        ]
    );
    assert_eq!(stevenson.result, "1.78315 m2");
    let livingston = derivation(BodySurfaceAreaFormula::LivingstonLee);
    assert_eq!(livingston.substitution, "0.1173 x 70^0.6466");
}

#[test]
fn unusual_areas_are_reported() {
    let codes = |area: &str| {
        BodySurfaceArea::stated(area.parse().unwrap(), "test")
            .warnings()
            .len()
    };
    assert_eq!([codes("1.19 m2"), codes("2.51 m2")], [1, 1]);
    assert_eq!([codes("1.2 m2"), codes("2.5 m2")], [0, 0]);
}

#[test]
fn regimens() {
    let trial: Regimen = serde_json::from_str(
        r#"{"intensity_per_administration": "825 mg/m2", "administrations_per_day": 2}"#,
    )
    .unwrap();
    assert_eq!(
        trial.intensity_per_day().milligrams_per_square_meter(),
        1650.0
    );
    let json = serde_json::to_string(&trial).unwrap();
    assert_eq!(serde_json::from_str::<Regimen>(&json).unwrap(), trial);
    for times in [0, 5] {
        assert!(Regimen::new("825 mg/m2".parse().unwrap(), times).is_err());
    }
    // 4 x 10000 mg/m2 is above the largest daily intensity
    assert!(Regimen::new("10 g/m2".parse().unwrap(), 4).is_err());
    let daily = DoseIntensity::parse("1000 mg/m2/d", Basis::Day).unwrap();
    assert!(matches!(
        Regimen::from_intensity(daily, 3),
        Err(CapecitabineError::UnevenDay { .. })
    ));
    assert!(Regimen::from_intensity(daily, 0).is_err());
    // one per day is not one per administration
    assert!(
        serde_json::from_str::<Regimen>(
            r#"{"intensity_per_administration": "1650 mg/m2/d", "administrations_per_day": 2}"#
        )
        .is_err()
    );
}

#[test]
fn caps_act_only_when_given_and_say_so() {
    let uncapped = calculated("825 mg/m2", "2.3 m2", Caps::NONE);
    assert_eq!(uncapped.dose(), uncapped.uncapped());
    assert!(!uncapped.is_capped() && uncapped.findings().is_empty());

    let area_cap = Caps {
        body_surface_area: Some(SurfaceArea::constant("2 m2")),
        ..Caps::NONE
    };
    let capped = calculated("825 mg/m2", "2.3 m2", area_cap);
    assert_eq!(capped.dose().milligrams(), 1650.0);
    assert_eq!(capped.uncapped(), uncapped.dose());
    assert_eq!(capped.square_meters_used(), 2.0);
    assert!(capped.findings()[0].message.contains("Griggs 2012"));
    assert!(capped.findings()[0].message.contains("13.0 % less"));
    assert_eq!(
        capped.derivation().intermediate,
        ["BSA capped at 2 m2: 825 mg/m2 x 2 m2 = 1650 mg"]
    );
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
            .contains("without it 1500 mg would be ordered")
    );
    let most = ordered.candidates().last().unwrap();
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

#[test]
fn stocks() {
    let new = |strengths: &[&'static str]| {
        TabletStock::new(strengths.iter().map(|text| TabletStrength::constant(text)))
    };
    assert!(matches!(new(&[]), Err(CapecitabineError::EmptyStock)));
    assert!(matches!(
        new(&["150 mg", "500 mg", "0.15 g"]),
        Err(CapecitabineError::DuplicateStrength { .. })
    ));
    let nine = [
        "1 mg", "2 mg", "3 mg", "4 mg", "5 mg", "6 mg", "7 mg", "8 mg", "9 mg",
    ];
    assert!(matches!(
        new(&nine),
        Err(CapecitabineError::TooManyStrengths)
    ));
    assert!(new(&nine[..8]).is_ok());
    let stock = new(&["150 mg", "500 mg"]).unwrap();
    assert!(matches!(
        stock.with_limit(TabletStrength::constant("150 mg"), 0),
        Err(CapecitabineError::ZeroLimit { .. })
    ));
    assert!(matches!(
        stock.with_limit(TabletStrength::constant("300 mg"), 2),
        Err(CapecitabineError::LimitWithoutStock { .. })
    ));
    for text in [
        "",
        "500",
        "500 mg,",
        "500mg;150mg",
        "0 mg",
        "500 mg (at most )",
        "500 mg (at most -1)",
        "500 mg (at most 2",
        "500 mg (2)",
        "500 mg (at most 99999999999)",
        "500 mg (at most 0)",
    ] {
        assert!(text.parse::<TabletStock>().is_err(), "{text:?}");
    }
    let json = r#"[{"strength": "500 mg"}, {"strength": "150 mg", "at_most": 2}]"#;
    let stock: TabletStock = serde_json::from_str(json).unwrap();
    assert_eq!(stock.to_string(), "500 mg, 150 mg (at most 2)");
    assert!(serde_json::from_str::<TabletStock>(r#"[{"strength": "500 mg", "max": 2}]"#).is_err());
}

#[test]
fn policies_in_text_and_files() {
    assert_eq!(
        RoundingPolicy::parse("nearest", Some(Ties::Down)).unwrap(),
        NEAREST_DOWN
    );
    assert_eq!(
        RoundingPolicy::parse("up", None).unwrap(),
        RoundingPolicy::Up
    );
    assert!(matches!(
        RoundingPolicy::parse("nearest", None),
        Err(CapecitabineError::TiesRequired)
    ));
    assert!(matches!(
        RoundingPolicy::parse("up", Some(Ties::Up)),
        Err(CapecitabineError::TiesWithoutNearest { .. })
    ));
    assert!(matches!(
        RoundingPolicy::parse("half-up", None),
        Err(CapecitabineError::UnknownRounding { .. })
    ));
    for policy in [
        NEAREST_UP,
        NEAREST_DOWN,
        RoundingPolicy::Up,
        RoundingPolicy::Down,
        RoundingPolicy::Bands(JAPAN_METHOD_D),
    ] {
        let json = serde_json::to_string(&policy).unwrap();
        assert_eq!(
            serde_json::from_str::<RoundingPolicy>(&json).unwrap(),
            policy
        );
    }
    assert_eq!(
        serde_json::to_string(&NEAREST_UP).unwrap(),
        r#"{"nearest":{"ties":"up"}}"#
    );
    assert!(serde_json::from_str::<RoundingPolicy>(r#"{"nearest":{}}"#).is_err());
    assert!("even".parse::<Ties>().is_err());
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
    // 150 kg at 158.76 cm and 36 kg: Mosteller's area is 1.26 up to float noise
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
    let finding = findings
        .find(|f| f.code.is("capecitabine.deviation"))
        .unwrap();
    assert_eq!(finding.outcome, Outcome::Fail);
    assert_eq!(finding.found.as_deref(), Some("-6.76 %"));
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
    for text in ["5", "0 %", "101 %", "-5 %"] {
        assert!(text.parse::<DeviationTolerance>().is_err(), "{text}");
    }
}

#[test]
fn near_steps() {
    let near = |area: &str, stock: &str, policy: &RoundingPolicy| {
        let ordered = try_order("825 mg/m2", area, Caps::NONE, stock, policy).unwrap();
        let mut findings = ordered.findings().iter();
        findings
            .find(|finding| finding.code.is("capecitabine.near_step"))
            .map(|finding| finding.message.clone())
    };
    let stock = "500 mg, 150 mg (at most 2)";
    // the step is at 1400 / 825 = 1.69697 m2
    assert!(near("1.68 m2", stock, &NEAREST_UP).is_none());
    let message = near("1.69 m2", stock, &NEAREST_UP).unwrap();
    assert!(message.contains("1.697 m2, where the dose changes from 1300 mg to 1500 mg"));
    assert!(near("1.706 m2", stock, &NEAREST_UP).is_some());
    assert!(near("1.708 m2", stock, &NEAREST_UP).is_none());
    // up and down change at the amounts themselves: 1500 / 825 = 1.81818 m2
    let up = near("1.82 m2", stock, &RoundingPolicy::Up).unwrap();
    assert!(up.contains("1.8182 m2, where the dose changes from 1500 mg to 1650 mg"));
    let down = near("1.815 m2", stock, &RoundingPolicy::Down).unwrap();
    assert!(down.contains("1.8182 m2, where the dose changes from 1300 mg to 1500 mg"));
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
        from: from.map(SurfaceArea::constant),
        to: to.map(SurfaceArea::constant),
        dose_per_administration: OrderedDose::constant(dose),
    }
}

fn table(bands: Vec<Band>, edge: BandEdge) -> Result<BandTable, CapecitabineError> {
    BandTable::new("test", "test", 2, edge, bands)
}

#[test]
fn tables_without_gap_or_overlap() {
    let fault = |bands| match table(bands, BandEdge::BelongsAbove) {
        Err(CapecitabineError::Bands { fault, .. }) => fault,
        other => panic!("{other:?}"),
    };
    let first = band(None, Some("1.3 m2"), "1000 mg");
    assert_eq!(fault(vec![]), BandFault::NoRows);
    assert_eq!(
        fault(vec![first, band(Some("1.31 m2"), None, "1150 mg")]),
        BandFault::Gap(2)
    );
    assert_eq!(
        fault(vec![first, band(Some("1.29 m2"), None, "1150 mg")]),
        BandFault::Overlap(2)
    );
    assert_eq!(
        fault(vec![first, band(Some("1.3 m2"), None, "950 mg")]),
        BandFault::DoseFalls(2)
    );
    assert_eq!(
        fault(vec![first, band(None, None, "1150 mg")]),
        BandFault::OpenInside(2)
    );
    assert_eq!(
        fault(vec![band(Some("1.3 m2"), Some("1.3 m2"), "1000 mg")]),
        BandFault::Inverted(1)
    );
    let none = BandTable::new("test", "test", 0, BandEdge::BelongsAbove, vec![first]);
    assert!(
        none.unwrap_err()
            .to_string()
            .contains("1 to 4 administrations")
    );
}

#[test]
fn table_edges_and_ends() {
    let bands = vec![
        band(Some("1.2 m2"), Some("1.3 m2"), "1000 mg"),
        band(Some("1.3 m2"), Some("1.4 m2"), "1150 mg"),
    ];
    let dose = |edge, area: f64| {
        table(bands.clone(), edge)
            .unwrap()
            .band(area)
            .map(|band| band.dose_per_administration.milligrams())
    };
    use BandEdge::{BelongsAbove, BelongsBelow};
    for edge in [BelongsAbove, BelongsBelow] {
        assert_eq!(dose(edge, 1.2), Some(1000));
        assert_eq!(dose(edge, 1.2999), Some(1000));
        assert_eq!(dose(edge, 1.3001), Some(1150));
        assert_eq!(dose(edge, 1.4), Some(1150));
        assert_eq!(dose(edge, 1.1999), None);
        assert_eq!(dose(edge, 1.4001), None);
        assert_eq!(dose(edge, f64::NAN), None);
        assert_eq!(dose(edge, f64::INFINITY), None);
    }
    // at the edge, float noise included
    for area in [1.3, 1.3 - 1e-10, 1.3 + 1e-10] {
        assert_eq!(dose(BelongsAbove, area), Some(1150));
        assert_eq!(dose(BelongsBelow, area), Some(1000));
    }
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
    let short = table(
        vec![band(None, Some("1.5 m2"), "1000 mg")],
        BandEdge::BelongsAbove,
    );
    assert!(matches!(
        try_order(
            "825 mg/m2",
            "1.7 m2",
            Caps::NONE,
            "500 mg",
            &RoundingPolicy::Bands(short.unwrap())
        ),
        Err(CapecitabineError::OutsideBands { .. })
    ));
    // a table far above the calculated dose is followed, with its deviation
    let high = table(vec![band(None, None, "5000 mg")], BandEdge::BelongsAbove);
    let ordered = try_order(
        "825 mg/m2",
        "1.2 m2",
        Caps::NONE,
        "500 mg",
        &RoundingPolicy::Bands(high.unwrap()),
    )
    .unwrap();
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

#[test]
fn tables_in_files() {
    let file = r#"
        label = "two bands, 2026-01-01"
        source = "a site's own table"
        administrations_per_day = 2
        edge = "belongs_below"
        bands = [
            { to = "1.5 m2", dose_per_administration = "1000 mg" },
            { from = { value = 1.5, unit = "m2" }, dose_per_administration = "1500 mg" },
        ]
    "#;
    let table: BandTable = toml::from_str(file).unwrap();
    assert_eq!(table.bands().len(), 2);
    assert_eq!(table.edge(), BandEdge::BelongsBelow);
    let again: BandTable = serde_json::from_str(&serde_json::to_string(&table).unwrap()).unwrap();
    assert_eq!(again, table);
    assert!(toml::from_str::<BandTable>(&file.replace("to = \"1.5", "to = \"1.4")).is_err());
    assert!(toml::from_str::<BandTable>(&file.replace("edge =", "edges =")).is_err());
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
        "ordered dose per administration: deliverable amount by the policy: nearest, ties up = of \
         1300 mg, 1500 mg, 1650 mg for 1485 mg = 1500 mg [rounding policy and tablets as given]"
    );
    assert_eq!(
        ordered.derivation().intermediate,
        [
            "tablets: 3 x 500 mg = 1500 mg",
            "deviation: 100 x (1500 - 1485) / 1485 = 1.0101 %"
        ]
    );
    let json = serde_json::to_value(&ordered).unwrap();
    assert_eq!(json["chosen"]["tablets"][0]["count"], 3);
    assert_eq!(json["calculated"]["body_surface_area"]["unit"], "m2");
}
