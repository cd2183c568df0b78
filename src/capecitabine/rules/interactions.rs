use core::fmt;

use crate::text::{List, Text};

use super::RuleFault;

/// How serious a text calls an interaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
pub enum InteractionSeverity {
    /// Never together: a hard stop.
    DoNotGive,
    /// Watch or adjust: a warning.
    Warning,
}

/// What a text says of another drug taken at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct Interaction {
    /// The drug or the class, in lower case.
    pub drug: Text,
    /// Other names it is found by, in lower case.
    #[cfg_attr(feature = "serde", serde(default = "no_names"))]
    pub also: List<Text>,
    /// How serious.
    pub severity: InteractionSeverity,
    /// What to do.
    pub advice: Text,
}

#[cfg(feature = "serde")]
const fn no_names() -> List<Text> {
    List::constant(&[])
}

impl Interaction {
    fn is_about(&self, drug: &str) -> bool {
        core::iter::once(&self.drug)
            .chain(self.also.iter())
            .any(|name| name.eq_ignore_ascii_case(drug.trim()))
    }
}

impl fmt::Display for Interaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.drug, self.advice)
    }
}

/// The interactions a text names. A drug it does not name is not cleared by it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct InteractionRules {
    /// The drugs.
    pub drugs: List<Interaction>,
}

impl InteractionRules {
    /// What the text says of a drug, found by name whatever its case.
    #[must_use]
    pub fn about(&self, drug: &str) -> Option<&Interaction> {
        self.drugs.iter().find(|entry| entry.is_about(drug))
    }

    pub(super) const fn fault(&self) -> Option<RuleFault> {
        let drugs = self.drugs.as_slice();
        if drugs.is_empty() {
            return Some(RuleFault::NoRows("interactions"));
        }
        let mut i = 0;
        while i < drugs.len() {
            if drugs[i].drug.as_str().is_empty() || drugs[i].advice.as_str().is_empty() {
                return Some(RuleFault::Empty("interactions"));
            }
            let mut j = 0;
            while j < i {
                if drugs[j].drug.is(drugs[i].drug.as_str()) {
                    return Some(RuleFault::Twice(i + 1));
                }
                j += 1;
            }
            i += 1;
        }
        None
    }
}
