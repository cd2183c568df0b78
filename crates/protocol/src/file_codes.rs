//! The codes of files that cannot be read as a protocol.

use chemorad::report::Code;

const DEPTH: Code = Code::new(
    "file.depth",
    "Nested too deeply",
    "Lists and tables lie inside one another more deeply than any protocol needs. Such a file is broken, or made to exhaust whatever reads it.",
    "Check that it is the right file.",
);

const DUPLICATE_KEY: Code = Code::new(
    "file.duplicate_key",
    "A field given twice",
    "The same field stands twice in one table. Most readers take the last one silently, so two people could read two different doses from one file; here it is an error.",
    "Keep the one that is right.",
);

const ENCODING: Code = Code::new(
    "file.encoding",
    "Not UTF-8",
    "The file is not UTF-8 text, so nothing in it can be relied on.",
    "Save it as UTF-8; a byte order mark and Windows line ends are fine.",
);

const FORMAT: Code = Code::new(
    "file.format",
    "Neither .toml nor .json",
    "The ending of the name says how the file is written.",
    "It must be .toml or .json.",
);

const MISSING_FIELD: Code = Code::new(
    "file.missing_field",
    "A field is missing",
    "A table lacks a field that it needs. A value that the text does not give is not left out: it is unspecified, with the question and its choices.",
    "Give the field; what the text leaves open is written as its question.",
);

const NUMBER: Code = Code::new(
    "file.number",
    "A number out of range",
    "The number is larger than any field could hold, so it would be read as another one or as infinity.",
    "Check for digits too many.",
);

const SIZE: Code = Code::new(
    "file.size",
    "The file is too large",
    "A protocol is a few pages of text, and this file is larger than 1 MiB: it is likely to be the wrong one.",
    "Check that it is the right file.",
);

const SYNTAX: Code = Code::new(
    "file.syntax",
    "Not TOML or not JSON",
    "The text does not follow the grammar of its format, so nothing in it was read. The place is where the grammar was left, and the mistake is there or shortly before: a missing quote, bracket or comma.",
    "Complete the quote, bracket or comma that is missing.",
);

const UNKNOWN_FIELD: Code = Code::new(
    "file.unknown_field",
    "A field that does not exist",
    "The field is not one of those that may stand here. A misspelt field that was silently ignored would be a value silently dropped.",
    "Correct the spelling, or take the field out.",
);

pub(crate) const UNREADABLE: Code = Code::new(
    "file.unreadable",
    "The file cannot be read",
    "The file does not exist, may not be read, or is a folder.",
    "Check the name and the working directory of the command.",
);

const VALUE: Code = Code::new(
    "file.value",
    "A value that its field cannot hold",
    "The value is of the wrong kind, has no unit or the wrong one, is out of range, or its numbers contradict each other (45 Gy in 25 x 1.9 Gy).",
    "Write what the message says may stand here; every quantity needs its unit.",
);

/// Every code of a file that cannot be read, by name.
///
/// ```
/// assert!(chemorad_protocol::FILE_CODES.iter().any(|code| code.name == "file.duplicate_key"));
/// ```
pub const FILE_CODES: &[Code] = &[
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
