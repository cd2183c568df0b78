use alloc::string::String;
use alloc::vec::Vec;
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

/// Names this short are found as whole words only.
const SHORT: usize = 5;
/// Names from this length on are near at two letters, shorter ones at one.
const LONG: usize = 8;

/// Lower case, and full-width letters as plain ones.
fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    text.trim()
        .chars()
        .map(narrow)
        .collect::<String>()
        .to_lowercase()
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
            let most = if length < LONG { 1 } else { 2 };
            length > SHORT && distance(word, &plain(name)) <= most
        })
    }
}

/// Whether a name stands in a text; a short one in letters of an alphabet only as a word of its own.
fn holds(text: &str, name: &str) -> bool {
    if name.len() >= SHORT {
        return text.contains(name);
    }
    is_word(text, name)
}

/// Whether a text names a drug, whatever the case: every word of its name that is no dose stands there
/// as a word of its own.
pub(in crate::capecitabine) fn has_name(text: &str, drug: &str) -> bool {
    let (text, drug) = (plain(text), plain(drug));
    let mut words = drug
        .split_whitespace()
        .filter(|word| !is_dose(word))
        .peekable();
    words.peek().is_some() && words.all(|word| is_word(&text, word))
}

/// Words of a name that say how much, or in which form.
const FORMS: &[&str] = &[
    "mg",
    "g",
    "ug",
    "\u{b5}g",
    "\u{3bc}g",
    "mcg",
    "ml",
    "ie",
    "iu",
    "i.e.",
    "tablet",
    "tablets",
    "tabletten",
    "capsule",
    "capsules",
    "kapseln",
    "oral",
    "sodium",
    "natrium",
    "calcium",
    "daily",
    "t\u{e4}glich",
];

fn is_dose(word: &str) -> bool {
    let word = word.trim_matches(|c: char| "().,:;".contains(c));
    word.is_empty() || word.starts_with(|c: char| c.is_ascii_digit()) || FORMS.contains(&word)
}

/// Whether a name stands in a text as a word of its own. Letters and digits end one another's words;
/// scripts without spaces end those of others, and a name in one begins after no other letter.
fn is_word(text: &str, name: &str) -> bool {
    let spaceless = |c: char| u32::from(c) >= 0x2e80;
    let joined = |own: Option<char>, other: Option<char>| match (own, other) {
        (Some(own), Some(other)) => {
            (own.is_alphabetic() && other.is_alphabetic() && spaceless(own) == spaceless(other))
                || (own.is_numeric() && other.is_numeric())
        }
        _ => false,
    };
    let (first, last) = (name.chars().next(), name.chars().next_back());
    text.match_indices(name).any(|(at, found)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text
            .get(at + found.len()..)
            .and_then(|text| text.chars().next());
        !joined(first, before) && (last.is_some_and(spaceless) || !joined(last, after))
    })
}

/// The fewest letters to insert, delete or replace (Levenshtein 1966).
fn distance(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.chars().count()).collect();
    for (i, a) in left.chars().enumerate() {
        let mut diagonal = i;
        let mut before = i + 1;
        if let Some(first) = row.first_mut() {
            *first = before;
        }
        for (cell, b) in row.iter_mut().skip(1).zip(right.chars()) {
            let replaced = diagonal + usize::from(a != b);
            diagonal = *cell;
            before = replaced.min(before + 1).min(*cell + 1);
            *cell = before;
        }
    }
    row.last().copied().unwrap_or(0)
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
    /// What the text says of a drug: every entry whose name stands in the name given, whatever the
    /// case.
    ///
    /// ```
    /// use chemorad::capecitabine::EU_LEAFLET_INTERACTIONS;
    /// let known = EU_LEAFLET_INTERACTIONS.interactions.as_ref().unwrap();
    /// assert_eq!(known.about("BRIVUDINE 125 mg").next().unwrap().drug.as_str(), "brivudine");
    /// assert_eq!(known.about("paracetamol").next(), None); // which does not clear it
    /// ```
    pub fn about(&self, drug: &str) -> impl Iterator<Item = &Interaction> {
        let drug = plain(drug);
        self.drugs.iter().filter(move |entry| entry.is_about(&drug))
    }

    /// What is left of a drug's name beside the names that the list knows: words of four letters or
    /// more that are no dose or form.
    pub(in crate::capecitabine) fn beside(&self, drug: &str) -> Vec<String> {
        let mut rest = plain(drug);
        for name in self.drugs.iter().flat_map(Interaction::names) {
            rest = rest.replace(&plain(name), " ");
        }
        rest.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 3 && !is_dose(word))
            .map(String::from)
            .collect()
    }

    /// A name of an entry that a drug's name, or a word of it, is one or two letters away from, with
    /// the entry: most likely a slip. One that is never given with capecitabine comes first.
    ///
    /// ```
    /// use chemorad::capecitabine::EU_LEAFLET_INTERACTIONS;
    /// let known = EU_LEAFLET_INTERACTIONS.interactions.as_ref().unwrap();
    /// assert_eq!(known.near("brivudnie").unwrap().0, "brivudine");
    /// assert_eq!(known.near("brivudine"), None);
    /// assert_eq!(known.near("paracetamol"), None);
    /// ```
    #[must_use]
    pub fn near(&self, drug: &str) -> Option<(&str, &Interaction)> {
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
                if watched && (name.is("brivudine") || name.is("brivudin")) {
                    return Some(RuleFault::BrivudineWatched(i + 1));
                }
                k += 1;
            }
            i += 1;
        }
        None
    }
}

/// One name in lower case; "none" stands for no drug.
const fn is_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return false;
    };
    if first.is_ascii_whitespace() || last.is_ascii_whitespace() || matches!(bytes, b"none") {
        return false;
    }
    let mut i = 0;
    while i < bytes.len() {
        if matches!(bytes[i], b',' | b';' | b'+' | b'&' | b'/' | b'A'..=b'Z') {
            return false;
        }
        i += 1;
    }
    true
}
