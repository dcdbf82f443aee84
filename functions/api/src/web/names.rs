//! Names that people give to themselves and to what is theirs.

use crate::web::problem::FieldError;
use domain::Text;
use domain::characters::is_visible;

/// The longest name of a person or company, in characters.
pub(crate) const LONGEST_NAME: usize = 200;

/// A name without the space around it. A name without a visible character is none.
pub(crate) fn name_of(field: &str, name: &Text) -> Result<Text, FieldError> {
    let name = name.as_str().trim();
    let fits = name.chars().count() <= LONGEST_NAME && is_visible(name) && !name.chars().any(char::is_control);
    let expected = || format!("Use 1 to {LONGEST_NAME} characters, at least one of them visible.");
    if fits { Ok(Text::new(name)) } else { Err(FieldError::new(field, expected())) }
}
