//! The library in the notations of other publications: what is true stays true.

use std::collections::BTreeMap;

use chemorad_protocol::{Format, Linted, ProtocolFile, library};

/// Words as the library writes them, and the same in other notations.
const NOTATIONS: &[(&[&str], &[&str])] = &[
    (
        &["mg/m2", "mg/m²"],
        &[
            "mg/m2",
            "mg/m²",
            "mg m-2",
            "mg m−2",
            "mg m⁻²",
            "mg.m-2",
            "mg·m−2",
            "mg/m(2)",
            "mg/m^2",
            "mg per square metre",
            "mg per square meter",
            "mg per m2",
            "mg/sqm",
            "mg/qm",
            "mg/㎡",
        ],
    ),
    (
        &["twice daily", "bid", "every 12 h"],
        &[
            "bid",
            "b.i.d.",
            "BID",
            "bd",
            "b.d.",
            "BD",
            "q12h",
            "q12 h",
            "q12 hours",
            "every 12 h",
            "every 12 hours",
            "12-hourly",
            "twice daily",
            "twice a day",
            "twice per day",
            "two times a day",
            "2 times/day",
            "2x daily",
            "AM and PM",
        ],
    ),
    (
        &["/d", "/day"],
        &["/day", "/d", " per day", " a day", "/24 h", " daily"],
    ),
    (
        &["5 days a week"],
        &[
            "5 days per week",
            "five days a week",
            "5 days/week",
            "5 d/wk",
            "5 days out of each week",
        ],
    ),
    (
        &["five fractions a week"],
        &["5 fractions per week", "5 fractions/week"],
    ),
    (
        &["over 120 h"],
        &[
            "over 120 hours",
            "for 120 hours",
            "as a 120-hour infusion",
            "over 5 days",
        ],
    ),
    (
        &["in weeks 1 and 5"],
        &[
            "in weeks 1, 5",
            "weeks 1 and 5",
            "in week 1 and week 5",
            "wk1 and wk5",
        ],
    ),
    (
        &["days 1-14"],
        &[
            "days 1–14",
            "days 1 to 14",
            "d1-14",
            "D1-D14",
            "day 1 through 14",
        ],
    ),
    (&[" x "], &["x", " × ", "×"]),
    (&["fractions"], &["fx", "fractions"]),
    (&["Gy"], &["Gy", " Gy", " gray"]),
];

/// A text with these words in one of their other notations, inside passages alone; `None` without any.
fn rewritten(file: &ProtocolFile, words: &[&str], notation: &str) -> Option<String> {
    let mut out = String::new();
    let mut at = 0;
    let mut changed = false;
    for (path, span) in file.values() {
        if !path.starts_with("passages.") || span.start < at {
            continue;
        }
        out.push_str(&file.text()[at..span.start]);
        let mut passage = file.text()[span.clone()].to_owned();
        for word in words {
            // "mg/m2/d" is one of mg/m2, and "radiotherapy/day" none of "/d"
            if let Some(replaced) = replaced(&passage, word, notation) {
                passage = replaced;
                changed = true;
                break;
            }
        }
        out.push_str(&passage);
        at = span.end;
    }
    out.push_str(&file.text()[at..]);
    changed.then_some(out)
}

/// Every whole occurrence of a word in another notation.
fn replaced(passage: &str, word: &str, notation: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = passage;
    while let Some(found) = rest.find(word) {
        let behind = &rest[found + word.len()..];
        let letter = |c: char| c.is_alphabetic();
        let starts = !word.starts_with(letter) || !rest[..found].ends_with(letter);
        let whole = starts && (!word.ends_with(letter) || !behind.starts_with(letter));
        out.push_str(&rest[..found]);
        out.push_str(if whole { notation } else { word });
        rest = behind;
    }
    out.push_str(rest);
    (out != passage).then_some(out)
}

/// How often each code is found.
fn codes(name: &str, text: &str) -> BTreeMap<String, usize> {
    let linted = Linted::of(ProtocolFile::parse(name, text, Format::Toml));
    let mut out = BTreeMap::new();
    for located in &linted.findings {
        *out.entry(located.finding.code().to_owned()).or_default() += 1;
    }
    assert!(linted.readable, "{name}");
    out
}

#[test]
fn no_notation_of_the_library_is_accused() {
    let mut tried = 0;
    let mut accused = Vec::new();
    for id in library::ids() {
        let file = library::file(id).unwrap();
        let known = codes(id, file.text());
        for (words, notations) in NOTATIONS {
            for notation in *notations {
                let Some(text) = rewritten(&file, words, notation) else {
                    continue;
                };
                tried += 1;
                let found = codes(id, &text);
                if found != known {
                    accused.push(format!("{id}: {words:?} as {notation:?}: {found:?}"));
                }
            }
        }
    }
    assert!(accused.is_empty(), "{}", accused.join("\n"));
    assert!(tried >= 300, "{tried}");
}
