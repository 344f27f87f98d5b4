//! Chooses how WebKitGTK draws, before GTK starts.
//!
//! Without a GPU its DMA-BUF renderer is three to four times slower than plain software drawing; with one, switching it
//! off costs as much. NVIDIA's own driver shows blank windows with it. Variables a user has set always win.

use std::path::Path;

use serde::{Deserialize, Serialize};

/// WebKitGTK's own switches, any of which is the user's word.
pub const USER_VARIABLES: &[&str] =
    &["WEBKIT_DISABLE_DMABUF_RENDERER", "WEBKIT_DISABLE_COMPOSITING_MODE", "WEBKIT_DMABUF_RENDERER_FORCE_SHM"];
/// Names the [`Renderer`] we chose, for the process that was started again with it.
pub const CHOICE_VARIABLE: &str = "SWITCHYARD_RENDERER";
/// The first WebKitGTK whose DMA-BUF renderer is trusted (GeoLibre PR 1085 draws the same line).
const TRUSTED_SINCE: (u32, u32) = (2, 48);

/// What the choice depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a row of a decision table")]
pub struct Machine {
    /// The user has set one of [`USER_VARIABLES`].
    pub user_decided: bool,
    /// An earlier start showed no page in time.
    pub blank_before: bool,
    /// `/dev/dri/renderD*` exists and may be opened.
    pub render_node: bool,
    /// Mesa was told to draw in software.
    pub software_gl: bool,
    /// NVIDIA's own kernel driver is loaded.
    pub nvidia: bool,
    /// The window will be a Wayland surface.
    pub wayland: bool,
    /// WebKitGTK's major and minor version.
    pub webkit: (u32, u32),
}

/// How WebKitGTK draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Renderer {
    /// As the user's own variables say.
    User,
    /// On the GPU, WebKitGTK's default.
    Accelerated,
    /// On the CPU: no row fades, slower flow animation.
    Software,
    /// On the GPU without accelerated compositing.
    WithoutCompositing,
    /// On the GPU, handing pictures over through shared memory.
    SharedMemory,
}

impl Renderer {
    /// The choice for a machine. First match wins.
    #[must_use]
    pub fn choose(machine: &Machine) -> Self {
        if machine.user_decided {
            Self::User
        } else if machine.blank_before || !machine.render_node || machine.software_gl {
            Self::Software
        } else if machine.nvidia && !machine.wayland {
            Self::WithoutCompositing
        } else if machine.nvidia {
            Self::SharedMemory
        } else if machine.webkit < TRUSTED_SINCE {
            Self::Software
        } else {
            Self::Accelerated
        }
    }

    /// The variable that makes it so.
    #[must_use]
    pub fn variable(self) -> Option<&'static str> {
        match self {
            Self::User | Self::Accelerated => None,
            Self::Software => Some("WEBKIT_DISABLE_DMABUF_RENDERER"),
            Self::WithoutCompositing => Some("WEBKIT_DISABLE_COMPOSITING_MODE"),
            Self::SharedMemory => Some("WEBKIT_DMABUF_RENDERER_FORCE_SHM"),
        }
    }

    /// The name, as in [`CHOICE_VARIABLE`], logs and the page.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Accelerated => "accelerated",
            Self::Software => "software",
            Self::WithoutCompositing => "without_compositing",
            Self::SharedMemory => "shared_memory",
        }
    }
}

impl Machine {
    /// Looks at this machine. `blank_before` is what the last start remembered; `webkit` is the library's version text.
    #[must_use]
    pub fn inspect(blank_before: bool, webkit: &str) -> Self {
        let variable = |name: &str| std::env::var(name).unwrap_or_default();
        // Once we have chosen, the switches are our own.
        let ours = !variable(CHOICE_VARIABLE).is_empty();
        Self {
            user_decided: !ours && USER_VARIABLES.iter().any(|name| std::env::var_os(name).is_some()),
            blank_before,
            render_node: has_render_node(Path::new("/dev/dri")),
            software_gl: matches!(variable("LIBGL_ALWAYS_SOFTWARE").as_str(), "1" | "true"),
            nvidia: Path::new("/proc/driver/nvidia/version").exists(),
            wayland: !variable("WAYLAND_DISPLAY").is_empty() && variable("GDK_BACKEND") != "x11",
            webkit: parse_version(webkit),
        }
    }
}

