use alloc::string::String;
use alloc::vec::Vec;

use super::lint::{Needed, Numbers};
use super::model::{
    Action, Arm, DrugRegimen, PrescribedCourse, PrescribedDose, Protocol, TreatmentOption,
};
use super::status::{Question, Quote, Statement, Status};
use crate::text::Text;

/// One value of a protocol seen from outside: where it stands and how it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct StatementView<'p> {
    /// The path to the value, for example `drugs.capecitabine.days`.
    pub at: String,
    /// How it is known.
    pub status: Status,
    /// The passages it rests on.
    pub quotes: Vec<Quote>,
    /// The reason, when it is derived.
    pub reason: Option<&'p Text>,
    /// The question, when it is open.
    pub question: Option<&'p Question>,
    /// How many choices have a value, when it is open.
    pub values: usize,
    /// The numbers of the value, or of each choice that has one.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(super) needed: Vec<Vec<Needed>>,
    /// Numbers that stand in the quote or beside it: the metric of a limit.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(super) beside: Vec<Needed>,
}

impl<'p> StatementView<'p> {
    fn of<T: Numbers>(at: String, statement: &'p Statement<T>) -> Self {
        let numbers = |value: &T| {
            let mut needed = Vec::new();
            value.needed(&mut needed);
            needed
        };
        Self {
            needed: match statement {
                Statement::Stated { value, .. } | Statement::Derived { value, .. } => {
                    vec![numbers(value)]
                }
                Statement::Unspecified { values, .. } => values.iter().map(numbers).collect(),
            },
            beside: Vec::new(),
            at,
            status: statement.status(),
            quotes: statement.quotes(),
            reason: statement.reason(),
            question: statement.question(),
            values: match statement {
                Statement::Unspecified { values, .. } => values.len(),
                _ => 0,
            },
        }
    }
}

impl Protocol {
    /// The course of this name. It holds the [`Course`](crate::radiotherapy::Course) that doses
    /// are computed from.
    ///
    /// ```
    /// use chemorad::protocol;
    /// let trial = protocol::builtin("NCT06949098").unwrap();
    /// assert_eq!(trial.course("adjuvant").unwrap().course.fractions(), 28);
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
    /// use chemorad::protocol;
    /// let trial = protocol::builtin("NCT06949098").unwrap();
    /// let (arm, option) = trial.option("dose_escalated_chemoradiotherapy").unwrap();
    /// assert_eq!(arm.id.as_str(), "positive_margin");
    /// let course = trial.courses_of(option).next().unwrap();
    /// assert_eq!(course.course.cumulative_dose("tumour bed").unwrap().to_string(), "59.4 Gy");
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

