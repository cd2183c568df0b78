//! A course of a protocol as radiotherapy prescriptions of HL7 CodeX, a FHIR R4 bundle: the volumes,
//! the course with its totals, each phase with its fractions and doses, in cGy.
//!
//! A protocol has no patient, so the caller names the subject, the status, and the system that the
//! caller's own names of courses and phases belong to. The intent is the profile's: original-order.
//!
//! Source: HL7 CodeX Radiation Therapy implementation guide (course and phase prescription, dose
//! prescribed to volume, radiobiologic metric) and mCODE 4.0.0 (volume, modality and technique).

use chemorad::quantity::AbsorbedDose;
use chemorad::radiobiology::{DoseSeries, LinearQuadratic};
use chemorad::radiotherapy::{Course, Fractionation};
use chemorad_protocol::{
    Modality, PrescribedCourse, PrescribedDose, PrescribedPhase, PrescribedVolume, Protocol,
    UnsettledCourse,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fhir::visible;
use crate::prescription_details::PrescriptionDetails;
use crate::{ExportError, NOTICE};

const CODEX: &str = "http://hl7.org/fhir/us/codex-radiation-therapy/StructureDefinition/codexrt-";
const MCODE: &str = "http://hl7.org/fhir/us/mcode/StructureDefinition/mcode-";
const SNOMED_CT: &str = "http://snomed.info/sct";

/// The prescriptions of a course as a bundle of resources.
///
/// Each phase has its own prescription; one whose dose is not added to the others (contact X-rays,
/// brachytherapy) is in no total of the course. EQD2 of a volume, where it is asked for, is a further
/// dose of the course with its radiobiologic metric, `EQD2Gy(a/b = 10)`.
///
/// # Errors
/// The protocol has no such course, a dose of it is a range, a choice or open, no phase of it is added to a total, or the identifier
/// system is not a URI.
///
/// ```
/// use chemorad_protocol::find_builtin;
/// use chemorad_exchange::{PrescriptionDetails, PrescriptionStatus, radiotherapy_prescription};
/// let details = PrescriptionDetails {
///     subject: "Patient/example".parse()?,
///     status: PrescriptionStatus::Draft,
///     identifier_system: "urn:example:prescriptions".into(),
///     alpha_beta: Vec::new(),
/// };
/// let bundle = radiotherapy_prescription(find_builtin("NCT06949098")?, "adjuvant", &details)?;
/// // two volumes, the course, two phases
/// assert_eq!(bundle["entry"].as_array().map(Vec::len), Some(5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn radiotherapy_prescription(
    protocol: &Protocol,
    course: &str,
    details: &PrescriptionDetails,
) -> Result<Value, ExportError> {
    details.check()?;
    let prescribed = protocol
        .course(course)
        .ok_or_else(|| ExportError::UnknownCourse {
            given: course.chars().take(60).collect(),
            known: protocol.courses.iter().map(|c| c.id.to_string()).collect(),
        })?;
    let writer = Writer { protocol, details };
    let phases: Vec<&PrescribedPhase> = prescribed
        .phases
        .iter()
        .filter_map(|name| protocol.phase(name))
        .collect();
    let settled = protocol
        .course_with(prescribed, |_, _| None)
        .map_err(|error| match error {
            UnsettledCourse::NoExternalBeam => ExportError::NoExternalBeam {
                course: prescribed.id.to_string(),
            },
            error => ExportError::Unsettled {
                course: prescribed.id.to_string(),
                why: error.to_string(),
            },
        })?;
    let mut entries = Vec::new();
    for volume in &protocol.volumes {
        let in_phase = |phase: &&PrescribedPhase| {
            let mut doses = phase.doses.iter();
            doses.any(|dose| dose.volume == volume.name)
        };
        let receives = settled.cumulative_dose(&volume.name).is_some();
        if receives || phases.iter().any(in_phase) {
            entries.push(writer.volume(volume));
        }
    }
    entries.push(writer.course(prescribed, &settled));
    for phase in phases {
        entries.push(writer.phase(prescribed, phase)?);
    }
    Ok(json!({ "resourceType": "Bundle", "type": "collection", "entry": entries }))
}

struct Writer<'a> {
    protocol: &'a Protocol,
    details: &'a PrescriptionDetails,
}

