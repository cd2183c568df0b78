//! What a plan says about itself: kind, approval, intent, targets and their names.

use std::string::{String, ToString};
use std::vec::Vec;

use super::check::Checker;
use super::known::{Item, same_name};
use super::planned::{PlanApproval, PlanKind, PlannedPrescription, PlannedTarget, TargetKind};
use chemorad::report::{Finding, Outcome, Subject};

impl Checker<'_> {
    pub(super) fn check_plans(&mut self) {
        self.check_patient();
        for plan in self.planned {
            for note in &plan.notes {
                let place = Subject::source(format!("{}, {}", plan.source, note.at()));
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
                self.push(Finding::written(
                    "plan.kind",
                    Outcome::NotApplicable,
                    &*plan.source,
                    "the plan is for a phase that is left out of this check",
                ));
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
        let (outcome, message) = if keys.any(|key| Some(key) != first) {
            (
                Outcome::Fail,
                "the plans are for different patients (Patient ID); to check each on its own, give --each",
            )
        } else if first.is_some() && known == plans.len() {
            (Outcome::Pass, "the plans are for one patient (Patient ID)")
        } else {
            (
                Outcome::CannotTell,
                "not every plan says who it is for (Patient ID)",
            )
        };
        self.push(Finding::written("plan.patient", outcome, "plans", message));
    }

    fn check_kind(&mut self, plan: &PlannedPrescription) {
        let (outcome, message) = match plan.kind {
            PlanKind::Entered | PlanKind::ExternalBeam => (
                Outcome::Pass,
                "external beams, to which the prescription applies",
            ),
            PlanKind::Ion => (
                Outcome::NotApplicable,
                "ion beams: the prescription of photon radiotherapy does not apply, and nothing in this plan was compared",
            ),
            PlanKind::Brachytherapy => (
                Outcome::NotApplicable,
                "brachytherapy: the prescription of external beam radiotherapy does not apply, and nothing in this plan was compared",
            ),
            PlanKind::ExternalBeamAndBrachytherapy => (
                Outcome::NotApplicable,
                "external beams and brachytherapy in one plan: the two do not add up as one dose, and nothing in this plan was compared",
            ),
            PlanKind::NotStated => (
                Outcome::CannotTell,
                "the plan has neither beams nor brachytherapy setups",
            ),
        };
        self.push(
            Finding::written("plan.kind", outcome, &*plan.source, message)
                .with_expected("an external beam plan")
                .with_found(plan.kind.to_string()),
        );
    }

    fn check_approval(&mut self, plan: &PlannedPrescription) {
        let (outcome, message, found) = match &plan.approval {
            PlanApproval::Approved => (Outcome::Pass, "the plan is approved", "approved"),
            PlanApproval::Unapproved => {
                (Outcome::Warn, "the plan is not approved yet", "unapproved")
            }
            PlanApproval::Rejected => (
                Outcome::Fail,
                "the plan was reviewed and rejected",
                "rejected",
            ),
            PlanApproval::Other(text) => (
                Outcome::CannotTell,
                "the approval status is not one that is defined",
                &**text,
            ),
            PlanApproval::NotStated => (
                Outcome::CannotTell,
                "the plan does not say whether it is approved",
                "not stated",
            ),
        };
        self.push(
            Finding::written("plan.approval", outcome, &*plan.source, message)
                .with_expected("approved")
                .with_found(found),
        );
    }

    fn check_intent(&mut self, plan: &PlannedPrescription) {
        let device = plan.geometry.as_deref() == Some("TREATMENT_DEVICE");
        let other = plan
            .intent
            .as_deref()
            .filter(|intent| !matches!(*intent, "CURATIVE" | "PALLIATIVE" | "PROPHYLACTIC"));
        if let Some(intent) = other {
            self.push(
                Finding::written(
                    "plan.intent",
                    Outcome::Warn,
                    &*plan.source,
                    "the plan is not meant for treatment: is it the right one?",
                )
                .with_expected("CURATIVE, PALLIATIVE or PROPHYLACTIC")
                .with_found(intent),
            );
        }
        if device {
            self.push(Finding::written(
                "plan.intent",
                Outcome::Warn,
                &*plan.source,
                "the plan is not based on a patient's images but on the machine alone: is it the right one?",
            ));
        }
    }

    /// Every target is listed; none is picked by its position.
    fn check_targets(&mut self, plan: &PlannedPrescription) {
        // a dose of its own in a fraction group is not another target
        let whole = |name: &str| targets(plan).any(|t| t.group.is_none() && t.name == name);
        let targets: Vec<_> = targets(plan)
            .filter(|target| target.group.is_none() || !whole(&target.name))
            .collect();
        let listed: Vec<String> = targets.iter().map(|target| in_words(target)).collect();
        match targets.len() {
            0 => {}
            1 => self.push(
                Finding::written("plan.multiple_targets", Outcome::Pass, &*plan.source, "one target is stated")
                    .with_found(listed.join("; ")),
            ),
            many => self.push(
                Finding::written(
                    "plan.multiple_targets",
                    Outcome::Warn,
                    &*plan.source,
                    "several targets are stated; all are compared, and none is taken for its position",
                )
                .with_expected("1 target")
                .with_found(format!("{many}: {}", listed.join("; "))),
            ),
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
        const CODE: &str = "rx.volume_match";
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
        let mut names: Vec<String> = if plan.kind == PlanKind::Entered {
            let doses = placed.iter().flat_map(|(item, _)| &item.group.doses);
            doses.filter_map(|dose| dose.volume.clone()).collect()
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
        let stands_for: Vec<Option<String>> =
            names.iter().map(|name| self.named_volume(name)).collect();
        let settled = stands_for.iter().any(Option::is_some);
        let (outcome, message) = if !self.prescribed.names_volumes() && !settled {
            (
                Outcome::NotApplicable,
                "the typed prescription names no volume to compare the plan's target with"
                    .to_string(),
            )
        } else if names.is_empty() {
            (
                Outcome::CannotTell,
                "the plan names no target, so which volume it treats is not known".to_string(),
            )
        } else if let Some(wrong) = stands_for.iter().flatten().find(|volume| !reached(volume)) {
            (
                Outcome::Fail,
                format!("the plan names a volume that its phase does not treat: {wrong}"),
            )
        } else if stands_for
            .iter()
            .flatten()
            .any(|volume| volumes.contains(&&**volume))
        {
            let given = names
                .iter()
                .filter(|name| self.names.iter().any(|g| g.name == **name));
            let given: Vec<String> = given.map(|name| format!("{name:?}")).collect();
            let as_given = if given.is_empty() {
                String::new()
            } else {
                format!(" (as given for {})", given.join(", "))
            };
            (
                Outcome::Pass,
                format!("the plan names the volume that is prescribed to{as_given}"),
            )
        } else {
            let example = names.first().map_or("", String::as_str);
            let volume = volumes.first().unwrap_or(&"");
            (
                Outcome::Warn,
                format!(
                    "whether the plan's target is the prescribed volume is for a person to see; to settle it, give --target \"{example}={volume}\""
                ),
            )
        };
        let mut finding = Finding::written(CODE, outcome, &*plan.source, message)
            .with_expected(volumes.join(", "));
        if !names.is_empty() {
            finding = finding.with_found(names.join(", "));
        }
        self.push(finding);
    }
}

pub(super) fn targets(plan: &PlannedPrescription) -> impl Iterator<Item = &PlannedTarget> {
    plan.targets
        .iter()
        .filter(|target| target.kind == TargetKind::Target)
}

pub(super) fn in_words(target: &PlannedTarget) -> String {
    let group = target
        .group
        .map_or_else(String::new, |number| format!(" in fraction group {number}"));
    match target.dose {
        Some(dose) => format!("{}{group} {dose} Gy", target.name),
        None => format!("{}{group} without a dose", target.name),
    }
}
