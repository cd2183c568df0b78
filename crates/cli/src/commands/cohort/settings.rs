//! The flags of `cohort` that are the same for every row.

use chemorad::capecitabine::columns::CohortRules;
use chemorad::capecitabine::{
    Caps, ClinicalFacts, OrderRequest, Regimen, RuleSelection, RuleTopic,
};
use chemorad::patient::{BodySurfaceArea, BodySurfaceAreaFormula, SurfaceArea, WeightBasis};
use chemorad::radiotherapy::treatment_date;
use chemorad::text::Text;
use chemorad_cohort::{Calendar, Intake, StatedDrug};
use jiff::civil::Date;

use crate::args::drug_rules::RuleArgs;
use crate::args::order::{OrderArgs, OrderSettings};
use crate::args::site::{SiteValues, missing};
use crate::failure::Failure;
use crate::holidays::read_holidays;
use crate::output::Context;
use crate::refused;
use crate::time::weekdays;

/// What is the same for every row.
#[derive(clap::Args)]
#[command(next_help_heading = "The same for every row")]
pub(super) struct Settings {
    /// The formula of the body surface area by name, such as mosteller. There is no default.
    #[arg(long)]
    formula: Option<BodySurfaceAreaFormula>,
    #[command(flatten)]
    order: OrderArgs,
    /// A rule set by name or FILE.toml, or TOPIC=NAME; several by commas.
    #[arg(long = "rule-set", value_name = "NAME|FILE", value_delimiter = ',')]
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

/// What is the same for every row, made ready: an arm adds its regimen.
pub(super) struct Prepared {
    formula: BodySurfaceAreaFormula,
    order: OrderSettings,
    selection: RuleSelection,
    waived: Vec<RuleTopic>,
    as_of: Option<Date>,
    weight_basis: Option<WeightBasis>,
}

const NO_INTENSITY: &str = "--intensity is missing: the file has body sizes, and their orders need it. Write \
     \"825 mg/m2 bid\", or 825mg/m2 with --per and --times-per-day.";

impl Prepared {
    /// The rules where every row has the regimen that is given.
    pub(super) fn rules(&self) -> Result<CohortRules, Failure> {
        let regimen = self
            .order
            .regimen
            .ok_or_else(|| Failure::new(refused::INPUT_MISSING, NO_INTENSITY))?;
        self.of_regimen(regimen, self.order.caps, None)
    }

    /// The rules of an arm: what the protocol says of the drug, and what it leaves open by hand.
    pub(super) fn of_arm(&self, stated: StatedDrug) -> Result<CohortRules, Failure> {
        if let (Some(given), Some(intensity)) = (self.order.regimen, stated.intensity) {
            let of_protocol = Regimen::from_intensity(intensity, given.administrations_per_day())?;
            let other = stated.regimen.is_some_and(|regimen| regimen != given);
            if other || of_protocol != given {
                return Err(Failure::new(
                    refused::PROTOCOL_CONTRADICTED,
                    format!(
                        "--intensity: {given} is not what the protocol states: {}. Leave it out, or correct it",
                        stated.regimen.unwrap_or(of_protocol)
                    ),
                ));
            }
        }
        let regimen = self.order.regimen.or(stated.regimen).ok_or_else(|| {
            Failure::new(refused::INPUT_MISSING,
                "--intensity is missing: the protocol does not settle intensity and administrations a day. \
                 Write both: \"825 mg/m2 bid\"",
            )
        })?;
        let mut caps = self.order.caps;
        match (caps.dose_per_administration, stated.cap) {
            (Some(given), Some(cap)) if given != cap => {
                return Err(Failure::new(refused::PROTOCOL_CONTRADICTED, format!(
                    "--dose-cap: {given} is not what the protocol states: {cap}. Leave it out, or correct it"
                ))
                .about("--dose-cap"));
            }
            (None, cap) => caps.dose_per_administration = cap,
            _ => {}
        }
        self.of_regimen(regimen, caps, Some(stated.other_drugs))
    }

