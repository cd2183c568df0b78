//! Passages looked for in the text of the source, word for word.

use std::ops::Range;

use super::fold::{Folded, is_blank};

/// A text in which passages are looked for.
#[derive(Debug)]
pub(crate) struct Source<'s> {
    text: &'s str,
    folded: Folded,
}

/// How far the words of a passage go in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parted {
    /// The words that are there.
    pub(crate) there: String,
    /// The byte of the source they begin at.
    pub(crate) at: usize,
    /// How the passage goes on.
    pub(crate) passage: String,
    /// How the source goes on.
    pub(crate) source: String,
}

/// Marks that something is left out.
const LEFT_OUT: [&str; 5] = ["[...]", "[…]", "(...)", "...", "…"];

impl<'s> Source<'s> {
    pub(crate) fn new(text: &'s str) -> Self {
        Self {
            text,
            folded: Folded::new(text),
        }
    }

    /// Where a passage stands: each of its parts, where something is left out.
    pub(crate) fn find(&self, passage: &str) -> Result<Vec<Range<usize>>, Option<Parted>> {
        let mut found = Vec::new();
        let mut from = 0;
        for part in parts(passage) {
            let key = Folded::new(part).text;
            if key.is_empty() {
                continue;
            }
            let there = self.occurrence(&key, from);
            // a passage may begin in the middle of a sentence
            let Some((start, end)) = there.or_else(|| self.occurrence(&in_other_case(&key)?, from))
            else {
                return Err(self.parting(part, from));
            };
            from = end;
            found.extend(self.original(start, end));
        }
        Ok(found)
    }

    /// The bytes of the original.
    fn original(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let first = self.folded.place(start)?;
        let last = self.folded.place(end.checked_sub(1)?)?;
        let length = self.text[last..].chars().next().map_or(0, char::len_utf8);
        Some(first..last + length)
    }

    /// The first place from a byte on at which whole words stand.
    fn occurrence(&self, key: &str, from: usize) -> Option<(usize, usize)> {
        let text = &self.folded.text;
        let mut at = from;
        while let Some(next) = text.get(at..)?.find(key) {
            let (start, end) = (at + next, at + next + key.len());
            if self
                .original(start, end)
                .is_some_and(|range| self.is_whole(&range))
            {
                return Some((start, end));
            }
            at = start + text[start..].chars().next().map_or(1, char::len_utf8);
        }
        None
    }

    /// Whether no word or number is cut at either end.
    fn is_whole(&self, range: &Range<usize>) -> bool {
        let (before, after) = (&self.text[..range.start], &self.text[range.end..]);
        let inside = &self.text[range.clone()];
        let cut = |one: Option<char>, other: Option<char>| {
            one.zip(other).is_some_and(|(one, other)| {
                (one.is_alphabetic() && other.is_alphabetic())
                    || (one.is_numeric() && other.is_numeric())
            })
        };
        let point = |c: char| c == '.' || c == ',';
        // 5 is not in 1.5, and 1 is not in 1.5
        let decimal_before = inside.starts_with(|c: char| c.is_ascii_digit())
            && before
                .strip_suffix(point)
                .is_some_and(|whole| whole.ends_with(|c: char| c.is_ascii_digit()));
        let decimal_after = inside.ends_with(|c: char| c.is_ascii_digit())
            && after
                .strip_prefix(point)
                .is_some_and(|decimals| decimals.starts_with(|c: char| c.is_ascii_digit()));
        !cut(before.chars().next_back(), inside.chars().next())
            && !cut(inside.chars().next_back(), after.chars().next())
            && !decimal_before
            && !decimal_after
    }

