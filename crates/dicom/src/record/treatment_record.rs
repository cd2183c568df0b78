//! One RT Beams Treatment Record as written.

use chemorad::radiotherapy::dates::{date_of_digits, in_supported_years};
use chemorad::report::{Finding, Identifying};
use chemorad_dosimetry::Patient;
use dicom_core::Tag;
use dicom_dictionary_std::tags;
use jiff::civil::Date;
use serde::Serialize;

use crate::data_set::DataSet;
use crate::decimal_string::DecimalString;
use crate::error::{ElementName, ReadError, quoted};
use crate::patient::Texts;
use crate::plan::purpose::Purpose;
use crate::reference::{Identity, PlanReference};

/// An RT Beams Treatment Record or RT Ion Beams Treatment Record: the beams of a session.
///
/// What is absent in the file is `None` or an empty list, never a default.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TreatmentRecord {
    /// Which object this is.
    pub identity: Identity,
    /// Who it is about; never serialized.
    #[serde(skip)]
    pub patient: Patient,
    /// Treatment Date (3008,0250).
    pub date: Option<Date>,
    /// Treatment Time (3008,0251), as written.
    pub time: Option<String>,
    /// Referenced RT Plan (300C,0002).
    pub plans: Vec<PlanReference>,
    /// Referenced Fraction Group Number (300C,0022).
    pub fraction_group: Option<i32>,
    /// Number of Fractions Planned (300A,0078).
    pub fractions_planned: Option<u32>,
    /// Treatment Session Beam Sequence (3008,0020), or for ions (3008,0021), in file order.
    pub beams: Vec<RecordedBeam>,
    /// Calculated Dose Reference Sequence (3008,0070): doses of the whole session.
    pub calculated: Vec<RecordedDose>,
    /// Measured Dose Reference Sequence (3008,0010): doses of the whole session.
    pub measured: Vec<RecordedDose>,
    /// What a reader should know: beams that were broken off.
    pub notes: Vec<Finding>,
    /// What is odd about how the file is encoded.
    #[serde(skip)]
    pub(crate) encoding: Vec<Finding>,
}

/// A beam of a session.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RecordedBeam {
    /// Referenced Beam Number (300C,0006).
    pub number: Option<i32>,
    /// Beam Name (300A,00C2).
    pub name: Option<Identifying<String>>,
    /// Current Fraction Number (3008,0022).
    pub fraction: Option<u32>,
    /// Treatment Delivery Type (300A,00CE).
    pub purpose: Purpose,
    /// Radiation Type (300A,00C6): `PHOTON`, `ELECTRON`, `PROTON`, ...
    #[serde(skip_serializing_if = "Option::is_none")]
    pub radiation_type: Option<String>,
    /// Specified Primary Meterset (3008,0032).
    pub specified_meterset: Option<DecimalString>,
    /// Delivered Primary Meterset (3008,0036).
    pub delivered_meterset: Option<DecimalString>,
    /// Treatment Termination Status (3008,002A): `NORMAL`, `OPERATOR`, `MACHINE`, `UNKNOWN`.
    pub termination: Option<String>,
    /// Whether a value that is not the planned one was accepted: Treatment Verification Status (3008,002C)
    /// is `VERIFIED_OVR`, or there is an Override Sequence (3008,0060).
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub is_overridden: bool,
    /// Referenced Calculated Dose Reference Sequence (3008,0090).
    pub calculated: Vec<RecordedDose>,
    /// Referenced Measured Dose Reference Sequence (3008,0080).
    pub measured: Vec<RecordedDose>,
}

impl RecordedBeam {
    /// Whether the beam ended as it should: its status is `NORMAL`.
    #[must_use]
    pub fn is_completed(&self) -> bool {
        self.termination.as_deref() == Some("NORMAL")
    }
}

/// A dose that a record states, in gray.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RecordedDose {
    /// The number of the dose reference of the plan (300C,0051), or of the record.
    pub reference: Option<i32>,
    /// Calculated Dose Reference Dose Value (3008,0076) or Measured Dose Value (3008,0016).
    pub dose: Option<DecimalString>,
}

