//! Changes of kind: of what an amount is per, of days, weeks and units, in values and in words.

use serde_json::Value;

/// A changed protocol, and what was changed.
pub(crate) struct Changed {
    /// The kind of the change.
    pub(crate) kind: &'static str,
    /// What was changed, for a reader.
    pub(crate) what: String,
    pub(crate) protocol: Value,
}

/// Words of passages and words of another kind: kind, words, other words.
const WORDS: &[(&str, &str, &str)] = &[
    ("per", "twice daily", "daily"),
    ("per", "twice daily", "per day"),
    ("per", "twice daily", "per day in two doses"),
    ("per", "twice daily", "/24 h"),
    ("per", "twice daily", "three times a day"),
    ("per", " bid", "/day"),
    ("per", " bid", " daily"),
    ("per", "every 12 h", "every 24 h"),
    ("per", "every 12 h", "every 8 h"),
    ("per", "mg/m2/day", "mg/m2 twice daily"),
    ("per", "mg/m2/d", "mg/m2 twice daily"),
    ("per", "mg/m2/d", "mg/m2 b.i.d."),
    ("x days", "twice daily", "over 7 days"),
    ("x days", "twice daily", "per week"),
    ("x days", "/d over 120 h", " over 120 h"),
    ("x days", "over 48 h", "a day over 48 h"),
    ("x days", "over 48 h", "over 96 h"),
    ("x days", "mg/m2/day", "mg/m2 over 4 days"),
    ("x days", "mg/m2/day", "mg/m2 per week"),
    ("x days", "mg/m2/d", "mg/m2 over 5 days"),
    ("x days", "mg/m2/d", "mg/m2/7 days"),
    ("x days", "mg/m2/d", "mg/m2 for 96 hours"),
    ("days", "5 days a week", "7 days a week"),
    ("days", "5 days a week", "3 days a week"),
    ("days", "5 days a week", "at weekends"),
    ("days", "5 days a week", "on alternate days"),
    ("days", "5 days a week", "including weekends"),
    ("days", "Monday to Friday", "every day of the week"),
    ("days", "Monday to Friday", "at weekends"),
    ("days", "Monday to Friday", "7 days a week"),
    ("days", "days 1-14", "fractions 1 to 14"),
    ("days", "days 1-14", "days 1 and 14"),
    ("days", "days 1-14", "days 1-5"),
    ("days", "days 22-35", "days 22 and 35"),
    ("days", "in weeks 1 and 5", "on days 1 and 5"),
    ("days", "twice daily", "twice daily at weekends"),
    ("weeks", "fractions", "fractions over 8 weeks"),
    ("weeks", "fractions", "fractions in 2 weeks"),
    ("weeks", "five fractions a week", "six fractions a week"),
    ("weeks", "5 a week", "6 a week"),
];

/// A unit of a fact and one that makes another size of the same number.
const FACT_UNITS: &[(&str, &str)] = &[
    ("cm", "mm"),
    ("mm", "cm"),
    ("Gy", "cGy"),
    ("cGy", "Gy"),
    ("g/l", "g/dl"),
    ("g/dl", "g/l"),
    ("weeks", "months"),
    ("months", "weeks"),
    ("years", "months"),
];

/// Every change of one kind in one place, or in every copy of one passage.
pub(crate) fn changes(protocol: &Value) -> Vec<Changed> {
    let mut out = Vec::new();
    for (kind, words, other) in WORDS {
        let mut changed = protocol.clone();
        if rewrite(&mut changed, false, &|text| replaced(text, words, other)) {
            let what = format!("{words:?} as {other:?} in every passage");
            out.push(Changed {
                kind,
                what,
                protocol: changed,
            });
        }
    }
    let count = protocol["drugs"].as_array().map_or(0, Vec::len);
    for i in 0..count {
        keys(protocol, i, &mut out);
        days(protocol, i, &mut out);
        amounts(protocol, i, &mut out);
    }
    per_week(protocol, &mut out);
    facts(protocol, &mut out);
    swapped(protocol, &mut out);
    out
}

/// `mg/m2/d` and `mg/m2/day` are two words.
fn replaced(text: &str, words: &str, other: &str) -> Option<String> {
    let longer = words.ends_with("/d") && text.contains(&format!("{words}ay"));
    // "1600 mg/m2/day, twice daily" says the same with the other words
    let same = other == "per day in two doses" && text.contains("/d");
    (!longer && !same && text.contains(words)).then(|| text.replace(words, other))
}

/// Rewrites the words of every passage; whether any changed.
fn rewrite(value: &mut Value, passage: bool, change: &dyn Fn(&str) -> Option<String>) -> bool {
    match value {
        Value::String(text) if passage => match change(text) {
            Some(other) => {
                *text = other;
                true
            }
            None => false,
        },
        Value::Array(items) => {
            let mut any = false;
            for item in items {
                any |= rewrite(item, passage, change);
            }
            any
        }
        Value::Object(fields) => {
            let mut any = false;
            for (key, field) in fields {
                let passage = matches!(key.as_str(), "quote" | "text");
                any |= rewrite(field, passage, change);
            }
            any
        }
        _ => false,
    }
}

