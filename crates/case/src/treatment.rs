use std::string::{String, ToString};
use std::vec::Vec;

use super::course::{CourseSheet, asked, nothing_asked};
use super::drug::{Drug, sex_text};
use super::given;
use super::schedule::Scheduled;
use super::time::Timed;
use super::{
    Case, DrugSheet, OtherDrug, Patient, PhaseApart, Schedule, SheetError, Supplied, TimeSheet,
    VolumeSheet,
};
use chemorad::radiotherapy::{Course, Fractionation};
use chemorad::report::Derivation;
use chemorad::report::{Finding, Outcome};
use chemorad::text::Text;
use chemorad_protocol::{
    Action, Arm, Assignment, Candidate, CandidateTest, DrugRegimen, PatientFacts, PrescribedCourse,
    PrescribedDose, Protocol, Question, Statement, TreatmentOption,
};

/// The arm and option of the patient.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Chosen<'p> {
    /// The arm.
    pub arm: &'p Text,
    /// What the arm is.
    pub arm_title: &'p Text,
    /// The option.
    pub id: &'p Text,
    /// What the option is.
    pub title: &'p Text,
    /// The protocol's words.
    pub quote: String,
    /// Its steps in order.
    pub steps: Vec<String>,
}

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
    pub option: Chosen<'p>,
    /// The course; absent where the option gives no radiotherapy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub course: Option<Course>,
    /// Phases whose dose is not added to the course.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub apart: Vec<PhaseApart>,
    /// What each volume gets.
    pub volumes: Vec<VolumeSheet>,
    /// The drug; absent where the option gives none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drug: Option<DrugSheet>,
    /// Drugs other than capecitabine tablets with radiotherapy, as the protocol gives them; their
    /// amount is not calculated.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_drugs: Vec<OtherDrug>,
    /// When; absent where the option gives no radiotherapy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Schedule>,
    /// BED and EQD2 less what overall time costs; absent unless the case says what it costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<TimeSheet>,
    /// Every value the sheet rests on, and who settled it.
    pub supplied: Vec<Supplied>,
    /// Eligibility, warnings, cautions and checks.
    pub findings: Vec<Finding>,
    /// What belongs to such a treatment and was not checked here.
    pub not_checked: Vec<&'static str>,
    /// How every number was reached.
    pub derivations: Vec<Derivation>,
    /// The worst of the findings.
    pub outcome: Outcome,
}

impl<'p> Sheet<'p> {
    /// Computes the sheet of a case.
    ///
    /// # Errors
    /// The first thing that is missing, contradictory or impossible, with what to do.
    pub fn new(case: &Case, protocol: &'p Protocol) -> Result<Self, SheetError> {
        if !protocol.id.eq_ignore_ascii_case(case.protocol.trim()) {
            return Err(SheetError::OtherProtocol {
                case: case.protocol.chars().take(60).collect(),
                protocol: protocol.id.to_string(),
            });
        }
        if let Some(finding) = protocol.check().into_iter().next() {
            return Err(SheetError::ProtocolUnsound {
                protocol: protocol.id.to_string(),
                finding: finding.to_string(),
            });
        }
        given::check(case, protocol)?;
        let facts = case.facts.iter();
        let declared = protocol
            .declared_facts(facts.map(|(id, text)| (id.as_str(), text.as_str())))
            .map_err(SheetError::Facts)?;
        let assignment = protocol.assign(&PatientFacts {
            pathology: case.pathology,
            declared,
        });
        let (arm, option) = choose(case, &assignment, protocol)?;
        let mut sheet = Self {
            title: case.title.clone(),
            protocol: &protocol.id,
            protocol_title: &protocol.title,
            patient: case.patient,
            option: chosen(protocol, arm, option),
            course: None,
            apart: Vec::new(),
            volumes: Vec::new(),
            drug: None,
            other_drugs: Vec::new(),
            schedule: None,
            time: None,
            supplied: Vec::new(),
            findings: eligibility_findings(case, protocol)?,
            not_checked: Vec::new(),
            derivations: Vec::new(),
            outcome: Outcome::Pass,
            assignment,
        };
        if protocol_offers_several(&sheet.assignment) {
            sheet
                .supplied
                .push(Supplied::by_case("treatment", &option.title));
        }
        let mut courses = protocol.courses_of(option);
        if let Some(course) = courses.next() {
            if courses.next().is_some() {
                return Err(SheetError::Unsupported(format!(
                    "option {} has more than one course of radiotherapy; a sheet holds one",
                    option.id
                )));
            }
            sheet.add_course(case, protocol, option, course)?;
        } else if case.time.is_some() {
            return Err(SheetError::Contradiction(format!(
                "time: {} has no radiotherapy, so overall time costs nothing: leave [time] out, or choose another option",
                option.id
            )));
        }
        sheet.add_drugs(case, protocol, option)?;
        // questions about an option's own values are answered by the site or are errors above
        for ambiguity in &protocol.ambiguities {
            let question = &ambiguity.question;
            let about_second = question.id.is("start_after_re_excision");
            if sheet.assignment.questions.contains(&question)
                && (!about_second || has_surgery(option))
            {
                sheet.findings.push(open_question(question));
            }
        }
        sheet.list_not_checked(case);
        sheet.outcome = Outcome::worst(sheet.findings.iter().map(|finding| finding.outcome));
        Ok(sheet)
    }

