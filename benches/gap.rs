//! Gap problems and intervals of parameters beside the same arithmetic written plainly, as ratios.
//!
//! `cargo bench --bench gap`. Every problem has its own prescription, dates and gap. The plain side
//! knows no types, no checks, no terms and no texts: day numbers and `f64`. Both sides are held equal
//! before they are timed. Each round runs both one after the other; the table shows medians.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a benchmark that prints a table"
)]

use std::hint::black_box;
use std::time::Instant;

use chemorad::gap::{GapCase, GapProblem, Method};
use chemorad::radiobiology::{
    AlphaBetaInterval, Measure, ModelParameters, ParameterRange, TWO_GRAY, Treatment,
    TreatmentTime, UncertainModel, UncertainRate,
};
use jiff::civil::date;

const PROBLEMS: u32 = 10_000;

/// n, dose per fraction in cGy, fractions given, days from the start to the resumption.
fn numbers(i: u32) -> (u32, u32, u32, u32) {
    let given = 5 + i % 15;
    (20 + i % 16, 180 + i % 41, given, given / 5 * 7 + 7 + i % 9)
}

fn cases() -> Vec<GapCase> {
    (0..PROBLEMS)
        .map(|i| {
            let (n, cgy, given, days) = numbers(i);
            let start = date(2027, 1, 4);
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

/// The whole problem with day numbers (0 is the Monday of the start) and `f64`: BED lost, and the
/// tumour and late BED of every way that exists, summed.
mod plain {
    /// A fraction: day and dose.
    type Fractions = Vec<(u32, f64)>;

    fn tumour(given: &[(u32, f64)]) -> f64 {
        let days = given[given.len() - 1].0 - given[0].0 + 1;
        let doses: f64 = given.iter().map(|(_, d)| d * (1.0 + d / 10.0)).sum();
        doses - 0.66 * f64::from(days.saturating_sub(28))
    }

    fn late(given: &[(u32, f64)], phi: f64) -> f64 {
        let doses: f64 = given.iter().map(|(_, d)| d * (1.0 + d / 3.0)).sum();
        let pairs = given.windows(2).filter(|pair| pair[0].0 == pair[1].0);
        doses
            + pairs
                .map(|p| 2.0 * p[0].1 * p[1].1 * phi / 3.0)
                .sum::<f64>()
    }

    fn place(given: &[(u32, f64)], doses: &[f64], from: u32, extra: u32, twice: u32) -> Fractions {
        let (mut day, mut extra, mut twice) = (from, extra, twice);
        let mut all = given.to_vec();
        let mut left = doses.iter();
        while left.len() > 0 {
            let weekend = day % 7 >= 5;
            let mut capacity = u32::from(!weekend);
            if !weekend && twice > 0 && left.len() > 1 {
                capacity = 2;
                twice -= 1;
            } else if weekend && extra > 0 {
                capacity = 1;
                extra -= 1;
            }
            all.extend(left.by_ref().take(capacity as usize).map(|&d| (day, d)));
            day += 1;
        }
        all
    }

    fn root(target: f64, n: f64, alpha_beta: f64) -> f64 {
        let c = target * alpha_beta / n;
        2.0 * c / (alpha_beta + (alpha_beta * alpha_beta + 4.0 * c).sqrt())
    }

    /// BED lost, and the sum over the ways.
    pub(crate) fn solve(n: u32, dose: f64, given: u32, resume: u32, phi: f64) -> (f64, f64) {
        let doses = vec![dose; n as usize];
        let plan = place(&[], &doses, 0, 0, 0);
        let given = &plan[..given.min(n) as usize];
        let rest = &doses[given.len()..];
        let stands = place(given, rest, resume, 0, 0);
        let (goal, late_goal) = (tumour(&plan), late(&plan, phi));
        let lost = goal - tumour(&stands);
        let mut sum = 0.0;
        let mut add = |way: &Fractions| sum += tumour(way) + late(way, phi);
        let last = plan[plan.len() - 1].0;
        let (mut usual, mut weekend) = (0, 0);
        for day in resume..=last.max(resume) {
            if day <= last {
                *(if day % 7 < 5 {
                    &mut usual
                } else {
                    &mut weekend
                }) += 1;
            }
        }
        let left = rest.len() as u32;
        let behind = left.saturating_sub(usual);
        if behind > 0 {
            let many = |needed, there| if needed > there { u32::MAX } else { needed };
            let extra = place(given, rest, resume, many(behind, weekend), 0);
            if extra.iter().any(|&(day, _)| day % 7 >= 5) {
                add(&extra);
            }
            let second = place(given, rest, resume, 0, many(behind, usual));
            let ends = |way: &Fractions| way[way.len() - 1].0;
            let alone = behind <= weekend || behind <= usual;
            if !alone {
                let rest_behind = behind.saturating_sub(weekend);
                let both = place(
                    given,
                    rest,
                    resume,
                    many(behind, weekend),
                    many(rest_behind, usual),
                );
                if ends(&both) < ends(&extra) && ends(&both) < ends(&second) {
                    add(&both);
                }
            }
            // one fraction alone is no second one
            if second.windows(2).any(|p| p[0].0 == p[1].0) {
                add(&second);
            }
        }
        let at = |bed: f64, goal: f64| (bed - goal).abs() <= 1e-8 * goal;
        if left > 0 && !at(tumour(&stands), goal) {
            let loss: f64 = stands
                .iter()
                .map(|(_, d)| d * (1.0 + d / 10.0))
                .sum::<f64>()
                - tumour(&stands);
            let delivered: f64 = given.iter().map(|(_, d)| d * (1.0 + d / 10.0)).sum();
            let d = root(goal + loss - delivered, f64::from(left), 10.0);
            let d = (d * 1e6).ceil() / 1e6;
            add(&place(given, &vec![d; rest.len()], resume, 0, 0));
        }
        if left > 0 && !at(late(&stands, phi), late_goal) {
            let d = root(late_goal - late(given, phi), f64::from(left), 3.0);
            let d = (d * 1e6).floor() / 1e6;
            add(&place(given, &vec![d; rest.len()], resume, 0, 0));
        }
        if !at(tumour(&stands), goal) {
            let first = if tumour(&stands) > goal { 0 } else { left + 1 };
            for count in first..=left + 40 {
                let way = place(given, &vec![dose; count as usize], resume, 0, 0);
                let bed = tumour(&way);
                if bed >= goal || at(bed, goal) {
                    if count != left {
                        add(&way);
                    }
                    break;
                }
            }
        }
        (lost, sum)
    }
}

/// The same two numbers from an analysis.
fn ours(case: &GapCase) -> (f64, f64) {
    let analysis = GapProblem::new(case).unwrap().analyse().unwrap();
    let ways = analysis.compensations.iter().filter_map(|way| {
        let delivery = way.delivery.as_ref()?;
        Some(delivery.tumour().bed().gray() + delivery.late()?.bed().gray())
    });
    (analysis.lost.bed.unwrap_or(f64::NAN), ways.sum())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Interleaves both sides and prints a row of the table.
fn compare(name: &str, rounds: usize, per_run: f64, mut a: impl FnMut(), mut b: impl FnMut()) {
    a();
    b();
    let time = |run: &mut dyn FnMut()| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64()
    };
    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..rounds {
        // the side that runs first alternates
        let (x, y) = if round % 2 == 0 {
            let x = time(&mut a);
            (x, time(&mut b))
        } else {
            let y = time(&mut b);
            (time(&mut a), y)
        };
        ours.push(x / per_run);
        theirs.push(y / per_run);
        ratios.push(x / y);
    }
    println!(
        "| {name} | {:.2} us | {:.3} us | {:.1} |",
        median(ours) * 1e6,
        median(theirs) * 1e6,
        median(ratios)
    );
}

fn gaps() {
    let cases = cases();
    let phi = 2_f64.powf(-6.0 / 4.4);
    let plain = |i: u32| {
        let (n, cgy, given, days) = numbers(i);
        plain::solve(n, f64::from(cgy) / 100.0, given, days, phi)
    };
    let mut ways = 0;
    for (case, i) in cases.iter().zip(0..) {
        let (a, b) = (ours(case), plain(i));
        assert!((a.0 - b.0).abs() < 1e-9, "{i}: {a:?} {b:?}");
        assert!((a.1 - b.1).abs() < 1e-6 * b.1.max(1.0), "{i}: {a:?} {b:?}");
        let analysis = GapProblem::new(case).unwrap().analyse().unwrap();
        ways += [
            Method::ExtraDays,
            Method::SecondFraction,
            Method::ExtraDaysAndSecondFraction,
            Method::DosePerFraction,
            Method::DoseWithinLate,
            Method::NumberOfFractions,
        ]
        .into_iter()
        .filter(|&method| {
            let way = analysis.compensation(method);
            way.is_some_and(|way| way.delivery.is_some())
        })
        .count();
    }
    println!("\n{PROBLEMS} gap problems, {ways} ways to compensate, a problem each:");
    println!("| what | ours | plain `f64` | ratio |\n| --- | --- | --- | --- |");
    compare(
        "a gap problem with every way to compensate",
        15,
        f64::from(PROBLEMS),
        || {
            for case in &cases {
                black_box(ours(black_box(case)));
            }
        },
        || {
            for i in 0..PROBLEMS {
                black_box(plain(black_box(i)));
            }
        },
    );
}

/// n, d, days.
type Schedule = (f64, f64, f64);

fn intervals() {
    const CALLS: u32 = 20_000;
    let range = AlphaBetaInterval::new("5 Gy".parse().unwrap(), "12 Gy".parse().unwrap()).unwrap();
    let loss =
        ParameterRange::new("0.5 Gy/d".parse().unwrap(), "0.8 Gy/d".parse().unwrap()).unwrap();
    let kick_off = ParameterRange::new("21 d".parse().unwrap(), "28 d".parse().unwrap()).unwrap();
    let model = UncertainModel::new(range).with_repopulation(UncertainRate::Bed(loss), kick_off);
    let of = |text: &str, days| {
        Treatment::from_fractionations(&[text.parse().unwrap()])
            .unwrap()
            .with_time(TreatmentTime::stated(days))
    };
    let (long, short) = (of("50.4Gy/28", 38), of("52.5Gy/20", 26));
    let repair = model
        .with_incomplete_repair(
            ParameterRange::new("1.5 h".parse().unwrap(), "4.4 h".parse().unwrap()).unwrap(),
        )
        .unwrap();
    let (plain_long, plain_short): (Schedule, Schedule) = ((28.0, 1.8, 38.0), (20.0, 2.625, 26.0));
    let bed = |(n, d, days): Schedule, ab: f64, k: f64, kick: f64| {
        n * d * (1.0 + d / ab) - k * (days - kick).max(0.0)
    };
    let corners = |value: &dyn Fn(f64, f64, f64) -> f64| {
        let mut range = (f64::INFINITY, f64::NEG_INFINITY);
        for ab in [5.0, 12.0] {
            for k in [0.5, 0.8] {
                for kick in [21.0, 28.0] {
                    let value = value(black_box(ab), black_box(k), black_box(kick));
                    range = (range.0.min(value), range.1.max(value));
                }
            }
        }
        range
    };
    let plain_bed = |given| corners(&|ab, k, kick| bed(given, ab, k, kick));
    let plain_difference = |first, second| {
        corners(&|ab, k, kick| {
            (bed(first, ab, k, kick) - bed(second, ab, k, kick)) / (1.0 + 2.0 / ab)
        })
    };
    let eqd = Measure::Eqd(TWO_GRAY);
    let (a, b) = (model.bed(&long).unwrap(), plain_bed(plain_long));
    assert!((a.low - b.0).abs() < 1e-9 && (a.high.unwrap() - b.1).abs() < 1e-9);
    let a = model.difference(&long, &short, eqd).unwrap();
    let b = plain_difference(plain_long, plain_short);
    assert!((a.low.unwrap() - b.0).abs() < 1e-9 && (a.high.unwrap() - b.1).abs() < 1e-9);
    let repeat = |run: &dyn Fn()| {
        for _ in 0..CALLS {
            run();
        }
    };
    compare(
        "BED over intervals of three parameters (plain: eight corners)",
        25,
        f64::from(CALLS),
        || {
            repeat(&|| {
                black_box(black_box(&model).bed(black_box(&long)).unwrap());
            });
        },
        || {
            repeat(&|| {
                black_box(plain_bed(black_box(plain_long)));
            });
        },
    );
    compare(
        "EQD2 difference of two schedules over the same (plain: eight corners)",
        25,
        f64::from(CALLS),
        || {
            repeat(&|| {
                let model = black_box(&model);
                black_box(model.difference(&long, &short, eqd).unwrap());
            });
        },
        || {
            repeat(&|| {
                black_box(plain_difference(black_box(plain_long), plain_short));
            });
        },
    );
    compare(
        "the same with 64 pieces of a half-time (beside: without)",
        25,
        f64::from(CALLS / 10),
        || {
            for _ in 0..CALLS / 10 {
                let model = black_box(&repair);
                black_box(model.difference(&long, &short, eqd).unwrap());
            }
        },
        || {
            for _ in 0..CALLS / 10 {
                let model = black_box(&model);
                black_box(model.difference(&long, &short, eqd).unwrap());
            }
        },
    );
}

fn main() {
    gaps();
    intervals();
}
