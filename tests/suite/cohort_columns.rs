//! Rows of a cohort beside the order of one patient: equal bits, equal refusals, equal codes.

use std::collections::BTreeSet;

use chemorad::capecitabine::columns::{
    CODES, CohortRules, OrderColumns, OrderedRow, PatientColumns, PatientRow, RowFault,
};
use chemorad::capecitabine::{
    BMC_SURGERY_2009_LADDER, CPIC_DPYD_2017, CPIC_DPYD_2018, CapecitabineError, CapecitabineOrder,
    Caps, ClinicalFacts, DPWG_DPYD_2019, DeviationTolerance, EMA_DPYD_2020,
    EU_LEAFLET_INTERACTIONS, FDA_LABEL_2026, FDA_LABEL_BEFORE_2022, JAPAN_METHOD_D, OrderRequest,
    OrderedAdministration, OrderedDay, Regimen, RoundingPolicy, RuleSelection, RuleSet, RuleTopic,
    StockedTablet, TabletStock, Ties,
};
use chemorad::patient::{
    Age, BodySize, BodySurfaceArea, BodySurfaceAreaFormula, ClearanceWeight, CockcroftGault,
    CreatinineClearance, CreatinineUnit, DpydStatus, PatientError, Sex, SurfaceArea, WeightBasis,
};
use chemorad::quantity::{IntensityPerAdministration, OrderedDose, TabletStrength};
use chemorad::report::Outcome;
use proptest::prelude::*;

/// What one order of the same patient gives, or why there is none.
enum Single {
    Refused(RowFault),
    Order(Box<CapecitabineOrder>, Option<f64>, BodySize),
}

fn decimal(value: f64, unit: &str) -> String {
    format!("{value} {unit}")
}

/// The full path, from text: nothing of the columns is in it.
fn single(every: &OrderRequest, rules: &CohortRules, row: &PatientRow) -> Single {
    match order(every, rules, row) {
        Ok(single) => single,
        Err(fault) => Single::Refused(fault),
    }
}

fn of_patient(error: &PatientError) -> RowFault {
    match error {
        PatientError::ImpossibleBodySize { .. } => RowFault::BodySize,
        PatientError::SexRequired { .. } => RowFault::SexMissing,
        PatientError::OutsideFormulaRange { .. } => RowFault::FormulaRange,
        PatientError::CockcroftGaultChild { .. } => RowFault::Child,
        PatientError::TooShortForIdealWeight { .. } => RowFault::IdealWeight,
        other => panic!("{other}"),
    }
}

fn of_order(error: &CapecitabineError) -> RowFault {
    match error {
        CapecitabineError::UnevenShare { .. } => RowFault::Share,
        CapecitabineError::NoTablet { .. } => RowFault::NoTablet,
        CapecitabineError::NothingWithin { .. } => RowFault::NothingWithin,
        CapecitabineError::NothingAbove { .. } => RowFault::NothingAbove,
        CapecitabineError::LimitsTooLow { .. } => RowFault::LimitsTooLow,
        CapecitabineError::CapBelowTablets { .. } => RowFault::CapBelowTablets,
        CapecitabineError::AboveCap { .. } => RowFault::AboveCap,
        CapecitabineError::BandsForOtherRegimen { .. } => RowFault::TableRegimen,
        CapecitabineError::BandsForOtherIntensity { .. } => RowFault::TableIntensity,
        CapecitabineError::OutsideBands { .. } => RowFault::OutsideTable,
        CapecitabineError::BandNotDeliverable { .. } => RowFault::TableAmount,
        CapecitabineError::Quantity(_) => RowFault::CalculatedDose,
        other => panic!("{other}"),
    }
}

