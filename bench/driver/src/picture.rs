//! `results.svg`: what the generated crate costs, as a share of what the official one does. Light and dark.

use crate::figure::Figure;
use crate::peer::{ALL, ONE};
use crate::report::times;

/// What is shown, by a part of the figure's name, under a shorter one.
const SHOWN: [(&str, &str); 10] = [
    ("lines of generated source", "lines of source"),
    ("crates in the program's tree", "crates in the tree"),
    ("clean debug build of the program", "clean debug build"),
    ("debug build of the service crate", "service crate, debug"),
    (
        "release build of the service crate",
        "service crate, release",
    ),
    ("stripped release binary", "size of the binary"),
    ("CPU per call, in-process", "CPU per call"),
    ("calls with an 88 KB page", "time per 88 KB page"),
    (
        "calls over loopback, 256 in flight",
        "time per call, 256 in flight",
    ),
    ("listing 100,000 items", "listing 100,000 items"),
];

const ROW: usize = 34;
const TOP: usize = 58;
const LEFT: usize = 210;
const FULL: f64 = 420.0;

const STYLE: &str = "<style>\
text{font:13px system-ui,sans-serif;fill:#1f2328}\
.note{fill:#59636e}.track{fill:#d8dee4}.one{fill:#0969da}.all{fill:#54aeff}\
@media(prefers-color-scheme:dark){\
text{fill:#f0f6fc}.note{fill:#9198a1}.track{fill:#30363d}.one{fill:#4493f8}.all{fill:#1f4d8f}}\
</style>";

/// The picture. A figure that is missing is left out.
pub fn svg(figures: &[Figure]) -> String {
    let mut rows = String::new();
    let mut y = TOP;
    for (name, label) in SHOWN {
        let figure = figures.iter().find(|figure| figure.name.starts_with(name));
        let Some((one, all)) =
            figure.and_then(|figure| Some((figure.ratio(ONE)?, figure.ratio(ALL)?)))
        else {
            continue;
        };
        let right = LEFT - 12;
        rows.push_str(&format!(
            "<text x=\"{right}\" y=\"{}\" text-anchor=\"end\">{label}</text>\n",
            y + 16
        ));
        rows.push_str(&bar("track", y, 22, FULL));
        rows.push_str(&bar("one", y, 11, FULL / one));
        rows.push_str(&bar("all", y + 11, 11, FULL / all));
        rows.push_str(&format!(
            "<text x=\"{}\" y=\"{}\">{} / {}</text>\n",
            LEFT as f64 + FULL + 12.0,
            y + 16,
            times(one),
            times(all)
        ));
        y += ROW;
    }
    let (width, height) = (LEFT + FULL as usize + 130, y + 6);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\">\n\
         <title>What Tinsmith costs, as a share of aws-sdk-imagebuilder</title>\n{STYLE}\n\
         <text x=\"{LEFT}\" y=\"20\">Shorter is better: the whole bar is aws-sdk-imagebuilder.</text>\n\
         <text x=\"{LEFT}\" y=\"40\" class=\"note\">Upper bar, first ratio: 1 operation. Lower bar, second ratio: all 77.</text>\n\
         {rows}</svg>\n"
    )
}

/// What is longer than the whole is cut there; the ratio beside it says so.
fn bar(class: &str, y: usize, height: usize, width: f64) -> String {
    let width = width.clamp(1.0, FULL);
    format!(
        "<rect class=\"{class}\" x=\"{LEFT}\" y=\"{y}\" width=\"{width:.1}\" height=\"{height}\"/>\n"
    )
}
