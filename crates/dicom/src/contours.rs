//! The contours of an RT Structure Set.

use std::collections::BTreeSet;

use chemorad::report::Identifying;
use dicom_core::Tag;
use dicom_dictionary_std::tags;

use crate::data_set::{DataSet, missing};
use crate::error::{ElementName, ReadError};
use crate::patient::Texts;
use crate::uid::Uid;

/// Contour Slab Thickness and Contour Offset Vector, which left the standard in 2021.
const RETIRED: [Tag; 2] = [Tag(0x3006, 0x0044), Tag(0x3006, 0x0045)];

/// The contours of one region, in patient coordinates.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RegionContours {
    /// ROI Number (3006,0022).
    pub number: i32,
    /// ROI Name (3006,0026).
    pub name: Option<Identifying<String>>,
    /// Referenced Frame of Reference UID (3006,0024).
    pub frame_of_reference: Option<Uid>,
    /// The closed contours (`CLOSED_PLANAR`, `CLOSEDPLANAR_XOR`): points in millimetres.
    pub closed: Vec<Vec<[f64; 3]>>,
    /// The image that each of them is on, as the first item of Contour Image Sequence (3006,0016) names it: its SOP
    /// Instance UID, and the frame where it has several.
    pub images: Vec<Option<String>>,
    /// How many contours are points or open lines, which enclose nothing.
    pub not_closed: usize,
}

impl RegionContours {
    pub(crate) fn read_all(set: &DataSet<'_>, show_patient: bool) -> Result<Vec<Self>, ReadError> {
        let texts = Texts::read(set, show_patient)?;
        let mut regions = Vec::new();
        for item in set.items(tags::STRUCTURE_SET_ROI_SEQUENCE) {
            let item = item?;
            let number = item.integer(tags::ROI_NUMBER)?;
            let number = number.ok_or_else(|| missing(tags::ROI_NUMBER))?;
            if regions.iter().any(|region: &Self| region.number == number) {
                return Err(ReadError::Value {
                    element: ElementName(tags::ROI_NUMBER),
                    text: number.to_string(),
                    why: "two structures have this number, so whose contours are whose is not known",
                });
            }
            regions.push(Self {
                number,
                name: texts.get(&item, tags::ROI_NAME)?,
                frame_of_reference: texts.uid(&item, tags::REFERENCED_FRAME_OF_REFERENCE_UID)?,
                closed: Vec::new(),
                images: Vec::new(),
                not_closed: 0,
            });
        }
        let mut drawn = BTreeSet::new();
        for item in set.items(tags::ROI_CONTOUR_SEQUENCE) {
            let item = item?;
            let number = item
                .integer(tags::REFERENCED_ROI_NUMBER)?
                .ok_or_else(|| missing(tags::REFERENCED_ROI_NUMBER))?;
            let mut known = regions.iter_mut();
            let Some(region) = known.find(|region| region.number == number) else {
                return Err(ReadError::Value {
                    element: ElementName(tags::REFERENCED_ROI_NUMBER),
                    text: number.to_string(),
                    why: "no structure has this number, so whose contours these are is not known",
                });
            };
            if !drawn.insert(number) {
                return Err(ReadError::Value {
                    element: ElementName(tags::REFERENCED_ROI_NUMBER),
                    text: number.to_string(),
                    why: "two sets of contours have this number, so whose contours are whose is not known",
                });
            }
            for contour in item.items(tags::CONTOUR_SEQUENCE) {
                let contour = contour?;
                let kind = contour.code(tags::CONTOUR_GEOMETRIC_TYPE)?;
                match kind.as_deref() {
                    Some("CLOSED_PLANAR" | "CLOSEDPLANAR_XOR") => {
                        region.closed.push(points(&contour)?);
                        region.images.push(image(&contour)?);
                    }
                    Some(_) => region.not_closed += 1,
                    None => return Err(missing(tags::CONTOUR_GEOMETRIC_TYPE)),
                }
            }
        }
        Ok(regions)
    }
}

fn image(contour: &DataSet<'_>) -> Result<Option<String>, ReadError> {
    let Some(item) = contour.items(tags::CONTOUR_IMAGE_SEQUENCE).next() else {
        return Ok(None);
    };
    let item = item?;
    let frame = item.text(tags::REFERENCED_FRAME_NUMBER)?;
    let uid = item.text(tags::REFERENCED_SOP_INSTANCE_UID)?;
    Ok(uid.map(|uid| match frame {
        Some(frame) => format!("{uid} {frame}"),
        None => uid,
    }))
}

/// Contour Data (3006,0050): x, y and z of each point.
fn points(contour: &DataSet<'_>) -> Result<Vec<[f64; 3]>, ReadError> {
    let refused = |text: String, why| ReadError::Value {
        element: ElementName(tags::CONTOUR_DATA),
        text,
        why,
    };
    for tag in RETIRED {
        let mut values = contour.decimals(tag)?.into_iter();
        if values.any(|value| !value.is_zero()) {
            return Err(ReadError::Value {
                element: ElementName(tag),
                text: "a value that is not zero".into(),
                why: "it is retired and its meaning was disputed; export the contours without it",
            });
        }
    }
    let mut numbers = Vec::new();
    for value in contour.each_number(tags::CONTOUR_DATA)? {
        numbers.push(value?);
    }
    let points: Vec<[f64; 3]> = numbers
        .chunks_exact(3)
        .filter_map(|point| point.first_chunk().copied())
        .collect();
    if numbers.len() % 3 != 0 {
        return Err(refused(
            format!("{} numbers", numbers.len()),
            "each point has three",
        ));
    }
    let stated = contour.count(tags::NUMBER_OF_CONTOUR_POINTS)?;
    if let Some(stated) = stated.filter(|stated| usize::try_from(*stated) != Ok(points.len())) {
        return Err(refused(
            format!("{} points where {stated} are stated", points.len()),
            "Number of Contour Points must be the number of points",
        ));
    }
    Ok(points)
}
