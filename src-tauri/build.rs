//! Declares the shell's own commands, so that each needs a permission like any plug-in's, and embeds the console.

fn main() {
    // The console's build goes into the binary; without this line a rebuilt console would not be noticed.
    println!("cargo:rerun-if-changed=../ui/dist");
    let commands = tauri_build::AppManifest::new().commands(&["subscribe_events", "ready"]);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands)) {
        println!("cargo:error={error:#}");
        std::process::exit(1);
    }
}
