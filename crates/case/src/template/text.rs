//! A case to fill in, as text.

use core::fmt;
use std::string::String;
use std::vec::Vec;

use super::CaseTemplate;
use super::field::{Field, key, quoted};

/// What stands where a value is still to be given.
const OPEN: &str = "\"FILL IN\"";

/// The longest line of a comment.
const WIDTH: usize = 100;

/// The dates, which no sheet needs and some checks ask for.
const CALENDAR: &str = "
# Dates: with them the fractions are dated, the tablets of all days are counted and the start window is
# checked. Take the # away from each line that is known.
# [calendar]
# start = \"2026-12-07\" # the date of the first fraction
# weekdays = \"mon-fri\"
# holidays = [\"2026-12-25\"] # [] says that there are none
# fractions_per_day = 1
# excision = \"2026-11-02\" # the date of the operation from which the start is counted
";

impl fmt::Display for CaseTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written(false))
    }
}

impl CaseTemplate {
    pub(super) fn written(&self, filled: bool) -> String {
        let mut text = String::new();
        comment(&mut text, &self.heading);
        comment(
            &mut text,
            "Each FILL IN is to be replaced by a value; what stands behind it is only an example of one. What is unknown or does not apply to the tumour (the submucosa of a pT2) is not to be filled in: delete the line.",
        );
        if let Some(file) = &self.site {
            comment(
                &mut text,
                &std::format!("What {file} decides is left out: give it with --site."),
            );
        }
        text.push_str("\nprotocol = ");
        text.push_str(&quoted(&self.protocol));
        text.push('\n');
        let mut tables: Vec<&str> = Vec::new();
        for field in &self.fields {
            let (table, _) = field.place();
            if !tables.contains(&table) {
                tables.push(table);
            }
        }
        // what stands in no table comes before all tables, and a table before those inside it
        tables.sort_by_key(|table| ORDER.iter().position(|known| known == table));
        for table in tables {
            if !table.is_empty() {
                text.push_str("\n[");
                text.push_str(table);
                text.push_str("]\n");
            }
            for field in self.fields.iter().filter(|field| field.place().0 == table) {
                write(&mut text, field, filled);
            }
        }
        if !filled
            && !self
                .fields
                .iter()
                .any(|field| field.place().0 == "calendar")
        {
            text.push_str(CALENDAR);
        }
        text
    }
}

const ORDER: [&str; 11] = [
    "",
    "patient",
    "pathology",
    "facts",
    "site",
    "site.doses",
    "site.answers",
    "calendar",
    "renal",
    "dpyd",
    "drug_rules",
];

fn write(text: &mut String, field: &Field, filled: bool) {
    let (table, name) = field.place();
    if table.is_empty() {
        text.push('\n');
    }
    comment(text, &field.why);
    if !field.choices.is_empty() {
        let mut choices = String::from("Choices: ");
        choices.push_str(&field.choices.join(", "));
        comment(text, &choices);
    }
    text.push_str(&key(name));
    text.push_str(" = ");
    if filled || field.is_settled {
        text.push_str(&field.example);
    } else {
        text.push_str(OPEN);
        text.push_str(" # for example ");
        text.push_str(&field.example);
    }
    text.push('\n');
}

/// Words as comment lines.
fn comment(text: &mut String, words: &str) {
    let mut line = String::from("#");
    for word in words.split_whitespace() {
        if line.len() > 1 && line.chars().count() + 1 + word.chars().count() > WIDTH {
            text.push_str(&line);
            text.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line.push_str(word);
    }
    text.push_str(&line);
    text.push('\n');
}
