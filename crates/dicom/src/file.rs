//! One file in memory: its encoding, its kind, and what is read from it.

use std::borrow::Cow;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use chemorad::report::{Finding, Identifying, Subject};
use chemorad_dosimetry::{Patient, PatientFile};
use dicom_dictionary_std::tags;
use sha2::{Digest, Sha256};

use crate::contours::RegionContours;
use crate::data_set::{DataSet, Encoding, missing};
use crate::dose::rt_dose::Dose;
use crate::encoding::TransferSyntax;
use crate::encoding::header::{Header, is_dicom};
use crate::error::{ElementName, ReadError, quoted};
use crate::kind::Kind;
use crate::patient::{Texts, patient};
use crate::plan::rt_plan::Plan;
use crate::record::given::GivenTreatment;
use crate::record::treatment_record::TreatmentRecord;
use crate::reference::Identity;
use crate::structure_set::{StructureSet, rejected};

/// How much is read before a file is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file. Default 1 GiB: a grid of 512³ voxels of 32 bits takes half of that.
    pub file: u64,
    /// Bytes after inflating a deflated file, which may be a thousand times as many. Default 256 MiB: a
    /// grid of 256³ voxels of 32 bits takes a quarter of that.
    pub inflated: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: 1 << 30,
            inflated: 1 << 28,
        }
    }
}

/// One file in memory, its encoding known and its kind named.
///
/// ```no_run
/// use chemorad_dicom::DicomFile;
/// let file = DicomFile::open("plan.dcm".as_ref())?;
/// println!("{} in {}", file.kind(), file.transfer_syntax());
/// # Ok::<(), chemorad_dicom::ReadError>(())
/// ```
pub struct DicomFile<'a> {
    original: Cow<'a, [u8]>,
    /// The data set, when it had to be inflated.
    inflated: Option<Vec<u8>>,
    /// Where the data set begins in `original` when it is not inflated.
    start: usize,
    encoding: Encoding,
    /// Pixel data come as fragments of a compressed stream.
    encapsulated: bool,
    transfer_syntax: TransferSyntax,
    /// What is odd about the encoding.
    notes: Vec<Finding>,
    kind: Kind,
    show_patient: bool,
}

/// Enough to see whether a file is one of DICOM.
const BEGINNING: u64 = 4_096;

impl DicomFile<'static> {
    /// Reads a file within the default [`Limits`].
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        Self::open_with(path, Limits::default())
    }

    /// Reads a file within `limits`.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn open_with(path: &Path, limits: Limits) -> Result<Self, ReadError> {
        let io = |source| ReadError::Io {
            path: path.into(),
            source,
        };
        let mut file = File::open(path).map_err(io)?;
        let size = file.metadata().map_err(io)?.len();
        Self::from_reader(&mut file, size, limits, &io)
    }

    /// Reads from anything that is read from front to back and has about `size` bytes, within
    /// `limits`; `io` says where it could not be read.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn from_reader(
        file: &mut dyn Read,
        size: u64,
        limits: Limits,
        io: &dyn Fn(std::io::Error) -> ReadError,
    ) -> Result<Self, ReadError> {
        // a large file of another kind is not read whole to find that out
        let mut bytes = Vec::new();
        let mut read = |up_to: u64, bytes: &mut Vec<u8>| {
            (&mut *file).take(up_to).read_to_end(bytes).map_err(io)
        };
        read(BEGINNING, &mut bytes)?;
        is_dicom(&bytes)?;
        if size > limits.file {
            return Err(too_large("the file", limits.file));
        }
        let rest = size.saturating_sub(bytes.len() as u64);
        bytes.reserve_exact(usize::try_from(rest).unwrap_or(0));
        // a pipe has no size, and a file may grow
        let allowed = limits.file.saturating_sub(bytes.len() as u64);
        read(allowed.saturating_add(1), &mut bytes)?;
        if bytes.len() as u64 > limits.file {
            return Err(too_large("the file", limits.file));
        }
        Self::new(Cow::Owned(bytes), limits)
    }
}

/// RT ROI Interpreted Types (3006,00A4) that no target has, of PS3.3 C.8.8.8.1.
const NO_TARGETS: [&str; 6] = [
    "ORGAN",
    "AVOIDANCE",
    "EXTERNAL",
    "SUPPORT",
    "FIXATION",
    "BOLUS",
];

