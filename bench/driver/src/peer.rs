//! The clients under measurement: where each is, and what it is called.

use crate::Run;
use crate::command::run;
use std::path::PathBuf;
use std::process::Command;

/// How many clients there are.
pub const PEERS: usize = 4;
/// The generated crate with one operation.
pub const ONE: usize = 0;
/// The generated crate with all operations.
pub const ALL: usize = 1;
/// The official crate, which all ratios are to.
pub const OFFICIAL: usize = 2;
/// botocore.
pub const BOTOCORE: usize = 3;

/// One client.
pub struct Peer {
    /// Its place among [`PEERS`].
    pub index: usize,
    /// Its column in the table.
    pub name: &'static str,
    /// The version that is measured; why there is none otherwise.
    pub version: Result<String, String>,
    pub kind: Kind,
}

/// What a client is written in.
pub enum Kind {
    Rust(Cargo),
    Python {
        interpreter: PathBuf,
        programs: PathBuf,
    },
}

/// A client that Cargo builds.
pub struct Cargo {
    /// The folder of the small program.
    pub folder: PathBuf,
    /// The small program's package.
    pub package: &'static str,
    /// The package of the service's client.
    pub service: &'static str,
    /// Where its builds go.
    pub target: PathBuf,
}

impl Cargo {
    /// `cargo` with a command, in the folder of the program, with the user's settings for builds out of the way.
    pub fn command(&self, command: &str) -> Command {
        let mut cargo = Command::new("cargo");
        cargo
            .arg(command)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .env_remove("RUSTFLAGS")
            .env_remove("RUSTC_WRAPPER");
        cargo
    }

    /// A program that was built, by name.
    pub fn program(&self, profile: &str, name: &str) -> PathBuf {
        let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        self.target.join(profile).join(name)
    }
}

/// All clients, downloaded but not built. One that cannot be had says why, and is left out of the figures.
pub fn all(run: &Run) -> Vec<Peer> {
    let peers = vec![
        rust(
            run,
            ONE,
            "Tinsmith, 1 operation",
            "tinsmith",
            "bench-tinsmith",
            "imagebuilder",
        ),
        rust(
            run,
            ALL,
            "Tinsmith, all 77",
            "tinsmith-all",
            "bench-tinsmith-all",
            "imagebuilder-all",
        ),
        rust(
            run,
            OFFICIAL,
            "aws-sdk-imagebuilder",
            "official",
            "bench-official",
            "aws-sdk-imagebuilder",
        ),
        botocore(run),
    ];
    say_missing(&peers);
    peers
}

/// Says why those that cannot be had are missing.
pub fn say_missing(peers: &[Peer]) {
    for peer in peers {
        if let Err(why) = &peer.version {
            eprintln!("missing: {}: {why}", peer.name);
        }
    }
}

/// A client that Cargo builds, downloaded but not built.
pub fn rust(
    run: &Run,
    index: usize,
    name: &'static str,
    folder: &str,
    package: &'static str,
    service: &'static str,
) -> Peer {
    let cargo = Cargo {
        folder: run.bench.join(folder),
        package,
        service,
        target: run.work.join(folder),
    };
    let version = self::run(&mut cargo.command("fetch")).and_then(|_| version(&cargo, service));
    Peer {
        index,
        name,
        version,
        kind: Kind::Rust(cargo),
    }
}

/// The version of a service's client that the lock file names.
pub fn version(cargo: &Cargo, service: &str) -> Result<String, String> {
    let (said, _) = run(cargo
        .command("tree")
        .args(["--prefix", "none", "--depth", "1"]))?;
    let found = said
        .lines()
        .filter_map(|line| line.strip_prefix(service))
        .find_map(|rest| rest.strip_prefix(" v"));
    let version = found.and_then(|rest| rest.split(' ').next());
    version
        .map(str::to_owned)
        .ok_or_else(|| format!("{service} is no dependency of {}", cargo.package))
}

/// botocore in a virtual environment of its own.
fn botocore(run: &Run) -> Peer {
    let (venv, programs) = (run.work.join("botocore"), run.bench.join("botocore"));
    let interpreter = venv.join(if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    });
    let install = || {
        if !interpreter.is_file() {
            self::run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        }
        let mut pip = Command::new(&interpreter);
        pip.args(["-m", "pip", "install", "--quiet", "--requirement"]);
        self::run(pip.arg(programs.join("requirements.txt")))?;
        let show = "import botocore; print(botocore.__version__)";
        let (version, _) = self::run(Command::new(&interpreter).args(["-c", show]))?;
        Ok(version.trim().to_owned())
    };
    Peer {
        index: BOTOCORE,
        name: "botocore",
        version: install(),
        kind: Kind::Python {
            interpreter,
            programs,
        },
    }
}
