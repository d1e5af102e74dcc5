//! Which generated code this runtime goes with: the contract between the two has a number, and generated code says the
//! number that it was written for.

/// `generated_for_contract!(2);` compiles where this runtime keeps the contract that the code around it was generated for;
/// elsewhere it is an error that says what to do.
///
/// The contract is everything in [`codegen`](crate::codegen) that generated code uses: `CONTRACT.txt` beside this crate lists
/// it. Its number is the last of those that are taken here. Each is an arm, and a number stays for as long as code that was
/// generated for it compiles.
#[macro_export]
macro_rules! generated_for_contract {
    (2) => {};
    ($other:literal) => {
        ::core::compile_error!(::core::concat!(
            "this crate was generated for contract ",
            $other,
            " of tinsmith-runtime, and the tinsmith-runtime that it is built with has contract 2\n",
            "either use the tinsmith-runtime of the generator that wrote it: Cargo.toml says where it is found, and so does ",
            "`runtime` in tinsmith.toml\n",
            "or generate the crate again, with the generator of this tinsmith-runtime: `cargo xtask codegen`"
        ));
    };
}
