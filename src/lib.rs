//! The arithmetic of chemoradiotherapy prescriptions.
#![no_std]

extern crate alloc;
#[macro_use]
extern crate uom;

pub mod derivation;
pub mod finding;
pub mod quantity;
pub mod text;
