//! An RT Plan as a whole.

use chemorad::report::{Finding, Identifying};
use chemorad_dosimetry::{BeamFinding, Patient, PlanApproval, PlanKind, TargetKind};
use dicom_dictionary_std::tags;
use serde::Serialize;

use super::beam::Beam;
use super::dose_reference::DoseReference;
use super::fraction_group::{FractionGroup, no_number_twice};
use crate::data_set::DataSet;
use crate::error::ReadError;
use crate::patient::Texts;
use crate::reference::{Identity, PlanReference, Reference};

/// An RT Plan or RT Ion Plan as far as a prescription check needs it.
///
/// Every dose is in gray, as DICOM defines it. What is absent in the file is `None` or an empty list,
/// never a default.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Plan {
    /// Which object this is.
    pub identity: Identity,
    /// Who it is about; never serialized.
    #[serde(skip)]
    pub patient: Patient,
    /// How the dose is given.
    pub technique: PlanKind,
    /// RT Plan Label (300A,0002).
    pub label: Option<Identifying<String>>,
    /// RT Plan Name (300A,0003).
    pub name: Option<Identifying<String>>,
    /// RT Plan Description (300A,0004).
    pub description: Option<Identifying<String>>,
    /// Prescription Description (300A,000E).
    pub prescription_description: Option<Identifying<String>>,
    /// RT Plan Date (300A,0006), as written.
    pub date: Option<String>,
    /// Plan Intent (300A,000A): `CURATIVE`, `VERIFICATION`, ...
    pub intent: Option<String>,
    /// RT Plan Geometry (300A,000C): `PATIENT` or `TREATMENT_DEVICE`.
    pub geometry: Option<String>,
    /// Approval Status (300E,0002).
    pub approval: PlanApproval,
    /// Review Date (300E,0004), as written: the day of the approval or rejection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_date: Option<String>,
    /// Every item of the Dose Reference Sequence (300A,0010), in file order.
    pub dose_references: Vec<DoseReference>,
    /// Every item of the Fraction Group Sequence (300A,0070), in file order.
    pub fraction_groups: Vec<FractionGroup>,
    /// Every beam described (300A,00B0 or 300A,03A2), in file order.
    pub beams: Vec<Beam>,
    /// Application Setup Number (300A,0234) of every application setup described, in file order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub application_setups: Vec<i32>,
    /// Referenced Structure Set (300C,0060).
    pub structure_sets: Vec<Reference>,
    /// Referenced RT Plans (300C,0002) with their relationship.
    pub referenced_plans: Vec<PlanReference>,
    /// What a reader of the plan should know: beams left out, doses missing.
    pub notes: Vec<Finding>,
    /// What the file may hold that was not read.
    pub not_read: Vec<&'static str>,
}

