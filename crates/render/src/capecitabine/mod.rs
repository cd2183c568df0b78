//! A capecitabine order: from body size to tablets, and what a person must review.

mod dose;
mod page;
mod step;
mod supply;

pub use page::page;
pub(crate) use page::{blocks_dose, expected_steps, no_dose, not_checked, steps};
pub use step::CODES;
pub(crate) use step::{is_shown_as_step, marked};
pub(crate) use supply::periods;
