//! What describes a person: values told by their units, or flags.

use std::str::FromStr;

use chemorad::capecitabine::Regimen;
use chemorad::patient::{
    BodySize, BodySurfaceArea, BodySurfaceAreaFormula, Height, PatientError, Sex, Weight,
};

use super::argument_error::ArgumentError;
use super::site::{SiteValues, missing};
use crate::failure::{Failure, Refusal};
use crate::refused;

/// A value that its unit tells: `170cm`, `72kg`, `825 mg/m2 bid`.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Measured {
    Height(Height),
    Weight(Weight),
    Regimen(Regimen),
}

impl FromStr for Measured {
    type Err = ArgumentError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lower = text.trim().to_ascii_lowercase();
        if lower.contains("mg/") {
            return text.parse().map(Self::Regimen).map_err(ArgumentError::of);
        }
        if ["g", "lb"].iter().any(|unit| lower.ends_with(unit)) {
            return text.parse().map(Self::Weight).map_err(ArgumentError::of);
        }
        if ["m", "in"].iter().any(|unit| lower.ends_with(unit)) {
            return text.parse().map(Self::Height).map_err(ArgumentError::of);
        }
        Err(ArgumentError::new(
            refused::INPUT_VALUE,
            "write a height (170cm), a weight (72kg) or, for a drug, a regimen (\"825 mg/m2 bid\"), \
             each with its unit",
        ))
    }
}

/// The flags that describe a person, shared by the commands that need a body surface area.
#[derive(clap::Args)]
pub(crate) struct Person {
    /// Height with unit, instead of its place before the flags.
    #[arg(long, value_name = "170cm", allow_hyphen_values = true)]
    height: Option<Height>,
    /// Weight with unit, instead of its place before the flags.
    #[arg(long, value_name = "70kg", allow_hyphen_values = true)]
    weight: Option<Weight>,
    /// The formula by name: mosteller, du-bois, haycock, gehan-george, boyd, fujimoto, takahira,
    /// shuter-aslani, schlich, livingston-lee, yu, stevenson. There is no default.
    #[arg(long, value_name = "mosteller")]
    formula: Option<BodySurfaceAreaFormula>,
    /// female or male, or f or m; needed by schlich, and for a creatinine clearance.
    #[arg(long, value_name = "female", value_parser = sex)]
    sex: Option<Sex>,
}

/// The sex by its word, or by the letter, as a table of patients has them.
pub(crate) fn sex(text: &str) -> Result<Sex, PatientError> {
    match text.trim() {
        "f" | "F" | "Female" | "FEMALE" => Ok(Sex::Female),
        "m" | "M" | "Male" | "MALE" => Ok(Sex::Male),
        word => word.parse(),
    }
}

/// A person whose body surface area can be calculated.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Body {
    pub(crate) size: BodySize,
    pub(crate) formula: BodySurfaceAreaFormula,
    pub(crate) sex: Option<Sex>,
}

impl Body {
    pub(crate) fn area(self) -> Result<BodySurfaceArea, Failure> {
        Ok(BodySurfaceArea::from_formula(
            self.formula,
            self.size,
            self.sex,
        )?)
    }
}

/// A second value for what has one already.
fn once<T>(slot: &mut Option<T>, value: T, what: &str) -> Result<(), Failure> {
    if slot.replace(value).is_some() {
        return Err(Failure::new(
            refused::INPUT_CONFLICT,
            format!("{what} is given twice: leave one out"),
        ));
    }
    Ok(())
}

impl Person {
    /// Whether nothing of it is given.
    pub(crate) const fn is_empty(&self) -> bool {
        self.height.is_none()
            && self.weight.is_none()
            && self.formula.is_none()
            && self.sex.is_none()
    }

    /// Takes the values before the flags; a regimen is given back.
    pub(crate) fn take(&mut self, given: &[Measured]) -> Result<Option<Regimen>, Failure> {
        let mut regimen = None;
        for value in given {
            match *value {
                Measured::Height(height) => once(&mut self.height, height, "the height")?,
                Measured::Weight(weight) => once(&mut self.weight, weight, "the weight")?,
                Measured::Regimen(given) => once(&mut regimen, given, "the regimen")?,
            }
        }
        Ok(regimen)
    }

    /// The person, or what is missing, which is noted.
    pub(crate) fn body(
        &self,
        site: &mut SiteValues,
        absent: &mut Vec<Refusal>,
    ) -> Result<Option<Body>, Failure> {
        if self.height.is_none() {
            absent.push(absent_measure("--height", "the height", "170cm or 1.70m"));
        }
        if self.weight.is_none() {
            absent.push(absent_measure("--weight", "the weight", "72kg"));
        }
        let formula = site.decide("body surface area formula", self.formula, |site| {
            site.body_surface_area_formula
        });
        if formula.is_none() {
            absent.push(missing("--formula", "body_surface_area_formula"));
        }
        let size = match (self.height, self.weight) {
            (Some(height), Some(weight)) => Some(BodySize::new(height, weight)?),
            _ => None,
        };
        Ok(size.zip(formula).map(|(size, formula)| Body {
            size,
            formula,
            sex: self.sex,
        }))
    }
}

/// A measure that may stand before the flags too, so that the message calls it by its name.
fn absent_measure(flag: &str, name: &str, example: &str) -> Refusal {
    let predicate = format!("is missing: write it with its unit, such as {example}");
    Refusal::of(refused::INPUT_MISSING, flag, format!("{name} {predicate}")).on_a_form(predicate)
}
