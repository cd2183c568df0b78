//! The trial that chemorad serves first: its prescriptions as constants that the compiler checks.
//!
//! The whole protocol, with who gets what and what the text leaves open, is a file of the crate
//! `chemorad-protocol`; a test there holds file and constants equal.
//!
//! ```
//! use chemorad::trial::nct06949098 as trial;
//!
//! let bed = trial::ADJUVANT.cumulative_dose(trial::TUMOUR_BED).unwrap();
//! assert_eq!(bed.to_string(), "50.4 Gy");
//! assert_eq!(trial::CAPECITABINE.intensity_per_day().to_string(), "1650 mg/m2/d");
//! ```

pub mod nct06949098;
