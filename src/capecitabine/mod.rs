//! Capecitabine: from a dose intensity and a body surface area to tablets.
//!
//! Four steps, each a type that cannot be skipped or confused with the next:
//!
//! 1. a [`Regimen`]: intensity per administration, and how often a day;
//! 2. a [`CalculatedAdministration`]: intensity × body surface area, with [`Caps`] only if given;
//! 3. the [`DeliverableAmounts`] of a [`TabletStock`]: every amount whole tablets can make;
//! 4. an [`OrderedAdministration`]: one of them, chosen by a named [`RoundingPolicy`], with every
//!    candidate, its deviation, its tablets and the reason for the choice.
//!
//! Nothing here has a default: the registry text of the trial this library was built for states
//! neither the rounding nor the tablets, and different choices give different tablets.
//!
//! ```
//! use chemorad::capecitabine::*;
//! use chemorad::patient::*;
//!
//! let size = BodySize::new("170 cm".parse()?, "70 kg".parse()?)?;
//! let area = BodySurfaceArea::from_formula(BodySurfaceAreaFormula::Mosteller, size, None)?;
//! let regimen = Regimen::new("825 mg/m2".parse()?, 2)?;
//! let calculated = CalculatedAdministration::new(regimen, &area, Caps::NONE)?;
//! assert_eq!(format!("{:.2}", calculated.dose()), "1499.95 mg");
//!
//! let stock: TabletStock = "500 mg, 150 mg".parse()?;
//! let policy = RoundingPolicy::Nearest { ties: Ties::Up };
//! let ordered = OrderedAdministration::choose(&calculated, &stock, &policy, None)?;
//! assert_eq!(ordered.dose().to_string(), "1500 mg");
//! assert_eq!(ordered.chosen().tablets_text(), "3 x 500 mg");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bands;
mod calculated;
mod deliverable;
mod error;
mod explain;
mod order;
mod policy;
mod regimen;
mod select;
mod stock;

pub use bands::{Band, BandEdge, BandFault, BandTable, JAPAN_METHOD_D};
pub use calculated::{CalculatedAdministration, Caps};
pub use deliverable::{DeliverableAmounts, TabletCount};
pub use error::CapecitabineError;
pub use order::{Candidate, OrderedAdministration};
pub use policy::{DeviationTolerance, RoundingPolicy, Ties};
pub use regimen::Regimen;
pub use stock::{StockedTablet, TabletStock};

/// A value this close to a boundary, relative to the boundary, is at it.
const AT: f64 = 1e-9;

fn is_at(value: f64, boundary: f64) -> bool {
    (value - boundary).abs() <= AT * boundary
}
