//! What the shipped sets never give with capecitabine: it holds in addition to every other list.

use alloc::string::ToString;
use alloc::vec::Vec;

use super::super::error::CapecitabineError;
use super::drug_names::has_name;
use super::interactions::{Interaction, InteractionRules, InteractionSeverity};
use super::rule_set::RuleSet;

/// The shipped set that never gives a drug with capecitabine.
pub(in crate::capecitabine) fn shipped_stop(
    drug: &str,
) -> Option<(&'static RuleSet, &'static Interaction)> {
    let stops = |entry: &&Interaction| entry.severity == InteractionSeverity::DoNotGive;
    RuleSet::PUBLISHED.iter().find_map(|set| {
        let known = set.interactions.as_ref()?;
        Some((*set, known.matching(drug).find(stops)?))
    })
}

/// A name, or a word of one, that is a slip away from a drug that a shipped set never gives with
/// capecitabine, and that no set names.
pub(in crate::capecitabine) fn refuse_slips(
    drug: &str,
    known: &InteractionRules,
) -> Result<(), CapecitabineError> {
    let shipped = RuleSet::PUBLISHED.iter().copied();
    let shipped = shipped.filter_map(|set| Some((set, set.interactions.as_ref()?)));
    let shipped: Vec<_> = shipped.collect();
    let named = |word: &str| {
        let mut all = shipped.iter().map(|(_, known)| *known).chain([known]);
        all.any(|known| known.matching(word).next().is_some())
    };
    let words = drug.split(|c: char| !c.is_alphanumeric());
    for word in core::iter::once(drug)
        .chain(words)
        .filter(|word| !named(word))
    {
        for (set, shipped) in &shipped {
            if let Some((name, entry)) = shipped.closest(word) {
                if entry.severity == InteractionSeverity::DoNotGive {
                    return Err(CapecitabineError::OtherDrugUnclear {
                        given: drug.chars().take(60).collect(),
                        known: name.to_string(),
                        rule_set: set.id.clone(),
                    });
                }
            }
        }
    }
    Ok(())
}

/// Whether a reason names a drug, as a whole word, and none that is never given with
/// capecitabine.
pub(in crate::capecitabine) fn speaks_of(reason: &str, drug: &str) -> bool {
    has_name(reason, drug) && shipped_stop(reason).is_none()
}

/// Whether a shipped set never gives a drug of this name with capecitabine.
pub(super) fn is_never_given(drug: &str) -> bool {
    shipped_stop(drug).is_some()
}
