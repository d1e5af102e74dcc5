//! The programs in the README and in the book, which compile as they stand there: `cargo test -p tinsmith-book`.
#![forbid(unsafe_code)]

/// One chapter a module, so that the name of a failed program says where it is.
macro_rules! chapters {
    ($($name:ident $path:literal)*) => {
        $(
            #[doc = include_str!($path)]
            mod $name {}
        )*
    };
}

chapters! {
    readme "../../../README.md"
    calls "../../../docs/src/calls.md"
    configuration "../../../docs/src/configuration.md"
    presigned "../../../docs/src/presigned.md"
    runtime "../../../docs/src/runtime.md"
    s3 "../../../docs/src/s3.md"
    services "../../../docs/src/services.md"
    streams "../../../docs/src/streams.md"
    update "../../../docs/src/update.md"
}
