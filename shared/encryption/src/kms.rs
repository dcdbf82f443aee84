//! AWS KMS as the key service, told the tenant and whose secret it is as the encryption context. What it answers is not logged.

use crate::{DataKey, EncryptionContext, EncryptionError, Keys};
use aws_sdk_kms::Client;
use aws_sdk_kms::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_kms::operation::decrypt::DecryptError;
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::DataKeySpec;
use futures::FutureExt;
use futures::future::BoxFuture;
use sdk_error::Failure;
use std::collections::HashMap;

/// KMS, and the name of the key there.
impl Keys for (Client, String) {
    fn id(&self) -> &str {
        &self.1
    }

    fn make<'a>(&'a self, place: &'a EncryptionContext) -> BoxFuture<'a, Result<(DataKey, Vec<u8>), EncryptionError>> {
        let (client, id) = self;
        let asked = client.generate_data_key().key_id(id).key_spec(DataKeySpec::Aes256);
        async move {
            let answer = asked.set_encryption_context(context(place)).send().await.map_err(|error| classify(&error))?;
            match (answer.plaintext, answer.ciphertext_blob) {
                (Some(plain), Some(wrapped)) => Ok((DataKey::new(plain.as_ref())?, wrapped.into_inner())),
                (_, _) => Err(EncryptionError::Unavailable("an answer without a key".to_owned())),
            }
        }
        .boxed()
    }

    fn reveal<'a>(
        &'a self,
        id: &'a str,
        wrapped: &'a [u8],
        place: &'a EncryptionContext,
    ) -> BoxFuture<'a, Result<DataKey, EncryptionError>> {
        let asked = self.0.decrypt().key_id(id).ciphertext_blob(Blob::new(wrapped));
        async move {
            let answer = asked.set_encryption_context(context(place)).send().await.map_err(|error| refusal(&error))?;
            let plain =
                answer.plaintext.ok_or_else(|| EncryptionError::Unavailable("an answer without a key".to_owned()))?;
            DataKey::new(plain.as_ref())
        }
        .boxed()
    }
}

fn context(place: &EncryptionContext) -> Option<HashMap<String, String>> {
    Some(place.context().map(|(name, value)| (name.to_owned(), value)).into())
}

/// A key that KMS did not wrap, or for somebody else, will never open. Anything else is a matter of the network, of
/// leave, or of the key's state, which a person can mend.
fn refusal(error: &SdkError<DecryptError>) -> EncryptionError {
    match error.as_service_error() {
        Some(DecryptError::InvalidCiphertextException(_)) => {
            EncryptionError::Unreadable("its key was changed, or is another tenant's, number's or person's")
        }
        Some(DecryptError::IncorrectKeyException(_)) => {
            EncryptionError::Unreadable("its key is wrapped by another one")
        }
        Some(_) | None => classify(error),
    }
}

fn classify<E: ProvideErrorMetadata>(error: &SdkError<E>) -> EncryptionError {
    EncryptionError::Unavailable(Failure::from_sdk(error).to_string())
}
