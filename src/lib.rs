//! The arithmetic of chemoradiotherapy prescriptions, done so that a wrong unit does not compile,
//! a wrong value does not construct, and every number shows where it came from.
//!
//! chemorad is a second check, cleared by no authority: a qualified person must review every
//! number before it is used for a patient.
//!
//! The first trial it serves is
//! [NCT06949098](https://clinicaltrials.gov/study/NCT06949098): after local excision of a T1-2N0M0
//! low rectal cancer, surveillance, radiotherapy, or chemoradiotherapy with capecitabine. Nothing
//! is tied to it: trials are files of the crate `chemorad-protocol`.
//!
//! # The first five minutes
//!
//! **You write trial software** and want prescriptions that cannot be mixed up:
//!
//! ```
//! use chemorad::quantity::{AbsorbedDose, AlphaBeta};
//! use chemorad::radiobiology::LinearQuadratic;
//! use chemorad::radiotherapy::Fractionation;
//!
//! // a constant that does not add up does not compile
//! const PELVIS: Fractionation = Fractionation::constant(
//!     AbsorbedDose::constant("45 Gy"), 25, AbsorbedDose::constant("1.8 Gy"));
//! const TUMOUR: LinearQuadratic = LinearQuadratic::new(AlphaBeta::constant("10 Gy"));
//! const _: () = assert!(TUMOUR.bed(PELVIS).gray() == 53.1);
//!
//! // run-time input goes through the same checks
//! let wrong = "45 Gy in 25 x 2 Gy".parse::<Fractionation>().unwrap_err();
//! assert_eq!(
//!     wrong.to_string(),
//!     "25 x 2 Gy is 50 Gy, not 45 Gy: correct one of the three, or give only two"
//! );
//! ```
//!
//! **You are a physicist, a dosimetrist or a pharmacist** and follow every step by hand: see the
//! `chemorad` command in the README, or ask a result for its derivation:
//!
//! ```
//! use chemorad::capecitabine::{
//!     CalculatedAdministration, Caps, OrderedAdministration, Regimen, RoundingPolicy, Ties,
//! };
//! use chemorad::patient::{BodySize, BodySurfaceArea, BodySurfaceAreaFormula};
//!
//! let size = BodySize::new("170 cm".parse()?, "72 kg".parse()?)?;
//! let area = BodySurfaceArea::from_formula(BodySurfaceAreaFormula::Mosteller, size, None)?;
//! assert_eq!(area.derivation().substitution, "sqrt(170 x 72 / 3600)");
//!
//! let regimen = Regimen::new("825 mg/m2".parse()?, 2)?;
//! let calculated = CalculatedAdministration::new(regimen, &area, Caps::NONE)?;
//! let nearest = RoundingPolicy::Nearest { ties: Ties::Up };
//! let ordered =
//!     OrderedAdministration::choose(&calculated, &"500 mg, 150 mg".parse()?, &nearest, None)?;
//! assert_eq!(
//!     ordered.explanation(),
//!     "1500 mg (3 x 500 mg): the deliverable amount nearest to the calculated dose of 1521.22 mg; \
//!      1.40 % below the calculated dose"
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Rooms
//!
//! | room | holds |
//! | --- | --- |
//! | [`quantity`](mod@quantity) | doses, BED, EQDx, α/β, dose intensities, drug amounts; text and serde in and out |
//! | [`radiotherapy`] | fractionations, phases, volumes, courses, the calendar of fractions |
//! | [`radiobiology`] | the linear-quadratic model, voxels, inverses, tissue parameters |
//! | [`gap`] | missed time: what was lost, the ways to make it good |
//! | [`number`] | exact decimals and rationals, quotients rounded once, the test at a boundary |
//! | [`patient`] | body size and body surface area |
//! | [`capecitabine`] | regimen, calculated and ordered dose, tablets, rounding policies |
//! | [`trial`] | the prescriptions of NCT06949098 as constants |
//! | [`report`] | what a check says and how a number was reached, as data |
//! | [`text`] | constant or owned text |
//!
//! The nouns that most programs need are at the root; [`Error`] is what every room's error turns into.
//!
//! ```
//! use chemorad::{AbsorbedDose, Fractionation};
//!
//! fn doubled(text: &str) -> Result<AbsorbedDose, chemorad::Error> {
//!     let given: Fractionation = text.parse()?;
//!     Ok(AbsorbedDose::from_gray(2.0 * given.total().gray())?)
//! }
//! assert_eq!(doubled("45Gy/25")?, AbsorbedDose::constant("90 Gy"));
//! # Ok::<(), chemorad::Error>(())
//! ```
//!
//! # What holds everywhere
//!
//! * A value that exists is valid; text, serde and code go through one checker, which also runs in
//!   `const`.
//! * A prescribed dose is exact: whole micrograys. Plain linear-quadratic results are correctly
//!   rounded; everything else says its error.
//! * No I/O, clock, environment, randomness or global state; `no_std` with `alloc`; no `unsafe`.
//!   Transcendental functions come from one portable implementation, so results do not depend on
//!   the platform.
//!
//! # Text and JSON
//!
//! A quantity is `{"value": 45, "unit": "Gy"}` with UCUM codes; files may also write `"45 Gy"`; a
//! number without a unit is refused.
//!
//! The minimal supported Rust is 1.85.
#![no_std]

#[macro_use]
extern crate alloc;
/// The library of SI quantities in this crate's signatures.
#[macro_use]
pub extern crate uom;

pub mod capecitabine;
#[macro_use]
mod error;
pub mod gap;
pub mod number;
pub mod patient;
pub mod quantity;
pub mod radiobiology;
pub mod radiotherapy;
pub mod report;
#[cfg(feature = "schema")]
pub mod schema;
pub mod text;
pub mod trial;

#[doc(hidden)]
pub use error::BoxedError;
pub use error::Error;

pub use capecitabine::{CapecitabineOrder, Regimen, RoundingPolicy, TabletStock};
pub use patient::{BodySize, BodySurfaceArea, BodySurfaceAreaFormula};
pub use quantity::{AbsorbedDose, AlphaBeta, Bed, Eqd};
pub use radiobiology::{EffectModel, LinearQuadratic};
pub use radiotherapy::{Course, Fractionation, Phase, Volume};
pub use report::{Finding, Outcome};

/// The library of dates in this crate's signatures.
pub use jiff;

/// The programs of the README and the book are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
#[doc = include_str!("../docs/tutorials/program.md")]
pub struct Readme;

/// Mix-ups that must not compile are tests.
#[cfg(doctest)]
#[doc = include_str!("mix_ups.md")]
pub struct MixUps;
