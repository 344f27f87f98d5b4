//! Runs the engine and serves the API and the console until the process is asked to end.

use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, anyhow};
use switchyard_engine::status::Timing;
use switchyard_sandbox::{OrderSource, SandboxOptions};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::Usage;
use super::arguments::{SandboxChoice, ServeArguments};
use super::data_folder;
use super::signals::Ending;
use crate::host::{Host, HostOptions};
use crate::session::{Access, AccessOptions};

/// How long requests in progress get after the process was asked to end.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until SIGTERM or Ctrl-C.
pub(super) async fn run(arguments: ServeArguments) -> anyhow::Result<ExitCode> {
    let address = arguments.listen;
    if !address.ip().is_loopback() && !arguments.allow_remote {
        let message = format!("{address} can be reached from other machines; say so with --allow-remote");
        return Err(Usage(message).into());
    }
    let public = arguments.public_origin.as_deref().map(origin).transpose()?;
    // Heard from here on, so that a signal during the start is not lost.
    let ending = Ending::listen()?;
    let folder = arguments.folder.chosen(arguments.sandbox.sandbox)?;
    data_folder::private(&folder)?;
    let token = data_folder::token(&folder)?;
    // Before the engine, so that a taken port does not start anything.
    let listener = TcpListener::bind(address).await.with_context(|| format!("listening on {address}"))?;
    let address = listener.local_addr()?;
    let sandbox = sandbox(&arguments.sandbox, &folder);
    if let Some(sandbox) = &sandbox {
        data_folder::private(&sandbox.data_dir)?;
    }
    let host = Host::open(HostOptions { data_dir: folder.clone(), sandbox, timing: Timing::default() })
        .await
        .map_err(|error| anyhow!("{error}. {}", error.next_step()))?;

    let stop = CancellationToken::new();
    let state = host.state();
    let options = AccessOptions {
        token,
        operator: state.operator.to_string(),
        secure: public.as_deref().is_some_and(|origin| origin.starts_with("https://")),
        origins: origins(address, public.as_deref()),
    };
    let access = Arc::new(Access::new(options, host.clock(), stop.clone()));
    let base = public.unwrap_or_else(|| format!("http://{address}"));
    announce(&base, &access, &folder)?;
    tracing::info!(%address, data = %folder.display(), demo = state.demo, "Switchyard serves");

    let links = tokio::spawn(print_links_on_hangup(base, Arc::clone(&access), folder));
    let router = crate::daemon_router(state, access);
    let ended = serve(listener, router, stop, ending).await;
    links.abort();
    host.shutdown().await;
    tracing::info!("Switchyard has stopped");
    ended.map(|()| ExitCode::SUCCESS)
}

async fn serve(
    listener: TcpListener,
    router: axum::Router,
    stop: CancellationToken,
    mut ending: Ending,
) -> anyhow::Result<()> {
    let asked = stop.clone();
    let serving = axum::serve(listener, router).with_graceful_shutdown(async move { asked.cancelled().await });
    let mut serving = tokio::spawn(serving.into_future());
    tokio::select! {
        ended = &mut serving => return Ok(ended??),
        () = ending.asked() => {}
    }
    tracing::info!("asked to end; finishing what is in progress");
    stop.cancel();
    match tokio::time::timeout(GRACE, &mut serving).await {
        Ok(ended) => Ok(ended??),
        Err(_) => {
            tracing::warn!(seconds = GRACE.as_secs(), "requests were still in progress at the end");
            serving.abort();
            Ok(())
        }
    }
}

/// Prints a fresh sign-in link whenever the process gets a SIGHUP: links work once and sessions end.
async fn print_links_on_hangup(base: String, access: Arc<Access>, folder: std::path::PathBuf) {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut hangups = match signal(SignalKind::hangup()) {
            Ok(hangups) => hangups,
            Err(error) => return tracing::warn!("SIGHUP cannot be heard, so it prints no sign-in link: {error}"),
        };
        while hangups.recv().await.is_some() {
            if let Err(error) = announce(&base, &access, &folder) {
                tracing::warn!("the sign-in link cannot be printed: {error}");
            }
        }
    }
    #[cfg(not(unix))]
    drop((base, access, folder));
}

/// Says where the console is and how to come in. On standard output: the log is for others, this is for one person.
fn announce(base: &str, access: &Access, folder: &Path) -> std::io::Result<()> {
    let ticket = access.issue_ticket(access.now());
    let mut output = std::io::stdout().lock();
    writeln!(output, "Switchyard is at {base}")?;
    writeln!(output, "Sign in (works once, for five minutes): {base}/sign-in?ticket={ticket}")?;
    writeln!(output, "Programs send the token in {}", folder.join("token").display())?;
    output.flush()
}

/// The origins whose pages may write: the address itself, by number and as localhost, and the proxy's.
fn origins(address: SocketAddr, public: Option<&str>) -> Vec<String> {
    let mut origins = vec![format!("http://{address}")];
    if address.ip().is_loopback() {
        origins.push(format!("http://localhost:{}", address.port()));
    }
    origins.extend(public.map(str::to_owned));
    origins
}

/// An origin as browsers write it: scheme, host, port, nothing else.
fn origin(text: &str) -> Result<String, Usage> {
    let wrong = || Usage(format!("--public-origin `{text}` is no origin such as https://orders.example.com"));
    let trimmed = text.trim_end_matches('/');
    let host = trimmed.strip_prefix("https://").or_else(|| trimmed.strip_prefix("http://")).ok_or_else(wrong)?;
    let plain = !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']);
    if plain { Ok(trimmed.to_lowercase()) } else { Err(wrong()) }
}

fn sandbox(choice: &SandboxChoice, folder: &Path) -> Option<SandboxOptions> {
    if !choice.sandbox {
        return None;
    }
    let demo = SandboxOptions::demo(folder.join("partners"));
    let rate = if choice.orders.is_some() { None } else { demo.orders_per_minute };
    Some(SandboxOptions {
        orders: choice.orders.clone().map_or(OrderSource::Generated, OrderSource::History),
        limit: choice.limit,
        speed: choice.speed,
        orders_per_minute: choice.orders_per_minute.or(rate),
        ..demo
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn only_the_consoles_own_addresses_are_origins() {
        let loopback = origins("127.0.0.1:7420".parse().unwrap(), None);
        assert_eq!(loopback, ["http://127.0.0.1:7420", "http://localhost:7420"]);
        let behind_proxy = origins("10.0.0.5:80".parse().unwrap(), Some("https://orders.example.com"));
        assert_eq!(behind_proxy, ["http://10.0.0.5:80", "https://orders.example.com"]);
    }

    #[rstest::rstest]
    #[case("https://orders.example.com/", Some("https://orders.example.com"))]
    #[case("orders.example.com", None)]
    #[case("https://orders.example.com/console", None)]
    #[case("https://user@orders.example.com", None)]
    fn a_public_origin_is_scheme_and_host(#[case] text: &str, #[case] expected: Option<&str>) {
        assert_eq!(origin(text).ok().as_deref(), expected);
    }
}
