//! Processes that die and disks that fill up. The child is this test binary, started with one ignored test.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use switchyard_store::contract::Write;
use switchyard_store::query::Stage;
use switchyard_store::{Error, open};

use crate::fixture::{entry, item, job, options, order, order_id, put, report, reserve, writes};

const FILE: &str = "SWITCHYARD_TEST_STORE";
const FIRST: &str = "SWITCHYARD_TEST_FIRST";
const FILLER: &str = "SWITCHYARD_TEST_FILLER";

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).expect("the parent listens");
}

fn number(name: &str) -> u32 {
    std::env::var(name).expect(name).parse().expect("a number")
}

fn store_file() -> PathBuf {
    std::env::var_os(FILE).expect(FILE).into()
}

/// What the child of the kill test does: eight tasks commit as fast as they can and print what was acknowledged.
#[ignore = "a child process of this suite, not a test"]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child_that_commits_until_killed() {
    let store = open(&store_file(), options()).await.expect("opens");
    store.commit(writes(vec![report(1, "S", 1_000_000, 1)])).await.expect("kept");
    let next = Arc::new(AtomicU32::new(number(FIRST)));
    let tasks = (0..8).map(|_| {
        let (store, next) = (store.clone(), next.clone());
        tokio::spawn(async move {
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                let mut changes = writes(vec![
                    put(&order(n), Stage::Routing),
                    reserve(1, "S", 1),
                    Write::Job(job(n, "route", &n.to_string(), 1)),
                ]);
                changes.journal = vec![entry("order.received", Some(n))];
                store.commit(changes).await.expect("kept");
                say(&format!("ack {n}"));
            }
        })
    });
    let (ended, ..) = futures::future::select_all(tasks).await;
    panic!("a task ended before the kill: {ended:?}");
}

/// What the child of the full-disk tests does: it stores messages, says how each fared, and frees its filler once.
#[ignore = "a child process of this suite, not a test"]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child_that_fills_the_disk() {
    let store = open(&store_file(), options()).await.expect("opens");
    let mut refused = 0;
    let mut kept_after = 0;
    for n in 1.. {
        let mut message = item(n, &n.to_string(), "v");
        // Does not compress.
        let mut state = u64::from(n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        message.raw = std::iter::repeat_with(|| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()[0]
        })
        .take(20_000)
        .collect();
        let mut changes = writes(vec![Write::Inbox { item: Box::new(message), then: Vec::new() }]);
        changes.journal = vec![entry("inbox.received", Some(n))];
        match store.commit(changes).await {
            Ok(_) => {
                say(&format!("ack {n}"));
                kept_after += u32::from(refused > 0);
            }
            Err(Error::Unavailable(why)) => {
                refused += 1;
                say(&format!("unavailable {why}"));
                if refused == 3
                    && let Some(filler) = std::env::var_os(FILLER)
                {
                    std::fs::remove_file(filler).expect("space comes back");
                }
                // The parent gives space back meanwhile.
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            Err(other) => panic!("a full disk is not {other}"),
        }
        if kept_after == 20 {
            break;
        }
    }
    assert_eq!(store.verify_journal().await, Ok(None));
    store.close().await.expect("closed");
    say("closed");
}

fn child(test: &str, file: &Path, wrapper: Option<&str>) -> Command {
    let this = std::env::current_exe().expect("this binary");
    let mut command = match wrapper {
        None => Command::new(this),
        Some(script) => {
            let mut shell = Command::new("bash");
            shell.arg("-c").arg(script).arg(this);
            shell
        }
    };
    command.args(["--exact", test, "--ignored", "--nocapture"]).env(FILE, file);
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    command
}

fn lines(child: &mut Child) -> std::io::Lines<BufReader<ChildStdout>> {
    BufReader::new(child.stdout.take().expect("piped")).lines()
}

fn acknowledged(line: &str) -> Option<u32> {
    line.split_once("ack ").and_then(|(_, n)| n.trim().parse().ok())
}

