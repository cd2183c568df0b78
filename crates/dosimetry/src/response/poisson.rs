//! TCP by Poisson statistics of surviving clonogenic cells.

use chemorad::radiotherapy::FractionCount;
use chemorad::report::{Derivation, decimal};

use super::estimate::Estimate;
use super::histogram::DoseHistogram;
use super::histogram_kind::DoseQuantity;
use super::parameter::ResponseParameter;
use super::parameter_error::ParameterError;
use super::probability::{Response, ResponseModel, Rising, equations, over_corners, probability};
use super::share::{DoseShare, ModelDoses};

/// Where the clonogenic cells are.
///
/// See [`PoissonControl`] for an example.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Clonogens {
    /// So many in the whole volume, evenly.
    Total(Estimate),
    /// So many in every cubic centimetre.
    Density(Estimate),
}

impl Clonogens {
    /// From a number in the whole volume.
    ///
    /// # Errors
    /// A text that is no such number.
    pub fn total(text: &str) -> Result<Self, ParameterError> {
        Estimate::read(ResponseParameter::Clonogens, text).map(Self::Total)
    }

    /// From a density such as `1e7/cc`.
    ///
    /// # Errors
    /// A text that is no such density.
    pub fn density(text: &str) -> Result<Self, ParameterError> {
        Estimate::read(ResponseParameter::ClonogenDensity, text).map(Self::Density)
    }
}

/// Why the model cannot be applied to a histogram.
///
/// ```
/// assert!(chemorad_dosimetry::PoissonError::Equivalent.to_string().contains("absorbed"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PoissonError {
    /// A density, and volumes in percent.
    #[error(
        "a density of clonogenic cells needs a histogram in cubic centimetres; this one is in percent: give their number in the whole volume"
    )]
    NoVolume,
    /// EQD2, which the model would convert again.
    #[error(
        "the Poisson model takes absorbed dose, which it turns into effect itself; this histogram is of EQD2"
    )]
    Equivalent,
}

/// TCP = exp(−Σᵢ N vᵢ exp(−α Dᵢ (1 + Dᵢ/(n α/β)))): the probability that no clonogenic cell survives, with n
/// fractions, without repopulation (linear-quadratic survival). The sum is made first, and the exponential
/// once: the coldest part decides.
///
/// ```
/// use chemorad_dosimetry::{
///     Clonogens, DoseHistogram, DoseQuantity, HistogramKind, PoissonControl, ResponseModel as _, VolumeUnit,
/// };
/// let histogram = |rows: &[(f64, f64)]| DoseHistogram::new(
///     HistogramKind::Differential, DoseQuantity::AbsorbedDose, VolumeUnit::Percent, rows);
/// let of = |rows: &[(f64, f64)]| -> Result<f64, Box<dyn std::error::Error>> {
///     let histogram = histogram(rows)?;
///     let clonogens = Clonogens::total("1e7")?;
///     let model = PoissonControl::new("0.3 /Gy", "10 Gy", "28".parse()?, clonogens, &histogram)?;
///     Ok(model.probability(&histogram.doses()).value)
/// };
/// assert!((of(&[(50.4, 100.0)])? - 0.8365745).abs() < 5e-8);
/// assert!((of(&[(40.0, 5.0), (50.4, 95.0)])? - 0.4854007).abs() < 5e-8);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PoissonControl {
    alpha: Estimate,
    alpha_beta: Estimate,
    fractions: FractionCount,
    given: Clonogens,
    total: Estimate,
}

