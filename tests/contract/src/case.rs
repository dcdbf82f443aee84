//! What a case is, and the few ways in which it says what it expects.

use crate::World;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::error::operation::BuildError;
use futures::future::LocalBoxFuture;
use std::error::Error;
use std::fmt::Debug;
use std::time::Duration;

/// How often, and how far apart, [`eventually`] asks.
const LOOKS: usize = 25;
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);

/// What a case finds: nothing, or what was said instead.
pub type Verdict = Result<(), Disagreement>;

/// What the service did instead of what is documented.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Disagreement(pub String);

/// One thing to ask, in a place `P` of its own.
pub struct Case<P> {
    /// The name of its function.
    pub name: &'static str,
    /// Its function.
    pub ask: fn(P) -> LocalBoxFuture<'static, Verdict>,
}

/// The cases with these functions.
macro_rules! cases {
    ($($case:ident),+ $(,)?) => {
        &[$($crate::case::Case { name: stringify!($case), ask: |place| Box::pin($case(place)) }),+]
    };
}
pub(crate) use cases;

/// A call that should have been taken and was not.
impl<E, R> From<SdkError<E, R>> for Disagreement
where
    E: Error + 'static,
    R: Debug,
    SdkError<E, R>: Error,
{
    fn from(error: SdkError<E, R>) -> Self {
        let mut said = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            said = format!("{said}: {error}");
            cause = error.source();
        }
        Self(format!("a call that AWS takes failed: {said}"))
    }
}

impl From<BuildError> for Disagreement {
    fn from(error: BuildError) -> Self {
        Self(format!("the SDK does not build it: {error}"))
    }
}

/// That `seen` is `expected`.
#[expect(clippy::needless_pass_by_value, reason = "values are mostly made where they are compared")]
pub(crate) fn same<T: PartialEq + Debug>(what: &str, seen: T, expected: T) -> Verdict {
    holds(&format!("{what}: {seen:?}, not {expected:?}"), seen == expected)
}

/// That something is true, with the words to say if it is not.
pub(crate) fn holds(otherwise: &str, truth: bool) -> Verdict {
    if truth { Ok(()) } else { Err(Disagreement(otherwise.to_owned())) }
}

/// What must be in the answer.
pub(crate) fn there<T>(what: &str, value: Option<T>) -> Result<T, Disagreement> {
    value.ok_or_else(|| Disagreement(format!("there is no {what}")))
}

/// That the call is refused with one of these codes; the refusal.
///
/// A code is compared without what differs between AWS's protocols: its namespace in front, and `Exception` behind.
pub(crate) fn refused<T, E, R>(answer: Result<T, SdkError<E, R>>, codes: &[&str]) -> Result<E, Disagreement>
where
    E: Error + ProvideErrorMetadata + 'static,
    R: Debug,
    SdkError<E, R>: Error,
{
    let plain = |code: &str| -> String {
        code.rsplit(['.', '#']).next().unwrap_or_default().trim_end_matches("Exception").to_owned()
    };
    match answer {
        Ok(_) => Err(Disagreement(format!("what AWS refuses with {} is taken", codes.join(" or ")))),
        Err(SdkError::ServiceError(refusal)) => {
            let code = plain(refusal.err().code().unwrap_or_default());
            let message = refusal.err().message().unwrap_or_default();
            let otherwise = format!("it is refused with {code} ({message}), not {}", codes.join(" or "));
            holds(&otherwise, codes.iter().any(|expected| plain(expected) == code))?;
            Ok(refusal.into_err())
        }
        Err(error) => Err(error.into()),
    }
}

/// What `ask` answers as soon as it `holds`, or at the last look: for what AWS shows only after a moment.
pub(crate) async fn eventually<T>(
    world: &World,
    ask: impl AsyncFn() -> Result<T, Disagreement>,
    holds: impl Fn(&T) -> bool,
) -> Result<T, Disagreement> {
    for _ in 1..LOOKS {
        let answer = ask().await?;
        if holds(&answer) {
            return Ok(answer);
        }
        world.pass(BETWEEN_LOOKS).await;
    }
    ask().await
}
