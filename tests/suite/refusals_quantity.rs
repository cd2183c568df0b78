//! Texts, numbers, JSON and TOML that are no quantity, and how the refusals read. The list follows
//! the defects found in other open programs: NaN and infinities that run through, missing units, sums
//! across alpha/beta. Sums of different kinds do not compile: see `compile_fail`.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]
#![allow(clippy::doc_markdown, reason = "names of programs")]

use std::fmt::Debug;
use std::str::FromStr;

use chemorad::quantity::si::{AbsorbedDoseSi, ArealMassDensity, gray, milligram_per_square_meter};
use chemorad::quantity::{
    AbsorbedDose, AlphaBeta, Basis, Bed, CalculatedDose, DailyDose, DoseIntensity, Eqd,
    EquivalentError, Fault, IntensityPerAdministration, IntensityPerDay, OrderedDose,
    TabletStrength,
};
use chemorad::radiobiology::TWO_GRAY;
use chemorad::radiotherapy::Fractionation;
use serde::de::DeserializeOwned;

fn refusal<T: FromStr + Debug>(text: &str) -> String
where
    T::Err: ToString,
{
    match text.parse::<T>() {
        Ok(value) => panic!("{text:?} was read as {value:?}"),
        Err(error) => error.to_string(),
    }
}

fn json_refusal<T: DeserializeOwned + Debug>(json: &str) -> String {
    match serde_json::from_str::<T>(json) {
        Ok(value) => panic!("{json} was read as {value:?}"),
        Err(error) => error.to_string(),
    }
}

fn toml_refusal<T: DeserializeOwned + Debug>(value: &str) -> String {
    match toml::from_str::<std::collections::BTreeMap<String, T>>(&format!("field = {value}")) {
        Ok(value) => panic!("{value:?} was read"),
        Err(error) => error.to_string(),
    }
}

fn ab(text: &str) -> AlphaBeta {
    text.parse().unwrap()
}

/// Each way to write a dose wrong has its own fault, for every exact quantity.
#[test]
fn wrong_texts() {
    macro_rules! check {
        ($name:ty, $unit:literal, $too_fine:literal, $too_large:literal) => {
            for (text, fault) in [
                ("", Fault::Empty),
                (" \t\n", Fault::Empty),
                ("1", Fault::MissingUnit),
                ("1 ", Fault::MissingUnit),
                (concat!("1 ", $unit, "x"), Fault::UnknownUnit),
                ("1 kg", Fault::UnknownUnit),
                (concat!("1 1 ", $unit), Fault::UnknownUnit),
                ("1 Sv", Fault::UnknownUnit),
                ($unit, Fault::MissingNumber),
                (concat!(".5 ", $unit), Fault::MissingNumber),
                (concat!("+1 ", $unit), Fault::MissingNumber),
                (concat!("\u{2212}1 ", $unit), Fault::Negative),
                (concat!("\u{661} ", $unit), Fault::MissingNumber),
                (concat!("5. ", $unit), Fault::MalformedNumber),
                (concat!("1.2.3 ", $unit), Fault::MalformedNumber),
                (concat!("1e3 ", $unit), Fault::MalformedNumber),
                (concat!("1E+3 ", $unit), Fault::MalformedNumber),
                (concat!("1,5 ", $unit), Fault::DecimalComma),
                (concat!("1.000,5 ", $unit), Fault::DecimalComma),
                (concat!("-1 ", $unit), Fault::Negative),
                (concat!("-0 ", $unit), Fault::Negative),
                (concat!("0 ", $unit), Fault::Zero),
                (concat!("0.000 ", $unit), Fault::Zero),
                (concat!("NaN ", $unit), Fault::NotFinite),
                (concat!("nan", $unit), Fault::NotFinite),
                (concat!("inf ", $unit), Fault::NotFinite),
                (concat!("Infinity ", $unit), Fault::NotFinite),
                (concat!("-inf ", $unit), Fault::Negative),
                (
                    concat!("1000000000000000000000000 ", $unit),
                    Fault::TooManyDigits,
                ),
                (
                    concat!("999999999999999999999999 ", $unit),
                    Fault::AboveMaximum,
                ),
                ($too_fine, Fault::TooPrecise),
                ($too_large, Fault::AboveMaximum),
            ] {
                match text.parse::<$name>() {
                    Ok(value) => panic!("{text:?} was read as {value:?}"),
                    Err(error) => assert_eq!(error.fault(), fault, "{text:?}: {error}"),
                }
                assert_eq!(<$name>::from_text(text), Err(fault), "{text:?}");
            }
        };
    }
    check!(AbsorbedDose, "Gy", "0.0000001 Gy", "1000.000001 Gy");
    check!(AlphaBeta, "Gy", "0.0000001 Gy", "1000.000001 Gy");
    check!(
        IntensityPerAdministration,
        "mg/m2",
        "0.0000001 mg/m2",
        "10000.000001 mg/m2"
    );
    check!(
        IntensityPerDay,
        "mg/m2/d",
        "0.0000001 mg/m2/d",
        "20000.000001 mg/m2/d"
    );
    check!(TabletStrength, "mg", "0.5 mg", "2001 mg");
    check!(OrderedDose, "mg", "1485.25 mg", "50001 mg");
    check!(DailyDose, "mg", "0.5 mg", "500001 mg");
}

