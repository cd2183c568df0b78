//! Gaps in treatment: what was lost, and which ways there are to make it good.
//!
//! A [`GapCase`] holds what was prescribed, the calendar it was planned on, what was delivered and
//! what is still possible. [`GapProblem::new`] checks it, [`GapProblem::analyse`] gives a
//! [`GapAnalysis`]: the plan, the uncompensated treatment (nothing is changed), the time, BED
//! and EQD2 lost between them, and a [`Compensation`] for each way to make it good, in the order
//! of the Royal College of Radiologists (The timely delivery of radical radiotherapy, 4th edition,
//! 2019, BFCO(19)1, as quoted in HFC-HypoFracCalc and RadResume): first those that keep overall
//! time and fraction size, then more dose per fraction, then more fractions.
//!
//! It computes and warns. It never picks: every way is listed with what it reaches and what speaks
//! against it. α/β, loss per day, kick-off time and repair half-time are given; none has a default.
//!
//! ```
//! use chemorad::gap::{GapCase, GapProblem, Method};
//! use chemorad::radiobiology::ModelParameters;
//! use jiff::civil::date;
//!
//! // 50.4 Gy in 28 from Monday 7 December; a missed week after 12 fractions
//! let mut case = GapCase::new(vec!["50.4Gy/28".parse()?], date(2026, 12, 7), date(2026, 12, 30));
//! case.delivered.fractions = Some(12);
//! case.tumour = ModelParameters::at("10 Gy".parse()?);
//! case.tumour.loss_per_day = Some("0.66 Gy/d".parse()?);
//! case.tumour.kick_off = Some("28 d".parse()?);
//! case.late = ModelParameters::at("3 Gy".parse()?);
//!
//! let analysis = GapProblem::new(&case)?.analyse()?;
//! assert_eq!(analysis.lost.days, 7);
//! assert!((analysis.lost.bed.unwrap() - 7.0 * 0.66).abs() < 1e-12);
//! let dose = analysis.compensation(Method::DosePerFraction).unwrap();
//! // 16 fractions of 2.009 Gy instead of 1.8 Gy
//! assert_eq!(format!("{:.3}", dose.dose_per_fraction.unwrap().exact), "2.009");
//! assert!(dose.late_excess_percent().unwrap() > 5.0 && dose.has_caution("gap.late_excess"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod analysis;
mod case;
mod cautions;
mod compensation;
mod compensations;
mod delivered;
mod delivery;
mod derived;
mod description;
mod error;
mod finding;
mod method;
mod placement;
mod problem;

pub use analysis::{GapAnalysis, Lost};
pub use case::{Constraints, Delivered, ExtraWeekdays, GapCase, PlannedCalendar};
pub use cautions::{LATE_EXCESS_PERCENT, TWICE_DAILY_DOSE};
pub use compensation::{Compensation, SolvedDose};
pub use delivery::{DayEffect, Delivery};
pub use derived::Derived;
pub use description::{Description, Status};
pub use error::GapError;
pub use finding::{CODES, GapFinding};
pub use method::Method;
pub use problem::GapProblem;

pub use crate::radiotherapy::MINIMUM_INTERVAL;
