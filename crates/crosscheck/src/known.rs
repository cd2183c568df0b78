//! What is known of the dose of a fraction group, and how.

use super::amount::Amount;
use super::dose_unknown::{DoseUnknown, WhyStated};
use super::mapping::{GroupSelector, TargetName};
use super::statement::{Scope, Statement, dosed, is_dose_of, statements};
use super::tolerance::{Allowed, Tolerances};
use chemorad::number::Decimal;
use chemorad::radiotherapy::Fractionation;
use chemorad::report::{Subject, Written};
use chemorad::written;
use chemorad_dosimetry::{
    DosePoint, PlanKind, PlannedDose, PlannedGroup, PlannedPrescription, same_name,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// Summed over beams, or entered.
    Given,
    /// The only dose the plan states for the group, and why it is taken.
    Stated(WhyStated),
}

impl Origin {
    pub(super) const fn is_given(&self) -> bool {
        matches!(self, Self::Given)
    }

    pub(super) fn why_stated(&self) -> Option<WhyStated> {
        match self {
            Self::Given => None,
            Self::Stated(why) => Some(why.clone()),
        }
    }
}

/// A dose and how it was reached.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) amount: Amount,
    /// What it is calculated from, without the dose; the dose itself where it was read.
    pub(super) terms: Written,
    pub(super) origin: Origin,
}

impl Known {
    /// How it was reached, ending with the dose; a number that was read needs no arithmetic.
    pub(super) fn arithmetic(&self) -> Option<Written> {
        let is_read = self.terms == Written::new(self.amount);
        (!is_read).then(|| written!("{} = {}", self.terms, self.amount.in_arithmetic()))
    }

    /// As a plan states it.
    pub(super) fn stated(total: Decimal, why: WhyStated) -> Self {
        Self::read(total, Origin::Stated(why))
    }

    /// As it was read.
    fn read(total: Decimal, origin: Origin) -> Self {
        let amount = Amount::new(total);
        Self {
            terms: Written::new(amount),
            amount,
            origin,
        }
    }
}

/// A fraction group with its plan.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) plan: &'a PlannedPrescription,
    /// Its place among the groups of the plan.
    pub(super) place: usize,
    pub(super) group: &'a PlannedGroup,
    /// What volumes are called by hand.
    pub(super) names: &'a [TargetName],
}

impl<'a> Item<'a> {
    pub(super) fn name(&self) -> Subject {
        let source = Subject::source(self.plan.source.clone());
        source.part(Subject::path(self.group.name.clone()))
    }

    /// How `--map` names it.
    pub(super) fn selector(&self) -> GroupSelector {
        GroupSelector {
            plan: self.plan.source.clone(),
            group: self.group.number.filter(|_| self.plan.groups.len() > 1),
        }
    }

    /// `25 x 1.8 Gy`, as far as it is known.
    pub(super) fn summary(&self) -> Written {
        self.of_doses(&self.group.doses)
    }

    /// `25 x 1.8 Gy (pelvis)`, as far as it is known.
    pub(super) fn of_dose(&self, dose: &PlannedDose) -> Written {
        self.of_doses(core::slice::from_ref(dose))
    }

    /// What its beams give is not known: `28 fractions; the plan states 50.4 Gy (low), 58.8 Gy (high)`.
    fn of_unknown_dose(&self, fractions: u32) -> Written {
        let all = statements(self.plan);
        let holds = |one: &&Statement<'_>| one.scope.holds(self.place);
        let stated: Vec<Written> = all
            .iter()
            .filter(holds)
            .map(|one| written!("{} Gy ({})", one.dose, one.target.name))
            .collect();
        if stated.is_empty() {
            return written!("{} fractions of a dose that is not known", fractions);
        }
        written!(
            "{} fractions; the plan states {}; what its beams give is not known",
            fractions,
            Written::joined(&stated, ", ")
        )
    }

