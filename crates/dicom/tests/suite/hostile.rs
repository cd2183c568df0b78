//! Files that are cut, changed or made to mislead: always an error or a plain reading, never a panic,
//! never more memory than the file justifies.
use crate::common::{PLAIN, dose, encoded, pelvis};
use chemorad_dicom::equivalent::{GridPolicy, sum};
use chemorad_dicom::{DicomFile, DosePerFraction, Limits, ReadError};
use dicom_dictionary_std::uids;
use proptest::prelude::*;

fn everything(bytes: &[u8]) -> Result<(), ReadError> {
    let limits = Limits {
        file: 1 << 24,
        inflated: 1 << 24,
    };
    let file = DicomFile::from_bytes(bytes, limits)?;
    if let Ok(plan) = file.plan() {
        for group in &plan.fraction_groups {
            let _ = (group.dose_per_fraction(), group.total_dose());
        }
        return Ok(());
    }
    if let Ok(dose) = file.dose() {
        let _ = dose.statistics(&["50".parse().unwrap()]);
        let _ = sum(&[&dose], GridPolicy::MustCoincide);
        return Ok(());
    }
    file.structure_set().map(|_| ())
}

/// Where a cut falls between two elements of the data set nothing shows it but what is missing; a plan
/// cut there must not give a total.
#[test]
fn a_plan_cut_anywhere_never_gives_a_total_without_all_its_beams() {
    for syntax in PLAIN {
        let bytes = encoded(pelvis().object(), syntax);
        let mut errors = 0;
        for end in 0..bytes.len() {
            let Ok(file) = DicomFile::from_bytes(&bytes[..end], Limits::default()) else {
                errors += 1;
                continue;
            };
            let Ok(plan) = file.plan() else {
                errors += 1;
                continue;
            };
            for group in &plan.fraction_groups {
                if let DosePerFraction::Known { counted, .. } = group.dose_per_fraction() {
                    assert_eq!(counted, [1, 2], "{syntax} cut at {end}");
                }
            }
        }
        assert!(
            errors + 40 > bytes.len(),
            "{syntax}: {errors} of {}",
            bytes.len()
        );
    }
}

#[test]
fn a_dose_cut_anywhere_is_an_error_or_has_no_grid() {
    for syntax in [
        uids::IMPLICIT_VR_LITTLE_ENDIAN,
        uids::DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN,
    ] {
        let bytes = encoded(dose().object(), syntax);
        for end in 0..bytes.len() {
            if let Ok(file) = DicomFile::from_bytes(&bytes[..end], Limits::default()) {
                if let Ok(dose) = file.dose() {
                    assert!(dose.grid.is_none(), "{syntax} cut at {end}");
                }
            }
        }
    }
}

fn implicit(group: u16, element: u16, length: u32, value: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend(group.to_le_bytes());
    bytes.extend(element.to_le_bytes());
    bytes.extend(length.to_le_bytes());
    bytes.extend(value);
    bytes
}

fn class() -> Vec<u8> {
    let uid = b"1.2.840.10008.5.1.4.1.1.481.5\0";
    implicit(0x0008, 0x0016, 30, uid)
}

#[test]
fn a_length_that_lies_is_an_error_before_any_memory_is_taken() {
    for length in [0x7FFF_FFFF, 0xFFFF_FFFE, 1_000] {
        let mut bytes = class();
        bytes.extend(implicit(0x300A, 0x0002, length, b"short"));
        let error = DicomFile::from_bytes(&bytes, Limits::default()).unwrap_err();
        assert!(matches!(error, ReadError::Truncated { .. }), "{error}");
        assert!(error.to_string().contains("RTPlanLabel"), "{error}");
    }
}

#[test]
fn nesting_without_end_is_an_error() {
    let mut bytes = class();
    for _ in 0..100_000 {
        bytes.extend(implicit(0x300A, 0x0070, u32::MAX, &[]));
        bytes.extend(implicit(0xFFFE, 0xE000, u32::MAX, &[]));
    }
    let error = DicomFile::from_bytes(&bytes, Limits::default()).unwrap_err();
    assert!(error.to_string().contains("nested too deeply"), "{error}");
}

#[test]
fn items_without_end_are_an_error() {
    let mut items = Vec::new();
    for _ in 0..300_000 {
        items.extend(implicit(0xFFFE, 0xE000, 0, &[]));
    }
    let mut bytes = class();
    bytes.extend(implicit(
        0x300A,
        0x0010,
        u32::try_from(items.len()).unwrap(),
        &items,
    ));
    let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
    let error = file.plan().unwrap_err();
    assert!(
        error.to_string().contains("more items than any file has"),
        "{error}"
    );
}

