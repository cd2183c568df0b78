//! Dose files that go with the plans.

use super::check::{Checker, passed_on};
use super::finding::dose_file::DoseFileFinding;
use chemorad::quantity::AbsorbedDose;
use chemorad::report::{Identifying, Subject};
use chemorad_dosimetry::{
    DoseFile, DoseScale, DoseType, DoseUnits, DosimetryFinding, PlanKind, PlannedPrescription,
    SummationType, dose_scale,
};

impl Checker<'_> {
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
            });
            let phases = self.check_reference(dose);
            self.check_scale(dose, &phases);
            let notes = dose.notes.iter().map(|note| passed_on(&dose.source, note));
            self.findings.extend(notes);
        }
        for plan in self.planned {
            let Some(uid) = &plan.uid else {
                continue;
            };
            let whole: Vec<Identifying<String>> = doses
                .iter()
                .filter(|dose| dose.sum == SummationType::Plan && dose.plans.contains(uid))
                .map(|dose| dose.source.clone())
                .collect();
            if whole.len() > 1 {
                self.push(DoseFileFinding::Several {
                    plan: plan.source.clone(),
                    doses: whole,
                });
            }
        }
    }

    /// Whether the dose belongs to the plans; the phases of those it belongs to.
    fn check_reference(&mut self, dose: &DoseFile) -> Vec<usize> {
        let plans: Vec<_> = self
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
        let named = plans.iter().filter(|plan| is_here(plan));
        let unidentified = plans.iter().any(|plan| plan.uid.is_none());
        let finding = DoseFileFinding::Plans {
            dose: dose.source.clone(),
            plans: plans.iter().map(|plan| plan.source.clone()).collect(),
            named: named.map(|plan| plan.source.clone()).collect(),
            elsewhere: elsewhere.into_iter().cloned().collect(),
            open: plans.is_empty() || unidentified || self.not_assessable > 0,
        };
        self.push(finding);
        let all = self.items.iter().zip(&self.assigned);
        all.filter(|(item, _)| is_here(item.plan))
            .filter_map(|(_, assigned)| assigned.phase())
            .collect()
    }

    /// Whether it is the dose of whole plans: a fraction group is one where there is no other.
    fn is_whole(&self, dose: &DoseFile) -> bool {
        let of_dose = |plan: &&PlannedPrescription| {
            let uid = plan.uid.as_ref();
            uid.is_some_and(|uid| dose.plans.contains(uid))
        };
        match dose.sum {
            SummationType::Plan | SummationType::MultiPlan => true,
            SummationType::Fraction => {
                let mut plans = self.planned.iter().filter(of_dose);
                plans.all(|plan| plan.groups.len() == 1)
            }
            _ => false,
        }
    }

    fn check_scale(&mut self, dose: &DoseFile, phases: &[usize]) {
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
        let course = &self.prescribed.course;
        let all = phases.is_empty();
        let mut largest: Option<AbsorbedDose> = None;
        for volume in course.volumes() {
            let parts = course
                .phases()
                .iter()
                .enumerate()
                .filter(|(place, _)| all || phases.contains(place))
                .filter_map(|(_, phase)| course.fractionation_of(&volume.name, phase))
                .map(|part| Some(part.total()));
            let total = parts.reduce(|sum, part| sum?.checked_add(part?));
            largest = largest.max(total.flatten());
        }
        let Some(prescribed) = largest else {
            return;
        };
        let prescribed = prescribed.into();
        let whole = !all && self.is_whole(dose);
        let limit = self.tolerances.dose_maximum.limit;
        let least = limit.below(prescribed).filter(|_| whole);
        self.push(dose_scale(at, maximum, prescribed, least));
    }
}
