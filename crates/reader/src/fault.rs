use std::fmt;
use std::ops::Range;

use serde::de::{self, Expected, Unexpected};

/// A fault of a file, found before or while its values are read. The innermost value that knows
/// its place gives the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub code: &'static str,
    pub message: String,
    pub help: Option<String>,
    pub span: Option<Range<usize>>,
}

/// Errors quote their input; a file of the wrong kind must not flood the terminal.
fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

impl Fault {
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            help: None,
            span: None,
        }
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub fn at(mut self, span: &Range<usize>) -> Self {
        self.span.get_or_insert_with(|| span.clone());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Fault {}

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

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new("file.value", message.to_string())
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(
            "file.value",
            format!("found {}, needed {}", found(&unexpected), wanted(expected)),
        )
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(unexpected, expected)
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::new(
            "file.value",
            format!("{:?} is not known here", short(variant)),
        )
        .help(suggestion(variant, expected))
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::new(
            "file.unknown_field",
            format!("the field `{}` is not known here", short(field)),
        )
        .help(suggestion(field, expected))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(
            "file.missing_field",
            format!("the field `{field}` is missing"),
        )
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(
            "file.duplicate_key",
            format!("the field `{field}` is given twice"),
        )
    }
}

/// The nearest name if one is near, else all of them.
pub fn suggestion(given: &str, expected: &[&str]) -> String {
    let near = expected
        .iter()
        .map(|name| (strsim::damerau_levenshtein(given, name), name))
        .min()
        .filter(|(distance, name)| *distance <= (name.chars().count() / 3).max(1));
    match near {
        Some((_, name)) => format!("did you mean `{name}`?"),
        None if expected.is_empty() => "nothing may stand here".into(),
        None => {
            let names: Vec<String> = expected.iter().map(|name| format!("`{name}`")).collect();
            format!("there is {}", names.join(", "))
        }
    }
}
