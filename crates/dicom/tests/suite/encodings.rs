//! Files that are not encoded as they say: read with a finding where it is plain how they are written,
//! refused with the reason where it is not, and never a word about a file that is right.
use chemorad::report::{Finding, Outcome};
use chemorad_dicom::{DicomFile, Kind, Limits, ReadError, TransferSyntax};
use dicom_dictionary_std::uids;

use crate::common::header::{meta, split, with_implicit_header};
use crate::common::record::record;
use crate::common::{BIG_ENDIAN, PLAIN, bare, dose, encoded, pelvis, structures};

const DEFLATED: &str = uids::DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN;

/// What is said of the encoding when everything a file holds is read.
fn said(bytes: &[u8]) -> Result<Vec<(&'static str, Outcome)>, ReadError> {
    let file = DicomFile::from_bytes(bytes, Limits::default())?;
    let notes: Vec<Finding> = match file.kind() {
        Kind::Plan | Kind::IonPlan => file.plan()?.notes,
        Kind::Dose => file.dose()?.notes,
        Kind::StructureSet => file.structure_set()?.notes,
        Kind::TreatmentRecord | Kind::IonTreatmentRecord => file.treatment_record()?.notes,
        Kind::Other(_) => file.notes().to_vec(),
        other => panic!("{other}"),
    };
    let of_file = notes.iter().filter(|note| note.code().starts_with("file."));
    let of_file: Vec<_> = of_file.map(|note| (note.code(), note.outcome)).collect();
    assert_eq!(of_file.len(), file.notes().len());
    Ok(of_file)
}

fn objects(syntax: &str) -> [dicom_object::InMemDicomObject; 4] {
    let dose = dose().object_in(syntax == BIG_ENDIAN);
    [
        pelvis().object(),
        dose,
        structures(),
        record(1, "20261207").object(),
    ]
}

#[test]
fn a_file_that_is_as_it_says_is_not_accused() {
    for syntax in PLAIN {
        for object in objects(syntax) {
            assert_eq!(said(&encoded(object, syntax)).unwrap(), []);
        }
    }
}

#[test]
fn a_header_in_implicit_vr_is_read_with_a_warning() {
    for syntax in PLAIN {
        for object in objects(syntax) {
            let bytes = with_implicit_header(&encoded(object, syntax));
            assert_eq!(
                said(&bytes).unwrap(),
                [("file.header", Outcome::Warn)],
                "{syntax}"
            );
        }
    }
    let right = pelvis().bytes();
    let plan = |bytes: &[u8]| {
        let file = DicomFile::from_bytes(bytes, Limits::default()).unwrap();
        assert!(matches!(file.transfer_syntax(), TransferSyntax::Stated(_)));
        let mut plan = file.plan().unwrap();
        plan.notes.retain(|note| !note.is("file.header"));
        plan
    };
    assert_eq!(plan(&with_implicit_header(&right)), plan(&right));
}

/// The header of one transfer syntax before the data set of another.
fn mixed(object: &dicom_object::InMemDicomObject, stated: &str, written: &str) -> Vec<u8> {
    let mut bytes = meta(stated);
    if written == DEFLATED {
        bytes.extend(split(&encoded(object.clone(), written)).1);
    } else {
        bytes.extend(bare(object, written));
    }
    bytes
}

#[test]
fn a_data_set_in_another_transfer_syntax_is_read_with_a_warning() {
    for stated in PLAIN {
        for written in PLAIN {
            for object in objects(written) {
                let bytes = mixed(&object, stated, written);
                let expected: &[_] = if stated == written {
                    &[]
                } else {
                    &[("file.transfer_syntax", Outcome::Warn)]
                };
                assert_eq!(said(&bytes).unwrap(), expected, "{stated} {written}");
            }
            let object = pelvis().object();
            let bytes = mixed(&object, stated, written);
            let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
            assert_eq!(file.transfer_syntax().uid(), written);
            let right = encoded(object, written);
            let right = DicomFile::from_bytes(&right, Limits::default()).unwrap();
            let groups = |file: &DicomFile<'_>| file.plan().unwrap().fraction_groups;
            assert_eq!(groups(&file), groups(&right), "{stated} {written}");
        }
    }
    let bytes = mixed(
        &pelvis().object(),
        uids::EXPLICIT_VR_LITTLE_ENDIAN,
        uids::IMPLICIT_VR_LITTLE_ENDIAN,
    );
    let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
    assert_eq!(
        file.transfer_syntax().to_string(),
        "implicit VR little endian (recognised; the file says explicit VR little endian)"
    );
}

