//! Plans and doses as a check takes them.

use chemorad::number::Decimal;
use chemorad::report::{Identifying, Written};
use chemorad::written;
use chemorad_dosimetry::{
    BeamRadiation, DoseFile, DosePart, MissingDose, PlanPart, PlannedDose, PlannedGroup,
    PlannedPrescription, PlannedTarget, SummationType, TargetKind, TargetLink,
};

use crate::decimal_string::DecimalString;
use crate::dose::rt_dose::Dose;
use crate::plan::dose_per_fraction::DosePerFraction;
use crate::plan::dose_reference::DoseReference;
use crate::plan::fraction_group::FractionGroup;
use crate::plan::rt_plan::Plan;
use crate::reference::{GroupReference, PlanReference};
use crate::uid::Uid;

/// As files are compared by it.
fn plain(uid: Option<&Uid>) -> Option<String> {
    uid.map(|uid| uid.reveal().clone())
}

impl Plan {
    /// The plan as a cross-check takes it; `source` is what to call it.
    #[must_use]
    pub fn to_planned(&self, source: impl Into<Identifying<String>>) -> PlannedPrescription {
        let mut planned = PlannedPrescription::new(source, self.technique);
        planned.uid = plain(self.identity.sop_instance.as_ref());
        planned.patient = Some(self.patient.clone());
        planned.frame_of_reference = plain(self.identity.frame_of_reference.as_ref());
        let structure_sets = self.structure_sets.iter();
        planned.structure_sets = structure_sets
            .filter_map(|set| plain(set.sop_instance.as_ref()))
            .collect();
        planned.label = self.label.clone().or_else(|| self.name.clone());
        planned.approval = self.approval.clone();
        planned.intent.clone_from(&self.intent);
        planned.geometry.clone_from(&self.geometry);
        planned.groups = self.fraction_groups.iter().map(group).collect();
        planned.targets = self.targets_of_groups();
        planned.radiation = self.radiation();
        let related_as = |relationship: &str| {
            let plans = self.referenced_plans.iter();
            plans
                .filter(|plan| plan.relationship.as_deref() == Some(relationship))
                .filter_map(|plan| plain(plan.plan.sop_instance.as_ref()))
                .collect()
        };
        planned.prior_plans = related_as("PRIOR");
        planned.predecessors = related_as("PREDECESSOR");
        let related = self.referenced_plans.iter();
        planned.relationships = related
            .filter_map(|plan| plan.relationship.clone())
            .collect();
        planned.notes.clone_from(&self.notes);
        planned
            .description
            .clone_from(&self.prescription_description);
        planned.not_judged = self.not_judged();
        planned.not_read.clone_from(&self.not_read);
        planned
    }

