//! What is read from a histogram: `V45Gy[cc]`, `D95%[Gy]`, `mean`.

use std::fmt;
use std::str::FromStr;

use chemorad::number::Decimal;
use serde::{Serialize, Serializer};

use crate::histogram::{Bounded, DoseInStructure};
use crate::tissue_volume::{cubic_centimetres, written_number};
use crate::voxel_effect::VoxelEffect;

/// A volume, or a share of the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum VolumeUnit {
    CubicCentimetres,
    Percent,
}

impl VolumeUnit {
    /// An amount in one of the units of volumes, or in percent.
    fn amount(number: Decimal, unit: &str) -> Option<(Decimal, Self)> {
        if unit == "%" {
            return Some((number, Self::Percent));
        }
        let cc = cubic_centimetres(number, unit)?;
        Some((cc, Self::CubicCentimetres))
    }

    /// The unit of a value: percent, or one that is the same as cubic centimetres.
    fn of_value(unit: &str) -> Option<Self> {
        let one = Decimal::from(1);
        let (amount, unit) = Self::amount(one, unit)?;
        (amount == one).then_some(unit)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::CubicCentimetres => "cc",
            Self::Percent => "%",
        }
    }
}

/// A dose, or a share of a prescribed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Level {
    Gray(Decimal),
    Percent(Decimal),
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gray(dose) => write!(f, "{dose}Gy"),
            Self::Percent(share) => write!(f, "{share}%"),
        }
    }
}

/// What is asked of the dose in a structure, in the grammar of TG-263.
///
/// `V45Gy[cc]` and `V45Gy[%]`: the volume that gets at least 45 Gy. `V95%[%]`: at least 95 % of a prescribed dose,
/// which must be [given](Self::prescribed). `D2cc[Gy]`, `D95%[Gy]`: the dose that the
/// hottest 2 cc, or 95 % of the structure, get at least; its unit may be left out. `CV22Gy[cc]`: the volume that
/// gets less. `DC700cc[Gy]`: the dose that all but 700 cc get at least. `mean`: the mean dose. `min`, which is
/// `D100%`, and `max`: the smallest and largest dose, between the points of the grid too. Centigray is read and
/// turned into gray.
///
/// ```
/// use chemorad_dosimetry::Metric;
/// let metric: Metric = "v 4500 cGy [cc]".parse()?;
/// assert_eq!(metric.to_string(), "V45Gy[cc]");
/// assert_eq!("D2cc".parse::<Metric>()?.to_string(), "D2cc[Gy]");
/// assert_eq!("D100%".parse::<Metric>()?, "min".parse()?);
/// assert!("V45".parse::<Metric>().is_err() && "V45Gy".parse::<Metric>().is_err());
/// # Ok::<(), chemorad_dosimetry::MetricError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Metric(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    VolumeAtLeast(Level, VolumeUnit),
    VolumeBelow(Level, VolumeUnit),
    DoseAtVolume(Decimal, VolumeUnit),
    DoseToRest(Decimal, VolumeUnit),
    Mean,
    Minimum,
    Maximum,
}

/// Why a text is no metric.
///
/// ```
/// let error = "V45".parse::<chemorad_dosimetry::Metric>().unwrap_err();
/// assert!(error.to_string().contains("V45Gy[cc]"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MetricError {
    /// None of the forms.
    #[error(
        "{0:?} is not a metric; write V45Gy[cc], V45Gy[%], V95%[%], D2cc[Gy], D95%[Gy], CV22Gy[cc], DC700cc[Gy], mean, min or max, each number with its unit"
    )]
    Form(String),
    /// A volume whose unit is left open.
    #[error("{0:?} does not say in which unit the volume is: write {0}[cc] or {0}[%]")]
    VolumeUnit(String),
    /// A share above the whole, or nothing.
    #[error(
        "{0:?} asks for nothing, or for more than there is: a dose and a volume are above 0, a share of the structure is at most 100 %, that of DC below 100 %, and a share of the prescribed dose at most 1000 %"
    )]
    Range(String),
}