impl Writer<'_> {
    /// One part of a protocol for one patient always has one identifier.
    fn uuid(&self, kind: &str, name: &str) -> String {
        let part = format!(
            "chemorad.protocol/1\n{}\n{}\n{kind}\n{name}",
            self.details.subject.as_str(),
            self.protocol.id
        );
        format!(
            "urn:uuid:{}",
            Uuid::new_v5(&Uuid::NAMESPACE_URL, part.as_bytes())
        )
    }

    fn entry(&self, kind: &str, name: &str, resource: Value) -> Value {
        let uuid = self.uuid(kind, name);
        self.identified(name, ("urn:ietf:rfc3986", &uuid), &uuid, resource)
    }

    fn identified(
        &self,
        name: &str,
        (system, official): (&str, &str),
        address: &str,
        mut resource: Value,
    ) -> Value {
        resource["identifier"] = json!([
            { "use": "usual", "system": self.details.identifier_system, "value": visible(name) },
            { "use": "official", "system": system, "value": official },
        ]);
        json!({ "fullUrl": address, "resource": resource })
    }

    fn volume(&self, volume: &PrescribedVolume) -> Value {
        let called = volume.called.value().unwrap_or(&volume.name);
        let resource = json!({
            "resourceType": "BodyStructure",
            "meta": { "profile": [
                format!("{CODEX}radiotherapy-volume"),
                format!("{MCODE}radiotherapy-volume"),
            ] },
            "description": visible(called),
            "patient": { "reference": self.details.subject.as_str() },
        });
        // the profile wants the identifier of DICOM's conceptual volume, which a UUID makes (DICOM PS3.5, B.2)
        let uuid = self.uuid("volume", &volume.name);
        let number = uuid.strip_prefix("urn:uuid:").unwrap_or(&uuid);
        let dicom = number.parse::<Uuid>().unwrap_or_default().as_u128();
        let official = format!("urn:oid:2.25.{dicom}");
        self.identified(&volume.name, ("urn:dicom:uid", &official), &uuid, resource)
    }

    fn request(&self, profile: &str, code: &str, display: &str) -> Value {
        json!({
            "resourceType": "ServiceRequest",
            "meta": { "profile": [format!("{CODEX}{profile}")] },
            "status": self.details.status.code(),
            "intent": "original-order",
            "category": [{ "coding": [{
                "system": SNOMED_CT,
                "code": "1287742003",
                "display": "Radiotherapy (procedure)",
            }] }],
            "code": { "coding": [{ "system": SNOMED_CT, "code": code, "display": display }] },
            "subject": { "reference": self.details.subject.as_str() },
        })
    }

    fn course(&self, prescribed: &PrescribedCourse, course: &Course) -> Value {
        let mut doses = Vec::new();
        for volume in course.volumes() {
            let Some(total) = course.cumulative_dose(&volume.name) else {
                continue;
            };
            let series = DoseSeries::from_volume(course, &volume.name);
            let fractions = course.number_of_fractions(&volume.name);
            doses.push(self.dose(&volume.name, None, centigray(total), Some(fractions), None));
            for alpha_beta in &self.details.alpha_beta {
                let model = LinearQuadratic::new(*alpha_beta);
                doses.extend(series.as_ref().map(|series| {
                    let eqd2 = model.eqd2_of(series);
                    let metric = format!("EQD2Gy(a/b = {})", alpha_beta.gray());
                    self.dose(&volume.name, None, eqd2.gray() * 100.0, None, Some(&metric))
                }));
            }
        }
        let mut resource = self.request(
            "radiotherapy-course-prescription",
            "1217123003",
            "Radiotherapy course of treatment (regime/therapy)",
        );
        resource["extension"] = Value::Array(doses);
        let mut notes = vec![
            json!({ "text": visible(&format!("{}: {}", self.protocol.id, prescribed.title)) }),
            json!({ "text": NOTICE }),
        ];
        let weekly = &prescribed.fractions_per_week;
        notes.push(json!({ "text": visible(&format!("Fractions a week: {weekly}.")) }));
        if !self.protocol.drugs.is_empty() {
            let text = "Drugs of the protocol stand in no radiotherapy prescription.";
            notes.push(json!({ "text": text }));
        }
        for phase in self.protocol.phases_apart(prescribed) {
            let text = format!("The dose of phase {} is in no total.", phase.name);
            notes.push(json!({ "text": visible(&text) }));
        }
        resource["note"] = Value::Array(notes);
        self.entry("course", &prescribed.id, resource)
    }

    fn phase(
        &self,
        prescribed: &PrescribedCourse,
        phase: &PrescribedPhase,
    ) -> Result<Value, ExportError> {
        let mut extensions = Vec::new();
        let mut fractions = None;
        for dose in &phase.doses {
            let exact = dose
                .exact()
                .ok_or_else(|| Self::unsettled(prescribed, phase, dose))?;
            fractions = Some(exact.fractions().get());
            let each = exact
                .dose_per_fraction()
                .map_or_else(|| centigray_per_fraction(exact), centigray);
            extensions.push(self.dose(
                &dose.volume,
                Some(each),
                centigray(exact.total()),
                None,
                None,
            ));
        }
        if let Some(fractions) = fractions {
            extensions.insert(
                0,
                json!({
                    "url": format!("{CODEX}radiotherapy-fractions-prescribed"),
                    "valuePositiveInt": fractions,
                }),
            );
        }
        let modality = phase.modality.value();
        extensions.extend(modality.and_then(|modality| coded(*modality)));
        let mut resource = self.request(
            "radiotherapy-phase-prescription",
            "1222565005",
            "Radiotherapy treatment phase (regime/therapy)",
        );
        resource["extension"] = Value::Array(extensions);
        resource["basedOn"] = json!([{ "reference": self.uuid("course", &prescribed.id) }]);
        let mut notes = vec![json!({ "text": NOTICE })];
        notes.extend(modality.map(|modality| json!({ "text": modality.to_string() })));
        if modality.is_some_and(|modality| !modality.adds_up()) {
            notes.push(json!({ "text": "The dose of this phase is in no total of the course." }));
        }
        resource["note"] = Value::Array(notes);
        Ok(self.entry(
            "phase",
            &format!("{} / {}", prescribed.id, phase.name),
            resource,
        ))
    }

    fn unsettled(
        prescribed: &PrescribedCourse,
        phase: &PrescribedPhase,
        dose: &PrescribedDose,
    ) -> ExportError {
        ExportError::Unsettled {
            course: prescribed.id.to_string(),
            why: format!(
                "phase {:?}: the protocol does not settle the dose of {:?} to one value",
                phase.name, dose.volume
            ),
        }
    }

    fn dose(
        &self,
        volume: &str,
        each: Option<f64>,
        total: f64,
        fractions: Option<u32>,
        metric: Option<&str>,
    ) -> Value {
        let quantity = |url: &str, value: f64| {
            json!({ "url": url, "valueQuantity": {
                "value": crate::fhir::decimal(value),
                "unit": "cGy",
                "system": "http://unitsofmeasure.org",
                "code": "cGy",
            } })
        };
        let mut parts = vec![json!({
            "url": "volume",
            "valueReference": {
                "reference": self.uuid("volume", volume),
                "display": visible(volume),
            },
        })];
        parts.extend(each.map(|each| quantity("fractionDose", each)));
        parts.push(quantity("totalDose", total));
        parts.extend(
            fractions.map(|fractions| json!({ "url": "fractions", "valuePositiveInt": fractions })),
        );
        parts.extend(metric.map(|metric| {
            json!({ "url": format!("{CODEX}radiobiologic-metric"), "valueString": metric })
        }));
        json!({
            "url": format!("{CODEX}radiotherapy-dose-prescribed-to-volume"),
            "extension": parts,
        })
    }
}

