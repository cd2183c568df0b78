//! Creatinine clearance by Cockcroft and Gault, and filtration rates, each rate with its type.

use alloc::format;
use alloc::string::String;
use core::fmt;

use crate::number::is_at_boundary;
use crate::number::unit;
use crate::quantity::exact::{Spec, exact_quantity};
use crate::quantity::si::{VolumeRate, milliliter_per_minute};
use crate::report::{Derivation, decimal};
use crate::text::Text;

use super::clearance_weight::ClearanceWeight;
use super::creatinine::SerumCreatinine;
use super::error::PatientError;
use super::measures::Age;
use super::person::Sex;

exact_quantity! {
    /// A creatinine clearance that is written down, not calculated: a cut of a rule, a value from
    /// another system. Exact to a millionth of a mL/min.
    ///
    /// Domain: more than 0 and at most 500 mL/min, this project's choice.
    ///
    /// ```
    /// use chemorad::patient::ClearanceRate;
    /// assert_eq!(ClearanceRate::constant("30 mL/min").milliliters_per_minute(), 30.0);
    /// assert!("30".parse::<ClearanceRate>().is_err()); // no unit
    /// ```
    ///
    /// A filtration rate per body surface area is not a clearance:
    ///
    /// ```compile_fail,E0308
    /// # use chemorad::patient::{ClearanceRate, GlomerularFiltrationRate};
    /// let clearance: ClearanceRate = GlomerularFiltrationRate::constant("60 mL/min/{1.73_m2}");
    /// ```
    ClearanceRate,
    Spec {
        quantity: "creatinine clearance",
        units: unit::CLEARANCE,
        min: 1,
        max: 500_000_000,
        hint: "give a creatinine clearance in mL/min",
    }
}

impl ClearanceRate {
    /// The value in mL/min, correctly rounded to `f64`.
    #[must_use]
    pub const fn milliliters_per_minute(self) -> f64 {
        Self::SPEC.value(self.0)
    }

    pub(crate) const fn base(self) -> u64 {
        self.0
    }
}

exact_quantity! {
    /// Estimated glomerular filtration rate per 1.73 m² of body surface area, as laboratories
    /// report it.
    ///
    /// It is not a creatinine clearance: the labels of capecitabine ask for Cockcroft and Gault in
    /// mL/min, and for one published patient the two are 96 and 111. Nothing converts between
    /// them, and no drug rule takes this type.
    ///
    /// ```
    /// use chemorad::patient::{ClearanceRate, GlomerularFiltrationRate};
    /// assert!("60 mL/min/1.73m2".parse::<GlomerularFiltrationRate>().is_ok());
    /// assert!("60 mL/min".parse::<GlomerularFiltrationRate>().is_err());
    /// assert!("60 mL/min/1.73m2".parse::<ClearanceRate>().is_err());
    /// ```
    GlomerularFiltrationRate,
    Spec {
        quantity: "glomerular filtration rate",
        units: unit::INDEXED_CLEARANCE,
        min: 1,
        max: 500_000_000,
        hint: "give the rate per 1.73 m2 as the laboratory reports it",
    }
}

/// What the Cockcroft-Gault formula needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
pub struct CockcroftGault {
    /// Age in completed years, at least 18.
    pub age: Age,
    /// Sex.
    pub sex: Sex,
    /// The weight and which one it is.
    pub weight: ClearanceWeight,
    /// Serum creatinine.
    pub creatinine: SerumCreatinine,
}

/// How a creatinine clearance came about.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CreatinineClearanceOrigin {
    /// Estimated here.
    CockcroftGault(CockcroftGault),
    /// Given from outside.
    Stated {
        /// Who or what gives it, for example `24 h urine collection`.
        by: Text,
    },
}

/// Creatinine clearance in mL/min, with how it came about.
///
/// By Cockcroft and Gault, Nephron 1976;16:31, with the constants of the paper:
///
/// clearance = (140 - age) x W / (72 x Scr), times 0.85 for women; age in years, W in kg, Scr in mg/dL.
///
/// µmol/L are divided by 88.4 first. Other constants in public programs (1.23 and 1.04, 1.05, 0.81)
/// put one patient on both sides of 30 mL/min, which decides between no capecitabine and 75 %. The
/// value is carried and compared unrounded.
///
/// ```
/// use chemorad::patient::*;
///
/// let clearance = CreatinineClearance::cockcroft_gault(CockcroftGault {
///     age: "75 years".parse()?,
///     sex: Sex::Female,
///     weight: ClearanceWeight::Actual("45 kg".parse()?),
///     creatinine: "102 umol/L".parse()?,
/// })?;
/// assert_eq!(format!("{clearance:.2}"), "29.93 mL/min");
/// assert_eq!(
///     clearance.derivation().substitution,
///     "0.85 x (140 - 75) x 45 / (72 x 1.153846)"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CreatinineClearance {
    milliliters_per_minute: f64,
    origin: CreatinineClearanceOrigin,
}

const FEMALE: f64 = 0.85;
const DIVISOR: f64 = 72.0;
const ADULT: Age = Age::constant("18 a");

impl CreatinineClearance {
    /// Estimates the clearance by Cockcroft and Gault.
    ///
    /// # Errors
    /// An age under 18 (the formula is for adults), or an ideal or adjusted weight below 60 inches.
    pub fn cockcroft_gault(facts: CockcroftGault) -> Result<Self, PatientError> {
        if facts.age < ADULT {
            return Err(PatientError::CockcroftGaultChild { age: facts.age });
        }
        let weight = facts.weight.kilograms(facts.sex)?;
        let years = f64::from(140 - facts.age.years());
        let male = years * weight / (DIVISOR * facts.creatinine.milligrams_per_deciliter());
        Ok(Self {
            milliliters_per_minute: match facts.sex {
                Sex::Female => FEMALE * male,
                Sex::Male => male,
            },
            origin: CreatinineClearanceOrigin::CockcroftGault(facts),
        })
    }

