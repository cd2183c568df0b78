//! A protocol as a study of CDISC's Unified Study Definitions Model (USDM) 4.0, in JSON: its
//! identifier, its title, and one study intervention for every course and every drug.
//!
//! The model has no fractions, phases, volumes or doses per square metre with a status; these stand in
//! `extensionAttributes` under addresses that begin with [`EXTENSIONS`], with the order of the phases, the
//! fractions a week and the dose of each volume over the external beam phases. Limits, arms, epochs and a population
//! are left out: they would need a design model and an enrolment that a protocol file does not hold.
//!
//! Source: CDISC DDF-RA, USDM 4.0; codes of CDISC controlled terminology.

use chemorad::quantity::AbsorbedDose;
use chemorad_protocol::{DrugRegimen, PhaseOrder, PrescribedCourse, Protocol, Statement};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fhir::visible;
use crate::{ExportError, NOTICE};

/// What the addresses of this export's extension attributes begin with.
///
/// ```
/// assert!(chemorad_exchange::EXTENSIONS.starts_with("urn:"));
/// ```
pub const EXTENSIONS: &str = "urn:chemorad:protocol:1:";

/// The release of CDISC controlled terminology whose codes are used.
const TERMINOLOGY: &str = "2024-09-27";

/// What a study definition needs and a protocol file does not say.
///
/// ```
/// use chemorad_exchange::StudyDetails;
/// let details = StudyDetails { registry: Some("an invented registry".into()) };
/// assert!(details.registry.is_some());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StudyDetails {
    /// The registry that gave the protocol its id. An id that begins with NCT is ClinicalTrials.gov's.
    pub registry: Option<String>,
}

/// The study of a protocol.
///
/// # Errors
/// The id is no number of ClinicalTrials.gov and no registry is named.
///
/// ```
/// use chemorad_protocol::find_builtin;
/// use chemorad_exchange::{StudyDetails, study_definition};
/// let study = study_definition(find_builtin("NCT06949098")?, &StudyDetails::default())?;
/// let interventions = &study["study"]["versions"][0]["studyInterventions"];
/// // three courses and one drug
/// assert_eq!(interventions.as_array().map(Vec::len), Some(4));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn study_definition(protocol: &Protocol, details: &StudyDetails) -> Result<Value, ExportError> {
    let number = protocol.id.strip_prefix("NCT");
    let is_nct = number.is_some_and(|n| n.len() == 8 && n.bytes().all(|b| b.is_ascii_digit()));
    let registry = match &details.registry {
        Some(name) if !name.trim().is_empty() => name.as_str(),
        _ if is_nct => "ClinicalTrials.gov",
        _ => {
            return Err(ExportError::Registry {
                id: protocol.id.to_string(),
            });
        }
    };
    let mut ids = Ids(0);
    let courses = protocol.courses.iter();
    let mut interventions: Vec<Value> = courses
        .map(|course| radiotherapy(protocol, course, &mut ids))
        .collect();
    interventions.extend(protocol.drugs.iter().map(|regimen| drug(regimen, &mut ids)));
    let title = ids.coded("C207616", "Official Study Title");
    let organization = ids.coded("C93453", "Study Registry");
    let version = json!({
        "id": "StudyVersion_1",
        "versionIdentifier": visible(&protocol.source.version),
        "rationale": NOTICE,
        "studyIdentifiers": [{
            "id": "StudyIdentifier_1",
            "text": visible(&protocol.id),
            "scopeId": "Organization_1",
            "instanceType": "StudyIdentifier",
        }],
        "titles": [{
            "id": "StudyTitle_1",
            "text": visible(&protocol.title),
            "type": title,
            "instanceType": "StudyTitle",
        }],
        "organizations": [{
            "id": "Organization_1",
            "name": visible(registry),
            "type": organization,
            "identifierScheme": "name",
            "identifier": visible(registry),
            "instanceType": "Organization",
        }],
        "studyInterventions": interventions,
        "instanceType": "StudyVersion",
    });
    Ok(json!({
        "study": {
            "id": Uuid::new_v5(&Uuid::NAMESPACE_URL, protocol.id.as_bytes()).to_string(),
            "name": visible(&protocol.id),
            "label": visible(&protocol.title),
            "description": visible(&protocol.source.document),
            "versions": [version],
            "instanceType": "Study",
        },
        "usdmVersion": "4.0.0",
        "systemName": "chemorad",
        "systemVersion": env!("CARGO_PKG_VERSION"),
    }))
}

