//! NTCP and TCP by the logistic function of the generalised equivalent uniform dose.

use chemorad::report::{Derivation, decimal};

use super::equivalent_uniform_dose::generalised_equivalent_uniform_dose;
use super::estimate::Estimate;
use super::parameter::ResponseParameter;
use super::parameter_error::ParameterError;
use super::probability::{Response, ResponseModel, Rising, equations, over_corners, probability};
use super::share::{DoseShare, ModelDoses};

/// P = 1/(1 + (D50/gEUD)^(4 γ50)), which is logistic in the logarithm of gEUD (Niemierko). D50 is TD50
/// with a > 0 for a normal tissue, and TCD50 with a < 0 for a tumour. At gEUD = 0 it is 0. The logistic
/// function of the dose itself, with the same D50 and γ50, is another model.
///
/// ```
/// use chemorad_dosimetry::{
///     DoseHistogram, DoseQuantity, GeudLogistic, HistogramKind, ResponseModel as _, VolumeUnit,
/// };
/// let rows = [(20.0, 25.0), (40.0, 35.0), (50.0, 25.0), (60.0, 10.0), (70.0, 5.0)];
/// let histogram = DoseHistogram::new(
///     HistogramKind::Differential, DoseQuantity::AbsorbedDose, VolumeUnit::Percent, &rows)?;
/// let model = GeudLogistic::normal_tissue("8", "80 Gy", "4")?;
/// let ntcp = model.probability(&histogram.doses());
/// assert!((ntcp.value - 0.00118082944953).abs() < 1e-13);
/// // the exponent of a tumour is another one
/// assert!(GeudLogistic::tumour("8", "80 Gy", "4").is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GeudLogistic {
    a: Estimate,
    half: Estimate,
    gamma50: Estimate,
}

impl GeudLogistic {
    /// NTCP from a > 0, TD50 and γ50 as texts; see [`Estimate`].
    ///
    /// # Errors
    /// A text that is no such parameter.
    pub fn normal_tissue(a: &str, td50: &str, gamma50: &str) -> Result<Self, ParameterError> {
        Ok(Self {
            a: Estimate::read(ResponseParameter::TissueExponent, a)?,
            half: Estimate::read(ResponseParameter::ToxicDose, td50)?,
            gamma50: Estimate::read(ResponseParameter::SlopeAtHalf, gamma50)?,
        })
    }

    /// TCP from a < 0, TCD50 and γ50 as texts; see [`Estimate`].
    ///
    /// # Errors
    /// A text that is no such parameter.
    pub fn tumour(a: &str, tcd50: &str, gamma50: &str) -> Result<Self, ParameterError> {
        Ok(Self {
            a: Estimate::read(ResponseParameter::TumourExponent, a)?,
            half: Estimate::read(ResponseParameter::ControlDose, tcd50)?,
            gamma50: Estimate::read(ResponseParameter::SlopeAtHalf, gamma50)?,
        })
    }

    fn is_tumour(&self) -> bool {
        self.half.parameter() == ResponseParameter::ControlDose
    }
}

fn uniform(doses: &[DoseShare], a: f64) -> f64 {
    generalised_equivalent_uniform_dose(doses, a).unwrap_or(0.0)
}

/// 1/(1 + (D50/gEUD)^(4 γ50)).
fn logistic(uniform: f64, half: f64, gamma50: f64) -> f64 {
    if uniform > 0.0 {
        1.0 / (1.0 + libm::exp(4.0 * gamma50 * libm::log(half / uniform)))
    } else {
        0.0
    }
}

/// gEUD rises with a, and P falls with D50 and goes one way with γ50: corners enclose.
impl Rising for GeudLogistic {
    fn has_intervals(&self) -> bool {
        self.parameters().iter().any(|one| one.interval().is_some())
    }

    fn at(&self, doses: &[DoseShare]) -> f64 {
        logistic(
            uniform(doses, self.a.value()),
            self.half.value(),
            self.gamma50.value(),
        )
    }

    fn least(&self, doses: &[DoseShare]) -> f64 {
        let [a, _] = self.a.ends();
        let uniform = uniform(doses, a);
        let of = |[half, gamma50]: [f64; 2]| logistic(uniform, half, gamma50);
        over_corners([&self.half, &self.gamma50], of).low
    }

    fn greatest(&self, doses: &[DoseShare]) -> f64 {
        let [_, a] = self.a.ends();
        let uniform = uniform(doses, a);
        let of = |[half, gamma50]: [f64; 2]| logistic(uniform, half, gamma50);
        over_corners([&self.half, &self.gamma50], of).high
    }
}

impl ResponseModel for GeudLogistic {
    fn form(&self) -> String {
        "gEUD-logistic (Niemierko; logistic in the logarithm of gEUD)".into()
    }

    fn parameters(&self) -> Vec<Estimate> {
        vec![self.a, self.half, self.gamma50]
    }

    fn probability(&self, doses: &ModelDoses) -> Response {
        self.of(doses)
    }

    fn uniform_dose(&self, doses: &ModelDoses) -> Option<f64> {
        Some(uniform(doses.shares(), self.a.value()))
    }

    fn derivation(&self, doses: &ModelDoses) -> Derivation {
        let uniform = uniform(doses.shares(), self.a.value());
        let half = self.half.parameter().symbol();
        Derivation::new(
            if self.is_tumour() { "TCP" } else { "NTCP" },
            format!("1/(1 + ({half}/gEUD)^(4 gamma50)), gEUD = (sum v_i D_i^a)^(1/a)"),
            equations(&self.parameters()),
            probability(self.at(doses.shares())),
            "Niemierko, in the form of DVHmetrics (getNTCP)",
        )
        .with(format!(
            "gEUD over {} bins = {} Gy",
            doses.shares().len(),
            decimal(uniform)
        ))
    }
}
