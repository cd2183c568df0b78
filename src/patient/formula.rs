//! The body surface area by each published formula, and how it was reached.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::str::FromStr;

use crate::report::decimal;

use super::body_size::BodySize;
use super::error::{PatientError, quoted};
use super::formula_name::BodySurfaceAreaFormula;
use super::person::Sex;

/// The coefficients of a formula for one patient.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Form {
    Root {
        divisor: f64,
    },
    Power {
        factor: f64,
        height: f64,
        weight: f64,
    },
    WeightPower {
        factor: f64,
        weight: f64,
    },
    /// factor H^height G^(base - slope log10 G), G in grams.
    GramPower {
        factor: f64,
        height: f64,
        base: f64,
        slope: f64,
    },
    Linear {
        height: f64,
        weight: f64,
        minus: f64,
    },
}

const fn power(factor: f64, height: f64, weight: f64) -> Form {
    Form::Power {
        factor,
        height,
        weight,
    }
}

/// Livingston and Lee's coefficients change at 10 kg.
const LIVINGSTON_LEE_SMALL_MICROGRAMS: u64 = 10_000_000_000;

impl BodySurfaceAreaFormula {
    fn form(self, size: BodySize, sex: Option<Sex>) -> Result<Form, PatientError> {
        Ok(match self {
            Self::Mosteller => Form::Root { divisor: 3600.0 },
            Self::DuBois => power(0.007_184, 0.725, 0.425),
            Self::Haycock => power(0.024_265, 0.3964, 0.5378),
            Self::GehanGeorge => power(0.0235, 0.422_46, 0.514_56),
            Self::Boyd => Form::GramPower {
                factor: 0.000_320_7,
                height: 0.3,
                base: 0.7285,
                slope: 0.0188,
            },
            Self::Fujimoto => power(0.008_883, 0.663, 0.444),
            Self::Takahira => power(0.007_241, 0.725, 0.425),
            Self::ShuterAslani => power(0.009_49, 0.655, 0.441),
            Self::Schlich => match sex {
                Some(Sex::Female) => power(0.000_975_482, 1.08, 0.46),
                Some(Sex::Male) => power(0.000_579_479, 1.24, 0.38),
                None => return Err(PatientError::SexRequired { formula: self }),
            },
            Self::LivingstonLee if size.weight().micrograms() < LIVINGSTON_LEE_SMALL_MICROGRAMS => {
                Form::WeightPower {
                    factor: 0.1037,
                    weight: 0.6724,
                }
            }
            Self::LivingstonLee => Form::WeightPower {
                factor: 0.1173,
                weight: 0.6466,
            },
            Self::Yu => power(0.007_139_89, 0.7437, 0.404),
            Self::Stevenson if size.is_adult() => Form::Linear {
                height: 0.0061,
                weight: 0.0128,
                minus: 0.1529,
            },
            Self::Stevenson => {
                return Err(PatientError::OutsideFormulaRange {
                    formula: self,
                    height: size.height(),
                    weight: size.weight(),
                });
            }
        })
    }

    /// The body surface area in m².
    pub(crate) fn square_meters(
        self,
        size: BodySize,
        sex: Option<Sex>,
    ) -> Result<f64, PatientError> {
        let form = self.form(size, sex)?;
        let (h, w) = (size.height().centimeters(), size.weight().kilograms());
        Ok(match form {
            Form::Root { divisor } => libm::sqrt(h * w / divisor),
            Form::Power {
                factor,
                height,
                weight,
            } => factor * libm::pow(h, height) * libm::pow(w, weight),
            Form::WeightPower { factor, weight } => factor * libm::pow(w, weight),
            Form::GramPower {
                factor,
                height,
                base,
                slope,
            } => {
                let grams = 1000.0 * w;
                factor * libm::pow(h, height) * libm::pow(grams, base - slope * libm::log10(grams))
            }
            Form::Linear {
                height,
                weight,
                minus,
            } => height * h + weight * w - minus,
        })
    }

    /// The formula with the numbers put in, and the values on the way.
    pub(super) fn worked(self, size: BodySize, sex: Option<Sex>) -> (String, Vec<String>) {
        let (h, w) = (size.height().centimeters(), size.weight().kilograms());
        match self.form(size, sex) {
            Ok(Form::Root { divisor }) => (
                format!("sqrt({h} x {w} / {divisor})"),
                vec![
                    format!("H W = {h} x {w} = {}", decimal(h * w)),
                    format!("H W / {divisor} = {}", decimal(h * w / divisor)),
                ],
            ),
            Ok(Form::Power {
                factor,
                height,
                weight,
            }) => (
                format!("{factor} x {h}^{height} x {w}^{weight}"),
                vec![
                    format!(
                        "H^{height} = {h}^{height} = {}",
                        decimal(libm::pow(h, height))
                    ),
                    format!(
                        "W^{weight} = {w}^{weight} = {}",
                        decimal(libm::pow(w, weight))
                    ),
                ],
            ),
            Ok(Form::WeightPower { factor, weight }) => (
                format!("{factor} x {w}^{weight}"),
                vec![format!(
                    "W^{weight} = {w}^{weight} = {}",
                    decimal(libm::pow(w, weight))
                )],
            ),
            Ok(Form::GramPower {
                factor,
                height,
                base,
                slope,
            }) => {
                let grams = 1000.0 * w;
                let exponent = base - slope * libm::log10(grams);
                (
                    format!("{factor} x {h}^{height} x {grams}^({base} - {slope} log10 {grams})"),
                    vec![
                        format!("G = 1000 x {w} = {grams}"),
                        format!("log10 G = {}", decimal(libm::log10(grams))),
                        format!("{base} - {slope} log10 G = {}", format!("{exponent:.9}")),
                        format!(
                            "H^{height} = {h}^{height} = {}",
                            decimal(libm::pow(h, height))
                        ),
                        format!(
                            "G^{} = {}",
                            format!("{exponent:.9}"),
                            decimal(libm::pow(grams, exponent))
                        ),
                    ],
                )
            }
            Ok(Form::Linear {
                height,
                weight,
                minus,
            }) => (
                format!("{height} x {h} + {weight} x {w} - {minus}"),
                vec![
                    format!("{height} H = {height} x {h} = {}", decimal(height * h)),
                    format!("{weight} W = {weight} x {w} = {}", decimal(weight * w)),
                ],
            ),
            // an area exists only where the formula applied
            Err(error) => (error.to_string(), Vec::new()),
        }
    }
}

impl FromStr for BodySurfaceAreaFormula {
    type Err = PatientError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|formula| formula.name() == text.trim())
            .ok_or_else(|| PatientError::UnknownFormula {
                given: quoted(text),
            })
    }
}
