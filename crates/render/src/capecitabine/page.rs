//! A capecitabine order on one screen: measured, intensity after each rule, calculated, ordered,
//! days, supply, and what a person must review.

use chemorad::capecitabine::{CapecitabineFinding, CapecitabineOrder, OrderedDay, RuleTopic};
use chemorad::quantity::OrderedDose;
use chemorad::report::{Finding, Outcome};

use super::dose::dose;
use super::step::{Step, is_shown_as_step, marked, shown, step_text};
use super::supply::{periods, supplied};
use crate::body_surface_area::size_pairs;
use crate::document::Document;
use crate::judged::needs_a_person;

/// Every step from body size to supply, the reasons where there is no dose, dispensing periods,
/// findings, and what was not checked.
#[must_use]
pub fn page(order: &CapecitabineOrder, all_amounts: bool) -> Document {
    let mut page = Document::new("Capecitabine: from body size to tablets");
    page.verdict_of(order.findings());
    body(&mut page, order);
    if let Some(day) = order.day().filter(|_| all_amounts) {
        page.section("Deliverable amounts for one administration");
        amounts(&mut page, day);
    }
    page.working(&order.derivations());
    page
}

/// Every deliverable amount with its tablets, and which are to take.
fn amounts(page: &mut Document, day: &OrderedDay) {
    let to_take: Vec<OrderedDose> = day.administrations().iter().map(|one| one.dose).collect();
    let candidates = day.per_administration().candidates();
    let rows: Vec<Vec<String>> = candidates
        .iter()
        .map(|candidate| {
            let is_taken = to_take.contains(&candidate.amount());
            vec![
                candidate.amount().to_string(),
                candidate.tablets_text(),
                candidate.tablet_count().to_string(),
                format!("{:+.2} %", candidate.deviation_percent()),
                if is_taken { "to take" } else { "" }.to_string(),
            ]
        })
        .collect();
    page.text_table(&["amount", "tablets", "number", "deviation", ""], &rows);
}

fn body(page: &mut Document, order: &CapecitabineOrder) {
    steps(page, order, None);
    if order.day().is_none() {
        no_dose(page, order);
    }
    if let Some(supply) = order.supply() {
        periods(page, supply);
    }
    let pointer = marked(order);
    let (notes, own) = order.findings().split_at(order.request().notes.len());
    let rest: Vec<Finding> = notes
        .iter()
        .chain(pointer.as_ref())
        .chain(own)
        .filter(|finding| {
            !is_shown_as_step(finding) && (order.day().is_some() || !blocks_dose(finding))
        })
        .cloned()
        .collect();
    if rest.iter().any(|finding| needs_a_person(finding.outcome)) {
        page.section("Review");
    } else if !rest.is_empty() {
        page.in_full(|page| page.section("Review"));
    }
    page.open_findings(
        &rest,
        order.findings(),
        "measurements, other doses and working",
    );
    let not_checked = not_checked(order);
    if !not_checked.is_empty() {
        page.line("");
        page.item("not checked: ", &not_checked.join("; "));
    }
}

/// What an order leaves unchecked, in words.
pub(crate) fn not_checked(order: &CapecitabineOrder) -> Vec<String> {
    let request = order.request();
    let waived = request.waived.as_deref().unwrap_or_default();
    let open = order.adjustment().not_checked().iter();
    let (waived, missing): (Vec<&RuleTopic>, _) = open.partition(|topic| waived.contains(topic));
    let named = |topics: Vec<&RuleTopic>, why: &str| {
        let words: Vec<&str> = topics.iter().map(|topic| topic.in_words()).collect();
        (!words.is_empty()).then(|| format!("{} ({why})", words.join(", ")))
    };
    let changes = match (request.weight_change, request.height_change) {
        (None, None) => Some("earlier weight and height"),
        (None, Some(_)) => Some("earlier weight"),
        (Some(_), None) => Some("earlier height"),
        (Some(_), Some(_)) => None,
    };
    let supply = request.supply.is_none();
    [
        named(missing, "no rule set or fact"),
        named(waived, "waived"),
        changes.map(String::from),
        supply.then(|| "supply (no days and dates given)".to_string()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The steps without which the dose is an answer already.
const DETAILS: &[&str] = &[
    "measured",
    "clearance",
    "rule sets",
    "policy",
    "next",
    "to round",
    "other days",
];

/// Every step in a line, from what was measured to the supply; `more` stands below them.
pub(crate) fn steps(
    page: &mut Document,
    order: &CapecitabineOrder,
    more: Option<(&'static str, String)>,
) {
    let mut pairs = pairs(order);
    pairs.extend(more);
    page.in_full(|page| page.pairs(&pairs));
    let clearance = order.request().facts.clearance.as_ref();
    let clearance =
        clearance.map(|rate| ("clearance", format!("{} ({})", rate.shown(), rate.method())));
    let answer = pairs
        .into_iter()
        .filter(|(name, _)| !DETAILS.contains(name));
    let answer: Vec<(&str, String)> = clearance.into_iter().chain(answer).collect();
    page.in_brief(|page| page.pairs(&answer));
}

/// The steps to the order that another one is compared with: nobody ordered it.
pub(crate) fn expected_steps(page: &mut Document, order: &CapecitabineOrder) {
    let called = |name| if name == "to take" { "expected" } else { name };
    let pairs = pairs(order).into_iter();
    let pairs: Vec<_> = pairs.map(|(name, value)| (called(name), value)).collect();
    page.pairs(&pairs);
}

fn pairs(order: &CapecitabineOrder) -> Vec<(&'static str, String)> {
    let request = order.request();
    let regimen = request.regimen;
    let mut pairs = Vec::new();
    if let Some(size) = request.body_surface_area.size() {
        let measured = size_pairs(size).into_iter();
        let measured: Vec<String> = measured
            .map(|(name, value)| format!("{name} {value}"))
            .collect();
        pairs.push(("measured", measured.join(", ")));
    }
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
    for finding in order
        .findings()
        .iter()
        .filter(|finding| is_shown_as_step(finding))
    {
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

/// Whether a finding keeps a dose from being given.
pub(crate) fn blocks_dose(finding: &Finding) -> bool {
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
    let decides = |finding: &Finding| {
        finding
            .observation()
            .is_some_and(CapecitabineFinding::is_answered_by_decision)
    };
    if !stop
        && order
            .findings()
            .iter()
            .any(|one| blocks_dose(one) && decides(one))
    {
        page.paragraph(
            "A clinician's decision is given with --decision SHARE --decision-reason \"who decided and why\", or as decision under [drug_rules] in a case.",
        );
    }
}
