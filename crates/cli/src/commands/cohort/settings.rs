//! The flags of `cohort` that are the same for every row.

use chemorad::capecitabine::columns::CohortRules;
use chemorad::capecitabine::{ClinicalFacts, OrderRequest, RuleTopic};
use chemorad::patient::{BodySurfaceArea, BodySurfaceAreaFormula, SurfaceArea, WeightBasis};
use chemorad::radiotherapy::treatment_date;
use jiff::civil::Date;

use crate::args::drug_rules::RuleArgs;
use crate::args::order::OrderArgs;
use crate::args::site::{SiteValues, missing};
use crate::failure::Failure;
use crate::output::Context;

/// What is the same for every row.
#[derive(clap::Args)]
#[command(next_help_heading = "The same for every row")]
pub(super) struct Settings {
    /// The formula of the body surface area by name, such as mosteller. There is no default.
    #[arg(long)]
    formula: Option<BodySurfaceAreaFormula>,
    #[command(flatten)]
    order: OrderArgs,
    /// A rule set by name or FILE.toml, or TOPIC=NAME; may be repeated.
    #[arg(long = "rule-set", value_name = "NAME|FILE")]
    rule_sets: Vec<String>,
    /// Topics that were checked elsewhere: renal,dpyd,interactions.
    #[arg(long, value_name = "TOPICS", value_delimiter = ',')]
    without: Vec<RuleTopic>,
    /// The day as of which the rule sets have to hold.
    #[arg(long, value_name = "DATE", value_parser = treatment_date)]
    as_of: Option<Date>,
    /// The weight in the creatinine clearance: actual, ideal or adjusted:0.4.
    #[arg(long, value_name = "BASIS")]
    weight_basis: Option<WeightBasis>,
}

const NO_REGIMEN: &str = "--intensity is missing: the file has body sizes, and their orders need it. Write \
     \"825 mg/m2 bid\", or 825mg/m2 with --per and --times-per-day.";

impl Settings {
    /// The rules of orders: what is given by hand, or else what the site decided.
    pub(super) fn rules(
        &self,
        context: &Context<'_>,
        site: &mut SiteValues,
    ) -> Result<CohortRules, Failure> {
        let mut absent = Vec::new();
        let formula = site.decide("formula of the body surface area", self.formula, |site| {
            site.body_surface_area_formula
        });
        if formula.is_none() {
            absent.push(missing("--formula", "body_surface_area_formula"));
        }
        let order = self
            .order
            .decide(context, None, NO_REGIMEN, site, &mut absent)?;
        let (Some(formula), Some(order)) = (formula, order) else {
            return Err(Failure::all(absent));
        };
        let weight_basis = site.decide("weight in the clearance", self.weight_basis, |site| {
            site.weight_basis
        });
        let mut rule_sets = RuleArgs::named(self.rule_sets.clone(), self.without.clone());
        rule_sets.of_site(site);
        let selection = order.selection(context, &rule_sets)?;
        // each row has its own
        let area = BodySurfaceArea::stated(SurfaceArea::constant("1.8 m2"), "each row has its own");
        let every = OrderRequest::new(order.regimen, area, order.stock, order.policy)
            .with_caps(order.caps)
            .with_tolerance(order.tolerance)
            .with_rules(selection, ClinicalFacts::NONE)
            .asking_for_rules(rule_sets.waived()?)
            .as_of(self.as_of);
        Ok(CohortRules::new(&every, formula, weight_basis)?)
    }
}
