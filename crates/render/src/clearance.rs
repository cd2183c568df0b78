//! Creatinine clearance, and what rule sets say of it.

use chemorad::capecitabine::{Covers, CutDistance, DoseRule, RuleSet, RuleSetHeading};
use chemorad::patient::{
    Age, CockcroftGault, CreatinineClearance, Height, SerumCreatinine, Sex, Weight, WeightBasis,
};
use chemorad::report::{Derivation, Finding};
use serde::Serialize;

use crate::amount::Amount;
use crate::document::Document;
use crate::number::rounded;

/// What one rule set says of the clearance. It is not applied to a dose here.
#[derive(Debug, Clone, Serialize)]
pub struct Cited<'a> {
    /// Which rule set it is.
    #[serde(flatten)]
    pub rule_set: RuleSetHeading<'a>,
    /// The band the clearance lies in.
    pub band: String,
    /// What the rule set does there.
    pub rule: DoseRule,
    /// The starting doses it speaks of.
    pub covers: &'a Covers,
    /// Its own words.
    pub words: &'a str,
    /// How far the cuts are.
    pub cuts: Vec<CutDistance>,
}

/// A creatinine clearance as tools read it.
#[derive(Debug, Clone, Serialize)]
pub struct Results<'a> {
    /// In mL/min, unrounded.
    pub creatinine_clearance: Amount,
    /// How it was calculated.
    pub method: String,
    /// Completed years.
    pub age: Age,
    /// The sex of the formula.
    pub sex: Sex,
    /// Serum creatinine.
    pub creatinine: SerumCreatinine,
    /// Which weight the formula takes.
    pub weight_basis: WeightBasis,
    /// That weight, in kg.
    pub weight_used: Amount,
    /// What each rule set says.
    pub rule_sets: Vec<Cited<'a>>,
    /// What a reader must know.
    pub warnings: Vec<Finding>,
    /// How the number was reached.
    pub derivations: Vec<Derivation>,
}

/// The starting doses a rule speaks of, as the end of a sentence.
#[must_use]
pub fn said_of(covers: &Covers) -> String {
    match covers {
        Covers::NotStated => "for which starting doses is not stated".to_string(),
        named => format!("said of {named}"),
    }
}

/// A clearance with what it was calculated from; `sets` are the rule sets of the results.
#[must_use]
pub fn page(
    results: &Results<'_>,
    sets: &[RuleSet],
    clearance: &CreatinineClearance,
    facts: CockcroftGault,
    (weight, height): (Weight, Option<Height>),
) -> Document {
    let mut page = Document::new("Creatinine clearance");
    let mut pairs = vec![
        ("age", format!("{} completed years", facts.age.years())),
        ("sex", facts.sex.to_string()),
        ("weight", weight.to_string()),
    ];
    pairs.extend(height.map(|height| ("height", height.to_string())));
    let used = rounded(results.weight_used.value, 4);
    pairs.extend([
        ("creatinine", facts.creatinine.to_string()),
        (
            "weight basis",
            format!("{}: {used} kg", results.weight_basis),
        ),
        (
            "creatinine clearance",
            format!("{} (compared unrounded)", clearance.shown()),
        ),
        ("method", results.method.clone()),
    ]);
    page.pairs(&pairs);
    for (cited, set) in results.rule_sets.iter().zip(sets) {
        let cuts: Vec<String> = cited.cuts.iter().map(ToString::to_string).collect();
        page.section(&format!("Against {}", set.id));
        page.pairs(&[
            ("text", set.citation()),
            ("band", cited.band.clone()),
            ("says", format!("{}; {}", cited.rule, said_of(cited.covers))),
            ("words", cited.words.to_string()),
            ("cuts", cuts.join("; ")),
        ]);
    }
    page.findings_under("Review", &results.warnings);
    page.working(&results.derivations);
    page
}
