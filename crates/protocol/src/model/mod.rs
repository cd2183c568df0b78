//! A protocol as data: what is prescribed to whom.

pub(crate) mod access;
pub(crate) mod amendment;
pub(crate) mod arm;
pub(crate) mod assertion;
pub(crate) mod course;
pub(crate) mod day_numbers;
pub(crate) mod dose;
pub(crate) mod drug;
pub(crate) mod drug_days;
pub(crate) mod drug_dose;
pub(crate) mod limit;
mod limit_text;
pub(crate) mod place;
pub(crate) mod protocol;
pub(crate) mod start;
pub(crate) mod statements;
pub(crate) mod value;
