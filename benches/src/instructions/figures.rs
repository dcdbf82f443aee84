//! Figures, the page that records them, and what is wrong with those of another time or place. Nothing is run here.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// On another processor, what is more than it may be anyway may be so much more than where it was recorded.
const ELSEWHERE_PERCENT: u64 = 25;

/// How exactly a figure comes out again on the same processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeats {
    /// To a hundredth: instructions.
    Closely,
    /// To three hundredths: what several things take at a time.
    Nearly,
    /// But for one: allocations of one thing.
    ButForOne,
    /// To a tenth: memory, which is given out in pages.
    Roughly,
    /// It depends on what this machine has installed.
    Not,
}

/// What a figure may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Nobody has said.
    None,
    /// So much is wished for. Where it is more, it may at least not grow.
    Wish(u64),
    /// So much, whatever was recorded.
    Gate(u64),
}

impl Limit {
    /// The number in it.
    const fn number(self) -> Option<u64> {
        match self {
            Self::None => None,
            Self::Wish(number) | Self::Gate(number) => Some(number),
        }
    }
}

/// Something that was measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it is, and its unit.
    pub what: String,
    /// What it may be.
    pub limit: Limit,
    /// What it is.
    pub is: u64,
    /// How exactly it comes out again.
    pub repeats: Repeats,
}

/// What a page says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The processor.
    pub model: String,
    /// Each figure, by what it is.
    pub figures: BTreeMap<String, u64>,
}

/// What is wrong with these figures of a processor `model`, given what was recorded; nothing is wrong if this is empty.
#[must_use]
pub fn complaints(figures: &[Figure], model: &str, recorded: &Recorded) -> Vec<String> {
    let same = model == recorded.model;
    figures.iter().filter_map(|figure| figure.complaint(recorded.figures.get(&figure.what).copied(), same)).collect()
}

impl Figure {
    /// What is wrong with it, if it was `recorded` on the same processor or another.
    fn complaint(&self, recorded: Option<u64>, same: bool) -> Option<String> {
        let Self { what, limit, is, .. } = self;
        let is = grouped(*is);
        if let Limit::Gate(most) = *limit
            && self.is > most
        {
            return Some(format!("{what}: {is} are more than {}", grouped(most)));
        }
        let Some(recorded) = recorded else { return Some(format!("{what}: {is}, of which nothing is recorded")) };
        if same {
            let differs = self.slack(recorded).is_some_and(|slack| self.is.abs_diff(recorded) > slack);
            return differs.then(|| format!("{what}: {is} instead of the {} that are recorded", grouped(recorded)));
        }
        let grown = recorded + recorded * ELSEWHERE_PERCENT / 100;
        let most = limit.number().filter(|most| recorded <= *most).unwrap_or(grown);
        (self.is > most).then(|| format!("{what}: {is} are more than {}, on another processor", grouped(most)))
    }

    /// By how much it may differ from what is recorded, up or down.
    fn slack(&self, recorded: u64) -> Option<u64> {
        match self.repeats {
            Repeats::Closely => Some(recorded / 100),
            Repeats::Nearly => Some(recorded * 3 / 100),
            Repeats::ButForOne => Some(1),
            Repeats::Roughly => Some(recorded / 10),
            Repeats::Not => None,
        }
    }

    fn row(&self) -> String {
        let most = self.limit.number();
        let verdict = match most {
            None => "",
            Some(most) if self.is <= most => "holds",
            Some(_) => "too much",
        };
        format!("| {} | {} | {} | {verdict} |", self.what, most.map(grouped).unwrap_or_default(), grouped(self.is))
    }
}

const HEAD: &str = "\
# What a start and an invocation take

Written by `cargo run --bin instructions -- --write docs/instructions.md`; `cargo run --bin instructions -- --check`
fails where it is no longer true. How it is measured, and what is behind the figures, is told in
[performance.md](performance.md).

";

const MODEL: &str = "Processor: ";

/// The page with these figures of a processor `model`.
#[must_use]
pub fn page(figures: &[Figure], model: &str, valgrind: &str) -> String {
    let mut page = HEAD.to_owned();
    // Appending to a text in memory cannot fail.
    let _ = writeln!(page, "{MODEL}{model}\n\nCounted by: {valgrind}\n");
    let _ = writeln!(page, "| what | may be | is | |\n|---|--:|--:|---|");
    for figure in figures {
        let _ = writeln!(page, "{}", figure.row());
    }
    page
}

/// What a page says; none if it is not such a page.
#[must_use]
pub fn read(page: &str) -> Option<Recorded> {
    let model = page.lines().find_map(|line| line.strip_prefix(MODEL))?.trim().to_owned();
    let figures = page.lines().filter_map(|line| {
        let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
        let (what, is) = (cells.next()?, cells.nth(1)?);
        Some((what.to_owned(), is.replace(',', "").parse().ok()?))
    });
    Some(Recorded { model, figures: figures.collect() })
}

