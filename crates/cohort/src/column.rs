//! The columns that are known, each by its name with its unit.

use chemorad::patient::CreatinineUnit;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Column {
    /// The row's own identifier.
    Id,
    /// Height; micrometres in one of its unit.
    Height(u32),
    /// Weight; micrograms in one of its unit.
    Weight(u32),
    /// Sex.
    Sex,
    /// Age in completed years.
    Age,
    /// The unit of the age.
    AgeUnit,
    /// Serum creatinine.
    Creatinine(CreatinineUnit),
    /// DPYD status.
    Dpyd,
    /// What was ordered for one administration, mg.
    Ordered,
    /// What was dispensed in all, mg.
    Dispensed,
    /// The days on which the drug is taken.
    Days,
    /// What was ordered, as it is written.
    Order,
    /// How often a day the ordered dose is taken.
    Frequency,
    /// The unit of the ordered dose.
    DoseUnit,
    /// The drug that is ordered.
    Drug,
    /// The tablets that were dispensed, as they are written.
    Tablets,
    /// The other drugs the patient takes.
    Drugs,
    /// The prescribed course.
    Prescribed,
    /// The planned course.
    Planned,
    /// The arm of the protocol, or a treatment in it.
    Arm,
    /// The date of the first fraction.
    Start,
    /// The date of the last fraction.
    End,
    /// The date from which the protocol counts the start.
    Event,
}

/// A column by its name in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnName {
    /// The name.
    pub name: &'static str,
    /// What it holds.
    pub column: Column,
    /// What its cells are, for a reader.
    pub meaning: &'static str,
}

const fn named(name: &'static str, column: Column, meaning: &'static str) -> ColumnName {
    ColumnName {
        name,
        column,
        meaning,
    }
}

impl ColumnName {
    /// Every name that is known. Names of CDISC are in capitals.
    ///
    /// ```
    /// use chemorad_cohort::ColumnName;
    /// assert!(ColumnName::ALL.iter().any(|known| known.name == "height_cm"));
    /// ```
    pub const ALL: &[Self] = &[
        named("id", Column::Id, "the row's own identifier"),
        named("USUBJID", Column::Id, "the same, CDISC"),
        named("SUBJID", Column::Id, "the same, CDISC"),
        named("height_cm", Column::Height(10_000), "height in cm"),
        named("height_m", Column::Height(1_000_000), "height in m"),
        named("height_in", Column::Height(25_400), "height in inches"),
        named(
            "HEIGHTBL",
            Column::Height(10_000),
            "height in cm, CDISC ADaM",
        ),
        named("weight_kg", Column::Weight(1_000_000_000), "weight in kg"),
        named("weight_g", Column::Weight(1_000_000), "weight in g"),
        named("weight_lb", Column::Weight(453_592_370), "weight in pounds"),
        named(
            "WEIGHTBL",
            Column::Weight(1_000_000_000),
            "weight in kg, CDISC ADaM",
        ),
        named("sex", Column::Sex, "female or male, F or M"),
        named("SEX", Column::Sex, "F or M, CDISC; U is not given"),
        named("age_years", Column::Age, "completed years"),
        named("AGE", Column::Age, "the same, CDISC"),
        named("AGEU", Column::AgeUnit, "the unit of AGE: YEARS"),
        named(
            "creatinine_umol_l",
            Column::Creatinine(CreatinineUnit::MicromolesPerLiter),
            "serum creatinine in umol/L",
        ),
        named(
            "creatinine_mg_dl",
            Column::Creatinine(CreatinineUnit::MilligramsPerDeciliter),
            "serum creatinine in mg/dL",
        ),
        named(
            "dpyd",
            Column::Dpyd,
            "not-tested, indeterminate, a score or two alleles",
        ),
        named(
            "ordered_mg",
            Column::Ordered,
            "what was ordered for one administration, mg",
        ),
        named(
            "ordered_frequency",
            Column::Frequency,
            "how often a day ordered_mg is taken: bid, QD, 2 times a day",
        ),
        named(
            "EXDOSE",
            Column::Ordered,
            "the same as ordered_mg, CDISC SDTM: dose per administration; read with EXDOSU and EXDOSFRQ beside it",
        ),
        named("EXDOSU", Column::DoseUnit, "the unit of EXDOSE: mg or g"),
        named(
            "EXDOSFRQ",
            Column::Frequency,
            "how often a day EXDOSE is taken: QD, BID, TID, QID",
        ),
        named("EXTRT", Column::Drug, "the drug of EXDOSE: CAPECITABINE"),
        named(
            "dispensed_mg",
            Column::Dispensed,
            "what was dispensed in all, mg",
        ),
        named("days", Column::Days, "days on which the drug is taken"),
        named("ordered", Column::Order, "what was ordered: 1500mg bid"),
        named(
            "dispensed",
            Column::Tablets,
            "the tablets that were dispensed: 168x500mg",
        ),
        named(
            "interacting_drugs",
            Column::Drugs,
            "other drugs the patient takes, by semicolons, or none",
        ),
        named(
            "prescribed",
            Column::Prescribed,
            "the prescribed course: 45Gy/25+5.4Gy/3",
        ),
        named(
            "planned",
            Column::Planned,
            "the planned course: 45Gy/25+5.4Gy/3",
        ),
        named(
            "arm",
            Column::Arm,
            "an arm of the protocol, or a treatment in it, by its id",
        ),
        named("ARMCD", Column::Arm, "the same, CDISC"),
        named(
            "start_date",
            Column::Start,
            "the date of the first fraction: 2026-12-07",
        ),
        named("end_date", Column::End, "the date of the last fraction"),
        named(
            "event_date",
            Column::Event,
            "the date from which the protocol counts the start, such as that of the operation",
        ),
    ];

