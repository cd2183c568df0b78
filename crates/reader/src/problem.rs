//! A fault while it is found: what serde reports, and the way to the value it is about.

use std::fmt;
use std::ops::Range;

use chemorad::report::Code;
use serde::de::{self, Expected, Unexpected};

use super::codes;

/// One step from a table or list to a value in it, by its number.
pub(crate) type Step = usize;

/// What kind of fault it is, as far as reading goes on after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A value that its field cannot hold.
    Value,
    /// A value that is none of these names.
    NotAChoice(&'static [&'static str]),
    /// A field that does not exist here, with those that do.
    Unknown(String, &'static [&'static str]),
    /// A field that stands here twice.
    Twice,
    /// A field that is needed in this table.
    Missing(&'static str),
}

/// A fault of a file, found before or while its values are read. The innermost value that knows
/// its place gives the place.
///
/// One pointer: every value that is read may be a fault instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem(Box<Parts>);

/// What a fault consists of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) span: Option<Range<usize>>,
    pub(crate) kind: Kind,
    /// The steps from the value outwards.
    pub(crate) way_out: Vec<Step>,
}

/// Fields that a file knows by another name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Renamed {
    /// Their names.
    pub names: &'static [&'static str],
    /// The name that the file knows them by.
    pub name: &'static str,
    /// A table that may have a field of this name keeps its names.
    pub unless: &'static str,
}

/// Errors quote their input; a file of the wrong kind must not flood the terminal.
pub(crate) fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

impl Problem {
    /// A fault with its entry in the catalogue.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            code,
            message: message.into(),
            help: None,
            span: None,
            kind: Kind::Value,
            way_out: Vec::new(),
        }))
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.0
    }

    pub(crate) fn into_parts(self) -> Parts {
        *self.0
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// Sets its place, unless it has one.
    #[must_use]
    pub fn at(mut self, span: &Range<usize>) -> Self {
        self.0.span.get_or_insert_with(|| span.clone());
        self
    }

    /// Uses the names that the file knows some fields by.
    pub(crate) fn renamed(mut self, renamed: Renamed) -> Self {
        let Renamed {
            names,
            name,
            unless,
        } = renamed;
        match &self.0.kind {
            Kind::Missing(field) if names.contains(field) => self.0.message = missing(name),
            Kind::Unknown(field, expected)
                if expected.iter().any(|known| names.contains(known))
                    && !expected.contains(&unless) =>
            {
                let known = expected.iter().filter(|known| !names.contains(known));
                let known: Vec<&str> = known.copied().chain([name]).collect();
                self.0.help = Some(suggestion(field, &known));
            }
            _ => {}
        }
        self
    }

    fn kind(mut self, kind: Kind) -> Self {
        self.0.kind = kind;
        self
    }

    /// This problem seen from the table or list around it.
    pub(crate) fn out_of(mut self, step: Step) -> Self {
        self.0.way_out.push(step);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Problem {}

fn missing(field: &str) -> String {
    format!("the field `{field}` is missing")
}

/// What serde calls a value, in the words of a file.
fn found(unexpected: &Unexpected<'_>) -> String {
    match unexpected {
        Unexpected::Bool(yes) => format!("{yes}"),
        Unexpected::Unsigned(number) => format!("the number {number}"),
        Unexpected::Signed(number) => format!("the number {number}"),
        Unexpected::Float(number) => format!("the number {number}"),
        Unexpected::Str(text) => format!("the text {:?}", short(text)),
        Unexpected::Seq => "a list".into(),
        Unexpected::Map => "a table".into(),
        Unexpected::Unit => "null".into(),
        other => format!("{other}"),
    }
}

/// What serde expects, in the words of a file.
fn wanted(expected: &dyn Expected) -> String {
    let words = expected.to_string();
    match words.as_str() {
        "a string" => "a text in quotes".into(),
        "a sequence" => "a list".into(),
        "a map" => "a table".into(),
        "a boolean" => "true or false".into(),
        "a nonzero u8" | "a nonzero u16" => "a whole number from 1 on".into(),
        "u8" | "u16" | "u32" | "u64" | "i8" | "i16" | "i32" | "i64" => "a whole number".into(),
        _ if words.starts_with("struct ") => "a table".into(),
        _ => words,
    }
}

impl de::Error for Problem {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(codes::VALUE, message.to_string())
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(
            codes::VALUE,
            format!("found {}, needed {}", found(&unexpected), wanted(expected)),
        )
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(unexpected, expected)
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::new(
            codes::VALUE,
            format!("{:?} is not known here", short(variant)),
        )
        .help(suggestion(variant, expected))
        .kind(Kind::NotAChoice(expected))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::new(
            codes::UNKNOWN_FIELD,
            format!("the field `{}` is not known here", short(field)),
        )
        .help(suggestion(field, expected))
        .kind(Kind::Unknown(field.to_string(), expected))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(codes::MISSING_FIELD, missing(field)).kind(Kind::Missing(field))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(
            codes::DUPLICATE_KEY,
            format!("the field `{field}` is given twice"),
        )
        .kind(Kind::Twice)
    }
}

/// The name that was probably meant: the one fewest letters away, if it is near.
///
/// ```
/// use chemorad_reader::nearest;
/// assert_eq!(nearest("tis", &["ties", "rounding"]), Some("ties"));
/// assert_eq!(nearest("colour", &["ties", "rounding"]), None);
/// ```
#[must_use]
pub fn nearest<'n>(given: &str, expected: &[&'n str]) -> Option<&'n str> {
    let near = expected
        .iter()
        .map(|name| (strsim::damerau_levenshtein(given, name), *name))
        .min()
        .filter(|(distance, name)| *distance <= (name.chars().count() / 3).max(1));
    near.map(|(_, name)| name)
}

/// The nearest name if one is near, else all of them.
fn suggestion(given: &str, expected: &[&str]) -> String {
    match nearest(given, expected) {
        Some(name) => format!("did you mean `{name}`?"),
        None if expected.is_empty() => "nothing may stand here".into(),
        None => {
            let names: Vec<String> = expected.iter().map(|name| format!("`{name}`")).collect();
            format!("there is {}", names.join(", "))
        }
    }
}
