//! Every value of a protocol with its place and how it is known.

use super::arm::{Action, TreatmentOption};
use super::dose::PrescribedDose;
use super::limit::DoseVolumeMetric;
use super::place;
use super::protocol::Protocol;
use super::start::StartWindow;
use super::value::{AsValue, Value};
use crate::statement::{Question, Quote, Statement, Status};
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
    /// The value, or that of each choice that has one.
    #[serde(skip)]
    pub(crate) contents: Vec<Value<'p>>,
    /// The metric of a limit, whose number stands in the quote or beside it.
    #[serde(skip)]
    pub(crate) metric: Option<&'p DoseVolumeMetric>,
}

impl<'p> StatementView<'p> {
    fn of<T: AsValue>(at: String, statement: &'p Statement<T>) -> Self {
        Self {
            contents: match statement {
                Statement::Stated { value, .. } | Statement::Derived { value, .. } => {
                    vec![value.as_value()]
                }
                Statement::Unspecified { values, .. } => {
                    values.iter().map(AsValue::as_value).collect()
                }
            },
            metric: None,
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
            out.push_some(&at, "dose", drug.dose.as_ref());
            out.push_some(&at, "cap", drug.cap.as_ref());
            out.push_some(&at, "infusion", drug.infusion.as_ref());
            out.push(&at, "days", &drug.days);
            out.push_some(&at, "day_one", drug.day_one.as_ref());
            out.push_some(&at, "first_fraction", drug.first_fraction.as_ref());
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
                limit.metric = Some(&row.metric);
                out.0.push(limit);
                out.push_some(&at, "variation", row.variation.as_ref());
            }
        }
        out.0
    }
}

struct Views<'p>(Vec<StatementView<'p>>);

impl<'p> Views<'p> {
    fn push<T: AsValue>(&mut self, at: &str, field: &str, statement: &'p Statement<T>) {
        self.0
            .push(StatementView::of(format!("{at}.{field}"), statement));
    }

    fn push_some<T: AsValue>(
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
