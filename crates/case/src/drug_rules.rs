//! The rules of a case about the drug, and the facts they are applied to.

use std::string::ToString;
use std::vec::Vec;

use super::case::Case;
use super::drug_case::Renal;
use super::error::{Found, SheetError};
use super::provenance::Provenance;
use chemorad::capecitabine::{
    CapecitabineError, ClinicalFacts, RoundingPolicy, RoundingRule, RuleSelection, RuleSet,
    RuleSetName, RuleTopic,
};
use chemorad::patient::{
    BodySize, ClearanceWeight, CockcroftGault, CreatinineClearance, WeightBasis,
};
use chemorad::text::Text;

/// A rule set of a file, or one that comes with the library.
pub(super) fn named(case: &Case, name: &RuleSetName) -> Result<RuleSet, CapecitabineError> {
    match case.rule_set_files.iter().find(|(file, _)| file == name) {
        Some((_, set)) => Ok(set.clone()),
        None => RuleSet::named(name.as_str()).cloned(),
    }
}

/// The rounding of the site: a policy, or the dose table of a rule set.
pub(super) fn rounding(
    case: &Case,
    rule: &RoundingRule,
) -> Result<RoundingPolicy, CapecitabineError> {
    rule.policy(case.site.ties, |name| named(case, name))
}

/// The selected rules, with the set of a dose table; none without either.
pub(super) fn selection(case: &Case) -> Result<RuleSelection, SheetError> {
    let choices = case.drug_rules.as_ref().map(|rules| &*rules.rule_sets);
    let find = |name: &RuleSetName| named(case, name);
    let selected = RuleSelection::from_choices(choices.unwrap_or_default(), find);
    let rounding = case.site.rounding.as_ref();
    match rounding.and_then(RoundingRule::table) {
        Some(table) => selected.and_then(|rules| rules.with_dose_table(&find(table)?)),
        None => selected,
    }
    .map_err(SheetError::DrugRules)
}

/// The topics that somebody checks elsewhere.
pub(super) fn waived(case: &Case) -> Vec<RuleTopic> {
    let rules = case.drug_rules.as_ref();
    rules
        .and_then(|rules| rules.without.clone())
        .unwrap_or_default()
}

/// The facts that the rules are applied to; what is missing for them is noted.
pub(super) fn facts(case: &Case, found: &mut Found) -> Option<ClinicalFacts> {
    let rules = case.drug_rules.as_ref();
    let clearance = match &case.renal {
        Some(renal) => Some(clearance(case, renal, found)?),
        None => None,
    };
    Some(ClinicalFacts {
        clearance,
        dpyd: case.dpyd.as_ref().map(|dpyd| dpyd.status),
        phenotype: case.dpyd.as_ref().and_then(|dpyd| dpyd.phenotype.clone()),
        toxicity: rules.and_then(|rules| rules.toxicity),
        other_drugs: rules.and_then(|rules| rules.other_drugs.clone()),
        protocol_drugs: Vec::new(),
    })
}

fn clearance(case: &Case, renal: &Renal, found: &mut Found) -> Option<CreatinineClearance> {
    match (renal.clearance, &renal.clearance_by) {
        (Some(_), _) if renal.creatinine.is_some() || renal.weight_basis.is_some() => {
            found.add(SheetError::Contradiction(
                "renal: give clearance with clearance_by, or creatinine with weight_basis, not both"
                    .into(),
            ));
            None
        }
        (Some(rate), Some(by)) if !by.trim().is_empty() => {
            Some(CreatinineClearance::stated(rate, by.clone()))
        }
        (Some(_), _) => {
            found.add(SheetError::missing(
                "renal.clearance_by",
                "A clearance that is not worked out here says where it is from.",
                &["clearance_by = \"24 h urine collection\""],
            ));
            None
        }
        (None, Some(_)) => {
            found.add(SheetError::Contradiction(
                "renal.clearance_by is given, and renal.clearance is not".into(),
            ));
            None
        }
        (None, None) => cockcroft_gault(case, renal, found),
    }
}

const NEEDED: &str = "The creatinine clearance (Cockcroft-Gault) is worked out from it.";