    fn of_doses(&self, doses: &[PlannedDose]) -> Written {
        if let (Some(count), [only]) = (self.group.fractions, doses) {
            if only.volume.is_none() && self.per_fraction(only).is_err() {
                return self.of_unknown_dose(count);
            }
        }
        let fractions = match self.group.fractions {
            Some(count) => count.to_string(),
            None => "?".to_string(),
        };
        let doses: Vec<Written> = doses
            .iter()
            .map(|dose| {
                let volume = dose.volume.as_ref().map(|v| format!(" ({v})"));
                let volume = volume.unwrap_or_default();
                let amount = self.per_fraction(dose);
                let amount = match amount {
                    Ok(known) if !known.origin.is_given() => {
                        written!(
                            "{} (as the plan states; what its beams give is not known)",
                            known.amount
                        )
                    }
                    Ok(known) => Written::new(known.amount),
                    Err(_) => Written::new("? Gy"),
                };
                written!("{}{}", amount, volume)
            })
            .collect();
        written!("{} x {}", fractions, Written::joined(&doses, " / "))
    }

    /// The dose of a volume: the one that is named so, or the only one, which names none.
    pub(super) fn dose_of(&self, volume: &str) -> Option<&'a PlannedDose> {
        self.named(volume).or_else(|| self.unnamed())
    }

    /// The dose that is named to be that of a volume.
    pub(super) fn named(&self, volume: &str) -> Option<&'a PlannedDose> {
        let is_of = |dose: &&PlannedDose| {
            self.volume_of(dose)
                .is_some_and(|name| same_name(name, volume))
        };
        self.group.doses.iter().find(is_of)
    }

    /// The volume of a dose as the course calls it where a person said so, and else as it is named.
    pub(super) fn volume_of<'d>(&self, dose: &'d PlannedDose) -> Option<&'d str>
    where
        'a: 'd,
    {
        let name = dose.volume.as_deref()?;
        let given = self.names.iter().find(|given| given.name == name);
        Some(given.map_or(name, |given| given.volume.as_str()))
    }

    pub(super) fn unnamed(&self) -> Option<&'a PlannedDose> {
        match self.group.doses.as_slice() {
            [dose] if dose.volume.is_none() => Some(dose),
            _ => None,
        }
    }

    pub(super) fn per_fraction(&self, dose: &PlannedDose) -> Result<Known, DoseUnknown> {
        if let Some(per_fraction) = dose.per_fraction {
            let amount = Amount::new(per_fraction);
            let terms = match &dose.summed {
                Some(sum) => sum.clone(),
                None => Written::new(amount),
            };
            return Ok(Known {
                amount,
                terms,
                origin: Origin::Given,
            });
        }
        match (dose.total, self.stated()) {
            (Some(total), _) => self.divided(total, Origin::Given),
            (None, Some(total)) => {
                self.divided(total, Origin::Stated(WhyStated::Unknown(missing(dose))))
            }
            (None, None) => Err(missing(dose)),
        }
    }

    fn divided(&self, total: Decimal, origin: Origin) -> Result<Known, DoseUnknown> {
        let Some(fractions) = self.group.fractions else {
            return Err(DoseUnknown::FractionsNotStated);
        };
        let Some(amount) = Amount::quotient(total, fractions) else {
            return Err(DoseUnknown::NoFractions);
        };
        let total = Amount::new(total);
        Ok(Known {
            amount,
            terms: written!("{} / {}", total.in_arithmetic(), fractions),
            origin,
        })
    }

    pub(super) fn total(&self, dose: &PlannedDose) -> Result<Known, DoseUnknown> {
        if let Some(total) = dose.total {
            return Ok(Known::read(total, Origin::Given));
        }
        let known = self.per_fraction(dose)?;
        if !known.origin.is_given() {
            if let Some(total) = self.stated() {
                return Ok(Known::read(total, known.origin));
            }
        }
        let Some(fractions) = self.group.fractions else {
            return Err(DoseUnknown::FractionsNotStated);
        };
        let Some(total) = known.amount.times(fractions) else {
            return Err(DoseUnknown::TooLong);
        };
        Ok(Known {
            terms: written!("{} x {}", fractions, known.amount.in_arithmetic()),
            amount: total,
            origin: known.origin,
        })
    }

    /// What the plan states for a group whose beams can give another dose, as they state that of a point
    /// or are ion beams: per fraction and in all. Where the plan does not say for which of its groups it
    /// states a dose, it is the one that is `prescribed` for these fractions.
    pub(super) fn instead_of_beams(
        &self,
        dose: &PlannedDose,
        prescribed: Fractionation,
        tolerances: &Tolerances,
    ) -> Option<(Known, Known)> {
        let why = self.why_other(dose)?;
        let unlinked = || self.stated_unlinked(dose, prescribed, tolerances);
        let total = self.stated().or_else(unlinked)?;
        let origin = Origin::Stated(why);
        let per_fraction = self.divided(total, origin.clone()).ok()?;
        Some((per_fraction, Known::read(total, origin)))
    }

    /// The dose that the plan states for none of its groups in particular, where it is prescribed for the
    /// fractions of this one and its beams give about that.
    fn stated_unlinked(
        &self,
        dose: &PlannedDose,
        prescribed: Fractionation,
        tolerances: &Tolerances,
    ) -> Option<Decimal> {
        if self.group.fractions != Some(prescribed.fractions().get()) {
            return None;
        }
        let beams = self.total(dose).ok()?.amount;
        let is = |expected: Amount, found: Amount, limit: Allowed| {
            Amount::compare(expected, found, limit).is_some_and(|both| both.within)
        };
        let total = Amount::of(prescribed.total());
        let all = statements(self.plan);
        let mut unlinked = all.iter().filter(|one| one.scope == Scope::Plan);
        let found = unlinked.find(|one| {
            let stated = Amount::new(one.dose);
            is(total, stated, tolerances.total.allowed())
                && is(stated, beams, tolerances.beam_dose_at_point.allowed())
        });
        found.map(|one| one.dose)
    }

    /// Why its beams can give another dose than that of any volume of a simultaneous boost.
    pub(super) fn why_open(&self) -> Option<WhyStated> {
        let dose = self.unnamed()?;
        match self.per_fraction(dose) {
            Err(why) => Some(WhyStated::Unknown(why)),
            Ok(known) if !known.origin.is_given() => known.origin.why_stated(),
            Ok(_) => self.why_other(dose),
        }
    }

    /// Why the beams of a dose that is known can give another than that of the target.
    fn why_other(&self, dose: &PlannedDose) -> Option<WhyStated> {
        match &dose.point {
            Some(point) if self.is_of_target(point) => None,
            Some(point) => Some(WhyStated::AtPoint(point.clone())),
            None if self.plan.kind == PlanKind::Ion => Some(WhyStated::IonBeams),
            None => None,
        }
    }

    /// Whether the beams state the dose of a target volume for which the plan states one: no point lies in
    /// between that could get another dose.
    fn is_of_target(&self, point: &DosePoint) -> bool {
        let mut targets = dosed(self.plan);
        targets.any(|target| is_dose_of(point, target))
    }

    /// The only dose that the plan states for this group alone; a volume goes before a point.
    fn stated(&self) -> Option<Decimal> {
        if self.plan.kind == PlanKind::Entered {
            return None;
        }
        let only = [self.place];
        let of_group = |statement: &Statement<'_>| match &statement.scope {
            Scope::Plan => self.plan.groups.len() == 1,
            Scope::Groups(groups) => **groups == only,
        };
        let mut all = statements(self.plan);
        all.retain(of_group);
        if all.iter().any(|statement| !statement.target.is_point()) {
            all.retain(|statement| !statement.target.is_point());
        }
        let first = all.first()?.dose;
        all.iter()
            .all(|statement| statement.dose == first)
            .then_some(first)
    }
}

fn missing(dose: &PlannedDose) -> DoseUnknown {
    let why = dose.missing.clone();
    why.map_or(DoseUnknown::NotStated, DoseUnknown::Missing)
}
