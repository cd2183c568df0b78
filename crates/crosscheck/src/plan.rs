//! What a plan says about itself: kind, approval, intent, targets and their names.

use super::check::Checker;
use super::finding::{CrosscheckFinding, NamedVolumes};
use super::known::Item;
use chemorad::report::{Identifying, Subject};
use chemorad_dosimetry::{
    PlanApproval, PlanKind, PlannedPrescription, PlannedTarget, TargetKind, same_name,
};

impl Checker<'_> {
    pub(super) fn check_plans(&mut self) {
        self.check_patient();
        for plan in self.planned {
            for note in &plan.notes {
                let place = Subject::source(plan.source.clone()).part(note.subject().clone());
                self.findings.push(note.clone().about(place));
            }
            if plan.kind == PlanKind::Entered {
                if plan.approval != PlanApproval::NotStated {
                    self.check_approval(plan);
                }
                self.check_names(plan);
                continue;
            }
            let placed = self.placed(plan);
            let elsewhere = |(_, phase): &(Item<'_>, Option<usize>)| {
                phase.is_some_and(|at| !self.prescribed.phases.contains(&at))
            };
            if !placed.is_empty() && placed.iter().all(elsewhere) {
                let plan = plan.source.clone();
                self.push(CrosscheckFinding::PlanLeftOut { plan });
                continue;
            }
            self.check_kind(plan);
            if !plan.kind.applies() {
                continue;
            }
            self.check_approval(plan);
            self.check_intent(plan);
            self.check_targets(plan);
            self.check_stated_dose(plan);
            self.check_beam_sum(plan);
            self.check_names(plan);
        }
    }

    /// One course is one person's.
    fn check_patient(&mut self) {
        let plans: Vec<_> = self
            .planned
            .iter()
            .filter(|plan| plan.kind != PlanKind::Entered)
            .collect();
        if plans.len() < 2 {
            return;
        }
        let mut keys = plans.iter().filter_map(|plan| plan.patient.as_ref());
        let first = keys.next();
        let known = 1 + keys.clone().count();
        let same = if keys.any(|key| Some(key) != first) {
            Some(false)
        } else {
            (first.is_some() && known == plans.len()).then_some(true)
        };
        self.push(CrosscheckFinding::Patient { same });
    }

    fn check_kind(&mut self, plan: &PlannedPrescription) {
        self.push(CrosscheckFinding::Kind {
            plan: plan.source.clone(),
            kind: plan.kind,
        });
    }

    fn check_approval(&mut self, plan: &PlannedPrescription) {
        self.push(CrosscheckFinding::Approval {
            plan: plan.source.clone(),
            approval: plan.approval.clone(),
        });
    }

    fn check_intent(&mut self, plan: &PlannedPrescription) {
        let treats = |intent: &str| matches!(intent, "CURATIVE" | "PALLIATIVE" | "PROPHYLACTIC");
        if let Some(intent) = plan.intent.as_ref().filter(|intent| !treats(intent)) {
            self.push(CrosscheckFinding::Intent {
                plan: plan.source.clone(),
                intent: intent.clone(),
            });
        }
        if plan.geometry.as_deref() == Some("TREATMENT_DEVICE") {
            let plan = plan.source.clone();
            self.push(CrosscheckFinding::OnDevice { plan });
        }
    }

    /// Every target is listed; none is picked by its position.
    fn check_targets(&mut self, plan: &PlannedPrescription) {
        // a dose of its own in a fraction group is not another target
        let whole = |name: &Identifying<String>| {
            targets(plan).any(|t| t.group.is_none() && t.name == *name)
        };
        let targets: Vec<_> = targets(plan)
            .filter(|target| target.group.is_none() || !whole(&target.name))
            .collect();
        if !targets.is_empty() {
            self.push(CrosscheckFinding::Targets {
                plan: plan.source.clone(),
                targets: targets.into_iter().cloned().collect(),
            });
        }
    }

    /// The fraction groups of a plan with their phases.
    pub(super) fn placed(&self, plan: &PlannedPrescription) -> Vec<(Item<'_>, Option<usize>)> {
        let all = self.items.iter().zip(&self.assigned);
        all.filter(|(item, _)| core::ptr::eq(item.plan, plan))
            .map(|(item, assigned)| (*item, assigned.phase()))
            .collect()
    }

    /// The volume of the course that a name stands for.
    pub(super) fn named_volume(&self, name: &str) -> Option<String> {
        let given = self.names.iter().find(|given| given.name == name);
        let name = given.map_or(name, |given| &given.volume);
        let volumes = self.prescribed.course.volumes().iter();
        volumes
            .map(|volume| volume.name.to_string())
            .find(|volume| same_name(volume, name))
    }

    /// The names of targets against the volumes that are prescribed to.
    fn check_names(&mut self, plan: &PlannedPrescription) {
        let course = &self.prescribed.course;
        let placed = self.placed(plan);
        let mut volumes: Vec<&str> = Vec::new();
        for phase in placed
            .iter()
            .filter_map(|(_, phase)| course.phases().get((*phase)?))
        {
            volumes.extend(phase.prescriptions().iter().map(|v| v.volume.as_str()));
        }
        if volumes.is_empty() {
            return;
        }
        let mut names: Vec<Identifying<String>> = if plan.kind == PlanKind::Entered {
            let doses = placed.iter().flat_map(|(item, _)| &item.group.doses);
            doses
                .filter_map(|dose| dose.volume.clone().map(Identifying::from))
                .collect()
        } else {
            targets(plan).map(|target| target.name.clone()).collect()
        };
        names.dedup();
        if names.is_empty() && plan.kind == PlanKind::Entered {
            return;
        }
        let reached = |volume: &str| {
            placed.iter().any(|(_, phase)| {
                let phase = phase.and_then(|at| course.phases().get(at));
                phase.is_some_and(|phase| course.fractionation_of(volume, phase).is_some())
            })
        };
        let stands_for: Vec<Option<String>> = names
            .iter()
            .map(|name| self.named_volume(name.reveal()))
            .collect();
        let settled = stands_for.iter().any(Option::is_some);
        let treated = |volume: &String| volumes.contains(&&**volume);
        let named = if !self.prescribed.names_volumes() && !settled {
            NamedVolumes::NotPrescribed
        } else if names.is_empty() {
            NamedVolumes::NoTarget
        } else if let Some(wrong) = stands_for.iter().flatten().find(|volume| !reached(volume)) {
            NamedVolumes::NotTreated(wrong.clone())
        } else if stands_for.iter().flatten().any(treated) {
            let by_hand = |name: &&Identifying<String>| {
                self.names.iter().any(|given| given.name == *name.reveal())
            };
            NamedVolumes::Prescribed(names.iter().filter(by_hand).cloned().collect())
        } else {
            NamedVolumes::ToBeSeen
        };
        let finding = CrosscheckFinding::Volumes {
            plan: plan.source.clone(),
            volumes: volumes.iter().map(ToString::to_string).collect(),
            names,
            named,
        };
        self.push(finding);
    }
}

pub(super) fn targets(plan: &PlannedPrescription) -> impl Iterator<Item = &PlannedTarget> {
    plan.targets
        .iter()
        .filter(|target| target.kind == TargetKind::Target)
}
