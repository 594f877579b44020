use std::{net::SocketAddr, path::Path};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Empty, Full};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::rt::TokioIo;
use rcgen::{
    BasicConstraints, CertificateParams, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::{ServerConfig, server::WebPkiClientVerifier};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use wasmtime_wasi_http::{Error, RequestOptions};

use super::*;
use crate::outbound::Client;

/// An authority and what it has issued, as PEM.
struct Ca {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Ca {
    fn new() -> Ca {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Ca { issuer: Issuer::new(params, key), pem }
    }

    /// Certificate and key, for a server if it has a name, else for a client.
    fn issue(&self, name: Option<&str>) -> (String, String) {
        let names: Vec<String> = name.into_iter().map(str::to_owned).collect();
        let mut params = CertificateParams::new(names).unwrap();
        params.extended_key_usages = vec![match name {
            Some(_) => ExtendedKeyUsagePurpose::ServerAuth,
            None => ExtendedKeyUsagePurpose::ClientAuth,
        }];
        let key = KeyPair::generate().unwrap();
        (params.signed_by(&key, &self.issuer).unwrap().pem(), key.serialize_pem())
    }
}

/// Answers everybody who has a certificate of `clients`.
async fn serve(server: &Ca, name: &str, clients: &Ca) -> SocketAddr {
    let (certificate, key) = server.issue(Some(name));
    let pem = |pem: &str| {
        CertificateDer::pem_slice_iter(pem.as_bytes()).map(Result::unwrap).collect::<Vec<_>>()
    };
    let mut roots = RootCertStore::empty();
    roots.add(pem(&clients.pem).remove(0)).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider.clone());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_client_cert_verifier(verifier.build().unwrap())
        .with_single_cert(pem(&certificate), PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap())
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let stream = match acceptor.accept(stream).into_fallible().await {
                    Ok(stream) => stream,
                    Err((_, mut stream)) => {
                        // To close what nobody has read would be a reset, and could overtake the alert.
                        let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
                        return;
                    }
                };
                let answer = service_fn(async |_: Request<Incoming>| {
                    Ok::<_, std::convert::Infallible>(Response::new(Full::new(Bytes::from("da"))))
                });
                let http = hyper::server::conn::http1::Builder::new();
                let _ = http.serve_connection(TokioIo::new(stream), answer).await;
            });
        }
    });
    address
}

/// What a component gets from `https://localhost`.
async fn ask(address: SocketAddr, config: &Path, component: &str) -> String {
    let trust = Trust::read(None, Some(config)).unwrap();
    let client = Client::new(&trust, component).unwrap();
    let body = Empty::<Bytes>::new().map_err(|never| match never {}).boxed_unsync();
    let request =
        Request::get(format!("https://LocalHost:{}/", address.port())).body(body).unwrap();
    match client.send(request, RequestOptions::default()).await {
        Ok(response) => {
            let body = response.into_body().collect().await.unwrap().to_bytes();
            String::from_utf8(body.to_vec()).unwrap()
        }
        Err(Error::TlsAlertReceived { .. }) => "alert".to_owned(),
        Err(Error::TlsCertificateError) => "certificate".to_owned(),
        Err(error) => format!("{error:?}"),
    }
}

#[tokio::test]
async fn only_the_right_certificates_get_an_answer() {
    let [ours, others] = [(); 2].map(|()| Ca::new());
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let (certificate, key) = ours.issue(None);
    let (foreign, foreign_key) = others.issue(None);
    write("ca.pem", &ours.pem);
    write("ca-andere.pem", &others.pem);
    write("client.pem", &certificate);
    write("client.key", &key);
    write("fremd.pem", &foreign);
    write("fremd.key", &foreign_key);
    let address = serve(&ours, "localhost", &ours).await;
    let misnamed = serve(&ours, "fachverfahren.example", &ours).await;
    let client = |name: &str| {
        format!("client_cert_file = \"{name}.pem\"\nclient_private_key_file = \"{name}.key\"\n")
    };
    for (address, component, roots, client, expect) in [
        (address, "weiterleitung", "ca.pem", client("client"), "da"),
        (address, "weiterleitung", "ca.pem", String::new(), "alert"),
        (address, "weiterleitung", "ca.pem", client("fremd"), "alert"),
        (address, "weiterleitung", "ca-andere.pem", client("client"), "certificate"),
        (misnamed, "weiterleitung", "ca.pem", client("client"), "certificate"),
        // The operator has named it for another component.
        (address, "annahme", "ca.pem", client("client"), "certificate"),
    ] {
        let config = folder.path().join("runtime-config.toml");
        write(
            "runtime-config.toml",
            &format!(
                "[[client_tls]]\ncomponent_ids = [\"weiterleitung\"]\nhosts = [\"localhost\"]\n\
                 ca_roots_file = \"{roots}\"\n{client}"
            ),
        );
        let answer = ask(address, &config, component).await;
        assert_eq!(answer, expect, "{component} {roots} {client}");
    }
}

#[test]
fn a_file_that_promises_what_nobody_keeps_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = Ca::new().issue(None);
    let (_, other_key) = Ca::new().issue(None);
    for (name, text) in
        [("c.pem", certificate.as_str()), ("c.key", &key), ("o.key", &other_key), ("leer.pem", "")]
    {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let check = |text: &str, expect: &str| {
        let path = folder.path().join("config.toml");
        fs::write(&path, text).unwrap();
        match (Trust::read(None, Some(&path)), expect) {
            (Ok(_), "") => {}
            (Ok(_), _) => panic!("{text} was taken"),
            (Err(error), _) => {
                let error = format!("{error:#}");
                assert!(!expect.is_empty() && error.contains(expect), "{text}: {error}");
            }
        }
    };
    let entry = |rest: &str| {
        format!("[[client_tls]]\ncomponent_ids = [\"a\"]\nhosts = [\"h.example\"]\n{rest}")
    };
    let pair = |cert: &str, key: &str| {
        entry(&format!("client_cert_file = \"{cert}\"\nclient_private_key_file = \"{key}\"\n"))
    };
    check("", "");
    check("[sqlite_database.default]\ntype = \"spin\"\n", "");
    check(&entry(""), "");
    check(&pair("c.pem", "c.key"), "");
    check(&pair("c.pem", "o.key"), "do not fit");
    check(&pair("c.pem", "c.pem"), "failed to read the key");
    check(&pair("leer.pem", "c.key"), "there is no certificate");
    check(&pair("fehlt.pem", "c.key"), "fehlt.pem");
    check(&entry("client_cert_file = \"c.pem\"\n"), "go together");
    check(&entry("ca_use_webpki_roots = false\n"), "it trusts nobody");
    check(&entry("ca_rots_file = \"c.pem\"\n"), "unknown field");
    check("[[client_tls]]\ncomponent_ids = []\nhosts = [\"h\"]\n", "component_ids is empty");
    check("[[client_tls]]\ncomponent_ids = [\"a\"]\nhosts = [\"h:443\"]\n", "h:443");
    check("[outbound_networking]\nblock_networks = [\"private\"]\n", "outbound_networking");

    let path = folder.path().join("config.toml");
    fs::write(&path, entry("")).unwrap();
    let trust = Trust::read(None, Some(&path)).unwrap();
    assert!(trust.check_components(|name| name == "a").is_ok());
    assert!(trust.check_components(|_| false).is_err());
}
