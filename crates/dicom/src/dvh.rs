//! Dose volume histograms as a file states them.

use chemorad::number::Decimal;
use chemorad::report::Finding;
use dicom_dictionary_std::tags;
use serde::Serialize;

use crate::data_set::DataSet;
use crate::decimal_string::DecimalString;
use crate::dose::finding::GridFinding;
use crate::error::{ElementName, ReadError, quoted};
use crate::regions::regions_in_words;

/// One item of the DVH Sequence (3004,0050): its tags, and what its data say.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Dvh {
    /// Referenced ROI Numbers (3006,0084) of the regions it is of.
    pub regions: Vec<i32>,
    /// Those of the regions that are left out of them: DVH ROI Contribution Type (3004,0062) `EXCLUDED`.
    pub excluded: Vec<i32>,
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
    /// Where the last bin with volume ends, in the dose units: some systems write every histogram to one
    /// dose, with bins of no volume. `None` where no bin has volume.
    pub volume_end: Option<Decimal>,
    #[serde(skip)]
    next_end: Option<Decimal>,
    /// The bins that there are.
    #[serde(skip)]
    counted: u64,
    /// The volume of the first bin: the whole volume, when cumulative.
    pub first_volume: Option<Decimal>,
    /// The sum of the volumes of all bins: the whole volume, when differential.
    pub sum_of_volumes: Option<Decimal>,
    /// Whether a volume is larger than the one before, as no cumulative one is.
    pub rises: bool,
    #[serde(skip)]
    cumulative_mean: Option<OfBins>,
    #[serde(skip)]
    differential_mean: Option<OfBins>,
    #[serde(skip)]
    end_of_volume: Option<OfBins>,
}

/// A dose that follows from bins, in the dose units of the histogram.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OfBins {
    /// The dose.
    pub value: f64,
    /// How far the dose that was meant may be from it: the volume of a bin may be that at its beginning or at its end.
    pub within: f64,
}

impl OfBins {
    fn scaled(self, factor: f64) -> Self {
        Self {
            value: self.value * factor,
            within: self.within * factor,
        }
    }
}

impl Dvh {
    pub(crate) fn read(set: &DataSet<'_>) -> Result<Self, ReadError> {
        let (mut regions, mut excluded) = (Vec::new(), Vec::new());
        for item in set.items(tags::DVH_REFERENCED_ROI_SEQUENCE) {
            let item = item?;
            let list = match item.code(tags::DVHROI_CONTRIBUTION_TYPE)?.as_deref() {
                None | Some("INCLUDED") => &mut regions,
                Some("EXCLUDED") => &mut excluded,
                Some(other) => {
                    return Err(ReadError::Value {
                        element: ElementName(tags::DVHROI_CONTRIBUTION_TYPE),
                        text: quoted(other),
                        why: "a region is INCLUDED or EXCLUDED",
                    });
                }
            };
            list.extend(item.integer(tags::REFERENCED_ROI_NUMBER)?);
        }
        let dose_scaling = set.decimal(tags::DVH_DOSE_SCALING)?;
        let data = Data::read(set)?;
        let scaled = |end: Option<Decimal>| end?.checked_mul(dose_scaling.as_ref()?.value());
        let factor = dose_scaling
            .as_ref()
            .map(|scaling| scaling.value().to_f64());
        let in_units = |dose: Option<OfBins>| Some(dose?.scaled(factor?));
        Ok(Self {
            regions,
            excluded,
            cumulative_mean: in_units(data.doses.cumulative_mean()),
            differential_mean: in_units(data.doses.differential_mean()),
            end_of_volume: in_units(data.doses.end_of_volume()),
            data_end: scaled(data.end),
            volume_end: scaled(data.volume_end),
            next_end: scaled(data.next_end),
            counted: data.bins,
            first_volume: data.first_volume,
            sum_of_volumes: data.sum,
            rises: data.rises,
            dvh_type: set.code(tags::DVH_TYPE)?,
            dose_units: set.code(tags::DOSE_UNITS)?,
            volume_units: set.code(tags::DVH_VOLUME_UNITS)?,
            bins: set.count(tags::DVH_NUMBER_OF_BINS)?,
            minimum: set.decimal(tags::DVH_MINIMUM_DOSE)?,
            maximum: set.decimal(tags::DVH_MAXIMUM_DOSE)?,
            mean: set.decimal(tags::DVH_MEAN_DOSE)?,
            dose_scaling,
        })
    }

