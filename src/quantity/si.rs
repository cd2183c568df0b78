//! The SI quantities of [`uom`](https://docs.rs/uom) that chemorad works with, and the units that
//! crate lacks: gray, mg/m² and mL/min.
//!
//! ```
//! use chemorad::quantity::AbsorbedDose;
//! use chemorad::quantity::si::{AbsorbedDoseSi, centigray, gray};
//!
//! let dose = AbsorbedDoseSi::new::<centigray>(180.0);
//! assert_eq!(AbsorbedDose::try_from(dose)?, AbsorbedDose::constant("1.8 Gy"));
//! assert_eq!(AbsorbedDoseSi::from(AbsorbedDose::constant("45 Gy")).get::<gray>(), 45.0);
//! # Ok::<(), chemorad::quantity::QuantityError>(())
//! ```

pub use uom::si::area::square_meter;
pub use uom::si::f64::{
    Area, ArealMassDensity, Length, Mass, MassConcentration, MolarConcentration, Time, VolumeRate,
};
pub use uom::si::length::{centimeter, inch, meter};
pub use uom::si::mass::{gram, kilogram, milligram, pound};
pub use uom::si::mass_concentration::milligram_per_deciliter;
pub use uom::si::molar_concentration::micromole_per_liter;
pub use uom::si::time::{day, hour};

/// Joule per kilogram, the dimension of absorbed dose. `uom` has no gray, and gives
/// other energies per mass the same type: only [`AbsorbedDose`](super::AbsorbedDose) converts to
/// and from it, BED and EQD never do.
pub type AbsorbedDoseSi = uom::si::f64::AvailableEnergy;

pub use added::{centigray, gray, milligram_per_square_meter, milliliter_per_minute};

mod added {
    mod absorbed_dose {
        unit! {
            system: uom::si;
            quantity: uom::si::available_energy;

            @gray: 1.0; "Gy", "gray", "gray";
            @centigray: 1.0_E-2; "cGy", "centigray", "centigray";
        }
    }
    mod dose_intensity {
        unit! {
            system: uom::si;
            quantity: uom::si::areal_mass_density;

            @milligram_per_square_meter: 1.0_E-6; "mg/m²", "milligram per square meter",
                "milligrams per square meter";
        }
    }
    mod clearance {
        unit! {
            system: uom::si;
            quantity: uom::si::volume_rate;

            @milliliter_per_minute: 1.0_E-6 / 60.0; "mL/min", "milliliter per minute",
                "milliliters per minute";
        }
    }

    pub use absorbed_dose::{centigray, gray};
    pub use clearance::milliliter_per_minute;
    pub use dose_intensity::milligram_per_square_meter;
}
