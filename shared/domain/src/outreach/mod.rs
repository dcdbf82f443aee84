//! What goes out to many, and what may go out while the window is closed.

mod template_button_lint;
pub mod template_choice;
pub mod template_code;
pub mod template_lint;
pub mod template_text;
pub mod template_values;
pub mod templates;
