//! The steps from the prescribed intensity to the dose: what each rule and each decision did.

use std::fmt;

use chemorad::capecitabine::{CapecitabineFinding, CapecitabineOrder, Regimen, RuleTopic};
use chemorad::report::{Code, Finding, Observation, Outcome, Subject};

/// A step from the prescribed intensity to the dose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Topic(RuleTopic),
    Together,
    Decision,
}

impl Step {
    /// The step that a finding is, where it is one.
    pub(super) fn of(finding: &Finding) -> Option<Self> {
        let what: &CapecitabineFinding = finding.observation()?;
        Some(match what {
            CapecitabineFinding::Rule { rule, .. } => Self::Topic(rule.topic),
            CapecitabineFinding::RulesMissing { topic, .. }
            | CapecitabineFinding::InputMissing { topic, .. }
            | CapecitabineFinding::RowMissing { topic, .. } => Self::Topic(*topic),
            CapecitabineFinding::TwoReductions { .. } => Self::Together,
            CapecitabineFinding::Decision(_)
            | CapecitabineFinding::DecisionWithoutEffect { .. } => Self::Decision,
            other if other.is_step() => Self::Topic(RuleTopic::Interactions),
            _ => return None,
        })
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Topic(RuleTopic::Renal) => "renal",
            Self::Topic(RuleTopic::Dpyd) => "DPYD",
            Self::Topic(RuleTopic::Toxicity) => "toxicity",
            Self::Topic(RuleTopic::Interactions) => "drug",
            Self::Together => "together",
            Self::Decision => "decision",
        }
    }

    /// Its name in the list of the page, below the rule sets.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Topic(RuleTopic::Renal) => "- renal",
            Self::Topic(RuleTopic::Dpyd) => "- DPYD",
            Self::Topic(RuleTopic::Toxicity) => "- toxicity",
            Self::Topic(RuleTopic::Interactions) => "- drug",
            Self::Together => "- together",
            Self::Decision => "- decision",
        }
    }
}

/// Whether a finding is printed as a step: it holds, and something follows from it.
pub(crate) fn is_shown_as_step(finding: &Finding) -> bool {
    Step::of(finding).is_some() && matches!(finding.outcome, Outcome::Pass | Outcome::Warn)
}

/// The code of the finding that this page makes.
const STEPS: Code = Code::new(
    "capecitabine.steps",
    "Steps marked warn",
    "Some steps on the way to the dose are warnings themselves. They are not printed twice; this line says which.",
    "Read the steps marked warn.",
);

/// The codes of findings that the page of an order makes.
pub const CODES: &[Code] = &[STEPS];

/// The steps that are warnings, by name: they are printed as steps, and the list of what to review
/// names them.
#[derive(Debug)]
struct MarkedSteps(Vec<&'static str>);

impl Observation for MarkedSteps {
    fn code(&self) -> &Code {
        &STEPS
    }

    fn outcome(&self) -> Outcome {
        Outcome::Warn
    }

    fn subject(&self) -> Subject {
        Subject::input("the steps above")
    }
}

impl fmt::Display for MarkedSteps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "marked warn: {}", self.0.join(", "))
    }
}

/// Which steps are warnings.
pub(crate) fn marked(order: &CapecitabineOrder) -> Option<Finding> {
    let mut steps: Vec<&str> = order
        .findings()
        .iter()
        .filter(|finding| finding.outcome == Outcome::Warn)
        .filter_map(Step::of)
        .map(Step::name)
        .collect();
    steps.dedup();
    (!steps.is_empty()).then(|| MarkedSteps(steps).into())
}

/// Two reductions without the rules, which the lines above name.
#[derive(Debug)]
struct ReductionsAbove {
    code: Code,
    outcome: Outcome,
    subject: Subject,
}

impl Observation for ReductionsAbove {
    fn code(&self) -> &Code {
        &self.code
    }

    fn outcome(&self) -> Outcome {
        self.outcome
    }

    fn subject(&self) -> Subject {
        self.subject.clone()
    }
}

impl fmt::Display for ReductionsAbove {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let who = if self.outcome == Outcome::CannotTell {
            "needs a clinician"
        } else {
            "decided by a clinician"
        };
        write!(
            f,
            "{who}: no text says how the reductions above combine, and they are not multiplied"
        )
    }
}

/// A finding as this page prints it.
pub(super) fn shown(finding: &Finding) -> Finding {
    match finding.observation() {
        Some(CapecitabineFinding::TwoReductions { .. }) => ReductionsAbove {
            code: *finding.entry(),
            outcome: finding.outcome,
            subject: finding.subject().clone(),
        }
        .into(),
        _ => finding.clone(),
    }
}

pub(super) fn step_text(step: Step, finding: &Finding, order: &CapecitabineOrder) -> String {
    let adjustment = order.adjustment();
    let rule = finding
        .observation()
        .and_then(CapecitabineFinding::rule)
        .and_then(|rule| adjustment.step(rule.reference()));
    let (after, changes) = match rule {
        Some((rule, after)) => (after.filter(|_| rule.fraction.is_some()), rule.reduces()),
        None if step == Step::Decision => (adjustment.adjusted().map(Regimen::intensity), true),
        None => (None, false),
    };
    let arrow = after.map_or_else(String::new, |after| {
        format!(" -> {}{after}", if changes { "" } else { "still " })
    });
    let finding = &shown(finding);
    let lead = match finding.outcome {
        Outcome::Pass => "",
        _ => "warn: ",
    };
    // a line above gives the clearance
    let input = if step == Step::Topic(RuleTopic::Renal) {
        String::new()
    } else {
        format!("{}: ", finding.at())
    };
    format!("{lead}{input}{}{arrow}", finding.message())
}
