use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use crate::report::decimal;

use super::error::quoted;
use super::{BodySize, PatientError, Sex};

/// A published formula for body surface area.
///
/// None is a default: the site or the protocol names one. H is the height in cm, W the actual
/// weight in kg, the result is in m². Each variant says where its coefficients were read, because
/// not every primary publication was at hand.
///
/// The powers come from a portable implementation; the products are within 10 units in the last
/// place of the exact value (measured; Mosteller within 2), far below any printed digit.
///
/// ```
/// use chemorad::patient::BodySurfaceAreaFormula;
///
/// let formula: BodySurfaceAreaFormula = "gehan-george".parse()?;
/// assert_eq!(formula, BodySurfaceAreaFormula::GehanGeorge);
/// assert_eq!(formula.formula(), "0.0235 H^0.42246 W^0.51456");
/// assert!("dubois".parse::<BodySurfaceAreaFormula>().unwrap_err().to_string().contains("du-bois"));
/// # Ok::<(), chemorad::patient::PatientError>(())
/// ```
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum BodySurfaceAreaFormula {
    /// sqrt(H W / 3600). Mosteller, N Engl J Med 1987;317:1098.
    Mosteller,
    /// 0.007184 H^0.725 W^0.425. Du Bois and Du Bois, Arch Intern Med 1916;17:863.
    DuBois,
    /// 0.024265 H^0.3964 W^0.5378. Haycock, Schwartz, Wisotsky, J Pediatr 1978;93:62.
    Haycock,
    /// 0.0235 H^0.42246 W^0.51456. Gehan and George, Cancer Chemother Rep 1970;54:225.
    GehanGeorge,
    /// 0.0003207 H^0.3 G^(0.7285 - 0.0188 log10 G), G = 1000 W in grams. Boyd 1935. The gram form
    /// is the definition here; the printed kilogram form differs by about 0.01 %.
    Boyd,
    /// 0.008883 H^0.663 W^0.444. Fujimoto, Nippon Eiseigaku Zasshi 1968.
    Fujimoto,
    /// 0.007241 H^0.725 W^0.425. Takahira 1925.
    Takahira,
    /// 0.00949 H^0.655 W^0.441. Shuter and Aslani, Eur J Appl Physiol 2000;82:250.
    ShuterAslani,
    /// Female 0.000975482 H^1.08 W^0.46, male 0.000579479 H^1.24 W^0.38. Schlich, Ernaehrungs
    /// Umschau 2010;57:178. Needs the sex.
    Schlich,
    /// 0.1173 W^0.6466, below 10 kg 0.1037 W^0.6724. Livingston and Lee, Am J Physiol Endocrinol
    /// Metab 2001.
    LivingstonLee,
    /// 71.3989 H^0.7437 W^0.4040 / 10000. Yu, Lo and Chiou, from three-dimensional body scans.
    Yu,
    /// 0.0061 H + 0.0128 W - 0.1529. Attributed to Stevenson 1937. A linear formula with a constant
    /// term: used only for 130 to 210 cm and 35 to 150 kg, a range chosen by this project.
    Stevenson,
}

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
    /// Every formula, in the order of the documentation.
    pub const ALL: [Self; 12] = [
        Self::Mosteller,
        Self::DuBois,
        Self::Haycock,
        Self::GehanGeorge,
        Self::Boyd,
        Self::Fujimoto,
        Self::Takahira,
        Self::ShuterAslani,
        Self::Schlich,
        Self::LivingstonLee,
        Self::Yu,
        Self::Stevenson,
    ];

    /// The name used in text and in files, for example `du-bois`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mosteller => "mosteller",
            Self::DuBois => "du-bois",
            Self::Haycock => "haycock",
            Self::GehanGeorge => "gehan-george",
            Self::Boyd => "boyd",
            Self::Fujimoto => "fujimoto",
            Self::Takahira => "takahira",
            Self::ShuterAslani => "shuter-aslani",
            Self::Schlich => "schlich",
            Self::LivingstonLee => "livingston-lee",
            Self::Yu => "yu",
            Self::Stevenson => "stevenson",
        }
    }

    /// The formula in symbols: H in cm, W in kg, the result in m².
    #[must_use]
    pub const fn formula(self) -> &'static str {
        match self {
            Self::Mosteller => "sqrt(H W / 3600)",
            Self::DuBois => "0.007184 H^0.725 W^0.425",
            Self::Haycock => "0.024265 H^0.3964 W^0.5378",
            Self::GehanGeorge => "0.0235 H^0.42246 W^0.51456",
            Self::Boyd => "0.0003207 H^0.3 G^(0.7285 - 0.0188 log10 G), G = 1000 W in grams",
            Self::Fujimoto => "0.008883 H^0.663 W^0.444",
            Self::Takahira => "0.007241 H^0.725 W^0.425",
            Self::ShuterAslani => "0.00949 H^0.655 W^0.441",
            Self::Schlich => "0.000975482 H^1.08 W^0.46 (female), 0.000579479 H^1.24 W^0.38 (male)",
            Self::LivingstonLee => "0.1173 W^0.6466, or 0.1037 W^0.6724 below 10 kg",
            Self::Yu => "0.00713989 H^0.7437 W^0.404 (printed as 71.3989 H^0.7437 W^0.4040 in cm2)",
            Self::Stevenson => "0.0061 H + 0.0128 W - 0.1529",
        }
    }

    /// The publication the formula is named after.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::Mosteller => "Mosteller, N Engl J Med 1987;317:1098",
            Self::DuBois => "Du Bois and Du Bois, Arch Intern Med 1916;17:863",
            Self::Haycock => "Haycock et al., J Pediatr 1978;93:62",
            Self::GehanGeorge => "Gehan and George, Cancer Chemother Rep 1970;54:225",
            Self::Boyd => "Boyd 1935, gram form",
            Self::Fujimoto => "Fujimoto, Nippon Eiseigaku Zasshi 1968",
            Self::Takahira => "Takahira 1925",
            Self::ShuterAslani => "Shuter and Aslani, Eur J Appl Physiol 2000;82:250",
            Self::Schlich => "Schlich et al., Ernaehrungs Umschau 2010;57:178",
            Self::LivingstonLee => "Livingston and Lee, Am J Physiol Endocrinol Metab 2001",
            Self::Yu => "Yu, Lo and Chiou, three-dimensional body scans",
            Self::Stevenson => "Stevenson 1937, coefficients as read in published code",
        }
    }

    /// Where the coefficients were read; the primary publication only where it says so.
    #[must_use]
    pub const fn read_in(self) -> &'static str {
        match self {
            Self::Mosteller | Self::DuBois | Self::Haycock | Self::GehanGeorge => {
                "four independent published sources that agree: admiral, clinPK, physiology, \
                 globalrph.com"
            }
            Self::Boyd => "two published programs that agree: admiral, clinPK",
            Self::Fujimoto | Self::Takahira => {
                "two published programs that agree: admiral, physiology"
            }
            Self::ShuterAslani | Self::Schlich => "one published program: physiology",
            Self::LivingstonLee => "the abstract of the publication",
            Self::Yu => "one published program: tabletools",
            Self::Stevenson => {
                "three published programs that agree; the attribution to Stevenson is not \
                 confirmed in a primary source"
            }
        }
    }

    /// Whether the patient's sex is part of the formula.
    #[must_use]
    pub const fn needs_sex(self) -> bool {
        matches!(self, Self::Schlich)
    }

    /// The names of all formulas, separated by commas.
    pub(super) fn choices() -> String {
        Self::ALL.map(Self::name).join(", ")
    }

    #[allow(
        clippy::unused_self,
        reason = "one formula has a range today; the error asks the formula for it"
    )]
    pub(super) fn range_text(self) -> String {
        BodySize::adult_range()
    }

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
                    size,
                });
            }
        })
    }

    /// The body surface area in m².
    pub(super) fn square_meters(
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

impl fmt::Display for BodySurfaceAreaFormula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
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
