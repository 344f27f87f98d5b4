//! Log files a person can send in: one a day, kept for two weeks, and `panic.log` beside them.

use std::backtrace::Backtrace;
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::data_folder::DataFolder;

const KEPT_DAYS: usize = 14;
const DEFAULT_FILTER: &str = "info,sqlx=warn,hyper=warn,zbus=warn";

/// Sends logs to the terminal and to files; keep the guard, it writes the last lines when dropped. `RUST_LOG` chooses
/// what is logged.
///
/// # Errors
/// When the log folder cannot be written or a logger is set already.
pub fn start(folder: &DataFolder) -> anyhow::Result<WorkerGuard> {
    let files = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("switchyard")
        .filename_suffix("log")
        .max_log_files(KEPT_DAYS)
        .build(folder.logs())
        .context("opening the log file")?;
    let (writer, guard) = tracing_appender::non_blocking(files);
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(DEFAULT_FILTER));
    tracing_subscriber::registry()
        .with(filter)
        .with(tracing_subscriber::fmt::layer().with_writer(std::io::stderr))
        .with(tracing_subscriber::fmt::layer().with_ansi(false).with_writer(writer))
        .try_init()
        .context("setting the logger")?;
    record_panics(folder.logs().join("panic.log"));
    Ok(guard)
}

/// Panics go to the log and, in case the logger is the problem, straight to a file; then on to the default hook.
fn record_panics(path: PathBuf) {
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        tracing::error!("{panic}");
        let thread = std::thread::current();
        let written =
            File::options().create(true).append(true).open(&path).and_then(|mut file| {
                writeln!(file, "thread {:?}: {panic}\n{}", thread.name(), Backtrace::force_capture())
            });
        if let Err(error) = written {
            tracing::error!("the panic could not be kept in {}: {error}", path.display());
        }
        default(panic);
    }));
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn panic_is_kept_in_a_file_with_its_message_and_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("panic.log");
        record_panics(path.clone());
        let panicked =
            std::thread::Builder::new().name("points".to_owned()).spawn(|| panic!("signal lamp out")).unwrap();
        assert!(panicked.join().is_err());
        let kept = std::fs::read_to_string(&path).unwrap();
        for part in ["points", "signal lamp out", "log_files.rs"] {
            assert!(kept.contains(part), "{part} is missing in: {kept}");
        }
    }
}
