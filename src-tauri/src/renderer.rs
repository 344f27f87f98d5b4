//! Settles how the webview draws, before any window exists, and remembers a window that stayed blank.

use std::path::Path;

/// How the webview draws on this start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drawing {
    /// The choice, in one word.
    pub name: &'static str,
    /// Whether a restart in software is a remedy for a blank window.
    pub can_fall_back: bool,
}

/// Chooses, and on Linux starts this program again with the variables of the choice: WebKitGTK reads them from the
/// environment, which a running program cannot change safely. `marker` exists when a window stayed blank before.
///
/// # Errors
/// When the program cannot be started again.
#[cfg(target_os = "linux")]
pub fn settle(marker: &Path) -> anyhow::Result<Drawing> {
    use std::os::unix::process::CommandExt;

    use anyhow::Context;

    use crate::linux_webkit::{CHOICE_VARIABLE, Machine, Renderer, USER_VARIABLES};

    let webkit = tauri::webview_version().unwrap_or_default();
    let renderer = Renderer::choose(&Machine::inspect(marker.exists(), &webkit));
    let settled = std::env::var(CHOICE_VARIABLE).is_ok_and(|chosen| chosen == renderer.name());
    if !settled && renderer != Renderer::User {
        let mut again = std::process::Command::new(std::env::current_exe().context("finding this program")?);
        again.args(std::env::args_os().skip(1)).env(CHOICE_VARIABLE, renderer.name());
        for name in USER_VARIABLES {
            again.env_remove(name);
        }
        if let Some(name) = renderer.variable() {
            again.env(name, "1");
        }
        return Err(again.exec()).context("starting again with the chosen renderer");
    }
    let can_fall_back = !matches!(renderer, Renderer::User | Renderer::Software);
    Ok(Drawing { name: renderer.name(), can_fall_back })
}

/// Elsewhere the webview chooses by itself.
///
/// # Errors
/// None.
#[cfg(not(target_os = "linux"))]
pub fn settle(_marker: &Path) -> anyhow::Result<Drawing> {
    Ok(Drawing { name: "native", can_fall_back: false })
}
