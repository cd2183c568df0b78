//! A capecitabine order: from body size to tablets, and what a person must review.

mod dose;
mod page;
mod step;
mod supply;

pub(crate) use page::{no_dose, pairs};
pub use page::{not_checked, page};
pub use step::CODES;
pub(crate) use step::{in_chain, marked};
pub(crate) use supply::periods;
