//! The header of a file, and whether the data set is written as it says.

use chemorad::report::Finding;
use dicom_dictionary_std::{tags, uids};

use super::finding::EncodingFinding;
use super::inflate::{beginning, inflate};
use super::transfer_syntax::{BIG_ENDIAN, Syntax, TransferSyntax};
use crate::data_set::{DataSet, Encoding};
use crate::error::{ReadError, quoted};

const PREAMBLE: usize = 128;
/// Tag, value representation and a length: enough to see how an element is written.
const ELEMENT: usize = 8;

/// What the header says, and the data set where it had to be inflated.
pub(crate) struct Header {
    pub(crate) transfer_syntax: TransferSyntax,
    pub(crate) encoding: Encoding,
    /// Pixel data come as fragments of a compressed stream.
    pub(crate) encapsulated: bool,
    /// Where the data set begins in the file, where it is not inflated.
    pub(crate) start: usize,
    pub(crate) inflated: Option<Vec<u8>>,
    /// The SOP class that the header names.
    pub(crate) sop_class: Option<String>,
    /// What is odd about it.
    pub(crate) notes: Vec<Finding>,
}

impl Header {
    /// Reads the header of a file, and finds out how its data set is written; up to `limit` bytes of it are
    /// inflated.
    pub(crate) fn read(bytes: &[u8], limit: u64) -> Result<Self, ReadError> {
        let mut notes = Vec::new();
        let (stated, start, sop_class) = match header_start(bytes) {
            Some(at) => {
                let rest = bytes.get(at..).unwrap_or_default();
                let encoding = if is_implicit(rest) {
                    notes.push(EncodingFinding::ImplicitHeader.into());
                    Encoding::IMPLICIT
                } else {
                    Encoding::EXPLICIT
                };
                let (header, end) = DataSet::read_group(rest, at, encoding, 0x0002)?;
                let class = header.text(tags::MEDIA_STORAGE_SOP_CLASS_UID)?;
                (header.text(tags::TRANSFER_SYNTAX_UID)?, at + end, class)
            }
            None => (None, 0, None),
        };
        let set = bytes.get(start..).unwrap_or_default();
        let transfer_syntax = match stated {
            Some(stated) => held_against(stated, set)?,
            None if start == 0 => TransferSyntax::Inferred(recognised(set)?),
            None => TransferSyntax::Inferred(seen(set).ok_or(ReadError::NotDicom {
                why: "its header does not say how the data set is written, and that does not begin with an element of group 0008",
            })?),
        };
        match &transfer_syntax {
            TransferSyntax::Corrected { stated, found } => {
                let stated = quoted(stated);
                notes.push(EncodingFinding::OtherSyntax { stated, found }.into());
            }
            TransferSyntax::Inferred(found) if start > 0 => {
                notes.push(EncodingFinding::UnstatedSyntax { found }.into());
            }
            TransferSyntax::Inferred(_) | TransferSyntax::Stated(_) => {}
        }
        let syntax = Syntax::of(transfer_syntax.uid())?;
        let inflated = if syntax.deflated {
            let inflated = inflate(set, limit)?;
            if seen(&inflated).is_some_and(|seen| seen != uids::EXPLICIT_VR_LITTLE_ENDIAN) {
                return Err(ReadError::TransferSyntax {
                    uid: transfer_syntax.uid().into(),
                    why: "the deflated data set is not in explicit VR little endian, as this transfer syntax says; export the file as implicit or explicit VR little endian",
                });
            }
            Some(inflated)
        } else {
            None
        };
        Ok(Self {
            transfer_syntax,
            encoding: syntax.encoding,
            encapsulated: syntax.encapsulated,
            start,
            inflated,
            sop_class,
            notes,
        })
    }
}

/// Whether the first bytes of a file can be those of a DICOM file.
pub(crate) fn is_dicom(beginning: &[u8]) -> Result<(), ReadError> {
    match header_start(beginning) {
        Some(_) => Ok(()),
        None => recognised(beginning).map(|_| ()),
    }
}

/// Where the file meta group begins, if there is one.
fn header_start(bytes: &[u8]) -> Option<usize> {
    let prefix = |at: usize| {
        bytes
            .get(at..)
            .is_some_and(|rest| rest.starts_with(b"DICM"))
    };
    if prefix(PREAMBLE) {
        Some(PREAMBLE + 4)
    } else if prefix(0) {
        Some(4)
    } else if bytes.starts_with(&[0x02, 0x00]) {
        Some(0)
    } else {
        None
    }
}

/// Whether a header is written in implicit VR: no letters stand where explicit VR has them, and the four
/// bytes there are a length that fits.
fn is_implicit(header: &[u8]) -> bool {
    let Some(&[0x02, 0x00, _, _, v0, v1, l0, l1]) = header.first_chunk::<ELEMENT>() else {
        return false;
    };
    let length = u32::from_le_bytes([v0, v1, l0, l1]);
    let left = header.len() - ELEMENT;
    !are_letters(v0, v1) && usize::try_from(length).is_ok_and(|length| length <= left)
}

const fn are_letters(first: u8, second: u8) -> bool {
    first.is_ascii_uppercase() && second.is_ascii_uppercase()
}

/// How a data set is written that is not deflated, from its first element: a group of identification in the
/// right byte order, and two capital letters where explicit encodings have them.
fn seen(set: &[u8]) -> Option<&'static str> {
    let &[g0, g1, _, _, v0, v1, _, _] = set.first_chunk::<ELEMENT>()?;
    match (g0, g1, are_letters(v0, v1)) {
        (0x08, 0x00, true) => Some(uids::EXPLICIT_VR_LITTLE_ENDIAN),
        (0x08, 0x00, false) => Some(uids::IMPLICIT_VR_LITTLE_ENDIAN),
        (0x00, 0x08, true) => Some(BIG_ENDIAN),
        _ => None,
    }
}

/// How a data set without a header, or with one that does not say it, is written.
fn recognised(set: &[u8]) -> Result<&'static str, ReadError> {
    seen(set).ok_or(ReadError::NotDicom {
        why: if set.len() < ELEMENT {
            "it is too short"
        } else {
            "there is no DICM mark, and it does not begin with an element of group 0008"
        },
    })
}

/// The transfer syntax that a header states, or the one that its data set is written in, where that is
/// plainly another.
fn held_against(stated: String, set: &[u8]) -> Result<TransferSyntax, ReadError> {
    let syntax = Syntax::of(&stated)?;
    let found = match seen(set) {
        // no deflated data begin so: their first block would be a stored one with a length that does not fit
        Some(found) if syntax.deflated => Some(found),
        Some(found) if Syntax::of(found)?.encoding == syntax.encoding => None,
        // a length can look like two letters, so what can be read as it is stated is read so
        Some(_) if DataSet::read(set, 0, syntax.encoding).is_ok() => None,
        Some(found) => Some(found),
        None if syntax.deflated => None,
        None => {
            let inflated = seen(&beginning(set, ELEMENT));
            let deflated = inflated == Some(uids::EXPLICIT_VR_LITTLE_ENDIAN);
            deflated.then_some(uids::DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN)
        }
    };
    Ok(match found {
        Some(found) => TransferSyntax::Corrected { stated, found },
        None => TransferSyntax::Stated(stated),
    })
}
