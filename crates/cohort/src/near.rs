//! Names that are nearly known: a column of an order that is misspelt would be no order at all.

use chemorad_reader::nearest;

use crate::column::{Column, ColumnName};
use crate::error::CohortError;

/// Shorter words are near to too many others.
const SHORTEST: usize = 4;

/// The known name that was probably meant: the same but for capitals and marks, or its first word misspelt.
/// The rest of a name is a unit, which is never guessed.
fn meant(name: &str) -> Option<&'static ColumnName> {
    let mut all = ColumnName::ALL.iter();
    if let Some(same) = all.find(|known| plain(known.name) == plain(name)) {
        return Some(same);
    }
    let given = name.trim().to_lowercase().replace([' ', '-'], "_");
    let (first, rest) = parts(&given);
    let alike: Vec<&str> = ColumnName::ALL
        .iter()
        .map(|known| parts(known.name))
        .filter(|(known, of)| *of == rest && known.len() >= SHORTEST)
        .filter(|(known, _)| known.chars().all(|one| one.is_ascii_lowercase()))
        .map(|(known, _)| known)
        .collect();
    let first = nearest(first, &alike)?;
    let mut all = ColumnName::ALL.iter();
    all.find(|known| parts(known.name) == (first, rest))
}

fn plain(name: &str) -> String {
    let letters = name.chars().filter(|one| one.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn parts(name: &str) -> (&str, &str) {
    name.split_once('_').unwrap_or((name, ""))
}

/// Asks about the names that are not used and nearly known, where no other column gives what they seem to.
pub(crate) fn ask(unused: &[&str], used: &[(usize, Column)]) -> Result<(), CohortError> {
    let (mut asked, mut questions) = (Vec::new(), Vec::new());
    let (mut columns, mut ignored) = (Vec::new(), Vec::new());
    for name in unused {
        let Some(known) = meant(name) else { continue };
        // without a protocol no arm is read, and with one its absence is refused
        if known.column == Column::Arm {
            continue;
        }
        let quantity = known.column.quantity();
        if used.iter().any(|(_, column)| column.quantity() == quantity) {
            continue;
        }
        asked.push(((*name).to_string(), known.name));
        let name: String = name.chars().take(60).collect();
        questions.push(format!("is the column {name} {}?", known.name));
        columns.push(format!(
            "--column {}",
            quoted(&format!("{}={name}", known.name))
        ));
        ignored.push(format!("--ignore {}", quoted(&name)));
    }
    if questions.is_empty() {
        return Ok(());
    }
    Err(CohortError::NearMiss {
        asked,
        questions: questions.join(" "),
        columns: columns.join(" "),
        ignored: ignored.join(" "),
    })
}

fn quoted(text: &str) -> String {
    if text.contains(' ') {
        format!("\"{text}\"")
    } else {
        text.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_and_others() {
        for (name, known) in [
            ("odered_mg", "ordered_mg"),
            ("HEIGHT_CM", "height_cm"),
            ("Ordered mg", "ordered_mg"),
            ("order", "ordered"),
            ("order_mg", "ordered_mg"),
            ("dispensd", "dispensed"),
            ("Weight-kg", "weight_kg"),
            ("exdose", "EXDOSE"),
            ("startdate", "start_date"),
            ("ID", "id"),
        ] {
            assert_eq!(meant(name).map(|found| found.name), Some(known), "{name}");
        }
        // another unit is another column, and standard names are their own
        for name in [
            "height_mm",
            "creatinine_mmol_l",
            "ordered_by",
            "EXDOSFRM",
            "EXSEQ",
            "AGE",
            "Gewicht",
            "comment",
            "in",
            "site",
            "",
        ] {
            assert!(meant(name).is_none(), "{name}: {:?}", meant(name));
        }
    }
}
