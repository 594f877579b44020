//! Whom outgoing TLS trusts, and with which certificate it shows itself: for most hosts the usual roots, for single
//! hosts what `[[client_tls]]` of Spin's runtime configuration says.
//!
//! The same file works for Spin. One difference: where an entry names no roots at all, Spin takes those of the
//! platform, this host the usual ones. Other sections are not for this host; one that restricts is refused, since
//! nobody would keep to it.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, bail, ensure};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
};
use serde::Deserialize;

/// Where Debian and others have the roots of the platform.
const PLATFORM: &str = "/etc/ssl/certs/ca-certificates.crt";

/// What the operator trusts.
pub struct Trust {
    roots: RootCertStore,
    client_tls: Vec<ClientTls>,
}

/// The file, as far as it is for this host.
#[derive(Deserialize)]
struct RuntimeConfig {
    #[serde(default)]
    client_tls: Vec<ClientTlsToml>,
    outbound_networking: Option<toml::Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClientTlsToml {
    component_ids: Vec<String>,
    hosts: Vec<String>,
    ca_use_platform_roots: Option<bool>,
    ca_use_webpki_roots: Option<bool>,
    ca_roots_file: Option<PathBuf>,
    client_cert_file: Option<PathBuf>,
    client_private_key_file: Option<PathBuf>,
}

struct ClientTls {
    components: Vec<String>,
    hosts: Vec<String>,
    roots: RootCertStore,
    client: Option<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)>,
}

impl Trust {
    /// Reads the files: `ca_file` has more roots for all hosts.
    pub fn read(ca_file: Option<&Path>, runtime_config: Option<&Path>) -> anyhow::Result<Trust> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.into() };
        if let Some(path) = ca_file {
            add(&mut roots, path)?;
        }
        let client_tls = match runtime_config {
            Some(path) => read_config(path, &roots)
                .with_context(|| format!("failed to read {}", path.display()))?,
            None => Vec::new(),
        };
        Ok(Trust { roots, client_tls })
    }

    /// Refuses entries for components that there are not.
    pub fn check_components(&self, is_there: impl Fn(&str) -> bool) -> anyhow::Result<()> {
        let mut named = self.client_tls.iter().flat_map(|entry| &entry.components);
        match named.find(|name| !is_there(name)) {
            Some(name) => bail!("client_tls: there is no component `{name}`"),
            None => Ok(()),
        }
    }

    /// For hosts that are not named.
    pub fn usual(&self) -> anyhow::Result<ClientConfig> {
        config(self.roots.clone(), None)
    }

    /// For the hosts that are named for this component.
    pub fn of_component(&self, name: &str) -> anyhow::Result<Vec<(Vec<String>, ClientConfig)>> {
        let entries =
            self.client_tls.iter().filter(|entry| entry.components.iter().any(|it| it == name));
        entries
            .map(|entry| {
                let client = entry.client.as_ref();
                let client = client.map(|(chain, key)| (chain.clone(), key.clone_key()));
                Ok((entry.hosts.clone(), config(entry.roots.clone(), client)?))
            })
            .collect()
    }
}

fn config(
    roots: RootCertStore,
    client: Option<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)>,
) -> anyhow::Result<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots);
    Ok(match client {
        Some((chain, key)) => config
            .with_client_auth_cert(chain, key)
            .context("client_cert_file and client_private_key_file do not fit")?,
        None => config.with_no_client_auth(),
    })
}

/// Relative paths are those from the folder of the file, as with Spin.
fn read_config(path: &Path, usual: &RootCertStore) -> anyhow::Result<Vec<ClientTls>> {
    let config: RuntimeConfig = toml::from_str(&fs::read_to_string(path)?)?;
    ensure!(
        config.outbound_networking.is_none(),
        "this host does not offer `[outbound_networking]`; block networks in front of it"
    );
    let folder = path.parent().unwrap_or(Path::new(""));
    config
        .client_tls
        .into_iter()
        .enumerate()
        .map(|(n, entry)| {
            entry.read(folder, usual).with_context(|| format!("client_tls number {}", n + 1))
        })
        .collect()
}

impl ClientTlsToml {
    fn read(self, folder: &Path, usual: &RootCertStore) -> anyhow::Result<ClientTls> {
        ensure!(!self.component_ids.is_empty(), "component_ids is empty");
        ensure!(!self.hosts.is_empty(), "hosts is empty");
        for host in &self.hosts {
            ensure!(
                !host.is_empty() && !host.contains(['/', ':', '*', '@']),
                "`{host}` is not the name of a host alone"
            );
        }
        let mut roots = match (self.ca_use_webpki_roots, &self.ca_roots_file) {
            (Some(true), _) => RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.into() },
            (None, None) if self.ca_use_platform_roots.is_none() => usual.clone(),
            _ => RootCertStore::empty(),
        };
        if self.ca_use_platform_roots == Some(true) {
            add(&mut roots, Path::new(PLATFORM))?;
        }
        if let Some(path) = self.ca_roots_file {
            add(&mut roots, &folder.join(path))?;
        }
        ensure!(!roots.is_empty(), "it trusts nobody: all roots are switched off");
        let client = match (self.client_cert_file, self.client_private_key_file) {
            (Some(chain), Some(key)) => {
                let key = folder.join(key);
                let context = || format!("failed to read the key in {}", key.display());
                let chain = certificates(&folder.join(chain))?;
                Some((chain, PrivateKeyDer::from_pem_file(&key).with_context(context)?))
            }
            (None, None) => None,
            _ => bail!("client_cert_file and client_private_key_file go together"),
        };
        let hosts = self.hosts.iter().map(|host| host.to_ascii_lowercase()).collect();
        let entry = ClientTls { components: self.component_ids, hosts, roots, client };
        // What does not fit must not show with the first delivery only.
        let client = entry.client.as_ref().map(|(chain, key)| (chain.clone(), key.clone_key()));
        config(entry.roots.clone(), client)?;
        Ok(entry)
    }
}

fn add(roots: &mut RootCertStore, path: &Path) -> anyhow::Result<()> {
    for certificate in certificates(path)? {
        let context = || format!("a certificate in {} cannot be a root", path.display());
        roots.add(certificate).with_context(context)?;
    }
    Ok(())
}

/// At least one.
fn certificates(path: &Path) -> anyhow::Result<Vec<CertificateDer<'static>>> {
    let context = || format!("failed to read certificates from {}", path.display());
    let certificates: Vec<_> = CertificateDer::pem_file_iter(path)
        .and_then(|found| found.collect())
        .with_context(context)?;
    ensure!(!certificates.is_empty(), "there is no certificate in {}", path.display());
    Ok(certificates)
}

#[cfg(test)]
mod tests;
