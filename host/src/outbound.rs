//! Outgoing HTTP of components: who may talk to whom, and the client that does it.
//!
//! `allowed_outbound_hosts` follows Spin's rules (`scheme://host[:port]`, `*` for each, `*.domain`, port ranges
//! `a..b`); a plain TCP connection needs an entry with the scheme `tcp`. Not offered are requests to the application itself (`self`) and address ranges; an entry with them is an
//! error at the start. Redirects are not followed: the component sees them and is checked again when it follows.

use std::{
    collections::HashMap,
    error::Error as StdError,
    future::Future,
    io,
    net::{IpAddr, SocketAddr},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use anyhow::{Context as _, bail, ensure};
use bytes::Bytes;
use http::{Request, Response, Uri};
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper_rustls::HttpsConnector;
use hyper_util::{
    client::legacy::{Client as HyperClient, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use rustls::AlertDescription;
use tokio::time::{Instant, Sleep, sleep_until, timeout_at};
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

use crate::{log, tls::Trust, variables::Variables};

/// Longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(10);
/// Longest time from sending to the end of the answer.
const TOTAL: Duration = Duration::from_secs(60);
/// How long an unused connection stays open.
const IDLE: Duration = Duration::from_secs(20);

/// The hosts a component may send requests to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowedHosts(Vec<AllowedHost>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct AllowedHost {
    /// `None`: any.
    scheme: Option<String>,
    host: HostPattern,
    port: PortPattern,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum HostPattern {
    Any,
    /// With its leading dot.
    Subdomains(String),
    Domain(String),
    Address(IpAddr),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum PortPattern {
    Any,
    /// From, up to but not including.
    Range(u16, u16),
    One(u16),
}

impl AllowedHosts {
    /// Reads the entries of a component after their variables are filled in. An entry that is empty then, or only a
    /// scheme, allows nothing.
    pub fn parse(entries: &[String], variables: &Variables) -> anyhow::Result<AllowedHosts> {
        let mut hosts = Vec::new();
        for entry in entries {
            let expanded = variables.expand(entry)?;
            let is_template = expanded != *entry;
            if is_template && matches!(expanded.as_str(), "" | "http://" | "https://") {
                continue;
            }
            // The entry, not the value: that may be nobody's business.
            let host = AllowedHost::parse(&expanded)
                .with_context(|| format!("allowed_outbound_hosts: `{entry}` cannot be used"))?;
            hosts.push(host);
        }
        Ok(AllowedHosts(hosts))
    }

    /// Whether a request to this absolute URI is allowed.
    pub fn allows(&self, uri: &Uri) -> bool {
        let (Some(scheme), Some(host)) = (uri.scheme_str(), uri.host()) else { return false };
        let Some(port) = uri.port_u16().or_else(|| well_known_port(scheme)) else { return false };
        let host = host.to_ascii_lowercase();
        self.0.iter().any(|allowed| allowed.allows(scheme, &host, port))
    }

    /// Whether a plain TCP connection to this address is allowed (scheme `tcp`).
    pub fn allows_tcp(&self, address: SocketAddr) -> bool {
        let host = address.ip().to_string();
        self.0.iter().any(|allowed| allowed.allows("tcp", &host, address.port()))
    }
}

impl AllowedHost {
    fn parse(text: &str) -> anyhow::Result<AllowedHost> {
        let text = text.trim();
        let Some((scheme, rest)) = text.split_once("://") else {
            bail!("it has no scheme such as `https://`");
        };
        ensure!(
            scheme == "*" || scheme.chars().all(|c| c.is_ascii_alphabetic()),
            "its scheme is neither `*` nor letters"
        );
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        ensure!(!rest.contains(['/', '?', '#']), "it has a path, which cannot be checked");
        ensure!(!rest.contains('@'), "it has a user");
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, port),
            _ => (rest, ""),
        };
        Ok(AllowedHost {
            scheme: (scheme != "*").then(|| scheme.to_ascii_lowercase()),
            host: HostPattern::parse(host)?,
            port: PortPattern::parse(port, scheme)?,
        })
    }

    fn allows(&self, scheme: &str, host: &str, port: u16) -> bool {
        self.scheme.as_ref().is_none_or(|allowed| allowed == scheme)
            && self.host.allows(host)
            && self.port.allows(port)
    }
}

impl HostPattern {
    fn parse(host: &str) -> anyhow::Result<HostPattern> {
        ensure!(!host.is_empty(), "it has no host");
        ensure!(
            !matches!(host, "self" | "self.alt") && !host.ends_with(".spin.internal"),
            "this host does not offer requests to the application itself"
        );
        if host == "*" {
            return Ok(HostPattern::Any);
        }
        if let Some(address) = parse_address(host) {
            return Ok(HostPattern::Address(address));
        }
        let domain = host.strip_prefix("*.").unwrap_or(host);
        ensure!(
            domain.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_')),
            "`{domain}` is not a name of a host"
        );
        let domain = domain.to_ascii_lowercase();
        Ok(if host.starts_with("*.") {
            HostPattern::Subdomains(format!(".{domain}"))
        } else {
            HostPattern::Domain(domain)
        })
    }

    fn allows(&self, host: &str) -> bool {
        match self {
            HostPattern::Any => true,
            HostPattern::Subdomains(suffix) => {
                host.ends_with(suffix) && parse_address(host).is_none()
            }
            HostPattern::Domain(domain) => host == domain,
            HostPattern::Address(address) => parse_address(host).as_ref() == Some(address),
        }
    }
}

impl PortPattern {
    fn parse(port: &str, scheme: &str) -> anyhow::Result<PortPattern> {
        if port.is_empty() {
            let port = well_known_port(scheme).context("it has no port, and its scheme neither")?;
            return Ok(PortPattern::One(port));
        }
        if port == "*" {
            return Ok(PortPattern::Any);
        }
        let number = |text: &str| text.parse().context("its port is not a number");
        Ok(match port.split_once("..") {
            Some((start, end)) => PortPattern::Range(number(start)?, number(end)?),
            None => PortPattern::One(number(port)?),
        })
    }

    fn allows(&self, port: u16) -> bool {
        match *self {
            PortPattern::Any => true,
            PortPattern::Range(start, end) => (start..end).contains(&port),
            PortPattern::One(one) => port == one,
        }
    }
}

fn parse_address(host: &str) -> Option<IpAddr> {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    bare.parse().ok()
}

fn well_known_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    }
}

