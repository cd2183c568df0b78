//! Body surface area.

use chemorad_render::body_surface_area::{Results, page};

use crate::args::person::Person;
use crate::failure::Failure;
use crate::output::Context;
use crate::report::Report;

/// Body surface area by a named formula.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad bsa --height 170cm --weight 70kg --formula mosteller
  chemorad bsa --height 1.70m --weight 70kg --formula schlich --sex female --show-work")]
pub(crate) struct Args {
    #[command(flatten)]
    person: Person,
}

impl Args {
    pub(crate) fn run(self, _: &Context<'_>) -> Result<Report, Failure> {
        let (formula, size) = (self.person.formula, self.person.size()?);
        let results = Results::new(formula, size, &self.person.area()?);
        Ok(Report::new(page(formula, size, &results), &results))
    }
}
