// Where clients are kept, and how they are taken out.

use aws_sdk_s3::Client;
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, LazyLock, Mutex};
use tokio::sync::{OnceCell, RwLock};

static SHARED: OnceCell<aws_sdk_sqs::Client> = OnceCell::const_new();
static LAZY: LazyLock<aws_sdk_sns::Client> = LazyLock::new(|| aws_sdk_sns::Client::new(&config()));

lazy_static! {
    static ref OLD: aws_sdk_sts::Client = aws_sdk_sts::Client::new(&config());
}

struct Store {
    s3: Arc<Client>,
    tables: Option<aws_sdk_dynamodb::Client>,
    by_region: HashMap<String, Arc<RwLock<Client>>>,
    locked: Mutex<aws_sdk_kms::Client>,
}

struct Wrapper(Client, aws_sdk_sqs::Client);

struct Pointer {
    inner: Client,
}

impl Deref for Pointer {
    type Target = Client;
    fn deref(&self) -> &Client {
        &self.inner
    }
}

struct Generic<C> {
    client: C,
}

impl Generic<Client> {
    async fn read(&self) {
        let _ = self.client.get_bucket_acl().send().await; //~ s3 GetBucketAcl call
    }
}

#[derive(Clone)]
struct State {
    store: Arc<Store>,
    generic: Generic<aws_sdk_kms::Client>,
}

enum Backend {
    Remote { client: Client, bucket: String },
    Queue(aws_sdk_sqs::Client),
    Memory,
}

impl Store {
    fn new(s3: Client) -> Self {
        Self { s3: Arc::new(s3), tables: None, by_region: HashMap::new(), locked: todo!() }
    }

    fn client(&self) -> &Client {
        &self.s3
    }

    async fn run(&self) -> Result<(), Error> {
        self.s3.get_object().send().await?; //~ s3 GetObject call
        self.client().copy_object().send().await?; //~ s3 CopyObject call
        let s3 = self.s3.clone();
        tokio::spawn(async move {
            s3.put_object().send().await //~ s3 PutObject call
        });
        if let Some(tables) = self.tables.as_ref() {
            tables.query().send().await?; //~ dynamodb Query call
        }
        self.tables.as_ref().map(|tables| tables.scan()); //~ dynamodb Scan call
        let regional = self.by_region.get("eu-west-1").unwrap().read().await;
        regional.list_objects_v2().send().await?; //~ s3 ListObjectsV2 call
        for (_, client) in &self.by_region {
            client.read().await.head_bucket().send().await?; //~ s3 HeadBucket call
        }
        self.locked.lock().unwrap().decrypt().send().await?; //~ kms Decrypt call
        SHARED.get().unwrap().receive_message().send().await?; //~ sqs ReceiveMessage call
        let queue = SHARED.get_or_init(|| async { aws_sdk_sqs::Client::new(&config()) }).await;
        queue.delete_message().send().await?; //~ sqs DeleteMessage call
        LAZY.publish().send().await?; //~ sns Publish call
        OLD.get_caller_identity().send().await?; //~ sts GetCallerIdentity call
        Ok(())
    }
}

async fn others(state: &State, wrapper: Wrapper, pointer: Pointer, backend: &Backend) -> Result<(), Error> {
    state.store.s3.delete_objects().send().await?; //~ s3 DeleteObjects call
    state.generic.client.encrypt().send().await?; //~ kms Encrypt call
    let Store { s3, tables: Some(tables), .. } = &*state.store else { return Ok(()) };
    s3.get_bucket_location().send().await?; //~ s3 GetBucketLocation call
    tables.delete_item().send().await?; //~ dynamodb DeleteItem call
    wrapper.0.get_object_tagging().send().await?; //~ s3 GetObjectTagging call
    wrapper.1.purge_queue().send().await?; //~ sqs PurgeQueue call
    let Wrapper(s3, queue) = wrapper;
    s3.put_object_tagging().send().await?; //~ s3 PutObjectTagging call
    queue.get_queue_url().send().await?; //~ sqs GetQueueUrl call
    pointer.create_bucket().send().await?; //~ s3 CreateBucket call
    match backend {
        Backend::Remote { client, bucket } => {
            client.delete_bucket().bucket(bucket).send().await?; //~ s3 DeleteBucket call
        }
        Backend::Queue(queue) => {
            queue.create_queue().send().await?; //~ sqs CreateQueue call
        }
        Backend::Memory => {}
    }
    Ok(())
}

// What frameworks give to handlers.
async fn handler(axum::extract::State(state): axum::extract::State<Arc<State>>) {
    let s3 = state.store.s3.clone();
    let _ = s3.upload_part().send().await; //~ s3 UploadPart call
}

async fn data(request: HttpRequest) {
    let client = request.app_data::<web::Data<Client>>().unwrap();
    let _ = client.abort_multipart_upload().send().await; //~ s3 AbortMultipartUpload call
}