/// Every object of a study has its own id.
struct Ids(u32);

impl Ids {
    fn next(&mut self, class: &str) -> String {
        self.0 += 1;
        format!("{class}_{}", self.0 + 100)
    }

    fn coded(&mut self, code: &str, decode: &str) -> Value {
        json!({
            "id": self.next("Code"),
            "code": code,
            "codeSystem": "http://www.cdisc.org",
            "codeSystemVersion": TERMINOLOGY,
            "decode": decode,
            "instanceType": "Code",
        })
    }

    fn alias(&mut self, code: &str, decode: &str) -> Value {
        json!({
            "id": self.next("AliasCode"),
            "standardCode": self.coded(code, decode),
            "instanceType": "AliasCode",
        })
    }

    fn quantity(&mut self, value: f64, code: &str, decode: &str) -> Value {
        json!({
            "id": self.next("Quantity"),
            "value": crate::fhir::decimal(value),
            "unit": self.alias(code, decode),
            "instanceType": "Quantity",
        })
    }

    fn text(&mut self, name: &str, value: &str) -> Value {
        json!({
            "id": self.next("ExtensionAttribute"),
            "url": format!("{EXTENSIONS}{name}"),
            "valueString": visible(value),
            "instanceType": "ExtensionAttribute",
        })
    }

    fn group(&mut self, name: &str, parts: &[Value]) -> Value {
        json!({
            "id": self.next("ExtensionAttribute"),
            "url": format!("{EXTENSIONS}{name}"),
            "extensionAttributes": parts,
            "instanceType": "ExtensionAttribute",
        })
    }

    fn dose(&mut self, name: &str, dose: AbsorbedDose) -> Value {
        let quantity = self.quantity(dose.gray(), "C18063", "Gray");
        json!({
            "id": self.next("ExtensionAttribute"),
            "url": format!("{EXTENSIONS}{name}"),
            "valueQuantity": quantity,
            "instanceType": "ExtensionAttribute",
        })
    }

    fn integer(&mut self, name: &str, value: u32) -> Value {
        json!({
            "id": self.next("ExtensionAttribute"),
            "url": format!("{EXTENSIONS}{name}"),
            "valueInteger": value,
            "instanceType": "ExtensionAttribute",
        })
    }

    /// A value with how it is known, its words or its question.
    fn statement<T>(
        &mut self,
        name: &str,
        statement: &Statement<T>,
        text: impl Fn(&T) -> String,
    ) -> Value {
        let mut parts = vec![self.text("status", &statement.status().to_string())];
        if let Some(value) = statement.value() {
            parts.push(self.text("value", &text(value)));
        }
        if let Some(question) = statement.question() {
            parts.push(self.text("question", &question.to_string()));
        } else {
            let reason = statement.reason();
            parts.extend(reason.map(|reason| self.text("reason", reason)));
            for quote in statement.quotes() {
                parts.push(self.text("quote", &quote.to_string()));
            }
        }
        self.group(name, &parts)
    }

    fn intervention(
        &mut self,
        name: &str,
        label: &str,
        kind: (&str, &str),
        administration: Option<&Value>,
        extensions: &[Value],
    ) -> Value {
        json!({
            "id": self.next("StudyIntervention"),
            "name": visible(name),
            "label": visible(label),
            "role": self.coded("C41161", "Protocol Agent"),
            "type": self.coded(kind.0, kind.1),
            "administrations": administration.into_iter().collect::<Vec<_>>(),
            "extensionAttributes": extensions,
            "instanceType": "StudyIntervention",
        })
    }
}

