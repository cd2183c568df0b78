//! Dose volume histograms as a file states them.

use chemorad::number::Decimal;
use chemorad::report::Finding;
use dicom_dictionary_std::tags;
use serde::Serialize;

use crate::data_set::DataSet;
use crate::decimal_string::DecimalString;
use crate::error::{ElementName, ReadError};
use crate::finding::DicomFinding;

/// One item of the DVH Sequence (3004,0050): its tags, and what its data say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Dvh {
    /// Referenced ROI Numbers (3006,0084).
    pub regions: Vec<i32>,
    /// DVH Type (3004,0001): `CUMULATIVE`, `DIFFERENTIAL`, `NATURAL`.
    pub dvh_type: Option<String>,
    /// Dose Units (3004,0002): `GY` or `RELATIVE`.
    pub dose_units: Option<String>,
    /// DVH Dose Scaling (3004,0052).
    pub dose_scaling: Option<DecimalString>,
    /// DVH Volume Units (3004,0054).
    pub volume_units: Option<String>,
    /// DVH Number of Bins (3004,0056), as declared.
    pub bins: Option<u32>,
    /// DVH Minimum Dose (3004,0070), as written; some systems write percent here.
    pub minimum: Option<DecimalString>,
    /// DVH Maximum Dose (3004,0072), as written.
    pub maximum: Option<DecimalString>,
    /// DVH Mean Dose (3004,0074), as written.
    pub mean: Option<DecimalString>,
    /// Where the data end: the sum of the bin widths times the scaling, in the dose units.
    pub data_end: Option<Decimal>,
    /// The volume of the first bin: the whole volume, when cumulative.
    pub first_volume: Option<Decimal>,
}

impl Dvh {
    pub(crate) fn read(set: &DataSet<'_>) -> Result<Self, ReadError> {
        let mut regions = Vec::new();
        for item in set.items(tags::DVH_REFERENCED_ROI_SEQUENCE) {
            regions.extend(item?.integer(tags::REFERENCED_ROI_NUMBER)?);
        }
        let dose_scaling = set.decimal(tags::DVH_DOSE_SCALING)?;
        let (data_end, first_volume) = data(set, dose_scaling.as_ref())?;
        Ok(Self {
            regions,
            dvh_type: set.code(tags::DVH_TYPE)?,
            dose_units: set.code(tags::DOSE_UNITS)?,
            dose_scaling,
            volume_units: set.code(tags::DVH_VOLUME_UNITS)?,
            bins: set.count(tags::DVH_NUMBER_OF_BINS)?,
            minimum: set.decimal(tags::DVH_MINIMUM_DOSE)?,
            maximum: set.decimal(tags::DVH_MAXIMUM_DOSE)?,
            mean: set.decimal(tags::DVH_MEAN_DOSE)?,
            data_end,
            first_volume,
        })
    }

    /// Whether the maximum in the tags and the end of the data agree to 1 %: some systems write
    /// percent in a tag that says Gy.
    pub(crate) fn tags_against_data(&self) -> Option<Finding> {
        let (maximum, end) = (self.maximum.as_ref()?.value(), self.data_end?);
        let twice = |value: Decimal, percent: u32| value.checked_mul(percent.into());
        let within =
            twice(maximum, 100) <= twice(end, 101) && twice(end, 99) <= twice(maximum, 100);
        // a last bin may reach beyond the maximum by its width, which matters for small doses
        let close = maximum.checked_sub(end)?.abs() <= Decimal::new(1, -1)?;
        (!within && !close).then(|| {
            DicomFinding::DvhMaximum {
                regions: self.regions.clone(),
                maximum,
                end,
            }
            .into()
        })
    }
}

/// The end of the data and the first volume; the pairs themselves are not kept.
fn data(
    set: &DataSet<'_>,
    scaling: Option<&DecimalString>,
) -> Result<(Option<Decimal>, Option<Decimal>), ReadError> {
    let mut end = Some(Decimal::ZERO);
    let mut first_volume = None;
    let mut count = 0_u64;
    for value in set.each_decimal(tags::DVH_DATA)? {
        let value = value?;
        if count % 2 == 0 {
            end = end.and_then(|end| end.checked_add(value));
        } else if count == 1 {
            first_volume = Some(value);
        }
        count += 1;
    }
    if count % 2 != 0 {
        return Err(ReadError::Value {
            element: ElementName(tags::DVH_DATA),
            text: format!("{count} values"),
            why: "it must be pairs of bin width and volume",
        });
    }
    let end = match scaling {
        Some(scaling) if count > 0 => end.and_then(|end| end.checked_mul(scaling.value())),
        _ => None,
    };
    Ok((end, first_volume))
}
