//! The answers that an open question offers are those of the passages it cites. Both ways.

use super::passages::codes;

const GRECCAR: &str = include_str!("../../library/NCT00427375.toml");

fn missing(changes: &[(&str, &str)]) -> usize {
    let mut text = GRECCAR.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let found = codes(&text).into_iter();
    found
        .filter(|(code, _)| code == "protocol.quote_number")
        .count()
}

#[test]
fn a_value_of_an_open_question_is_one_of_its_passages() {
    assert_eq!(missing(&[]), 0);
    for change in [
        ("summary: \\\"50Gy in", "summary: \\\"80Gy in"),
        ("summary: \\\"50Gy in", "summary: \\\"50cGy in"),
        ("body: \\\"45-55Gy in", "body: \\\"45-95Gy in"),
        ("body: \\\"45-55Gy in", "body: \\\"40-55Gy in"),
    ] {
        assert_ne!(missing(&[change]), 0, "{change:?}");
    }
    // with the answer that goes with it
    let answer = ("choices = [\"50 Gy\"", "choices = [\"60 Gy\"");
    let value = ("{ total = \"50 Gy\" }", "{ total = \"60 Gy\" }");
    assert_ne!(missing(&[answer, value]), 0);
    let words = ("summary: \\\"50Gy in", "summary: \\\"60Gy in");
    assert_eq!(missing(&[answer, value, words]), 0);
    // how many fractions is asked, and not said
    let divided = ("{ total = \"50 Gy\" }", "\"50 Gy in 25\"");
    let answer = ("choices = [\"50 Gy\"", "choices = [\"50 Gy in 25\"");
    assert_eq!(missing(&[answer, divided]), 0);
}

#[test]
fn an_amount_of_an_answer_without_a_value_is_one_of_its_passages() {
    let text = include_str!("../../library/CAO-ARO-AIO-94.toml");
    let found = |text: &str| {
        let found = codes(text).into_iter();
        found
            .filter(|(code, _)| code == "protocol.quote_number")
            .count()
    };
    assert_eq!(found(text), 0);
    let changed = text.replacen("choices = [\"55.8 Gy\"", "choices = [\"58.5 Gy\"", 1);
    assert_ne!(text, changed);
    assert_eq!(found(&changed), 1);
}
