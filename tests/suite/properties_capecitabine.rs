//! Properties of body sizes, body surface areas, tablets and rounding.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

use std::collections::BTreeMap;

use chemorad::capecitabine::{
    CalculatedAdministration, CapecitabineError, Caps, DeliverableAmounts, OrderedAdministration,
    Regimen, RoundingPolicy, StockedTablet, TabletCount, TabletStock, Ties,
};
use chemorad::patient::{
    Age, BodySize, BodySurfaceArea, BodySurfaceAreaFormula, Height, Sex, SurfaceArea, Weight,
};
use chemorad::quantity::si::{Area, Length, Mass, gram, inch, meter, pound, square_meter};
use chemorad::quantity::{OrderedDose, TabletStrength};
use proptest::prelude::*;

const NEAREST_UP: RoundingPolicy = RoundingPolicy::Nearest { ties: Ties::Up };
const NEAREST_DOWN: RoundingPolicy = RoundingPolicy::Nearest { ties: Ties::Down };

fn adult_height() -> impl Strategy<Value = Height> {
    (1_300_000_u64..=2_100_000).prop_map(|um| Height::from_micrometers(um).unwrap())
}

fn adult_weight() -> impl Strategy<Value = Weight> {
    (35_000_000_000_u64..=150_000_000_000).prop_map(|ug| Weight::from_micrograms(ug).unwrap())
}

fn any_height() -> impl Strategy<Value = Height> {
    (200_000_u64..=2_800_000).prop_map(|um| Height::from_micrometers(um).unwrap())
}

fn any_weight() -> impl Strategy<Value = Weight> {
    (200_000_000_u64..=700_000_000_000).prop_map(|ug| Weight::from_micrograms(ug).unwrap())
}

fn any_size() -> impl Strategy<Value = BodySize> {
    (any_height(), any_weight()).prop_filter_map("no person", |(height, weight)| {
        BodySize::new(height, weight).ok()
    })
}

fn formula() -> impl Strategy<Value = BodySurfaceAreaFormula> {
    proptest::sample::select(BodySurfaceAreaFormula::ALL.to_vec())
}

fn sex() -> impl Strategy<Value = Sex> {
    proptest::sample::select(vec![Sex::Female, Sex::Male])
}

fn area_of(formula: BodySurfaceAreaFormula, height: Height, weight: Weight, sex: Sex) -> f64 {
    let size = BodySize::new(height, weight).unwrap();
    BodySurfaceArea::from_formula(formula, size, Some(sex))
        .unwrap()
        .square_meters()
}

fn tablet() -> impl Strategy<Value = StockedTablet> {
    let strength = prop_oneof![
        proptest::sample::select(vec![100_u32, 150, 200, 300, 500]),
        1_u32..=600,
    ];
    (strength, proptest::option::of(1_u32..=6)).prop_map(|(milligrams, at_most)| StockedTablet {
        strength: TabletStrength::from_milligrams(milligrams).unwrap(),
        at_most,
    })
}

fn stock(most: usize) -> impl Strategy<Value = TabletStock> {
    proptest::collection::btree_map(1_u32..=8, tablet(), 1..=most)
        .prop_map(|tablets| tablets.into_values().collect::<Vec<_>>())
        .prop_filter_map("a strength twice", |tablets| {
            TabletStock::from_tablets(tablets).ok()
        })
}

fn calculated(milligrams_per_m2: u32, area: SurfaceArea) -> CalculatedAdministration {
    let intensity = format!("{milligrams_per_m2} mg/m2").parse().unwrap();
    let regimen = Regimen::new(intensity, 2).unwrap();
    let area = BodySurfaceArea::stated(area, "test");
    CalculatedAdministration::new(regimen, &area, Caps::NONE).unwrap()
}

fn area() -> impl Strategy<Value = SurfaceArea> {
    (1_000_000_u64..=2_600_000).prop_map(|mm2| SurfaceArea::from_square_millimeters(mm2).unwrap())
}

