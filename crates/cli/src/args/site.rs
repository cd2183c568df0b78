//! The site file of a command: named by a flag or by the world around it, never searched for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use chemorad::radiobiology::{AlphaBetaInterval, TissueParameter};
use chemorad_case::{Answer, SITE_KEYS, Site, SiteHolidays, SiteKey, SiteUse};
use chemorad_protocol::Question;
use chemorad_render::site::SiteUsed;

use super::argument_error::ArgumentError;
use super::model::find_endpoint;
use crate::failure::{Failure, Refusal};
use crate::holidays::Holidays;
use crate::input;
use crate::output::Context;
use crate::refused;

/// The flag of a site file.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct SiteArgs {
    /// What the site decided for all patients (chemorad site new); also by `CHEMORAD_SITE`. What is given by
    /// hand wins.
    #[arg(long, value_name = "clinic.toml", help_heading = "Site")]
    site: Option<PathBuf>,
}

/// A site file as read, and what was taken of it so far.
#[derive(Default)]
pub(crate) struct SiteValues {
    file: Option<(PathBuf, Site)>,
    used: Vec<SiteUse>,
}

/// An alpha/beta with the published record it is from.
pub(crate) type Asked = (AlphaBetaInterval, Option<&'static TissueParameter>);

fn no_alpha_beta() -> Failure {
    Refusal::missing(
        "--alpha-beta",
        "no tissue has a default. Choices: values with unit (--ab 10Gy,3Gy), a \
         published record (--endpoint NAME, see chemorad endpoints), or a site file with \
         [alpha_beta.tumour]",
    )
    .on_a_form(
        "is missing: no tissue has a default. Choices: values with unit, such as 10Gy,3Gy, or a site file with \
         [alpha_beta.tumour]",
    )
    .into()
}

/// A value or interval of alpha/beta, or the name of a tissue in the site file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum AlphaBetaOrTissue {
    /// A value or interval.
    Value(AlphaBetaInterval),
    /// A name.
    Tissue(String),
}

impl FromStr for AlphaBetaOrTissue {
    type Err = ArgumentError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse::<AlphaBetaInterval>() {
            Ok(value) => Ok(Self::Value(value)),
            // a name has no number
            Err(_) if text.starts_with(char::is_alphabetic) && !text.contains(char::is_numeric) => {
                Ok(Self::Tissue(text.to_string()))
            }
            Err(error) => Err(ArgumentError::of(error)),
        }
    }
}

/// Reads a site file.
pub(crate) fn read(context: &Context<'_>, path: &Path) -> Result<Site, Failure> {
    if chemorad_reader::Format::of(path).is_none() {
        return Err(input::neither_toml_nor_json(path));
    }
    Ok(Site::read(path, &input::read_text(context.files, path)?)?)
}

impl SiteArgs {
    /// Whether the flag is given.
    pub(crate) const fn is_given(&self) -> bool {
        self.site.is_some()
    }

    /// The file of the flag, or the one of the world around the command; nothing without either.
    pub(crate) fn read(&self, context: &Context<'_>) -> Result<SiteValues, Failure> {
        let path = self.site.as_ref().or(context.environment.site.as_ref());
        let Some(path) = path else {
            return Ok(SiteValues::default());
        };
        let site = read(context, path)?;
        Ok(SiteValues {
            file: Some((path.clone(), site)),
            used: Vec::new(),
        })
    }
}

impl SiteValues {
    /// The file's content.
    pub(crate) fn site(&self) -> Option<&Site> {
        self.file.as_ref().map(|(_, site)| site)
    }

    /// What the site answers to questions that protocols leave open.
    pub(crate) fn answers(&self) -> &BTreeMap<String, Answer> {
        static NONE: BTreeMap<String, Answer> = BTreeMap::new();
        self.site().map_or(&NONE, |site| &site.answers)
    }

