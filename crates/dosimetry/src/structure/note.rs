//! What a reader of a structure should know, with its words.

use std::fmt;

use chemorad::report::{Code, Observation, Outcome, Subject};

use crate::dose_file::SummationType;
use crate::histogram::bounded::Bounded;

pub(crate) const CONTOURS: Code = Code::new(
    "structure.contours",
    "Contours that are not as they should be",
    "Contours without an area, points and open lines enclose nothing, and a contour that is there twice would cancel itself in even-odd filling. They are left out, and one of each copy is kept. Copies are contours of one plane whose boundaries lie within 0.2 mm of one another on average, whatever their points. Contours that differ in height by no more than 0.1 mm are one plane, half-way between the lowest and the highest; the bounds enclose that all planes lie at their lowest, or all at their highest. Where contours follow one another in steps that small over more than 0.1 mm, it is not known which of them are one plane, and no limit is settled.",
    "Look at the structure in the system that it was exported from.",
);

pub(crate) const OVERLAP: Code = Code::new(
    "structure.overlap",
    "Contours that overlap or cross",
    "Even-odd filling leaves out what two contours of a plane both enclose. That is right for a hole in an organ and wrong for two parts that were drawn over one another, and the file does not say which is meant where neither contour lies in the other. A contour that crosses itself is filled on both sides of the crossing.",
    "Look at the structure in the system that it was exported from, and join its parts there.",
);

pub(crate) const SPACING: Code = Code::new(
    "structure.spacing",
    "A stated spacing that is not that of the planes",
    "A spacing is needed for a structure of one plane alone. The planes of this structure have another one, and that one is used.",
    "Look which of the two is right.",
);

pub(crate) const FRAME: Code = Code::new(
    "structure.frame_of_reference",
    "A structure or a dose without a frame of reference",
    "Coordinates of two files belong together where both are in one frame of reference. Where one of them does not state it, the same numbers may mean another place in the patient.",
    "Export both again from the plan, with their frame of reference.",
)
.with_source("DICOM PS3.3 C.7.4.1, Frame of Reference UID (0020,0052)");

pub(crate) const PART: Code = Code::new(
    "structure.dose_of_part",
    "Dose of a part of a plan",
    "A dose file may hold the dose of one beam, one fraction group or one brachytherapy setup. In a structure it looks like the dose of a plan that gives too little.",
    "Take the dose of the whole plan, or say that the part is meant: --part-of-plan.",
);

pub(crate) const GAP: Code = Code::new(
    "structure.gap",
    "Planes without a contour",
    "Between two planes of a structure lies more than one and a half times the usual spacing. The file does not say whether the structure goes on there. The value is that of planes which fill the space half-way from each side. Its bounds enclose that nothing lies there: in each of up to two such places by itself, in more of them all together, and then no limit is settled.",
    "Look whether contours are missing there, or whether the structure has two parts.",
);

pub(crate) const SMALL: Code = Code::new(
    "structure.small",
    "A small structure",
    "With fewer than four planes, or less than 1 cc, planning systems differ in volume by tens of percent, because each continues the contours in another way between the planes and at the ends (Eaton and Alty, 2017).",
    "Read the bounds, which enclose the two usual readings of the ends.",
);

pub(crate) const OUTSIDE: Code = Code::new(
    "structure.outside_grid",
    "A structure that the dose grid cuts",
    "Outside the outermost points of the dose grid no dose is known. It is neither 0 Gy nor that of the nearest point. A mean is then not known, and the bounds of a volume enclose both.",
    "Export the dose with a grid that holds the whole structure.",
);

pub(crate) const REJECTED: Code = Code::new(
    "structure.rejected",
    "A structure set that was rejected",
    "The structure set says that it was reviewed and failed to meet its criteria (Approval Status REJECTED). Its contours are those that somebody refused.",
    "Take the structure set that is approved, or have this one reviewed again.",
)
.with_source("DICOM PS3.3 C.8.8.16, Approval Status (300E,0002)");

pub(crate) const STORED: Code = Code::new(
    "structure.stored_differs",
    "A histogram of the dose file that differs",
    "The dose file holds a histogram of the structure, and what it states is not what these contours have in this dose: the volume differs by more than 5 % and 0.5 cc beyond the bounds, the mean by more than 2 % and 0.5 Gy, the maximum by more than 5 % and 1 Gy (this project's choice; planning systems differ by less). The contours or the dose may have changed since, or the numbers are percent.",
    "Look whether the structure set and the dose are those that the plan was judged with, and what the numbers of the planning system are.",
);

pub(crate) const PLACE: Code = Code::new(
    "structure.place",
    "A structure that lies otherwise than the others of its set",
    "Contours were not compared with an image; what the set says of itself was. Contours of one image lie in one plane. Planes of a structure lie on those of the structure with most planes, to 0.1 mm, or whole steps of its spacing from them. Of a pair that is named left and right, the left one lies farther to the left of the patient. A structure that was moved by whole planes with its images, scaled within its planes or renamed gives no such sign.",
    "Look at the structure over its images in the planning system: whether it was moved, scaled or exchanged, or the set was edited after the dose was calculated.",
)
.with_source("DICOM PS3.3 C.8.8.6, Contour Image Sequence (3006,0016); C.7.6.2.1.1, x increases to the left of the patient");

