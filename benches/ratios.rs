//! What a typed call or a checked slice costs beside the plain operation, as ratios.
//!
//! `cargo bench --bench ratios`. Each round runs both sides one after the other, so that the noise of
//! the machine meets both; the table shows the minimum and the median over the rounds of each side,
//! and of the ratio within a round. With `--serve` it answers `numpy_compare.py`, one round at a time.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_lossless,
    reason = "a benchmark that prints a table"
)]

use std::cell::RefCell;
use std::hint::black_box;
use std::time::Instant;

use chemorad::quantity::AlphaBeta;
use chemorad::radiobiology::{DoseSeries, LinearQuadratic, TWO_GRAY};
use chemorad::radiotherapy::{FractionCount, Fractionation};

/// Seconds of one run.
fn time(mut run: impl FnMut()) -> f64 {
    let start = Instant::now();
    run();
    start.elapsed().as_secs_f64()
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
}

/// Interleaves `ours` and `theirs` and prints one line.
fn compare(
    name: &str,
    rounds: usize,
    per_run: f64,
    unit: &str,
    mut ours: impl FnMut(),
    mut theirs: impl FnMut(),
) {
    ours();
    theirs();
    let mut times: [Vec<f64>; 3] = Default::default();
    for round in 0..rounds {
        // the side that runs first alternates
        let (a, b) = if round % 2 == 0 {
            let a = time(&mut ours);
            (a, time(&mut theirs))
        } else {
            let b = time(&mut theirs);
            (time(&mut ours), b)
        };
        times[0].push(a / per_run);
        times[1].push(b / per_run);
        times[2].push(a / b);
    }
    let [a, b, ratio] = times.map(sorted);
    let middle = rounds / 2;
    println!(
        "{name:<38} {:>8.3} {:>8.3} {:>8.3} {:>8.3} {unit:<4} {:>6.2} {:>6.2} {:>6.2} {:>6.2}",
        a[0],
        a[middle],
        b[0],
        b[middle],
        a[0] / b[0],
        ratio[middle],
        ratio[rounds / 10],
        ratio[rounds * 9 / 10],
    );
}

/// How often a run goes through its 64 inputs: a run is over before a busy machine takes the core away.
const PASSES: u32 = 100;

/// 64 inputs, [`PASSES`] times over.
fn each(mut run: impl FnMut(usize)) -> impl FnMut() {
    move || {
        for _ in 0..PASSES {
            for i in 0..64 {
                run(i);
            }
        }
    }
}

#[allow(clippy::too_many_lines, reason = "one comparison after the other")]
fn calls() {
    const CALLS: u32 = 64 * PASSES;
    let model = LinearQuadratic::new(AlphaBeta::constant("10 Gy"));
    let list: Vec<(Fractionation, f64, f64)> = (0..64_u32)
        .map(|i| {
            let (n, centigrays) = (5 + i % 31, 150 + 2 * i);
            (
                format!("{n} x {centigrays} cGy").parse().unwrap(),
                f64::from(n),
                f64::from(centigrays) / 100.0,
            )
        })
        .collect();
    // not whole centigrays: 50 Gy in 30 and the like take the wide integers
    let fine: Vec<Fractionation> = list
        .iter()
        .map(|(f, _, _)| {
            let total = f.total().micrograys() + 1;
            Fractionation::from_total(
                chemorad::quantity::AbsorbedDose::from_micrograys(total).unwrap(),
                f.fractions(),
            )
        })
        .collect();
    let nanoseconds = f64::from(CALLS) / 1e9;
    let plain_bed = {
        let list = list.clone();
        move |i: usize| {
            let (_, n, d) = list[i];
            let (n, d, ab) = (black_box(n), black_box(d), black_box(10.0));
            black_box(n * d * (1.0 + d / ab));
        }
    };
    let plain_eqd = {
        let list = list.clone();
        move |i: usize| {
            let (_, n, d) = list[i];
            let (n, d, ab) = (black_box(n), black_box(d), black_box(10.0));
            black_box(n * d * (d + ab) / (2.0 + ab));
        }
    };
    let typed = list.clone();
    compare(
        "BED, typed / plain f64",
        1001,
        nanoseconds,
        "ns",
        each(move |i| {
            black_box(black_box(model).bed(black_box(typed[i].0)));
        }),
        each(plain_bed.clone()),
    );
    let typed = list.clone();
    compare(
        "EQD2, typed / plain f64",
        1001,
        nanoseconds,
        "ns",
        each(move |i| {
            black_box(black_box(model).eqd2(black_box(typed[i].0)));
        }),
        each(plain_eqd.clone()),
    );
    let wide = fine.clone();
    compare(
        "BED, typed, odd micrograys / plain f64",
        1001,
        nanoseconds,
        "ns",
        each(move |i| {
            black_box(black_box(model).bed(black_box(wide[i])));
        }),
        each(plain_bed),
    );
    compare(
        "EQD2, typed, odd micrograys / plain f64",
        1001,
        nanoseconds,
        "ns",
        each(move |i| {
            black_box(black_box(model).eqd2(black_box(fine[i])));
        }),
        each(plain_eqd),
    );
    let course: Vec<[Fractionation; 3]> = (0..64)
        .map(|i| [list[i].0, list[(i + 7) % 64].0, list[(i + 19) % 64].0])
        .collect();
    compare(
        "EQD2 of 3 phases, typed / plain f64",
        1001,
        nanoseconds,
        "ns",
        each(move |i| {
            let series = DoseSeries::from_fractionations(black_box(&course[i])).unwrap();
            black_box(black_box(model).eqd2_of(&series));
        }),
        each(move |i| {
            let ab = black_box(10.0);
            let mut sum = 0.0;
            for (_, n, d) in [list[i], list[(i + 7) % 64], list[(i + 19) % 64]] {
                let (n, d) = (black_box(n), black_box(d));
                sum += n * d * (d + ab) / (2.0 + ab);
            }
            black_box(sum);
        }),
    );
    compare(
        "parse 45Gy/25 / parse two f64",
        1001,
        nanoseconds,
        "ns",
        each(|_| {
            black_box(black_box("45Gy/25").parse::<Fractionation>().unwrap());
        }),
        each(|_| {
            black_box(black_box("45").parse::<f64>().unwrap());
            black_box(black_box("25").parse::<f64>().unwrap());
        }),
    );
}

