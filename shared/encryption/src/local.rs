//! A key service for one machine and for tests: data keys wrapped by a key that follows from a secret.

use crate::envelope::NONCE_BYTES;
use crate::{DataKey, EncryptionContext, EncryptionError, Keys};
use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};
use domain::Secret;
use futures::FutureExt;
use futures::future::BoxFuture;
use std::fmt;

/// What the key is derived for, so that whatever else the secret is used for has nothing in common with it.
const PURPOSE: &[u8] = b"leadwire wrapping of data keys";

/// A key that wraps data keys by itself.
pub struct LocalKey {
    id: String,
    key: DataKey,
    bits: Box<dyn Fn() -> u128 + Send + Sync>,
}

impl LocalKey {
    /// The key called `id` that follows from `secret`; `bits` gives new ones whenever it is asked.
    ///
    /// # Panics
    /// Never: SHA-256 gives the 32 bytes that are asked of it.
    pub fn new(id: &str, secret: &Secret, bits: impl Fn() -> u128 + Send + Sync + 'static) -> Self {
        let mut bytes = [0; 32];
        let derived = Salt::new(HKDF_SHA256, &[]).extract(secret.expose().as_bytes());
        let filled = derived.expand(&[PURPOSE], HKDF_SHA256).and_then(|key| key.fill(&mut bytes));
        filled.expect("SHA-256 has 32 bytes");
        Self { id: id.to_owned(), key: DataKey::new(&bytes).expect("these are 32 bytes"), bits: Box::new(bits) }
    }

    fn wrap(&self, place: &EncryptionContext) -> Result<(DataKey, Vec<u8>), EncryptionError> {
        let bytes = [(self.bits)(), (self.bits)()].map(u128::to_be_bytes).concat();
        let mut nonce = [0; NONCE_BYTES];
        nonce.copy_from_slice(&(self.bits)().to_be_bytes()[..NONCE_BYTES]);
        let wrapped = self.key.encrypt(nonce, &bound_to(place), &bytes)?;
        Ok((DataKey::new(&bytes)?, [&nonce[..], &wrapped].concat()))
    }

    fn unwrap(&self, id: &str, wrapped: &[u8], place: &EncryptionContext) -> Result<DataKey, EncryptionError> {
        if id != self.id {
            return Err(EncryptionError::Unreadable("its key is wrapped by another one"));
        }
        let (nonce, wrapped) = wrapped.split_first_chunk().ok_or(EncryptionError::Unreadable("its key was cut off"))?;
        DataKey::new(&self.key.decrypt(*nonce, &bound_to(place), wrapped.to_vec())?)
    }
}

fn bound_to(place: &EncryptionContext) -> String {
    place.context().map(|(name, value)| format!("{name} {value}")).join(" ")
}

impl Keys for LocalKey {
    fn id(&self) -> &str {
        &self.id
    }

    fn make<'a>(&'a self, place: &'a EncryptionContext) -> BoxFuture<'a, Result<(DataKey, Vec<u8>), EncryptionError>> {
        std::future::ready(self.wrap(place)).boxed()
    }

    fn reveal<'a>(
        &'a self,
        id: &'a str,
        wrapped: &'a [u8],
        place: &'a EncryptionContext,
    ) -> BoxFuture<'a, Result<DataKey, EncryptionError>> {
        std::future::ready(self.unwrap(id, wrapped, place)).boxed()
    }
}

impl fmt::Debug for LocalKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LocalKey").field(&self.id).finish()
    }
}
