//! Clients take turns, so that whatever else the machine does meets all of them alike.

use crate::figure::{Values, median};
use crate::peer::{PEERS, Peer};

/// Measures each client `rounds` times, A B C A B C …, and gives the medians of the `N` values that `measure` takes at
/// once. A client that fails, or of which `measure` says `None`, has none.
pub fn in_turns<const N: usize>(
    what: &str,
    rounds: usize,
    peers: &[Peer],
    mut measure: impl FnMut(&Peer) -> Result<Option<[f64; N]>, String>,
) -> [Values; N] {
    let mut taken: [Option<Vec<[f64; N]>>; PEERS] = Default::default();
    for peer in peers {
        taken[peer.index] = peer.version.is_ok().then(Vec::new);
    }
    for round in 1..=rounds {
        for peer in peers {
            let Some(values) = &mut taken[peer.index] else {
                continue;
            };
            eprintln!("{what}, round {round} of {rounds}: {}", peer.name);
            match measure(peer) {
                Ok(Some(measured)) => values.push(measured),
                Ok(None) => taken[peer.index] = None,
                Err(error) => {
                    eprintln!("missing: {}: {error}", peer.name);
                    taken[peer.index] = None;
                }
            }
        }
    }
    let mut medians = [[None; PEERS]; N];
    for (index, values) in taken.into_iter().enumerate() {
        for (value, median_of) in medians.iter_mut().enumerate() {
            let values = values.as_ref();
            median_of[index] =
                values.and_then(|values| median(values.iter().map(|all| all[value]).collect()));
        }
    }
    medians
}
