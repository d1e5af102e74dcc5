//! Pages of EC2, S3 and CloudWatch, as these send them. The same numbers give the same bytes.

use minicbor::Encoder;
use minicbor::data::Tag;
use std::convert::Infallible;
use std::fmt::Write;

/// A page of EC2's DescribeInstances, of some 4,800 bytes an instance.
pub fn instances(count: usize) -> String {
    let mut xml = String::from(concat!(
        r#"<?xml version="1.0" encoding="UTF-8"?>"#,
        "\n",
        r#"<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">"#,
        "\n    <requestId>8f7724cf-496f-496e-8fe3-example</requestId>\n    <reservationSet>\n",
    ));
    for index in 0..count {
        instance(&mut xml, index);
    }
    xml.push_str("    </reservationSet>\n</DescribeInstancesResponse>");
    xml
}

/// Lines are indented, as EC2 has them.
struct Lines<'a> {
    xml: &'a mut String,
    depth: usize,
}

impl Lines<'_> {
    fn line(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.xml, "{:indent$}{text}", "", indent = 4 * self.depth);
    }

    fn leaf(&mut self, name: &str, value: impl std::fmt::Display) {
        self.line(format_args!("<{name}>{value}</{name}>"));
    }

    fn within(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.line(format_args!("<{name}>"));
        self.depth += 1;
        inside(self);
        self.depth -= 1;
        self.line(format_args!("</{name}>"));
    }
}

fn instance(xml: &mut String, index: usize) {
    let mut lines = Lines { xml, depth: 2 };
    let id = format!("{index:017x}");
    let address = format!("10.0.{}.{}", index / 256, index % 256);
    let name = format!(
        "ip-{}.eu-west-1.compute.internal",
        address.replace('.', "-")
    );
    lines.within("item", |lines| {
        lines.leaf("reservationId", format_args!("r-{id}"));
        lines.leaf("ownerId", "123456789012");
        lines.line(format_args!("<groupSet/>"));
        lines.within("instancesSet", |lines| {
            lines.within("item", |lines| {
                lines.leaf("instanceId", format_args!("i-{id}"));
                lines.leaf("imageId", "ami-0123456789abcdef0");
                lines.within("instanceState", |lines| {
                    lines.leaf("code", 16);
                    lines.leaf("name", "running");
                });
                lines.leaf("privateDnsName", &name);
                lines.line(format_args!("<dnsName/>"));
                lines.line(format_args!("<reason/>"));
                lines.leaf("keyName", "operations");
                lines.leaf("amiLaunchIndex", 0);
                lines.line(format_args!("<productCodes/>"));
                lines.leaf("instanceType", "m7g.large");
                lines.leaf("launchTime", "2026-05-06T07:08:09.000Z");
                lines.within("placement", |lines| {
                    lines.leaf("availabilityZone", "eu-west-1b");
                    lines.line(format_args!("<groupName/>"));
                    lines.leaf("tenancy", "default");
                });
                lines.within("monitoring", |lines| lines.leaf("state", "disabled"));
                lines.leaf("subnetId", "subnet-0123456789abcdef0");
                lines.leaf("vpcId", "vpc-0123456789abcdef0");
                lines.leaf("privateIpAddress", &address);
                lines.leaf("sourceDestCheck", true);
                groups(lines);
                lines.leaf("architecture", "arm64");
                lines.leaf("rootDeviceType", "ebs");
                lines.leaf("rootDeviceName", "/dev/xvda");
                lines.within("blockDeviceMapping", |lines| {
                    lines.within("item", |lines| {
                        lines.leaf("deviceName", "/dev/xvda");
                        lines.within("ebs", |lines| {
                            lines.leaf("volumeId", format_args!("vol-{id}"));
                            lines.leaf("status", "attached");
                            lines.leaf("attachTime", "2026-05-06T07:08:10.000Z");
                            lines.leaf("deleteOnTermination", true);
                        });
                    });
                });
                lines.leaf("virtualizationType", "hvm");
                lines.leaf("clientToken", format_args!("token-{id}"));
                lines.within("tagSet", |lines| {
                    for (key, value) in [("Name", "web server"), ("team", "platform")] {
                        lines.within("item", |lines| {
                            lines.leaf("key", key);
                            lines.leaf("value", value);
                        });
                    }
                });
                lines.leaf("hypervisor", "xen");
                lines.within("networkInterfaceSet", |lines| {
                    lines.within("item", |lines| {
                        lines.leaf("networkInterfaceId", format_args!("eni-{id}"));
                        lines.leaf("subnetId", "subnet-0123456789abcdef0");
                        lines.leaf("vpcId", "vpc-0123456789abcdef0");
                        lines.line(format_args!("<description/>"));
                        lines.leaf("ownerId", "123456789012");
                        lines.leaf("status", "in-use");
                        lines.leaf("macAddress", "02:00:00:00:00:00");
                        lines.leaf("privateIpAddress", &address);
                        lines.leaf("privateDnsName", &name);
                        lines.leaf("sourceDestCheck", true);
                        groups(lines);
                        lines.within("attachment", |lines| {
                            lines.leaf("attachmentId", format_args!("eni-attach-{id}"));
                            lines.leaf("deviceIndex", 0);
                            lines.leaf("status", "attached");
                            lines.leaf("attachTime", "2026-05-06T07:08:09.000Z");
                            lines.leaf("deleteOnTermination", true);
                        });
                    });
                });
                lines.leaf("ebsOptimized", true);
            });
        });
    });
}

