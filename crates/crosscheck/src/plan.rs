//! What a plan says about itself: kind, approval, intent, targets and their names.

use std::collections::HashSet;

use super::amount::Amount;
use super::check::{Checker, passed_on};
use super::finding::plan::{NamedVolumes, PlanFinding, PlanSays, VERIFIED_PLAN};
use super::finding::target_names::{NameOdd, TargetNameFinding};
use super::finding::targets::TargetFinding;
use super::known::Item;
use super::statement::{Scope, Statement, dosed, named, statements};
use super::volume_name::volume_named;
use chemorad::radiotherapy::Phase;
use chemorad::report::{Finding, Identifying, Outcome};
use chemorad_dosimetry::{BeamFinding, PlanApproval, PlanKind, PlannedPrescription, PlannedTarget};

/// Phases, and the prescribed doses in them that a stated dose is.
type Claim = (Vec<usize>, Vec<String>);

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
            // a name without a number says nothing of the prescription
            let has_number =
                |text: &&Identifying<String>| text.reveal().contains(|c: char| c.is_ascii_digit());
            let of_groups = plan.groups.iter().filter_map(|group| group.label.as_ref());
            for text in plan.description.iter().chain(of_groups.filter(has_number)) {
                self.say(plan, PlanSays::Description(text.clone()));
            }
            self.check_names(plan);
            self.check_target_names(plan);
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
        for says in purpose(plan) {
            self.say(plan, says);
        }
        let earlier = self.planned.iter().find(|other| {
            let uid = other.uid.as_ref();
            uid.is_some_and(|uid| plan.predecessors.contains(uid))
        });
        if let Some(earlier) = earlier {
            self.say(plan, PlanSays::Successor(earlier.source.clone()));
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
                alike: self.alike(plan),
            });
        }
    }

    /// Targets that no name tells apart and that state one prescribed dose, where fewer volumes have it.
    fn alike(&self, plan: &PlannedPrescription) -> Vec<Identifying<String>> {
        let mut groups: Vec<(Claim, Vec<Identifying<String>>)> = Vec::new();
        let all = statements(plan).into_iter().filter(|one| {
            let target = one.target;
            !target.is_point() && self.named_volume(target.name.reveal()).is_none()
        });
        for statement in all {
            let claim = self.claim(plan, &statement);
            let name = &statement.target.name;
            match groups.iter_mut().find(|(known, _)| *known == claim) {
                Some((_, names)) if !names.contains(name) => names.push(name.clone()),
                Some(_) => {}
                None if claim.1.is_empty() => {}
                None => groups.push((claim, vec![name.clone()])),
            }
        }
        groups.retain(|((_, meanings), names)| names.len() > meanings.len());
        groups.into_iter().flat_map(|(_, names)| names).collect()
    }

    /// The prescribed doses that a stated dose is, in its phases.
    fn claim(&self, plan: &PlannedPrescription, statement: &Statement<'_>) -> Claim {
        let limit = self.tolerances.total.allowed();
        let stated = Amount::new(statement.dose);
        let meanings = self.prescribed_meanings(plan, statement).into_iter();
        let agrees = |amount| Amount::compare(amount, stated, limit).is_some_and(|c| c.within);
        let mut words: Vec<String> = meanings
            .filter(|meaning| agrees(meaning.amount))
            .map(|meaning| format!("{} to {}", meaning.amount.shown(), meaning.volume))
            .collect();
        words.sort_unstable();
        words.dedup();
        (self.phases_of(plan, &statement.scope), words)
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
        volume_named(&self.volumes(), name).map(String::from)
    }

    /// The names of the volumes of the course.
    pub(super) fn volumes(&self) -> Vec<&str> {
        let volumes = self.prescribed.course.volumes().iter();
        volumes.map(|volume| volume.name.as_str()).collect()
    }

    /// The names of targets against the volumes that are prescribed to.
    fn check_names(&mut self, plan: &PlannedPrescription) {
        let volumes = self.prescribed_to(&self.phases_of(plan, &Scope::Plan));
        if volumes.is_empty() {
            return;
        }
        let names: Vec<(Identifying<String>, Scope)> = if plan.kind == PlanKind::Entered {
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
        // an organ is said to be one, and nobody is told to take it for a volume
        let (organs, mut names): (Vec<_>, Vec<_>) =
            names.into_iter().partition(|(name, _)| self.is_organ(name));
        names.dedup();
        let has_organs = !organs.is_empty();
        for (name, _) in organs {
            self.push(TargetNameFinding {
                plan: plan.source.clone(),
                odd: NameOdd::Organ(name),
            });
        }
        if names.is_empty() && (plan.kind == PlanKind::Entered || has_organs) {
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
        let settles = matches!(named, NamedVolumes::Prescribed(_));
        let says = PlanSays::Volumes {
            volumes,
            names: names.into_iter().map(|(name, _)| name).collect(),
            named,
        };
        self.say(plan, says);
        if settles && plan.kind != PlanKind::Entered {
            self.check_names_beside(plan);
        }
    }

    /// Targets with names of no prescribed volume, beside others that have such names: each is a volume that
    /// is left, or nobody prescribed its dose.
    fn check_names_beside(&mut self, plan: &PlannedPrescription) {
        let volume = |target: &PlannedTarget| self.named_volume(target.name.reveal());
        let (mut open, mut of_nobody) = (Vec::new(), Vec::new());
        let all = statements(plan);
        let of_volumes = all.iter().filter(|one| volume(one.target).is_some());
        let claims: Vec<Claim> = of_volumes.map(|one| self.claim(plan, one)).collect();
        // a dose that no other target states, such as the sum over the phases, is one that is prescribed
        let is_its_own = |target: &PlannedTarget| {
            let mut own = all.iter().filter(|one| one.target == target);
            own.all(|one| {
                let claim = self.claim(plan, one);
                !claim.1.is_empty() && claims.iter().all(|other| other.1 != claim.1)
            })
        };
        // a dose that is no prescribed one, and fails as such
        let is_said = |target: &PlannedTarget| {
            let mut own = all.iter().filter(|one| one.target == target);
            own.all(|one| {
                self.claim(plan, one).1.is_empty() && !self.may_be_no_prescription(plan, one)
            })
        };
        let is_open = |one: &&PlannedTarget| {
            !one.is_point() && volume(one).is_none() && !self.is_organ(&one.name)
        };
        for target in named(plan).filter(is_open) {
            let scope = Scope::of(plan, target);
            let phases = self.phases_of(plan, &scope);
            let volumes = self.prescribed_to(&phases);
            let is_named = |name: &String| {
                let mut all = named(plan).filter(|other| volume(other).as_ref() == Some(name));
                all.any(|other| {
                    let of_other = self.phases_of(plan, &Scope::of(plan, other));
                    of_other.iter().any(|at| phases.contains(at))
                })
            };
            let left: Vec<String> = volumes
                .iter()
                .filter(|one| !is_named(one))
                .cloned()
                .collect();
            if left.is_empty() && target.is_dosed() && !phases.is_empty() {
                if is_its_own(target) || is_said(target) {
                    continue;
                }
                of_nobody.push(TargetFinding::NobodyPrescribed {
                    plan: plan.source.clone(),
                    target: target.name.clone(),
                    stated: target.dose.map(Amount::new),
                    volumes,
                });
            } else {
                let volumes = if left.is_empty() { volumes } else { left };
                open.push((target.name.clone(), volumes));
            }
        }
        for (name, volumes) in open {
            let says = PlanSays::Volumes {
                volumes,
                names: vec![name],
                named: NamedVolumes::ToBeSeen,
            };
            self.say(plan, says);
        }
        for finding in of_nobody {
            // two withheld names print alike: the subjects are compared, not their words
            let said = Finding::from(finding.clone());
            for dose in &mut self.planned_doses {
                if dose.at == *said.subject() {
                    dose.prescribed = None;
                }
            }
            self.push(finding);
        }
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

/// What a plan says it is for, where that is not treatment alone.
fn purpose(plan: &PlannedPrescription) -> Vec<PlanSays> {
    let treats =
        |intent: &&String| matches!(intent.as_str(), "CURATIVE" | "PALLIATIVE" | "PROPHYLACTIC");
    let intent = plan.intent.iter().filter(|intent| !treats(intent));
    let mut says: Vec<PlanSays> = intent.cloned().map(PlanSays::Intent).collect();
    for what in [VERIFIED_PLAN, "ALTERNATIVE"] {
        if plan.relationships.iter().any(|stated| stated == what) {
            says.push(PlanSays::Relationship(what.into()));
        }
    }
    if plan.geometry.as_deref() == Some("TREATMENT_DEVICE") {
        says.push(PlanSays::OnDevice);
    }
    says
}

impl PlanFinding {
    /// Whether a plan says that it is approved and for treatment, before its dose is judged.
    ///
    /// ```
    /// use chemorad::report::{Observation as _, Outcome};
    /// use chemorad_crosscheck::PlanFinding;
    /// use chemorad_dosimetry::{PlanApproval, PlanKind, PlannedPrescription};
    /// let mut plan = PlannedPrescription::new("plan.dcm", PlanKind::ExternalBeam);
    /// plan.approval = PlanApproval::Rejected;
    /// assert_eq!(PlanFinding::of_standing(&plan)[0].outcome(), Outcome::Fail);
    /// ```
    #[must_use]
    pub fn of_standing(plan: &PlannedPrescription) -> Vec<Self> {
        let mut says = vec![PlanSays::Approval(plan.approval.clone())];
        says.extend(purpose(plan));
        let finding = |says| Self {
            plan: plan.source.clone(),
            says,
        };
        says.into_iter().map(finding).collect()
    }
}