    /// What is read and shown by `inspect`, and that nothing is compared with.
    fn not_judged(&self) -> Vec<&'static str> {
        let of_groups = || self.fraction_groups.iter().flat_map(|group| &group.beams);
        let references = || self.dose_references.iter();
        let links = || {
            self.fraction_groups
                .iter()
                .flat_map(|group| &group.dose_references)
        };
        let parts = [
            (
                of_groups().any(|beam| beam.meterset.is_some()),
                "monitor units (Beam Meterset), but for whether there are any",
            ),
            (
                self.beams.iter().any(|beam| beam.beam_type.is_some()),
                "type of the beams (Beam Type)",
            ),
            (
                references().any(|one| one.has_other_limits)
                    || links().any(|one| one.has_other_limits),
                "limits of organs at risk, warning doses, underdosed volumes and weights of constraints",
            ),
            (
                references().any(|one| one.value_interpretation.is_some()),
                "Dose Value Interpretation",
            ),
            (
                self.date.is_some(),
                "date of the plan, but for whether it is a possible day",
            ),
        ];
        let stated = parts.into_iter().filter(|(stated, _)| *stated);
        stated.map(|(_, part)| part).collect()
    }

    /// The radiation of the beams that treat, by its type.
    fn radiation(&self) -> Vec<BeamRadiation> {
        let mut all: Vec<BeamRadiation> = Vec::new();
        let treating = self
            .beams
            .iter()
            .filter(|beam| beam.purpose.treats() != Some(false));
        for beam in treating {
            let known = all
                .iter_mut()
                .find(|one| one.radiation == beam.radiation_type);
            match known {
                Some(known) => known.beams.push(beam.number),
                None => all.push(BeamRadiation {
                    radiation: beam.radiation_type.clone(),
                    beams: vec![beam.number],
                }),
            }
        }
        all
    }

    /// Every dose reference with the fraction groups that are linked to it; last, the links to
    /// references that are not listed.
    fn targets_of_groups(&self) -> Vec<PlannedTarget> {
        let mut targets: Vec<PlannedTarget> = self.dose_references.iter().map(target).collect();
        for (place, group) in self.fraction_groups.iter().enumerate() {
            for stated in &group.dose_references {
                let link = TargetLink {
                    dose: value(stated.target_prescription.as_ref()),
                    minimum: value(stated.target_minimum.as_ref()),
                    maximum: value(stated.target_maximum.as_ref()),
                    delivery_maximum: value(stated.delivery_maximum.as_ref()),
                    ..TargetLink::new(place)
                };
                let mut listed = false;
                for (reference, target) in self.dose_references.iter().zip(&mut targets) {
                    if stated.number.is_some() && reference.number == stated.number {
                        target.other_limits.extend(&stated.other_limits);
                        // the same once more says nothing new
                        if !target.links.contains(&link) {
                            target.links.push(link);
                        }
                        listed = true;
                    }
                }
                if !listed {
                    let name = match stated.number {
                        Some(number) => format!("dose reference {number}"),
                        None => "dose reference without a number".into(),
                    };
                    let known = targets
                        .iter_mut()
                        .find(|target| !target.is_listed && *target.name.reveal() == name);
                    match known {
                        Some(target) => target.links.push(link),
                        None => targets.push(PlannedTarget {
                            is_described: false,
                            is_listed: false,
                            links: vec![link],
                            ..PlannedTarget::new(name, TargetKind::NotStated)
                        }),
                    }
                }
            }
        }
        targets
    }
}

impl Dose<'_> {
    /// The dose as a cross-check takes it; `source` is what to call it.
    #[must_use]
    pub fn to_dose_file(&self, source: impl Into<Identifying<String>>) -> DoseFile {
        let mut plans = Vec::new();
        for uid in self
            .plans
            .iter()
            .filter_map(|plan| plan.plan.sop_instance.as_ref())
        {
            if !plans.contains(uid.reveal()) {
                plans.push(uid.reveal().clone());
            }
        }
        let beams = self
            .plans
            .iter()
            .flat_map(|plan| &plan.fraction_groups)
            .flat_map(|group| group.beams.iter().copied());
        let mut file = DoseFile::new(source);
        file.patient = Some(self.patient.clone());
        file.units.clone_from(&self.units);
        file.dose_type.clone_from(&self.dose_type);
        file.sum.clone_from(&self.summation);
        if self.summation == SummationType::Beam {
            file.beams = beams.collect();
        }
        file.maximum = self.maximum();
        file.plans = plans;
        file.parts = self.parts();
        file.frame_of_reference = plain(self.identity.frame_of_reference.as_ref());
        let structure_sets = self.structure_sets.iter();
        file.structure_sets = structure_sets
            .filter_map(|set| plain(set.sop_instance.as_ref()))
            .collect();
        file.notes.clone_from(&self.notes);
        file
    }

    /// The fraction groups that it names, each with the beams and setups it is limited to.
    fn parts(&self) -> Vec<PlanPart> {
        let of_plan = |plan: &PlanReference| -> Vec<PlanPart> {
            let groups = plan.fraction_groups.iter();
            let part = |group: &GroupReference| PlanPart {
                plan: plain(plan.plan.sop_instance.as_ref()),
                group: group.number,
                beams: group.beams.clone(),
                setups: group.setups.clone(),
            };
            groups.map(part).collect()
        };
        self.plans.iter().flat_map(of_plan).collect()
    }
}

fn value(dose: Option<&DecimalString>) -> Option<Decimal> {
    dose.map(DecimalString::value)
}

