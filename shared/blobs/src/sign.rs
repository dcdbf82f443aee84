//! Links by Signature Version 4: method, path, query and the headers that are named are signed, and the time.

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation, SigningSettings, UriPathNormalizationMode,
    sign,
};
use aws_sigv4::sign::v4;
use aws_smithy_runtime_api::client::identity::Identity;
use domain::Timestamp;
use http::Method;
use std::time::{Duration, SystemTime};

/// A request that may be made by whoever has it, until it is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The method that is signed.
    pub method: Method,
    /// The address, with the signature.
    pub url: String,
    /// The headers that are signed, exactly as they have to be sent.
    pub headers: Vec<(&'static str, String)>,
    /// Until when it works.
    pub expires: Timestamp,
}

/// By whom, and where, links are signed.
pub(crate) struct Signer<'a> {
    pub(crate) credentials: Credentials,
    pub(crate) region: &'a str,
    pub(crate) now: Timestamp,
}

impl Signer<'_> {
    /// Signs a request to `url` that works for `lifetime`.
    pub(crate) fn link(
        self,
        method: Method,
        url: &str,
        headers: Vec<(&'static str, String)>,
        lifetime: Duration,
    ) -> Result<Link, String> {
        let identity: Identity = self.credentials.into();
        let mut settings = SigningSettings::default();
        settings.signature_location = SignatureLocation::QueryParams;
        settings.expires_in = Some(lifetime);
        // S3 takes a path as it is written.
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
        let time = SystemTime::UNIX_EPOCH + self.now.since(Timestamp::default());
        let parameters = v4::SigningParams::builder().identity(&identity).region(self.region).name("s3").time(time);
        let parameters = parameters.settings(settings).build().map_err(|error| error.to_string())?.into();
        let signed = headers.iter().map(|(name, value)| (*name, value.as_str()));
        let request = SignableRequest::new(method.as_str(), url, signed, SignableBody::UnsignedPayload);
        let request = request.map_err(|error| error.to_string())?;
        let (instructions, _) = sign(request, &parameters).map_err(|error| error.to_string())?.into_parts();
        let mut request = http::Request::builder().uri(url).body(()).map_err(|error| error.to_string())?;
        instructions.apply_to_request_http1x(&mut request);
        let expires = self.now.plus(lifetime);
        Ok(Link { method, url: request.uri().to_string(), headers, expires })
    }
}
