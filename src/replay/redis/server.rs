//! What is connected to: one server, or a cluster.

use core::fmt;
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, RedisError, ScriptInvocation};
#[cfg(feature = "redis-cluster")]
use redis::{cluster::ClusterClient, cluster_async::ClusterConnection};

/// Where it is.
pub(super) enum Server {
    One(Box<Client>),
    /// A client of all nodes, and the addresses that it begins with.
    #[cfg(feature = "redis-cluster")]
    Cluster(Box<ClusterClient>, Vec<String>),
}

/// A connection to it. Clones are the same connection.
#[derive(Clone)]
pub(super) enum Wire {
    One(MultiplexedConnection),
    #[cfg(feature = "redis-cluster")]
    Cluster(ClusterConnection),
}

impl Server {
    /// Takes as long as it takes: connecting and calls have deadlines elsewhere.
    pub(super) async fn connect(&self) -> Result<Wire, RedisError> {
        match self {
            Self::One(client) => {
                let config = AsyncConnectionConfig::new()
                    .set_connection_timeout(None)
                    .set_response_timeout(None);
                let connection = client.get_multiplexed_async_connection_with_config(&config);
                Ok(Wire::One(connection.await?))
            }
            #[cfg(feature = "redis-cluster")]
            Self::Cluster(client, _) => Ok(Wire::Cluster(client.get_async_connection().await?)),
        }
    }
}

impl Wire {
    pub(super) async fn invoke(
        &mut self,
        script: &ScriptInvocation<'_>,
    ) -> Result<i64, RedisError> {
        match self {
            Self::One(connection) => script.invoke_async(connection).await,
            #[cfg(feature = "redis-cluster")]
            Self::Cluster(connection) => script.invoke_async(connection).await,
        }
    }
}

/// The address, without the name and password that may stand in its URL.
impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(client) => {
                fmt::Debug::fmt(&client.get_connection_info().addr().to_string(), f)
            }
            #[cfg(feature = "redis-cluster")]
            Self::Cluster(_, addresses) => f.debug_list().entries(addresses).finish(),
        }
    }
}
