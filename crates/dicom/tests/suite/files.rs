//! Writes the synthetic files to a folder on demand, for other readers and as seeds for fuzzing:
//! `CHEMORAD_FILES=target/files cargo test -p chemorad-dicom --test suite files::`.
use std::path::{Path, PathBuf};

use crate::common::cases::{doses, plans};
use crate::common::contoured::contoured;
use crate::common::record::{record, records};
use crate::common::{PLAIN, encoded};

fn write(folder: &Path, cases: &[(String, Vec<u8>)]) {
    std::fs::create_dir_all(folder).unwrap();
    for (name, bytes) in cases {
        std::fs::write(folder.join(format!("{name}.dcm")), bytes).unwrap();
    }
}

/// Records of a course, and one in every encoding.
fn sessions() -> Vec<(String, Vec<u8>)> {
    let course = records(5).into_iter().zip(1..);
    let course = course.map(|(record, number)| (format!("record-{number}"), record.bytes()));
    let encodings = PLAIN.into_iter().map(|syntax| {
        let object = record(1, "20261207").object();
        (format!("record-in-{syntax}"), encoded(object, syntax))
    });
    course.chain(encodings).collect()
}

/// Structure sets with contours of several kinds.
fn regions() -> Vec<(String, Vec<u8>)> {
    let kinds = ["CLOSED_PLANAR", "CLOSEDPLANAR_XOR", "POINT"];
    let drawn = |kind: &str| (format!("regions-{kind}"), contoured("synthetic-1", kind));
    kinds.into_iter().map(drawn).collect()
}

#[test]
fn files() {
    let (doses, records) = (doses(), sessions());
    let of_regions = |(name, _): &(String, Vec<u8>)| name.starts_with("structures");
    let (mut structures, plans): (Vec<_>, Vec<_>) = plans().into_iter().partition(of_regions);
    structures.extend(regions());
    // every name once, every file another one
    for cases in [&plans, &doses, &records, &structures] {
        for (index, (name, _)) in cases.iter().enumerate() {
            assert!(cases.iter().skip(index + 1).all(|(other, _)| other != name));
        }
    }
    if let Some(folder) = std::env::var_os("CHEMORAD_FILES").map(PathBuf::from) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        write(&root.join(&folder).join("plan"), &plans);
        write(&root.join(&folder).join("dose"), &doses);
        write(&root.join(&folder).join("record"), &records);
        write(&root.join(&folder).join("structures"), &structures);
    }
}
