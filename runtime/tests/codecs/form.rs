//! Forms, as the runtime has them: through a request of the query protocols.

use tinsmith_runtime::protocol::{AwsQuery, Ec2Query};
use tinsmith_runtime::{BuildError, Operation, Protocol, Service, WriteStructure};

use crate::input::Input;
use crate::json_service::whole;

/// Which of the two protocols a form is for.
#[derive(Clone, Copy)]
pub(crate) enum Flavor {
    Query,
    Ec2,
}

/// The form that calls `action` with this input.
pub(crate) fn write(
    shape: &(dyn WriteStructure + Sync),
    action: &'static str,
    flavor: Flavor,
) -> Result<String, BuildError> {
    const SERVICE: Service = Service {
        api_version: "2019-12-02",
        ..Service::DEFAULT
    };
    let operation = Operation {
        name: action,
        service: &SERVICE,
        ..Operation::DEFAULT
    };
    let protocol: &'static dyn Protocol = match flavor {
        Flavor::Query => &AwsQuery,
        Flavor::Ec2 => &Ec2Query,
    };
    let request = protocol.request(&operation, &Input(shape), || "fresh".to_owned())?;
    let request = whole(request);
    assert_eq!(
        request.headers()["content-type"],
        "application/x-www-form-urlencoded"
    );
    Ok(String::from_utf8(request.into_body().to_vec()).unwrap())
}
