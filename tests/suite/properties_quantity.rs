//! Quantities: text, JSON, TOML and `uom` round trips lose nothing; units do not matter.
#![allow(
    clippy::unwrap_used,
    clippy::float_cmp,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "tests"
)]

use core::fmt::{Debug, Display};
use core::str::FromStr;

use chemorad::quantity::si::{
    AbsorbedDoseSi, ArealMassDensity, centigray, gray, milligram_per_square_meter,
};
use chemorad::quantity::{
    AbsorbedDose, AlphaBeta, Basis, Bed, CalculatedDose, DailyDose, DoseIntensity, Eqd,
    IntensityPerAdministration, IntensityPerDay, OrderedDose, TabletStrength,
};
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// TOML has no bare values.
#[derive(Serialize, Deserialize)]
struct Document<T> {
    field: T,
}

fn serde_round_trip<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let json = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&json).unwrap(), value, "{json}");
    let tree = serde_json::to_value(value).unwrap();
    assert_eq!(&serde_json::from_value::<T>(tree).unwrap(), value, "{json}");
    let reader = serde_json::from_reader::<_, T>(json.as_bytes()).unwrap();
    assert_eq!(&reader, value, "{json}");
    let text = toml::to_string(&Document { field: value }).unwrap();
    let document: Document<T> = toml::from_str(&text).unwrap();
    assert_eq!(&document.field, value, "{text}");
}

fn text_round_trip<T>(value: &T)
where
    T: Display + FromStr + PartialEq + Debug,
    T::Err: Debug,
{
    let text = value.to_string();
    assert_eq!(&text.parse::<T>().unwrap(), value, "{text}");
    assert_eq!(
        &format!("  {text}\t\n").parse::<T>().unwrap(),
        value,
        "spaces"
    );
    assert_eq!(&text.parse::<T>().unwrap().to_string(), &text);
}

fn both<T>(value: &T)
where
    T: Display + FromStr + PartialEq + Debug + Serialize + DeserializeOwned,
    T::Err: Debug,
{
    text_round_trip(value);
    serde_round_trip(value);
    // a file may write the text where the machine writes value and unit
    let json = serde_json::to_string(&value.to_string()).unwrap();
    if let Ok(read) = serde_json::from_str::<T>(&json) {
        assert_eq!(&read, value);
    }
}

/// Whole steps up to `max`: small ones, round ones, all of them, and the ends.
fn steps(max: u64, round: u64) -> impl Strategy<Value = u64> {
    prop_oneof![
        1..=1000.min(max),
        (1..=max / round).prop_map(move |n| n * round),
        1..=max,
        Just(max),
    ]
}

fn alpha_beta() -> impl Strategy<Value = AlphaBeta> {
    steps(1_000_000_000, 10_000).prop_map(|n| AlphaBeta::from_micrograys(n).unwrap())
}

fn absorbed() -> impl Strategy<Value = AbsorbedDose> {
    steps(1_000_000_000, 10_000).prop_map(|n| AbsorbedDose::from_micrograys(n).unwrap())
}

