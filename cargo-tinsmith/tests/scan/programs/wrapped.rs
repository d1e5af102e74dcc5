// Traits, generics, closures, macros and items within functions.

use async_trait::async_trait;
use aws_sdk_dynamodb::Client;

#[async_trait]
trait Tables {
    fn client(&self) -> &Client;

    async fn read(&self) -> Result<(), Error> {
        self.client().get_item().send().await?; //~ dynamodb GetItem call
        Ok(())
    }
}

trait Extension {
    fn all(&self) -> ScanCall;
}

impl Extension for Client {
    fn all(&self) -> ScanCall {
        self.scan() //~ dynamodb Scan call
    }
}

fn generic<C: AsRef<Client>>(client: C) {
    client.as_ref().put_item(); //~ dynamodb PutItem call
}

fn into(client: impl Into<Client>) {
    let client = client.into();
    client.query(); //~ dynamodb Query call
}

fn bounded<C>(client: C)
where
    C: std::borrow::Borrow<Client>,
{
    client.borrow().delete_item(); //~ dynamodb DeleteItem call
}

async fn with_client<F, R>(run: F) -> R
where
    F: FnOnce(Client) -> R,
{
    run(make().await)
}

async fn closures() {
    with_client(|client| client.list_tables().send()).await; //~ dynamodb ListTables call
    let make = || Client::new(&config());
    make().describe_table().send().await; //~ dynamodb DescribeTable call
    let call = |client: &Client| client.update_item().send(); //~ dynamodb UpdateItem call
    let factory: Box<dyn Fn() -> Client> = Box::new(make);
    factory().create_table().send().await; //~ dynamodb CreateTable call
}

fn within() {
    use aws_sdk_sqs as queue;

    struct Inner {
        queue: queue::Client,
    }

    impl Inner {
        fn run(&self) {
            self.queue.send_message(); //~ sqs SendMessage call
        }
    }

    async fn inner(client: &queue::Client) {
        let _ = client.delete_message().send().await; //~ sqs DeleteMessage call
    }
}

macro_rules! call {
    ($client:expr) => {
        $client.batch_get_item().send().await //~ dynamodb BatchGetItem call
    };
}

cfg_if! {
    if #[cfg(feature = "remote")] {
        async fn remote(client: &Client) {
            let _ = client.delete_table().send().await; //~ dynamodb DeleteTable call
        }
    } else {
        fn local() {}
    }
}

mod inline {
    pub mod deep {
        use super::super::Client as Same;

        pub async fn run(client: Same) {
            let _ = client.update_table().send().await; //~ dynamodb UpdateTable call
        }
    }
}

mod globs {
    use aws_sdk_sqs::*;

    async fn run(client: Client) {
        let _ = client.list_queues().send().await; //~ sqs ListQueues call
    }
}
