//! Days, times and parts of a day are those of the words, however they are written. Both ways.

use super::unused_parts::failed;
use super::whole_doses::{Treatment, USUAL, one};
use super::whole_regimens::Expected::{self, Accused, Clean};
use super::whole_regimens::regimens;

#[test]
fn the_parts_of_a_day_are_administrations() {
    let capecitabine = |expected: Expected, rx: &str, single: &str| {
        let drug = format!(
            "c capecitabine; intensity = \"{single} mg/m2\"; administrations_per_day = 2; days = \"radiotherapy_days\""
        );
        regimens(expected, &format!("{rx} on days of radiotherapy"), &drug);
    };
    for rx in [
        "oral capecitabine 1650 mg/m2 daily in 2 divided doses (825 mg/m2 each)",
        "capecitabine 825 mg/m2 bis in die",
    ] {
        capecitabine(Clean, rx, "825");
        capecitabine(Accused, rx, "1650");
    }
    // an amount of each day is no part of it
    regimens(
        Accused,
        "capecitabine 1650 mg/m2 each day on days of radiotherapy",
        "c capecitabine; intensity = \"1650 mg/m2\"; administrations_per_day = { value = 2, reason = \"morning and evening: 2\" }; days = \"radiotherapy_days\"",
    );
}

const BOLUS_FIRST: &str = "On days 1 and 29 patients got a bolus of mitomycin C (10 mg/m2) and began a 96-hour infusion of fluorouracil (1000 mg/m2 per day)";

#[test]
fn several_days_before_the_patients_are_days() {
    let mitomycin = |days: &str| {
        format!(
            "m mitomycin; intensity = \"10 mg/m2\"; days = {{ days = \"{days}\" }}; day_one = {{ value = \"first_fraction\", reason = \"as usual\" }}"
        )
    };
    let with = |drug: &str| {
        format!(
            "{drug}\nf fluorouracil; intensity_per_day = \"1000 mg/m2/d\"; infusion = \"96 h\"; days = {{ value = {{ days = \"1-4, 29-32\" }}, reason = \"96 h / 24 h = 4 days, days 1-4 and 29-32\" }}; day_one = {{ value = \"first_fraction\", reason = \"as usual\" }}"
        )
    };
    regimens(Clean, BOLUS_FIRST, &with(&mitomycin("1, 29")));
    regimens(Accused, BOLUS_FIRST, &with(&mitomycin("1")));
    regimens(Accused, BOLUS_FIRST, &with(&mitomycin("1, 22")));
    // one day, and so many patients
    let once = "mitomycin 10 mg/m2 on day 1 and 29 patients had surgery";
    regimens(Clean, once, &mitomycin("1"));
    regimens(Accused, once, &mitomycin("1, 29"));
}

#[test]
fn hours_of_a_drug_are_those_of_its_infusion() {
    for rx in [
        "fluorouracil 1000 mg/m2 per day on days 1 and 29 (96 hours of fluorouracil)",
        "5-FU 1 g/m2/day continuous infusion 96 h from days 1 and 29",
        "5-FU 1 g/m2/day continuous infusion (96 h) on days 1 and 29",
    ] {
        let drug = |hours: &str, days: &str, reason: &str| {
            format!(
                "f fluorouracil; intensity_per_day = \"1000 mg/m2/d\"; infusion = \"{hours} h\"; days = {{ value = {days}, reason = \"{reason}\" }}; day_one = {{ value = \"first_fraction\", reason = \"as usual\" }}"
            )
        };
        let right = "{ days = \"1-4, 29-32\" }";
        for reason in [
            "96 h / 24 h = 4 days, days 1-4 and 29-32",
            "96 h / 24 h = 4 days, from day 1 and from day 29: 1-4 and 29-32",
        ] {
            regimens(Clean, rx, &drug("96", right, reason));
        }
        regimens(Accused, rx, &drug("120", right, "days 1-4 and 29-32"));
        regimens(
            Accused,
            rx,
            &drug(
                "96",
                "{ days = \"1-4\", every = 28, cycles = 4 }",
                "days 1-4, every 28 days, 4 cycles",
            ),
        );
    }
}

