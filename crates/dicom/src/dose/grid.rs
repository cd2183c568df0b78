//! The grid: where the voxels are, and how it is read.

use chemorad::number::Decimal;
use chemorad::report::Finding;
use dicom_core::Tag;
use dicom_dictionary_std::tags;
use serde::Serialize;

use super::finding::GridFinding;
use super::impossible::ImpossibleGeometry;
use super::pixels::Pixels;
use crate::data_set::{DataSet, Encoding, missing};
use crate::error::{ElementName, ReadError, quoted};

/// Where the voxels are. Lengths in millimetres, exact as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Grid {
    /// Frames: planes of voxels.
    pub frames: u32,
    /// Rows of a frame.
    pub rows: u16,
    /// Columns of a frame.
    pub columns: u16,
    /// Image Position (0020,0032): the centre of the first voxel.
    pub position: Option<[Decimal; 3]>,
    /// Image Orientation (0020,0037): the directions of rows and columns.
    pub orientation: Option<[Decimal; 6]>,
    /// Pixel Spacing (0028,0030): between rows, between columns.
    pub spacing: Option<[Decimal; 2]>,
    /// Grid Frame Offset Vector (3004,000C) as written, one per frame; they may go forward or backward.
    pub offsets: Vec<Decimal>,
    /// Slice Thickness (0018,0050).
    pub thickness: Option<Decimal>,
}

impl Grid {
    /// All voxels.
    #[must_use]
    pub fn voxels(&self) -> u64 {
        u64::from(self.frames) * u64::from(self.rows) * u64::from(self.columns)
    }

    /// The distance of each frame from the first: offsets may be written as distances or as positions
    /// (PS3.3 C.8.8.3.2).
    #[must_use]
    pub fn frame_distances(&self) -> Option<Vec<Decimal>> {
        let first = self.offsets.first().copied().unwrap_or(Decimal::ZERO);
        self.offsets
            .iter()
            .map(|offset| offset.checked_sub(first))
            .collect()
    }
}

/// Millimetres within which two offsets or positions are one: finer than any of them is known.
const SAME_OFFSET: Option<Decimal> = Decimal::new(1, -4);

/// Whether two lengths in millimetres are the same.
pub(crate) fn is_same_offset(one: Decimal, other: Decimal) -> bool {
    one.checked_sub(other)
        .zip(SAME_OFFSET)
        .is_some_and(|(apart, limit)| apart.abs() <= limit)
}

/// Of a unit vector: what rounding to two digits may do to the length and the right angle of directions.
const DIRECTION_TOLERANCE: f64 = 0.01;

impl Grid {
    /// Spacing or directions that no grid can have, so that where the voxels lie is not known.
    #[must_use]
    pub fn impossible(&self) -> Option<ImpossibleGeometry> {
        if let Some(spacing) = self.spacing {
            if spacing.iter().any(|length| !length.is_positive()) {
                return Some(ImpossibleGeometry::Spacing(spacing));
            }
        }
        let orientation = self.orientation?;
        let [a, b, c, d, e, f] = orientation.map(Decimal::to_f64);
        let off = [
            (a * a + b * b + c * c).sqrt() - 1.0,
            (d * d + e * e + f * f).sqrt() - 1.0,
            a * d + b * e + c * f,
        ];
        let possible = off.iter().all(|off| off.abs() <= DIRECTION_TOLERANCE);
        (!possible).then_some(ImpossibleGeometry::Orientation(orientation))
    }

    /// Whether rows and columns lie as of a patient on the back, head first: 1, 0, 0, 0, 1, 0.
    fn is_axial(&self) -> bool {
        let axial = [1_u32, 0, 0, 0, 1, 0].map(Decimal::from);
        let same = |orientation: [Decimal; 6]| {
            orientation
                .into_iter()
                .zip(axial)
                .all(|(one, other)| is_same_offset(one, other))
        };
        self.orientation.is_some_and(same)
    }

    /// The first frame offset, where the standard does not say what it means: it is neither zero nor, with
    /// the orientation 1, 0, 0, 0, 1, 0, the z of Image Position (PS3.3 C.8.8.3.2).
    ///
    /// Where the frames lie is then not known, only how far they are from one another.
    #[must_use]
    pub fn undefined_first_offset(&self) -> Option<Decimal> {
        let first = *self.offsets.first()?;
        let of_position = self
            .position
            .is_some_and(|[_, _, z]| is_same_offset(first, z));
        let defined = is_same_offset(first, Decimal::ZERO) || (of_position && self.is_axial());
        (!defined).then_some(first)
    }

