//! Building a Redis store.

use core::fmt;
use std::time::Duration;

use redis::io::tcp::TcpSettings;
use redis::{Client, ConnectionInfo, IntoConnectionInfo as _, RedisResult};

use super::RedisStore;
use super::connection::Connection;
use super::server::Server;
use crate::error::ConfigError;

/// Builds a [`RedisStore`].
#[must_use = "a builder does nothing until `build`"]
pub struct RedisStoreBuilder {
    urls: Vec<String>,
    #[cfg(feature = "redis-cluster")]
    is_cluster: bool,
    prefix: String,
    deadline: Duration,
    #[cfg(feature = "redis-tls")]
    tls: Tls,
}

/// PEM texts; none of them shows in `Debug`.
#[cfg(feature = "redis-tls")]
#[derive(Default)]
struct Tls {
    root: Option<Vec<u8>>,
    client: Option<(Vec<u8>, Vec<u8>)>,
}

impl RedisStoreBuilder {
    pub(super) fn new(urls: &[&str]) -> Self {
        Self {
            urls: urls.iter().map(|&url| url.to_owned()).collect(),
            #[cfg(feature = "redis-cluster")]
            is_cluster: false,
            prefix: RedisStore::DEFAULT_KEY_PREFIX.to_owned(),
            deadline: RedisStore::DEFAULT_DEADLINE,
            #[cfg(feature = "redis-tls")]
            tls: Tls::default(),
        }
    }

    #[cfg(feature = "redis-cluster")]
    pub(super) const fn of_cluster(mut self) -> Self {
        self.is_cluster = true;
        self
    }

    /// What keys begin with. Receivers that share deliveries share it.
    pub fn key_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// How long a call may take, connecting included.
    pub const fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// The authority, in PEM, that the server's certificate must come from, in place of the
    /// system's.
    #[cfg(feature = "redis-tls")]
    #[cfg_attr(docsrs, doc(cfg(feature = "redis-tls")))]
    pub fn root_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.tls.root = Some(pem.into());
        self
    }

    /// The certificate and key, in PEM, by which the server knows this client.
    #[cfg(feature = "redis-tls")]
    #[cfg_attr(docsrs, doc(cfg(feature = "redis-tls")))]
    pub fn client_certificate(
        mut self,
        certificate: impl Into<Vec<u8>>,
        key: impl Into<Vec<u8>>,
    ) -> Self {
        self.tls.client = Some((certificate.into(), key.into()));
        self
    }

    /// The store. It does not connect yet.
    ///
    /// # Errors
    ///
    /// `bad-store` where the address cannot be read, asks for TLS without the feature `redis-tls`,
    /// a certificate cannot be read, or the deadline is zero.
    pub fn build(self) -> Result<RedisStore, ConfigError> {
        if self.deadline.is_zero() {
            return Err(ConfigError::store(
                "the store's deadline is zero: no call would be answered",
            ));
        }
        #[cfg(feature = "redis-tls")]
        if !self.tls.is_readable() {
            return Err(ConfigError::store(
                "a certificate of the Redis store cannot be read: give PEM text",
            ));
        }
        // The reason is the client's own: an address may hold a password and is not repeated.
        let server = self.server().map_err(|why| {
            ConfigError::store(format!(
                "the address of the Redis store cannot be used ({}): write redis://host:port/database, or rediss:// with the feature redis-tls",
                why.category()
            ))
        })?;
        let connection = Connection::new(server, self.deadline);
        Ok(RedisStore::assemble(connection, self.prefix))
    }

    fn server(&self) -> RedisResult<Server> {
        let nodes = self.urls.iter().map(|url| node(url));
        let nodes = nodes.collect::<RedisResult<Vec<_>>>()?;
        #[cfg(feature = "redis-cluster")]
        if self.is_cluster {
            return self.cluster(nodes);
        }
        let Some(node) = nodes.into_iter().next() else {
            return Err((redis::ErrorKind::InvalidClientConfig, "no address").into());
        };
        #[cfg(feature = "redis-tls")]
        if uses_tls(&node) {
            prepare_rustls();
            let client = Client::build_with_tls(node, self.tls.certificates())?;
            return Ok(Server::One(Box::new(client)));
        }
        Ok(Server::One(Box::new(Client::open(node)?)))
    }

    #[cfg(feature = "redis-cluster")]
    fn cluster(&self, nodes: Vec<ConnectionInfo>) -> RedisResult<Server> {
        let addresses = nodes.iter().map(|node| node.addr().to_string()).collect();
        #[cfg(feature = "redis-tls")]
        let uses_tls = nodes.iter().any(uses_tls);
        let client = redis::cluster::ClusterClient::builder(nodes)
            .connection_timeout(self.deadline)
            .response_timeout(self.deadline)
            .tcp_settings(tcp_settings());
        #[cfg(feature = "redis-tls")]
        let client = if uses_tls {
            prepare_rustls();
            client.certs(self.tls.certificates())
        } else {
            client
        };
        Ok(Server::Cluster(Box::new(client.build()?), addresses))
    }
}

fn node(url: &str) -> RedisResult<ConnectionInfo> {
    Ok(url.into_connection_info()?.set_tcp_settings(tcp_settings()))
}

/// Calls are small and wait for nothing to be joined with.
fn tcp_settings() -> TcpSettings {
    TcpSettings::default().set_nodelay(true)
}

#[cfg(feature = "redis-tls")]
fn uses_tls(node: &ConnectionInfo) -> bool {
    matches!(node.addr(), redis::ConnectionAddr::TcpTls { .. })
}

/// rustls asks for one provider of cryptography a process; one that is set already stays.
#[cfg(feature = "redis-tls")]
fn prepare_rustls() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}

#[cfg(feature = "redis-tls")]
impl Tls {
    /// The client takes what it cannot read for no certificates at all.
    fn is_readable(&self) -> bool {
        use rustls::pki_types::CertificateDer;
        use rustls::pki_types::pem::PemObject as _;
        let certificates = self.client.iter().map(|(certificate, _)| certificate);
        certificates.chain(&self.root).all(|pem| {
            let mut read = CertificateDer::pem_slice_iter(pem).peekable();
            read.peek().is_some() && read.all(|one| one.is_ok())
        })
    }

    fn certificates(&self) -> redis::TlsCertificates {
        let client = self.client.as_ref();
        redis::TlsCertificates {
            client_tls: client.map(|(certificate, key)| redis::ClientTlsConfig {
                client_cert: certificate.clone(),
                client_key: key.clone(),
            }),
            root_cert: self.root.clone(),
        }
    }
}

impl fmt::Debug for RedisStoreBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStoreBuilder")
            .field("prefix", &self.prefix)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}
