//! The flags that describe a person.

use chemorad::patient::{BodySize, BodySurfaceArea, BodySurfaceAreaFormula, Height, Sex, Weight};

use crate::failure::Failure;

/// The flags that describe a person, shared by the commands that need a body surface area.
#[derive(clap::Args)]
pub(crate) struct Person {
    /// Height with unit: 170cm, 1.70m.
    #[arg(long, allow_hyphen_values = true)]
    height: Height,
    /// Weight with unit: 70kg.
    #[arg(long, allow_hyphen_values = true)]
    weight: Weight,
    /// The formula by name: mosteller, du-bois, haycock, gehan-george, boyd, fujimoto, takahira,
    /// shuter-aslani, schlich, livingston-lee, yu, stevenson. There is no default.
    #[arg(long)]
    pub(crate) formula: BodySurfaceAreaFormula,
    /// female or male; needed by schlich, and for a creatinine clearance.
    #[arg(long)]
    sex: Option<Sex>,
}

impl Person {
    pub(crate) fn size(&self) -> Result<BodySize, Failure> {
        Ok(BodySize::new(self.height, self.weight)?)
    }

    pub(crate) fn area(&self) -> Result<BodySurfaceArea, Failure> {
        Ok(BodySurfaceArea::from_formula(
            self.formula,
            self.size()?,
            self.sex,
        )?)
    }

    pub(crate) const fn sex(&self) -> Option<Sex> {
        self.sex
    }

    pub(crate) const fn weight(&self) -> Weight {
        self.weight
    }
}
