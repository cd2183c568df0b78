//! A passage cut between its doses, or between the amounts of one drug: what is said near one is said of it.

use super::reading::tokens;
use core::ops::Range;

use crate::passage::mention::Mention;
use crate::passage::token::Token;

/// Words that begin what comes next.
const NEXT: &[&str] = &[
    "then",
    "followed",
    "following",
    "thereafter",
    "afterwards",
    "subsequently",
    "subsequent",
    "sequentially",
    "succeeded",
    "preceded",
    ";",
    ".",
];

/// Signs and words between two parts of a list.
const BETWEEN: &[&str] = &[
    ",",
    "and",
    "plus",
    "+",
    "with",
    "or",
    "(",
    "before",
    "prior",
    "giving",
    "making",
    "totalling",
    "totaling",
];

/// The part of a text that belongs to each of these mentions, in their order; empty where two have nothing
/// between them to cut at.
pub(super) fn segments(text: &str, heads: &[&Mention], all: &[Mention]) -> Vec<Range<usize>> {
    let words = tokens(text);
    let mut out = Vec::new();
    let mut start = 0;
    for pair in heads.windows(2) {
        let [one, next] = pair else { continue };
        let is_free = |token: &&Token| {
            let inside = |mention: &Mention| (mention.start..mention.end).contains(&token.start);
            (one.end..next.start).contains(&token.start) && !all.iter().any(inside)
        };
        let last = |list: &[&str]| {
            let mut free = words.iter().filter(is_free);
            free.rfind(|token| list.contains(&token.text.as_str()))
                .map(|token| token.start)
        };
        let Some(cut) = last(NEXT).or_else(|| last(BETWEEN)) else {
            return Vec::new();
        };
        out.push(start..cut);
        start = cut;
    }
    out.push(start..text.len());
    out
}

/// Words that say that one thing comes after another.
pub(super) fn says_next(text: &str) -> bool {
    let words = tokens(text);
    let mut words = words.iter().filter(|word| word.is_word());
    words.any(|word| NEXT.contains(&word.text.as_str()))
}
