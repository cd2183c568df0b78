//! The published formulas for body surface area: names, symbols, sources. The arithmetic is in
//! `formula`.

use alloc::string::String;
use core::fmt;

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
}

impl fmt::Display for BodySurfaceAreaFormula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
