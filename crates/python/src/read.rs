//! Arguments: text with its unit, read by the library's own parsers.

use std::error::Error;
use std::fmt::Display;
use std::str::FromStr;

use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt, PyString};

use crate::error::{OrRefuse as _, refusal};

/// A value from its text. A number without a unit goes to the same parser, which says what is missing.
pub(crate) fn value<T>(given: &Bound<'_, PyAny>, name: &str, example: &str) -> PyResult<T>
where
    T: FromStr<Err: Error + 'static>,
{
    if let Ok(text) = given.cast::<PyString>() {
        return whole_text(text, name)?.parse().or_refuse();
    }
    let number = given.is_instance_of::<PyInt>() || given.is_instance_of::<PyFloat>();
    if number && !is_bool(given) {
        // a whole number of thousands of digits has no text
        let text = given
            .str()
            .map_err(|_| refusal(&format!("{name} is too large"), "input.number", &[]))?;
        return text.to_str()?.parse().or_refuse();
    }
    Err(wrong_type(given, name, example))
}

/// The text of a Python text, which may hold half of a character.
pub(crate) fn whole_text<'t>(text: &'t Bound<'_, PyString>, name: &str) -> PyResult<&'t str> {
    text.to_str().map_err(|_| {
        let message = format!("{name} is no text: it holds half of a character");
        refusal(&message, "input.text", &[])
    })
}

/// The text of a date: a time of day is midnight or refused by who reads the text.
pub(crate) fn date_text<'py>(given: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
    if given.hasattr("hour")? && given.hasattr("date")? {
        let midnight = given.call_method0("time")?.str()?;
        if midnight.to_str()? == "00:00:00" {
            return given.call_method0("date")?.str();
        }
    }
    given.str()
}

/// `True` of Python or of numpy, whose bool is a type of its own.
fn is_bool(given: &Bound<'_, PyAny>) -> bool {
    given.is_instance_of::<PyBool>() || matches!(type_name(given).as_str(), "bool" | "bool_")
}

/// The same where nothing may be given.
pub(crate) fn optional<T>(
    given: Option<&Bound<'_, PyAny>>,
    name: &str,
    example: &str,
) -> PyResult<Option<T>>
where
    T: FromStr<Err: Error + 'static>,
{
    given.map(|given| value(given, name, example)).transpose()
}

/// Why an argument of this type is none.
pub(crate) fn wrong_type(given: &Bound<'_, PyAny>, name: &str, example: &str) -> PyErr {
    PyTypeError::new_err(format!(
        "{name} is a {}: give text with its unit, such as {example:?}",
        type_name(given)
    ))
}

pub(crate) fn type_name(given: &Bound<'_, PyAny>) -> String {
    given
        .get_type()
        .name()
        .map_or_else(|_| "object".into(), |name| name.to_string())
}

/// `Name('text')`, which can be typed back.
pub(crate) fn shown(name: &str, text: impl Display) -> String {
    format!("{name}('{text}')")
}

/// A text that is no quantity: a name.
pub(crate) struct Text(pub(crate) String);

impl<'a, 'py> FromPyObject<'a, 'py> for Text {
    type Error = PyErr;

    fn extract(given: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        let Ok(text) = given.cast::<PyString>() else {
            let kind = type_name(&given);
            return Err(PyTypeError::new_err(format!("give a text, not a {kind}")));
        };
        whole_text(&text, "the name").map(|text| Self(text.into()))
    }
}

/// Several names: a list of texts, or one text with commas.
#[derive(Default)]
pub(crate) struct Texts(pub(crate) Vec<String>);

impl<'a, 'py> FromPyObject<'a, 'py> for Texts {
    type Error = PyErr;

    fn extract(given: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(text) = given.cast::<PyString>() {
            let names = whole_text(&text, "the names")?.split(',');
            return Ok(Self(names.map(|name| name.trim().to_string()).collect()));
        }
        let texts: Vec<Text> = given.extract()?;
        Ok(Self(texts.into_iter().map(|Text(text)| text).collect()))
    }
}

/// A whole number that counts something. `True` counts nothing.
#[derive(Clone, Copy)]
pub(crate) struct Whole(pub(crate) u32);

impl<'a, 'py> FromPyObject<'a, 'py> for Whole {
    type Error = PyErr;

    fn extract(given: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        number(given, "a whole number from 0 to 4294967295").map(Self)
    }
}

/// A number; `True` is none.
#[derive(Clone, Copy)]
pub(crate) struct Number(pub(crate) f64);

impl<'a, 'py> FromPyObject<'a, 'py> for Number {
    type Error = PyErr;

    fn extract(given: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        number(given, "a number that a float can hold").map(Self)
    }
}

fn number<'a, 'py, T: FromPyObject<'a, 'py, Error = PyErr>>(
    given: Borrowed<'a, 'py, PyAny>,
    what: &str,
) -> PyResult<T> {
    if is_bool(&given) {
        return Err(PyTypeError::new_err(format!("give {what}, not a bool")));
    }
    given.extract().map_err(|error: PyErr| {
        let py = given.py();
        if error.is_instance_of::<PyOverflowError>(py) || error.is_instance_of::<PyValueError>(py) {
            refusal(&format!("give {what}"), "input.number", &[])
        } else {
            error
        }
    })
}