    /// What the site answers to these questions, by their ids; noted as taken.
    pub(crate) fn answers_to<'q>(
        &mut self,
        questions: impl Iterator<Item = &'q Question>,
    ) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for question in questions {
            let id = question.id.as_str();
            let answer = self
                .answers()
                .get(id)
                .map(|answer| answer.as_str().to_string());
            let is_choice = |answer: &String| question.choices.iter().any(|one| one.is(answer));
            let answer = answer.filter(is_choice);
            if let Some(answer) = self.decide(id, None, |_| answer) {
                found.insert(id.to_string(), answer);
            }
        }
        found
    }

    /// What was given by hand, or else what the site decided.
    pub(crate) fn decide<T: ToString>(
        &mut self,
        what: impl Into<String>,
        by_hand: Option<T>,
        of_site: impl FnOnce(&Site) -> Option<T>,
    ) -> Option<T> {
        let of_site = self.file.as_ref().and_then(|(_, site)| of_site(site));
        SiteUse::decide(&mut self.used, what, by_hand, of_site)
    }

    /// Notes what was taken of the file elsewhere.
    pub(crate) fn note(&mut self, used: impl IntoIterator<Item = SiteUse>) {
        self.used.extend(used);
    }

    /// The file as the command was given it.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.file.as_ref().map(|(path, _)| path.as_path())
    }

    /// A file that the site file names, from its own folder.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        let folder = self.file.as_ref().and_then(|(path, _)| path.parent());
        folder.unwrap_or(Path::new("")).join(name)
    }

    /// The alpha/beta of tissues: those given by hand, where a name stands for a tissue of the site file;
    /// without any all of the file.
    pub(crate) fn alpha_betas(
        &mut self,
        given: &[AlphaBetaOrTissue],
        endpoints: &[String],
    ) -> Result<Vec<Asked>, Failure> {
        if given.is_empty() && endpoints.is_empty() {
            let all: Vec<String> = self.tissues().map(String::from).collect();
            if all.is_empty() {
                return Err(no_alpha_beta());
            }
            return all.iter().map(|name| self.tissue(name)).collect();
        }
        let mut asked = Vec::new();
        for one in given {
            asked.push(match one {
                AlphaBetaOrTissue::Value(value) => (*value, None),
                AlphaBetaOrTissue::Tissue(name) => self.tissue(name)?,
            });
        }
        for id in endpoints {
            let record = find_endpoint(id)?;
            asked.push((AlphaBetaInterval::point(record.alpha_beta), Some(record)));
        }
        self.instead_of_tissues(&asked);
        Ok(asked)
    }

    /// One alpha/beta, given by hand or by the name of a tissue of the site file.
    pub(crate) fn one_alpha_beta(
        &mut self,
        given: Option<&AlphaBetaOrTissue>,
    ) -> Result<AlphaBetaInterval, Failure> {
        match given {
            Some(AlphaBetaOrTissue::Value(value)) => {
                self.instead_of_tissues(&[(*value, None)]);
                Ok(*value)
            }
            Some(AlphaBetaOrTissue::Tissue(name)) => Ok(self.tissue(name)?.0),
            None => Err(match self.site() {
                Some(site) if !site.alpha_beta.is_empty() => {
                    let tissues: Vec<&str> = self.tissues().collect();
                    let asked = format!(
                        "which tissue is meant? The site file has: {}",
                        tissues.join(", ")
                    );
                    Refusal::missing("--alpha-beta", &asked).into()
                }
                _ => no_alpha_beta(),
            }),
        }
    }

    fn tissues(&self) -> impl Iterator<Item = &str> {
        let tissues = self
            .site()
            .into_iter()
            .flat_map(|site| site.alpha_beta.keys());
        tissues.map(String::as_str)
    }

    /// Whether the site file names a tissue.
    pub(crate) fn has_tissue(&self, name: &str) -> bool {
        self.tissues().any(|known| known == name)
    }

    /// The alpha/beta of a tissue that the site file names.
    pub(crate) fn tissue(&mut self, name: &str) -> Result<Asked, Failure> {
        let found = self
            .site()
            .and_then(|site| site.alpha_beta.get(name))
            .cloned();
        let Some(tissue) = found else {
            let known: Vec<&str> = self.tissues().collect();
            let (known, flag) = match known.as_slice() {
                [] => (
                    "no site file has tissues here".to_string(),
                    " (--site FILE)",
                ),
                known => (
                    format!(
                        "no tissue of the site file, which has: {}",
                        known.join(", ")
                    ),
                    "",
                ),
            };
            let not = format!("{name:?} is not an alpha/beta ratio such as 10Gy, and {known}");
            return Err(Refusal::of(
                refused::INPUT_VALUE,
                "--alpha-beta",
                format!("--alpha-beta {not}{flag}"),
            )
            .on_a_form(not)
            .into());
        };
        let what = format!("alpha/beta, {name}");
        let value = format!("{} ({})", tissue.alpha_beta, tissue.source);
        let _ = SiteUse::decide(&mut self.used, what, None, Some(value));
        Ok((AlphaBetaInterval::point(tissue.alpha_beta), tissue.record))
    }

    /// Notes that other values than those of the tissues were given by hand.
    fn instead_of_tissues(&mut self, asked: &[Asked]) {
        let site = self.site().filter(|site| !site.alpha_beta.is_empty());
        let Some(site) = site else {
            return;
        };
        let is_known = |range: &AlphaBetaInterval| {
            let mut tissues = site.alpha_beta.values();
            tissues.any(|tissue| range.single() == Some(tissue.alpha_beta))
        };
        let tissues = site.alpha_beta.iter();
        let tissues: Vec<String> = tissues
            .map(|(name, tissue)| format!("{name} {}", tissue.alpha_beta))
            .collect();
        let others = asked.iter().filter(|(range, _)| !is_known(range));
        let others: Vec<String> = others.map(|(range, _)| range.to_string()).collect();
        if !others.is_empty() {
            let (by_hand, of_site) = (others.join(", "), tissues.join(", "));
            let _ = SiteUse::decide(&mut self.used, "alpha/beta", Some(by_hand), Some(of_site));
        }
    }

    /// The dates without treatment.
    pub(crate) fn holidays(&mut self, by_hand: Option<Holidays>) -> Option<Holidays> {
        let of_site = match self.site().and_then(|site| site.holidays.clone()) {
            None => None,
            Some(SiteHolidays::Listed(dates)) => Some(Holidays::Listed(dates)),
            Some(SiteHolidays::File(name)) => Some(Holidays::File(self.beside(&name))),
        };
        SiteUse::decide(&mut self.used, "dates without treatment", by_hand, of_site)
    }

    /// Tells the result which values it rests on.
    pub(crate) fn tell(self, context: &Context<'_>) {
        if let Some((path, site)) = self.file {
            let origin = site.origin(path.display().to_string());
            *context.site.borrow_mut() = Some(SiteUsed::new(origin, &self.used));
        }
    }
}

/// What is missing, why it is asked and what it may be: in the words of the site file, which may hold it.
pub(crate) fn missing(flag: &str, key: &str) -> Refusal {
    let known = SITE_KEYS.iter().find(|known| known.name == key);
    let (question, why, choices) = known.map_or(("", "", ""), |known: &SiteKey| {
        (known.question, known.why, known.choices)
    });
    Refusal::missing(
        flag,
        &format!("{question} {why} Choices: {choices}. A site file holds it as {key}."),
    )
}