/// Whether a DRM render node is there and ours to open; a node of another group is as good as none.
fn has_render_node(folder: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    entries
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
        .any(|entry| std::fs::File::options().read(true).write(true).open(entry.path()).is_ok())
}

/// `2.50.6` becomes (2, 50). Text that is no version counts as trusted: a new library with an odd name is likelier than
/// an old one.
fn parse_version(text: &str) -> (u32, u32) {
    let mut numbers = text.split('.').map(str::parse);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => (major, minor),
        _ => TRUSTED_SINCE,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]

    use rstest::rstest;

    use super::*;

    const OFFICE_LAPTOP: Machine = Machine {
        user_decided: false,
        blank_before: false,
        render_node: true,
        software_gl: false,
        nvidia: false,
        wayland: true,
        webkit: (2, 50),
    };

    #[rstest]
    #[case::gpu(OFFICE_LAPTOP, Renderer::Accelerated)]
    #[case::gpu_on_x11(Machine { wayland: false, ..OFFICE_LAPTOP }, Renderer::Accelerated)]
    #[case::no_gpu(Machine { render_node: false, ..OFFICE_LAPTOP }, Renderer::Software)]
    #[case::software_gl(Machine { software_gl: true, ..OFFICE_LAPTOP }, Renderer::Software)]
    #[case::blank_before(Machine { blank_before: true, ..OFFICE_LAPTOP }, Renderer::Software)]
    #[case::nvidia_x11(Machine { nvidia: true, wayland: false, ..OFFICE_LAPTOP }, Renderer::WithoutCompositing)]
    #[case::nvidia_wayland(Machine { nvidia: true, ..OFFICE_LAPTOP }, Renderer::SharedMemory)]
    #[case::nvidia_without_node(Machine { nvidia: true, render_node: false, ..OFFICE_LAPTOP }, Renderer::Software)]
    #[case::old_webkit(Machine { webkit: (2, 46), ..OFFICE_LAPTOP }, Renderer::Software)]
    #[case::first_trusted_webkit(Machine { webkit: (2, 48), ..OFFICE_LAPTOP }, Renderer::Accelerated)]
    #[case::user_wins_without_gpu(Machine { user_decided: true, render_node: false, ..OFFICE_LAPTOP }, Renderer::User)]
    #[case::user_wins_after_blank(Machine { user_decided: true, blank_before: true, ..OFFICE_LAPTOP }, Renderer::User)]
    fn choice_follows_the_table(#[case] machine: Machine, #[case] expected: Renderer) {
        assert_eq!(Renderer::choose(&machine), expected);
    }

    #[rstest]
    #[case(Renderer::Accelerated, None)]
    #[case(Renderer::User, None)]
    #[case(Renderer::Software, Some("WEBKIT_DISABLE_DMABUF_RENDERER"))]
    #[case(Renderer::WithoutCompositing, Some("WEBKIT_DISABLE_COMPOSITING_MODE"))]
    #[case(Renderer::SharedMemory, Some("WEBKIT_DMABUF_RENDERER_FORCE_SHM"))]
    fn every_choice_sets_at_most_one_variable_a_user_could_set(
        #[case] renderer: Renderer,
        #[case] variable: Option<&str>,
    ) {
        assert_eq!(renderer.variable(), variable);
        assert!(variable.is_none_or(|name| USER_VARIABLES.contains(&name)));
    }

    #[rstest]
    #[case("2.50.6", (2, 50))]
    #[case("2.44", (2, 44))]
    #[case("trunk", TRUSTED_SINCE)]
    fn version_is_major_and_minor(#[case] text: &str, #[case] expected: (u32, u32)) {
        assert_eq!(parse_version(text), expected);
    }

    #[test]
    fn render_node_that_cannot_be_opened_counts_as_none() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!has_render_node(folder.path()), "an empty folder has none");
        assert!(!has_render_node(&folder.path().join("absent")), "a missing folder has none");
        std::fs::create_dir(folder.path().join("renderD128")).unwrap();
        assert!(!has_render_node(folder.path()), "a folder of that name cannot be opened for writing");
        std::fs::remove_dir(folder.path().join("renderD128")).unwrap();
        std::fs::write(folder.path().join("renderD128"), "").unwrap();
        assert!(has_render_node(folder.path()));
    }
}
