//! Several courses to the same volumes.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr;

use chemorad::radiobiology::{CURRENT_COURSE, LinearQuadratic, alpha_beta_caution, cautions};
use chemorad::radiotherapy::Fractionation;
use chemorad::report::{Finding, Subject};
use chemorad_case::CoursesCase;
use chemorad_render::courses::{Results, page};

use super::records::{self, Records};
use crate::args::site::SiteArgs;
use crate::failure::Failure;
use crate::input;
use crate::output::Context;
use crate::refused;
use crate::report::Report;

/// Several courses to the same volumes: EQD2 added at one alpha/beta for each volume.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  chemorad courses examples/two-courses.toml
  chemorad courses examples/two-courses.toml --show-work
  chemorad courses case.toml --delivered-records first=records-2024 \\
    --delivered-records current=records-2026

With --delivered-records a course is what its RT Beams Treatment Records say: its first and last day
must be those of the case, and where fewer fractions were given than the case states, those that
were given are added. Each phase of a volume stands for the fraction group with its number of
fractions, or for several of different plans that are parts of one. A group that the case states for
no volume ends without a result. Records that contradict one another or the case, or leave open what a volume got, end
without a result (exit code 1 or 3).

Physical doses are never added. Nothing is left out as recovered unless the case says how much, with
a reason, which is printed with the result.")]
pub(crate) struct Args {
    /// The case: a TOML or JSON file.
    #[arg(value_name = "courses.toml")]
    case: PathBuf,
    #[command(flatten)]
    site: SiteArgs,
    /// What a course gave, from its records of treatment: a DICOM file or a folder that holds them;
    /// repeat it. The current course is called current.
    #[arg(long, value_name = "COURSE=FILE")]
    delivered_records: Vec<RecordsOf>,
}

/// `COURSE=FILE`.
#[derive(Debug, Clone)]
struct RecordsOf {
    course: String,
    path: PathBuf,
}

impl FromStr for RecordsOf {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (course, path) = text
            .split_once('=')
            .filter(|(course, path)| !course.is_empty() && !path.is_empty())
            .ok_or("write the name of the course, an equals sign and a file or folder, such as current=records")?;
        Ok(Self {
            course: course.into(),
            path: path.into(),
        })
    }
}

impl Args {
    /// Takes what was given from the records of each course, and says what is to be known of it.
    fn take(&self, context: &Context<'_>, case: &mut CoursesCase) -> Result<Vec<Finding>, Failure> {
        let mut of_course: BTreeMap<&str, Vec<PathBuf>> = BTreeMap::new();
        for records in &self.delivered_records {
            let paths = of_course.entry(&records.course).or_default();
            paths.push(records.path.clone());
        }
        let mut read = Vec::new();
        for (course, paths) in of_course {
            read.push((course, Records::read(context, &paths)?));
        }
        let all: Vec<(&str, &Records)> = read.iter().map(|(course, of)| (*course, of)).collect();
        let mut findings = records::in_two_courses(&all);
        // the doses of two people are never added
        let of_all: Vec<&Records> = all.iter().map(|(_, of)| *of).collect();
        findings.extend(records::one_patient(&of_all));
        records::settled(&findings)?;
        for (course, records) in &all {
            let mut given = records.given();
            let against = records.plans_against(&given, &[])?;
            given.findings.extend(against);
            given.find_missing();
            if *course == CURRENT_COURSE {
                given.hold_against_day(course, "start", case.start);
                let stated = case.volumes.iter();
                let stated: Vec<_> = stated
                    .map(|volume| (volume.name.as_str(), volume.doses.as_slice()))
                    .collect();
                let doses = given.given_of(course, &stated);
                for (volume, doses) in case.volumes.iter_mut().zip(doses) {
                    volume.doses = doses;
                }
            } else if let Some(earlier) =
                case.earlier.iter_mut().find(|known| known.name == *course)
            {
                given.hold_against_day(course, "finished", earlier.finished);
                let stated = earlier.volumes.iter();
                let stated: Vec<_> = stated
                    .map(|volume| (volume.name.as_str(), volume.doses.as_slice()))
                    .collect();
                let doses = given.given_of(course, &stated);
                for (volume, doses) in earlier.volumes.iter_mut().zip(doses) {
                    volume.doses = doses;
                }
            } else {
                let known = case.earlier.iter().map(|course| course.name.as_str());
                let known: Vec<&str> = known.chain([CURRENT_COURSE]).collect();
                return Err(Failure::new(
                    refused::INPUT_UNKNOWN_NAME,
                    format!(
                        "--delivered-records: no course is called {course:?}; there is: {}",
                        known.join(", ")
                    ),
                ));
            }
            records::settled(&given.findings)?;
            findings.extend(given.findings);
        }
        Ok(findings)
    }

    pub(crate) fn run(self, context: &Context<'_>) -> Result<Report, Failure> {
        let mut case: CoursesCase = input::read(context.files, &self.case)?;
        let mut site = self.site.read(context)?;
        for volume in &mut case.volumes {
            // the tissue of the site file that is called as the volume
            let open = volume.alpha_beta.is_none() && volume.endpoint.is_none();
            if open && site.has_tissue(&volume.name) {
                let (range, record) = site.tissue(&volume.name)?;
                match record {
                    Some(record) => volume.endpoint = Some(record.id.into()),
                    None => volume.alpha_beta = range.single(),
                }
            }
        }
        site.tell(context);
        let mut warnings = self.take(context, &mut case)?;
        warnings.extend(case.findings());
        let sums = case.sums().map_err(|faults| {
            Failure::each(&format!("{}: ", self.case.display()), faults.iter())
        })?;
        let mut derivations = Vec::new();
        for (volume, sum) in case.volumes.iter().zip(&sums) {
            let model = LinearQuadratic::new(sum.total().alpha_beta());
            let subject = Subject::volume(volume.name.clone());
            warnings.extend(alpha_beta_caution(subject, model.alpha_beta()));
            let mut add = |course: &str, doses: &[Fractionation]| {
                let of = format!("{} in course {course}", volume.name);
                for &dose in doses {
                    warnings.extend(cautions(&of, dose));
                    derivations.push(model.derive_eqd(&of, dose, sum.total().reference()));
                }
            };
            for course in &case.earlier {
                for given in course.volumes.iter().filter(|v| v.name == volume.name) {
                    add(&course.name, &given.doses);
                }
            }
            add(CURRENT_COURSE, &volume.doses);
            warnings.extend(sum.findings());
            derivations.push(sum.derivation());
        }
        let results = Results {
            title: &case.title,
            start: case.start,
            volumes: &sums,
            warnings,
            derivations,
        };
        let page = page(&case, &results);
        Ok(context.report(page, &results).concluded(&results.warnings))
    }
}
