//! The tables of a case about the drug: renal function, DPYD, rules, supply.

use std::string::{String, ToString};
use std::vec::Vec;

use super::{Case, SheetError, Supplied};
use chemorad::capecitabine::{
    CapecitabineError, ClinicalFacts, DaySplit, DoseDecision, Override, RoundingPolicy,
    RuleSelection, RuleSet, Toxicity,
};
use chemorad::patient::{
    BodySize, ClearanceRate, ClearanceWeight, CockcroftGault, CreatinineClearance, DpydStatus,
    SerumCreatinine, Weight, WeightBasis,
};
use chemorad::text::Text;

/// `[renal]`: what a creatinine clearance is worked out from, or one that was measured. Age, sex,
/// weight and height are the patient's.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Renal {
    /// Serum creatinine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creatinine: Option<SerumCreatinine>,
    /// Which weight goes into the formula.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight_basis: Option<WeightBasis>,
    /// Instead of both: a creatinine clearance from elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clearance: Option<ClearanceRate>,
    /// Who or what gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clearance_by: Option<Text>,
}

/// `[dpyd]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dpyd {
    /// `"not_tested"`, `"indeterminate"` or `{ score = 1.5 }`.
    pub status: DpydStatus,
}

/// `[drug_rules]`: which rules hold at the site, and what they are applied to or set aside by.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DrugRules {
    /// Published rule sets by name, or files: `NAME` for all of a set, `TOPIC=NAME` for one topic.
    pub rule_sets: Vec<String>,
    /// The toxicity that the dose is changed for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub toxicity: Option<Toxicity>,
    /// The other drugs taken; an empty list says that there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_drugs: Option<Vec<Text>>,
    /// A clinician's decision where the rules cannot tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<DoseDecision>,
    /// Failed checks that a person accepts, with the reason.
    pub overrides: Vec<Override>,
    /// How the day is divided; equal unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<DaySplit>,
    /// The weight of an earlier order, to see whether it still holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_weight: Option<Weight>,
}

/// `[supply]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SupplyPolicy {
    /// Calendar days of a dispensing period.
    pub dispense_every_days: u16,
}

/// A rule set of a file, or one that comes with the library.
fn find(case: &Case, name: &str) -> Result<RuleSet, CapecitabineError> {
    match case.rule_set_files.iter().find(|(file, _)| file == name) {
        Some((_, set)) => Ok(set.clone()),
        None => RuleSet::named(name).cloned(),
    }
}

/// The rounding of the site: a policy, or the dose table of a rule set.
pub(super) fn rounding(case: &Case, words: &str) -> Result<RoundingPolicy, CapecitabineError> {
    RoundingPolicy::parse_with(words, case.site.ties, |name| find(case, name))
}

/// The selected rules, with the set of a dose table; none without either.
pub(super) fn selection(case: &Case) -> Result<RuleSelection, SheetError> {
    let names = case.drug_rules.as_ref().map(|rules| &*rules.rule_sets);
    let find = |name: &str| find(case, name);
    let selected = RuleSelection::from_names(names.unwrap_or_default(), find);
    let rounding = case.site.rounding.as_deref();
    match rounding.and_then(RoundingPolicy::table_name) {
        Some(table) => selected.and_then(|rules| rules.with_dose_table(&find(table)?)),
        None => selected,
    }
    .map_err(SheetError::DrugRules)
}

/// The facts that the rules are applied to.
pub(super) fn facts(case: &Case) -> Result<ClinicalFacts, SheetError> {
    let rules = case.drug_rules.as_ref();
    let clearance = match &case.renal {
        Some(renal) => Some(clearance(case, renal)?),
        None => None,
    };
    Ok(ClinicalFacts {
        clearance,
        dpyd: case.dpyd.map(|dpyd| dpyd.status),
        toxicity: rules.and_then(|rules| rules.toxicity),
        other_drugs: rules.and_then(|rules| rules.other_drugs.clone()),
    })
}

const NEEDED: &str = "The creatinine clearance (Cockcroft-Gault) is worked out from it.";

