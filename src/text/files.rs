//! How a type is read from a file by the text, or the parts, that a person writes.

use core::fmt;
use core::str::FromStr;

use super::constant::Text;

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
