//! A histogram of dose and volume, as a model takes it.

use chemorad::radiotherapy::FractionCount;

use super::estimate::Estimate;
use super::histogram_error::HistogramError;
use super::histogram_kind::{
    DoseQuantity, HistogramKind, LARGEST_DOSE, ROUNDED_SUM, VolumeUnit, WHOLE,
};
use super::parameter::ResponseParameter;
use super::share::{DoseBasis, DoseShare, ModelDoses, eqd2};

/// A part of the volume, with its dose.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bin {
    share: f64,
    dose: f64,
    edges: Option<(f64, f64)>,
}

/// A histogram: doses, and the shares of the volume that get them, which sum to 1.
///
/// Of a cumulative one, the volume between two rows gets the dose half-way between them; the doses of the rows
/// are the edges. Of a differential one, a volume gets the dose of its row.
///
/// ```
/// use chemorad_dosimetry::{DoseHistogram, DoseQuantity, HistogramKind, VolumeUnit};
/// let rows = [(0.0, 100.0), (10.0, 100.0), (20.0, 25.0), (30.0, 0.0)];
/// let histogram = DoseHistogram::new(
///     HistogramKind::Cumulative, DoseQuantity::AbsorbedDose, VolumeUnit::Percent, &rows)?;
/// assert_eq!(histogram.mean(), 0.75 * 15.0 + 0.25 * 25.0);
/// // the same volumes as a differential histogram would be more than the whole
/// assert!(DoseHistogram::new(
///     HistogramKind::Differential, DoseQuantity::AbsorbedDose, VolumeUnit::Percent, &rows).is_err());
/// # Ok::<(), chemorad_dosimetry::HistogramError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct DoseHistogram {
    kind: HistogramKind,
    quantity: DoseQuantity,
    unit: VolumeUnit,
    bins: Vec<Bin>,
    volume_cc: Option<f64>,
    only_falls: bool,
    begins_at_zero: bool,
}

impl DoseHistogram {
    /// From rows of dose in gray and volume.
    ///
    /// # Errors
    /// Numbers that are no doses or volumes; doses that do not rise; volumes that are not those of such a
    /// histogram, or not of a whole structure.
    pub fn new(
        kind: HistogramKind,
        quantity: DoseQuantity,
        unit: VolumeUnit,
        rows: &[(f64, f64)],
    ) -> Result<Self, HistogramError> {
        for (at, (dose, volume)) in rows.iter().enumerate() {
            if !(*dose >= 0.0 && *dose <= LARGEST_DOSE) {
                return Err(HistogramError::Dose {
                    row: at + 1,
                    gray: *dose,
                });
            }
            if !(*volume >= 0.0 && volume.is_finite()) {
                return Err(HistogramError::Volume {
                    row: at + 1,
                    volume: *volume,
                });
            }
        }
        let pairs = || rows.iter().zip(rows.iter().skip(1)).enumerate();
        if let Some((at, _)) = pairs().find(|(_, ((one, _), (next, _)))| next <= one) {
            return Err(HistogramError::Order { row: at + 2 });
        }
        let (bins, whole) = match kind {
            HistogramKind::Cumulative => cumulative(unit, rows)?,
            HistogramKind::Differential => differential(unit, rows)?,
        };
        let only_falls = pairs().all(|(_, ((_, one), (_, next)))| next <= one);
        Ok(Self {
            kind,
            quantity,
            unit,
            bins,
            volume_cc: (unit == VolumeUnit::CubicCentimetres).then_some(whole),
            only_falls: only_falls && rows.len() >= FEWEST_ROWS,
            begins_at_zero: rows.first().is_some_and(|(dose, _)| *dose <= 0.0),
        })
    }

    /// What its volumes are.
    #[must_use]
    pub const fn kind(&self) -> HistogramKind {
        self.kind
    }

    /// What its doses are.
    #[must_use]
    pub const fn quantity(&self) -> DoseQuantity {
        self.quantity
    }

    /// The unit of its volumes.
    #[must_use]
    pub const fn volume_unit(&self) -> VolumeUnit {
        self.unit
    }

    /// The number of bins with a volume.
    #[must_use]
    pub fn bins(&self) -> usize {
        self.bins.len()
    }

    /// The volume, where it is in cubic centimetres.
    #[must_use]
    pub const fn volume_cc(&self) -> Option<f64> {
        self.volume_cc
    }

