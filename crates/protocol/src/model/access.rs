//! What a protocol has by name: courses, drugs, arms, options, questions.

use super::arm::{Action, Arm, TreatmentOption};
use super::drug::DrugRegimen;
use super::protocol::{PrescribedCourse, Protocol};
use crate::facts::fact::DeclaredFact;
use crate::facts::known::DeclaredFacts;
use crate::facts::value::FactError;
use crate::statement::{Question, Statement};

impl Protocol {
    /// The course of this name. It holds the [`Course`](chemorad::radiotherapy::Course) that doses
    /// are computed from, where the protocol settles them.
    ///
    /// ```
    /// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
    /// assert_eq!(trial.course("adjuvant").unwrap().course.as_ref().unwrap().fractions(), 28);
    /// assert!(trial.course("palliative").is_none());
    /// ```
    #[must_use]
    pub const fn course(&self, id: &str) -> Option<&PrescribedCourse> {
        let courses = self.courses.as_slice();
        let mut i = 0;
        while i < courses.len() {
            if courses[i].id.is(id) {
                return Some(&courses[i]);
            }
            i += 1;
        }
        None
    }

    /// The drug of this name.
    #[must_use]
    pub const fn drug(&self, id: &str) -> Option<&DrugRegimen> {
        let drugs = self.drugs.as_slice();
        let mut i = 0;
        while i < drugs.len() {
            if drugs[i].id.is(id) {
                return Some(&drugs[i]);
            }
            i += 1;
        }
        None
    }

    /// The arm of this name.
    #[must_use]
    pub fn arm(&self, id: &str) -> Option<&Arm> {
        self.arms.iter().find(|arm| arm.id.is(id))
    }

    /// The option of this name, with the arm that offers it.
    ///
    /// ```
    /// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
    /// let (arm, option) = trial.option("dose_escalated_chemoradiotherapy").unwrap();
    /// assert_eq!(arm.id.as_str(), "positive_margin");
    /// let course = trial.courses_of(option).next().unwrap();
    /// let sum = course.course.as_ref().unwrap().cumulative_dose("tumour bed").unwrap();
    /// assert_eq!(sum.to_string(), "59.4 Gy");
    /// ```
    #[must_use]
    pub fn option(&self, id: &str) -> Option<(&Arm, &TreatmentOption)> {
        self.arms.iter().find_map(|arm| {
            let option = arm.options.iter().find(|option| option.id.is(id))?;
            Some((arm, option))
        })
    }