fn order(every: &OrderRequest, rules: &CohortRules, row: &PatientRow) -> Result<Single, RowFault> {
    if row.height_cm.is_nan() {
        return Err(RowFault::HeightMissing);
    }
    let height = decimal(row.height_cm, "cm").parse();
    let height = height.map_err(|_| RowFault::Height)?;
    if row.weight_kg.is_nan() {
        return Err(RowFault::WeightMissing);
    }
    let weight = decimal(row.weight_kg, "kg").parse();
    let weight = weight.map_err(|_| RowFault::Weight)?;
    let size = BodySize::new(height, weight).map_err(|error| of_patient(&error))?;
    let area = BodySurfaceArea::from_formula(rules.formula(), size, row.sex)
        .map_err(|error| of_patient(&error))?;
    let age = match row.age_years {
        years if years.is_nan() => None,
        years => Some(decimal(years, "a").parse().map_err(|_| RowFault::Age)?),
    };
    if age.is_some_and(|age: Age| age.years() < 18) {
        return Err(RowFault::Child);
    }
    let clearance = match rules.weight_basis() {
        Some(basis) if !row.creatinine.is_nan() => {
            let unit = match row.creatinine_unit {
                CreatinineUnit::MilligramsPerDeciliter => "mg/dL",
                CreatinineUnit::MicromolesPerLiter => "umol/L",
            };
            let creatinine = decimal(row.creatinine, unit).parse();
            let facts = CockcroftGault {
                creatinine: creatinine.map_err(|_| RowFault::Creatinine)?,
                age: age.ok_or(RowFault::AgeMissing)?,
                sex: row.sex.ok_or(RowFault::SexMissing)?,
                weight: ClearanceWeight::new(basis, size),
            };
            let clearance = CreatinineClearance::cockcroft_gault(facts);
            Some(clearance.map_err(|error| of_patient(&error))?)
        }
        _ => None,
    };
    let value = clearance
        .as_ref()
        .map(CreatinineClearance::milliliters_per_minute);
    let mut request = every.clone().with_notes(size.warnings());
    request.body_surface_area = area;
    request.facts.clearance = clearance;
    request.facts.dpyd = row.dpyd;
    let order = CapecitabineOrder::plan(request).map_err(|error| of_order(&error))?;
    Ok(Single::Order(Box::new(order), value, size))
}

fn same(one: f64, other: Option<f64>) -> bool {
    match other {
        Some(other) => one.to_bits() == other.to_bits(),
        None => one.is_nan(),
    }
}

fn compare(every: &OrderRequest, rules: &CohortRules, row: &PatientRow) {
    let found = rules.order(row);
    let numbers = rules.numbers(row);
    let bits = |order: &OrderedRow| {
        let mut all = vec![
            order.bmi,
            order.bsa_m2,
            order.creatinine_clearance_ml_min,
            order.calculated_mg,
            order.capped_mg,
            order.ordered_mg,
            order.deviation_percent,
        ];
        all.extend(order.tablets);
        (
            all.into_iter().map(f64::to_bits).collect::<Vec<_>>(),
            order.fault,
        )
    };
    assert_eq!(bits(&found), bits(&numbers));
    let shown = || {
        format!(
            "{row:?}\n{:?} {} {:?} {:?}\n{found:?}",
            every.regimen, every.stock, every.policy, every.caps
        )
    };
    match single(every, rules, row) {
        Single::Refused(fault) => {
            assert_eq!(found.fault, Some(fault), "{}", shown());
            assert!(found.ordered_mg.is_nan() && found.tablets.iter().all(|n| n.is_nan()));
            assert!(CODES.contains(fault.code()) && !fault.to_string().is_empty());
        }
        Single::Order(order, clearance, size) => {
            assert_eq!(found.fault, None, "{}", shown());
            assert!(same(found.bmi, Some(size.body_mass_index())));
            let area = order.request().body_surface_area.square_meters();
            assert!(same(found.bsa_m2, Some(area)), "{}", shown());
            assert!(
                same(found.creatinine_clearance_ml_min, clearance),
                "{}",
                shown()
            );
            let day = order.day().map(OrderedDay::per_administration);
            let calculated = day.map(|one| one.calculated().uncapped().milligrams());
            assert!(same(found.calculated_mg, calculated), "{}", shown());
            let capped = day.map(|one| one.calculated().dose().milligrams());
            assert!(same(found.capped_mg, capped), "{}", shown());
            let ordered = day.map(|one| f64::from(one.dose().milligrams()));
            assert!(same(found.ordered_mg, ordered), "{}", shown());
            let deviation = day.map(OrderedAdministration::deviation_from_uncapped_percent);
            assert!(same(found.deviation_percent, deviation), "{}", shown());
            for (strength, count) in rules.strengths().iter().zip(found.tablets) {
                let expected = day.map(|one| {
                    let tablets = one.chosen().tablets().iter();
                    let of_it = tablets.filter(|tablet| tablet.strength == *strength);
                    f64::from(of_it.map(|tablet| tablet.count).sum::<u32>())
                });
                assert!(same(count, expected), "{strength} {}", shown());
            }
            let codes: BTreeSet<(String, &str)> = found
                .findings
                .codes()
                .map(|(outcome, code)| (outcome.to_string(), code.name))
                .collect();
            let expected = order.findings().iter();
            let expected: BTreeSet<(String, &str)> = expected
                .map(|finding| (finding.outcome.to_string(), finding.code()))
                .collect();
            assert_eq!(codes, expected, "{}", shown());
            assert_eq!(found.findings.outcome(), order.outcome(), "{}", shown());
        }
    }
}

