//! Plans and doses in the terms of `chemorad`'s cross-check.

use chemorad_crosscheck::{
    DoseFile, DoseFileSum, DoseFileType, DoseFileUnits, PatientKey, PlanApproval, PlanKind,
    PlannedDose, PlannedGroup, PlannedPrescription, PlannedTarget, TargetKind,
};

use crate::plan::beams_in_words;
use crate::{
    Approval, DecimalString, Dose, DosePerFraction, DoseReference, DoseType, DoseUnits,
    FractionGroup, GroupBeam, Patient, Plan, ReferenceType, SummationType, Technique,
};

impl Plan {
    /// The plan as a cross-check takes it; `source` is what to call it.
    #[must_use]
    pub fn to_planned(&self, source: &str) -> PlannedPrescription {
        let kind = match self.technique {
            Technique::ExternalBeam => PlanKind::ExternalBeam,
            Technique::Ion => PlanKind::Ion,
            Technique::Brachytherapy => PlanKind::Brachytherapy,
            Technique::ExternalBeamAndBrachytherapy => PlanKind::ExternalBeamAndBrachytherapy,
            Technique::NotStated => PlanKind::NotStated,
        };
        let mut planned = PlannedPrescription::new(source, kind);
        planned.uid.clone_from(&self.identity.sop_instance);
        planned.patient = key(&self.patient);
        planned.label = self.label.clone().or_else(|| self.name.clone());
        planned.approval = match &self.approval {
            Some(Approval::Approved) => PlanApproval::Approved,
            Some(Approval::Unapproved) => PlanApproval::Unapproved,
            Some(Approval::Rejected) => PlanApproval::Rejected,
            Some(Approval::Other(text)) => PlanApproval::Other(text.clone()),
            None => PlanApproval::NotStated,
        };
        planned.intent.clone_from(&self.intent);
        planned.geometry.clone_from(&self.geometry);
        planned.groups = self.fraction_groups.iter().map(group).collect();
        planned.targets = self.dose_references.iter().map(target).collect();
        for group in &self.fraction_groups {
            for stated in &group.dose_references {
                let Some(dose) = &stated.target_prescription else {
                    continue;
                };
                let reference = self
                    .dose_references
                    .iter()
                    .find(|reference| stated.number.is_some() && reference.number == stated.number);
                planned.targets.push(PlannedTarget {
                    name: reference
                        .map_or_else(|| "dose reference that is not listed".into(), name),
                    kind: reference.map_or(TargetKind::NotStated, kind_of),
                    dose: Some(dose.value()),
                    prior_dose: None,
                    group: group.number,
                });
            }
        }
        planned.prior_plans = self
            .referenced_plans
            .iter()
            .filter(|plan| plan.relationship.as_deref() == Some("PRIOR"))
            .filter_map(|plan| plan.plan.sop_instance.clone())
            .collect();
        planned.notes.clone_from(&self.notes);
        planned.not_read = self.not_read.iter().map(ToString::to_string).collect();
        planned
    }
}

impl Dose<'_> {
    /// The dose as a cross-check takes it; `source` is what to call it.
    #[must_use]
    pub fn to_dose_file(&self, source: &str) -> DoseFile {
        let mut plans = Vec::new();
        for uid in self
            .plans
            .iter()
            .filter_map(|plan| plan.plan.sop_instance.as_ref())
        {
            if !plans.contains(uid) {
                plans.push(uid.clone());
            }
        }
        let beams: Vec<String> = self
            .plans
            .iter()
            .flat_map(|plan| &plan.fraction_groups)
            .flat_map(|group| &group.beams)
            .map(ToString::to_string)
            .collect();
        DoseFile {
            source: source.into(),
            units: match &self.units {
                DoseUnits::Gray => DoseFileUnits::Gray,
                DoseUnits::Relative => DoseFileUnits::Relative,
                DoseUnits::Other(text) => DoseFileUnits::Other(text.clone()),
                DoseUnits::NotStated => DoseFileUnits::NotStated,
            },
            dose_type: match &self.dose_type {
                DoseType::Physical => DoseFileType::Physical,
                DoseType::Effective => DoseFileType::Effective,
                DoseType::Error => DoseFileType::Other("ERROR (a dose difference)".into()),
                DoseType::Other(text) => DoseFileType::Other(text.clone()),
                DoseType::NotStated => DoseFileType::NotStated,
            },
            sum: match &self.summation {
                SummationType::Plan => DoseFileSum::Plan,
                SummationType::MultiPlan => DoseFileSum::Plans,
                SummationType::Fraction => {
                    DoseFileSum::Part("one fraction group (FRACTION)".into())
                }
                SummationType::Beam if beams.is_empty() => DoseFileSum::Part("beams (BEAM)".into()),
                SummationType::Beam => {
                    DoseFileSum::Part(format!("{} (BEAM)", beams_in_words(&beams)))
                }
                SummationType::Brachy => DoseFileSum::Part("brachytherapy setups (BRACHY)".into()),
                SummationType::Other(text) => DoseFileSum::Other(text.clone()),
                SummationType::NotStated => DoseFileSum::NotStated,
            },
            maximum: self.maximum(),
            plans,
            notes: self.notes.clone(),
            not_read: Vec::new(),
        }
    }
}

