//! Body surface areas and tablets that others have published, each with its source.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

use chemorad::capecitabine::{
    CalculatedAdministration, Caps, JAPAN_METHOD_D, OrderedAdministration, Regimen, RoundingPolicy,
    TabletStock, Ties,
};
use chemorad::patient::{
    BodySize, BodySurfaceArea, BodySurfaceAreaFormula, PatientError, Sex, SurfaceArea, Weight,
};
use chemorad::quantity::Fault;

fn size(height: &str, weight: &str) -> BodySize {
    BodySize::new(height.parse().unwrap(), weight.parse().unwrap()).unwrap()
}

fn area(formula: &str, height: &str, weight: &str, sex: Option<Sex>) -> f64 {
    let formula: BodySurfaceAreaFormula = formula.parse().unwrap();
    BodySurfaceArea::from_formula(formula, size(height, weight), sex)
        .unwrap()
        .square_meters()
}

/// pharmaverse/admiral, tests/testthat/test-derive_param_bsa.R at 6eb5125a296b: rounded to three
/// decimals there.
#[test]
fn admiral_test_suite() {
    let rows = [
        ("mosteller", 1.882, 2.151),
        ("du-bois", 1.864, 2.141),
        ("haycock", 1.895, 2.161),
        ("gehan-george", 1.897, 2.160),
        ("boyd", 1.905, 2.158),
        ("fujimoto", 1.819, 2.086),
        ("takahira", 1.878, 2.158),
    ];
    for (formula, first, second) in rows {
        for (height, weight, expected) in [("170 cm", "75 kg", first), ("185 cm", "90 kg", second)]
        {
            let found = area(formula, height, weight, None);
            assert!(
                (found - expected).abs() <= 0.0005,
                "{formula} at {height}, {weight}: {found}, published {expected}"
            );
        }
    }
}

/// gdl-lang/common-clinical-models, `BSA_Mosteller.v1.test.yml` at 4a9eccc7f6b9 (two decimals);
/// the docstring of medcalc-bench 1.7.0 (three); the body surface area page of simplifycalc (two).
#[test]
fn other_mosteller_rows() {
    for (height, weight, expected, half) in [
        ("180 cm", "72 kg", 1.90, 0.005),
        ("145 cm", "50 kg", 1.42, 0.005),
        ("179 cm", "58 kg", 1.698, 0.0005),
        ("170 cm", "80 kg", 1.94, 0.005),
    ] {
        let found = area("mosteller", height, weight, None);
        assert!((found - expected).abs() <= half, "{found} for {expected}");
    }
}

/// Arithmetic of this project from the published coefficients, at 170 cm and 70 kg: guards against
/// a mistyped coefficient, not an outside anchor.
#[test]
fn coefficients_at_170_cm_70_kg() {
    for (formula, sex, expected) in [
        ("boyd", None, 1.834_67),
        ("takahira", None, 1.824_067),
        ("shuter-aslani", None, 1.786_07),
        ("schlich", Some(Sex::Male), 1.697_976),
        ("schlich", Some(Sex::Female), 1.765_425),
        ("livingston-lee", None, 1.829_525),
        ("yu", None, 1.810_906),
        ("stevenson", None, 1.7801),
    ] {
        let found = area(formula, "170 cm", "70 kg", sex);
        assert!((found - expected).abs() <= 5.1e-7, "{formula}: {found}");
    }
}

/// Below 10 kg Livingston and Lee have their own coefficients: 0.1037 W^0.6724 there,
/// 0.1173 W^0.6466 from 10 kg on.
#[test]
fn livingston_lee_changes_at_10_kg() {
    let small = area("livingston-lee", "70 cm", "9.999999 kg", None);
    let large = area("livingston-lee", "70 cm", "10 kg", None);
    assert!((small - 0.1037 * 9.999_999_f64.powf(0.6724)).abs() < 1e-12);
    assert!((large - 0.1173 * 10_f64.powf(0.6466)).abs() < 1e-12);
}