fn number(least: u32, most: u32, scale: f64) -> impl Strategy<Value = f64> {
    prop_oneof![
        20 => (least..=most).prop_map(move |n| f64::from(n) / scale),
        1 => Just(f64::NAN),
        1 => proptest::sample::select(vec![-1.0, 0.0, f64::INFINITY, 1e9, 0.123_456_789]),
    ]
}

fn row() -> impl Strategy<Value = PatientRow> {
    let size = prop_oneof![
        8 => (number(1400, 2000, 10.0), number(400, 1400, 10.0)),
        1 => (number(200, 28_500, 100.0), number(20, 70_500, 100.0)),
    ];
    let sex = proptest::sample::select(vec![Some(Sex::Female), Some(Sex::Male), None]);
    let age = prop_oneof![6 => number(18, 95, 1.0), 1 => number(0, 130, 1.0), 1 => Just(61.5)];
    let creatinine = prop_oneof![
        (
            number(40, 400, 1.0),
            Just(CreatinineUnit::MicromolesPerLiter)
        ),
        (
            number(4, 40, 10.0),
            Just(CreatinineUnit::MilligramsPerDeciliter)
        ),
        (
            number(1, 30_000, 10.0),
            Just(CreatinineUnit::MicromolesPerLiter)
        ),
    ];
    let dpyd = [
        "not-tested",
        "indeterminate",
        "0",
        "0.5",
        "1",
        "1.5",
        "2",
        "c.1905+1G>A, *13",
        "c.2846A>T, HapB3",
        "c.2846A>T, *2A",
        "*13, Reference",
        "c.2846A>T, Reference",
        "Reference, Reference",
    ];
    let dpyd: Vec<Option<DpydStatus>> = dpyd
        .into_iter()
        .map(|text| Some(text.parse().unwrap()))
        .chain([None])
        .collect();
    (size, sex, age, creatinine, proptest::sample::select(dpyd)).prop_map(
        |((height_cm, weight_kg), sex, age_years, (creatinine, creatinine_unit), dpyd)| {
            PatientRow {
                height_cm,
                weight_kg,
                sex,
                age_years,
                creatinine,
                creatinine_unit,
                dpyd,
            }
        },
    )
}

fn tablet() -> impl Strategy<Value = StockedTablet> {
    let strength = prop_oneof![
        proptest::sample::select(vec![150_u32, 300, 500]),
        100_u32..=600,
    ];
    (strength, proptest::option::of(1_u32..=6)).prop_map(|(milligrams, at_most)| StockedTablet {
        strength: TabletStrength::from_milligrams(milligrams).unwrap(),
        at_most,
    })
}

fn stock() -> impl Strategy<Value = TabletStock> {
    let usual = [
        "500 mg, 150 mg (at most 2)",
        "500 mg, 150 mg",
        "500 mg",
        "500 mg, 300 mg, 150 mg",
    ];
    prop_oneof![
        proptest::sample::select(usual.to_vec()).prop_map(|text| text.parse().unwrap()),
        proptest::collection::vec(tablet(), 1..=3).prop_filter_map("a strength twice", |tablets| {
            TabletStock::from_tablets(tablets).ok()
        }),
    ]
}

fn ties() -> impl Strategy<Value = Ties> {
    proptest::sample::select(vec![Ties::Up, Ties::Down])
}

fn policy() -> impl Strategy<Value = RoundingPolicy> {
    prop_oneof![
        3 => ties().prop_map(|ties| RoundingPolicy::Nearest { ties }),
        1 => Just(RoundingPolicy::Down),
        1 => Just(RoundingPolicy::Up),
        2 => (1_u32..=20, ties()).prop_map(|(percent, ties)| RoundingPolicy::Fewest {
            within: format!("{percent} %").parse().unwrap(),
            ties,
        }),
        1 => Just(RoundingPolicy::Bands(JAPAN_METHOD_D)),
    ]
}