type Http = HyperClient<HttpsConnector<HttpConnector>, WasiBody>;

/// The HTTP clients of a component: one for most hosts, others for those that the operator has named.
#[derive(Clone)]
pub struct Client {
    usual: Http,
    /// By host, in lower case.
    named: Arc<HashMap<String, Http>>,
}

impl Client {
    /// The clients of this component.
    pub fn new(trust: &Trust, component: &str) -> anyhow::Result<Client> {
        let mut named = HashMap::new();
        for (hosts, config) in trust.of_component(component)? {
            let client = http(config);
            named.extend(hosts.into_iter().map(|host| (host, client.clone())));
        }
        Ok(Client { usual: http(trust.usual()?), named: Arc::new(named) })
    }

    fn of(self, uri: &Uri) -> Http {
        let host = uri.host().unwrap_or_default().to_ascii_lowercase();
        self.named.get(&host).cloned().unwrap_or(self.usual)
    }

    /// Sends a request and waits for the head of its answer.
    pub(crate) async fn send(
        self,
        request: Request<WasiBody>,
        options: RequestOptions,
    ) -> Result<Response<WasiBody>, Error> {
        let end = Instant::now() + TOTAL;
        let first_byte = options.first_byte_timeout.map_or(TOTAL, |given| given.min(TOTAL));
        let response =
            timeout_at(Instant::now() + first_byte, self.of(request.uri()).request(request))
                .await
                .map_err(|_| Error::ConnectionReadTimeout)?
                .map_err(|error| error_of(&error))?;
        Ok(response.map(|incoming| {
            let between = options.between_bytes_timeout.unwrap_or(TOTAL);
            let timer = Box::pin(sleep_until(end.min(Instant::now() + between)));
            AnswerBody { incoming, end, between, timer }.boxed_unsync()
        }))
    }
}

