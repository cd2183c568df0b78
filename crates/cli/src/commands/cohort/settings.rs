//! The flags of `cohort` that are the same for every row.

use chemorad::capecitabine::columns::CohortRules;
use chemorad::capecitabine::{
    Caps, ClinicalFacts, DeviationTolerance, OrderRequest, Regimen, RoundingRule, RuleTopic,
    TabletStock, Ties,
};
use chemorad::patient::{BodySurfaceArea, BodySurfaceAreaFormula, SurfaceArea, WeightBasis};
use chemorad::quantity::{Basis, DoseIntensity, OrderedDose, TabletStrength};
use chemorad::radiotherapy::treatment_date;
use clap::ValueEnum;
use jiff::civil::Date;

use crate::args::drug_rules::RuleArgs;
use crate::args::person::all_missing;
use crate::args::site::{SiteValues, missing};
use crate::failure::Failure;
use crate::output::Context;
use crate::rules;

/// What is the same for every row.
#[derive(clap::Args)]
#[command(next_help_heading = "The same for every row")]
pub(super) struct Settings {
    /// The formula of the body surface area by name, such as mosteller. There is no default.
    #[arg(long)]
    formula: Option<BodySurfaceAreaFormula>,
    /// Dose intensity with unit: 825mg/m2 with --per and --times-per-day, or "825 mg/m2 bid".
    #[arg(long, allow_hyphen_values = true)]
    intensity: Option<String>,
    /// Whether the intensity is per administration or per day.
    #[arg(long, value_enum, requires = "times_per_day")]
    per: Option<Per>,
    /// Administrations a day.
    #[arg(long, requires = "per")]
    times_per_day: Option<u32>,
    /// Tablet strengths in stock: 500mg,150mg.
    #[arg(long)]
    tablets: Option<TabletStock>,
    /// At most this many 150 mg tablets at one administration.
    #[arg(long, value_name = "COUNT")]
    max_150: Option<u32>,
    /// nearest, down, up, fewest:5% or bands:NAME.
    #[arg(long)]
    rounding: Option<RoundingRule>,
    /// up or down: what to do halfway, for nearest and fewest.
    #[arg(long)]
    ties: Option<Ties>,
    /// Dose on at most this body surface area, for example 2m2.
    #[arg(long)]
    bsa_cap: Option<SurfaceArea>,
    /// Give at most this much at one administration.
    #[arg(long)]
    dose_cap: Option<OrderedDose>,
    /// A larger deviation of the ordered dose from the calculated one is a failed check: 5%.
    #[arg(long)]
    tolerance: Option<DeviationTolerance>,
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

#[derive(Clone, Copy, ValueEnum)]
enum Per {
    Administration,
    Day,
}

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
        let tablets = site.decide("tablets in stock", self.tablets.clone(), |site| {
            site.tablet_strengths.clone()
        });
        if tablets.is_none() {
            absent.push(missing("--tablets", "tablet_strengths"));
        }
        let by_hand = self.rounding.is_some();
        let rounding = site.decide("rounding", self.rounding.clone(), |site| {
            site.rounding.clone()
        });
        if rounding.is_none() {
            absent.push(missing("--rounding", "rounding"));
        }
        if self.intensity.is_none() {
            absent.push(
                "--intensity is missing: the file has body sizes, and their orders need it. Write \
                 \"825 mg/m2 bid\", or 825mg/m2 with --per and --times-per-day."
                    .to_string(),
            );
        }
        let (Some(formula), Some(intensity), Some(tablets), Some(rounding)) =
            (formula, &self.intensity, tablets, rounding)
        else {
            return Err(all_missing(&absent));
        };
        // the rule for halves belongs to the rounding that it is given with
        let ties = site.decide("ties", self.ties, |site| {
            site.ties
                .filter(|_| !by_hand || site.rounding == self.rounding)
        });
        let caps = Caps {
            body_surface_area: site.decide("cap on the body surface area", self.bsa_cap, |site| {
                site.body_surface_area_cap
            }),
            dose_per_administration: site
                .decide("cap on the dose", self.dose_cap, |site| site.dose_cap),
        };
        let tolerance = site.decide("tolerance of the deviation", self.tolerance, |site| {
            site.deviation_tolerance
        });
        let weight_basis = site.decide("weight in the clearance", self.weight_basis, |site| {
            site.weight_basis
        });
        let mut rule_sets = RuleArgs::named(self.rule_sets.clone(), self.without.clone());
        rule_sets.of_site(site);
        let rounding = match rounding.table() {
            // a table of the site file lies in its folder
            Some(table) if !by_hand && table.is_file() => {
                let beside = site.beside(table.as_str()).display().to_string();
                format!("bands:{beside}").parse()?
            }
            _ => rounding,
        };
        let regimen = match (self.per, self.times_per_day) {
            (Some(per), Some(times)) => {
                let per = match per {
                    Per::Administration => Basis::Administration,
                    Per::Day => Basis::Day,
                };
                Regimen::from_intensity(DoseIntensity::parse(intensity, per)?, times)?
            }
            _ => intensity.parse()?,
        };
        let mut stock = tablets;
        if let Some(most) = self.max_150 {
            stock = stock.with_limit(TabletStrength::constant("150 mg"), most)?;
        }
        let policy = rounding.policy(ties, |name| rules::load(context, name))?;
        let selection = rule_sets.selection(context)?;
        let selection = match rounding.table() {
            Some(table) => selection.with_dose_table(&rules::load(context, table)?)?,
            None => selection,
        };
        // each row has its own
        let area = BodySurfaceArea::stated(SurfaceArea::constant("1.8 m2"), "each row has its own");
        let every = OrderRequest::new(regimen, area, stock, policy)
            .with_caps(caps)
            .with_tolerance(tolerance)
            .with_rules(selection, ClinicalFacts::NONE)
            .asking_for_rules(rule_sets.waived()?)
            .as_of(self.as_of);
        Ok(CohortRules::new(&every, formula, weight_basis)?)
    }
}
