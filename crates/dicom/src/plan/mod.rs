mod fraction_group;
mod terms;

use std::collections::{BTreeMap, BTreeSet};

use chemorad::report::Finding;
use dicom_core::Tag;
use dicom_dictionary_std::tags;
use serde::Serialize;

use crate::data_set::{DataSet, missing};
use crate::{DecimalString, Identity, Patient, PlanReference, ReadError, Reference};

pub(crate) use fraction_group::beams_in_words;
pub use fraction_group::{
    BrachySetup, DosePerFraction, FractionGroup, GroupBeam, GroupDoseReference,
};
pub use terms::{Approval, Purpose, ReferenceType, Technique};

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
    pub technique: Technique,
    /// RT Plan Label (300A,0002).
    pub label: Option<String>,
    /// RT Plan Name (300A,0003).
    pub name: Option<String>,
    /// RT Plan Description (300A,0004).
    pub description: Option<String>,
    /// RT Plan Date (300A,0006), as written.
    pub date: Option<String>,
    /// Plan Intent (300A,000A): `CURATIVE`, `VERIFICATION`, ...
    pub intent: Option<String>,
    /// RT Plan Geometry (300A,000C): `PATIENT` or `TREATMENT_DEVICE`.
    pub geometry: Option<String>,
    /// Approval Status (300E,0002).
    pub approval: Option<Approval>,
    /// Every item of the Dose Reference Sequence (300A,0010), in file order.
    pub dose_references: Vec<DoseReference>,
    /// Every item of the Fraction Group Sequence (300A,0070), in file order.
    pub fraction_groups: Vec<FractionGroup>,
    /// Every beam described (300A,00B0 or 300A,03A2), in file order.
    pub beams: Vec<Beam>,
    /// Referenced Structure Set (300C,0060).
    pub structure_sets: Vec<Reference>,
    /// Referenced RT Plans (300C,0002) with their relationship.
    pub referenced_plans: Vec<PlanReference>,
    /// What a reader of the plan should know: beams left out, doses missing.
    pub notes: Vec<Finding>,
    /// What the file may hold that was not read.
    pub not_read: Vec<&'static str>,
}

/// One item of the Dose Reference Sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DoseReference {
    /// Dose Reference Number (300A,0012).
    pub number: Option<i32>,
    /// Dose Reference UID (300A,0013): the same in the plans of one course.
    pub uid: Option<String>,
    /// Dose Reference Structure Type (300A,0014): `POINT`, `VOLUME`, `COORDINATES`, `SITE`.
    pub structure_type: Option<String>,
    /// Dose Reference Description (300A,0016).
    pub description: Option<String>,
    /// Dose Reference Type (300A,0020).
    pub reference_type: ReferenceType,
    /// Referenced ROI Number (3006,0084).
    pub region: Option<i32>,
    /// Target Prescription Dose (300A,0026), Gy, for the whole plan.
    pub target_prescription: Option<DecimalString>,
    /// Target Minimum Dose (300A,0025), Gy.
    pub target_minimum: Option<DecimalString>,
    /// Target Maximum Dose (300A,0027), Gy.
    pub target_maximum: Option<DecimalString>,
    /// Delivery Maximum Dose (300A,0023), Gy.
    pub delivery_maximum: Option<DecimalString>,
    /// Organ at Risk Maximum Dose (300A,002C), Gy.
    pub organ_at_risk_maximum: Option<DecimalString>,
    /// Nominal Prior Dose (300A,001A), Gy.
    pub prior_dose: Option<DecimalString>,
}

/// A beam as the plan describes it; control points are not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Beam {
    /// Beam Number (300A,00C0).
    pub number: i32,
    /// Beam Name (300A,00C2).
    pub name: Option<String>,
    /// Beam Type (300A,00C4): `STATIC` or `DYNAMIC`.
    pub beam_type: Option<String>,
    /// Radiation Type (300A,00C6): `PHOTON`, `ELECTRON`, `PROTON`, ...
    pub radiation_type: Option<String>,
    /// Treatment Delivery Type (300A,00CE).
    pub purpose: Purpose,
}

impl Plan {
    /// Puts [`WITHHELD`](crate::WITHHELD) in the place of every label, name and description that names the
    /// patient; returns what stood there.
    ///
    /// ```
    /// use chemorad_dicom::{DicomFile, WITHHELD};
    /// fn shown(file: &DicomFile<'_>) -> Result<Option<String>, chemorad_dicom::ReadError> {
    ///     let mut plan = file.plan()?;
    ///     plan.withhold_patient();
    ///     Ok(plan.label) // the label, or WITHHELD
    /// }
    /// ```
    pub fn withhold_patient(&mut self) -> Vec<String> {
        let own = [&mut self.label, &mut self.name, &mut self.description];
        let references = self.dose_references.iter_mut().map(|r| &mut r.description);
        let groups = self.fraction_groups.iter_mut().map(|g| &mut g.description);
        let beams = self.beams.iter_mut().map(|b| &mut b.name);
        self.patient
            .withhold(own.into_iter().chain(references).chain(groups).chain(beams))
    }

