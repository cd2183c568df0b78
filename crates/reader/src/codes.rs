//! The codes of faults of files.

use chemorad::report::Code;

pub(crate) const DEPTH: Code = Code::new(
    "file.depth",
    "Nested too deeply",
    "Lists and tables lie inside one another more deeply than any file needs. Such a file is broken, or made to exhaust whatever reads it.",
    "Flatten the file, or look for a bracket that is never closed.",
);
pub(crate) const DUPLICATE_KEY: Code = Code::new(
    "file.duplicate_key",
    "A field given twice",
    "The same field stands twice in one table. Most readers take the last one silently, so two people could read two different doses from one file; here it is an error.",
    "Keep one of the two.",
);
/// A file that is not UTF-8.
pub const ENCODING: Code = Code::new(
    "file.encoding",
    "Not UTF-8",
    "The file is not UTF-8 text, so nothing in it can be relied on. A byte order mark and Windows line ends are fine.",
    "Save the file as UTF-8.",
);
/// A file of another format than its name says.
pub const FORMAT: Code = Code::new(
    "file.format",
    "Neither .toml nor .json",
    "The ending of the name says how the file is written. It must be .toml or .json.",
    "Give the file a name that ends in .toml or .json.",
);
pub(crate) const MISSING_FIELD: Code = Code::new(
    "file.missing_field",
    "A field is missing",
    "A table lacks a field that it needs. In a protocol, a value that the text does not give is not left out: it is unspecified, with the question and its choices.",
    "Add the field.",
);
pub(crate) const NUMBER: Code = Code::new(
    "file.number",
    "A number out of range",
    "The number is larger than any field could hold, so it would be read as another one or as infinity.",
    "Check for digits too many.",
);
/// A file larger than any that is meant.
pub const SIZE: Code = Code::new(
    "file.size",
    "The file is too large",
    "What people write is a few pages of text, and this file is larger than 1 MiB: it is likely to be the wrong one.",
    "Check the name of the file.",
);
pub(crate) const SYNTAX: Code = Code::new(
    "file.syntax",
    "Not TOML or not JSON",
    "The text does not follow the grammar of its format, so nothing in it was read. The place is where the grammar was left, and the mistake is there or shortly before: a missing quote, bracket or comma.",
    "Look at the place and shortly before it.",
);
pub(crate) const UNKNOWN_FIELD: Code = Code::new(
    "file.unknown_field",
    "A field that does not exist",
    "The field is not one of those that may stand here. A misspelt field that was silently ignored would be a value silently dropped.",
    "Correct its name, or take it out.",
);
/// A file that the system does not give.
pub const UNREADABLE: Code = Code::new(
    "file.unreadable",
    "The file cannot be read",
    "The file does not exist, may not be read, or is a folder.",
    "Check the name of the file and the working directory of the command.",
);
pub(crate) const VALUE: Code = Code::new(
    "file.value",
    "A value that its field cannot hold",
    "The value is of the wrong kind, has no unit or the wrong one, is out of range, or its numbers contradict each other (45 Gy in 25 x 1.9 Gy). The message says what may stand here. Every quantity needs its unit.",
    "Write a value of the kind that the message names, with its unit.",
);

/// Every code that a fault of a file can have.
///
/// ```
/// assert!(chemorad_reader::CODES.iter().any(|code| code.name == "file.duplicate_key"));
/// ```
pub const CODES: &[Code] = &[
    DEPTH,
    DUPLICATE_KEY,
    ENCODING,
    FORMAT,
    MISSING_FIELD,
    NUMBER,
    SIZE,
    SYNTAX,
    UNKNOWN_FIELD,
    UNREADABLE,
    VALUE,
];