#[test]
fn derived_days_begin_when_the_words_say() {
    let cisplatin = |expected: Expected, days: &str, reason: &str, rx: &str| {
        let drug = format!(
            "c cisplatin; intensity = \"20 mg/m2\"; days = {{ value = {{ days = \"{days}\" }}, reason = \"{reason}\" }}; day_one = {{ value = \"first_fraction\", reason = \"as usual\" }}"
        );
        regimens(expected, rx, &drug);
    };
    let weeks = "cisplatin 20 mg/m2 in the first and fifth weeks";
    cisplatin(
        Clean,
        "1-5, 29-33",
        "the first five days of weeks 1 and 5: days 1-5 and 29-33",
        weeks,
    );
    cisplatin(Accused, "1-5, 36-40", "days 1-5 and 36-40", weeks);
    let days = "cisplatin 20 mg/m2 on days 1 and 29";
    cisplatin(Clean, "1, 29", "days 1 and 29 of radiotherapy", days);
    cisplatin(Clean, "8, 36", "a week later: days 8 and 36", days);
    cisplatin(Accused, "1, 22", "days 1 and 22", days);
    let of_weeks = "cisplatin 20 mg/m2 in weeks 1, 4 and 7";
    cisplatin(
        Clean,
        "1, 22, 43",
        "the first days of weeks 1, 4 and 7",
        of_weeks,
    );
    cisplatin(
        Accused,
        "1, 22, 50",
        "the first days of weeks 1, 4 and 7",
        of_weeks,
    );
}

#[test]
fn days_behind_two_drugs_are_those_of_both() {
    let rx = "5FU (1,000 mg/m2/day 96 hour infusion) and MMC (10 mg/m2 bolus) days 1 and 29";
    let both = |days: &str, reason: &str| {
        format!(
            "f fluorouracil; intensity_per_day = \"1000 mg/m2/d\"; infusion = \"96 h\"; days = {{ value = {days}, reason = \"{reason}\" }}; day_one = {{ value = \"first_fraction\", reason = \"as usual\" }}\nm mitomycin; intensity = \"10 mg/m2\"; days = {{ days = \"1, 29\" }}; day_one = {{ value = \"first_fraction\", reason = \"as usual\" }}"
        )
    };
    let right = "{ days = \"1-4, 29-32\" }";
    let reason = "96 h / 24 h = 4 days, days 1-4 and 29-32";
    regimens(Clean, rx, &both(right, reason));
    let cycles = |cycles: u8| format!("{{ days = \"1-4\", every = 28, cycles = {cycles} }}");
    let reason = |cycles: u8| format!("days 1-4, every 28 days, {cycles} cycles in all");
    regimens(Clean, rx, &both(&cycles(2), &reason(2)));
    regimens(Accused, rx, &both(&cycles(4), &reason(4)));
}

#[test]
fn cycles_are_counted_before_their_length() {
    let cisplatin = |days: &str, rx: &str, expected: Expected| {
        let drug = format!(
            "c cisplatin; intensity = \"20 mg/m2\"; days = {days}; day_one = {{ value = \"first_dose\", reason = \"as usual\" }}"
        );
        regimens(expected, rx, &drug);
    };
    let rx = "cisplatin 20 mg/m2 on days 1-5 of two 28-day cycles";
    cisplatin("{ days = \"1-5\", every = 28, cycles = 2 }", rx, Clean);
    cisplatin("{ days = \"1-5\", every = 28, cycles = 4 }", rx, Accused);
    cisplatin("{ days = \"1-5\", every = 21, cycles = 2 }", rx, Accused);
}

#[test]
fn a_number_of_days_is_no_number_of_times_a_day() {
    let mitomycin = |expected: Expected, times: &str| {
        let drug = format!(
            "m mitomycin; intensity = \"10 mg/m2\"; administrations_per_day = {times}; days = {{ days = \"1, 29\" }}; day_one = {{ value = \"first_fraction\", reason = \"as usual\" }}"
        );
        regimens(expected, "mitomycin 10 mg/m2 bolus on days 1 and 29", &drug);
    };
    mitomycin(Clean, "{ value = 1, reason = \"one bolus a day\" }");
    mitomycin(
        Accused,
        "{ value = 2, reason = \"a bolus on each of two days\" }",
    );
}

#[test]
fn an_amount_of_a_day_is_not_divided_further() {
    let fluorouracil = |expected: Expected, daily: &str| {
        let drug = format!(
            "f fluorouracil; intensity_per_day = {daily}; days = {{ days = \"1-5\" }}; day_one = {{ value = \"first_fraction\", reason = \"as usual\" }}"
        );
        regimens(
            expected,
            "fluorouracil 1000 mg/m2 per day on days 1-5",
            &drug,
        );
    };
    fluorouracil(Clean, "\"1000 mg/m2/d\"");
    fluorouracil(
        Accused,
        "{ value = \"200 mg/m2/d\", reason = \"1000 mg/m2 / 5 = 200 mg/m2/d\" }",
    );
}

