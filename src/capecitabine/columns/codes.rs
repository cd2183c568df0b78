//! The codes of rows of a cohort that are refused.

use crate::report::Code;

pub(super) const HEIGHT: Code = Code::new(
    "cohort.height",
    "Height missing or impossible",
    "The row has no height, or one outside 20 to 280 cm. Nothing is calculated from it, and no other value stands in for it.",
    "Give the height in the unit that the column's name says.",
);
pub(super) const WEIGHT: Code = Code::new(
    "cohort.weight",
    "Weight missing or impossible",
    "The row has no weight, or one outside 0.2 to 700 kg. Nothing is calculated from it, and no other value stands in for it.",
    "Give the weight in the unit that the column's name says.",
);
pub(super) const BODY_SIZE: Code = Code::new(
    "cohort.body_size",
    "Height and weight of no one person",
    "Height and weight together are a body-mass index outside 4 to 210 kg/m2. The two columns may be swapped, or one of them is in another unit.",
    "Check both columns and their units.",
);
pub(super) const SEX: Code = Code::new(
    "cohort.sex",
    "Sex missing",
    "The formula of the body surface area or of the creatinine clearance has coefficients for each sex, and the row has none.",
    "Give female or male.",
);
pub(super) const FORMULA_RANGE: Code = Code::new(
    "cohort.formula_range",
    "Body size outside the range of the formula",
    "The formula of the body surface area is used for a range of body sizes only, and the row lies outside it.",
    "Choose another formula for the cohort.",
);
pub(super) const AGE: Code = Code::new(
    "cohort.age",
    "Age missing or impossible",
    "Cockcroft and Gault's formula needs the age in completed years, and the row has none; or the age in the row is no age, or below 18. No dose is made for a child: the intended use leaves children out.",
    "Give the age in completed years. Leave rows of children out.",
);
pub(super) const CREATININE: Code = Code::new(
    "cohort.creatinine",
    "Serum creatinine impossible",
    "The row has a serum creatinine outside 0.1 to 25 mg/dL (10 to 2200 umol/L). The two units differ by a factor of 88.4, and a value in the other unit lies outside.",
    "Check the value and the unit in the column's name.",
);
pub(super) const IDEAL_WEIGHT: Code = Code::new(
    "cohort.ideal_weight",
    "No ideal weight for this height",
    "The ideal body weight (Devine 1974) is for heights from 60 inches (152.4 cm), and the adjusted one is made from it.",
    "Choose the actual weight for the cohort, or give a clearance from elsewhere.",
);
pub(super) const CALCULATED_DOSE: Code = Code::new(
    "cohort.calculated_dose",
    "Calculated dose that no one means",
    "Intensity times body surface area is more than 50 000 mg for one administration.",
    "Check the intensity and the body size.",
);
pub(super) const SHARE: Code = Code::new(
    "cohort.share",
    "A share of the dose that cannot be written",
    "The share that a rule leaves of the intensity is not a whole number of nanograms per square metre.",
    "Check the share in the rule set.",
);
pub(super) const TABLETS: Code = Code::new(
    "cohort.tablets",
    "Tablets make no order",
    "The tablets in stock, their limits and the rounding make no amount for the calculated dose of the row.",
    "Use other tablets, other limits or another rounding, or order this patient by hand.",
);
pub(super) const CAP: Code = Code::new(
    "cohort.cap",
    "The cap leaves no order",
    "The rounding asks for more than the cap on one administration, or the cap is below the smallest tablet.",
    "Check the cap and the rounding.",
);
pub(super) const DOSE_TABLE: Code = Code::new(
    "cohort.dose_table",
    "The dose table has no order",
    "The table is for another regimen or intensity, has no band for the row, or asks for an amount that the tablets do not make.",
    "Use another rounding or other tablets, or order this patient by hand.",
);

/// Every code of a refused row.
///
/// ```
/// use chemorad::capecitabine::columns::CODES;
/// assert!(CODES.iter().any(|code| code.name == "cohort.height"));
/// ```
pub const CODES: &[Code] = &[
    HEIGHT,
    WEIGHT,
    BODY_SIZE,
    SEX,
    FORMULA_RANGE,
    AGE,
    CREATININE,
    IDEAL_WEIGHT,
    CALCULATED_DOSE,
    SHARE,
    TABLETS,
    CAP,
    DOSE_TABLE,
];