/// What a reader of a structure should know.
///
/// ```
/// use chemorad::report::Observation as _;
/// use chemorad_dosimetry::StructureNote;
/// let note = StructureNote::Copies { contours: 1 };
/// assert_eq!(note.code().name, "structure.contours");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum StructureNote {
    /// Contours without an area, left out.
    WithoutArea {
        /// How many.
        contours: usize,
    },
    /// Points and open lines beside the closed contours; they enclose nothing.
    NotClosed {
        /// How many.
        contours: usize,
    },
    /// The structure, the dose or both do not state a frame of reference.
    NoFrame,
    /// Contours that are there twice; one of each was kept.
    Copies {
        /// How many were left out.
        contours: usize,
    },
    /// Contours that differ in height by more than the noise of digits, and so little that they are one plane.
    UnevenPlanes {
        /// In how many planes.
        planes: usize,
        /// How far they differ at most, mm.
        distance: f64,
    },
    /// Contours that follow one another in steps that are finer than any image.
    PlanesTooClose,
    /// Contours of one plane that overlap, or one that winds over itself; even-odd filling leaves that out.
    Overlap {
        /// In how many planes.
        planes: usize,
        /// What is enclosed twice, cubic centimetres.
        cc: f64,
    },
    /// Contours that cross themselves, without winding over what they enclose.
    CrossesItself {
        /// How many.
        contours: usize,
    },
    /// Planes whose contours cancel one another.
    Cancelled {
        /// How many.
        planes: usize,
    },
    /// A spacing that was stated and is not that of the planes.
    OtherSpacing {
        /// As stated, mm.
        stated: f64,
        /// As the planes have it, mm.
        found: f64,
    },
    /// Planes farther apart than the others; the slabs fill the space between, or nothing does.
    Gap {
        /// The plane before it, mm along the normal.
        from: f64,
        /// The plane after it.
        to: f64,
        /// The usual spacing, mm.
        spacing: f64,
    },
    /// So small that planning systems differ by tens of percent.
    Small {
        /// The number of planes.
        planes: usize,
    },
    /// The dose is not that of a whole plan, or does not say so.
    DoseOfPart {
        /// What it says that it sums.
        summation: SummationType,
    },
    /// The structure set was reviewed and rejected.
    Rejected,
    /// A value that the dose file states of it is another than ours.
    StoredDiffers {
        /// `volume`, `mean` or `max`; `mean of the bins`, `max of the bins`.
        value: &'static str,
        /// Its unit.
        unit: &'static str,
        /// As the file states it.
        stored: f64,
        /// Ours.
        ours: Bounded,
    },
    /// Contours that name an image of which other structures have contours in another plane.
    OtherImage {
        /// How many.
        contours: usize,
        /// How far from there at most, mm.
        distance: f64,
    },
    /// Planes that lie between those of the structure of the set with most planes.
    BetweenPlanes {
        /// How many.
        planes: usize,
        /// Of how many.
        of: usize,
        /// How far from the nearest plane at most, mm.
        distance: f64,
        /// The usual spacing of the other structure, mm.
        spacing: f64,
    },
    /// Of a pair that is named left and right, the left one lies to the right of the other.
    OtherSide {
        /// Whether this one is called left.
        left: bool,
        /// How far the middle of the right one lies to the left of that of the left one, mm.
        distance: f64,
    },
    /// A part lies outside the dose grid.
    OutsideGrid {
        /// Its share of the volume, percent.
        percent: f64,
    },
}

impl StructureNote {
    /// What is to be said of a value that the dose file states, beside ours; nothing where they agree as planning
    /// systems do. What was meant may be so far from what is stored: 0 but for what follows from bins.
    ///
    /// ```
    /// use chemorad_dosimetry::{Bounded, StructureNote};
    /// let ours = Bounded { value: 40.0, lower: 39.5, upper: 40.5 };
    /// assert!(StructureNote::of_stored("mean", "Gy", 20.0, 0.0, ours).is_some());
    /// assert!(StructureNote::of_stored("mean", "Gy", 40.9, 0.0, ours).is_none());
    /// // by bins of 2 Gy
    /// assert!(StructureNote::of_stored("mean of the bins", "Gy", 43.0, 2.0, ours).is_none());
    /// ```
    #[must_use]
    pub fn of_stored(
        value: &'static str,
        unit: &'static str,
        stored: f64,
        within: f64,
        ours: Bounded,
    ) -> Option<Self> {
        let (share, least) = match value {
            "volume" => (0.05, 0.5),
            "mean" | "mean of the bins" => (0.02, 0.5),
            "max" | "max of the bins" => (0.05, 1.0),
            _ => return None,
        };
        let beyond = (ours.lower - stored).max(stored - ours.upper) - within;
        let is_far = beyond > least && beyond > share * ours.value;
        is_far.then_some(Self::StoredDiffers {
            value,
            unit,
            stored,
            ours,
        })
    }
}