impl PoissonControl {
    /// From α and α/β as texts (see [`Estimate`]), n, and the clonogenic cells of the histogram.
    ///
    /// # Errors
    /// A text that is no such parameter; a density without volumes in cubic centimetres; a histogram of EQD2.
    pub fn new(
        alpha: &str,
        alpha_beta: &str,
        fractions: FractionCount,
        clonogens: Clonogens,
        histogram: &DoseHistogram,
    ) -> Result<Self, PoissonControlError> {
        if histogram.quantity() != DoseQuantity::AbsorbedDose {
            return Err(PoissonError::Equivalent.into());
        }
        let total = match clonogens {
            Clonogens::Total(total) => total,
            Clonogens::Density(density) => {
                let volume = histogram.volume_cc().ok_or(PoissonError::NoVolume)?;
                density.times(volume, ResponseParameter::Clonogens)
            }
        };
        Ok(Self {
            alpha: Estimate::read(ResponseParameter::Alpha, alpha)?,
            alpha_beta: Estimate::read(ResponseParameter::AlphaBeta, alpha_beta)?,
            fractions,
            given: clonogens,
            total,
        })
    }

    /// The sum of N v exp(−α BED) over the bins.
    fn survivors(&self, doses: &[DoseShare], [alpha, alpha_beta, total]: [f64; 3]) -> f64 {
        let fractions = f64::from(self.fractions.get());
        let of = |one: &DoseShare| {
            let bed = one.dose * (1.0 + one.dose / (fractions * alpha_beta));
            total * one.volume * libm::exp(-alpha * bed)
        };
        doses.iter().map(of).sum()
    }

    fn control(&self, doses: &[DoseShare], parameters: [f64; 3]) -> f64 {
        libm::exp(-self.survivors(doses, parameters))
    }

    fn values(&self) -> [f64; 3] {
        [&self.alpha, &self.alpha_beta, &self.total].map(Estimate::value)
    }
}

/// Why the model cannot be made.
///
/// ```
/// use chemorad_dosimetry::{PoissonControlError, PoissonError};
/// let error = PoissonControlError::from(PoissonError::NoVolume);
/// assert!(error.to_string().contains("cubic centimetres"));
/// ```
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PoissonControlError {
    /// A text that is no parameter.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
    /// A histogram that the model does not fit.
    #[error(transparent)]
    Histogram(#[from] PoissonError),
}

/// TCP rises with α and falls with α/β and N.
impl Rising for PoissonControl {
    fn has_intervals(&self) -> bool {
        self.parameters().iter().any(|one| one.interval().is_some())
    }

    fn at(&self, doses: &[DoseShare]) -> f64 {
        self.control(doses, self.values())
    }

    fn least(&self, doses: &[DoseShare]) -> f64 {
        let parameters = [&self.alpha, &self.alpha_beta, &self.total];
        over_corners(parameters, |values| self.control(doses, values)).low
    }

    fn greatest(&self, doses: &[DoseShare]) -> f64 {
        let parameters = [&self.alpha, &self.alpha_beta, &self.total];
        over_corners(parameters, |values| self.control(doses, values)).high
    }
}

impl ResponseModel for PoissonControl {
    fn form(&self) -> String {
        format!(
            "Poisson, linear-quadratic survival of clonogenic cells in {} fractions, without repopulation",
            self.fractions
        )
    }

    fn parameters(&self) -> Vec<Estimate> {
        let (Clonogens::Total(cells) | Clonogens::Density(cells)) = self.given;
        vec![self.alpha, self.alpha_beta, cells]
    }

    fn probability(&self, doses: &ModelDoses) -> Response {
        self.of(doses)
    }

    fn derivation(&self, doses: &ModelDoses) -> Derivation {
        let survivors = self.survivors(doses.shares(), self.values());
        Derivation::new(
            "TCP",
            "exp(-S), S = sum_i N v_i exp(-alpha D_i (1 + D_i/(n alpha/beta)))",
            format!(
                "{}, n = {}",
                equations(&[self.alpha, self.alpha_beta, self.total]),
                self.fractions
            ),
            probability(self.at(doses.shares())),
            "linear-quadratic survival and Poisson statistics (Webb and Nahum 1993, Phys Med Biol)",
        )
        .with(format!(
            "surviving clonogenic cells S over {} bins = {}",
            doses.shares().len(),
            decimal(survivors)
        ))
    }
}