fn group(group: &FractionGroup) -> PlannedGroup {
    PlannedGroup {
        name: group.place(),
        number: group.number,
        phase: None,
        label: group.description.clone(),
        fractions: group.fractions_planned,
        pattern: group.pattern().flatten(),
        beams: group.beams.iter().map(|beam| beam.number).collect(),
        without_dose: without_dose(group),
        setups: group
            .brachy_setups
            .iter()
            .map(|setup| setup.number)
            .collect(),
        doses: vec![dose(group)],
        first_date: None,
    }
}

fn without_dose(group: &FractionGroup) -> Vec<i32> {
    let delivered: Vec<DosePart> = group.delivered_parts().collect();
    let beams = group.beams.iter().map(|beam| beam.number);
    beams
        .filter(|number| !delivered.contains(&DosePart::Beam(*number)))
        .collect()
}

fn dose(group: &FractionGroup) -> PlannedDose {
    let treating = group
        .beams
        .iter()
        .filter(|beam| beam.purpose.treats() != Some(false));
    let mut references: Vec<String> = Vec::new();
    for uid in treating.filter_map(|beam| beam.dose_reference.as_ref()) {
        if !references.contains(uid) {
            references.push(uid.clone());
        }
    }
    PlannedDose {
        references,
        ..dose_of_beams(group)
    }
}

fn dose_of_beams(group: &FractionGroup) -> PlannedDose {
    let unknown = |why| PlannedDose {
        missing: Some(why),
        known: group.known_parts(),
        ..PlannedDose::default()
    };
    if let Some(beam) = group.beams.iter().find(|beam| beam.is_effective()) {
        return unknown(MissingDose::Effective { beam: beam.number });
    }
    match group.dose_per_fraction() {
        DosePerFraction::Known {
            dose,
            counted,
            point,
            ..
        } => {
            let beams = group.beams.iter();
            let beams = beams.filter(|beam| counted.contains(&beam.number));
            let beams = beams.map(|beam| (DosePart::Beam(beam.number), &beam.dose));
            let setups = group.brachy_setups.iter();
            let setups = setups.map(|setup| (DosePart::Setup(setup.number), &setup.dose));
            let terms: Vec<Written> = beams
                .chain(setups)
                .filter_map(|(part, dose)| Some(written!("{} ({})", dose.as_ref()?, part)))
                .collect();
            PlannedDose {
                per_fraction: Some(dose),
                point,
                summed: (!terms.is_empty()).then(|| Written::joined(&terms, " + ")),
                ..PlannedDose::default()
            }
        }
        DosePerFraction::Unknown { missing } if group.beams.is_empty() => {
            unknown(MissingDose::NoSetupDose { setups: missing })
        }
        DosePerFraction::Unknown { missing } => unknown(MissingDose::NoBeamDose { beams: missing }),
        DosePerFraction::DifferentPoints { points } => {
            unknown(MissingDose::DifferentPoints { points })
        }
        DosePerFraction::BeamLevel { beams } => unknown(MissingDose::BeamLevel { beams }),
        DosePerFraction::Nothing => unknown(MissingDose::NoTreatment),
        DosePerFraction::NoMeterset { beams } => unknown(MissingDose::NoMeterset { beams }),
        DosePerFraction::Mixed => unknown(MissingDose::Mixed),
        DosePerFraction::TooManyDigits => unknown(MissingDose::TooManyDigits),
    }
}

fn target(reference: &DoseReference) -> PlannedTarget {
    PlannedTarget {
        is_described: reference.is_described(),
        uid: reference.uid.clone(),
        region: reference.region,
        extent: reference.extent(),
        purpose: reference.value_purpose.clone(),
        dose: value(reference.target_prescription.as_ref()),
        prior_dose: value(reference.prior_dose.as_ref()),
        minimum: value(reference.target_minimum.as_ref()),
        maximum: value(reference.target_maximum.as_ref()),
        delivery_maximum: value(reference.delivery_maximum.as_ref()),
        other_limits: reference.other_limits.clone(),
        ..PlannedTarget::new(reference.called(), reference.reference_type.clone())
    }
}
