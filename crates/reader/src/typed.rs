//! serde over the tree; an error takes the place of the innermost value it comes from.

use std::iter::Enumerate;
use std::slice::Iter;

use serde::Deserializer;
use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, EnumAccess, Error as _, Expected, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, VariantAccess, Visitor,
};

use super::codes;
use super::node::{Entry, Node, Value};
use super::problem::Problem;

impl<'de> Deserializer<'de> for &'de Node {
    type Error = Problem;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match &self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(yes) => visitor.visit_bool(*yes),
            Value::Unsigned(number) => visitor.visit_u64(*number),
            Value::Negative(number) => visitor.visit_i64(*number),
            Value::Float(number) => visitor.visit_f64(*number),
            Value::Text(text) => visitor.visit_borrowed_str(text),
            Value::List(items) => visitor.visit_seq(Items(items.iter().enumerate())),
            Value::Table(entries) => visitor.visit_map(Fields::of(entries)),
            Value::Date(_) | Value::Removed => Err(self.unlike(&visitor)),
        }
        .map_err(|fault| fault.at(&self.span))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
        .map_err(|fault| fault.at(&self.span))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Problem> {
        visitor
            .visit_newtype_struct(self)
            .map_err(|fault| fault.at(&self.span))
    }

    /// serde takes a list for a struct, value by value in the order of the fields; here a value has a name.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        match &self.value {
            Value::Table(entries) => visitor.visit_map(Fields::of(entries)),
            Value::List(_) => Err(Problem::new(
                codes::VALUE,
                "found a list, needed a table with named fields",
            )),
            _ => Err(self.unlike(&visitor)),
        }
        .map_err(|fault| fault.at(&self.span))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match &self.value {
            Value::List(items) => visitor.visit_seq(Items(items.iter().enumerate())),
            _ => Err(self.unlike(&visitor)),
        }
        .map_err(|fault| fault.at(&self.span))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match &self.value {
            Value::Table(entries) => visitor.visit_map(Fields::of(entries)),
            _ => Err(self.unlike(&visitor)),
        }
        .map_err(|fault| fault.at(&self.span))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        match &self.value {
            Value::Text(text) => visitor.visit_enum(StrDeserializer::new(text)),
            Value::Table(entries) => match entries.as_slice() {
                [entry] if entry.node.value != Value::Removed => visitor.visit_enum(Variant(entry)),
                _ => Err(Problem::new(
                    codes::VALUE,
                    "one field is needed here, and one only",
                )),
            },
            _ => Err(Problem::new(
                codes::VALUE,
                "found a value, needed a name or a table with one field",
            )),
        }
        .map_err(|fault| fault.at(&self.span))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct tuple tuple_struct identifier ignored_any
    }
}

impl Node {
    /// This value is of another kind than what is needed. Apart from the readers of each type, of which there are hundreds.
    fn unlike(&self, needed: &dyn Expected) -> Problem {
        let found = match &self.value {
            Value::Null => Unexpected::Unit,
            Value::Bool(yes) => Unexpected::Bool(*yes),
            Value::Unsigned(number) => Unexpected::Unsigned(*number),
            Value::Negative(number) => Unexpected::Signed(*number),
            Value::Float(number) => Unexpected::Float(*number),
            Value::Text(text) => Unexpected::Str(text),
            Value::List(_) => Unexpected::Seq,
            Value::Table(_) => Unexpected::Map,
            Value::Date(date) => {
                return Problem::new(codes::VALUE, "found a bare date, needed a date in quotes")
                    .help(format!("write \"{date}\""));
            }
            Value::Removed => return Problem::new(codes::VALUE, "a value is missing here"),
        };
        Problem::invalid_type(found, needed)
    }
}

struct Items<'de>(Enumerate<Iter<'de, Node>>);

impl<'de> Items<'de> {
    fn next_present(&mut self) -> Option<(usize, &'de Node)> {
        self.0.find(|(_, node)| node.value != Value::Removed)
    }
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Problem;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Problem> {
        let next = self.next_present();
        next.map(|(step, node)| {
            seed.deserialize(node)
                .map_err(|problem| problem.out_of(step))
        })
        .transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        self.0.size_hint().1
    }
}

struct Fields<'de> {
    rest: Enumerate<Iter<'de, Entry>>,
    value: Option<(usize, &'de Node)>,
}

impl<'de> Fields<'de> {
    fn of(entries: &'de [Entry]) -> Self {
        Self {
            rest: entries.iter().enumerate(),
            value: None,
        }
    }

    fn next_present(&mut self) -> Option<(usize, &'de Entry)> {
        self.rest
            .find(|(_, entry)| entry.node.value != Value::Removed)
    }
}

impl<'de> MapAccess<'de> for Fields<'de> {
    type Error = Problem;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Problem> {
        let Some((step, entry)) = self.next_present() else {
            return Ok(None);
        };
        self.value = Some((step, &entry.node));
        seed.deserialize(IntoDeserializer::<Problem>::into_deserializer(
            entry.key.as_str(),
        ))
        .map(Some)
        .map_err(|problem| problem.at(&entry.key_span).out_of(step))
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Problem> {
        match self.value.take() {
            Some((step, node)) => seed
                .deserialize(node)
                .map_err(|problem| problem.at(&node.span).out_of(step)),
            None => Err(Problem::custom("a value was asked for before its name")),
        }
    }
}

struct Variant<'de>(&'de Entry);

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Problem;
    type Variant = InVariant<'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Self::Variant), Problem> {
        let name: StrDeserializer<'_, Problem> = self.0.key.as_str().into_deserializer();
        let name = seed
            .deserialize(name)
            .map_err(|fault| fault.at(&self.0.key_span))?;
        Ok((name, InVariant(&self.0.node)))
    }
}

/// The value of the one field that names a variant.
struct InVariant<'de>(&'de Node);

impl InVariant<'_> {
    fn out(&self, problem: Problem) -> Problem {
        problem.at(&self.0.span).out_of(0)
    }
}

impl<'de> VariantAccess<'de> for InVariant<'de> {
    type Error = Problem;

    fn unit_variant(self) -> Result<(), Problem> {
        Err(self.out(Problem::invalid_type(Unexpected::Map, &"the name alone")))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Problem> {
        seed.deserialize(self.0)
            .map_err(|problem| self.out(problem))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Problem> {
        self.0
            .deserialize_any(visitor)
            .map_err(|problem| self.out(problem))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        self.0
            .deserialize_struct("", fields, visitor)
            .map_err(|problem| self.out(problem))
    }
}