/// What went wrong in published programs: here each is another number or an error.
#[test]
fn defects_of_other_programs() {
    // a documentation prints sqrt(H W)/3600: 0.03 m2
    assert!(area("mosteller", "170 cm", "75 kg", None) > 1.0);
    // Haycock drafted without its exponents: 309 m2
    assert!(area("haycock", "170 cm", "75 kg", None) < 2.0);
    // a height in metres put into a formula for centimetres: 0.0661 for 1.8636. The unit decides
    assert_eq!(
        area("du-bois", "1.70 m", "75 kg", None),
        area("du-bois", "170 cm", "75 kg", None)
    );
    // 0.1329 or 0.1592 for Stevenson's 0.1529
    assert!((area("stevenson", "170 cm", "70 kg", None) - 1.7801).abs() < 1e-12);
    // swapped height and weight gave a plausible 1.39 m2
    assert!(matches!(
        BodySize::new("70 cm".parse().unwrap(), "170 kg".parse().unwrap()),
        Err(PatientError::ImpossibleBodySize { .. })
    ));
    // a weight in pounds made a rule give nothing, without an error: here 50 lb is read
    assert_eq!(
        "50 lb".parse::<Weight>().unwrap().to_string(),
        "22.6796185 kg"
    );
    // per square metre is not an area, and `m^2` is not a UCUM unit
    assert_eq!(SurfaceArea::from_text("1.8 m-2"), Err(Fault::UnknownUnit));
    assert_eq!(SurfaceArea::from_text("1.8 m^2"), Err(Fault::UnknownUnit));
    // a sex that is not recognised took the male branch
    assert!(matches!(
        BodySurfaceArea::from_formula(
            BodySurfaceAreaFormula::Schlich,
            size("170 cm", "70 kg"),
            None
        ),
        Err(PatientError::SexRequired { .. })
    ));
}

fn order(
    intensity: &str,
    square_meters: &str,
    stock: &str,
    policy: &RoundingPolicy,
) -> OrderedAdministration {
    let regimen = Regimen::new(intensity.parse().unwrap(), 2).unwrap();
    let area = BodySurfaceArea::stated(square_meters.parse().unwrap(), "published table");
    let calculated = CalculatedAdministration::new(regimen, &area, Caps::NONE).unwrap();
    let stock: TabletStock = stock.parse().unwrap();
    OrderedAdministration::choose(&calculated, &stock, policy, None).unwrap()
}

const LABEL_STOCK: &str = "500 mg, 150 mg (at most 2)";
const UP: RoundingPolicy = RoundingPolicy::Nearest { ties: Ties::Up };
const DOWN: RoundingPolicy = RoundingPolicy::Nearest { ties: Ties::Down };

/// FDA label for Xeloda before 2022, table 1, 1250 mg/m2 twice daily: three rows, quoted by a
/// second source (droracle.ai/articles/578924). Ties up reproduces both ends of each row.
#[test]
fn legacy_label_rows() {
    for (from, to, daily, small, large) in [
        ("1.26 m2", "1.37 m2", 3300, 1, Some(3)),
        ("1.52 m2", "1.65 m2", 4000, 0, Some(4)),
        // the number of 500 mg tablets of this row is not confirmed
        ("1.78 m2", "1.91 m2", 4600, 2, None),
    ] {
        for square_meters in [from, to] {
            let ordered = order("1250 mg/m2", square_meters, LABEL_STOCK, &UP);
            assert_eq!(
                ordered.dose_per_day().milligrams(),
                daily,
                "{square_meters}"
            );
            let count = |strength| {
                let mut tablets = ordered.chosen().tablets().iter();
                let found = tablets.find(|tablet| tablet.strength.milligrams() == strength);
                found.map_or(0, |tablet| tablet.count)
            };
            assert_eq!(count(150), small, "{square_meters}");
            if let Some(large) = large {
                assert_eq!(count(500), large, "{square_meters}");
            }
        }
        // each row begins at a tie; ties down gives the row below
        let down = order("1250 mg/m2", from, LABEL_STOCK, &DOWN);
        assert!(down.is_tie(), "{from}");
        assert!(down.dose_per_day().milligrams() < daily, "{from}");
    }
}

