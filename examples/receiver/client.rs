//! The other side: one request over a connection of its own.

use std::error::Error;
use std::net::SocketAddr;

use axum::http::{HeaderValue, Request, Response, header};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::deliveries::Delivery;

/// Sends a delivery and gives the answer, without its body, once that is read to its end.
pub(crate) async fn send(
    receiver: SocketAddr,
    delivery: &Delivery,
) -> Result<Response<()>, Box<dyn Error + Send + Sync>> {
    let mut request = Request::post(delivery.preset.path())
        .header(header::CONTENT_TYPE, "application/json")
        .body(Bytes::clone(&delivery.body))?;
    request.headers_mut().extend(delivery.headers.clone());
    Ok(ask(receiver, request).await?.map(drop))
}

/// Sends a request and reads the answer to its end.
pub(crate) async fn ask(
    server: SocketAddr,
    mut request: Request<Bytes>,
) -> Result<Response<Bytes>, Box<dyn Error + Send + Sync>> {
    let host = HeaderValue::from_str(&server.to_string())?;
    request.headers_mut().insert(header::HOST, host);

    let stream = TcpStream::connect(server).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let (answer, body) = sender
        .send_request(request.map(Full::new))
        .await?
        .into_parts();
    let body = body.collect().await?.to_bytes();
    Ok(Response::from_parts(answer, body))
}
