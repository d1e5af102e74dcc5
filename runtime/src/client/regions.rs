//! The regions of places that are in another region than the client's, such as buckets.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The largest number of places whose regions are remembered; beyond it all are forgotten, and found again.
const MOST: usize = 1000;

/// Regions by place.
#[derive(Default)]
pub(super) struct Regions(Mutex<HashMap<String, String>>);

impl Regions {
    fn regions(&self) -> MutexGuard<'_, HashMap<String, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn get(&self, place: &str) -> Option<String> {
        self.regions().get(place).cloned()
    }

    pub(super) fn set(&self, place: &str, region: &str) {
        let mut regions = self.regions();
        if regions.len() >= MOST && !regions.contains_key(place) {
            regions.clear();
        }
        regions.insert(place.to_owned(), region.to_owned());
    }
}
