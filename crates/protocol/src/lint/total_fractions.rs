//! Whether a total stands with its own fractions: of "45 Gy in 25 fractions or 50.4 Gy in 28", 45 Gy are not in 28.

use chemorad::number::Decimal;
use chemorad::quantity::AbsorbedDose;

use super::number::{Kind, Number};

/// The words that say the total say other fractions with it: `14 Gy in 7 fractions` are not 14 Gy in 30. Nor
/// is the dose of counted fractions that of one.
pub(super) fn is_divided_otherwise(found: &[Number], total: AbsorbedDose, fractions: u32) -> bool {
    // " in "
    const NEAR: usize = 5;
    let value = millionths(total.micrograys());
    let n = Decimal::from(fractions);
    let counts = || found.iter().filter(|number| number.kind == Kind::Count);
    let of_grays = |number: &&Number| number.kind == Kind::Dose;
    let with = |total: &Number| {
        let span = (total.start, total.end);
        let far = total.end.saturating_add(NEAR);
        let near = counts().filter(|count| {
            (count.start, count.end) == span || (span.1..=far).contains(&count.start)
        });
        let near = distinct(near);
        let doses = found.iter().filter(of_grays);
        let doses = distinct(doses.filter(|dose| (dose.start, dose.end) == span));
        // "45-50.4 Gy in 25-28 fractions": the lower with the lower
        let place = doses.iter().position(|dose| *dose == value);
        match place.and_then(|place| near.get(place).copied()) {
            Some(count) if doses.len() == near.len() => vec![count],
            _ => near,
        }
    };
    let mut totals = found
        .iter()
        .filter(of_grays)
        .filter(|dose| dose.value == value)
        .map(with)
        .peekable();
    let elsewhere =
        totals.peek().is_some() && totals.all(|counts| !counts.is_empty() && !counts.contains(&n));
    // another dose beside may be the one in several fractions
    let alone = found
        .iter()
        .filter(of_grays)
        .all(|dose| dose.value == value);
    let one = fractions == 1
        && alone
        && counts().next().is_some()
        && !found
            .iter()
            .any(|number| number.value == n && matches!(number.kind, Kind::Count | Kind::Bare));
    elsewhere || one
}

/// The values of numbers, each once.
fn distinct<'n>(numbers: impl Iterator<Item = &'n Number>) -> Vec<Decimal> {
    let mut out: Vec<Decimal> = Vec::new();
    for number in numbers {
        if !out.contains(&number.value) {
            out.push(number.value);
        }
    }
    out
}

pub(super) fn millionths(number: u64) -> Decimal {
    // a u64 has at most 20 of the 38 digits
    Decimal::new(number.into(), -6).unwrap_or(Decimal::ZERO)
}
