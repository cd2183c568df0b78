//! Two ways of rounding: bands of calculated milligrams, and the fewest tablets within a deviation.
#![allow(clippy::unwrap_used, clippy::float_cmp, reason = "tests")]

use chemorad::capecitabine::{
    Band, BandBound, BandEdge, BandFault, BandScale, BandTable, CPIC_DPYD_2018,
    CalculatedAdministration, CapecitabineError, CapecitabineOrder, Caps, ClinicalFacts, Covers,
    DoseBound, OrderedAdministration, Regimen, RoundingPolicy, RuleSelection, TabletStock, Ties,
};
use chemorad::patient::{BodySurfaceArea, SurfaceArea};
use chemorad::report::Finding;
use proptest::prelude::*;

fn mg(text: &str) -> BandBound {
    BandBound::Dose(text.parse().unwrap())
}

fn band(from: Option<BandBound>, to: Option<BandBound>, dose: &str) -> Band {
    Band {
        from,
        to,
        dose_per_administration: dose.parse().unwrap(),
    }
}

/// A synthetic table: 900 mg below 975.5 mg, 1050 mg up to 1125 mg, then 1200 mg up to 1300 mg.
fn table(edge: BandEdge) -> BandTable {
    let bands = vec![
        band(None, Some(mg("975.5 mg")), "900 mg"),
        band(Some(mg("975.5 mg")), Some(mg("1125 mg")), "1050 mg"),
        band(Some(mg("1125 mg")), Some(mg("1300 mg")), "1200 mg"),
    ];
    BandTable::new(
        "synthetic",
        "synthetic",
        Covers::AnyIntensity,
        None,
        edge,
        bands,
    )
    .unwrap()
}

fn calculated(intensity: &str, area: &str, caps: Caps) -> CalculatedAdministration {
    let area = BodySurfaceArea::stated(area.parse().unwrap(), "test");
    let regimen = Regimen::new(intensity.parse().unwrap(), 2).unwrap();
    CalculatedAdministration::new(regimen, &area, caps).unwrap()
}

fn choose(
    calculated: &CalculatedAdministration,
    stock: &str,
    policy: &RoundingPolicy,
) -> Result<OrderedAdministration, CapecitabineError> {
    let stock: TabletStock = stock.parse().unwrap();
    OrderedAdministration::choose(calculated, &stock, policy, None)
}

#[test]
fn bands_of_milligrams_hold_for_any_regimen() {
    use BandEdge::{BelongsAbove, BelongsBelow};
    for (intensity, area, edge, dose) in [
        ("825 mg/m2", "1.1 m2", BelongsAbove, "900 mg"), // 907.5 mg
        ("825 mg/m2", "1.2 m2", BelongsAbove, "1050 mg"), // 990 mg
        ("1000 mg/m2", "0.9755 m2", BelongsAbove, "1050 mg"),
        ("1000 mg/m2", "0.9755 m2", BelongsBelow, "900 mg"),
        ("1250 mg/m2", "0.9 m2", BelongsAbove, "1200 mg"), // 1125 mg
        ("1250 mg/m2", "0.9 m2", BelongsBelow, "1050 mg"),
        ("1250 mg/m2", "1.04 m2", BelongsAbove, "1200 mg"), // the outermost edge
    ] {
        let policy = RoundingPolicy::Bands(table(edge));
        let ordered = choose(&calculated(intensity, area, Caps::NONE), "150 mg", &policy).unwrap();
        assert_eq!(ordered.dose().to_string(), dose, "{intensity} {area}");
        let derivation = ordered.derivation();
        assert_eq!(
            derivation.formula,
            "dose of the table at the calculated dose"
        );
    }
    let policy = RoundingPolicy::Bands(table(BelongsAbove));
    let outside = choose(
        &calculated("1250 mg/m2", "1.05 m2", Caps::NONE),
        "150 mg",
        &policy,
    );
    let error = outside.unwrap_err();
    assert!(
        matches!(error, CapecitabineError::OutsideBands { unit: "mg", .. }),
        "{error}"
    );
    // after the cap, as the tablets are
    let cap = Caps {
        dose_per_administration: Some("1100 mg".parse().unwrap()),
        ..Caps::NONE
    };
    let capped = choose(&calculated("1250 mg/m2", "1.05 m2", cap), "150 mg", &policy).unwrap();
    assert_eq!(capped.dose().to_string(), "1050 mg");
}

/// A table by area has no dose for a reduced intensity; one by milligrams has: half of 825 mg/m2 at
/// 2.5 m2 is 1031.25 mg.
#[test]
fn bands_of_milligrams_hold_for_a_reduced_dose() {
    let rules = RuleSelection::NONE.with(&CPIC_DPYD_2018).unwrap();
    let facts = ClinicalFacts {
        dpyd: Some("1".parse().unwrap()),
        ..ClinicalFacts::default()
    };
    let mut request = crate::orders::request("825 mg/m2", "2.5 m2", "150 mg");
    request.policy = RoundingPolicy::Bands(table(BandEdge::BelongsAbove));
    let order = CapecitabineOrder::plan(request.with_rules(rules, facts)).unwrap();
    assert_eq!(order.day().unwrap().dose_per_day().to_string(), "2100 mg");
}

