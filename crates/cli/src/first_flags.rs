//! The flags on the first screen of a command that has more than a screen holds.

/// The flags that come first where a command has more than a screen holds, each by its name in the code, with
/// what it is in short.
pub(crate) const FIRST: &[(&str, &[(&str, &str)])] = &[
    (
        "bed",
        &[
            (
                "alpha_beta",
                "alpha/beta, several by commas, or a tissue of the site file",
            ),
            (
                "compare",
                "another schedule to compare with; may be repeated",
            ),
            (
                "endpoint",
                "a published alpha/beta by name (chemorad endpoints)",
            ),
            ("overall_time", "overall treatment time, such as 35d"),
            ("kick_off", "the day up to which repopulation costs nothing"),
            ("loss_per_day", "BED lost per day after it"),
            ("plot", "draw EQD over alpha/beta"),
        ],
    ),
    (
        "solve",
        &[
            (
                "target_eqd",
                "the EQD2 to reach; or --target-bed, or --same-as 50.4Gy/28",
            ),
            (
                "fractions",
                "the number of fractions: the dose of each is solved for",
            ),
            (
                "dose_per_fraction",
                "the dose of each: their number is solved for",
            ),
            ("alpha_beta", "alpha/beta, or a tissue of the site file"),
            ("step", "the smallest step of a dose that can be given"),
            ("rounding", "nearest, down or up"),
        ],
    ),
    (
        "gap",
        &[
            ("start", "the date of the first fraction"),
            ("missed", "the dates on which nothing was given, by commas"),
            ("alpha_beta", "of the tumour, or a tissue of the site file"),
            ("late_alpha_beta", "of the late-reacting tissue"),
            (
                "loss_per_day",
                "BED that the tumour loses per day, with --kick-off 28d",
            ),
            (
                "resume",
                "when treatment goes on, where not on the next day",
            ),
            ("plot", "draw cumulative effect over calendar days"),
        ],
    ),
    (
        "check",
        &[
            ("protocol", "what is prescribed: a protocol with its arm"),
            (
                "prescribed",
                "instead: the prescription, such as 45Gy/25+5.4Gy/3",
            ),
            ("planned", "instead of files: the plan in numbers"),
            ("each", "judge every file by itself"),
            ("ordered", "with a case: an order that somebody wrote"),
            ("tolerance", "how much may differ, such as total=0.5%"),
        ],
    ),
    (
        "capecitabine",
        &[
            ("site", "what the site decided: tablets, rounding, rules"),
            ("formula", "the formula of the body surface area"),
            (
                "dpyd",
                "DPYD: not-tested, indeterminate, or an activity score",
            ),
            (
                "start",
                "the date of the first fraction, for days and tablets",
            ),
            ("fractions", "the number of fractions"),
            ("ordered", "an order that somebody wrote, to check"),
        ],
    ),
    (
        "clearance",
        &[
            ("age", "age in completed years"),
            ("sex", "female or male"),
            ("weight", "weight with unit"),
            ("creatinine", "serum creatinine with unit"),
            ("weight_basis", "actual, ideal or adjusted:0.4"),
        ],
    ),
    (
        "cohort",
        &[
            ("output", "where the records are written"),
            ("site", "what the site decided: tablets, rounding, rules"),
            ("intensity", "\"825 mg/m2 bid\""),
            ("protocol", "a protocol, with its arm or by the column arm"),
            ("alpha_beta", "the alpha/beta of courses in the file"),
            (
                "columns",
                "a column of the file under another name; may be repeated",
            ),
        ],
    ),
    (
        "assign",
        &[
            ("tumour_stage", "pT1 to pT4"),
            ("nodal_stage", "N0 to N2"),
            ("metastasis", "M0 or M1"),
            ("margin", "negative or positive"),
            ("protocol", "another protocol, by id or file"),
        ],
    ),
    (
        "ntcp",
        &[
            ("set", "a published set of parameters by its name"),
            ("model", "instead: lkb, logistic or relative-seriality"),
            ("n", "of lkb, with --m and --td50"),
            ("endpoint", "of typed parameters, with --source"),
            ("fractions", "turns every bin into EQD2, with --alpha-beta"),
            ("structure", "where the file has several"),
        ],
    ),
    (
        "tcp",
        &[
            ("model", "logistic or poisson"),
            ("a", "of logistic, with --tcd50 and --gamma50"),
            (
                "alpha",
                "of poisson, with --alpha-beta, --fractions, --clonogens",
            ),
            ("endpoint", "of the parameters, with --source"),
            ("structure", "where the file has several"),
        ],
    ),
    (
        "dvh",
        &[
            ("structure", "a structure by name; may be repeated"),
            ("metric", "D2cc, V45Gy[%], D95%, mean; may be repeated"),
        ],
    ),
];
