//! One desktop in a test: its own data folder, its own driver, and everything it said.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::{Child, Command};

use crate::driver::Driver;

/// The program under test, built beside this test.
pub(crate) fn program() -> PathBuf {
    // target/debug/deps/desktop-<hash>
    let tests = std::env::current_exe().unwrap();
    let program = tests.parent().unwrap().parent().unwrap().join("switchyard");
    assert!(program.exists(), "{} is not built; run `cargo build --workspace --bins`", program.display());
    program
}

/// A command that keeps everything of the desktop below `home`.
pub(crate) fn at_home(program: impl AsRef<std::ffi::OsStr>, home: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env("SWITCHYARD_DATA_DIR", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_DATA_HOME", home.join("share"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("LANG", "en_US.UTF-8")
        .env_remove("SWITCHYARD_RENDERER")
        .kill_on_drop(true);
    command
}

/// A window under a driver.
pub(crate) struct Window {
    pub(crate) driver: Driver,
    // Before the folder they write to.
    _programs: Programs,
    home: TempDir,
}

/// The driver and the desktop it starts: a test that fails leaves neither behind.
struct Programs(Child);

impl Drop for Programs {
    fn drop(&mut self) {
        let Some(group) = self.0.id() else { return };
        // The driver leads a group of its own, so this reaches what it started and nothing else.
        let killed = std::process::Command::new("kill").args(["-KILL", "--", &format!("-{group}")]).status();
        assert!(killed.is_ok_and(|status| status.success()) || std::thread::panicking(), "the driver is gone already");
    }
}

impl Window {
    /// Starts the desktop and waits until its page reports that it is there.
    pub(crate) async fn open(arguments: &[&str]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let said = std::fs::File::create(home.path().join("said")).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let process = at_home("WebKitWebDriver", home.path())
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(said.try_clone().unwrap())
            .stderr(said)
            .spawn()
            .unwrap();
        let programs = Programs(process);
        while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let base = format!("http://127.0.0.1:{port}");
        let started = Driver::start(&base, program().to_str().unwrap(), arguments).await;
        let said = || std::fs::read_to_string(home.path().join("said")).unwrap_or_default();
        let driver = started.unwrap_or_else(|refused| panic!("no window: {}\n{}", refused.0, said()));
        let window = Self { driver, home, _programs: programs };
        window.driver.wait_until("document.querySelector('nav')").await;
        window
    }

    /// Everything the desktop and its page wrote to the terminal so far.
    pub(crate) fn said(&self) -> String {
        std::fs::read_to_string(self.home.path().join("said")).unwrap()
    }

    /// What the page's console called an error, such as an exception or a breach of the content security policy.
    /// WebKit writes `[place: ]CONSOLE [source ]LEVEL words`.
    pub(crate) fn console_errors(&self) -> Vec<String> {
        let is_error = |line: &&str| {
            let words = line.split_once("CONSOLE ").map_or("", |(_, words)| words);
            words.split(' ').take(2).any(|word| word == "ERROR")
        };
        self.said().lines().filter(is_error).map(str::to_owned).collect()
    }

    /// Calls the API as the page does.
    pub(crate) async fn api(&self, method: &str, path: &str, headers: Value, body: Option<&str>) -> Value {
        let script = "
            const { method, path, headers, body } = argument;
            const length = body === null ? 0 : new TextEncoder().encode(body).length;
            const response = await fetch('switchyard://localhost' + path, {
                method, body, headers: { ...headers, 'x-switchyard-key': window.__SWITCHYARD__.key, 'x-body-bytes': String(length) },
            });
            return {
                status: response.status, type: response.headers.get('content-type'), text: await response.text(),
            };";
        self.driver.run(script, json!({"method": method, "path": path, "headers": headers, "body": body})).await
    }

    /// Reads a JSON document of the API.
    pub(crate) async fn read(&self, path: &str) -> Value {
        let answer = self.api("GET", path, json!({}), None).await;
        assert_eq!(answer["status"], 200, "{path}: {}", answer["text"]);
        serde_json::from_str(answer["text"].as_str().unwrap()).unwrap()
    }

    /// Keeps a picture where a person finds it after a failure.
    pub(crate) async fn keep_picture(&self, name: &str) {
        let folder = program().parent().unwrap().join("../desktop-pictures");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{name}.png")), self.driver.picture().await).unwrap();
    }

    /// Closes the window; its program must end by itself.
    pub(crate) async fn close(self) {
        self.driver.quit().await;
    }
}
