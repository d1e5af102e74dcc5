//! A figure: one thing that was measured, of each client.

use crate::peer::{OFFICIAL, PEERS};

/// Medians by client, in the order of [`PEERS`]; `None` where there is none.
pub type Values = [Option<f64>; PEERS];

/// One row of the table.
pub struct Figure {
    /// What was measured.
    pub name: String,
    pub unit: Unit,
    pub values: Values,
    /// How many times better than the official crate it is to be, of [`Aim::of`].
    pub aim: Option<Aim>,
}

/// What the project wants of a figure.
#[derive(Clone, Copy)]
pub struct Aim {
    /// The ratio to the official crate.
    pub times: f64,
    /// The client that it is wanted of.
    pub of: usize,
}

/// What a number means, and whether more of it is better.
#[derive(Clone, Copy, PartialEq)]
pub enum Unit {
    Count,
    Seconds,
    MebibytesOfMemory,
    MebibytesOnDisk,
    MicrosecondsOfCpu,
    Milliseconds,
    MegabytesPerSecond,
    PerSecond,
}

impl Unit {
    pub fn more_is_better(self) -> bool {
        matches!(self, Self::MegabytesPerSecond | Self::PerSecond)
    }

    pub fn show(self, value: f64) -> String {
        let digits = if value >= 100.0 {
            0
        } else if value >= 10.0 {
            1
        } else {
            2
        };
        match self {
            Self::Count => thousands(value),
            Self::Seconds => format!("{value:.digits$} s"),
            Self::MebibytesOfMemory | Self::MebibytesOnDisk => format!("{value:.digits$} MiB"),
            Self::MicrosecondsOfCpu => format!("{value:.digits$} µs"),
            Self::Milliseconds => format!("{value:.digits$} ms"),
            Self::MegabytesPerSecond => format!("{value:.digits$} MB/s"),
            Self::PerSecond => format!("{}/s", thousands(value)),
        }
    }
}

fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut shown = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

impl Figure {
    pub fn new(name: impl Into<String>, unit: Unit, values: Values) -> Self {
        Self {
            name: name.into(),
            unit,
            values,
            aim: None,
        }
    }

    /// The same with what is wanted of it.
    pub fn aim(mut self, of: usize, times: f64) -> Self {
        self.aim = Some(Aim { times, of });
        self
    }

    /// How many times better than the official crate a client is.
    pub fn ratio(&self, peer: usize) -> Option<f64> {
        self.ratio_to(peer, OFFICIAL)
    }

    /// How many times better than another one a client is.
    pub fn ratio_to(&self, peer: usize, other: usize) -> Option<f64> {
        let (ours, other) = (self.values[peer]?, self.values[other]?);
        Some(if self.unit.more_is_better() {
            ours / other
        } else {
            other / ours
        })
    }
}

/// The middle value; of an even number, the mean of the two in the middle.
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        length if length % 2 == 1 => Some(values[middle]),
        _ => Some((values[middle - 1] + values[middle]) / 2.0),
    }
}