fn key(patient: &Patient) -> Option<PatientKey> {
    patient.id.as_ref().map(PatientKey::new)
}

fn group(group: &FractionGroup) -> PlannedGroup {
    PlannedGroup {
        name: group.place(),
        number: group.number,
        phase: None,
        label: group.description.clone(),
        fractions: group.fractions_planned,
        doses: vec![dose(group)],
        first_date: None,
    }
}

fn dose(group: &FractionGroup) -> PlannedDose {
    let numbers = |numbers: &[i32]| {
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        beams_in_words(&numbers)
    };
    let unknown = |why: String| PlannedDose {
        missing: Some(why),
        ..PlannedDose::default()
    };
    let effective = |beam: &&GroupBeam| {
        beam.purpose.treats() == Some(true) && beam.dose_type.as_deref() == Some("EFFECTIVE")
    };
    if let Some(beam) = group.beams.iter().find(effective) {
        return unknown(format!(
            "the Beam Dose is weighted for effect (EFFECTIVE), not absorbed dose: beam {}",
            beam.number
        ));
    }
    match group.dose_per_fraction() {
        DosePerFraction::Known { dose, counted, .. } => {
            let terms: Vec<String> = group
                .beams
                .iter()
                .filter(|beam| counted.contains(&beam.number))
                .filter_map(|beam| Some(format!("{} (beam {})", beam.dose.as_ref()?, beam.number)))
                .collect();
            PlannedDose {
                per_fraction: Some(dose),
                summed: (!terms.is_empty()).then(|| terms.join(" + ")),
                ..PlannedDose::default()
            }
        }
        DosePerFraction::Unknown { missing } => unknown(format!(
            "no Beam Dose, or the purpose cannot be told: {}",
            numbers(&missing)
        )),
        DosePerFraction::Nothing => unknown("the fraction group has no beam that treats".into()),
        DosePerFraction::Mixed => {
            unknown("the fraction group mixes external beams and brachytherapy".into())
        }
        DosePerFraction::TooManyDigits => unknown("the Beam Doses have too many digits".into()),
    }
}

fn name(reference: &DoseReference) -> String {
    match (&reference.description, reference.number) {
        (Some(text), _) if !text.trim().is_empty() => text.clone(),
        (_, Some(number)) => format!("dose reference {number}"),
        (_, None) => "dose reference without a name".into(),
    }
}

fn kind_of(reference: &DoseReference) -> TargetKind {
    match &reference.reference_type {
        ReferenceType::Target => TargetKind::Target,
        ReferenceType::OrganAtRisk => TargetKind::OrganAtRisk,
        ReferenceType::Other(text) => TargetKind::Other(text.clone()),
        ReferenceType::NotStated => TargetKind::NotStated,
    }
}

fn target(reference: &DoseReference) -> PlannedTarget {
    PlannedTarget {
        name: name(reference),
        kind: kind_of(reference),
        dose: reference
            .target_prescription
            .as_ref()
            .map(DecimalString::value),
        prior_dose: reference.prior_dose.as_ref().map(DecimalString::value),
        group: None,
    }
}
