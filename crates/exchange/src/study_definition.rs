//! A protocol as a study of CDISC's Unified Study Definitions Model (USDM) 4.0, in JSON: its
//! identifier, its title, and one study intervention for every course and every drug.
//!
//! The model has no fractions, phases, volumes or doses per square metre with a status; these stand in
//! `extensionAttributes` under addresses that begin with [`EXTENSIONS`](crate::EXTENSIONS), with the order of the phases, the
//! fractions a week and the dose of each volume over the external beam phases. Limits, arms, epochs and a population
//! are left out: they would need a design model and an enrolment that a protocol file does not hold.
//!
//! Source: CDISC DDF-RA, USDM 4.0; codes of CDISC controlled terminology.

use chemorad_protocol::{PhaseOrder, PrescribedCourse, Protocol};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fhir::visible;
use crate::sponsor::{Sponsor, SponsorKind};
use crate::study_drug::{drug, product};
use crate::study_ids::Ids;
use crate::{ExportError, NOTICE};

/// What a study definition needs and a protocol file does not say.
///
/// ```
/// use chemorad_exchange::StudyDetails;
/// let details = StudyDetails { registry: Some("an invented registry".into()), sponsor: None };
/// assert!(details.registry.is_some());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StudyDetails {
    /// The registry that gave the protocol its id. An id that begins with NCT is ClinicalTrials.gov's.
    pub registry: Option<String>,
    /// Who is responsible for the study.
    pub sponsor: Option<Sponsor>,
}

/// The study of a protocol.
///
/// # Errors
/// The id is no number of ClinicalTrials.gov and no registry is named, or no sponsor is.
///
/// ```
/// use chemorad_protocol::find_builtin;
/// use chemorad_exchange::{Sponsor, SponsorKind, StudyDetails, study_definition};
/// let sponsor = Sponsor {
///     name: "an invented sponsor".into(),
///     kind: SponsorKind::Academia,
///     identifier: "S-1".into(),
/// };
/// let details = StudyDetails { registry: None, sponsor: Some(sponsor) };
/// let study = study_definition(find_builtin("NCT06949098")?, &details)?;
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
    let given = details.sponsor.as_ref();
    let named = |text: &str| !text.trim().is_empty();
    let Some(sponsor) = given.filter(|given| named(&given.name) && named(&given.identifier)) else {
        let kinds: Vec<&str> = SponsorKind::ALL.iter().map(|kind| kind.code()).collect();
        return Err(ExportError::Sponsor {
            kinds: kinds.join(", "),
        });
    };
    let mut ids = Ids(0);
    let courses = protocol.courses.iter();
    let mut interventions: Vec<Value> = courses
        .map(|course| radiotherapy(protocol, course, &mut ids))
        .collect();
    let mut products = Vec::new();
    for (index, regimen) in protocol.drugs.iter().enumerate() {
        let id = format!("AdministrableProduct_{}", index + 1);
        let (intervention, has_dose) = drug(regimen, &id, &mut ids);
        interventions.push(intervention);
        // a product goes with a dose only
        if has_dose {
            products.push(product(regimen, &id, &mut ids));
        }
    }
    let (code, term) = sponsor.kind.term();
    let kind = ids.coded(code, term);
    let role = ids.coded("C70793", "Clinical Study Sponsor");
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
        }, {
            "id": "StudyIdentifier_2",
            "text": visible(&sponsor.identifier),
            "scopeId": "Organization_2",
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
        }, {
            "id": "Organization_2",
            "name": visible(&sponsor.name),
            "type": kind,
            "identifierScheme": "name",
            "identifier": visible(&sponsor.name),
            "instanceType": "Organization",
        }],
        "roles": [{
            "id": "StudyRole_1",
            "name": "sponsor",
            "code": role,
            "appliesToIds": ["StudyVersion_1"],
            "organizationIds": ["Organization_2"],
            "instanceType": "StudyRole",
        }],
        "administrableProducts": products,
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