impl Metric {
    /// Its value; none where the structure is too small for it, too much of it has no known dose, or it is a share
    /// of a prescribed dose that was not [given](Self::prescribed).
    #[must_use]
    pub fn of(&self, dose: &DoseInStructure<'_>) -> Option<Bounded> {
        self.of_effect(dose, None)
    }

    /// The same of an effect: its doses are then EQD2 or BED, point by point.
    #[must_use]
    pub fn of_effect(
        &self,
        dose: &DoseInStructure<'_>,
        effect: Option<&VoxelEffect>,
    ) -> Option<Bounded> {
        let whole = dose.volume_cc();
        let shown = |volume: Bounded, unit| match unit {
            VolumeUnit::CubicCentimetres => volume,
            VolumeUnit::Percent => volume.scaled(100.0 / whole),
        };
        let at_least = |level| match level {
            Level::Gray(level) => {
                let level = level.to_f64();
                let level = effect.map_or(level, |effect| effect.dose(level));
                Some(dose.volume_at_least(level))
            }
            Level::Percent(_) => None,
        };
        // an effect grows with the dose
        let effect_of = |dose: Bounded| match effect {
            None => dose,
            Some(effect) => dose.by(|dose| effect.of(dose)),
        };
        match self.0 {
            Kind::VolumeAtLeast(level, unit) => Some(shown(at_least(level)?, unit)),
            Kind::VolumeBelow(level, unit) => {
                Some(shown(at_least(level)?.subtracted_from(whole), unit))
            }
            Kind::DoseAtVolume(..) | Kind::DoseToRest(..) => {
                let volume_cc = self.hottest_cc(whole)?;
                dose.dose_at_volume(volume_cc).map(effect_of)
            }
            Kind::Mean => effect.map_or_else(|| dose.mean(), |effect| dose.mean_effect(effect)),
            Kind::Minimum => dose.minimum().map(effect_of),
            Kind::Maximum => dose.maximum().map(effect_of),
        }
    }

    /// Bounds that enclose known ones of one reading of contours, and those of another; none where that has no value.
    pub(crate) fn enclosing(
        &self,
        dose: &DoseInStructure<'_>,
        effect: Option<&VoxelEffect>,
        known: Bounded,
    ) -> Option<Bounded> {
        let Some(volume_cc) = self.hottest_cc(dose.volume_cc()) else {
            let found = self.of_effect(dose, effect)?;
            return Some(known.enclosing(found));
        };
        let of_dose = match effect {
            None => known,
            Some(effect) => known.by(|level| effect.dose(level)),
        };
        let found = dose.enclosing_dose_at_volume(volume_cc, of_dose)?;
        Some(known.enclosing(match effect {
            None => found,
            Some(effect) => found.by(|dose| effect.of(dose)),
        }))
    }

    /// For a dose at a volume: which volume of a structure of this one gets at least it, cubic centimetres.
    fn hottest_cc(&self, whole: f64) -> Option<f64> {
        let cc = |amount: Decimal, unit| match unit {
            VolumeUnit::CubicCentimetres => amount.to_f64(),
            VolumeUnit::Percent => amount.to_f64() / 100.0 * whole,
        };
        match self.0 {
            Kind::DoseAtVolume(volume, unit) => Some(cc(volume, unit)),
            Kind::DoseToRest(volume, unit) => Some(whole - cc(volume, unit)),
            _ => None,
        }
    }

    /// Whether it is a share of a prescribed dose.
    #[must_use]
    pub const fn needs_prescription(&self) -> bool {
        matches!(
            self.0,
            Kind::VolumeAtLeast(Level::Percent(_), _) | Kind::VolumeBelow(Level::Percent(_), _)
        )
    }

