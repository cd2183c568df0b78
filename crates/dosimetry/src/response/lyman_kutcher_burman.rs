//! NTCP of Lyman, Kutcher and Burman.

use chemorad::report::{Derivation, decimal};

use super::equivalent_uniform_dose::generalised_equivalent_uniform_dose;
use super::estimate::Estimate;
use super::parameter::ResponseParameter;
use super::parameter_error::ParameterError;
use super::probability::{Response, ResponseModel, Rising, equations, over_corners, probability};
use super::share::{DoseShare, ModelDoses};

/// NTCP = Φ(t) with t = (gEUD − TD50)/(m TD50), and gEUD with a = 1/n (Lyman; Kutcher and Burman).
/// The effective volume of Kutcher and Burman gives the same t.
///
/// ```
/// use chemorad_dosimetry::{
///     DoseHistogram, DoseQuantity, HistogramKind, LymanKutcherBurman, ResponseModel as _, VolumeUnit,
/// };
/// let rows = [(20.0, 25.0), (40.0, 35.0), (50.0, 25.0), (60.0, 10.0), (70.0, 5.0)];
/// let histogram = DoseHistogram::new(
///     HistogramKind::Differential, DoseQuantity::AbsorbedDose, VolumeUnit::Percent, &rows)?;
/// let model = LymanKutcherBurman::read("0.09 (0.04..0.14)", "0.13", "76.9 Gy")?;
/// let ntcp = model.probability(&histogram.doses());
/// assert!((ntcp.value - 0.0158416714176).abs() < 1e-12);
/// let interval = ntcp.interval.unwrap();
/// assert!(interval.low < ntcp.value && ntcp.value < interval.high);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LymanKutcherBurman {
    pub(super) n: Estimate,
    pub(super) m: Estimate,
    pub(super) td50: Estimate,
}

impl LymanKutcherBurman {
    /// From n, m and TD50 as texts; see [`Estimate`].
    ///
    /// # Errors
    /// A text that is no such parameter.
    pub fn read(n: &str, m: &str, td50: &str) -> Result<Self, ParameterError> {
        Ok(Self {
            n: Estimate::read(ResponseParameter::VolumeExponent, n)?,
            m: Estimate::read(ResponseParameter::Spread, m)?,
            td50: Estimate::read(ResponseParameter::ToxicDose, td50)?,
        })
    }
}

fn uniform(doses: &[DoseShare], n: f64) -> f64 {
    generalised_equivalent_uniform_dose(doses, 1.0 / n).unwrap_or(0.0)
}

/// Φ((gEUD − TD50)/(m TD50)).
fn probit(uniform: f64, m: f64, td50: f64) -> f64 {
    let t = (uniform - td50) / (m * td50);
    0.5 * libm::erfc(-t * core::f64::consts::FRAC_1_SQRT_2)
}

/// gEUD falls with n, and Φ falls with TD50 and goes one way with m: corners enclose.
impl Rising for LymanKutcherBurman {
    fn has_intervals(&self) -> bool {
        self.parameters().iter().any(|one| one.interval().is_some())
    }

    fn at(&self, doses: &[DoseShare]) -> f64 {
        probit(
            uniform(doses, self.n.value()),
            self.m.value(),
            self.td50.value(),
        )
    }

    fn least(&self, doses: &[DoseShare]) -> f64 {
        let [_, n] = self.n.ends();
        let uniform = uniform(doses, n);
        over_corners([&self.m, &self.td50], |[m, td50]| probit(uniform, m, td50)).low
    }

    fn greatest(&self, doses: &[DoseShare]) -> f64 {
        let [n, _] = self.n.ends();
        let uniform = uniform(doses, n);
        over_corners([&self.m, &self.td50], |[m, td50]| probit(uniform, m, td50)).high
    }
}

impl ResponseModel for LymanKutcherBurman {
    fn form(&self) -> String {
        "Lyman-Kutcher-Burman (probit of gEUD)".into()
    }

    fn parameters(&self) -> Vec<Estimate> {
        vec![self.n, self.m, self.td50]
    }

    fn probability(&self, doses: &ModelDoses) -> Response {
        self.of(doses)
    }

    fn uniform_dose(&self, doses: &ModelDoses) -> Option<f64> {
        Some(uniform(doses.shares(), self.n.value()))
    }

    fn derivation(&self, doses: &ModelDoses) -> Derivation {
        let (n, m, td50) = (self.n.value(), self.m.value(), self.td50.value());
        let uniform = uniform(doses.shares(), n);
        let t = (uniform - td50) / (m * td50);
        Derivation::new(
            "NTCP",
            "Phi(t), t = (gEUD - TD50)/(m TD50), gEUD = (sum v_i D_i^a)^(1/a), a = 1/n",
            equations(&self.parameters()),
            probability(self.at(doses.shares())),
            "Lyman, Kutcher and Burman, in the form of the manual of DVHmetrics (getNTCP)",
        )
        .with(format!("a = 1/n = {}", decimal(1.0 / n)))
        .with(format!(
            "gEUD over {} bins = {} Gy",
            doses.shares().len(),
            decimal(uniform)
        ))
        .with(format!(
            "t = ({} - {})/({} x {}) = {}",
            decimal(uniform),
            decimal(td50),
            decimal(m),
            decimal(td50),
            decimal(t)
        ))
    }
}
