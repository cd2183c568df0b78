//! A drug, a route, a modality, an organ and a metric are those that the words say: both ways.

use super::passages::codes;

const BASE: &str = r#"schema = "chemorad.protocol/2"
id = "SYNTHETIC"
title = "An invented protocol"
[source]
document = "invented"
version = "1"
[passages.t]
rt = "RT_WORDS"
rx = "RX_WORDS"
limits = "LIMIT_WORDS"
[[volumes]]
name = "pelvis"
called = { value = "pelvis", reason = "the target", from = "rt" }
[[phases]]
name = "p"
modality = { value = "MODALITY", from = "rt" }
[[phases.doses]]
volume = "pelvis"
fractionation = { value = "45 Gy in 25", from = "rt" }
[[courses]]
id = "c"
title = "radiotherapy"
from = "rt"
phases = ["p"]
order = { value = "single_phase", reason = "one phase is named", from = "rt" }
fractions_per_week = { value = 5, reason = "as usual: 5", from = "rt" }
[[drugs]]
id = "d"
from = "rx"
drug = "DRUG"
route = "ROUTE"
intensity_per_day = "1000 mg/m2/d"
days = { days = "1-4" }
day_one = { value = "first_fraction", reason = "counted from the first fraction" }
[[arms]]
id = "all"
title = "Everyone"
when = { value = "everyone", reason = "one arm", from = "rt" }
[[arms.options]]
id = "o"
title = "radiotherapy"
from = "rt"
[[arms.options.actions]]
action = "radiotherapy"
course = "c"
concurrent_drugs = { value = ["d"], reason = "given with it", from = "rx" }
[[limits]]
id = "organs"
source = "invented"
LIMITS
"#;

const USUAL: &[(&str, &str)] = &[
    (
        "RT_WORDS",
        "external beam radiotherapy, 45 Gy in 25 fractions to the pelvis",
    ),
    (
        "RX_WORDS",
        "fluorouracil 1000 mg/m2/day by continuous intravenous infusion on days 1-4",
    ),
    ("LIMIT_WORDS", "Bladder: V40 < 50 %"),
    ("MODALITY", "external_beam"),
    ("DRUG", "fluorouracil"),
    ("ROUTE", "intravenous"),
];

const LIMITS: &[(&str, &str, &str)] = &[("bladder", "V40Gy", "50 %")];

fn rows(limits: &[(&str, &str, &str)]) -> String {
    let row = |(structure, metric, limit): &(&str, &str, &str)| {
        format!(
            "[[limits.rows]]\nstructure = \"{structure}\"\nmetric = \"{metric}\"\ncomparison = \"at_most\"\nlimit = {{ value = \"{limit}\", from = \"limits\" }}\n"
        )
    };
    limits.iter().map(row).collect()
}

fn found(changes: &[(&str, &str)], limits: &[(&str, &str, &str)]) -> Vec<String> {
    let mut text = BASE.replace("\nLIMITS\n", &format!("\n{}", rows(limits)));
    for (place, words) in changes.iter().chain(USUAL) {
        text = text.replace(place, words);
    }
    let found = codes(&text).into_iter().map(|(code, _)| code);
    found
        .filter(|code| ["protocol.passage_value", "limit.words"].contains(&code.as_str()))
        .collect()
}

#[track_caller]
fn right(changes: &[(&str, &str)]) {
    assert_eq!(found(changes, LIMITS), [""; 0], "{changes:?}");
}

#[track_caller]
fn wrong(changes: &[(&str, &str)]) {
    assert_eq!(
        found(changes, LIMITS),
        ["protocol.passage_value"],
        "{changes:?}"
    );
}

