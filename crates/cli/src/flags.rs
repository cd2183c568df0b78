//! The flags of this command that give what a finding asks for: a room names the value alone.

use chemorad::report::{Finding, Outcome};
use chemorad_crosscheck::{NamedVolumes, PhaseFinding, PlanFinding, PlanSays};

/// A code, and the flag that settles it.
const FLAGS: &[(&str, &str)] = &[
    (
        "capecitabine.dpyd",
        "--decision SHARE --decision-reason REASON",
    ),
    (
        "capecitabine.renal",
        "--decision SHARE --decision-reason REASON",
    ),
    ("dose.fractions", "--plan FILE"),
    ("gap.extra_days_assumed", "--extra-weekdays sat,sun"),
    ("gap.late_not_told", "--late-repair-half-time TIME"),
    (
        "gap.no_repopulation",
        "--loss-per-day GY with --kick-off DAYS",
    ),
    (
        "gap.tumour_not_told",
        "--loss-per-day GY with --kick-off DAYS",
    ),
    ("model.phases_on_new_days", "--start DATE"),
    (
        "order.supply",
        "--days KIND with --start DATE (in a case file calendar.start), --dispensed-period NUMBER",
    ),
    ("plan.beam_sum", "--accept-stated-dose REASON"),
    ("plan.patient", "--each"),
    ("rx.fractions_per_week", "--fractions-per-week N"),
    ("rx.phases", "--map FILE[#N]=PHASE"),
    ("rx.prescription", "--target NAME=VOLUME"),
    ("rx.volume_match", "--target NAME=VOLUME"),
    ("schedule.no_holidays", "--holidays FILE"),
];

/// The flag that settles what a code is about.
pub(crate) fn of(code: &str) -> Option<&'static str> {
    let mut flags = FLAGS.iter();
    flags
        .find(|(known, _)| *known == code)
        .map(|(_, flag)| *flag)
}

/// Adds its flag to every finding that a person can settle with it.
pub(crate) fn name_flags(findings: &mut [Finding]) {
    for finding in findings {
        if let Some(flag) = of(finding.code()).filter(|_| is_for_a_person(finding)) {
            let unmatched = matches!(finding.observation(), Some(PhaseFinding::Unmatched { .. }));
            let often = if unmatched {
                ", once for each fraction group of the phase"
            } else {
                ""
            };
            finding.remark(format!("the flag is {flag}{often}"));
        }
    }
}

fn is_for_a_person(finding: &Finding) -> bool {
    let of_phase = match finding.observation() {
        Some(PhaseFinding::Unmatched { .. }) => true,
        Some(PhaseFinding::Weekly { .. }) => finding.outcome == Outcome::CannotTell,
        _ => false,
    };
    let says = finding.observation().map(|plan: &PlanFinding| &plan.says);
    let named = matches!(
        says,
        Some(PlanSays::Volumes {
            named: NamedVolumes::ToBeSeen,
            ..
        })
    );
    of_phase || named
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::FLAGS;

    #[test]
    fn every_code_and_flag_exists() {
        let command = crate::commands::Cli::command();
        for (code, flag) in FLAGS {
            assert!(crate::codes().any(|known| known.name == *code), "{code}");
            let name = flag.trim_start_matches("--").split(' ').next();
            let knows = |command: &clap::Command| {
                let mut long = command.get_arguments().filter_map(clap::Arg::get_long);
                long.any(|long| Some(long) == name)
            };
            let inner = |command: &clap::Command| command.get_subcommands().any(knows);
            let found = command
                .get_subcommands()
                .any(|one| knows(one) || inner(one));
            assert!(found, "{flag}");
        }
    }
}
