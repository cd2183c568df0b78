//! Names of organs that are spared as a rule, as targets should not be called.

/// Organs at risk, as TG-263 and usage name them, without a side. Organs that are irradiated themselves as often
/// (rectum, anal canal, brain, breast, lung, liver, prostate, uterus, thyroid) are left out: this project's choice.
const ORGANS: &[&str] = &[
    "bag bowel",
    "bladder",
    "bone marrow",
    "bones pelvic",
    "bowel",
    "bowel large",
    "bowel loops",
    "bowel small",
    "bowel space",
    "bowel tubes",
    "bowelbag",
    "brainstem",
    "brain stem",
    "canal spinal",
    "cauda equina",
    "cochlea",
    "cavity oral",
    "colon",
    "colon sigmoid",
    "cord",
    "cord spinal",
    "duodenum",
    "eye",
    "eyes",
    "femoral head",
    "femoral heads",
    "femur",
    "femurs",
    "femur head",
    "crest iliac",
    "crests iliac",
    "genitalia",
    "genitals",
    "glnd lacrimal",
    "glnd submand",
    "heart",
    "intestine large",
    "intestine small",
    "kidney",
    "kidneys",
    "larynx",
    "lens",
    "mandible",
    "nerve optic",
    "opticchiasm",
    "opticnrv",
    "chiasm",
    "chiasm optic",
    "parotid",
    "parotids",
    "penilebulb",
    "bulb penile",
    "sigmoid",
    "skin",
    "small bowel",
    "spinalcanal",
    "spinalcord",
    "spleen",
    "stomach",
    "submandibular",
];

/// Organs that are treated, and spared where others are.
const OFTEN_TREATED: [&str; 6] = [
    "anal canal",
    "anus",
    "prostate",
    "rectum",
    "uterus",
    "vagina",
];

/// Sides and other words that leave an organ what it is.
const BESIDE: [&str; 10] = [
    "l", "r", "lt", "rt", "left", "right", "both", "wall", "whole", "total",
];

/// Whether a name is that of an organ that is spared as a rule: its words in any order, a side, a number or "wall"
/// beside them.
pub(super) fn is_organ(name: &str) -> bool {
    is_one_of(ORGANS, name)
}

/// Whether a name is that of an organ of any kind, which no advice takes for another volume.
pub(super) fn is_any_organ(name: &str) -> bool {
    is_organ(name) || is_one_of(&OFTEN_TREATED, name)
}

fn is_one_of(organs: &[&str], name: &str) -> bool {
    let mut words: Vec<String> = name
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .filter(|word| !BESIDE.contains(&word.as_str()))
        .collect();
    words.sort_unstable();
    organs.iter().any(|organ| {
        let mut of_organ: Vec<&str> = organ.split(' ').collect();
        of_organ.sort_unstable();
        words == of_organ
    })
}

#[cfg(test)]
mod tests {
    use super::is_organ;

    #[test]
    fn organs_are_told_from_targets() {
        for organ in [
            "Bladder",
            "BLADDER 1",
            "Bladder_Wall",
            "Bowel_Small",
            "small bowel",
            "Bag_Bowel",
            "BowelBag",
            "Femur_Head_L",
            "femoral head right",
            "SpinalCord",
            "Kidney_R",
        ] {
            assert!(is_organ(organ), "{organ}");
        }
        for target in [
            "PTV bladder",
            "GTV rectum",
            "Rectum CTV",
            "rectal tumour",
            "bladder bed",
            "pelvis",
            "Brain",
            "rectum",
            "anal canal",
            "bladder + 1 cm",
            "Breast L",
            "Prostate",
            "L",
            "Left",
            "",
            "12",
        ] {
            assert!(!is_organ(target), "{target}");
        }
    }
}
