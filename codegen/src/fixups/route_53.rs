//! What Route 53 does although its model does not say so.

use crate::model::{Kind, Location, Model};

/// Shapes of ids that answers hold with a path before them, such as `/hostedzone/Z1`, and that requests take without it
/// (API reference of Route 53; botocore's `fix_route53_ids`).
const IDS: [&str; 3] = ["ChangeId", "DelegationSetId", "ResourceId"];

pub(super) fn apply(model: &mut Model) {
    for shape in model.shapes.values_mut() {
        let Kind::Structure(structure) = &mut shape.kind else {
            continue;
        };
        for member in structure.members.values_mut() {
            let is_id = IDS.contains(&member.target.as_str());
            member.last_segment |= is_id && member.location == Some(Location::Label);
        }
    }
}
