//! What a dose-response model says of a histogram: a probability, and how far it may be another.

use chemorad::report::Derivation;
use serde::Serialize;

use super::estimate::Estimate;
use super::share::{DoseShare, ModelDoses};

/// Two ends.
///
/// ```
/// let interval = chemorad_dosimetry::Ends { low: 0.1, high: 0.2 };
/// assert_eq!(interval.high - interval.low, 0.1);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Ends {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// A number that a model gives.
///
/// The intervals of several parameters are taken as a box: the number for every combination of parameters
/// in their intervals lies between the ends. That is wider than a confidence interval.
///
/// See [`LymanKutcherBurman`](crate::LymanKutcherBurman) for an example.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Response {
    /// At the values of the parameters, every bin at its own dose.
    pub value: f64,
    /// Over the intervals of the parameters, where any has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<Ends>,
    /// With every bin at its lower, and at its upper edge, where the file says where they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binning: Option<Ends>,
}

/// A number that rises with every dose, or falls with none, and its ends over the intervals of parameters.
pub(super) trait Rising {
    /// Whether any parameter has an interval.
    fn has_intervals(&self) -> bool;

    /// At the values of the parameters.
    fn at(&self, doses: &[DoseShare]) -> f64;

    /// The least over the intervals of the parameters, or less.
    fn least(&self, doses: &[DoseShare]) -> f64;

    /// The greatest over the intervals of the parameters, or more.
    fn greatest(&self, doses: &[DoseShare]) -> f64;

    fn of(&self, doses: &ModelDoses) -> Response {
        let value = self.at(&doses.best);
        let around = |low: f64, high: f64| Ends {
            low: low.min(value),
            high: high.max(value),
        };
        let interval = if self.has_intervals() || doses.by_parameter.is_some() {
            let [low, high] = match &doses.by_parameter {
                Some([low, high]) => [low, high],
                None => [&doses.best, &doses.best],
            };
            Some(around(self.least(low), self.greatest(high)))
        } else {
            None
        };
        let edges = doses.by_edges.as_ref();
        let binning = edges.map(|[low, high]| around(self.at(low), self.at(high)));
        Response {
            value,
            interval,
            binning,
        }
    }
}

/// The least and greatest of a function that is monotone in each parameter, whatever the others are: it has
/// them at corners of the box.
pub(super) fn over_corners<const N: usize>(
    parameters: [&Estimate; N],
    of: impl Fn([f64; N]) -> f64,
) -> Ends {
    let ends = parameters.map(Estimate::ends);
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for corner in 0..1_usize << N {
        let mut at = 0;
        let values = ends.map(|[lower, upper]| {
            let is_upper = corner >> at & 1 == 1;
            at += 1;
            if is_upper { upper } else { lower }
        });
        let value = of(values);
        low = low.min(value);
        high = high.max(value);
    }
    Ends { low, high }
}

/// A dose-response model with its parameters.
pub trait ResponseModel {
    /// The form of the model, in words.
    fn form(&self) -> String;

    /// Its parameters.
    fn parameters(&self) -> Vec<Estimate>;

    /// The probability.
    fn probability(&self, doses: &ModelDoses) -> Response;

    /// The generalised equivalent uniform dose in gray, where the model makes one.
    fn uniform_dose(&self, _: &ModelDoses) -> Option<f64> {
        None
    }

    /// How it was reached.
    fn derivation(&self, doses: &ModelDoses) -> Derivation;
}

/// `TD50 = 76.9 Gy, m = 0.13`.
pub(super) fn equations(parameters: &[Estimate]) -> String {
    let equations: Vec<String> = parameters.iter().map(Estimate::equation).collect();
    equations.join(", ")
}

/// A probability for a person who redoes it: six significant digits.
pub(super) fn probability(value: f64) -> String {
    if value != 0.0 && value < 1e-3 {
        format!("{value:.5e}")
    } else {
        format!("{value:.6}")
    }
}