    /// The same with the share of this prescribed dose in gray; any other as it is. None where the numbers have too
    /// many digits.
    ///
    /// ```
    /// use chemorad_dosimetry::Metric;
    /// let metric: Metric = "V95%[%]".parse()?;
    /// assert!(metric.needs_prescription());
    /// assert_eq!(metric.prescribed("50.4".parse()?), Some("V47.88Gy[%]".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn prescribed(self, gray: Decimal) -> Option<Self> {
        let in_gray = |level| match level {
            Level::Gray(_) => Some(level),
            Level::Percent(share) => share
                .checked_mul(gray)?
                .checked_mul(Decimal::new(1, -2)?)
                .map(Level::Gray),
        };
        Some(Self(match self.0 {
            Kind::VolumeAtLeast(level, unit) => Kind::VolumeAtLeast(in_gray(level)?, unit),
            Kind::VolumeBelow(level, unit) => Kind::VolumeBelow(in_gray(level)?, unit),
            other => other,
        }))
    }

    /// The dose in gray of the volume that gets at least, or less than, it; and whether that volume grows with the
    /// dose, as one that gets less does.
    ///
    /// ```
    /// use chemorad_dosimetry::Metric;
    /// assert_eq!("V4500cGy[%]".parse::<Metric>()?.level(), Some(("45".parse()?, false)));
    /// assert_eq!("mean".parse::<Metric>()?.level(), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn level(&self) -> Option<(Decimal, bool)> {
        match self.0 {
            Kind::VolumeAtLeast(Level::Gray(dose), _) => Some((dose, false)),
            Kind::VolumeBelow(Level::Gray(dose), _) => Some((dose, true)),
            _ => None,
        }
    }

    /// For the dose that a part of a structure of this volume gets at least: how large that part is, percent; none
    /// for a mean and for a volume.
    ///
    /// ```
    /// use chemorad_dosimetry::Metric;
    /// let part = |metric: &str| Ok::<_, chemorad_dosimetry::MetricError>(metric.parse::<Metric>()?.part_of_structure(40.0));
    /// assert_eq!((part("D2cc")?, part("DC10%")?, part("min")?), (Some(5.0), Some(90.0), Some(100.0)));
    /// assert_eq!((part("mean")?, part("V45Gy[%]")?), (None, None));
    /// # Ok::<(), chemorad_dosimetry::MetricError>(())
    /// ```
    #[must_use]
    pub fn part_of_structure(&self, volume_cc: f64) -> Option<f64> {
        let percent = |amount: Decimal, unit| match unit {
            VolumeUnit::Percent => amount.to_f64(),
            VolumeUnit::CubicCentimetres => amount.to_f64() / volume_cc * 100.0,
        };
        match self.0 {
            Kind::DoseAtVolume(volume, unit) => Some(percent(volume, unit)),
            Kind::DoseToRest(volume, unit) => Some(100.0 - percent(volume, unit)),
            Kind::Minimum => Some(100.0),
            Kind::Maximum => Some(0.0),
            Kind::Mean | Kind::VolumeAtLeast(..) | Kind::VolumeBelow(..) => None,
        }
    }

    /// Where a value of it stands in a cumulative histogram of a structure of this volume: dose in gray, and the
    /// percent of the volume; none for a mean, for a share of a prescribed dose, and for what counts from the cold
    /// side.
    #[must_use]
    pub fn point(&self, value: f64, volume_cc: f64) -> Option<(f64, f64)> {
        let percent = |amount: f64, unit| match unit {
            VolumeUnit::Percent => amount,
            VolumeUnit::CubicCentimetres => amount / volume_cc * 100.0,
        };
        let point = match self.0 {
            Kind::VolumeAtLeast(Level::Gray(dose), unit) => (dose.to_f64(), percent(value, unit)),
            Kind::DoseAtVolume(volume, unit) => (value, percent(volume.to_f64(), unit)),
            Kind::Maximum => (value, 0.0),
            Kind::Minimum => (value, 100.0),
            _ => return None,
        };
        (point.1 <= 100.0).then_some(point)
    }

    /// Whether its value is a volume in cubic centimetres, or is asked for one: several structures then have another
    /// value than their union.
    #[must_use]
    pub const fn is_of_absolute_volume(&self) -> bool {
        match self.0 {
            Kind::VolumeAtLeast(_, unit)
            | Kind::VolumeBelow(_, unit)
            | Kind::DoseAtVolume(_, unit)
            | Kind::DoseToRest(_, unit) => matches!(unit, VolumeUnit::CubicCentimetres),
            Kind::Mean | Kind::Minimum | Kind::Maximum => false,
        }
    }

    /// The unit of its value: `Gy`, `cc` or `%`.
    #[must_use]
    pub const fn unit(&self) -> &'static str {
        match self.0 {
            Kind::VolumeAtLeast(_, unit) | Kind::VolumeBelow(_, unit) => unit.name(),
            _ => "Gy",
        }
    }
}

