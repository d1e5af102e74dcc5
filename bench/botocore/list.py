"""Lists the builds of one image version, a line each: the small program that every client is compared by."""

import botocore.session

client = botocore.session.get_session().create_client("imagebuilder")
pages = client.get_paginator("list_image_build_versions").paginate(
    imageVersionArn="arn:aws:imagebuilder:eu-west-1:123456789012:image/web/1.0.1"
)
for page in pages:
    for image in page["imageSummaryList"]:
        print(image["arn"])
