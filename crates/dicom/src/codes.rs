//! The codes of the reading, of what is derived from doses and of records of treatment.

use chemorad::report::Code;

use crate::dose::finding as dose;
use crate::encoding::finding as encoding;
use crate::equivalent::finding as derived;
use crate::plan::dates;
use crate::record::codes as record;

/// The codes of this crate.
///
/// ```
/// use chemorad_dicom::CODES;
/// for code in ["file.transfer_syntax", "dose.frame_offsets", "record.date"] {
///     assert!(CODES.iter().any(|known| known.name == code), "{code}");
/// }
/// ```
pub const CODES: &[Code] = &[
    encoding::HEADER,
    encoding::TRANSFER_SYNTAX,
    encoding::TRANSFER_SYNTAX_MISSING,
    dates::DATE,
    dose::REJECTED,
    dose::FRAME_OFFSETS,
    dose::FIRST_OFFSET,
    dose::GEOMETRY,
    dose::TRANSFORMED,
    dose::NO_VOLUME,
    dose::DVH_MAXIMUM,
    dose::DVH_KIND,
    derived::RESAMPLED,
    derived::COUNTED_ONCE,
    derived::FRACTION_DOSE,
    derived::HIGH_FRACTION,
    derived::SAME_FRACTIONS,
    derived::PARTS,
    derived::GROUPS_OF_PLAN,
    derived::LONE_BEAM,
    derived::FRACTIONS,
    record::SAME_OBJECT,
    record::DATE,
    record::NO_BEAMS,
    record::FRACTION_NUMBER,
    record::BROKEN_OFF,
    record::TERMINATION,
    record::NOT_READ,
    record::ELSEWHERE,
    record::SPLIT,
    record::REPEATED,
    record::METERSET,
    record::PURPOSE,
    record::AGAINST_PLAN,
    record::OVERRIDE,
    record::INTERVAL,
    record::ORDER,
    record::PLANNED,
    record::MISSING,
    record::PHASES,
    record::DOSE,
    record::COURSE_DATE,
    record::FEWER,
    record::NOT_STATED,
    record::NOTHING_DELIVERED,
    record::PLAN,
];
