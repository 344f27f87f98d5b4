//! A disk that fills up in the middle of a run: it is said, nothing is lost, and work goes on when there is space.

use std::io::{BufRead, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use switchyard_sandbox::{Faults, Manifest};

use crate::rig;

/// Sales invoices under way.
const ORDERS: u64 = 200;

/// KiB that a file of the engine's process may have at first: the write-ahead log meets it within seconds.
const LIMIT: u32 = 3_000;

/// Names the directory of the child's database and of the sandbox it shall connect to.
const CHILD: &str = "SWITCHYARD_FULL_DISK_TEST_DIRECTORY";

/// Not a test of its own: the engine's process. It says when the store cannot write, and when it can again.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "runs only as a child of the full disk test"]
async fn engine_process() {
    let Some(dir) = std::env::var_os(CHILD).map(PathBuf::from) else { return };
    let manifest = Manifest::read(&dir.join("sandbox")).unwrap().expect("the sandbox has a manifest");
    let engine = rig::engine(&dir.join("data"), &manifest, 1).await;
    let mut before = None;
    loop {
        let now = engine.handle().store().write_problem();
        if now.is_some() != before.is_some() {
            let line = now.as_deref().map_or("writing works".to_owned(), |why| format!("cannot write {why}"));
            let mut out = std::io::stdout().lock();
            writeln!(out, "{line}").and_then(|()| out.flush()).expect("the parent listens");
        }
        before = now;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_said_and_every_order_still_ships_once_when_there_is_space() {
    let dir = tempfile::tempdir().unwrap();
    let ledgers = dir.path().join("sandbox");
    let Some(sandbox) = rig::sandbox(&ledgers, ORDERS, Faults::default()).await else { return };
    // Without the trap the system would kill the process instead of failing the write.
    let mut engine = Command::new("bash")
        .args(["-c", &format!("trap '' XFSZ; ulimit -S -f {LIMIT}; exec \"$0\" \"$@\"")])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "full_disk::engine_process", "--ignored", "--nocapture"])
        .env(CHILD, dir.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("bash starts");
    let mut said = BufReader::new(engine.stdout.take().expect("piped")).lines().map_while(Result::ok);
    let trouble = said.find(|line| line.starts_with("cannot write")).expect("the store says that it cannot write");
    assert!(trouble.contains("switchyard.db"), "it names the file: {trouble}");

    let id = engine.id().to_string();
    let lifted = Command::new("prlimit").args(["--pid", &id, "--fsize=unlimited"]).status().expect("prlimit runs");
    assert!(lifted.success());
    assert!(said.any(|line| line == "writing works"), "it goes on by itself");
    let report = rig::finished(&ledgers, ORDERS, Duration::from_secs(300)).await;
    engine.kill().unwrap();
    engine.wait().unwrap();
    sandbox.shutdown().await;
    assert!(report.is_clean(), "the ledgers disagree after a full disk: {report}");
}
