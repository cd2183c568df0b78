//! A capecitabine order on one screen: measured, intensity after each rule, calculated, ordered,
//! days, supply, and what is to be looked at.

mod supplied;

use chemorad::capecitabine::{
    AppliedRule, CapecitabineOrder, DoseFraction, OrderedDay, Regimen, Standing, TabletCount,
};
use chemorad::report::{Finding, Outcome};

use chemorad_render::Document;
pub(crate) use supplied::periods;
use supplied::supplied;

/// Findings that are steps of the chain, with the name of the step.
const STEPS: [(&str, &str); 7] = [
    ("capecitabine.renal", "- renal"),
    ("capecitabine.dpyd", "- DPYD"),
    ("capecitabine.toxicity", "- toxicity"),
    ("capecitabine.interaction", "- drug"),
    ("capecitabine.drug_not_named", "- drug"),
    ("capecitabine.two_reductions", "- together"),
    ("capecitabine.decision", "- decision"),
];

fn step(finding: &Finding) -> Option<&'static str> {
    STEPS
        .iter()
        .find(|(code, _)| finding.is(code))
        .map(|(_, name)| *name)
}

/// Whether a rule made a finding.
pub(crate) fn made(finding: &Finding, rule: &AppliedRule) -> bool {
    rule.fact == finding.at() && finding.message().contains(&rule.says)
}

/// Whether a finding says what a rule or a decision did.
pub(crate) fn is_step(finding: &Finding) -> bool {
    step(finding).is_some()
}

/// Whether a finding is printed as a step of the chain: it holds and something follows from it.
pub(crate) fn in_chain(finding: &Finding) -> bool {
    step(finding).is_some() && matches!(finding.outcome, Outcome::Pass | Outcome::Warn)
}

fn tablets_text(tablets: &[TabletCount]) -> String {
    let tablets: Vec<String> = tablets.iter().map(ToString::to_string).collect();
    tablets.join(" + ")
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
        .filter(|finding| !in_chain(finding) && (order.day().is_some() || !stands_against(finding)))
        .cloned()
        .collect();
    if !rest.is_empty() {
        page.section("To be looked at");
        page.findings(&rest);
    }
    let not_checked = not_checked(order);
    if !not_checked.is_empty() {
        page.line("");
        page.item("not checked: ", &not_checked.join("; "));
    }
}

/// The warnings that stand in the chain, by the names of their steps, so that a list of what is to
/// be looked at does not seem to lack them.
pub(crate) fn marked(order: &CapecitabineOrder) -> Option<Finding> {
    let mut steps: Vec<&str> = order
        .findings()
        .iter()
        .filter(|finding| finding.outcome == Outcome::Warn)
        .filter_map(step)
        .map(|name| name.trim_start_matches("- "))
        .collect();
    steps.dedup();
    (!steps.is_empty()).then(|| {
        Finding::written(
            "capecitabine.steps",
            Outcome::Warn,
            "the steps above",
            format!("marked warn are: {}", steps.join(", ")),
        )
    })
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
        pairs.push((step(finding).unwrap_or_default(), step_text(finding, order)));
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
fn together(finding: &Finding) -> Finding {
    let decided = if finding.outcome == Outcome::CannotTell {
        "needs a clinician: "
    } else {
        "decided by a clinician: "
    };
    finding.rewritten(|_| {
        format!(
            "{decided}no text says how the reductions above combine, and they are not multiplied"
        )
    })
}

/// A finding as this page prints it.
fn shown(finding: &Finding) -> Finding {
    if finding.is("capecitabine.two_reductions") {
        together(finding)
    } else {
        finding.clone()
    }
}

fn step_text(finding: &Finding, order: &CapecitabineOrder) -> String {
    let finding = &shown(finding);
    let adjustment = order.adjustment();
    let after = if finding.is("capecitabine.decision") {
        adjustment.adjusted().map(Regimen::intensity)
    } else {
        adjustment
            .steps()
            .find(|(rule, _)| made(finding, rule))
            .filter(|(rule, _)| rule.fraction.is_some())
            .and_then(|(_, after)| after)
    };
    let changes = finding.is("capecitabine.decision")
        || adjustment
            .applied()
            .iter()
            .any(|rule| made(finding, rule) && rule.fraction < Some(DoseFraction::WHOLE));
    let arrow = after.map_or_else(String::new, |after| {
        format!(" -> {}{after}", if changes { "" } else { "still " })
    });
    let lead = match finding.outcome {
        Outcome::Pass => "",
        _ => "warn: ",
    };
    // the clearance has a line of its own above
    let fact = if finding.is("capecitabine.renal") {
        String::new()
    } else {
        format!("{}: ", finding.at())
    };
    format!("{lead}{fact}{}{arrow}", finding.message())
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
        let at = single
            .candidates()
            .iter()
            .position(|candidate| candidate.amount() == single.dose())
            .unwrap_or(0);
        let beside: Vec<String> = [at.checked_sub(1), at.checked_add(1)]
            .into_iter()
            .flatten()
            .filter_map(|index| single.candidates().get(index))
            .map(|other| format!("{} ({:+.2} %)", other.amount(), other.deviation_percent()))
            .collect();
        if !beside.is_empty() {
            let from = if calculated.is_capped() {
                "; from the capped dose"
            } else {
                ""
            };
            pairs.push(("beside it", format!("{}{from}", beside.join(", "))));
        }
    }
    for set in request.rules.whole_sets() {
        if let Some(sentence) = &set.rounding {
            let open = sentence
                .open
                .as_ref()
                .map_or_else(String::new, |open| format!("; it leaves open {open}"));
            let said = match set.standing {
                Standing::SiteDecision => sentence.quote.to_string(),
                _ => format!("\"{}\"", sentence.quote),
            };
            pairs.push(("to round", format!("{said} ({}){open}", set.id)));
        }
    }
}

/// Whether a finding keeps a dose from being given.
fn stands_against(finding: &Finding) -> bool {
    matches!(finding.outcome, Outcome::Fail | Outcome::CannotTell)
        && (step(finding).is_some() || finding.is("capecitabine.table_and_reduction"))
}

pub(crate) fn no_dose(page: &mut Document, order: &CapecitabineOrder) {
    let mut against: Vec<Finding> = order
        .findings()
        .iter()
        .filter(|finding| stands_against(finding))
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