    fn add_course(
        &mut self,
        case: &Case,
        protocol: &'p Protocol,
        option: &TreatmentOption,
        prescribed: &'p PrescribedCourse,
    ) -> Result<(), SheetError> {
        let course = settled(case, protocol, prescribed, &mut self.supplied)?;
        for phase in course.phases() {
            let declared = protocol.phase(phase.name());
            for dose in declared.into_iter().flat_map(|known| &known.doses) {
                let what = format!("phase {}, {}", phase.name(), dose.volume);
                self.supplied.push(Supplied::of(&what, &dose.fractionation));
                if let Some(dose_per_fraction) = &dose.dose_per_fraction {
                    let what = format!("phase {}, dose per fraction", phase.name());
                    self.supplied.push(Supplied::of(&what, dose_per_fraction));
                }
            }
        }
        for phase in protocol.phases_apart(prescribed) {
            let given = phase
                .modality
                .value()
                .map_or_else(String::new, ToString::to_string);
            self.apart.extend(phase.doses.iter().map(|dose| PhaseApart {
                phase: phase.name.to_string(),
                volume: dose.volume.to_string(),
                dose: match dose.fractionation.value() {
                    Some(prescribed) => prescribed.to_string(),
                    None => "left open".into(),
                },
                modality: given.clone(),
            }));
        }
        let scheduled = Scheduled::new(
            case,
            protocol.start.as_ref(),
            prescribed,
            &course,
            has_surgery(option),
        )?;
        self.supplied.extend(scheduled.supplied);
        self.findings.extend(scheduled.findings);
        let asked = asked(case)?;
        if asked.is_empty() {
            return Err(nothing_asked());
        }
        for (alpha_beta, endpoint) in &asked {
            self.supplied.push(match endpoint {
                Some(record) => Supplied {
                    basis: Some(format!("{}, {}", record.name, record.source)),
                    ..Supplied::by_case("a/b of a published record", alpha_beta)
                },
                None => Supplied::by_case("a/b", alpha_beta),
            });
        }
        let timed = match case.time {
            Some(parameters) => {
                let alpha_beta: Vec<_> = asked.iter().map(|(value, _)| *value).collect();
                let schedule = &scheduled.schedule;
                Some(Timed::new(parameters, &course, schedule, &alpha_beta)?)
            }
            None => None,
        };
        self.schedule = Some(scheduled.schedule);

        let doses = CourseSheet::new(&course, &asked);
        self.course = Some(course);
        self.volumes = doses.volumes;
        self.derivations.extend(doses.derivations);
        self.findings.extend(doses.cautions);
        if let Some(timed) = timed {
            let given = &timed.sheet.in_words;
            self.supplied
                .push(Supplied::by_case("what overall time costs", given));
            self.time = Some(timed.sheet);
            self.derivations.extend(timed.derivations);
            self.findings.extend(timed.findings);
        }
        Ok(())
    }

