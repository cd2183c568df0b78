//! The flags of an order that hold for one patient or for every row of a cohort: regimen, tablets,
//! rounding, caps and tolerance.

use chemorad::capecitabine::{
    Caps, DeviationTolerance, Regimen, RoundingPolicy, RoundingRule, RuleSelection, TabletStock,
    Ties,
};
use chemorad::patient::SurfaceArea;
use chemorad::quantity::{Basis, DoseIntensity, OrderedDose, TabletStrength};
use clap::ValueEnum;

use super::drug_rules::RuleArgs;
use super::site::{SiteValues, missing};
use crate::failure::{Failure, Refusal};
use crate::output::Context;
use crate::refused;
use crate::rules;

#[derive(Debug, clap::Args)]
pub(crate) struct OrderArgs {
    /// The dose intensity with unit: "825 mg/m2 bid", or 825mg/m2 with --per and --times-per-day.
    #[arg(long, value_name = "825mg/m2", allow_hyphen_values = true)]
    intensity: Option<String>,
    /// Whether the intensity is per administration or per day.
    #[arg(long, value_enum, requires = "intensity")]
    per: Option<Per>,
    /// Administrations a day.
    #[arg(
        long,
        value_name = "2",
        requires = "intensity",
        allow_hyphen_values = true
    )]
    times_per_day: Option<String>,
    /// Tablet strengths in stock.
    #[arg(long, value_name = "500mg,150mg")]
    tablets: Option<TabletStock>,
    /// At most this many 150 mg tablets at one administration.
    #[arg(long, value_name = "2", allow_hyphen_values = true)]
    max_150: Option<String>,
    /// At most so many tablets of a strength at one administration: 300mg=1; may be repeated.
    #[arg(long, value_name = "300mg=1")]
    max_count: Vec<String>,
    /// nearest, down, up, fewest:5% for the fewest tablets within a deviation, or bands:NAME for the
    /// dose table of a rule set or a rule-set file.
    #[arg(long, value_name = "nearest")]
    rounding: Option<RoundingRule>,
    /// up or down: what to do halfway, for nearest and fewest.
    #[arg(long, value_name = "up")]
    ties: Option<Ties>,
    /// Dose on at most this body surface area, for example 2m2. No cap unless given.
    #[arg(long, value_name = "2m2")]
    bsa_cap: Option<SurfaceArea>,
    /// Give at most this much at one administration. No cap unless given.
    #[arg(long, value_name = "2000mg")]
    dose_cap: Option<OrderedDose>,
    /// A larger deviation of the dose to take from the calculated one, after a cap if one acts, is a
    /// failed check: 5%.
    #[arg(long, value_name = "5%", allow_hyphen_values = true)]
    tolerance: Option<DeviationTolerance>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Per {
    Administration,
    Day,
}

/// What the flags and the site file settle of an order.
pub(crate) struct OrderSettings {
    /// None where it may come from elsewhere and is not given.
    pub(crate) regimen: Option<Regimen>,
    pub(crate) stock: TabletStock,
    pub(crate) policy: RoundingPolicy,
    pub(crate) caps: Caps,
    pub(crate) tolerance: Option<DeviationTolerance>,
    rounding: RoundingRule,
}

impl OrderSettings {
    /// The rule sets, with the one whose dose table is the rounding.
    pub(crate) fn selection(
        &self,
        context: &Context<'_>,
        rules: &mut RuleArgs,
    ) -> Result<RuleSelection, Failure> {
        let selected = rules.selection(context)?;
        match self.rounding.table() {
            Some(table) => Ok(selected.with_dose_table(&rules::load(context, table)?)?),
            None => Ok(selected),
        }
    }
}

