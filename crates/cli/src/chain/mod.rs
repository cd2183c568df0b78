//! A capecitabine order on one screen: measured, intensity after each rule, calculated, ordered,
//! days, supply, and what is to be looked at.

mod supplied;
mod tablets;

use chemorad::capecitabine::{
    CapecitabineFinding, CapecitabineOrder, OrderedDay, Regimen, RuleTopic, SourceVerification,
};
use chemorad::report::{Code, Finding, Observation, Outcome, Subject};

use chemorad_render::Document;
pub(crate) use supplied::periods;
use supplied::supplied;
use tablets::tablets_text;

/// A step of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Topic(RuleTopic),
    Together,
    Decision,
}

impl Step {
    /// The step that a finding is, where it is one.
    fn of(finding: &Finding) -> Option<Self> {
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
    const fn label(self) -> &'static str {
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

/// Whether a finding is printed as a step of the chain: it holds and something follows from it.
pub(crate) fn in_chain(finding: &Finding) -> bool {
    Step::of(finding).is_some() && matches!(finding.outcome, Outcome::Pass | Outcome::Warn)
}

/// The chain, the reasons where it ends before a dose, dispensing periods, warnings, and what was
/// not checked. `measured` leads it; `extra` is reported with the findings of the order.
pub(crate) fn order(
    page: &mut Document,
    measured: String,
    order: &CapecitabineOrder,
    extra: &[Finding],
) {
    page.pairs(&pairs(measured, order));
    if order.day().is_none() {
        no_dose(page, order);
    }
    if let Some(supply) = order.supply() {
        periods(page, supply);
    }
    let pointer = marked(order);
    let rest: Vec<Finding> = extra
        .iter()
        .chain(pointer.as_ref())
        .chain(order.findings())
        .filter(|finding| !in_chain(finding) && (order.day().is_some() || !blocks_dose(finding)))
        .cloned()
        .collect();
    if !rest.is_empty() {
        page.section("Review");
        page.findings(&rest);
    }
    let not_checked = not_checked(order);
    if !not_checked.is_empty() {
        page.line("");
        page.item("not checked: ", &not_checked.join("; "));
    }
}

/// The code of the finding that this page makes.
pub(crate) const STEPS: Code = Code::new(
    "capecitabine.steps",
    "Steps marked warn",
    "Some steps on the way to the dose are warnings themselves. They are not printed twice; this line says which.",
    "Read the steps marked warn.",
);

/// The warnings that stand in the chain, by the names of their steps, so that a list of what is to
/// be looked at does not seem to lack them.
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

impl core::fmt::Display for MarkedSteps {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "marked warn are: {}", self.0.join(", "))
    }
}

/// Which steps of the chain are warnings.
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

/// What an order leaves unchecked, in words.
pub(crate) fn not_checked(order: &CapecitabineOrder) -> Vec<String> {
    let topics: Vec<String> = order
        .adjustment()
        .not_checked()
        .iter()
        .map(|topic| topic.in_words().to_string())
        .collect();
    let mut all = Vec::new();
    if !topics.is_empty() {
        all.push(format!(
            "{} (no rule set or no fact given for it)",
            topics.join(", ")
        ));
    }
    if order.request().supply.is_none() {
        all.push("supply (no days and dates given)".to_string());
    }
    all
}

/// The chain in lines, from what was measured to the supply.
pub(crate) fn pairs(measured: String, order: &CapecitabineOrder) -> Vec<(&'static str, String)> {
    let request = order.request();
    let regimen = request.regimen;
    let mut pairs = vec![("measured", measured)];
    if let Some(clearance) = &request.facts.clearance {
        let derivation = clearance.derivation();
        pairs.push((
            "clearance",
            format!(
                "{} ({}) = {}",
                clearance.shown(),
                clearance.method(),
                derivation.substitution
            ),
        ));
    }
    pairs.push((
        "BSA",
        format!(
            "{} ({})",
            request.body_surface_area.shown(),
            request.body_surface_area.origin_text()
        ),
    ));
    pairs.push((
        "intensity",
        format!(
            "{} per administration, {} a day = {}",
            regimen.intensity(),
            regimen.administrations_per_day(),
            regimen.intensity_per_day()
        ),
    ));
    let sets: Vec<String> = request
        .rules
        .rule_sets()
        .iter()
        .map(|set| format!("{} ({}, {})", set.id, set.date, set.standing))
        .collect();
    if !sets.is_empty() {
        pairs.push(("rule sets", sets.join(", ")));
    }
    for finding in order.findings().iter().filter(|finding| in_chain(finding)) {
        if let Some(step) = Step::of(finding) {
            pairs.push((step.label(), step_text(step, finding, order)));
        }
    }
    if let Some(day) = order.day() {
        dose(&mut pairs, order, day);
    }
    if let Some(supply) = order.supply() {
        supplied(&mut pairs, order, supply);
    }
    pairs
}

