//! AWS KMS as the key service, told the tenant and whose secret it is as the encryption context. What it answers is not logged.

use crate::{DataKey, Keys, Place, SealError};
use aws_sdk_kms::Client;
use aws_sdk_kms::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_kms::operation::decrypt::DecryptError;
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::DataKeySpec;
use futures::FutureExt;
use futures::future::BoxFuture;
use std::collections::HashMap;

/// KMS, and the name of the key there.
impl Keys for (Client, String) {
    fn id(&self) -> &str {
        &self.1
    }

    fn make<'a>(&'a self, place: &'a Place) -> BoxFuture<'a, Result<(DataKey, Vec<u8>), SealError>> {
        let (client, id) = self;
        let asked = client.generate_data_key().key_id(id).key_spec(DataKeySpec::Aes256);
        async move {
            let answer = asked.set_encryption_context(context(place)).send().await.map_err(|error| lacking(&error))?;
            match (answer.plaintext, answer.ciphertext_blob) {
                (Some(plain), Some(wrapped)) => Ok((DataKey::new(plain.as_ref())?, wrapped.into_inner())),
                (_, _) => Err(SealError::Unavailable("an answer without a key".to_owned())),
            }
        }
        .boxed()
    }

    fn reveal<'a>(
        &'a self,
        id: &'a str,
        wrapped: &'a [u8],
        place: &'a Place,
    ) -> BoxFuture<'a, Result<DataKey, SealError>> {
        let asked = self.0.decrypt().key_id(id).ciphertext_blob(Blob::new(wrapped));
        async move {
            let answer = asked.set_encryption_context(context(place)).send().await.map_err(|error| refusal(&error))?;
            let plain = answer.plaintext.ok_or_else(|| SealError::Unavailable("an answer without a key".to_owned()))?;
            DataKey::new(plain.as_ref())
        }
        .boxed()
    }
}

fn context(place: &Place) -> Option<HashMap<String, String>> {
    Some(place.context().map(|(name, value)| (name.to_owned(), value)).into())
}

/// A key that KMS did not wrap, or for somebody else, will never open. Anything else is a matter of the network, of
/// leave, or of the key's state, which a person can mend.
fn refusal(error: &SdkError<DecryptError>) -> SealError {
    match error.as_service_error() {
        Some(DecryptError::InvalidCiphertextException(_)) => {
            SealError::Unreadable("its key was changed, or is another tenant's, number's or person's")
        }
        Some(DecryptError::IncorrectKeyException(_)) => SealError::Unreadable("its key is wrapped by another one"),
        Some(_) | None => lacking(error),
    }
}

/// By code and message alone: what the SDK could show beside them may hold the answer, and with it a key.
fn lacking<E: ProvideErrorMetadata>(error: &SdkError<E>) -> SealError {
    SealError::Unavailable(match error {
        SdkError::ServiceError(said) => {
            let of = |part: Option<&str>| part.unwrap_or_default().to_owned();
            format!("{}: {}", of(said.err().code()), of(said.err().message()))
        }
        SdkError::ConstructionFailure(_) => "the request could not be built".to_owned(),
        SdkError::TimeoutError(_) => "timed out".to_owned(),
        SdkError::DispatchFailure(_) => "the connection failed".to_owned(),
        SdkError::ResponseError(_) => "the answer could not be read".to_owned(),
        _ => "unknown failure".to_owned(),
    })
}