impl TreatmentRecord {
    /// The record in a data set; `beams` is the sequence of its beams, which ions have another for.
    pub(crate) fn read(
        set: &DataSet<'_>,
        beams: Tag,
        show_patient: bool,
    ) -> Result<Self, ReadError> {
        let texts = Texts::read(set, show_patient)?;
        let beams = set.each(beams, |item| RecordedBeam::read(item, &texts))?;
        Ok(Self {
            identity: Identity::read(set, &texts)?,
            date: date(set)?,
            time: set.text(tags::TREATMENT_TIME)?,
            plans: PlanReference::read_all(set, &texts)?,
            fraction_group: set.integer(tags::REFERENCED_FRACTION_GROUP_NUMBER)?,
            fractions_planned: set.count(tags::NUMBER_OF_FRACTIONS_PLANNED)?,
            beams,
            calculated: doses(
                set,
                tags::CALCULATED_DOSE_REFERENCE_SEQUENCE,
                tags::CALCULATED_DOSE_REFERENCE_NUMBER,
                tags::CALCULATED_DOSE_REFERENCE_DOSE_VALUE,
            )?,
            measured: doses(
                set,
                tags::MEASURED_DOSE_REFERENCE_SEQUENCE,
                tags::MEASURED_DOSE_REFERENCE_NUMBER,
                tags::MEASURED_DOSE_VALUE,
            )?,
            notes: Vec::new(),
            encoding: Vec::new(),
            patient: texts.patient,
        })
    }

    /// The SOP Instance UID of the plan that was treated, where one is named: to compare and never to print.
    #[must_use]
    pub fn plan(&self) -> Option<&str> {
        self.plan_uids().next()
    }

    pub(super) fn plan_uids(&self) -> impl Iterator<Item = &str> {
        let uids = self
            .plans
            .iter()
            .filter_map(|one| one.plan.sop_instance.as_ref());
        uids.map(|uid| uid.reveal().as_str())
    }
}

impl TreatmentRecord {
    /// Whether two records are of one session: their dates, plans and beams are the same.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        self.date == other.date
            && self.time == other.time
            && self.plans == other.plans
            && self.fraction_group == other.fraction_group
            && self.fractions_planned == other.fractions_planned
            && self.beams == other.beams
            && self.calculated == other.calculated
            && self.measured == other.measured
    }
}

impl RecordedBeam {
    fn read(set: &DataSet<'_>, texts: &Texts) -> Result<Self, ReadError> {
        let status = set.code(tags::TREATMENT_VERIFICATION_STATUS)?;
        let overrides = set.each(tags::OVERRIDE_SEQUENCE, |_| Ok(()))?;
        Ok(Self {
            is_overridden: status.as_deref() == Some("VERIFIED_OVR") || !overrides.is_empty(),
            number: set.integer(tags::REFERENCED_BEAM_NUMBER)?,
            name: texts.get(set, tags::BEAM_NAME)?,
            fraction: set.count(tags::CURRENT_FRACTION_NUMBER)?,
            purpose: Purpose::of(set.code(tags::TREATMENT_DELIVERY_TYPE)?),
            radiation_type: set.code(tags::RADIATION_TYPE)?,
            specified_meterset: set.decimal(tags::SPECIFIED_PRIMARY_METERSET)?,
            delivered_meterset: set.decimal(tags::DELIVERED_PRIMARY_METERSET)?,
            termination: set.code(tags::TREATMENT_TERMINATION_STATUS)?,
            calculated: doses(
                set,
                tags::REFERENCED_CALCULATED_DOSE_REFERENCE_SEQUENCE,
                tags::REFERENCED_CALCULATED_DOSE_REFERENCE_NUMBER,
                tags::CALCULATED_DOSE_REFERENCE_DOSE_VALUE,
            )?,
            measured: doses(
                set,
                tags::REFERENCED_MEASURED_DOSE_REFERENCE_SEQUENCE,
                tags::REFERENCED_MEASURED_DOSE_REFERENCE_NUMBER,
                tags::MEASURED_DOSE_VALUE,
            )?,
        })
    }
}

/// The doses of a sequence: by the number of the plan's dose reference, or else by `number`.
fn doses(
    set: &DataSet<'_>,
    sequence: Tag,
    number: Tag,
    value: Tag,
) -> Result<Vec<RecordedDose>, ReadError> {
    set.each(sequence, |item| {
        let of_plan = item.integer(tags::REFERENCED_DOSE_REFERENCE_NUMBER)?;
        Ok(RecordedDose {
            reference: match of_plan {
                None => item.integer(number)?,
                of_plan => of_plan,
            },
            dose: item.decimal(value)?,
        })
    })
}

fn date(set: &DataSet<'_>) -> Result<Option<Date>, ReadError> {
    let Some(text) = set.text(tags::TREATMENT_DATE)? else {
        return Ok(None);
    };
    match date_of_digits(&text).filter(|&date| in_supported_years(date)) {
        Some(date) => Ok(Some(date)),
        None => Err(ReadError::Value {
            element: ElementName(tags::TREATMENT_DATE),
            text: quoted(&text),
            why: "a date is eight digits such as 20261207, from 1900 to 2199",
        }),
    }
}