fn selection() -> impl Strategy<Value = RuleSelection> {
    let none: Vec<Option<RuleSet>> = vec![None];
    let of = |sets: &[&RuleSet]| {
        let sets: Vec<Option<RuleSet>> = none
            .iter()
            .cloned()
            .chain(sets.iter().map(|set| Some((*set).clone())))
            .collect();
        proptest::sample::select(sets)
    };
    let renal = of(&[&FDA_LABEL_2026, &FDA_LABEL_BEFORE_2022]);
    let dpyd = of(&[
        &CPIC_DPYD_2017,
        &CPIC_DPYD_2018,
        &DPWG_DPYD_2019,
        &EMA_DPYD_2020,
    ]);
    let others = of(&[&EU_LEAFLET_INTERACTIONS]);
    let toxicity = of(&[&BMC_SURGERY_2009_LADDER]);
    (renal, dpyd, others, toxicity).prop_map(|(renal, dpyd, others, toxicity)| {
        let mut selection = RuleSelection::NONE;
        for (topic, set) in [
            (RuleTopic::Renal, renal),
            (RuleTopic::Dpyd, dpyd),
            (RuleTopic::Interactions, others),
            (RuleTopic::Toxicity, toxicity),
        ] {
            let set = set.filter(|set| match topic {
                RuleTopic::Renal => set.renal.is_some(),
                RuleTopic::Dpyd => set.dpyd.is_some(),
                RuleTopic::Toxicity => set.toxicity.is_some(),
                RuleTopic::Interactions => set.interactions.is_some(),
            });
            if let Some(set) = set {
                selection = selection.with_topic(topic, &set).unwrap();
            }
        }
        selection
    })
}

fn regimen() -> impl Strategy<Value = Regimen> {
    let intensity = prop_oneof![
        3 => Just(825_u32),
        1 => Just(1250),
        1 => Just(1000),
        1 => 100_u32..=3000,
    ];
    (intensity, prop_oneof![5 => Just(2_u32), 1 => 1_u32..=4]).prop_map(|(intensity, times)| {
        let intensity: IntensityPerAdministration = format!("{intensity} mg/m2").parse().unwrap();
        Regimen::new(intensity, times).unwrap()
    })
}

fn caps() -> impl Strategy<Value = Caps> {
    let area = proptest::option::weighted(0.3, 1_400_000_u64..=2_400_000);
    let dose = proptest::option::weighted(0.3, 100_u32..=3000);
    (area, dose).prop_map(|(area, dose)| Caps {
        body_surface_area: area.map(|mm2| SurfaceArea::from_square_millimeters(mm2).unwrap()),
        dose_per_administration: dose.map(|mg| OrderedDose::from_milligrams(mg).unwrap()),
    })
}

fn every() -> impl Strategy<Value = OrderRequest> {
    let tolerance = proptest::option::of((1_u32..=15).prop_map(|percent| {
        let tolerance: DeviationTolerance = format!("{percent} %").parse().unwrap();
        tolerance
    }));
    let waived = proptest::option::of(proptest::sample::subsequence(
        RuleTopic::NEEDED.to_vec(),
        0..=3,
    ));
    let other_drugs = proptest::option::of(Just(Vec::new()));
    (
        (regimen(), stock(), policy(), caps(), tolerance),
        (selection(), waived, other_drugs),
    )
        .prop_map(
            |((regimen, stock, policy, caps, tolerance), (rules, waived, other_drugs))| {
                let area = SurfaceArea::constant("1.8 m2");
                let area = BodySurfaceArea::stated(area, "not used");
                let facts = ClinicalFacts {
                    other_drugs,
                    ..ClinicalFacts::NONE
                };
                let waived = waived.map(|waived| {
                    let free = waived
                        .into_iter()
                        .filter(|topic| rules.get(*topic).is_none());
                    free.collect::<Vec<_>>()
                });
                let mut every = OrderRequest::new(regimen, area, stock, policy)
                    .with_caps(caps)
                    .with_tolerance(tolerance)
                    .with_rules(rules, facts);
                every.waived = waived;
                every
            },
        )
}

fn basis() -> impl Strategy<Value = Option<WeightBasis>> {
    let known = ["actual", "ideal", "adjusted:0.4"];
    let known: Vec<_> = known
        .iter()
        .map(|text| Some(text.parse().unwrap()))
        .collect();
    proptest::sample::select([known, vec![None]].concat())
}

