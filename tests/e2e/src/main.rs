//! Generated clients against a server that no one here wrote: each creates hundreds of items, reads one, lists all of
//! them page by page, waits where the service has waiters, deletes, and meets an error that the model knows.

mod apigateway_steps;
mod autoscaling_steps;
mod cloudformation_steps;
mod cloudwatch_steps;
mod dynamodb_steps;
mod ec2_steps;
mod eks_steps;
mod elbv2_steps;
mod iam_steps;
mod kms_steps;
mod lambda_steps;
mod rds_steps;
mod route53_steps;
mod s3_steps;
mod secretsmanager_steps;
mod sfn_steps;
mod sns_steps;
mod sqs_steps;
mod ssm_steps;
mod steps;
mod sts_steps;

use dynamodb::{Config, Credentials};
use std::process::ExitCode;
use std::time::Instant;
use steps::Steps;

/// The first argument is the server's URL; the second, if there is one, stands in the names of the services to drive.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(url) = arguments.next() else {
        eprintln!("expected the server's URL");
        return ExitCode::FAILURE;
    };
    let filter = arguments.next().unwrap_or_default();
    let config = Config::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .endpoint_url(url)
        .build();
    let begun = Instant::now();
    let (mut services, mut passed, mut failures) = (0, 0, Vec::new());
    println!("{:16}   steps      time", "service");
    macro_rules! drive {
        ($($name:literal: $module:ident),*) => {$(
            if $name.contains(&filter) {
                let mut steps = Steps::new($name);
                $module::drive(config.clone(), &mut steps).await;
                println!("{}", steps.row());
                services += 1;
                passed += steps.passed;
                failures.append(&mut steps.failures);
            }
        )*};
    }
    drive!(
        "dynamodb": dynamodb_steps, "ssm": ssm_steps, "kms": kms_steps,
        "secretsmanager": secretsmanager_steps, "stepfunctions": sfn_steps,
        "lambda": lambda_steps, "apigateway": apigateway_steps, "eks": eks_steps,
        "iam": iam_steps, "sns": sns_steps, "sqs": sqs_steps, "ec2": ec2_steps,
        "cloudformation": cloudformation_steps, "cloudwatch": cloudwatch_steps,
        "rds": rds_steps, "elbv2": elbv2_steps, "autoscaling": autoscaling_steps,
        "route53": route53_steps, "sts": sts_steps, "s3": s3_steps
    );
    for failure in &failures {
        println!("\nfailed: {failure}");
    }
    println!(
        "\ntotal: {services} services, {passed} of {} steps passed in {:.1} s",
        passed + failures.len(),
        begun.elapsed().as_secs_f64()
    );
    match services > 0 && failures.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
