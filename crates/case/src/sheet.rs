//! One patient's treatment sheet.

use std::string::{String, ToString};
use std::vec::Vec;

use super::case::{Case, Patient};
use super::chosen_dose::settled;
use super::course::{CourseSheet, VolumeSheet, nothing_asked, requested_endpoints};
use super::drug::{Drug, DrugSheet, sex_text};
use super::earlier::EarlierFinding;
use super::eligibility::eligibility_findings;
use super::error::{Found, SheetError, SheetFaults};
use super::finding::SheetFinding;
use super::non_summed::NonSummedPhase;
use super::option_drugs::{drugs_of, named};
use super::other_drug::{Other, OtherDrug};
use super::provenance::Provenance;
use super::schedule::{Schedule, Scheduled, fractions_per_week};
use super::select::{declared, select};
use super::selected_option::SelectedOption;
use super::time::{TimeSheet, Timed, no_calendar};
use super::validate;
use chemorad::radiotherapy::Course;
use chemorad::report::Derivation;
use chemorad::report::{Finding, Outcome};
use chemorad::text::Text;
use chemorad_protocol::{
    Action, Arm, Assignment, PatientFacts, PrescribedCourse, Protocol, TreatmentOption, library,
};

/// One patient's treatment sheet.
///
/// See the [room](super) for an example.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Sheet<'p> {
    /// The heading given with the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The protocol.
    pub protocol: &'p Text,
    /// What the protocol is called.
    pub protocol_title: &'p Text,
    /// The person.
    pub patient: Patient,
    /// The arms the pathology leads to, with reasons and questions.
    pub assignment: Assignment<'p>,
    /// The arm and option of this sheet.
    pub option: SelectedOption<'p>,
    /// The course; absent where the option gives no radiotherapy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub course: Option<Course>,
    /// Phases whose dose is not added to the course.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub apart: Vec<NonSummedPhase>,
    /// What each volume gets.
    pub volumes: Vec<VolumeSheet>,
    /// The drug; absent where the option gives none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drug: Option<DrugSheet>,
    /// Drugs other than capecitabine tablets with radiotherapy, as the protocol gives them, with their
    /// amount where it can be calculated.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_drugs: Vec<OtherDrug>,
    /// When; absent where the option gives no radiotherapy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Schedule>,
    /// BED and EQD2 less what overall time costs; absent unless the case says what it costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<TimeSheet>,
    /// Every value the sheet rests on, and where it comes from.
    pub supplied: Vec<Provenance>,
    /// Eligibility, warnings, cautions and checks.
    pub findings: Vec<Finding>,
    /// What belongs to such a treatment and was not checked here.
    pub not_checked: Vec<&'static str>,
    /// How every number was reached.
    pub derivations: Vec<Derivation>,
    /// The worst of the findings.
    pub outcome: Outcome,
}

/// What lint warns of in a protocol that doses may be taken from. Nothing of a shipped one, which its tests lint,
/// and whose warnings are known.
fn cautions(protocol: &Protocol) -> Result<Vec<Finding>, SheetError> {
    if library::is_shipped(protocol) {
        return Ok(Vec::new());
    }
    let forbidden = protocol.check().into_iter().chain(protocol.against_doses());
    if let Some(finding) = forbidden.into_iter().next() {
        return Err(SheetError::ProtocolUnsound {
            protocol: protocol.id.to_string(),
            finding: finding.to_string(),
        });
    }
    let mut found = protocol.lint();
    found.retain(|finding| finding.outcome == Outcome::Warn);
    Ok(found)
}

