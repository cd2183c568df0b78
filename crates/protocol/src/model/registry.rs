use std::string::String;
use std::vec::Vec;

use super::model::Protocol;
use super::nct06949098::NCT06949098;

const BUILTIN: &[&Protocol] = &[NCT06949098];

/// No built-in protocol has this id.
///
/// ```
/// assert_eq!(
///     chemorad_protocol::find_builtin("NCT00000000").unwrap_err().to_string(),
///     "no built-in protocol is called \"NCT00000000\"; there is: NCT06949098"
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no built-in protocol is called {given:?}; there is: {}", builtin_ids().collect::<Vec<_>>().join(", "))]
pub struct UnknownProtocol {
    given: String,
}

/// The ids of the built-in protocols.
pub fn builtin_ids() -> impl Iterator<Item = &'static str> {
    BUILTIN.iter().map(|protocol| protocol.id.as_str())
}

/// The built-in protocol of this id; upper and lower case are the same.
///
/// ```
/// assert!(chemorad_protocol::builtin("nct06949098").is_some());
/// ```
#[must_use]
pub fn builtin(id: &str) -> Option<&'static Protocol> {
    BUILTIN
        .iter()
        .copied()
        .find(|protocol| protocol.id.eq_ignore_ascii_case(id.trim()))
}

/// The built-in protocol of this id, or an error that lists the known ones.
///
/// # Errors
/// No built-in protocol has this id.
pub fn find_builtin(id: &str) -> Result<&'static Protocol, UnknownProtocol> {
    builtin(id).ok_or_else(|| UnknownProtocol {
        given: id.chars().take(60).collect(),
    })
}
