//! The facts of a patient: what can be known, what is known, and the conditions that ask for them.

pub(crate) mod candidate;
pub(crate) mod coded;
pub(crate) mod condition;
pub(crate) mod criterion;
pub(crate) mod fact;
pub(crate) mod pathology;
