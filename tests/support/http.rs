//! Signed requests, bodies that misbehave, and services that watch what reaches them.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::error::Error;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use hookproof::scheme::Scheme;
use hookproof::{Endpoint, Proven, Secret, Signer, VerifiedBody, Verifier};
use http::{HeaderMap, Request, Response, StatusCode};
use http_body::{Body, Frame, SizeHint};
use http_body_util::{BodyExt, Empty};
use tower::Service;

pub const SECRET: &str = "whsec_tpPP0gy09drhzYOBIKJ2Pi1LArrIedNxECYw8BbmHqo=";

pub fn verifier(scheme: &Scheme) -> Verifier {
    Verifier::new(scheme, Secret::new(SECRET)).expect("a usable secret")
}

pub fn endpoint(scheme: &Scheme) -> Endpoint {
    Endpoint::builder(scheme.slug(), verifier(scheme))
        .without_replay_guard()
        .build()
        .expect("a sound endpoint")
}

/// The headers that sign a body now.
pub fn signed(scheme: &Scheme, body: &[u8]) -> HeaderMap {
    let mut given = HeaderMap::new();
    for name in ["webhook-id", "svix-id", "x-webhook-id"] {
        given.insert(name, "id_1".parse().expect("a value"));
    }
    let now = i64::try_from(
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .expect("after 1970")
            .as_secs(),
    )
    .expect("before the end of time");
    Signer::new(scheme, Secret::new(SECRET))
        .expect("a usable secret")
        .sign_at(&given, body, hookproof::UnixTime::from_secs(now))
        .expect("signed")
}

pub fn request<B>(headers: HeaderMap, body: B) -> Request<B> {
    let mut request = Request::post("/").body(body).expect("a request");
    *request.headers_mut() = headers;
    request
}

/// A scripted body: frames, then an end that it may keep to itself.
pub struct Scripted {
    pub frames: VecDeque<Step>,
    /// Whether `is_end_stream` tells the truth; else it always says no.
    pub says_end: bool,
    pub hint: SizeHint,
    pub polls: Arc<AtomicUsize>,
}

pub enum Step {
    Data(Bytes),
    Error,
    /// Gives way once, waking itself.
    Later,
    /// Never comes back.
    Never,
    /// Empty frames for ever.
    EmptyForEver,
    Trailers,
}

impl Scripted {
    pub fn new(frames: impl IntoIterator<Item = Step>) -> Self {
        Self {
            frames: frames.into_iter().collect(),
            says_end: true,
            hint: SizeHint::default(),
            polls: Arc::default(),
        }
    }

    pub fn data(body: &[u8]) -> Self {
        Self::new([Step::Data(Bytes::copy_from_slice(body))])
    }

    pub fn pieces(body: &[u8], size: usize) -> Self {
        Self::new(
            body.chunks(size)
                .map(|piece| Step::Data(Bytes::copy_from_slice(piece))),
        )
    }
}

impl Body for Scripted {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.polls.fetch_add(1, Ordering::SeqCst);
        match self.frames.pop_front() {
            None => Poll::Ready(None),
            Some(Step::Data(data)) => Poll::Ready(Some(Ok(Frame::data(data)))),
            Some(Step::Error) => {
                // An error is final: whoever polls on runs into this.
                self.frames.push_front(Step::Never);
                Poll::Ready(Some(Err("the connection broke".into())))
            }
            Some(Step::Later) => {
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            Some(Step::Never) => {
                self.frames.push_front(Step::Never);
                Poll::Pending
            }
            Some(Step::EmptyForEver) => {
                self.frames.push_front(Step::EmptyForEver);
                Poll::Ready(Some(Ok(Frame::data(Bytes::new()))))
            }
            Some(Step::Trailers) => Poll::Ready(Some(Ok(Frame::trailers(HeaderMap::new())))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.says_end && self.frames.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.hint
    }
}

/// What a watching service saw.
#[derive(Clone, Default)]
pub struct Seen {
    pub calls: Arc<AtomicUsize>,
}

impl Seen {
    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::SeqCst)
    }
}

/// Answers 200 with the proven body, after checking that body and proof agree.
pub async fn echo(
    seen: Seen,
    request: Request<VerifiedBody>,
) -> Result<Response<Answer>, Infallible> {
    seen.calls.fetch_add(1, Ordering::SeqCst);
    let proven = Proven::of(request.extensions())
        .expect("a proof")
        .body()
        .clone();
    let hint = request.body().size_hint();
    let body = request
        .into_body()
        .collect()
        .await
        .expect("infallible")
        .to_bytes();
    assert_eq!(body, proven, "body and proof are the same bytes");
    assert_eq!(hint.exact(), u64::try_from(body.len()).ok());
    Ok(Response::new(Empty::new()))
}

pub type Answer = Empty<Bytes>;

/// Panics when it is called without having said that it is ready, as tower permits.
#[derive(Default)]
pub struct Strict {
    ready: bool,
}

impl Clone for Strict {
    fn clone(&self) -> Self {
        Self { ready: false }
    }
}

impl Service<Request<VerifiedBody>> for Strict {
    type Response = Response<Answer>;
    type Error = Infallible;
    type Future = std::future::Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.ready = true;
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<VerifiedBody>) -> Self::Future {
        assert!(
            std::mem::take(&mut self.ready),
            "called without being ready"
        );
        std::future::ready(Ok(Response::new(Empty::new())))
    }
}

/// A response as the sender sees it: status, headers, body.
pub async fn outward<B: Body<Data = Bytes>>(response: Response<B>) -> (StatusCode, HeaderMap, Bytes)
where
    B::Error: std::fmt::Debug,
{
    let (parts, body) = response.into_parts();
    let body = body.collect().await.expect("a body").to_bytes();
    (parts.status, parts.headers, body)
}