#[test]
fn a_loading_dose_begins_what_goes_on_with_radiotherapy() {
    let rx = "cetuximab 400 mg/m2 as a loading dose one week before radiotherapy, then 250 mg/m2 weekly during radiotherapy";
    let both = "c1 cetuximab; intensity = \"400 mg/m2\"; days = { days = \"1\" }; day_one = \"first_dose\"\nc2 cetuximab; intensity = \"250 mg/m2\"; days = \"weekly\"";
    regimens(Clean, rx, both);
    let first = "c1 cetuximab; intensity = \"400 mg/m2\"; days = { days = \"1\" }; day_one = \"first_dose\"";
    regimens(
        Accused,
        "cetuximab 400 mg/m2 one week before radiotherapy",
        first,
    );
}

#[test]
fn a_cap_may_stand_behind_a_body_surface_area() {
    let rx = "cisplatin 40 mg/m2 weekly, with the dose capped for a body surface area of 1.75 m2 (70 mg)";
    let drug = |cap: &str| {
        format!("c cisplatin; intensity = \"40 mg/m2\"; cap = \"{cap} mg\"; days = \"weekly\"")
    };
    regimens(Clean, rx, &drug("70"));
    regimens(Accused, rx, &drug("80"));
}

#[test]
fn a_drug_before_each_fraction_is_given_once_a_day() {
    let rx = |words: &str| {
        [
            ("with cisplatin 40 mg/m2 weekly", words),
            ("drug = \"cisplatin\"", "drug = \"temozolomide\""),
            (
                "route = { value = \"intravenous\", reason = \"an infusion\" }",
                "route = { value = \"oral\", reason = \"capsules\" }",
            ),
            ("intensity = \"40 mg/m2\"", "intensity = \"75 mg/m2\""),
            (
                "administrations_per_day = { value = 1, reason = \"once: 1\" }\n",
                "",
            ),
            ("days = \"weekly\"", "days = \"radiotherapy_days\""),
        ]
        .map(|(from, to)| (from.to_owned(), to.to_owned()))
    };
    let failed = |words: &str| {
        let changes = rx(words);
        let changes: Vec<(&str, &str)> = changes.iter().map(|(a, b)| (&**a, &**b)).collect();
        failed(&changes)
    };
    assert_eq!(
        failed("with temozolomide 75 mg/m2 one hour before each fraction"),
        [""; 0]
    );
    assert_eq!(
        failed("with temozolomide 75 mg/m2 on days of radiotherapy"),
        ["protocol.drug_times drugs.cisplatin.intensity"]
    );
}

#[test]
fn fractions_a_week_follow_from_the_fractions_of_their_weeks() {
    let per_week = |expected: Expected, rt: &str, dose: &str, per_week: &str| {
        let dose = [("pelvis", dose, "rt")];
        one(
            expected,
            &Treatment {
                phases: &[("one", &dose)],
                rt,
                boost: "",
                per_week,
                is_nested: false,
            },
        );
    };
    let twice = "45 Gy in 30 twice-daily fractions of 1.5 Gy over 3 weeks to the pelvis";
    let of = |count: &str| format!("{{ value = {count}, from = \"rt\" }}");
    per_week(Clean, twice, "45 Gy in 30", &of("10"));
    per_week(Accused, twice, "45 Gy in 30", &of("5"));
    // the weeks are those of 25 fractions, and not of 30
    let both = |expected: Expected, per_week: &str| {
        let first = [("pelvis", "45 Gy in 25", "rt")];
        let second = [("tumour", "9 Gy in 5", "boost")];
        one(
            expected,
            &Treatment {
                phases: &[("one", &first), ("two", &second)],
                rt: "45 Gy in 25 fractions over 5 weeks to the pelvis",
                boost: "then a boost of 9 Gy in 5 fractions to the tumour",
                per_week,
                is_nested: true,
            },
        );
    };
    both(
        Clean,
        "{ value = 5, reason = \"25 fractions / 5 weeks = 5 fractions a week\", from = \"rt\" }",
    );
    both(
        Accused,
        "{ value = 6, reason = \"30 fractions / 5 weeks = 6 fractions a week\", from = \"rt\" }",
    );
    both(Clean, USUAL);
}

