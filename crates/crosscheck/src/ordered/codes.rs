//! The codes of an order: what each means and what to do.

use chemorad::report::Code;

pub(super) const ALLOWED: Code = Code::new(
    "order.allowed",
    "Order where a dose may be given",
    "The rules and facts that were given leave a dose, or they do not. An order where a rule stops the drug \
     is wrong whatever its dose; where a fact or a rule is missing, no order can be judged.",
    "Read the findings of the rules. Do not give the drug before they are settled.",
);
pub(super) const FREQUENCY: Code = Code::new(
    "order.frequency",
    "How often a day",
    "The administrations a day of the order are those of the regimen. The dose of a day given once is twice \
     the dose of an administration.",
    "Correct how often a day the drug is taken.",
);
pub(super) const DOSE: Code = Code::new(
    "order.dose",
    "Dose of one administration",
    "The dose of each administration is the one that the rounding of the site gives from intensity, body \
     surface area and tablets. Another dose whose day deviates from the calculated one by no more than the \
     tolerance is a warning, and any other fails.",
    "Correct the order. Where another rounding is meant, check it with that rounding.",
);
pub(super) const DAY: Code = Code::new(
    "order.day",
    "Dose of a day",
    "The drug of a whole day is the one expected, whatever its division. Another amount that deviates from \
     the calculated one by no more than the tolerance is a warning, and any other fails.",
    "Correct the order.",
);
pub(super) const TABLETS: Code = Code::new(
    "order.tablets",
    "Tablets for the order",
    "The dispensed strengths are in stock, and each administration can be made of whole tablets of them \
     within the limits of the site. Tablets that add up and are not the fewest are a warning: a patient \
     who takes ten tablets for three may take three.",
    "Dispense the strengths that make each administration.",
);
pub(super) const SUPPLY: Code = Code::new(
    "order.supply",
    "Tablets for all days",
    "The dispensed drug is what the ordered day takes on all days of intake. Too little ends before the \
     course, and too much lets a patient go on after it or take the drug on days without it.",
    "Correct the number of tablets, or the days.",
);

/// Every code of this room, in the order of its documentation.
pub const CODES: &[Code] = &[ALLOWED, FREQUENCY, DOSE, DAY, TABLETS, SUPPLY];
