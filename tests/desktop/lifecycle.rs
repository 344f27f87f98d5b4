//! Start, second start, end.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Child;
use tokio::time::timeout;

use crate::window::{at_home, program};

const PATIENCE: Duration = Duration::from_secs(30);

fn start(home: &Path) -> Child {
    at_home(program(), home).stdin(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Reads what the program says until it says `text`.
async fn says(child: &mut Child, text: &str) {
    let mut lines = BufReader::new(child.stderr.as_mut().unwrap()).lines();
    let waiting = async {
        while let Some(line) = lines.next_line().await.unwrap() {
            if line.contains(text) {
                return;
            }
        }
        panic!("the program ended without saying {text:?}");
    };
    timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("the program never said {text:?}"));
}

async fn ask_to_end(child: &Child) {
    let id = child.id().unwrap().to_string();
    assert!(tokio::process::Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
}

#[tokio::test]
#[ignore = "needs a display; scripts/desktop-test.sh gives it one"]
async fn second_start_leaves_the_first_running_and_a_signal_ends_it_cleanly() {
    let home = tempfile::tempdir().unwrap();
    let mut first = start(home.path());
    says(&mut first, "the engine runs").await;

    let mut second = start(home.path());
    let ended = timeout(PATIENCE, second.wait()).await.unwrap().unwrap();
    assert!(ended.success(), "the second start hands over and is content");
    assert!(first.try_wait().unwrap().is_none(), "the first goes on");

    ask_to_end(&first).await;
    says(&mut first, "ended cleanly").await;
    assert!(timeout(PATIENCE, first.wait()).await.unwrap().unwrap().success());
}

#[tokio::test]
#[ignore = "needs a display; scripts/desktop-test.sh gives it one"]
async fn everything_kept_is_readable_by_its_owner_alone() {
    fn check(folder: &Path) -> usize {
        let mut files = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let metadata = path.symlink_metadata().unwrap();
            assert_eq!(metadata.permissions().mode() & 0o077, 0, "{} is open to others", path.display());
            files += if metadata.is_dir() { check(&path) } else { 1 };
        }
        files
    }
    let home = tempfile::tempdir().unwrap();
    let mut desktop = start(home.path());
    says(&mut desktop, "the engine runs").await;
    ask_to_end(&desktop).await;
    assert!(timeout(PATIENCE, desktop.wait()).await.unwrap().unwrap().success());
    assert!(check(&home.path().join("data")) > 1, "a database and a log at least");
}
