//! Changes of the pages that plant a defect, to see whether a rule notices it.
//!
//! A path names a property of a resource, such as `InboundQueue/VisibilityTimeout`; one that begins with a slash is a
//! JSON pointer from the top of a page. A statement of a policy is named by its `Sid`.

use crate::Pages;
use serde_json::Value;

/// A change of the pages.
#[derive(Debug)]
pub enum Change {
    /// Sets the value at a path: JSON, or else a text.
    Set(&'static str, &'static str),
    /// Removes the value at a path.
    Remove(&'static str),
    /// Gives the value at a path another name.
    Rename(&'static str, &'static str),
    /// Replaces a text in the runbook.
    Runbook(&'static str, &'static str),
}

impl Change {
    /// Makes the change.
    ///
    /// # Panics
    /// If there is nothing at its path.
    pub fn plant(&self, pages: &mut Pages) {
        match self {
            Self::Set(path, value) => {
                let (holder, name) = holder(pages, path);
                let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(*value));
                match name.parse::<usize>() {
                    Ok(index) => holder[index] = value,
                    Err(_) => holder[name] = value,
                }
            }
            Self::Remove(path) => drop(take(pages, path)),
            Self::Rename(path, name) => {
                let value = take(pages, path);
                holder(pages, path).0[*name] = value;
            }
            Self::Runbook(text, other) => pages.runbook = pages.runbook.replace(text, other),
        }
    }
}

/// The object or list that holds the value at a path, on whichever page it is, and the value's name in it.
fn holder<'p>(pages: &'p mut Pages, path: &str) -> (&'p mut Value, String) {
    let pointer = match path.split_once('/') {
        Some(("", _)) => path.to_owned(),
        _ => format!("/Resources/{}", path.replacen('/', "/Properties/", 1)),
    };
    let resource = pointer.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    let page = if pages.template.pointer(&resource).is_some() { &mut pages.template } else { &mut pages.watch };
    let pointer = by_place(page, &pointer);
    let (above, name) = pointer.rsplit_once('/').expect("a pointer has a slash");
    let holder = page.pointer_mut(above).unwrap_or_else(|| panic!("there is no {path}"));
    (holder, name.replace("~1", "/"))
}

/// A pointer that names statements by their places.
fn by_place(page: &Value, pointer: &str) -> String {
    let mut above = page;
    let mut places = String::new();
    for name in pointer.split('/').skip(1) {
        let place = above.as_array().and_then(|all| all.iter().position(|one| one["Sid"] == name));
        let step = format!("/{}", place.map_or_else(|| name.to_owned(), |place| place.to_string()));
        above = above.pointer(&step).unwrap_or(&Value::Null);
        places.push_str(&step);
    }
    places
}

fn take(pages: &mut Pages, path: &str) -> Value {
    let (holder, name) = holder(pages, path);
    let fields = holder.as_object_mut().unwrap_or_else(|| panic!("{path} is not in an object"));
    fields.remove(&name).unwrap_or_else(|| panic!("there is no {path}"))
}
