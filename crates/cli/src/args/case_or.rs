//! An argument that is the file of a case, or a value.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use chemorad_reader::Format;

use super::argument_error::ArgumentError;
use crate::coded::Coded;

/// The file of a case, or a value.
#[derive(Debug, Clone)]
pub(crate) enum CaseOr<T> {
    Case(PathBuf),
    Value(T),
}

impl<T> FromStr for CaseOr<T>
where
    T: FromStr,
    T::Err: Coded + Send + Sync,
{
    type Err = ArgumentError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if Format::of(Path::new(text)).is_some() {
            return Ok(Self::Case(text.into()));
        }
        text.parse().map(Self::Value).map_err(|error| {
            let after = "; a case is a file whose name ends in .toml or .json";
            ArgumentError::with("", error, after)
        })
    }
}
