//! What is odd about the grid and the histograms of a dose, with its words.

use std::fmt;

use chemorad::number::Decimal;
use chemorad::report::{Code, Observation, Outcome, Subject, Values};
use chemorad::written;

use super::impossible::ImpossibleGeometry;
use crate::regions::regions_in_words;

/// What was found about the numbers of a dose while it was read.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum GridFinding {
    /// The dose was reviewed and rejected.
    Rejected,
    /// More offsets of frames than frames.
    FrameOffsets {
        /// How many frames there are.
        frames: u32,
        /// How many offsets are listed.
        listed: usize,
    },
    /// Frames that are farther apart than those on either side, by whole steps: frames between them may be missing.
    FramesMissing {
        /// How many such places there are.
        places: usize,
        /// How far apart the frames are at the first, mm.
        step: f64,
        /// How far apart they are beside it, mm.
        usual: f64,
    },
    /// The first offset of the frames, where the standard does not say what it means.
    FirstOffset {
        /// The offset, in millimetres.
        first: Decimal,
        /// The z of Image Position.
        z: Option<Decimal>,
    },
    /// Spacing or directions that no grid can have.
    Impossible {
        /// Which.
        geometry: ImpossibleGeometry,
    },
    /// The dose was brought from other images.
    Transformed {
        /// Spatial Transform of Dose: `RIGID` or `NON_RIGID`, or as written.
        kind: String,
    },
    /// A grid with one voxel in a direction.
    NoVolume {
        /// Columns, rows and frames.
        size: [u32; 3],
    },
    /// A histogram with another number of bins than it states.
    DvhBins {
        /// The regions of the histogram.
        regions: Vec<i32>,
        /// The regions that are left out of them.
        excluded: Vec<i32>,
        /// DVH Number of Bins, as stated.
        stated: u32,
        /// The bins that there are.
        found: u64,
    },
    /// A histogram whose bins are not of the kind that its type says.
    DvhKind {
        /// The regions of the histogram.
        regions: Vec<i32>,
        /// The regions that are left out of them.
        excluded: Vec<i32>,
        /// DVH Type, as stated.
        stated: String,
    },
    /// The maximum of a histogram is not where its volume ends.
    DvhMaximum {
        /// The regions of the histogram.
        regions: Vec<i32>,
        /// The regions that are left out of them.
        excluded: Vec<i32>,
        /// The maximum in the tags.
        maximum: Decimal,
        /// The end of the last bin with volume.
        end: Decimal,
    },
}

