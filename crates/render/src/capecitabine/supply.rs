//! The days of intake, the tablets for them, and the periods they are dispensed in.

use chemorad::capecitabine::{CapecitabineOrder, Supply, TabletCount};

use crate::date::weekday;
use crate::document::Document;

pub(super) fn supplied(
    pairs: &mut Vec<(&'static str, String)>,
    order: &CapecitabineOrder,
    supply: &Supply,
) {
    let fractions = order.request().supply.as_ref();
    let fractions = fractions.map_or(&[][..], |wanted| &wanted.fractions);
    let all = fractions.len();
    let with_drug = fractions
        .iter()
        .filter(|date| supply.dates().contains(date));
    let share = match with_drug.count() {
        some if some < all => format!("{some} of the {all}"),
        _ => all.to_string(),
    };
    if let (Some(&first), Some(&last)) = (supply.dates().first(), supply.dates().last()) {
        pairs.push((
            "days",
            format!(
                "{}: {} days, {} to {} ({share} days with fractions)",
                supply.kind(),
                supply.dates().len(),
                weekday(first),
                weekday(last)
            ),
        ));
    }
    pairs.push((
        "supply",
        format!(
            "{} ({} administrations; missed ones are not replaced)",
            tablets_text(supply.tablets()),
            supply.administrations(),
        ),
    ));
    let others: Vec<String> = supply
        .alternatives()
        .iter()
        .map(|other| {
            format!(
                "{} {:+.1} % ({} days, {} tablets)",
                other.kind, other.difference_percent, other.days, other.tablet_count
            )
        })
        .collect();
    if !others.is_empty() {
        pairs.push(("other days", others.join("; ")));
    }
}

/// The dispensing periods, where there is more than one.
pub(crate) fn periods(page: &mut Document, supply: &Supply) {
    if supply.periods().len() < 2 {
        return;
    }
    page.section("Dispensing periods");
    let strengths: Vec<String> = supply
        .tablets()
        .iter()
        .map(|tablet| tablet.strength.to_string())
        .collect();
    let mut header = vec!["period", "from", "to", "days", "doses"];
    header.extend(strengths.iter().map(String::as_str));
    let rows: Vec<Vec<String>> = (1..)
        .zip(supply.periods())
        .map(|(number, period): (u32, _)| {
            let mut row = vec![
                number.to_string(),
                weekday(period.first),
                weekday(period.last),
                period.days.to_string(),
                period.administrations.to_string(),
            ];
            row.extend(period.tablets.iter().map(|tablet| tablet.count.to_string()));
            row
        })
        .collect();
    page.mixed_table(&header, &rows, 3);
}

/// The tablets of an administration or a day, in words.
pub(super) fn tablets_text(tablets: &[TabletCount]) -> String {
    let tablets: Vec<String> = tablets.iter().map(ToString::to_string).collect();
    tablets.join(" + ")
}
