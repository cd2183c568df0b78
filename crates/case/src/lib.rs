//! One patient's treatment sheet: course, doses per volume, tablets, dates, and the way to each
//! number.
//!
//! A [`Case`] holds what a clinic knows and decides: the patient, the pathology, the option chosen
//! where the protocol offers several, and the site policy for everything the protocol leaves open.
//! [`Sheet::new`] computes the sheet, or names everything that is missing, why the protocol does
//! not settle it, and the choices.
//!
//! ```
//! use chemorad_case::{Case, Sheet};
//!
//! let trial = chemorad_protocol::find_builtin("NCT06949098")?;
//! let mut case = Case::new("NCT06949098");
//! case.pathology.tumour_stage = Some("pT1".parse()?);
//! case.pathology.nodal_stage = Some("N0".parse()?);
//! case.pathology.metastasis = Some("M0".parse()?);
//! case.pathology.differentiation = Some("well".parse()?);
//! case.pathology.lymphovascular_invasion = Some("no".parse()?);
//! case.pathology.margin = Some("negative".parse()?);
//! case.pathology.submucosal_level = Some("SM1".parse()?);
//! case.pathology.submucosal_depth = Some("0.4 mm".parse()?);
//! case.option = Some("radiotherapy_alone".into());
//! case.alpha_beta = vec!["10 Gy".parse()?];
//!
//! // the protocol does not say how many fractions a week
//! let missing = Sheet::new(&case, trial).unwrap_err().to_string();
//! assert!(missing.starts_with("site.fractions_per_week is missing"), "{missing}");
//!
//! case.site.fractions_per_week = Some(5);
//! let sheet = Sheet::new(&case, trial)?;
//! assert_eq!(sheet.volumes[0].dose.to_string(), "45 Gy");
//! assert_eq!(sheet.volumes[0].effects[0].bed.gray(), 53.1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod case;
mod chosen_dose;
mod course;
mod courses_case;
mod day_one;
mod drug;
mod drug_case;
mod drug_rounding;
mod drug_rules;
mod earlier;
mod eligibility;
mod error;
mod finding;
mod non_summed;
mod option_drugs;
mod other_drug;
mod prescribed_drug;
mod provenance;
mod resolve;
mod schedule;
mod select;
mod selected_option;
mod sheet;
mod site;
mod template;
mod time;
mod time_parameters;
mod validate;

pub use case::{Answer, Calendar, Case, Patient, SitePolicy};
pub use course::{Effect, VolumePhase, VolumeSheet};
pub use courses_case::{CoursesCase, CoursesCaseError, CurrentVolume, EarlierVolume, PastCourse};
pub use drug::DrugSheet;
pub use drug_case::{Dpyd, DrugRules, Renal, SupplyPolicy};
pub use drug_rounding::{DrugRounding, StepRounding};
pub use earlier::{EarlierFinding, EarlierRadiotherapy};
pub use error::{Missing, SheetError, SheetFaults};
pub use finding::{CODES, SheetFinding};
pub use non_summed::NonSummedPhase;
pub use other_drug::{AmountOf, DrugAmount, Milligrams, NotCalculated, OtherDrug};
pub use prescribed_drug::{DrugDeparture, IsGiven, PrescribedDrug};
pub use provenance::{DecidedBy, Provenance};
pub use schedule::{Dates, Schedule};
pub use selected_option::SelectedOption;
pub use sheet::Sheet;
pub use site::{
    SITE_KEYS, Site, SiteHolidays, SiteKey, SiteOrigin, SiteSchema, SiteTissue, SiteUse,
};
pub use template::{CaseTemplate, TemplateError, TemplateSite, template_of};
pub use time::{TimeCorrected, TimeSheet};
pub use time_parameters::TimeParameters;

chemorad::one_error!(
    chemorad::Error,
    SheetError,
    SheetFaults,
    CoursesCaseError,
    chemorad::report::Faults<CoursesCaseError>,
);
