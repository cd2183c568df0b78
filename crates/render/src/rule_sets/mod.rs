//! Rule sets for capecitabine: what one says, what it leaves open, and why a file holds none.

mod finding;
mod open;
mod page;
mod results;

pub use finding::{CODES, RuleFileFinding};
pub use open::open;
pub use page::{list, refused, show};
pub use results::{Checked, List, Listed, Shown};
