//! Published tables of doses by body surface area, or by calculated dose.

use crate::patient::SurfaceArea;
use crate::quantity::{IntensityPerAdministration, OrderedDose};
use crate::text::{List, Text};

use super::band_bound::{BandBound, BandScale};
use super::band_fault::BandFault;
use super::error::CapecitabineError;
use super::rules::dose_rule::Covers;
use crate::number::is_at_boundary;

/// One row of a table: a range of body surface area or of calculated dose, and the dose of one
/// administration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Where the band begins; only the first may leave it open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<BandBound>,
    /// Where the band ends; only the last may leave it open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<BandBound>,
    /// The dose of one administration.
    pub dose_per_administration: OrderedDose,
}

/// To which band an edge belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BandEdge {
    /// To the band that begins there: `1.31 m2 or more`.
    BelongsAbove,
    /// To the band that ends there: `up to 1.26 m2`.
    BelongsBelow,
}

/// A published table of doses by body surface area, or by the calculated dose of one administration:
/// named data, used only when chosen.
///
/// The bands are in rising order without gap or overlap, all on one scale, and the dose never falls. A
/// value within 1e-9 of an edge is at it, and the table says to which band an edge belongs. Bands of
/// calculated dose hold for any regimen (NHS England's dose banding goes by milligrams), and for a
/// dose that a rule has reduced.
///
/// ```
/// use chemorad::capecitabine::JAPAN_METHOD_D;
/// use chemorad::patient::{BodySurfaceArea, SurfaceArea};
///
/// let area = BodySurfaceArea::stated(SurfaceArea::constant("1.31 m2"), "order form");
/// let band = JAPAN_METHOD_D.band(area.square_meters()).unwrap();
/// assert_eq!(band.dose_per_administration.to_string(), "1200 mg");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "Shape")]
pub struct BandTable {
    label: Text,
    source: Text,
    covers: Covers,
    #[serde(skip_serializing_if = "Option::is_none")]
    administrations_per_day: Option<u32>,
    edge: BandEdge,
    bands: List<Band>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    label: Text,
    source: Text,
    covers: Covers,
    #[serde(default)]
    administrations_per_day: Option<u32>,
    edge: BandEdge,
    bands: List<Band>,
}

impl TryFrom<Shape> for BandTable {
    type Error = CapecitabineError;

    fn try_from(shape: Shape) -> Result<Self, Self::Error> {
        Self::new(
            shape.label,
            shape.source,
            shape.covers,
            shape.administrations_per_day,
            shape.edge,
            shape.bands,
        )
    }
}

const METHOD_D_INTENSITY: &[IntensityPerAdministration] =
    &[IntensityPerAdministration::constant("825 mg/m2")];

const fn area(text: &'static str) -> BandBound {
    BandBound::Area(SurfaceArea::constant(text))
}

/// Japan's table for capecitabine given with radiotherapy as adjuvant treatment of rectal cancer
/// ("method D"): twice daily, 5 days on and 2 days off, repeated. Below 1.31 m² 900 mg, from 1.31
/// below 1.64 m² 1200 mg, from 1.64 m² 1500 mg per administration.
///
/// Source: notice of 26 February 2016 of the text to be added to the package insert
/// (`jshp.or.jp/content/2016/0226-1.html`); the final approved text was not compared. It is not
/// a rounding of 825 mg/m²: it lies 16 % below to 11 % above, and has no row above 1500 mg, so it
/// limits large patients. That its doses stand for 825 mg/m² is this project's reading: that is the
/// intensity used with radiotherapy, and the one its rows lie around.
pub const JAPAN_METHOD_D: BandTable = BandTable::constant(
    "Japan, capecitabine method D (with radiotherapy), notice of 2016-02-26",
    "Japan, notice of 2016-02-26 of the package insert text to be added, \
     jshp.or.jp/content/2016/0226-1.html",
    Covers::Intensities(List::constant(METHOD_D_INTENSITY)),
    Some(2),
    BandEdge::BelongsAbove,
    &[
        Band {
            from: None,
            to: Some(area("1.31 m2")),
            dose_per_administration: OrderedDose::constant("900 mg"),
        },
        Band {
            from: Some(area("1.31 m2")),
            to: Some(area("1.64 m2")),
            dose_per_administration: OrderedDose::constant("1200 mg"),
        },
        Band {
            from: Some(area("1.64 m2")),
            to: None,
            dose_per_administration: OrderedDose::constant("1500 mg"),
        },
    ],
);

impl BandTable {
    /// A table read at run time.
    ///
    /// # Errors
    /// [`CapecitabineError::Bands`] with the [`BandFault`].
    pub fn new(
        label: impl Into<Text>,
        source: impl Into<Text>,
        covers: Covers,
        administrations_per_day: Option<u32>,
        edge: BandEdge,
        bands: impl Into<List<Band>>,
    ) -> Result<Self, CapecitabineError> {
        let (label, source, bands) = (label.into(), source.into(), bands.into());
        if label.is_blank() || source.is_blank() {
            let fault = BandFault::Unnamed;
            return Err(CapecitabineError::Bands { label, fault });
        }
        match fault(&bands, administrations_per_day, &covers) {
            Some(fault) => Err(CapecitabineError::Bands { label, fault }),
            None => Ok(Self {
                label,
                source,
                covers,
                administrations_per_day,
                edge,
                bands,
            }),
        }
    }

