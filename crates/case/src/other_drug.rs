//! A drug that is no capecitabine tablet with radiotherapy: its amount by surface, weight or flat.

use core::fmt;
use std::string::{String, ToString};
use std::vec::Vec;

use super::case::Case;
use super::error::{Found, SheetError};
use super::provenance::Provenance;
use chemorad::patient::{BodySize, BodySurfaceArea};
use chemorad::quantity::CalculatedDose;
use chemorad::report::{Derivation, Finding, decimal};
use chemorad_protocol::{DayOne, DrugDays, DrugDose, DrugRegimen, Statement};

/// What an amount is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AmountOf {
    /// One administration: one intake, or one whole infusion.
    Administration,
    /// A day.
    Day,
}

impl fmt::Display for AmountOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Administration => "one administration",
            Self::Day => "a day",
        })
    }
}

/// An amount with its unit.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Milligrams {
    /// The number.
    pub value: f64,
    /// `mg`.
    pub unit: &'static str,
}

impl Milligrams {
    const fn new(value: f64) -> Self {
        Self { value, unit: "mg" }
    }
}

/// The amount of a drug that is no tablet.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct DrugAmount {
    /// What it is of.
    pub of: AmountOf,
    /// As calculated.
    pub calculated: Milligrams,
    /// The largest dose, where it is smaller than the calculated one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capped: Option<Milligrams>,
    /// By the site's rounding; absent where the case gives none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rounded: Option<Milligrams>,
}

/// Why no amount of a drug is calculated.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NotCalculated {
    /// The protocol does not settle the dose.
    LeftOpen,
    /// The dose is an area under the curve, and the case has no values for it.
    AreaUnderCurve,
    /// Fields of the case that are not given.
    Missing(Vec<&'static str>),
    /// The largest dose is of one administration, and the dose is of a day.
    CapOfAnotherKind,
    /// The amount is outside what a dose can be.
    OutOfRange,
}

impl fmt::Display for NotCalculated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LeftOpen => f.write_str("the protocol leaves the dose open"),
            Self::AreaUnderCurve => f.write_str(
                "a dose by the area under the curve needs the glomerular filtration rate and the formula of the site, which a case does not hold",
            ),
            Self::Missing(fields) => write!(f, "{} is not given", fields.join(", ")),
            Self::CapOfAnotherKind => f.write_str(
                "the largest dose is of one administration, and the protocol gives the dose of a day without saying how often it is given",
            ),
            Self::OutOfRange => f.write_str("the amount is above 50000 mg"),
        }
    }
}

/// A drug that is no capecitabine tablet given with radiotherapy, as the protocol gives it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct OtherDrug {
    /// The drug.
    pub drug: String,
    /// Intensity, infusion, route and days in words; what the protocol leaves open is said.
    pub regimen: String,
    /// How much, where that can be calculated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<DrugAmount>,
    /// Why not, where it cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_calculated: Option<NotCalculated>,
}

/// The drug with what belongs elsewhere on the page.
pub(super) struct Other {
    pub(super) drug: OtherDrug,
    pub(super) supplied: Vec<Provenance>,
    pub(super) derivations: Vec<Derivation>,
    pub(super) findings: Vec<Finding>,
}

impl Other {
    /// What is wrong in the case is noted; what it does not give is said with the drug.
    pub(super) fn new(case: &Case, drug: &DrugRegimen, name: String, found: &mut Found) -> Self {
        let mut other = Self {
            drug: OtherDrug {
                regimen: regimen(drug),
                drug: name,
                amount: None,
                not_calculated: None,
            },
            supplied: Vec::new(),
            derivations: Vec::new(),
            findings: Vec::new(),
        };
        match other.calculate(case, drug, found) {
            Ok(amount) => other.drug.amount = amount,
            Err(why) => {
                other.supplied.clear();
                other.drug.not_calculated = Some(why);
            }
        }
        other
    }

