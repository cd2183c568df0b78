//! The dose a plan states for its targets, against the prescription and against its beams.

use super::amount::{Amount, Comparison};
use super::check::Checker;
use super::dose_unknown::DoseUnknown;
use super::finding::{Against, BestMeaning, CrosscheckFinding};
use super::known::{Item, Origin};
use super::plan::targets;
use super::tolerance::Limit;
use chemorad::number::Decimal;
use chemorad::report::{Finding, Outcome};
use chemorad_dosimetry::{PlannedPrescription, PlannedTarget, TargetKind};

/// A dose that a stated dose could mean.
struct Meaning {
    words: String,
    amount: Amount,
    arithmetic: String,
    /// Earlier phases are in it.
    cumulative: bool,
}

/// A dose and the phases it is the sum of.
type Named = (Amount, String);

impl Checker<'_> {
    /// The dose the plan states against the prescribed one.
    pub(super) fn check_stated_dose(&mut self, plan: &PlannedPrescription) {
        let targets: Vec<_> = targets(plan).collect();
        let dosed: Vec<_> = targets
            .iter()
            .filter(|target| target.dose.is_some())
            .collect();
        if dosed.is_empty() {
            let is_other = |target: &&PlannedTarget| {
                let declared = matches!(target.kind, TargetKind::Target | TargetKind::OrganAtRisk);
                !declared && target.dose.is_some()
            };
            self.push(CrosscheckFinding::NoStatedDose {
                plan: plan.source.clone(),
                names_target: !targets.is_empty(),
                others: plan.targets.iter().filter(is_other).cloned().collect(),
            });
            return;
        }
        let limit = self.tolerances.total.limit;
        let mut compared = Vec::new();
        for target in dosed {
            let meanings = self.prescribed_meanings(plan, target);
            let finding = judge(Against::Prescription, plan, target, &meanings, limit);
            compared.push((finding, self.named_volume(target.name.reveal()).is_none()));
        }
        self.push_compared(compared);
    }

    /// Fractions times beam doses against the dose the plan states.
    pub(super) fn check_beam_sum(&mut self, plan: &PlannedPrescription) {
        let dosed: Vec<_> = targets(plan)
            .filter(|target| target.dose.is_some())
            .collect();
        let why = if dosed.is_empty() {
            Some(None)
        } else {
            self.beam_total(plan, None).err().map(Some)
        };
        if let Some(why) = why {
            self.push(CrosscheckFinding::BeamsNotCompared {
                plan: plan.source.clone(),
                why,
            });
            return;
        }
        let limit = self.tolerances.beam_sum.limit;
        let mut compared = Vec::new();
        for target in dosed {
            let meanings = self.beam_meanings(plan, target);
            // beams state the dose of one point, also where volumes get different doses
            compared.push((judge(Against::Beams, plan, target, &meanings, limit), true));
        }
        self.push_compared(compared);
    }

    /// Where one target agrees, a different one that can be another point is a warning; where none
    /// does, all fail.
    fn push_compared(&mut self, compared: Vec<(Finding, bool)>) {
        let agrees = |(finding, _): &(Finding, bool)| {
            matches!(finding.outcome, Outcome::Pass | Outcome::Warn)
        };
        let any = compared.iter().any(agrees);
        for (mut finding, other_point) in compared {
            if any && other_point && finding.outcome == Outcome::Fail {
                finding.outcome = Outcome::Warn;
                finding.remark("that of another target is");
            }
            self.push(finding);
        }
    }

    /// n x d, summed over the groups, or over those whose phase reaches a volume.
    fn beam_total(
        &self,
        plan: &PlannedPrescription,
        volume: Option<&str>,
    ) -> Result<(Amount, String), DoseUnknown> {
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
            total = total.plus(amount).ok_or(DoseUnknown::TooLong)?;
            words.push(text);
        }
        if words.is_empty() {
            return Err(DoseUnknown::NoGroup);
        }
        Ok((total, format!("{} = {total}", words.join(" + "))))
    }

    fn beam_meanings(&self, plan: &PlannedPrescription, target: &PlannedTarget) -> Vec<Meaning> {
        let mut meanings = Vec::new();
        let mut add = |words: &str, found: Result<(Amount, String), DoseUnknown>| {
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
            if self.named_volume(target.name.reveal()).is_none() || reached.is_empty() {
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
    ) -> (Option<Named>, Option<Named>) {
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
            total.map(|total| {
                let word = if names.len() == 1 { "phase" } else { "phases" };
                (total, format!("{word} {}", names.join(", ")))
            })
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
        match self.named_volume(target.name.reveal()) {
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
}

fn beams_of(item: &Item<'_>) -> Result<(Amount, String), DoseUnknown> {
    let dose = item.unnamed().ok_or(DoseUnknown::NotOneDose)?;
    let known = item.per_fraction(dose)?;
    if known.origin == Origin::Stated {
        let why = dose.missing.clone();
        return Err(why.map_or(DoseUnknown::NoBeamDose, DoseUnknown::Missing));
    }
    let fractions = item.group.fractions;
    let fractions = fractions.ok_or(DoseUnknown::FractionsNotStated)?;
    let total = known.amount.times(fractions);
    let total = total.ok_or(DoseUnknown::TooLong)?;
    Ok((total, format!("{fractions} x {}", known.amount)))
}

/// A stated dose against everything it could mean; the nearest is reported when none agrees.
fn judge(
    against: Against,
    plan: &PlannedPrescription,
    target: &PlannedTarget,
    meanings: &[Meaning],
    limit: Limit,
) -> Finding {
    let stated = Amount::new(target.dose.unwrap_or(Decimal::ZERO));
    // a plan's dose is measured against what its beams give, and what a protocol says is expected of it
    let compare = |meaning: &Meaning| -> Option<Comparison> {
        match against {
            Against::Beams => Amount::compare(stated, meaning.amount, limit),
            Against::Prescription => Amount::compare(meaning.amount, stated, limit),
        }
    };
    let compared: Vec<(&Meaning, Comparison)> = meanings
        .iter()
        .filter_map(|meaning| Some((meaning, compare(meaning)?)))
        .collect();
    let agreeing = compared.iter().find(|(_, comparison)| comparison.within);
    let best = agreeing.or_else(|| compared.first());
    let one = agreeing.is_some() || compared.len() == 1 || against == Against::Beams;
    let all = compared.iter().filter(|_| !one);
    CrosscheckFinding::StatedDose {
        plan: plan.source.clone(),
        target: target.name.clone(),
        against,
        stated,
        best: best.map(|(meaning, comparison)| BestMeaning {
            comparison: *comparison,
            cumulative: meaning.cumulative,
            arithmetic: meaning.arithmetic.clone(),
        }),
        // all it could have meant
        meanings: all
            .map(|(meaning, _)| (meaning.amount, meaning.words.clone()))
            .collect(),
    }
    .into()
}
