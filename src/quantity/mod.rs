//! Quantities with units: what can be measured, prescribed or given.
//!
//! A value that exists is valid: finite, positive, inside a plausible range, and of one kind.
//! Prescribed quantities ([`AbsorbedDose`], [`AlphaBeta`], the dose intensities) are whole numbers
//! of a small base unit, so equality is exact and constants are checked by the compiler.
//! Calculated ones ([`Bed`], [`Eqd`], [`CalculatedDose`]) are `f64` and carry what they depend on.
//!
//! | kind | type | unit |
//! | --- | --- | --- |
//! | absorbed dose | [`AbsorbedDose`] | Gy |
//! | biologically effective dose | [`Bed`] (carries α/β) | Gy |
//! | equivalent dose in x-Gy fractions | [`Eqd`] (carries α/β and x) | Gy |
//! | tissue parameter α/β | [`AlphaBeta`] | Gy |
//! | BED lost per day; EQD lost per day | [`BedLossPerDay`]; [`EqdLossPerDay`] | Gy/d |
//! | α | [`Alpha`] | 1/Gy |
//! | doubling and kick-off time | [`DoublingTime`], [`KickOffTime`] | d |
//! | repair half-time, interval of a day | [`RepairHalfTime`], [`FractionInterval`] | h |
//! | dose intensity per administration | [`IntensityPerAdministration`] | mg/m² |
//! | dose intensity per day | [`IntensityPerDay`] | mg/m²/d |
//! | calculated drug dose | [`CalculatedDose`] | mg |
//! | share, volume of tissue | [`Percent`], [`TissueVolume`] | %, cc |
//! | depth and distance of a tumour | [`SubmucosalDepth`], [`DistanceFromAnalVerge`] | mm, cm |
//! | ordered drug dose, daily dose, tablet | [`OrderedDose`], [`DailyDose`], [`TabletStrength`] | whole mg |
//!
//! There is no `+` on doses: `checked_add` says when a sum leaves its range, and refuses another α/β.
//!
//! SI quantities (length, mass, area, concentration, flow, areal density, time) are
//! [`uom`](https://docs.rs/uom)'s; [`si`] adds the units that crate lacks.
//!
//! ```
//! use chemorad::quantity::{AbsorbedDose, IntensityPerAdministration};
//!
//! let pelvis: AbsorbedDose = "4500 cGy".parse()?;
//! assert_eq!(pelvis, AbsorbedDose::constant("45 Gy"));
//! assert_eq!(pelvis.to_string(), "45 Gy");
//!
//! let intensity: IntensityPerAdministration = "825 mg/m2".parse()?;
//! assert_eq!(intensity.milligrams_per_square_meter(), 825.0);
//! # Ok::<(), chemorad::quantity::QuantityError>(())
//! ```

mod absorbed_dose;
mod alpha_beta;
mod anatomy;
mod drug_amount;
mod equivalent;
mod error;
pub(crate) mod exact;
mod fault;
mod intensity;
pub(crate) mod serde_shape;
pub mod si;
pub(crate) mod spec;
mod time;

pub use absorbed_dose::AbsorbedDose;
pub use alpha_beta::AlphaBeta;
pub use anatomy::{DistanceFromAnalVerge, Percent, SubmucosalDepth, TissueVolume};
pub use drug_amount::{CalculatedDose, DailyDose, OrderedDose, TabletStrength};
pub use equivalent::{Bed, Eqd, EquivalentError};
pub use error::QuantityError;
pub use fault::Fault;
pub use intensity::{Basis, DoseIntensity, IntensityPerAdministration, IntensityPerDay};
pub use time::{
    Alpha, BedLossPerDay, DoublingTime, EqdLossPerDay, FractionInterval, KickOffTime,
    RepairHalfTime,
};