/// Any finite non-negative number, the everyday ones more often.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => 0.0_f64..1000.0,
        1 => any::<f64>().prop_filter_map("finite", |x| x.is_finite().then_some(x.abs())),
        1 => Just(0.0),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn absorbed_dose(dose in absorbed()) {
        both(&dose);
        prop_assert_eq!(AbsorbedDose::from_gray(dose.gray()).unwrap(), dose);
        prop_assert_eq!(AbsorbedDose::try_from(AbsorbedDoseSi::from(dose)).unwrap(), dose);
        let centigrays = AbsorbedDoseSi::from(dose).get::<centigray>();
        let back = AbsorbedDoseSi::new::<centigray>(centigrays);
        prop_assert_eq!(AbsorbedDose::try_from(back).unwrap(), dose);
    }

    #[test]
    fn alpha_beta_ratio(ratio in alpha_beta()) {
        both(&ratio);
        prop_assert_eq!(AlphaBeta::from_gray(ratio.gray()).unwrap(), ratio);
    }

    #[test]
    fn intensities(single in steps(10_000_000_000, 1_000_000), daily in steps(20_000_000_000, 1_000_000)) {
        let decimal = |n: u64| format!("{}.{:06}", n / 1_000_000, n % 1_000_000);
        let single: IntensityPerAdministration = format!("{} mg/m2", decimal(single)).parse().unwrap();
        let daily: IntensityPerDay = format!("{} mg/m2/d", decimal(daily)).parse().unwrap();
        both(&single);
        both(&daily);
        let density = ArealMassDensity::from(single);
        prop_assert_eq!(IntensityPerAdministration::try_from(density).unwrap(), single);
        let again = ArealMassDensity::new::<milligram_per_square_meter>(
            density.get::<milligram_per_square_meter>());
        prop_assert_eq!(IntensityPerAdministration::try_from(again).unwrap(), single);
        if let Some(day) = single.per_day(2) {
            prop_assert_eq!(day.per_administration(2), Some(single));
        }
        let named = DoseIntensity::parse(&daily.to_string(), Basis::Day).unwrap();
        prop_assert_eq!(named, DoseIntensity::PerDay(daily));
        let bare = daily.to_string().replace("/d", "");
        prop_assert_eq!(DoseIntensity::parse(&bare, Basis::Day).unwrap(), named);
    }

    #[test]
    fn per_day_never_wraps(single in steps(10_000_000_000, 1_000_000), times in any::<u32>()) {
        let text = format!("{}.{:06} mg/m2", single / 1_000_000, single % 1_000_000);
        let intensity: IntensityPerAdministration = text.parse().unwrap();
        let exact = u128::from(single) * u128::from(times);
        let base = |daily: IntensityPerDay| {
            (daily.milligrams_per_square_meter() * 1e6).round() as u128
        };
        prop_assert_eq!(
            intensity.per_day(times).map(base),
            (1..=20_000_000_000).contains(&exact).then_some(exact)
        );
    }

    #[test]
    fn whole_milligrams(tablet in 1_u32..=2000, ordered in 1_u32..=50_000, daily in 1_u32..=500_000) {
        both(&TabletStrength::from_milligrams(tablet).unwrap());
        both(&OrderedDose::from_milligrams(ordered).unwrap());
        both(&DailyDose::from_milligrams(daily).unwrap());
        let grams = format!("{}.{:03} g", ordered / 1000, ordered % 1000);
        prop_assert_eq!(grams.parse::<OrderedDose>().unwrap().milligrams(), ordered);
    }

    #[test]
    fn calculated_dose(milligrams in 1e-9_f64..50_000.0) {
        serde_round_trip(&CalculatedDose::from_milligrams(milligrams).unwrap());
    }

    #[test]
    fn bed_and_eqd(value in number(), ab in alpha_beta(), x in absorbed()) {
        both(&Bed::new(value, ab).unwrap());
        both(&Eqd::new(value, ab, x).unwrap());
    }

    #[test]
    fn units_do_not_matter(centigrays in 1_u64..=100_000) {
        let whole = centigrays / 100;
        let rest = centigrays % 100;
        let written: AbsorbedDose = format!("{centigrays}cGy").parse().unwrap();
        for same in [format!("{whole}.{rest:02} Gy"), format!("{whole}.{rest:02}000000Gy"),
            format!("{centigrays}.0 cGy")] {
            prop_assert_eq!(same.parse::<AbsorbedDose>().unwrap(), written);
        }
        prop_assert_eq!(AbsorbedDose::from_gray(centigrays as f64 / 100.0).unwrap(), written);
        let json = format!(r#"{{"unit": "cGy", "value": {centigrays}}}"#);
        prop_assert_eq!(serde_json::from_str::<AbsorbedDose>(&json).unwrap(), written);
        let si = AbsorbedDoseSi::new::<centigray>(centigrays as f64);
        prop_assert_eq!(AbsorbedDose::try_from(si).unwrap(), written);
        prop_assert!((si.get::<gray>() - written.gray()).abs() <= 1e-12 * written.gray());
        prop_assert_eq!(
            format!("{centigrays} cGy").parse::<AlphaBeta>().unwrap().micrograys(),
            written.micrograys()
        );
    }

    #[test]
    fn sums_and_products_are_exact(a in 1_u64..=1_000_000_000, b in 1_u64..=1_000_000_000, n in any::<u32>()) {
        let dose = |n| AbsorbedDose::from_micrograys(n).ok();
        let (left, right) = (dose(a).unwrap(), dose(b).unwrap());
        prop_assert_eq!(left.checked_add(right), dose(a + b));
        prop_assert_eq!(left.checked_mul(n), dose(a * u64::from(n)));
        let parts = n % 200;
        if let Some(part) = left.checked_div_exact(parts) {
            prop_assert_eq!(part.checked_mul(parts), Some(left));
        } else {
            prop_assert!(parts == 0 || a % u64::from(parts) != 0);
        }
    }

    /// Whatever is written, reading it never panics, and what is read prints and reads the same.
    #[test]
    fn any_text(text in any::<String>(), number in "[0-9.,eE+-]{0,30}", unit in "[ a-zA-Z/0-9²]{0,8}") {
        for text in [text.clone(), format!("{number}{unit}"), format!("{number} Gy{unit}")] {
            macro_rules! check {
                ($($name:ty),*) => {$(
                    if let Ok(value) = text.parse::<$name>() { text_round_trip(&value); }
                )*};
            }
            check!(AbsorbedDose, AlphaBeta, IntensityPerAdministration, IntensityPerDay,
                TabletStrength, OrderedDose, DailyDose, Bed, Eqd);
            for basis in [Basis::Administration, Basis::Day] {
                let _ = DoseIntensity::parse(&text, basis);
            }
        }
    }
}

