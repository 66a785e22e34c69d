//! What the documentation shows is what the program prints.

use std::path::Path;
use std::process::Command;

const PAGE: &str = include_str!("../../../docs/command-line.md");

/// The commands of the page's console blocks, in order, each with what it prints.
fn examples() -> Vec<(String, String)> {
    let mut examples: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in PAGE.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if inside {
            match (line.strip_prefix("$ "), examples.last_mut()) {
                (Some(command), _) => examples.push((command.to_owned(), String::new())),
                (None, Some((_, printed))) => {
                    printed.push_str(line);
                    printed.push('\n');
                }
                (None, None) => panic!("a console block starts with a command"),
            }
        }
    }
    examples
}

#[test]
fn the_pages_examples_print_what_it_shows() {
    let program = Path::new(env!("CARGO_BIN_EXE_hookproof"));
    let folder = std::env::temp_dir().join(format!("hookproof-page-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = std::env::var("PATH").expect("a path");
    let path = format!("{}:{path}", program.parent().expect("a folder").display());

    // Files and variables that a command leaves are there for the next: one shell, a mark between.
    let examples = examples();
    assert!(examples.len() >= 10);
    let script: String = examples
        .iter()
        .map(|(command, _)| format!("{command}\necho '#end'\n"))
        .collect();
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1\n{script}")])
        .current_dir(&folder)
        .env("PATH", path)
        .output()
        .expect("a shell");
    std::fs::remove_dir_all(&folder).expect("the folder");

    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    let mut printed = printed.split("#end\n");
    for (command, shown) in examples {
        assert_eq!(printed.next(), Some(shown.as_str()), "{command}");
    }
}
