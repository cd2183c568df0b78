//! Dose-response models of a histogram: gEUD, NTCP and TCP.
//!
//! [`DoseHistogram`] holds doses with their shares of the volume; [`DoseHistogram::doses`] or
//! [`DoseHistogram::eqd2`] is what a model takes. A model is a value with its parameters, and answers with a
//! [`Response`].

mod equivalent_uniform_dose;
mod estimate;
mod finding;
mod histogram;
mod histogram_columns;
mod histogram_error;
mod histogram_kind;
mod histogram_text;
mod logistic;
mod lyman_kutcher_burman;
mod parameter;
mod parameter_error;
mod poisson;
mod probability;
mod published;
mod relative_seriality;
mod share;

pub use equivalent_uniform_dose::generalised_equivalent_uniform_dose;
pub use estimate::Estimate;
pub use finding::{RESPONSE_CODES, ResponseNote};
pub use histogram::DoseHistogram;
pub use histogram_error::HistogramError;
pub use histogram_kind::{DoseQuantity, HistogramKind, VolumeUnit};
pub use histogram_text::{HistogramText, HistogramTextOptions};
pub use logistic::GeudLogistic;
pub use lyman_kutcher_burman::LymanKutcherBurman;
pub use parameter::ResponseParameter;
pub use parameter_error::ParameterError;
pub use poisson::{Clonogens, PoissonControl, PoissonControlError, PoissonError};
pub use probability::{Ends, Response, ResponseModel};
pub use published::{PUBLISHED_RESPONSES, PublishedResponse};
pub use relative_seriality::{PoissonForm, RelativeSeriality};
pub use share::{DoseBasis, DoseShare, ModelDoses};