    fn calculate(
        &mut self,
        case: &Case,
        drug: &DrugRegimen,
        found: &mut Found,
    ) -> Result<Option<DrugAmount>, NotCalculated> {
        let what = |of: AmountOf| format!("dose of {}, {of}", drug.id);
        let (of, milligrams) = match (&drug.dose, drug.intensity(), drug.intensity_per_day()) {
            (Some(dose), ..) => {
                let of = AmountOf::Administration;
                let value = dose.value().ok_or(NotCalculated::LeftOpen)?;
                self.supplied.push(Provenance::of(&what(of), dose));
                (of, self.without_surface(case, *value, &what(of))?)
            }
            (None, Some(intensity), _) => {
                let of = AmountOf::Administration;
                let each = intensity.milligrams_per_square_meter();
                let supplied = drug.intensity.as_ref();
                self.supplied
                    .extend(supplied.map(|given| Provenance::of(&what(of), given)));
                let Some(area) = self.area(case, found)? else {
                    return Ok(None);
                };
                (of, self.by_surface(each, &intensity, area, &what(of)))
            }
            (None, None, Some(daily)) => {
                let of = AmountOf::Day;
                let each = daily.milligrams_per_square_meter();
                let supplied = drug.intensity_per_day.as_ref();
                self.supplied
                    .extend(supplied.map(|given| Provenance::of(&what(of), given)));
                let Some(area) = self.area(case, found)? else {
                    return Ok(None);
                };
                (of, self.by_surface(each, &daily, area, &what(of)))
            }
            (None, None, None) => return Err(NotCalculated::LeftOpen),
        };
        let calculated = CalculatedDose::from_milligrams(milligrams)
            .map_err(|_| NotCalculated::OutOfRange)?
            .milligrams();
        let capped = self.cap(drug, of, calculated)?;
        let rounded = self.round(case, drug, capped.unwrap_or(calculated), found);
        Ok(Some(DrugAmount {
            of,
            calculated: Milligrams::new(calculated),
            capped: capped.map(Milligrams::new),
            rounded: rounded.map(Milligrams::new),
        }))
    }

    fn without_surface(
        &mut self,
        case: &Case,
        dose: DrugDose,
        what: &str,
    ) -> Result<f64, NotCalculated> {
        match dose {
            DrugDose::AreaUnderCurve(_) => Err(NotCalculated::AreaUnderCurve),
            DrugDose::Flat(amount) => Ok(amount.to_f64()),
            DrugDose::PerKilogram(each) => {
                let weight = case.patient.weight;
                let weight = weight.ok_or(NotCalculated::Missing(vec!["patient.weight"]))?;
                let milligrams = each.to_f64() * weight.kilograms();
                self.derivations.push(Derivation::new(
                    what,
                    "D = dose per kilogram x weight",
                    format!("{dose} x {weight}"),
                    format!("{} mg", decimal(milligrams)),
                    "definition",
                ));
                Ok(milligrams)
            }
        }
    }

    fn by_surface(
        &mut self,
        each: f64,
        shown: &dyn fmt::Display,
        square_meters: f64,
        what: &str,
    ) -> f64 {
        let milligrams = each * square_meters;
        self.derivations.push(Derivation::new(
            what,
            "D = intensity x body surface area",
            format!("{shown} x {} m2", decimal(square_meters)),
            format!("{} mg", decimal(milligrams)),
            "definition",
        ));
        milligrams
    }

    /// The body surface area, at most the site's; none where it cannot be, which is noted.
    fn area(&mut self, case: &Case, found: &mut Found) -> Result<Option<f64>, NotCalculated> {
        let (patient, site) = (&case.patient, &case.site);
        let (Some(height), Some(weight), Some(formula)) = (
            patient.height,
            patient.weight,
            site.body_surface_area_formula,
        ) else {
            let given = [
                ("patient.height", patient.height.is_some()),
                ("patient.weight", patient.weight.is_some()),
                (
                    "site.body_surface_area_formula",
                    site.body_surface_area_formula.is_some(),
                ),
            ];
            let missing = given.iter().filter(|(_, given)| !given);
            return Err(NotCalculated::Missing(
                missing.map(|(field, _)| *field).collect(),
            ));
        };
        let Some(size) = found.keep(BodySize::new(height, weight)) else {
            return Ok(None);
        };
        let area = BodySurfaceArea::from_formula(formula, size, patient.sex);
        let Some(area) = found.keep(area) else {
            return Ok(None);
        };
        self.findings.extend(size.warnings());
        self.derivations.push(area.derivation());
        self.supplied.push(Provenance::by_site(
            "body surface area formula",
            formula.name(),
        ));
        let measured = area.square_meters();
        let Some(cap) = site.body_surface_area_cap else {
            return Ok(Some(measured));
        };
        self.supplied
            .push(Provenance::by_site("cap on the body surface area", cap));
        Ok(Some(measured.min(cap.square_meters())))
    }