impl<'p> Sheet<'p> {
    /// Computes the sheet of a case.
    ///
    /// # Errors
    /// Everything that is missing, contradictory or impossible, with what to do.
    pub fn new(case: &Case, protocol: &'p Protocol) -> Result<Self, SheetFaults> {
        if !protocol.id.eq_ignore_ascii_case(case.protocol.trim()) {
            return Err(SheetFaults::from(SheetError::OtherProtocol {
                case: case.protocol.chars().take(60).collect(),
                protocol: protocol.id.to_string(),
            }));
        }
        let cautions = cautions(protocol)?;
        let mut found = Found::default();
        validate::check(case, protocol, &mut found);
        let assignment = protocol.assign(&PatientFacts {
            pathology: case.pathology,
            declared: declared(case, protocol, &mut found),
        });
        let selected = select(case, &assignment, protocol, &mut found);
        let findings = found.keep(eligibility_findings(case, protocol));
        let &[(arm, option)] = selected.as_slice() else {
            let needs = selected.iter().map(|&(arm, option)| {
                let mut needs = Found::default();
                let mut sheet = Self::empty(case, protocol, arm, option, assignment.clone());
                sheet.fill(case, protocol, option, &mut needs);
                (option.id.as_str(), needs)
            });
            found.add_alternatives(needs.collect());
            return found.complete(None);
        };
        let mut sheet = Self::empty(case, protocol, arm, option, assignment);
        sheet.findings = findings.unwrap_or_default();
        sheet.findings.extend(cautions);
        sheet.fill(case, protocol, option, &mut found);
        let mut sheet = found.complete(Some(sheet))?;
        // questions about an option's own values are answered by the site or are errors above
        for ambiguity in &protocol.ambiguities {
            let question = &ambiguity.question;
            if sheet.assignment.questions.contains(&question)
                && is_about(&ambiguity.concerns, arm, option)
            {
                let finding = SheetFinding::Question {
                    id: question.id.clone(),
                    question: question.question.clone(),
                    why: question.why.clone(),
                };
                sheet.findings.push(finding.into());
            }
        }
        sheet.list_not_checked(case);
        sheet.outcome = Outcome::worst(sheet.findings.iter().map(|finding| finding.outcome));
        Ok(sheet)
    }

    /// A sheet of an option without anything worked out.
    fn empty(
        case: &Case,
        protocol: &'p Protocol,
        arm: &'p Arm,
        option: &'p TreatmentOption,
        assignment: Assignment<'p>,
    ) -> Self {
        Self {
            title: case.title.clone(),
            protocol: &protocol.id,
            protocol_title: &protocol.title,
            patient: case.patient,
            option: SelectedOption::new(protocol, arm, option),
            course: None,
            apart: Vec::new(),
            volumes: Vec::new(),
            drug: None,
            other_drugs: Vec::new(),
            schedule: None,
            time: None,
            supplied: Vec::new(),
            findings: Vec::new(),
            not_checked: Vec::new(),
            derivations: Vec::new(),
            outcome: Outcome::Pass,
            assignment,
        }
    }

    /// Course and drugs of an option; what is missing or wrong for them is noted.
    fn fill(
        &mut self,
        case: &Case,
        protocol: &'p Protocol,
        option: &'p TreatmentOption,
        found: &mut Found,
    ) {
        if protocol_offers_several(&self.assignment) {
            self.supplied
                .push(Provenance::by_case("treatment", &option.title));
        }
        let mut courses = protocol.courses_of(option);
        if let Some(course) = courses.next() {
            if courses.next().is_some() {
                found.add(SheetError::Unsupported(format!(
                    "option {} has more than one course of radiotherapy; a sheet holds one",
                    option.id
                )));
            } else {
                self.add_course(case, protocol, option, course, found);
            }
        } else if case.time.is_some() {
            found.add(SheetError::Contradiction(format!(
                "time: {} has no radiotherapy, so overall time costs nothing: leave [time] out, or choose another option",
                option.id
            )));
        }
        self.add_drugs(case, protocol, option, found);
    }

