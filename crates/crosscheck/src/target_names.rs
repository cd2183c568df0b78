//! What the names of a plan's targets say against the plan itself: an organ, one region for two volumes, the dose of
//! another target.

use super::amount::Amount;
use super::check::Checker;
use super::dose_in_name::DoseInName;
use super::finding::target_names::{NameOdd, SharedRegion, TargetNameFinding};
use super::organ_name::is_organ;
use super::statement::{Scope, Statement, named, statements};
use super::volume_name::volume_named;
use chemorad::number::Decimal;
use chemorad::report::Identifying;
use chemorad_dosimetry::{PlannedPrescription, PlannedTarget, same_name};

impl Checker<'_> {
    /// A target that nobody named as a volume or a phase of the course, and that has the name of an organ.
    pub(super) fn is_organ(&self, name: &Identifying<String>) -> bool {
        let name = name.reveal();
        let mut phases = self.prescribed.course.phases().iter();
        is_organ(name)
            && self.named_volume(name).is_none()
            && !phases.any(|phase| same_name(phase.name(), name))
    }

    pub(super) fn check_target_names(&mut self, plan: &PlannedPrescription) {
        let mut found = Vec::new();
        for target in named(plan) {
            found.extend(self.given_for_another(target));
            found.extend(self.other_dose_in_name(plan, target));
            found.extend(self.shared_regions(plan, target));
        }
        for odd in found {
            self.push(TargetNameFinding {
                plan: plan.source.clone(),
                odd,
            });
        }
    }

    /// The volume whose name a target has, where somebody gave it for another one.
    fn given_for_another(&self, target: &PlannedTarget) -> Option<NameOdd> {
        let name = target.name.reveal();
        let given = self.names.iter().find(|given| given.name == *name)?;
        let own = volume_named(&self.volumes(), name)?;
        (!same_name(own, &given.volume)).then(|| NameOdd::GivenForAnother {
            target: target.name.clone(),
            own: own.to_string(),
            given: given.volume.clone(),
        })
    }

    /// The other targets that refer to the region of a target, of this plan and of those after it.
    fn shared_regions(&self, plan: &PlannedPrescription, target: &PlannedTarget) -> Vec<NameOdd> {
        let Some(number) = target.region else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let at = self.planned.iter().position(|one| core::ptr::eq(one, plan));
        for other_plan in self.planned.iter().skip(at.unwrap_or_default()) {
            let is_same_plan = core::ptr::eq(other_plan, plan);
            let mut sets = other_plan.structure_sets.iter();
            if !is_same_plan && !sets.any(|set| plan.structure_sets.contains(set)) {
                continue;
            }
            let after = if is_same_plan {
                let mut all = named(plan);
                all.position(|one| core::ptr::eq(one, target))
                    .map_or(0, |at| at + 1)
            } else {
                0
            };
            for other in named(other_plan).skip(after) {
                if other.region != Some(number) {
                    continue;
                }
                if let Some(why) = self.shared(plan, target, other_plan, other) {
                    found.push(NameOdd::OneRegion {
                        targets: [target.name.clone(), other.name.clone()],
                        number,
                        other_plan: (!is_same_plan).then(|| other_plan.source.clone()),
                        why,
                    });
                }
            }
        }
        found
    }

    /// Why two targets cannot, or need not, be one region; `None` where they can.
    fn shared(
        &self,
        plan: &PlannedPrescription,
        target: &PlannedTarget,
        other_plan: &PlannedPrescription,
        other: &PlannedTarget,
    ) -> Option<SharedRegion> {
        let volume = |target: &PlannedTarget| self.named_volume(target.name.reveal());
        if let (Some(one), Some(two)) = (volume(target), volume(other)) {
            return (one != two).then_some(SharedRegion::TwoVolumes);
        }
        let (one, two) = (
            self.claimed_volumes(plan, target),
            self.claimed_volumes(other_plan, other),
        );
        let in_both = one.iter().any(|volume| two.contains(volume));
        if !one.is_empty() && !two.is_empty() && !in_both {
            return Some(SharedRegion::DosesOfTwoVolumes);
        }
        let scopes = (Scope::of(plan, target), Scope::of(plan, other));
        let same_fractions = core::ptr::eq(plan, other_plan)
            && (0..plan.groups.len()).any(|at| scopes.0.holds(at) && scopes.1.holds(at));
        let is_named = target.is_described && other.is_described;
        let other_name = !same_name(target.own_name().reveal(), other.own_name().reveal());
        (same_fractions && is_named && other_name).then_some(SharedRegion::TwoNames)
    }

    /// The volumes whose prescribed dose a target states, or the one that it is called as.
    fn claimed_volumes(&self, plan: &PlannedPrescription, target: &PlannedTarget) -> Vec<String> {
        if let Some(volume) = self.named_volume(target.name.reveal()) {
            return vec![volume];
        }
        let mut volumes = Vec::new();
        for statement in statements(plan) {
            if statement.target == target {
                let doses = self.doses_of_claimed(plan, &statement).into_iter();
                volumes.extend(doses.map(|(volume, _)| volume));
            }
        }
        volumes
    }

    /// The doses that are prescribed to the volumes whose dose a statement states: in its phases, up to them and
    /// in all.
    fn doses_of_claimed(
        &self,
        plan: &PlannedPrescription,
        statement: &Statement<'_>,
    ) -> Vec<(String, Amount)> {
        let limit = self.tolerances.total.allowed();
        let stated = Amount::new(statement.dose);
        let meanings = self.prescribed_meanings(plan, statement);
        let agrees = |amount| Amount::compare(amount, stated, limit).is_some_and(|c| c.within);
        let claimed: Vec<&String> = meanings
            .iter()
            .filter(|meaning| agrees(meaning.amount))
            .map(|meaning| &meaning.volume)
            .collect();
        meanings
            .iter()
            .filter(|meaning| claimed.contains(&&meaning.volume))
            .map(|meaning| (meaning.volume.clone(), meaning.amount))
            .collect()
    }

    /// The dose in a target's name, where none that is stated for it has to do with it. A name can hold the dose of
    /// the whole course, where a plan states that of its phase.
    fn other_dose_in_name(
        &self,
        plan: &PlannedPrescription,
        target: &PlannedTarget,
    ) -> Option<NameOdd> {
        if self.named_volume(target.name.reveal()).is_some() {
            return None;
        }
        let in_name = DoseInName::of(target.name.reveal())?;
        let of_groups = target.links.iter().filter_map(|link| link.dose);
        let doses: Vec<Decimal> = target.dose.into_iter().chain(of_groups).collect();
        for dose in &doses {
            let whole = Statement {
                target,
                dose: *dose,
                scope: Scope::of(plan, target),
                by_group: None,
            };
            let of_volumes = self.doses_of_claimed(plan, &whole);
            // a dose that nobody prescribed is said as such
            let explains = of_volumes.is_empty()
                || in_name.stands_for(Amount::new(*dose))
                || of_volumes.iter().any(|(_, one)| in_name.stands_for(*one));
            if explains {
                return None;
            }
        }
        let course = &self.prescribed.course;
        let mut volumes = course.volumes().iter();
        let is_prescribed = volumes.any(|volume| {
            (0..course.phases().len()).any(|at| {
                let (before, own) = self.prescribed_dose(&[at], &volume.name);
                let own = own.map(|(own, _)| own);
                let sum = before
                    .zip(own)
                    .and_then(|((before, _), own)| before.plus(own));
                let mut doses = [own, sum].into_iter().flatten();
                doses.any(|dose| in_name.stands_for(dose))
            })
        });
        Some(NameOdd::OtherDose {
            target: target.name.clone(),
            named: in_name.amount,
            stated: Amount::new(*doses.first()?),
            is_prescribed,
        })
    }
}
