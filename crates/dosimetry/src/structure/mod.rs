//! Structures: what solid a stack of closed contours means, and its volume.

pub(crate) mod error;
pub(crate) mod note;
pub(crate) mod polygon;
pub(crate) mod solid;

pub use error::StructureError;
pub use note::StructureNote;
pub use solid::{SolidConvention, Structure};
