//! Dose files that go with the plans.

use super::amount::Amount;
use super::check::{Checker, passed_on};
use super::finding::dose_file::DoseFileFinding;
use super::fit::per_fraction;
use super::known::Item;
use chemorad::number::Decimal;
use chemorad::radiotherapy::Fractionation;
use chemorad::report::{Identifying, Subject};
use chemorad_dosimetry::{
    DoseFile, DosePart, DoseScale, DoseType, DoseUnits, DosimetryFinding, PlanKind, PlanPart,
    PlannedPrescription, SummationType, dose_scale, group_name,
};

impl<'a> Checker<'a> {
    pub(super) fn check_doses_of_files(&mut self, doses: &[DoseFile]) {
        for dose in doses {
            let name = || dose.source.clone();
            self.push(DoseFileFinding::Unit {
                dose: name(),
                units: dose.units.clone(),
            });
            if dose.dose_type != DoseType::Physical {
                self.push(DoseFileFinding::Kind {
                    dose: name(),
                    dose_type: dose.dose_type.clone(),
                });
            }
            self.push(DoseFileFinding::Sum {
                dose: name(),
                sum: dose.sum.clone(),
                beams: dose.beams.clone(),
                plans: dose.plans.len(),
                of_only_group: self.is_of_only_group(dose),
                with_the_others: self.is_with_the_others(dose, doses),
                missing: self.missing_of(dose, doses),
            });
            let groups = self.check_reference(dose);
            self.check_scale(dose, &groups);
            let notes = dose.notes.iter().map(|note| passed_on(&dose.source, note));
            self.findings.extend(notes);
        }
        for plan in self.planned {
            let Some(uid) = &plan.uid else {
                continue;
            };
            // a plan may be exported as a whole and by fraction groups, but not twice in one way
            for sum in [
                SummationType::Plan,
                SummationType::Fraction,
                SummationType::Beam,
                SummationType::Brachy,
            ] {
                let is_whole = |dose: &&DoseFile| {
                    dose.sum == sum
                        && dose.plans.contains(uid)
                        && (sum == SummationType::Plan || plan.parts_not_in(&[*dose]).is_empty())
                };
                let whole = doses.iter().filter(is_whole);
                let whole: Vec<Identifying<String>> =
                    whole.map(|dose| dose.source.clone()).collect();
                if whole.len() > 1 {
                    self.push(DoseFileFinding::Several {
                        plan: plan.source.clone(),
                        doses: whole,
                    });
                }
            }
        }
    }

    /// Whether the dose belongs to the plans, to parts that they have, and lies where they do; the fraction
    /// groups that it is the dose of.
    fn check_reference(&mut self, dose: &DoseFile) -> Vec<(Item<'a>, Option<usize>)> {
        let plans: Vec<&'a PlannedPrescription> = self
            .planned
            .iter()
            .filter(|plan| plan.kind != PlanKind::Entered)
            .collect();
        let known = |uid: &String| plans.iter().any(|plan| plan.uid.as_ref() == Some(uid));
        let (here, elsewhere): (Vec<&String>, Vec<&String>) =
            dose.plans.iter().partition(|uid| known(uid));
        let is_here = |plan: &PlannedPrescription| {
            let uid = plan.uid.as_ref();
            uid.is_some_and(|uid| here.contains(&uid))
        };
        let named: Vec<&'a PlannedPrescription> =
            plans.iter().copied().filter(|plan| is_here(plan)).collect();
        let unidentified = plans.iter().any(|plan| plan.uid.is_none());
        let finding = DoseFileFinding::Plans {
            dose: dose.source.clone(),
            plans: plans.iter().map(|plan| plan.source.clone()).collect(),
            named: named.iter().map(|plan| plan.source.clone()).collect(),
            elsewhere: elsewhere.into_iter().cloned().collect(),
            open: plans.is_empty() || unidentified || self.not_assessable > 0,
        };
        self.push(finding);
        for plan in &named {
            self.check_parts(dose, plan);
        }
        self.check_place(dose, &named);
        let all = self.items.iter().zip(&self.assigned);
        all.filter(|(item, _)| is_here(item.plan) && holds(dose, item))
            .map(|(item, assigned)| (*item, assigned.phase()))
            .collect()
    }