/// The messages say what was given, what is allowed, and what to do.
#[test]
fn messages_teach() {
    for (text, message) in [
        (
            "45",
            r#"absorbed dose "45": the unit is missing; write the number with one of: Gy, cGy"#,
        ),
        (
            "45 gray",
            r#"absorbed dose "45 gray": the unit is not one this quantity is measured in; write the number with one of: Gy, cGy"#,
        ),
        (
            "45,0 Gy",
            r#"absorbed dose "45,0 Gy": write a decimal point, not a comma"#,
        ),
        (
            "4500 Gy",
            r#"absorbed dose "4500 Gy": the value is too large to be meant; allowed: 0.000001 Gy to 1000 Gy; check the unit: 4500 cGy is 45 Gy"#,
        ),
        (
            "-45 Gy",
            r#"absorbed dose "-45 Gy": the number must not be negative; allowed: 0.000001 Gy to 1000 Gy; check the unit: 4500 cGy is 45 Gy"#,
        ),
        (
            "1.8000001 Gy",
            r#"absorbed dose "1.8000001 Gy": it has more decimal places than the quantity is kept with; the smallest step is 0.000001 Gy"#,
        ),
        (
            "NaN Gy",
            r#"absorbed dose "NaN Gy": the number must be finite"#,
        ),
        (
            "",
            r#"absorbed dose "": nothing was given; write the number with one of: Gy, cGy"#,
        ),
    ] {
        assert_eq!(refusal::<AbsorbedDose>(text), message);
    }
    assert_eq!(
        refusal::<AlphaBeta>("0 Gy"),
        r#"alpha/beta ratio "0 Gy": the value must be greater than zero; allowed: 0.000001 Gy to 1000 Gy; published ratios lie between about 1 and 20 Gy"#
    );
    assert_eq!(
        refusal::<IntensityPerAdministration>("825 mg"),
        r#"dose intensity per administration "825 mg": the unit is not one this quantity is measured in; write the number with one of: mg/m2, mg/m², g/m2"#
    );
    for (text, message) in [
        (
            "45Gy",
            r#""45Gy" is not a fractionation; write 45Gy/25, "45 Gy in 25", "25 x 1.8 Gy", "1.8 Gy x 25" or "45 Gy in 25 x 1.8 Gy""#,
        ),
        (
            "45/25",
            r#"absorbed dose "45": the unit is missing; write the number with one of: Gy, cGy"#,
        ),
        (
            "25 x 1.8",
            r#"absorbed dose " 1.8": the unit is missing; write the number with one of: Gy, cGy"#,
        ),
        (
            "45Gy/25.9",
            r#""25.9" is not a number of fractions; write a whole number from 1 to 200"#,
        ),
        (
            "45Gy/0",
            "0 fractions: the number of fractions must be from 1 to 200",
        ),
        (
            "45Gy/201",
            "201 fractions: the number of fractions must be from 1 to 200",
        ),
        (
            "45 Gy in 25 x 2 Gy",
            "25 x 2 Gy is 50 Gy, not 45 Gy: correct one of the three, or give only two",
        ),
        ("200 x 6 Gy", "200 x 6 Gy is above 1000 Gy: check the unit"),
    ] {
        assert_eq!(refusal::<Fractionation>(text), message);
    }
}

