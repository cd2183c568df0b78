//! Fractions that were given, held against what is prescribed.

use chemorad::number::{Decimal, is_above_boundary};
use chemorad::quantity::AbsorbedDose;
use chemorad::radiotherapy::Fractionation;

use super::alike::alike;
use super::finding::RecordFinding;
use super::given::{GivenFraction, GivenTreatment};
use super::kinds::DoseDifference;

/// Beyond one percent a recorded dose is said to differ; a dose reference need not lie where the dose is
/// prescribed.
const SAID_PERCENT: f64 = 1.0;
/// Beyond this it may as well be another dose that was given.
const LARGE_PERCENT: f64 = 5.0;
/// Beyond this it is no longer the dose of this prescription.
const BEYOND_PERCENT: f64 = 25.0;

impl GivenTreatment {
    /// The fractions of each fraction group, in the order in which the groups began.
    pub(super) fn groups(&self) -> Vec<Vec<&GivenFraction>> {
        let mut groups: Vec<Vec<&GivenFraction>> = Vec::new();
        for fraction in &self.fractions {
            let same = |group: &&mut Vec<&GivenFraction>| {
                let mut first = group.iter().take(1);
                first.any(|f| f.plan == fraction.plan && f.group == fraction.group)
            };
            match groups.iter_mut().find(same) {
                Some(group) => group.push(fraction),
                None => groups.push(vec![fraction]),
            }
        }
        groups
    }

    /// Holds the fractions against the phases of a prescription, one fraction group for each in
    /// their order, and adds what it finds to the findings. Gives the dose of each fraction: the
    /// planned one, and where a fraction was broken off the one that its record states.
    pub fn hold_against(&mut self, prescription: &[Fractionation]) -> Vec<AbsorbedDose> {
        let mut found = Vec::new();
        let mut doses = Vec::new();
        let groups = self.groups();
        if groups.len() > prescription.len() {
            found.push(RecordFinding::Groups {
                groups: groups.len(),
                phases: prescription.len(),
            });
        }
        let mut before = 0_u32;
        for (place, (group, phase)) in groups.iter().zip(prescription).enumerate() {
            let prescribed = phase.fractions().get();
            let replaced = groups.get(place + 1).is_some_and(|next| {
                let of_other = |plan: &Option<String>| next.iter().any(|one| one.plan != *plan);
                group.first().is_some_and(|first| of_other(&first.plan))
            });
            number(group, before, prescribed, replaced, &mut found);
            let ends = group.last().map(|fraction| fraction.date);
            let next = groups.get(place + 1).and_then(|next| next.first());
            let short = u32::try_from(group.len()).is_ok_and(|given| given < prescribed);
            let begun = next.filter(|next| short || Some(next.date) < ends);
            if begun.is_some() {
                found.push(RecordFinding::PhaseOrder {
                    phase: place + 1,
                    given: group.len(),
                    prescribed,
                });
            }
            for (fraction, planned) in group.iter().zip(phase.doses()) {
                doses.push(taken(fraction, planned, &mut found));
            }
            before += prescribed;
        }
        self.findings
            .extend(alike(found).into_iter().map(Into::into));
        doses
    }
}

/// The numbers are 1, 2, 3 ..., or go on from the phases before, and fit what is prescribed.
pub(super) fn number(
    group: &[&GivenFraction],
    before: u32,
    prescribed: u32,
    replaced: bool,
    found: &mut Vec<RecordFinding>,
) {
    let numbers: Vec<u32> = group.iter().map(|fraction| fraction.number).collect();
    let continues = before > 0 && numbers.iter().all(|&number| number > before);
    let offset = if continues { before } else { 0 };
    let last = numbers.iter().max().copied().unwrap_or(offset);
    // a misread number is not counted up to
    let until = last.min(offset + prescribed);
    let missing: Vec<u32> = (offset + 1..=until)
        .filter(|number| !numbers.contains(number))
        .collect();
    if !missing.is_empty() {
        found.push(RecordFinding::Missing { numbers: missing });
    }
    let mut stated = group.iter().filter_map(|f| Some((f.number, f.planned?)));
    let all_given = u32::try_from(group.len()).is_ok_and(|given| given == prescribed);
    if let Some((fraction, planned)) = stated.find(|&(_, planned)| planned != prescribed) {
        found.push(if replaced && all_given && planned > prescribed {
            RecordFinding::Replaced {
                fraction: last,
                planned,
                given: prescribed,
            }
        } else {
            RecordFinding::Prescribed {
                fraction,
                planned,
                prescribed,
            }
        });
    }
    if last > offset + prescribed {
        found.push(RecordFinding::TooMany {
            number: last - offset,
            prescribed,
        });
    }
}

/// The dose of a fraction: the planned one, or that of a part.
fn taken(
    fraction: &GivenFraction,
    planned: AbsorbedDose,
    found: &mut Vec<RecordFinding>,
) -> AbsorbedDose {
    let Some(recorded) = fraction.dose else {
        return planned;
    };
    let exact = AbsorbedDose::from_gray(recorded.to_f64());
    if !fraction.complete {
        match exact {
            Ok(dose) if dose < planned => return dose,
            _ => {}
        }
    }
    let percent = (recorded.to_f64() / planned.gray() - 1.0) * 100.0;
    let is_above = |limit| is_above_boundary(percent.abs(), limit);
    let difference = if is_above(BEYOND_PERCENT) {
        Some(DoseDifference::Beyond)
    } else if !fraction.complete {
        let whole = Decimal::new(planned.micrograys().into(), -6);
        found.push(RecordFinding::WholeDose {
            fraction: fraction.number,
            recorded,
            whole: whole.unwrap_or(recorded),
        });
        None
    } else if is_above(LARGE_PERCENT) {
        Some(DoseDifference::Large)
    } else if is_above(SAID_PERCENT) {
        Some(DoseDifference::Small)
    } else {
        None
    };
    if let Some(difference) = difference {
        say(found, fraction.number, recorded, planned, difference);
    }
    planned
}

/// Fractions with one recorded dose are said once.
fn say(
    found: &mut Vec<RecordFinding>,
    number: u32,
    dose: Decimal,
    plan: AbsorbedDose,
    off: DoseDifference,
) {
    for finding in found.iter_mut() {
        if let RecordFinding::Dose {
            fractions,
            recorded,
            planned,
            difference,
        } = finding
        {
            if (*recorded, *planned, *difference) == (dose, plan, off) {
                fractions.push(number);
                return;
            }
        }
    }
    found.push(RecordFinding::Dose {
        fractions: vec![number],
        recorded: dose,
        planned: plan,
        difference: off,
    });
}
