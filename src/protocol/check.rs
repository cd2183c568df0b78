use alloc::string::String;
use alloc::vec::Vec;

use super::condition::Condition;
use super::model::{Action, Protocol};
use super::status::{Question, Status};
use crate::finding::{Finding, Outcome};
use crate::text::Text;

impl Protocol {
    /// Whether the protocol holds together: one finding for each fault, none when it is sound.
    ///
    /// | code | fault |
    /// | --- | --- |
    /// | `protocol.empty` | a name, a list or a condition without content |
    /// | `protocol.duplicate_id` | a name used twice |
    /// | `protocol.unknown_reference` | a course, drug, volume or phase that is not declared |
    /// | `protocol.quote` | a stated value without its quote or locator, or an empty quote |
    /// | `protocol.reason` | a derived value without its reason |
    /// | `protocol.choices` | an open question without choices, or with values that do not match them |
    /// | `protocol.arithmetic` | n · d ≠ D, a sum that is not the sum of its phases, a daily intensity that is not the single one times the administrations, days that are not 7 times the weeks |
    /// | `protocol.phase` | a course whose phase is not the declared one |
    ///
    /// ```
    /// use chemorad::protocol;
    /// use chemorad::text::List;
    /// let mut broken = protocol::builtin("NCT06949098").unwrap().clone();
    /// broken.drugs = List::from(vec![]);
    /// let findings = broken.check();
    /// assert!(findings.iter().any(|finding| finding.code.is("protocol.unknown_reference")));
    /// ```
    #[must_use]
    pub fn check(&self) -> Vec<Finding> {
        let mut out = Findings(Vec::new());
        self.check_names(&mut out);
        self.check_statements(&mut out);
        self.check_questions(&mut out);
        self.check_arithmetic(&mut out);
        self.check_conditions(&mut out);
        self.check_arms(&mut out);
        self.check_limits(&mut out);
        out.0
    }

    fn check_limits(&self, out: &mut Findings) {
        for table in &self.limits {
            let at = format!("limits.{}", table.id);
            if table.source.trim().is_empty() {
                out.fail("protocol.empty", &at, "a table of limits needs its source");
            }
            if table.rows.is_empty() {
                out.fail("protocol.empty", &at, "a table of limits needs a row");
            }
            for course in &table.courses {
                if self.course(course).is_none() {
                    out.unknown(&at, "course", course);
                }
            }
            for (i, row) in table.rows.iter().enumerate() {
                if row.structure.trim().is_empty() {
                    let at = format!("{at}.rows[{i}]");
                    out.fail("protocol.empty", &at, "the structure has no name");
                }
            }
        }
    }

    fn check_names(&self, out: &mut Findings) {
        for (at, text) in [
            ("id", &self.id),
            ("title", &self.title),
            ("source.document", &self.source.document),
            ("source.version", &self.source.version),
        ] {
            if text.trim().is_empty() {
                out.fail("protocol.empty", at, "nothing is written here");
            }
        }
        out.unique("volumes", self.volumes.iter().map(|v| &v.name));
        out.unique("phases", self.phases.iter().map(|p| &p.name));
        out.unique("courses", self.courses.iter().map(|c| &c.id));
        out.unique("drugs", self.drugs.iter().map(|d| &d.id));
        out.unique("eligibility", self.eligibility.iter().map(|c| &c.id));
        out.unique("risk_features", self.risk_features.iter().map(|f| &f.id));
        out.unique("arms", self.arms.iter().map(|a| &a.id));
        out.unique("limits", self.limits.iter().map(|t| &t.id));
        out.unique(
            "options",
            self.arms.iter().flat_map(|a| &a.options).map(|o| &o.id),
        );
    }

    fn check_statements(&self, out: &mut Findings) {
        let option_quotes = self.arms.iter().flat_map(|arm| {
            arm.options
                .iter()
                .map(move |o| (format!("arms.{}.{}", arm.id, o.id), o.quote.clone()))
        });
        let course_quotes = self
            .courses
            .iter()
            .map(|c| (format!("courses.{}", c.id), c.quote.clone()));
        for (at, quote) in option_quotes.chain(course_quotes) {
            out.quote(&at, &quote.text, &quote.locator);
        }
        for view in self.statements() {
            for quote in &view.quotes {
                out.quote(&view.at, &quote.text, &quote.locator);
            }
            match view.status {
                Status::Derived if view.reason.is_none_or(|r| r.trim().is_empty()) => out.fail(
                    "protocol.reason",
                    &view.at,
                    "a derived value needs its formula or its reason",
                ),
                Status::Unspecified => {
                    let choices = view.question.map_or(0, |q| q.choices.len());
                    if view.values != 0 && view.values != choices {
                        out.fail(
                            "protocol.choices",
                            &view.at,
                            "the values must be as many as the choices, or none",
                        );
                    }
                }
                _ => {}
            }
        }
    }

