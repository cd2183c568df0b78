//! Limits that a plan states and that nothing is compared with.

use chemorad_dosimetry::{OtherLimit, StatedLimit};
use dicom_dictionary_std::tags;

use crate::data_set::DataSet;

/// Whether a dose reference, or a fraction group for one, states limits that nothing is compared with.
pub(super) fn has_other_limits(set: &DataSet<'_>) -> bool {
    [
        tags::DELIVERY_WARNING_DOSE,
        tags::TARGET_UNDERDOSE_VOLUME_FRACTION,
        tags::ORGAN_AT_RISK_FULL_VOLUME_DOSE,
        tags::ORGAN_AT_RISK_LIMIT_DOSE,
        tags::ORGAN_AT_RISK_MAXIMUM_DOSE,
        tags::ORGAN_AT_RISK_OVERDOSE_VOLUME_FRACTION,
        tags::CONSTRAINT_WEIGHT,
    ]
    .into_iter()
    .any(|tag| set.text(tag).ok().flatten().is_some())
}

/// Those of them that are doses, so that their unit can be seen.
pub(super) fn other_limits(set: &DataSet<'_>) -> Vec<StatedLimit> {
    let doses = [
        (tags::DELIVERY_WARNING_DOSE, OtherLimit::DeliveryWarning),
        (
            tags::ORGAN_AT_RISK_FULL_VOLUME_DOSE,
            OtherLimit::OrganFullVolume,
        ),
        (tags::ORGAN_AT_RISK_LIMIT_DOSE, OtherLimit::OrganLimit),
        (tags::ORGAN_AT_RISK_MAXIMUM_DOSE, OtherLimit::OrganMaximum),
    ];
    let stated = doses.into_iter().filter_map(|(tag, what)| {
        let dose = set.decimal(tag).ok().flatten()?.value();
        Some(StatedLimit { what, dose })
    });
    stated.collect()
}
