//! Orders of many patients from columns: how many rows a second on one core.
//!
//! `cargo bench --bench cohort` prints a table; `--serve` answers `benches/cohort_compare.py`, which runs
//! numpy and pandas beside it. A line asks for `sizes` or `rules`, and the answer is the seconds of one
//! pass: those on the processor where the system tells them, so that other programs on the machine do not
//! count.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that prints a table"
)]

use std::hint::black_box;
use std::io::{BufRead as _, Write as _, stdin, stdout};
use std::time::Instant;

use chemorad::capecitabine::columns::{CohortRules, OrderColumns, PatientColumns};
use chemorad::capecitabine::{
    CPIC_DPYD_2018, ClinicalFacts, FDA_LABEL_2026, OrderRequest, Regimen, RuleSelection, RuleTopic,
};
use chemorad::patient::{
    BodySurfaceArea, BodySurfaceAreaFormula, CreatinineUnit, DpydStatus, Sex, SurfaceArea,
    WeightBasis,
};

const ROWS: u32 = 1_000_000;

/// The columns, the same that `benches/cohort_compare.py` makes.
struct Patients {
    height: Vec<f64>,
    weight: Vec<f64>,
    sex: Vec<Option<Sex>>,
    age: Vec<f64>,
    creatinine: Vec<f64>,
    dpyd: Vec<Option<DpydStatus>>,
}

/// Whole numbers below `most`, without an order that a branch predictor learns.
fn scattered(row: u32, stream: u32, most: u32) -> u32 {
    let mixed = row
        .wrapping_add(stream.wrapping_mul(0x9e37_79b9))
        .wrapping_mul(0x85eb_ca6b);
    let mixed = (mixed ^ (mixed >> 13)).wrapping_mul(0xc2b2_ae35);
    (mixed ^ (mixed >> 16)) % most
}

impl Patients {
    fn new() -> Self {
        let tenths = |stream, from: u32, most| {
            move |row| f64::from(from + scattered(row, stream, most)) / 10.0
        };
        let dpyd = [
            "2",
            "2",
            "2",
            "2",
            "2",
            "2",
            "1.5",
            "1",
            "0.5",
            "not-tested",
        ]
        .map(|text| Some(text.parse().unwrap()));
        Self {
            height: (0..ROWS).map(tenths(1, 1450, 500)).collect(),
            weight: (0..ROWS).map(tenths(2, 450, 650)).collect(),
            sex: (0..ROWS)
                .map(|row| Some([Sex::Female, Sex::Male][scattered(row, 3, 2) as usize]))
                .collect(),
            age: (0..ROWS)
                .map(|row| f64::from(30 + scattered(row, 4, 55)))
                .collect(),
            creatinine: (0..ROWS)
                .map(|row| f64::from(50 + scattered(row, 5, 100)))
                .collect(),
            dpyd: (0..ROWS)
                .map(|row| dpyd[scattered(row, 6, 10) as usize])
                .collect(),
        }
    }
}

fn every() -> OrderRequest {
    OrderRequest::new(
        Regimen::new("825 mg/m2".parse().unwrap(), 2).unwrap(),
        BodySurfaceArea::stated(SurfaceArea::constant("1.8 m2"), "not used"),
        "500 mg, 150 mg (at most 2)".parse().unwrap(),
        "nearest, ties up".parse().unwrap(),
    )
}

/// A moment, by the clock and by the time on the processor.
struct Moment {
    clock: Instant,
    processor: Option<u64>,
}

impl Moment {
    fn now() -> Self {
        let times = std::fs::read_to_string("/proc/self/schedstat").ok();
        let first = times.as_deref().and_then(|text| text.split(' ').next());
        Self {
            processor: first.and_then(|nanoseconds| nanoseconds.parse().ok()),
            clock: Instant::now(),
        }
    }

    fn seconds(&self) -> f64 {
        match (self.processor, Self::now().processor) {
            (Some(before), Some(after)) => {
                std::time::Duration::from_nanos(after - before).as_secs_f64()
            }
            _ => self.clock.elapsed().as_secs_f64(),
        }
    }
}

/// A pass over all rows: seconds, and the sum of what is ordered.
fn pass(what: &str, patients: &Patients, orders: &mut OrderColumns) -> (f64, f64) {
    let mut columns = PatientColumns::new(&patients.height, &patients.weight);
    let mosteller = BodySurfaceAreaFormula::Mosteller;
    let seconds = if what == "sizes" {
        let rules = CohortRules::new(&every(), mosteller, None).unwrap();
        let start = Moment::now();
        rules.fill(black_box(&columns), orders).unwrap();
        start.seconds()
    } else {
        let sets = RuleSelection::NONE
            .with_topic(RuleTopic::Renal, &FDA_LABEL_2026)
            .unwrap()
            .with(&CPIC_DPYD_2018)
            .unwrap();
        let every = every().with_rules(sets, ClinicalFacts::NONE);
        let rules = CohortRules::new(&every, mosteller, Some(WeightBasis::Actual)).unwrap();
        columns.sex = Some(&patients.sex);
        columns.age_years = Some(&patients.age);
        let unit = CreatinineUnit::MicromolesPerLiter;
        columns.creatinine = Some((&patients.creatinine, unit));
        columns.dpyd = Some(&patients.dpyd);
        let start = Moment::now();
        rules
            .fill_with_findings(black_box(&columns), orders)
            .unwrap();
        start.seconds()
    };
    let ordered = orders.ordered_mg.iter().filter(|mg| !mg.is_nan());
    (seconds, ordered.sum())
}

fn main() {
    let patients = Patients::new();
    let mut orders = OrderColumns::default();
    if std::env::args().any(|argument| argument == "--serve") {
        for line in stdin().lock().lines() {
            let (seconds, ordered) = pass(line.unwrap().trim(), &patients, &mut orders);
            println!("{seconds} {ordered}");
            stdout().flush().unwrap();
        }
        return;
    }
    for what in ["sizes", "rules"] {
        let mut all: Vec<f64> = (0..11)
            .map(|_| pass(what, &patients, &mut orders).0)
            .collect();
        all.sort_by(f64::total_cmp);
        let rate = |seconds: f64| f64::from(ROWS) / seconds / 1e6;
        println!(
            "{what:<8} {:>7.2} {:>7.2} million rows/s (best, median)",
            rate(all[0]),
            rate(all[5])
        );
    }
}
