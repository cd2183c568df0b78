//! What the encoding of a file has to say, with its words.

use std::fmt;

use chemorad::report::{Code, Observation, Outcome, Subject, Values};

use super::transfer_syntax::name;

/// A file that is not encoded as it says, and was read all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodingFinding {
    /// The header is written in implicit VR.
    ImplicitHeader,
    /// The data set is written in another transfer syntax than the header states.
    OtherSyntax {
        /// The UID in the header.
        stated: String,
        /// The UID of the one it is written in.
        found: &'static str,
    },
    /// The header does not state a transfer syntax.
    UnstatedSyntax {
        /// The UID of the one that the data set is written in.
        found: &'static str,
    },
}

pub(crate) const HEADER: Code = Code::new(
    "file.header",
    "Header in implicit VR",
    "The header of a DICOM file (group 0002) is written in explicit VR, whatever the data set is written in. In \
     this file it is not: a program wrote it that does not keep to the standard. It is unambiguous and was read; \
     other programs may refuse the file.",
    "Have the file exported again, and compare what is read with the planning system.",
)
.with_source("DICOM PS3.10 7.1, DICOM File Meta Information");
pub(crate) const TRANSFER_SYNTAX: Code = Code::new(
    "file.transfer_syntax",
    "Transfer syntax against the data set",
    "The header states how the data set is written (Transfer Syntax UID), and the data set is written otherwise. A \
     program changed the one without the other. What it is written in was recognised from its first element, and \
     the file was read so.",
    "Have the file exported again, and compare what is read with the planning system.",
)
.with_source("DICOM PS3.10 7.1, Transfer Syntax UID (0002,0010)");
pub(crate) const TRANSFER_SYNTAX_MISSING: Code = Code::new(
    "file.transfer_syntax_missing",
    "No transfer syntax in the header",
    "The header of a DICOM file must state how the data set is written (Transfer Syntax UID), and this one does not: \
     a program wrote or changed it that does not keep to the standard. What the data set is written in was \
     recognised from its first element, and the file was read so.",
    "Have the file exported again, and compare what is read with the planning system.",
)
.with_source("DICOM PS3.10 7.1, Transfer Syntax UID (0002,0010), type 1");

impl Observation for EncodingFinding {
    fn code(&self) -> &Code {
        match self {
            Self::ImplicitHeader => &HEADER,
            Self::OtherSyntax { .. } => &TRANSFER_SYNTAX,
            Self::UnstatedSyntax { .. } => &TRANSFER_SYNTAX_MISSING,
        }
    }

    fn outcome(&self) -> Outcome {
        Outcome::Warn
    }

    fn subject(&self) -> Subject {
        Subject::path("header")
    }

    fn values(&self) -> Values {
        match self {
            Self::ImplicitHeader => Values::expected("explicit VR").and_found("implicit VR"),
            Self::OtherSyntax { stated, found } => {
                Values::expected(name(stated)).and_found(name(found))
            }
            Self::UnstatedSyntax { found } => Values::found(name(found)),
        }
    }
}

impl fmt::Display for EncodingFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ImplicitHeader => {
                "the header of the file is not written as the standard says; it was read all the same"
            }
            Self::OtherSyntax { .. } => {
                "the file is not written in the transfer syntax that its header states; it was read as it is written"
            }
            Self::UnstatedSyntax { .. } => {
                "the header of the file does not state a transfer syntax; it was read in the one that its first element is written in"
            }
        })
    }
}
