//! The region as a chain of places, as the official `aws_config::meta::region` has it.

use std::borrow::Cow;
use tinsmith_runtime::codegen::paths::config::Region;

/// Where a region is taken from, in order: values of the program, and what is found outside of it.
///
/// ```
/// # use tinsmith_config::meta::region::RegionProviderChain;
/// let region = RegionProviderChain::default_provider().or_else("us-east-1");
/// let loader = tinsmith_config::from_env().region(region);
/// ```
#[derive(Clone, Debug)]
#[must_use = "it is a setting of a loader: `region`"]
pub struct RegionProviderChain(Vec<Step>);

#[derive(Clone, Debug)]
enum Step {
    Is(String),
    Outside,
}

/// What a chain says before anything is looked up.
#[derive(Debug, PartialEq)]
pub(crate) enum Choice {
    /// This region.
    Is(String),
    /// What is found outside of the program, or else this.
    FoundOr(Option<String>),
    /// None, whatever is found.
    None,
}

impl RegionProviderChain {
    /// What is found outside of the program comes first.
    pub fn default_provider() -> Self {
        Self(vec![Step::Outside])
    }

    /// This region comes first; `None`: the next one in the chain does.
    pub fn first_try(region: impl ProvideRegion) -> Self {
        region.into_chain()
    }

    /// What is found outside of the program comes next.
    pub fn or_default_provider(self) -> Self {
        self.or_else(Self::default_provider())
    }

    /// This region comes next; `None`: the one after it does.
    pub fn or_else(mut self, region: impl ProvideRegion) -> Self {
        self.0.extend(region.into_chain().0);
        self
    }

    pub(crate) fn choice(self) -> Choice {
        let mut looks_outside = false;
        for step in self.0 {
            match step {
                Step::Outside => looks_outside = true,
                Step::Is(region) if looks_outside => return Choice::FoundOr(Some(region)),
                Step::Is(region) => return Choice::Is(region),
            }
        }
        match looks_outside {
            true => Choice::FoundOr(None),
            false => Choice::None,
        }
    }
}

/// A region, a chain of them, or none.
pub trait ProvideRegion {
    /// The chain.
    fn into_chain(self) -> RegionProviderChain;
}

impl ProvideRegion for RegionProviderChain {
    fn into_chain(self) -> RegionProviderChain {
        self
    }
}

impl<R: ProvideRegion> ProvideRegion for Option<R> {
    fn into_chain(self) -> RegionProviderChain {
        self.map_or(RegionProviderChain(Vec::new()), R::into_chain)
    }
}

macro_rules! provide_region {
    ($($type:ty),*) => {$(
        impl ProvideRegion for $type {
            fn into_chain(self) -> RegionProviderChain {
                RegionProviderChain(vec![Step::Is(self.to_string())])
            }
        }
    )*};
}

provide_region!(&str, String, &String, Cow<'_, str>, Region, &Region);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_place_that_has_a_region_counts() {
        let is = |region: &str| Choice::Is(region.to_owned());
        let found_or = |region: &str| Choice::FoundOr(Some(region.to_owned()));
        let default = RegionProviderChain::default_provider;
        let first = |region: Option<&'static str>| {
            RegionProviderChain::first_try(region.map(Region::from_static))
        };
        let cases = [
            (default(), Choice::FoundOr(None)),
            (default().or_else("b").or_else("c"), found_or("b")),
            (default().or_else(first(None)).or_else("c"), found_or("c")),
            (first(Some("a")).or_default_provider().or_else("b"), is("a")),
            (
                first(None).or_default_provider().or_else("b"),
                found_or("b"),
            ),
            (first(None).or_else("b").or_default_provider(), is("b")),
            (first(None), Choice::None),
        ];
        for (chain, expected) in cases {
            assert_eq!(chain.clone().choice(), expected, "{chain:?}");
        }
    }
}
