//! Names of drugs: those that are known, their abbreviations, and words that end like one.

use chemorad::number::Decimal;
use winnow::Parser as _;
use winnow::combinator::{alt, opt, terminated};
use winnow::token::any;

use super::phrase::{Parsed, number, one_of};
use super::token::{Token, Tokens};

/// Names of one word, with the name they are compared by.
const NAMES: &[(&str, &str)] = &[
    ("capecitabine", "capecitabine"),
    ("xeloda", "capecitabine"),
    ("fluorouracil", "fluorouracil"),
    ("5fu", "fluorouracil"),
    ("tegafur", "tegafur"),
    ("uft", "tegafur"),
    ("s1", "s-1"),
    ("leucovorin", "leucovorin"),
    ("folinic", "leucovorin"),
    ("levoleucovorin", "leucovorin"),
    ("oxaliplatin", "oxaliplatin"),
    ("irinotecan", "irinotecan"),
    ("cpt11", "irinotecan"),
    ("vp16", "etoposide"),
    ("cisplatin", "cisplatin"),
    ("cddp", "cisplatin"),
    ("carboplatin", "carboplatin"),
    ("nedaplatin", "nedaplatin"),
    ("mitomycin", "mitomycin"),
    ("gemcitabine", "gemcitabine"),
    ("gemcitabin", "gemcitabine"),
    ("flutamide", "flutamide"),
    ("fludarabine", "fludarabine"),
    ("melphalan", "melphalan"),
    ("ufur", "tegafur"),
    ("paclitaxel", "paclitaxel"),
    ("docetaxel", "docetaxel"),
    ("etoposide", "etoposide"),
    ("vinorelbine", "vinorelbine"),
    ("vincristine", "vincristine"),
    ("vinblastine", "vinblastine"),
    ("temozolomide", "temozolomide"),
    ("lomustine", "lomustine"),
    ("procarbazine", "procarbazine"),
    ("cyclophosphamide", "cyclophosphamide"),
    ("ifosfamide", "ifosfamide"),
    ("doxorubicin", "doxorubicin"),
    ("epirubicin", "epirubicin"),
    ("methotrexate", "methotrexate"),
    ("pemetrexed", "pemetrexed"),
    ("raltitrexed", "raltitrexed"),
    ("bleomycin", "bleomycin"),
    ("dacarbazine", "dacarbazine"),
    ("topotecan", "topotecan"),
    ("nimorazole", "nimorazole"),
    ("hydroxyurea", "hydroxyurea"),
    ("cetuximab", "cetuximab"),
    ("panitumumab", "panitumumab"),
    ("nimotuzumab", "nimotuzumab"),
    ("bevacizumab", "bevacizumab"),
    ("trastuzumab", "trastuzumab"),
    ("rituximab", "rituximab"),
    ("pembrolizumab", "pembrolizumab"),
    ("nivolumab", "nivolumab"),
    ("ipilimumab", "ipilimumab"),
    ("durvalumab", "durvalumab"),
    ("atezolizumab", "atezolizumab"),
    ("toripalimab", "toripalimab"),
    ("camrelizumab", "camrelizumab"),
    ("sintilimab", "sintilimab"),
    ("tislelizumab", "tislelizumab"),
    ("dexamethasone", "dexamethasone"),
    ("prednisone", "prednisone"),
    ("prednisolone", "prednisolone"),
    ("bicalutamide", "bicalutamide"),
    ("goserelin", "goserelin"),
    ("leuprolide", "leuprolide"),
    ("leuprorelin", "leuprorelin"),
    ("sorafenib", "sorafenib"),
    ("erlotinib", "erlotinib"),
    ("gefitinib", "gefitinib"),
    ("celecoxib", "celecoxib"),
    ("metformin", "metformin"),
    ("nelfinavir", "nelfinavir"),
    ("tirapazamine", "tirapazamine"),
    ("carbogen", "carbogen"),
    ("nicotinamide", "nicotinamide"),
    ("lapatinib", "lapatinib"),
    ("olaparib", "olaparib"),
    ("veliparib", "veliparib"),
    ("actinomycin", "dactinomycin"),
    ("dactinomycin", "dactinomycin"),
    ("cytarabine", "cytarabine"),
    ("lobaplatin", "lobaplatin"),
    ("taxol", "paclitaxel"),
    ("abraxane", "nab-paclitaxel"),
    ("taxotere", "docetaxel"),
    ("eloxatin", "oxaliplatin"),
    ("oxali", "oxaliplatin"),
    ("carbo", "carboplatin"),
    ("camptosar", "irinotecan"),
    ("gemzar", "gemcitabine"),
    ("alimta", "pemetrexed"),
    ("temodal", "temozolomide"),
    ("temodar", "temozolomide"),
    ("erbitux", "cetuximab"),
    ("vectibix", "panitumumab"),
    ("avastin", "bevacizumab"),
    ("herceptin", "trastuzumab"),
    ("c225", "cetuximab"),
];

