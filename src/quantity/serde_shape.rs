//! Every quantity is `{"value": 45, "unit": "Gy"}`; files may also write `"45 Gy"`.

use alloc::format;
use alloc::string::String;
use core::fmt;

use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeStruct, Serializer};

use super::error::QuantityError;
use super::fault::Fault;
use super::spec::Spec;

pub(crate) fn serialize<S: Serializer>(
    spec: &Spec,
    base: u64,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let one = spec.units[0].base;
    let mut shape = serializer.serialize_struct("Quantity", 2)?;
    if base % one == 0 {
        shape.serialize_field("value", &(base / one))?;
    } else {
        shape.serialize_field("value", &spec.value(base))?;
    }
    shape.serialize_field("unit", spec.units[0].code)?;
    shape.end()
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
    spec: &'static Spec,
    deserializer: D,
) -> Result<u64, D::Error> {
    deserializer.deserialize_any(QuantityVisitor(spec))
}

struct QuantityVisitor(&'static Spec);

impl QuantityVisitor {
    fn error<E: de::Error>(&self, given: String, fault: Fault) -> E {
        E::custom(QuantityError::new(self.0, given, fault))
    }
}

impl<'de> Visitor<'de> for QuantityVisitor {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} such as \"1 {unit}\" or {{ value = 1, unit = \"{unit}\" }}",
            self.0.quantity,
            unit = self.0.units[0].code
        )
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<u64, E> {
        self.0
            .parse(text)
            .map_err(|fault| self.error(text.into(), fault))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<u64, E> {
        Err(self.error(format!("{value}"), Fault::MissingUnit))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<u64, E> {
        Err(self.error(format!("{value}"), Fault::MissingUnit))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<u64, E> {
        Err(self.error(format!("{value}"), Fault::MissingUnit))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<u64, A::Error> {
        let (value, unit) = value_and_unit(&mut map)?;
        self.0
            .float_to_base(value, &unit, 0.0)
            .map_err(|fault| self.error(format!("{value} {unit}"), fault))
    }
}

pub(crate) fn value_and_unit<'de, A: MapAccess<'de>>(
    map: &mut A,
) -> Result<(f64, String), A::Error> {
    let mut value: Option<f64> = None;
    let mut unit: Option<String> = None;
    while let Some(key) = map.next_key::<String>()? {
        match key.as_str() {
            "value" if value.is_some() => return Err(de::Error::duplicate_field("value")),
            "unit" if unit.is_some() => return Err(de::Error::duplicate_field("unit")),
            "value" => value = Some(map.next_value()?),
            "unit" => unit = Some(map.next_value()?),
            _ => return Err(de::Error::unknown_field(&key, &["value", "unit"])),
        }
    }
    Ok((
        value.ok_or_else(|| de::Error::missing_field("value"))?,
        unit.ok_or_else(|| de::Error::missing_field("unit"))?,
    ))
}