    /// Its regions in words: `1`, or `1 without 2, 3`.
    #[must_use]
    pub fn region_words(&self) -> String {
        regions_in_words(&self.regions, &self.excluded)
    }

    /// The whole volume, by what its type says that it is; none where its bins say otherwise.
    #[must_use]
    pub fn whole_volume(&self) -> Option<Decimal> {
        let has = |kind| self.dvh_type.as_deref() == Some(kind);
        if self.is_of_another_kind() {
            None
        } else if has("CUMULATIVE") {
            self.first_volume
        } else if has("DIFFERENTIAL") {
            self.sum_of_volumes
        } else {
            None
        }
    }

    /// The mean dose by its bins; none where its type is not theirs.
    #[must_use]
    pub fn mean_of_bins(&self) -> Option<OfBins> {
        let has = |kind| self.dvh_type.as_deref() == Some(kind);
        if self.is_of_another_kind() {
            None
        } else if has("CUMULATIVE") {
            self.cumulative_mean
        } else if has("DIFFERENTIAL") {
            self.differential_mean
        } else {
            None
        }
    }

    /// Where the volume of its bins ends: the largest dose.
    #[must_use]
    pub const fn maximum_of_bins(&self) -> Option<OfBins> {
        self.end_of_volume
    }

    /// A cumulative volume never rises. A differential one that falls from the first of many bins to nothing is
    /// cumulative by its looks.
    fn is_of_another_kind(&self) -> bool {
        match self.dvh_type.as_deref() {
            Some("CUMULATIVE") => self.rises,
            Some("DIFFERENTIAL") => {
                let is_volume = self.first_volume.is_some_and(|first| !first.is_zero());
                !self.rises && is_volume && self.bins.is_some_and(|bins| bins >= FEWEST_BINS)
            }
            _ => false,
        }
    }

    /// Whether it has as many bins as it says.
    pub(crate) fn bins_against_data(&self) -> Option<Finding> {
        let stated = self
            .bins
            .filter(|&stated| u64::from(stated) != self.counted)?;
        Some(
            GridFinding::DvhBins {
                regions: self.regions.clone(),
                excluded: self.excluded.clone(),
                stated,
                found: self.counted,
            }
            .into(),
        )
    }

    /// Whether its bins are of the kind that its type says.
    pub(crate) fn type_against_data(&self) -> Option<Finding> {
        self.is_of_another_kind().then(|| {
            GridFinding::DvhKind {
                regions: self.regions.clone(),
                excluded: self.excluded.clone(),
                stated: self.dvh_type.clone().unwrap_or_default(),
            }
            .into()
        })
    }

    /// Whether the maximum in the tags and the end of the volume agree to 1 %: some systems write
    /// percent in a tag that says Gy. The volume of a bin is that at its beginning or at its end, so that
    /// the maximum may lie a bin further.
    pub(crate) fn tags_against_data(&self) -> Option<Finding> {
        let (maximum, end) = (self.maximum.as_ref()?.value(), self.volume_end?);
        let agrees = |end: Decimal| {
            let times = |value: Decimal, percent: u32| value.checked_mul(percent.into());
            let within =
                times(maximum, 100) <= times(end, 101) && times(end, 99) <= times(maximum, 100);
            // a last bin may reach beyond the maximum by its width, which matters for small doses
            let close = maximum.checked_sub(end)?.abs() <= Decimal::new(1, -1)?;
            Some(within || close)
        };
        let next = self.next_end.unwrap_or(end);
        let between = end <= maximum && maximum <= next;
        (!between && !agrees(end)? && !agrees(next)?).then(|| {
            GridFinding::DvhMaximum {
                regions: self.regions.clone(),
                excluded: self.excluded.clone(),
                maximum,
                end,
            }
            .into()
        })
    }
}

/// With fewer bins, volumes that fall say nothing.
const FEWEST_BINS: u32 = 5;

