//! Addresses, passwords, and what is said of them.

use std::fmt::Debug;
use std::time::Duration;

use hookproof::ConfigErrorKind;
use hookproof::replay::{Claim, RedisStore, RedisStoreBuilder, ReplayStore};

use crate::LONG;
use crate::support::redis::{RedisServer, fresh};

const PASSWORD: &str = "hunter2-correct-horse";

#[test]
fn a_store_is_a_value_to_share() {
    fn is<T: Clone + Debug + Send + Sync + 'static>() {}
    fn is_built<T: Debug + Send + Sync + 'static>() {}
    is::<RedisStore>();
    is_built::<RedisStoreBuilder>();
}

#[test]
fn an_address_that_cannot_be_read_is_a_mistake_of_the_set_up() {
    let secret = PASSWORD;
    let addresses = [
        String::new(),
        " ".to_owned(),
        "127.0.0.1:6379".to_owned(),
        "http://127.0.0.1:6379".to_owned(),
        "redis:".to_owned(),
        "redis://".to_owned(),
        format!("http://user:{secret}@127.0.0.1:6379/0"),
        format!("redis://user:{secret}@127.0.0.1:{secret}/0"),
        format!("redis://user:{secret}@127.0.0.1:99999/0"),
        format!("redis://user:{secret}@127.0.0.1:6379/{secret}"),
        format!("redis://user:{secret}@/0"),
        format!("redis://user:{secret}"),
        format!("redis://user:{secret}@[::1/0"),
        format!("redis://user:%ff{secret}@127.0.0.1/0"),
        format!("redis://127.0.0.1/?protocol={secret}"),
    ];
    for address in addresses {
        let error = match RedisStore::new(&address) {
            Err(error) => error,
            Ok(store) => panic!("{address:?} passed: {store:?}"),
        };
        assert_eq!(error.kind(), ConfigErrorKind::BadStore, "{address:?}");
        for text in [format!("{error}"), format!("{error:?}")] {
            assert!(!text.contains(secret), "{text}");
            assert!(text.contains("redis://host:port/database"), "{text}");
        }
    }
}

#[test]
fn a_deadline_of_zero_is_a_mistake_of_the_set_up() {
    let built = RedisStore::builder("redis://127.0.0.1/0")
        .deadline(Duration::ZERO)
        .build();
    let error = built.expect_err("no call would be answered");
    assert_eq!(error.kind(), ConfigErrorKind::BadStore);
}

#[tokio::test]
async fn a_password_opens_the_server_and_shows_nowhere() {
    let server = RedisServer::start(&["--requirepass", PASSWORD]);
    let with = |userinfo: &str| server.url().replace("://", &format!("://{userinfo}"));
    let right = with(&format!(":{PASSWORD}@"));
    let shown = format!("{:?}", RedisStore::builder(&right));
    assert!(!shown.contains(PASSWORD), "{shown}");
    let store = RedisStore::new(&right).expect("a usable address");
    let claimed = store.claim(&fresh(), LONG).await;
    assert_eq!(claimed.ok(), Some(Claim::Claimed));
    let shown = format!("{store:?}");
    assert!(!shown.contains(PASSWORD), "{shown}");
    let address = format!("\"127.0.0.1:{}\"", server.port());
    assert!(shown.contains(&address), "{shown}");

    let by_name = RedisStore::new(&with(&format!("default:{PASSWORD}@")));
    let claimed = by_name
        .expect("a usable address")
        .claim(&fresh(), LONG)
        .await;
    assert_eq!(claimed.ok(), Some(Claim::Claimed));

    let wrong = format!("{PASSWORD}-not");
    for userinfo in [
        String::new(),
        format!(":{wrong}@"),
        format!("{wrong}:{wrong}@"),
    ] {
        let store = RedisStore::new(&with(&userinfo)).expect("a usable address");
        let error = store.claim(&fresh(), LONG).await.expect_err("no entry");
        for text in [
            format!("{error}"),
            format!("{error:?}"),
            format!("{store:?}"),
        ] {
            assert!(!text.contains(PASSWORD), "{text}");
        }
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_password_opens_a_unix_socket_too_and_shows_nowhere() {
    let server =
        RedisServer::start(&["--unixsocket", "{folder}/socket", "--requirepass", PASSWORD]);
    let socket = server.folder().join("socket");
    for scheme in ["unix", "redis+unix"] {
        let url = format!("{scheme}://{}?db=3&pass={PASSWORD}", socket.display());
        let store = RedisStore::new(&url).expect("a usable address");
        let claimed = store.claim(&fresh(), LONG).await;
        assert_eq!(claimed.ok(), Some(Claim::Claimed));
        let shown = format!("{store:?} {:?}", RedisStore::builder(&url));
        assert!(!shown.contains(PASSWORD), "{shown}");
    }
}
