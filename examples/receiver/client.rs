//! The sender's side: one delivery over a connection of its own.

use std::error::Error;
use std::net::SocketAddr;

use axum::http::{Request, Response, header};
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
        .header(header::HOST, receiver.to_string())
        .header(header::CONTENT_TYPE, "application/json")
        .body(Full::new(Bytes::clone(&delivery.body)))?;
    request.headers_mut().extend(delivery.headers.clone());

    let stream = TcpStream::connect(receiver).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let (answer, body) = sender.send_request(request).await?.into_parts();
    body.collect().await?;
    Ok(Response::from_parts(answer, ()))
}