#[test]
fn a_boost_apart_comes_when_the_words_of_the_order_say() {
    let course = |order: &str, phases: &str| {
        failed(&[
            (
                "[passages.t]\n",
                &format!("[passages.t]\nsaid = {order:?}\n"),
            ),
            (
                "[[courses]]\nid = \"cA\"",
                "[[phases]]\nname = \"contact\"\nfrom = \"a\"\nmodality = { value = \"contact_x_ray\", reason = \"as named\" }\n[[phases.doses]]\nvolume = \"pelvis\"\nfractionation = { value = \"90 Gy in 3\", reason = \"3 x 30 Gy = 90 Gy\" }\n[[courses]]\nid = \"cA\"",
            ),
            ("phases = [\"pA\"]", &format!("phases = [{phases}]")),
            (
                "order = { value = \"single_phase\", reason = \"one\" }",
                "order = { value = \"sequential\", from = \"said\" }",
            ),
        ])
    };
    let is_right = |order: &str, phases: &str| {
        let found = course(order, phases);
        let found = found.iter().any(|one| one.ends_with("courses.cA.order"));
        assert!(!found, "{order}: {phases}");
    };
    let is_wrong = |order: &str, phases: &str| {
        let found = course(order, phases);
        let found = found.iter().any(|one| one.ends_with("courses.cA.order"));
        assert!(found, "{order}: {phases}");
    };
    for order in [
        "the contact boost is given before chemoradiotherapy",
        "contact x-ray brachytherapy first, followed by chemoradiotherapy",
        "chemoradiotherapy after the contact boost",
        "contact x-ray brachytherapy preceded chemoradiotherapy",
        "chemoradiotherapy preceded by the contact boost",
    ] {
        is_right(order, "\"contact\", \"pA\"");
        is_wrong(order, "\"pA\", \"contact\"");
    }
    for order in [
        "chemoradiotherapy followed by contact brachytherapy",
        "chemoradiotherapy, then contact x-ray brachytherapy",
    ] {
        is_right(order, "\"pA\", \"contact\"");
        is_wrong(order, "\"contact\", \"pA\"");
    }
    for phases in ["\"contact\", \"pA\"", "\"pA\", \"contact\""] {
        is_right("one after the other", phases);
        is_right(
            "tumours below 3 cm had contact brachytherapy first; those of 3 cm or more had contact brachytherapy after chemoradiation",
            phases,
        );
    }
}

#[test]
fn a_drug_of_all_patients_is_given_with_the_radiotherapy() {
    let with = (
        "arm A: 45 Gy in 25 fractions to the pelvis, 5 fractions a week, with cisplatin 40 mg/m2 weekly",
        "all patients had 45 Gy in 25 fractions to the pelvis, 5 fractions a week, with concurrent cisplatin 40 mg/m2 weekly",
    );
    let none = (
        "concurrent_drugs = { value = [], reason = \"none is named\", from = \"b\" }",
        "concurrent_drugs = { value = [], reason = \"none is named in arm B\", from = \"b\" }",
    );
    let course = ("course = \"cB\"", "course = \"cA\"");
    let left_out = "protocol.drug_left_out arms.B.options.oB.actions[0].concurrent_drugs";
    let found = failed(&[with, none, course]);
    assert!(found.iter().any(|one| one == left_out), "{found:?}");
    let together = (
        with.0,
        "all patients had chemoradiotherapy, 45 Gy in 25 fractions to the pelvis, 5 fractions a week, together with weekly cisplatin 40 mg/m2",
    );
    let found = failed(&[together, none, course]);
    assert!(found.iter().any(|one| one == left_out), "{found:?}");
    // said of one arm
    let found = failed(&[none, course]);
    assert!(!found.iter().any(|one| one == left_out), "{found:?}");
}

#[test]
fn an_adjuvant_drug_is_not_given_with_the_radiotherapy() {
    let words = |words: &'static str| {
        let given = failed(&[
            ("[passages.t]\n", &format!("[passages.t]\nrx = {words:?}\n")),
            (
                "id = \"cisplatin\"\nfrom = \"a\"",
                "id = \"cisplatin\"\nfrom = \"rx\"",
            ),
            (
                "concurrent_drugs = { value = [\"cisplatin\"], from = \"a\" }",
                "concurrent_drugs = { value = [\"cisplatin\"], from = \"a\" }\n[[arms.options.actions]]\naction = \"surgery\"\nprocedure = \"total_mesorectal_excision\"",
            ),
        ]);
        given.iter().any(|one| one.contains("concurrent_drugs"))
    };
    assert!(words(
        "adjuvant chemotherapy with cisplatin 40 mg/m2 weekly"
    ));
    assert!(words("maintenance cisplatin 40 mg/m2 weekly"));
    assert!(!words("cisplatin 40 mg/m2 weekly"));
    assert!(!words(
        "adjuvant radiotherapy with cisplatin 40 mg/m2 weekly"
    ));
}