/// The value of an f64 input is taken as the decimal it was calculated from, up to float noise.
#[test]
fn float_noise_is_forgiven_and_errors_are_not() {
    let mut sum = 0.0;
    for _ in 0..8 {
        sum += 1.8;
    }
    assert_ne!(sum, 14.4);
    assert_eq!(
        AbsorbedDose::from_gray(sum).unwrap(),
        AbsorbedDose::constant("14.4 Gy")
    );
    assert!(AbsorbedDose::from_gray(5.0 / 3.0).is_err());
    assert!(AbsorbedDose::from_gray(1.800_000_1).is_err());
    // a file states a decimal: nothing is forgiven there
    assert!(
        serde_json::from_str::<AbsorbedDose>(r#"{"value":14.400000000000002,"unit":"Gy"}"#)
            .is_err()
    );
}

/// A negative zero does not exist, so equal values print equally.
#[test]
fn no_negative_zero() {
    let alpha_beta = AlphaBeta::constant("10 Gy");
    let zero = Bed::new(-0.0, alpha_beta).unwrap();
    assert_eq!(zero.to_string(), "0 Gy BED(a/b = 10)");
    assert_eq!(
        "-0 Gy BED(a/b = 10)".parse::<Bed>().unwrap().to_string(),
        zero.to_string()
    );
    let json = r#"{"value":-0.0,"unit":"Gy","label":"BED(a/b = 10)"}"#;
    assert_eq!(
        serde_json::from_str::<Bed>(json).unwrap().to_string(),
        zero.to_string()
    );
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

/// The shapes that tools rely on: value, unit, and a label where one is needed.
#[test]
fn json_shapes() {
    assert_eq!(
        json(&AbsorbedDose::constant("45 Gy")),
        r#"{"value":45,"unit":"Gy"}"#
    );
    assert_eq!(
        json(&AbsorbedDose::constant("180 cGy")),
        r#"{"value":1.8,"unit":"Gy"}"#
    );
    assert_eq!(
        json(&IntensityPerDay::constant("1650 mg/m2/d")),
        r#"{"value":1650,"unit":"mg/m2/d"}"#
    );
    assert_eq!(
        json(&OrderedDose::constant("1.5 g")),
        r#"{"value":1500,"unit":"mg"}"#
    );
    let alpha_beta = AlphaBeta::constant("10 Gy");
    assert_eq!(
        json(&Bed::new(53.1, alpha_beta).unwrap()),
        r#"{"value":53.1,"unit":"Gy","label":"BED(a/b = 10)"}"#
    );
    let eqd = Eqd::new(44.25, alpha_beta, AbsorbedDose::constant("2 Gy")).unwrap();
    assert_eq!(
        json(&eqd),
        r#"{"value":44.25,"unit":"Gy","label":"EQD2Gy(a/b = 10)"}"#
    );
}
