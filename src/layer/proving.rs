//! From a request to its proof: the head, a tenant's keys, the body.

use core::task::{Context, Poll};
use std::error::Error;

use bytes::Bytes;
use http::Request;
use http_body::Body;

use super::read::{Deadline, poll_body};
use crate::endpoint::{Endpoint, Keyed, LookUp, NotBegun};
use crate::error::VerifyError;
use crate::verify::{Proven, Verification};

/// How far a request's proof has come. What is under way stands in a box that is made when it has to
/// be waited for: a delivery whose body is there with its head is proven in one go, on the stack.
#[derive(Default)]
pub(crate) enum Proving {
    #[default]
    Head,
    Keys(Box<LookUp>),
    Body(Box<Reading>),
}

pub(crate) struct Reading {
    verification: Verification,
    deadline: Deadline,
}

impl Proving {
    /// Judges the head, and reads as much of the body as is there. An error is final, and so is the
    /// proof: there is nothing to be polled for then.
    #[inline]
    pub(crate) fn poll<B>(
        &mut self,
        endpoint: &Endpoint,
        request: &mut Request<B>,
        cx: &mut Context<'_>,
    ) -> Poll<Result<Proven, VerifyError>>
    where
        B: Body<Data = Bytes> + Unpin,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        if !matches!(self, Self::Head) {
            return self.poll_waiting(endpoint, request, cx);
        }
        match endpoint.keys((&*request).into()) {
            Ok(keyed) => self.begin(keyed, endpoint, request, cx),
            Err(NotBegun::Refused(error)) => Poll::Ready(Err(error)),
            Err(NotBegun::LookingUp(look_up)) => {
                *self = Self::Keys(Box::new(look_up));
                self.poll_waiting(endpoint, request, cx)
            }
        }
    }

    #[inline(always)]
    fn begin<B>(
        &mut self,
        keyed: Keyed,
        endpoint: &Endpoint,
        request: &mut Request<B>,
        cx: &mut Context<'_>,
    ) -> Poll<Result<Proven, VerifyError>>
    where
        B: Body<Data = Bytes> + Unpin,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let mut verification = Verification::new(keyed.keys);
        if let Err(error) = endpoint.judge(&mut verification, (&*request).into(), keyed.now) {
            return Poll::Ready(Err(error));
        }
        let mut deadline = Deadline::default();
        let mut take = |frame| verification.update(frame);
        let after = endpoint.body_deadline();
        match poll_body(request.body_mut(), &mut take, &mut deadline, after, cx) {
            Poll::Ready(Ok(())) => Poll::Ready(verification.prove()),
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => {
                verification.keep();
                *self = Self::Body(Box::new(Reading {
                    verification,
                    deadline,
                }));
                Poll::Pending
            }
        }
    }

    #[cold]
    fn poll_waiting<B>(
        &mut self,
        endpoint: &Endpoint,
        request: &mut Request<B>,
        cx: &mut Context<'_>,
    ) -> Poll<Result<Proven, VerifyError>>
    where
        B: Body<Data = Bytes> + Unpin,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        match core::mem::take(self) {
            Self::Head => Poll::Pending,
            Self::Keys(mut look_up) => match look_up.poll(cx) {
                Poll::Ready(Ok(keyed)) => self.begin(keyed, endpoint, request, cx),
                Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
                Poll::Pending => {
                    *self = Self::Keys(look_up);
                    Poll::Pending
                }
            },
            Self::Body(mut reading) => {
                let Reading {
                    verification,
                    deadline,
                } = &mut *reading;
                let mut take = |frame| verification.update(frame);
                let after = endpoint.body_deadline();
                match poll_body(request.body_mut(), &mut take, deadline, after, cx) {
                    Poll::Ready(Ok(())) => Poll::Ready(reading.verification.prove()),
                    Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
                    Poll::Pending => {
                        *self = Self::Body(reading);
                        Poll::Pending
                    }
                }
            }
        }
    }
}
