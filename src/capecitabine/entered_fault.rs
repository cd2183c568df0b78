//! What can be wrong with the text of an order.

/// What is wrong with the text of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum OrderTextFault {
    /// It is not written as an order.
    Malformed,
    /// A decimal comma.
    DecimalComma,
    /// Less than a milligram.
    PartOfMilligram,
    /// An intensity instead of a dose.
    PerArea,
    /// A dose alone.
    HowOften,
    /// Not 1 to 4 administrations.
    Often,
}

impl OrderTextFault {
    /// What is wrong and what to write.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::Malformed => {
                "write the dose of one administration and how often a day, such as \"1500mg bid\", or the \
                 up to 4 administrations of a day, such as \"1500mg + 1650mg\""
            }
            Self::DecimalComma => {
                "a comma stands neither before decimals nor between thousands: write 1500mg, or a point before decimals: 1.5g"
            }
            Self::PartOfMilligram => {
                "an order is in whole milligrams, as tablets are: write what was ordered, such as \
                 \"1500mg bid\""
            }
            Self::PerArea => {
                "this is per body surface area, and an order is the dose of one administration in mg or g, \
                 such as \"1500mg bid\""
            }
            Self::HowOften => {
                "how often a day is missing: \"1500mg bid\", \"1500mg once a day\", or the administrations \
                 of a day, \"1500mg + 1650mg\""
            }
            Self::Often => "a day has 1 to 4 administrations",
        }
    }
}
