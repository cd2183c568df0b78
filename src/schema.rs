//! JSON Schema of the types whose shape serde does not derive.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use schemars::{Schema, json_schema};

/// A text with its unit, or a table of value and unit.
pub(crate) fn quantity(name: &str, units: impl Iterator<Item = &'static str>) -> Schema {
    let units: Vec<&str> = units.collect();
    let example = alloc::format!("1 {}", units.first().copied().unwrap_or_default());
    json_schema!({
        "description": name,
        "anyOf": [
            { "type": "string", "examples": [example] },
            {
                "type": "object",
                "properties": {
                    "value": { "type": "number", "minimum": 0 },
                    "unit": { "type": "string", "enum": units }
                },
                "required": ["value", "unit"],
                "additionalProperties": false
            }
        ]
    })
}

/// One of these words.
#[must_use]
pub fn words(description: &str, words: &[&str]) -> Schema {
    json_schema!({ "description": description, "type": "string", "enum": words })
}

/// A text of a form.
#[must_use]
pub fn text(description: &str, pattern: &str) -> Schema {
    json_schema!({ "description": description, "type": "string", "pattern": pattern })
}

/// Any of these.
#[must_use]
pub fn any_of(schemas: &[Schema]) -> Schema {
    json_schema!({ "anyOf": schemas })
}

/// The name of a schema.
pub type SchemaName = Cow<'static, str>;

/// A type with the schema of another, or with one given in words.
#[macro_export]
macro_rules! schema_of {
    ($type:ty, $name:expr, |$generator:ident| $schema:expr) => {
        impl schemars::JsonSchema for $type {
            fn schema_name() -> $crate::schema::SchemaName {
                $name.into()
            }

            fn json_schema($generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $schema
            }
        }
    };
}
pub use schema_of;