    /// A clearance that was measured or given by another system, with its origin named.
    ///
    /// ```
    /// use chemorad::patient::CreatinineClearance;
    /// let clearance = CreatinineClearance::stated("48 mL/min".parse()?, "24 h urine collection");
    /// assert_eq!(clearance.to_string(), "48 mL/min");
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    pub fn stated(clearance: ClearanceRate, by: impl Into<Text>) -> Self {
        Self {
            milliliters_per_minute: clearance.milliliters_per_minute(),
            origin: CreatinineClearanceOrigin::Stated { by: by.into() },
        }
    }

    /// The value in mL/min, unrounded.
    #[must_use]
    pub const fn milliliters_per_minute(&self) -> f64 {
        self.milliliters_per_minute
    }

    /// The value at two decimals, or with more where two would show a whole number that it is not:
    /// 29.999 mL/min is below 30.
    ///
    /// ```
    /// use chemorad::patient::CreatinineClearance;
    /// let shown = |text: &str| -> Result<String, chemorad::quantity::QuantityError> {
    ///     Ok(CreatinineClearance::stated(text.parse()?, "24 h urine collection").shown())
    /// };
    /// assert_eq!(shown("43.2649 mL/min")?, "43.26 mL/min");
    /// assert_eq!(shown("29.999 mL/min")?, "29.999 mL/min");
    /// assert_eq!(shown("30 mL/min")?, "30.00 mL/min");
    /// # Ok::<(), chemorad::quantity::QuantityError>(())
    /// ```
    #[must_use]
    pub fn shown(&self) -> String {
        let value = self.milliliters_per_minute;
        let at = is_at_boundary(value, libm::round(value));
        // two decimals, six where two would look like the whole number it is not
        let places = [2, 6]
            .into_iter()
            .find(|&places| at || !format!("{value:.places$}").ends_with("00"));
        match places {
            Some(places) => format!("{self:.places$}"),
            None => format!("{self}"),
        }
    }

    /// The value as `uom`'s volume rate.
    #[must_use]
    pub fn volume_rate(&self) -> VolumeRate {
        VolumeRate::new::<milliliter_per_minute>(self.milliliters_per_minute)
    }

    /// How the clearance came about.
    #[must_use]
    pub const fn origin(&self) -> &CreatinineClearanceOrigin {
        &self.origin
    }

    /// `Cockcroft-Gault, actual weight` or `stated by ...`.
    #[must_use]
    pub fn method(&self) -> String {
        match &self.origin {
            CreatinineClearanceOrigin::CockcroftGault(facts) => {
                format!("Cockcroft-Gault, {} weight", facts.weight.basis())
            }
            CreatinineClearanceOrigin::Stated { by } => format!("stated by {by}"),
        }
    }

    /// Formula, substituted numbers, the weight and the converted creatinine on the way.
    #[must_use]
    pub fn derivation(&self) -> Derivation {
        let result = format!("{} mL/min", decimal(self.milliliters_per_minute));
        let facts = match &self.origin {
            CreatinineClearanceOrigin::CockcroftGault(facts) => facts,
            CreatinineClearanceOrigin::Stated { by } => {
                return Derivation::new(
                    "creatinine clearance",
                    "clearance as stated",
                    result.clone(),
                    result,
                    by.as_str(),
                );
            }
        };
        let (symbol, factor) = match facts.sex {
            Sex::Female => ("0.85 ", "0.85 x "),
            Sex::Male => ("", ""),
        };
        let weight = facts.weight.kilograms(facts.sex).unwrap_or(f64::NAN);
        let creatinine = decimal(facts.creatinine.milligrams_per_deciliter());
        let mut derivation = Derivation::new(
            format!("creatinine clearance ({})", self.method()),
            format!("{symbol}(140 - age) W / (72 Scr), {}", facts.sex),
            format!(
                "{factor}(140 - {}) x {} / (72 x {creatinine})",
                facts.age.years(),
                decimal(weight)
            ),
            result,
            "Cockcroft and Gault, Nephron 1976;16:31",
        );
        if let Some(weight) = facts.weight.derivation(facts.sex) {
            derivation = weight
                .intermediate
                .iter()
                .fold(derivation, |derivation, step| {
                    derivation.with(step.as_str())
                })
                .with(format!(
                    "W = {} = {} = {} [{}]",
                    weight.formula, weight.substitution, weight.result, weight.source
                ));
        }
        if let SerumCreatinine::MolarConcentration(molar) = facts.creatinine {
            derivation = derivation.with(format!("Scr = {molar} / 88.4 = {creatinine} mg/dL"));
        }
        derivation
    }
}

/// `29.92708... mL/min`; a precision (`{:.1}`) rounds for display only.
impl fmt::Display for CreatinineClearance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.precision() {
            Some(places) => write!(f, "{:.places$} mL/min", self.milliliters_per_minute),
            None => write!(f, "{} mL/min", self.milliliters_per_minute),
        }
    }
}

/// `{"value": 29.9, "unit": "mL/min", "origin": {...}}`. It is not read back.
impl serde::Serialize for CreatinineClearance {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut shape = serializer.serialize_struct("CreatinineClearance", 3)?;
        shape.serialize_field("value", &self.milliliters_per_minute)?;
        shape.serialize_field("unit", "mL/min")?;
        shape.serialize_field("origin", &self.origin)?;
        shape.end()
    }
}