#[test]
fn a_drug_is_the_one_that_the_passage_names() {
    right(&[]);
    for other in ["cisplatin", "mitomycin", "oxaliplatin", "capecitabine"] {
        wrong(&[("DRUG", other)]);
    }
    for (words, drug, other) in [
        (
            "5-FU 1000 mg/m2/day intravenously on days 1-4",
            "fluorouracil",
            "mitomycin",
        ),
        (
            "CDDP 1000 mg/m2/day intravenously on days 1-4",
            "cisplatin",
            "fluorouracil",
        ),
        (
            "MMC 1000 mg/m2/day intravenously on days 1-4",
            "mitomycin",
            "cisplatin",
        ),
        (
            "5FU (1000 mg/m2/day infusion days 1-4) and MMC",
            "mitomycin",
            "oxaliplatin",
        ),
    ] {
        right(&[("RX_WORDS", words), ("DRUG", drug)]);
        wrong(&[("RX_WORDS", words), ("DRUG", other)]);
    }
    for (name, drug) in [
        ("OXA", "oxaliplatin"),
        ("L-OHP", "oxaliplatin"),
        ("CAPE", "capecitabine"),
        ("CPT-11", "irinotecan"),
        ("CBDCA", "carboplatin"),
        ("PTX", "paclitaxel"),
        ("TXT", "docetaxel"),
        ("MTX", "methotrexate"),
        ("VP-16", "etoposide"),
        ("EPI", "epirubicin"),
        ("Taxol", "paclitaxel"),
        ("Taxotere", "docetaxel"),
        ("Eloxatin", "oxaliplatin"),
        ("Carbo", "carboplatin"),
        ("Gemzar", "gemcitabine"),
        ("Erbitux", "cetuximab"),
    ] {
        let words = format!("{name} 1000 mg/m2/day intravenously on days 1-4");
        right(&[("RX_WORDS", &words), ("DRUG", drug)]);
        wrong(&[("RX_WORDS", &words), ("DRUG", "fluorouracil")]);
    }
}

/// Before an amount, what begins as a drug does stands for it, whatever its letters.
#[test]
fn a_short_name_before_an_amount_is_that_of_its_drug() {
    for (name, drug, other) in [
        ("epi", "epirubicin", "cisplatin"),
        ("Cis", "cisplatin", "carboplatin"),
        ("Doc", "docetaxel", "cisplatin"),
        ("Mito", "mitomycin", "fluorouracil"),
        ("OX", "oxaliplatin", "fluorouracil"),
        ("PEM", "pemetrexed", "cisplatin"),
        ("PEM", "pembrolizumab", "cisplatin"),
        ("C225", "cetuximab", "fluorouracil"),
        ("HU", "hydroxyurea", "fluorouracil"),
        // one of two
        ("CTX", "cyclophosphamide", "cisplatin"),
        ("CTX", "cetuximab", "cisplatin"),
    ] {
        for words in [
            format!("{name} 1000 mg/m2/day intravenously on days 1-4"),
            format!("{name}: 1000 mg/m2/day intravenously on days 1-4"),
            format!("1000 mg/m2/day of {name} intravenously on days 1-4"),
        ] {
            right(&[("RX_WORDS", &words), ("DRUG", drug)]);
            wrong(&[("RX_WORDS", &words), ("DRUG", other)]);
        }
    }
    // capitals that nobody knows are no drug of the file, unless the words say which
    let unknown = "XYZ 1000 mg/m2/day intravenously on days 1-4";
    wrong(&[("RX_WORDS", unknown), ("DRUG", "cisplatin")]);
    let said = "cisplatin (XYZ) 1000 mg/m2/day intravenously on days 1-4";
    right(&[("RX_WORDS", said), ("DRUG", "cisplatin")]);
    // other words before an amount are none
    for word in [
        "Dose",
        "IV",
        "at",
        "Infusion of",
        "DAILY",
        "Arm A:",
        "Weekly",
        "Concurrent",
        "starting at",
        "MTD",
        "PVI",
        "CT:",
        "FOLFOX:",
        "TNT:",
        "IVCI",
        "Cycle 1:",
        "Patients receive",
        "a maximum of",
        "with",
    ] {
        let words = format!("{word} 1000 mg/m2/day intravenously on days 1-4");
        right(&[("RX_WORDS", &words), ("DRUG", "cisplatin")]);
    }
    // a passage that names no drug contradicts none
    right(&[
        ("RX_WORDS", "1000 mg/m2/day intravenously on days 1-4"),
        ("DRUG", "cisplatin"),
    ]);
}

