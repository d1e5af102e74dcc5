//! Each rule of forms, as it is on the wire.

use tinsmith_runtime::{Timestamp, UnknownMember, WriteStructure};

use crate::form::{self, Flavor};
use crate::shapes::{Choice, Instance, Part, Sample, map, part, texts};

fn write(shape: &(dyn WriteStructure + Sync), flavor: Flavor) -> String {
    let form = form::write(shape, "Act", flavor).unwrap();
    let members = form.strip_prefix("Action=Act&Version=2019-12-02").unwrap();
    members.replace('&', "\n").trim_start().to_owned()
}

fn query(sample: &Sample) -> String {
    write(sample, Flavor::Query)
}

macro_rules! sample {
    ($($field:ident: $value:expr),*) => {
        Sample { $($field: Some($value),)* ..Sample::default() }
    };
}

#[test]
fn scalars() {
    assert_eq!(
        query(
            &sample!(text: "a b+c&d=é~-._*/".to_owned(), flag: true, long: -1, float: 0.1, double: f64::NEG_INFINITY)
        ),
        "Text=a%20b%2Bc%26d%3D%C3%A9~-._%2A%2F\nFlag=true\nLong=-1\nFloat=0.1\nDouble=-Infinity"
    );
    let time = Timestamp::from_seconds(1_576_540_098);
    assert_eq!(
        query(
            &sample!(blob: (&[0, 0xff]).into(), when: time, epoch: time, color: "RED".into(), days: vec![time])
        ),
        "Blob=AP8%3D\nWhen=2019-12-16T23%3A48%3A18Z\nEpoch=1576540098\nDays.member.1=1576540098\nColor=RED"
    );
    assert_eq!(query(&Sample::default()), "");
}

#[test]
fn lists() {
    assert_eq!(
        query(&sample!(names: texts(["a", "b"]))),
        "Names.member.1=a\nNames.member.2=b"
    );
    assert_eq!(query(&sample!(roles: texts(["a"]))), "Roles.Role.1=a");
    assert_eq!(query(&sample!(names: vec![])), "Names=");
    assert_eq!(
        query(&sample!(flat: texts(["a", "b"]))),
        "Flat.1=a\nFlat.2=b"
    );
    assert_eq!(
        query(&sample!(parts: vec![part(1, "a"), part(2, "b")])),
        "Part.1.PartNumber=1\nPart.1.ETag=a\nPart.2.PartNumber=2\nPart.2.ETag=b"
    );
    assert_eq!(
        query(&sample!(matrix: vec![vec![1, 2], vec![], vec![3]], int: 4)),
        "Int=4\nMatrix.Row.1.Cell.1=1\nMatrix.Row.1.Cell.2=2\nMatrix.Row.2=\nMatrix.Row.3.Cell.1=3"
    );
}

#[test]
fn maps() {
    assert_eq!(
        query(&sample!(tags: map([("a", "1".to_owned()), ("b", "2".to_owned())]))),
        "Tags.entry.1.key=a\nTags.entry.1.value=1\nTags.entry.2.key=b\nTags.entry.2.value=2"
    );
    assert_eq!(
        query(&sample!(limits: map([("RED", 1)]))),
        "Limits.entry.1.Color=RED\nLimits.entry.1.Max=1"
    );
    assert_eq!(
        query(&sample!(flat_map: map([("p", part(1, "a")), ("q", part(2, "b"))]))),
        "FlatMap.1.K=p\nFlatMap.1.V.PartNumber=1\nFlatMap.1.V.ETag=a\nFlatMap.2.K=q\nFlatMap.2.V.PartNumber=2\nFlatMap.2.V.ETag=b"
    );
    assert_eq!(
        query(&sample!(maps: map([("a", map([("b", texts(["c"]))]))]))),
        "Maps.entry.1.key=a\nMaps.entry.1.value.entry.1.key=b\nMaps.entry.1.value.entry.1.value.member.1=c"
    );
    assert_eq!(query(&sample!(tags: map([]))), "");
}

#[test]
fn structures_and_unions() {
    assert_eq!(
        query(
            &sample!(nested: Box::new(sample!(int: 1, nested: Box::new(sample!(int: 2)))), choice: Choice::Text("a".to_owned()))
        ),
        "Nested.Int=1\nNested.Nested.Int=2\nChoice.Text=a"
    );
    let choices = vec![
        Choice::Parts(vec![part(1, "a")]),
        Choice::Rows(vec![1]),
        Choice::Date(Timestamp::from_seconds(0)),
        Choice::Unknown(UnknownMember::new("New", "n")),
    ];
    assert_eq!(
        query(&sample!(choice: Choice::All(choices))),
        concat!(
            "Choice.All.member.1.Part.1.PartNumber=1\nChoice.All.member.1.Part.1.ETag=a\n",
            "Choice.All.member.2.Rows.Row.1=1\n",
            "Choice.All.member.3.Date=Thu%2C%2001%20Jan%201970%2000%3A00%3A00%20GMT\n",
            "Choice.All.member.4.New=n"
        )
    );
}

#[test]
fn ec2_has_other_names_and_other_lists() {
    let inner = Instance {
        groups: Some(texts(["b"])),
        token: Some("t".to_owned()),
        ..Instance::default()
    };
    let instance = Instance {
        image_id: Some("i".to_owned()),
        groups: Some(texts(["a", "b"])),
        interfaces: Some(vec![inner]),
        token: None,
    };
    assert_eq!(
        write(&instance, Flavor::Ec2),
        concat!(
            "ImageId=i\nSecurityGroup.1=a\nSecurityGroup.2=b\n",
            "NetworkInterface.1.SecurityGroup.1=b\nNetworkInterface.1.ClientToken=t\nClientToken=fresh"
        )
    );
    let empty = Instance {
        groups: Some(vec![]),
        token: Some("t".to_owned()),
        ..Instance::default()
    };
    assert_eq!(write(&empty, Flavor::Ec2), "ClientToken=t");
    assert_eq!(
        write(&sample!(matrix: vec![vec![1], vec![2, 3]]), Flavor::Ec2),
        "Matrix.1.1=1\nMatrix.2.1=2\nMatrix.2.2=3"
    );
}

#[test]
fn what_cannot_be_written_says_where() {
    let error = form::write(
        &sample!(parts: vec![part(1, "a"), Part::default()]),
        "Act",
        Flavor::Query,
    );
    assert_eq!(
        error.unwrap_err().to_string(),
        "Part[1].PartNumber: required, but not set"
    );
    let object = Choice::Unknown(UnknownMember::new("New", vec![1]));
    let error = form::write(&sample!(choice: object), "Act", Flavor::Query);
    assert_eq!(
        error.unwrap_err().to_string(),
        "Choice.New: a form cannot hold documents"
    );
}
