//! What always holds, tried with random numbers.

use chemorad::quantity::{AbsorbedDose, AlphaBeta};
use chemorad::radiobiology::{DoseSeries, LinearQuadratic, TWO_GRAY};
use chemorad::radiotherapy::{FractionCount, Fractionation};
use chemorad_dosimetry::{DoseShare, generalised_equivalent_uniform_dose};
use chemorad_render::self_test::{Part, Trial};

use super::ask::{Asked, no_files};
use super::random::Random;

/// A property by its name, and whether random numbers have it; with what they were where they have not.
type Property = (&'static str, fn(&mut Random) -> Result<(), String>);

const PROPERTIES: [Property; 7] = [
    ("EQD2 of 2 Gy fractions is the dose", eqd2_of_two_gray),
    ("more fractions are more effect", rises_with_fractions),
    ("the order of phases does not matter", order_of_phases),
    ("text is read as it is written", text),
    ("JSON is read as it is written", json),
    ("a solved dose reaches its target", inverse),
    (
        "gEUD lies between the smallest and the largest dose",
        uniform_dose,
    ),
];

fn dose(random: &mut Random, low: u64, high: u64) -> Result<AbsorbedDose, String> {
    let micrograys = random.between(low, high) * 10_000;
    AbsorbedDose::from_micrograys(micrograys).map_err(|fault| format!("{micrograys}: {fault:?}"))
}

fn count(random: &mut Random, low: u64, high: u64) -> Result<FractionCount, String> {
    let count = u32::try_from(random.between(low, high)).unwrap_or(1);
    FractionCount::new(count).map_err(|error| error.to_string())
}

fn course(random: &mut Random) -> Result<Fractionation, String> {
    let each = dose(random, 100, 300)?;
    let count = count(random, 1, 40)?;
    Fractionation::from_dose_per_fraction(each, count).map_err(|error| error.to_string())
}

fn model(random: &mut Random) -> Result<LinearQuadratic, String> {
    let micrograys = random.between(100, 2000) * 10_000;
    let ratio = AlphaBeta::from_micrograys(micrograys).map_err(|fault| format!("{fault:?}"))?;
    Ok(LinearQuadratic::new(ratio))
}

fn held(holds: bool, of: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(of()) }
}

fn eqd2_of_two_gray(random: &mut Random) -> Result<(), String> {
    let count = count(random, 1, 40)?;
    let course = Fractionation::from_dose_per_fraction(TWO_GRAY, count)
        .map_err(|error| error.to_string())?;
    let found = model(random)?.eqd(course, TWO_GRAY).gray();
    let total = course.total().gray();
    held(found.to_bits() == total.to_bits(), || {
        format!("{found} of {course}")
    })
}

fn rises_with_fractions(random: &mut Random) -> Result<(), String> {
    let (each, model) = (dose(random, 100, 300)?, model(random)?);
    let fewer = count(random, 1, 39)?;
    let more = FractionCount::new(fewer.get() + 1).map_err(|error| error.to_string())?;
    let of = |count| {
        let course = Fractionation::from_dose_per_fraction(each, count);
        course
            .map(|course| model.bed(course).gray())
            .map_err(|error| error.to_string())
    };
    let (less, greater) = (of(fewer)?, of(more)?);
    held(less < greater, || format!("{less} and {greater}"))
}

fn order_of_phases(random: &mut Random) -> Result<(), String> {
    let (one, other, model) = (course(random)?, course(random)?, model(random)?);
    let of = |phases: &[Fractionation]| {
        let series = DoseSeries::from_fractionations(phases);
        series.map(|series| model.bed_of(&series).gray().to_bits())
    };
    held(
        of(&[one, other]) == of(&[other, one]) && of(&[one]).is_some(),
        || format!("{one} and {other}"),
    )
}

fn text(random: &mut Random) -> Result<(), String> {
    let course = course(random)?;
    let read: Result<Fractionation, _> = course.to_string().parse();
    held(read.as_ref() == Ok(&course), || course.to_string())
}

fn json(random: &mut Random) -> Result<(), String> {
    let course = course(random)?;
    let text = serde_json::to_string(&course).map_err(|error| error.to_string())?;
    let read: Result<Fractionation, _> = serde_json::from_str(&text);
    held(read.is_ok_and(|read| read == course), || text)
}