    /// The drugs that an option may give, in order: those stated or derived, and those among the
    /// answers where the text leaves it open.
    #[must_use]
    pub fn drugs_of(&self, option: &TreatmentOption) -> Vec<&DrugRegimen> {
        let mut drugs: Vec<&DrugRegimen> = Vec::new();
        for action in &option.actions {
            let Action::Radiotherapy {
                concurrent_drugs, ..
            } = action
            else {
                continue;
            };
            let lists = match concurrent_drugs {
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

    /// Every value with its status and its place, in the order of the fields.
    ///
    /// ```
    /// use chemorad::protocol::{self, Status};
    /// let trial = protocol::builtin("NCT06949098").unwrap();
    /// let open: Vec<_> = trial.statements().into_iter()
    ///     .filter(|value| value.status == Status::Unspecified)
    ///     .map(|value| value.at)
    ///     .collect();
    /// assert!(open.contains(&"drugs.capecitabine.days".to_string()));
    /// ```
    #[must_use]
    pub fn statements(&self) -> Vec<StatementView<'_>> {
        let mut out = Vec::new();
        for volume in &self.volumes {
            let at = format!("volumes.{}", volume.name);
            out.push(StatementView::of(format!("{at}.called"), &volume.called));
            if let Some(inside) = &volume.inside {
                out.push(StatementView::of(format!("{at}.inside"), inside));
            }
        }
        for phase in &self.phases {
            push_doses(&mut out, &format!("phases.{}", phase.name), &phase.doses);
        }
        for course in &self.courses {
            let at = format!("courses.{}", course.id);
            push_doses(&mut out, &format!("{at}.totals"), &course.totals);
            out.push(StatementView::of(format!("{at}.order"), &course.order));
            out.push(StatementView::of(
                format!("{at}.fractions_per_week"),
                &course.fractions_per_week,
            ));
        }
        for drug in &self.drugs {
            let at = |field: &str| format!("drugs.{}.{field}", drug.id);
            out.push(StatementView::of(at("drug"), &drug.drug));
            out.push(StatementView::of(at("route"), &drug.route));
            out.push(StatementView::of(at("intensity"), &drug.intensity));
            out.push(StatementView::of(
                at("administrations_per_day"),
                &drug.administrations_per_day,
            ));
            out.push(StatementView::of(
                at("intensity_per_day"),
                &drug.intensity_per_day,
            ));
            out.push(StatementView::of(at("days"), &drug.days));
        }
        out.push(StatementView::of("start.from".into(), &self.start.from));
        out.push(StatementView::of("start.weeks".into(), &self.start.weeks));
        out.push(StatementView::of("start.days".into(), &self.start.days));
        for criterion in &self.eligibility {
            for (i, test) in criterion.tests.iter().enumerate() {
                let at = format!("eligibility.{}.{i}", criterion.id);
                out.push(StatementView::of(at, test));
            }
        }
        for feature in &self.risk_features {
            let at = format!("risk_features.{}", feature.id);
            out.push(StatementView::of(at, &feature.test));
        }
        for arm in &self.arms {
            out.push(StatementView::of(
                format!("arms.{}.when", arm.id),
                &arm.when,
            ));
            for option in &arm.options {
                push_actions(&mut out, &format!("arms.{}.{}", arm.id, option.id), option);
            }
        }
        for table in &self.limits {
            if let Some(share) = &table.variation_share {
                let at = format!("limits.{}.variation_share", table.id);
                out.push(StatementView::of(at, share));
            }
            for (i, row) in table.rows.iter().enumerate() {
                let at = format!("limits.{}.rows[{i}]", table.id);
                let mut limit = StatementView::of(format!("{at}.limit"), &row.limit);
                row.metric.needed(&mut limit.beside);
                out.push(limit);
                if let Some(variation) = &row.variation {
                    out.push(StatementView::of(format!("{at}.variation"), variation));
                }
            }
        }
        out
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
    /// use chemorad::protocol;
    /// let trial = protocol::builtin("NCT06949098").unwrap();
    /// let (_, option) = trial.option("radiotherapy_alone").unwrap();
    /// let ids: Vec<_> = trial.questions_for(option).iter().map(|q| q.id.as_str()).collect();
    /// assert_eq!(ids, ["fractions_per_week"]);
    /// ```
    #[must_use]
    pub fn questions_for<'p>(&'p self, option: &'p TreatmentOption) -> Vec<&'p Question> {
        let mut views = Vec::new();
        push_actions(&mut views, "", option);
        let mut questions: Vec<&Question> = Vec::new();
        for question in views.iter().filter_map(|view| view.question) {
            add(&mut questions, question);
        }
        for course in self.courses_of(option) {
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
                drug.intensity.question(),
                drug.administrations_per_day.question(),
                drug.days.question(),
            ];
            for question in open.into_iter().flatten().chain(&drug.site_policy) {
                add(&mut questions, question);
            }
        }
        questions
    }
}

fn add<'p>(questions: &mut Vec<&'p Question>, question: &'p Question) {
    if !questions.iter().any(|known| known.id == question.id) {
        questions.push(question);
    }
}

fn push_doses<'p>(out: &mut Vec<StatementView<'p>>, at: &str, doses: &'p [PrescribedDose]) {
    for dose in doses {
        let at = format!("{at}.{}", dose.volume);
        out.push(StatementView::of(
            format!("{at}.fractionation"),
            &dose.fractionation,
        ));
        if let Some(dose_per_fraction) = &dose.dose_per_fraction {
            let at = format!("{at}.dose_per_fraction");
            out.push(StatementView::of(at, dose_per_fraction));
        }
    }
}

fn push_actions<'p>(out: &mut Vec<StatementView<'p>>, at: &str, option: &'p TreatmentOption) {
    for (i, action) in option.actions.iter().enumerate() {
        if let Action::Radiotherapy {
            course,
            concurrent_drugs,
        } = action
        {
            out.push(StatementView::of(format!("{at}.{i}.course"), course));
            out.push(StatementView::of(
                format!("{at}.{i}.concurrent_drugs"),
                concurrent_drugs,
            ));
        }
    }
}
