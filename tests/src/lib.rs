//! What Tinsmith's tests share: an EC2 Image Builder on the loopback interface that checks every signature, pages
//! through generated images, and fails in whatever way a test asks for; an object store that fails as well; and what property
//! tests have in common.

pub mod fuzz;
pub mod server;
pub mod store;
