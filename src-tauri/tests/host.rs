//! The engine behind the bridge, without a window: early calls wait, a folder that cannot be opened is explained.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::path::Path;

use axum::http::{Request, Response, StatusCode, header};
use futures::StreamExt;
use serde_json::Value;
use switchyard_desktop::Arguments;
use switchyard_desktop::bridge::{KEY_HEADER, LaunchKey};
use switchyard_desktop::data_folder::DataFolder;
use switchyard_desktop::host::Host;

struct Desktop {
    host: Host,
    key: LaunchKey,
    arguments: Arguments,
    folder: DataFolder,
}

impl Desktop {
    fn new(data: &Path) -> Self {
        let key = LaunchKey::generate().unwrap();
        let arguments = Arguments { data: Some(data.to_owned()), sandbox: false };
        let folder = DataFolder::locate(&arguments).unwrap();
        Self { host: Host::new(key.clone()), key, arguments, folder }
    }

    async fn open(&self) {
        self.host.clone().open(self.arguments.clone(), self.folder.clone()).await;
    }

    fn get(&self, path: &str) -> Request<Vec<u8>> {
        Request::get(format!("switchyard://localhost{path}"))
            .header(header::ORIGIN, "tauri://localhost")
            .header(KEY_HEADER, self.key.reveal())
            .body(Vec::new())
            .unwrap()
    }

    async fn answer(&self, path: &str) -> Response<Vec<u8>> {
        self.host.answer("main", self.get(path)).await
    }
}

fn document(response: &Response<Vec<u8>>) -> Value {
    serde_json::from_slice(response.body()).unwrap()
}

#[tokio::test]
async fn window_calls_as_the_person_at_this_machine() {
    let data = tempfile::tempdir().unwrap();
    let desktop = Desktop::new(data.path());
    desktop.open().await;
    let response = desktop.answer("/api/v1/session").await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(document(&response)["caller"]["kind"], "desktop");
    desktop.host.close().await;
}

#[tokio::test]
async fn call_before_the_database_is_open_waits_for_it() {
    let data = tempfile::tempdir().unwrap();
    let desktop = Desktop::new(data.path());
    let (early, ()) = tokio::join!(desktop.answer("/api/v1/health"), desktop.open());
    assert_eq!(early.status(), StatusCode::OK);
    desktop.host.close().await;
}

#[tokio::test]
async fn folder_in_use_is_explained_to_our_page_and_to_nobody_else() {
    let data = tempfile::tempdir().unwrap();
    let (first, second) = (Desktop::new(data.path()), Desktop::new(data.path()));
    first.open().await;
    second.open().await;

    let refused = second.answer("/api/v1/orders").await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(refused.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "tauri://localhost");
    let problem = document(&refused);
    assert_eq!(problem["code"], "SY-0008");
    assert!(problem["detail"].as_str().unwrap().contains(data.path().to_str().unwrap()), "{problem}");
    assert!(!problem["next_step"].as_str().unwrap().is_empty());

    let mut stranger = second.get("/api/v1/orders");
    stranger.headers_mut().remove(KEY_HEADER);
    let kept_out = second.host.answer("main", stranger).await;
    assert_eq!(kept_out.status(), StatusCode::FORBIDDEN);
    assert!(!String::from_utf8_lossy(kept_out.body()).contains(data.path().to_str().unwrap()));

    let Err(reason) = second.host.events_after(None).await else { panic!("there is nothing to follow") };
    assert!(!reason.is_empty());
    first.host.close().await;
    second.host.close().await;
}

#[tokio::test]
async fn closed_host_says_so_and_gives_the_folder_back() {
    let data = tempfile::tempdir().unwrap();
    let desktop = Desktop::new(data.path());
    desktop.open().await;
    desktop.host.close().await;
    assert_eq!(desktop.answer("/api/v1/health").await.status(), StatusCode::SERVICE_UNAVAILABLE);

    let next = Desktop::new(data.path());
    next.open().await;
    assert_eq!(next.answer("/api/v1/health").await.status(), StatusCode::OK);
    next.host.close().await;
}

#[tokio::test]
async fn page_that_is_far_behind_is_told_to_read_everything_again() {
    let data = tempfile::tempdir().unwrap();
    let desktop = Desktop::new(data.path());
    desktop.open().await;
    // A position from before this database began; only the distance counts.
    let events = desktop.host.events_after(Some(-10_000)).await.unwrap();
    let first: Value = serde_json::from_str(&std::pin::pin!(events).next().await.unwrap()).unwrap();
    assert_eq!(first["kind"], "events.skipped");
    assert_eq!(first["tags"][0], "all");
    desktop.host.close().await;
}
