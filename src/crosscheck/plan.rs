//! What a plan says about itself: kind, approval, targets, its stated dose against its beams.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::amount::{Amount, Comparison};
use super::check::Checker;
use super::known::{Item, Origin, TOO_LONG, same_name};
use super::planned::{PlanApproval, PlanKind, PlannedPrescription, PlannedTarget, TargetKind};
use super::prescription::centigray;
use super::tolerance::Limit;
use crate::decimal::Decimal;
use crate::finding::{Finding, Outcome};

/// A dose that a stated dose could mean.
struct Meaning {
    words: String,
    amount: Amount,
    arithmetic: String,
    /// Earlier phases are in it.
    cumulative: bool,
}

impl Checker<'_> {
    pub(super) fn check_plans(&mut self) {
        self.check_patient();
        for plan in self.planned {
            for note in &plan.notes {
                let mut note = note.clone();
                note.at = format!("{}, {}", plan.source, note.at);
                self.findings.push(note);
            }
            if plan.kind == PlanKind::Entered {
                if plan.approval != PlanApproval::NotStated {
                    self.check_approval(plan);
                }
                self.check_names(plan);
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
                "the plans are for different patients (Patient ID); to check each file on its own, say so",
            )
        } else if first.is_some() && known == plans.len() {
            (Outcome::Pass, "the plans are for one patient (Patient ID)")
        } else {
            (
                Outcome::CannotTell,
                "not every plan says who it is for (Patient ID)",
            )
        };
        self.push(Finding::new("plan.patient", outcome, "plans", message));
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
            Finding::new("plan.kind", outcome, &*plan.source, message)
                .expected("an external beam plan")
                .found(plan.kind.to_string()),
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
            Finding::new("plan.approval", outcome, &*plan.source, message)
                .expected("approved")
                .found(found),
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
                Finding::new(
                    "plan.intent",
                    Outcome::Warn,
                    &*plan.source,
                    "the plan is not meant for treatment: is it the right one?",
                )
                .expected("CURATIVE, PALLIATIVE or PROPHYLACTIC")
                .found(intent),
            );
        }
        if device {
            self.push(Finding::new(
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
                Finding::new("plan.multiple_targets", Outcome::Pass, &*plan.source, "one target is stated")
                    .found(listed.join("; ")),
            ),
            many => self.push(
                Finding::new(
                    "plan.multiple_targets",
                    Outcome::Warn,
                    &*plan.source,
                    "several targets are stated; all are compared, and none is taken for its position",
                )
                .expected("1 target")
                .found(format!("{many}: {}", listed.join("; "))),
            ),
        }
    }

    /// The dose the plan states against the prescribed one.
    fn check_stated_dose(&mut self, plan: &PlannedPrescription) {
        const CODE: &str = "rx.prescription";
        let targets: Vec<_> = targets(plan).collect();
        let dosed: Vec<_> = targets
            .iter()
            .filter(|target| target.dose.is_some())
            .collect();
        if dosed.is_empty() {
            let others: Vec<String> = plan
                .targets
                .iter()
                .filter(|t| {
                    !matches!(t.kind, TargetKind::Target | TargetKind::OrganAtRisk)
                        && t.dose.is_some()
                })
                .map(in_words)
                .collect();
            let message = if !targets.is_empty() {
                "the plan names a target and states no dose for it"
            } else if others.is_empty() {
                "the plan states no prescription: it has no target with a dose"
            } else {
                "the plan states doses for references that are not declared targets, so what is prescribed is not known"
            };
            let mut finding = Finding::new(CODE, Outcome::CannotTell, &*plan.source, message);
            if !others.is_empty() {
                finding = finding.found(others.join("; "));
            }
            self.push(finding);
            return;
        }
        let limit = self.tolerances.total.limit;
        let mut compared: Vec<Finding> = Vec::new();
        for target in dosed {
            let meanings = self.prescribed_meanings(plan, target);
            compared.push(judge(CODE, plan, target, &meanings, limit, [
                "the dose the plan states is the prescribed one",
                "the dose the plan states is the prescribed cumulative dose of the course, the phases before included",
                "the dose the plan states is not a prescribed one",
                "the phase of the plan is not known, so its stated dose cannot be compared",
            ]));
        }
        self.push_compared(compared);
    }

    /// Fractions times beam doses against the dose the plan states.
    fn check_beam_sum(&mut self, plan: &PlannedPrescription) {
        const CODE: &str = "plan.beam_sum";
        let dosed: Vec<_> = targets(plan)
            .filter(|target| target.dose.is_some())
            .collect();
        let cannot =
            |message: String| Finding::new(CODE, Outcome::CannotTell, &*plan.source, message);
        if dosed.is_empty() {
            self.push(cannot(
                "the plan states no dose to compare its beams with".to_string(),
            ));
            return;
        }
        if let Err(why) = self.beam_total(plan, None) {
            self.push(cannot(format!("what the beams give is not known: {why}")));
            return;
        }
        let limit = self.tolerances.beam_sum.limit;
        let mut compared = Vec::new();
        for target in dosed {
            let meanings = self.beam_meanings(plan, target);
            compared.push(judge(CODE, plan, target, &meanings, limit, [
                "fractions times beam doses is the dose the plan states",
                "the plan states a cumulative dose: fractions times beam doses reaches it with the dose given before; a reader who divides it by this plan's fractions would go wrong",
                "fractions times beam doses is not the dose the plan states",
                "what the beams give is not known",
            ]));
        }
        for finding in &mut compared {
            if finding.outcome == Outcome::Pass
                && finding.message.starts_with("the plan states a cumulative")
            {
                finding.outcome = Outcome::Warn;
            }
        }
        self.push_compared(compared);
    }

    /// Where one target agrees, a different one is a second reference point; where none does, all fail.
    fn push_compared(&mut self, mut compared: Vec<Finding>) {
        let agrees = |finding: &Finding| matches!(finding.outcome, Outcome::Pass | Outcome::Warn);
        if compared.len() > 1 && compared.iter().any(agrees) {
            for finding in &mut compared {
                if finding.outcome == Outcome::Fail {
                    finding.outcome = Outcome::Warn;
                    finding
                        .message
                        .push_str(", though that of another target is");
                }
            }
        }
        self.findings.append(&mut compared);
    }

    /// The fraction groups of a plan with their phases.
    fn placed(&self, plan: &PlannedPrescription) -> Vec<(Item<'_>, Option<usize>)> {
        let all = self.items.iter().zip(&self.assigned);
        all.filter(|(item, _)| core::ptr::eq(item.plan, plan))
            .map(|(item, assigned)| (*item, assigned.phase()))
            .collect()
    }

    /// n x d, summed over the groups, or over those whose phase reaches a volume.
    fn beam_total(
        &self,
        plan: &PlannedPrescription,
        volume: Option<&str>,
    ) -> Result<(Amount, String), String> {
        let mut total = Amount::new(Decimal::ZERO);
        let mut words = Vec::new();
        for (item, phase) in self.placed(plan) {
            let covers = |volume: &str| {
                let course = &self.prescribed.course;
                phase
                    .and_then(|at| course.phases().get(at))
                    .is_some_and(|phase| course.fractionation_of(volume, phase).is_some())
            };
            if volume.is_some_and(|volume| !covers(volume)) {
                continue;
            }
            let (amount, text) = beams_of(&item)?;
            total = total.plus(amount).ok_or_else(|| TOO_LONG.to_string())?;
            words.push(text);
        }
        if words.is_empty() {
            return Err("the plan has no fraction group".to_string());
        }
        Ok((total, format!("{} = {total}", words.join(" + "))))
    }

    fn beam_meanings(&self, plan: &PlannedPrescription, target: &PlannedTarget) -> Vec<Meaning> {
        let mut meanings = Vec::new();
        let mut add = |words: &str, found: Result<(Amount, String), String>| {
            if let Ok((amount, arithmetic)) = found {
                meanings.push(Meaning {
                    words: words.to_string(),
                    amount,
                    arithmetic,
                    cumulative: false,
                });
            }
        };
        if let Some(number) = target.group {
            if let Some((item, _)) = self
                .placed(plan)
                .iter()
                .find(|(item, _)| item.group.number == Some(number))
            {
                let found = beams_of(item);
                add(
                    &format!("fraction group {number}"),
                    found.map(|(amount, text)| (amount, format!("{text} = {amount}"))),
                );
            }
            return meanings;
        }
        if plan.groups.len() > 1 {
            let reached = self.volumes_of(plan, target);
            // a name that is a volume's settles which groups are meant
            if self.named_volume(&target.name).is_none() || reached.is_empty() {
                add("all fraction groups", self.beam_total(plan, None));
            }
            for volume in reached {
                add(
                    &format!("volume {volume}"),
                    self.beam_total(plan, Some(&volume)),
                );
            }
        } else {
            add("its beams", self.beam_total(plan, None));
        }
        let mut before: Vec<(String, Amount)> = Vec::new();
        if let Some(prior) = target.prior_dose.filter(|dose| dose.is_positive()) {
            before.push((
                "the prior dose the plan states".to_string(),
                Amount::new(prior),
            ));
        }
        for volume in self.volumes_of(plan, target) {
            let (earlier, _) = self.prescribed_dose(plan, &volume);
            if let Some((amount, phases)) = earlier {
                before.push((format!("prescribed before to {volume} in {phases}"), amount));
            }
        }
        let own: Vec<(Amount, String)> = meanings
            .iter()
            .map(|m| (m.amount, m.words.clone()))
            .collect();
        for (words, earlier) in before {
            for (amount, of) in &own {
                if let Some(sum) = amount.plus(earlier) {
                    meanings.push(Meaning {
                        words: format!("{of} and what is given before"),
                        amount: sum,
                        arithmetic: format!("{amount} ({of}) + {earlier} ({words}) = {sum}"),
                        cumulative: true,
                    });
                }
            }
        }
        meanings
    }

    fn prescribed_meanings(
        &self,
        plan: &PlannedPrescription,
        target: &PlannedTarget,
    ) -> Vec<Meaning> {
        let mut meanings: Vec<Meaning> = Vec::new();
        let course = &self.prescribed.course;
        if let Some(number) = target.group {
            let placed = self.placed(plan);
            let phase = placed
                .iter()
                .find(|(item, _)| item.group.number == Some(number))
                .and_then(|(_, phase)| course.phases().get((*phase)?));
            for volume in phase.iter().flat_map(|phase| phase.prescriptions()) {
                let amount = Amount::of(volume.fractionation.total());
                meanings.push(Meaning {
                    words: format!("volume {}", volume.volume),
                    amount,
                    arithmetic: format!("prescribed to {}: {amount}", volume.volume),
                    cumulative: false,
                });
            }
            return meanings;
        }
        for volume in self.volumes_of(plan, target) {
            let (earlier, own) = self.prescribed_dose(plan, &volume);
            let Some((own, phases)) = own else {
                continue;
            };
            meanings.push(Meaning {
                words: format!("volume {volume}"),
                amount: own,
                arithmetic: format!("prescribed to {volume} in {phases}: {own}"),
                cumulative: false,
            });
            if let Some((before, earlier)) = earlier {
                if let Some(sum) = before.plus(own) {
                    meanings.push(Meaning {
                        words: format!("volume {volume}, cumulative"),
                        amount: sum,
                        arithmetic: format!("prescribed to {volume}: {before} ({earlier}) + {own} ({phases}) = {sum}"),
                        cumulative: true,
                    });
                }
            }
        }
        meanings
    }

    /// What is prescribed to a volume before the phases of a plan, and in them.
    fn prescribed_dose(
        &self,
        plan: &PlannedPrescription,
        volume: &str,
    ) -> (Option<(Amount, String)>, Option<(Amount, String)>) {
        let own: Vec<usize> = self
            .placed(plan)
            .iter()
            .filter_map(|(_, phase)| *phase)
            .collect();
        let Some(first) = own.iter().min() else {
            return (None, None);
        };
        let course = &self.prescribed.course;
        let sum = |wanted: &dyn Fn(usize) -> bool| {
            let mut total: Option<Amount> = None;
            let mut names = Vec::new();
            for (_, phase) in course
                .phases()
                .iter()
                .enumerate()
                .filter(|(at, _)| wanted(*at))
            {
                if let Some(dose) = course.fractionation_of(volume, phase) {
                    let amount = Amount::of(dose.total());
                    total = match total {
                        None => Some(amount),
                        Some(sum) => sum.plus(amount),
                    };
                    names.push(phase.name().as_str());
                }
            }
            total.map(|total| (total, names.join(", ")))
        };
        (sum(&|at| at < *first), sum(&|at| own.contains(&at)))
    }

    /// The volumes a target of a plan can stand for: the one it is named for, or every one that the
    /// phases of the plan prescribe to.
    fn volumes_of(&self, plan: &PlannedPrescription, target: &PlannedTarget) -> Vec<String> {
        let course = &self.prescribed.course;
        let mut volumes: Vec<String> = Vec::new();
        for phase in self
            .placed(plan)
            .iter()
            .filter_map(|(_, phase)| course.phases().get((*phase)?))
        {
            for volume in phase.prescriptions() {
                if !volumes.iter().any(|known| volume.volume.is(known)) {
                    volumes.push(volume.volume.to_string());
                }
            }
        }
        match self.named_volume(&target.name) {
            Some(named) if volumes.contains(&named) => vec![named],
            // a volume inside the treated one
            Some(named)
                if !volumes.is_empty() && self.prescribed_dose(plan, &named).1.is_some() =>
            {
                vec![named]
            }
            _ => volumes,
        }
    }

    /// The volume of the course that a name stands for.
    fn named_volume(&self, name: &str) -> Option<String> {
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
        let (outcome, message) = if names.is_empty() {
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
        let mut finding =
            Finding::new(CODE, outcome, &*plan.source, message).expected(volumes.join(", "));
        if !names.is_empty() {
            finding = finding.found(names.join(", "));
        }
        self.push(finding);
    }
}