impl<'a> DicomFile<'a> {
    /// A file that is already in memory.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn from_bytes(bytes: &'a [u8], limits: Limits) -> Result<Self, ReadError> {
        if bytes.len() as u64 > limits.file {
            return Err(too_large("the file", limits.file));
        }
        Self::new(Cow::Borrowed(bytes), limits)
    }

    fn new(original: Cow<'a, [u8]>, limits: Limits) -> Result<Self, ReadError> {
        let header = Header::read(&original, limits.inflated)?;
        let mut file = Self {
            original,
            inflated: header.inflated,
            start: header.start,
            encoding: header.encoding,
            encapsulated: header.encapsulated,
            transfer_syntax: header.transfer_syntax,
            notes: header.notes,
            kind: Kind::Plan,
            show_patient: false,
        };
        let (class, modality) = {
            let set = file.data_set()?;
            (set.text(tags::SOP_CLASS_UID)?, set.code(tags::MODALITY)?)
        };
        file.kind = match (class, header.sop_class) {
            (Some(class), Some(stated)) if class != stated => {
                return Err(ReadError::Value {
                    element: ElementName(tags::SOP_CLASS_UID),
                    text: quoted(&class),
                    why: "the file's header names another kind of file",
                });
            }
            (Some(class), _) => Kind::of(&class),
            (None, _) => {
                return Err(ReadError::WrongKind {
                    expected: "an object that can be told apart",
                    found: match modality {
                        Some(modality) => format!(
                            "a data set without a SOP Class UID (its modality says {:?})",
                            quoted(&modality)
                        ),
                        None => "a data set without a SOP Class UID, such as a DICOMDIR".into(),
                    },
                });
            }
        };
        Ok(file)
    }

    /// Shows the texts that name the patient, as the reader asked for. Otherwise they are
    /// withheld wherever they are printed.
    ///
    /// ```
    /// use chemorad_dicom::{DicomFile, ReadError};
    /// fn label(file: DicomFile<'_>, show: bool) -> Result<String, ReadError> {
    ///     let plan = file.showing_patient(show).plan()?;
    ///     Ok(plan.label.map_or_else(String::new, |label| label.to_string()))
    /// }
    /// ```
    #[must_use]
    pub fn showing_patient(mut self, show: bool) -> Self {
        self.show_patient = show;
        self
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// How it is encoded.
    #[must_use]
    pub fn transfer_syntax(&self) -> &TransferSyntax {
        &self.transfer_syntax
    }

    /// What is odd about how it is encoded, though it was read; part of the notes of what is read from it.
    ///
    /// ```
    /// use chemorad_dicom::DicomFile;
    /// fn is_written_as_it_says(file: &DicomFile<'_>) -> bool {
    ///     file.notes().is_empty()
    /// }
    /// ```
    #[must_use]
    pub fn notes(&self) -> &[Finding] {
        &self.notes
    }

    /// The SHA-256 of the file as it is stored, in lower-case hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> String {
        let mut text = String::with_capacity(64);
        for byte in Sha256::digest(&*self.original) {
            for digit in [byte >> 4, byte & 0xF] {
                text.extend(char::from_digit(digit.into(), 16));
            }
        }
        text
    }

    /// The size of the file as it is stored.
    #[must_use]
    pub fn size(&self) -> usize {
        self.original.len()
    }

    /// Whom it is about, and its SOP Instance UID, whatever kind of object it is.
    ///
    /// # Errors
    /// A cut or corrupt file; a value that is not what it should be.
    pub fn patient(&self) -> Result<(Patient, Option<String>), ReadError> {
        let set = self.data_set()?;
        Ok((patient(&set)?, set.text(tags::SOP_INSTANCE_UID)?))
    }

    /// What a check holds against the plans of a structure set, and which object it is: its identifier, its
    /// patient and its regions by name; `source` is what to call it. Contours are not read.
    ///
    /// # Errors
    /// Another kind of file, named; a cut or corrupt file; a value that is not what it should be.
    pub fn structures(
        &self,
        source: impl Into<Identifying<String>>,
    ) -> Result<(PatientFile, Identity), ReadError> {
        if self.kind != Kind::StructureSet {
            return Err(self.wrong_kind("an RT Structure Set"));
        }
        let set = self.data_set()?;
        let texts = Texts::read(&set, self.show_patient)?;
        let regions = set.each(tags::STRUCTURE_SET_ROI_SEQUENCE, |item| {
            let number = item.integer(tags::ROI_NUMBER)?;
            let number = number.ok_or_else(|| missing(tags::ROI_NUMBER))?;
            Ok((number, texts.get(item, tags::ROI_NAME)?))
        })?;
        let kinds = set.each(tags::RTROI_OBSERVATIONS_SEQUENCE, |item| {
            let number = item.integer(tags::REFERENCED_ROI_NUMBER)?;
            Ok(number.zip(item.code(tags::RTROI_INTERPRETED_TYPE)?))
        })?;
        let kinds = kinds.into_iter().flatten();
        let no_targets = kinds.filter(|(_, kind)| NO_TARGETS.contains(&kind.as_str()));
        let identity = Identity::read(&set, &texts)?;
        let mut notes = rejected(&set)?;
        notes.extend_from_slice(&self.notes);
        let file = PatientFile {
            no_targets: no_targets.map(|(number, _)| number).collect(),
            source: source.into(),
            uid: set.text(tags::SOP_INSTANCE_UID)?,
            patient: texts.patient,
            regions,
            notes,
        };
        Ok((file, identity))
    }

    /// The plan in an RT Plan or RT Ion Plan.
    ///
    /// # Errors
    /// Another kind of file, named; a cut or corrupt file; a value that is not what it should be.
    pub fn plan(&self) -> Result<Plan, ReadError> {
        match self.kind {
            Kind::Plan | Kind::IonPlan => {
                let ion = self.kind == Kind::IonPlan;
                let mut plan = Plan::read(&self.data_set()?, ion, self.show_patient)?;
                plan.notes.extend_from_slice(&self.notes);
                Ok(plan)
            }
            _ => Err(self.wrong_kind("an RT Plan")),
        }
    }

    /// The dose in an RT Dose; it borrows the pixels.
    ///
    /// # Errors
    /// Another kind of file, named; a cut or corrupt file; a value that is not what it should be.
    pub fn dose(&self) -> Result<Dose<'_>, ReadError> {
        match self.kind {
            Kind::Dose => {
                let set = self.data_set()?;
                let mut dose = Dose::read(&set, self.encapsulated, self.show_patient)?;
                dose.notes.extend_from_slice(&self.notes);
                Ok(dose)
            }
            _ => Err(self.wrong_kind("an RT Dose")),
        }
    }

    /// The regions in an RT Structure Set.
    ///
    /// # Errors
    /// Another kind of file, named; a cut or corrupt file; a value that is not what it should be.
    pub fn structure_set(&self) -> Result<StructureSet, ReadError> {
        match self.kind {
            Kind::StructureSet => {
                let mut regions = StructureSet::read(&self.data_set()?, self.show_patient)?;
                regions.notes.extend_from_slice(&self.notes);
                Ok(regions)
            }
            _ => Err(self.wrong_kind("an RT Structure Set")),
        }
    }

    /// The contours in an RT Structure Set, region by region in file order.
    ///
    /// # Errors
    /// Another kind of file, named; a cut or corrupt file; a contour whose points are not as many as stated.
    pub fn contours(&self) -> Result<Vec<RegionContours>, ReadError> {
        match self.kind {
            Kind::StructureSet => RegionContours::read_all(&self.data_set()?, self.show_patient),
            _ => Err(self.wrong_kind("an RT Structure Set")),
        }
    }

    /// The session in an RT Beams Treatment Record or RT Ion Beams Treatment Record.
    ///
    /// # Errors
    /// Another kind of file, named; a cut or corrupt file; a value that is not what it should be.
    pub fn treatment_record(&self) -> Result<TreatmentRecord, ReadError> {
        let beams = match self.kind {
            Kind::TreatmentRecord => tags::TREATMENT_SESSION_BEAM_SEQUENCE,
            Kind::IonTreatmentRecord => tags::TREATMENT_SESSION_ION_BEAM_SEQUENCE,
            _ => return Err(self.wrong_kind("an RT Beams Treatment Record")),
        };
        let set = self.data_set()?;
        let mut record = TreatmentRecord::read(&set, beams, self.show_patient)?;
        record.encoding.extend_from_slice(&self.notes);
        let session = [(Subject::path("session"), &record)];
        record.notes = GivenTreatment::of(&session).findings;
        Ok(record)
    }

    fn wrong_kind(&self, expected: &'static str) -> ReadError {
        ReadError::WrongKind {
            expected,
            found: self.kind.to_string(),
        }
    }

    fn data(&self) -> &[u8] {
        match &self.inflated {
            Some(bytes) => bytes,
            None => self.original.get(self.start..).unwrap_or_default(),
        }
    }

    fn base(&self) -> usize {
        if self.inflated.is_some() {
            0
        } else {
            self.start
        }
    }

    fn data_set(&self) -> Result<DataSet<'_>, ReadError> {
        DataSet::read(self.data(), self.base(), self.encoding)
    }
}

impl fmt::Debug for DicomFile<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DicomFile")
            .field("kind", &self.kind)
            .field("transfer_syntax", &self.transfer_syntax)
            .field("size", &self.size())
            .finish_non_exhaustive()
    }
}

fn too_large(what: &'static str, limit: u64) -> ReadError {
    ReadError::TooLarge { what, limit }
}
