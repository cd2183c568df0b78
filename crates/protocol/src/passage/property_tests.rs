//! Any words and any text end in mentions of the passage, in time.

use super::mention::Said;
use super::mentions::mentions;

/// Words that prescriptions are made of, and some that only look like it.
const WORDS: &[&str] = &[
    "capecitabine",
    "5-FU",
    "oxaliplatin",
    "825",
    "1.8",
    "1,650",
    "1 000",
    "1’650",
    "½",
    "0",
    "mg/m2",
    "mg m−2",
    "Gy",
    "cGy",
    "twice",
    "daily",
    "b.i.d.",
    "q12h",
    "q21",
    "every",
    "days",
    "day",
    "d1-14",
    "D1-D14",
    "1-5",
    "and",
    "8,",
    "/",
    "(",
    ")",
    "-",
    "–",
    ".",
    ";",
    "x",
    "×",
    "over",
    "for",
    "in",
    "120",
    "h",
    "hours",
    "week",
    "weekly",
    "weeks",
    "cycle",
    "fractions",
    "fraction",
    "16",
    "to",
    "20",
    "on",
    "off",
    "no",
    "weekends",
    "Monday",
    "Friday",
    "radiotherapy",
    "total",
    "dose",
    "doses",
    "of",
    "two",
    "per",
    "course",
    "AUC",
    "kg",
    "㎡",
    "≤",
    "years",
    "cm",
    "respectively",
    "divided",
    "\u{301}",
    "İ",
    "99999999999999999999",
];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(512))]

    #[test]
    fn any_words_end_in_mentions_of_the_passage(
        words in proptest::collection::vec(proptest::sample::select(WORDS), 0..60),
        tight in proptest::bool::ANY,
    ) {
        let passage = words.join(if tight { "" } else { " " });
        for mention in mentions(&passage) {
            assert!(passage.get(mention.start..mention.end).is_some_and(|words| !words.is_empty()));
        }
    }

    #[test]
    fn any_text_ends_in_mentions_of_the_passage(passage in "\\PC{0,120}") {
        for mention in mentions(&passage) {
            assert!(passage.get(mention.start..mention.end).is_some());
        }
    }
}

#[test]
fn long_and_odd_passages_end() {
    // a repetition must not cost more than its length
    for words in [
        "capecitabine 1 mg/m2, ",
        "1, ",
        "twice daily ",
        "1.8 Gy, ",
        "weekly capecitabine ",
        "days 1, ",
    ] {
        let passage = words.repeat((1 << 14) / words.len());
        assert!(mentions(&passage).len() <= passage.len());
    }
    let odd = "the first 0 days, first 0 weeks, one hundred and sixty-six Gy, 0,125 mg/m2 d0-0 \u{301}\u{200f}mg/m\u{b2}";
    for mention in mentions(odd) {
        assert!(odd.get(mention.start..mention.end).is_some());
        assert!(
            !matches!(mention.said, Said::Days(_) | Said::WeekNumbers(_)),
            "{mention:?}"
        );
    }
}
