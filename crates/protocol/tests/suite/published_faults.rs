//! Faults that stand in print, found from transcribed tables: each with line, column and the
//! arithmetic that shows it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use chemorad::report::{Finding, Outcome};
use chemorad_protocol::{Format, Linted, Position, ProtocolFile};

/// The finding of a code, after checking that its place is where the passage stands.
fn found(text: &str, code: &str, passage: &str) -> Finding {
    let linted = Linted::of(ProtocolFile::parse("published.toml", text, Format::Toml));
    assert!(linted.readable, "{:?}", linted.findings);
    let of_code = |located: &&chemorad_protocol::Located| located.finding.is(code);
    let located = linted.findings.iter().find(of_code);
    let located = located.unwrap_or_else(|| panic!("{code} not in {:#?}", linted.findings));
    assert_eq!(text.matches(passage).count(), 1, "{passage}");
    let expected = Position::of(text, text.find(passage).unwrap());
    assert_eq!(located.place.start, expected, "{:?}", located.finding);
    let length = passage.chars().count();
    assert_eq!(
        located.place.end.column,
        expected.column + length,
        "{:?}",
        located.finding
    );
    located.finding.clone()
}

#[test]
fn a_variation_of_7425_for_4725() {
    let text = include_str!("../fixtures/published/exchanged_digits.toml");
    let finding = found(text, "limit.variation_share", "\"7425 cGy\"");
    assert_eq!(finding.outcome, Outcome::Fail);
    assert_eq!(finding.expected().as_deref(), Some("47.25 Gy"));
    assert_eq!(finding.found().as_deref(), Some("74.25 Gy"));
    assert_eq!(
        finding.arithmetic().as_deref(),
        Some("45 Gy x (100 % + 5 %) = 47.25 Gy")
    );
    assert!(
        finding
            .message()
            .ends_with("the digits 4 and 7 are exchanged"),
        "{}",
        finding.message()
    );
    // and it limits nothing: no volume gets 74 Gy
    let finding = found(text, "limit.reach", "\"7425 cGy\"");
    assert_eq!(
        finding.arithmetic().as_deref(),
        Some("50.4 Gy x 107 % = 53.928 Gy")
    );
}

#[test]
fn a_limit_with_dose_and_volume_exchanged() {
    let text = include_str!("../fixtures/published/exchanged_dose_and_volume.toml");
    let finding = found(text, "limit.order", "\"20 %\"");
    assert_eq!(finding.outcome, Outcome::Fail);
    assert!(
        finding
            .message()
            .contains("V20Gy < 50 % would be in order: were dose and volume exchanged?"),
        "{}",
        finding.message()
    );
    let work = finding.arithmetic().unwrap();
    assert_eq!(
        work,
        "5 % at 40 Gy, then 20 % at 50 Gy: a cumulative histogram never rises"
    );
}

#[test]
fn a_total_of_990_for_90() {
    let text = include_str!("../fixtures/published/a_digit_too_many.toml");
    let finding = found(text, "dose.per_fraction", "\"990Gy/3\"");
    assert_eq!(finding.outcome, Outcome::Fail);
    assert_eq!(
        finding.arithmetic().as_deref(),
        Some("990 Gy / 3 = 330 Gy per fraction")
    );
    // with the dose per fraction beside it, the sum tells too
    let stated = text.replace(
        "fractionation = {",
        "dose_per_fraction = { value = \"30 Gy\", quote = \"30 Gy each\", locator = \"news page\" }\nfractionation = {",
    );
    let linted = Linted::of(ProtocolFile::parse("published.toml", &stated, Format::Toml));
    let sum = linted
        .findings
        .iter()
        .find(|l| l.finding.is("protocol.arithmetic"))
        .unwrap();
    assert_eq!(sum.finding.outcome, Outcome::Fail);
    // true to the source, nothing is found
    let right = text.replace("990", "90");
    let linted = Linted::of(ProtocolFile::parse("published.toml", &right, Format::Toml));
    assert_eq!(linted.findings, []);
}

#[test]
fn a_range_whose_upper_pair_does_not_fit() {
    let text = include_str!("../fixtures/published/a_range_that_does_not_fit.toml");
    let passage = "{ lowest = \"46Gy/23\", highest = \"50.4Gy/25\" }";
    let finding = found(text, "dose.range", passage);
    assert_eq!(finding.outcome, Outcome::Fail);
    assert_eq!(
        finding.arithmetic().as_deref(),
        Some("46 Gy / 23 = 2 Gy, 50.4 Gy / 25 = 2.016 Gy")
    );
    let finding = found(text, "dose.uneven", passage);
    assert_eq!(finding.outcome, Outcome::Warn);
}
