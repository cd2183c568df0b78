//! Memory, in a process of its own so that nothing else takes any: bounded by the limits and by what is
//! there, never by what a length claims.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use std::io::Write as _;

use chemorad_dicom::{DicomFile, Limits, ReadError};
use common::{PLAIN, dose, encoded, pelvis};
use dicom_core::VR;
use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;
use flate2::write::DeflateEncoder;

fn read(bytes: &[u8]) -> Result<(), ReadError> {
    let file = DicomFile::from_bytes(bytes, Limits::default())?;
    match file.dose() {
        Err(ReadError::WrongKind { .. }) => file.plan().map(|_| ()),
        other => other.map(|_| ()),
    }
}

/// What the process holds at most, in kB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Lengths that lie take nothing; a megabyte that inflates to a gigabyte takes no more than the limit.
#[test]
fn memory_stays_within_the_limit_whatever_a_file_claims() {
    // the pages of the program itself are there before anything is measured
    read(&encoded(pelvis().object(), uids::EXPLICIT_VR_LITTLE_ENDIAN)).unwrap();
    read(&dose().bytes()).unwrap();
    let honest = encoded(pelvis().object(), uids::DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN);
    assert!(read(honest.get(..honest.len() / 2).unwrap()).is_err());
    let before = peak();
    let mut object = InMemDicomObject::new_empty();
    common::text(
        &mut object,
        tags::SOP_CLASS_UID,
        VR::UI,
        uids::RT_PLAN_STORAGE,
    );
    for length in [0xFFFF_FFFE_u32, 0x7FFF_FFFE, 0x4000_0000] {
        for tag in [0x300A_0070_u32, 0x7FE0_0010, 0x300A_0002] {
            let (group, element) = (tag >> 16, tag & 0xFFFF);
            let (group, element) = (
                u16::try_from(group).unwrap(),
                u16::try_from(element).unwrap(),
            );
            let mut bytes = common::bare(&object, PLAIN[0]);
            for part in [group, element] {
                bytes.extend(part.to_le_bytes());
            }
            bytes.extend(length.to_le_bytes());
            bytes.extend(b"short");
            assert!(read(&bytes).is_err());
        }
    }
    // rows, columns and frames for a grid no memory holds
    let mut grid = dose();
    grid.size = (u16::MAX, u16::MAX, 2_000_000_000);
    assert!(read(&grid.bytes()).is_err());
    let taken = peak() - before;
    assert!(taken < 1 << 10, "{taken} kB");

    let mut bomb = encoded(pelvis().object(), uids::DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN);
    // the header states its length, and everything after it is deflated
    let length = u32::from_le_bytes(*bomb[140..].first_chunk().unwrap());
    bomb.truncate(144 + usize::try_from(length).unwrap());
    let mut deflated = DeflateEncoder::new(bomb, flate2::Compression::best());
    let mut data = common::with_defined_lengths(&pelvis().object(), PLAIN[1]);
    data.extend([0xE0, 0x7F, 0x10, 0, b'O', b'W', 0, 0]);
    data.extend((1_u32 << 30).to_le_bytes());
    deflated.write_all(&data).unwrap();
    let zeros = vec![0; 1 << 20];
    for _ in 0..1 << 10 {
        deflated.write_all(&zeros).unwrap();
    }
    let bomb = deflated.finish().unwrap();
    assert!(bomb.len() < 2 << 20);
    let before = peak();
    assert!(matches!(
        DicomFile::from_bytes(&bomb, Limits::default()),
        Err(ReadError::TooLarge { .. })
    ));
    let taken = peak() - before;
    let limit = Limits::default().inflated >> 10;
    assert!(taken < limit + limit / 8, "{taken} kB");
}
