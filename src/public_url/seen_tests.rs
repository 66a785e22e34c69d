use http::{Extensions, Uri};

use super::{peer, uri_as_sent};

#[test]
fn without_a_word_of_the_server_there_is_no_peer() {
    assert_eq!(peer(&Extensions::new()), None);
}

#[cfg(feature = "proxies")]
#[test]
fn the_peer_is_the_one_that_the_server_tells() {
    let mut extensions = Extensions::new();
    extensions.insert(super::PeerAddr(([10, 0, 0, 1], 4711).into()));
    assert_eq!(peer(&extensions), Some([10, 0, 0, 1].into()));
}

#[cfg(feature = "proxies")]
#[test]
fn an_address_of_another_type_is_no_peer() {
    let mut extensions = Extensions::new();
    extensions.insert(std::net::SocketAddr::from(([10, 0, 0, 1], 4711)));
    assert_eq!(peer(&extensions), None);
}

#[cfg(all(feature = "proxies", feature = "axum"))]
#[test]
fn the_peer_is_also_the_one_that_axum_tells_unless_the_server_does() {
    use axum::extract::ConnectInfo;
    use std::net::SocketAddr;

    let mut extensions = Extensions::new();
    extensions.insert(ConnectInfo(SocketAddr::from(([10, 0, 0, 2], 4711))));
    assert_eq!(peer(&extensions), Some([10, 0, 0, 2].into()));
    extensions.insert(super::PeerAddr(([10, 0, 0, 1], 4711).into()));
    assert_eq!(peer(&extensions), Some([10, 0, 0, 1].into()));
}

#[test]
fn a_target_that_nothing_shortened_is_the_one_that_was_sent() {
    let uri = Uri::from_static("/hooks/square?shop=7");
    assert_eq!(uri_as_sent(&uri, &Extensions::new()), &uri);
}

#[cfg(feature = "axum")]
#[tokio::test]
async fn a_target_that_a_nested_router_shortened_is_whole_again() {
    use axum::{Router, extract::Request, routing::post};
    use tower::ServiceExt as _;

    async fn targets(request: Request) -> String {
        let sent = uri_as_sent(request.uri(), request.extensions());
        format!("{} {sent}", request.uri())
    }
    let inner = Router::new().route("/square", post(targets));
    let app = Router::new().nest("/api", Router::new().nest("/hooks", inner));
    let request = Request::post("/api/hooks/square?shop=7")
        .body(axum::body::Body::empty())
        .unwrap();
    let body = app.oneshot(request).await.unwrap().into_body();
    let said = axum::body::to_bytes(body, 1024).await.unwrap();
    assert_eq!(said, "/square?shop=7 /api/hooks/square?shop=7");
}
