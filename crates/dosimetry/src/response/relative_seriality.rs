//! NTCP by relative seriality.

use core::f64::consts::{E, LN_2};

use chemorad::report::Derivation;
use serde::Serialize;

use super::estimate::Estimate;
use super::parameter::ResponseParameter;
use super::parameter_error::ParameterError;
use super::probability::{Response, ResponseModel, Rising, equations, over_corners, probability};
use super::share::{DoseShare, ModelDoses};

/// ln ln 2.
const LN_LN_2: f64 = -0.366_512_920_581_664_35;

/// The response P(D) of a whole organ to a uniform dose. Two forms are in use, which agree at D50 alone: a set
/// of parameters belongs to one of them.
///
/// ```
/// use chemorad_dosimetry::PoissonForm;
/// assert_eq!("two-power".parse(), Ok(PoissonForm::TwoPower));
/// assert!("poisson".parse::<PoissonForm>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PoissonForm {
    /// P(D) = 2^(−exp(e γ (1 − D/D50))); γ50 = e γ ln 2/2.
    TwoPower,
    /// P(D) = exp(−exp(e γ − (D/D50)(e γ − ln ln 2))); γ is the largest normalised slope.
    DoubleExponential,
}

impl std::str::FromStr for PoissonForm {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "two-power" => Ok(Self::TwoPower),
            "double-exponential" => Ok(Self::DoubleExponential),
            _ => Err("the forms are two-power and double-exponential"),
        }
    }
}

impl PoissonForm {
    /// −ln P(D).
    fn hazard(self, dose: f64, d50: f64, gamma: f64) -> f64 {
        let slope = E * gamma;
        match self {
            Self::TwoPower => LN_2 * libm::exp(slope * (1.0 - dose / d50)),
            Self::DoubleExponential => libm::exp(slope - dose / d50 * (slope - LN_LN_2)),
        }
    }

    const fn source(self) -> &'static str {
        match self {
            Self::TwoPower => "relative seriality, with P(D) as DVHmetrics has it",
            Self::DoubleExponential => "relative seriality, with P(D) as pyradiobiology has it",
        }
    }

    const fn formula(self) -> &'static str {
        match self {
            Self::TwoPower => "P(D) = 2^(-exp(e gamma (1 - D/D50)))",
            Self::DoubleExponential => "P(D) = exp(-exp(e gamma - (D/D50)(e gamma - ln ln 2)))",
        }
    }
}

/// NTCP = (1 − Πᵢ (1 − P(Dᵢ)ˢ)^vᵢ)^(1/s) (Källman, Ågren and Brahme), P(D) in one of two forms.
///
/// ```
/// use chemorad_dosimetry::{
///     DoseHistogram, DoseQuantity, HistogramKind, PoissonForm, RelativeSeriality, ResponseModel as _,
///     VolumeUnit,
/// };
/// let rows = [(20.0, 25.0), (40.0, 35.0), (50.0, 25.0), (60.0, 10.0), (70.0, 5.0)];
/// let histogram = DoseHistogram::new(
///     HistogramKind::Differential, DoseQuantity::AbsorbedDose, VolumeUnit::Percent, &rows)?;
/// let doses = histogram.doses();
/// let of = |form, s| {
///     RelativeSeriality::read(form, s, "52.3 Gy", "1.28").map(|model| model.probability(&doses).value)
/// };
/// assert!((of(PoissonForm::TwoPower, "1")? - 0.343049779862).abs() < 1e-11);
/// assert!((of(PoissonForm::DoubleExponential, "0.32")? - 0.259359348671).abs() < 1e-11);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RelativeSeriality {
    form: PoissonForm,
    s: Estimate,
    d50: Estimate,
    gamma: Estimate,
}

impl RelativeSeriality {
    /// From the form of P, and s, D50 and γ as texts; see [`Estimate`].
    ///
    /// # Errors
    /// A text that is no such parameter.
    pub fn read(
        form: PoissonForm,
        s: &str,
        d50: &str,
        gamma: &str,
    ) -> Result<Self, ParameterError> {
        Ok(Self {
            form,
            s: Estimate::read(ResponseParameter::Seriality, s)?,
            d50: Estimate::read(ResponseParameter::ToxicDose, d50)?,
            gamma: Estimate::read(ResponseParameter::Gamma, gamma)?,
        })
    }

    /// The probability with −ln P of every dose from a function.
    fn combined(doses: &[DoseShare], s: f64, hazard: impl Fn(f64) -> f64) -> f64 {
        let survivors = doses.iter().filter(|one| one.volume > 0.0);
        let logarithm: f64 = survivors
            .map(|one| one.volume * logarithm_of_rest(s * hazard(one.dose)))
            .sum();
        // 1 - product, without the loss of digits that the difference has
        let harmed = -libm::expm1(logarithm);
        libm::exp(libm::log(harmed) / s)
    }

    /// With the hazard of every dose the least, or greatest, over D50 and γ. Doses below and above D50 go
    /// opposite ways with γ, so each bin is taken by itself: the bound encloses.
    fn bound(&self, doses: &[DoseShare], s: f64, pick: fn(f64, f64) -> f64) -> f64 {
        Self::combined(doses, s, |dose| {
            let of = |[d50, gamma]: [f64; 2]| self.form.hazard(dose, d50, gamma);
            let ends = over_corners([&self.d50, &self.gamma], of);
            pick(ends.low, ends.high)
        })
    }
}

/// ln(1 − e^(−y)).
fn logarithm_of_rest(y: f64) -> f64 {
    if y > LN_2 {
        libm::log1p(-libm::exp(-y))
    } else {
        libm::log(-libm::expm1(-y))
    }
}

/// The combination rises with s and with every P.
impl Rising for RelativeSeriality {
    fn has_intervals(&self) -> bool {
        self.parameters().iter().any(|one| one.interval().is_some())
    }

    fn at(&self, doses: &[DoseShare]) -> f64 {
        let hazard = |dose| self.form.hazard(dose, self.d50.value(), self.gamma.value());
        Self::combined(doses, self.s.value(), hazard)
    }

    fn least(&self, doses: &[DoseShare]) -> f64 {
        let [s, _] = self.s.ends();
        self.bound(doses, s, |_, most| most)
    }

    fn greatest(&self, doses: &[DoseShare]) -> f64 {
        let [_, s] = self.s.ends();
        self.bound(doses, s, |least, _| least)
    }
}

impl ResponseModel for RelativeSeriality {
    fn form(&self) -> String {
        format!("relative seriality, {}", self.form.formula())
    }

    fn parameters(&self) -> Vec<Estimate> {
        vec![self.s, self.d50, self.gamma]
    }

    fn probability(&self, doses: &ModelDoses) -> Response {
        self.of(doses)
    }

    fn derivation(&self, doses: &ModelDoses) -> Derivation {
        let whole: f64 = doses.shares().iter().map(|one| one.volume * one.dose).sum();
        let (d50, gamma) = (self.d50.value(), self.gamma.value());
        let of_mean = libm::exp(-self.form.hazard(whole, d50, gamma));
        Derivation::new(
            "NTCP",
            format!(
                "(1 - product (1 - P(D_i)^s)^v_i)^(1/s), {}",
                self.form.formula()
            ),
            equations(&self.parameters()),
            probability(self.at(doses.shares())),
            self.form.source(),
        )
        .with(format!(
            "over {} bins; P at the mean dose, for comparison = {}",
            doses.shares().len(),
            probability(of_mean)
        ))
    }
}
