//! Body surface area.

use chemorad_render::body_surface_area::{Results, page};

use crate::args::person::{Measured, Person};
use crate::args::site::SiteArgs;
use crate::failure::Failure;
use crate::output::Context;
use crate::refused;
use crate::report::Report;

/// Body surface area by a named formula.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad bsa 170cm 70kg --formula mosteller
  chemorad bsa 1.70m 70kg --formula schlich --sex female --show-work
  chemorad bsa 170cm 70kg --site examples/site.toml")]
pub(crate) struct Args {
    /// Height and weight with their units.
    #[arg(value_name = "170cm 70kg", num_args = 0..=2)]
    given: Vec<Measured>,
    #[command(flatten)]
    person: Person,
    #[command(flatten)]
    site: SiteArgs,
}

impl Args {
    pub(crate) fn run(mut self, context: &Context<'_>) -> Result<Report, Failure> {
        if self.person.take(&self.given)?.is_some() {
            return Err(Failure::new(
                refused::INPUT_CONFLICT,
                "a regimen belongs to capecitabine: give bsa a height and a weight",
            ));
        }
        let mut site = self.site.read(context)?;
        let mut absent = Vec::new();
        let Some(body) = self.person.body(&mut site, &mut absent)? else {
            return Err(Failure::all(absent));
        };
        site.tell(context);
        let results = Results::new(body.formula, body.size, &body.area()?);
        let page = page(body.formula, body.size, &results);
        Ok(context.report(page, &results).concluded(results.warnings()))
    }
}
