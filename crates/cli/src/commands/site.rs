//! `site`: a site file to fill in, and one read.

use std::path::{Path, PathBuf};

use chemorad_case::{SiteHolidays, SiteKey};
use chemorad_render::site::Checked;
use clap::Subcommand;

use crate::args::site::read;
use crate::failure::Failure;
use crate::holidays::read_dates;
use crate::new_file::given;
use crate::output::Context;
use crate::report::Report;
use crate::rules;

/// What a site decides once for all its patients: a file that commands take with --site.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad site new
  chemorad site new -o clinic.toml
  chemorad site check examples/site.toml")]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Write a site file with every question, why it is asked, and the choices. What stays a comment in it is
    /// not decided, and is asked where it is needed.
    New {
        /// Where to write it; a file that is there is not replaced.
        #[arg(short, long, value_name = "clinic.toml")]
        output: Option<PathBuf>,
    },
    /// Read a site file and the files that it names: everything that is wrong is said at once, and what is
    /// not decided is listed.
    Check {
        /// The file.
        #[arg(value_name = "clinic.toml")]
        file: PathBuf,
    },
}

impl Args {
    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        match self.what {
            What::New { output } => given(
                context,
                SiteKey::all_as_template(),
                output.as_deref(),
                "toml",
            ),
            What::Check { file } => check(context, &file),
        }
    }
}

fn check(context: &Context<'_>, file: &Path) -> Result<Report, Failure> {
    let site = read(context, file)?;
    let folder = file.parent().unwrap_or(Path::new(""));
    if let Some(SiteHolidays::File(name)) = &site.holidays {
        read_dates(context, &folder.join(name))?;
    }
    for choice in site.rule_sets.iter().filter(|choice| choice.set.is_file()) {
        let beside = folder.join(choice.set.as_str()).display().to_string();
        rules::load(context, &beside.parse()?)?;
    }
    let checked = Checked::new(site.origin(file.display().to_string()), site.undecided());
    Ok(Report::new(checked.page(), &checked))
}
