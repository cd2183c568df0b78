//! Whether all files are about one person, and the phases on one set of images.

use super::check::{Checker, passed_on};
use super::input::CrossCheckInput;
use chemorad_dosimetry::{
    IdentityFinding, Patient, PatientComparison, PlanKind, PlannedPrescription,
};

impl Checker<'_> {
    /// One course is one person's; what is on other images is for a person to see.
    pub(super) fn check_identity(&mut self, input: &CrossCheckInput<'_>) {
        for file in input.others {
            let notes = file.notes.iter().map(|note| passed_on(&file.source, note));
            self.findings.extend(notes);
        }
        let nobody = Patient::default();
        let planned = |plan: &&PlannedPrescription| plan.kind != PlanKind::Entered;
        let plans: Vec<_> = self.planned.iter().filter(planned).collect();
        let mut files: Vec<_> = plans
            .iter()
            .map(|plan| (plan.source.clone(), plan.patient.as_ref()))
            .collect();
        files.extend(
            input
                .doses
                .iter()
                .map(|dose| (dose.source.clone(), dose.patient.as_ref())),
        );
        files.extend(
            input
                .others
                .iter()
                .map(|file| (file.source.clone(), Some(&file.patient))),
        );
        let files: Vec<_> = files
            .into_iter()
            .map(|(name, patient)| (name, patient.unwrap_or(&nobody)))
            .collect();
        let patients: Vec<_> = files.iter().map(|(_, patient)| *patient).collect();
        let compared = PatientComparison::new(&patients);
        // one plan and its doses, made anonymous: their references alone say that they belong together
        let anonymous = compared.without_id.len() == files.len() && compared.differences.is_empty();
        if anonymous && plans.len() == 1 {
            let files = files.iter().map(|(name, _)| name.clone()).collect();
            self.push(IdentityFinding::Nobody { files });
        } else if files.len() > 1 && !anonymous || plans.len() > 1 {
            let what = if files.len() == plans.len() {
                "plans"
            } else {
                "files"
            };
            self.push(IdentityFinding::one_patient(what, &files));
        }
        let phases: Vec<_> = plans.iter().filter(|plan| plan.kind.applies()).collect();
        let frames: Vec<_> = phases
            .iter()
            .map(|plan| (plan.source.clone(), plan.frame_of_reference.as_deref()))
            .collect();
        let structure_sets: Vec<_> = phases
            .iter()
            .map(|plan| (plan.source.clone(), plan.structure_sets.as_slice()))
            .collect();
        let on_others = [
            IdentityFinding::frames(&frames),
            IdentityFinding::structure_sets(&structure_sets),
        ];
        let all: Vec<_> = plans
            .iter()
            .map(|plan| (plan.source.clone(), plan.structure_sets.as_slice()))
            .collect();
        let of_files = input.others.iter().filter_map(|file| {
            let uid = file.uid.as_ref()?;
            IdentityFinding::structures(file.source.clone(), uid, &all)
        });
        for finding in on_others.into_iter().flatten().chain(of_files) {
            self.push(finding);
        }
    }
}
