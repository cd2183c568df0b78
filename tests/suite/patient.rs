//! Bodies that are impossible, unusual or swapped, formulas by name, derivations of areas.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

use chemorad::patient::{
    Age, BodySize, BodySurfaceArea, BodySurfaceAreaFormula, Height, PatientError, Sex, SurfaceArea,
    Weight,
};
use chemorad::quantity::Fault;
use chemorad::report::Outcome;

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
            .map(|warning| warning.code().to_string())
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
    assert!(size.warnings()[0].message().contains("may be swapped"));
    let tall = BodySize::new(Height::constant("215 cm"), Weight::constant("90 kg")).unwrap();
    assert!(!tall.warnings()[0].message().contains("swapped"));
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

/// An area says what made it: its formula, or who stated it.
#[test]
fn areas_know_their_origin() {
    let size = BodySize::new(Height::constant("170.5 cm"), Weight::constant("70 kg")).unwrap();
    assert_eq!(size.height().micrometers(), 1_705_000);
    for formula in BodySurfaceAreaFormula::ALL {
        let area = BodySurfaceArea::from_formula(formula, size, Some(Sex::Female)).unwrap();
        assert_eq!(area.formula(), Some(formula));
        // the numbers are in the text: weight always, and where they were read
        assert!(formula.formula().contains('W'), "{formula}");
        assert!(formula.read_in().contains("publi"), "{formula}");
        assert!(
            formula.source().starts_with(char::is_uppercase),
            "{formula}"
        );
    }
    let stated = BodySurfaceArea::stated(SurfaceArea::constant("1.8 m2"), "order form");
    assert_eq!(stated.formula(), None);
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