    fn add_drugs(
        &mut self,
        case: &Case,
        protocol: &'p Protocol,
        option: &'p TreatmentOption,
    ) -> Result<(), SheetError> {
        for (drug, concurrent) in drugs_of(case, protocol, option, &mut self.supplied)? {
            // its days count from a day of its own, which a sheet does not have
            if !concurrent {
                let name = drug.drug.to_string();
                let other = OtherDrug::of(drug, name);
                self.other_drugs.push(OtherDrug {
                    regimen: format!("in a step of its own: {}", other.regimen),
                    ..other
                });
                continue;
            }
            let name = named(case, drug, &mut self.supplied)?;
            if !name.eq_ignore_ascii_case("capecitabine") {
                self.other_drugs.push(OtherDrug::of(drug, name));
                continue;
            }
            if self.drug.is_some() {
                return Err(SheetError::Unsupported(format!(
                    "option {} gives capecitabine in more than one regimen; a sheet holds one",
                    option.id
                )));
            }
            let fractions = self.schedule.as_ref().and_then(Schedule::days);
            let drug = Drug::new(case, protocol, drug, fractions)?;
            self.supplied.extend(drug.supplied);
            self.derivations.extend(drug.derivations);
            self.findings.extend(drug.findings);
            self.drug = Some(drug.sheet);
        }
        Ok(())
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
                    .push("what the phases that stand apart add, and when they are given");
            }
        }
        if !self.other_drugs.is_empty() {
            self.not_checked
                .push("drugs other than capecitabine tablets with radiotherapy");
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

/// The course of the protocol, with the site's choice of dose where the protocol gives one.
fn settled(
    case: &Case,
    protocol: &Protocol,
    prescribed: &PrescribedCourse,
    supplied: &mut Vec<Supplied>,
) -> Result<Course, SheetError> {
    let mut fault = None;
    let course = protocol.course_with(prescribed, |phase, dose| {
        let field = format!("site.doses.{}", phase.name);
        let given = case.site.doses.get(phase.name.as_str()).copied();
        match chosen_dose(&field, dose, given) {
            Ok(chosen) => {
                supplied.push(Supplied::by_site(
                    &format!("dose chosen, phase {}", phase.name),
                    chosen,
                ));
                Some(chosen)
            }
            Err(error) => {
                fault.get_or_insert(error);
                None
            }
        }
    });
    match (course, fault) {
        (_, Some(error)) => Err(error),
        (Ok(course), None) => Ok(course),
        (Err(error), None) => Err(SheetError::Unsupported(error.to_string())),
    }
}

fn chosen_dose(
    field: &str,
    dose: &PrescribedDose,
    given: Option<Fractionation>,
) -> Result<Fractionation, SheetError> {
    let why = match (dose.fractionation.value(), dose.fractionation.question()) {
        (_, Some(question)) => format!("{} {}", question.question, question.why),
        (Some(prescribed), None) => format!("The protocol prescribes {prescribed}."),
        (None, None) => String::new(),
    };
    let mut choices: Vec<String> = dose.named().iter().map(ToString::to_string).collect();
    if choices.is_empty() {
        choices.push("a fractionation such as \"25 x 1.8 Gy\"".into());
    }
    let Some(given) = given else {
        return Err(SheetError::Missing {
            field: field.into(),
            why,
            choices,
        });
    };
    let permitted = match &dose.fractionation {
        Statement::Unspecified { values, .. } => {
            values.is_empty() || values.iter().any(|value| value.permits(given))
        }
        known => known.value().is_some_and(|value| value.permits(given)),
    };
    if permitted {
        Ok(given)
    } else {
        Err(SheetError::NotAChoice {
            field: field.into(),
            given: given.to_string(),
            why,
            choices,
        })
    }
}

fn choose<'p>(
    case: &Case,
    assignment: &Assignment<'p>,
    protocol: &'p Protocol,
) -> Result<(&'p Arm, &'p TreatmentOption), SheetError> {
    if assignment.outcome == Outcome::CannotTell {
        return Err(SheetError::PathologyIncomplete {
            missing: assignment
                .missing
                .iter()
                .map(|fact| fact.name().to_string())
                .collect(),
        });
    }
    let offered: Vec<&TreatmentOption> =
        assignment.arms.iter().flat_map(|arm| arm.options).collect();
    let ids = || -> Vec<String> {
        offered
            .iter()
            .map(|option| format!("{} ({})", option.id, option.title))
            .collect()
    };
    let found = match (&case.option, offered.as_slice()) {
        (_, []) => return Err(SheetError::NoArm),
        (None, [only]) => &only.id,
        (None, _) => {
            return Err(SheetError::Missing {
                field: "option".into(),
                why:
                    "The protocol offers this patient more than one treatment and does not choose."
                        .into(),
                choices: ids(),
            });
        }
        (Some(id), _) => match offered.iter().find(|option| option.id.is(id)) {
            Some(option) => &option.id,
            None => {
                return Err(SheetError::NotAChoice {
                    field: "option".into(),
                    given: id.chars().take(60).collect(),
                    why: "The protocol does not offer it to a patient with this pathology.".into(),
                    choices: ids(),
                });
            }
        },
    };
    protocol.option(found).ok_or(SheetError::NoArm)
}