/// Micrograys over 10 000: one rounding.
#[allow(
    clippy::cast_precision_loss,
    reason = "the largest dose is far below 2^53 micrograys"
)]
fn centigray(dose: AbsorbedDose) -> f64 {
    dose.micrograys() as f64 / 10_000.0
}

/// Where it is no whole number of micrograys: one rounding all the same.
#[allow(
    clippy::cast_precision_loss,
    reason = "both are far below 2^53, so that the quotient is the only rounding"
)]
fn centigray_per_fraction(fractionation: Fractionation) -> f64 {
    let fractions = u64::from(fractionation.fractions().get());
    fractionation.total().micrograys() as f64 / (10_000 * fractions) as f64
}

/// The codes of mCODE's value set of modalities that say what the protocol says, no more.
fn coded(modality: Modality) -> Option<Value> {
    let (code, display) = match modality {
        Modality::ExternalBeamPhotons => (
            "1156506007",
            "External beam radiation therapy using photons (procedure)",
        ),
        Modality::ExternalBeamElectrons => (
            "45643008",
            "External beam radiation therapy using electrons (procedure)",
        ),
        Modality::Protons => (
            "10611004",
            "External beam radiation therapy protons (procedure)",
        ),
        _ => return None,
    };
    Some(json!({
        "url": format!("{MCODE}radiotherapy-modality-and-technique"),
        "extension": [{
            "url": format!("{MCODE}radiotherapy-modality"),
            "valueCodeableConcept": {
                "coding": [{ "system": SNOMED_CT, "code": code, "display": display }],
            },
        }],
    }))
}
