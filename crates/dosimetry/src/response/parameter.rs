//! The parameters of dose-response models: what each is, its unit, and what it may be.

/// A parameter of a dose-response model.
///
/// ```
/// use chemorad_dosimetry::ResponseParameter;
/// assert_eq!(ResponseParameter::ToxicDose.symbol(), "TD50");
/// assert_eq!(ResponseParameter::ToxicDose.unit(), "Gy");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResponseParameter {
    /// n of Lyman, Kutcher and Burman: 1 for the mean dose, near 0 for the largest dose.
    VolumeExponent,
    /// m of Lyman, Kutcher and Burman: 1/(m √(2π)) is the normalised slope at TD50.
    Spread,
    /// a of the generalised equivalent uniform dose of a normal tissue: above 0.
    TissueExponent,
    /// a of the generalised equivalent uniform dose of a tumour: below 0.
    TumourExponent,
    /// The uniform dose that harms half of the patients.
    ToxicDose,
    /// The uniform dose that controls half of the tumours.
    ControlDose,
    /// The normalised slope of the response at the dose for one half.
    SlopeAtHalf,
    /// γ of relative seriality, whose meaning depends on the form of the response.
    Gamma,
    /// s of relative seriality: 1 for a serial organ, near 0 for a parallel one.
    Seriality,
    /// α of the linear-quadratic model.
    Alpha,
    /// α/β of the linear-quadratic model.
    AlphaBeta,
    /// The number of clonogenic cells before treatment.
    Clonogens,
    /// Their number in a cubic centimetre.
    ClonogenDensity,
}

/// Symbol, words, unit, what it is larger than, and the largest it may be.
type Row = (&'static str, &'static str, &'static str, f64, f64);

impl ResponseParameter {
    const fn row(self) -> Row {
        match self {
            Self::VolumeExponent => ("n", "volume parameter", "", 0.0, 10.0),
            Self::Spread => ("m", "spread of the response", "", 0.0, 10.0),
            Self::TissueExponent => ("a", "exponent of a normal tissue", "", 0.0, 1000.0),
            Self::TumourExponent => ("a", "exponent of a tumour", "", -1000.0, 0.0),
            Self::ToxicDose => ("TD50", "uniform dose that harms half", "Gy", 0.0, 1000.0),
            Self::ControlDose => (
                "TCD50",
                "uniform dose that controls half",
                "Gy",
                0.0,
                1000.0,
            ),
            Self::SlopeAtHalf => ("gamma50", "normalised slope at one half", "", 0.0, 100.0),
            Self::Gamma => ("gamma", "normalised slope", "", 0.0, 100.0),
            Self::Seriality => ("s", "relative seriality", "", 0.0, 1000.0),
            Self::Alpha => ("alpha", "linear sensitivity", "/Gy", 0.0, 10.0),
            Self::AlphaBeta => ("alpha/beta", "alpha/beta ratio", "Gy", 0.0, 1000.0),
            Self::Clonogens => ("N", "clonogenic cells", "", 0.0, 1e15),
            Self::ClonogenDensity => ("rho", "clonogenic cells per volume", "/cc", 0.0, 1e12),
        }
    }

    /// Its symbol in the formulas.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        self.row().0
    }

    /// What it is, in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.row().1
    }

    /// The unit of its number; empty where it has none.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        self.row().2
    }

    /// Whether a number may be this parameter; an exponent of zero is neither that of a tumour nor that of a
    /// normal tissue.
    pub(super) const fn may_be(self, value: f64) -> bool {
        let (_, _, _, above, largest) = self.row();
        match self {
            Self::TumourExponent => value >= above && value < largest,
            _ => value > above && value <= largest,
        }
    }

    pub(super) fn allowed(self) -> String {
        let (_, _, unit, low, high) = self.row();
        let space = if unit.is_empty() || unit.starts_with('/') {
            ""
        } else {
            " "
        };
        match self {
            Self::TumourExponent => {
                format!("from {low} to below 0: the cold part of a tumour decides")
            }
            Self::TissueExponent => {
                format!("more than 0 and at most {high}: the hot part of an organ decides")
            }
            _ => format!("more than {low} and at most {high}{space}{unit}"),
        }
    }
}
