//! What a program does with a crate: what is called minor or patch must leave all of it alone.

use subject::types::{Choice, Color, Filter, Note, Thing};
use subject::{Client, Config, Error, ServiceError};

fn color(color: &Color) -> &str {
    match color {
        Color::Red => "r",
        Color::Green => "g",
        Color::Unknown(other) => other,
        _ => "newer than this program",
    }
}

fn choice(choice: &Choice) -> String {
    match choice {
        Choice::Text(text) => text.clone(),
        Choice::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

fn thing(thing: Thing) -> Option<String> {
    let Thing {
        name,
        color: shade,
        choice: chosen,
        note,
        ..
    } = thing;
    let note: Option<Note> = note;
    let text: Option<String> = note.and_then(|note| note.text);
    let shade = shade.as_ref().map(color).unwrap_or_default().to_owned();
    let chosen = chosen.as_ref().map(choice);
    [name, Some(shade), chosen, text].into_iter().flatten().reduce(|all, one| all + &one)
}

fn exception(error: &Error) -> Option<&str> {
    match error.service_error()? {
        ServiceError::GoneException(gone) => gone.message.as_deref(),
        _ => None,
    }
}

fn made() -> Thing {
    let mut thing = Thing::default();
    thing.name = Some("name".to_owned());
    thing
}

async fn calls(client: &Client) -> Result<(), Error> {
    let filter = Filter::default().name("name").values(["a", "b"]);
    let page = client
        .list_things()
        .filter(filter)
        .choice(Choice::Text("text".to_owned()))
        .colors([Color::Red, Color::from("blue")])
        .title("title")
        .max_results(5)
        .next_token("token")
        .send()
        .await;
    if let Err(error) = &page {
        eprintln!("{:?} {error}", exception(error));
    }
    let names: Vec<String> = page?.things.unwrap_or_default().into_iter().filter_map(thing).collect();
    let nothing_set = client.list_things().send().await?.next_token;
    let one = client.get_thing().id("id").view("all").send().await?.thing;
    println!("{names:?} {nothing_set:?} {one:?}");
    Ok(())
}

fn main() {
    let client = Client::new(Config::builder().region("eu-west-1").build());
    println!("{:?} {:?} {:?}", made(), Color::VALUES, Color::Red.as_str());
    drop(calls(&client));
}
