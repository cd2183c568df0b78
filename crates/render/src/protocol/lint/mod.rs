//! The findings of protocol lint: for a person, for a tool, and in the formats of other tools.

mod github;
mod json;
mod junit;
mod sarif;
mod summary;
mod text;
mod words;

pub use github::github;
pub use json::Results;
pub use junit::junit;
pub use sarif::sarif;
pub use summary::Summary;
pub use text::page;
