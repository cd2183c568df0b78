use std::string::String;
use std::vec::Vec;

use super::arm::{Action, Arm, TreatmentOption};
use super::dose::PrescribedDose;
use super::drug::DrugRegimen;
use super::lint::{Needed, Numbers};
use super::model::{PrescribedCourse, Protocol};
use super::start::StartWindow;
use super::status::{Question, Quote, Statement, Status};
use chemorad::text::Text;

/// One value of a protocol seen from outside: where it stands and how it is known.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct StatementView<'p> {
    /// The path to the value, for example `drugs.capecitabine.days` or
    /// `phases.boost.doses.tumour bed.fractionation`.
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
    #[serde(skip)]
    pub(super) needed: Vec<Vec<Needed>>,
    /// Numbers that stand in the quote or beside it: the metric of a limit.
    #[serde(skip)]
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

    /// Every value with its status and its place, in the order of the fields.
    ///
    /// ```
    /// use chemorad_protocol::Status;
    /// let trial = chemorad_protocol::builtin("NCT06949098").unwrap();
    /// let open: Vec<_> = trial.statements().into_iter()
    ///     .filter(|value| value.status == Status::Unspecified)
    ///     .map(|value| value.at)
    ///     .collect();
    /// assert!(open.contains(&"drugs.capecitabine.days".to_string()));
    /// ```
    #[must_use]
    pub fn statements(&self) -> Vec<StatementView<'_>> {
        let mut out = Views(Vec::new());
        for (at, volume) in place::of(&self.volumes, "volumes", |v| &v.name) {
            out.push(&at, "called", &volume.called);
            out.push_some(&at, "inside", volume.inside.as_ref());
        }
        for (at, phase) in place::of(&self.phases, "phases", |p| &p.name) {
            out.push(&at, "modality", &phase.modality);
            out.push_doses(&format!("{at}.doses"), &phase.doses);
        }
        for (at, course) in place::of(&self.courses, "courses", |c| &c.id) {
            out.push_doses(&format!("{at}.totals"), &course.totals);
            out.push(&at, "order", &course.order);
            out.push(&at, "fractions_per_week", &course.fractions_per_week);
        }
        for (at, drug) in place::of(&self.drugs, "drugs", |d| &d.id) {
            out.push(&at, "drug", &drug.drug);
            out.push(&at, "route", &drug.route);
            out.push_some(&at, "intensity", drug.intensity.as_ref());
            out.push_some(
                &at,
                "administrations_per_day",
                drug.administrations_per_day.as_ref(),
            );
            out.push_some(&at, "intensity_per_day", drug.intensity_per_day.as_ref());
            out.push_some(&at, "infusion", drug.infusion.as_ref());
            out.push(&at, "days", &drug.days);
            for (i, adjustment) in drug.adjustments.iter().enumerate() {
                let at = format!("{at}.adjustments[{i}]");
                out.push(&at, "rule_set", &adjustment.rule_set);
            }
        }
        if let Some(start) = &self.start {
            out.push_start("start", start);
        }
        for (at, criterion) in place::of(&self.eligibility, "eligibility", |c| &c.id) {
            for (i, test) in criterion.tests.iter().enumerate() {
                out.0
                    .push(StatementView::of(format!("{at}.tests[{i}]"), test));
            }
        }
        for (at, feature) in place::of(&self.risk_features, "risk_features", |f| &f.id) {
            out.push(&at, "test", &feature.test);
        }
        for (at, arm) in place::of(&self.arms, "arms", |a| &a.id) {
            out.push(&at, "when", &arm.when);
            for (at, option) in place::of(&arm.options, &format!("{at}.options"), |o| &o.id) {
                out.push_actions(&at, option);
            }
        }
        for (at, table) in place::of(&self.limits, "limits", |t| &t.id) {
            out.push_some(&at, "variation_share", table.variation_share.as_ref());
            for (i, row) in table.rows.iter().enumerate() {
                let at = format!("{at}.rows[{i}]");
                let mut limit = StatementView::of(format!("{at}.limit"), &row.limit);
                row.metric.needed(&mut limit.beside);
                out.0.push(limit);
                out.push_some(&at, "variation", row.variation.as_ref());
            }
        }
        out.0
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
                drug.infusion.as_ref().and_then(Statement::question),
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

struct Views<'p>(Vec<StatementView<'p>>);

impl<'p> Views<'p> {
    fn push<T: Numbers>(&mut self, at: &str, field: &str, statement: &'p Statement<T>) {
        self.0
            .push(StatementView::of(format!("{at}.{field}"), statement));
    }

    fn push_some<T: Numbers>(
        &mut self,
        at: &str,
        field: &str,
        statement: Option<&'p Statement<T>>,
    ) {
        if let Some(statement) = statement {
            self.push(at, field, statement);
        }
    }

    fn push_doses(&mut self, list: &str, doses: &'p [PrescribedDose]) {
        for (at, dose) in place::of(doses, list, |dose| &dose.volume) {
            self.push(&at, "fractionation", &dose.fractionation);
            self.push_some(&at, "dose_per_fraction", dose.dose_per_fraction.as_ref());
        }
    }

    fn push_start(&mut self, at: &str, start: &'p StartWindow) {
        self.push(at, "from", &start.from);
        self.push_some(at, "weeks", start.weeks.as_ref());
        self.push_some(at, "days", start.days.as_ref());
    }

    fn push_actions(&mut self, option: &str, treatment: &'p TreatmentOption) {
        for (i, action) in treatment.actions.iter().enumerate() {
            let at = format!("{option}.actions[{i}]");
            match action {
                Action::Radiotherapy {
                    course,
                    concurrent_drugs,
                    ..
                } => {
                    self.push(&at, "course", course);
                    self.push(&at, "concurrent_drugs", concurrent_drugs);
                }
                Action::Drugs { drugs, .. } => self.push(&at, "drugs", drugs),
                Action::ActiveSurveillance | Action::Surgery { .. } => {}
            }
            if let Some(start) = action.start() {
                self.push_start(&format!("{at}.start"), start);
            }
        }
    }
}

/// The places of the elements of a list: by name where it is the first of that name, by number
/// otherwise.
pub(super) mod place {
    use std::collections::BTreeSet;
    use std::string::String;
    use std::vec::Vec;

    use chemorad::text::Text;

    pub(in crate::model) fn of<'p, T>(
        items: &'p [T],
        list: &str,
        name: impl Fn(&T) -> &Text,
    ) -> Vec<(String, &'p T)> {
        let mut seen = BTreeSet::new();
        items
            .iter()
            .enumerate()
            .map(|(index, item)| {
                let name = name(item);
                let plain = !name.trim().is_empty() && !name.contains(['[', ']']);
                let at = if plain && seen.insert(name) {
                    format!("{list}.{name}")
                } else {
                    format!("{list}[{index}]")
                };
                (at, item)
            })
            .collect()
    }
}