    /// The fraction groups, beams and application setups that a dose names are those of its plan.
    fn check_parts(&mut self, dose: &DoseFile, plan: &PlannedPrescription) {
        let of_plan = dose.parts.iter().filter(|part| part.plan == plan.uid);
        let mut missing = Vec::new();
        for part in of_plan {
            let Some(number) = part.group else {
                continue;
            };
            let group = plan.groups.iter().find(|group| group.number == part.group);
            let Some(group) = group else {
                missing.push(group_name(Some(number)));
                continue;
            };
            let beams = part.beams.iter().map(|number| DosePart::Beam(*number));
            let beams = beams.filter(|part| !group.beams.contains(&part.number()));
            let setups = part.setups.iter().map(|number| DosePart::Setup(*number));
            let setups = setups.filter(|part| !group.setups.contains(&part.number()));
            let parts = beams.chain(setups);
            missing.extend(parts.map(|part| format!("{part} of {}", group.name)));
        }
        if !missing.is_empty() {
            self.push(DoseFileFinding::NoSuchPart {
                dose: dose.source.clone(),
                plan: plan.source.clone(),
                missing,
            });
        }
    }

    /// A dose lies in the frame of reference of its plan and was made on its structure set.
    fn check_place(&mut self, dose: &DoseFile, plans: &[&PlannedPrescription]) {
        let sources = || plans.iter().map(|plan| plan.source.clone()).collect();
        let frames: Option<Vec<&String>> = plans
            .iter()
            .map(|plan| plan.frame_of_reference.as_ref())
            .collect();
        if let (Some(own), Some(frames)) = (&dose.frame_of_reference, frames) {
            if !plans.is_empty() && !frames.contains(&own) {
                self.push(DoseFileFinding::OtherFrame {
                    dose: dose.source.clone(),
                    plans: sources(),
                });
            }
        }
        let sets = || plans.iter().flat_map(|plan| &plan.structure_sets);
        let all_state = plans.iter().all(|plan| !plan.structure_sets.is_empty());
        let own = &dose.structure_sets;
        let shared = sets().any(|set| own.contains(set));
        if !plans.is_empty() && all_state && !own.is_empty() && !shared {
            self.push(DoseFileFinding::OtherStructures {
                dose: dose.source.clone(),
                plans: sources(),
            });
        }
    }

    /// Whether it is all that some fraction groups give: the dose of whole plans, of a group that it names, or
    /// of the only group of a plan.
    fn is_whole(&self, dose: &DoseFile) -> bool {
        let of_dose = |plan: &&PlannedPrescription| {
            let uid = plan.uid.as_ref();
            uid.is_some_and(|uid| dose.plans.contains(uid))
        };
        let mut plans = self.planned.iter().filter(of_dose);
        match dose.sum {
            // or of the groups that it names
            SummationType::Plan | SummationType::MultiPlan => true,
            SummationType::Fraction => plans.all(|plan| {
                let mut parts = dose.parts.iter().filter(|part| part.plan == plan.uid);
                let named = |part: &PlanPart| part.group.is_some() && part.is_whole_group();
                plan.groups.len() == 1 || (parts.clone().next().is_some() && parts.all(named))
            }),
            _ => false,
        }
    }

    /// Whether it is the dose of the only fraction group of its plan.
    fn is_of_only_group(&self, dose: &DoseFile) -> bool {
        let of_dose = |plan: &&PlannedPrescription| {
            let uid = plan.uid.as_ref();
            uid.is_some_and(|uid| dose.plans.contains(uid))
        };
        let mut plans = self.planned.iter().filter(of_dose);
        let only = plans.next().filter(|_| plans.next().is_none());
        dose.sum == SummationType::Fraction && only.is_some_and(|plan| plan.groups.len() == 1)
    }

    /// Whether the doses of its kind hold all parts of its plans together, each once.
    fn is_with_the_others(&self, dose: &DoseFile, doses: &[DoseFile]) -> bool {
        let alike = doses.iter().filter(|one| {
            one.sum == dose.sum && one.plans.iter().any(|uid| dose.plans.contains(uid))
        });
        let alike: Vec<&DoseFile> = alike.collect();
        let each_part = |part: &PlanPart| -> Vec<(Option<String>, Option<i32>, Option<DosePart>)> {
            let of = |one| (part.plan.clone(), part.group, one);
            if part.is_whole_group() {
                return vec![of(None)];
            }
            let beams = part.beams.iter().map(|number| DosePart::Beam(*number));
            let setups = part.setups.iter().map(|number| DosePart::Setup(*number));
            beams.chain(setups).map(|one| of(Some(one))).collect()
        };
        let parts = alike.iter().flat_map(|one| &one.parts);
        let parts: Vec<_> = parts.flat_map(each_part).collect();
        let is_once = |(at, part)| !parts.iter().take(at).any(|earlier| earlier == part);
        let plans: Vec<&PlannedPrescription> = self.planned.iter().collect();
        parts.iter().enumerate().all(is_once) && DoseFile::are_whole(&alike, &plans)
    }

