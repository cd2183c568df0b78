//! What a wrong number looks like next to the right one: the slips that publications show.

use std::string::String;
use std::vec::Vec;

use super::number::numbers;

/// The slip between two texts that hold the same number of numbers, the first that differs.
pub(super) fn slip_between(expected: &str, found: &str) -> Option<String> {
    let (right, wrong) = (numbers(expected), numbers(found));
    if right.len() != wrong.len() {
        return None;
    }
    let mut pairs = right.iter().zip(&wrong);
    let (right, wrong) = pairs.find(|(a, b)| a.millionths != b.millionths)?;
    slip(
        &expected[right.start..right.end],
        &found[wrong.start..wrong.end],
    )
}

/// In words, how `found` may have come from `expected`: `None` when it looks like no slip.
///
/// Published: 7425 for 4725 (digits exchanged), 990 for 90 (a digit too many).
fn slip(expected: &str, found: &str) -> Option<String> {
    let (right, wrong) = (digits(expected)?, digits(found)?);
    if right == wrong {
        return power_of_ten(expected, found);
    }
    let pairs = right.iter().zip(&wrong);
    let apart: Vec<usize> = pairs
        .enumerate()
        .filter(|(_, (a, b))| a != b)
        .map(|(at, _)| at)
        .collect();
    if right.len() == wrong.len() {
        return match apart.as_slice() {
            // of two numbers with one digit each nothing can be said
            [at] if right.len() > 1 => Some(format!(
                "one digit differs: {} for {}",
                char::from(wrong[*at]),
                char::from(right[*at])
            )),
            [a, b] if right[*a] == wrong[*b] && right[*b] == wrong[*a] => Some(format!(
                "the digits {} and {} are exchanged",
                char::from(right[*a]),
                char::from(right[*b])
            )),
            _ => None,
        };
    }
    let (long, short, words) = if wrong.len() > right.len() {
        (&wrong, &right, "one digit too many")
    } else {
        (&right, &wrong, "one digit is missing")
    };
    (long.len() == short.len() + 1 && without_one(long, short)).then(|| words.into())
}

fn without_one(long: &[u8], short: &[u8]) -> bool {
    (0..long.len()).any(|skip| {
        let rest = long.iter().enumerate().filter(|(at, _)| *at != skip);
        rest.map(|(_, digit)| digit).eq(short)
    })
}

/// The digits of the first number of a text, without zeros at either end.
fn digits(text: &str) -> Option<Vec<u8>> {
    let number = number(text)?;
    let plain: Vec<u8> = number.bytes().filter(u8::is_ascii_digit).collect();
    let start = plain.iter().position(|digit| *digit != b'0')?;
    let end = plain.iter().rposition(|digit| *digit != b'0')?;
    Some(plain[start..=end].to_vec())
}

fn number(text: &str) -> Option<&str> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = &text[start..];
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(rest.len());
    Some(&rest[..end])
}

fn power_of_ten(expected: &str, found: &str) -> Option<String> {
    let value = |text: &str| number(text)?.trim_end_matches('.').parse::<f64>().ok();
    let ratio = value(found)? / value(expected)?;
    [
        (10.0, "ten times"),
        (100.0, "a hundred times"),
        (0.1, "a tenth of"),
        (0.01, "a hundredth of"),
    ]
    .into_iter()
    .find(|(power, _)| (ratio / power - 1.0).abs() < 1e-9)
    .map(|(_, words)| format!("it is {words} what is expected"))
}

#[cfg(test)]
mod tests {
    use super::{slip, slip_between};

    #[test]
    fn the_first_number_that_differs_is_compared() {
        let slip = slip_between("90 Gy in 3 x 30 Gy", "990 Gy in 3 x 330 Gy");
        assert_eq!(slip.as_deref(), Some("one digit too many"));
        assert_eq!(slip_between("45 Gy, 50 Gy", "54 Gy"), None);
        assert_eq!(slip_between("45 Gy", "45 Gy"), None);
    }

    #[test]
    fn slips_have_names() {
        for (expected, found, words) in [
            (
                "47.25 Gy",
                "74.25 Gy",
                Some("the digits 4 and 7 are exchanged"),
            ),
            ("90 Gy", "990 Gy", Some("one digit too many")),
            ("990 Gy", "90 Gy", Some("one digit is missing")),
            ("50.4 Gy", "54.0 Gy", Some("one digit is missing")),
            (
                "50.4 Gy",
                "504 Gy",
                Some("it is ten times what is expected"),
            ),
            (
                "45 Gy",
                "0.45 Gy",
                Some("it is a hundredth of what is expected"),
            ),
            ("45 Gy", "46 Gy", Some("one digit differs: 6 for 5")),
            ("45 Gy", "45 Gy", None),
            ("45 Gy", "61.2 Gy", None),
            ("none", "45 Gy", None),
            ("0 Gy", "45 Gy", None),
        ] {
            assert_eq!(
                slip(expected, found).as_deref(),
                words,
                "{expected} {found}"
            );
        }
    }
}
