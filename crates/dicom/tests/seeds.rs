//! Writes the synthetic files as seeds for fuzzing, on demand:
//! `CHEMORAD_SEEDS=crates/dicom/fuzz/corpus cargo test -p chemorad-dicom --test seeds`.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::path::PathBuf;

use common::{BIG_ENDIAN, PLAIN, bare, beam, dose, encoded, pelvis};
use dicom_dictionary_std::uids;

#[test]
fn seeds() {
    let Some(folder) = std::env::var_os("CHEMORAD_SEEDS").map(PathBuf::from) else {
        return;
    };
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(folder);
    let write = |target: &str, name: String, bytes: &[u8]| {
        std::fs::create_dir_all(folder.join(target)).unwrap();
        std::fs::write(folder.join(target).join(name), bytes).unwrap();
    };
    for (index, syntax) in PLAIN.into_iter().enumerate() {
        let mut plan = pelvis();
        write(
            "plan",
            format!("plan-{index}"),
            &encoded(plan.object(), syntax),
        );
        plan.class = uids::RT_ION_PLAN_STORAGE;
        plan.groups[0].beams.push(beam(7, "0.05"));
        plan.charset = Some("ISO_IR 100");
        write(
            "plan",
            format!("ion-{index}"),
            &encoded(plan.object(), syntax),
        );
        for bits in [16, 32] {
            let mut dose = dose();
            dose.bits = bits;
            let object = dose.object_in(syntax == BIG_ENDIAN);
            write(
                "dose",
                format!("dose-{bits}-{index}"),
                &encoded(object, syntax),
            );
        }
        write(
            "plan",
            format!("structures-{index}"),
            &encoded(common::structures(), syntax),
        );
        if syntax != uids::DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN {
            write(
                "plan",
                format!("bare-{index}"),
                &bare(&pelvis().object(), syntax),
            );
            write(
                "plan",
                format!("lengths-{index}"),
                &common::with_defined_lengths(&pelvis().object(), syntax),
            );
        }
    }
}
