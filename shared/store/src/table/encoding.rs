//! How values and bytes stand in an attribute: as JSON, or compressed.

use crate::StoreError;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::Serialize;
use std::io::{Read as _, Write as _};

pub(crate) fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Rejected(error.to_string()))
}

pub(crate) fn compress(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::fast());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.map_err(|error| StoreError::Rejected(error.to_string()))
}

pub(crate) fn decompress(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut plain = Vec::with_capacity(bytes.len() * 3);
    let read = DeflateDecoder::new(bytes).read_to_end(&mut plain);
    read.map_err(|error| StoreError::corrupt("compressed bytes", &error))?;
    Ok(plain)
}