/// rad-tools and pyradiobiology answer NaN for a NaN alpha/beta or dose.
#[test]
fn floats_that_are_no_doses() {
    for (value, fault) in [
        (f64::NAN, Fault::NotFinite),
        (f64::INFINITY, Fault::NotFinite),
        (f64::NEG_INFINITY, Fault::NotFinite),
        (-45.0, Fault::Negative),
        (-f64::MIN_POSITIVE, Fault::Negative),
        (0.0, Fault::Zero),
        (-0.0, Fault::Zero),
        (1000.1, Fault::AboveMaximum),
        (f64::MAX, Fault::AboveMaximum),
        (f64::MIN_POSITIVE, Fault::TooPrecise),
        (1.0 / 3.0, Fault::TooPrecise),
    ] {
        assert_eq!(AbsorbedDose::from_gray(value).unwrap_err().fault(), fault);
        assert_eq!(AlphaBeta::from_gray(value).unwrap_err().fault(), fault);
        let si = AbsorbedDoseSi::new::<gray>(value);
        assert_eq!(AbsorbedDose::try_from(si).unwrap_err().fault(), fault);
    }
    for value in [f64::NAN, f64::INFINITY, -1.0, 0.0, 20_000.0] {
        let density = ArealMassDensity::new::<milligram_per_square_meter>(value);
        assert!(IntensityPerAdministration::try_from(density).is_err());
    }
    for value in [
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        -1.0,
        0.0,
        -0.0,
        50_000.1,
    ] {
        assert!(CalculatedDose::from_milligrams(value).is_err(), "{value}");
    }
    // no dose is not a negative one; the ends of every range are in it
    let zero = CalculatedDose::from_milligrams(0.0).unwrap_err();
    assert_eq!(zero.fault(), Fault::Zero);
    assert_eq!(
        CalculatedDose::from_milligrams(50_000.0)
            .unwrap()
            .milligrams(),
        50_000.0
    );
    for (value, exists) in [(0.000_001, true), (1_000.0, true), (1_000.000_001, false)] {
        assert_eq!(AbsorbedDose::from_gray(value).is_ok(), exists, "{value}");
    }
    // an `e` after the number is an exponent only before a digit or a sign
    assert_eq!(AbsorbedDose::from_text("45eV"), Err(Fault::UnknownUnit));
    assert_eq!(AbsorbedDose::from_text("45e"), Err(Fault::UnknownUnit));
    assert_eq!(
        AbsorbedDose::from_text("45e-1 Gy"),
        Err(Fault::MalformedNumber)
    );
    for text in ["45.", "45. Gy", "4.5.", "45.Gy"] {
        assert_eq!(
            AbsorbedDose::from_text(text),
            Err(Fault::MalformedNumber),
            "{text}"
        );
    }
    // 2^64 micrograys and 45 Gy: what does not fit must not wrap round to 45 Gy
    assert_eq!(
        AbsorbedDose::from_text("18446744073754.551616 Gy"),
        Err(Fault::AboveMaximum)
    );
    let most = AbsorbedDose::constant("1000 Gy");
    assert_eq!(AbsorbedDose::from_micrograys(1_000_000_000), Ok(most));
    assert_eq!(
        AbsorbedDose::from_micrograys(1_000_000_001),
        Err(Fault::AboveMaximum)
    );
    // the noise of one conversion is not above the largest dose
    assert_eq!(
        AbsorbedDose::from_gray(f64::from_bits(1000_f64.to_bits() + 1)),
        Ok(most)
    );
    let at = ab("10 Gy");
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(Bed::new(value, at), Err(EquivalentError::NotFinite));
        assert_eq!(
            Eqd::new(value, at, TWO_GRAY),
            Err(EquivalentError::NotFinite)
        );
    }
    assert_eq!(
        Bed::new(-1.5, at).unwrap_err().to_string(),
        "a BED or EQD must not be negative (given -1.5 Gy)"
    );
    assert!(Eqd::new(-1.5, at, TWO_GRAY).is_err());
    assert_eq!(
        AbsorbedDose::from_gray(f64::NAN).unwrap_err().to_string(),
        r#"absorbed dose "NaN Gy": the number must be finite"#
    );
}

