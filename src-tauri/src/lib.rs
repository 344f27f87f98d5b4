//! The desktop shell: starts the engine, bridges its Router into one native window, and ends both cleanly.
//!
//! - [`bridge`] answers the page's API calls in process, behind a guard.
//! - [`events`] sends the journal to the page in batches.
//! - [`host`] runs the engine while the window lives.
//! - [`window`], [`renderer`] and [`linux_webkit`] make a window that shows something on every machine.
//!
//! What is *not* here: business logic, SQL, and any file, process or network right for the page.

pub mod arguments;
pub mod bridge;
pub mod data_folder;
pub mod events;
pub mod host;
pub mod linux_webkit;
pub mod log_files;
pub mod renderer;
pub mod window;

mod command;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::process::ExitCode;

use anyhow::Context;
pub use arguments::Arguments;
use axum::http::Request;
use tauri::{AppHandle, Manager, RunEvent, UriSchemeContext, UriSchemeResponder, Wry};
use tauri_plugin_window_state::StateFlags;
use tokio::runtime::Runtime;

use crate::bridge::{Answer, LaunchKey, SCHEME};
use crate::data_folder::DataFolder;
use crate::events::Subscriptions;
use crate::host::Host;
use crate::renderer::Drawing;
use crate::window::PageReady;

/// As in `tauri.conf.json`.
const IDENTIFIER: &str = "dev.switchyard.console";

/// Runs the desktop until its window is closed, and says how it went.
#[must_use]
pub fn run(arguments: Arguments) -> ExitCode {
    match start(arguments) {
        Ok(code) => code,
        Err(error) => {
            // Perhaps before there is a log; `Termination`'s own text is Debug, this is for people.
            #[expect(clippy::print_stderr, reason = "the last word of a program that could not start")]
            {
                eprintln!("Switchyard could not start: {error:#}");
            }
            tracing::error!("could not start: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start(arguments: Arguments) -> anyhow::Result<ExitCode> {
    data_folder::close_new_files_to_others();
    let folder = DataFolder::locate(&arguments)?;
    folder.prepare()?;
    let drawing = renderer::settle(&folder.blank_marker())?;
    let _logs = log_files::start(&folder)?;
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        os = std::env::consts::OS,
        webview = tauri::webview_version().unwrap_or_default(),
        renderer = drawing.name,
        data = %folder.root().display(),
        "Switchyard starts"
    );

    let runtime = Runtime::new().context("starting the asynchronous runtime")?;
    tauri::async_runtime::set(runtime.handle().clone());
    let key = LaunchKey::generate()?;
    let host = Host::new(key.clone());

    let identity = identity(&folder);
    let app = tauri::Builder::default()
        // First, so that a second start does nothing else.
        .plugin(
            tauri_plugin_single_instance::Builder::new()
                .dbus_id(identity)
                .callback(|app, _arguments, _folder| bring_to_front(app))
                .build(),
        )
        .plugin(tauri_plugin_window_state::Builder::new().with_state_flags(kept_window_state()).build())
        .manage(host.clone())
        .manage(Subscriptions::default())
        .manage(PageReady::default())
        .register_asynchronous_uri_scheme_protocol(SCHEME, answer)
        .invoke_handler(tauri::generate_handler![command::subscribe_events, command::ready])
        .build(tauri::generate_context!())
        .context("building the desktop")?;

    let title = if arguments.sandbox { "Switchyard (sandbox)" } else { "Switchyard" };
    let (handle, kept) = (runtime.handle().clone(), folder.clone());
    let code = app.run_return(move |app, event| match event {
        RunEvent::Ready => {
            let (host, arguments, folder) = (host.clone(), arguments.clone(), folder.clone());
            // A thread of its own: opening waits for the disk, and rustc cannot show that sqlx's migrations may move
            // between threads (rust-lang/rust 102211).
            let runtime = handle.clone();
            handle.spawn_blocking(move || runtime.block_on(host.open(arguments, folder)));
            handle.spawn(end_on_signal(app.clone()));
            match window::open(app, &key, title, kept.webview()) {
                Ok(_) => {
                    handle.spawn(watch_for_blank_window(app.clone(), drawing, kept.clone()));
                }
                Err(error) => {
                    tracing::error!("opening the window: {error}");
                    app.exit(1);
                }
            }
        }
        RunEvent::Exit => {
            handle.block_on(host.close());
            tracing::info!("Switchyard has ended cleanly");
        }
        _ => {}
    });
    Ok(u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Two starts are one instance when they would open the same data: the name says which.
fn identity(folder: &DataFolder) -> String {
    let mut hasher = DefaultHasher::new();
    folder.root().hash(&mut hasher);
    // A name's parts may not begin with a digit (D-Bus specification, "Bus names").
    format!("{IDENTIFIER}.d{:016x}", hasher.finish())
}

/// The compositor owns a window's place on Wayland; restoring it there fights with maximising (GitButler PR 4864).
fn kept_window_state() -> StateFlags {
    let wayland = std::env::var_os("WAYLAND_DISPLAY").is_some_and(|display| !display.is_empty());
    let place = if wayland { StateFlags::empty() } else { StateFlags::POSITION };
    StateFlags::SIZE | StateFlags::MAXIMIZED | place
}

fn bring_to_front(app: &AppHandle) {
    let Some(window) = app.get_webview_window(window::MAIN) else { return };
    if let Err(error) = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus()) {
        tracing::warn!("bringing the window to the front: {error}");
    }
}

/// One call of the page. The answer goes out on the main thread: on macOS a worker's answer can end the program
/// (wry #1822; look again when wry #1856 has landed).
fn answer(context: UriSchemeContext<'_, Wry>, request: Request<Vec<u8>>, responder: UriSchemeResponder) {
    let app = context.app_handle().clone();
    let label = context.webview_label().to_owned();
    let duty = Answer::new(request.uri().path(), {
        let app = app.clone();
        move |response| {
            if let Err(error) = app.run_on_main_thread(move || responder.respond(response)) {
                tracing::error!("an API answer came after the window's end: {error}");
            }
        }
    });
    let host = app.state::<Host>().inner().clone();
    tauri::async_runtime::spawn(async move { duty.send(host.answer(&label, request).await) });
}

async fn watch_for_blank_window(app: AppHandle, drawing: Drawing, folder: DataFolder) {
    if app.state::<PageReady>().inner().clone().in_time().await {
        return;
    }
    if !drawing.can_fall_back {
        tracing::error!(renderer = drawing.name, "the page did not report in time; there is no other renderer to try");
        return;
    }
    tracing::error!(renderer = drawing.name, "the page did not report in time; starting again with software drawing");
    match tokio::fs::write(folder.blank_marker(), drawing.name).await {
        Ok(()) => app.request_restart(),
        // Without the marker the next start would choose the same again.
        Err(error) => tracing::error!("remembering to draw in software: {error}"),
    }
}

/// Ctrl-C and a service manager's TERM end the program as closing its window does.
async fn end_on_signal(app: AppHandle) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut terminate, mut interrupt) = match (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
            (Ok(terminate), Ok(interrupt)) => (terminate, interrupt),
            (Err(error), _) | (_, Err(error)) => {
                tracing::error!("signals cannot be heard: {error}");
                return;
            }
        };
        tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
    }
    #[cfg(not(unix))]
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::error!("signals cannot be heard: {error}");
        return;
    }
    tracing::info!("asked to end");
    app.exit(0);
}
