//! The way to the bucket, past the meter.

use crate::Meter;
use blobs::{ByteStream, Transport};
use emulator::Objects;
use futures::FutureExt;
use futures::future::BoxFuture;
use http::{Request, Response};
use std::io;

/// The way to the bucket. Clones are the same one.
#[derive(Clone, Debug)]
pub struct Bucket {
    pub meter: Meter,
    pub objects: Objects,
}

impl Transport for Bucket {
    fn carry(&self, request: Request<ByteStream>) -> BoxFuture<'static, io::Result<Response<ByteStream>>> {
        self.meter.asked_for_file(request.method());
        let objects = self.objects.clone();
        async move { Ok(objects.answer(request).await) }.boxed()
    }
}
