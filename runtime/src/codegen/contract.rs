//! Which generated code works with this runtime: the contract between the two has a number, and generated code names
//! the number for which it was written.

/// `generated_for_contract!(8);` compiles if this runtime supports the contract for which the code around it was
/// generated; otherwise it is an error that says what to do.
///
/// The contract is everything in [`codegen`](crate::codegen) that generated code uses: `CONTRACT.txt` in this crate's
/// folder lists it. Its number is the last of the numbers that are accepted here. Each is an arm, which is kept as long
/// as code that was generated for it compiles.
#[macro_export]
macro_rules! generated_for_contract {
    (4) => {};
    (5) => {};
    (6) => {};
    (7) => {};
    (8) => {};
    ($other:literal) => {
        ::core::compile_error!(::core::concat!(
            "this crate was generated for contract ",
            $other,
            " of tinsmith-runtime, but the tinsmith-runtime in this build has contract 8\n",
            "either use the tinsmith-runtime of the generator that wrote it: Cargo.toml says where it is found, and so does ",
            "`runtime` in tinsmith.toml\n",
            "or generate the crate again, with the generator of this tinsmith-runtime: `cargo tinsmith codegen`"
        ));
    };
}
