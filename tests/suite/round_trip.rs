//! What a person writes is one text everywhere: `Display` prints it, `FromStr` and files read it, and
//! what a file was written from is read from it again.

use core::fmt::{Debug, Display};
use core::str::FromStr;

use chemorad::capecitabine::{
    CapecitabineDays, DaySplit, DeviationTolerance, DoseFraction, Override, RoundingPolicy,
    RoundingRule, RuleSet, RuleSetChoice, RuleSetName, StockedTablet, TabletStock, Ties, Toxicity,
    WrittenReason,
};
use chemorad::gap::ExtraWeekdays;
use chemorad::number::Decimal;
use chemorad::patient::{
    Age, BodySurfaceAreaFormula, ClearanceRate, DpydStatus, GlomerularFiltrationRate, Height,
    SerumCreatinine, Sex, SurfaceArea, Weight, WeightBasis,
};
use chemorad::quantity::{
    AbsorbedDose, Alpha, AlphaBeta, Bed, BedLossPerDay, DailyDose, DistanceFromAnalVerge,
    DoublingTime, Eqd, EqdLossPerDay, FractionInterval, IntensityPerAdministration,
    IntensityPerDay, KickOffTime, OrderedDose, Percent, RepairHalfTime, SubmucosalDepth,
    TabletStrength, TissueVolume,
};
use chemorad::radiobiology::{AlphaBetaInterval, FinalSlope, ParameterRange, UncertainSlope};
use chemorad::radiotherapy::{Fractionation, Weekdays};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The text of a value is read as the value, by itself.
fn text<T>(value: &T)
where
    T: Display + FromStr<Err: Debug> + PartialEq + Debug,
{
    let text = value.to_string();
    assert_eq!(&text.parse::<T>().unwrap(), value, "{text}");
    assert_eq!(text.parse::<T>().unwrap().to_string(), text);
}

/// The same in a file; and the file's own form of it.
fn file<T>(value: &T)
where
    T: Display + FromStr<Err: Debug> + Serialize + DeserializeOwned + PartialEq + Debug,
{
    text(value);
    let written = serde_json::to_value(value.to_string()).unwrap();
    assert_eq!(
        &serde_json::from_value::<T>(written).unwrap(),
        value,
        "{value}"
    );
    let own = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&own).unwrap(), value, "{own}");
}

/// A value that the text gives, where it gives one.
fn if_valid<T>(given: &str)
where
    T: Display + FromStr<Err: Debug> + Serialize + DeserializeOwned + PartialEq + Debug,
{
    if let Ok(value) = given.parse::<T>() {
        file(&value);
    }
}

macro_rules! quantities {
    ($($test:ident: $type:ty, $unit:literal, $largest:literal;)+) => {
        proptest! {
            $(
                #[test]
                fn $test(whole in 0_u64..=$largest, millionths in 0_u32..1_000_000, places in 0_usize..=6) {
                    let decimals = &format!("{millionths:06}")[..places];
                    let point = if places > 0 { "." } else { "" };
                    if_valid::<$type>(&format!("{whole}{point}{decimals} {}", $unit));
                    if_valid::<$type>(&format!("{whole} {}", $unit));
                }
            )+
        }
    };
}

quantities! {
    absorbed_dose: AbsorbedDose, "Gy", 1000;
    absorbed_dose_in_centigray: AbsorbedDose, "cGy", 10_000;
    alpha_beta: AlphaBeta, "Gy", 100;
    alpha: Alpha, "/Gy", 5;
    bed_loss_per_day: BedLossPerDay, "Gy/d", 10;
    eqd_loss_per_day: EqdLossPerDay, "Gy/d", 10;
    doubling_time: DoublingTime, "d", 400;
    kick_off_time: KickOffTime, "wk", 30;
    repair_half_time: RepairHalfTime, "h", 30;
    fraction_interval: FractionInterval, "h", 30;
    intensity_per_administration: IntensityPerAdministration, "mg/m2", 10_000;
    intensity_per_day: IntensityPerDay, "mg/m2/d", 20_000;
    ordered_dose: OrderedDose, "mg", 20_000;
    daily_dose: DailyDose, "mg", 20_000;
    tablet_strength: TabletStrength, "mg", 2000;
    percent: Percent, "%", 1000;
    tissue_volume: TissueVolume, "cc", 100_000;
    submucosal_depth: SubmucosalDepth, "mm", 50;
    distance_from_anal_verge: DistanceFromAnalVerge, "cm", 30;
    height: Height, "cm", 280;
    weight: Weight, "kg", 700;
    age: Age, "years", 120;
    surface_area: SurfaceArea, "m2", 10;
    clearance_rate: ClearanceRate, "mL/min", 500;
    glomerular_filtration_rate: GlomerularFiltrationRate, "mL/min/1.73m2", 500;
    creatinine_by_mass: SerumCreatinine, "mg/dL", 25;
    creatinine_by_amount: SerumCreatinine, "umol/L", 2500;
    dose_fraction: DoseFraction, "%", 100;
    deviation_tolerance: DeviationTolerance, "%", 20;
}

