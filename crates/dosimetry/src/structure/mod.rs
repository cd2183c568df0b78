//! Structures: what solid a stack of closed contours means, and its volume.

pub(crate) mod error;
pub(crate) mod frame;
pub(crate) mod note;
pub(crate) mod plane;
pub(crate) mod polygon;
pub(crate) mod relation;
pub(crate) mod solid;
pub(crate) mod sweep;
mod together;

pub use error::StructureError;
pub use note::StructureNote;
pub use solid::{SolidConvention, Structure};
pub use together::{DrawnStructure, notes_of_set};
