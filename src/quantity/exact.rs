//! Declares the types of exact quantities.

pub(crate) use super::spec::Spec;

/// Declares an exact quantity: a whole number of base units that exists only when it is valid.
macro_rules! exact_quantity {
    ($(#[$doc:meta])* $name:ident, $spec:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u64);

        impl $name {
            const SPEC: $crate::quantity::spec::Spec = $spec;

            /// Reads a number with its unit, in `const` or at run time.
            ///
            /// # Errors
            /// The [`Fault`](crate::quantity::Fault) of the text; [`str::parse`] gives the same
            /// with the text quoted and the accepted units listed.
            pub const fn from_text(text: &str) -> Result<Self, $crate::quantity::Fault> {
                match Self::SPEC.parse(text) {
                    Ok(base) => Ok(Self(base)),
                    Err(fault) => Err(fault),
                }
            }

            /// A constant: a wrong one does not compile when used in `const`.
            ///
            /// # Panics
            /// If the text is not valid. At run time use [`str::parse`].
            #[must_use]
            #[track_caller]
            pub const fn constant(text: &'static str) -> Self {
                match Self::from_text(text) {
                    Ok(value) => value,
                    Err(fault) => panic!("{}", fault.message()),
                }
            }

            #[allow(dead_code, reason = "not every quantity needs every way in")]
            pub(crate) const fn from_base(base: u64) -> Result<Self, $crate::quantity::Fault> {
                match Self::SPEC.check(base) {
                    Ok(base) => Ok(Self(base)),
                    Err(fault) => Err(fault),
                }
            }

            /// From a floating-point number of `unit`, accepted when it is a representable
            /// decimal up to the float noise of one unit conversion (4 units in the last place).
            #[allow(dead_code, reason = "not every quantity needs every way in")]
            pub(crate) fn from_float(
                value: f64,
                unit: &'static str,
            ) -> Result<Self, $crate::quantity::QuantityError> {
                Self::checked_float(value, unit).map_err(|fault| {
                    $crate::quantity::QuantityError::new(
                        &Self::SPEC,
                        alloc::format!("{value} {unit}"),
                        fault,
                    )
                })
            }

            /// A quantity; where it is refused, the fault alone: no words are made.
            #[allow(dead_code, reason = "not every quantity needs every way in")]
            pub(crate) fn checked_float(
                value: f64,
                unit: &'static str,
            ) -> Result<Self, $crate::quantity::Fault> {
                Self::SPEC.float_to_base(value, unit, 4.0).map(Self)
            }

            /// A quantity in a unit that is given by its number of base units, for columns.
            #[allow(dead_code, reason = "not every quantity needs every way in")]
            #[inline]
            pub(crate) fn checked_units(
                value: f64,
                base_per_unit: u64,
            ) -> Result<Self, $crate::quantity::Fault> {
                Self::SPEC.units_to_base(value, base_per_unit, 4.0).map(Self)
            }
        }

        impl core::str::FromStr for $name {
            type Err = $crate::quantity::QuantityError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::from_text(text).map_err(|fault| {
                    $crate::quantity::QuantityError::new(&Self::SPEC, text.into(), fault)
                })
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(&Self::SPEC.text(self.0))
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> alloc::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::schema::quantity(
                    Self::SPEC.quantity,
                    Self::SPEC.units.iter().map(|unit| unit.code),
                )
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::quantity::serde_shape::serialize(&Self::SPEC, self.0, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::quantity::serde_shape::deserialize(&Self::SPEC, deserializer).map(Self)
            }
        }
    };
}
pub(crate) use exact_quantity;

/// How a program makes a quantity in gray, and reads it.
macro_rules! gray_accessors {
    ($name:ident) => {
        impl $name {
            /// From a whole number of micrograys.
            ///
            /// # Errors
            /// Zero, or more than 1000 Gy.
            pub const fn from_micrograys(micrograys: u64) -> Result<Self, $crate::quantity::Fault> {
                Self::from_base(micrograys)
            }

            /// From a floating-point number of gray that is a decimal of at most six places, up to
            /// the float noise of one calculation (4 units in the last place): `25.0 * 1.8` is
            /// accepted as 45.
            ///
            /// # Errors
            /// NaN, infinity, zero, negative, above 1000 Gy, or finer than a microgray.
            ///
            /// ```
            /// use chemorad::quantity::AbsorbedDose;
            /// assert_eq!(AbsorbedDose::from_gray(25.0 * 2.2)?.to_string(), "55 Gy");
            /// assert!(AbsorbedDose::from_gray(f64::NAN).is_err());
            /// # Ok::<(), chemorad::quantity::QuantityError>(())
            /// ```
            pub fn from_gray(gray: f64) -> Result<Self, $crate::quantity::QuantityError> {
                Self::from_float(gray, "Gy")
            }

            /// The exact value in micrograys.
            ///
            /// ```
            /// use chemorad::quantity::AbsorbedDose;
            /// assert_eq!(AbsorbedDose::from_micrograys(1_800_000)?.gray(), 1.8);
            /// # Ok::<(), chemorad::quantity::Fault>(())
            /// ```
            #[must_use]
            pub const fn micrograys(self) -> u64 {
                self.0
            }

            /// The value in gray, correctly rounded to `f64`.
            #[must_use]
            pub const fn gray(self) -> f64 {
                Self::SPEC.value(self.0)
            }

            /// The number without its unit, as it stands inside `EQD2Gy(a/b = 10)`.
            pub(crate) fn number(self) -> alloc::string::String {
                Self::SPEC.number(self.0)
            }
        }
    };
}
pub(crate) use gray_accessors;