#[test]
fn a_route_is_the_one_that_the_passage_says() {
    wrong(&[("ROUTE", "oral")]);
    wrong(&[("ROUTE", "subcutaneous")]);
    let oral = "oral capecitabine 1000 mg/m2/day on days 1-4";
    right(&[
        ("RX_WORDS", oral),
        ("DRUG", "capecitabine"),
        ("ROUTE", "oral"),
    ]);
    wrong(&[("RX_WORDS", oral), ("DRUG", "capecitabine")]);
    // of two drugs, the words beside the name
    let two = "oral capecitabine with cisplatin, 1000 mg/m2/day on days 1-4";
    right(&[("RX_WORDS", two), ("DRUG", "cisplatin")]);
    wrong(&[("RX_WORDS", two), ("DRUG", "capecitabine")]);
    let infused =
        "days = { days = \"1-4\" }\ninfusion = { value = \"96 h\", reason = \"4 x 24 h = 96 h\" }";
    let words = "fluorouracil 1000 mg/m2/day, days 1-4";
    let days = "days = { days = \"1-4\" }";
    right(&[("RX_WORDS", words), (days, infused)]);
    wrong(&[("RX_WORDS", words), (days, infused), ("ROUTE", "oral")]);
}

#[test]
fn a_modality_is_the_one_that_the_passage_says() {
    let all = [
        (
            "external beam radiotherapy",
            &["external_beam", "external_beam_photons", "protons"][..],
        ),
        (
            "external beam radiotherapy with photons",
            &["external_beam", "external_beam_photons"],
        ),
        (
            "external beam electrons",
            &["external_beam", "external_beam_electrons", "intraoperative"],
        ),
        ("IMRT", &["external_beam", "external_beam_photons"]),
        ("HDR brachytherapy", &["brachytherapy"]),
        ("protons", &["protons"]),
        ("contact X-ray brachytherapy", &["contact_x_ray"]),
        ("Papillon", &["contact_x_ray"]),
        (
            "radiotherapy",
            &["external_beam", "brachytherapy", "protons", "contact_x_ray"],
        ),
    ];
    let modalities = [
        "external_beam",
        "external_beam_photons",
        "external_beam_electrons",
        "brachytherapy",
        "protons",
        "contact_x_ray",
        "intraoperative",
    ];
    for (words, permitted) in all {
        let words = format!("{words}, 45 Gy in 25 fractions to the pelvis");
        for modality in modalities {
            let changes = [("RT_WORDS", words.as_str()), ("MODALITY", modality)];
            if permitted.contains(&modality) {
                right(&changes);
            } else if !words.starts_with("radiotherapy") {
                wrong(&changes);
            }
        }
    }
    let both = "external beam radiotherapy, 45 Gy in 25 fractions to the pelvis, or contact X-ray brachytherapy";
    right(&[("RT_WORDS", both)]);
    right(&[("RT_WORDS", both), ("MODALITY", "contact_x_ray")]);
}

#[track_caller]
fn limits(words: &str, right: &[(&str, &str, &str)], wrong: &[(&str, &str, &str)]) {
    let changes = [("LIMIT_WORDS", words)];
    assert_eq!(found(&changes, right), [""; 0], "{words}");
    for one in wrong {
        let found = found(&changes, &[*one]);
        let is_found = found.iter().any(|code| code == "protocol.passage_value");
        assert!(is_found, "{words}: {one:?}: {found:?}");
    }
}

