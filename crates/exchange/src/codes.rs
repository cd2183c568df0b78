//! Enumerations of required codes.

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident, $unknown:ident, {
        $($(#[$variant_doc:meta])* $variant:ident = $code:literal,)+
    }) => {
        ::chemorad::text::coded_enum! {
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            $name {
                $($(#[$variant_doc])* $variant = $code,)+
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = $crate::ExportError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let known = Self::ALL.iter().find(|known| known.code() == text);
                known.copied().ok_or_else(|| $crate::ExportError::$unknown {
                    given: $crate::error::start_of(text),
                    allowed: [$($code,)+].join(", "),
                })
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }
    };
}
