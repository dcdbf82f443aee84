//! The folder in which an instance keeps everything: who may use it, what wrote it, and the demo account's secrets.

use domain::{ChannelId, TenantId, Timestamp, UserId};
use runtime::{Environment, Random};
use serde::{Deserialize, Serialize};
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

/// The form of what stands in the folder. Counted up whenever an older instance could not read it.
const FORMAT: u32 = 3;

/// The form of a folder that is being emptied: none that anybody reads.
const BEING_EMPTIED: &str = "0";

/// The folder's mode: it holds keys, a password, and what customers wrote.
const PRIVATE_FOLDER: u32 = 0o700;

/// The mode of each file in it.
const PRIVATE_FILE: u32 = 0o600;

const FORMAT_FILE: &str = "format";
const LOCK_FILE: &str = "lock";
/// Where a data folder keeps its [`Account`], as JSON.
pub const ACCOUNT_FILE: &str = "account.json";

/// Why a data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    /// It cannot be read or written.
    #[error("the data folder {folder} cannot be used ({why}): choose another with --data DIR")]
    Unusable {
        /// The folder.
        folder: PathBuf,
        /// What the operating system said.
        why: io::Error,
    },
    /// Another instance uses it.
    #[error("another instance is using the data folder {folder}: stop it, or choose another folder with --data DIR")]
    InUse {
        /// The folder.
        folder: PathBuf,
    },
    /// It holds something else, which we have no right to touch.
    #[error("the folder {folder} contains files that are not Leadwire's: choose another folder with --data DIR")]
    Foreign {
        /// The folder.
        folder: PathBuf,
    },
    /// Another version wrote it, or its emptying was cut short.
    #[error(
        "the data folder {folder} was written by another version (format {found}; this version reads {FORMAT}): \
         delete its data with --reset, or choose another folder with --data DIR"
    )]
    OtherVersion {
        /// The folder.
        folder: PathBuf,
        /// What its format file says.
        found: String,
    },
    /// Its account file cannot be read.
    #[error("cannot read {file} ({problem}): delete all data with --reset")]
    Account {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
}

/// A data folder, held by this process alone.
#[derive(Debug)]
pub struct Data {
    folder: PathBuf,
    _lock: File,
}

/// Whose number it is: made once for each folder, or taken from the environment.
#[derive(Clone, Serialize, Deserialize)]
pub struct Account {
    /// The demo business.
    pub tenant: TenantId,
    /// Its number.
    pub channel: ChannelId,
    /// Its owner.
    pub owner: UserId,
    /// How the owner signs in.
    pub owner_email: String,
    /// The owner's password.
    pub owner_password: String,
    /// What Meta repeats in the handshake.
    pub verify_token: String,
    /// By what Meta signs.
    pub app_secret: String,
    /// By what we send.
    pub access_token: String,
    /// Meta's id of the number.
    pub phone_number_id: String,
    /// Meta's id of the account.
    pub waba_id: String,
    /// The number as people read it.
    #[serde(default = "demo_display_number")]
    pub display_number: String,
    /// The key of cursors and names of sends.
    pub token_key: String,
    /// The seed of the key that signs access tokens, base64.
    pub signing_seed: String,
}

impl Data {
    /// Opens `folder` for this process, making it if it is not there. With `reset` it begins empty, if it is a data
    /// folder: any other folder is left as it is.
    ///
    /// # Errors
    /// [`DataError`] if it cannot be used; it says what to do.
    pub fn open(folder: &Path, reset: bool) -> Result<Self, DataError> {
        let unusable = |why| DataError::Unusable { folder: folder.to_owned(), why };
        DirBuilder::new().recursive(true).mode(PRIVATE_FOLDER).create(folder).map_err(unusable)?;
        if is_foreign(folder).map_err(unusable)? {
            return Err(DataError::Foreign { folder: folder.to_owned() });
        }
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(LOCK_FILE));
        let lock = lock.map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(DataError::InUse { folder: folder.to_owned() }),
            Err(fs::TryLockError::Error(why)) => return Err(unusable(why)),
        }
        make_private(folder).map_err(unusable)?;
        if reset {
            empty(folder).map_err(unusable)?;
        }
        let data = Self { folder: folder.to_owned(), _lock: lock };
        data.check_format()?;
        Ok(data)
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes `bytes` as the file `name` of the folder, for its user alone.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        write_whole(&self.folder.join(name), bytes)
    }

    fn check_format(&self) -> Result<(), DataError> {
        let unusable = |why| DataError::Unusable { folder: self.folder.clone(), why };
        let file = self.folder.join(FORMAT_FILE);
        match fs::read_to_string(&file) {
            Ok(found) if found.trim() == FORMAT.to_string() => Ok(()),
            Ok(found) => {
                let found = found.trim().chars().take(20).collect();
                Err(DataError::OtherVersion { folder: self.folder.clone(), found })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::write(file, FORMAT.to_string()).map_err(unusable)
            }
            Err(error) => Err(unusable(error)),
        }
    }

    /// The demo account of this folder, made now if there is none. What the environment says of WhatsApp holds.
    ///
    /// # Errors
    /// [`DataError`] if it cannot be read or written.
    pub fn account(
        &self,
        environment: &Environment,
        random: &dyn Random,
        now: Timestamp,
    ) -> Result<Account, DataError> {
        let file = self.folder.join(ACCOUNT_FILE);
        let unusable = |why| DataError::Unusable { folder: self.folder.clone(), why };
        let mut json = String::new();
        let account = match File::open(&file) {
            Ok(mut open) => {
                open.read_to_string(&mut json).map_err(unusable)?;
                serde_json::from_str(&json).map_err(|e| DataError::Account { file, problem: e.to_string() })?
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let account = Account::new(random, now);
                let json = serde_json::to_vec_pretty(&account).map_err(io::Error::from).map_err(unusable)?;
                write_whole(&file, &json).map_err(unusable)?;
                account
            }
            Err(error) => return Err(unusable(error)),
        };
        Ok(account.with(environment))
    }
}

