//! Whether the numbers of a fraction group are those of a phase.

use chemorad::radiotherapy::{Fractionation, Phase};
use chemorad_dosimetry::same_name;

use super::amount::Amount;
use super::known::{Item, Origin};
use super::tolerance::{Allowed, Tolerances};

/// What the numbers of a fraction group are against those of a phase.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// Fractions and dose per fraction are those of the phase.
    Same,
    /// What is known is that of the phase, and something is not known.
    Open,
    /// Neither fractions nor dose are known.
    Unknown,
    /// Something differs.
    Different,
}

impl Fit {
    /// That of a group and a phase, within the tolerances.
    pub(super) fn of(item: &Item<'_>, phase: &Phase, tolerances: &Tolerances) -> Self {
        let fractions = item.group.fractions;
        if fractions.is_some_and(|count| count != phase.fractions().get()) {
            return Self::Different;
        }
        Self::of_doses(item, phase, tolerances)
    }

    /// Whether a group has the dose per fraction of a phase, and fewer fractions.
    pub(super) fn is_part(item: &Item<'_>, phase: &Phase, tolerances: &Tolerances) -> bool {
        let fractions = item.group.fractions;
        fractions.is_some_and(|count| count > 0 && count < phase.fractions().get())
            && Self::of_doses(item, phase, tolerances) == Self::Same
    }

    /// That of the doses alone, and whether the fractions are known.
    fn of_doses(item: &Item<'_>, phase: &Phase, tolerances: &Tolerances) -> Self {
        let limit = tolerances.dose_per_fraction.allowed();
        let fractions = item.group.fractions;
        let mut known = !item.group.doses.is_empty();
        for dose in &item.group.doses {
            let Ok(planned) = item.per_fraction(dose) else {
                known = false;
                continue;
            };
            let agrees = phase.prescriptions().iter().any(|volume| {
                let stated = item.instead_of_beams(dose, volume.fractionation, tolerances);
                let stated = stated.map(|(stated, _)| stated.amount);
                let meant = item
                    .volume_of(dose)
                    .is_none_or(|name| same_name(name, &volume.volume));
                let mut amounts = [Some(planned.amount), stated].into_iter().flatten();
                meant && amounts.any(|amount| is_per_fraction(volume.fractionation, amount, limit))
            });
            match (agrees, planned.origin) {
                (true, _) => {}
                (false, Origin::Given) => return Self::Different,
                // a stated total may be that of the whole course
                (false, Origin::Stated(_)) => known = false,
            }
        }
        match (fractions, known) {
            (Some(_), true) => Self::Same,
            (None, false) => Self::Unknown,
            _ => Self::Open,
        }
    }
}

/// Whether the dose that the plan states for a group is that of a phase, and that of its beams is not.
pub(super) fn is_by_stated_dose(item: &Item<'_>, phase: &Phase, tolerances: &Tolerances) -> bool {
    let limit = tolerances.dose_per_fraction.allowed();
    let is_of_phase = |amount: Amount| {
        let mut volumes = phase.prescriptions().iter();
        volumes.any(|volume| is_per_fraction(volume.fractionation, amount, limit))
    };
    item.group.doses.iter().any(|dose| {
        let beams = item.per_fraction(dose);
        let mut volumes = phase.prescriptions().iter();
        beams.is_ok_and(|known| known.origin.is_given() && !is_of_phase(known.amount))
            && volumes.any(|volume| {
                let stated = item.instead_of_beams(dose, volume.fractionation, tolerances);
                stated.is_some_and(|(stated, _)| is_of_phase(stated.amount))
            })
    })
}

/// Whether a planned dose per fraction is the prescribed one.
pub(super) fn is_per_fraction(prescribed: Fractionation, planned: Amount, limit: Allowed) -> bool {
    per_fraction(prescribed)
        .and_then(|expected| Amount::compare(expected, planned, limit))
        .is_some_and(|comparison| comparison.within)
}

/// The prescribed dose per fraction.
pub(super) fn per_fraction(prescribed: Fractionation) -> Option<Amount> {
    Amount::quotient(prescribed.total().into(), prescribed.fractions().get())
}
