//! Whether a protocol holds together: names, references, quotes, questions.

use std::collections::{BTreeMap, BTreeSet};

use super::empty_part::EmptyPart;
use super::fault::ProtocolFault;
use super::finding::Findings;
use crate::facts::condition::Condition;
use crate::facts::criterion::CandidateTest;
use crate::facts::fact::FactKind;
use crate::facts::test::FactTest;
use crate::facts::vocabulary::Fact;
use crate::model::arm::Action;
use crate::model::place;
use crate::model::protocol::{PhaseOrder, Protocol};
use crate::statement::{Question, Statement, Status};
use chemorad::report::Finding;
use chemorad::text::Text;

impl Protocol {
    /// Whether the protocol holds together: one finding for each fault, none when it is sound. Its
    /// `at` is the place of the fault, by names (`drugs.capecitabine.days`) and, where there is no
    /// name, by numbers counted from 0 (`volumes[2]`).
    ///
    /// | code | fault |
    /// | --- | --- |
    /// | `protocol.empty` | a name, a list or a condition without content |
    /// | `protocol.duplicate_id` | a name used twice |
    /// | `protocol.unknown_reference` | a course, drug, volume, phase or fact that is not declared, or a value its fact cannot have |
    /// | `protocol.quote` | a stated value without its quote or locator, or an empty quote |
    /// | `protocol.reason` | a derived value without its reason |
    /// | `protocol.choices` | an open question without choices, or with values that do not match them |
    /// | `protocol.arithmetic` | n · d ≠ D, a sum that is not the sum of its phases, a daily intensity that is not the single one times the administrations, days that are not 7 times the weeks |
    /// | `protocol.phase` | a course that its phases cannot make, or that is not the one they make |
    /// | `protocol.dose` | a drug without any dose |
    ///
    /// ```
    /// use chemorad::text::List;
    /// let mut broken = chemorad_protocol::builtin("NCT06949098").unwrap().clone();
    /// broken.drugs = List::from(vec![]);
    /// let findings = broken.check();
    /// assert!(findings.iter().any(|finding| finding.is("protocol.unknown_reference")));
    /// ```
    #[must_use]
    pub fn check(&self) -> Vec<Finding> {
        self.structural_findings().finish()
    }

    pub(super) fn structural_findings(&self) -> Findings {
        let mut out = Findings::default();
        self.check_names(&mut out);
        self.check_statements(&mut out);
        self.check_questions(&mut out);
        self.check_arithmetic(&mut out);
        self.check_conditions(&mut out);
        self.check_arms(&mut out);
        self.check_limits(&mut out);
        out
    }