impl Account {
    fn new(random: &dyn Random, now: Timestamp) -> Self {
        let word = |bytes: u32| format!("{:0width$x}", random.u128() >> (128 - bytes * 8), width = bytes as usize * 2);
        let seed: Vec<u8> = [random.u128(), random.u128()].iter().flat_map(|bits| bits.to_be_bytes()).collect();
        Self {
            tenant: TenantId::from_parts(now, random.u128()),
            channel: ChannelId::from_parts(now, random.u128()),
            owner: UserId::from_parts(now, random.u128()),
            owner_email: "owner@example.com".to_owned(),
            owner_password: word(6),
            verify_token: word(16),
            app_secret: word(16),
            access_token: format!("EAAG{}", word(16)),
            phone_number_id: "106540352242922".to_owned(),
            waba_id: "102290129340398".to_owned(),
            display_number: demo_display_number(),
            token_key: word(16),
            signing_seed: base64::Engine::encode(&base64::engine::general_purpose::STANDARD, seed),
        }
    }

    /// The names are those that the systems before this one used.
    fn with(mut self, environment: &Environment) -> Self {
        let said = [
            (&mut self.verify_token, ["WHATSAPP_VERIFY_TOKEN", "WHATSAPP_WEBHOOK_VERIFY_TOKEN"]),
            (&mut self.app_secret, ["WHATSAPP_APP_SECRET", "WHATSAPP_APP_SECRET"]),
            (&mut self.access_token, ["WHATSAPP_TOKEN", "WHATSAPP_TOKEN"]),
            (&mut self.phone_number_id, ["WHATSAPP_PHONE_ID", "WHATSAPP_PHONE_ID"]),
            (&mut self.waba_id, ["WHATSAPP_BUSINESS_ID", "WHATSAPP_BUSINESS_ID"]),
            (&mut self.display_number, ["WHATSAPP_DISPLAY_NUMBER", "WHATSAPP_DISPLAY_NUMBER"]),
        ];
        for (value, names) in said {
            if let Some(given) = names.into_iter().find_map(|name| environment.optional(name)) {
                *value = given;
            }
        }
        self
    }
}

fn demo_display_number() -> String {
    "15550783881".to_owned()
}

/// Shows the ids alone.
impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").field("tenant", &self.tenant).field("channel", &self.channel).finish_non_exhaustive()
    }
}

/// Written aside and then renamed, so that a kill leaves the whole file or none.
fn write_whole(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let aside = file.with_extension("new");
    let mut open = OpenOptions::new().create(true).truncate(true).write(true).mode(PRIVATE_FILE).open(&aside)?;
    open.write_all(bytes)?;
    open.sync_all()?;
    fs::rename(aside, file)
}

/// Leaves the folder and all that is in it to their owner, also where an earlier version or the owner made it for all.
fn make_private(folder: &Path) -> io::Result<()> {
    fs::set_permissions(folder, Permissions::from_mode(PRIVATE_FOLDER))?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_file() {
            fs::set_permissions(entry.path(), Permissions::from_mode(PRIVATE_FILE))?;
        } else if kind.is_dir() {
            make_private(&entry.path())?;
        }
    }
    Ok(())
}

/// Whether there is something in the folder, and no format file beside it.
fn is_foreign(folder: &Path) -> io::Result<bool> {
    let mut names = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name()));
    Ok(!folder.join(FORMAT_FILE).try_exists()?
        && names.try_fold(false, |any, name| Ok::<_, io::Error>(any || name? != LOCK_FILE))?)
}

/// Removes everything, and the format file last: until then it says that this state is no good.
fn empty(folder: &Path) -> io::Result<()> {
    let format = folder.join(FORMAT_FILE);
    fs::write(&format, BEING_EMPTIED)?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() != LOCK_FILE && entry.file_name() != FORMAT_FILE {
            if entry.file_type()?.is_dir() { fs::remove_dir_all(entry.path())? } else { fs::remove_file(entry.path())? }
        }
    }
    fs::remove_file(format)
}
