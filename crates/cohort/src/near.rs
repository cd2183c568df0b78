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

/// A quantity by the words that columns of it have in their names.
struct Look {
    /// Words of which one stands in the name, as a whole word or at the beginning of one.
    words: &'static [&'static str],
    is_it: fn(Column) -> bool,
    /// The known names.
    known: &'static [&'static str],
}

/// What is in no name of these: another quantity, a day or a person.
const OTHER_QUANTITIES: [&str; 6] = ["clear", "change", "date", "delta", "ideal", "_by"];

static LOOKS: [Look; 8] = [
    Look {
        words: &["dispens", "tablet", "qty", "quantity"],
        is_it: Column::is_dispensed,
        known: &["dispensed", "dispensed_mg"],
    },
    Look {
        words: &["order", "dose"],
        is_it: Column::is_order,
        known: &["ordered", "ordered_mg"],
    },
    Look {
        words: &["height"],
        is_it: |column| matches!(column, Column::Height(_)),
        known: &["height_cm", "height_m", "height_in"],
    },
    Look {
        words: &["weight"],
        is_it: |column| matches!(column, Column::Weight(_)),
        known: &["weight_kg", "weight_g", "weight_lb"],
    },
    Look {
        words: &["gender", "sex"],
        is_it: |column| column == Column::Sex,
        known: &["sex"],
    },
    Look {
        words: &["creatinine", "crea"],
        is_it: |column| matches!(column, Column::Creatinine(_)),
        known: &["creatinine_umol_l", "creatinine_mg_dl"],
    },
    Look {
        words: &["dpyd", "dpd"],
        is_it: |column| column == Column::Dpyd,
        known: &["dpyd"],
    },
    Look {
        words: &[
            "other_drug",
            "interact",
            "comed",
            "concomitant",
            "medication",
        ],
        is_it: |column| column == Column::Drugs,
        known: &["interacting_drugs"],
    },
];

/// The name in small letters, with one mark between its words: `DispensedTablets` has two.
fn in_words(name: &str) -> String {
    let mut words = String::new();
    let mut before = '_';
    for one in name.chars() {
        if !one.is_alphanumeric() || (before.is_lowercase() && one.is_uppercase()) {
            words.push('_');
        }
        if one.is_alphanumeric() {
            words.extend(one.to_lowercase());
        }
        before = one;
    }
    words
}

/// What a name of an order's column may be; its words stand at the beginning of one of its own.
fn looks_like(name: &str) -> Option<&'static Look> {
    let name = format!("_{}", in_words(name));
    if OTHER_QUANTITIES.iter().any(|other| name.contains(other)) {
        return None;
    }
    LOOKS.iter().find(|look| {
        let mut words = look.words.iter();
        words.any(|word| name.contains(&format!("_{word}")))
    })
}

fn plain(name: &str) -> String {
    let letters = name.chars().filter(|one| one.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

fn parts(name: &str) -> (&str, &str) {
    name.split_once('_').unwrap_or((name, ""))
}

/// Asks about the names that are not used and nearly known, or in a file of orders look like a part of one, where no
/// other column gives what they seem to.
pub(crate) fn ask(
    unused: &[&str],
    used: &[(usize, Column)],
    of_orders: bool,
) -> Result<(), CohortError> {
    let (mut asked, mut questions) = (Vec::new(), Vec::new());
    let (mut columns, mut ignored) = (Vec::new(), Vec::new());
    for name in unused {
        let Some(known) = meant(name) else {
            let look = looks_like(name).filter(|_| of_orders);
            let Some(look) = look.filter(|look| !used.iter().any(|(_, own)| (look.is_it)(*own)))
            else {
                continue;
            };
            let Some(first) = look.known.first() else {
                continue;
            };
            asked.push(((*name).to_string(), *first));
            let name: String = name.chars().take(60).collect();
            questions.push(format!("is the column {name} {}?", look.known.join(" or ")));
            columns.push(format!("--column {}", quoted(&format!("{first}={name}"))));
            ignored.push(format!("--ignore {}", quoted(&name)));
            continue;
        };
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
    fn names_that_look_like_a_part_of_an_order() {
        for (name, known) in [
            ("dispensed_tablets", "dispensed"),
            ("Tablets", "dispensed"),
            ("tablets_dispensed", "dispensed"),
            ("Dispensed tablets", "dispensed"),
            ("DispensedTablets", "dispensed"),
            ("qty_dispensed", "dispensed"),
            ("total dose", "ordered"),
            ("OrderText", "ordered"),
            ("Gender", "sex"),
            ("Creatinine", "creatinine_umol_l"),
            ("DPYD score", "dpyd"),
            ("Other drugs", "interacting_drugs"),
            ("Height", "height_cm"),
        ] {
            let found = looks_like(name).and_then(|look| look.known.first());
            assert_eq!(found, Some(&known), "{name}");
        }
        for name in [
            "comment",
            "site",
            "border",
            "disorder",
            "order_date",
            "ordered_by",
            "creatinine_clearance",
            "weight_change",
            "STUDYID",
            "EXROUTE",
            "page",
            "",
        ] {
            assert!(looks_like(name).is_none(), "{name}");
        }
    }

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