/// Two reductions without the rules, which stand right above on the page.
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

impl core::fmt::Display for ReductionsAbove {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
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
fn shown(finding: &Finding) -> Finding {
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

fn step_text(step: Step, finding: &Finding, order: &CapecitabineOrder) -> String {
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
    // the clearance has a line of its own above
    let input = if step == Step::Topic(RuleTopic::Renal) {
        String::new()
    } else {
        format!("{}: ", finding.at())
    };
    format!("{lead}{input}{}{arrow}", finding.message())
}

fn dose(pairs: &mut Vec<(&'static str, String)>, order: &CapecitabineOrder, day: &OrderedDay) {
    let request = order.request();
    let single = day.per_administration();
    let calculated = single.calculated();
    if order.adjustment().interruption().is_some() {
        pairs.push((
            "interrupted",
            "for toxicity: nothing before recovery to grade 0 or 1, then what follows".to_string(),
        ));
    }
    pairs.push((
        "calculated",
        if calculated.is_capped() {
            format!(
                "{:.2} per administration; after the cap {:.2}",
                calculated.uncapped(),
                calculated.dose()
            )
        } else {
            format!("{:.2} per administration", calculated.uncapped())
        },
    ));
    let ordered = if day.is_unequal() {
        day.to_string()
    } else {
        format!(
            "{} per administration ({})",
            single.dose(),
            single.chosen().tablets_text()
        )
    };
    pairs.push(("ordered", ordered));
    let capped = if calculated.is_capped() {
        format!(", {:+.2} % from the capped one", day.deviation_percent())
    } else {
        String::new()
    };
    pairs.push((
        "per day",
        format!(
            "{} ({}), {:+.2} % from the calculated dose{capped}",
            day.dose_per_day(),
            tablets_text(day.tablets()),
            day.deviation_from_uncapped_percent(),
        ),
    ));
    let tolerance = request.tolerance.map_or_else(
        || "no tolerance given".to_string(),
        |most| {
            format!(
                "tolerance {most}{}",
                if calculated.is_capped() {
                    " of the capped dose"
                } else {
                    ""
                }
            )
        },
    );
    pairs.push((
        "policy",
        format!(
            "{}; tablets {}; {tolerance}; split: {}",
            request.policy, request.stock, request.split
        ),
    ));
    if !day.is_unequal() {
        let candidates = single.candidates();
        let at = candidates
            .iter()
            .position(|candidate| candidate.amount() == single.dose())
            .unwrap_or(0);
        let beside: Vec<String> = [at.checked_sub(1), at.checked_add(1)]
            .into_iter()
            .flatten()
            .filter_map(|index| candidates.get(index))
            .map(|other| format!("{} ({:+.2} %)", other.amount(), other.deviation_percent()))
            .collect();
        if !beside.is_empty() {
            let from = if calculated.is_capped() {
                "; from the capped dose"
            } else {
                ""
            };
            pairs.push(("next", format!("{}{from}", beside.join(", "))));
        }
    }
    for set in request.rules.whole_sets() {
        if let Some(sentence) = &set.rounding {
            let open = sentence
                .open
                .as_ref()
                .map_or_else(String::new, |open| format!("; it leaves open {open}"));
            let said = match set.standing {
                SourceVerification::SiteDecision => sentence.quote.to_string(),
                _ => format!("\"{}\"", sentence.quote),
            };
            pairs.push(("to round", format!("{said} ({}){open}", set.id)));
        }
    }
}

/// Whether a finding keeps a dose from being given.
fn blocks_dose(finding: &Finding) -> bool {
    matches!(finding.outcome, Outcome::Fail | Outcome::CannotTell)
        && finding
            .observation()
            .is_some_and(CapecitabineFinding::blocks_dose)
}

pub(crate) fn no_dose(page: &mut Document, order: &CapecitabineOrder) {
    let mut against: Vec<Finding> = order
        .findings()
        .iter()
        .filter(|finding| blocks_dose(finding))
        .map(shown)
        .collect();
    against.sort_by_key(|finding| finding.outcome != Outcome::Fail);
    let stop = against
        .iter()
        .any(|finding| finding.outcome == Outcome::Fail);
    page.section(if stop {
        "HARD STOP: no dose"
    } else {
        "Cannot tell: no dose until a clinician decides or the fact is given"
    });
    page.findings(&against);
}