    /// The distance from each frame to the next in millimetres, negative when they go backward; `None` for
    /// a single frame, or when an offset is more than 0.0001 mm from where even steps put it.
    ///
    /// Where the offsets are not exactly even, it is the shortest decimal that fits them all.
    #[must_use]
    pub fn frame_step(&self) -> Option<Decimal> {
        const PLACES: usize = 12;
        let distances = self.frame_distances()?;
        let fits = |step: Decimal, same: fn(Decimal, Decimal) -> bool| {
            (0_u32..).zip(&distances).all(|(count, distance)| {
                step.checked_mul(count.into())
                    .is_some_and(|even| same(even, *distance))
            })
        };
        let first = *distances.get(1)?;
        if fits(first, |even, distance| even == distance) {
            return Some(first);
        }
        let count = u32::try_from(distances.len()).ok()?.checked_sub(1)?;
        let mean = distances.last()?.to_f64() / f64::from(count);
        (0..=PLACES)
            .filter_map(|places| format!("{mean:.places$}").parse().ok())
            .find(|step| fits(*step, is_same_offset))
    }

    /// The volume of one voxel in cubic centimetres; `None` when the file does not say it, or when the
    /// frames are unevenly spaced. A single frame is as thick as its slice thickness.
    #[must_use]
    pub fn voxel_volume(&self) -> Option<Decimal> {
        let [rows, columns] = self.spacing?;
        let thickness = match self.frames {
            1 => self.thickness?,
            _ => self.frame_step()?.abs(),
        };
        let volume = rows.checked_mul(columns)?.checked_mul(thickness)?;
        volume
            .checked_mul(Decimal::new(1, -3)?)
            .filter(|volume| volume.is_positive())
    }
}

fn refused(tag: Tag, text: String, why: &'static str) -> ReadError {
    ReadError::Value {
        element: ElementName(tag),
        text,
        why,
    }
}

pub(super) fn read_grid<'a>(
    set: &DataSet<'a>,
    bytes: &'a [u8],
    notes: &mut Vec<Finding>,
) -> Result<(Grid, Pixels<'a>), ReadError> {
    let rows = set.required_short(tags::ROWS)?;
    let columns = set.required_short(tags::COLUMNS)?;
    let frames = set.count(tags::NUMBER_OF_FRAMES)?.unwrap_or(1);
    if rows == 0 || columns == 0 || frames == 0 {
        return Err(refused(
            tags::ROWS,
            format!("{frames} frames, {rows} rows, {columns} columns"),
            "the grid has no voxels",
        ));
    }
    let wide = read_width(set)?;
    let size = if wide { 4 } else { 2 };
    let needed = (u64::from(frames) * u64::from(rows))
        .checked_mul(u64::from(columns) * size)
        .and_then(|needed| usize::try_from(needed).ok());
    // one byte may be added to make the length even
    let pixels = needed
        .and_then(|needed| bytes.get(..needed))
        .filter(|pixels| bytes.len() - pixels.len() <= 1)
        .ok_or_else(|| {
            refused(
                tags::PIXEL_DATA,
                format!("{} bytes", bytes.len()),
                "its length is not frames x rows x columns x bytes per voxel",
            )
        })?;
    let grid = Grid {
        frames,
        rows,
        columns,
        position: set.exactly(tags::IMAGE_POSITION_PATIENT)?,
        orientation: set.exactly(tags::IMAGE_ORIENTATION_PATIENT)?,
        spacing: set.exactly(tags::PIXEL_SPACING)?,
        offsets: read_offsets(set, frames, notes)?,
        thickness: set.decimal(tags::SLICE_THICKNESS)?.map(|text| text.value()),
    };
    if let Some(first) = grid.undefined_first_offset() {
        let z = grid.position.map(|[_, _, z]| z);
        notes.push(GridFinding::FirstOffset { first, z }.into());
    }
    if let Some(geometry) = grid.impossible() {
        notes.push(GridFinding::Impossible { geometry }.into());
    }
    let size = [u32::from(columns), u32::from(rows), frames];
    if size.contains(&1) {
        notes.push(GridFinding::NoVolume { size }.into());
    }
    let pixels = Pixels {
        bytes: pixels,
        wide,
        big_endian: set.encoding() == Encoding::BIG_ENDIAN,
    };
    Ok((grid, pixels))
}

