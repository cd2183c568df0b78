//! What can be wrong with a number and its unit.

/// What is wrong with a number, without the text it came from (usable in `const`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// Nothing was written.
    Empty,
    /// The text does not begin with a digit.
    MissingNumber,
    /// Two points, a point without digits, or an exponent.
    MalformedNumber,
    /// More than 24 digits.
    TooManyDigits,
    /// NaN or an infinity.
    NotFinite,
    /// Below zero.
    Negative,
    /// Zero where only a positive value has a meaning.
    Zero,
    /// A comma inside the number.
    DecimalComma,
    /// A number alone.
    MissingUnit,
    /// A unit this quantity is not measured in.
    UnknownUnit,
    /// Finer than the smallest step the quantity is kept in.
    TooPrecise,
    /// Below the smallest value that makes sense.
    BelowMinimum,
    /// Above the largest value that makes sense.
    AboveMaximum,
}

impl Fault {
    /// A stable, lower-case description.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Empty => "nothing was given",
            Self::MissingNumber => "it must begin with a number such as 45 or 1.8",
            Self::MalformedNumber => "the number must be a plain decimal such as 45 or 1.8",
            Self::TooManyDigits => "the number has more than 24 digits",
            Self::NotFinite => "the number must be finite",
            Self::Negative => "the number must not be negative",
            Self::Zero => "the value must be greater than zero",
            Self::DecimalComma => "write a decimal point, not a comma",
            Self::MissingUnit => "the unit is missing",
            Self::UnknownUnit => "the unit is not one this quantity is measured in",
            Self::TooPrecise => "it has more decimal places than the quantity is kept with",
            Self::BelowMinimum => "the value is too small to be meant",
            Self::AboveMaximum => "the value is too large to be meant",
        }
    }
}