fn clearance(case: &Case, renal: &Renal) -> Result<CreatinineClearance, SheetError> {
    match (renal.clearance, &renal.clearance_by) {
        (Some(_), _) if renal.creatinine.is_some() || renal.weight_basis.is_some() => {
            return Err(SheetError::Contradiction(
                "renal: give clearance with clearance_by, or creatinine with weight_basis, not both"
                    .into(),
            ));
        }
        (Some(rate), Some(by)) if !by.trim().is_empty() => {
            return Ok(CreatinineClearance::stated(rate, by.clone()));
        }
        (Some(_), _) => {
            return Err(SheetError::missing(
                "renal.clearance_by",
                "A clearance that is not worked out here says where it is from.",
                &["clearance_by = \"24 h urine collection\""],
            ));
        }
        (None, Some(_)) => {
            return Err(SheetError::Contradiction(
                "renal.clearance_by is given, and renal.clearance is not".into(),
            ));
        }
        (None, None) => {}
    }
    let patient = &case.patient;
    let need = |field: &str, choices: &[&str]| SheetError::missing(field, NEEDED, choices);
    let creatinine = renal.creatinine.ok_or_else(|| {
        need(
            "renal.creatinine",
            &["creatinine = \"80 umol/L\"", "creatinine = \"0.9 mg/dL\""],
        )
    })?;
    let basis = renal.weight_basis.ok_or_else(|| {
        SheetError::missing(
            "renal.weight_basis",
            "The weight in the formula changes the clearance, and none is a default.",
            &["actual", "ideal", "adjusted"],
        )
    })?;
    let age = patient
        .age
        .ok_or_else(|| need("patient.age", &["age = \"62 years\""]))?;
    let sex = patient
        .sex
        .ok_or_else(|| need("patient.sex", &["female", "male"]))?;
    let weight = patient
        .weight
        .ok_or_else(|| need("patient.weight", &["weight = \"70 kg\""]))?;
    let weight = match (basis, patient.height) {
        (basis, Some(height)) => ClearanceWeight::of(basis, BodySize::new(height, weight)?),
        (WeightBasis::Actual, None) => ClearanceWeight::Actual(weight),
        (_, None) => return Err(need("patient.height", &["height = \"170 cm\""])),
    };
    Ok(CreatinineClearance::cockcroft_gault(CockcroftGault {
        age,
        sex,
        weight,
        creatinine,
    })?)
}

/// What is given is checked whether or not the treatment has a drug.
pub(super) fn check(case: &Case) -> Result<(), SheetError> {
    selection(case)?;
    facts(case)?.check().map_err(SheetError::DrugRules)?;
    match case.supply {
        Some(supply) if supply.dispense_every_days == 0 => Err(SheetError::Contradiction(format!(
            "supply.dispense_every_days: {}",
            CapecitabineError::DispenseEvery
        ))),
        Some(_) if case.calendar.is_none() => Err(SheetError::missing(
            "calendar",
            "The supply is counted on dated days; without dates there is none.",
            &["a [calendar] table with start, weekdays, fractions_per_day"],
        )),
        _ => Ok(()),
    }
}

/// Who settled what the rules are and are applied to.
pub(super) fn supplied(case: &Case) -> Vec<Supplied> {
    let mut all = Vec::new();
    if let Some(rules) = &case.drug_rules {
        for name in &rules.rule_sets {
            let set = name
                .split_once('=')
                .and_then(|(_, rest)| find(case, rest).ok())
                .or_else(|| find(case, name).ok());
            all.push(Supplied {
                basis: set.map(|set| set.citation()),
                ..Supplied::by_site("drug rules", name)
            });
        }
        if let Some(split) = rules.split {
            all.push(Supplied::by_site("split of the day", split));
        }
        if let Some(toxicity) = rules.toxicity {
            all.push(Supplied::by_case("toxicity", toxicity));
        }
        if let Some(drugs) = &rules.other_drugs {
            let names: Vec<&str> = drugs.iter().map(Text::as_str).collect();
            let names = if names.is_empty() {
                "none".to_string()
            } else {
                names.join(", ")
            };
            all.push(Supplied::by_case("other drugs", names));
        }
        if let Some(decision) = &rules.decision {
            all.push(Supplied {
                basis: Some(decision.reason.to_string()),
                ..Supplied::by_case("decision on the dose", decision.fraction)
            });
        }
        for accepted in &rules.overrides {
            all.push(Supplied {
                basis: Some(accepted.reason().to_string()),
                ..Supplied::by_case("override", accepted.code())
            });
        }
    }
    if let Some(renal) = &case.renal {
        if let Some(creatinine) = renal.creatinine {
            all.push(Supplied::by_case("serum creatinine", creatinine));
        }
        if let Some(basis) = renal.weight_basis {
            all.push(Supplied::by_case("weight in the clearance", basis));
        }
        if let Some(clearance) = renal.clearance {
            all.push(Supplied {
                basis: renal.clearance_by.as_ref().map(ToString::to_string),
                ..Supplied::by_case("creatinine clearance", clearance)
            });
        }
    }
    if let Some(dpyd) = case.dpyd {
        all.push(Supplied::by_case("DPYD", dpyd.status));
    }
    all
}
