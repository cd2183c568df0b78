//! How limits and their metrics are written: `V40Gy`, `D2%`, `45 Gy`, `95 % of tumour bed`.

use core::fmt;
use core::str::FromStr;

use super::limit::{
    DoseLevel, DoseVolumeLimit, DoseVolumeMetric, LimitError, LimitValue, Percent, VolumeLevel,
};
use chemorad::number::Decimal;
use chemorad::quantity::QuantityError;
use chemorad::text::Text;

impl fmt::Display for DoseLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absolute(dose) => fmt::Display::fmt(dose, f),
            Self::PercentOf { percent, volume } => write!(f, "{percent} of {volume}"),
        }
    }
}

impl fmt::Display for VolumeLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absolute(volume) => fmt::Display::fmt(volume, f),
            Self::Percent(percent) => fmt::Display::fmt(percent, f),
        }
    }
}

impl fmt::Display for LimitValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dose(level) => level.fmt(f),
            Self::Volume(level) => level.fmt(f),
        }
    }
}

/// `V45Gy`, `D2cc`: number and unit without the space, as the field writes them.
impl fmt::Display for DoseVolumeMetric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let close = |number: u64, decimals: i32, unit: &str| {
            let number = Decimal::new(number.into(), -decimals).unwrap_or(Decimal::ZERO);
            format!("{number}{unit}")
        };
        let share = |percent: &Percent| close(percent.millionths(), 6, "%");
        match self {
            Self::VolumeAtDose(DoseLevel::Absolute(dose)) => {
                write!(f, "V{}", close(dose.micrograys(), 6, "Gy"))
            }
            Self::VolumeAtDose(DoseLevel::PercentOf { percent, volume }) => {
                write!(f, "V{} of {volume}", share(percent))
            }
            Self::DoseAtVolume(VolumeLevel::Absolute(volume)) => {
                write!(f, "D{}", close(volume.cubic_millimetres(), 3, "cc"))
            }
            Self::DoseAtVolume(VolumeLevel::Percent(percent)) => write!(f, "D{}", share(percent)),
            Self::MeanDose => f.pad("mean"),
            Self::MaximumDose => f.pad("maximum"),
            Self::MinimumDose => f.pad("minimum"),
        }
    }
}

impl fmt::Display for DoseVolumeLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} {} ",
            self.structure, self.metric, self.comparison
        )?;
        match self.limit.value() {
            Some(value) => value.fmt(f),
            None => f.write_str("left open"),
        }
    }
}

/// Errors quote their input; a file of the wrong kind must not flood the terminal.
fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

/// Splits `95 % of tumour bed` at the word.
fn of_volume(text: &str) -> Option<(&str, &str)> {
    let (share, volume) = text.split_once(" of ")?;
    (!volume.trim().is_empty()).then_some((share, volume.trim()))
}

fn percent_of(text: &str) -> Option<Result<DoseLevel, QuantityError>> {
    let (share, volume) = of_volume(text)?;
    Some(share.parse().map(|percent| DoseLevel::PercentOf {
        percent,
        volume: Text::from(volume.to_string()),
    }))
}

fn volume_level(text: &str) -> Result<VolumeLevel, QuantityError> {
    if text.trim_end().ends_with('%') {
        text.parse().map(VolumeLevel::Percent)
    } else {
        text.parse().map(VolumeLevel::Absolute)
    }
}

impl FromStr for DoseVolumeMetric {
    type Err = LimitError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let trimmed = text.trim();
        match trimmed {
            "mean" => return Ok(Self::MeanDose),
            "maximum" | "max" => return Ok(Self::MaximumDose),
            "minimum" | "min" => return Ok(Self::MinimumDose),
            _ => {}
        }
        let bad = || LimitError::Metric(short(text));
        // without a unit the message on metrics says more than the one on quantities
        if trimmed.ends_with(|c: char| c.is_ascii_digit()) && !trimmed.contains(" of ") {
            return Err(bad());
        }
        if let Some(level) = trimmed.strip_prefix('V') {
            let level = match percent_of(level) {
                Some(level) => level?,
                None => DoseLevel::Absolute(level.parse()?),
            };
            return Ok(Self::VolumeAtDose(level));
        }
        if let Some(level) = trimmed.strip_prefix('D') {
            return Ok(Self::DoseAtVolume(volume_level(level)?));
        }
        Err(bad())
    }
}

impl FromStr for LimitValue {
    type Err = LimitError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(level) = percent_of(text) {
            return Ok(Self::Dose(level?));
        }
        let trimmed = text.trim();
        let numeric = trimmed.starts_with(|c: char| c.is_ascii_digit() || c == '-');
        if !numeric || trimmed.ends_with(" of") {
            return Err(LimitError::Value(short(text)));
        }
        if trimmed.ends_with("Gy") {
            return Ok(Self::Dose(DoseLevel::Absolute(trimmed.parse()?)));
        }
        if trimmed.ends_with(|c: char| c.is_ascii_digit()) && !trimmed.ends_with("m3") {
            return Err(LimitError::Value(short(text)));
        }
        Ok(Self::Volume(volume_level(trimmed)?))
    }
}