#[test]
fn a_limit_is_of_the_organ_and_the_numbers_that_the_passage_says() {
    limits(
        "Femoral heads: No more than 50% above 30 Gy, No more than 35% above 40 Gy, No more than 5% above 44 Gy",
        &[
            ("femoral heads", "V30Gy", "50 %"),
            ("left femoral head", "V40Gy", "35 %"),
            ("femoral heads", "V44Gy", "5 %"),
        ],
        &[
            ("femoral heads", "V44Gy", "35 %"),
            ("femoral heads", "V30Gy", "5 %"),
            ("bladder", "V44Gy", "5 %"),
        ],
    );
    limits(
        "Small bowel: No more than 200 cc above 30 Gy, No more than 20 cc above 45 Gy, None above 50 Gy",
        &[
            ("small bowel", "V30Gy", "200 cc"),
            ("bowel", "V45Gy", "20 cc"),
            ("small bowel", "max", "50 Gy"),
        ],
        &[
            ("small bowel", "mean", "50 Gy"),
            ("small bowel", "min", "50 Gy"),
            ("small bowel", "max", "45 Gy"),
            ("large bowel", "max", "50 Gy"),
            ("small bowel", "V45Gy", "200 cc"),
        ],
    );
    limits(
        "Small bowel: < 200 cc > 30 Gy; < 150 cc > 35 Gy; 0 cc > 50 Gy",
        &[
            ("small bowel", "V35Gy", "150 cc"),
            ("small bowel", "max", "50 Gy"),
        ],
        &[("small bowel", "V35Gy", "200 cc")],
    );
    limits(
        "none of the spinal cord above 45 Gy",
        &[("spinal cord", "max", "45 Gy")],
        &[
            ("brainstem", "max", "45 Gy"),
            ("spinal cord", "mean", "45 Gy"),
        ],
    );
    limits(
        "Mean kidney dose < 18 Gy",
        &[
            ("kidney", "mean", "18 Gy"),
            ("left kidney", "mean", "18 Gy"),
        ],
        &[
            ("kidney", "max", "18 Gy"),
            ("kidney", "min", "18 Gy"),
            ("liver", "mean", "18 Gy"),
        ],
    );
    limits(
        "bladder V40 ≤ 50%, rectum V40 ≤ 60%",
        &[("bladder", "V40Gy", "50 %"), ("rectum", "V40Gy", "60 %")],
        &[("rectum", "V40Gy", "50 %"), ("bladder", "V40Gy", "60 %")],
    );
    limits(
        "no more than 50% of the bladder may receive more than 40 Gy",
        &[("bladder", "V40Gy", "50 %")],
        &[
            ("rectum", "V40Gy", "50 %"),
            ("bladder", "mean", "40 Gy"),
            ("bladder", "max", "40 Gy"),
        ],
    );
    limits(
        "bladder and rectum: V40 < 50 %",
        &[("bladder", "V40Gy", "50 %"), ("rectum", "V40Gy", "50 %")],
        &[("small bowel", "V40Gy", "50 %")],
    );
    limits("V40 < 50 %", &[("bladder", "V40Gy", "50 %")], &[]);
    limits(
        "spinal cord D0.03cc ≤ 45 Gy",
        &[
            ("spinal cord", "max", "45 Gy"),
            ("spinal cord", "D0.03cc", "45 Gy"),
        ],
        &[],
    );
}

#[test]
fn an_infusion_is_not_longer_than_the_words_say() {
    let words = (
        "RX_WORDS",
        "fluorouracil 1000 mg/m2/day by 96-hour infusion on days 1-4",
    );
    let days = "days = { days = \"1-4\" }";
    let of = |hours: &str, reason: &str| {
        format!("{days}\ninfusion = {{ value = \"{hours}\", reason = \"{reason}\" }}")
    };
    right(&[words, (days, of("96 h", "4 x 24 h = 96 h").as_str())]);
    // begun on one day, so that its days say nothing of it
    let once =
        "days = { days = \"1\" }\ninfusion = { value = \"480 h\", reason = \"5 x 96 h = 480 h\" }";
    let first = (
        words.0,
        "fluorouracil 1000 mg/m2/day by 96-hour infusion on day 1",
    );
    wrong(&[first, (days, once)]);
    let daily = "fluorouracil 1000 mg/m2/day by 24-hour infusion on days 1-4";
    right(&[
        ("RX_WORDS", daily),
        (days, of("96 h", "4 x 24 h = 96 h").as_str()),
    ]);
    // its days are as many as it runs for, or those on which it begins
    let on = |listed: &str| {
        format!(
            "days = {{ value = {{ days = \"{listed}\" }}, reason = \"on days {listed} of the course\" }}\ninfusion = \"96 h\""
        )
    };
    right(&[words, (days, on("1-4, 29-32").as_str())]);
    right(&[words, (days, on("1, 29").as_str())]);
    wrong(&[words, (days, on("1-32").as_str())]);
    wrong(&[words, (days, on("1-7, 29-35").as_str())]);
}
