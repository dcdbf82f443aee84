//! The people's rows.

use super::Storage;
use crate::error::Error;
use crate::people::Person;
use domain::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

const COLUMNS: &str = "id, name, wa_id, user_id, username, hides_phone, window_at";

fn person(row: &Row<'_>) -> rusqlite::Result<Person> {
    Ok(Person {
        id: row.get(0)?,
        name: row.get(1)?,
        wa_id: row.get(2)?,
        user_id: row.get(3)?,
        username: row.get(4)?,
        hides_phone: row.get(5)?,
        wrote_at: row.get::<_, Option<i64>>(6)?.map(Timestamp::from_millis),
    })
}

impl Storage {
    /// Everybody, in the order of their invention.
    pub(crate) fn people(&self) -> Result<Vec<Person>, Error> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM people ORDER BY id"))?;
            let people = statement.query_map([], person)?.collect::<Result<_, _>>()?;
            Ok(people)
        })
    }

    /// The person with this number, phone (digits) or BSUID.
    pub(crate) fn person(&self, key: &str) -> Result<Option<Person>, Error> {
        self.read(|connection| {
            let sql = format!(
                "SELECT {COLUMNS} FROM people WHERE wa_id = ?1 OR user_id = ?1 OR username = ?1
                 OR CAST(id AS TEXT) = ?1 ORDER BY wa_id = ?1 OR user_id = ?1 DESC LIMIT 1"
            );
            Ok(connection.prepare_cached(&sql)?.query_row([key], person).optional()?)
        })
    }

    /// The person who has this BSUID and no other kind of key.
    pub(crate) fn person_by_user_id(&self, user_id: &str) -> Result<Option<Person>, Error> {
        self.one_by("user_id", user_id)
    }

    /// The person who has this phone.
    pub(crate) fn person_by_wa_id(&self, wa_id: &str) -> Result<Option<Person>, Error> {
        self.one_by("wa_id", wa_id)
    }

    fn one_by(&self, column: &str, key: &str) -> Result<Option<Person>, Error> {
        self.read(|connection| {
            let sql = format!("SELECT {COLUMNS} FROM people WHERE {column} = ?1");
            Ok(connection.prepare_cached(&sql)?.query_row([key], person).optional()?)
        })
    }

    /// Writes what a person shows.
    pub(crate) fn show_person(&self, person: &Person) -> Result<(), Error> {
        self.write(|connection| {
            let sql = "UPDATE people SET username = ?2, hides_phone = ?3 WHERE id = ?1";
            connection.prepare_cached(sql)?.execute(params![person.id, person.username, person.hides_phone])?;
            Ok(())
        })
    }

    /// Adds a person and returns them with their number.
    pub(crate) fn add_person(&self, new: Person) -> Result<Person, Error> {
        self.write(|connection| {
            let sql = "INSERT INTO people (name, wa_id, user_id, username, hides_phone) VALUES (?1, ?2, ?3, ?4, ?5)";
            let values = params![new.name, new.wa_id, new.user_id, new.username, new.hides_phone];
            connection.prepare_cached(sql)?.execute(values)?;
            Ok(Person { id: connection.last_insert_rowid(), ..new })
        })
    }
}

/// Notes that a person wrote at `at`, which opens the window.
pub(crate) fn wrote(connection: &Connection, person: i64, at: Timestamp) -> Result<(), Error> {
    let sql = "UPDATE people SET window_at = MAX(COALESCE(window_at, 0), ?2) WHERE id = ?1";
    connection.prepare_cached(sql)?.execute(params![person, at.millis()])?;
    Ok(())
}

/// Gives a person another phone and BSUID, as a change of number does.
pub(crate) fn renumber(connection: &Connection, person: i64, wa_id: &str, user_id: &str) -> Result<(), Error> {
    let sql = "UPDATE people SET wa_id = ?2, user_id = ?3 WHERE id = ?1";
    connection.prepare_cached(sql)?.execute(params![person, wa_id, user_id])?;
    Ok(())
}
