//! Asking all cases of a service, and holding what they find against the list of known disagreements.

use crate::case::{Case, Disagreement, Verdict};
use crate::known::{self, Known};
use crate::{Player, Service, World, database, queue};
use futures::{StreamExt as _, stream};
use std::fmt;

/// What a run found, one line per case in the order of their files.
#[derive(Debug, Default)]
pub struct Report {
    lines: Vec<(&'static str, Finding)>,
}

/// What one case found.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Finding {
    Agrees,
    /// Not what is documented, and listed.
    Known(&'static Known),
    /// Not what is documented, and not listed; or listed with another sign.
    Disagrees(String),
    /// Listed, and as documented all the same.
    Stale,
}

impl Report {
    /// Whether all is as it is documented or listed, and something was asked.
    #[must_use]
    pub fn is_good(&self) -> bool {
        let good = |finding: &Finding| matches!(finding, Finding::Agrees | Finding::Known(_));
        !self.lines.is_empty() && self.lines.iter().all(|(_, finding)| good(finding))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut counts = [0; 4];
        for (name, finding) in &self.lines {
            writeln!(f, "{} {name}{}", finding.word(), finding.remark())?;
            counts[finding.place()] += 1;
        }
        let [agree, known, disagree, stale] = counts;
        write!(f, "{agree} agree, {known} known, {disagree} disagree, {stale} stale")
    }
}

impl Finding {
    fn of(verdict: Verdict, listed: Option<&'static Known>) -> Self {
        match (verdict, listed) {
            (Ok(()), None) => Self::Agrees,
            (Ok(()), Some(_)) => Self::Stale,
            (Err(Disagreement(said)), Some(known)) if said.contains(known.sign) => Self::Known(known),
            (Err(Disagreement(said)), _) => Self::Disagrees(said),
        }
    }

    const fn word(&self) -> &'static str {
        match self {
            Self::Agrees => "ok",
            Self::Known(_) => "known",
            Self::Disagrees(_) => "DISAGREES",
            Self::Stale => "STALE",
        }
    }

    const fn place(&self) -> usize {
        match self {
            Self::Agrees => 0,
            Self::Known(_) => 1,
            Self::Disagrees(_) => 2,
            Self::Stale => 3,
        }
    }

    fn remark(&self) -> String {
        match self {
            Self::Agrees => String::new(),
            Self::Known(known) => format!(": {} ({})", known.instead, known.page),
            Self::Disagrees(said) => format!(": {said}"),
            Self::Stale => ": it agrees now; take it off the list".to_owned(),
        }
    }
}

/// Asks all cases of `service` in `world`, which `player` plays.
///
/// # Errors
/// When not even the table can be made.
pub async fn run(world: &World, player: Player, service: Service) -> Result<Report, Disagreement> {
    let verdicts = match service {
        Service::Database => {
            let table = database::table(world).await?;
            ask(database::cases(), world, |case| database::Place::new(world, &table, case)).await
        }
        Service::Queue => ask(queue::cases(), world, |case| queue::Place::new(world, case)).await,
    };
    let listed = |case| known::of(player, service).iter().find(|known| known.case == case);
    let finding = |(name, verdict)| (name, Finding::of(verdict, listed(name)));
    Ok(Report { lines: verdicts.into_iter().map(finding).collect() })
}

async fn ask<P: 'static>(
    cases: impl Iterator<Item = &'static Case<P>>,
    world: &World,
    place: impl Fn(&'static str) -> P,
) -> Vec<(&'static str, Verdict)> {
    let asked = cases.map(|case| {
        let verdict = (case.ask)(place(case.name));
        async move { (case.name, verdict.await) }
    });
    stream::iter(asked).buffered(world.at_a_time()).collect().await
}

/// The names of all cases of a service.
#[must_use]
pub fn names(service: Service) -> Vec<&'static str> {
    match service {
        Service::Database => database::cases().map(|case| case.name).collect(),
        Service::Queue => queue::cases().map(|case| case.name).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTED: Known = Known { case: "c", sign: "taken", page: "API_C", instead: "it is taken" };

    fn found(verdict: Verdict, listed: Option<&'static Known>) -> Report {
        Report { lines: vec![("c", Finding::of(verdict, listed))] }
    }

    #[test]
    fn only_what_agrees_or_is_listed_with_its_sign_is_good() {
        let said = |what: &str| Err(Disagreement(what.to_owned()));
        assert!(found(Ok(()), None).is_good());
        assert!(found(said("what is refused is taken"), Some(&LISTED)).is_good());
        assert!(!found(said("what is refused is taken"), None).is_good());
        assert!(!found(said("no connection"), Some(&LISTED)).is_good());
    }

    #[test]
    fn an_entry_that_no_longer_holds_is_stale_and_not_good() {
        let report = found(Ok(()), Some(&LISTED));
        assert!(!report.is_good());
        assert!(report.to_string().starts_with("STALE c: "), "{report}");
    }

    #[test]
    fn a_run_that_asked_nothing_is_not_good() {
        assert!(!Report::default().is_good());
    }
}
