//! The `chemorad` command: the disk, the clock and the terminal around [`chemorad_cli::run`].

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use chemorad_cli::files::Disk;
use chemorad_cli::{Environment, Identity, Output, run};

fn main() -> ExitCode {
    let environment = Environment {
        now: jiff::Zoned::now(),
        colour: std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            && std::io::stderr().is_terminal(),
        width: chemorad_cli::WIDTH,
        site: std::env::var_os("CHEMORAD_SITE")
            .filter(|name| !name.is_empty())
            .map(Into::into),
        watched: std::io::stderr().is_terminal(),
        identity: Some(Identity {
            executable: std::env::current_exe().ok(),
        }),
    };
    let mut output = run(std::env::args_os(), &environment, &Disk);
    if let Err((path, error)) = Disk::write(&output.files) {
        output = Output::unwritten(&path, &error);
    }
    if let Err(message) = print(&output) {
        // a closed terminal leaves nothing to report to
        let _ = std::io::stderr().write_all(message.as_bytes());
        return ExitCode::from(2);
    }
    ExitCode::from(output.exit)
}

/// Everything in one piece, so that nothing is half written; a reader that went away is no error.
fn print(output: &Output) -> Result<(), String> {
    let _ = std::io::stderr().write_all(output.stderr.as_bytes());
    let mut out = std::io::stdout().lock();
    match out
        .write_all(output.stdout.as_bytes())
        .and_then(|()| out.flush())
    {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(format!(
            "error: cannot write the output: {error}\ncode: file.unwritable\n"
        )),
        _ => Ok(()),
    }
}
