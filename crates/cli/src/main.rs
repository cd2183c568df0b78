//! The `chemorad` command.

mod chain;
mod commands;
mod exchange;
mod facts;
mod failure;
mod input;
mod intake;
mod parts;
mod picture_file;
mod plot;
mod protocols;
mod report;
mod rules;
mod time;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use commands::Cli;
use failure::Failure;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(usage) => {
            let failed = usage.use_stderr();
            // a closed terminal leaves nothing to report to
            let _ = usage.print();
            return ExitCode::from(if failed { 2 } else { 0 });
        }
    };
    let format = cli.format;
    match cli.run().and_then(|report| {
        let exit = report.exit;
        write_out(&report.rendered(format)?)?;
        Ok(exit)
    }) {
        Ok(exit) => ExitCode::from(exit),
        Err(failure) => {
            let _ = writeln!(std::io::stderr(), "error: {failure}");
            ExitCode::from(failure.exit)
        }
    }
}

/// Everything in one piece, so that nothing is half written; a reader that went away is no error.
fn write_out(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("cannot write the output: {error}")))
        }
        _ => Ok(()),
    }
}