fn http(tls: rustls::ClientConfig) -> Http {
    let mut connector = HttpConnector::new();
    connector.enforce_http(false);
    connector.set_nodelay(true);
    connector.set_connect_timeout(Some(CONNECT));
    let connector = hyper_rustls::HttpsConnectorBuilder::new()
        .with_tls_config(tls)
        .https_or_http()
        .enable_http1()
        .wrap_connector(connector);
    HyperClient::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(IDLE)
        .build(connector)
}

/// The body of an answer, broken off when it takes too long.
struct AnswerBody {
    incoming: Incoming,
    end: Instant,
    between: Duration,
    timer: Pin<Box<Sleep>>,
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        match Pin::new(&mut self.incoming).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) => {
                let next = self.end.min(Instant::now() + self.between);
                self.timer.as_mut().reset(next);
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(error.into()))),
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending => match self.timer.as_mut().poll(cx) {
                Poll::Ready(()) => Poll::Ready(Some(Err(Error::ConnectionReadTimeout))),
                Poll::Pending => Poll::Pending,
            },
        }
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}

fn error_of(error: &hyper_util::client::legacy::Error) -> Error {
    let causes = || std::iter::successors(error.source(), |error| (*error).source());
    let kind =
        causes().filter_map(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind).last();
    let tls = causes().find_map(tls_error);
    match tls {
        // With TLS 1.3 the server looks at the client's certificate after the client thinks that all
        // is well. Nobody has read the request then.
        Some(rustls::Error::AlertReceived(alert)) if is_about_certificate(*alert) => {
            return Error::TlsAlertReceived {
                alert_id: Some(u8::from(*alert)),
                alert_message: Some(format!("{alert:?}")),
            };
        }
        Some(_) if error.is_connect() => return Error::TlsCertificateError,
        _ => {}
    }
    if !error.is_connect() {
        return Error::ConnectionTerminated;
    }
    if causes().any(|cause| cause.to_string().starts_with("dns error")) {
        return Error::DnsError { rcode: None, info_code: None };
    }
    match kind {
        Some(io::ErrorKind::ConnectionRefused) => Error::ConnectionRefused,
        Some(io::ErrorKind::TimedOut) => Error::ConnectionTimeout,
        Some(io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof) => Error::TlsProtocolError,
        _ => Error::DestinationUnavailable,
    }
}

/// The error of TLS in an error of I/O, which keeps its own cause where `source` does not look.
fn tls_error<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a rustls::Error> {
    match error.downcast_ref::<io::Error>() {
        Some(error) => tls_error(error.get_ref()?),
        None => error.downcast_ref(),
    }
}

/// RFC 8446 § 6.2
fn is_about_certificate(alert: AlertDescription) -> bool {
    use AlertDescription as Alert;
    matches!(
        alert,
        Alert::HandshakeFailure
            | Alert::BadCertificate
            | Alert::UnsupportedCertificate
            | Alert::CertificateRevoked
            | Alert::CertificateExpired
            | Alert::CertificateUnknown
            | Alert::UnknownCA
            | Alert::DecryptError
            | Alert::AccessDenied
            | Alert::CertificateRequired
    )
}

/// The one place through which a component's requests leave.
pub struct Hooks {
    /// Name of the component, for the log.
    pub component: Arc<str>,
    /// Where it may send to.
    pub allowed: Arc<AllowedHosts>,
    /// With what.
    pub client: Client,
    /// On behalf of which request.
    pub request: log::CurrentRequest,
}

type Sent = (Response<WasiBody>, Box<dyn Future<Output = Result<(), Error>> + Send>);

