//! What a reader of a probability must know, with its words.

use std::fmt;

use chemorad::report::{Code, Observation, Outcome, Subject, Values, decimal};

use super::histogram::DoseHistogram;
use super::probability::Response;
use super::share::{DoseBasis, ModelDoses};
use crate::finding::PLAUSIBLE;

const PATIENTS: Code = Code::new(
    "response.patients",
    "Parameters of other patients",
    "Parameters of a dose-response model hold for the endpoint, the contour of the organ, the fractionation and the patients that they were fitted to. No published set that is shipped was fitted to patients who had radiotherapy after rectal surgery, or with capecitabine.",
    "Use the number to compare plans, and judge whether the patients are alike before it is used for anything else.",
);

const BASIS: Code = Code::new(
    "response.fraction_size",
    "Dose that is not corrected for the dose per fraction",
    "Most parameters belong to fractions of about 2 Gy. A bin with another dose per fraction has another effect, and in one histogram every bin has its own.",
    "Give the number of fractions and alpha/beta, so that every bin is turned into EQD2, unless the parameters were fitted to absorbed dose in such fractions.",
);

const BINS: Code = Code::new(
    "response.bins",
    "Bins that are too wide for the number",
    "The dose in a bin is known to lie between its edges. The number is taken half-way; with every bin at its lower, or upper, edge it changes by more than one hundredth.",
    "Export the histogram with narrower bins.",
);

const SHAPE: Code = Code::new(
    "response.looks_cumulative",
    "A differential histogram that looks cumulative",
    "The volumes fall from row to row from the first on, as those of a cumulative histogram do. Taken as differential, the dose is far too low.",
    "Look how the histogram was exported, and name the column cumulative_percent or cumulative_cc where it is cumulative.",
);

const SIZE: Code = Code::new(
    "response.dose_size",
    "Doses of an unusual size",
    "Above 90 Gy a histogram may be in centigray or in percent; with all doses below 1 Gy it may be in another unit. Either makes a probability of 1 or of 0.",
    "Look in which unit the histogram was exported.",
);

const COLD: Code = Code::new(
    "response.no_dose",
    "A part of a tumour without dose",
    "With an exponent below zero the coldest part decides: any volume at 0 Gy makes gEUD and TCP zero.",
    "Look whether that part of the volume lies in the dose grid and belongs to the target.",
);

/// The codes of dose-response models.
///
/// ```
/// use chemorad_dosimetry::RESPONSE_CODES;
/// assert!(RESPONSE_CODES.iter().any(|code| code.name == "response.bins"));
/// ```
pub const RESPONSE_CODES: &[Code] = &[PATIENTS, BASIS, BINS, SHAPE, SIZE, COLD];

/// Bins change a probability by more: this project's choice.
const WIDE: f64 = 0.01;

/// Below this every dose of a histogram is small: this project's choice.
const SMALL: f64 = 1.0;

/// What a reader of a probability must know.
///
/// ```
/// use chemorad::report::Observation as _;
/// use chemorad_dosimetry::ResponseNote;
/// assert_eq!(ResponseNote::NotCorrected.code().name, "response.fraction_size");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ResponseNote {
    /// A published set belongs to other patients.
    Patients {
        /// The patients that it was fitted to.
        patients: &'static str,
    },
    /// Absorbed dose, as it is.
    NotCorrected,
    /// The edges of the bins change the number.
    WideBins {
        /// With every bin at its lower edge.
        low: f64,
        /// With every bin at its upper edge.
        high: f64,
    },
    /// Volumes that fall from the first row on.
    LooksCumulative,
    /// More than external beams give, or next to nothing.
    DoseSize {
        /// The largest dose, gray.
        maximum: f64,
    },
    /// A volume at 0 Gy, and an exponent below zero.
    NoDose {
        /// Its share, percent.
        percent: f64,
    },
}

impl ResponseNote {
    /// What is to be known of a histogram.
    #[must_use]
    pub fn of_histogram(histogram: &DoseHistogram) -> Vec<Self> {
        let maximum = histogram.maximum();
        let falls = histogram.looks_cumulative();
        let unusual = maximum > f64::from(PLAUSIBLE) || maximum < SMALL;
        let falls = falls.then_some(Self::LooksCumulative);
        let unusual = unusual.then_some(Self::DoseSize { maximum });
        falls.into_iter().chain(unusual).collect()
    }

    /// What is to be known of a number, and of the doses that it was made from; `decided_by_cold`: the coldest
    /// part decides.
    #[must_use]
    pub fn of_response(
        response: &Response,
        doses: &ModelDoses,
        decided_by_cold: bool,
    ) -> Vec<Self> {
        let wide = response
            .binning
            .filter(|ends| ends.high - ends.low > WIDE)
            .map(|ends| Self::WideBins {
                low: ends.low,
                high: ends.high,
            });
        let as_it_is = doses.basis() == DoseBasis::AbsorbedDose;
        let without = doses.shares().iter().filter(|one| one.dose <= 0.0);
        let without: f64 = without.map(|one| one.volume).sum();
        let cold = (decided_by_cold && without > 0.0).then_some(Self::NoDose {
            percent: without * 100.0,
        });
        let basis = as_it_is.then_some(Self::NotCorrected);
        wide.into_iter().chain(basis).chain(cold).collect()
    }
}

impl Observation for ResponseNote {
    fn code(&self) -> &Code {
        match self {
            Self::Patients { .. } => &PATIENTS,
            Self::NotCorrected => &BASIS,
            Self::WideBins { .. } => &BINS,
            Self::LooksCumulative => &SHAPE,
            Self::DoseSize { .. } => &SIZE,
            Self::NoDose { .. } => &COLD,
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::LooksCumulative => Outcome::CannotTell,
            _ => Outcome::Warn,
        }
    }

    fn subject(&self) -> Subject {
        Subject::Input(match self {
            Self::Patients { .. } => "parameters",
            _ => "histogram",
        })
    }

    fn values(&self) -> Values {
        match self {
            Self::WideBins { low, high } => {
                Values::found(format!("{} to {}", decimal(*low), decimal(*high)))
            }
            Self::DoseSize { maximum } => {
                Values::found(format!("at most {} Gy", decimal(*maximum)))
            }
            _ => Values::default(),
        }
    }
}

impl fmt::Display for ResponseNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Patients { patients } => write!(
                f,
                "the parameters were fitted to other patients ({patients}), and to none after rectal surgery"
            ),
            Self::NotCorrected => f.write_str(
                "absorbed dose is taken as it is: right where the parameters were fitted to absorbed dose in such fractions",
            ),
            Self::WideBins { low, high } => write!(
                f,
                "the bins are wide: at their lower edges the number is {}, at their upper {}",
                decimal(*low),
                decimal(*high)
            ),
            Self::LooksCumulative => f.write_str(
                "the volumes fall from row to row from the first on: those of a differential histogram seldom do, and those of a cumulative one always",
            ),
            Self::DoseSize { maximum } => write!(
                f,
                "the largest dose is {} Gy: is the histogram in gray?",
                decimal(*maximum)
            ),
            Self::NoDose { percent } => write!(
                f,
                "{} % of the volume get 0 Gy, which decides the number",
                decimal(*percent)
            ),
        }
    }
}
