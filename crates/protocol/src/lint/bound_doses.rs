//! With which dose of a passage its words name a volume: "45 Gy to the pelvis, then 9 Gy to the tumour".

use core::ops::Range;

use super::held_doses::{called_in_words, doses_said};
use super::reading::{mentions, tokens};
use super::totals::BOOST;
use crate::model::protocol::Protocol;
use crate::passage::mention::Mention;
use crate::passage::token::Token;
use chemorad::text::Text;

/// A dose of a passage with the volumes that stand with it.
pub(super) struct Bound<'p> {
    /// Where its words begin.
    start: usize,
    names: Vec<&'p Text>,
    /// Named between this dose and the next, and the words do not say with which.
    unsure: Vec<&'p Text>,
    pub(super) is_boost: bool,
}

impl Bound<'_> {
    pub(super) fn names(&self, volume: &Text) -> bool {
        self.names.contains(&volume)
    }

    pub(super) fn may_name(&self, volume: &Text) -> bool {
        self.names(volume) || self.unsure.contains(&volume)
    }

    pub(super) fn names_none(&self) -> bool {
        self.names.is_empty() && self.unsure.is_empty()
    }

    /// The one volume that stands with the dose.
    pub(super) fn only_name(&self) -> Option<&Text> {
        match self.names.as_slice() {
            [one] if self.unsure.is_empty() => Some(*one),
            _ => None,
        }
    }
}

/// The doses of a passage, in its order.
pub(super) struct Doses<'p>(Vec<Bound<'p>>);

impl<'p> Doses<'p> {
    pub(super) fn of(protocol: &'p Protocol, text: &str) -> Self {
        let all = mentions(text);
        let heads = doses_said(&all);
        let words = tokens(text);
        // "50 Gy and 45 Gy to the tumour and the pelvis, respectively"
        if words.iter().any(|word| *word == "respectively") {
            return Self(Vec::new());
        }
        let mut out: Vec<Bound<'p>> = heads
            .iter()
            .map(|head| Bound {
                start: head.start,
                names: Vec::new(),
                unsure: Vec::new(),
                is_boost: false,
            })
            .collect();
        for (place, name) in places(protocol, &words) {
            let with = with(&words, &place, &heads, &all);
            for (at, bound) in out.iter_mut().enumerate() {
                match (with, name) {
                    (With::One(one), Some(name)) if one == at => bound.names.push(name),
                    (With::One(one), None) if one == at => bound.is_boost = true,
                    (With::Either(one), Some(name)) if one == at || one + 1 == at => {
                        bound.unsure.push(name);
                    }
                    _ => {}
                }
            }
        }
        Self(out)
    }

    /// A volume stands with some dose of the passage.
    pub(super) fn name(&self, volume: &Text) -> bool {
        self.0.iter().any(|bound| bound.names(volume))
    }

    pub(super) fn at(&self, dose: &Mention) -> Option<&Bound<'p>> {
        self.0.iter().find(|bound| bound.start == dose.start)
    }
}

/// A word as it is compared: "pelvic" names the pelvis.
pub(super) fn folded(word: &str) -> &str {
    match word {
        "pelvic" => "pelvis",
        "tumor" | "tumors" | "tumours" | "tumoral" | "tumoural" => "tumour",
        "node" | "nodal" | "lymph" => "nodes",
        "prostatic" => "prostate",
        "rectal" => "rectum",
        "mesorectal" => "mesorectum",
        other => other,
    }
}

/// Where a passage names a volume, or a boost, by tokens; a name inside a longer one is none.
fn places<'p>(protocol: &'p Protocol, words: &[Token]) -> Vec<(Range<usize>, Option<&'p Text>)> {
    let mut found: Vec<(Range<usize>, Option<&Text>)> = Vec::new();
    for volume in &protocol.volumes {
        let Some(called) = called_in_words(volume) else {
            continue;
        };
        let same = |(one, other): (&Token, &Token)| folded(&one.text) == folded(&other.text);
        for (at, window) in words.windows(called.len()).enumerate() {
            if window.iter().zip(called.iter()).all(same) {
                found.push((at..at + called.len(), Some(&volume.name)));
            }
        }
    }
    let longer = |one: &Range<usize>, other: &Range<usize>| {
        other.start <= one.start && one.end <= other.end && other.len() > one.len()
    };
    let all: Vec<Range<usize>> = found.iter().map(|(place, _)| place.clone()).collect();
    found.retain(|(place, _)| !all.iter().any(|other| longer(place, other)));
    let boosts = words.iter().enumerate();
    let boosts = boosts.filter(|(_, word)| BOOST.contains(&word.text.as_str()));
    found.extend(boosts.map(|(at, _)| (at..at + 1, None)));
    found
}

/// Words between what is said of one dose and what is said of the next.
const BETWEEN: &[&str] = &[
    ";",
    ".",
    ",",
    "+",
    "&",
    "and",
    "then",
    "followed",
    "following",
    "thereafter",
    "afterwards",
    "subsequently",
    "subsequent",
    "sequential",
    "sequentially",
    "with",
    "after",
    "before",
    "prior",
    "preceded",
    "plus",
    "total",
    "giving",
    "while",
    "whereas",
];

/// Signs and words that may stand between a volume and its dose behind it.
const DIRECT: &[&str] = &[":", "(", "=", "dose", "of", "received", "receives"];

/// With which dose a name stands.
#[derive(Clone, Copy)]
enum With {
    One(usize),
    /// With this one or the next.
    Either(usize),
    None,
}

fn with(words: &[Token], place: &Range<usize>, heads: &[&Mention], all: &[Mention]) -> With {
    let (Some(first), Some(last)) = (words.get(place.start), words.get(place.end - 1)) else {
        return With::None;
    };
    let before = heads.iter().rposition(|head| head.end <= first.start);
    let behind = heads.iter().position(|head| head.start >= last.end);
    let between = |from: usize, to: usize| -> Vec<usize> {
        let inside = |word: &Token| {
            let mut heads = all.iter();
            heads.any(|mention| (mention.start..mention.end).contains(&word.start))
        };
        let free = words.iter().enumerate();
        let free = free.filter(|(_, word)| from <= word.start && word.end <= to && !inside(word));
        free.map(|(at, _)| at).collect()
    };
    let is_cut = |gap: &[usize]| gap.iter().any(|at| cuts(words, *at));
    let has = |gap: &[usize], list: &[&str]| {
        let mut gap = gap.iter();
        gap.any(|at| list.contains(&words[*at].text.as_str()))
    };
    let left = before.map(|at| (at, between(heads[at].end, first.start)));
    let right = behind.map(|at| (at, between(last.end, heads[at].start)));
    match (left, right) {
        (None, Some((at, gap))) | (Some((at, gap)), None) if !is_cut(&gap) => With::One(at),
        (Some((one, left)), Some((next, right))) => match (is_cut(&left), is_cut(&right)) {
            (true, false) => With::One(next),
            (false, true) => With::One(one),
            (false, false)
                if right
                    .iter()
                    .all(|at| DIRECT.contains(&words[*at].text.as_str())) =>
            {
                With::One(next)
            }
            (false, false) if has(&left, &["to", "for", "("]) => With::One(one),
            _ => With::Either(one),
        },
        _ => With::None,
    }
}

/// A word that ends what is said of one dose; "boosted with" does not.
fn cuts(words: &[Token], at: usize) -> bool {
    let word = words[at].text.as_str();
    let verb = at.checked_sub(1).and_then(|before| words.get(before));
    let verb = verb.is_some_and(|before| before.text.ends_with("ed"));
    BETWEEN.contains(&word) && !(word == "with" && verb)
}