/// Names in capitals alone, as abbreviations are written.
const ABBREVIATIONS: &[(&str, &str)] = &[
    ("cap", "capecitabine"),
    ("gem", "gemcitabine"),
    ("fu", "fluorouracil"),
    ("lv", "leucovorin"),
    ("cf", "leucovorin"),
    ("mmc", "mitomycin"),
    ("ddp", "cisplatin"),
    ("ndp", "nedaplatin"),
    ("dct", "docetaxel"),
    ("dtx", "docetaxel"),
    ("bcg", "bcg"),
    ("tmz", "temozolomide"),
    ("cape", "capecitabine"),
    ("oxa", "oxaliplatin"),
    ("ohp", "oxaliplatin"),
    ("lohp", "oxaliplatin"),
    ("iri", "irinotecan"),
    ("cpt", "irinotecan"),
    ("cbdca", "carboplatin"),
    ("ptx", "paclitaxel"),
    ("txl", "paclitaxel"),
    ("txt", "docetaxel"),
    ("doc", "docetaxel"),
    ("mtx", "methotrexate"),
    ("ifo", "ifosfamide"),
    ("adm", "doxorubicin"),
    ("dox", "doxorubicin"),
    ("epi", "epirubicin"),
    ("vcr", "vincristine"),
    ("vlb", "vinblastine"),
    ("nvb", "vinorelbine"),
    ("blm", "bleomycin"),
    ("ccnu", "lomustine"),
    ("dtic", "dacarbazine"),
];

/// Endings of the names of drugs for cancer.
const ENDINGS: &[&str] = &[
    "mab",
    "tinib",
    "platin",
    "taxel",
    "rubicin",
    "tabine",
    "mycin",
    "tecan",
    "poside",
    "limus",
    "ciclib",
    "parib",
    "trexed",
    "trexate",
    "mustine",
    "zolomide",
    "lidomide",
    "uracil",
    "relin",
    "fosfamide",
    "nidazole",
];

/// Capitals that are no drug.
const NO_DRUGS: &[&str] = &[
    "rt", "crt", "ccrt", "imrt", "vmat", "ebrt", "xrt", "srt", "sbrt", "wbrt", "iv", "po", "mtd",
    "gtv", "ctv", "ptv", "the", "hdr", "pci", "bed", "eqd2", "total", "daily", "oar", "oars",
    "prv", "mean", "max", "full", "low",
];

/// Short names that stand for one of several drugs, or have other letters than the drug.
const SHORT: &[(&str, &[&str])] = &[
    ("ctx", &["cyclophosphamide", "cetuximab"]),
    ("cpm", &["cyclophosphamide"]),
    ("hu", &["hydroxyurea"]),
    ("pcb", &["procarbazine"]),
    ("tpt", &["topotecan"]),
    ("vnr", &["vinorelbine"]),
    ("rtx", &["raltitrexed", "rituximab"]),
    ("adr", &["doxorubicin"]),
    ("cbp", &["carboplatin"]),
    ("lbp", &["lobaplatin"]),
    ("vds", &["vindesine"]),
    ("mta", &["pemetrexed"]),
];

/// Words that stand before an amount and are no drug, though they are written in capitals or begin as a drug does.
const NO_NAMES: &[&str] = &[
    "bid", "tid", "qid", "od", "qd", "bd", "ci", "civ", "ii", "iii", "vi", "day", "days", "dose",
    "arm", "or", "and", "to", "of", "at", "then", "week", "weekly", "level", "levels", "step",
    "cohort", "group", "phase", "bsa", "auc", "cycle", "cycles", "with", "plus", "by", "is", "was",
    "in", "on", "per", "not", "no", "as", "oral", "bolus", "from", "than", "over", "up", "a", "an",
    "for", "be", "it", "least", "most", "same", "other", "drug", "also", "give",
    // how it is given
    "pvi", "cvi", "piv", "ivb", "ivp", "ivci", "ip", "sc", "im",
    // treatments and regimens of several drugs
    "ct", "cht", "chemo", "cct", "rct", "tnt", "scrt", "sib", "folfox", "folfiri", "xelox", "capox",
    "xeliri", "capiri", "tpf", "pf",
];