    /// A constant table: a wrong one does not compile when used in `const`.
    ///
    /// # Panics
    /// Where [`new`](Self::new) has an error.
    #[must_use]
    #[track_caller]
    pub const fn constant(
        label: &'static str,
        source: &'static str,
        covers: Covers,
        administrations_per_day: Option<u32>,
        edge: BandEdge,
        bands: &'static [Band],
    ) -> Self {
        assert!(
            fault(bands, administrations_per_day, &covers).is_none(),
            "the bands must rise without gap or overlap, and the dose must not fall"
        );
        Self {
            label: Text::constant(label),
            source: Text::constant(source),
            covers,
            administrations_per_day,
            edge,
            bands: List::constant(bands),
        }
    }

    /// The name of the table, with its version or date.
    #[must_use]
    pub const fn label(&self) -> &str {
        self.label.as_str()
    }

    pub(super) const fn label_text(&self) -> &Text {
        &self.label
    }

    /// Where it is published.
    #[must_use]
    pub const fn source(&self) -> &str {
        self.source.as_str()
    }

    /// The dose intensities per administration that its doses stand for.
    #[must_use]
    pub const fn covers(&self) -> &Covers {
        &self.covers
    }

    /// What its bands go by.
    ///
    /// ```
    /// use chemorad::capecitabine::{BandScale, JAPAN_METHOD_D};
    /// assert_eq!(JAPAN_METHOD_D.scale(), BandScale::BodySurfaceArea);
    /// ```
    #[must_use]
    pub const fn scale(&self) -> BandScale {
        scale(self.bands.as_slice())
    }

    /// How often a day its doses are given; only a table by calculated dose may leave it open.
    #[must_use]
    pub const fn administrations_per_day(&self) -> Option<u32> {
        self.administrations_per_day
    }

    /// To which band an edge belongs.
    #[must_use]
    pub const fn edge(&self) -> BandEdge {
        self.edge
    }

    /// The bands, rising.
    #[must_use]
    pub const fn bands(&self) -> &[Band] {
        self.bands.as_slice()
    }

    /// The band of a body surface area in m², or of a calculated dose in mg; `None` outside the table.
    #[must_use]
    pub fn band(&self, value: f64) -> Option<Band> {
        let begins = |from: BandBound| {
            let edge = from.value();
            if is_at_boundary(value, edge) {
                self.edge == BandEdge::BelongsAbove
            } else {
                value > edge
            }
        };
        // an outermost edge belongs to the only band it has
        let outside = |band: &Band| {
            let at = |edge: Option<BandBound>| {
                edge.is_some_and(|edge| is_at_boundary(value, edge.value()))
            };
            let below = band.from.is_some_and(|from| value < from.value());
            let above = band.to.is_some_and(|to| value > to.value());
            (below && !at(band.from)) || (above && !at(band.to))
        };
        let (first, rest) = self.bands.split_first()?;
        let band = rest
            .iter()
            .rev()
            .find(|band| band.from.is_some_and(begins))
            .unwrap_or(first);
        (value.is_finite() && !outside(band)).then_some(*band)
    }
}

/// What the first bound is on; a table of one band without bounds is one of areas.
const fn scale(bands: &[Band]) -> BandScale {
    let mut i = 0;
    while i < bands.len() {
        match (bands[i].from, bands[i].to) {
            (Some(bound), _) | (None, Some(bound)) => return bound.scale(),
            (None, None) => {}
        }
        i += 1;
    }
    BandScale::BodySurfaceArea
}

const fn is_on(bound: Option<BandBound>, scale: BandScale) -> bool {
    match bound {
        Some(bound) => matches!(
            (bound.scale(), scale),
            (BandScale::BodySurfaceArea, BandScale::BodySurfaceArea)
                | (BandScale::CalculatedDose, BandScale::CalculatedDose)
        ),
        None => true,
    }
}

const fn fault(
    bands: &[Band],
    administrations_per_day: Option<u32>,
    covers: &Covers,
) -> Option<BandFault> {
    if bands.is_empty() {
        return Some(BandFault::NoRows);
    }
    if covers.is_empty() {
        return Some(BandFault::CoversNothing);
    }
    let scale = scale(bands);
    match (administrations_per_day, scale) {
        (Some(1..=4), _) | (None, BandScale::CalculatedDose) => {}
        _ => return Some(BandFault::AdministrationsPerDay),
    }
    let mut i = 0;
    while i < bands.len() {
        let row = i + 1;
        if !is_on(bands[i].from, scale) || !is_on(bands[i].to, scale) {
            return Some(BandFault::TwoScales(row));
        }
        if let (Some(from), Some(to)) = (bands[i].from, bands[i].to) {
            if from.base() >= to.base() {
                return Some(BandFault::Inverted(row));
            }
        }
        if i > 0 {
            let (Some(end), Some(begin)) = (bands[i - 1].to, bands[i].from) else {
                return Some(BandFault::OpenInside(row));
            };
            if begin.base() > end.base() {
                return Some(BandFault::Gap(row));
            }
            if begin.base() < end.base() {
                return Some(BandFault::Overlap(row));
            }
            if bands[i].dose_per_administration.milligrams()
                < bands[i - 1].dose_per_administration.milligrams()
            {
                return Some(BandFault::DoseFalls(row));
            }
        }
        i += 1;
    }
    None
}
