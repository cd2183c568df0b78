//! A text that is either a constant of the program or read at run time.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;
use core::ops::Deref;

/// A text: `'static` in a constant, owned when read from a file.
///
/// ```
/// use chemorad::text::Text;
/// const NAME: Text = Text::constant("tumour bed");
/// assert_eq!(NAME, Text::from(String::from("tumour bed")));
/// ```
#[derive(Clone)]
pub enum Text {
    /// Part of the program.
    Constant(&'static str),
    /// Read at run time.
    Owned(Box<str>),
}

impl Text {
    /// A constant text.
    #[must_use]
    pub const fn constant(text: &'static str) -> Self {
        Self::Constant(text)
    }

    /// The text itself.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        match self {
            Self::Constant(text) => text,
            Self::Owned(text) => text,
        }
    }

    /// Whether nothing but spaces is in it, in `const`.
    #[must_use]
    pub const fn is_blank(&self) -> bool {
        self.as_str().trim_ascii().is_empty()
    }

    /// Equality in `const`.
    #[must_use]
    pub const fn is(&self, other: &str) -> bool {
        let (left, right) = (self.as_str().as_bytes(), other.as_bytes());
        if left.len() != right.len() {
            return false;
        }
        let mut i = 0;
        while i < left.len() {
            if left[i] != right[i] {
                return false;
            }
            i += 1;
        }
        true
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.is(other)
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl core::hash::Hash for Text {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl From<&'static str> for Text {
    fn from(text: &'static str) -> Self {
        Self::Constant(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::Owned(text.into())
    }
}

impl serde::Serialize for Text {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Text {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Text {
    fn schema_name() -> alloc::borrow::Cow<'static, str> {
        "Text".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string" })
    }
}
