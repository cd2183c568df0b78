//! The codes of limits.

use chemorad::report::Code;

pub(super) const DOSE_VOLUME: Code = Code::new(
    "limit.dose_volume",
    "Dose in an organ against a limit",
    "A value of the dose in a structure is compared with the limit of a table that was named. It passes where all \
     that the bounds of the value enclose is permitted, and fails where nothing of it is; within an acceptable \
     variation it is a warning. Where the bounds lie on both sides, or there is no value, it cannot be told. A value \
     within 5e-7 of a limit is at it. A limit that every dose keeps tells nothing when it is kept: an upper one above \
     200 Gy or a lower one below 1 Gy, as a slip between gray and centigray makes them, or a volume that the whole \
     structure has.",
    "Look at the plan where it fails. Where bounds lie on both sides, say what the ends of the contours mean \
     (--solid), or look at the value with its bounds. Where every dose keeps the limit, look at its unit, and whether \
     the whole organ is contoured.",
);

pub(super) const STRUCTURE: Code = Code::new(
    "limit.structure",
    "The structure of a limit",
    "A limit is for an organ, and which structure that is must be known: by its name (exact; case and punctuation \
     aside; the same words in another order, as TG-263 writes them) or by hand. Likeness is no reason: bowel, bowel \
     bag and small bowel are different organs with different limits. A structure that is given by hand does not replace one that has \
     the name of the organ, and an organ that the file has is not left out.",
    "Say which structure it is, NAME=ORGAN, that another one is none, NAME=-, or that the patient has no such organ.",
);

pub(super) const WHOLE_DOSE: Code = Code::new(
    "limit.whole_dose",
    "Whether the dose is the whole dose",
    "Upper limits are kept the better the less of the dose there is: the dose of half the fractions, of one phase, or \
     in another unit keeps them all. So the dose is compared with the one that is prescribed, by the plan or as it is \
     given. Where the course has several plans, limits are for the dose of all of them together.",
    "Give the plan of the dose, or the prescribed dose; for a course of several plans, one dose that names every plan.",
);

/// The codes of limits.
///
/// ```
/// let codes = chemorad_crosscheck::LIMIT_CODES;
/// assert!(codes.iter().any(|code| code.name == "limit.dose_volume"));
/// ```
pub const CODES: &[Code] = &[DOSE_VOLUME, STRUCTURE, WHOLE_DOSE];