    /// `protocol_drugs` are the other drugs of a protocol, where one prescribes the regimen.
    fn of_regimen(
        &self,
        regimen: Regimen,
        caps: Caps,
        protocol_drugs: Option<Vec<Text>>,
    ) -> Result<CohortRules, Failure> {
        let is_prescribed = protocol_drugs.is_some();
        // each row has its own
        let area = BodySurfaceArea::stated(SurfaceArea::constant("1.8 m2"), "each row has its own");
        let every = OrderRequest::new(
            regimen,
            area,
            self.order.stock.clone(),
            self.order.policy.clone(),
        )
        .with_caps(caps)
        .with_tolerance(self.order.tolerance)
        .with_rules(
            self.selection.clone(),
            ClinicalFacts {
                protocol_drugs: protocol_drugs.unwrap_or_default(),
                ..ClinicalFacts::NONE
            },
        )
        .prescribed(is_prescribed)
        .asking_for_rules(self.waived.clone())
        .as_of(self.as_of);
        Ok(CohortRules::new(&every, self.formula, self.weight_basis)?)
    }
}

/// On which days the drug is taken, where the site file settles it.
pub(super) fn intake(values: &mut SiteValues, calendar: Option<Calendar>) -> Option<Intake> {
    let days = values.decide("days of capecitabine", None, |site| {
        site.capecitabine_days.clone()
    });
    days.map(|days| Intake::new(days, calendar))
}

/// The days of treatment, as far as the site file settles them: several fractions a day where the fractions of a week
/// are so many times the weekdays.
pub(super) fn calendar(
    context: &Context<'_>,
    values: &mut SiteValues,
) -> Result<Option<Calendar>, Failure> {
    let Some(site) = values.site() else {
        return Ok(None);
    };
    let (per_week, has_holidays) = (
        site.fractions_per_week.map(u32::from),
        site.holidays.is_some(),
    );
    let has_weekdays = site.weekdays.is_some();
    if !has_weekdays && !has_holidays {
        return Ok(None);
    }
    let weekdays = weekdays(values, None);
    let holidays = values.holidays(None);
    let holidays = read_holidays(context, holidays.as_ref())?;
    let per_day = per_week.zip(weekdays).and_then(|(per_week, weekdays)| {
        let of_week = weekdays.per_week();
        let is_whole = of_week > 0 && per_week > 0 && per_week % of_week == 0;
        is_whole.then(|| per_week / of_week)
    });
    let holidays = has_holidays.then_some(holidays);
    Ok(Some(Calendar::new(weekdays, holidays, per_day)))
}

impl Settings {
    /// A file of courses has no orders: a flag of them would do nothing.
    pub(super) fn refuse(&self, file: &str) -> Result<(), Failure> {
        let given = [
            (self.formula.is_some(), "--formula"),
            (!self.rule_sets.is_empty(), "--rule-set"),
            (!self.without.is_empty(), "--without"),
            (self.as_of.is_some(), "--as-of"),
            (self.weight_basis.is_some(), "--weight-basis"),
        ];
        let given = given.into_iter().filter(|(given, _)| *given);
        let mut given = given.map(|(_, flag)| flag).chain(self.order.given());
        match given.next() {
            Some(flag) => Err(Failure::new(refused::INPUT_CONFLICT, format!(
                "{flag} is for orders, and {file} has courses alone: leave it out, or add columns such as height_cm and weight_kg"
            ))
            .about(flag)),
            None => Ok(()),
        }
    }

    /// What is given by hand, or else what the site decided; the intensity may be the protocol's.
    pub(super) fn prepare(
        &self,
        context: &Context<'_>,
        site: &mut SiteValues,
        has_protocol: bool,
    ) -> Result<Prepared, Failure> {
        let mut absent = Vec::new();
        let formula = site.decide("formula of the body surface area", self.formula, |site| {
            site.body_surface_area_formula
        });
        if formula.is_none() {
            absent.push(missing("--formula", "body_surface_area_formula"));
        }
        let no_regimen = (!has_protocol).then_some(NO_INTENSITY);
        let order = self
            .order
            .decide(context, None, no_regimen, site, &mut absent)?;
        let (Some(formula), Some(order)) = (formula, order) else {
            return Err(Failure::all(absent));
        };
        let weight_basis = site.decide("weight in the clearance", self.weight_basis, |site| {
            site.weight_basis
        });
        let mut rule_sets = RuleArgs::named(self.rule_sets.clone(), self.without.clone());
        rule_sets.of_site(context, site);
        Ok(Prepared {
            formula,
            selection: order.selection(context, &mut rule_sets)?,
            order,
            waived: rule_sets.waived()?,
            as_of: self.as_of,
            weight_basis,
        })
    }
}