    pub(crate) fn read(set: &DataSet<'_>, ion: bool) -> Result<Self, ReadError> {
        let beam_sequence = if ion {
            tags::ION_BEAM_SEQUENCE
        } else {
            tags::BEAM_SEQUENCE
        };
        let beams = set
            .items(beam_sequence)
            .map(|item| Beam::read(&item?))
            .collect::<Result<Vec<_>, _>>()?;
        let mut by_number = BTreeMap::new();
        for beam in &beams {
            if by_number.insert(beam.number, beam).is_some() {
                return Err(ReadError::Value {
                    element: crate::ElementName(tags::BEAM_NUMBER),
                    text: beam.number.to_string(),
                    why: "two beams have this number, and which one is meant cannot be told",
                });
            }
        }
        let fraction_groups = set
            .items(tags::FRACTION_GROUP_SEQUENCE)
            .map(|item| FractionGroup::read(&item?, &by_number))
            .collect::<Result<Vec<_>, _>>()?;
        let mut numbers = BTreeSet::new();
        for number in fraction_groups.iter().filter_map(|group| group.number) {
            if !numbers.insert(number) {
                return Err(ReadError::Value {
                    element: crate::ElementName(tags::FRACTION_GROUP_NUMBER),
                    text: number.to_string(),
                    why: "two fraction groups have this number, and which one is meant cannot be told",
                });
            }
        }
        let dose_references = set
            .items(tags::DOSE_REFERENCE_SEQUENCE)
            .map(|item| DoseReference::read(&item?))
            .collect::<Result<Vec<_>, _>>()?;
        let brachy = set.get(tags::APPLICATION_SETUP_SEQUENCE).is_some()
            || fraction_groups
                .iter()
                .any(|group| !group.brachy_setups.is_empty());
        let external =
            !beams.is_empty() || fraction_groups.iter().any(|group| !group.beams.is_empty());
        let technique = match (ion, external, brachy) {
            (true, _, false) => Technique::Ion,
            (_, true, true) | (true, false, true) => Technique::ExternalBeamAndBrachytherapy,
            (false, true, false) => Technique::ExternalBeam,
            (false, false, true) => Technique::Brachytherapy,
            (false, false, false) => Technique::NotStated,
        };
        let mut plan = Self {
            identity: Identity::read(set)?,
            patient: Patient::read(set)?,
            technique,
            label: set.text(tags::RT_PLAN_LABEL)?,
            name: set.text(tags::RT_PLAN_NAME)?,
            description: set.text(tags::RT_PLAN_DESCRIPTION)?,
            date: set.text(tags::RT_PLAN_DATE)?,
            intent: set.code(tags::PLAN_INTENT)?,
            geometry: set.code(tags::RT_PLAN_GEOMETRY)?,
            approval: set.code(tags::APPROVAL_STATUS)?.map(Approval::of),
            dose_references,
            fraction_groups,
            beams,
            structure_sets: Reference::read_all(set, tags::REFERENCED_STRUCTURE_SET_SEQUENCE)?,
            referenced_plans: PlanReference::read_all(set)?,
            notes: Vec::new(),
            not_read: Vec::new(),
        };
        if !plan.beams.is_empty() {
            plan.not_read.push("control points of the beams");
        }
        if brachy {
            plan.not_read
                .push("channels and sources of the brachytherapy setups");
        }
        plan.notes = plan.find_notes();
        Ok(plan)
    }

    /// The dose references of type target.
    pub fn targets(&self) -> impl Iterator<Item = &DoseReference> {
        self.dose_references
            .iter()
            .filter(|reference| reference.reference_type == ReferenceType::Target)
    }

    fn find_notes(&self) -> Vec<Finding> {
        let mut notes = Vec::new();
        for group in &self.fraction_groups {
            group.find_notes(&mut notes);
        }
        notes
    }
}

fn required(set: &DataSet<'_>, tag: Tag) -> Result<i32, ReadError> {
    set.integer(tag)?.ok_or_else(|| missing(tag))
}

impl Beam {
    fn read(set: &DataSet<'_>) -> Result<Self, ReadError> {
        Ok(Self {
            number: required(set, tags::BEAM_NUMBER)?,
            name: set.text(tags::BEAM_NAME)?,
            beam_type: set.code(tags::BEAM_TYPE)?,
            radiation_type: set.code(tags::RADIATION_TYPE)?,
            purpose: Purpose::of(set.code(tags::TREATMENT_DELIVERY_TYPE)?),
        })
    }
}

impl DoseReference {
    fn read(set: &DataSet<'_>) -> Result<Self, ReadError> {
        Ok(Self {
            number: set.integer(tags::DOSE_REFERENCE_NUMBER)?,
            uid: set.text(tags::DOSE_REFERENCE_UID)?,
            structure_type: set.code(tags::DOSE_REFERENCE_STRUCTURE_TYPE)?,
            description: set.text(tags::DOSE_REFERENCE_DESCRIPTION)?,
            reference_type: ReferenceType::of(set.code(tags::DOSE_REFERENCE_TYPE)?),
            region: set.integer(tags::REFERENCED_ROI_NUMBER)?,
            target_prescription: set.decimal(tags::TARGET_PRESCRIPTION_DOSE)?,
            target_minimum: set.decimal(tags::TARGET_MINIMUM_DOSE)?,
            target_maximum: set.decimal(tags::TARGET_MAXIMUM_DOSE)?,
            delivery_maximum: set.decimal(tags::DELIVERY_MAXIMUM_DOSE)?,
            organ_at_risk_maximum: set.decimal(tags::ORGAN_AT_RISK_MAXIMUM_DOSE)?,
            prior_dose: set.decimal(tags::NOMINAL_PRIOR_DOSE)?,
        })
    }
}