fn targets(plan: &PlannedPrescription) -> impl Iterator<Item = &PlannedTarget> {
    plan.targets
        .iter()
        .filter(|target| target.kind == TargetKind::Target)
}

fn in_words(target: &PlannedTarget) -> String {
    let group = target
        .group
        .map_or_else(String::new, |number| format!(" in fraction group {number}"));
    match target.dose {
        Some(dose) => format!("{}{group} {dose} Gy", target.name),
        None => format!("{}{group} without a dose", target.name),
    }
}

fn beams_of(item: &Item<'_>) -> Result<(Amount, String), String> {
    let dose = item
        .unnamed()
        .ok_or_else(|| "its dose is not stated".to_string())?;
    let known = item.per_fraction(dose)?;
    if known.origin == Origin::Stated {
        let why = dose.missing.clone();
        return Err(why.unwrap_or_else(|| "its beams have no dose".to_string()));
    }
    let fractions = item
        .group
        .fractions
        .ok_or_else(|| "the number of fractions is not stated".to_string())?;
    let total = known
        .amount
        .times(fractions)
        .ok_or_else(|| TOO_LONG.to_string())?;
    Ok((total, format!("{fractions} x {}", known.amount)))
}

/// A stated dose against everything it could mean; the nearest is reported when none agrees.
fn judge(
    code: &'static str,
    plan: &PlannedPrescription,
    target: &PlannedTarget,
    meanings: &[Meaning],
    limit: Limit,
    [agrees, cumulative, differs, unknown]: [&str; 4],
) -> Finding {
    let place = format!("{}, target {}", plan.source, target.name);
    let stated = Amount::new(target.dose.unwrap_or(Decimal::ZERO));
    // a plan's dose is measured against what its beams give, and what a protocol says is expected of it
    let beams = code == "plan.beam_sum";
    let compare = |meaning: &Meaning| -> Option<Comparison> {
        if beams {
            Amount::compare(stated, meaning.amount, limit)
        } else {
            Amount::compare(meaning.amount, stated, limit)
        }
    };
    let compared: Vec<(&Meaning, Comparison)> = meanings
        .iter()
        .filter_map(|meaning| Some((meaning, compare(meaning)?)))
        .collect();
    let Some(first) = compared.first() else {
        return Finding::new(code, Outcome::CannotTell, place, unknown).found(stated.to_string());
    };
    let (meaning, comparison) = compared.iter().find(|(_, c)| c.within).unwrap_or(first);
    let (expected, found) = if beams {
        (stated, meaning.amount)
    } else {
        (meaning.amount, stated)
    };
    let message = match (comparison.within, meaning.cumulative) {
        (true, false) => agrees.to_string(),
        (true, true) => cumulative.to_string(),
        (false, _) => format!(
            "{differs}{}",
            if beams {
                ""
            } else {
                centigray(expected, found)
            }
        ),
    };
    let finding = Finding::new(code, comparison.outcome(), place, message)
        .found(found.to_string())
        .difference(comparison.difference.clone())
        .tolerance(comparison.tolerance.clone());
    // all it could have meant
    if comparison.within || compared.len() == 1 || beams {
        finding
            .expected(expected.to_string())
            .arithmetic(meaning.arithmetic.clone())
    } else {
        let all: Vec<String> = compared
            .iter()
            .map(|(m, _)| format!("{} ({})", m.amount, m.words))
            .collect();
        finding.expected(all.join(" or "))
    }
}
