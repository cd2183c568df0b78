//! What an error must have to become a refusal.

use std::error::Error;

use chemorad::report::Code;

/// An error of which every value has a code. One that has none cannot become a refusal.
pub(crate) trait Coded: Error + 'static {
    /// The name by which a program knows what is wrong.
    fn code(&self) -> Code;
}