fn formula() -> impl Strategy<Value = BodySurfaceAreaFormula> {
    prop_oneof![
        Just(BodySurfaceAreaFormula::Mosteller),
        proptest::sample::select(BodySurfaceAreaFormula::ALL.to_vec()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_row_is_the_order_of_one_patient(
        every in every(),
        formula in formula(),
        basis in basis(),
        rows in proptest::collection::vec(row(), 60),
    ) {
        let rules = CohortRules::new(&every, formula, basis).unwrap();
        for row in &rows {
            compare(&every, &rules, row);
        }
    }

    /// The calculated dose lands on amounts, on ties and next to them.
    #[test]
    fn rows_at_the_edges_of_tablets(
        policy in policy(),
        stock in stock(),
        dose in 1_u32..=5000,
        nudge in proptest::sample::select(vec![0.0, 0.5, 75.0, -0.5]),
        height in 1400_u32..=2000,
    ) {
        // Mosteller: the weight that makes the dose, as near as 0.1 mg of a kilogram comes
        let (height, dose) = (f64::from(height) / 10.0, f64::from(dose) + nudge);
        let area = dose / 825.0;
        let weight = (area * area * 3600.0 / height * 1e9).round() / 1e9;
        let area = BodySurfaceArea::stated(SurfaceArea::constant("1.8 m2"), "not used");
        let regimen = Regimen::new("825 mg/m2".parse().unwrap(), 2).unwrap();
        let every = OrderRequest::new(regimen, area, stock, policy);
        let rules = CohortRules::new(&every, BodySurfaceAreaFormula::Mosteller, None).unwrap();
        compare(&every, &rules, &PatientRow::new(height, weight));
    }
}

fn trial() -> OrderRequest {
    OrderRequest::new(
        Regimen::new("825 mg/m2".parse().unwrap(), 2).unwrap(),
        BodySurfaceArea::stated(SurfaceArea::constant("1.8 m2"), "not used"),
        "500 mg, 150 mg (at most 2)".parse().unwrap(),
        "nearest, ties up".parse().unwrap(),
    )
}

#[test]
fn columns_are_rows() {
    let rules = RuleSelection::NONE
        .with_topic(RuleTopic::Renal, &FDA_LABEL_2026)
        .unwrap()
        .with(&CPIC_DPYD_2018)
        .unwrap();
    let every = trial().with_rules(rules, ClinicalFacts::NONE);
    let actual = Some(WeightBasis::Actual);
    let rules = CohortRules::new(&every, BodySurfaceAreaFormula::DuBois, actual).unwrap();
    let height = [170.0, 158.5, f64::NAN, 181.0];
    let weight = [70.0, 49.9, 80.0, 300.0];
    let sex = [Some(Sex::Male), Some(Sex::Female), None, None];
    let age = [60.0, 81.0, 40.0, f64::NAN];
    let creatinine = [80.0, 190.0, 80.0, f64::NAN];
    let dpyd = [
        Some("2".parse().unwrap()),
        Some("0.5".parse().unwrap()),
        Some(DpydStatus::NotTested),
        None,
    ];
    let mut patients = PatientColumns::new(&height, &weight);
    patients.sex = Some(&sex);
    patients.age_years = Some(&age);
    patients.creatinine = Some((&creatinine, CreatinineUnit::MicromolesPerLiter));
    patients.dpyd = Some(&dpyd);
    let mut orders = OrderColumns::default();
    // the second time the columns are used again
    for _ in 0..2 {
        rules.fill_with_findings(&patients, &mut orders).unwrap();
        for at in 0..4 {
            let row = PatientRow {
                height_cm: height[at],
                weight_kg: weight[at],
                sex: sex[at],
                age_years: age[at],
                creatinine: creatinine[at],
                creatinine_unit: CreatinineUnit::MicromolesPerLiter,
                dpyd: dpyd[at],
            };
            compare(&every, &rules, &row);
            let order = rules.order(&row);
            assert_eq!(orders.bsa_m2[at].to_bits(), order.bsa_m2.to_bits());
            assert_eq!(orders.ordered_mg[at].to_bits(), order.ordered_mg.to_bits());
            assert_eq!(
                orders.tablets[1].count[at].to_bits(),
                order.tablets[1].to_bits()
            );
            assert_eq!(orders.fault[at], order.fault);
            assert_eq!(orders.findings[at], order.findings);
        }
    }
    assert_eq!(orders.tablets.len(), 2);
    // a clearance below 30 mL/min and a score of 0.5 leave no dose, and that is no refusal
    assert!(orders.ordered_mg[1].is_nan() && orders.fault[1].is_none());
    assert_ne!(orders.findings[1].outcome(), Outcome::Pass);

    patients.sex = Some(&sex[1..]);
    let error = rules.fill(&patients, &mut orders).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("sex has 3 rows and height_cm has 4")
    );
}

#[test]
fn what_belongs_to_one_patient_is_refused() {
    let of_one = trial().with_split("larger-morning".parse().unwrap());
    let error = CohortRules::new(&of_one, BodySurfaceAreaFormula::Mosteller, None).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("an unequal day belongs to one patient")
    );
}