/// Every combination, by counting up: what the solver must agree with.
fn brute_force(stock: &TabletStock, largest: u32) -> BTreeMap<u32, Vec<(u32, u32)>> {
    let mut all: BTreeMap<u32, Vec<Vec<(u32, u32)>>> = BTreeMap::from([(0, vec![vec![]])]);
    for tablet in stock.tablets() {
        let strength = tablet.strength.milligrams();
        let mut more: BTreeMap<u32, Vec<Vec<(u32, u32)>>> = BTreeMap::new();
        for (amount, combinations) in &all {
            for count in 0..=tablet.at_most.unwrap_or(u32::MAX) {
                let total = amount + count * strength;
                if total > largest {
                    break;
                }
                for combination in combinations {
                    let mut with = combination.clone();
                    with.push((strength, count));
                    more.entry(total).or_default().push(with);
                }
            }
        }
        all = more;
    }
    all.remove(&0);
    all.into_iter()
        .map(|(amount, combinations)| {
            let best = combinations
                .into_iter()
                .min_by_key(|combination| {
                    let tablets: u32 = combination.iter().map(|(_, count)| count).sum();
                    let large_first: Vec<_> = combination
                        .iter()
                        .map(|(_, count)| std::cmp::Reverse(*count))
                        .collect();
                    (tablets, large_first)
                })
                .unwrap();
            (
                amount,
                best.into_iter().filter(|(_, count)| *count > 0).collect(),
            )
        })
        .collect()
}

