//! The volume in the name of a target: clinics write the type of the target beside it, such as "PTV pelvis".

use chemorad_dosimetry::same_name;

/// Types of target volumes (ICRU 83), with the marks of TG-263 for primary and nodes.
const TYPES: [&str; 12] = [
    "ptv", "ptvp", "ptvn", "ctv", "ctvp", "ctvn", "itv", "itvp", "itvn", "gtv", "gtvp", "gtvn",
];

/// Which of the volumes a name stands for: the one that is called so, or the only one that is once the type of a target, its
/// number and its dose are left out (`PTV_pelvis_4500`, `Tumour bed CTV`).
pub(super) fn volume_named<'v>(volumes: &[&'v str], name: &str) -> Option<&'v str> {
    let called = |name: &str| {
        let mut volumes = volumes.iter().copied();
        volumes.find(|volume| same_name(volume, name))
    };
    called(name).or_else(|| {
        let words = beside_type(name)?;
        let is_number = |word: &String| word.starts_with(|letter: char| letter.is_ascii_digit());
        let is_unit = |word: &String| word == "gy" || word == "cgy";
        let without_numbers = words
            .iter()
            .filter(|word| !is_number(word) && !is_unit(word));
        let without_numbers: String = without_numbers.map(String::as_str).collect();
        called(&words.concat()).or_else(|| called(&without_numbers))
    })
}

/// A name without the type of a target; none where it has no type.
pub(super) fn without_type(name: &str) -> Option<String> {
    beside_type(name).map(|words| words.join(" "))
}

/// The words and numbers of a name that begins or ends with the type of a target, without that type.
fn beside_type(name: &str) -> Option<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    let mut before = None;
    for letter in name.chars() {
        let kind = (letter.is_alphabetic(), letter.is_numeric());
        match words.last_mut() {
            Some(word) if before == Some(kind) => word.extend(letter.to_lowercase()),
            _ if kind == (false, false) => {}
            _ => words.push(letter.to_lowercase().collect()),
        }
        before = Some(kind);
    }
    let is_type = |word: &String| TYPES.contains(&word.as_str());
    if words.first().is_some_and(is_type) {
        words.remove(0);
        return Some(words);
    }
    if words.last().is_some_and(is_type) {
        words.pop();
        return Some(words);
    }
    // written together: PTVpelvis
    let first = words.first_mut()?;
    let joined = TYPES.iter().find_map(|kind| first.strip_prefix(*kind));
    *first = joined?.to_string();
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::volume_named;

    #[test]
    fn the_type_of_a_target_leaves_its_volume_what_it_is() {
        let volumes = ["pelvis", "tumour bed"];
        let named = |name| volume_named(&volumes, name);
        for (name, volume) in [
            ("pelvis", "pelvis"),
            ("PTV pelvis", "pelvis"),
            ("PTVpelvis", "pelvis"),
            ("PTV_Pelvis_4500", "pelvis"),
            ("PTVp1_pelvis 45 Gy", "pelvis"),
            ("CTV-TumorBed", "tumour bed"),
            ("Tumour bed PTV", "tumour bed"),
            ("GTV tumor bed", "tumour bed"),
        ] {
            assert_eq!(named(name), Some(volume), "{name}");
        }
        for other in [
            "PTV",
            "PTV45",
            "PTV bladder",
            "pelvis 45",
            "boost pelvis",
            "PTV pelvis nodes",
            "PTV pelvis minus tumour bed",
            "Ring PTV pelvis",
            "",
            "-",
        ] {
            assert_eq!(named(other), None, "{other}");
        }
    }

    #[test]
    fn volumes_that_differ_by_a_number_or_a_type_stay_apart() {
        let numbered = ["nodes 1", "nodes 2"];
        assert_eq!(volume_named(&numbered, "PTV nodes 2"), Some("nodes 2"));
        assert_eq!(volume_named(&numbered, "PTV nodes"), None);
        let typed = ["CTV pelvis", "pelvis"];
        assert_eq!(volume_named(&typed, "CTV pelvis"), Some("CTV pelvis"));
        assert_eq!(volume_named(&typed, "PTV pelvis"), Some("pelvis"));
    }
}