#[test]
fn a_step_of_milligrams_is_near_by_area() {
    let near = |area: &str| {
        let policy = RoundingPolicy::Bands(table(BandEdge::BelongsAbove));
        let ordered = choose(
            &calculated("825 mg/m2", area, Caps::NONE),
            "150 mg",
            &policy,
        )
        .unwrap();
        ordered
            .findings()
            .iter()
            .any(|one: &Finding| one.is("capecitabine.near_step"))
    };
    // 975.5 / 825 = 1.18242 m2
    assert!(near("1.19 m2") && near("1.173 m2"));
    assert!(!near("1.2 m2") && !near("1.165 m2"));
}

#[test]
fn a_table_is_on_one_scale() {
    let new = |times: Option<u32>, bands: Vec<Band>| {
        let edge = BandEdge::BelongsAbove;
        match BandTable::new("t", "t", Covers::AnyIntensity, times, edge, bands) {
            Err(CapecitabineError::Bands { fault, .. }) => Some(fault),
            _ => None,
        }
    };
    let area = |text: &str| BandBound::Area(text.parse::<SurfaceArea>().unwrap());
    let both = vec![
        band(None, Some(mg("900 mg")), "900 mg"),
        band(Some(area("1.3 m2")), None, "1050 mg"),
    ];
    assert_eq!(new(Some(2), both), Some(BandFault::TwoScales(2)));
    let areas = vec![band(None, Some(area("1.3 m2")), "900 mg")];
    assert_eq!(
        new(None, areas.clone()),
        Some(BandFault::AdministrationsPerDay)
    );
    assert_eq!(new(Some(2), areas), None);
    let falls = vec![
        band(None, Some(mg("900 mg")), "900 mg"),
        band(Some(mg("900 mg")), None, "750 mg"),
    ];
    assert_eq!(new(None, falls), Some(BandFault::DoseFalls(2)));
    let open = vec![band(None, None, "900 mg")];
    assert_eq!(new(None, open), Some(BandFault::AdministrationsPerDay));

    let text = r#"
        label = "synthetic"
        source = "synthetic"
        covers = "any_intensity"
        edge = "belongs_above"
        bands = [
            { to = "787.5 mg", dose_per_administration = "750 mg" },
            { from = { value = 787.5, unit = "mg" }, dose_per_administration = "900 mg" },
        ]"#;
    let read: BandTable = toml::from_str(text).unwrap();
    assert_eq!(
        (read.scale(), read.administrations_per_day()),
        (BandScale::CalculatedDose, None)
    );
    assert_eq!(
        read.bands()[1].from,
        Some(BandBound::Dose(DoseBound::constant("787.5 mg")))
    );
    let again = serde_json::to_string(&read).unwrap();
    assert_eq!(serde_json::from_str::<BandTable>(&again).unwrap(), read);
    let error = toml::from_str::<BandTable>(&text.replace("787.5 mg\",", "787.5\",")).unwrap_err();
    assert!(error.to_string().contains("\"787.5 mg\""), "{error}");
}

fn fewest(within: &str, ties: Ties) -> RoundingPolicy {
    RoundingPolicy::Fewest {
        within: within.parse().unwrap(),
        ties,
    }
}

