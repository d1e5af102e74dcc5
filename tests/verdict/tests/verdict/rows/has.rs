//! Whether a type has a trait: a method of the type's own is found before that of a trait.
#![allow(dead_code)]

macro_rules! has {
    ($type:ty: $($trait:tt)+) => {{
        trait Otherwise {
            const HAS: bool = false;
        }
        impl<T: ?Sized> Otherwise for T {}
        struct Of<T: ?Sized>(std::marker::PhantomData<T>);
        impl<T: ?Sized + $($trait)+> Of<T> {
            const HAS: bool = true;
        }
        <Of<$type>>::HAS
    }};
}

