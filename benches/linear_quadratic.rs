//! Typed linear-quadratic calls beside the same formula in plain `f64`.
//!
//! `cargo bench --bench linear_quadratic`. Inputs vary from call to call and pass through
//! `black_box`. For ratios that do not depend on the machine's mood see `ratios.rs`.
#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark")]
#![allow(clippy::cast_precision_loss, reason = "small numbers")]

use std::hint::black_box;

use chemorad::quantity::AlphaBeta;
use chemorad::radiobiology::{DoseSeries, LinearQuadratic, TWO_GRAY};
use chemorad::radiotherapy::{FractionCount, Fractionation};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};

/// 64 prescriptions of 1.5 to 2.76 Gy in 5 to 35 fractions.
fn prescriptions() -> Vec<(Fractionation, f64, f64)> {
    (0..64_u32)
        .map(|i| {
            let (n, centigrays) = (5 + i % 31, 150 + 2 * i);
            let text = format!("{n} x {centigrays} cGy");
            (
                text.parse().unwrap(),
                f64::from(n),
                f64::from(centigrays) / 100.0,
            )
        })
        .collect()
}

fn calls(c: &mut Criterion) {
    let list = prescriptions();
    let alpha_beta = AlphaBeta::constant("10 Gy");
    let model = LinearQuadratic::new(alpha_beta);
    let mut group = c.benchmark_group("64 calls");
    group.throughput(Throughput::Elements(64));
    group.bench_function("BED, typed", |b| {
        b.iter(|| {
            for (fractionation, _, _) in &list {
                black_box(black_box(model).bed(black_box(*fractionation)));
            }
        });
    });
    group.bench_function("BED, plain f64", |b| {
        b.iter(|| {
            for (_, n, d) in &list {
                let (n, d, ab) = (black_box(*n), black_box(*d), black_box(10.0));
                black_box(n * d * (1.0 + d / ab));
            }
        });
    });
    group.bench_function("EQD2, typed", |b| {
        b.iter(|| {
            for (fractionation, _, _) in &list {
                black_box(black_box(model).eqd2(black_box(*fractionation)));
            }
        });
    });
    group.bench_function("EQD2, plain f64", |b| {
        b.iter(|| {
            for (_, n, d) in &list {
                let (n, d, ab) = (black_box(*n), black_box(*d), black_box(10.0));
                black_box(n * d * (d + ab) / (2.0 + ab));
            }
        });
    });
    group.finish();

    let course: [Fractionation; 3] =
        ["25 x 1.8 Gy", "3 x 1.8 Gy", "5 x 2.5 Gy"].map(|text| text.parse().unwrap());
    c.bench_function("EQD2 of 3 phases", |b| {
        b.iter(|| {
            let series = DoseSeries::from_fractionations(black_box(&course)).unwrap();
            black_box(black_box(model).eqd2_of(&series))
        });
    });
    c.bench_function("parse 45Gy/25", |b| {
        b.iter(|| black_box("45Gy/25").parse::<Fractionation>().unwrap());
    });
}

fn slices(c: &mut Criterion) {
    let model = LinearQuadratic::new(AlphaBeta::constant("3 Gy"));
    let n = FractionCount::new(25).unwrap();
    macro_rules! slice {
        ($float:ident) => {
            let voxels: usize = 128 * 128 * 128;
            let doses: Vec<$float> = (0..voxels).map(|i| (i % 6000) as $float / 100.0).collect();
            let mut output = doses.clone();
            let mut group = c.benchmark_group(concat!("128^3 ", stringify!($float)));
            group.throughput(Throughput::Elements(voxels as u64));
            group.bench_function("EQD2", |b| {
                b.iter(|| model.eqd_voxels(black_box(&doses), n, TWO_GRAY, &mut output));
            });
            group.bench_function("EQD2 in place", |b| {
                b.iter_batched_ref(
                    || doses.clone(),
                    |doses| model.eqd_voxels_in_place(doses, n, TWO_GRAY),
                    BatchSize::LargeInput,
                );
            });
            group.finish();
        };
    }
    slice!(f32);
    slice!(f64);
}

criterion_group!(benches, calls, slices);
criterion_main!(benches);
