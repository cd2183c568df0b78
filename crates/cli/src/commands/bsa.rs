use chemorad::patient::{
    BodySize, BodySurfaceArea, BodySurfaceAreaFormula, Height, Sex, SurfaceArea, Weight,
};
use chemorad::report::Derivation;
use chemorad::report::Finding;
use serde::Serialize;

use crate::failure::Failure;
use crate::output::Context;
use crate::report::Report;
use chemorad_render::Document;

/// Body surface area by a named formula.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad bsa --height 170cm --weight 70kg --formula mosteller
  chemorad bsa --height 1.70m --weight 70kg --formula schlich --sex female --show-work")]
pub(crate) struct Args {
    #[command(flatten)]
    person: Person,
    /// Print how every number was reached.
    #[arg(long)]
    show_work: bool,
}

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
    formula: BodySurfaceAreaFormula,
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

    /// The measured sizes as pairs for a page.
    pub(crate) fn pairs(&self, size: BodySize) -> Vec<(&'static str, String)> {
        vec![
            ("height", self.height.to_string()),
            ("weight", self.weight.to_string()),
            (
                "body-mass index",
                format!("{:.1} kg/m2", size.body_mass_index()),
            ),
        ]
    }
}

#[derive(Serialize)]
pub(crate) struct SquareMeters {
    value: f64,
    unit: &'static str,
}

impl From<&BodySurfaceArea> for SquareMeters {
    fn from(area: &BodySurfaceArea) -> Self {
        Self {
            value: area.square_meters(),
            unit: "m2",
        }
    }
}

#[derive(Serialize)]
struct Output {
    bsa: SquareMeters,
    formula: &'static str,
    source: &'static str,
    warnings: Vec<Finding>,
    derivations: Vec<Derivation>,
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let size = self.person.size()?;
        let area = self.person.area()?;
        let formula = self.person.formula;
        let mut warnings = size.warnings();
        warnings.extend(area.warnings());
        let output = Output {
            bsa: (&area).into(),
            formula: formula.name(),
            source: formula.source(),
            warnings,
            derivations: vec![area.derivation()],
        };
        let mut page = Document::new("Body surface area");
        let mut pairs = self.person.pairs(size);
        pairs.extend([
            ("formula", format!("{formula}: {}", formula.formula())),
            ("source", formula.source().to_string()),
            (
                "body surface area",
                format!("{:.4} m2 (shown to 4 decimals)", area.square_meters()),
            ),
        ]);
        page.pairs(&pairs);
        if !output.warnings.is_empty() {
            page.section("Warnings");
            page.findings(&output.warnings);
        }
        if self.show_work {
            page.section("Work");
            page.work(&output.derivations);
        }
        Ok(Report::new(page, &output))
    }
}

/// Used by commands that take a limit on the body surface area.
pub(crate) type Limit = SurfaceArea;