impl Observation for StructureNote {
    fn code(&self) -> &Code {
        match self {
            Self::WithoutArea { .. }
            | Self::NotClosed { .. }
            | Self::Copies { .. }
            | Self::UnevenPlanes { .. }
            | Self::PlanesTooClose => &CONTOURS,
            Self::NoFrame => &FRAME,
            Self::Overlap { .. } | Self::CrossesItself { .. } | Self::Cancelled { .. } => &OVERLAP,
            Self::OtherSpacing { .. } => &SPACING,
            Self::Gap { .. } => &GAP,
            Self::Small { .. } => &SMALL,
            Self::DoseOfPart { .. } => &PART,
            Self::Rejected => &REJECTED,
            Self::StoredDiffers { .. } => &STORED,
            Self::OutsideGrid { .. } => &OUTSIDE,
            Self::OtherImage { .. } | Self::BetweenPlanes { .. } | Self::OtherSide { .. } => &PLACE,
        }
    }

    fn subject(&self) -> Subject {
        Subject::path("structure")
    }

    fn outcome(&self) -> Outcome {
        match self {
            Self::Overlap { .. }
            | Self::PlanesTooClose
            | Self::Cancelled { .. }
            | Self::DoseOfPart { .. }
            | Self::NoFrame
            | Self::OtherImage { .. }
            | Self::OtherSide { .. }
            | Self::OutsideGrid { .. } => Outcome::CannotTell,
            Self::Rejected => Outcome::Fail,
            _ => Outcome::Warn,
        }
    }
}

impl fmt::Display for StructureNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WithoutArea { contours } => {
                write!(f, "contours without an area were left out: {contours}")
            }
            Self::NotClosed { contours } => write!(
                f,
                "points and open lines, which enclose nothing, were left out: {contours}"
            ),
            Self::NoFrame => f.write_str(
                "the structure, the dose or both do not state a frame of reference, so whether the structure lies in this dose is not known",
            ),
            Self::Copies { contours } => {
                write!(f, "contours that are there twice were left out: {contours}")
            }
            Self::UnevenPlanes { planes, distance } => write!(
                f,
                "contours of one plane differ in height by up to {distance:.2} mm in planes: {planes}; they are taken half-way between, and the bounds enclose the lowest and the highest"
            ),
            Self::PlanesTooClose => f.write_str(
                "contours follow one another in steps of 0.1 mm or less, finer than any image, so which of them are one plane is not known",
            ),
            Self::Overlap { planes, cc } => write!(
                f,
                "contours overlap in planes: {planes}; {cc:.3} cc lie in two of them, and even-odd filling leaves that out"
            ),
            Self::CrossesItself { contours } => write!(
                f,
                "contours that cross themselves: {contours}; what they enclose on either side is filled"
            ),
            Self::Cancelled { planes } => write!(
                f,
                "contours cancel one another by even-odd filling in planes: {planes}; nothing is filled there"
            ),
            Self::OtherSpacing { stated, found } => write!(
                f,
                "planes are usually {found:.2} mm apart: the stated spacing of {stated:.2} mm was not used"
            ),
            Self::Gap { from, to, spacing } => write!(
                f,
                "no contour between {from:.2} and {to:.2} mm, where planes are usually {spacing:.2} mm apart: the value is that of space filled half-way from each side, and the bounds enclose that nothing lies there"
            ),
            Self::Small { planes } => write!(
                f,
                "a small structure ({planes} planes): systems differ in its volume by tens of percent"
            ),
            Self::DoseOfPart { summation } => write!(
                f,
                "the summation type of the dose is {summation}, so it may be that of a part of a plan"
            ),
            Self::Rejected => f.write_str("the structure set was reviewed and rejected"),
            Self::StoredDiffers {
                value,
                unit,
                stored,
                ours,
            } => write!(
                f,
                "the dose file states the {value} {stored:.3} {unit}, and these contours have {:.3} {unit} ({:.3} to {:.3}) in this dose: are they those that the plan was judged with?",
                ours.value, ours.lower, ours.upper
            ),
            Self::OtherImage { contours, distance } => write!(
                f,
                "contours that lie up to {distance:.2} mm from where other structures have the image that they name: {contours}; was the structure moved?"
            ),
            Self::BetweenPlanes {
                planes,
                of,
                distance,
                spacing,
            } => write!(
                f,
                "{planes} of {of} planes lie up to {distance:.2} mm from the planes of the other structures, which are {spacing:.2} mm apart: was the structure moved or scaled?"
            ),
            Self::OtherSide { left, distance } => {
                let [own, other] = if *left { ["left", "right"] } else { ["right", "left"] };
                write!(
                    f,
                    "it is called {own}, and its pair that is called {other} lies {distance:.1} mm on the wrong side of it: were the names exchanged?"
                )
            }
            Self::OutsideGrid { percent } => write!(
                f,
                "{percent:.2} % of the volume lie outside the dose grid, where no dose is known"
            ),
        }
    }
}