#[test]
fn an_element_that_stands_there_twice_is_an_error() {
    let mut bytes = class();
    bytes.extend(implicit(0x300A, 0x0002, 2, b"A "));
    bytes.extend(implicit(0x300A, 0x0002, 2, b"B "));
    let error = DicomFile::from_bytes(&bytes, Limits::default()).unwrap_err();
    assert!(error.to_string().contains("stands there twice"), "{error}");
    // out of order, but once, is read
    let mut bytes = class();
    bytes.extend(implicit(0x300A, 0x0003, 2, b"B "));
    bytes.extend(implicit(0x300A, 0x0002, 2, b"A "));
    let plan = DicomFile::from_bytes(&bytes, Limits::default())
        .unwrap()
        .plan()
        .unwrap();
    assert_eq!(
        (
            crate::revealed(plan.label.as_ref()),
            crate::revealed(plan.name.as_ref())
        ),
        (Some("A"), Some("B"))
    );
}

#[test]
fn odd_lengths_are_read() {
    let mut bytes = class();
    bytes.extend(implicit(0x300A, 0x0002, 5, b"odd 1"));
    bytes.extend(implicit(0x300A, 0x0003, 1, b"N"));
    let plan = DicomFile::from_bytes(&bytes, Limits::default())
        .unwrap()
        .plan()
        .unwrap();
    assert_eq!(
        (
            crate::revealed(plan.label.as_ref()),
            crate::revealed(plan.name.as_ref())
        ),
        (Some("odd 1"), Some("N"))
    );
}

#[test]
fn a_file_above_the_limit_is_refused_unread() {
    let bytes = pelvis().bytes();
    let limits = Limits {
        file: 100,
        inflated: 1 << 20,
    };
    let error = DicomFile::from_bytes(&bytes, limits).unwrap_err();
    assert!(matches!(error, ReadError::TooLarge { limit: 100, .. }));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.dcm");
    std::fs::write(&path, &bytes).unwrap();
    assert!(matches!(
        DicomFile::open_with(&path, limits),
        Err(ReadError::TooLarge { .. })
    ));
    assert!(DicomFile::open(&path).is_ok());
    assert!(matches!(
        DicomFile::open(folder.path()),
        Err(ReadError::Io { .. })
    ));
}

#[test]
fn a_small_file_that_inflates_to_a_large_one_is_refused() {
    let mut large = dose();
    large.size = (1_000, 1_000, 2);
    large.stored = vec![0; 2_000_000];
    let bytes = encoded(large.object(), uids::DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN);
    assert!(bytes.len() < 50_000);
    let limits = Limits {
        file: 1 << 20,
        inflated: 1 << 20,
    };
    assert!(matches!(
        DicomFile::from_bytes(&bytes, limits),
        Err(ReadError::TooLarge {
            what: "the inflated data set",
            ..
        })
    ));
}

#[test]
fn a_file_of_another_kind_is_not_read_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive.bin");
    let file = std::fs::File::create(&path).unwrap();
    // a hole: nothing is stored, and reading it whole would exceed the limit
    file.set_len(4 << 30).unwrap();
    assert!(matches!(
        DicomFile::open(&path),
        Err(ReadError::NotDicom { .. })
    ));
}

#[test]
fn unknown_and_private_encodings_are_named() {
    for syntax in ["1.2.840.113619.5.2", "1.2.3"] {
        let mut bytes = pelvis().bytes();
        // the header is written with a known syntax of the same length and changed
        let known = b"1.2.840.10008.1.2.1";
        let at = bytes
            .windows(known.len())
            .position(|window| window == known)
            .unwrap();
        let mut uid = syntax.as_bytes().to_vec();
        uid.resize(known.len(), 0);
        bytes[at..at + known.len()].copy_from_slice(&uid);
        let error = DicomFile::from_bytes(&bytes, Limits::default()).unwrap_err();
        assert!(matches!(error, ReadError::TransferSyntax { .. }), "{error}");
    }
}

proptest! {
    #[test]
    fn changed_plans_are_read_or_refused(
        syntax in 0..4_usize,
        changes in proptest::collection::vec((0..4_000_usize, any::<u8>()), 1..8),
    ) {
        let mut bytes = encoded(pelvis().object(), PLAIN[syntax]);
        for (at, byte) in changes {
            let length = bytes.len();
            bytes[at % length] = byte;
        }
        let _ = everything(&bytes);
    }

    #[test]
    fn changed_doses_are_read_or_refused(
        syntax in 0..4_usize,
        changes in proptest::collection::vec((0..4_000_usize, any::<u8>()), 1..8),
    ) {
        let mut bytes = encoded(dose().object(), PLAIN[syntax]);
        for (at, byte) in changes {
            let length = bytes.len();
            bytes[at % length] = byte;
        }
        let _ = everything(&bytes);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..500)) {
        let _ = everything(&bytes);
    }
}
