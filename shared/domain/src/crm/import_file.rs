//! Tables as people export them from other programs: the encoding and the separator are found, quotes and all line ends
//! are read, and each row stands by its number.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// The largest file: a worker holds it as a whole.
pub const LARGEST_FILE: u64 = 25 * 1024 * 1024;

/// The most rows below the header.
pub const MOST_ROWS: usize = 100_000;

/// The most columns.
pub const MOST_COLUMNS: usize = 100;

/// The longest cell that is read, in bytes. A quote that is never closed makes one longer.
pub const LONGEST_CELL: usize = 20_000;

/// How much of a file is enough to show its columns.
pub const HEAD: usize = 64 * 1024;

/// The separators that programs use, the most common first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many rows are looked at to find the separator.
const LOOKED_AT: usize = 20;

/// Why a file cannot be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileFault {
    /// There is no row below the header.
    #[error("The file has no rows below its header.")]
    Empty,
    /// There are too many rows.
    #[error("The file has more than {MOST_ROWS} rows. Split it.")]
    Rows,
    /// There are too many columns.
    #[error("The file has more than {MOST_COLUMNS} columns. Remove those that you do not need.")]
    Columns,
    /// It is no table of text.
    #[error("The file is not a CSV file. Export it as CSV.")]
    NoText,
}

/// A table as text.
#[derive(Debug)]
pub struct Table<'a> {
    text: Cow<'a, str>,
    separator: u8,
    encoding: &'static str,
    /// The cells of the first row.
    pub header: Vec<String>,
}

/// A row below the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number: the header is row 1, and empty lines do not count.
    pub number: usize,
    /// Its cells.
    pub cells: Vec<String>,
}

impl<'a> Table<'a> {
    /// Reads the bytes of a file, or of its beginning.
    ///
    /// # Errors
    /// [`FileFault`] if it is no table, or too wide.
    pub fn read(bytes: &'a [u8]) -> Result<Self, FileFault> {
        let (text, encoding) = decode(bytes);
        if text.contains('\0') {
            return Err(FileFault::NoText);
        }
        let separator = separator(&text);
        let mut table = Self { text, separator, encoding: encoding.name(), header: Vec::new() };
        let header = table.records().next().ok_or(FileFault::Empty)?;
        if header.len() > MOST_COLUMNS {
            return Err(FileFault::Columns);
        }
        table.header = header.into_iter().map(|cell| cell.trim().to_owned()).collect();
        Ok(table)
    }

    /// The name of its encoding.
    #[must_use]
    pub const fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// The separator between cells.
    #[must_use]
    pub const fn separator(&self) -> char {
        self.separator as char
    }

    /// The rows below the header. Rows without any text are left out, and keep their numbers.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        let rows = self.records().enumerate().skip(1);
        rows.filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()))
            .map(|(place, cells)| Row { number: place + 1, cells })
    }

    /// How many rows there are.
    ///
    /// # Errors
    /// [`FileFault`] if there are none, or too many.
    pub fn count(&self) -> Result<usize, FileFault> {
        match self.rows().take(MOST_ROWS + 1).count() {
            0 => Err(FileFault::Empty),
            count if count > MOST_ROWS => Err(FileFault::Rows),
            count => Ok(count),
        }
    }

    fn records(&self) -> impl Iterator<Item = Vec<String>> {
        records(&self.text, self.separator)
    }
}

fn records(text: &str, separator: u8) -> impl Iterator<Item = Vec<String>> {
    let reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    // The text is UTF-8 and rows may differ in length, so no record is an error.
    reader.into_records().map_while(Result::ok).map(|record| record.iter().map(str::to_owned).collect())
}

/// The text of a file. A byte order mark decides; without one, zero bytes show UTF-16, and what is no UTF-8 is read as
/// Windows-1252, of which Latin-1 is a part.
fn decode(bytes: &[u8]) -> (Cow<'_, str>, &'static Encoding) {
    let encoding = Encoding::for_bom(bytes).map_or_else(|| guess(bytes), |(encoding, _)| encoding);
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    (text, encoding)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let head = &bytes[..bytes.len().min(1_000)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let half = head.len() / 2;
    if half >= 4 && zeros(1) * 2 > half {
        return UTF_16LE;
    }
    if half >= 4 && zeros(0) * 2 > half {
        return UTF_16BE;
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => UTF_8,
        // A character that is cut off at the end is none that is wrong.
        Err(error) if error.error_len().is_none() => UTF_8,
        Err(_) => WINDOWS_1252,
    }
}

/// The separator that divides the header into most cells, among those that divide most rows alike.
fn separator(text: &str) -> u8 {
    let score = |separator: u8| {
        let rows: Vec<_> = records(text, separator).take(LOOKED_AT).map(|cells| cells.len()).collect();
        let width = rows.first().copied().unwrap_or_default();
        let alike = rows.iter().filter(|cells| **cells == width).count();
        if width > 1 { (alike, width) } else { (0, 0) }
    };
    // Of equals the last would win.
    SEPARATORS.into_iter().rev().max_by_key(|separator| score(*separator)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
        let table = Table::read(bytes).unwrap();
        table.rows().map(|row| row.cells).collect()
    }

    fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn a_table_reads_the_same_in_every_encoding() {
        let text = "Name,City\nJosé,São Paulo\n";
        let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            marked,
            latin,
            utf16(text, true, true),
            utf16(text, false, true),
            utf16(text, true, false),
            utf16(text, false, false),
        ] {
            let table = Table::read(&bytes).unwrap();
            assert_eq!(table.header, ["Name", "City"], "{}", table.encoding());
            assert_eq!(cells(&bytes), [["José", "São Paulo"]], "{}", table.encoding());
        }
    }

    #[test]
    fn quotes_mixed_line_ends_and_empty_rows_are_read() {
        let text = "a;b\r\n\"x;\"\"y\"\"\nz\";1\r2;3\n;\n4;5";
        let table = Table::read(text.as_bytes()).unwrap();
        assert_eq!(table.separator(), ';');
        let rows: Vec<_> = table.rows().collect();
        assert_eq!(rows[0].cells, ["x;\"y\"\nz", "1"]);
        assert_eq!(rows.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 3, 5]);
    }

    #[test]
    fn the_separator_is_the_one_that_divides_rows_alike() {
        for (text, separator) in [
            ("name,phone\nRao, Asha,1\n", ','),
            ("name;value\nAsha;1,50\nBo;2,75\n", ';'),
            ("name\tphone\nAsha\t1\n", '\t'),
            ("name|phone\nAsha|1\n", '|'),
            ("phone\n1\n2\n", ','),
        ] {
            assert_eq!(Table::read(text.as_bytes()).unwrap().separator(), separator, "{text}");
        }
    }

    #[test]
    fn what_is_no_table_of_a_fitting_size_is_refused() {
        assert_eq!(Table::read(b"").map(|_| ()), Err(FileFault::Empty));
        assert_eq!(Table::read(b"PK\x03\x04\0\0\0\x01\0\0abc").map(|_| ()), Err(FileFault::NoText));
        assert_eq!(Table::read("a,".repeat(101).as_bytes()).map(|_| ()), Err(FileFault::Columns));
        assert_eq!(Table::read(b"name\n\n\n").unwrap().count(), Err(FileFault::Empty));
        let many = format!("name\n{}", "x\n".repeat(MOST_ROWS + 1));
        assert_eq!(Table::read(many.as_bytes()).unwrap().count(), Err(FileFault::Rows));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            if let Ok(table) = Table::read(&bytes) {
                prop_assert!(table.rows().all(|row| row.number >= 2));
            }
        }
    }
}
