//! Text and lists that are either constants of the program or read at run time.
//!
//! A built-in protocol is a `const`; a protocol file is data. Both have the same types.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Deref;
use core::str::FromStr;

/// Whether a character drives a terminal or turns the direction of writing, so that a reader may see
/// another line or another order of digits than the text has.
///
/// ```
/// use chemorad::text::steers;
/// assert!(steers('\u{1b}') && steers('\u{202e}') && steers('\n'));
/// assert!(!steers('5') && !steers('µ'));
/// ```
#[must_use]
pub fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What may stand as a heading or a name: one line of at most 200 characters, with none that drive
/// a terminal or turn the direction of writing.
#[must_use]
pub fn is_heading(text: &str) -> bool {
    text.chars().count() <= LONGEST_HEADING && !text.chars().any(steers)
}

const LONGEST_HEADING: usize = 200;

/// Reads a value that a file writes as text, by the reader that takes it from a person.
///
/// # Errors
/// No text, or one that the value refuses.
pub fn parsed<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: FromStr<Err: fmt::Display>,
    D: serde::Deserializer<'de>,
{
    let text: Text = serde::Deserialize::deserialize(deserializer)?;
    text.parse().map_err(serde::de::Error::custom)
}

/// Reads and writes a type in files by its `Display` and `FromStr`, so that arguments, files and JSON
/// hold one text.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// struct Side(bool);
/// impl core::fmt::Display for Side {
///     fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
///         f.write_str(if self.0 { "left" } else { "right" })
///     }
/// }
/// impl core::str::FromStr for Side {
///     type Err = &'static str;
///     fn from_str(text: &str) -> Result<Self, Self::Err> {
///         match text {
///             "left" => Ok(Self(true)),
///             "right" => Ok(Self(false)),
///             _ => Err("write left or right"),
///         }
///     }
/// }
/// chemorad::text::by_text!(Side);
///
/// assert_eq!(serde_json::to_string(&Side(true)).unwrap(), "\"left\"");
/// assert_eq!(serde_json::from_str::<Side>("\"right\"").unwrap(), Side(false));
/// ```
#[macro_export]
macro_rules! by_text {
    ($name:ty) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::text::parsed(deserializer)
            }
        }
    };
}
pub use by_text;

/// Reads a type in files from its text, or from a table of its parts: `$shape`, which turns into it.
///
/// ```
/// #[derive(Debug, PartialEq)]
/// struct Share(u8);
/// impl core::str::FromStr for Share {
///     type Err = &'static str;
///     fn from_str(text: &str) -> Result<Self, Self::Err> {
///         let number = text.strip_suffix(" %").and_then(|number| number.parse().ok());
///         number.map(Share).ok_or("write a share such as 50 %")
///     }
/// }
/// #[derive(serde::Deserialize)]
/// struct Shape {
///     percent: u8,
/// }
/// impl From<Shape> for Share {
///     fn from(shape: Shape) -> Self {
///         Self(shape.percent)
///     }
/// }
/// chemorad::text::from_text_or_parts!(Share, Shape, "a share such as \"50 %\"");
///
/// assert_eq!(serde_json::from_str::<Share>("\"50 %\"").unwrap(), Share(50));
/// assert_eq!(serde_json::from_str::<Share>("{\"percent\": 50}").unwrap(), Share(50));
/// ```
#[macro_export]
macro_rules! from_text_or_parts {
    ($name:ty, $shape:ty, $expecting:literal) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                struct TextOrParts;

                impl<'de> ::serde::de::Visitor<'de> for TextOrParts {
                    type Value = $name;

                    fn expecting(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                        f.write_str($expecting)
                    }

                    fn visit_str<E: ::serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        text.parse().map_err(E::custom)
                    }

                    fn visit_map<A: ::serde::de::MapAccess<'de>>(
                        self,
                        map: A,
                    ) -> Result<$name, A::Error> {
                        let map = ::serde::de::value::MapAccessDeserializer::new(map);
                        let shape = <$shape as ::serde::Deserialize>::deserialize(map)?;
                        <$name>::try_from(shape).map_err(::serde::de::Error::custom)
                    }
                }

                deserializer.deserialize_any(TextOrParts)
            }
        }
    };
}
pub use from_text_or_parts;

/// Declares an enumeration whose values are written by codes: the values, `ALL` of them in order,
/// `code`, and `Display`.
///
/// ```
/// chemorad::text::coded_enum! {
///     /// A side of the body.
///     #[derive(Debug, Clone, Copy, PartialEq)]
///     Side {
///         /// Left.
///         Left = "left",
///         /// Right.
///         Right = "right",
///     }
/// }
/// assert_eq!(Side::ALL, [Side::Left, Side::Right]);
/// assert_eq!(Side::Right.to_string(), "right");
/// ```
#[macro_export]
macro_rules! coded_enum {
    ($(#[$attribute:meta])* $name:ident {
        $($(#[$of_variant:meta])* $variant:ident = $code:literal,)+
    }) => {
        $(#[$attribute])*
        pub enum $name {
            $($(#[$of_variant])* $variant,)+
        }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code it is written with.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.code())
            }
        }
    };
}
pub use coded_enum;

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

/// A list: `'static` in a constant, owned when read from a file.
///
/// ```
/// use chemorad::text::List;
/// const DAYS: List<u8> = List::constant(&[1, 2, 3]);
/// assert_eq!(DAYS, List::from(vec![1, 2, 3]));
/// assert_eq!(DAYS.len(), 3);
/// ```
#[derive(Clone)]
pub enum List<T: 'static> {
    /// Part of the program.
    Constant(&'static [T]),
    /// Read at run time.
    Owned(Box<[T]>),
}

impl<T: 'static> List<T> {
    /// A constant list.
    #[must_use]
    pub const fn constant(items: &'static [T]) -> Self {
        Self::Constant(items)
    }

    /// The items.
    #[must_use]
    pub const fn as_slice(&self) -> &[T] {
        match self {
            Self::Constant(items) => items,
            Self::Owned(items) => items,
        }
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.as_slice().is_empty()
    }
}

/// The empty list.
impl<T> Default for List<T> {
    fn default() -> Self {
        Self::Constant(&[])
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T: PartialEq> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl<T: Eq> Eq for List<T> {}

impl<T: fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_slice().fmt(f)
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self::Owned(items.into())
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = core::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.as_slice().iter()
    }
}

mod shape {
    use alloc::string::String;
    use alloc::vec::Vec;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{List, Text};

    impl Serialize for Text {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(self)
        }
    }

    impl<'de> Deserialize<'de> for Text {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            String::deserialize(deserializer).map(Self::from)
        }
    }

    impl<T: Serialize> Serialize for List<T> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            self.as_slice().serialize(serializer)
        }
    }

    impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Vec::deserialize(deserializer).map(Self::from)
        }
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

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for List<T> {
    fn schema_name() -> alloc::borrow::Cow<'static, str> {
        alloc::format!("ListOf{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "array", "items": generator.subschema_for::<T>() })
    }
}