impl WasiHttpHooks for Hooks {
    fn send_request(
        &mut self,
        request: Request<WasiBody>,
        options: Option<RequestOptions>,
        _processed: Box<dyn Future<Output = Result<(), Error>> + Send>,
    ) -> Box<dyn Future<Output = Result<Sent, Error>> + Send> {
        let uri = request.uri();
        if !self.allowed.allows(uri) {
            let target = format!(
                "{}://{}",
                uri.scheme_str().unwrap_or_default(),
                uri.authority().map_or("", |authority| authority.as_str())
            );
            let id = self.request.get();
            log::component(log::Level::Warn, "outbound-denied", &self.component, &id, &target);
            return Box::new(std::future::ready(Err(Error::HttpRequestDenied)));
        }
        let client = self.client.clone();
        Box::new(async move {
            let response = client.send(request, options.unwrap_or_default()).await?;
            let sent: Box<dyn Future<Output = _> + Send> = Box::new(std::future::ready(Ok(())));
            Ok((response, sent))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(entry: &str, allowed: &[&str], denied: &[&str]) {
        let hosts = AllowedHosts::parse(&[entry.to_owned()], &Variables::default()).unwrap();
        for uri in allowed {
            assert!(hosts.allows(&uri.parse().unwrap()), "{entry} must allow {uri}");
        }
        for uri in denied {
            assert!(!hosts.allows(&uri.parse().unwrap()), "{entry} must not allow {uri}");
        }
    }

    #[test]
    fn only_what_is_listed_is_allowed() {
        check(
            "https://fach.example",
            &["https://fach.example/x", "https://FACH.example:443/"],
            &[
                "http://fach.example/",
                "https://fach.example:8443/",
                "https://x.fach.example/",
                "https://fach.example.evil/",
                "https://fach.example@evil/",
                "/relative",
            ],
        );
        check(
            "http://127.0.0.1:3001/",
            &["http://127.0.0.1:3001/nachrichten"],
            &["http://127.0.0.1:3002/", "http://localhost:3001/", "http://127.1:3001/"],
        );
        check("http://[::1]:80", &["http://[::1]/"], &["http://[::2]/", "http://[::1]:81/"]);
        check(
            "*://*.example.de:*",
            &["http://a.example.de:1/", "https://a.b.example.de/"],
            &["https://example.de/", "https://aexample.de/"],
        );
        check("http://a:80..82", &["http://a/", "http://a:81/"], &["http://a:82/"]);
        check("*://*:*", &["http://a:1/", "https://[::1]/"], &[]);
    }

    #[test]
    fn sockets_need_the_scheme_tcp() {
        for (entry, address, expected) in [
            ("tcp://127.0.0.1:3310", "127.0.0.1:3310", true),
            ("tcp://127.0.0.1:3310", "127.0.0.1:3311", false),
            ("tcp://127.0.0.1:3310", "127.0.0.2:3310", false),
            ("tcp://[::1]:3310", "[::1]:3310", true),
            ("http://127.0.0.1:3310", "127.0.0.1:3310", false),
            ("*://127.0.0.1:*", "127.0.0.1:3310", true),
        ] {
            let hosts = AllowedHosts::parse(&[entry.to_owned()], &Variables::default()).unwrap();
            assert_eq!(hosts.allows_tcp(address.parse().unwrap()), expected, "{entry} {address}");
        }
    }

    #[test]
    fn entries_that_promise_too_much_are_refused() {
        for entry in [
            "*",
            "example.de",
            "https://example.de/path",
            "https://user@example.de",
            "https://10.0.0.0/8",
            "https://a*b",
            "https://",
            "ftp://example.de",
            "http://a:port",
            "http://self",
            "http://annahme.spin.internal",
        ] {
            let parsed = AllowedHosts::parse(&[entry.to_owned()], &Variables::default());
            assert!(parsed.is_err(), "{entry}");
        }
    }

    #[test]
    fn no_entry_allows_nothing() {
        assert!(!AllowedHosts::default().allows(&"http://a/".parse().unwrap()));
    }
}
