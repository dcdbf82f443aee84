//! The way to the bucket, with faults.

use crate::calls::{Calls, Fault};
use blobs::{ByteStream, Transport, once};
use bytes::Bytes;
use emulator::Objects;
use futures::FutureExt;
use futures::future::BoxFuture;
use http::{Request, Response, StatusCode};
use std::io;

/// Every fault that a request to the bucket can have.
const FAULTS: [Fault; 7] = [
    Fault::CrashBefore,
    Fault::CrashAfter,
    Fault::FailBefore,
    Fault::FailAfter,
    Fault::Throttle,
    Fault::Delay,
    Fault::Unclear,
];

/// The way to the bucket. Clones are the same one.
#[derive(Clone, Debug)]
pub(crate) struct Bucket {
    pub(crate) calls: Calls,
    pub(crate) objects: Objects,
}

impl Bucket {
    async fn answer(self, request: Request<ByteStream>) -> io::Result<Response<ByteStream>> {
        match self.calls.fault(&FAULTS).await {
            Some(Fault::FailBefore) => Err(io::Error::other("planned")),
            Some(Fault::FailAfter) => {
                self.objects.answer(request).await;
                Err(io::Error::other("planned"))
            }
            Some(Fault::Throttle | Fault::Unclear) => {
                let mut answer = Response::new(once(Bytes::new()));
                *answer.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
                Ok(answer)
            }
            Some(Fault::CrashAfter) => {
                self.objects.answer(request).await;
                self.calls.crash().await
            }
            Some(
                Fault::CrashBefore
                | Fault::Delay
                | Fault::Conflict
                | Fault::Repeat
                | Fault::Stale
                | Fault::Partial
                | Fault::Garbled,
            )
            | None => Ok(self.objects.answer(request).await),
        }
    }
}

impl Transport for Bucket {
    fn carry(&self, request: Request<ByteStream>) -> BoxFuture<'static, io::Result<Response<ByteStream>>> {
        self.clone().answer(request).boxed()
    }
}