/// A number as people read it: 1,234,567.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// The processor of this machine, out of what `/proc/cpuinfo` says: its name, family and model.
#[must_use]
pub fn model(cpuinfo: &str) -> String {
    let of = |wanted: &str| {
        let mut fields = cpuinfo.lines().filter_map(|line| line.split_once(':'));
        fields.find_map(|(name, value)| (name.trim() == wanted).then(|| value.trim())).unwrap_or("unknown")
    };
    format!("{}, family {}, model {}", of("model name"), of("cpu family"), of("model"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "AMD EPYC, family 25, model 17";

    fn figure(is: u64, limit: Limit, repeats: Repeats) -> Figure {
        Figure { what: "`webhook`: instructions".to_owned(), limit, is, repeats }
    }

    /// What is wrong with a figure here or elsewhere, when another was recorded here.
    fn wrong(is: u64, recorded: u64, limit: Limit, repeats: Repeats) -> [bool; 2] {
        let before =
            Recorded { model: HERE.to_owned(), figures: [("`webhook`: instructions".to_owned(), recorded)].into() };
        let figures = [figure(is, limit, repeats)];
        [HERE, "another"].map(|model| !complaints(&figures, model, &before).is_empty())
    }

    #[test]
    fn on_the_same_processor_a_hundredth_more_or_less_is_let_pass() {
        let closely = |is| wrong(is, 700_000, Limit::None, Repeats::Closely)[0];
        assert_eq!([692_999, 693_000, 707_000, 707_001].map(closely), [true, false, false, true]);
        let nearly = |is| wrong(is, 1000, Limit::None, Repeats::Nearly)[0];
        assert_eq!([969, 970, 1030, 1031].map(nearly), [true, false, false, true]);
        let but_for_one = |is| wrong(is, 412, Limit::None, Repeats::ButForOne)[0];
        assert_eq!([410, 411, 413, 414].map(but_for_one), [true, false, false, true]);
        let roughly = |is| wrong(is, 8000, Limit::None, Repeats::Roughly)[0];
        assert_eq!([7199, 8800, 8801].map(roughly), [true, false, true]);
        assert_eq!(wrong(2, 1000, Limit::None, Repeats::Not), [false, false]);
    }

    #[test]
    fn on_another_processor_what_may_be_counts() {
        let held = |is| wrong(is, 600, Limit::Wish(700), Repeats::Closely)[1];
        assert_eq!([100, 700, 701].map(held), [false, false, true]);
        let missed = |is| wrong(is, 800, Limit::Wish(700), Repeats::Closely)[1];
        assert_eq!([800, 1000, 1001].map(missed), [false, false, true]);
        let without = |is| wrong(is, 800, Limit::None, Repeats::Closely)[1];
        assert_eq!([1, 1000, 1001].map(without), [false, false, true]);
    }

    #[test]
    fn a_gate_holds_whatever_was_recorded() {
        let gate = |is, recorded| wrong(is, recorded, Limit::Gate(30), Repeats::Not);
        assert_eq!([gate(30, 10), gate(31, 31)], [[false, false], [true, true]]);
    }

    #[test]
    fn what_is_not_recorded_is_noticed() {
        let before = Recorded { model: HERE.to_owned(), figures: BTreeMap::new() };
        let figures = [figure(1, Limit::None, Repeats::Closely)];
        assert_eq!(complaints(&figures, HERE, &before), ["`webhook`: instructions: 1, of which nothing is recorded"]);
    }

    #[test]
    fn a_page_says_what_was_measured() {
        let figures = [figure(1_234_567, Limit::Wish(730_000), Repeats::Closely)];
        let page = page(&figures, HERE, "valgrind-3.19.0");
        assert!(page.contains("| `webhook`: instructions | 730,000 | 1,234,567 | too much |"), "{page}");
        let recorded = read(&page).unwrap();
        assert_eq!(recorded.model, HERE);
        assert_eq!(
            recorded.figures.into_iter().collect::<Vec<_>>(),
            [("`webhook`: instructions".to_owned(), 1_234_567)]
        );
        assert_eq!(read("nothing of the kind"), None);
    }

    #[test]
    fn numbers_are_written_in_groups_of_three() {
        assert_eq!([0, 999, 1000, 30_000_000].map(grouped), ["0", "999", "1,000", "30,000,000"]);
    }

    #[test]
    fn a_processor_is_its_name_family_and_model() {
        let told =
            "processor\t: 0\nvendor_id\t: AuthenticAMD\ncpu family\t: 25\nmodel\t\t: 17\nmodel name\t: AMD EPYC\n";
        assert_eq!(model(told), HERE);
    }
}
