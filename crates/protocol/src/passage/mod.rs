//! What a passage says: the grammar of the words in which doses, drugs, days and times are published.
//!
//! A passage is cut into tokens (`token`), phrases are read from them (`phrase`, `dose`, `drug`,
//! `days`), and the phrases of a clause are put together to mentions (`mentions`): what an amount is
//! per, and which drug it is of.

pub(crate) mod days;
pub(crate) mod dose;
pub(crate) mod drug;
pub(crate) mod mention;
pub(crate) mod mentions;
pub(crate) mod phrase;
pub(crate) mod token;

#[cfg(test)]
mod tests;
