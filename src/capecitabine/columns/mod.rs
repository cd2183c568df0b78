//! Orders of many patients: rules in, columns in, columns out.
//!
//! [`CohortRules`] holds what is the same for every patient: formula, intensity, tablets, rounding, caps
//! and rule sets. The amounts of the stock are found once, and what the rules say of every band of renal
//! function and every DPYD status is found once, by the same calls that serve one order. A row is then
//! numbers alone: no words are made, nothing is allocated, and nothing is shared that could not be used
//! from several threads. This library starts none.
//!
//! A value of a row that is missing or refused is NaN, never 0, and the row says why by its first
//! [`RowFault`]. [`RowFindings`] are the codes that [`CapecitabineOrder`](super::CapecitabineOrder) finds
//! for the same patient.
//!
//! ```
//! use chemorad::capecitabine::columns::{CohortRules, OrderColumns, PatientColumns, RowFault};
//! use chemorad::capecitabine::*;
//! use chemorad::patient::{BodySurfaceArea, BodySurfaceAreaFormula, SurfaceArea};
//!
//! let every = OrderRequest::new(
//!     Regimen::new("825 mg/m2".parse()?, 2)?,
//!     BodySurfaceArea::stated(SurfaceArea::constant("1.8 m2"), "not used: each row has its own"),
//!     "500 mg, 150 mg (at most 2)".parse()?,
//!     "nearest, ties up".parse()?,
//! );
//! let rules = CohortRules::new(&every, BodySurfaceAreaFormula::Mosteller, None)?;
//!
//! let patients = PatientColumns::new(&[170.0, 160.0, f64::NAN], &[70.0, 55.5, 80.0]);
//! let mut orders = OrderColumns::default();
//! rules.fill(&patients, &mut orders)?;
//! assert_eq!(orders.ordered_mg[..2], [1500.0, 1300.0]);
//! assert_eq!(orders.tablets[0].milligrams, 500);
//! assert_eq!(orders.tablets[0].count[..2], [3.0, 2.0]);
//! assert_eq!(orders.fault, [None, None, Some(RowFault::HeightMissing)]);
//! assert!(orders.ordered_mg[2].is_nan());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answers;
mod codes;
mod fault;
mod frame;
mod row;
mod row_findings;
mod rules;
mod tablets;

pub use codes::CODES;
pub use fault::RowFault;
pub use frame::{ColumnLength, OrderColumns, PatientColumns, TabletColumn};
pub use row::{OrderedRow, PatientRow};
pub use row_findings::RowFindings;
pub use rules::CohortRules;
