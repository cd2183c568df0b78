//! DICOM written and read in memory: a synthetic plan, dose and structure set, right, wrong and cut.

use std::path::Path;

use chemorad_render::self_test::{Part, Trial};
use serde_json::Value;

use super::ask::{Asked, one_file};
use crate::files::Memory;
use crate::output::Output;

/// A synthetic plan of 45 Gy in 25 fractions; a test writes it anew.
pub(crate) const PLAN: &[u8] = include_bytes!("synthetic/plan.dcm");
/// A synthetic dose; a test writes it anew.
pub(crate) const DOSE: &[u8] = include_bytes!("synthetic/dose.dcm");

/// A synthetic box of 8 mm, from 1 to 9 mm; a test writes it anew.
pub(crate) const STRUCTURES: &[u8] = include_bytes!("synthetic/structures.dcm");
/// A synthetic dose of 1 Gy more for each millimetre; a test writes it anew.
pub(crate) const RISING: &[u8] = include_bytes!("synthetic/rising.dcm");

/// What the box must have in the dose, by hand: where it is in the answer, the number, and how far off it may be.
const BY_HAND: [(&str, &str, f64, f64, &str); 4] = [
    (
        "volume",
        "/structures/0/volume/value",
        0.512,
        1e-9,
        "0.8 x 0.8 x 0.8 cm",
    ),
    (
        "mean dose",
        "/structures/0/metrics/0/value",
        5.0,
        0.02,
        "(1 Gy + 9 Gy) / 2",
    ),
    (
        "D95%",
        "/structures/0/metrics/1/value",
        1.4,
        0.02,
        "1 Gy + 5 % of 8 Gy",
    ),
    (
        "V5Gy",
        "/structures/0/metrics/2/value",
        0.256,
        0.002,
        "half of the box",
    ),
];

/// Fractions and α/β of the conversion.
const CONVERT: [&str; 9] = [
    "dose",
    "eqd2",
    "dose.dcm",
    "--fractions",
    "25",
    "--alpha-beta",
    "3Gy",
    "-o",
    "eqd2.dcm",
];

fn written(output: &Output) -> Option<&[u8]> {
    match output.files.as_slice() {
        [only] => Some(&only.bytes),
        _ => None,
    }
}

/// Whether two grids are the same to the last bit.
pub(super) fn same(id: &str, one: Option<&[u8]>, other: Option<&[u8]>) -> Trial {
    let length = |bytes: Option<&[u8]>| {
        bytes.map_or("no file".into(), |bytes| format!("{} bytes", bytes.len()))
    };
    Trial::once(
        id,
        one.is_some() && one == other,
        length(one),
        length(other),
    )
}

/// The largest dose that a file says.
fn maximum(asked: Asked<'_>, name: &str, bytes: &[u8]) -> Option<f64> {
    let (_, answer) = asked.json(&["dose", "stats", name], &one_file(name, bytes));
    answer.pointer("/maximum/value").and_then(Value::as_f64)
}

/// What is converted, read again.
fn converted(asked: Asked<'_>) -> Vec<Trial> {
    let once = asked.of(&CONVERT, &one_file("dose.dcm", DOSE));
    let twice = asked.of(&CONVERT, &one_file("dose.dcm", DOSE));
    let before = maximum(asked, "dose.dcm", DOSE);
    let after = written(&once).and_then(|bytes| maximum(asked, "eqd2.dcm", bytes));
    let wanted = before.map(|dose| dose * (dose / 25.0 + 3.0) / 5.0);
    let near = wanted
        .zip(after)
        .is_some_and(|(wanted, after)| (wanted - after).abs() <= 1e-4 * wanted && wanted > 0.0);
    let shown = |dose: Option<f64>| dose.map_or("no dose".into(), |dose| format!("{dose} Gy"));
    vec![
        same(
            "a grid converted twice is the same",
            written(&once),
            written(&twice),
        ),
        Trial {
            tolerance: Some("1e-4 of it, the steps of the grid".into()),
            ..Trial::once(
                "the largest EQD2 of a grid that was written and read",
                near,
                shown(wanted),
                shown(after),
            )
        },
    ]
}

fn exit(asked: Asked<'_>, id: &str, words: &[&str], files: &Memory, wanted: u8) -> Trial {
    let output = asked.of(words, files);
    let nothing = wanted != 2 || (output.stdout.is_empty() && output.files.is_empty());
    Trial::once(
        id,
        output.exit == wanted && nothing,
        format!("exit {wanted}"),
        format!("exit {}", output.exit),
    )
}