/// What is kept of the pairs of bin width and volume.
#[derive(Default)]
struct Data {
    /// The sum of the widths; `None` without bins.
    end: Option<Decimal>,
    /// That up to the last bin with volume.
    volume_end: Option<Decimal>,
    /// That up to the bin after it, where there is one.
    next_end: Option<Decimal>,
    first_volume: Option<Decimal>,
    /// The sum of the volumes; `None` where it has too many digits.
    sum: Option<Decimal>,
    rises: bool,
    bins: u64,
    doses: Doses,
}

/// Sums over bins, for the doses that follow from them.
#[derive(Default)]
struct Doses {
    end: f64,
    /// Width and volume of the bin before.
    before: Option<[f64; 2]>,
    first_volume: f64,
    volume: f64,
    /// Of widths times volumes, of widths times by how much the volume falls at their beginnings and at their ends.
    area: f64,
    falls: [f64; 2],
    /// Of volumes times the middles of their bins, and times half their widths.
    middles: f64,
    halves: f64,
    /// The end of the last bin with volume, and its width and that of the one after it.
    last: Option<(f64, f64)>,
    has_next: bool,
}

impl Doses {
    fn add(&mut self, width: f64, volume: f64) {
        let start = self.end;
        self.end += width;
        match self.before {
            None => self.first_volume = volume,
            Some([width_before, volume_before]) => {
                self.falls[0] += width * (volume_before - volume).abs();
                self.falls[1] += width_before * (volume_before - volume).abs();
            }
        }
        self.before = Some([width, volume]);
        self.volume += volume;
        self.area += width * volume;
        self.middles += volume * (start + width / 2.0);
        self.halves += volume * width / 2.0;
        if volume > 0.0 {
            (self.last, self.has_next) = (Some((self.end, width)), false);
        } else if let Some((_, within)) = self.last.as_mut().filter(|_| !self.has_next) {
            (*within, self.has_next) = (within.max(width), true);
        }
    }

    fn shared(sum: f64, open: f64, volume: f64) -> Option<OfBins> {
        let dose = OfBins {
            value: sum / volume,
            within: open / volume,
        };
        (volume > 0.0 && dose.value.is_finite() && dose.within.is_finite()).then_some(dose)
    }

    /// The area below the curve, by its first volume.
    fn cumulative_mean(&self) -> Option<OfBins> {
        let [width, volume] = self.before?;
        // behind the last bin there is no volume
        let at_ends = self.falls[1] + width * volume;
        Self::shared(self.area, self.falls[0].max(at_ends), self.first_volume)
    }

    fn differential_mean(&self) -> Option<OfBins> {
        Self::shared(self.middles, self.halves, self.volume)
    }

    fn end_of_volume(&self) -> Option<OfBins> {
        let (value, within) = self.last?;
        Some(OfBins { value, within })
    }
}

impl Data {
    fn read(set: &DataSet<'_>) -> Result<Self, ReadError> {
        let mut data = Self::default();
        let mut sum = Some(Decimal::ZERO);
        let mut before = None;
        let mut end = Some(Decimal::ZERO);
        let mut values = set.each_decimal(tags::DVH_DATA)?;
        while let Some(width) = values.next() {
            let width = width?;
            let Some(volume) = values.next() else {
                return Err(ReadError::Value {
                    element: ElementName(tags::DVH_DATA),
                    text: format!("{} values", 2 * data.bins + 1),
                    why: "it must be pairs of bin width and volume",
                });
            };
            let volume = volume?;
            data.doses.add(width.to_f64(), volume.to_f64());
            end = end.and_then(|end| end.checked_add(width));
            if volume != Decimal::ZERO {
                (data.volume_end, data.next_end) = (end, None);
            } else if data.next_end.is_none() && data.volume_end.is_some() {
                data.next_end = end;
            }
            sum = sum.and_then(|sum| sum.checked_add(volume));
            // a volume that was rounded may rise by its last digit
            let most =
                before.and_then(|before: Decimal| before.checked_mul(Decimal::new(1001, -3)?));
            data.rises |= most.is_some_and(|most| volume > most);
            before = Some(volume);
            if data.bins == 0 {
                data.first_volume = Some(volume);
            }
            data.bins += 1;
        }
        data.end = end.filter(|_| data.bins > 0);
        data.sum = sum.filter(|_| data.bins > 0);
        Ok(data)
    }
}
