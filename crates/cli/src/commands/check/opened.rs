//! What one file holds, before it has its number among those that were read.

use chemorad_dicom::{DicomFile, Identity, Kind, ReadError};
use chemorad_dosimetry::{DoseFile, Patient, PatientFile, PlannedPrescription};
use chemorad_render::check::{ShownPatient, SkippedFile, Source};
use jiff::civil::Date;

use super::walk::Found;
use crate::files::{ReadFile, Recorded};
use crate::input;

/// What a source holds.
pub(super) enum Read {
    Plan(Box<PlannedPrescription>),
    Dose(Box<DoseFile>),
    /// One for each course of an export.
    Export(Vec<PlannedPrescription>),
}

pub(super) enum Content {
    Needed(Box<Read>, Box<Source>),
    /// Structures, whose patient and regions are compared.
    Structures(Box<PatientFile>, Box<Source>),
    /// A record of treatment, of which only the patient is compared; what it is called where it was named.
    Record(Box<PatientFile>, Option<SkippedFile>),
    /// Images, which a check does not need, and any other kind in a folder; what it is called where it was
    /// named.
    OfAnotherKind(Option<SkippedFile>),
}

/// One file, before it has its number among those that were read.
pub(super) struct Opened {
    pub(super) content: Result<Content, ReadError>,
    /// Whom it is about, where it says so.
    pub(super) patient: Option<Patient>,
    pub(super) read: Vec<ReadFile>,
}

impl Opened {
    pub(super) fn read(
        files: &Recorded<'_>,
        file: &Found,
        name: &str,
        today: Date,
        show_patient: bool,
    ) -> Self {
        let dicom = input::read_dicom(files, &file.path);
        let read = files.read();
        match dicom {
            Ok(dicom) => {
                let dicom = dicom.showing_patient(show_patient);
                let known = read.first().map(|file| file.sha256.as_str());
                Self {
                    content: content(&dicom, known, file, name, today, show_patient),
                    patient: dicom.patient().ok().map(|(patient, _)| patient),
                    read,
                }
            }
            Err(error) => Self {
                content: Err(error),
                patient: None,
                read,
            },
        }
    }
}

/// What a file holds; `digest`: that of its bytes, where it is known.
fn content(
    dicom: &DicomFile<'_>,
    digest: Option<&str>,
    file: &Found,
    name: &str,
    today: Date,
    show_patient: bool,
) -> Result<Content, ReadError> {
    let shown_name = |patient: &Patient| {
        let identity = patient.identity().showing(show_patient);
        identity.text(name.to_string())
    };
    let source = |identity: &Identity, patient: &Patient| Source {
        name: shown_name(patient),
        kind: dicom.kind().name().into(),
        bytes: dicom.size(),
        sha256: digest.map_or_else(|| dicom.sha256(), str::to_string),
        uid: identity
            .sop_instance
            .as_ref()
            .map(|uid| uid.reveal().clone()),
        label: None,
        date: None,
        made_by: made_by(identity),
        sop_instance: identity.sop_instance.as_ref().map(ToString::to_string),
        patient: show_patient.then(|| ShownPatient {
            name: patient.name.clone(),
            id: patient.id.clone(),
            birth_date: patient.birth_date.clone(),
        }),
    };
    match dicom.kind() {
        Kind::Plan | Kind::IonPlan => {
            let mut plan = dicom.plan()?;
            plan.notes.extend(plan.later_than(today));
            let mut source = source(&plan.identity, &plan.patient);
            let read = Read::Plan(Box::new(plan.to_planned(source.name.clone())));
            source.date = plan.date;
            source.label = plan.label.or(plan.name);
            Ok(Content::Needed(Box::new(read), Box::new(source)))
        }
        Kind::Dose => {
            let dose = dicom.dose()?;
            let source = source(&dose.identity, &dose.patient);
            let read = Read::Dose(Box::new(dose.to_dose_file(source.name.clone())));
            Ok(Content::Needed(Box::new(read), Box::new(source)))
        }
        Kind::StructureSet => {
            let (patient, _) = dicom.patient()?;
            let (structures, identity) = dicom.structures(shown_name(&patient))?;
            let source = source(&identity, &patient);
            Ok(Content::Structures(Box::new(structures), Box::new(source)))
        }
        // a plan that cannot be read is never ignored, named or not
        other if matches!(other, Kind::RadiationSet(_)) || file.named && !beside_a_plan(other) => {
            // the error that names what it is
            dicom.plan().map(|_| Content::OfAnotherKind(None))
        }
        other => {
            let is_record = matches!(other, Kind::TreatmentRecord | Kind::IonTreatmentRecord)
                || other.is_unread_record();
            // an image that cannot be read further is not needed either
            let skipped = || SkippedFile {
                name: dicom
                    .patient()
                    .map_or_else(|_| name.into(), |(patient, _)| shown_name(&patient)),
                kind: other.to_string(),
            };
            let skipped = file.named.then(skipped);
            Ok(match dicom.patient() {
                Ok((patient, _)) if is_record => {
                    let record = PatientFile {
                        source: shown_name(&patient),
                        uid: None,
                        patient,
                        regions: Vec::new(),
                        no_targets: Vec::new(),
                        notes: Vec::new(),
                    };
                    Content::Record(Box::new(record), skipped)
                }
                _ => Content::OfAnotherKind(skipped),
            })
        }
    }
}

/// Exported with a plan, and named with it by `*.dcm`.
fn beside_a_plan(kind: &Kind) -> bool {
    matches!(kind, Kind::Other(name) if name.ends_with("Image Storage"))
        || matches!(kind, Kind::TreatmentRecord | Kind::IonTreatmentRecord)
        || kind.is_unread_record()
}

fn made_by(identity: &Identity) -> Option<String> {
    let parts = [&identity.manufacturer, &identity.model, &identity.software];
    let known: Vec<String> = parts
        .into_iter()
        .flatten()
        .map(ToString::to_string)
        .collect();
    (!known.is_empty()).then(|| known.join(", "))
}