/// The structure set and its dose, as files.
fn in_structures(structures: &[u8]) -> Memory {
    let files = [("structures.dcm", structures), ("rising.dcm", RISING)];
    files
        .map(|(name, bytes)| (Path::new(name), bytes.to_vec()))
        .into_iter()
        .collect()
}

const DVH: [&str; 9] = [
    "dvh",
    "structures.dcm",
    "rising.dcm",
    "--structure",
    "Box",
    "--solid",
    "slab",
    "--metric",
    "mean,D95%,V5Gy[cc]",
];

/// The dose in a structure, against numbers by hand; a structure set that is cut, or of somebody else.
fn structures(asked: Asked<'_>) -> Vec<Trial> {
    let (_, answer) = asked.json(&DVH, &in_structures(STRUCTURES));
    let mut trials: Vec<Trial> = BY_HAND
        .iter()
        .map(|(name, at, wanted, within, source)| {
            let found = answer.pointer(at).and_then(Value::as_f64);
            let near = found.is_some_and(|found| (found - wanted).abs() <= *within);
            Trial {
                tolerance: Some(within.to_string()),
                source: Some(format!("by hand: {source}")),
                ..Trial::once(
                    format!("{name} of a box in a dose that rises"),
                    near,
                    wanted.to_string(),
                    found.map_or("nothing".into(), |found| found.to_string()),
                )
            }
        })
        .collect();
    for (part, of) in [(3, 4), (1, 2), (1, 50)] {
        let cut = STRUCTURES
            .get(..STRUCTURES.len() * part / of)
            .unwrap_or_default();
        let id = format!("a structure set of which {part}/{of} is there");
        trials.push(exit(asked, &id, &DVH, &in_structures(cut), 2));
    }
    let other = ["dvh", "structures.dcm", "dose.dcm", "--structure", "Box"];
    let elsewhere = Memory::from_iter([
        (Path::new("structures.dcm"), STRUCTURES.to_vec()),
        (Path::new("dose.dcm"), DOSE.to_vec()),
    ]);
    let output = asked.of(&other, &elsewhere);
    trials.push(Trial::once(
        "a structure set in the dose of another frame of reference, or outside of it",
        matches!(output.exit, 2 | 3),
        "refused, or cannot be told",
        format!("exit {}", output.exit),
    ));
    trials
}

/// A plan and a dose, right, wrong and cut.
pub(super) fn part(asked: Asked<'_>) -> Part {
    let plan = one_file("plan.dcm", PLAN);
    let check = |prescribed| ["check", "plan.dcm", "--prescribed", prescribed];
    let mut trials = converted(asked);
    trials.push(exit(
        asked,
        "a plan is read",
        &["inspect", "plan.dcm"],
        &plan,
        0,
    ));
    // exit codes that are not 1 say that no check failed
    let right = asked.of(&check("45Gy/25"), &plan);
    trials.push(Trial::once(
        "a plan against its own prescription",
        right.exit == 0 || right.exit == 3,
        "no check fails",
        format!("exit {}", right.exit),
    ));
    trials.push(exit(
        asked,
        "a plan against another dose",
        &check("50Gy/25"),
        &plan,
        1,
    ));
    trials.push(exit(
        asked,
        "a plan against other fractions",
        &check("45Gy/24"),
        &plan,
        1,
    ));
    for (part, of) in [(3, 4), (1, 2), (1, 50)] {
        let cut = DOSE.get(..DOSE.len() * part / of).unwrap_or_default();
        let files = one_file("dose.dcm", cut);
        let id = format!("a dose of which {part}/{of} is there");
        trials.push(exit(asked, &id, &CONVERT, &files, 2));
    }
    let files = Memory::from_iter([(Path::new("dose.dcm"), vec![b'D'; 5000])]);
    trials.push(exit(asked, "a file of one letter", &CONVERT, &files, 2));
    trials.extend(structures(asked));
    Part {
        name: "DICOM",
        about: "a synthetic plan, dose and structure set, written and read in memory",
        trials,
    }
}

/// A grid of which one byte was changed: must not be the same.
pub(super) fn spoiled() -> Trial {
    let mut changed = DOSE.to_vec();
    if let Some(last) = changed.last_mut() {
        *last ^= 1;
    }
    same("a grid", Some(DOSE), Some(&changed))
}
