//! What is known of one patient: pathology and declared facts.

use std::collections::BTreeMap;

use super::pathology::Pathology;
use super::value::FactValue;
use super::vocabulary::Fact;

/// The declared facts of one patient, by their names. What is absent is unknown, never "no".
///
/// [`Protocol::declared_facts`](crate::Protocol::declared_facts) reads them from text.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct DeclaredFacts(BTreeMap<String, FactValue>);

impl DeclaredFacts {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self(BTreeMap::new());

    /// The value of a fact, `None` when it is unknown.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&FactValue> {
        self.0.get(id)
    }

    /// Adds a fact, or gives it another value.
    #[must_use]
    pub fn with(mut self, id: &str, value: FactValue) -> Self {
        self.0.insert(id.to_string(), value);
        self
    }

    /// Every known fact with its name, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &FactValue)> {
        self.0.iter().map(|(id, value)| (id.as_str(), value))
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whoever knows facts about a patient: a [`Pathology`] alone, or [`PatientFacts`].
pub trait Facts {
    /// What the pathologist reports.
    fn pathology(&self) -> &Pathology;

    /// What the protocol asks beyond.
    fn declared(&self) -> &DeclaredFacts {
        const { &DeclaredFacts::UNKNOWN }
    }

    /// The value of a fact, `None` when it is unknown.
    fn value(&self, fact: &Fact) -> Option<FactValue> {
        let of_pathology = self.pathology().get(fact.name());
        of_pathology.or_else(|| self.declared().get(fact.name()).cloned())
    }
}

impl Facts for Pathology {
    fn pathology(&self) -> &Pathology {
        self
    }
}

/// All that is known of one patient: pathology and declared facts.
///
/// ```
/// use chemorad_protocol::{Facts, PatientFacts};
/// let facts = PatientFacts::default();
/// assert!(facts.declared().is_empty());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PatientFacts {
    /// What the pathologist reports.
    pub pathology: Pathology,
    /// What the protocol asks beyond.
    pub declared: DeclaredFacts,
}

impl Facts for PatientFacts {
    fn pathology(&self) -> &Pathology {
        &self.pathology
    }

    fn declared(&self) -> &DeclaredFacts {
        &self.declared
    }
}