    fn add_course(
        &mut self,
        case: &Case,
        protocol: &'p Protocol,
        option: &TreatmentOption,
        prescribed: &'p PrescribedCourse,
        found: &mut Found,
    ) {
        let course = settled(case, protocol, prescribed, &mut self.supplied, found);
        let weekly = found.keep(fractions_per_week(case, prescribed));
        let requested = found.keep(requested_endpoints(case));
        if requested.as_ref().is_some_and(Vec::is_empty) {
            found.add(nothing_asked());
        }
        if case.time.is_some() && case.calendar.is_none() {
            found.add(no_calendar());
        }
        let Some(course) = course else {
            return;
        };
        self.add_phases(protocol, prescribed, &course);
        let (Some(weekly), Some(requested)) = (weekly, requested) else {
            return;
        };
        let window = protocol.start.as_ref();
        let second = has_surgery(option);
        let scheduled = Scheduled::new(case, window, prescribed, &course, weekly, second);
        let Some(scheduled) = found.keep(scheduled) else {
            return;
        };
        self.supplied.extend(scheduled.supplied);
        self.findings.extend(scheduled.findings);
        for (alpha_beta, endpoint) in &requested {
            self.supplied.push(match endpoint {
                Some(record) => Provenance {
                    basis: Some(format!("{}, {}", record.name, record.source)),
                    ..Provenance::by_case("a/b of a published record", alpha_beta)
                },
                None => Provenance::by_case("a/b", alpha_beta),
            });
        }
        let timed = case.time.and_then(|parameters| {
            let alpha_beta: Vec<_> = requested.iter().map(|(value, _)| *value).collect();
            let schedule = &scheduled.schedule;
            found.keep(Timed::new(parameters, &course, schedule, &alpha_beta))
        });
        self.schedule = Some(scheduled.schedule);

        if let Some(earlier) = case.earlier_radiotherapy {
            self.supplied
                .push(Provenance::by_case("earlier radiotherapy", earlier));
        }
        self.findings
            .extend(EarlierFinding::stated(case.earlier_radiotherapy, false));
        let doses = CourseSheet::new(&course, &requested);
        self.course = Some(course);
        self.volumes = doses.volumes;
        self.derivations.extend(doses.derivations);
        self.findings.extend(doses.cautions);
        if let Some(timed) = timed {
            let given = &timed.sheet.in_words;
            self.supplied
                .push(Provenance::by_case("what overall time costs", given));
            self.time = Some(timed.sheet);
            self.derivations.extend(timed.derivations);
            self.findings.extend(timed.findings);
        }
    }

    /// Where the doses of the phases are from, and the phases whose dose is in no sum.
    fn add_phases(
        &mut self,
        protocol: &'p Protocol,
        prescribed: &'p PrescribedCourse,
        course: &Course,
    ) {
        for phase in course.phases() {
            let declared = protocol.phase(phase.name());
            for dose in declared.into_iter().flat_map(|known| &known.doses) {
                let what = format!("phase {}, {}", phase.name(), dose.volume);
                self.supplied
                    .push(Provenance::of(&what, &dose.fractionation));
                if let Some(dose_per_fraction) = &dose.dose_per_fraction {
                    let what = format!("phase {}, dose per fraction", phase.name());
                    self.supplied.push(Provenance::of(&what, dose_per_fraction));
                }
            }
        }
        for phase in protocol.phases_apart(prescribed) {
            let modality = phase
                .modality
                .value()
                .map_or_else(String::new, ToString::to_string);
            let doses = phase.doses.iter();
            self.apart.extend(doses.map(|dose| NonSummedPhase {
                phase: phase.name.to_string(),
                volume: dose.volume.to_string(),
                dose: match dose.fractionation.value() {
                    Some(prescribed) => prescribed.to_string(),
                    None => "left open".into(),
                },
                modality: modality.clone(),
            }));
        }
    }

    fn add_drugs(
        &mut self,
        case: &Case,
        protocol: &'p Protocol,
        option: &'p TreatmentOption,
        found: &mut Found,
    ) {
        let drugs = drugs_of(case, protocol, option, &mut self.supplied, found);
        let together = drugs.iter().filter(|(_, concurrent)| *concurrent);
        let names: Vec<_> = together
            .filter(|(drug, _)| !drug.is_capecitabine())
            .filter_map(|(drug, _)| drug.drug.value().cloned())
            .collect();
        for (drug, concurrent) in drugs {
            // its days count from another day, which a sheet does not have
            if !concurrent {
                let mut other = Other::new(case, drug, drug.drug.to_string(), found);
                other.drug.regimen = format!("in a separate step: {}", other.drug.regimen);
                self.add_other(other);
                continue;
            }
            let Some(name) = found.keep(named(case, drug, &mut self.supplied)) else {
                continue;
            };
            // tablets are counted for a dose per square metre
            if !name.eq_ignore_ascii_case("capecitabine") || drug.dose.is_some() {
                let other = Other::new(case, drug, name, found);
                self.add_other(other);
                continue;
            }
            if self.drug.is_some() {
                found.add(SheetError::Unsupported(format!(
                    "option {} gives capecitabine in more than one regimen; a sheet holds one",
                    option.id
                )));
                continue;
            }
            let schedule = self.schedule.as_ref();
            let fractions = schedule.and_then(|schedule| {
                let first = schedule.dates.as_ref()?.first;
                Some((first, schedule.days()?))
            });
            let given = (fractions, names.clone());
            if let Some(drug) = Drug::new(case, protocol, drug, given, found) {
                self.supplied.extend(drug.supplied);
                self.derivations.extend(drug.derivations);
                self.findings.extend(drug.findings);
                self.drug = Some(drug.sheet);
            }
        }
    }

