use chemorad::capecitabine::{Covers, CutDistance, DoseRule, RuleSet, RuleSetHeading};
use chemorad::patient::{
    Age, CockcroftGault, CreatinineClearance, Height, SerumCreatinine, Sex, Weight, WeightBasis,
};
use chemorad::report::{Derivation, decimal};
use chemorad::report::{Finding, Outcome};
use serde::Serialize;

use crate::facts::RenalArgs;
use crate::failure::Failure;
use crate::output::Context;
use crate::report::Report;
use crate::rules;
use chemorad_render::Document;

/// Creatinine clearance by Cockcroft and Gault, and how far it is from the cuts of a rule set.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad clearance --age 55 --sex male --weight 82kg --creatinine 91umol/L \\
    --weight-basis actual
  chemorad clearance --birth-date 1951-12-08 --on 2026-12-07 --sex female \\
    --weight 45kg --creatinine 102umol/L --weight-basis actual \\
    --rule-set fda-label-before-2022 --show-work")]
pub(crate) struct Args {
    /// female or male.
    #[arg(long)]
    sex: Option<Sex>,
    /// Weight with unit: 82kg.
    #[arg(long, allow_hyphen_values = true)]
    weight: Weight,
    /// Height with unit; needed for the ideal and the adjusted weight.
    #[arg(long, allow_hyphen_values = true)]
    height: Option<Height>,
    #[command(flatten)]
    renal: RenalArgs,
    /// A rule set, by name or FILE.toml, to say the distance to each of its cuts and what it says
    /// there; may be repeated.
    #[arg(long = "rule-set", value_name = "NAME|FILE", help_heading = "Rules")]
    rule_sets: Vec<String>,
    /// Print how every number was reached.
    #[arg(long)]
    show_work: bool,
}

#[derive(Serialize)]
struct Rate {
    value: f64,
    unit: &'static str,
}

#[derive(Serialize)]
struct Kilograms {
    value: f64,
    unit: &'static str,
}

/// What one rule set says of the clearance. It is not applied to a dose here.
#[derive(Serialize)]
struct Against<'a> {
    #[serde(flatten)]
    rule_set: RuleSetHeading<'a>,
    band: String,
    rule: DoseRule,
    covers: &'a Covers,
    words: &'a str,
    cuts: Vec<CutDistance>,
}

#[derive(Serialize)]
struct Output<'a> {
    creatinine_clearance: Rate,
    method: String,
    age: Age,
    sex: Sex,
    creatinine: SerumCreatinine,
    weight_basis: WeightBasis,
    weight_used: Kilograms,
    rule_sets: Vec<Against<'a>>,
    warnings: Vec<Finding>,
    derivations: Vec<Derivation>,
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let facts = self.renal.facts(self.sex, self.weight, self.height)?;
        let clearance = CreatinineClearance::cockcroft_gault(facts)?;
        let mut sets: Vec<RuleSet> = Vec::new();
        for name in &self.rule_sets {
            // the renal rules are the only ones asked here
            let set = rules::load(context, name.strip_prefix("renal=").unwrap_or(name))?;
            if sets.iter().any(|other| other.id == set.id) {
                return Err(Failure::new(format!(
                    "--rule-set: {:?} is named twice",
                    set.id
                )));
            }
            sets.push(set);
        }
        let mut warnings = clearance.warnings();
        let mut against = Vec::new();
        let mut bands = Vec::new();
        for set in &sets {
            let rules = set.renal.as_ref().ok_or_else(|| {
                Failure::new(format!(
                    "the rule set {:?} has no renal rules: leave it out here",
                    set.id
                ))
            })?;
            let band = rules.band(&clearance).ok_or_else(|| {
                Failure::new(format!("the rule set {:?} has no band for it", set.id))
            })?;
            warnings.extend(rules.near_cut(&clearance));
            warnings.extend(set.uncovered_clearance(&clearance));
            bands.push(band);
            against.push(Against {
                rule_set: set.heading(),
                band: band.to_string(),
                rule: band.rule,
                covers: &band.covers,
                words: &band.words,
                cuts: rules.distances(&clearance),
            });
        }
        warnings.dedup();
        let output = Output {
            creatinine_clearance: Rate {
                value: clearance.milliliters_per_minute(),
                unit: "mL/min",
            },
            method: clearance.method(),
            age: facts.age,
            sex: facts.sex,
            creatinine: facts.creatinine,
            weight_basis: facts.weight.basis(),
            weight_used: Kilograms {
                value: facts.weight.kilograms(facts.sex)?,
                unit: "kg",
            },
            rule_sets: against,
            warnings,
            derivations: vec![clearance.derivation()],
        };
        let outcome = Outcome::worst(output.warnings.iter().map(|finding| finding.outcome));
        let page = self.page(&output, &sets, &clearance, facts);
        Ok(Report::new(page, &output).judged(outcome))
    }

    fn page(
        &self,
        output: &Output<'_>,
        sets: &[RuleSet],
        clearance: &CreatinineClearance,
        facts: CockcroftGault,
    ) -> Document {
        let mut page = Document::new("Creatinine clearance");
        let mut pairs = vec![
            ("age", format!("{} completed years", facts.age.years())),
            ("sex", facts.sex.to_string()),
            ("weight", self.weight.to_string()),
        ];
        if let Some(height) = self.height {
            pairs.push(("height", height.to_string()));
        }
        pairs.extend([
            ("creatinine", facts.creatinine.to_string()),
            (
                "weight basis",
                format!(
                    "{}: {} kg",
                    output.weight_basis,
                    decimal(output.weight_used.value)
                ),
            ),
            (
                "creatinine clearance",
                format!("{} (compared unrounded)", clearance.shown()),
            ),
            ("method", output.method.clone()),
        ]);
        page.pairs(&pairs);
        for (against, set) in output.rule_sets.iter().zip(sets) {
            page.section(&format!("Against {}", set.id));
            page.pairs(&[
                ("text", set.citation()),
                ("band", against.band.clone()),
                (
                    "says",
                    format!("{}; {}", against.rule, rules::said_of(against.covers)),
                ),
                ("words", against.words.to_string()),
                (
                    "cuts",
                    against
                        .cuts
                        .iter()
                        .map(ToString::to_string)
                        .collect::<Vec<_>>()
                        .join("; "),
                ),
            ]);
        }
        if !output.warnings.is_empty() {
            page.section("To be looked at");
            page.findings(&output.warnings);
        }
        if self.show_work {
            page.section("Work");
            page.work(&output.derivations);
        }
        page
    }
}
