//! Base addresses of partners: HTTPS everywhere, plain HTTP only on this machine.

use url::{Host, Url};

use crate::error::{Error, Kind, Result};

/// Reads the base address a person configured, such as `https://api.example.com` or `http://127.0.0.1:9101`.
///
/// The result ends in `/`, so that [`Url::join`] appends to it.
///
/// # Errors
/// [`Kind::Config`] for what is no URL, for another scheme than HTTPS (plain HTTP is accepted on loopback hosts only,
/// because a credential travels with every request), and for a URL with credentials, a query or a fragment.
pub fn parse(text: &str) -> Result<Url> {
    let refuse = |why: &str| Error::new(Kind::Config, format!("endpoint: {why}"));
    let mut url = Url::parse(text).map_err(|error| refuse(&format!("not a URL ({error})")))?;
    let host = url.host().ok_or_else(|| refuse("a host is missing"))?;
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&host) => {}
        "http" => return Err(refuse("plain http is accepted for this machine only; use https")),
        _ => return Err(refuse("only https is accepted")),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("credentials belong into the secret, not into the URL"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refuse("a base address has no query and no fragment"));
    }
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Ok(url)
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case("https://api.example.com", "https://api.example.com/")]
    #[case("https://api.example.com/base", "https://api.example.com/base/")]
    #[case("http://127.0.0.1:9101", "http://127.0.0.1:9101/")]
    #[case("http://[::1]:9101/", "http://[::1]:9101/")]
    #[case("http://localhost:9101", "http://localhost:9101/")]
    fn https_and_plain_http_on_this_machine_are_accepted(#[case] text: &str, #[case] url: &str) {
        assert_eq!(parse(text).unwrap().as_str(), url);
    }

    #[rstest::rstest]
    #[case("http://api.example.com")]
    #[case("http://10.0.0.7")]
    #[case("http://127.0.0.1.example.com")]
    #[case("http://localhost.example.com")]
    #[case("ftp://127.0.0.1")]
    #[case("https://user:password@api.example.com")]
    #[case("https://api.example.com/?token=1")]
    #[case("api.example.com")]
    #[case("")]
    fn what_could_leak_a_credential_is_refused(#[case] text: &str) {
        assert_eq!(parse(text).unwrap_err().kind, Kind::Config, "{text}");
    }
}