impl FromStr for Metric {
    type Err = MetricError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let given = || text.trim().chars().take(60).collect::<String>();
        let form = || MetricError::Form(given());
        let plain: String = text.split_whitespace().collect();
        let lower = plain.to_lowercase();
        let (body, output) = match lower.strip_suffix(']') {
            Some(rest) => {
                let (body, output) = rest.split_once('[').ok_or_else(form)?;
                (body, Some(output))
            }
            None => (&*lower, None),
        };
        let plain = match body {
            "mean" | "dmean" => Some(Kind::Mean),
            "min" | "dmin" | "minimum" => Some(Kind::Minimum),
            "max" | "dmax" | "maximum" => Some(Kind::Maximum),
            _ => None,
        };
        if let Some(kind) = plain {
            return match output {
                None | Some("gy") => Ok(Self(kind)),
                Some(_) => Err(form()),
            };
        }
        let number = |from: usize| {
            let rest = body.get(from..)?;
            let end = rest.find(|letter: char| letter.is_alphabetic() || letter == '%')?;
            let (number, unit) = (rest.get(..end)?, rest.get(end..)?);
            Some((written_number(number)?, unit))
        };
        let is_complement = body.starts_with("cv") || body.starts_with("dc");
        let (amount, unit) = number(if is_complement { 2 } else { 1 }).ok_or_else(form)?;
        let of_volume = body.starts_with('v') || body.starts_with("cv");
        if of_volume {
            let dose = match unit {
                "gy" => Some(Level::Gray(amount)),
                "cgy" => Decimal::new(1, -2)
                    .and_then(|percent| amount.checked_mul(percent))
                    .map(Level::Gray),
                "%" => Some(Level::Percent(amount)),
                _ => None,
            }
            .ok_or_else(form)?;
            let output = output.ok_or_else(|| MetricError::VolumeUnit(given()))?;
            let volume = VolumeUnit::of_value(output).ok_or_else(form)?;
            let is_too_much = unit == "%" && amount > Decimal::from(1000);
            if !amount.is_positive() || is_too_much {
                return Err(MetricError::Range(given()));
            }
            return Ok(Self(if is_complement {
                Kind::VolumeBelow(dose, volume)
            } else {
                Kind::VolumeAtLeast(dose, volume)
            }));
        }
        if !body.starts_with('d') || output.is_some_and(|output| output != "gy") {
            return Err(form());
        }
        let (amount, unit) = VolumeUnit::amount(amount, unit).ok_or_else(form)?;
        let is_too_much = unit == VolumeUnit::Percent && amount > Decimal::from(100);
        if !amount.is_positive() || is_too_much {
            return Err(MetricError::Range(given()));
        }
        let is_whole = unit == VolumeUnit::Percent && amount == Decimal::from(100);
        if is_complement && is_whole {
            // nothing is left
            return Err(MetricError::Range(given()));
        }
        Ok(Self(if is_complement {
            Kind::DoseToRest(amount, unit)
        } else if is_whole {
            Kind::Minimum
        } else {
            Kind::DoseAtVolume(amount, unit)
        }))
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self.0 {
            Kind::VolumeAtLeast(dose, unit) => format!("V{dose}[{}]", unit.name()),
            Kind::VolumeBelow(dose, unit) => format!("CV{dose}[{}]", unit.name()),
            Kind::DoseAtVolume(volume, unit) => format!("D{volume}{}[Gy]", unit.name()),
            Kind::DoseToRest(volume, unit) => format!("DC{volume}{}[Gy]", unit.name()),
            Kind::Mean => "mean[Gy]".to_string(),
            Kind::Minimum => "min[Gy]".to_string(),
            Kind::Maximum => "max[Gy]".to_string(),
        };
        f.pad(&text)
    }
}

impl Serialize for Metric {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
#[path = "metric_tests.rs"]
mod tests;