fn radiotherapy(protocol: &Protocol, course: &PrescribedCourse, ids: &mut Ids) -> Value {
    let mut extensions = Vec::new();
    for phase in course.phases.iter().filter_map(|name| protocol.phase(name)) {
        let mut parts = vec![ids.text("phase", &phase.name)];
        parts.push(ids.statement("modality", &phase.modality, ToString::to_string));
        if phase.modality.value().is_some_and(|m| !m.adds_up()) {
            parts.push(ids.text("in_totals", "no"));
        }
        for dose in &phase.doses {
            let volume = ids.text("volume", &dose.volume);
            let fractionation =
                ids.statement("fractionation", &dose.fractionation, ToString::to_string);
            let mut prescribed = vec![volume, fractionation];
            if let Some(exact) = dose.exact() {
                prescribed.push(ids.dose("total", exact.total()));
                prescribed.push(ids.integer("fractions", exact.fractions().get()));
            }
            parts.push(ids.group("dose", &prescribed));
        }
        extensions.push(ids.group("phase", &parts));
    }
    extensions.push(ids.statement("order", &course.order, |order| {
        let order = match order {
            PhaseOrder::SinglePhase => "single_phase",
            PhaseOrder::Sequential => "sequential",
        };
        order.into()
    }));
    let weekly = &course.fractions_per_week;
    extensions.push(ids.statement("fractions_per_week", weekly, ToString::to_string));
    extensions.extend(totals(course, ids));
    ids.intervention(
        &course.id,
        &course.title,
        ("C15313", "Radiation Therapy"),
        None,
        &extensions,
    )
}

/// What each volume gets over the external beam phases, where the protocol settles every dose.
fn totals(course: &PrescribedCourse, ids: &mut Ids) -> Vec<Value> {
    let Some(course) = &course.course else {
        return Vec::new();
    };
    let mut totals = Vec::new();
    for volume in course.volumes() {
        let Some(total) = course.cumulative_dose(&volume.name) else {
            continue;
        };
        let fractions = course.number_of_fractions(&volume.name);
        let mut parts = vec![ids.text("volume", &volume.name)];
        if let Some(inside) = &volume.inside {
            parts.push(ids.text("inside", inside));
        }
        parts.push(ids.integer("fractions", fractions));
        parts.push(ids.dose("total", total));
        totals.push(ids.group("cumulative", &parts));
    }
    totals
}

fn drug(drug: &DrugRegimen, ids: &mut Ids) -> Value {
    let per_administration = drug.intensity().map(|intensity| {
        ids.quantity(
            intensity.milligrams_per_square_meter(),
            "C67402",
            "Milligram per Square Meter",
        )
    });
    let dose = per_administration.or_else(|| {
        let daily = drug.intensity_per_day()?;
        Some(ids.quantity(
            daily.milligrams_per_square_meter(),
            "C66974",
            "Milligram per Square Meter per Day",
        ))
    });
    let twice = drug
        .administrations_per_day()
        .is_some_and(|times| times.get() == 2);
    let frequency = twice.then(|| ids.alias("C64496", "Twice Daily"));
    let route = match drug.route.value().map(|route| &**route) {
        Some("oral") => Some(ids.alias("C38288", "Oral Route of Administration")),
        Some("intravenous") => Some(ids.alias("C38276", "Intravenous Route of Administration")),
        _ => None,
    };
    let administration = json!({
        "id": ids.next("Administration"),
        "name": visible(&drug.id),
        "duration": {
            "id": ids.next("Duration"),
            "text": drug.days.value().map_or_else(|| "left open".into(), ToString::to_string),
            "durationWillVary": true,
            "reasonDurationWillVary": "the days are those of the radiotherapy, or as the text says",
            "instanceType": "Duration",
        },
        "dose": dose,
        "frequency": frequency,
        "route": route,
        "instanceType": "Administration",
    });
    let mut extensions = vec![
        ids.statement("drug", &drug.drug, ToString::to_string),
        ids.statement("route", &drug.route, ToString::to_string),
        ids.statement("days", &drug.days, ToString::to_string),
    ];
    if let Some(intensity) = &drug.intensity {
        extensions.push(ids.statement("intensity", intensity, ToString::to_string));
    }
    if let Some(times) = &drug.administrations_per_day {
        extensions.push(ids.statement("administrations_per_day", times, ToString::to_string));
    }
    if let Some(daily) = &drug.intensity_per_day {
        extensions.push(ids.statement("intensity_per_day", daily, ToString::to_string));
    }
    if let Some(infusion) = &drug.infusion {
        extensions.push(ids.statement("infusion", infusion, ToString::to_string));
    }
    let name = drug.drug.value().unwrap_or(&drug.id).to_string();
    ids.intervention(
        &drug.id,
        &name,
        ("C1909", "Pharmacologic Substance"),
        Some(&administration),
        &extensions,
    )
}
