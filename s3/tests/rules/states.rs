//! Rule 10: what is saved of a transfer, as text.

use tinsmith_s3::transfer::{DownloadState, UploadState};

#[test]
fn a_text_that_is_no_state_says_what_is_missing() {
    let upload = r#"{"bucket":"b","key":"k\"","upload_id":"u","part_size":5,"length":null,"checksum":"CRC32"}"#;
    let state: UploadState = upload.parse().unwrap();
    assert_eq!(state.upload_id(), "u");
    assert_eq!(state.to_string().parse(), Ok(state));
    let download = r#"{"bucket":"b","key":"k","e_tag":"\"e\"","size":12,"part_size":5,"checksum":null,"parts":{"0":null,"2":"AAAAAA=="}}"#;
    let state: DownloadState = download.parse().unwrap();
    assert_eq!(state.received(), 7);
    assert_eq!(state.to_string().parse(), Ok(state));
    for (text, part) in [
        ("", "JSON"),
        ("[]", "\"bucket\""),
        (&upload.replace("\"u\"", "1"), "\"upload_id\""),
        (&upload.replace(":5", ":0"), "\"part_size\""),
        (&upload.replace("null", "-1"), "\"length\""),
    ] {
        let error = text.parse::<UploadState>().unwrap_err().to_string();
        assert!(error.contains(part), "{text}: {error}");
    }
    for (text, part) in [
        ("{}", "\"bucket\""),
        (&download.replace(":12", ":\"12\""), "\"size\""),
        (&download.replace(":5", ":0"), "\"part_size\""),
        (&download.replace("\"2\":", "\"3\":"), "\"parts\""),
        (&download.replace("\"2\":", "\"x\":"), "\"parts\""),
        (&download.replace("\"AAAAAA==\"", "1"), "\"parts\""),
    ] {
        let error = text.parse::<DownloadState>().unwrap_err().to_string();
        assert!(error.contains(part), "{text}: {error}");
    }
}
