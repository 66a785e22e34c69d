//! Measures `hookproof` beside FLOOR and BASE, as ratios of minima in one run: ratios hold from
//! machine to machine, times do not. The replay stores are measured too: a claim on memory in
//! nanoseconds and bytes, a claim on Redis beside a raw command.
//!
//! `cargo run --release` prints a table, `-- --json` one object a row; with `-- --gate` the exit
//! status is 1 if a row of the gate misses its target. Counts and bytes are gates; times are not,
//! since a busy machine would fail them. The Redis rows start a `redis-server` of their own; where
//! there is none they are not measured, and without `--gate` the exit status is 1.

mod allocations;
mod base;
mod floor;
mod guarded;
mod measure;
mod server;
mod store;
mod tenants;
mod verify;

use std::env;
use std::process::ExitCode;

use bytes::Bytes;

use measure::interleave;
use verify::{Places, Shape, Signed};

const SIZES: [(&str, usize); 4] = [
    ("256 B", 256),
    ("1 KiB", 1024),
    ("4 KiB", 4096),
    ("64 KiB", 65_536),
];

/// A reading and what it should not exceed; without a target it informs.
#[derive(Clone)]
struct Row {
    name: String,
    target: Option<f64>,
    reading: f64,
    gate: bool,
}

impl Row {
    fn new(name: impl Into<String>, target: impl Into<Option<f64>>, reading: f64) -> Self {
        Self {
            name: name.into(),
            target: target.into(),
            reading,
            gate: false,
        }
    }

    /// A row that this machine cannot read: it says so, and does not hold.
    fn not_measured(name: impl Into<String>, target: impl Into<Option<f64>>) -> Self {
        Self::new(name, target, f64::NAN)
    }

    fn gate(mut self) -> Self {
        self.gate = true;
        self
    }

    fn holds(&self) -> Option<bool> {
        self.target.map(|target| self.reading <= target)
    }

    fn json(&self) -> String {
        let or_null = |text: Option<String>| text.unwrap_or_else(|| "null".to_owned());
        let reading = (!self.reading.is_nan()).then(|| format!("{:.4}", self.reading));
        format!(
            r#"{{"row":"{}","target":{},"reading":{},"holds":{}}}"#,
            self.name,
            or_null(self.target.map(|target| target.to_string())),
            or_null(reading),
            or_null(self.holds().map(|holds| holds.to_string())),
        )
    }

    fn line(&self) -> String {
        let target = self.target.map(|target| target.to_string());
        let verdict = match self.holds() {
            None => "",
            _ if self.reading.is_nan() => "not measured",
            Some(true) => "holds",
            Some(false) => "misses",
        };
        let gate = if self.gate { " (gate)" } else { "" };
        format!(
            "{:<68} {:>7} {:>9.3}  {verdict}{gate}",
            self.name,
            target.unwrap_or_default(),
            self.reading
        )
    }
}

fn main() -> ExitCode {
    let (mut json, mut gate) = (false, false);
    for argument in env::args().skip(1) {
        match argument.as_str() {
            "--json" => json = true,
            "--gate" => gate = true,
            _ => {
                eprintln!("usage: hookproof-benches [--json] [--gate]");
                return ExitCode::from(2);
            }
        }
    }

    let rows = [
        sizes(),
        at_64_kib(),
        memory(),
        store::bytes(),
        store::times(),
        guarded::rows(),
        tenants::rows(),
        server::rows(),
    ]
    .concat();
    if !json {
        println!("{:<68} {:>7} {:>9}", "row", "target", "reading");
    }
    for row in &rows {
        println!("{}", if json { row.json() } else { row.line() });
    }
    let failed = rows.iter().any(|row| match gate {
        true => row.gate && row.holds() == Some(false),
        false => row.reading.is_nan(),
    });
    ExitCode::from(u8::from(failed))
}

/// Targets over BASE and over FLOOR at each size.
const fn targets(shape: Shape) -> ([f64; 4], Option<[f64; 4]>) {
    match shape {
        Shape::Kv => ([1.15, 1.05, 1.02, 1.005], Some([1.35, 1.12, 1.04, 1.01])),
        Shape::Sha256 => ([1.10, 1.03, 1.01, 1.005], None),
        Shape::Standard => ([1.30, 1.12, 1.04, 1.01], None),
    }
}

