use super::status::Statement;
use crate::text::Text;

/// A closed range of whole numbers.
///
/// ```
/// use chemorad::protocol::Span;
/// const WEEKS: Span = Span::validated(4, 6);
/// assert!(WEEKS.contains(5) && !WEEKS.contains(7));
/// assert_eq!(Span::new(6, 4), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Span {
    min: u32,
    max: u32,
}

impl Span {
    /// From `min` to `max`, both included; `None` when `min` is greater.
    #[must_use]
    pub const fn new(min: u32, max: u32) -> Option<Self> {
        if min <= max {
            Some(Self { min, max })
        } else {
            None
        }
    }

    /// A constant range: a wrong one does not compile when used in `const`.
    ///
    /// # Panics
    /// When `min` is greater than `max`.
    #[must_use]
    #[track_caller]
    pub const fn validated(min: u32, max: u32) -> Self {
        match Self::new(min, max) {
            Some(span) => span,
            None => panic!("the smallest value of a range must not be above the largest"),
        }
    }

    /// The smallest value.
    #[must_use]
    pub const fn min(self) -> u32 {
        self.min
    }

    /// The largest value.
    #[must_use]
    pub const fn max(self) -> u32 {
        self.max
    }

    /// Whether a number lies in it, its ends included.
    #[must_use]
    pub const fn contains(self, number: u32) -> bool {
        self.min <= number && number <= self.max
    }
}

/// `28 to 42`.
impl core::fmt::Display for Span {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.pad(&format!("{} to {}", self.min, self.max))
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Shape {
            min: u32,
            max: u32,
        }
        let Shape { min, max } = Shape::deserialize(deserializer)?;
        Self::new(min, max).ok_or_else(|| {
            serde::de::Error::custom(format!("the range {min} to {max} ends before it begins"))
        })
    }
}

/// When treatment begins, counted from an event.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
pub struct StartWindow {
    /// The event.
    pub from: Statement<Text>,
    /// Weeks after the event.
    pub weeks: Statement<Span>,
    /// Days after the event, the day of the event being day 0.
    pub days: Statement<Span>,
}
