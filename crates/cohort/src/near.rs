//! Names that are nearly known: a column of an order that is misspelt would be no order at all.

use chemorad_reader::nearest;

use crate::column::{Column, ColumnName};
use crate::error::CohortError;
use crate::flags::{column_flag, ignore_flag};

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
    /// The known names, each with the words of its unit.
    known: &'static [(&'static str, &'static [&'static str])],
    /// Words of units that no known name has.
    other_units: &'static [&'static str],
}

/// What is in no name of these: another quantity, a day or a person.
const OTHER_QUANTITIES: [&str; 6] = ["clear", "change", "date", "delta", "ideal", "_by"];

static LOOKS: [Look; 8] = [
    Look {
        words: &["dispens", "tablet", "qty", "quantity"],
        is_it: Column::is_dispensed,
        known: &[("dispensed", &[]), ("dispensed_mg", &[])],
        other_units: &[],
    },
    Look {
        words: &["order", "dose"],
        is_it: Column::is_order,
        known: &[("ordered", &[]), ("ordered_mg", &[])],
        other_units: &[],
    },
    Look {
        words: &["height"],
        is_it: |column| matches!(column, Column::Height(_)),
        known: &[
            (
                "height_cm",
                &[
                    "cm",
                    "centimetre",
                    "centimeter",
                    "centimetres",
                    "centimeters",
                ],
            ),
            ("height_m", &["m", "metre", "meter", "metres", "meters"]),
            ("height_in", &["in", "inch", "inches"]),
        ],
        other_units: &["mm", "dm", "ft", "foot", "feet"],
    },
    Look {
        words: &["weight"],
        is_it: |column| matches!(column, Column::Weight(_)),
        known: &[
            (
                "weight_kg",
                &["kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"],
            ),
            ("weight_g", &["g", "gram", "grams"]),
            ("weight_lb", &["lb", "lbs", "pound", "pounds"]),
        ],
        other_units: &["mg", "oz", "st", "stone", "stones"],
    },
    Look {
        words: &["gender", "sex"],
        is_it: |column| column == Column::Sex,
        known: &[("sex", &[])],
        other_units: &[],
    },
    Look {
        words: &["creatinine", "crea"],
        is_it: |column| matches!(column, Column::Creatinine(_)),
        known: &[
            (
                "creatinine_umol_l",
                &[
                    "umol",
                    "\u{b5}mol",
                    "\u{3bc}mol",
                    "mumol",
                    "micromol",
                    "micromoles",
                ],
            ),
            ("creatinine_mg_dl", &["dl", "mgdl"]),
        ],
        other_units: &["mmol", "nmol", "mg", "ml", "min", "g", "ug"],
    },
    Look {
        words: &["dpyd", "dpd"],
        is_it: |column| column == Column::Dpyd,
        known: &[("dpyd", &[])],
        other_units: &[],
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
        known: &[("interacting_drugs", &[])],
        other_units: &[],
    },
];

/// What a name says of its unit.
#[derive(Debug, PartialEq, Eq)]
enum Unit {
    /// That of one known name.
    Known(&'static str),
    /// One that no known name has.
    Other,
    /// Nothing, or several.
    Open,
}

impl Look {
    fn unit(&self, name: &str) -> Unit {
        // "dL" is one word, and "HeightCm" two
        let words = format!("{}_{}", in_words(name), in_words(&name.to_lowercase()));
        // "in" between other words is no inch
        let has_other = |own: &[&str]| {
            let mut all = self
                .known
                .iter()
                .flat_map(|(_, units)| *units)
                .chain(self.other_units);
            all.any(|unit| {
                *unit != "in" && !own.contains(unit) && words.split('_').any(|word| word == *unit)
            })
        };
        let says = |units: &[&str]| {
            words
                .split('_')
                .any(|word| units.contains(&word) && (word != "in" || !has_other(units)))
        };
        let mut found = self.known.iter().filter(|(_, units)| says(units));
        match (found.next(), found.next()) {
            (Some((only, _)), None) => Unit::Known(only),
            (None, _) if says(self.other_units) => Unit::Other,
            _ => Unit::Open,
        }
    }

    /// The known names that a column of this name may be; none where it says another unit.
    fn choices(&self, name: &str) -> Vec<&'static str> {
        match self.unit(name) {
            Unit::Known(only) => vec![only],
            Unit::Other => Vec::new(),
            Unit::Open => self.known.iter().map(|(known, _)| *known).collect(),
        }
    }
}