fn pairs(tablets: &[TabletCount]) -> Vec<(u32, u32)> {
    tablets
        .iter()
        .map(|tablet| (tablet.strength.milligrams(), tablet.count))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn area_rises_with_height_and_weight(
        formula in formula(), sex in sex(),
        height in adult_height(), weight in adult_weight(),
        centimeter in 0_u64..20, kilogram in 1_u64..20,
    ) {
        // stays inside the adult sizes
        let taller = Height::from_micrometers(height.micrometers() + centimeter * 10_000)
            .map_or(height, |taller| taller.min(Height::constant("210 cm")));
        let heavier = Weight::from_micrograms(weight.micrograms() + kilogram * 1_000_000_000)
            .map_or(weight, |heavier| heavier.min(Weight::constant("150 kg")));
        let here = area_of(formula, height, weight, sex);
        let heavy = area_of(formula, height, heavier, sex);
        prop_assert_eq!(heavy > here, heavier > weight);
        prop_assert!(heavy >= here);
        let tall = area_of(formula, taller, weight, sex);
        if taller == height || formula == BodySurfaceAreaFormula::LivingstonLee {
            prop_assert_eq!(tall, here);
        } else {
            prop_assert!(tall > here);
        }
    }

    #[test]
    fn area_does_not_depend_on_the_unit(
        formula in formula(), sex in sex(), mm in 1300_u64..=2100, grams in 35_000_u64..=150_000,
    ) {
        let kilograms = format!("{}.{:03} kg", grams / 1000, grams % 1000);
        let heights = [
            format!("{mm} mm"),
            format!("{}.{} cm", mm / 10, mm % 10),
            format!("{}.{:03} m", mm / 1000, mm % 1000),
        ];
        let areas = heights.map(|height| {
            [format!("{grams} g"), kilograms.clone()].map(|weight| {
                area_of(formula, height.parse().unwrap(), weight.parse().unwrap(), sex).to_bits()
            })
        });
        prop_assert!(areas.iter().flatten().all(|bits| *bits == areas[0][0]));
    }

    #[test]
    fn areas_are_positive_for_every_possible_body(
        formula in formula(), sex in sex(), size in any_size(),
    ) {
        if let Ok(area) = BodySurfaceArea::from_formula(formula, size, Some(sex)) {
            prop_assert!(area.square_meters() > 0.0 && area.square_meters() < 10.0);
            prop_assert_eq!(area.area().get::<square_meter>(), area.square_meters());
            let derivation = area.derivation();
            prop_assert!(!derivation.substitution.is_empty());
        } else {
            prop_assert_eq!(formula, BodySurfaceAreaFormula::Stevenson);
            prop_assert!(!size.warnings().is_empty());
        }
    }

    #[test]
    fn body_sizes_survive_text_json_and_uom(height in any_height(), weight in any_weight()) {
        prop_assert_eq!(height.to_string().parse::<Height>().unwrap(), height);
        prop_assert_eq!(weight.to_string().parse::<Weight>().unwrap(), weight);
        prop_assert_eq!(Height::try_from(Length::from(height)).unwrap(), height);
        prop_assert_eq!(Weight::try_from(Mass::from(weight)).unwrap(), weight);
        if let Ok(size) = BodySize::new(height, weight) {
            let json = serde_json::to_string(&size).unwrap();
            prop_assert_eq!(serde_json::from_str::<BodySize>(&json).unwrap(), size);
        }
    }

    #[test]
    fn areas_and_ages_survive_text_json_and_uom(area in area(), years in 0_u8..=120) {
        prop_assert_eq!(area.to_string().parse::<SurfaceArea>().unwrap(), area);
        prop_assert_eq!(SurfaceArea::try_from(Area::from(area)).unwrap(), area);
        let json = serde_json::to_string(&area).unwrap();
        prop_assert_eq!(serde_json::from_str::<SurfaceArea>(&json).unwrap(), area);
        let age = Age::from_years(years).unwrap();
        prop_assert_eq!(age.to_string().parse::<Age>().unwrap(), age);
        let json = serde_json::to_string(&age).unwrap();
        prop_assert_eq!(serde_json::from_str::<Age>(&json).unwrap(), age);
    }

    #[test]
    fn solver_agrees_with_brute_force(stock in stock(3), largest in 1_u32..=3000) {
        prop_assume!(stock.tablets().all(|tablet| tablet.strength.milligrams() >= 40));
        let amounts =
            DeliverableAmounts::up_to(&stock, OrderedDose::from_milligrams(largest).unwrap());
        let found: BTreeMap<u32, Vec<(u32, u32)>> = amounts
            .iter()
            .map(|amount| (amount.milligrams(), pairs(&amounts.tablets(amount).unwrap())))
            .collect();
        prop_assert_eq!(found, brute_force(&stock, largest));
    }

    #[test]
    fn solver_agrees_with_brute_force_on_tiny_tablets(
        limits in proptest::collection::vec(proptest::option::of(1_u32..=4), 3),
        strengths in proptest::sample::subsequence((1_u32..=9).collect::<Vec<_>>(), 3),
        largest in 1_u32..=60,
    ) {
        let tablets = strengths.iter().zip(limits).map(|(strength, at_most)| StockedTablet {
            strength: TabletStrength::from_milligrams(*strength).unwrap(),
            at_most,
        });
        let stock = TabletStock::from_tablets(tablets).unwrap();
        let amounts =
            DeliverableAmounts::up_to(&stock, OrderedDose::from_milligrams(largest).unwrap());
        let found: BTreeMap<u32, Vec<(u32, u32)>> = amounts
            .iter()
            .map(|amount| (amount.milligrams(), pairs(&amounts.tablets(amount).unwrap())))
            .collect();
        prop_assert_eq!(found, brute_force(&stock, largest));
    }

    /// What a stock keeps and searches gives the same as to list its amounts anew and to go through
    /// them one by one.
    #[test]
    fn a_choice_is_that_of_listing_every_amount(
        stock in stock(4), intensity in 1_u32..=4000, area in area(),
    ) {
        let calculated = calculated(intensity, area);
        let wanted = calculated.dose().milligrams();
        let horizon = (wanted + 2.0 * f64::from(stock.largest().milligrams())).ceil();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 50 000")]
        let horizon = OrderedDose::from_milligrams(horizon as u32).unwrap();
        let listed = DeliverableAmounts::up_to(&stock, horizon);
        let at = |amount: &OrderedDose| {
            let amount = f64::from(amount.milligrams());
            (wanted - amount).abs() <= 1e-9 * amount
        };
        let number = |amount: OrderedDose| f64::from(amount.milligrams());
        let below = listed.iter().rfind(|amount| number(*amount) < wanted || at(amount));
        let above = listed.iter().find(|amount| number(*amount) >= wanted || at(amount));
        for policy in [NEAREST_UP, NEAREST_DOWN, RoundingPolicy::Up, RoundingPolicy::Down] {
            let Ok(ordered) = OrderedAdministration::choose(&calculated, &stock, &policy, None)
            else {
                continue;
            };
            let middle = above.map(|above| f64::midpoint(below.map_or(0.0, number), number(above)));
            let expected = match (&policy, above, middle) {
                (RoundingPolicy::Up, ..) => above,
                (RoundingPolicy::Nearest { ties }, Some(above), Some(middle)) => {
                    let tie = (wanted - middle).abs() <= 1e-9 * middle && below != Some(above);
                    prop_assert_eq!(ordered.is_tie(), tie);
                    if (tie && *ties == Ties::Up) || (!tie && wanted > middle) {
                        Some(above)
                    } else {
                        below
                    }
                }
                _ => below,
            };
            prop_assert_eq!(Some(ordered.dose()), expected);
            let tablets = listed.tablets(ordered.dose()).unwrap();
            prop_assert_eq!(ordered.chosen().tablets(), tablets);
            let last = wanted + f64::from(stock.largest().milligrams());
            let last = last.max(number(ordered.dose())) * (1.0 + 1e-9);
            let candidates: Vec<OrderedDose> =
                ordered.candidates().iter().map(chemorad::capecitabine::Candidate::amount).collect();
            let expected: Vec<OrderedDose> =
                listed.iter().filter(|amount| number(*amount) <= last).collect();
            prop_assert_eq!(candidates, expected);
        }
    }

    #[test]
    fn every_candidate_is_what_its_tablets_hold(
        stock in stock(5), intensity in 1_u32..=2500, area in area(),
    ) {
        let calculated = calculated(intensity, area);
        for policy in [NEAREST_UP, NEAREST_DOWN, RoundingPolicy::Up, RoundingPolicy::Down] {
            let Ok(ordered) = OrderedAdministration::choose(&calculated, &stock, &policy, None)
            else {
                continue;
            };
            prop_assert!(ordered.candidates().contains(ordered.chosen()));
            for candidate in ordered.candidates() {
                let sum: u32 = candidate
                    .tablets()
                    .iter()
                    .map(|tablet| tablet.count * tablet.strength.milligrams())
                    .sum();
                prop_assert_eq!(sum, candidate.amount().milligrams());
                let count: u32 = candidate.tablets().iter().map(|tablet| tablet.count).sum();
                prop_assert_eq!(count, candidate.tablet_count());
                for tablet in candidate.tablets() {
                    let limit = stock.tablets().find(|other| other.strength == tablet.strength);
                    prop_assert!(tablet.count <= limit.unwrap().at_most.unwrap_or(u32::MAX));
                }
                let percent = 100.0 * (f64::from(sum) - calculated.dose().milligrams())
                    / calculated.dose().milligrams();
                prop_assert!((candidate.deviation_percent() - percent).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn up_is_above_and_down_below_and_nearest_is_nearest(
        stock in stock(4), intensity in 200_u32..=1500, area in area(),
    ) {
        let calculated = calculated(intensity, area);
        let wanted = calculated.dose().milligrams();
        let dose = |policy| {
            OrderedAdministration::choose(&calculated, &stock, &policy, None)
                .map(|ordered| f64::from(ordered.dose().milligrams()))
        };
        let (up, down) = (dose(RoundingPolicy::Up), dose(RoundingPolicy::Down));
        if let Ok(up) = up {
            prop_assert!(up >= wanted * (1.0 - 1e-9));
        }
        if let Ok(down) = down {
            prop_assert!(down <= wanted * (1.0 + 1e-9));
        }
        let nearest = OrderedAdministration::choose(&calculated, &stock, &NEAREST_UP, None);
        match nearest {
            Ok(nearest) => {
                let distance = (f64::from(nearest.dose().milligrams()) - wanted).abs();
                let others = nearest.candidates();
                let best = others
                    .iter()
                    .map(|other| (f64::from(other.amount().milligrams()) - wanted).abs())
                    .fold(f64::INFINITY, f64::min);
                prop_assert!(distance <= best + 1e-9 * wanted);
                if let (Ok(up), Ok(down)) = (up, down) {
                    prop_assert!(distance <= (up - down) / 2.0 + 1e-9 * wanted);
                }
            }
            Err(CapecitabineError::NoTablet { .. }) => {
                let smallest = stock.tablets().last().unwrap().strength.milligrams();
                prop_assert!(wanted < f64::from(smallest) / 2.0);
            }
            Err(error) => {
                let refused = matches!(error, CapecitabineError::LimitsTooLow { .. });
                prop_assert!(refused, "{}", error);
                prop_assert!(up.is_err());
            }
        }
    }

    #[test]
    fn ordered_dose_does_not_fall_when_the_area_rises(
        stock in stock(4), intensity in 200_u32..=1500, one in area(), other in area(),
    ) {
        let (small, large) = (one.min(other), one.max(other));
        for policy in [NEAREST_UP, NEAREST_DOWN, RoundingPolicy::Up, RoundingPolicy::Down] {
            let dose = |area| {
                OrderedAdministration::choose(&calculated(intensity, area), &stock, &policy, None)
                    .map(|ordered| ordered.dose())
            };
            if let (Ok(first), Ok(second)) = (dose(small), dose(large)) {
                prop_assert!(first <= second);
            }
        }
    }

    #[test]
    fn policies_differ_only_at_ties(
        stock in stock(3), intensity in 200_u32..=1500, area in area(),
    ) {
        let calculated = calculated(intensity, area);
        let up = OrderedAdministration::choose(&calculated, &stock, &NEAREST_UP, None);
        let down = OrderedAdministration::choose(&calculated, &stock, &NEAREST_DOWN, None);
        if let (Ok(up), Ok(down)) = (up, down) {
            prop_assert_eq!(up.is_tie(), down.is_tie());
            prop_assert_eq!(up.dose() != down.dose(), up.is_tie());
        }
    }

    #[test]
    fn stocks_survive_text_and_json(stock in stock(8)) {
        prop_assert_eq!(&stock.to_string().parse::<TabletStock>().unwrap(), &stock);
        let json = serde_json::to_string(&stock).unwrap();
        prop_assert_eq!(serde_json::from_str::<TabletStock>(&json).unwrap(), stock);
    }

    #[test]
    fn text_never_panics(text in "\\PC{0,40}") {
        let _ = text.parse::<Height>();
        let _ = text.parse::<Weight>();
        let _ = text.parse::<Age>();
        let _ = text.parse::<SurfaceArea>();
        let _ = text.parse::<BodySurfaceAreaFormula>();
        let _ = text.parse::<TabletStock>();
        let _ = RoundingPolicy::parse(&text, None);
    }
}

#[test]
fn uom_units_reach_the_same_person() {
    let height = Height::try_from(Length::new::<inch>(67.0)).unwrap();
    assert_eq!(height, Height::constant("67 in"));
    assert_eq!(
        Height::try_from(Length::new::<meter>(1.7)).unwrap(),
        Height::constant("170 cm")
    );
    let weight = Weight::try_from(Mass::new::<gram>(70_000.0)).unwrap();
    assert_eq!(weight, Weight::constant("70 kg"));
    // uom's pound has seven digits (0.4535924 kg); as text a pound is exact
    let rounded = Weight::try_from(Mass::new::<pound>(154.0)).unwrap();
    let exact = Weight::constant("154 lb");
    assert!(rounded.micrograms().abs_diff(exact.micrograms()) < 5_000);
}
