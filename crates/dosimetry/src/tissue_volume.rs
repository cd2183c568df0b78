//! Volumes of tissue as metrics and limits write them.

use chemorad::number::{Decimal, is_plain, unit};

/// A volume in cubic centimetres; none where the unit is not one of tissue volumes
/// ([`TISSUE_VOLUME`](unit::TISSUE_VOLUME)), or the number has too many digits.
///
/// ```
/// use chemorad_dosimetry::cubic_centimetres;
/// assert_eq!(cubic_centimetres("30".parse()?, "mm3"), Some("0.03".parse()?));
/// assert_eq!(cubic_centimetres("2".parse()?, "mL"), Some("2".parse()?));
/// assert_eq!(cubic_centimetres("2".parse()?, "%"), None);
/// # Ok::<(), chemorad::number::DecimalError>(())
/// ```
#[must_use]
pub fn cubic_centimetres(number: Decimal, unit: &str) -> Option<Decimal> {
    let mut known = unit::TISSUE_VOLUME.iter();
    let unit = known.find(|known| known.code() == unit)?;
    // a cubic centimetre is a thousand of the base unit
    number.checked_mul(Decimal::new(unit.base().into(), -3)?)
}

/// A number that a person writes in a metric, a limit or a share: digits with at most one point, without sign or
/// exponent.
///
/// ```
/// use chemorad_dosimetry::written_number;
/// assert_eq!(written_number("0.03"), Some("0.03".parse()?));
/// for wrong in ["+2", "2e0", ".5", "2.", "-1", ""] {
///     assert_eq!(written_number(wrong), None, "{wrong}");
/// }
/// # Ok::<(), chemorad::number::DecimalError>(())
/// ```
#[must_use]
pub fn written_number(text: &str) -> Option<Decimal> {
    text.parse().ok().filter(|_| is_plain(text))
}
