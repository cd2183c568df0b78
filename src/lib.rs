//! The arithmetic of chemoradiotherapy prescriptions.
#![no_std]

#[macro_use]
extern crate alloc;
#[macro_use]
extern crate uom;

pub mod capecitabine;
pub mod derivation;
pub mod finding;
pub mod patient;
pub mod protocol;
pub mod quantity;
pub mod radiobiology;
pub mod radiotherapy;
pub mod sheet;
pub mod text;
