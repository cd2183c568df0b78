//! Wrong input that must be refused: exit code 2, one message, nothing printed.

use chemorad_render::self_test::{Part, Trial};

use super::ask::{Asked, no_files, one_file};

/// Commands by their words, which a bar separates, and a part of what is said of each.
const WRONG: [(&str, &str); 60] = [
    // a course
    ("bed|45/25|--ab|10Gy", "the unit is missing"),
    ("bed|45Gy|--ab|10Gy", "is not a fractionation"),
    ("bed|45,0Gy/25|--ab|10Gy", "not a comma"),
    ("bed|45cGy/25|--ab|10Gy", "less than 1 Gy"),
    ("bed|-45Gy/25|--ab|10Gy", "unexpected argument"),
    ("bed|0Gy/25|--ab|10Gy", "greater than zero"),
    ("bed|45Gy/0|--ab|10Gy", "from 1 to 200"),
    ("bed|45Gy/2.5|--ab|10Gy", "whole number"),
    ("bed|45Gy/201|--ab|10Gy", "from 1 to 200"),
    ("bed|45 Gy in 25 x 2 Gy|--ab|10Gy", "not 45 Gy"),
    ("bed|45000Gy/25|--ab|10Gy", "too large"),
    ("bed|NaNGy/25|--ab|10Gy", "must be finite"),
    ("bed|infGy/25|--ab|10Gy", "must be finite"),
    ("bed|45Sv/25|--ab|10Gy", "the unit is not one"),
    ("bed|45%/25|--ab|10Gy", "the unit is not one"),
    ("bed|45Gy/25+|--ab|10Gy", "is not a fractionation"),
    ("bed||--ab|10Gy", "is not a fractionation"),
    // a parameter
    ("bed|45Gy/25", "no tissue has a default"),
    ("bed|45Gy/25|--ab|10", "the unit is missing"),
    ("bed|45Gy/25|--ab|0Gy", "greater than zero"),
    ("bed|45Gy/25|--ab|-3Gy", "must not be negative"),
    (
        "bed|45Gy/25|--ab|10Gy|--endpoint|no-such-endpoint",
        "no-such-endpoint",
    ),
    (
        "bed|45Gy/25|--endpoint|no-such-endpoint",
        "no-such-endpoint",
    ),
    (
        "bed|45Gy/25|--ab|10Gy|--loss-per-day|0.66Gy",
        "kick_off is missing",
    ),
    ("bed|45Gy/25|--ab|10Gy|--kick-off|28d", "without a loss"),
    ("bed|45Gy/25|--ab|12..8Gy", "lower end first"),
    ("bed|45Gy/25|--ab|10Gy|--reference|0Gy", "greater than zero"),
    (
        "bed|45Gy/25|--ab|10Gy|--no-such-flag",
        "unexpected argument",
    ),
    ("solve|--target-eqd|60Gy|--alpha-beta|3Gy", "--fractions"),
    (
        "solve|--target-eqd|60|--fractions|18|--alpha-beta|3Gy",
        "the unit is missing",
    ),
    (
        "solve|--target-eqd|60Gy|--fractions|0|--alpha-beta|3Gy",
        "from 1 to 200",
    ),
    (
        "solve|--target-eqd|60Gy|--fractions|18|--dose-per-fraction|2Gy|--alpha-beta|3Gy",
        "cannot be used with",
    ),
    // a date
    (
        "schedule|--start|2026-02-30|--phase|45Gy/25",
        "is not a date",
    ),
    (
        "schedule|--start|07.12.2026|--phase|45Gy/25",
        "is not a date",
    ),
    (
        "schedule|--start|2026-12-07|--phase|45Gy",
        "is not a fractionation",
    ),
    (
        "gap|45Gy/25|--start|2026-11-02|--missed|2026-11-31|--ab|10Gy|--late-ab|3Gy",
        "is not a date",
    ),
    // a person
    ("bsa|170kg|72kg|--formula|mosteller", "given twice"),
    ("bsa|170|72kg|--formula|mosteller", "write a height"),
    ("bsa|170cm|72|--formula|mosteller", "write a height"),
    (
        "bsa|170cm|72kg|--formula|mostler",
        "is not a body surface area formula",
    ),
    ("bsa|170cm|72kg", "--formula is missing"),
    ("bsa|1.70cm|72kg|--formula|mosteller", "too small"),
    ("bsa|170m|72kg|--formula|mosteller", "too large"),
    ("bsa|170,5cm|72kg|--formula|mosteller", "not a comma"),
    (
        "clearance|--age|60|--sex|male|--weight|70kg|--creatinine|88.4mg/dL|--weight-basis|actual",
        "too large",
    ),
    (
        "clearance|--age|60|--sex|male|--weight|70kg|--creatinine|1umol/L|--weight-basis|actual",
        "too small",
    ),
    (
        "clearance|--age|60|--sex|male|--weight|70kg|--creatinine|88|--weight-basis|actual",
        "the unit is missing",
    ),
    (
        "clearance|--age|-1|--sex|male|--weight|70kg|--creatinine|88umol/L|--weight-basis|actual",
        "must not be negative",
    ),
    (
        "clearance|--age|60|--sex|unknown|--weight|70kg|--creatinine|88umol/L|--weight-basis|actual",
        "is not a sex",
    ),
    (
        "clearance|--age|60|--sex|male|--weight|70kg|--creatinine|88umol/L",
        "--weight-basis is missing",
    ),
    // a drug
    (
        "capecitabine|170cm|72kg|825|--formula|mosteller|--tablets|500mg,150mg|--rounding|nearest|--ties|up",
        "write a height",
    ),
    (
        "capecitabine|170cm|72kg|825 mg bid|--formula|mosteller|--tablets|500mg,150mg|--rounding|nearest|--ties|up",
        "write a height",
    ),
    (
        "capecitabine|170cm|72kg|825 mg/m2 bid|--formula|mosteller|--tablets|500,150|--rounding|nearest|--ties|up",
        "the unit is missing",
    ),
    (
        "capecitabine|170cm|72kg|825 mg/m2 bid|--formula|mosteller|--tablets|500mg,150mg|--rounding|about|--ties|up",
        "is not a rounding policy",
    ),
    (
        "capecitabine|170cm|72kg|825 mg/m2 bid|--formula|mosteller|--rounding|nearest|--ties|up",
        "--tablets is missing",
    ),
    // a file and a name
    ("check|nothing.dcm|--prescribed|45Gy/25", "cannot read it"),
    ("check|wrong.dcm|--prescribed|45Gy/25", "not a DICOM file"),
    ("sheet|nothing.toml", "cannot read"),
    ("protocol|show|NO-SUCH-TRIAL", "NO-SUCH-TRIAL"),
    (
        "ntcp|nothing.csv|--set|rectum-late-grade-2-quantec",
        "cannot read",
    ),
];

/// One command that must be refused.
pub(super) fn trial(asked: Asked<'_>, line: &str, said: &str) -> Trial {
    let words: Vec<&str> = line.split('|').collect();
    let files = if words.contains(&"wrong.dcm") {
        one_file("wrong.dcm", b"not DICOM")
    } else {
        no_files()
    };
    let output = asked.of(&words, &files);
    let says = output.stderr.lines().next().unwrap_or_default();
    let passed = output.exit == 2
        && output.stdout.is_empty()
        && output.files.is_empty()
        && says.starts_with("error:")
        && output.stderr.contains(said);
    let found = format!("exit {}: {says}", output.exit);
    Trial::once(
        words.join(" "),
        passed,
        format!("exit 2, nothing printed, {said:?} in the message"),
        found,
    )
}

/// Every wrong input.
pub(super) fn part(asked: Asked<'_>) -> Part {
    Part {
        name: "refusals",
        about: "wrong input that must be refused",
        trials: WRONG
            .iter()
            .map(|(line, said)| trial(asked, line, said))
            .collect(),
    }
}
