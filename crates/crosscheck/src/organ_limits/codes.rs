//! The codes of limits.

use chemorad::report::Code;

pub(super) const DOSE_VOLUME: Code = Code::new(
    "limit.dose_volume",
    "Dose in an organ against a limit",
    "A value of the dose in a structure is compared with the limit of a table that was named. It passes where all \
     that the bounds of the value enclose is permitted, and fails where nothing of it is; within an acceptable \
     variation it is a warning. Where the bounds lie on both sides, or there is no value, it cannot be told. A value \
     within 5e-7 of a limit is at it. A limit that every dose keeps tells nothing when it is kept: an upper one above \
     200 Gy or a lower one below 1 Gy, as a slip between gray and centigray makes them, a volume that the whole \
     structure has, or at least 1 % of it or less, as a fraction taken for percent. Nor does one on the wrong side: at \
     least so much for an organ, or no more than so much for what a target is to get.",
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
     given. Where the course has several plans, limits are for the dose of all of them together; where a plan has several \
     fraction groups, for the dose of all of these.",
    "Give the plan of the dose, or the prescribed dose; for a course of several plans, one dose that names every plan; for several fraction groups, the dose of the plan, or those of all groups.",
);

pub(super) const PUBLISHED: Code = Code::new(
    "limit.published",
    "A limit far from what is published",
    "The limit is compared with the shipped tables and protocols that have one for the same organ: more than five \
     times or less than a fifth of the nearest, the same number in another unit, or at a tenth or ten times the dose. \
     A slip between gray and centigray, percent and a fraction, or of a point makes it so, and a limit of ten times \
     the value is always kept.",
    "Look at the number and its units in the document that the limit is from.",
);

pub(super) const OTHER_ORGAN: Code = Code::new(
    "limit.other_organ",
    "A structure with the name of another organ",
    "A structure is given by hand as the organ of a limit, and its own name is that of another organ: one of the \
     limits here, or one that is published. The limit was held against the structure that was given.",
    "Look at the names on both sides of the sign: NAME=ORGAN, the structure of the file first.",
);

pub(super) const TARGET_DOSE: Code = Code::new(
    "limit.target_dose",
    "Targets without the prescribed dose",
    "A plan gives its targets what it prescribes. Where the median dose of every target is below 80 % of the lowest \
     prescribed dose, the structures may be those of another plan, moved, or exchanged, and what limits say of organs \
     is then not of these organs. Where the median dose of a target is above 120 % of the highest prescribed dose, the \
     dose may be too large, or the prescription one to a low isodose. Targets are told by name (GTV, CTV, ITV, PTV) or by their type.",
    "Look at plan, dose and structures together in the planning system.",
);

/// The codes of limits.
///
/// ```
/// let codes = chemorad_crosscheck::LIMIT_CODES;
/// assert!(codes.iter().any(|code| code.name == "limit.dose_volume"));
/// ```
pub const CODES: &[Code] = &[
    DOSE_VOLUME,
    STRUCTURE,
    WHOLE_DOSE,
    PUBLISHED,
    OTHER_ORGAN,
    TARGET_DOSE,
];