/// 825 mg/m2 at 1.6364 m2 is 1350.03 mg: nearest with 150 mg tablets alone needs nine; of 500 mg and
/// 150 mg, 1300 mg are four tablets and 3.7 % less, 1350 mg nine.
#[test]
fn the_fewest_tablets_within_a_deviation() {
    let calculated = calculated("825 mg/m2", "1.6364 m2", Caps::NONE);
    let stock = "500 mg, 150 mg";
    for (policy, dose, tablets) in [
        (RoundingPolicy::Nearest { ties: Ties::Up }, "1350 mg", 9),
        (fewest("5 %", Ties::Up), "1300 mg", 4),
        (fewest("3 %", Ties::Up), "1350 mg", 9),
        (fewest("12 %", Ties::Up), "1500 mg", 3),
    ] {
        let ordered = choose(&calculated, stock, &policy).unwrap();
        assert_eq!(ordered.dose().to_string(), dose, "{policy}");
        assert_eq!(ordered.chosen().tablet_count(), tablets, "{policy}");
        assert_eq!(
            policy.to_string().parse::<RoundingPolicy>().unwrap(),
            policy
        );
        let shape = serde_json::to_value(&policy).unwrap();
        assert_eq!(
            serde_json::from_value::<RoundingPolicy>(shape).unwrap(),
            policy
        );
    }
    let none = choose(&calculated, "500 mg", &fewest("5 %", Ties::Up)).unwrap_err();
    assert!(
        matches!(none, CapecitabineError::NothingWithin { .. }),
        "{none}"
    );
    assert!(RoundingPolicy::parse("fewest:5%", None).is_err());
    assert!(RoundingPolicy::parse("fewest:5", Some(Ties::Up)).is_err());
    // equally few, equally far: 1250 mg between 1000 and 1500 mg of 500 mg tablets are two and three
    // tablets; between 1200 and 1300 mg of 100 mg and 300 mg four and five; of 600 mg and 650 mg two each
    let middle = self::calculated("1250 mg/m2", "1 m2", Caps::NONE);
    for (ties, dose) in [(Ties::Up, "1300 mg"), (Ties::Down, "1200 mg")] {
        let ordered = choose(&middle, "650 mg, 600 mg", &fewest("4 %", ties));
        let ordered = ordered.unwrap();
        // 1250 mg itself is 600 + 650, two tablets too, and nearer
        assert_eq!(ordered.dose().to_string(), "1250 mg");
        let apart = choose(
            &self::calculated("1250 mg/m2", "0.5 m2", Caps::NONE),
            "650 mg, 600 mg",
            &fewest("4 %", ties),
        );
        let apart = apart.unwrap();
        assert!(apart.is_tie());
        let half = if dose == "1300 mg" {
            "650 mg"
        } else {
            "600 mg"
        };
        assert_eq!(apart.dose().to_string(), half);
    }
    // a cap is a limit on the choice
    let cap = Caps {
        dose_per_administration: Some("1400 mg".parse().unwrap()),
        ..Caps::NONE
    };
    let capped = self::calculated("825 mg/m2", "1.6364 m2", cap);
    let ordered = choose(&capped, stock, &fewest("12 %", Ties::Up)).unwrap();
    assert_eq!(ordered.dose().to_string(), "1300 mg");
}

proptest! {
    /// Against every pair of counts of two strengths.
    #[test]
    fn the_fewest_tablets_agree_with_counting(
        area in 1000_u32..2400,
        within in 1_u32..15,
        up in any::<bool>(),
        limit in prop_oneof![Just(None), (0_u32..4).prop_map(Some)],
    ) {
        let text = format!("{}.{:03} m2", area / 1000, area % 1000);
        let calculated = calculated("825 mg/m2", &text, Caps::NONE);
        let wanted = calculated.dose().milligrams();
        let ties = if up { Ties::Up } else { Ties::Down };
        let stock = match limit {
            None => "500 mg, 150 mg".to_string(),
            Some(most) => format!("500 mg, 150 mg (at most {})", most + 1),
        };
        let most = limit.map_or(30, |most| most + 1);
        let mut best: Option<(u32, f64, u32)> = None;
        for large in 0..8_u32 {
            for small in 0..=most {
                let amount = 500 * large + 150 * small;
                let away = (f64::from(amount) - wanted).abs();
                if amount == 0 || away > wanted * f64::from(within) / 100.0 {
                    continue;
                }
                let key = (large + small, away, amount);
                let better = match best {
                    None => true,
                    Some((count, distance, chosen)) => {
                        key.0 < count
                            || (key.0 == count && away < distance - 1e-9)
                            || (key.0 == count
                                && (away - distance).abs() <= 1e-9
                                && (amount > chosen) == up)
                    }
                };
                if better {
                    best = Some(key);
                }
            }
        }
        let ordered = choose(&calculated, &stock, &fewest(&format!("{within} %"), ties));
        match (best, ordered) {
            (Some((count, _, amount)), Ok(ordered)) => {
                prop_assert_eq!(ordered.dose().milligrams(), amount);
                prop_assert_eq!(ordered.chosen().tablet_count(), count);
            }
            (None, Err(CapecitabineError::NothingWithin { .. })) => {}
            (best, other) => prop_assert!(false, "{best:?} {other:?}"),
        }
    }

    /// Where a step is said to be near, another dose is chosen on its other side; where none is, none is.
    #[test]
    fn steps_of_the_fewest_tablets_are_where_the_dose_changes(area in 1000_u32..2400) {
        let at = |thousandths: u32| {
            let text = format!("{}.{:03} m2", thousandths / 1000, thousandths % 1000);
            choose(&calculated("825 mg/m2", &text, Caps::NONE), "500 mg, 150 mg (at most 2)", &fewest("10 %", Ties::Up))
        };
        let Ok(here) = at(area) else { return Ok(()) };
        let near = here.findings().iter().any(|one| one.is("capecitabine.near_step"));
        let around = [area - 10, area - 5, area + 5, area + 10].map(|one| {
            at(one).ok().map(|ordered| ordered.dose())
        });
        let changes = around.iter().any(|dose| *dose != Some(here.dose()));
        if changes {
            prop_assert!(near || here.is_tie(), "{area}");
        }
    }
}