proptest! {
    #[test]
    fn decimals(mantissa in any::<i64>(), exponent in -60_i32..60) {
        file(&Decimal::new(mantissa.into(), exponent).unwrap());
    }

    #[test]
    fn fractionations(total in 1_u64..100_000_000, n in 1_u32..100) {
        let dose = AbsorbedDose::from_micrograys(total * 10).unwrap();
        if_valid::<Fractionation>(&format!("{dose}/{n}"));
    }

    #[test]
    fn beds_and_eqds(gray in 0.0_f64..1e4, alpha_beta in 1_u64..100_000_000, x in 1_u64..10_000_000) {
        let alpha_beta = AlphaBeta::from_micrograys(alpha_beta).unwrap();
        file(&Bed::new(gray, alpha_beta).unwrap());
        let x = AbsorbedDose::from_micrograys(x).unwrap();
        file(&Eqd::new(gray, alpha_beta, x).unwrap());
    }

    #[test]
    fn ranges(low in 1_u64..5_000_000, width in 0_u64..5_000_000) {
        let loss = |micro: u64| -> BedLossPerDay {
            format!("{}.{:06} Gy/d", micro / 1_000_000, micro % 1_000_000).parse().unwrap()
        };
        text(&ParameterRange::new(loss(low), loss(low + width)).unwrap());
        let alpha_beta = |micro| AlphaBeta::from_micrograys(micro).unwrap();
        text(&AlphaBetaInterval::new(alpha_beta(low), alpha_beta(low + width)).unwrap());
        text(&AlphaBetaInterval::from_zero(alpha_beta(low)));
    }

    #[test]
    fn slopes(low in 1_u32..200, width in 0_u32..200) {
        let (low, high) = (f64::from(low) / 8.0, f64::from(low + width) / 8.0);
        file(&FinalSlope::stated(low).unwrap());
        text(&format!("{low}..{high}").parse::<UncertainSlope>().unwrap());
        file(&FinalSlope::TANGENT);
        text(&UncertainSlope::Tangent);
    }

    #[test]
    fn weekdays(days in proptest::sample::subsequence(vec!["mon", "tue", "wed", "thu", "fri", "sat", "sun"], 1..=7)) {
        let days: Weekdays = days.join(",").parse().unwrap();
        file(&days);
        file(&ExtraWeekdays::These(days));
        file(&ExtraWeekdays::None);
    }

    #[test]
    fn tablets(
        strengths in proptest::collection::btree_map(1_u32..2000, proptest::option::of(1_u32..20), 1..=8)
    ) {
        let tablets: Vec<StockedTablet> = strengths
            .into_iter()
            .map(|(strength, at_most)| StockedTablet {
                strength: format!("{strength} mg").parse().unwrap(),
                at_most,
            })
            .collect();
        tablets.iter().for_each(file);
        let stock = TabletStock::from_tablets(tablets.clone()).unwrap();
        file(&stock);
        // a file may list them
        let list: Vec<String> = tablets.iter().map(ToString::to_string).collect();
        let list = serde_json::to_value(list).unwrap();
        assert_eq!(serde_json::from_value::<TabletStock>(list).unwrap(), stock);
    }

    #[test]
    fn days_of_cycles(
        days in proptest::collection::btree_set(1_u16..28, 1..10),
        cycles in proptest::option::of(1_u16..20),
    ) {
        let days: Vec<String> = days.iter().map(ToString::to_string).collect();
        let cycles = cycles.map_or_else(String::new, |cycles| format!("x{cycles}"));
        let given = format!("{}/28{cycles}", days.join(","));
        let days: CapecitabineDays = given.parse().unwrap();
        file(&days);
    }

    #[test]
    fn toxicities(grade in 1_u8..=4, occurrence in 1_u8..=9) {
        file(&Toxicity::new(grade, occurrence).unwrap());
    }

    #[test]
    fn reasons(words in "[a-z]{5,9} [a-z]{5,30}=[a-z]{0,9}") {
        if_valid::<WrittenReason>(&words);
        if_valid::<Override>(&format!("capecitabine.cap={words}"));
    }
}

#[test]
fn words() {
    for days in ["radiotherapy_days", "weekdays", "calendar_days"] {
        file(&days.parse::<CapecitabineDays>().unwrap());
    }
    for ties in [Ties::Up, Ties::Down] {
        file(&ties);
        file(&RoundingPolicy::Nearest { ties });
    }
    file(&RoundingPolicy::Down);
    file(&RoundingPolicy::Up);
    for rule in [
        "nearest",
        "down",
        "up",
        "bands:japan-method-d-2016",
        "bands:site.toml",
    ] {
        file(&rule.parse::<RoundingRule>().unwrap());
    }
    for set in RuleSet::PUBLISHED {
        file(&set.id.parse::<RuleSetName>().unwrap());
        for topic in ["", "renal=", "dpyd=", "toxicity=", "interactions="] {
            file(
                &format!("{topic}{}", set.id)
                    .parse::<RuleSetChoice>()
                    .unwrap(),
            );
        }
    }
    for status in ["not_tested", "indeterminate", "0", "0.5", "1", "1.5", "2"] {
        file(&status.parse::<DpydStatus>().unwrap());
    }
    for sex in ["female", "male"] {
        file(&sex.parse::<Sex>().unwrap());
    }
    for basis in ["actual", "ideal", "adjusted:0.4"] {
        file(&basis.parse::<WeightBasis>().unwrap());
    }
    for formula in BodySurfaceAreaFormula::ALL {
        file(&formula);
    }
    for split in [
        DaySplit::Equal,
        DaySplit::LargerInTheMorning,
        DaySplit::LargerInTheEvening,
    ] {
        file(&split);
    }
}
