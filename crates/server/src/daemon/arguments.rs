//! What `switchyardd` can be asked.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use switchyard_sandbox::cli::{CheckArgs, SandboxArgs};

use super::data_folder::DataFolder;

/// Switchyard without a window: the engine behind one HTTP API, and tools around it.
///
/// Exit codes: 0 done, 1 failed, 2 wrong use.
#[derive(Debug, Parser)]
#[command(name = "switchyardd", version, propagate_version = true)]
pub struct Arguments {
    /// What to log, as a tracing filter such as `info` or `switchyard_engine=debug,warn`.
    #[arg(long, global = true, env = "SWITCHYARD_LOG", default_value = "info", value_name = "FILTER")]
    pub log: String,
    /// How log lines look; they go to standard error.
    #[arg(long, global = true, value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object per line.
    Json,
}

/// One task.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Runs the engine and serves the API and the console until SIGTERM or Ctrl-C.
    ///
    /// Prints a sign-in link that works once, for five minutes; SIGHUP prints a fresh one. Programs send the content of
    /// the file `token` in the data folder as a bearer token.
    Serve(ServeArguments),
    /// Runs simulated shops and warehouses over real HTTP on this machine.
    Sandbox(SandboxArgs),
    /// Compares the ledgers of a sandbox: what was lost, doubled or wrong. Exit code 1 when something was.
    SandboxCheck(CheckArgs),
    /// Routes orders: one JSON object per line on standard input, one answer per line on standard output.
    ///
    /// A line that cannot be planned gives `{"error": ...}` on its line and exit code 1 at the end.
    Plan,
    /// Plans stored orders under other routing rules and says what would change. Nothing is stored.
    ///
    /// For a data folder that no Switchyard has open; a running one answers the same at `/api/v1/rules/routing/dry-run`.
    DryRun(DryRunArguments),
    /// Checks a data folder that no Switchyard has open: the journal's hash chain and every order's unit accounts.
    Verify {
        /// Which folder.
        #[command(flatten)]
        folder: DataFolder,
    },
    /// Prints the API document, as it is kept in openapi/switchyard.json.
    Openapi,
    /// Connectors: which there are, and whether one works with given settings.
    #[command(subcommand)]
    Connector(ConnectorCommand),
}

/// How to serve.
#[derive(Debug, Args)]
pub struct ServeArguments {
    /// Which folder.
    #[command(flatten)]
    pub folder: DataFolder,
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:7420", value_name = "ADDRESS")]
    pub listen: SocketAddr,
    /// Allows an address other machines can reach. There is no TLS here: put a proxy in front that has it.
    #[arg(long)]
    pub allow_remote: bool,
    /// Origin under which browsers reach the console through such a proxy, such as `https://orders.example.com`.
    #[arg(long, value_name = "ORIGIN")]
    pub public_origin: Option<String>,
    /// Simulated shops and warehouses.
    #[command(flatten)]
    pub sandbox: SandboxChoice,
}

/// Whether to run simulated shops and warehouses in the same process.
#[derive(Debug, Args)]
pub struct SandboxChoice {
    /// Starts simulated shops and warehouses and connects to them, in a data folder of their own.
    #[arg(long)]
    pub sandbox: bool,
    /// Orders from this history (CSV in the columns of the UCI Online Retail set, plain or .zst) instead of made ones.
    #[arg(long, value_name = "FILE", requires = "sandbox")]
    pub orders: Option<PathBuf>,
    /// Only the first so many orders.
    #[arg(long, value_name = "N", requires = "sandbox")]
    pub limit: Option<u64>,
    /// Simulated seconds in a real one.
    #[arg(long, value_name = "X", requires = "sandbox", default_value_t = 1.0)]
    pub speed: f64,
    /// Orders over all shops in a simulated minute [default: 12, and everything at once with --orders].
    #[arg(long, value_name = "N", requires = "sandbox")]
    pub orders_per_minute: Option<f64>,
}

/// Which rules to try on which orders.
#[derive(Debug, Args)]
pub struct DryRunArguments {
    /// Which folder.
    #[command(flatten)]
    pub folder: DataFolder,
    /// File with the rules to try, as docs/rules.md describes them; the revision may be left out.
    #[arg(long, value_name = "FILE")]
    pub rules: PathBuf,
    /// Only orders received at or after this: a date, or an instant such as `2026-11-22T09:00:00Z` [default: all].
    #[arg(long, value_name = "WHEN")]
    pub since: Option<String>,
    /// Lists at most so many orders that would move; all are counted.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub list: usize,
    /// Prints the report as JSON.
    #[arg(long)]
    pub json: bool,
}

/// Tools about connectors.
#[derive(Debug, Subcommand)]
pub enum ConnectorCommand {
    /// Lists the connectors of this build.
    List,
    /// Tries a connector's real read path with given settings. Nothing is kept.
    Check(ConnectorCheck),
}

/// A connector to try.
#[derive(Debug, Args)]
pub struct ConnectorCheck {
    /// Registered name, such as `shopify`.
    pub connector: String,
    /// File with the connector's settings as JSON.
    #[arg(long, value_name = "FILE")]
    pub config: PathBuf,
    /// File with the secret; without it the secret is read from the environment variable SWITCHYARD_SECRET.
    #[arg(long, value_name = "FILE")]
    pub secret: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent_and_every_part_of_it_has_help() {
        fn walk(command: &clap::Command) {
            assert!(command.get_about().is_some(), "`{}` has no help", command.get_name());
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "`{} {}` has no help", command.get_name(), argument.get_id());
            }
            command.get_subcommands().for_each(walk);
        }
        let command = Arguments::command();
        command.clone().debug_assert();
        walk(&command);
    }

    #[test]
    fn sandbox_options_need_the_sandbox() {
        assert!(Arguments::try_parse_from(["switchyardd", "serve", "--speed", "5"]).is_err());
        let parsed = Arguments::try_parse_from(["switchyardd", "serve", "--sandbox", "--speed", "5"]).unwrap();
        let Command::Serve(serve) = parsed.command else { panic!("serve was asked") };
        assert!(serve.listen.ip().is_loopback(), "the default address is for this machine alone");
    }
}