    /// The largest dose, where it is smaller.
    fn cap(
        &mut self,
        drug: &DrugRegimen,
        of: AmountOf,
        calculated: f64,
    ) -> Result<Option<f64>, NotCalculated> {
        let Some(stated) = &drug.cap else {
            return Ok(None);
        };
        let cap = stated.value().ok_or(NotCalculated::LeftOpen)?;
        let once = drug
            .administrations_per_day()
            .is_some_and(|times| times.get() == 1);
        if of == AmountOf::Day && !once {
            return Err(NotCalculated::CapOfAnotherKind);
        }
        let what = format!("largest dose of {}", drug.id);
        self.supplied.push(Provenance::of(&what, stated));
        let most = f64::from(cap.milligrams());
        Ok((calculated > most).then_some(most))
    }

    /// By the site's rounding, where the case gives one.
    fn round(
        &mut self,
        case: &Case,
        drug: &DrugRegimen,
        milligrams: f64,
        found: &mut Found,
    ) -> Option<f64> {
        let rule = case.site.drugs.get(drug.id.as_str())?;
        let step = f64::from(rule.step.milligrams());
        let Some(steps) = rule.steps(milligrams / step) else {
            found.add(SheetError::missing(
                &format!("site.drugs.{}.ties", drug.id),
                &format!(
                    "{} mg lies halfway between two multiples of {}.",
                    decimal(milligrams),
                    rule.step
                ),
                &["up", "down"],
            ));
            return None;
        };
        if steps < 1.0 {
            found.add(SheetError::Contradiction(format!(
                "site.drugs.{}.step: {} of {} rounds to nothing: give a smaller step",
                drug.id,
                rule.step,
                decimal(milligrams)
            )));
            return None;
        }
        let rounded = steps * step;
        let what = format!("rounding of {}", drug.id);
        self.supplied.push(Provenance::by_site(&what, rule));
        self.derivations.push(Derivation::new(
            format!("rounded dose of {}", drug.id),
            "the multiple of the step that the site's rounding gives",
            format!("{} mg by {rule}", decimal(milligrams)),
            format!("{} mg", decimal(rounded)),
            "the site",
        ));
        Some(rounded)
    }
}

fn regimen(drug: &DrugRegimen) -> String {
    fn shown<T: fmt::Display>(what: &str, statement: &Statement<T>) -> String {
        match statement.value() {
            Some(value) => value.to_string(),
            None => format!("{what} left open"),
        }
    }
    let optional = [
        drug.intensity.as_ref().map(|given| shown("dose", given)),
        drug.intensity_per_day
            .as_ref()
            .map(|given| shown("dose of a day", given)),
        drug.dose.as_ref().map(|given| shown("dose", given)),
        drug.cap
            .as_ref()
            .map(|given| format!("at most {}", shown("the largest dose", given))),
        drug.infusion
            .as_ref()
            .map(|given| format!("infusion {}", shown("time", given))),
    ];
    let mut parts: Vec<String> = optional.into_iter().flatten().collect();
    parts.push(shown("route", &drug.route));
    parts.push(shown("days", &drug.days));
    let numbered = matches!(
        drug.days.value(),
        Some(DrugDays::Days(_) | DrugDays::Cycle { .. })
    );
    if numbered {
        let day_one = drug.day_one.as_ref().and_then(Statement::value);
        parts.push(match (day_one, &drug.first_fraction) {
            (Some(day_one), _) => format!("counted from {}", DayOne::in_words(day_one)),
            (None, Some(number)) => {
                format!(
                    "the first fraction is on day {}",
                    shown("its number", number)
                )
            }
            (None, None) => "the day from which they are counted is left open".into(),
        });
    }
    parts.join(", ")
}