/// Whether a word that stands where a drug's name stands can be such a name: capitals, or the beginning of a name.
pub(crate) fn is_short_name(token: &Token) -> bool {
    let word = token.text.as_str();
    let ordinary = NO_NAMES.contains(&word) || NO_DRUGS.contains(&word);
    let letters = word.chars().next().is_some_and(char::is_alphabetic);
    let begins = word.len() >= 3 && NAMES.iter().any(|(name, _)| name.starts_with(word));
    letters && !ordinary && (begins || token.capital && (2..=6).contains(&word.len()))
}

/// Whether a short name can stand for a drug.
pub(crate) fn may_stand_for(short: &str, drug: &str) -> bool {
    let of_short = SHORT
        .iter()
        .any(|(word, drugs)| *word == short && drugs.contains(&drug));
    let abbreviates = |(word, name): &(&str, &str)| *name == drug && (word.starts_with(short));
    of_short || drug.starts_with(short) || NAMES.iter().chain(ABBREVIATIONS).any(abbreviates)
}

/// The name a drug is compared by: `5-FU` and `fluorouracil` are one.
pub(crate) fn canonical(name: &str) -> String {
    let tokens = super::token::without_hyphens(&super::token::tokens(name));
    let mut input = Tokens::new(&tokens);
    match drug(&mut input) {
        Ok(drug) => drug,
        Err(_) => name.to_lowercase(),
    }
}

/// The name of a drug, with a second name in brackets: `mitomycin (Mutamycin)`.
pub(crate) fn drug(input: &mut Tokens<'_>) -> Parsed<String> {
    let name = single(input)?;
    let _ = opt(("(", single, ")")).parse_next(input)?;
    Ok(name)
}

fn single(input: &mut Tokens<'_>) -> Parsed<String> {
    let five = number.verify(|number: &Decimal| *number == Decimal::from(5));
    let one = number.verify(|number: &Decimal| *number == Decimal::from(1));
    let sixteen = number.verify(|number: &Decimal| *number == Decimal::from(16));
    let named = any.verify_map(|token: &Token| {
        let known = NAMES.iter().find(|(name, _)| *name == token.text);
        known.map(|(_, canonical)| (*canonical).to_owned())
    });
    let abbreviated = any.verify_map(|token: &Token| {
        let known = ABBREVIATIONS
            .iter()
            .find(|(name, _)| token.capital && *name == token.text);
        known.map(|(_, canonical)| (*canonical).to_owned())
    });
    // a word that ends like the names of drugs is one
    let like = any.verify(|token: &Token| {
        token.text.len() >= 8 && ENDINGS.iter().any(|ending| token.text.ends_with(ending))
    });
    // HU dose
    let dose = |input: &mut Tokens<'_>| -> Parsed<()> {
        one_of(&["dose", "doses"]).void().parse_next(input)
    };
    let acronym = terminated(
        any.verify(|token: &Token| {
            token.capital
                && (2..=5).contains(&token.text.len())
                && !NO_DRUGS.contains(&token.text.as_str())
        }),
        winnow::combinator::peek(dose),
    );
    alt((
        (five, opt("-"), one_of(&["fluorouracil", "fu"])).value("fluorouracil".to_owned()),
        ("nab", "paclitaxel").value("nab-paclitaxel".to_owned()),
        ("cytosine", "arabinoside").value("cytarabine".to_owned()),
        abbreviated,
        ("s", "-", one).value("s-1".to_owned()),
        ("vp", opt("-"), sixteen).value("etoposide".to_owned()),
        (one_of(&["mitomycin"]), opt(one_of(&["-"])), opt("c")).value("mitomycin".to_owned()),
        (one_of(&["folinic"]), "acid").value("leucovorin".to_owned()),
        alt((
            named,
            like.map(|token: &Token| misspelt(&token.text)),
            acronym.map(|token: &Token| token.text.clone()),
        )),
    ))
    .parse_next(input)
}

/// The known name that begins and ends alike: `capceitabine`, `flurouracil`.
fn misspelt(name: &str) -> String {
    let ends = |text: &str| -> Option<(String, String)> {
        Some((
            text.get(..3)?.into(),
            text.get(text.len().checked_sub(5)?..)?.into(),
        ))
    };
    let known = NAMES.iter().find(|(known, _)| ends(known) == ends(name));
    known.map_or_else(|| name.to_owned(), |(_, canonical)| (*canonical).to_owned())
}
