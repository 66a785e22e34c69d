//! TLS: whom the store believes, and whom the server does.

use hookproof::ConfigErrorKind;
use hookproof::replay::{Claim, RedisStore, RedisStoreBuilder, ReplayStore};

use crate::support::certificates::{Authority, with_tls};
use crate::support::redis::{RedisServer, fresh};
use crate::{DEADLINE, LONG};

fn server(authority: &Authority, name: &str, clients: &'static str) -> RedisServer {
    RedisServer::start_with(&with_tls(clients), |folder| authority.equip(folder, name))
}

fn builder(server: &RedisServer, suffix: &str) -> RedisStoreBuilder {
    RedisStore::builder(&format!("rediss://localhost:{}/0{suffix}", server.port()))
}

#[tokio::test]
async fn a_server_whose_certificate_comes_from_elsewhere_is_not_believed() {
    let authority = Authority::new();
    let server = server(&authority, "localhost", "no");
    let believing = [
        builder(&server, ""),
        builder(&server, "").root_certificate(Authority::new().pem),
    ];
    for builder in believing {
        let store = builder.build().expect("a usable address");
        assert!(store.claim(&fresh(), LONG).await.is_err());
    }
}

#[tokio::test]
async fn a_server_of_another_name_is_not_believed() {
    let authority = Authority::new();
    let server = server(&authority, "redis.example", "no");
    let store = builder(&server, "").root_certificate(authority.pem).build();
    let store = store.expect("a usable address");
    assert!(store.claim(&fresh(), LONG).await.is_err());
}

#[tokio::test]
async fn an_address_cannot_switch_belief_off() {
    let authority = Authority::new();
    let server = server(&authority, "redis.example", "no");
    if let Ok(store) = builder(&server, "#insecure").build() {
        assert!(store.claim(&fresh(), LONG).await.is_err());
    }
}

#[tokio::test]
async fn a_client_shows_its_certificate_where_the_server_asks_for_one() {
    let authority = Authority::new();
    let server = server(&authority, "localhost", "yes");
    let nameless = builder(&server, "").root_certificate(authority.pem.clone());
    let nameless = nameless.build().expect("a usable address");
    assert!(nameless.claim(&fresh(), LONG).await.is_err());

    let client = authority.certify("receiver.example");
    let known = builder(&server, "")
        .root_certificate(authority.pem.clone())
        .client_certificate(client.certificate.clone(), client.key.clone());
    let shown = format!("{known:?}");
    let store = known.build().expect("a usable address");
    let claimed = store.claim(&fresh(), LONG).await.expect("an answer");
    assert_eq!(claimed, Claim::Claimed);
    let secret = client.key.lines().nth(1).expect("a line of the key");
    for text in [shown, format!("{store:?}")] {
        assert!(!text.contains(secret), "{text}");
        assert!(text.len() < 200, "the address is enough: {text}");
    }
}

#[tokio::test]
async fn a_certificate_that_cannot_be_read_is_a_mistake_of_the_set_up() {
    let client = Authority::new().certify("receiver.example");
    let builder = || RedisStore::builder("rediss://localhost:6379/0");
    let broken = [
        builder().root_certificate("nonsense"),
        builder().root_certificate(""),
        builder().root_certificate(client.key.clone()),
        builder().client_certificate("nonsense", client.key.clone()),
        builder().client_certificate(client.certificate.clone(), "nonsense"),
        builder().client_certificate(client.key.clone(), client.certificate.clone()),
    ];
    let kinds = broken.map(|builder| builder.build().map(|_| ()).map_err(|error| error.kind()));
    assert_eq!(kinds, [Err(ConfigErrorKind::BadStore); 6]);
}

#[tokio::test]
async fn a_server_without_tls_is_an_error() {
    let server = RedisServer::start(&[]);
    let store = builder(&server, "").deadline(DEADLINE).build();
    let store = store.expect("a usable address");
    assert!(store.claim(&fresh(), LONG).await.is_err());
}