    fn add_other(&mut self, other: Other) {
        self.supplied.extend(other.supplied);
        for derivation in other.derivations {
            // the body surface area is worked out once
            if !self.derivations.contains(&derivation) {
                self.derivations.push(derivation);
            }
        }
        for finding in other.findings {
            if !self.findings.contains(&finding) {
                self.findings.push(finding);
            }
        }
        self.other_drugs.push(other.drug);
    }

    fn list_not_checked(&mut self, case: &Case) {
        if case.eligibility.is_none() {
            self.not_checked.push("eligibility, beyond the age");
        }
        if self.course.is_some() {
            if case.calendar.is_none() {
                self.not_checked
                    .push("start window and overall treatment time (no calendar)");
            }
            self.not_checked.push("organs at risk");
            if !self.apart.is_empty() {
                self.not_checked
                    .push("what the phases that are not summed add, and when they are given");
            }
        }
        if !self.other_drugs.is_empty() {
            self.not_checked
                .push("rules, findings and days of drugs other than capecitabine tablets with radiotherapy");
        }
        let drug_facts = case.renal.is_some()
            || case.dpyd.is_some()
            || case.drug_rules.is_some()
            || case.supply.is_some();
        if self.drug.is_none() && drug_facts {
            self.not_checked.push(
                "renal, dpyd, drug_rules and supply of the case (no capecitabine tablets in this option)",
            );
        }
        if let Some(drug) = &self.drug {
            let topics = drug.order.adjustment().not_checked();
            self.not_checked
                .extend(topics.iter().map(|topic| topic.in_words()));
            if drug.order.request().supply.is_none() {
                self.not_checked.push("supply (no calendar)");
            }
            let request = drug.order.request();
            if request.weight_change.is_none() {
                self.not_checked.push("earlier weight");
            }
            if request.height_change.is_none() {
                self.not_checked.push("earlier height");
            }
        }
    }

    /// The person in words, for a heading.
    #[must_use]
    pub fn patient_text(&self) -> String {
        let or_not_given = |text: Option<String>| text.unwrap_or_else(|| "not given".to_string());
        format!(
            "height {}, weight {}, sex {}, age {}",
            or_not_given(self.patient.height.map(|height| height.to_string())),
            or_not_given(self.patient.weight.map(|weight| weight.to_string())),
            sex_text(self.patient.sex),
            or_not_given(self.patient.age.map(|age| format!("{} years", age.years()))),
        )
    }
}

fn has_surgery(option: &TreatmentOption) -> bool {
    option
        .actions
        .iter()
        .any(|action| matches!(action, Action::Surgery { .. }))
}

fn protocol_offers_several(assignment: &Assignment<'_>) -> bool {
    assignment
        .arms
        .iter()
        .map(|arm| arm.options.len())
        .sum::<usize>()
        > 1
}

/// Whether a question that concerns options of treatment concerns this one; one that names no
/// option is about them all.
fn is_about(concerns: &[Text], arm: &Arm, option: &TreatmentOption) -> bool {
    let this = format!("arms.{}.options.{}", arm.id, option.id);
    let mut options = concerns.iter().filter(|place| place.contains(".options."));
    match options.clone().next() {
        None => true,
        Some(_) => options.any(|place| place.as_str() == this),
    }
}
