//! Flags that several commands share, and the values that are read from them.

pub(crate) mod argument_error;
pub(crate) mod case_or;
pub(crate) mod drug_rules;
pub(crate) mod entered;
pub(crate) mod fhir_request;
pub(crate) mod histogram;
pub(crate) mod model;
pub(crate) mod order;
pub(crate) mod person;
pub(crate) mod renal;
pub(crate) mod rounding;
pub(crate) mod site;
pub(crate) mod supply;
pub(crate) mod whole_number;
