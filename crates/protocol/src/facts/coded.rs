//! Facts with a short written code: one list of codes serves text, serde and error messages.

/// Declares an enumeration with one printed code and any number of further accepted spellings.
/// Upper and lower case are the same.
macro_rules! coded {
    (
        $(#[$doc:meta])*
        $name:ident, $what:literal, $hint:literal {
            $($(#[$variant_doc:meta])* $variant:ident = $code:literal $(| $alias:literal)*,)+
        }
    ) => {
        ::chemorad::text::coded_enum! {
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            $name {
                $($(#[$variant_doc])* $variant = $code,)+
            }
        }

        impl From<$name> for $crate::facts::value::FactValue {
            fn from(value: $name) -> Self {
                Self::Choice(chemorad::text::Text::constant(value.code()))
            }
        }

        impl core::str::FromStr for $name {
            type Err = $crate::facts::value::FactError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                const SPELLINGS: &[(&str, $name)] = &[
                    $(($code, $name::$variant), $(($alias, $name::$variant),)*)+
                ];
                let given = text.trim();
                SPELLINGS
                    .iter()
                    .find(|(spelling, _)| spelling.eq_ignore_ascii_case(given))
                    .map(|(_, value)| *value)
                    .ok_or_else(|| {
                        let codes: Vec<_> =
                            Self::ALL.iter().map(|value| value.code()).collect();
                        $crate::facts::value::FactError::new(
                            $what,
                            text,
                            format!("one of: {}", codes.join(", ")),
                            $hint,
                        )
                    })
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let codes: Vec<&str> =
                    Self::ALL.iter().map(|value| value.code()).collect();
                schemars::json_schema!({
                    "description": $what, "type": "string", "examples": codes
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Code;

                impl serde::de::Visitor<'_> for Code {
                    type Value = $name;

                    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                        f.write_str(concat!($what, " as text"))
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        text.parse().map_err(E::custom)
                    }

                    // a yes-or-no fact may be written as true or false
                    fn visit_bool<E: serde::de::Error>(self, yes: bool) -> Result<$name, E> {
                        self.visit_str(if yes { "true" } else { "false" })
                    }
                }

                deserializer.deserialize_any(Code)
            }
        }
    };
}

/// Declares a small whole number with a range, written as a number.
macro_rules! whole_number {
    ($(#[$doc:meta])* $name:ident, $what:literal, $min:literal, $max:literal, $suffix:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u8);

        impl $name {
            /// The smallest value.
            pub const MIN: u8 = $min;
            /// The largest value.
            pub const MAX: u8 = $max;

            /// The number, if it is in range.
            ///
            /// # Errors
            #[doc = concat!("A number outside ", $min, " to ", $max, ".")]
            #[allow(clippy::cast_possible_truncation, reason = "at most MAX, which is a u8")]
            pub fn new(number: u64) -> Result<Self, $crate::facts::value::FactError> {
                if (u64::from(Self::MIN)..=u64::from(Self::MAX)).contains(&number) {
                    Ok(Self(number as u8))
                } else {
                    Err(Self::error(&format!("{number}")))
                }
            }

            /// A constant: a wrong one does not compile when used in `const`.
            ///
            /// # Panics
            #[doc = concat!("If the number is outside ", $min, " to ", $max, ".")]
            #[must_use]
            #[track_caller]
            #[allow(clippy::manual_range_contains, reason = "ranges cannot be asked in const")]
            #[allow(unused_comparisons, reason = "the smallest value may be 0")]
            pub const fn constant(number: u8) -> Self {
                assert!(
                    number >= Self::MIN && number <= Self::MAX,
                    concat!($what, " must be from ", $min, " to ", $max)
                );
                Self(number)
            }

            /// The number.
            #[must_use]
            pub const fn get(self) -> u8 {
                self.0
            }

            fn error(given: &str) -> $crate::facts::value::FactError {
                $crate::facts::value::FactError::new(
                    $what,
                    given,
                    concat!("a whole number from ", $min, " to ", $max).into(),
                    "",
                )
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(&format!("{}{}", self.0, $suffix))
            }
        }

        impl core::str::FromStr for $name {
            type Err = $crate::facts::value::FactError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let digits = text.trim();
                let digits = digits.strip_suffix($suffix).unwrap_or(digits).trim_end();
                if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(Self::error(text));
                }
                let number: u64 = digits.parse().map_err(|_| Self::error(text))?;
                Self::new(number).map_err(|_| Self::error(text))
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "description": $what, "type": "integer", "minimum": $min, "maximum": $max
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_u8(self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let number = u64::deserialize(deserializer)?;
                Self::new(number).map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use coded;
pub(crate) use whole_number;