#[test]
fn a_deflated_data_set_in_another_encoding_is_refused_with_that_reason() {
    use std::io::Write as _;
    let mut deflater =
        flate2::write::DeflateEncoder::new(meta(DEFLATED), flate2::Compression::fast());
    let set = bare(&pelvis().object(), uids::IMPLICIT_VR_LITTLE_ENDIAN);
    deflater.write_all(&set).unwrap();
    let error = said(&deflater.finish().unwrap()).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("the deflated data set is not in explicit VR little endian"),
        "{error}"
    );
}

/// The length of a first element can look like two letters.
#[test]
fn a_long_first_element_is_no_other_encoding() {
    let syntax = uids::IMPLICIT_VR_LITTLE_ENDIAN;
    let length = u32::from_le_bytes(*b"UI\0\0");
    let mut bytes = meta(syntax);
    bytes.extend([0x08, 0x00, 0x01, 0x00]);
    bytes.extend(length.to_le_bytes());
    bytes.resize(bytes.len() + usize::try_from(length).unwrap(), b' ');
    bytes.extend(bare(&pelvis().object(), syntax));
    assert_eq!(said(&bytes).unwrap(), []);
}

/// A file whose header states no transfer syntax.
fn without_syntax(object: &dicom_object::InMemDicomObject, written: &str) -> Vec<u8> {
    let mut bytes = vec![0; 128];
    bytes.extend(b"DICM\x02\0\x02\0UI\x1e\0");
    bytes.extend(b"1.2.840.10008.5.1.4.1.1.481.5\0");
    bytes.extend(if written == DEFLATED {
        split(&encoded(object.clone(), written)).1.to_vec()
    } else {
        bare(object, written)
    });
    bytes
}

#[test]
fn a_header_without_a_transfer_syntax_is_read_with_a_warning_that_says_how() {
    let object = pelvis().object();
    for written in PLAIN.into_iter().filter(|written| *written != DEFLATED) {
        let bytes = without_syntax(&object, written);
        assert_eq!(
            said(&bytes).unwrap(),
            [("file.transfer_syntax_missing", Outcome::Warn)],
            "{written}"
        );
        let file = DicomFile::from_bytes(&bytes, Limits::default()).unwrap();
        assert!(matches!(file.transfer_syntax(), TransferSyntax::Inferred(uid) if *uid == written));
        let found = file.notes()[0]
            .values()
            .found
            .map(|found| found.to_string());
        let name = file.transfer_syntax().to_string();
        assert!(
            found.is_some_and(|found| name.starts_with(&found)),
            "{name}"
        );
        let right = encoded(object.clone(), written);
        let right = DicomFile::from_bytes(&right, Limits::default()).unwrap();
        assert_eq!(said(&encoded(object.clone(), written)).unwrap(), []);
        let groups = |file: &DicomFile<'_>| file.plan().unwrap().fraction_groups;
        assert_eq!(groups(&file), groups(&right), "{written}");
    }
    // nothing says how to inflate, nor that it has to be
    assert!(said(&without_syntax(&object, DEFLATED)).is_err());
    // a data set alone has no header that could be wrong
    for written in PLAIN.into_iter().filter(|written| *written != DEFLATED) {
        assert_eq!(said(&bare(&object, written)).unwrap(), [], "{written}");
    }
}

#[test]
fn a_header_without_a_transfer_syntax_before_something_else_is_refused() {
    let mut bytes = vec![0; 128];
    bytes.extend(b"DICM\x02\0\x02\0UI\x02\x001\0\x10\0\x10\0PN\x02\0A ");
    let error = said(&bytes).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("its header does not say how the data set is written"),
        "{error}"
    );
}

#[test]
fn a_cut_off_file_in_another_encoding_is_an_error() {
    let object = pelvis().object();
    for written in [PLAIN[0], PLAIN[1], PLAIN[2]] {
        for stated in PLAIN.into_iter().filter(|stated| *stated != written) {
            let bytes = mixed(&object, stated, written);
            let start = meta(stated).len();
            let mut errors = 0;
            for end in start..bytes.len() {
                errors += usize::from(said(&bytes[..end]).is_err());
            }
            assert!(errors + 40 > bytes.len() - start, "{stated} {written}");
        }
    }
}