#[tokio::test]
async fn what_was_acknowledged_survives_kill_9() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("store.db");
    let mut all: BTreeSet<u32> = BTreeSet::new();
    for (round, wanted) in [40, 333, 150].into_iter().enumerate() {
        let first = u32::try_from(round).expect("small") * 100_000 + 1;
        let mut command = child("crash::child_that_commits_until_killed", &path, None);
        let mut process = command.env(FIRST, first.to_string()).spawn().expect("starts");
        let mut said = lines(&mut process);
        let mut heard = 0;
        while heard < wanted {
            let line = said.next().expect("it goes on").expect("readable");
            if let Some(n) = acknowledged(&line) {
                all.insert(n);
                heard += 1;
            }
        }
        // SIGKILL, in the middle of its commits.
        process.kill().expect("killed");
        all.extend(said.map_while(Result::ok).filter_map(|line| acknowledged(&line)));
        process.wait().expect("gone");

        let store = open(&path, options()).await.expect("opens after the kill");
        for &n in &all {
            assert!(store.order_file(&order_id(n)).await.expect("readable").is_some(), "order {n} was acknowledged");
        }
        assert_eq!(store.verify_journal().await, Ok(None), "the chain ends where the last commit ended");
        assert_eq!(store.verify_stock().await, Ok(Vec::new()));
        let stock = store.stock_of(&["S".to_owned().into()]).await.expect("readable");
        let orders = store.count_orders(&Default::default(), 1_000_000).await.expect("a count").value;
        assert_eq!(u64::from(stock[0].buckets.reserved), orders, "no half of a change set");
        assert_eq!(store.journal_head().await.map(|head| head as u64), Ok(orders));
        store.close().await.expect("closed");
    }
    assert!(all.len() > 500);
}

/// Listens until the child has been refused and has recovered, then checks the file.
async fn fills_up_and_recovers(mut process: Child, path: &Path, give_space_back: impl Fn(u32)) {
    let mut kept = Vec::new();
    let mut refusals = 0;
    let mut closed = false;
    for line in lines(&mut process).map_while(Result::ok) {
        if line.contains("unavailable ") {
            refusals += 1;
            if refusals == 3 {
                give_space_back(process.id());
            }
        } else if let Some(n) = acknowledged(&line) {
            kept.push((n, refusals));
        } else if line.contains("closed") {
            closed = true;
        }
    }
    assert!(process.wait().expect("ends").success());
    assert!(closed, "it closed well");
    assert!(refusals >= 3, "the disk was full");
    assert!(kept.iter().filter(|(_, before)| *before >= 3).count() >= 20, "it recovered by itself");
    let store = open(path, options()).await.expect("opens");
    for (n, _) in kept {
        let stored = store.inbox_item(&crate::fixture::inbox_id(n)).await.expect("readable");
        assert!(stored.is_some(), "message {n} was acknowledged");
    }
    assert_eq!(store.verify_journal().await, Ok(None));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_limit_on_file_size_is_unavailable_until_it_is_lifted() {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("store.db");
    // Without the trap the system would kill the process instead of failing the write.
    let script = "trap '' XFSZ; ulimit -S -f 2000; exec \"$0\" \"$@\"";
    let process = child("crash::child_that_fills_the_disk", &path, Some(script)).spawn().expect("bash starts");
    let lift = |id: u32| {
        let lifted = Command::new("prlimit").args(["--pid", &id.to_string(), "--fsize=unlimited"]).status();
        assert!(lifted.expect("prlimit runs").success());
    };
    fills_up_and_recovers(process, &path, lift).await;
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_is_unavailable_until_there_is_space() {
    let directory = tempfile::tempdir().expect("a directory");
    let mount = directory.path().join("small");
    let copy = directory.path().join("copy.db");
    std::fs::create_dir(&mount).expect("a directory");
    let own_mounts = ["--user", "--map-root-user", "--mount", "true"];
    let possible = Command::new("unshare").args(own_mounts).status().is_ok_and(|status| status.success());
    if !possible {
        say("skipped: this system lets nobody mount a small disk");
        return;
    }
    let path = mount.join("store.db");
    let filler = mount.join("filler");
    // The mount is seen by the child alone, so the file is copied out before it goes.
    let script = format!(
        "exec unshare --user --map-root-user --mount bash -c '
            mount -t tmpfs -o size=6m none {mount} && head -c 4000000 /dev/zero > {filler} &&
            \"$0\" \"$@\" && cp {path} {copy}' \"$0\" \"$@\"",
        mount = mount.display(),
        filler = filler.display(),
        path = path.display(),
        copy = copy.display(),
    );
    let mut command = child("crash::child_that_fills_the_disk", &path, Some(&script));
    let process = command.env(FILLER, &filler).spawn().expect("bash starts");
    fills_up_and_recovers(process, &copy, |_| {}).await;
}
