use crate::Explanation;

const fn explained(
    code: &'static str,
    title: &'static str,
    paragraph: &'static str,
) -> Explanation {
    Explanation {
        code,
        title,
        paragraph,
    }
}

/// The codes of files; those of protocols are the library's.
const FILES: &[Explanation] = &[
    explained(
        "file.depth",
        "Nested too deeply",
        "Lists and tables lie inside one another more deeply than any protocol needs. Such a file is broken, or made to exhaust whatever reads it.",
    ),
    explained(
        "file.duplicate_key",
        "A field given twice",
        "The same field stands twice in one table. Most readers take the last one silently, so two people could read two different doses from one file; here it is an error.",
    ),
    explained(
        "file.encoding",
        "Not UTF-8",
        "The file is not UTF-8 text, so nothing in it can be relied on. Save it as UTF-8; a byte order mark and Windows line ends are fine.",
    ),
    explained(
        "file.format",
        "Neither .toml nor .json",
        "The ending of the name says how the file is written. It must be .toml or .json.",
    ),
    explained(
        "file.missing_field",
        "A field is missing",
        "A table lacks a field that it needs. A value that the text does not give is not left out: it is unspecified, with the question and its choices.",
    ),
    explained(
        "file.number",
        "A number out of range",
        "The number is larger than any field could hold, so it would be read as another one or as infinity. Check for digits too many.",
    ),
    explained(
        "file.size",
        "The file is too large",
        "A protocol is a few pages of text, and this file is larger than 1 MiB: it is likely to be the wrong one.",
    ),
    explained(
        "file.syntax",
        "Not TOML or not JSON",
        "The text does not follow the grammar of its format, so nothing in it was read. The place is where the grammar was left, and the mistake is there or shortly before: a missing quote, bracket or comma.",
    ),
    explained(
        "file.unknown_field",
        "A field that does not exist",
        "The field is not one of those that may stand here. A misspelt field that was silently ignored would be a value silently dropped.",
    ),
    explained(
        "file.unreadable",
        "The file cannot be read",
        "The file does not exist, may not be read, or is a folder. Check the name and the working directory of the command.",
    ),
    explained(
        "file.value",
        "A value that its field cannot hold",
        "The value is of the wrong kind, has no unit or the wrong one, is out of range, or its numbers contradict each other (45 Gy in 25 x 1.9 Gy). The message says what may stand here. Every quantity needs its unit.",
    ),
];

/// The explanation of a code of a finding: of a file or of a protocol.
///
/// ```
/// assert!(chemorad_protocol::explain("file.duplicate_key").is_some());
/// assert!(chemorad_protocol::explain("limit.order").is_some());
/// assert!(chemorad_protocol::explain("limit").is_none());
/// ```
#[must_use]
pub fn explain(code: &str) -> Option<&'static Explanation> {
    explanations().find(|explanation| explanation.code == code)
}

/// Every explanation: those of protocols, then those of files.
pub fn explanations() -> impl Iterator<Item = &'static Explanation> {
    crate::model::explanations().iter().chain(FILES)
}
