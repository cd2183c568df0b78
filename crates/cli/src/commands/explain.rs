//! `explain`: what a code means and what to do.

use chemorad::report::Code;
use chemorad_reader::nearest;
use chemorad_render::explanation::{All, Explanation, list, one, several};

use crate::catalogue::codes;
use crate::failure::Failure;
use crate::flags;
use crate::refused;
use crate::report::Report;

/// Say what the code of a finding means, why it matters and what to do.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad explain rx.total
  chemorad explain limit.order rx.total
  chemorad explain")]
pub(crate) struct Args {
    /// The code, or several; without one, all codes are listed.
    #[arg(value_name = "CODE")]
    codes: Vec<String>,
}

impl Args {
    /// Explains a code of any room; without one, lists those of `listed`.
    pub(crate) fn run(
        self,
        title: &str,
        listed: impl Iterator<Item = &'static Code>,
    ) -> Result<Report, Failure> {
        if self.codes.is_empty() {
            let all = All::new(listed);
            return Ok(Report::new(list(title, &all), &all).into_reference());
        }
        let known: Vec<Explanation> = self
            .codes
            .iter()
            .map(|code| find(code))
            .collect::<Result<_, _>>()?;
        if let [known] = known.as_slice() {
            return Ok(Report::new(one(known), known).into_reference());
        }
        let all = All::from(known);
        Ok(Report::new(several(&all), &all).into_reference())
    }
}

fn find(code: &str) -> Result<Explanation, Failure> {
    let code = code.trim().trim_end_matches(',');
    let known = codes().find(|known| known.name == code).ok_or_else(|| {
        let given: String = code.chars().take(60).collect();
        let codes: Vec<&str> = codes().map(|known| known.name).collect();
        match nearest(code, &codes) {
            Some(near) => Failure::new(
                refused::EXPLAIN_UNKNOWN,
                format!("there is no code {given:?}; did you mean {near}?"),
            ),
            None => Failure::new(
                refused::EXPLAIN_UNKNOWN,
                format!("there is no code {given:?}; chemorad explain lists all"),
            ),
        }
    })?;
    Ok(Explanation::from(known).with_flag(flags::of(known.name)))
}