fn inverse(random: &mut Random) -> Result<(), String> {
    let (course, model) = (course(random)?, model(random)?);
    let target = model.bed(course);
    let solved = model
        .dose_per_fraction_for(target, course.fractions())
        .map_err(|error| error.to_string())?;
    let wanted = course.gray_per_fraction();
    let difference = (solved.gray() - wanted).abs();
    held(difference <= 1e-12 * wanted, || {
        format!("{} for {course}", solved.gray())
    })
}

fn uniform_dose(random: &mut Random) -> Result<(), String> {
    let mut doses = Vec::new();
    for _ in 0..random.between(1, 12) {
        doses.push(DoseShare {
            dose: dose(random, 10, 7000)?.gray(),
            volume: dose(random, 1, 100)?.gray(),
        });
    }
    let a = dose(random, 1, 8000)?.gray() - 40.0;
    let found = generalised_equivalent_uniform_dose(&doses, a).unwrap_or(f64::NAN);
    let all = || doses.iter().map(|one| one.dose);
    let (low, high) = (all().fold(f64::MAX, f64::min), all().fold(0.0, f64::max));
    let slack = 1e-12 * high;
    held(found >= low - slack && found <= high + slack, || {
        format!("{found} with a = {a}")
    })
}

/// The nearest amount that tablets of 500 mg, and at most two of 150 mg, can make, found by trying them all:
/// the larger of two that are as near.
fn nearest(calculated: f64) -> u64 {
    let amounts =
        (0..=20_u64).flat_map(|large| (0..=2_u64).map(move |small| large * 500 + small * 150));
    let mut best = (f64::MAX, 0);
    for amount in amounts.filter(|amount| *amount > 0) {
        let away = (f64::from(u32::try_from(amount).unwrap_or(u32::MAX)) - calculated).abs();
        let nearer = away < best.0 - 1e-9;
        if nearer || ((away - best.0).abs() <= 1e-9 && amount > best.1) {
            best = (away, amount);
        }
    }
    best.1
}

/// Capecitabine of random people, against every amount that tablets can make.
fn tablets(asked: Asked<'_>, random: &mut Random) -> Result<(), String> {
    let height = random.between(150, 195);
    let weight = random.between(50, 100);
    let (height, weight) = (format!("{height}cm"), format!("{weight}kg"));
    let words = [
        "capecitabine",
        &height,
        &weight,
        "825 mg/m2 bid",
        "--formula",
        "mosteller",
        "--tablets",
        "500mg,150mg",
        "--max-150",
        "2",
        "--rounding",
        "nearest",
        "--ties",
        "up",
        "--without",
        "renal,dpyd,interactions",
    ];
    let (exit, answer) = asked.json(&words, &no_files());
    let number = |place: &str| answer.pointer(place).and_then(serde_json::Value::as_f64);
    let said = || format!("{height}, {weight}: exit {exit}");
    let calculated = number("/calculated/value").ok_or_else(said)?;
    let ordered = number("/to_take/value").ok_or_else(said)?;
    let wanted = u32::try_from(nearest(calculated)).map_or(f64::NAN, f64::from);
    held((ordered - wanted).abs() < 1e-9, || {
        format!("{ordered} mg, not {wanted} mg, for {calculated} mg ({height}, {weight})")
    })
}

fn trial(id: &'static str, times: usize, mut holds: impl FnMut() -> Result<(), String>) -> Trial {
    let mut trial = Trial {
        run: 0,
        ..Trial::once(id, true, "holds each time", "held each time")
    };
    for _ in 0..times {
        trial.run += 1;
        if let Err(found) = holds() {
            if trial.failed == 0 {
                trial.found = found;
            }
            trial.failed += 1;
        }
    }
    trial
}

/// Every property, so many times; those that ask a command, fewer times.
pub(super) fn part(asked: Asked<'_>, seed: u64, times: usize) -> Part {
    let mut random = Random::new(seed ^ 0x5eed);
    let mut trials: Vec<Trial> = PROPERTIES
        .iter()
        .map(|(id, holds)| trial(id, times, || holds(&mut random)))
        .collect();
    trials.push(trial(
        "ordered tablets are the nearest amount of all that can be made",
        times.div_ceil(20),
        || tablets(asked, &mut random),
    ));
    Part {
        name: "properties",
        about: "what always holds, with random numbers",
        trials,
    }
}
