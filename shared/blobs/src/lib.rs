//! Files in the bucket: one door to S3. Browsers put and get a file by a link that is signed for it alone; functions use the
//! same links, and stream. What is in a file, and to whom it is shown, is not known here.
//!
//! There is no client of the AWS SDK: S3's would be the largest of them, and four requests need none. The links are signed
//! by the SDK's own signer.

mod bucket;
mod sign;
mod transport;

pub use bucket::{BlobError, Blobs, Facts};
pub use sign::Link;
pub use transport::{ByteStream, Transport, http_client, once};
