//! The published tests of pharmaverse/admiral (Apache-2.0), through a cohort.

use chemorad::capecitabine::columns::CohortRules;
use chemorad::patient::{BodySurfaceAreaFormula, WeightBasis};

use crate::common::{every, read};

fn with(formula: BodySurfaceAreaFormula, basis: Option<WeightBasis>) -> CohortRules {
    CohortRules::new(&every(), formula, basis).unwrap()
}

/// `compute_bsa`, `tests/testthat/test-derive_param_bsa.R` at 6eb5125a296b: rounded to three decimals.
#[test]
fn body_surface_area() {
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
        let rules = with(formula.parse().unwrap(), None);
        let read = read(rules, "id,height_cm,weight_kg\nA,170,75\nB,185,90\n");
        for (row, published) in [first, second].into_iter().enumerate() {
            let own: f64 = read.cell(row, "bsa_m2").parse().unwrap();
            assert!(
                (own - published).abs() <= 0.0005,
                "{formula}: {own}, {published}"
            );
        }
    }
}

/// `compute_bmi`, `tests/testthat/test-derive_param_bmi.R` at 1718f4347165: rounded to three decimals, from
/// the calculator of the Centers for Disease Control; what is missing, or no height, gives nothing.
#[test]
fn body_mass_index() {
    let rules = with(BodySurfaceAreaFormula::Mosteller, None);
    let file = "id,height_cm,weight_kg\nA,180,75\nB,200,100\nC,NA,75\nD,200,NA\nE,0,75\n";
    let read = read(rules, file);
    for (row, published) in [23.148, 25.0].into_iter().enumerate() {
        let own: f64 = read.cell(row, "bmi").parse().unwrap();
        assert!((own - published).abs() <= 0.0005, "{own}, {published}");
    }
    for row in 2..5 {
        assert_eq!(read.cell(row, "bmi"), "");
        assert_eq!(read.cell(row, "outcome"), "cannot_tell");
    }
}

/// `compute_egfr` with the method CRCL, `tests/testthat/test-compute_kidney.R` at 05459a5e6d85: whole numbers
/// of the calculator of the National Kidney Foundation.
#[test]
fn creatinine_clearance() {
    let rules = || {
        let actual = Some(WeightBasis::Actual);
        with(BodySurfaceAreaFormula::Mosteller, actual)
    };
    // the height plays no part with the actual weight
    for (column, row, published) in [
        ("creatinine_mg_dl", "175,90,M,55,1.09", 97.0),
        ("creatinine_umol_l", "165,60,F,65,85", 55.0),
    ] {
        let file = format!("height_cm,weight_kg,SEX,age_years,{column}\n{row}\n");
        let read = read(rules(), &file);
        let own: f64 = read.cell(0, "creatinine_clearance_ml_min").parse().unwrap();
        assert!((own - published).abs() <= 0.5, "{own}, {published}");
    }
}
