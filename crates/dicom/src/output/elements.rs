//! Elements, decimal strings and UIDs as the standard wants them.

use chemorad::number::Decimal;
use dicom_core::value::DataSetSequence;
use dicom_core::{DataElement, PrimitiveValue, Tag, VR};
use dicom_dictionary_std::tags;
use dicom_object::InMemDicomObject;
use sha2::{Digest, Sha256};

use crate::reference::{GroupReference, PlanReference, Reference};

pub(super) fn put(object: &mut InMemDicomObject, tag: Tag, vr: VR, text: &str) {
    let value = if text.is_empty() {
        PrimitiveValue::Empty
    } else {
        PrimitiveValue::from(text)
    };
    object.put(DataElement::new(tag, vr, value));
}

/// An empty sequence says nothing and is not allowed where one item is required.
pub(super) fn put_items(object: &mut InMemDicomObject, tag: Tag, items: Vec<InMemDicomObject>) {
    if !items.is_empty() {
        object.put(DataElement::new(tag, VR::SQ, DataSetSequence::from(items)));
    }
}

pub(super) fn reference_item(reference: &Reference) -> Option<InMemDicomObject> {
    let mut item = InMemDicomObject::new_empty();
    put(
        &mut item,
        tags::REFERENCED_SOP_CLASS_UID,
        VR::UI,
        reference.sop_class.as_deref()?,
    );
    put(
        &mut item,
        tags::REFERENCED_SOP_INSTANCE_UID,
        VR::UI,
        reference.sop_instance.as_ref()?.reveal(),
    );
    Some(item)
}

pub(super) fn plan_item(plan: &PlanReference) -> Option<InMemDicomObject> {
    let mut item = reference_item(&plan.plan)?;
    let groups = plan.fraction_groups.iter().filter_map(group_item).collect();
    put_items(&mut item, tags::REFERENCED_FRACTION_GROUP_SEQUENCE, groups);
    Some(item)
}

fn group_item(group: &GroupReference) -> Option<InMemDicomObject> {
    let mut item = InMemDicomObject::new_empty();
    put(
        &mut item,
        tags::REFERENCED_FRACTION_GROUP_NUMBER,
        VR::IS,
        &group.number?.to_string(),
    );
    let numbered = |numbers: &[i32], tag| {
        let item = |number: &i32| {
            let mut item = InMemDicomObject::new_empty();
            put(&mut item, tag, VR::IS, &number.to_string());
            item
        };
        numbers.iter().map(item).collect()
    };
    let beams = numbered(&group.beams, tags::REFERENCED_BEAM_NUMBER);
    put_items(&mut item, tags::REFERENCED_BEAM_SEQUENCE, beams);
    if !group.setups.is_empty() {
        let number = tags::REFERENCED_BRACHY_APPLICATION_SETUP_NUMBER;
        let setups = numbered(&group.setups, number);
        let sequence = tags::REFERENCED_BRACHY_APPLICATION_SETUP_SEQUENCE;
        put_items(&mut item, sequence, setups);
    }
    Some(item)
}

pub(super) fn cut(text: &str, characters: usize) -> &str {
    match text.char_indices().nth(characters) {
        Some((end, _)) => text.get(..end).unwrap_or_default(),
        None => text,
    }
}

/// At most 16 characters, as the standard requires; a longer one is rounded.
pub(super) fn decimal_string(value: Decimal) -> String {
    const LONGEST: usize = 16;
    let exact = value.to_string();
    if exact.len() <= LONGEST {
        return exact;
    }
    let float = value.to_f64();
    (0..=12)
        .rev()
        .map(|places| format!("{float:.places$}"))
        .chain((0..=10).rev().map(|places| format!("{float:.places$e}")))
        .find(|text| text.len() <= LONGEST)
        .unwrap_or(exact)
}

pub(super) fn decimal_strings(values: &[Decimal]) -> String {
    let texts: Vec<String> = values.iter().copied().map(decimal_string).collect();
    texts.join("\\")
}

/// A UID of the form 2.25 (a UUID as a number, PS3.5 B.2), of the custom version 8 (RFC 9562), from
/// what the object holds.
pub(super) fn uid(purpose: &str, content: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(b"chemorad ");
    hash.update(purpose.as_bytes());
    hash.update(content);
    let mut bytes = [0; 16];
    for (byte, hashed) in bytes.iter_mut().zip(hash.finalize()) {
        *byte = hashed;
    }
    let number = u128::from_be_bytes(bytes);
    let version = number & !(0xF << 76) | (0x8 << 76);
    let variant = version & !(0b11 << 62) | (0b10 << 62);
    format!("2.25.{variant}")
}
