//! What texts say of other drugs, found by their names.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::text::{List, Text};

use super::drug_names::{distance, holds, is_accompaniment, is_name, plain};
use super::fault::RuleFault;
use super::hard_stops::hard_stop;

/// How serious a text calls an interaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InteractionSeverity {
    /// Never together: a hard stop.
    DoNotGive,
    /// Watch or adjust: a warning.
    Warning,
}

/// What a text says of another drug taken at the same time.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interaction {
    /// The drug or the class, in lower case.
    pub drug: Text,
    /// Other names it is found by, in lower case.
    #[serde(default = "no_names")]
    pub also: List<Text>,
    /// How serious.
    pub severity: InteractionSeverity,
    /// What to do.
    pub advice: Text,
}

const fn no_names() -> List<Text> {
    List::constant(&[])
}

impl Interaction {
    /// The drug's name, then its other names.
    const fn name(&self, index: usize) -> Option<&Text> {
        match index.checked_sub(1) {
            None => Some(&self.drug),
            Some(index) if index < self.also.as_slice().len() => Some(&self.also.as_slice()[index]),
            Some(_) => None,
        }
    }

    const fn has_name(&self, name: &str) -> bool {
        let mut i = 0;
        while let Some(own) = self.name(i) {
            if own.is(name) {
                return true;
            }
            i += 1;
        }
        false
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &Text> {
        core::iter::once(&self.drug).chain(self.also.iter())
    }

    /// The name that a drug's name is, if it is no more than that.
    pub(in crate::capecitabine) fn name_of(&self, drug: &str) -> Option<&Text> {
        let drug = plain(drug);
        self.names().find(|name| plain(name) == drug)
    }

    /// Whether a plain name holds one of the drug's: "brivudine 125 mg" is about brivudine.
    fn is_about(&self, drug: &str) -> bool {
        self.names().any(|name| holds(drug, &plain(name)))
    }

    /// The drug's name that a word is a slip away from. A trade name is close to many another, so
    /// only the drug's own name refuses what is near it.
    fn is_near(&self, word: &str) -> Option<&str> {
        let all = match self.severity {
            InteractionSeverity::DoNotGive => 1,
            InteractionSeverity::Warning => usize::MAX,
        };
        self.names().take(all).map(Text::as_str).find(|name| {
            let length = name.chars().count();
            // a short name is one letter away from many others
            let most = if length < 8 { 1 } else { 2 };
            length > 5 && distance(word, &plain(name)) <= most
        })
    }
}

impl fmt::Display for Interaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.drug, self.advice)
    }
}

/// The interactions a text names. A drug it does not name is not cleared by it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InteractionRules {
    /// The drugs.
    pub drugs: List<Interaction>,
}

impl InteractionRules {
    /// What the text says of a drug: every entry whose name stands in the name given, whatever the
    /// case.
    ///
    /// ```
    /// use chemorad::capecitabine::EU_LEAFLET_INTERACTIONS;
    /// let known = EU_LEAFLET_INTERACTIONS.interactions.as_ref().unwrap();
    /// assert_eq!(known.matching("BRIVUDINE 125 mg").next().unwrap().drug.as_str(), "brivudine");
    /// assert_eq!(known.matching("paracetamol").next(), None); // which does not clear it
    /// ```
    pub fn matching(&self, drug: &str) -> impl Iterator<Item = &Interaction> {
        let drug = plain(drug);
        self.drugs.iter().filter(move |entry| entry.is_about(&drug))
    }

    /// What is left of a drug's name without the names that the list knows: words of four letters or
    /// more that are no dose or form.
    pub(in crate::capecitabine) fn unmatched_words(&self, drug: &str) -> Vec<String> {
        let mut rest = plain(drug);
        for name in self.drugs.iter().flat_map(Interaction::names) {
            rest = rest.replace(&plain(name), " ");
        }
        rest.split(|c: char| !c.is_alphanumeric())
            .filter(|word| {
                word.chars().filter(|c| c.is_alphabetic()).count() > 3 && !is_accompaniment(word)
            })
            .map(String::from)
            .collect()
    }

    /// A name of an entry that a drug's name, or a word of it, is one or two letters away from, with
    /// the entry: most likely a slip. One that is never given with capecitabine comes first.
    ///
    /// ```
    /// use chemorad::capecitabine::EU_LEAFLET_INTERACTIONS;
    /// let known = EU_LEAFLET_INTERACTIONS.interactions.as_ref().unwrap();
    /// assert_eq!(known.closest("brivudnie").unwrap().0, "brivudine");
    /// assert_eq!(known.closest("brivudine"), None);
    /// assert_eq!(known.closest("paracetamol"), None);
    /// ```
    #[must_use]
    pub fn closest(&self, drug: &str) -> Option<(&str, &Interaction)> {
        let drug = plain(drug);
        let known = |word: &str| self.drugs.iter().any(|entry| entry.is_about(word));
        let words = drug.split(|c: char| !c.is_alphanumeric());
        let words: Vec<&str> = words
            .chain([drug.as_str()])
            .filter(|word| !known(word))
            .collect();
        let mut found = self.drugs.iter().filter_map(|entry| {
            words
                .iter()
                .find_map(|word| entry.is_near(word))
                .map(|name| (name, entry))
        });
        let stop = found
            .clone()
            .find(|(_, entry)| entry.severity == InteractionSeverity::DoNotGive);
        stop.or_else(|| found.next())
    }

    pub(super) const fn fault(&self) -> Option<RuleFault> {
        let drugs = self.drugs.as_slice();
        if drugs.is_empty() {
            return Some(RuleFault::NoRows("interactions"));
        }
        let mut i = 0;
        while i < drugs.len() {
            if drugs[i].drug.is_blank() || drugs[i].advice.is_blank() {
                return Some(RuleFault::Empty("interactions"));
            }
            let mut k = 0;
            while let Some(name) = drugs[i].name(k) {
                if !is_name(name.as_str()) {
                    return Some(RuleFault::DrugName(i + 1));
                }
                let mut j = 0;
                while j < i {
                    if drugs[j].has_name(name.as_str()) {
                        return Some(RuleFault::Twice(i + 1));
                    }
                    j += 1;
                }
                let watched = matches!(drugs[i].severity, InteractionSeverity::Warning);
                if let (true, Some(stop)) = (watched, hard_stop(name)) {
                    return Some(RuleFault::StopWatched {
                        row: i + 1,
                        drug: stop.drug,
                        source: stop.source,
                    });
                }
                k += 1;
            }
            i += 1;
        }
        None
    }
}