fn chosen<'p>(protocol: &Protocol, arm: &'p Arm, option: &'p TreatmentOption) -> Chosen<'p> {
    let steps = option
        .actions
        .iter()
        .map(|action| match action {
            Action::ActiveSurveillance => "active surveillance".to_string(),
            Action::Surgery { procedure, .. } => procedure.to_string(),
            Action::Drugs { drugs, .. } => match drugs.value() {
                Some(ids) => {
                    let ids: Vec<&str> = ids.iter().map(|id| &**id).collect();
                    format!("drugs: {}", ids.join(", "))
                }
                None => "drugs, left open".to_string(),
            },
            Action::Radiotherapy { course, .. } => course
                .value()
                .and_then(|id| protocol.course(id))
                .map_or_else(
                    || "radiotherapy".to_string(),
                    |course| format!("radiotherapy: {}", course.title),
                ),
        })
        .collect();
    Chosen {
        arm: &arm.id,
        arm_title: &arm.title,
        id: &option.id,
        title: &option.title,
        quote: option.quote.text.to_string(),
        steps,
    }
}

/// The drugs of an option, and whether each goes with radiotherapy; the site's answer is taken where
/// the protocol leaves them open.
fn drugs_of<'p>(
    case: &Case,
    protocol: &'p Protocol,
    option: &'p TreatmentOption,
    supplied: &mut Vec<Supplied>,
) -> Result<Vec<(&'p DrugRegimen, bool)>, SheetError> {
    let mut drugs = Vec::new();
    for action in &option.actions {
        let Some(stated) = action.drugs() else {
            continue;
        };
        let ids = match (stated.value(), stated.question()) {
            (Some(ids), _) => ids,
            (None, Some(question)) => {
                let (field, given) = given::answer(case, &question.id);
                let given = given.ok_or_else(|| SheetError::unanswered(&field, question))?;
                supplied.push(Supplied {
                    basis: Some(format!("left open: {}", question.why)),
                    ..Supplied::by_site("concurrent drug", given)
                });
                stated
                    .answered(given)
                    .ok_or_else(|| SheetError::not_a_choice(&field, given, question))?
            }
            (None, None) => continue,
        };
        let concurrent = matches!(action, Action::Radiotherapy { .. });
        for id in ids {
            let drug = protocol.drug(id).ok_or_else(|| {
                SheetError::Unsupported(format!("the protocol does not describe the drug {id}"))
            })?;
            drugs.push((drug, concurrent));
        }
    }
    Ok(drugs)
}

/// The name of a drug, the site's answer taken where the protocol leaves it open.
fn named(
    case: &Case,
    drug: &DrugRegimen,
    supplied: &mut Vec<Supplied>,
) -> Result<String, SheetError> {
    match (drug.drug.value(), drug.drug.question()) {
        (Some(name), _) => Ok(name.to_string()),
        (None, Some(question)) => {
            let (field, given) = given::answer(case, &question.id);
            let given = given.ok_or_else(|| SheetError::unanswered(&field, question))?;
            supplied.push(Supplied::by_site("drug", given));
            Ok(given.to_string())
        }
        (None, None) => Ok(drug.id.to_string()),
    }
}

/// The protocol's criteria; only those about the age where nothing but the age is known.
fn eligibility_findings(case: &Case, protocol: &Protocol) -> Result<Vec<Finding>, SheetError> {
    let mut candidate: Candidate = case.eligibility.clone().unwrap_or_default();
    let age = case
        .patient
        .age
        .and_then(|age| age.years().to_string().parse().ok());
    if candidate.age_years.is_some() && age.is_some() && candidate.age_years != age {
        return Err(SheetError::Contradiction(
            "patient.age and eligibility.age_years differ: give the age once".into(),
        ));
    }
    candidate.age_years = candidate.age_years.or(age);
    let findings = protocol.eligibility_of(&candidate);
    if case.eligibility.is_some() {
        return Ok(findings);
    }
    let about_age = |finding: &Finding| {
        protocol.eligibility.iter().any(|criterion| {
            criterion.id.is(&finding.at())
                && criterion.tests.iter().any(|test| {
                    matches!(
                        test.value(),
                        Some(CandidateTest::AgeAtLeast(_) | CandidateTest::AgeBetween { .. })
                    )
                })
        })
    };
    Ok(findings
        .into_iter()
        .filter(|finding| age.is_some() && about_age(finding))
        .collect())
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

fn open_question(question: &Question) -> Finding {
    Finding::written(
        "protocol.question",
        Outcome::Warn,
        question.id.to_string(),
        format!("{} {}", question.question, question.why),
    )
}
