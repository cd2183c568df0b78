//! A dose reference of a plan: a target or an organ, and the doses stated for it.

use chemorad::number::Decimal;
use chemorad::report::Identifying;
use chemorad_dosimetry::{StatedLimit, TargetExtent, TargetKind};
use dicom_dictionary_std::tags;
use serde::Serialize;

use super::limits::{has_other_limits, other_limits};
use crate::data_set::DataSet;
use crate::decimal_string::DecimalString;
use crate::error::ReadError;
use crate::patient::Texts;

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
    pub description: Option<Identifying<String>>,
    /// Dose Reference Point Coordinates (300A,0018), mm.
    pub point: Option<[Decimal; 3]>,
    /// Dose Reference Type (300A,0020).
    pub reference_type: TargetKind,
    /// Dose Value Purpose (300A,061D): `TRACKING` or `QA`.
    pub value_purpose: Option<String>,
    /// Dose Value Interpretation (300A,068B): `NOMINAL` or `ACTUAL`.
    pub value_interpretation: Option<String>,
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
    /// It states a limit that nothing is compared with: Delivery Warning Dose (300A,0022), Target Underdose
    /// Volume Fraction (300A,0028), Constraint Weight (300A,0021) or a limit of an organ at risk.
    #[serde(skip)]
    pub has_other_limits: bool,
    /// Those of them that are doses.
    #[serde(skip)]
    pub other_limits: Vec<StatedLimit>,
}

impl DoseReference {
    pub(super) fn read(set: &DataSet<'_>, texts: &Texts) -> Result<Self, ReadError> {
        Ok(Self {
            number: set.integer(tags::DOSE_REFERENCE_NUMBER)?,
            uid: set.text(tags::DOSE_REFERENCE_UID)?,
            structure_type: set.code(tags::DOSE_REFERENCE_STRUCTURE_TYPE)?,
            description: texts.get(set, tags::DOSE_REFERENCE_DESCRIPTION)?,
            point: set.exactly(tags::DOSE_REFERENCE_POINT_COORDINATES)?,
            reference_type: kind(set.code(tags::DOSE_REFERENCE_TYPE)?),
            value_purpose: set.code(tags::DOSE_VALUE_PURPOSE)?,
            value_interpretation: set.code(tags::DOSE_VALUE_INTERPRETATION)?,
            region: set.integer(tags::REFERENCED_ROI_NUMBER)?,
            target_prescription: set.decimal(tags::TARGET_PRESCRIPTION_DOSE)?,
            target_minimum: set.decimal(tags::TARGET_MINIMUM_DOSE)?,
            target_maximum: set.decimal(tags::TARGET_MAXIMUM_DOSE)?,
            delivery_maximum: set.decimal(tags::DELIVERY_MAXIMUM_DOSE)?,
            organ_at_risk_maximum: set.decimal(tags::ORGAN_AT_RISK_MAXIMUM_DOSE)?,
            prior_dose: set.decimal(tags::NOMINAL_PRIOR_DOSE)?,
            has_other_limits: has_other_limits(set),
            other_limits: other_limits(set),
        })
    }
}

impl DoseReference {
    /// What to call it: its description, or its number.
    pub(crate) fn called(&self) -> Identifying<String> {
        match (&self.description, self.number) {
            (Some(text), _) if self.is_described() => text.clone(),
            (_, Some(number)) => format!("dose reference {number}").into(),
            (_, None) => "dose reference without a name".into(),
        }
    }

    /// Whether the plan says in words what it is.
    pub(crate) fn is_described(&self) -> bool {
        let text = self.description.as_ref();
        text.is_some_and(|text| !text.reveal().trim().is_empty())
    }

    /// Whether it is a point, by Dose Reference Structure Type (PS3.3 C.8.8.10).
    pub(crate) fn extent(&self) -> TargetExtent {
        match self.structure_type.as_deref() {
            Some("POINT" | "COORDINATES") => TargetExtent::Point,
            Some("VOLUME" | "SITE") => TargetExtent::Volume,
            _ => TargetExtent::NotStated,
        }
    }
}

fn kind(code: Option<String>) -> TargetKind {
    let Some(code) = code else {
        return TargetKind::NotStated;
    };
    match code.as_str() {
        "TARGET" => TargetKind::Target,
        "ORGAN_AT_RISK" => TargetKind::OrganAtRisk,
        _ => TargetKind::Other(code),
    }
}