/// pyradiobiology adds an EQD2 to a physical dose (that does not compile here), and programs that
/// keep no alpha/beta add across it.
#[test]
fn sums_across_alpha_beta_or_reference() {
    let (tumour, late) = (ab("10 Gy"), ab("3 Gy"));
    let bed = |at| Bed::new(50.0, at).unwrap();
    assert_eq!(
        bed(tumour).checked_add(bed(late)).unwrap_err().to_string(),
        "values at alpha/beta 10 Gy and 3 Gy do not add: calculate both at one alpha/beta"
    );
    let eqd = |at, x: &str| Eqd::new(50.0, at, x.parse().unwrap()).unwrap();
    assert_eq!(
        eqd(tumour, "2 Gy").checked_add(eqd(late, "2 Gy")),
        Err(EquivalentError::DifferentAlphaBeta(tumour, late))
    );
    assert_eq!(
        eqd(tumour, "2 Gy")
            .checked_add(eqd(tumour, "1.8 Gy"))
            .unwrap_err()
            .to_string(),
        "EQD in 2 Gy and in 1.8 Gy fractions do not add: calculate both for one fraction size"
    );
    assert_eq!(
        eqd(tumour, "2 Gy")
            .checked_add(eqd(tumour, "200 cGy"))
            .unwrap()
            .gray(),
        100.0
    );
    let most = Bed::new(f64::MAX, tumour).unwrap();
    assert_eq!(most.checked_add(most), Err(EquivalentError::NotFinite));
}

