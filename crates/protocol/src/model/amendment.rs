//! Versions of a protocol that changed values.

use crate::statement::Quote;
use chemorad::text::{List, Text};

/// A version of the protocol that changed values: the file holds the newest, an amendment what was
/// in force before it.
///
/// ```
/// use chemorad_protocol::{Amendment, Quote, ValueBefore};
/// use chemorad::text::List;
/// let second = Amendment {
///     version: "2".into(),
///     date: Some("2009-03-01".into()),
///     quote: Quote::new("the dose was reduced to 50.4 Gy", "Amendment 2"),
///     before: List::from(vec![ValueBefore {
///         at: "phases.pelvis.doses.pelvis.fractionation".into(),
///         value: "54Gy/30".into(),
///     }]),
/// };
/// assert_eq!(second.before.len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Amendment {
    /// The version that brought the change.
    pub version: Text,
    /// Its date, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Text>,
    /// The words of the amendment.
    pub quote: Quote,
    /// The values that were in force until then.
    pub before: List<ValueBefore>,
}

/// A value as it was before an amendment.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ValueBefore {
    /// The place of the value, for example `drugs.capecitabine.intensity`.
    pub at: Text,
    /// What stood there, written as in the file.
    pub value: Text,
}
