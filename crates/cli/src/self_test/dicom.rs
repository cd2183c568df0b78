//! DICOM written and read in memory: a synthetic plan and dose, right, wrong and cut.

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
    Part {
        name: "DICOM",
        about: "a synthetic plan and dose, written and read in memory",
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
