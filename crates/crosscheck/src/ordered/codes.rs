//! The codes of an order: what each means and what to do.

use chemorad::report::Code;

pub(super) const ALLOWED: Code = Code::new(
    "order.allowed",
    "Order where a dose may be given",
    "The rules and facts that were given leave a dose, or they do not. An order where a rule stops the drug \
     is wrong whatever its dose, and so is one for a patient whose treatment gives no capecitabine; where a fact or a rule is missing, no order can be judged.",
    "Read the findings of the rules, or the treatment of the patient. Do not give the drug before they are \
     settled.",
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
     surface area and tablets. Another dose that deviates from the calculated one of an administration by no \
     more than the tolerance, and is not above a cap, is a warning, and any other fails. The right doses in \
     another order of the day are a warning.",
    "Correct the order. Where another rounding or another order of the day is meant, check it with that \
     rounding or split.",
);
pub(super) const DAY: Code = Code::new(
    "order.day",
    "Dose of a day",
    "The drug of a whole day is the one expected, whatever its division. Another amount that deviates from \
     the calculated one by no more than the tolerance is a warning, and any other fails.",
    "Correct the order.",
);
pub(super) const EXPECTED: Code = Code::new(
    "order.expected",
    "The expected order deviates itself",
    "The dose that the rounding of the site gives is far from the calculated one, or further than its \
     tolerance. This is about the expected order, and says nothing of the one that was entered.",
    "Choose a rounding, tablets and a tolerance that go together.",
);
pub(super) const TABLETS: Code = Code::new(
    "order.tablets",
    "Tablets for the order",
    "Whole tablets of the stock make each administration within the limits of the site. Of what was dispensed \
     the strengths are in stock, they make each administration within these limits, and there is no more of \
     one strength than all administrations take. Tablets that add up and are not the fewest are a warning: a \
     patient who takes ten tablets for three may take three.",
    "Order a dose that the tablets make. Dispense the strengths that make each administration.",
);
pub(super) const SUPPLY: Code = Code::new(
    "order.supply",
    "Tablets for all days",
    "The dispensed drug is what the ordered day takes on all days of intake, or on those of one dispensing \
     period. Too little ends before the course, and too much lets a patient go on after it or take the drug on \
     days without it. Tablets that are right for one period are a warning as long as nobody says that they \
     are for it.",
    "Correct the number of tablets, or the days, or say for which dispensing period they are. In a table of patients the days stand in the column days, or follow from the column start_date, the course, and a site file with capecitabine_days, fractions_per_week, weekdays and holidays.",
);

/// Every code of this room, in the order of its documentation.
pub const CODES: &[Code] = &[ALLOWED, FREQUENCY, DOSE, DAY, EXPECTED, TABLETS, SUPPLY];
