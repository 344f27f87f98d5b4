//! The headless daemon. `switchyardd --help` says what it does; everything lives in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    switchyard_server::daemon::run()
}
