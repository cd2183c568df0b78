//! Names of drugs as people write them: with doses, in other cases, among other words, misspelt.

use alloc::string::String;
use alloc::vec::Vec;

/// Names this short are found as whole words only.
const SHORT: usize = 5;

/// Lower case, and full-width letters as plain ones.
pub(super) fn plain(text: &str) -> String {
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

/// Whether a name stands in a text; a short one in letters of an alphabet only as a whole word.
pub(super) fn holds(text: &str, name: &str) -> bool {
    if name.len() >= SHORT {
        return text.contains(name);
    }
    is_word(text, name)
}

/// Whether a text names a drug, whatever the case: every word of its name that is no dose stands there
/// as a whole word.
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
    "daily",
    "t\u{e4}glich",
];

fn is_dose(word: &str) -> bool {
    let word = word.trim_matches(|c: char| "().,:;".contains(c));
    word.is_empty() || word.starts_with(|c: char| c.is_ascii_digit()) || FORMS.contains(&word)
}

/// What is written with the name of a drug and is no drug: a dose, a form, a salt.
pub(super) fn is_accompaniment(word: &str) -> bool {
    const SALTS: &[&str] = &["sodium", "natrium", "calcium"];
    is_dose(word) || SALTS.contains(&word)
}

/// Whether a name stands in a text as a whole word. Letters and digits end one another's words;
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
pub(super) fn distance(left: &str, right: &str) -> usize {
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

/// One name in lower case; "none" stands for no drug.
pub(super) const fn is_name(name: &str) -> bool {
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

/// One name, and not "none". A comma within a number and a slash after a number or a unit belong to
/// a dose: "2,5 mg", "50/4", "130 mg/m2".
pub(in crate::capecitabine) fn is_one_drug(name: &str) -> bool {
    let name = name.trim();
    let marks = [
        ';', '+', '&', '\u{3001}', '\u{ff0c}', '\u{ff1b}', '\u{4e0e}',
    ];
    let joining = ["and", "with", "plus", "und", "mit", "et"];
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let separates = |mark: char| {
        name.match_indices(mark).any(|(at, _)| {
            let before = name.get(..at).unwrap_or_default();
            let after = name.get(at + 1..).and_then(|rest| rest.chars().next());
            let number = digit(before.chars().next_back()) && digit(after);
            let unit = before.rsplit(|c: char| !c.is_alphabetic()).next();
            let unit = mark == '/' && unit.is_some_and(|unit| ["mg", "g", "ml"].contains(&unit));
            !(number || unit)
        })
    };
    !name.is_empty()
        && !name.eq_ignore_ascii_case("none")
        && !name.contains(marks)
        && !separates(',')
        && !separates('/')
        && !name
            .split_whitespace()
            .any(|word| joining.iter().any(|join| word.eq_ignore_ascii_case(join)))
}