    /// The mean dose in gray.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.bins.iter().map(|bin| bin.share * bin.dose).sum()
    }

    /// The largest dose in gray that a bin has.
    #[must_use]
    pub fn maximum(&self) -> f64 {
        self.bins.iter().map(|bin| bin.dose).fold(0.0, f64::max)
    }

    /// Whether a differential one may be cumulative: its volumes fall from row to row. Percentages that sum to 100
    /// do so in a cumulative one only where it begins at 0 Gy.
    #[must_use]
    pub fn looks_cumulative(&self) -> bool {
        let may_be = self.begins_at_zero || self.unit == VolumeUnit::CubicCentimetres;
        self.kind == HistogramKind::Differential && self.only_falls && may_be
    }

    /// The doses as they are, for a model.
    #[must_use]
    pub fn doses(&self) -> ModelDoses {
        let basis = match self.quantity {
            DoseQuantity::AbsorbedDose => DoseBasis::AbsorbedDose,
            DoseQuantity::Eqd2 => DoseBasis::StatedEqd2,
        };
        ModelDoses {
            best: self.with(|bin| bin.dose),
            by_parameter: None,
            by_edges: self.by_edges(|dose| dose),
            basis,
        }
    }

    /// EQD2 of every bin with its own dose per fraction D/n, for a model.
    ///
    /// ```
    /// use chemorad_dosimetry::{DoseHistogram, DoseQuantity, Estimate, HistogramKind, ResponseParameter, VolumeUnit};
    /// let rows = [(20.0, 50.0), (45.0, 50.0)];
    /// let histogram = DoseHistogram::new(
    ///     HistogramKind::Differential, DoseQuantity::AbsorbedDose, VolumeUnit::Percent, &rows)?;
    /// let three = Estimate::read(ResponseParameter::AlphaBeta, "3 Gy")?;
    /// let doses = histogram.eqd2("25".parse()?, three)?;
    /// let of: Vec<f64> = doses.shares().iter().map(|one| one.dose).collect();
    /// assert!((of[0] - 15.2).abs() < 1e-12 && (of[1] - 43.2).abs() < 1e-12);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The doses are EQD2 already, or the estimate is not α/β.
    pub fn eqd2(
        &self,
        fractions: FractionCount,
        alpha_beta: Estimate,
    ) -> Result<ModelDoses, HistogramError> {
        if self.quantity != DoseQuantity::AbsorbedDose {
            return Err(HistogramError::EquivalentAlready);
        }
        if alpha_beta.parameter() != ResponseParameter::AlphaBeta {
            return Err(HistogramError::NotAlphaBeta {
                symbol: alpha_beta.parameter().symbol(),
            });
        }
        let [low, high] = alpha_beta.ends();
        let at = |end: f64| move |dose: f64| eqd2(dose, fractions, end);
        // the direction depends on the dose per fraction of the bin
        let picked = |pick: fn(f64, f64) -> f64| {
            self.with(|bin| pick(at(low)(bin.dose), at(high)(bin.dose)))
        };
        let has_interval = alpha_beta.interval().is_some();
        Ok(ModelDoses {
            best: self.with(|bin| at(alpha_beta.value())(bin.dose)),
            by_parameter: has_interval.then(|| [picked(f64::min), picked(f64::max)]),
            by_edges: self.by_edges(at(alpha_beta.value())),
            basis: DoseBasis::Eqd2 {
                fractions,
                alpha_beta,
            },
        })
    }

    fn with(&self, dose: impl Fn(&Bin) -> f64) -> Vec<DoseShare> {
        let share = |bin: &Bin| DoseShare {
            dose: dose(bin),
            volume: bin.share,
        };
        self.bins.iter().map(share).collect()
    }

    fn by_edges(&self, of: impl Fn(f64) -> f64) -> Option<[Vec<DoseShare>; 2]> {
        if self.bins.iter().any(|bin| bin.edges.is_none()) {
            return None;
        }
        let edges = |bin: &Bin| bin.edges.unwrap_or((bin.dose, bin.dose));
        Some([
            self.with(|bin| of(edges(bin).0)),
            self.with(|bin| of(edges(bin).1)),
        ])
    }
}

/// With fewer rows, volumes that fall say nothing.
const FEWEST_ROWS: usize = 5;

/// The bins between the rows, and the whole volume.
fn cumulative(unit: VolumeUnit, rows: &[(f64, f64)]) -> Result<(Vec<Bin>, f64), HistogramError> {
    let [(first_dose, whole), .., (_, last)] = *rows else {
        return Err(HistogramError::Few {
            rows: rows.len(),
            least: 2,
        });
    };
    match unit {
        VolumeUnit::Percent if (whole - 100.0).abs() > WHOLE * 100.0 => {
            return Err(HistogramError::NotWhole { percent: whole });
        }
        // below the first row there may be more
        VolumeUnit::CubicCentimetres if first_dose > 0.0 => {
            return Err(HistogramError::NotFromZero { gray: first_dose });
        }
        _ => {}
    }
    if last > 0.0 {
        return Err(HistogramError::NotToEnd { volume: last, unit });
    }
    if whole <= 0.0 {
        return Err(HistogramError::Nothing);
    }
    let mut bins = Vec::new();
    for (at, ((low, more), (high, less))) in rows.iter().zip(rows.iter().skip(1)).enumerate() {
        if less > more {
            return Err(HistogramError::Rises { row: at + 2 });
        }
        if less < more {
            bins.push(Bin {
                share: (more - less) / whole,
                dose: f64::midpoint(*low, *high),
                edges: Some((*low, *high)),
            });
        }
    }
    Ok((bins, whole))
}

/// The rows as bins, and the whole volume.
fn differential(unit: VolumeUnit, rows: &[(f64, f64)]) -> Result<(Vec<Bin>, f64), HistogramError> {
    if rows.is_empty() {
        return Err(HistogramError::Few { rows: 0, least: 1 });
    }
    let whole: f64 = rows.iter().map(|(_, volume)| volume).sum();
    if whole <= 0.0 {
        return Err(HistogramError::Nothing);
    }
    if unit == VolumeUnit::Percent && (whole - 100.0).abs() > ROUNDED_SUM {
        return Err(HistogramError::Sum { percent: whole });
    }
    if !whole.is_finite() {
        return Err(HistogramError::Sum { percent: whole });
    }
    let with_volume = rows.iter().filter(|(_, volume)| *volume > 0.0);
    let bins = with_volume.map(|(dose, volume)| Bin {
        share: volume / whole,
        dose: *dose,
        edges: None,
    });
    Ok((bins.collect(), whole))
}