    /// The parts of its plans that a dose of whole plans does not name, where no other dose is that of them.
    fn missing_of(&self, dose: &DoseFile, doses: &[DoseFile]) -> Vec<String> {
        if !matches!(dose.sum, SummationType::Plan | SummationType::MultiPlan) {
            return Vec::new();
        }
        let doses: Vec<&DoseFile> = doses.iter().collect();
        let of_dose = |plan: &&PlannedPrescription| {
            let uid = plan.uid.as_ref();
            uid.is_some_and(|uid| dose.plans.contains(uid))
        };
        let plans = self.planned.iter().filter(of_dose);
        plans.flat_map(|plan| plan.parts_not_in(&doses)).collect()
    }

    fn check_scale(&mut self, dose: &DoseFile, groups: &[(Item<'a>, Option<usize>)]) {
        let at = Subject::source(dose.source.clone());
        let not_compared = match dose.maximum {
            _ if dose.units != DoseUnits::Gray => Ok(DoseScale::NotGrayToCompare),
            _ if dose.dose_type == DoseType::Effective => Ok(DoseScale::Effective),
            None => Ok(DoseScale::NoGrid),
            Some(maximum) => Err(maximum),
        };
        let maximum = match not_compared {
            Ok(scale) => {
                self.push(DosimetryFinding::DoseScale { at, scale });
                return;
            }
            Err(maximum) => maximum,
        };
        let placed = groups.iter().any(|(_, phase)| phase.is_some());
        let course = &self.prescribed.course;
        let mut largest: Option<Amount> = None;
        for volume in course.volumes() {
            let mut total = Amount::new(Decimal::ZERO);
            for (place, phase) in course.phases().iter().enumerate() {
                let part = course.fractionation_of(&volume.name, phase);
                let part = part.and_then(|part| self.prescribed_in(part, place, groups, placed));
                if let Some(sum) = part.and_then(|part| total.plus(part)) {
                    total = sum;
                }
            }
            if largest.is_none_or(|largest| largest.is_below(total)) {
                largest = Some(total);
            }
        }
        let Some((largest, prescribed)) = largest.and_then(|dose| Some((dose, dose.to_decimal()?)))
        else {
            return;
        };
        let whole = placed && self.is_whole(dose);
        let limit = self.tolerances.dose_maximum.allowed();
        let least = largest.less(limit).and_then(Amount::to_decimal);
        let least = least.filter(|_| whole);
        self.push(dose_scale(at, maximum, prescribed, least));
    }

    /// What a phase prescribes in the fractions of some of its groups; in all where no group has a phase.
    fn prescribed_in(
        &self,
        prescribed: Fractionation,
        phase: usize,
        groups: &[(Item<'a>, Option<usize>)],
        placed: bool,
    ) -> Option<Amount> {
        let own: Vec<&Item<'a>> = groups
            .iter()
            .filter(|(_, of)| *of == Some(phase))
            .map(|(item, _)| item)
            .collect();
        if !placed || own.len() == self.items_of(phase).len() {
            return (!placed || !own.is_empty()).then(|| Amount::of(prescribed.total()));
        }
        let fractions = own.iter().map(|item| item.group.fractions);
        let fractions = fractions.reduce(|sum, count| sum?.checked_add(count?));
        per_fraction(prescribed)?.times(fractions.flatten()?)
    }
}

/// Whether a dose is, as far as it says, that of a fraction group of its plan.
fn holds(dose: &DoseFile, item: &Item<'_>) -> bool {
    let of_plan = |part: &&PlanPart| part.plan == item.plan.uid && part.group.is_some();
    let mut parts = dose.parts.iter().filter(of_plan);
    parts.clone().next().is_none() || parts.any(|part| part.group == item.group.number)
}
