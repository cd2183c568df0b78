//! 10,000 random rows of a file beside the order of one patient: equal bits, outcomes and codes.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chemorad::capecitabine::{CapecitabineOrder, OrderRequest};
use chemorad::patient::{
    BodySize, BodySurfaceArea, BodySurfaceAreaFormula, ClearanceWeight, CockcroftGault,
    CreatinineClearance, Sex, WeightBasis,
};
use chemorad::report::Outcome;

use crate::common::{judged, read};

/// Whole numbers without an order, the same in every run.
fn numbers() -> impl FnMut(u32) -> u32 {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    move |most| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        u32::try_from(state >> 33).unwrap() % most
    }
}

/// The order of one patient from the words of the row; nothing of the columns is in it.
fn one(every: &OrderRequest, words: [&str; 6]) -> (CapecitabineOrder, f64, f64, f64) {
    let [height, weight, sex, age, creatinine, dpyd] = words;
    let height = format!("{height} cm").parse().unwrap();
    let size = BodySize::new(height, format!("{weight} kg").parse().unwrap()).unwrap();
    let sex: Sex = sex.parse().unwrap();
    let area = BodySurfaceArea::from_formula(BodySurfaceAreaFormula::Mosteller, size, Some(sex));
    let clearance = CreatinineClearance::cockcroft_gault(CockcroftGault {
        age: format!("{age} a").parse().unwrap(),
        sex,
        weight: ClearanceWeight::new(WeightBasis::Actual, size),
        creatinine: format!("{creatinine} umol/L").parse().unwrap(),
    })
    .unwrap();
    let mut request = every.clone().with_notes(size.warnings());
    request.body_surface_area = area.unwrap();
    let square_meters = request.body_surface_area.square_meters();
    let rate = clearance.milliliters_per_minute();
    request.facts.clearance = Some(clearance);
    request.facts.dpyd = Some(dpyd.parse().unwrap());
    let order = CapecitabineOrder::plan(request).unwrap();
    (order, square_meters, rate, size.body_mass_index())
}

#[test]
fn ten_thousand_rows_are_ten_thousand_orders() {
    const ROWS: usize = 10_000;
    let mut number = numbers();
    let dpyd = ["2", "1.5", "1", "0.5", "0", "not-tested", "indeterminate"];
    let mut file = String::from("height_cm,weight_kg,sex,age_years,creatinine_umol_l,dpyd\n");
    let mut patients = Vec::with_capacity(ROWS);
    for _ in 0..ROWS {
        let patient = [
            format!("{}.{}", 145 + number(50), number(10)),
            format!("{}.{:03}", 42 + number(70), number(1000)),
            ["female", "male"][number(2) as usize].to_string(),
            (20 + number(70)).to_string(),
            (45 + number(160)).to_string(),
            dpyd[number(7) as usize].to_string(),
        ];
        writeln!(file, "{}", patient.join(",")).unwrap();
        patients.push(patient);
    }
    let rules = judged();
    let every = rules.every().clone();
    let read = read(rules, &file);
    assert_eq!(read.rows.len(), ROWS);
    let mut outcomes = BTreeSet::new();
    for (row, patient) in patients.iter().enumerate() {
        let [height, weight, sex, age, creatinine, dpyd] = patient;
        let words = [height, weight, sex, age, creatinine, dpyd].map(String::as_str);
        let (order, square_meters, clearance, index) = one(&every, words);
        let same = |column: &str, expected: Option<f64>| match expected {
            Some(expected) => {
                let own: f64 = read.cell(row, column).parse().unwrap();
                assert_eq!(own.to_bits(), expected.to_bits(), "{column} {patient:?}");
            }
            None => assert_eq!(read.cell(row, column), "", "{column} {patient:?}"),
        };
        same("bmi", Some(index));
        same("bsa_m2", Some(square_meters));
        same("creatinine_clearance_ml_min", Some(clearance));
        let single = order
            .day()
            .map(chemorad::capecitabine::OrderedDay::per_administration);
        same(
            "calculated_mg",
            single.map(|one| one.calculated().dose().milligrams()),
        );
        same(
            "ordered_mg",
            single.map(|one| f64::from(one.chosen().amount().milligrams())),
        );
        same(
            "deviation_percent",
            single.map(|one| one.chosen().deviation_percent()),
        );
        for (column, milligrams) in [("tablets_500mg", 500), ("tablets_150mg", 150)] {
            let count = single.map(|one| {
                let tablets = one.chosen().tablets().iter();
                let mut of_it = tablets.filter(|one| one.strength.milligrams() == milligrams);
                of_it.next().map_or(0.0, |one| f64::from(one.count))
            });
            same(column, count);
        }
        let outcome = order.outcome();
        let word = outcome.to_string().replace(' ', "_");
        assert_eq!(read.cell(row, "outcome"), word, "{patient:?}");
        let worth = |outcome: Outcome| !matches!(outcome, Outcome::Pass | Outcome::NotApplicable);
        let codes: BTreeSet<&str> = order
            .findings()
            .iter()
            .filter(|finding| worth(finding.outcome))
            .map(chemorad::Finding::code)
            .collect();
        let own: BTreeSet<&str> = read.cell(row, "codes").split_whitespace().collect();
        assert_eq!(own, codes, "{patient:?}");
        outcomes.insert(word);
    }
    // the rows are of every kind
    assert_eq!(outcomes.len(), 4, "{outcomes:?}");
}