pub(crate) const REJECTED: Code = Code::new(
    "dose.rejected",
    "A dose that was rejected",
    "The dose says that it was reviewed and failed to meet its criteria (Approval Status REJECTED): somebody \
     refused it.",
    "Take the dose that is approved, or have this one reviewed again.",
)
.with_source("DICOM PS3.3 C.8.8.16, Approval Status (300E,0002)");
pub(crate) const FRAME_OFFSETS: Code = Code::new(
    "dose.frame_offsets",
    "Offsets of the frames",
    "Each frame of a dose grid has one offset. Where more are listed, the surplus is left out; the grid may be \
     cut off. Where two frames are two or more whole steps apart, and those on either side one step, frames \
     between them may be missing; the dose there is read between the frames that there are.",
    "Export the dose again from the planning system, and compare the number of frames.",
)
.with_source("DICOM PS3.3 C.8.8.3.2, Grid Frame Offset Vector (3004,000C)");
pub(crate) const FIRST_OFFSET: Code = Code::new(
    "dose.first_offset",
    "First offset of the frames",
    "The offsets of the frames begin with zero and are distances from Image Position, or they begin with its z \
     and are positions, which is defined for the orientation 1, 0, 0, 0, 1, 0 alone. With any other first \
     offset the standard does not say where the frames lie, and programs place them differently.",
    "Export the dose again with offsets that begin with zero. Until then it is not added to another dose, and \
     no dose is written on its grid.",
)
.with_source("DICOM PS3.3 C.8.8.3.2, Grid Frame Offset Vector (3004,000C)");
pub(crate) const GEOMETRY: Code = Code::new(
    "dose.geometry",
    "Geometry of the grid",
    "Pixel Spacing is two lengths above zero, and Image Orientation two directions of length 1 at right angles \
     (here within 0.01). With other numbers it is not known where the voxels lie.",
    "Export the dose again from the planning system. Until then it is not added to another dose, and no dose is \
     written on its grid.",
)
.with_source("DICOM PS3.3 C.7.6.2, Image Plane Module");
pub(crate) const TRANSFORMED: Code = Code::new(
    "dose.spatial_transform",
    "A dose brought from other images",
    "The dose does not lie where it was calculated: it was brought to these images by a registration. Where that \
     is not rigid, parts of it are stretched, and the dose of a voxel is no longer that of the plan.",
    "Give the dose as it was calculated. Where the transformed one is meant, a person must judge the registration.",
)
.with_source("DICOM PS3.3 C.8.8.3, Spatial Transform of Dose (3004,0005)");
pub(crate) const NO_VOLUME: Code = Code::new(
    "dose.no_volume",
    "A grid without volume",
    "The grid has one voxel in a direction: it is a plane, a line or a point, and no dose around it is known. Its \
     maximum need not be that of the plan, and it holds no organ.",
    "Export the dose of the whole plan. A plane of dose for quality assurance is no dose of a patient.",
)
.with_source("DICOM PS3.3 C.7.6.3, Rows and Columns; C.7.6.6, Number of Frames");
pub(crate) const DVH_MAXIMUM: Code = Code::new(
    "dvh.tags_vs_data",
    "Histogram: tags against data",
    "A dose volume histogram states its maximum in a tag and has no volume beyond it in its data. Some planning \
     systems write percent into the tag where it says gray. The two are compared to 1 %; bins without volume at \
     the end do not count. The number of its bins is the one that it states (DVH Number of Bins).",
    "Use neither number until the histogram has been looked at in the planning system.",
);
pub(crate) const DVH_KIND: Code = Code::new(
    "dvh.type_vs_data",
    "Histogram: type against data",
    "A cumulative volume never rises from bin to bin. A differential one that falls from the first of five bins or \
     more on is cumulative by its looks, and its sum is no volume.",
    "Use neither before the histogram has been looked at in the planning system.",
)
.with_source("DICOM PS3.3 C.8.8.4, DVH Type (3004,0001) and DVH Data (3004,0058)");
impl Observation for GridFinding {
    fn code(&self) -> &Code {
        match self {
            Self::Rejected => &REJECTED,
            Self::FrameOffsets { .. } | Self::FramesMissing { .. } => &FRAME_OFFSETS,
            Self::FirstOffset { .. } => &FIRST_OFFSET,
            Self::Impossible { .. } => &GEOMETRY,
            Self::Transformed { .. } => &TRANSFORMED,
            Self::NoVolume { .. } => &NO_VOLUME,
            Self::DvhMaximum { .. } | Self::DvhBins { .. } => &DVH_MAXIMUM,
            Self::DvhKind { .. } => &DVH_KIND,
        }
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::Rejected => Outcome::Fail,
            Self::Transformed { kind } if kind != "RIGID" => Outcome::CannotTell,
            _ => Outcome::Warn,
        }
    }

    fn subject(&self) -> Subject {
        Subject::path(match self {
            Self::Rejected => "dose".into(),
            Self::FrameOffsets { .. }
            | Self::FramesMissing { .. }
            | Self::FirstOffset { .. }
            | Self::Transformed { .. }
            | Self::NoVolume { .. }
            | Self::Impossible { .. } => "dose grid".into(),
            Self::DvhMaximum { regions, .. }
            | Self::DvhBins { regions, .. }
            | Self::DvhKind { regions, .. }
                if regions.is_empty() =>
            {
                "DVH of no region".into()
            }
            Self::DvhMaximum {
                regions, excluded, ..
            }
            | Self::DvhBins {
                regions, excluded, ..
            }
            | Self::DvhKind {
                regions, excluded, ..
            } => format!("DVH of region {}", regions_in_words(regions, excluded)),
        })
    }

    fn values(&self) -> Values {
        match self {
            Self::DvhKind { stated, .. } => {
                Values::expected(stated).and_found(if stated == "CUMULATIVE" {
                    "volumes that rise"
                } else {
                    "volumes that only fall"
                })
            }
            Self::DvhBins { stated, found, .. } => {
                Values::expected(format!("{stated} bins")).and_found(found)
            }
            Self::FrameOffsets { frames, listed } => Values::expected(frames).and_found(listed),
            Self::FramesMissing { step, usual, .. } => {
                Values::expected(format!("{usual:.2} mm")).and_found(format!("{step:.2} mm"))
            }
            Self::FirstOffset { first, z } => Values::expected(match z {
                Some(z) if !z.is_zero() => {
                    written!(
                        "0 mm, or {} mm where the orientation is 1, 0, 0, 0, 1, 0",
                        z
                    )
                }
                _ => written!("0 mm"),
            })
            .and_found(written!("{} mm", first)),
            Self::Rejected | Self::Impossible { .. } => Values::default(),
            Self::NoVolume {
                size: [columns, rows, frames],
            } => Values::found(format!("{columns} x {rows} x {frames} voxels")),
            Self::Transformed { kind } => Values::expected("NONE").and_found(kind),
            Self::DvhMaximum { maximum, end, .. } => {
                Values::expected(written!("{} (end of the volume)", end))
                    .and_found(written!("{} (DVH Maximum Dose)", maximum))
            }
        }
    }
}

impl fmt::Display for GridFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rejected => "the dose was reviewed and rejected (Approval Status)",
            Self::Impossible { geometry } => {
                return write!(f, "{geometry}, so where the voxels lie is not known");
            }
            Self::NoVolume { .. } => {
                "the grid has one voxel in a direction, so it is no volume, and its maximum need not be that of the plan"
            }
            Self::Transformed { .. } => {
                "the dose was brought from other images (Spatial Transform of Dose): it is not that of the plan as it was calculated"
            }
            Self::FrameOffsets { .. } => "more frame offsets than frames; the first ones are taken",
            Self::FramesMissing { places, .. } => {
                return write!(
                    f,
                    "frames are farther apart than those on either side, by whole steps, in places: {places}; is a frame missing there? The dose between is read from its neighbours"
                );
            }
            Self::FirstOffset { .. } => {
                "the first offset of the frames is neither zero nor the z of the position, so where the frames lie is not defined"
            }
            Self::DvhBins { .. } => {
                "it has another number of bins than it states (DVH Number of Bins): a part may be missing, or belong to another histogram"
            }
            Self::DvhKind { .. } => {
                "its volumes are not those of the type that it states: its volume is not read"
            }
            Self::DvhMaximum { .. } => {
                "the maximum in the tags is not where the volume ends; one of them may be in percent: use neither without a look"
            }
        })
    }
}
