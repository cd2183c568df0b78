//! The self-test: what was tried, what came out, and what a department writes beside it.

mod comparison;
mod page;
mod results;
mod site_cases;
mod trial;

pub use comparison::{Change, Comparison, Difference, RunOf};
pub use page::page;
pub use results::{Control, NegativeControls, Results};
pub use site_cases::CasesRead;
pub use trial::{Compared, Part, SiteCase, Trial};