fn groups(lines: &mut Lines<'_>) {
    lines.within("groupSet", |lines| {
        lines.within("item", |lines| {
            lines.leaf("groupId", "sg-0123456789abcdef0");
            lines.leaf("groupName", "web");
        });
    });
}

/// A page of S3's ListObjectsV2, of some 320 bytes an object, without white space as S3 sends it.
pub fn objects(count: usize) -> String {
    let mut xml = format!(
        concat!(
            r#"<?xml version="1.0" encoding="UTF-8"?>"#,
            "\n",
            r#"<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>tins</Name><Prefix></Prefix>"#,
            "<KeyCount>{count}</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>",
        ),
        count = count
    );
    for index in 0..count {
        // Writing to a string cannot fail.
        let _ = write!(
            xml,
            concat!(
                "<Contents><Key>logs/2026/05/06/web-{index:08}.json.gz</Key>",
                "<LastModified>2026-05-06T07:08:09.000Z</LastModified><ETag>&quot;{index:032x}&quot;</ETag>",
                "<ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType>",
                "<Size>{size}</Size><StorageClass>STANDARD</StorageClass></Contents>",
            ),
            index = index,
            size = 1000 + index,
        );
    }
    xml.push_str("</ListBucketResult>");
    xml
}

/// A page of CloudWatch's GetMetricData: metrics with as many values and times each.
pub fn metric_data(metrics: u64, values: u64) -> Vec<u8> {
    let mut cbor = Encoder::new(Vec::new());
    // Encoding into memory cannot fail.
    let _ = encode_metrics(&mut cbor, metrics, values);
    cbor.into_writer()
}

fn encode_metrics(
    cbor: &mut Encoder<Vec<u8>>,
    metrics: u64,
    values: u64,
) -> Result<(), minicbor::encode::Error<Infallible>> {
    cbor.begin_map()?.str("MetricDataResults")?.array(metrics)?;
    for metric in 0..metrics {
        cbor.begin_map()?;
        cbor.str("Id")?.str(&format!("m{metric}"))?;
        cbor.str("Label")?.str("CPUUtilization")?;
        cbor.str("Timestamps")?.array(values)?;
        for value in 0..values {
            // Seconds since 1970 (RFC 8949, section 3.4.2).
            let seconds = 1_778_000_000.0 + 60.0 * value as f64;
            cbor.tag(Tag::new(1))?.f64(seconds)?;
        }
        cbor.str("Values")?.array(values)?;
        for value in 0..values {
            cbor.f64(0.25 * value as f64)?;
        }
        cbor.str("StatusCode")?.str("Complete")?.end()?;
    }
    cbor.str("Messages")?.array(0)?.end()?;
    Ok(())
}
