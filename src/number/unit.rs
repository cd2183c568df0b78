//! The one table of units: how each is written, and how many base units of its quantity it holds.
//!
//! A quantity reads and prints its own rows; the first unit of a row is the one it prints. Whoever
//! looks for amounts in a sentence reads the same rows with [`leading`].

/// A unit as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    pub(crate) code: &'static str,
    pub(crate) base: u64,
}

impl Unit {
    /// As it is written.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.code
    }

    /// How many base units it holds.
    #[must_use]
    pub const fn base(self) -> u64 {
        self.base
    }
}

const fn unit(code: &'static str, base: u64) -> Unit {
    Unit { code, base }
}

const MICRO: u64 = 1_000_000;

/// Absorbed dose and α/β, in micrograys.
pub const ABSORBED_DOSE: &[Unit] = &[unit("Gy", MICRO), unit("cGy", 10_000)];
/// Dose lost per day, in micrograys per day.
pub const DOSE_PER_DAY: &[Unit] = &[unit("Gy/d", MICRO), unit("cGy/d", 10_000)];
/// α, in millionths per gray.
pub const PER_DOSE: &[Unit] = &[unit("/Gy", MICRO), unit("Gy-1", MICRO)];
/// Days, in millionths of a day.
pub const DAYS: &[Unit] = &[unit("d", MICRO), unit("wk", 7 * MICRO)];
/// Hours, in millionths of an hour.
pub const HOURS: &[Unit] = &[unit("h", MICRO)];
/// Age, in years.
pub const AGE: &[Unit] = &[unit("a", 1), unit("years", 1), unit("year", 1)];
/// Dose intensity per administration, in nanograms per square metre.
pub const INTENSITY: &[Unit] = &[
    unit("mg/m2", MICRO),
    unit("mg/m²", MICRO),
    unit("g/m2", 1000 * MICRO),
];
/// Dose intensity per day, in nanograms per square metre and day.
pub const INTENSITY_PER_DAY: &[Unit] = INTENSITY_OF_A_DAY.split_at(5).0;
/// A unit where the day is named outside the text, so that `/d` may be left off.
pub const INTENSITY_OF_A_DAY: &[Unit] = &[
    unit("mg/m2/d", MICRO),
    unit("mg/m2/day", MICRO),
    unit("mg/m²/d", MICRO),
    unit("mg/m²/day", MICRO),
    unit("g/m2/d", 1000 * MICRO),
    unit("mg/m2", MICRO),
    unit("mg/m²", MICRO),
    unit("g/m2", 1000 * MICRO),
];
/// Amounts of a drug, in whole milligrams.
pub const DRUG_AMOUNT: &[Unit] = &[unit("mg", 1), unit("g", 1000)];
/// Shares, in millionths of a percent.
pub const PERCENT: &[Unit] = &[unit("%", MICRO)];
/// Shares of an original dose, in millionths of it.
pub const SHARE_OF_DOSE: &[Unit] = &[unit("%", 10_000)];
/// Volumes of tissue, in cubic millimetres.
pub const TISSUE_VOLUME: &[Unit] = &[
    unit("cc", 1000),
    unit("cm3", 1000),
    unit("cm³", 1000),
    unit("ml", 1000),
    unit("mL", 1000),
    unit("mm3", 1),
];
/// Depths of a tumour, in micrometres.
pub const DEPTH: &[Unit] = &[
    unit("mm", 1000),
    unit("um", 1),
    unit("µm", 1),
    unit("cm", 10_000),
];
/// Distances of a tumour, in micrometres.
pub const DISTANCE: &[Unit] = &[unit("cm", 10_000), unit("mm", 1000)];
/// Body height, in micrometres.
pub const HEIGHT: &[Unit] = &[
    unit("cm", 10_000),
    unit("m", MICRO),
    unit("mm", 1000),
    unit("in", 25_400),
];
/// Body weight, in micrograms.
pub const WEIGHT: &[Unit] = &[
    unit("kg", 1000 * MICRO),
    unit("g", MICRO),
    unit("lb", 453_592_370),
];
/// Body surface area, in square millimetres.
pub const SURFACE_AREA: &[Unit] = &[unit("m2", MICRO), unit("m²", MICRO)];
/// Clearance, in nanolitres per minute.
pub const CLEARANCE: &[Unit] = &[unit("mL/min", MICRO), unit("ml/min", MICRO)];
/// Clearance of 1.73 m² of body surface, in nanolitres per minute.
pub const INDEXED_CLEARANCE: &[Unit] = &[
    unit("mL/min/{1.73_m2}", MICRO),
    unit("mL/min/1.73m2", MICRO),
    unit("mL/min/1.73 m2", MICRO),
    unit("mL/min/1.73m²", MICRO),
];
/// Creatinine by mass, in nanograms per decilitre.
pub const CREATININE_MASS: &[Unit] = &[unit("mg/dL", MICRO), unit("mg/dl", MICRO)];
/// Creatinine by amount of substance, in picomoles per litre.
pub const CREATININE_AMOUNT: &[Unit] = &[
    unit("umol/L", MICRO),
    unit("\u{b5}mol/L", MICRO),
    unit("\u{3bc}mol/L", MICRO),
    unit("umol/l", MICRO),
    unit("\u{b5}mol/l", MICRO),
    unit("\u{3bc}mol/l", MICRO),
];
/// Creatinine, by mass or by amount of substance, for messages about a text that names neither.
pub const CREATININE: &[Unit] = &[unit("mg/dL", MICRO), unit("umol/L", MICRO)];

/// A calculated amount of a drug, in micrograms.
pub const CALCULATED_AMOUNT: &[Unit] = &[unit("mg", 1000), unit("g", MICRO)];
/// Uracil in plasma, in picograms per millilitre.
pub const URACIL: &[Unit] = &[
    unit("ng/mL", 1000),
    unit("ng/ml", 1000),
    unit("ug/L", 1000),
    unit("\u{b5}g/L", 1000),
    unit("\u{3bc}g/L", 1000),
];

/// The unit that a text begins with, the longest one that fits; no letter or digit follows it.
///
/// ```
/// use chemorad::number::unit::{ABSORBED_DOSE, DEPTH, leading};
/// assert_eq!(leading(ABSORBED_DOSE, "Gy in 25").map(|unit| unit.code()), Some("Gy"));
/// assert_eq!(leading(DEPTH, "mm3"), None);
/// ```
#[must_use]
pub fn leading(units: &[Unit], text: &str) -> Option<Unit> {
    units
        .iter()
        .filter(|unit| {
            text.strip_prefix(unit.code)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
        .max_by_key(|unit| unit.code.len())
        .copied()
}
