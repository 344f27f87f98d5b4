//! Kill -9 of the engine's process at random moments loses and doubles nothing.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rand::{Rng, SeedableRng};
use switchyard_sandbox::Manifest;

use crate::rig;

/// How often the engine is killed.
const KILLS: u32 = 20;

/// Sales invoices under way meanwhile: enough that every kill hits some at every step of their way.
const ORDERS: u64 = 2_000;

/// Names the directory of the child's database and of the sandbox it shall connect to.
const CHILD: &str = "SWITCHYARD_KILL_TEST_DIRECTORY";

/// Not a test of its own: the engine's process, started by the test below.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "runs only as a child of the kill test"]
async fn engine_process() {
    let Some(dir) = std::env::var_os(CHILD).map(PathBuf::from) else { return };
    let manifest = Manifest::read(&dir.join("sandbox")).unwrap().expect("the sandbox has a manifest");
    let _engine = rig::engine(&dir.join("data"), &manifest, 1).await;
    std::future::pending::<()>().await;
}

fn start(dir: &std::path::Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::engine_process", "--ignored", "--nocapture"])
        .env(CHILD, dir)
        .stdout(Stdio::null())
        .spawn()
        .expect("the engine process starts")
}

#[tokio::test(flavor = "multi_thread")]
async fn killing_the_engine_twenty_times_loses_and_doubles_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let ledgers = dir.path().join("sandbox");
    let Some(sandbox) = rig::sandbox(&ledgers, ORDERS, rig::faults()).await else { return };
    let mut random = rand_chacha::ChaCha8Rng::seed_from_u64(7);
    for _ in 0..KILLS {
        let mut engine = start(dir.path());
        tokio::time::sleep(Duration::from_millis(random.random_range(200..15_000))).await;
        engine.kill().unwrap();
        engine.wait().unwrap();
    }
    let mut engine = start(dir.path());
    let report = rig::finished(&ledgers, ORDERS, Duration::from_secs(1_200)).await;
    engine.kill().unwrap();
    engine.wait().unwrap();
    sandbox.shutdown().await;
    assert!(report.is_clean(), "the ledgers disagree after {KILLS} kills: {report}");
    rig::assert_sound(&rig::store(&dir.path().join("data")).await).await;
}
