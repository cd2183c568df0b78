//! Gap problems and intervals of parameters.
//!
//! `cargo bench --bench gap`. Every problem has its own prescription, dates and gap.
#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]

use std::hint::black_box;

use chemorad::gap::{GapCase, GapProblem};
use chemorad::radiobiology::{
    AlphaBetaInterval, Measure, ModelParameters, ParameterRange, TWO_GRAY, Treatment,
    TreatmentTime, UncertainModel, UncertainRate,
};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jiff::civil::date;

fn cases() -> Vec<GapCase> {
    (0..10_000_u32)
        .map(|i| {
            let (n, cgy) = (20 + i % 16, 180 + i % 41);
            let start = date(2027, 1, 4);
            let given = 5 + i % 15;
            let days = i32::try_from(given / 5 * 7 + 7 + i % 9).unwrap();
            let resume = start.checked_add(jiff::Span::new().days(days)).unwrap();
            let prescription = vec![format!("{n} x {cgy} cGy").parse().unwrap()];
            let mut case = GapCase::new(prescription, start, resume);
            case.delivered.fractions = Some(given);
            case.possible.second_fraction_interval = Some("6 h".parse().unwrap());
            case.tumour = ModelParameters::at("10 Gy".parse().unwrap());
            case.tumour.loss_per_day = Some("0.66 Gy/d".parse().unwrap());
            case.tumour.kick_off = Some("28 d".parse().unwrap());
            case.late = ModelParameters::at("3 Gy".parse().unwrap());
            case.late.repair_half_time = Some("4.4 h".parse().unwrap());
            case
        })
        .collect()
}

fn gaps(c: &mut Criterion) {
    let cases = cases();
    let mut group = c.benchmark_group("gap");
    group.sample_size(10);
    group.throughput(Throughput::Elements(10_000));
    group.bench_function("10,000 problems, every compensation", |b| {
        b.iter(|| {
            for case in &cases {
                let analysis = GapProblem::new(black_box(case)).unwrap().analyse().unwrap();
                black_box(analysis.lost.bed);
            }
        });
    });
    group.finish();
}

fn intervals(c: &mut Criterion) {
    let range = AlphaBetaInterval::new("5 Gy".parse().unwrap(), "12 Gy".parse().unwrap()).unwrap();
    let loss =
        ParameterRange::new("0.5 Gy/d".parse().unwrap(), "0.8 Gy/d".parse().unwrap()).unwrap();
    let kick_off = ParameterRange::new("21 d".parse().unwrap(), "28 d".parse().unwrap()).unwrap();
    let model = UncertainModel::new(range).with_repopulation(UncertainRate::Bed(loss), kick_off);
    let of = |text: &str, days| {
        Treatment::of(&[text.parse().unwrap()])
            .unwrap()
            .over(TreatmentTime::stated(days))
    };
    let (long, short) = (of("50.4Gy/28", 38), of("52.5Gy/20", 26));
    let repair = model
        .with_incomplete_repair(
            ParameterRange::new("1.5 h".parse().unwrap(), "4.4 h".parse().unwrap()).unwrap(),
        )
        .unwrap();
    c.bench_function("BED over intervals of three parameters", |b| {
        b.iter(|| black_box(&model).bed(black_box(&long)).unwrap());
    });
    c.bench_function("EQD2 over intervals of three parameters", |b| {
        b.iter(|| black_box(&model).eqd(black_box(&long), TWO_GRAY).unwrap());
    });
    c.bench_function("difference of two schedules, monotone", |b| {
        b.iter(|| {
            black_box(&model)
                .difference(black_box(&long), black_box(&short), Measure::Eqd(TWO_GRAY))
                .unwrap()
        });
    });
    c.bench_function(
        "difference of two schedules, 64 pieces of a half-time",
        |b| {
            b.iter(|| {
                black_box(&repair)
                    .difference(black_box(&long), black_box(&short), Measure::Eqd(TWO_GRAY))
                    .unwrap()
            });
        },
    );
}

criterion_group!(benches, gaps, intervals);
criterion_main!(benches);
