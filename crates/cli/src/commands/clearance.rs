//! Creatinine clearance.

use chemorad::capecitabine::{RuleSet, RuleSetChoice, RuleTopic};
use chemorad::patient::{CreatinineClearance, Height, Sex, Weight};
use chemorad_render::Amount;
use chemorad_render::clearance::{Cited, Results, page};

use crate::args::renal::RenalArgs;
use crate::args::site::{SiteArgs, SiteValues};
use crate::failure::Failure;
use crate::output::Context;
use crate::refused;
use crate::report::Report;
use crate::rules;

/// Creatinine clearance by Cockcroft and Gault, and how far it is from the cuts of a rule set.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad clearance --age 55 --sex male --weight 82kg --creatinine 91umol/L \\
    --weight-basis actual
  chemorad clearance --birth-date 1951-12-08 --on 2026-12-07 --sex female \\
    --weight 45kg --creatinine 102umol/L --weight-basis actual \\
    --rule-set fda-label-2026 --show-work")]
pub(crate) struct Args {
    /// female or male, or f or m.
    #[arg(long, value_name = "male", value_parser = crate::args::person::sex)]
    sex: Option<Sex>,
    /// Weight with unit.
    #[arg(long, value_name = "82kg", allow_hyphen_values = true)]
    weight: Weight,
    /// Height with unit; needed for the ideal and the adjusted weight.
    #[arg(long, value_name = "170cm", allow_hyphen_values = true)]
    height: Option<Height>,
    #[command(flatten)]
    renal: RenalArgs,
    #[command(flatten)]
    site: SiteArgs,
    /// A rule set, by name or FILE.toml, to say the distance to each of its cuts and what it says
    /// there; may be repeated.
    #[arg(long = "rule-set", value_name = "NAME|FILE", help_heading = "Rules")]
    rule_sets: Vec<String>,
}

impl Args {
    pub(crate) fn run(mut self, context: &Context<'_>) -> Result<Report, Failure> {
        let mut site = self.site.read(context)?;
        self.renal.of_site(&mut site);
        let of_site = renal_rules(context, &mut site, &self.rule_sets)?;
        site.tell(context);
        let facts = self.renal.facts(self.sex, self.weight, self.height)?;
        let clearance = CreatinineClearance::cockcroft_gault(facts)?;
        let mut sets = of_site;
        for name in &self.rule_sets {
            // the renal rules are the only ones asked here
            let name = name.strip_prefix("renal=").unwrap_or(name).parse()?;
            let set = rules::load(context, &name)?;
            if sets.iter().any(|other| other.id == set.id) {
                return Err(Failure::new(
                    refused::INPUT_CONFLICT,
                    format!("--rule-set: {:?} is named twice", set.id),
                ));
            }
            sets.push(set);
        }
        let mut warnings = clearance.warnings();
        let mut against = Vec::new();
        for set in &sets {
            let rules = set.renal.as_ref().ok_or_else(|| {
                Failure::new(
                    refused::RULE_SET_TOPIC,
                    format!(
                        "the rule set {:?} has no renal rules: leave it out here",
                        set.id
                    ),
                )
            })?;
            let band = rules.band(&clearance).ok_or_else(|| {
                Failure::new(
                    refused::RULE_SET_TOPIC,
                    format!("the rule set {:?} has no band for it", set.id),
                )
            })?;
            warnings.extend(rules.near_cut(&clearance));
            warnings.extend(set.uncovered_clearance(&clearance));
            against.push(Cited {
                rule_set: set.heading(),
                band: band.to_string(),
                rule: band.rule,
                covers: &band.covers,
                words: &band.words,
                cuts: rules.distances(&clearance),
            });
        }
        warnings.dedup();
        let results = Results {
            creatinine_clearance: Amount::new(clearance.milliliters_per_minute(), "mL/min"),
            method: clearance.method(),
            age: facts.age,
            sex: facts.sex,
            creatinine: facts.creatinine,
            weight_basis: facts.weight.basis(),
            weight_used: Amount::new(facts.weight.kilograms(facts.sex)?, "kg"),
            rule_sets: against,
            warnings,
            derivations: vec![clearance.derivation()],
        };
        let person = (self.weight, self.height);
        let page = page(&results, &sets, &clearance, facts, person);
        Ok(context.report(page, &results).concluded(&results.warnings))
    }
}

/// The rule sets of the site that have renal rules, where none is named by hand.
fn renal_rules(
    context: &Context<'_>,
    site: &mut SiteValues,
    by_hand: &[String],
) -> Result<Vec<RuleSet>, Failure> {
    let choices = site.site().map(|site| site.rule_sets.clone());
    let renal = |choice: &RuleSetChoice| choice.topic.is_none_or(|topic| topic == RuleTopic::Renal);
    let mut sets: Vec<RuleSet> = Vec::new();
    for choice in choices.unwrap_or_default().into_iter().filter(renal) {
        let name = if choice.set.is_file() {
            site.beside(choice.set.as_str())
                .display()
                .to_string()
                .parse()?
        } else {
            choice.set
        };
        let set = rules::load(context, &name)?;
        if set.renal.is_some() && !sets.iter().any(|other| other.id == set.id) {
            sets.push(set);
        }
    }
    let ids: Vec<&str> = sets.iter().map(|set| set.id.as_str()).collect();
    let of_site = (!ids.is_empty()).then(|| ids.join(", "));
    let named = (!by_hand.is_empty()).then(|| by_hand.join(", "));
    if site.decide("rule sets", named, |_| of_site).is_none() || !by_hand.is_empty() {
        return Ok(Vec::new());
    }
    Ok(sets)
}