/// An amount held under the key of the other kind.
fn keys(protocol: &Value, drug: usize, out: &mut Vec<Changed>) {
    const BOTH: [&str; 2] = ["intensity", "intensity_per_day"];
    for (from, to) in [(BOTH[0], BOTH[1]), (BOTH[1], BOTH[0])] {
        let mut changed = protocol.clone();
        let Some(fields) = changed["drugs"][drug].as_object_mut() else {
            continue;
        };
        let Some(mut statement) = fields.remove(from) else {
            continue;
        };
        let Some(value) = statement.get_mut("value") else {
            continue;
        };
        let Some(text) = value.as_str().map(str::to_owned) else {
            continue;
        };
        let plain = text.trim_end_matches("/d").to_owned();
        *value = Value::String(if to == BOTH[1] {
            format!("{plain}/d")
        } else {
            plain
        });
        fields.insert(to.into(), statement);
        out.push(Changed {
            kind: "per",
            what: format!("drugs[{drug}].{from} held as {to}"),
            protocol: changed,
        });
    }
}

fn days(protocol: &Value, drug: usize, out: &mut Vec<Changed>) {
    const NAMES: [&str; 3] = ["radiotherapy_days", "weekdays", "calendar_days"];
    let value = protocol["drugs"][drug]["days"]["value"].clone();
    if value.is_null() {
        return;
    }
    for name in NAMES.iter().filter(|name| value != **name) {
        let mut changed = protocol.clone();
        changed["drugs"][drug]["days"]["value"] = (*name).into();
        out.push(Changed {
            kind: "days",
            what: format!("drugs[{drug}].days as {name}"),
            protocol: changed,
        });
    }
}

/// An amount times the days it is given on, or divided by them.
fn amounts(protocol: &Value, drug: usize, out: &mut Vec<Changed>) {
    for key in ["intensity", "intensity_per_day"] {
        let Some(text) = protocol["drugs"][drug][key]["value"].as_str() else {
            continue;
        };
        let Some((number, unit)) = text.split_once(' ') else {
            continue;
        };
        let Ok(number) = number.parse::<f64>() else {
            continue;
        };
        for (sign, factor) in [
            ("x", 2.0),
            ("x", 4.0),
            ("x", 5.0),
            ("x", 7.0),
            ("/", 2.0),
            ("/", 4.0),
            ("/", 5.0),
        ] {
            let other = if sign == "x" {
                number * factor
            } else {
                number / factor
            };
            let mut changed = protocol.clone();
            changed["drugs"][drug][key]["value"] = format!("{other} {unit}").into();
            out.push(Changed {
                kind: "x days",
                what: format!("drugs[{drug}].{key} {sign} {factor}"),
                protocol: changed,
            });
        }
    }
}

fn per_week(protocol: &Value, out: &mut Vec<Changed>) {
    let count = protocol["courses"].as_array().map_or(0, Vec::len);
    for course in 0..count {
        let Some(value) = protocol["courses"][course]["fractions_per_week"]["value"].as_u64()
        else {
            continue;
        };
        for other in [3, 4, 5, 6, 7, 10]
            .into_iter()
            .filter(|other| *other != value)
        {
            let mut changed = protocol.clone();
            changed["courses"][course]["fractions_per_week"]["value"] = other.into();
            out.push(Changed {
                kind: "weeks",
                what: format!("courses[{course}] at {other} fractions a week"),
                protocol: changed,
            });
        }
    }
}

/// The unit of a fact and of every limit on it, the passages left as they are.
fn facts(protocol: &Value, out: &mut Vec<Changed>) {
    for fact in protocol["facts"].as_array().into_iter().flatten() {
        let Some(unit) = fact["unit"].as_str() else {
            continue;
        };
        for (_, other) in FACT_UNITS.iter().filter(|(from, _)| *from == unit) {
            let mut changed = protocol.clone();
            if in_unit(&mut changed, unit, other) {
                out.push(Changed {
                    kind: "units",
                    what: format!("{unit} as {other}"),
                    protocol: changed,
                });
            }
        }
    }
}

fn in_unit(value: &mut Value, unit: &str, other: &str) -> bool {
    match value {
        Value::String(text) => {
            let number = text.strip_suffix(unit).map(str::trim_end);
            let is_number = number.is_some_and(|number| number.parse::<f64>().is_ok());
            if let (true, Some(number)) = (is_number, number) {
                *text = format!("{number} {other}");
                return true;
            }
            if text == unit {
                other.clone_into(text);
                return true;
            }
            false
        }
        Value::Array(items) => items
            .iter_mut()
            .fold(false, |any, item| in_unit(item, unit, other) | any),
        Value::Object(fields) => {
            let mut any = false;
            for (key, field) in fields {
                if !matches!(key.as_str(), "quote" | "text" | "reason" | "title") {
                    any |= in_unit(field, unit, other);
                }
            }
            any
        }
        _ => false,
    }
}

/// The passages of two drugs exchanged under one field of each.
fn swapped(protocol: &Value, out: &mut Vec<Changed>) {
    let count = protocol["drugs"].as_array().map_or(0, Vec::len);
    for field in [
        "intensity",
        "intensity_per_day",
        "administrations_per_day",
        "days",
        "infusion",
    ] {
        for one in 0..count {
            for other in one + 1..count {
                let of = |drug: usize| &protocol["drugs"][drug][field];
                let (first, second) = (&of(one)["quote"], &of(other)["quote"]);
                let same = of(one)["value"] == of(other)["value"] || first == second;
                if same || first.is_null() || second.is_null() {
                    continue;
                }
                let mut changed = protocol.clone();
                changed["drugs"][one][field]["quote"] = second.clone();
                changed["drugs"][other][field]["quote"] = first.clone();
                out.push(Changed {
                    kind: "swap",
                    what: format!("the passages of {field} of drugs[{one}] and drugs[{other}]"),
                    protocol: changed,
                });
            }
        }
    }
}
