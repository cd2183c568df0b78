//! Every dose and every count of a case, and the values that each is changed to.

use chemorad::number::Decimal;
use chemorad_dosimetry::MissingDose;

use super::changes::{Change, Changed, Kind};
use super::fixtures::Case;

/// A beam of each fraction group gives this much of its dose; the rest is that of another.
const SECOND_BEAM: Option<Decimal> = Decimal::new(79, -2);

type Slot<'c> = (Changed, &'c mut Option<Decimal>);

/// The doses of a case, in one order.
fn slots(case: &mut Case) -> Vec<Slot<'_>> {
    let mut all: Vec<Slot<'_>> = Vec::new();
    for plan in &mut case.planned {
        let doses = plan.groups.iter_mut().flat_map(|group| &mut group.doses);
        all.extend(doses.map(|dose| (Changed::BeamDose, &mut dose.per_fraction)));
        for target in &mut plan.targets {
            all.push((Changed::StatedDose, &mut target.dose));
            let links = target.links.iter_mut();
            all.extend(links.map(|link| (Changed::StatedDose, &mut link.dose)));
            all.push((Changed::Limit, &mut target.minimum));
            all.push((Changed::Limit, &mut target.maximum));
            all.push((Changed::Limit, &mut target.delivery_maximum));
        }
    }
    let doses = case.doses.iter_mut();
    all.extend(doses.map(|dose| (Changed::DoseMaximum, &mut dose.maximum)));
    all
}

/// Each digit of a text as every other digit.
fn other_digits(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        for digit in ('0'..='9').filter(|digit| *digit != c) {
            all.push(format!("{}{digit}{}", &text[..at], &text[at + 1..]));
        }
    }
    all
}

/// The values that a dose is changed to; `None` is a dose that is not stated any more.
fn other_doses(of: Changed, dose: Decimal) -> Vec<(Kind, Option<Decimal>)> {
    let mut all = Vec::new();
    let parts = match (of, SECOND_BEAM.and_then(|second| dose.checked_sub(second))) {
        (Changed::BeamDose, Some(first)) => vec![Some(first), SECOND_BEAM],
        _ => vec![Some(dose)],
    };
    for part in parts.into_iter().flatten() {
        let rest = dose.checked_sub(part);
        for text in other_digits(&part.to_string()) {
            let changed = text.parse::<Decimal>().ok().zip(rest);
            let sum = changed.and_then(|(changed, rest)| changed.checked_add(rest));
            all.extend(sum.map(|sum| (Kind::Digit, Some(sum))));
        }
    }
    let factors = [(1, 2), (1, -2), (1, 1), (1, -1)];
    for factor in factors.map(|(one, exponent)| Decimal::new(one, exponent)) {
        let changed = factor.and_then(|factor| dose.checked_mul(factor));
        all.extend(changed.map(|changed| (Kind::Unit, Some(changed))));
    }
    all.push((Kind::Missing, None));
    all
}

/// Every change of one dose.
pub(super) fn doses(case: &Case) -> Vec<Change> {
    let mut all = Vec::new();
    let mut original = case.clone();
    for (at, (of, dose)) in slots(&mut original).into_iter().enumerate() {
        let Some(dose) = *dose else {
            continue;
        };
        for (kind, other) in other_doses(of, dose) {
            let mut changed = case.clone();
            if let Some((_, slot)) = slots(&mut changed).into_iter().nth(at) {
                *slot = other;
            }
            if of == Changed::BeamDose {
                say_missing(&mut changed);
            }
            let other = other.map_or("not stated".into(), |other| other.to_string());
            all.push(Change::new(kind, of, format!("{dose} to {other}"), changed));
        }
    }
    all
}

fn say_missing(case: &mut Case) {
    let groups = case.planned.iter_mut().flat_map(|plan| &mut plan.groups);
    for dose in groups.flat_map(|group| &mut group.doses) {
        if dose.per_fraction.is_none() {
            let beams = vec![1, 2];
            dose.missing = Some(MissingDose::NoBeamDose { beams });
        }
    }
}

fn counts(case: &mut Case) -> Vec<&mut Option<u32>> {
    let groups = case.planned.iter_mut().flat_map(|plan| &mut plan.groups);
    groups.map(|group| &mut group.fractions).collect()
}

/// Every change of one number of fractions.
pub(super) fn fractions(case: &Case) -> Vec<Change> {
    let mut all = Vec::new();
    let mut original = case.clone();
    for (at, count) in counts(&mut original).into_iter().enumerate() {
        let Some(count) = *count else {
            continue;
        };
        let text = count.to_string();
        let mut others: Vec<(Kind, Option<u32>)> = other_digits(&text)
            .iter()
            .map(|text| (Kind::Digit, text.parse().ok()))
            .collect();
        // one digit more, and one less
        for digit in 0..10 {
            others.push((Kind::Digit, format!("{text}{digit}").parse().ok()));
        }
        others.push((Kind::Digit, Some(count - 1)));
        others.push((Kind::Digit, Some(count + 1)));
        others.push((Kind::Missing, None));
        for (kind, other) in others {
            let mut changed = case.clone();
            if let Some(slot) = counts(&mut changed).into_iter().nth(at) {
                *slot = other;
            }
            let other = other.map_or("not stated".into(), |other| other.to_string());
            let what = format!("{count} to {other}");
            all.push(Change::new(kind, Changed::Fractions, what, changed));
        }
    }
    all
}

/// Every two numbers of one kind exchanged.
pub(super) fn exchanges(case: &Case) -> Vec<Change> {
    let mut all = Vec::new();
    let mut original = case.clone();
    let doses: Vec<(Changed, Option<Decimal>)> = slots(&mut original)
        .into_iter()
        .map(|(of, dose)| (of, *dose))
        .collect();
    for (at, (of, one)) in doses.iter().enumerate() {
        for (place, (_, other)) in doses
            .iter()
            .enumerate()
            .skip(at + 1)
            .filter(|(_, d)| d.0 == *of)
        {
            let (Some(one), Some(other)) = (one, other) else {
                continue;
            };
            let mut changed = case.clone();
            for (slot, (_, dose)) in slots(&mut changed).into_iter().enumerate() {
                if slot == at {
                    *dose = Some(*other);
                } else if slot == place {
                    *dose = Some(*one);
                }
            }
            let what = format!("{one} and {other}");
            all.push(Change::new(Kind::Exchange, *of, what, changed));
        }
    }
    let mut changed = case.clone();
    if let [one, other] = counts(&mut changed).as_mut_slice() {
        std::mem::swap(*one, *other);
        let what = "of the two groups";
        all.push(Change::new(
            Kind::Exchange,
            Changed::Fractions,
            what,
            changed,
        ));
    }
    all
}
