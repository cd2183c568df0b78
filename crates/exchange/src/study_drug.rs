//! A drug of a protocol as a study intervention of USDM, with its product.
//!
//! Rules of the model: a dose has a route, a frequency and a product, and none of them stands without it.
//! Where a protocol leaves one of dose, route and frequency open, or gives the drug on days that no frequency
//! of the codelist names (radiotherapy days, Monday to Friday, days of a cycle), all of them stand in the
//! extension attributes alone.

use chemorad_protocol::{DrugDays, DrugDose, DrugRegimen};
use serde_json::{Value, json};

use crate::fhir::visible;
use crate::study_ids::Ids;

/// The intervention, and whether its administration has a dose.
pub(crate) fn drug(drug: &DrugRegimen, product: &str, ids: &mut Ids) -> (Value, bool) {
    let duration = duration(drug, ids);
    let mut administration = json!({
        "id": ids.next("Administration"),
        "name": visible(&drug.id),
        "duration": duration,
        // what is not known is written as null: the rules of the model want the attributes there
        "route": null,
        "frequency": null,
        "instanceType": "Administration",
    });
    let parts = dose(drug).zip(route(drug)).zip(frequency(drug));
    let has_dose = parts.is_some();
    if let Some(((dose, route), frequency)) = parts {
        administration["dose"] = ids.quantity(dose.0, dose.1, dose.2);
        administration["route"] = ids.alias(route.0, route.1);
        administration["frequency"] = ids.alias(frequency.0, frequency.1);
        administration["administrableProductId"] = product.into();
    }
    let mut extensions = vec![
        ids.statement("drug", &drug.drug, ToString::to_string),
        ids.statement("route", &drug.route, ToString::to_string),
        ids.statement("days", &drug.days, ToString::to_string),
    ];
    macro_rules! given {
        ($($field:ident),+) => {$(
            if let Some(statement) = &drug.$field {
                let name = stringify!($field);
                extensions.push(ids.statement(name, statement, ToString::to_string));
            }
        )+};
    }
    given!(
        intensity,
        administrations_per_day,
        intensity_per_day,
        dose,
        cap,
        infusion,
        day_one,
        first_fraction
    );
    let intervention = ids.intervention(
        &drug.id,
        &name(drug),
        ("C1909", "Pharmacologic Substance"),
        Some(&administration),
        &extensions,
    );
    (intervention, has_dose)
}

fn name(drug: &DrugRegimen) -> String {
    drug.drug.value().unwrap_or(&drug.id).to_string()
}

/// What is administered. Capecitabine by mouth is a tablet; of other drugs a protocol does not say the
/// form.
pub(crate) fn product(drug: &DrugRegimen, id: &str, ids: &mut Ids) -> Value {
    let name = name(drug);
    let tablet = drug.is_capecitabine() && is_oral(drug);
    let (code, term) = if tablet {
        ("C42998", "Tablet Dosage Form")
    } else {
        ("C150001", "Unknown Dosage Form Category")
    };
    json!({
        "id": id,
        "name": visible(&drug.id),
        "label": visible(&name),
        "administrableDoseForm": ids.alias(code, term),
        // as the role of the intervention, protocol agent
        "sourcing": null,
        "productDesignation": ids.coded("C202579", "Investigational Medicinal Product"),
        "instanceType": "AdministrableProduct",
    })
}

fn is_oral(drug: &DrugRegimen) -> bool {
    drug.route.value().is_some_and(|route| &**route == "oral")
}

type Term = (&'static str, &'static str);

/// The number with the code and the term of its unit.
fn dose(drug: &DrugRegimen) -> Option<(f64, &'static str, &'static str)> {
    if let Some(dose) = &drug.dose {
        return match dose.value()? {
            DrugDose::Flat(amount) => Some((amount.to_f64(), "C28253", "Milligram")),
            DrugDose::PerKilogram(amount) => {
                Some((amount.to_f64(), "C67401", "Milligram per Kilogram"))
            }
            // no unit of a dose
            DrugDose::AreaUnderCurve(_) => None,
        };
    }
    if let Some(intensity) = drug.intensity() {
        let value = intensity.milligrams_per_square_meter();
        return Some((value, "C67402", "Milligram per Square Meter"));
    }
    let daily = drug.intensity_per_day()?;
    let value = daily.milligrams_per_square_meter();
    Some((value, "C66974", "Milligram per Square Meter per Day"))
}