    /// The courses of an option, in order; none where the option gives no radiotherapy or the text
    /// leaves the course open.
    pub fn courses_of<'p>(
        &'p self,
        option: &'p TreatmentOption,
    ) -> impl Iterator<Item = &'p PrescribedCourse> + 'p {
        option.actions.iter().filter_map(|action| match action {
            Action::Radiotherapy { course, .. } => self.course(course.value()?),
            _ => None,
        })
    }

    /// The courses that a drug is given with, where the text settles both.
    pub(crate) fn courses_with<'p>(
        &'p self,
        drug: &'p DrugRegimen,
    ) -> impl Iterator<Item = &'p PrescribedCourse> + 'p {
        let options = self.arms.iter().flat_map(|arm| &arm.options);
        let actions = options.flat_map(|option| &option.actions);
        actions.filter_map(|action| match action {
            Action::Radiotherapy {
                course,
                concurrent_drugs,
                ..
            } => {
                let goes = concurrent_drugs.value()?.contains(&drug.id);
                self.course(course.value().filter(|_| goes)?)
            }
            _ => None,
        })
    }

    /// The drugs that an option may give, in order: those stated or derived, and those among the
    /// answers where the text leaves it open.
    #[must_use]
    pub fn drugs_of(&self, option: &TreatmentOption) -> Vec<&DrugRegimen> {
        let mut drugs: Vec<&DrugRegimen> = Vec::new();
        for statement in option.actions.iter().filter_map(Action::drugs) {
            let lists = match statement {
                Statement::Stated { value, .. } | Statement::Derived { value, .. } => {
                    core::slice::from_ref(value)
                }
                Statement::Unspecified { values, .. } => values.as_slice(),
            };
            for drug in lists.iter().flatten().filter_map(|id| self.drug(id)) {
                if !drugs.iter().any(|known| known.id == drug.id) {
                    drugs.push(drug);
                }
            }
        }
        drugs
    }

    /// Every question the protocol leaves open: its ambiguities, its unspecified values, and what
    /// its drugs need from the site. A question that stands in several places is listed once.
    #[must_use]
    pub fn questions(&self) -> Vec<&Question> {
        let mut questions: Vec<&Question> = Vec::new();
        let ambiguities = self.ambiguities.iter().map(|open| &open.question);
        let values = self.statements().into_iter().filter_map(|v| v.question);
        let policy = self.drugs.iter().flat_map(|drug| &drug.site_policy);
        for question in ambiguities.chain(values).chain(policy) {
            add(&mut questions, question);
        }
        questions
    }

    /// The question of this name.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions().into_iter().find(|q| q.id.is(id))
    }

    /// The questions that must be answered before an option can be given: what its steps, its
    /// courses and its drugs leave open.
    ///
    /// ```
    /// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
    /// let (_, option) = trial.option("radiotherapy_alone").unwrap();
    /// let ids: Vec<_> = trial.questions_for(option).iter().map(|q| q.id.as_str()).collect();
    /// assert_eq!(ids, ["fractions_per_week"]);
    /// ```
    #[must_use]
    pub fn questions_for<'p>(&'p self, option: &'p TreatmentOption) -> Vec<&'p Question> {
        let mut questions: Vec<&Question> = Vec::new();
        for question in option.actions.iter().flat_map(Action::questions) {
            add(&mut questions, question);
        }
        for course in self.courses_of(option) {
            let phases = course.phases.iter().filter_map(|name| self.phase(name));
            for phase in phases {
                let doses = phase.doses.iter().map(|dose| dose.fractionation.question());
                for question in doses.chain([phase.modality.question()]).flatten() {
                    add(&mut questions, question);
                }
            }
            let open = [
                course.order.question(),
                course.fractions_per_week.question(),
            ];
            for question in open.into_iter().flatten() {
                add(&mut questions, question);
            }
        }
        for drug in self.drugs_of(option) {
            let open = [
                drug.intensity.as_ref().and_then(Statement::question),
                drug.administrations_per_day
                    .as_ref()
                    .and_then(Statement::question),
                drug.intensity_per_day
                    .as_ref()
                    .and_then(Statement::question),
                drug.dose.as_ref().and_then(Statement::question),
                drug.cap.as_ref().and_then(Statement::question),
                drug.infusion.as_ref().and_then(Statement::question),
                drug.days.question(),
                drug.day_one.as_ref().and_then(Statement::question),
                drug.first_fraction.as_ref().and_then(Statement::question),
            ];
            for question in open.into_iter().flatten().chain(&drug.site_policy) {
                add(&mut questions, question);
            }
        }
        questions
    }

    /// The declared facts of a patient, read from names and texts.
    ///
    /// # Errors
    /// A name the protocol does not declare, or a value the fact cannot have; both say what can be
    /// written.
    pub fn declared_facts<'a>(
        &self,
        given: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<DeclaredFacts, FactError> {
        let mut facts = DeclaredFacts::UNKNOWN;
        for (id, text) in given {
            let declared = self.facts.iter().find(|fact| fact.id.is(id));
            let Some(declared) = declared else {
                let known: Vec<&str> = self.facts.iter().map(|fact| &*fact.id).collect();
                let accepted = if known.is_empty() {
                    "none: this protocol declares no facts".to_string()
                } else {
                    format!("one of: {}", known.join(", "))
                };
                return Err(FactError::new("fact", id, accepted, ""));
            };
            facts = facts.with(id, declared.parse(text)?);
        }
        Ok(facts)
    }

    /// The declared fact of this name.
    #[must_use]
    pub fn fact(&self, id: &str) -> Option<&DeclaredFact> {
        self.facts.iter().find(|fact| fact.id.is(id))
    }
}

fn add<'p>(questions: &mut Vec<&'p Question>, question: &'p Question) {
    if !questions.iter().any(|known| known.id == question.id) {
        questions.push(question);
    }
}