/// JSON and TOML: no unit, an unknown field, a field twice, a number that is none, another shape.
#[test]
fn wrong_json_and_toml() {
    for (json, message) in [
        (
            "45",
            r#"absorbed dose "45": the unit is missing; write the number with one of: Gy, cGy"#,
        ),
        ("-45", r#"absorbed dose "-45": the unit is missing"#),
        ("45.5", r#"absorbed dose "45.5": the unit is missing"#),
        (r#""45""#, r#"absorbed dose "45": the unit is missing"#),
        (r#"{"value":45}"#, "missing field `unit`"),
        (r#"{"unit":"Gy"}"#, "missing field `value`"),
        (
            r#"{"value":45,"unit":"Gy","note":1}"#,
            "unknown field `note`",
        ),
        (
            r#"{"value":45,"value":50,"unit":"Gy"}"#,
            "duplicate field `value`",
        ),
        (
            r#"{"value":45,"unit":"Gy","unit":"cGy"}"#,
            "duplicate field `unit`",
        ),
        (r#"{"value":"45","unit":"Gy"}"#, "invalid type: string"),
        (
            r#"{"value":45,"unit":"Sv"}"#,
            r#"absorbed dose "45 Sv": the unit is not one"#,
        ),
        (
            r#"{"value":45,"unit":""}"#,
            r#"absorbed dose "45 ": the unit is not one"#,
        ),
        (r#"{"value":0,"unit":"Gy"}"#, "greater than zero"),
        (r#"{"value":-45,"unit":"Gy"}"#, "must not be negative"),
        (
            r#"{"value":4500,"unit":"Gy"}"#,
            "check the unit: 4500 cGy is 45 Gy",
        ),
        (
            r#"{"value":1.6666666666666667,"unit":"Gy"}"#,
            "more decimal places",
        ),
        (r#"{"value":1e999,"unit":"Gy"}"#, "number out of range"),
        ("null", "invalid type: null, expected absorbed dose such as"),
        ("true", "invalid type: boolean"),
        ("[45]", "invalid type: sequence"),
    ] {
        let error = json_refusal::<AbsorbedDose>(json);
        assert!(error.contains(message), "{json}: {error}");
    }
    for value in ["nan", "inf", "-inf", "+inf"] {
        let error = toml_refusal::<AbsorbedDose>(&format!(r#"{{ value = {value}, unit = "Gy" }}"#));
        assert!(error.contains("the number must be finite"), "{error}");
        let bed = format!(r#"{{ value = {value}, unit = "Gy", label = "BED(a/b = 10)" }}"#);
        assert!(toml_refusal::<Bed>(&bed).contains("must be a finite number"));
        toml_refusal::<CalculatedDose>(&format!(r#"{{ value = {value}, unit = "mg" }}"#));
    }
    for json in [
        r#"{"value":53.1,"unit":"Gy"}"#,
        r#"{"value":53.1,"unit":"cGy","label":"BED(a/b = 10)"}"#,
        r#"{"value":-53.1,"unit":"Gy","label":"BED(a/b = 10)"}"#,
        r#"{"value":53.1,"unit":"Gy","label":"BED"}"#,
        r#"{"value":53.1,"unit":"Gy","label":"BED(a/b = 0)"}"#,
        r#"{"value":53.1,"unit":"Gy","label":"BED(a/b = -3)"}"#,
        r#"{"value":53.1,"unit":"Gy","label":"EQD2Gy(a/b = 10)"}"#,
        r#"{"value":53.1,"unit":"Gy","label":"BED(a/b = 10)","alpha_beta":3}"#,
    ] {
        json_refusal::<Bed>(json);
    }
    json_refusal::<Eqd>(r#"{"value":53.1,"unit":"Gy","label":"BED(a/b = 10)"}"#);
    for json in [
        r#"{"value":1,"unit":"g"}"#,
        r#"{"value":0,"unit":"mg"}"#,
        "1485.25",
        r#"{"value":1}"#,
    ] {
        json_refusal::<CalculatedDose>(json);
    }
    for json in [
        "25",
        "null",
        "[]",
        r#""45Gy""#,
        r#"{"dose":"45 Gy","fractions":25,"d":1}"#,
    ] {
        json_refusal::<Fractionation>(json);
    }
}

/// BED and EQD texts are as strict as every other quantity.
#[test]
fn labels_are_read_strictly() {
    for text in [
        "",
        "53.1",
        "53.1 Gy",
        "53.1 Gy BED",
        "BED(a/b = 10)",
        "53.1 BED(a/b = 10)",
        "53,1 Gy BED(a/b = 10)",
        "53.1 Gy BED(a/b = )",
        "53.1 Gy BED(a/b = 0)",
        "53.1 Gy BED(a/b = -10)",
        "53.1 Gy BED(a/b = NaN)",
        "53.1 Gy BED(a/b = 10",
        "53.1 Gy BED(a/b = 10 Gy)",
        "53.1 Gy bed(a/b = 10)",
        "NaN Gy BED(a/b = 10)",
        "inf Gy BED(a/b = 10)",
        "1e1 Gy BED(a/b = 10)",
        ".5 Gy BED(a/b = 10)",
        "5. Gy BED(a/b = 10)",
        "+5 Gy BED(a/b = 10)",
        "--5 Gy BED(a/b = 10)",
        "-5 Gy BED(a/b = 10)",
        "44.25 Gy EQD2Gy(a/b = 10)",
    ] {
        refusal::<Bed>(text);
    }
    for text in [
        "44.25 Gy EQD(a/b = 10)",
        "44.25 Gy EQD2(a/b = 10)",
        "44.25 Gy EQD0Gy(a/b = 10)",
        "44.25 Gy EQD-2Gy(a/b = 10)",
        "44.25 Gy EQD2Gy",
        "44.25 Gy EQD2Gy(a/b = 0)",
        "53.1 Gy BED(a/b = 10)",
    ] {
        refusal::<Eqd>(text);
    }
    assert_eq!(
        refusal::<Bed>("53.1 Gy"),
        r#""53.1 Gy" is not written like `53.1 Gy BED(a/b = 10)` or `44.25 Gy EQD2Gy(a/b = 10)`"#
    );
}

/// A bare mg/m2 needs the basis named beside it, and a text that carries /d must agree with it.
#[test]
fn intensity_needs_its_basis() {
    refusal::<IntensityPerDay>("1650 mg/m2");
    refusal::<IntensityPerAdministration>("1650 mg/m2/d");
    assert!(DoseIntensity::parse("1650 mg/m2/d", Basis::Administration).is_err());
    // above what one administration may be, within what a day may
    assert_eq!(
        DoseIntensity::parse("15000 mg/m2", Basis::Day).unwrap(),
        DoseIntensity::PerDay(IntensityPerDay::constant("15000 mg/m2/d"))
    );
    let error = DoseIntensity::parse("1650", Basis::Day).unwrap_err();
    assert_eq!(error.fault(), Fault::MissingUnit);
    assert!(error.to_string().starts_with("dose intensity per day"));
    assert_eq!(
        DoseIntensity::parse("20001 mg/m2", Basis::Day)
            .unwrap_err()
            .fault(),
        Fault::AboveMaximum
    );
    // 4.3 * 10^19 steps do not fit 64 bits
    let largest = IntensityPerAdministration::constant("10000 mg/m2");
    assert_eq!(largest.per_day(u32::MAX), None);
    assert_eq!(largest.per_day(1_844_674_408), None);
    assert_eq!(largest.per_day(0), None);
    assert_eq!(
        IntensityPerDay::constant("1000 mg/m2/d").per_administration(0),
        None
    );
    assert_eq!(
        IntensityPerDay::constant("1000 mg/m2/d").per_administration(3),
        None
    );
}

/// 1500 mg twice a day are 3000 mg; 825 mg/m2 is one intensity per administration.
#[test]
fn doses_and_intensities_of_a_day() {
    let dose = OrderedDose::constant("1500 mg");
    assert_eq!(dose.per_day(2), Some(DailyDose::constant("3000 mg")));
    assert_eq!(dose.per_day(0), None);
    let calculated = CalculatedDose::from_milligrams(1485.0).unwrap();
    let milligrams = calculated.mass().get::<uom::si::mass::milligram>();
    assert!((milligrams - 1485.0).abs() < 1e-9);
    let intensity = IntensityPerAdministration::constant("825 mg/m2");
    assert_eq!(intensity.nanograms_per_square_meter(), 825_000_000);
    let given = DoseIntensity::parse("825 mg/m2", Basis::Administration).unwrap();
    assert_eq!(given.per_administration(2), Some(intensity));
    let daily = DoseIntensity::parse("1650 mg/m2/d", Basis::Day).unwrap();
    assert_eq!(daily.per_administration(2), Some(intensity));
    assert_eq!(daily.per_administration(0), None);
}
