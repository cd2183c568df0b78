//! The facts of a patient: what can be known, what is known, and the conditions that ask for them.
//!
//! A fact of pathology is a declared fact whose declaration is built in (`vocabulary`), so tests,
//! coverage, reasons and files go one way for all of them. `Pathology` is a typed way to give them.

pub(crate) mod candidate;
pub(crate) mod coded;
pub(crate) mod condition;
pub(crate) mod criterion;
pub(crate) mod fact;
pub(crate) mod known;
pub(crate) mod pathology;
pub(crate) mod range;
pub(crate) mod test;
pub(crate) mod truth;
pub(crate) mod value;
pub(crate) mod vocabulary;
