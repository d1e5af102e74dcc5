//! The endpoints of a client's latest calls: those of a bucket have the same one, and the rules of S3 are long.

use crate::endpoint::EndpointContext;
use crate::target::Target;
use std::collections::VecDeque;
use std::sync::{Arc, PoisonError, RwLock};

/// The largest number of endpoints that are remembered; beyond it the oldest is forgotten, and computed again.
const MOST: usize = 32;

/// An endpoint, and what it follows from beside the client's settings.
struct Known {
    context: EndpointContext,
    region: Option<String>,
    target: Arc<Target>,
}

/// Endpoints by the parameters of calls and the region.
#[derive(Default)]
pub(super) struct Targets(RwLock<VecDeque<Known>>);

impl Targets {
    pub(super) fn get(
        &self,
        context: &EndpointContext,
        region: Option<&str>,
    ) -> Option<Arc<Target>> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut known = known.iter();
        let found = known.find(|one| one.region.as_deref() == region && one.context == *context);
        found.map(|one| Arc::clone(&one.target))
    }

    /// The endpoint that was computed. Two calls at once may both have computed it.
    pub(super) fn keep(
        &self,
        context: EndpointContext,
        region: Option<&str>,
        target: Target,
    ) -> Arc<Target> {
        let target = Arc::new(target);
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.pop_front();
        }
        known.push_back(Known {
            context,
            region: region.map(str::to_owned),
            target: Arc::clone(&target),
        });
        target
    }
}