    /// The longest beginning of a passage that the source has, in whole words.
    fn parting(&self, part: &str, from: usize) -> Option<Parted> {
        let ends: Vec<usize> = part
            .split_whitespace()
            .map(|word| word.as_ptr() as usize - part.as_ptr() as usize + word.len())
            .collect();
        let there = |end: usize| {
            let key = Folded::new(&part[..end]).text;
            self.occurrence(&key, from)
        };
        // one more word is never found where fewer are not
        let known = ends.partition_point(|end| there(*end).is_some());
        let end = *ends.get(known.checked_sub(1)?)?;
        let (start, stop) = there(end)?;
        let range = self.original(start, stop)?;
        let some = |text: &str| {
            let words: Vec<&str> = text
                .split(is_blank)
                .filter(|w| !w.is_empty())
                .take(6)
                .collect();
            words.join(" ").chars().take(60).collect::<String>()
        };
        Some(Parted {
            there: part[..end].trim().to_string(),
            at: range.start,
            passage: some(&part[end..]),
            source: some(&self.text[range.end..]),
        })
    }
}

/// With its first letter in the other case; `None` for a word in capitals, or none.
fn in_other_case(key: &str) -> Option<String> {
    let mut letters = key.chars();
    let first = letters.next().filter(|letter| letter.is_alphabetic())?;
    let rest = letters.as_str();
    if !rest.starts_with(char::is_lowercase) {
        return None;
    }
    let other: String = if first.is_uppercase() {
        first.to_lowercase().collect()
    } else {
        first.to_uppercase().collect()
    };
    Some(other + rest)
}

/// The parts between the marks of what is left out.
fn parts(passage: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = passage;
    loop {
        let marks = LEFT_OUT
            .iter()
            .filter_map(|mark| Some((rest.find(mark)?, mark.len())));
        // the longest of those that begin first
        let next = marks.min_by_key(|(at, length)| (*at, usize::MAX - length));
        let Some((at, length)) = next else {
            out.push(rest);
            return out;
        };
        out.push(&rest[..at]);
        rest = &rest[at + length..];
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::Source;

    #[test]
    fn what_typesetting_changes_is_folded() {
        let source = "The total is 45.0 Gy in 25 frac-\ntions; oral  capecitabine\u{a0}825\u{2009}mg/m²\ntwice daily (“days 1–14”), dose-escalated, mg m−2, eﬃcacy, m^2, \\> pT2.";
        let found = Source::new(source);
        for passage in [
            "45.0 Gy in 25 fractions",
            "oral capecitabine 825 mg/m2 twice daily",
            "825mg/m² twice daily (\"days 1-14\")",
            "dose-escalated",
            "mg m-2",
            "efficacy, m2",
            "> pT2",
            "The total is 45.0 Gy … twice daily",
            "45.0 Gy [...] mg m-2",
            "Oral capecitabine",
            "the total is 45.0 Gy",
            "Efficacy, m2",
        ] {
            assert!(found.find(passage).is_ok(), "{passage}");
        }
    }

    #[test]
    fn other_words_and_numbers_are_not_found() {
        let source = "45 Gy in 25 fractions, 14.4 Gy in 8; arm 1 825 mg twice daily";
        let found = Source::new(source);
        for passage in [
            "5 Gy in 25",
            "45 Gy in 2",
            "4 Gy in 8",
            "14 Gy",
            "1825 mg",
            "45 Gy in 28",
            "daily twice",
            "raction",
            "twice daily … 45 Gy",
            "45 GY in 25",
        ] {
            assert!(found.find(passage).is_err(), "{passage}");
        }
        let parted = found.find("45 Gy in 28 fractions").unwrap_err().unwrap();
        assert_eq!((&*parted.there, parted.at), ("45 Gy in", 0));
        assert_eq!(&*parted.passage, "28 fractions");
        assert!(parted.source.starts_with("25 fractions"));
    }

    #[test]
    fn the_place_is_that_of_the_source() {
        let source = "x  45 Gy\n in 25 frac-\ntions.";
        let found = Source::new(source).find("45 Gy in 25 fractions").unwrap();
        assert_eq!(&source[found[0].clone()], "45 Gy\n in 25 frac-\ntions");
    }
}