/// Japan, method D, notice of 2016-02-26 (jshp.or.jp/content/2016/0226-1.html).
#[test]
fn japan_method_d() {
    let policy = RoundingPolicy::Bands(JAPAN_METHOD_D);
    for (square_meters, dose) in [
        ("1.00 m2", 900),
        ("1.309999 m2", 900),
        ("1.31 m2", 1200),
        ("1.639999 m2", 1200),
        ("1.64 m2", 1500),
        ("2.40 m2", 1500),
    ] {
        let ordered = order("825 mg/m2", square_meters, "300 mg", &policy);
        assert_eq!(ordered.dose().milligrams(), dose, "{square_meters}");
        assert_eq!(ordered.chosen().tablet_count(), dose / 300);
    }
    assert_eq!(JAPAN_METHOD_D.administrations_per_day(), Some(2));
    // its deviations from 825 mg/m2 show that it is no rounding
    let percent = |area| {
        order("825 mg/m2", area, "300 mg", &policy)
            .chosen()
            .deviation_percent()
    };
    assert!((percent("1.30 m2") + 16.1).abs() < 0.05);
    assert!((percent("1.31 m2") - 11.0).abs() < 0.05);
}

/// 825 mg/m2 under three rules: arithmetic of this project, worked by hand, not an outside anchor.
#[test]
fn three_readings_of_rounding() {
    // body surface area, then (ordered mg, deviation in percent) for 500 mg with at most two of
    // 150 mg; for 150 mg alone; for 500 and 150 mg in any number
    let rows = [
        ("1.3 m2", (1000, -6.76), (1050, -2.1), (1050, -2.1)),
        ("1.31 m2", (1150, 6.41), (1050, -2.85), (1100, 1.78)),
        ("1.48 m2", (1150, -5.81), (1200, -1.72), (1200, -1.72)),
        ("1.49 m2", (1300, 5.76), (1200, -2.38), (1250, 1.69)),
        ("1.55 m2", (1300, 1.66), (1350, 5.57), (1300, 1.66)),
        ("1.6 m2", (1300, -1.52), (1350, 2.27), (1300, -1.52)),
        ("1.69 m2", (1300, -6.76), (1350, -3.17), (1400, 0.41)),
        ("1.7 m2", (1500, 6.95), (1350, -3.74), (1400, -0.18)),
        ("1.82 m2", (1500, -0.1), (1500, -0.1), (1500, -0.1)),
        ("1.9 m2", (1500, -4.31), (1500, -4.31), (1550, -1.12)),
        ("1.91 m2", (1650, 4.71), (1650, 4.71), (1600, 1.54)),
        ("2.0 m2", (1650, 0.0), (1650, 0.0), (1650, 0.0)),
        ("2.1 m2", (1800, 3.9), (1800, 3.9), (1750, 1.01)),
    ];
    for (square_meters, label, small, any) in rows {
        for (stock, (dose, percent)) in [
            (LABEL_STOCK, label),
            ("150 mg", small),
            ("500 mg, 150 mg", any),
        ] {
            let ordered = order("825 mg/m2", square_meters, stock, &UP);
            assert_eq!(
                ordered.dose().milligrams(),
                dose,
                "{square_meters}, {stock}"
            );
            let found = ordered.chosen().deviation_percent();
            assert!(
                (found - percent).abs() <= 0.005_000_1,
                "{square_meters}, {stock}: {found}"
            );
        }
    }
}

/// The areas at which the dose changes at 825 mg/m2 (500 mg and at most two of 150 mg): two
/// millionths of a square metre on either side.
#[test]
fn steps_at_825() {
    for (step, below, above) in [
        (1_303_030, 1000, 1150),
        (1_484_848, 1150, 1300),
        (1_696_970, 1300, 1500),
        (1_909_091, 1500, 1650),
        (2_090_909, 1650, 1800),
    ] {
        for (square_millimeters, dose) in [(step - 2, below), (step + 2, above)] {
            let area = SurfaceArea::from_square_millimeters(square_millimeters).unwrap();
            let ordered = order("825 mg/m2", &area.to_string(), LABEL_STOCK, &UP);
            assert_eq!(ordered.dose().milligrams(), dose, "{area}");
            let mut findings = ordered.findings().iter();
            let near = findings.find(|finding| finding.is("capecitabine.near_step"));
            let message = &near.unwrap().message();
            assert!(message.contains(&format!("from {below} mg to {above} mg")));
        }
    }
}
