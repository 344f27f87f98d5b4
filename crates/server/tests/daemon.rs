//! `switchyardd` as a process: what it prints, who may come in, how it ends.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

fn switchyardd() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_switchyardd"));
    command.env_remove("SWITCHYARD_DATA_DIR").env_remove("SWITCHYARD_LOG");
    command
}

struct Daemon {
    child: Child,
    lines: BufReader<ChildStdout>,
    base: String,
    link: String,
}

impl Daemon {
    fn start(folder: &Path) -> Self {
        let mut child = switchyardd()
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap());
        let mut daemon = Self { child, lines, base: String::new(), link: String::new() };
        daemon.base = daemon.after("Switchyard is at ");
        daemon.link = daemon.after("Sign in (works once, for five minutes): ");
        daemon
    }

    /// What stands after `prefix` on the next line that has it.
    fn after(&mut self, prefix: &str) -> String {
        loop {
            let mut line = String::new();
            assert!(self.lines.read_line(&mut line).unwrap() > 0, "it ended before it said `{prefix}`");
            if let Some(rest) = line.strip_prefix(prefix) {
                return rest.trim().to_owned();
            }
        }
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("sh").arg("-c").arg(format!("kill -{name} {}", self.child.id())).status().unwrap();
        assert!(sent.success());
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // Already gone in most tests.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn client() -> reqwest::Client {
    drop(rustls::crypto::ring::default_provider().install_default());
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

#[tokio::test]
async fn it_serves_prints_a_working_link_and_ends_with_code_zero() {
    let folder = tempfile::tempdir().unwrap();
    let mut daemon = Daemon::start(folder.path());
    let client = client();
    let health = client.get(format!("{}/api/v1/health", daemon.base)).send().await.unwrap();
    assert_eq!(health.status(), 200);
    let session = format!("{}/api/v1/session", daemon.base);
    assert_eq!(client.get(&session).send().await.unwrap().status(), 401);

    let token_path = folder.path().join("token");
    assert_eq!(std::fs::metadata(&token_path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::metadata(folder.path()).unwrap().permissions().mode() & 0o777, 0o700);
    let token = std::fs::read_to_string(token_path).unwrap();
    assert_eq!(client.get(&session).bearer_auth(token).send().await.unwrap().status(), 200);

    let opened = client.get(&daemon.link).send().await.unwrap();
    assert_eq!(opened.status(), 303);
    let cookie = opened.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    assert_eq!(client.get(&session).header("cookie", &cookie).send().await.unwrap().status(), 200);

    daemon.signal("HUP");
    let fresh = daemon.after("Sign in (works once, for five minutes): ");
    assert_ne!(fresh, daemon.link, "a hangup prints a fresh link");

    // An open event stream must not keep the process.
    let stream = client.get(format!("{}/api/v1/events", daemon.base)).header("cookie", &cookie).send().await.unwrap();
    assert_eq!(stream.status(), 200);
    daemon.signal("TERM");
    assert_eq!(daemon.child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_folder_in_use_is_refused_with_the_process_that_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let first = Daemon::start(folder.path());
    let second =
        switchyardd().args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path()).output().unwrap();
    assert_eq!(second.status.code(), Some(1));
    let words = String::from_utf8(second.stderr).unwrap();
    assert!(words.contains(&first.child.id().to_string()) && words.contains("one Switchyard at a time"), "{words}");
}

#[test]
fn an_address_others_can_reach_needs_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let refused = switchyardd().args(["serve", "--listen", "0.0.0.0:0", "--data"]).arg(folder.path()).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr).unwrap().contains("--allow-remote"));
    assert!(!folder.path().join("switchyard.db").exists(), "nothing was started");
}

fn with_input(arguments: &[&str], input: &str) -> Output {
    let mut child = switchyardd()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn plan_answers_each_line_and_ends_with_one_when_a_line_was_wrong() {
    let order = r#"{"id":"o","lines":[],"warehouses":[],"stock":[]}"#;
    let good = with_input(&["plan"], &format!("{order}\n"));
    assert_eq!(good.status.code(), Some(0));
    let bad = with_input(&["plan"], &format!("{order}\nnonsense\n"));
    assert_eq!(bad.status.code(), Some(1));
    assert_eq!(String::from_utf8(bad.stdout).unwrap().lines().count(), 2);
}

#[test]
fn verify_checks_what_a_daemon_left_and_does_not_make_a_database() {
    let folder = tempfile::tempdir().unwrap();
    let verify = || switchyardd().args(["verify", "--data"]).arg(folder.path()).output().unwrap();
    assert_eq!(verify().status.code(), Some(1), "there is no database yet");
    assert!(!folder.path().join("switchyard.db").exists());
    let mut daemon = Daemon::start(folder.path());
    daemon.signal("TERM");
    daemon.child.wait().unwrap();
    let verified = verify();
    assert_eq!(verified.status.code(), Some(0), "{}", String::from_utf8_lossy(&verified.stderr));
    assert!(String::from_utf8(verified.stdout).unwrap().contains("everything fits"));
}

#[test]
fn openapi_prints_the_committed_document() {
    let printed = switchyardd().arg("openapi").output().unwrap();
    let committed = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi/switchyard.json")).unwrap();
    assert!(printed.stdout == committed, "openapi/switchyard.json is stale: run `make gen`");
}

#[test]
fn wrong_use_is_two() {
    for arguments in [&["nonsense"][..], &["serve", "--speed", "2"], &["--log", "a=b=c", "openapi"]] {
        assert_eq!(switchyardd().args(arguments).output().unwrap().status.code(), Some(2), "{arguments:?}");
    }
}
