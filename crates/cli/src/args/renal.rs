//! The flags of renal function, and what a creatinine clearance is calculated from.

use chemorad::patient::{
    Age, BodySize, ClearanceWeight, CockcroftGault, Height, SerumCreatinine, Sex, Weight,
    WeightBasis,
};
use chemorad::radiotherapy::treatment_date;
use chemorad_case::Site;
use jiff::civil::Date;

use super::argument_error::ArgumentError;
use super::site::SiteValues;
use crate::failure::{Failure, Refusal};
use crate::refused;

/// `55` is completed years; a unit may be written.
fn age(text: &str) -> Result<Age, ArgumentError> {
    let text = text.trim();
    let whole = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    if whole.contains('.') {
        return Err(ArgumentError::new(
            refused::INPUT_VALUE,
            "write whole completed years, such as 55",
        ));
    }
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let with_unit = if plain {
        format!("{text} a")
    } else {
        text.to_string()
    };
    with_unit.parse().map_err(ArgumentError::of)
}

/// What a creatinine clearance by Cockcroft and Gault is calculated from. A message names what is
/// missing, with the choices.
#[derive(clap::Args)]
#[command(next_help_heading = "Renal function")]
pub(crate) struct RenalArgs {
    /// Age in completed years: 55.
    #[arg(long, value_name = "55", allow_hyphen_values = true, value_parser = age)]
    age: Option<Age>,
    /// Instead of --age: the date of birth, with --on.
    #[arg(long, value_name = "1971-03-02", value_parser = treatment_date, requires = "on", conflicts_with = "age")]
    birth_date: Option<Date>,
    /// With --birth-date: the day on which the age is counted.
    #[arg(long, value_name = "2026-12-07", value_parser = treatment_date, requires = "birth_date", conflicts_with = "age")]
    on: Option<Date>,
    /// Serum creatinine with its unit: 91umol/L, 1.03mg/dL.
    #[arg(long, value_name = "91umol/L", allow_hyphen_values = true)]
    creatinine: Option<SerumCreatinine>,
    /// actual, ideal or adjusted:FACTOR, such as adjusted:0.4: the weight in the formula. There is no
    /// default.
    #[arg(long, value_name = "actual")]
    weight_basis: Option<WeightBasis>,
}

fn missing<T>(given: Option<T>, flag: &str, what: &str) -> Result<T, Failure> {
    given.ok_or_else(|| Refusal::missing(flag, what).into())
}

impl RenalArgs {
    /// Takes the weight basis that the site decided, where a clearance is calculated.
    pub(crate) fn of_site(&mut self, site: &mut SiteValues) {
        if self.creatinine.is_some() {
            let decided = |site: &Site| site.weight_basis;
            self.weight_basis = site.decide("weight in the clearance", self.weight_basis, decided);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.age.is_none()
            && self.birth_date.is_none()
            && self.creatinine.is_none()
            && self.weight_basis.is_none()
    }

    fn age(&self) -> Result<Age, Failure> {
        match (self.age, self.birth_date, self.on) {
            (Some(age), ..) => Ok(age),
            (None, Some(birth), Some(on)) => Ok(Age::on(birth, on)?),
            _ => Err(Refusal::missing(
                "--age",
                "the clearance needs completed years; give --age 55, or \
                 --birth-date 1971-03-02 with --on, the day on which the age is counted",
            )
            .on_a_form("is missing: the clearance needs completed years, such as 55")
            .into()),
        }
    }

    /// Everything the formula needs, or the name of what is missing.
    pub(crate) fn facts(
        &self,
        sex: Option<Sex>,
        weight: Weight,
        height: Option<Height>,
    ) -> Result<CockcroftGault, Failure> {
        let creatinine = missing(
            self.creatinine,
            "--creatinine",
            "give serum creatinine with its unit, such as 91umol/L or \
             1.03mg/dL",
        )?;
        let basis = missing(
            self.weight_basis,
            "--weight-basis",
            "the weight in the formula changes the clearance, and none \
             is a default. Choices: actual (as measured), ideal (Devine, from height and sex), \
             adjusted:0.4 (ideal + 0.4 of actual - ideal; any factor), or weight_basis in a site file",
        )?;
        let sex = missing(
            sex,
            "--sex",
            "the clearance needs it. Choices: female, male",
        )?;
        let weight = match (basis, height) {
            (WeightBasis::Actual, None) => ClearanceWeight::Actual(weight),
            (basis, Some(height)) => ClearanceWeight::new(basis, BodySize::new(height, weight)?),
            (basis, None) => {
                let why = format!("the {basis} weight is calculated from it");
                return Err(Refusal::missing("--height", &why).into());
            }
        };
        Ok(CockcroftGault {
            age: self.age()?,
            sex,
            weight,
            creatinine,
        })
    }
}
