//! The store on Redis, however the server is reached.

use std::sync::Arc;

use hookproof::replay::{RedisStore, ReplayStore, conformance};

use crate::support::redis::{RedisServer, eventually, prefix, shared};

async fn conforms(store: &impl ReplayStore) {
    conformance::check(store, tokio::time::sleep)
        .await
        .expect("it conforms");
}

fn store(url: &str) -> RedisStore {
    RedisStore::builder(url)
        .key_prefix(prefix())
        .build()
        .expect("a usable address")
}

#[tokio::test]
async fn the_redis_store_conforms() {
    let server = shared();
    let plain = store(server.url());
    let behind_a_pointer: Arc<dyn ReplayStore> = Arc::new(Arc::new(store(server.url())));
    tokio::join!(conforms(&plain), conforms(&behind_a_pointer));
}

#[cfg(unix)]
#[tokio::test]
async fn the_redis_store_conforms_through_a_unix_socket() {
    let server = RedisServer::start(&["--port", "0", "--unixsocket", "{folder}/socket"]);
    let socket = server.folder().join("socket");
    conforms(&store(&format!("unix://{}", socket.display()))).await;
}

#[tokio::test]
async fn the_redis_store_conforms_on_a_node_of_a_cluster() {
    let server = RedisServer::start(&["--cluster-enabled", "yes"]);
    let () = server.ask(&["CLUSTER", "ADDSLOTSRANGE", "0", "16383"]);
    eventually(
        "the cluster works",
        std::time::Duration::from_secs(10),
        || {
            let state: String = server.ask(&["CLUSTER", "INFO"]);
            state.contains("cluster_state:ok")
        },
    )
    .await;
    conforms(&store(&server.url())).await;
}

#[cfg(feature = "redis-tls")]
#[tokio::test]
async fn the_redis_store_conforms_over_tls() {
    use crate::support::certificates::{Authority, with_tls};

    let authority = Authority::new();
    let server = RedisServer::start_with(&with_tls("no"), |folder| {
        authority.equip(folder, "localhost");
    });
    let store = RedisStore::builder(&format!("rediss://localhost:{}/0", server.port()))
        .root_certificate(authority.pem)
        .build()
        .expect("a usable address");
    conforms(&store).await;
}
