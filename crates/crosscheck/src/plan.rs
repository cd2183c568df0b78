//! What a plan says about itself: kind, approval, intent, targets and their names.

use std::collections::HashSet;

use super::check::{Checker, passed_on};
use super::finding::plan::{NamedVolumes, PlanFinding, PlanSays, VERIFIED_PLAN};
use super::finding::targets::TargetFinding;
use super::known::Item;
use super::statement::{Scope, dosed, named};
use chemorad::radiotherapy::Phase;
use chemorad::report::{Finding, Identifying, Outcome};
use chemorad_dosimetry::{
    BeamFinding, PlanApproval, PlanKind, PlannedPrescription, PlannedTarget, same_name,
};

impl Checker<'_> {
    pub(super) fn check_plans(&mut self) {
        for plan in self.planned {
            for note in &plan.notes {
                let mut note = passed_on(&plan.source, note);
                self.accept(plan, &mut note);
                self.findings.push(note);
            }
            if plan.kind == PlanKind::Entered {
                if plan.approval != PlanApproval::NotStated {
                    self.say(plan, PlanSays::Approval(plan.approval.clone()));
                }
                self.check_names(plan);
                continue;
            }
            let placed = self.placed(plan);
            let elsewhere = |(_, phase): &(Item<'_>, Option<usize>)| {
                phase.is_some_and(|at| !self.prescribed.phases.contains(&at))
            };
            if !placed.is_empty() && placed.iter().all(elsewhere) {
                self.say(plan, PlanSays::LeftOut);
                continue;
            }
            let (kind, compared) = (plan.kind, !placed.is_empty());
            self.say(plan, PlanSays::Kind { kind, compared });
            if !plan.kind.applies() && !compared {
                continue;
            }
            self.say(plan, PlanSays::Approval(plan.approval.clone()));
            self.check_intent(plan);
            self.check_radiation(plan);
            self.check_targets(plan);
            self.check_stated_dose(plan);
            self.check_beam_sum(plan);
            self.check_limits(plan);
            if let Some(text) = &plan.description {
                self.say(plan, PlanSays::Description(text.clone()));
            }
            self.check_names(plan);
            self.check_regions(plan);
        }
    }

    fn say(&mut self, plan: &PlannedPrescription, says: PlanSays) {
        let plan = plan.source.clone();
        self.push(PlanFinding { plan, says });
    }

    /// A Beam Dose that is missing matters less where a person accepts the stated dose.
    fn accept(&self, plan: &PlannedPrescription, note: &mut Finding) {
        let reason = self.decisions.accept_stated_dose.as_ref();
        let beams: Option<&BeamFinding> = note.observation();
        let missing = beams.is_some_and(BeamFinding::leaves_dose_open);
        if let Some(reason) = reason.filter(|_| missing && dosed(plan).next().is_some()) {
            note.outcome = Outcome::Warn;
            note.remark(format!("the stated dose was accepted: {reason}"));
        }
    }

    /// The beams' radiation against that of the phases they are for.
    fn check_radiation(&mut self, plan: &PlannedPrescription) {
        let phases = self.phases_of(plan, &Scope::Plan);
        let prescribed = self.prescribed.radiation_of(&phases);
        // an ion plan is named as one, and contradicts a prescription that names its beams
        let named_already = plan.kind == PlanKind::Ion && !prescribed.names_beams();
        if plan.radiation.is_empty() || named_already {
            return;
        }
        let says = PlanSays::Radiation {
            prescribed,
            radiation: plan.radiation.clone(),
        };
        self.say(plan, says);
    }

    fn check_intent(&mut self, plan: &PlannedPrescription) {
        let treats = |intent: &str| matches!(intent, "CURATIVE" | "PALLIATIVE" | "PROPHYLACTIC");
        if let Some(intent) = plan.intent.as_ref().filter(|intent| !treats(intent)) {
            self.say(plan, PlanSays::Intent(intent.clone()));
        }
        for what in [VERIFIED_PLAN, "ALTERNATIVE"] {
            if plan.relationships.iter().any(|stated| stated == what) {
                self.say(plan, PlanSays::Relationship(what.into()));
            }
        }
        if plan.geometry.as_deref() == Some("TREATMENT_DEVICE") {
            self.say(plan, PlanSays::OnDevice);
        }
    }

    /// Every target is listed; none is picked by its position.
    fn check_targets(&mut self, plan: &PlannedPrescription) {
        let mut targets: Vec<PlannedTarget> = dosed(plan).cloned().collect();
        if targets.is_empty() {
            targets = named(plan).cloned().collect();
        }
        if !targets.is_empty() {
            self.push(TargetFinding::Listed {
                plan: plan.source.clone(),
                targets,
                prescribed: self.doses_prescribed(plan),
            });
        }
    }

    /// How many doses the phases of a plan prescribe: of each volume in each phase, and over several.
    fn doses_prescribed(&self, plan: &PlannedPrescription) -> usize {
        let course = &self.prescribed.course;
        let phases = self.phases_of(plan, &Scope::Plan);
        let phases: Vec<_> = phases
            .iter()
            .filter_map(|at| course.phases().get(*at))
            .collect();
        let single: usize = phases.iter().map(|phase| phase.prescriptions().len()).sum();
        let over_several = course.volumes().iter().filter(|volume| {
            let reached = |phase: &&&Phase| course.fractionation_of(&volume.name, phase).is_some();
            phases.iter().filter(reached).count() > 1
        });
        single + over_several.count()
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
        let volumes = self.prescribed_to(&self.phases_of(plan, &Scope::Plan));
        if volumes.is_empty() {
            return;
        }
        let mut names: Vec<(Identifying<String>, Scope)> = if plan.kind == PlanKind::Entered {
            let doses = plan.groups.iter().flat_map(|group| &group.doses);
            let mut seen = HashSet::new();
            doses
                .filter_map(|dose| dose.volume.as_ref())
                .filter(|name| seen.insert(*name))
                .map(|name| (name.into(), Scope::Plan))
                .collect()
        } else {
            named(plan)
                .map(|target| (target.name.clone(), Scope::of(plan, target)))
                .collect()
        };
        names.dedup();
        if names.is_empty() && plan.kind == PlanKind::Entered {
            return;
        }
        let settled =
            |(name, _): &(Identifying<String>, Scope)| self.named_volume(name.reveal()).is_some();
        let named = if !self.prescribed.names_volumes() && !names.iter().any(settled) {
            NamedVolumes::NotPrescribed
        } else if names.is_empty() {
            NamedVolumes::NoTarget
        } else {
            self.meant(plan, &names)
        };
        let names = names.into_iter().map(|(name, _)| name).collect();
        let says = PlanSays::Volumes {
            volumes,
            names,
            named,
        };
        self.say(plan, says);
    }

    /// The volumes that phases prescribe to.
    fn prescribed_to(&self, phases: &[usize]) -> Vec<String> {
        let all = self.prescribed.course.phases();
        let phases = phases.iter().filter_map(|at| all.get(*at));
        phases
            .flat_map(Phase::prescriptions)
            .map(|dose| dose.volume.to_string())
            .collect()
    }

    /// Which volumes the names stand for, each in the phases of the fraction groups it is linked to.
    fn meant(
        &self,
        plan: &PlannedPrescription,
        names: &[(Identifying<String>, Scope)],
    ) -> NamedVolumes {
        let course = &self.prescribed.course;
        let mut inside = None;
        let mut prescribed: Vec<&Scope> = Vec::new();
        for (name, scope) in names {
            let Some(volume) = self.named_volume(name.reveal()) else {
                continue;
            };
            let phases = self.phases_of(plan, scope);
            if phases.is_empty() {
                continue;
            }
            let reached = phases
                .iter()
                .filter_map(|at| course.phases().get(*at))
                .any(|phase| course.fractionation_of(&volume, phase).is_some());
            if !reached {
                return NamedVolumes::NotTreated(volume);
            }
            if self.prescribed_to(&phases).contains(&volume) {
                prescribed.push(scope);
            } else {
                inside = Some((volume, scope));
            }
        }
        match inside {
            Some((volume, scope)) if !prescribed.contains(&scope) => NamedVolumes::Inside(volume),
            _ if prescribed.is_empty() => NamedVolumes::ToBeSeen,
            _ => {
                let by_hand = |name: &&Identifying<String>| {
                    self.names.iter().any(|given| given.name == *name.reveal())
                };
                let names = names.iter().map(|(name, _)| name);
                NamedVolumes::Prescribed(names.filter(by_hand).cloned().collect())
            }
        }
    }
}