/// The known name of the unit that a column says, where it is said to be one of another unit.
pub(crate) fn other_unit(name: &str, known: &ColumnName) -> Option<Vec<&'static str>> {
    let look = LOOKS.iter().find(|look| (look.is_it)(known.column))?;
    // what is in no name of these is looked at too: a person has said what the column is
    match look.unit(name) {
        Unit::Known(own) => {
            let own = ColumnName::find(own)?;
            (own.column != known.column).then(|| vec![own.name])
        }
        Unit::Other => Some(Vec::new()),
        Unit::Open => None,
    }
}

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
    let mut asked = Vec::new();
    for name in unused {
        let choices = if let Some(known) = meant(name) {
            // without a protocol no arm is read, and with one its absence is refused
            let quantity = known.column.quantity();
            let is_used = used.iter().any(|(_, column)| column.quantity() == quantity);
            if known.column == Column::Arm || is_used {
                continue;
            }
            vec![known.name]
        } else {
            let look = looks_like(name).filter(|_| of_orders);
            let Some(look) = look.filter(|look| !used.iter().any(|(_, own)| (look.is_it)(*own)))
            else {
                continue;
            };
            look.choices(name)
        };
        asked.push(((*name).to_string(), choices));
    }
    if asked.is_empty() {
        return Ok(());
    }
    let all = asked.iter();
    let questions = all.map(|(name, choices)| question(name, choices));
    let answers = asked.iter().map(|(name, choices)| answer(name, choices));
    Err(CohortError::NearMiss {
        questions: questions.collect::<Vec<_>>().join(" "),
        answers: answers.collect::<Vec<_>>().join(" "),
        asked,
    })
}

fn question(name: &str, choices: &[&str]) -> String {
    let name = shown(name);
    if choices.is_empty() {
        return format!("the column {name} is in a unit that is not read.");
    }
    format!("is the column {name} {}?", choices.join(" or "))
}

/// Flags that answer the question, as they can be pasted.
fn answer(name: &str, choices: &[&str]) -> String {
    let flags: Option<Vec<String>> = choices
        .iter()
        .map(|known| column_flag(known, name))
        .collect();
    match (flags, ignore_flag(name)) {
        (Some(flags), Some(ignore)) if flags.is_empty() => {
            format!(
                "Convert {} and name it by its unit, or leave it out with {ignore}.",
                shown(name)
            )
        }
        (Some(flags), Some(ignore)) => {
            format!(
                "Say which it is with {}, or leave it out with {ignore}.",
                flags.join(" or ")
            )
        }
        _ => format!(
            "Rename {:?} in the file: the name cannot be typed.",
            shown(name)
        ),
    }
}

/// What may be done with a column that was said to be in another unit than its name says.
pub(crate) fn in_unit(name: &str, units: &[&str]) -> String {
    let flag = units.first().and_then(|known| column_flag(known, name));
    let first = flag.map_or_else(
        || "Convert it and name it by its unit".to_string(),
        |flag| format!("Write {flag}"),
    );
    format!("{first}; where the name of the column is wrong, correct it in the file")
}

fn shown(name: &str) -> String {
    name.chars().take(60).collect()
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
            assert_eq!(found.map(|(found, _)| *found), Some(known), "{name}");
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
    fn a_unit_in_a_name_is_the_one_proposed() {
        for (name, choices) in [
            ("Height", &["height_cm", "height_m", "height_in"][..]),
            ("Height (in)", &["height_in"]),
            ("Height in cm", &["height_cm"]),
            ("Height in m", &["height_m"]),
            ("HeightInches", &["height_in"]),
            ("height_mm", &[]),
            ("Height ft", &[]),
            ("weight_lbs", &["weight_lb"]),
            ("Body weight in kg", &["weight_kg"]),
            ("Creatinine mg/dL", &["creatinine_mg_dl"]),
            ("Creatinine (\u{b5}mol/L)", &["creatinine_umol_l"]),
            ("creatinine_mmol_l", &[]),
            ("crea mg/l", &[]),
            ("Creatinine", &["creatinine_umol_l", "creatinine_mg_dl"]),
        ] {
            let look = LOOKS.iter().find(|look| {
                let mut words = look.words.iter();
                words.any(|word| in_words(name).contains(word))
            });
            let found = look.map(|look| look.choices(name));
            assert_eq!(found.as_deref(), Some(choices), "{name}");
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
