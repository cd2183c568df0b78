//! Transfer syntaxes by their UIDs, and how each is written.

use std::fmt;

use dicom_dictionary_std::uids;
use serde::Serialize;

use crate::data_set::Encoding;
use crate::error::{ReadError, quoted};

/// Retired, and still found in archives.
pub(super) const BIG_ENDIAN: &str = "1.2.840.10008.1.2.2";
/// Roots of compressed pixel data; the rest is explicit VR little endian (PS3.5 A.4).
const COMPRESSED: [&str; 3] = [
    "1.2.840.10008.1.2.4.",
    "1.2.840.10008.1.2.5",
    "1.2.840.10008.1.2.8.",
];

/// How a file is encoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TransferSyntax {
    /// As the file's header says.
    Stated(String),
    /// The file has no header, or one that does not say it; recognised from the first element.
    Inferred(&'static str),
    /// The file's header says another one than the data set is written in, which was recognised.
    Corrected {
        /// The UID in the header.
        stated: String,
        /// The UID of the one it is written in.
        found: &'static str,
    },
}

impl TransferSyntax {
    /// Its UID.
    #[must_use]
    pub fn uid(&self) -> &str {
        match self {
            Self::Stated(uid) => uid,
            Self::Inferred(uid) | Self::Corrected { found: uid, .. } => uid,
        }
    }
}

impl fmt::Display for TransferSyntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(name(self.uid()))?;
        match self {
            Self::Stated(_) => Ok(()),
            Self::Inferred(_) => f.write_str(" (recognised; the file does not say)"),
            Self::Corrected { stated, .. } => {
                write!(f, " (recognised; the file says {})", name(stated))
            }
        }
    }
}

/// What a transfer syntax is called: its UID where it has no name here.
pub(super) fn name(uid: &str) -> &str {
    match uid {
        uids::IMPLICIT_VR_LITTLE_ENDIAN => "implicit VR little endian",
        uids::EXPLICIT_VR_LITTLE_ENDIAN => "explicit VR little endian",
        BIG_ENDIAN => "explicit VR big endian",
        uids::DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN => "deflated explicit VR little endian",
        other => other,
    }
}

/// How a transfer syntax is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Syntax {
    pub(super) encoding: Encoding,
    pub(super) deflated: bool,
    /// Pixel data come as fragments of a compressed stream.
    pub(super) encapsulated: bool,
}

impl Syntax {
    /// That of a UID.
    pub(super) fn of(uid: &str) -> Result<Self, ReadError> {
        let plain = |encoding| Self {
            encoding,
            deflated: false,
            encapsulated: false,
        };
        match uid {
            uids::IMPLICIT_VR_LITTLE_ENDIAN => Ok(plain(Encoding::IMPLICIT)),
            uids::EXPLICIT_VR_LITTLE_ENDIAN => Ok(plain(Encoding::EXPLICIT)),
            BIG_ENDIAN => Ok(plain(Encoding::BIG_ENDIAN)),
            uids::DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN => Ok(Self {
                deflated: true,
                ..plain(Encoding::EXPLICIT)
            }),
            _ if COMPRESSED.iter().any(|root| uid.starts_with(root)) => Ok(Self {
                encapsulated: true,
                ..plain(Encoding::EXPLICIT)
            }),
            _ => Err(ReadError::TransferSyntax {
                uid: quoted(uid),
                why: "export the file as implicit or explicit VR little endian",
            }),
        }
    }
}