fn cockcroft_gault(case: &Case, renal: &Renal, found: &mut Found) -> Option<CreatinineClearance> {
    fn need<T>(found: &mut Found, given: Option<T>, field: &str, choices: &[&str]) -> Option<T> {
        if given.is_none() {
            found.add(SheetError::missing(field, NEEDED, choices));
        }
        given
    }
    let patient = &case.patient;
    let creatinine = ["creatinine = \"80 umol/L\"", "creatinine = \"0.9 mg/dL\""];
    let creatinine = need(found, renal.creatinine, "renal.creatinine", &creatinine);
    if renal.weight_basis.is_none() {
        found.add(SheetError::missing(
            "renal.weight_basis",
            "The weight in the formula changes the clearance, and none is a default.",
            &["actual", "ideal", "adjusted:0.4"],
        ));
    }
    let age = need(found, patient.age, "patient.age", &["age = \"62 years\""]);
    let sex = need(found, patient.sex, "patient.sex", &["female", "male"]);
    let weight = need(
        found,
        patient.weight,
        "patient.weight",
        &["weight = \"70 kg\""],
    );
    let height = match renal.weight_basis {
        Some(WeightBasis::Actual) => patient.height,
        _ => need(
            found,
            patient.height,
            "patient.height",
            &["height = \"170 cm\""],
        ),
    };
    let (creatinine, basis, age, sex, weight) =
        (creatinine?, renal.weight_basis?, age?, sex?, weight?);
    let weight = match height {
        Some(height) => {
            let size = found.keep(BodySize::new(height, weight))?;
            ClearanceWeight::new(basis, size)
        }
        None if basis == WeightBasis::Actual => ClearanceWeight::Actual(weight),
        None => return None,
    };
    found.keep(CreatinineClearance::cockcroft_gault(CockcroftGault {
        age,
        sex,
        weight,
        creatinine,
    }))
}

/// What is given is checked whether or not the treatment has a drug.
pub(super) fn check(case: &Case, found: &mut Found) {
    found.keep(selection(case));
    let needed = RuleTopic::NEEDED;
    for topic in waived(case).iter().filter(|topic| !needed.contains(topic)) {
        let needed: Vec<&str> = needed.iter().map(|topic| topic.name()).collect();
        found.add(SheetError::Contradiction(format!(
            "drug_rules.without: nobody asks for {topic}; choices: {}",
            needed.join(", ")
        )));
    }
    if let Some(facts) = facts(case, found) {
        found.keep(facts.check().map_err(SheetError::DrugRules));
    }
    match case.supply {
        Some(supply) if supply.dispense_every_days == 0 => {
            found.add(SheetError::Contradiction(format!(
                "supply.dispense_every_days: {}",
                CapecitabineError::DispenseEvery
            )));
        }
        Some(_) if case.calendar.is_none() => found.add(SheetError::missing(
            "calendar",
            "The supply is counted on dated days; without dates there is none.",
            &["a [calendar] table with start, weekdays, fractions_per_day"],
        )),
        _ => {}
    }
}

/// Where the rules, and the facts they are applied to, come from.
pub(super) fn supplied(case: &Case) -> Vec<Provenance> {
    let mut all = Vec::new();
    if let Some(rules) = &case.drug_rules {
        for choice in &rules.rule_sets {
            let set = named(case, &choice.set).ok();
            all.push(Provenance {
                basis: set.map(|set| set.citation()),
                ..Provenance::by_site("drug rules", choice)
            });
        }
        let waived = rules.without.iter().flatten();
        let waived: Vec<&str> = waived.map(|topic| topic.name()).collect();
        if !waived.is_empty() {
            all.push(Provenance::by_site(
                "topics checked elsewhere",
                waived.join(", "),
            ));
        }
        if let Some(split) = rules.split {
            all.push(Provenance::by_site("split of the day", split));
        }
        if let Some(toxicity) = rules.toxicity {
            all.push(Provenance::by_case("toxicity", toxicity));
        }
        if let Some(drugs) = &rules.other_drugs {
            let names: Vec<&str> = drugs.iter().map(Text::as_str).collect();
            let names = if names.is_empty() {
                "none".to_string()
            } else {
                names.join(", ")
            };
            all.push(Provenance::by_case("other drugs", names));
        }
        if let Some(decision) = &rules.decision {
            all.push(Provenance {
                basis: Some(decision.reason.to_string()),
                ..Provenance::by_case("decision on the dose", decision.fraction)
            });
        }
        for accepted in &rules.overrides {
            all.push(Provenance {
                basis: Some(accepted.reason().to_string()),
                ..Provenance::by_case("override", accepted.code())
            });
        }
    }
    if let Some(renal) = &case.renal {
        if let Some(creatinine) = renal.creatinine {
            all.push(Provenance::by_case("serum creatinine", creatinine));
        }
        if let Some(basis) = renal.weight_basis {
            all.push(Provenance::by_case("weight in the clearance", basis));
        }
        if let Some(clearance) = renal.clearance {
            all.push(Provenance {
                basis: renal.clearance_by.as_ref().map(ToString::to_string),
                ..Provenance::by_case("creatinine clearance", clearance)
            });
        }
    }
    if let Some(dpyd) = &case.dpyd {
        all.push(Provenance::by_case("DPYD", dpyd.status));
        if let Some(result) = &dpyd.phenotype {
            all.push(Provenance::by_case("DPD phenotype", result));
        }
    }
    all
}