    fn check_questions(&self, out: &mut Findings) {
        let questions = self.all_questions();
        for (i, question) in questions.iter().enumerate() {
            let at = format!("questions.{}", question.id);
            for (field, text) in [
                ("id", &question.id),
                ("question", &question.question),
                ("why", &question.why),
            ] {
                if text.trim().is_empty() {
                    out.fail("protocol.empty", &at, format!("{field} is empty"));
                }
            }
            if question.choices.is_empty() || question.choices.iter().any(|c| c.trim().is_empty()) {
                out.fail(
                    "protocol.choices",
                    &at,
                    "an open question needs choices, none of them empty",
                );
            }
            out.unique(&format!("{at}.choices"), question.choices.iter());
            for quote in &question.quotes {
                out.quote(&at, &quote.text, &quote.locator);
            }
            // the same question may stand in several places, a different one under its name not
            if questions
                .iter()
                .take(i)
                .any(|q| q.id == question.id && q != question)
            {
                out.fail(
                    "protocol.duplicate_id",
                    &at,
                    "two different questions have this name",
                );
            }
        }
    }

    fn all_questions(&self) -> Vec<&Question> {
        let ambiguities = self.ambiguities.iter().map(|open| &open.question);
        let values = self.statements().into_iter().filter_map(|v| v.question);
        let policy = self.drugs.iter().flat_map(|drug| &drug.site_policy);
        ambiguities.chain(values).chain(policy).collect()
    }

    fn check_conditions(&self, out: &mut Findings) {
        for criterion in &self.eligibility {
            let at = format!("eligibility.{}", criterion.id);
            let tests = || criterion.tests.iter().filter_map(|test| test.value());
            if criterion.tests.is_empty() || tests().any(super::CandidateTest::is_empty) {
                out.fail("protocol.empty", &at, "a criterion must test something");
            }
        }
        for feature in &self.risk_features {
            if feature.test.value().is_some_and(super::FactTest::is_empty) {
                let at = format!("risk_features.{}", feature.id);
                out.fail("protocol.empty", &at, "no value can meet the test");
            }
        }
        let arms = self
            .arms
            .iter()
            .filter_map(|arm| Some((format!("arms.{}.when", arm.id), arm.when.value()?)));
        let ambiguities = self.ambiguities.iter().filter_map(|open| {
            Some((
                format!("ambiguities.{}.when", open.question.id),
                open.when.as_ref()?,
            ))
        });
        for (at, condition) in arms.chain(ambiguities) {
            if self.is_empty(condition) {
                out.fail("protocol.empty", &at, "a condition has an empty part");
            }
        }
    }

    fn is_empty(&self, condition: &Condition) -> bool {
        match condition {
            Condition::AllOf(parts) | Condition::AnyOf(parts) | Condition::NoneOf(parts) => {
                parts.is_empty() || parts.iter().any(|part| self.is_empty(part))
            }
            Condition::Fact(test) => test.is_empty(),
            Condition::AnyRiskFeature => self.risk_features.is_empty(),
        }
    }

    fn check_arms(&self, out: &mut Findings) {
        if self.arms.is_empty() {
            out.fail(
                "protocol.empty",
                "arms",
                "a protocol needs at least one arm",
            );
        }
        for arm in &self.arms {
            if arm.options.is_empty() {
                let at = format!("arms.{}", arm.id);
                out.fail("protocol.empty", &at, "an arm needs at least one option");
            }
            for option in &arm.options {
                let at = format!("arms.{}.{}", arm.id, option.id);
                if option.actions.is_empty() {
                    out.fail("protocol.empty", &at, "an option needs at least one action");
                }
                for action in &option.actions {
                    self.check_action(&at, action, out);
                }
            }
        }
    }

    fn check_action(&self, at: &str, action: &Action, out: &mut Findings) {
        let Action::Radiotherapy {
            course,
            concurrent_drugs,
        } = action
        else {
            return;
        };
        let courses = match course {
            super::Statement::Unspecified { values, .. } => values.as_slice(),
            _ => course.value().map_or(&[][..], core::slice::from_ref),
        };
        for id in courses {
            if self.course(id).is_none() {
                out.unknown(at, "course", id);
            }
        }
        let drugs = match concurrent_drugs {
            super::Statement::Unspecified { values, .. } => values.as_slice(),
            _ => concurrent_drugs
                .value()
                .map_or(&[][..], core::slice::from_ref),
        };
        for id in drugs.iter().flatten() {
            if self.drug(id).is_none() {
                out.unknown(at, "drug", id);
            }
        }
    }
}

pub(super) fn fault(
    code: &'static str,
    at: impl Into<String>,
    message: impl Into<String>,
) -> Finding {
    Finding::new(code, Outcome::Fail, at, message)
}

pub(super) struct Findings(pub(super) Vec<Finding>);

impl Findings {
    pub(super) fn fail(&mut self, code: &'static str, at: &str, message: impl Into<String>) {
        self.0.push(fault(code, at, message));
    }

    pub(super) fn unknown(&mut self, at: &str, what: &str, name: &Text) {
        self.fail(
            "protocol.unknown_reference",
            at,
            format!("the {what} {name:?} is not declared"),
        );
    }

    pub(super) fn quote(&mut self, at: &str, text: &Text, locator: &Text) {
        if text.trim().is_empty() || locator.trim().is_empty() {
            self.fail(
                "protocol.quote",
                at,
                "a quote needs the words of the text and where they stand",
            );
        }
    }

    pub(super) fn unique<'a>(&mut self, at: &str, names: impl Iterator<Item = &'a Text>) {
        let mut seen: Vec<&Text> = Vec::new();
        for name in names {
            if name.trim().is_empty() {
                self.fail("protocol.empty", at, "a name is empty");
            } else if seen.contains(&name) {
                self.fail(
                    "protocol.duplicate_id",
                    at,
                    format!("{name:?} is used twice"),
                );
            }
            seen.push(name);
        }
    }
}
