//! What is the same for every row, in words.

use chemorad::capecitabine::Regimen;
use chemorad::capecitabine::columns::CohortRules;
use chemorad_cohort::{Arms, Cohort};
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub(super) struct Setting {
    pub(super) name: &'static str,
    pub(super) value: String,
}

pub(super) fn settings(cohort: &Cohort) -> Vec<Setting> {
    let mut settings = cohort.rules().map(of_orders).unwrap_or_default();
    if let Some(arms) = cohort.arms() {
        settings.retain(|(name, _)| *name != "regimen");
        settings.insert(0, ("protocol", arms.protocol().to_string()));
        if cohort.rules().is_some() {
            settings.insert(1, ("regimen by arm", regimens(arms)));
        }
    }
    if let Some(intake) = cohort.intake() {
        let days = format!(
            "{}, of one fraction a day from start_date in the calendar of the site",
            intake.days()
        );
        settings.push(("days of intake", days));
    }
    if let Some(alpha_beta) = cohort.alpha_beta() {
        settings.push(("alpha/beta of the courses", alpha_beta.to_string()));
    }
    settings
        .into_iter()
        .map(|(name, value)| Setting { name, value })
        .collect()
}

/// Each regimen once, with the arms that it is for.
fn regimens(arms: &Arms) -> String {
    let mut all: Vec<(Regimen, Vec<&str>)> = Vec::new();
    for (arm, rules) in arms.rules() {
        let regimen = rules.every().regimen;
        match all.iter_mut().find(|(known, _)| *known == regimen) {
            Some((_, names)) => names.push(arm),
            None => all.push((regimen, vec![arm])),
        }
    }
    let all = all.iter();
    let all: Vec<String> = all
        .map(|(regimen, names)| format!("{regimen}: {}", names.join(", ")))
        .collect();
    all.join("; ")
}

fn of_orders(rules: &CohortRules) -> Vec<(&'static str, String)> {
    let every = rules.every();
    let mut settings = vec![
        ("formula", rules.formula().to_string()),
        ("regimen", every.regimen.to_string()),
        ("tablets", every.stock.to_string()),
        ("rounding", every.policy.to_string()),
    ];
    let optional = [
        (
            "cap on the body surface area",
            every.caps.body_surface_area.map(|cap| cap.to_string()),
        ),
        (
            "cap on one administration",
            every
                .caps
                .dose_per_administration
                .map(|cap| cap.to_string()),
        ),
        (
            "tolerance",
            every.tolerance.map(|tolerance| tolerance.to_string()),
        ),
        (
            "weight in the clearance",
            rules.weight_basis().map(|basis| basis.to_string()),
        ),
    ];
    settings.extend(
        optional
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    let sets = every.rules.rule_sets();
    let sets: Vec<String> = sets.iter().map(|set| set.id.to_string()).collect();
    if !sets.is_empty() {
        settings.push(("rule sets", sets.join(", ")));
    }
    if let Some(waived) = every.waived.as_ref().filter(|waived| !waived.is_empty()) {
        let waived: Vec<&str> = waived.iter().map(|topic| topic.in_words()).collect();
        settings.push(("checked elsewhere", waived.join(", ")));
    }
    settings
}
