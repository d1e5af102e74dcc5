//! Text of services, files and libraries in our errors. It is shown in terminals and logs, so characters that move the
//! cursor, begin a new line, change the direction of writing or are invisible are shown as escapes.

use std::fmt::{self, Display, Write};

/// Writes text with such characters as escapes like `
/// ` and `\u{202e}`. Applied twice, it changes nothing more.
pub(crate) struct Printable<'a, 'f>(pub(crate) &'a mut fmt::Formatter<'f>);

impl Write for Printable<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut rest = text;
        while let Some((at, char)) = rest.char_indices().find(|(_, char)| is_hidden(*char)) {
            self.0.write_str(rest.get(..at).unwrap_or_default())?;
            write!(self.0, "{}", char.escape_default())?;
            rest = rest.get(at + char.len_utf8()..).unwrap_or_default();
        }
        self.0.write_str(rest)
    }
}

/// Writes `text` with such characters as escapes.
pub(crate) fn print(f: &mut fmt::Formatter<'_>, text: &dyn Display) -> fmt::Result {
    write!(Printable(f), "{text}")
}

/// Control characters, line and paragraph separators, and what Unicode lists as `Default_Ignorable_Code_Point`: marks of
/// direction, joiners, fillers, tags. The variation selectors of emoji stay.
fn is_hidden(char: char) -> bool {
    char.is_control()
        || matches!(
            char,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}
