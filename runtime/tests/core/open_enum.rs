//! Enums that keep values they do not know.

use crate::shapes::Platform;

#[test]
fn a_known_value_becomes_its_variant_and_back() {
    assert_eq!(Platform::VALUES, ["Windows", "Linux", "macOS"]);
    for value in Platform::VALUES {
        assert_eq!(Platform::from(*value).as_str(), *value);
        assert!(!matches!(Platform::from(*value), Platform::Unknown(_)));
    }
    assert_eq!("macOS".parse(), Ok(Platform::MacOs));
    assert_eq!(Platform::MacOs.to_string(), "macOS");
    assert_eq!(Platform::MacOs.as_ref(), "macOS");
}

#[test]
fn an_unknown_value_survives() {
    let value = Platform::from("Plan 9".to_owned());
    assert_eq!(value, Platform::Unknown("Plan 9".to_owned()));
    assert_eq!(value.to_string(), "Plan 9");
    // The wire's case matters.
    assert_eq!(
        Platform::from("linux"),
        Platform::Unknown("linux".to_owned())
    );
}

#[test]
fn an_owned_unknown_value_keeps_its_allocation() {
    let text = String::from("Plan 9");
    let address = text.as_ptr();
    assert_eq!(Platform::from(text).as_str().as_ptr(), address);
}