impl Plan {
    pub(crate) fn read(
        set: &DataSet<'_>,
        ion: bool,
        show_patient: bool,
    ) -> Result<Self, ReadError> {
        let texts = Texts::read(set, show_patient)?;
        let beam_sequence = if ion {
            tags::ION_BEAM_SEQUENCE
        } else {
            tags::BEAM_SEQUENCE
        };
        let beams = set.each(beam_sequence, |item| Beam::read(item, &texts))?;
        no_number_twice(
            beams.iter().map(|beam| beam.number),
            tags::BEAM_NUMBER,
            "two beams have this number, and which one is meant cannot be told",
        )?;
        let by_number = beams.iter().map(|beam| (beam.number, beam)).collect();
        let dose_references = set.each(tags::DOSE_REFERENCE_SEQUENCE, |item| {
            DoseReference::read(item, &texts)
        })?;
        let fraction_groups = set.each(tags::FRACTION_GROUP_SEQUENCE, |item| {
            FractionGroup::read(item, &by_number, &dose_references, &texts)
        })?;
        no_number_twice(
            fraction_groups.iter().filter_map(|group| group.number),
            tags::FRACTION_GROUP_NUMBER,
            "two fraction groups have this number, and which one is meant cannot be told",
        )?;
        let application_setups = set.each(tags::APPLICATION_SETUP_SEQUENCE, |item| {
            item.integer(tags::APPLICATION_SETUP_NUMBER)
        })?;
        let application_setups: Vec<i32> = application_setups.into_iter().flatten().collect();
        no_number_twice(
            application_setups.iter().copied(),
            tags::APPLICATION_SETUP_NUMBER,
            "two application setups have this number, and which one is meant cannot be told",
        )?;
        let brachy = set.get(tags::APPLICATION_SETUP_SEQUENCE).is_some()
            || fraction_groups
                .iter()
                .any(|group| !group.brachy_setups.is_empty());
        let external =
            !beams.is_empty() || fraction_groups.iter().any(|group| !group.beams.is_empty());
        let technique = match (ion, external, brachy) {
            (true, _, false) => PlanKind::Ion,
            (_, true, true) | (true, false, true) => PlanKind::ExternalBeamAndBrachytherapy,
            (false, true, false) => PlanKind::ExternalBeam,
            (false, false, true) => PlanKind::Brachytherapy,
            (false, false, false) => PlanKind::NotStated,
        };
        let mut plan = Self {
            identity: Identity::read(set, &texts)?,
            technique,
            label: texts.get(set, tags::RT_PLAN_LABEL)?,
            name: texts.get(set, tags::RT_PLAN_NAME)?,
            description: texts.get(set, tags::RT_PLAN_DESCRIPTION)?,
            prescription_description: texts.get(set, tags::PRESCRIPTION_DESCRIPTION)?,
            date: set.text(tags::RT_PLAN_DATE)?,
            intent: set.code(tags::PLAN_INTENT)?,
            geometry: set.code(tags::RT_PLAN_GEOMETRY)?,
            approval: approval(set.code(tags::APPROVAL_STATUS)?),
            review_date: set.text(tags::REVIEW_DATE)?,
            dose_references,
            fraction_groups,
            beams,
            application_setups,
            structure_sets: Reference::read_all(
                set,
                tags::REFERENCED_STRUCTURE_SET_SEQUENCE,
                &texts,
            )?,
            referenced_plans: PlanReference::read_all(set, &texts)?,
            notes: Vec::new(),
            not_read: Vec::new(),
            patient: texts.patient,
        };
        if !plan.beams.is_empty() {
            plan.not_read
                .push("control points of the beams (other than their meterset weights)");
        }
        if set.get(tags::PATIENT_SETUP_SEQUENCE).is_some() {
            plan.not_read.push("patient setups");
        }
        if brachy {
            plan.not_read
                .push("sources, channels and dwell times of the application setups");
        }
        plan.notes = plan.findings().into_iter().map(Into::into).collect();
        let dates = plan.date_findings().into_iter();
        plan.notes.extend(dates.map(Finding::from));
        Ok(plan)
    }

    /// The dose references of type target.
    pub fn targets(&self) -> impl Iterator<Item = &DoseReference> {
        self.dose_references
            .iter()
            .filter(|reference| reference.reference_type == TargetKind::Target)
    }

    /// What is odd about its beams and fraction groups.
    pub(crate) fn findings(&self) -> Vec<BeamFinding> {
        let groups = self.fraction_groups.iter();
        let mut found: Vec<BeamFinding> = groups.flat_map(FractionGroup::findings).collect();
        let in_a_group = |beam: &&Beam| {
            let mut groups = self.fraction_groups.iter().flat_map(|group| &group.beams);
            groups.any(|of_group| of_group.number == beam.number)
        };
        let beams = self.beams.iter();
        let beams = beams.filter(|beam| beam.purpose.treats() != Some(false) && !in_a_group(beam));
        let beams: Vec<i32> = beams.map(|beam| beam.number).collect();
        // a plan without fraction groups is told as such
        if !beams.is_empty() && !self.fraction_groups.is_empty() {
            found.push(BeamFinding::InNoGroup { beams });
        }
        found.extend(self.setup_findings());
        found
    }

    /// Application setups that are described and not named, or the reverse.
    fn setup_findings(&self) -> Vec<BeamFinding> {
        let described = &self.application_setups;
        let groups = &self.fraction_groups;
        let of_groups = groups.iter().map(|group| {
            let setups = group.brachy_setups.iter().map(|setup| setup.number);
            setups.collect::<Vec<i32>>()
        });
        let of_groups: Vec<Vec<i32>> = of_groups.collect();
        let mut found = Vec::new();
        for (group, named) in groups.iter().zip(&of_groups) {
            let unknown = named.iter().filter(|number| !described.contains(number));
            let setups: Vec<i32> = unknown.copied().collect();
            if !setups.is_empty() {
                let group = group.number;
                found.push(BeamFinding::SetupsNotDescribed { group, setups });
            }
        }
        let unnamed = |number: &&i32| !of_groups.iter().any(|named| named.contains(number));
        let setups: Vec<i32> = described.iter().filter(unnamed).copied().collect();
        if !setups.is_empty() && !groups.is_empty() {
            found.push(BeamFinding::SetupsInNoGroup { setups });
        }
        found
    }
}

fn approval(code: Option<String>) -> PlanApproval {
    let Some(code) = code else {
        return PlanApproval::NotStated;
    };
    match code.as_str() {
        "APPROVED" => PlanApproval::Approved,
        "UNAPPROVED" => PlanApproval::Unapproved,
        "REJECTED" => PlanApproval::Rejected,
        _ => PlanApproval::Other(code),
    }
}