fn route(drug: &DrugRegimen) -> Option<Term> {
    match drug.route.value().map(|route| &**route) {
        Some("oral") => Some(("C38288", "Oral Route of Administration")),
        Some("intravenous") => Some(("C38276", "Intravenous Route of Administration")),
        _ => None,
    }
}

/// Whether it is given on each day from the first to the last: a frequency of the codelist says nothing of
/// days without the drug, and would ask for it on them.
fn is_every_day(days: &DrugDays) -> bool {
    match days {
        DrugDays::CalendarDays => true,
        DrugDays::Days(days) => days.spans().len() == 1,
        _ => false,
    }
}

/// How often, of CDISC's codelist C71113; none where the drug is not given on every day, or every so many
/// days of a week.
fn frequency(drug: &DrugRegimen) -> Option<Term> {
    let of_a_day = drug.dose.is_none() && drug.intensity.is_none();
    let times = drug
        .administrations_per_day()
        .map(core::num::NonZeroU8::get);
    if let Some(DrugDays::Weekly { per_week, .. }) = drug.days.value() {
        // so many times a week are so many doses, and not so many days of several
        let once = of_a_day || times.is_none_or(|times| times == 1);
        return match per_week.get() {
            _ if !once => None,
            1 => Some(("C67069", "Weekly")),
            2 => Some(("C64497", "Twice Weekly")),
            3 => Some(("C64528", "Three Times Weekly")),
            4 => Some(("C64531", "Four Times Weekly")),
            5 => Some(("C85552", "Five Times Weekly")),
            6 => Some(("C98857", "Six Times Weekly")),
            _ => None,
        };
    }
    if !drug.days.value().is_none_or(is_every_day) {
        return None;
    }
    let one_day = matches!(drug.days.value(), Some(DrugDays::Days(days)) if days.count() == 1);
    match times {
        // the dose of a day is given once a day, however it is divided
        _ if of_a_day => Some(("C25473", "Daily")),
        Some(1) if one_day => Some(("C64576", "Once")),
        Some(1) => Some(("C25473", "Daily")),
        Some(2) => Some(("C64496", "Twice Daily")),
        Some(3) => Some(("C64527", "Three Times Daily")),
        Some(4) => Some(("C64530", "Four Times Daily")),
        _ => None,
    }
}

/// Days from the first to the last, where they are fixed by the protocol alone.
fn fixed_days(days: &DrugDays) -> Option<u32> {
    let span = |days: &chemorad_protocol::DayNumbers| {
        let (first, _) = days.spans().first()?;
        Some(u32::from(days.last() - first) + 1)
    };
    match days {
        DrugDays::Days(days) => span(days),
        DrugDays::Cycle {
            days,
            every,
            cycles: Some(cycles),
        } => Some(u32::from(every.get()) * (u32::from(cycles.get()) - 1) + span(days)?),
        DrugDays::Weekly {
            per_week,
            times: Some(times),
        } if per_week.get() == 1 => Some(7 * (u32::from(times.get()) - 1) + 1),
        _ => None,
    }
}

fn duration(drug: &DrugRegimen, ids: &mut Ids) -> Value {
    let days = drug.days.value();
    let mut duration = json!({
        "id": ids.next("Duration"),
        "text": days.map_or_else(|| "left open".into(), ToString::to_string),
        "instanceType": "Duration",
    });
    let fixed = days.and_then(fixed_days);
    duration["durationWillVary"] = fixed.is_none().into();
    match (fixed, days) {
        (Some(fixed), _) => duration["quantity"] = ids.quantity(fixed.into(), "C25301", "Day"),
        (None, None) => {
            duration["reasonDurationWillVary"] = "the protocol leaves the days open".into();
        }
        (None, Some(_)) => {
            duration["reasonDurationWillVary"] =
                "the days follow the radiotherapy, or the protocol does not number them".into();
        }
    }
    duration
}