/// Whether a voxel takes 32 bits, or 16.
fn read_width(set: &DataSet<'_>) -> Result<bool, ReadError> {
    let bits = set.required_short(tags::BITS_ALLOCATED)?;
    if bits != 16 && bits != 32 {
        return Err(refused(
            tags::BITS_ALLOCATED,
            bits.to_string(),
            "a dose has 16 or 32 bits",
        ));
    }
    for (tag, allowed, why) in [
        (
            tags::BITS_STORED,
            bits,
            "a dose stores all the bits it allocates",
        ),
        (
            tags::PIXEL_REPRESENTATION,
            0,
            "only a dose difference has signed numbers, and those are not read",
        ),
        (
            tags::SAMPLES_PER_PIXEL,
            1,
            "a dose has one number per voxel",
        ),
    ] {
        if let Some(value) = set.short(tag)?.filter(|value| *value != allowed) {
            return Err(refused(tag, value.to_string(), why));
        }
    }
    Ok(bits == 32)
}

/// The offsets around the first that repeats or turns.
fn turns(offsets: &[Decimal]) -> String {
    let up = |pair: &[Decimal]| matches!(pair, [first, second] if first < second);
    let down = |pair: &[Decimal]| matches!(pair, [first, second] if first > second);
    let rising = offsets.windows(2).next().is_some_and(up);
    let wrong = offsets
        .windows(2)
        .position(|pair| if rising { !up(pair) } else { !down(pair) });
    let around = wrong.map_or(0, |at| at.saturating_sub(1));
    let shown: Vec<String> = offsets
        .iter()
        .skip(around)
        .take(4)
        .map(ToString::to_string)
        .collect();
    format!("{} (from offset {})", shown.join(", "), around + 1)
}

fn read_offsets(
    set: &DataSet<'_>,
    frames: u32,
    notes: &mut Vec<Finding>,
) -> Result<Vec<Decimal>, ReadError> {
    let tag = tags::GRID_FRAME_OFFSET_VECTOR;
    let mut offsets = set.decimals(tag)?;
    let wanted = usize::try_from(frames).unwrap_or(usize::MAX);
    match offsets.len() {
        0 if frames == 1 => {}
        0 => return Err(missing(tag)),
        listed if listed < wanted => {
            return Err(refused(
                tag,
                format!("{listed} offsets"),
                "there are more frames than offsets",
            ));
        }
        listed if listed > wanted => {
            notes.push(GridFinding::FrameOffsets { frames, listed }.into());
            offsets.truncate(wanted);
        }
        _ => {}
    }
    let rising = |pair: &[Decimal]| matches!(pair, [first, second] if first < second);
    let falling = |pair: &[Decimal]| matches!(pair, [first, second] if first > second);
    if !offsets.windows(2).all(rising) && !offsets.windows(2).all(falling) {
        return Err(refused(
            tag,
            quoted(&turns(&offsets)),
            "they must go one way and never repeat",
        ));
    }
    notes.extend(frames_missing(&offsets).map(Finding::from));
    Ok(offsets)
}

/// Steps of two or more times those on either side, which are alike.
fn frames_missing(offsets: &[Decimal]) -> Option<GridFinding> {
    let step = |pair: &[Decimal]| match pair {
        [first, second] => (second.to_f64() - first.to_f64()).abs(),
        _ => 0.0,
    };
    let steps: Vec<f64> = offsets.windows(2).map(step).collect();
    let is_wide = |three: &[f64]| match *three {
        [before, step, after] => {
            let times = step / before;
            let is_alike = (after / before - 1.0).abs() < ALIKE;
            is_alike && times > 1.5 && (times - times.round()).abs() < ALIKE
        }
        _ => false,
    };
    let mut wide = steps.windows(3).filter(|three| is_wide(three));
    let first = wide.next()?;
    Some(GridFinding::FramesMissing {
        places: 1 + wide.count(),
        step: *first.get(1)?,
        usual: *first.first()?,
    })
}

/// Steps that differ by less than this share of one are alike.
const ALIKE: f64 = 0.02;
