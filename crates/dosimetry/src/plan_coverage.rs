//! What of a plan the doses of files are: by the fraction groups, beams and application setups that they name.

use super::dose_file::{DoseFile, PlanPart, SummationType};
use super::planned::{PlannedGroup, PlannedPrescription};
use super::point::DosePart;

impl PlannedPrescription {
    /// The parts of the plan that no dose says it holds, as a reader knows them; none where the doses together are
    /// that of the whole plan.
    ///
    /// The dose of a plan is whole where it names no part. One that names fraction groups is that of these, and
    /// one that names beams or setups of a group is that of these alone. Beams that give no dose are not missed.
    ///
    /// ```
    /// use chemorad_dosimetry::{DoseFile, PlanPart, PlannedPrescription, SummationType};
    /// let phases = ["pelvis=45Gy/25".parse()?, "boost=5.4Gy/3".parse()?];
    /// let mut plan = PlannedPrescription::typed("plan.dcm", &phases)?;
    /// plan.uid = Some("2.25.1".into());
    /// let mut dose = DoseFile::new("dose.dcm");
    /// dose.plans = vec!["2.25.1".into()];
    /// dose.sum = SummationType::Plan;
    /// assert!(plan.parts_not_in(&[&dose]).is_empty());
    /// let group = plan.groups[0].number;
    /// dose.parts = vec![PlanPart { plan: plan.uid.clone(), group, ..PlanPart::default() }];
    /// assert_eq!(plan.parts_not_in(&[&dose]), [plan.groups[1].name.clone()]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn parts_not_in(&self, doses: &[&DoseFile]) -> Vec<String> {
        let uid = self.uid.as_ref();
        let is_own = |dose: &&DoseFile| uid.is_some_and(|uid| dose.plans.contains(uid));
        let own: Vec<&DoseFile> = doses.iter().copied().filter(is_own).collect();
        if self.groups.is_empty() {
            let is_whole = own.iter().any(|dose| is_of_plans(&dose.sum));
            let missing = (!is_whole).then(|| "all that the plan has".to_string());
            return missing.into_iter().collect();
        }
        let of_group = |group: &PlannedGroup| {
            let mut held = Vec::new();
            for dose in &own {
                match self.named(dose, group) {
                    Named::Whole => return Vec::new(),
                    Named::Parts(parts) => held.extend(parts),
                }
            }
            let wanted = delivered(group);
            let missing = wanted.iter().filter(|part| !held.contains(part));
            let missing: Vec<String> = missing
                .map(|part| format!("{part} of {}", group.name))
                .collect();
            if missing.len() == wanted.len() {
                return vec![group.name.clone()];
            }
            missing
        };
        self.groups.iter().flat_map(of_group).collect()
    }

    /// What of a fraction group a dose of this plan says that it holds.
    fn named(&self, dose: &DoseFile, group: &PlannedGroup) -> Named {
        let of_plan = || dose.parts.iter().filter(|part| part.plan == self.uid);
        let is_only = self.groups.len() == 1;
        let is_whole = is_of_plans(&dose.sum) || dose.sum == SummationType::Fraction && is_only;
        if of_plan().next().is_none() && is_whole {
            return Named::Whole;
        }
        let of_group = of_plan().filter(|part| part.group == group.number);
        // the only group needs no number
        let of_group = of_group.chain(of_plan().filter(|part| is_only && part.group.is_none()));
        let mut all = Vec::new();
        for part in of_group {
            match &dose.sum {
                SummationType::Plan | SummationType::MultiPlan | SummationType::Fraction => {
                    if part.is_whole_group() {
                        return Named::Whole;
                    }
                    all.extend(beams(part).chain(setups(part)));
                }
                SummationType::Beam => all.extend(beams(part)),
                SummationType::Brachy => all.extend(setups(part)),
                SummationType::Other(_) | SummationType::NotStated => {}
            }
        }
        Named::Parts(all)
    }
}

enum Named {
    Whole,
    Parts(Vec<DosePart>),
}

/// Whether it is called the dose of plans.
const fn is_of_plans(sum: &SummationType) -> bool {
    matches!(sum, SummationType::Plan | SummationType::MultiPlan)
}

fn beams(part: &PlanPart) -> impl Iterator<Item = DosePart> + '_ {
    part.beams.iter().map(|number| DosePart::Beam(*number))
}

fn setups(part: &PlanPart) -> impl Iterator<Item = DosePart> + '_ {
    part.setups.iter().map(|number| DosePart::Setup(*number))
}

/// What of a group gives dose.
fn delivered(group: &PlannedGroup) -> Vec<DosePart> {
    let beams = group.beams.iter();
    let beams = beams.filter(|number| !group.without_dose.contains(number));
    let beams = beams.map(|number| DosePart::Beam(*number));
    let setups = group.setups.iter().map(|number| DosePart::Setup(*number));
    beams.chain(setups).collect()
}

impl DoseFile {
    /// Whether these doses together are the whole of every plan that one of them names; not where it names none or
    /// one that is not among these.
    ///
    /// ```
    /// use chemorad_dosimetry::{DoseFile, PlannedPrescription, SummationType};
    /// let mut plan = PlannedPrescription::typed("plan.dcm", &["45Gy/25".parse()?])?;
    /// plan.uid = Some("2.25.1".into());
    /// let mut dose = DoseFile::new("dose.dcm");
    /// dose.plans = vec!["2.25.1".into()];
    /// // that of the only fraction group
    /// dose.sum = SummationType::Fraction;
    /// assert!(DoseFile::are_whole(&[&dose], &[&plan]));
    /// dose.sum = SummationType::Beam;
    /// assert!(!DoseFile::are_whole(&[&dose], &[&plan]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn are_whole(doses: &[&Self], plans: &[&PlannedPrescription]) -> bool {
        let is_whole = |uid: &String| {
            let mut plans = plans.iter();
            let plan = plans.find(|plan| plan.uid.as_ref() == Some(uid));
            plan.is_some_and(|plan| plan.parts_not_in(doses).is_empty())
        };
        let mut doses = doses.iter();
        doses.all(|dose| !dose.plans.is_empty() && dose.plans.iter().all(is_whole))
    }
}

#[cfg(test)]
#[path = "plan_coverage_tests.rs"]
mod tests;
