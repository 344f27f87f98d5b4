//! `switchyardd`: the command line of the headless daemon.

pub mod arguments;
mod connector;
mod data_folder;
mod dry_run;
mod logs;
mod plan;
mod serve;
mod signals;
mod verify;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use switchyard_sandbox::cli::SandboxArgs;

use self::arguments::{Arguments, Command, ConnectorCommand};

/// A wrong use of the command line: exit code 2, as clap's own.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Usage(pub(crate) String);

/// Runs the command line and says how it ended: 0 done, 1 failed, 2 usage.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    if let Err(error) = logs::start(&arguments.log, arguments.log_format) {
        return failed(&error);
    }
    match execute(arguments.command) {
        Ok(code) => code,
        Err(error) => failed(&error),
    }
}

#[expect(clippy::print_stderr, reason = "the last word of a program is for the person who started it")]
fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("switchyardd: {error:#}");
    if error.is::<Usage>() { ExitCode::from(2) } else { ExitCode::FAILURE }
}

fn execute(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(arguments) => on_runtime(serve::run(arguments)),
        Command::Sandbox(arguments) => on_runtime(sandbox(arguments)),
        Command::SandboxCheck(arguments) => {
            let clean = switchyard_sandbox::cli::run_check(&arguments, std::io::stdout().lock())?;
            Ok(if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Command::Plan => plan::run(std::io::stdin().lock(), &mut std::io::stdout().lock()),
        Command::DryRun(arguments) => on_runtime(dry_run::run(arguments)),
        Command::Verify { folder } => on_runtime(verify::data_folder(folder.root())),
        Command::Openapi => print(&crate::openapi_json()?),
        Command::Connector(ConnectorCommand::List) => print(&connector::list()),
        Command::Connector(ConnectorCommand::Check(arguments)) => on_runtime(connector::check(arguments)),
    }
}

async fn sandbox(arguments: SandboxArgs) -> anyhow::Result<ExitCode> {
    // Heard from here on, so that a signal during the start is not lost.
    let mut ending = signals::Ending::listen()?;
    switchyard_sandbox::cli::run(arguments, ending.asked(), std::io::stdout()).await?;
    Ok(ExitCode::SUCCESS)
}

fn on_runtime(work: impl Future<Output = anyhow::Result<ExitCode>>) -> anyhow::Result<ExitCode> {
    tokio::runtime::Runtime::new()?.block_on(work)
}

/// Writes text to standard output; a reader that has gone away is no failure.
fn print(text: &str) -> anyhow::Result<ExitCode> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(ExitCode::SUCCESS),
    }
}
