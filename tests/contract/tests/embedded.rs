//! All cases against the embedded services, and what the list of known disagreements has to be.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has to end")]

use contract::{Player, Service, World, known, run};
use std::collections::BTreeSet;

#[tokio::test]
async fn the_embedded_database_does_what_aws_documents() {
    agrees(Service::Database).await;
}

#[tokio::test]
async fn the_embedded_queue_does_what_aws_documents() {
    agrees(Service::Queue).await;
}

async fn agrees(service: Service) {
    let report = run(&World::embedded().unwrap(), Player::Embedded, service).await.unwrap();
    assert!(report.is_good(), "{report}");
}

#[test]
fn every_case_has_a_name_of_its_own_and_every_entry_of_the_list_a_case() {
    for service in [Service::Database, Service::Queue] {
        let names = run::names(service);
        let distinct: BTreeSet<_> = names.iter().copied().collect();
        assert_eq!(distinct.len(), names.len());
        for player in [Player::Embedded, Player::Ministack, Player::Moto] {
            let listed: Vec<_> = known::of(player, service).iter().map(|known| known.case).collect();
            let found: BTreeSet<_> = listed.iter().copied().filter(|case| distinct.contains(case)).collect();
            assert_eq!(found.len(), listed.len(), "{player} {service}: {listed:?}");
        }
    }
}
