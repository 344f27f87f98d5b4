//! A small client of the W3C WebDriver protocol: what these tests need and no more.
//!
//! It speaks to WebKitWebDriver itself. tauri-driver would only rename one capability on Linux, and be one more program
//! to install.

use std::time::Duration;

use serde_json::{Value, json};

/// The key under which the protocol wraps an element's reference (W3C WebDriver, 12.1).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// The control key (W3C WebDriver, 17.4.2).
pub(crate) const CONTROL: &str = "\u{E009}";

/// One session in one window.
pub(crate) struct Driver {
    client: reqwest::Client,
    session: String,
}

/// An element of the page.
pub(crate) struct Element<'a> {
    driver: &'a Driver,
    url: String,
}

/// What the driver answered instead of doing it.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) String);

impl Driver {
    /// Opens the window: `program` is started by the driver at `base`.
    pub(crate) async fn start(base: &str, program: &str, arguments: &[&str]) -> Result<Self, Refused> {
        // Only one can win, and it is always the same one.
        let _already = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().timeout(Duration::from_secs(60)).build().unwrap();
        // No browserName: WebKitGTK calls itself MiniBrowser and refuses any other name (tauri issue 8828).
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "webkitgtk:browserOptions": {"binary": program, "args": arguments},
            "timeouts": {"script": 30_000},
        }}});
        let answer = call(client.post(format!("{base}/session")).json(&wanted)).await?;
        let session = format!("{base}/session/{}", answer["sessionId"].as_str().unwrap());
        Ok(Self { client, session })
    }

    async fn post(&self, path: &str, body: &Value) -> Result<Value, Refused> {
        call(self.client.post(format!("{}/{path}", self.session)).json(body)).await
    }

    /// Closes the window.
    pub(crate) async fn quit(self) {
        call(self.client.delete(&self.session)).await.unwrap();
    }

    /// Runs a function body in the page; `arguments[0]` is `argument`, and a promise is waited for.
    pub(crate) async fn run(&self, body: &str, argument: Value) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1]; const argument = arguments[0];
             (async () => {{ {body} }})().then((value) => done({{ value }}), (error) => done({{ error: String(error) }}));"
        );
        let answer = self.post("execute/async", &json!({"script": script, "args": [argument]})).await.unwrap();
        assert_eq!(answer.get("error"), None, "in the page: {body}");
        answer.get("value").cloned().unwrap_or(Value::Null)
    }

    /// The element an XPath names, once there is one.
    pub(crate) async fn wait_for(&self, xpath: &str) -> Element<'_> {
        self.wait_for_within(xpath, Duration::from_secs(30)).await
    }

    /// The element an XPath names, once there is one within `limit`.
    pub(crate) async fn wait_for_within(&self, xpath: &str, limit: Duration) -> Element<'_> {
        let deadline = tokio::time::Instant::now() + limit;
        loop {
            match self.post("element", &json!({"using": "xpath", "value": xpath})).await {
                Ok(found) => {
                    let url = format!("{}/element/{}", self.session, found[ELEMENT].as_str().unwrap());
                    return Element { driver: self, url };
                }
                Err(refused) if tokio::time::Instant::now() > deadline => {
                    let page = self.run("return document.body.innerText", Value::Null).await;
                    panic!("no {xpath} within {limit:?} ({}). The page says:\n{}", refused.0, page.as_str().unwrap());
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    }

    /// Waits until the page says yes to an expression.
    pub(crate) async fn wait_until(&self, expression: &str) {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(30);
        let body = format!("return Boolean({expression})");
        while self.run(&body, Value::Null).await != Value::Bool(true) {
            let late = tokio::time::Instant::now() > deadline;
            assert!(!late, "never true: {expression}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Presses keys one after the other, holds them all, and releases them in turn, wherever the focus is.
    pub(crate) async fn press(&self, keys: &[&str]) {
        let step = |kind: &str, key: &&str| json!({"type": kind, "value": key});
        let down = keys.iter().map(|key| step("keyDown", key));
        let steps: Vec<Value> = down.chain(keys.iter().rev().map(|key| step("keyUp", key))).collect();
        let actions = json!({"actions": [{"type": "key", "id": "keyboard", "actions": steps}]});
        self.post("actions", &actions).await.unwrap();
    }

    /// The window's picture as PNG.
    pub(crate) async fn picture(&self) -> Vec<u8> {
        let answer = call(self.client.get(format!("{}/screenshot", self.session))).await.unwrap();
        data_encoding::BASE64.decode(answer.as_str().unwrap().as_bytes()).unwrap()
    }
}

impl Element<'_> {
    /// Clicks it.
    pub(crate) async fn click(&self) {
        call(self.driver.client.post(format!("{}/click", self.url)).json(&json!({}))).await.unwrap();
    }

    /// Clicks it twice.
    pub(crate) async fn double_click(&self) {
        let id = self.url.rsplit('/').next().unwrap();
        let (down, up) = (json!({"type": "pointerDown", "button": 0}), json!({"type": "pointerUp", "button": 0}));
        let place = json!({"type": "pointerMove", "origin": {ELEMENT: id}, "x": 0, "y": 0});
        let steps = json!([place, down, up, down, up]);
        let pointer =
            json!({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": steps});
        self.driver.post("actions", &json!({"actions": [pointer]})).await.unwrap();
    }

    /// Types into it.
    pub(crate) async fn type_text(&self, text: &str) {
        call(self.driver.client.post(format!("{}/value", self.url)).json(&json!({"text": text}))).await.unwrap();
    }
}

async fn call(request: reqwest::RequestBuilder) -> Result<Value, Refused> {
    let response = request.send().await.unwrap();
    let refused = !response.status().is_success();
    let answer: Value = response.json().await.unwrap();
    let value = answer["value"].clone();
    if refused { Err(Refused(format!("{}: {}", value["error"], value["message"]))) } else { Ok(value) }
}
