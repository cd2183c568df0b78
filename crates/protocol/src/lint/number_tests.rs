//! The numbers of a text, as prescriptions write them.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::number::{Kind, numbers};

fn read(text: &str) -> Vec<(u64, Kind)> {
    numbers(text)
        .into_iter()
        .map(|number| (number.millionths().unwrap(), number.kind))
        .collect()
}

#[test]
fn prescriptions_as_they_are_written() {
    use Kind::{Bare, Count, Day, Dose, Intensity, Length, Percent, Volume, Week};
    const ONE: u64 = 1_000_000;
    for (text, expected) in [
        (
            "45Gy in 25 fractions",
            vec![(45 * ONE, Dose), (25 * ONE, Count)],
        ),
        ("28 x 1.8", vec![(28 * ONE, Bare), (1_800_000, Bare)]),
        ("5x5Gy", vec![(5 * ONE, Bare), (5 * ONE, Dose)]),
        ("4500 cGy/25", vec![(45 * ONE, Dose), (25 * ONE, Bare)]),
        (
            "Oral capecitabine 825mg/m² twice daily",
            vec![(825 * ONE, Intensity), (2 * ONE, Count)],
        ),
        (
            "2.4 g/m2 over 48 h",
            vec![(2400 * ONE, Intensity), (48 * ONE, Kind::Hour)],
        ),
        ("4-6 weeks", vec![(4 * ONE, Bare), (6 * ONE, Week)]),
        (
            "46.0 to 50.4 Gy",
            vec![(46 * ONE, Bare), (50_400_000, Dose)],
        ),
        ("SM3, PMC5031350", vec![]),
        (
            "cT1-2N0M0, T12",
            vec![
                (ONE, Kind::Stage('T')),
                (2 * ONE, Kind::Stage('T')),
                (0, Kind::Stage('N')),
                (0, Kind::Stage('M')),
            ],
        ),
        (
            "T3-T4",
            vec![(3 * ONE, Kind::Stage('T')), (4 * ONE, Kind::Stage('T'))],
        ),
        (
            "1650 mg/m2/d, -45 Gy",
            vec![(1650 * ONE, Kind::DailyIntensity)],
        ),
        ("invasion >1mm", vec![(ONE, Length)]),
        (
            "V45Gy < 65 cc, D98%",
            vec![(45 * ONE, Dose), (65 * ONE, Volume), (98 * ONE, Percent)],
        ),
        (
            "1,650 mg/m2 or 1,8 Gy",
            vec![(1650 * ONE, Intensity), (1_800_000, Dose)],
        ),
        (
            "d1-d38, five days",
            vec![(ONE, Bare), (38 * ONE, Bare), (5 * ONE, Day)],
        ),
        ("in 5. Then 3", vec![(5 * ONE, Bare), (3 * ONE, Bare)]),
        (
            "bid, often, Monday to Friday",
            vec![(2 * ONE, Count), (5 * ONE, Count)],
        ),
        ("99999999999999999999999999999999999999999999 Gy", vec![]),
        ("1.1234567 Gy", vec![]),
        ("\u{1d7d9}\u{b2}é", vec![]),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn a_unit_changes_the_value_and_not_what_is_written() {
    for (text, value, written) in [
        ("300 cGy", "3", "300"),
        ("2 g", "2000", "2"),
        ("1.5 cm", "15", "1.5"),
        ("40 mL", "40", "40"),
        ("1200 µm", "1.2", "1200"),
        ("12 g/dL", "120", "12"),
        ("90 µmol/l", "0.09", "90"),
        ("two g", "2000", "2"),
        ("fifty cGy", "0.5", "50"),
        ("twelve weeks", "12", "12"),
    ] {
        let found = numbers(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].value, value.parse().unwrap(), "{text}");
        assert_eq!(found[0].written(), written.parse().ok(), "{text}");
    }
}