macro_rules! slice {
    ($float:ident, $edge:expr, $rounds:expr) => {{
        let voxels: usize = $edge * $edge * $edge;
        let model = LinearQuadratic::new(AlphaBeta::constant("3 Gy"));
        let n = FractionCount::new(25).unwrap();
        let doses: Vec<$float> = (0..voxels).map(|i| (i % 6000) as $float / 100.0).collect();
        let output = RefCell::new(doses.clone());
        // both sides of a comparison work on the same memory
        let factor: $float = black_box(0.999);
        let per_run = 1e-3;
        compare(
            &format!("EQD2 {}^3 {}, copy / multiply", $edge, stringify!($float)),
            $rounds,
            per_run,
            "ms",
            || {
                model
                    .eqd_voxels(
                        black_box(&doses),
                        n,
                        TWO_GRAY,
                        black_box(&mut *output.borrow_mut()),
                    )
                    .unwrap();
            },
            || {
                let mut output = output.borrow_mut();
                for (out, dose) in black_box(&mut *output).iter_mut().zip(black_box(&doses)) {
                    *out = dose * factor;
                }
            },
        );
        // factors near one, so that doses converted again and again stay ordinary numbers
        let mild = LinearQuadratic::new(AlphaBeta::constant("1000 Gy"));
        let many = FractionCount::new(200).unwrap();
        let shared = RefCell::new(doses);
        compare(
            &format!(
                "EQD2 {}^3 {}, in place / multiply",
                $edge,
                stringify!($float)
            ),
            $rounds,
            per_run,
            "ms",
            || {
                mild.eqd_voxels_in_place(black_box(&mut *shared.borrow_mut()), many, TWO_GRAY)
                    .unwrap();
            },
            || {
                for dose in black_box(&mut *shared.borrow_mut()).iter_mut() {
                    *dose *= factor;
                }
            },
        );
    }};
}

macro_rules! serve {
    ($float:ident, $edge:expr) => {{
        let voxels: usize = $edge * $edge * $edge;
        let model = LinearQuadratic::new(AlphaBeta::constant("1000 Gy"));
        let n = FractionCount::new(200).unwrap();
        let mut doses: Vec<$float> = (0..voxels).map(|i| (i % 6000) as $float / 100.0).collect();
        move || {
            time(|| {
                model
                    .eqd_voxels_in_place(black_box(&mut doses), n, TWO_GRAY)
                    .unwrap();
            })
        }
    }};
}

/// For `numpy_compare.py`: a line `f32 128` on standard input is answered with the seconds of one
/// conversion in place.
fn serve() {
    type Run = Box<dyn FnMut() -> f64>;
    let mut runs: Vec<(&str, Run)> = vec![
        ("f32 128", Box::new(serve!(f32, 128))),
        ("f64 128", Box::new(serve!(f64, 128))),
        ("f32 256", Box::new(serve!(f32, 256))),
        ("f64 256", Box::new(serve!(f64, 256))),
    ];
    for line in std::io::stdin().lines() {
        let line = line.unwrap();
        let (_, run) = runs.iter_mut().find(|(name, _)| *name == line).unwrap();
        println!("{}", run());
    }
}

fn main() {
    if std::env::args().any(|argument| argument == "--serve") {
        serve();
        return;
    }
    println!(
        "{:<38} {:>17} {:>17} {:<4} {:>27}",
        "ours / theirs", "ours min, median", "theirs min, med.", "", "ratio min, median, 10%, 90%"
    );
    calls();
    #[allow(clippy::cast_precision_loss, reason = "small numbers")]
    {
        slice!(f32, 128, 201);
        slice!(f64, 128, 201);
        slice!(f32, 256, 61);
        slice!(f64, 256, 61);
    }
}
