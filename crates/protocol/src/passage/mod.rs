//! What a passage says: the grammar of the words in which doses, drugs, days and times are published.
//!
//! A passage is cut into tokens (`token`), phrases are read from them (`phrases`; their parts in `dose`,
//! `limit`, `drug_name`, `amount`, `drug_times`, `days`, `cycle`, `person`), and the phrases of a clause are
//! put together to mentions (`mentions`): what an amount is per (`amount_per`), and which drug it is of
//! (`amount_drugs`).

mod amount;
mod amount_drugs;
mod amount_per;
mod cycle;
mod days;
mod dose;
pub(crate) mod drug_name;
mod drug_times;
mod limit;
pub(crate) mod mention;
pub(crate) mod mentions;
mod person;
pub(crate) mod phrase;
mod phrases;
pub(crate) mod token;
mod week;
mod within;

#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod tests;