    fn check_limits(&self, out: &mut Findings) {
        for table in &self.limits {
            let at = format!("limits.{}", table.id);
            if table.source.trim().is_empty() {
                out.empty(&at, EmptyPart::LimitSource);
            }
            if table.rows.is_empty() {
                out.empty(&at, EmptyPart::LimitRows);
            }
            for course in &table.courses {
                if self.course(course).is_none() {
                    out.undeclared(&at, "course", course);
                }
            }
            for (i, row) in table.rows.iter().enumerate() {
                if row.structure.trim().is_empty() {
                    let at = format!("{at}.rows[{i}]");
                    out.empty(&at, EmptyPart::Structure);
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
                out.empty(at, EmptyPart::Text);
            }
        }
        out.unique("facts", self.facts.iter().map(|f| &f.id));
        out.unique("volumes", self.volumes.iter().map(|v| &v.name));
        out.unique("phases", self.phases.iter().map(|p| &p.name));
        out.unique("courses", self.courses.iter().map(|c| &c.id));
        out.unique("drugs", self.drugs.iter().map(|d| &d.id));
        out.unique("eligibility", self.eligibility.iter().map(|c| &c.id));
        out.unique("risk_features", self.risk_features.iter().map(|f| &f.id));
        out.unique("arms", self.arms.iter().map(|a| &a.id));
        out.unique("limits", self.limits.iter().map(|t| &t.id));
        let mut known = BTreeSet::new();
        for (at, arm) in place::of(&self.arms, "arms", |a| &a.id) {
            out.unique(&format!("{at}.options"), arm.options.iter().map(|o| &o.id));
            for (index, option) in arm.options.iter().enumerate() {
                if !known.insert(&option.id) {
                    let name = option.id.clone();
                    out.push(
                        format!("{at}.options[{index}]"),
                        ProtocolFault::DuplicateName { name },
                    );
                }
            }
        }
        out.unique("amendments", self.amendments.iter().map(|a| &a.version));
        for (at, fact) in place::of(&self.facts, "facts", |f| &f.id) {
            if fact.question.trim().is_empty() {
                out.empty(&at, EmptyPart::Field("question"));
            }
            if let FactKind::Choices(choices) = &fact.kind {
                if choices.is_empty() {
                    out.push(&at, ProtocolFault::FactWithoutChoices);
                }
                out.unique(&format!("{at}.choices"), choices.iter());
            }
            if !Fact::named(fact.id.clone()).is_of_pathology() {
                continue;
            }
            out.push(&at, ProtocolFault::FactOfPathology);
        }
    }

    fn check_statements(&self, out: &mut Findings) {
        for (at, arm) in place::of(&self.arms, "arms", |a| &a.id) {
            for (at, option) in place::of(&arm.options, &format!("{at}.options"), |o| &o.id) {
                out.quote(&format!("{at}.quote"), &option.quote);
            }
        }
        for (at, course) in place::of(&self.courses, "courses", |c| &c.id) {
            out.quote(&format!("{at}.quote"), &course.quote);
            if let Some(order) = course.order.value() {
                let phases = course.phases.len();
                if (*order == PhaseOrder::SinglePhase) != (phases == 1) {
                    let order = *order;
                    out.push(
                        format!("{at}.order"),
                        ProtocolFault::PhaseOrder { order, phases },
                    );
                }
            }
        }
        for (at, amendment) in place::of(&self.amendments, "amendments", |a| &a.version) {
            out.quote(&format!("{at}.quote"), &amendment.quote);
            if amendment.before.is_empty() {
                out.empty(&at, EmptyPart::AmendedValues);
            }
        }
        for view in self.statements() {
            for quote in &view.quotes {
                out.quote(&view.at, quote);
            }
            match view.status {
                Status::Derived if view.reason.is_none_or(|r| r.trim().is_empty()) => {
                    out.push(&view.at, ProtocolFault::NoReason);
                }
                Status::Unspecified => {
                    let choices = view.question.map_or(0, |q| q.choices.len());
                    if view.values != 0 && view.values != choices {
                        out.push(&view.at, ProtocolFault::ChoiceValues);
                    }
                }
                _ => {}
            }
        }
    }

    fn check_questions(&self, out: &mut Findings) {
        let questions = self.all_questions();
        let mut known: BTreeMap<&Text, &Question> = BTreeMap::new();
        for (at, question) in &questions {
            for (field, text) in [
                ("id", &question.id),
                ("question", &question.question),
                ("why", &question.why),
            ] {
                if text.trim().is_empty() {
                    out.empty(at, EmptyPart::Field(field));
                }
            }
            if question.choices.is_empty() || question.choices.iter().any(|c| c.trim().is_empty()) {
                out.push(at, ProtocolFault::QuestionWithoutChoices);
            }
            out.unique(&format!("{at}.choices"), question.choices.iter());
            for quote in &question.quotes {
                out.quote(at, quote);
            }
            // the same question may stand in several places, a different one under its name not
            if known
                .get(&question.id)
                .is_some_and(|other| other != question)
            {
                let id = question.id.clone();
                out.push(at, ProtocolFault::TwoQuestions { id });
            }
            known.entry(&question.id).or_insert(question);
        }
    }

    fn all_questions(&self) -> Vec<(String, &Question)> {
        let ambiguities = self
            .ambiguities
            .iter()
            .enumerate()
            .map(|(index, open)| (format!("ambiguities[{index}].question"), &open.question));
        let values = self
            .statements()
            .into_iter()
            .filter_map(|view| Some((format!("{}.question", view.at), view.question?)));
        let policy = place::of(&self.drugs, "drugs", |drug| &drug.id)
            .into_iter()
            .flat_map(|(at, drug)| {
                place::of(&drug.site_policy, &format!("{at}.site_policy"), |q| &q.id)
            });
        ambiguities.chain(values).chain(policy).collect()
    }

    fn check_conditions(&self, out: &mut Findings) {
        for (at, criterion) in place::of(&self.eligibility, "eligibility", |c| &c.id) {
            let tests = || criterion.tests.iter().filter_map(|test| test.value());
            if criterion.tests.is_empty() || tests().any(CandidateTest::is_empty) {
                out.empty(&at, EmptyPart::Criterion);
            }
            for (i, test) in criterion.tests.iter().enumerate() {
                if let Some(test) = test.value() {
                    self.check_candidate_test(&format!("{at}.tests[{i}]"), test, out);
                }
            }
        }
        for (at, feature) in place::of(&self.risk_features, "risk_features", |f| &f.id) {
            if let Some(test) = feature.test.value() {
                let at = format!("{at}.test");
                if test.is_empty() {
                    out.empty(&at, EmptyPart::FactTest);
                }
                self.check_fact(&at, test, out);
            }
        }
        let arms = place::of(&self.arms, "arms", |arm| &arm.id)
            .into_iter()
            .filter_map(|(at, arm)| Some((format!("{at}.when"), arm.when.value()?)));
        let ambiguities =
            self.ambiguities.iter().enumerate().filter_map(|(i, open)| {
                Some((format!("ambiguities[{i}].when"), open.when.as_ref()?))
            });
        for (at, condition) in arms.chain(ambiguities) {
            self.check_condition(&at, condition, out);
        }
    }

    fn check_condition(&self, at: &str, condition: &Condition, out: &mut Findings) {
        match condition {
            Condition::AllOf(parts) | Condition::AnyOf(parts) | Condition::NoneOf(parts) => {
                if parts.is_empty() {
                    out.empty(at, EmptyPart::ConditionPart);
                }
                for part in parts {
                    self.check_condition(at, part, out);
                }
            }
            Condition::Fact(test) => {
                if test.is_empty() {
                    out.empty(at, EmptyPart::ConditionPart);
                }
                self.check_fact(at, test, out);
            }
            Condition::AnyRiskFeature if self.risk_features.is_empty() => {
                out.empty(at, EmptyPart::RiskFeatures);
            }
            Condition::AnyRiskFeature | Condition::Everyone => {}
        }
    }

    fn check_candidate_test(&self, at: &str, test: &CandidateTest, out: &mut Findings) {
        match test {
            CandidateTest::AllOf(tests) => {
                for test in tests {
                    self.check_candidate_test(at, test, out);
                }
            }
            CandidateTest::Fact(test) => {
                if test.fact().is_of_pathology() {
                    let fact = test.fact().clone();
                    out.push(at, ProtocolFault::KnownLater { fact });
                }
                self.check_fact(at, test, out);
            }
            _ => {}
        }
    }

    /// A test of a declared fact must fit its declaration.
    fn check_fact(&self, at: &str, test: &FactTest, out: &mut Findings) {
        // the reader checks the values of a fact of pathology
        if test.fact().is_of_pathology() {
            return;
        }
        let id = Text::from(test.fact().name().to_string());
        let Some(declared) = self.fact(&id) else {
            out.undeclared(at, "fact", &id);
            return;
        };
        let mut wrong = |value: String| {
            out.push(
                at,
                ProtocolFault::ImpossibleValue {
                    fact: id.clone(),
                    accepted: declared.accepted(),
                    value,
                },
            );
        };
        match test {
            FactTest::Choice { is, .. } => {
                for value in is {
                    match &declared.kind {
                        FactKind::Choices(choices) if choices.contains(value) => {}
                        _ => wrong(value.to_string()),
                    }
                }
            }
            FactTest::Quantity { range, .. } => {
                for value in range.ends() {
                    if declared.parse(&value.to_string()).is_err() {
                        wrong(value.to_string());
                    }
                }
            }
        }
    }

    fn check_arms(&self, out: &mut Findings) {
        if self.arms.is_empty() {
            out.empty("arms", EmptyPart::Arms);
        }
        for (at, arm) in place::of(&self.arms, "arms", |a| &a.id) {
            if arm.options.is_empty() {
                out.empty(&at, EmptyPart::Options);
            }
            for (at, option) in place::of(&arm.options, &format!("{at}.options"), |o| &o.id) {
                if option.actions.is_empty() {
                    out.empty(&at, EmptyPart::Actions);
                }
                for (i, action) in option.actions.iter().enumerate() {
                    self.check_action(&format!("{at}.actions[{i}]"), action, out);
                }
            }
        }
    }

    fn check_action(&self, at: &str, action: &Action, out: &mut Findings) {
        if let Action::Radiotherapy { course, .. } = action {
            for id in answers(course) {
                if self.course(id).is_none() {
                    out.undeclared(format!("{at}.course"), "course", id);
                }
            }
        }
        let field = match action {
            Action::Radiotherapy { .. } => "concurrent_drugs",
            _ => "drugs",
        };
        for id in action.drugs().map_or(&[][..], answers).iter().flatten() {
            if self.drug(id).is_none() {
                out.undeclared(format!("{at}.{field}"), "drug", id);
            }
        }
    }
}

/// The value, or those of the choices.
fn answers<T>(statement: &Statement<T>) -> &[T] {
    match statement {
        Statement::Unspecified { values, .. } => values.as_slice(),
        _ => statement.value().map_or(&[][..], core::slice::from_ref),
    }
}
