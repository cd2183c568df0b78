//! Words with numbers in them: every digit for a tool, rounded for a person.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

/// Words with numbers in them, written twice: with every digit, for a tool and for arithmetic, and rounded
/// for a person. What is written out says how it is rounded in its alternate form (`{:#}`).
///
/// ```
/// use chemorad::number::Decimal;
/// use chemorad::report::Written;
///
/// let stated: Decimal = "11.3113869239676".parse()?;
/// let words = Written::new(stated);
/// assert_eq!(words.to_string(), "11.3113869239676");
/// assert_eq!(words.shown(), "11.3114");
/// assert_eq!(Written::new("14 Gy").shown(), "14 Gy");
/// # Ok::<(), chemorad::number::DecimalError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Written {
    exact: String,
    /// Where it differs.
    shown: Option<String>,
}

impl Written {
    /// A value, with every digit and rounded.
    pub fn new(value: impl fmt::Display) -> Self {
        Self::both(&value, Shown(&value))
    }

    /// Words with the numbers exact and rounded: for [`written!`](crate::written).
    #[doc(hidden)]
    #[must_use]
    pub fn both(exact: impl fmt::Display, shown: impl fmt::Display) -> Self {
        let (exact, shown) = (exact.to_string(), shown.to_string());
        Self {
            shown: Some(shown).filter(|shown| *shown != exact),
            exact,
        }
    }

    /// Several with a text between them.
    ///
    /// ```
    /// use chemorad::report::Written;
    /// let parts = [Written::new("45 Gy"), Written::new("5.4 Gy")];
    /// assert_eq!(Written::joined(&parts, " + ").to_string(), "45 Gy + 5.4 Gy");
    /// ```
    #[must_use]
    pub fn joined(parts: &[Self], between: &str) -> Self {
        let exact: Vec<&str> = parts.iter().map(Self::exact).collect();
        let shown: Vec<&str> = parts.iter().map(Self::shown).collect();
        Self::both(exact.join(between), shown.join(between))
    }

    /// With every digit.
    #[must_use]
    pub fn exact(&self) -> &str {
        &self.exact
    }

    /// Rounded, for a person.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.shown.as_deref().unwrap_or(&self.exact)
    }
}

/// With every digit; rounded in its alternate form.
impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(if f.alternate() {
            self.shown()
        } else {
            &self.exact
        })
    }
}

/// With every digit.
impl serde::Serialize for Written {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.exact)
    }
}

/// A value in its alternate form, wherever it is written.
#[doc(hidden)]
#[derive(Debug)]
pub struct Shown<T>(pub T);

impl<T: fmt::Display> fmt::Display for Shown<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}", self.0)
    }
}

/// As [`format!`], with the numbers exact and rounded: a [`Written`](crate::report::Written).
///
/// ```
/// use chemorad::number::Decimal;
/// let dose: Decimal = "1.71428571".parse()?;
/// let words = chemorad::written!("{} x {} Gy", 7, dose);
/// assert_eq!(words.exact(), "7 x 1.71428571 Gy");
/// assert_eq!(words.shown(), "7 x 1.7143 Gy");
/// # Ok::<(), chemorad::number::DecimalError>(())
/// ```
#[macro_export]
macro_rules! written {
    ($text:literal $(, $value:expr)* $(,)?) => {
        $crate::report::Written::both(
            ::core::format_args!($text $(, $value)*),
            ::core::format_args!($text $(, $crate::report::Shown(&$value))*),
        )
    };
}
