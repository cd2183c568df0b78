//! The columns of a histogram: their names say what stands in them.

use super::histogram_error::HistogramError;
use super::histogram_kind::{DoseQuantity, HistogramKind, VolumeUnit};

/// What a column of doses holds: its name, how many of its unit are a gray, and what the doses are.
const DOSES: [(&str, f64, DoseQuantity); 3] = [
    ("dose_gy", 1.0, DoseQuantity::AbsorbedDose),
    ("dose_cgy", 100.0, DoseQuantity::AbsorbedDose),
    ("eqd2_gy", 1.0, DoseQuantity::Eqd2),
];

/// What a column of volumes holds.
const VOLUMES: [(&str, Option<HistogramKind>, VolumeUnit); 6] = [
    (
        "cumulative_percent",
        Some(HistogramKind::Cumulative),
        VolumeUnit::Percent,
    ),
    (
        "cumulative_cc",
        Some(HistogramKind::Cumulative),
        VolumeUnit::CubicCentimetres,
    ),
    (
        "differential_percent",
        Some(HistogramKind::Differential),
        VolumeUnit::Percent,
    ),
    (
        "differential_cc",
        Some(HistogramKind::Differential),
        VolumeUnit::CubicCentimetres,
    ),
    ("volume_percent", None, VolumeUnit::Percent),
    ("volume_cc", None, VolumeUnit::CubicCentimetres),
];

const STRUCTURE: &str = "structure";

/// What the doses are, row by row.
const QUANTITY: &str = "quantity";

/// Bounds of the volumes, which some histograms have; the models take the volumes themselves.
const LEFT_ASIDE: [&str; 4] = [
    "volume_lower_percent",
    "volume_upper_percent",
    "volume_lower_cc",
    "volume_upper_cc",
];

/// The volume for which no dose is known. `chemorad dvh` writes it, and its volumes are cumulative.
const OUTSIDE: &str = "outside_grid_cc";

/// Where each thing stands.
pub(super) struct Columns {
    pub(super) names: Vec<String>,
    pub(super) dose: (usize, f64, DoseQuantity),
    pub(super) volume: (usize, HistogramKind, VolumeUnit),
    pub(super) structure: Option<usize>,
    pub(super) quantity: Option<usize>,
    pub(super) outside: Option<usize>,
}

impl Columns {
    /// The columns of a header; `stated`: what the volumes are, where it leaves that open.
    pub(super) fn of(
        header: &csv::StringRecord,
        stated: Option<HistogramKind>,
    ) -> Result<Self, HistogramError> {
        let names: Vec<String> = header.iter().map(str::to_lowercase).collect();
        let known = DOSES.iter().map(|row| row.0);
        let known = known
            .chain(VOLUMES.iter().map(|row| row.0))
            .chain([STRUCTURE, QUANTITY, OUTSIDE]);
        let known: Vec<&str> = known.chain(LEFT_ASIDE).collect();
        let (mut dose, mut volume) = (None, None);
        let (mut structure, mut quantity, mut outside) = (None, None, None);
        for (at, name) in names.iter().enumerate() {
            let second = |first: usize| HistogramError::TwoColumns {
                first: names.get(first).cloned().unwrap_or_default(),
                second: name.clone(),
            };
            if let Some((_, per_gray, quantity)) = DOSES.iter().find(|row| row.0 == name) {
                if let Some((first, _, _)) = dose.replace((at, *per_gray, *quantity)) {
                    return Err(second(first));
                }
            } else if let Some((_, kind, unit)) = VOLUMES.iter().find(|row| row.0 == name) {
                if let Some((first, _, _)) = volume.replace((at, *kind, *unit)) {
                    return Err(second(first));
                }
            } else if name == STRUCTURE {
                if let Some(first) = structure.replace(at) {
                    return Err(second(first));
                }
            } else if name == QUANTITY {
                if let Some(first) = quantity.replace(at) {
                    return Err(second(first));
                }
            } else if name == OUTSIDE {
                if let Some(first) = outside.replace(at) {
                    return Err(second(first));
                }
            } else if !LEFT_ASIDE.contains(&name.as_str()) {
                return Err(if dose.is_none() && volume.is_none() {
                    header_error(header, "of doses or volumes")
                } else {
                    HistogramError::UnknownColumn {
                        name: name.chars().take(60).collect(),
                        known: known.join(", "),
                    }
                });
            }
        }
        let dose = dose.ok_or_else(|| header_error(header, "of doses"))?;
        let (at, said, unit) = volume.ok_or_else(|| header_error(header, "of volumes"))?;
        let column = || names.get(at).cloned().unwrap_or_default();
        let said = said.or_else(|| outside.map(|_| HistogramKind::Cumulative));
        let kind = match (said, stated) {
            (None, None) => return Err(HistogramError::KindOpen { column: column() }),
            (Some(said), Some(stated)) if said != stated => {
                return Err(HistogramError::KindContradicts {
                    column: column(),
                    stated,
                });
            }
            (Some(kind), _) | (None, Some(kind)) => kind,
        };
        Ok(Self {
            dose,
            volume: (at, kind, unit),
            structure,
            quantity,
            outside,
            names,
        })
    }
}

fn header_error(header: &csv::StringRecord, missing: &'static str) -> HistogramError {
    let found: Vec<&str> = header.iter().collect();
    HistogramError::Header {
        found: found.join(",").chars().take(120).collect(),
        missing,
    }
}
