//! The console's window: made without a white flash, kept on our own page, watched until the page says it is there.

use std::path::PathBuf;
use std::time::Duration;

use tauri::utils::config::Color;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Theme, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent};
use tokio_util::sync::CancellationToken;

use crate::bridge::{LaunchKey, ORIGINS};

/// The console window's label, which capabilities and the bridge's guard name.
pub const MAIN: &str = "main";
/// A page that has not called `ready` by then is taken for blank.
pub const READY_WITHIN: Duration = Duration::from_secs(8);

/// Runs before the page's own scripts.
const FREEZE_PROTOTYPE: &str = include_str!("freeze_prototype.js");

/// The page's background, as in the console's own colour tokens.
const LIGHT: Color = Color(0xF4, 0xF6, 0xF8, 0xFF);
const DARK: Color = Color(0x0F, 0x12, 0x16, 0xFF);

/// Opens the console. The window is shown with the theme's background before the page has drawn anything.
///
/// # Errors
/// When the platform gives no window.
pub fn open(app: &AppHandle, key: &LaunchKey, title: &str, storage: PathBuf) -> tauri::Result<WebviewWindow> {
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title(title)
        .inner_size(1440.0, 900.0)
        .min_inner_size(960.0, 600.0)
        .visible(false)
        .data_directory(storage)
        .initialization_script(FREEZE_PROTOTYPE)
        .initialization_script(key.initialization_script())
        // Files dropped on the page are the page's own business (CSV import).
        .disable_drag_drop_handler()
        .on_navigation(stays_on_our_page)
        .on_new_window(|url, _| {
            open_in_browser(&url);
            NewWindowResponse::Deny
        })
        .build()?;
    window.set_background_color(Some(background(window.theme().unwrap_or(Theme::Light))))?;
    let followed = window.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::ThemeChanged(theme) = event
            && let Err(error) = followed.set_background_color(Some(background(*theme)))
        {
            tracing::warn!("following the desktop's theme: {error}");
        }
    });
    #[cfg(target_os = "linux")]
    settle_webkit(&window)?;
    window.show()?;
    Ok(window)
}

/// WebKitGTK moves less the faster a high-resolution wheel turns (WebKit bug 258926): no smooth scrolling until that is
/// fixed. Development builds say on the terminal what the page's console says.
#[cfg(target_os = "linux")]
fn settle_webkit(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{SettingsExt, WebViewExt};
    window.with_webview(|webview| {
        if let Some(settings) = WebViewExt::settings(&webview.inner()) {
            settings.set_enable_smooth_scrolling(false);
            settings.set_enable_write_console_messages_to_stdout(cfg!(debug_assertions));
        }
    })
}

fn background(theme: Theme) -> Color {
    match theme {
        Theme::Dark => DARK,
        _ => LIGHT,
    }
}

/// The window shows the embedded console and nothing else, so that no other page is ever near the API.
fn stays_on_our_page(url: &Url) -> bool {
    let origin = format!("{}://{}", url.scheme(), url.host_str().unwrap_or_default());
    let ours = ORIGINS.contains(&origin.as_str());
    if !ours {
        tracing::warn!(%url, "the page tried to leave");
    }
    ours
}

/// Links, such as a carrier's tracking page, belong to the system's browser. Whatever else the page names is not opened:
/// other schemes start programs.
fn open_in_browser(url: &Url) {
    if !is_link(url) {
        tracing::warn!(%url, "the page asked for a window that is no link");
    } else if let Err(error) = open::that_detached(url.as_str()) {
        tracing::warn!(%url, "opening the system's browser: {error}");
    }
}

fn is_link(url: &Url) -> bool {
    matches!(url.scheme(), "https" | "http") && url.host_str().is_some_and(|host| !host.ends_with(".localhost"))
}

/// Whether the page has said that it is there.
#[derive(Debug, Clone, Default)]
pub struct PageReady(CancellationToken);

impl PageReady {
    /// The page is there.
    pub fn set(&self) {
        self.0.cancel();
    }

    /// Waits for the page; `false` when [`READY_WITHIN`] passed first.
    pub async fn in_time(&self) -> bool {
        tokio::time::timeout(READY_WITHIN, self.0.cancelled()).await.is_ok()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]

    use rstest::rstest;
    use tokio::time::Instant;

    use super::*;

    #[rstest]
    #[case("tauri://localhost/orders", true)]
    #[case("http://tauri.localhost/", true)]
    #[case("https://tauri.localhost.example.com/", false)]
    #[case("https://example.com/", false)]
    #[case("switchyard://localhost/api/v1/orders", false)]
    #[case("file:///etc/passwd", false)]
    #[case("data:text/html,hello", false)]
    fn window_never_leaves_our_page(#[case] url: &str, #[case] stays: bool) {
        assert_eq!(stays_on_our_page(&Url::parse(url).unwrap()), stays);
    }

    #[rstest]
    #[case("https://track.example.com/parcel/1", true)]
    #[case("http://track.example.com/parcel/1", true)]
    #[case("file:///etc/passwd", false)]
    #[case("vnd.example:run", false)]
    #[case("javascript:alert(1)", false)]
    #[case("http://switchyard.localhost/api/v1/orders", false)]
    fn only_web_links_are_handed_to_the_browser(#[case] url: &str, #[case] link: bool) {
        assert_eq!(is_link(&Url::parse(url).unwrap()), link);
    }

    #[tokio::test(start_paused = true)]
    async fn silent_page_is_blank_after_eight_seconds() {
        let start = Instant::now();
        assert!(!PageReady::default().in_time().await);
        assert_eq!(start.elapsed(), READY_WITHIN);
    }

    #[tokio::test(start_paused = true)]
    async fn page_that_reports_is_there() {
        let page = PageReady::default();
        let waiting = tokio::spawn({
            let page = page.clone();
            async move { page.in_time().await }
        });
        tokio::time::advance(READY_WITHIN / 2).await;
        page.set();
        assert!(waiting.await.unwrap());
    }
}