    /// The column of this name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|known| known.name == name)
    }
}

impl Column {
    /// The name of the quantity, which two columns may give.
    pub(crate) const fn quantity(self) -> &'static str {
        match self {
            Self::Id => "identifier",
            Self::Height(_) => "height",
            Self::Weight(_) => "weight",
            Self::Sex => "sex",
            Self::Age => "age",
            Self::AgeUnit => "unit of the age",
            Self::Creatinine(_) => "creatinine",
            Self::Dpyd => "DPYD",
            Self::Ordered => "ordered dose",
            Self::Dispensed => "dispensed amount",
            Self::Days => "days of intake",
            Self::Order => "order",
            Self::Frequency => "frequency of the order",
            Self::DoseUnit => "unit of the order",
            Self::Drug => "ordered drug",
            Self::Tablets => "dispensed tablets",
            Self::Drugs => "other drugs",
            Self::Arm => "arm",
            Self::Start => "first date",
            Self::End => "last date",
            Self::Event => "date of the event",
            Self::Prescribed => "prescribed course",
            Self::Planned => "planned course",
        }
    }

    /// Whether its cells are numbers with decimals.
    pub(crate) const fn is_decimal(self) -> bool {
        matches!(
            self,
            Self::Height(_)
                | Self::Weight(_)
                | Self::Age
                | Self::Creatinine(_)
                | Self::Ordered
                | Self::Dispensed
        )
    }

    /// Whether it is a course.
    pub(crate) const fn is_course(self) -> bool {
        matches!(self, Self::Prescribed | Self::Planned)
    }

    /// Whether it is a date of the course.
    pub(crate) const fn is_date(self) -> bool {
        matches!(self, Self::Start | Self::End | Self::Event)
    }

    /// Whether it is an order that somebody wrote.
    pub(crate) const fn is_order(self) -> bool {
        matches!(self, Self::Ordered | Self::Order)
    }

    /// Whether it is what was dispensed.
    pub(crate) const fn is_dispensed(self) -> bool {
        matches!(self, Self::Dispensed | Self::Tablets)
    }

    /// Whether it says more of an ordered dose in another column.
    pub(crate) const fn is_beside_dose(self) -> bool {
        matches!(self, Self::Frequency | Self::DoseUnit | Self::Drug)
    }

    /// Whether it belongs to an order of tablets.
    pub(crate) const fn is_of_order(self) -> bool {
        !matches!(self, Self::Id | Self::Arm | Self::AgeUnit)
            && !self.is_course()
            && !self.is_date()
    }
}