/// Whole verification over BASE and FLOOR.
fn sizes() -> Vec<Row> {
    let mut rows = Vec::new();
    for (nth, (size_name, size)) in SIZES.into_iter().enumerate() {
        let mut group = Vec::new();
        for shape in Shape::ALL {
            group.extend(Places::new(|| Signed::new(shape, size)).arms());
        }
        // The same delivery under more keys: only the newest is tried.
        let keyring = Places::new(|| Signed::new(Shape::Kv, size).with_older_keys());
        group.push(keyring.arm(Signed::verify));
        interleave(&mut group);

        for (shape, arms) in Shape::ALL.into_iter().zip(group.chunks(3)) {
            let [whole, base, floor] = [0, 1, 2].map(|nth: usize| arms[nth].best());
            let (over_base, over_floor) = targets(shape);
            let name = shape.name();
            rows.push(Row::new(
                format!("{name} ÷ BASE, {size_name}"),
                over_base[nth],
                whole / base,
            ));
            if size == 1024 && matches!(shape, Shape::Kv) {
                let name = "kv ÷ BASE at 1 KiB, first bound";
                rows.push(Row::new(name, 1.15, whole / base));
            }
            rows.push(Row::new(
                format!("{name} ÷ FLOOR, {size_name}"),
                over_floor.map(|targets| targets[nth]),
                whole / floor,
            ));
        }
        if size == 1024 {
            let ratio = group[9].best() / group[0].best();
            let name = "keyring of 3, newest matches ÷ one key, kv, 1 KiB";
            rows.push(Row::new(name, 1.01, ratio));
        }
    }
    rows
}

/// Forgeries and frames, over 64 KiB.
fn at_64_kib() -> Vec<Row> {
    let signed = || Signed::new(Shape::Kv, 65_536);
    let whole = Places::new(signed);
    let mut group = [
        whole.arm(Signed::verify),
        whole.stream(65_536),
        whole.stream(16_384),
        Places::new(|| signed().forged(1)).arm(Signed::verify),
        Places::new(|| signed().forged(100)).arm(Signed::verify),
        Places::new(|| signed().with_newer_keys(1)).arm(Signed::verify),
        Places::new(|| signed().with_newer_keys(1)).stream(16_384),
        Places::new(|| signed().with_newer_keys(2)).arm(Signed::verify),
    ];
    interleave(&mut group);
    let [
        whole,
        one_frame,
        frames,
        one,
        hundred,
        second,
        second_frames,
        third,
    ] = group.map(|arm| arm.best());
    vec![
        Row::new(
            "keyring of 2, the previous matches ÷ one key, kv, 64 KiB",
            2.02,
            second / whole,
        ),
        Row::new(
            "the same, streamed in 16 KiB frames",
            2.05,
            second_frames / frames,
        ),
        Row::new(
            "keyring of 3, the oldest matches ÷ one key, kv, 64 KiB",
            3.03,
            third / whole,
        ),
        Row::new(
            "100 bogus candidates ÷ one, kv, 64 KiB",
            1.03,
            hundred / one,
        ),
        Row::new(
            "streamed in one frame ÷ one call, kv, 64 KiB",
            None,
            one_frame / whole,
        ),
        Row::new(
            "streamed in 16 KiB frames ÷ one call, kv, 64 KiB",
            None,
            frames / whole,
        ),
    ]
}

/// Allocations, and memory held for what is not proven yet.
fn memory() -> Vec<Row> {
    let mut rows = Vec::new();
    for shape in Shape::ALL {
        let signed = Signed::new(shape, 1024);
        let count = allocations::count(|| assert!(signed.verify()));
        let name = format!("allocations of a verification, {}", shape.name());
        rows.push(Row::new(name, 0.0, count as f64).gate());
    }
    let signed = Signed::new(Shape::Kv, 1024);
    let frame = Bytes::from(signed.frames(1024).concat());
    let streamed = allocations::count(|| signed.stream([frame.clone()]).is_some());
    let name = "allocations of a verification streamed in one frame, kv";
    rows.push(Row::new(name, 0.0, streamed as f64).gate());

    for (name, length) in [
        ("its length", Some(1 << 20)),
        ("nothing", None),
        ("64 MiB", Some(64 << 20)),
    ] {
        let signed = Signed::new(Shape::Kv, 1 << 20).announced(length);
        let name = format!("heap ÷ bytes of an unproven 1 MiB, 1-byte frames, {name} announced");
        rows.push(Row::new(name, 1.6, signed.worst_hold()));
    }
    rows
}
