//! How a letter is driven: taken in hand, written to whoever reads it, sent, and no longer owed. `changes` does it when
//! the stream shows a new letter, `schedule` when one is due.

use crate::transport::Mail;
use domain::ids::LetterId;
use domain::letters::Letter;
use domain::{TenantId, Timestamp};
use futures::FutureExt;
use futures::future::BoxFuture;
use store::{Store, StoreError};

/// Sends letters.
#[derive(Clone, Debug)]
pub struct Letters {
    /// Where they stand.
    pub store: Store,
    /// The way out; none where no mail is sent.
    pub mail: Option<Mail>,
}

impl Letters {
    /// Sends a letter that is owed at `now`, unless somebody else has it in hand. A worker that dies when SES has taken
    /// the mail leaves a letter that is sent once more, a minute later: it comes twice rather than never.
    ///
    /// # Errors
    /// [`StoreError`] if the table did not do its part; the letter stays due.
    pub fn drive(&self, tenant: TenantId, id: LetterId, now: Timestamp) -> BoxFuture<'_, Result<(), StoreError>> {
        // Boxed, because many are driven side by side, and their types are too deep for the compiler to see through.
        self.driven(tenant, id, now).boxed()
    }

    async fn driven(&self, tenant: TenantId, id: LetterId, now: Timestamp) -> Result<(), StoreError> {
        let Some(letter) = self.store.claim_letter(tenant, id, now).await? else { return Ok(()) };
        let about = letter.about.word();
        if letter.is_too_late(now) {
            tracing::error!(metric.letters_failed = 1, letter.id = %id, about, "a letter is given up");
            return self.store.remove_letter(&letter).await;
        }
        let Some(mail) = &self.mail else {
            tracing::warn!(letter.id = %id, about, "no mail is sent: MAIL_FROM or CONSOLE_URL is not set");
            return self.store.remove_letter(&letter).await;
        };
        self.send(mail, &letter, now).await
    }

    async fn send(&self, mail: &Mail, letter: &Letter, now: Timestamp) -> Result<(), StoreError> {
        let (id, about) = (letter.id, letter.about.word());
        let Some(reader) = self.store.reader(letter).await? else {
            tracing::debug!(letter.id = %id, about, "a letter has nobody to read it");
            return self.store.remove_letter(letter).await;
        };
        match mail.send(letter, &reader).await {
            Ok(()) => {
                tracing::info!(metric.letters_sent = 1, letter.id = %id, about, "sent a letter");
                self.store.remove_letter(letter).await
            }
            Err(error) if error.is_retryable() => {
                let tries = letter.tries;
                tracing::warn!(letter.id = %id, about, tries, %error, "a letter has to wait");
                self.store.put_off_letter(letter, letter.next(now)).await
            }
            Err(error) => {
                tracing::warn!(letter.id = %id, about, %error, "a letter can reach nobody");
                self.store.remove_letter(letter).await
            }
        }
    }
}
