//! Synthetic records of treatment.

use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;

use super::{encoded, sequence, text};

/// A beam of a session.
#[derive(Clone)]
pub(crate) struct SessionBeam {
    pub(crate) number: i32,
    pub(crate) fraction: Option<u32>,
    pub(crate) purpose: &'static str,
    pub(crate) specified: Option<&'static str>,
    pub(crate) delivered: Option<&'static str>,
    pub(crate) status: &'static str,
    pub(crate) radiation: Option<&'static str>,
    /// Treatment Verification Status.
    pub(crate) verified: Option<&'static str>,
    pub(crate) dose: Option<&'static str>,
}

/// A session.
#[derive(Clone)]
pub(crate) struct RecordFixture {
    pub(crate) ion: bool,
    /// Another SOP class than that of records of beams.
    pub(crate) class: Option<&'static str>,
    pub(crate) instance: String,
    pub(crate) patient: &'static str,
    pub(crate) date: Option<&'static str>,
    pub(crate) time: &'static str,
    pub(crate) plan: &'static str,
    pub(crate) group: &'static str,
    pub(crate) planned: Option<&'static str>,
    pub(crate) beams: Vec<SessionBeam>,
}

/// A beam that was given whole: 100 monitor units, 0.9 Gy.
pub(crate) fn session_beam(number: i32, fraction: u32) -> SessionBeam {
    SessionBeam {
        number,
        fraction: Some(fraction),
        purpose: "TREATMENT",
        specified: Some("100"),
        delivered: Some("100"),
        status: "NORMAL",
        radiation: Some("PHOTON"),
        verified: None,
        dose: Some("0.9"),
    }
}

/// A session with one fraction of two beams, of a plan with 28.
pub(crate) fn record(fraction: u32, date: &'static str) -> RecordFixture {
    RecordFixture {
        ion: false,
        class: None,
        instance: format!("2.25.700{fraction}"),
        patient: "synthetic-1",
        date: Some(date),
        time: "101500",
        plan: "2.25.1",
        group: "1",
        planned: Some("28"),
        beams: vec![session_beam(1, fraction), session_beam(2, fraction)],
    }
}

/// The weekdays from Monday 7 December 2026 on.
pub(crate) const DAYS: [&str; 10] = [
    "20261207", "20261208", "20261209", "20261210", "20261211", "20261214", "20261215", "20261216",
    "20261217", "20261218",
];

/// So many fractions, one on each of the weekdays.
pub(crate) fn records(count: u32) -> Vec<RecordFixture> {
    let days = (1..=count).zip(DAYS);
    days.map(|(number, day)| record(number, day)).collect()
}

impl RecordFixture {
    pub(crate) fn object(&self) -> InMemDicomObject {
        let mut object = InMemDicomObject::new_empty();
        let class = if self.ion {
            uids::RT_ION_BEAMS_TREATMENT_RECORD_STORAGE
        } else {
            uids::RT_BEAMS_TREATMENT_RECORD_STORAGE
        };
        let class = self.class.unwrap_or(class);
        let mut put = |tag, vr, value: &str| text(&mut object, tag, vr, value);
        put(tags::SOP_CLASS_UID, VR::UI, class);
        put(tags::SOP_INSTANCE_UID, VR::UI, &self.instance);
        put(tags::MODALITY, VR::CS, "RTRECORD");
        put(tags::PATIENT_NAME, VR::PN, "SYNTHETIC^RECORD");
        put(tags::PATIENT_ID, VR::LO, self.patient);
        if let Some(date) = self.date {
            put(tags::TREATMENT_DATE, VR::DA, date);
        }
        put(tags::TREATMENT_TIME, VR::TM, self.time);
        put(tags::REFERENCED_FRACTION_GROUP_NUMBER, VR::IS, self.group);
        if let Some(planned) = self.planned {
            put(tags::NUMBER_OF_FRACTIONS_PLANNED, VR::IS, planned);
        }
        // none, one, or several by blanks
        let plans = self.plan.split_whitespace().map(|uid| {
            let mut plan = InMemDicomObject::new_empty();
            let class = uids::RT_PLAN_STORAGE;
            text(&mut plan, tags::REFERENCED_SOP_CLASS_UID, VR::UI, class);
            text(&mut plan, tags::REFERENCED_SOP_INSTANCE_UID, VR::UI, uid);
            plan
        });
        let plans = plans.collect();
        sequence(&mut object, tags::REFERENCED_RT_PLAN_SEQUENCE, plans);
        let session = if self.ion {
            tags::TREATMENT_SESSION_ION_BEAM_SEQUENCE
        } else {
            tags::TREATMENT_SESSION_BEAM_SEQUENCE
        };
        let beams = self.beams.iter().map(SessionBeam::object).collect();
        sequence(&mut object, session, beams);
        object
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        encoded(self.object(), uids::EXPLICIT_VR_LITTLE_ENDIAN)
    }
}

impl SessionBeam {
    fn object(&self) -> InMemDicomObject {
        let mut item = InMemDicomObject::new_empty();
        let mut put = |tag, vr, value: &str| text(&mut item, tag, vr, value);
        put(
            tags::REFERENCED_BEAM_NUMBER,
            VR::IS,
            &self.number.to_string(),
        );
        put(tags::BEAM_NAME, VR::LO, "field");
        if let Some(fraction) = self.fraction {
            put(tags::CURRENT_FRACTION_NUMBER, VR::IS, &fraction.to_string());
        }
        put(tags::TREATMENT_DELIVERY_TYPE, VR::CS, self.purpose);
        if let Some(kind) = self.radiation {
            put(tags::RADIATION_TYPE, VR::CS, kind);
        }
        if let Some(units) = self.specified {
            put(tags::SPECIFIED_PRIMARY_METERSET, VR::DS, units);
        }
        if let Some(units) = self.delivered {
            put(tags::DELIVERED_PRIMARY_METERSET, VR::DS, units);
        }
        put(tags::TREATMENT_TERMINATION_STATUS, VR::CS, self.status);
        if let Some(status) = self.verified {
            put(tags::TREATMENT_VERIFICATION_STATUS, VR::CS, status);
        }
        if let Some(dose) = self.dose {
            let mut stated = InMemDicomObject::new_empty();
            let mut put = |tag, vr, value: &str| text(&mut stated, tag, vr, value);
            put(tags::REFERENCED_DOSE_REFERENCE_NUMBER, VR::IS, "1");
            put(
                tags::REFERENCED_CALCULATED_DOSE_REFERENCE_NUMBER,
                VR::IS,
                "7",
            );
            put(tags::CALCULATED_DOSE_REFERENCE_DOSE_VALUE, VR::DS, dose);
            let sequence_tag = tags::REFERENCED_CALCULATED_DOSE_REFERENCE_SEQUENCE;
            sequence(&mut item, sequence_tag, vec![stated]);
        }
        item
    }
}