impl OrderArgs {
    /// The flags that are given.
    pub(crate) fn given(&self) -> impl Iterator<Item = &'static str> {
        [
            (self.intensity.is_some(), "--intensity"),
            (self.tablets.is_some(), "--tablets"),
            (self.max_150.is_some(), "--max-150"),
            (!self.max_count.is_empty(), "--max-count"),
            (self.rounding.is_some(), "--rounding"),
            (self.ties.is_some(), "--ties"),
            (self.bsa_cap.is_some(), "--bsa-cap"),
            (self.dose_cap.is_some(), "--dose-cap"),
            (self.tolerance.is_some(), "--tolerance"),
        ]
        .into_iter()
        .filter_map(|(given, flag)| given.then_some(flag))
    }

    /// Whether no flag is given.
    pub(crate) fn is_empty(&self) -> bool {
        self.given().next().is_none()
    }

    /// What is given by hand, or else what the site decided. What is missing is added to `absent`:
    /// `no_regimen` where there is none and it cannot come from elsewhere.
    pub(crate) fn decide(
        &self,
        context: &Context<'_>,
        given: Option<Regimen>,
        no_regimen: Option<&str>,
        site: &mut SiteValues,
        absent: &mut Vec<Refusal>,
    ) -> Result<Option<OrderSettings>, Failure> {
        let regimen = self.regimen(given, no_regimen, absent)?;
        let tablets = site.decide("tablets in stock", self.tablets.clone(), |site| {
            site.tablet_strengths.clone()
        });
        if tablets.is_none() {
            absent.push(missing("--tablets", "tablet_strengths"));
        }
        let rounding = site.decide("rounding", self.rounding.clone(), |site| {
            site.rounding.clone()
        });
        if rounding.is_none() {
            absent.push(missing("--rounding", "rounding"));
        }
        // the rule for halves belongs to the rounding that it is given with
        let ties = site.decide("ties", self.ties, |site| {
            site.ties
                .filter(|_| self.rounding.is_none() || site.rounding == self.rounding)
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
        let (Some(tablets), Some(rounding)) = (tablets, rounding) else {
            return Ok(None);
        };
        // what is missing elsewhere is said before a fault of what is given
        if !absent.is_empty() {
            return Ok(None);
        }
        let rounding = match rounding.table() {
            // a table of the site file lies in its folder
            Some(table) if self.rounding.is_none() && table.is_file() => {
                let beside = site.beside(table.as_str()).display().to_string();
                format!("bands:{beside}").parse()?
            }
            _ => rounding,
        };
        Ok(Some(OrderSettings {
            regimen,
            stock: self.stock(tablets)?,
            policy: rounding
                .policy(ties, |name| rules::load(context, name))
                .map_err(|error: Failure| {
                    let table = rounding.table().is_some() && ties.is_none();
                    error.about(if table { "--rounding" } else { "--ties" })
                })?,
            caps,
            tolerance,
            rounding,
        }))
    }

    /// The regimen in its place or by flags, or what of it is missing.
    fn regimen(
        &self,
        given: Option<Regimen>,
        no_regimen: Option<&str>,
        absent: &mut Vec<Refusal>,
    ) -> Result<Option<Regimen>, Failure> {
        let Some(intensity) = &self.intensity else {
            if let (None, Some(no_regimen)) = (given, no_regimen) {
                let refusal = Refusal::of(refused::INPUT_MISSING, "--intensity", no_regimen);
                absent.push(refusal.on_a_form("is missing: write the intensity of one administration and how often a day, such as 825 mg/m2 bid"));
            }
            return Ok(given);
        };
        if given.is_some() {
            return Err(Failure::new(
                refused::INPUT_CONFLICT,
                "the regimen is given twice, in its place and as --intensity: leave one out",
            ));
        }
        let per = match (self.per, &self.times_per_day) {
            (None, None) => {
                if let Ok(regimen) = intensity.parse() {
                    return Ok(Some(regimen));
                }
                let refusal = Refusal::of(
                    refused::INPUT_MISSING,
                    "--intensity",
                    "--per and --times-per-day are missing: is the intensity one of an administration or of a day, and how often a day is it given? Choices: --per administration or day, --times-per-day 1 to 4; or write both as --intensity \"825 mg/m2 bid\"",
                );
                absent.push(refusal.on_a_form("is not whole: is the intensity one of an administration or of a day, and how often a day is it given? Write both, such as 825 mg/m2 bid"));
                return Ok(None);
            }
            (None, Some(_)) => {
                absent.push(Refusal::missing("--per", "is the intensity one of an administration or of a day? They differ by a factor of two or more. Choices: administration, day"));
                return Ok(None);
            }
            (Some(Per::Administration), _) => Basis::Administration,
            (Some(Per::Day), _) => Basis::Day,
        };
        let Some(times) = &self.times_per_day else {
            absent.push(Refusal::missing(
                "--times-per-day",
                "how often a day is it given? Choices: 1 to 4",
            ));
            return Ok(None);
        };
        let intensity = DoseIntensity::parse(intensity, per)?;
        let times = whole(times, "--times-per-day")?;
        Ok(Some(Regimen::from_intensity(intensity, times)?))
    }

    fn stock(&self, mut stock: TabletStock) -> Result<TabletStock, Failure> {
        if let Some(most) = &self.max_150 {
            let small = TabletStrength::constant("150 mg");
            stock = limited(&stock, small, whole(most, "--max-150")?)?;
        }
        for limit in &self.max_count {
            let (strength, most) = limit.split_once('=').ok_or_else(|| {
                Failure::new(refused::INPUT_VALUE, format!(
                    "--max-count {limit:?}: write the strength and the count, for example 300mg=1"
                ))
            })?;
            stock = limited(&stock, strength.parse()?, whole(most, "--max-count")?)?;
        }
        Ok(stock)
    }
}

/// A second limit on a strength would silently replace the first.
fn limited(
    stock: &TabletStock,
    strength: TabletStrength,
    most: u32,
) -> Result<TabletStock, Failure> {
    let twice = stock
        .tablets()
        .any(|tablet| tablet.strength == strength && tablet.at_most.is_some());
    if twice {
        return Err(Failure::new(
            refused::INPUT_CONFLICT,
            format!("the number of {strength} tablets is limited twice: give one limit"),
        ));
    }
    Ok(stock.with_limit(strength, most)?)
}

fn whole(text: &str, what: &str) -> Result<u32, Failure> {
    let digits = text.trim();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        let predicate = format!("{text:?}: write a whole number");
        let refusal = Refusal::of(refused::INPUT_VALUE, what, format!("{what} {predicate}"))
            .on_a_form(predicate);
        return Err(Failure::all(vec![refusal]));
    }
    digits.parse().map_err(|_| {
        Failure::new(
            refused::INPUT_VALUE,
            format!("{what} {text:?}: the number is too large"),
        )
        .about(what)
    })
}
