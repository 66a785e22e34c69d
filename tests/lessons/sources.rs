//! The library's own source, for lessons about how it is written.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// A file of `src/`, without comments and without its tests.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) lines: Vec<String>,
}

impl Source {
    pub(crate) fn text(&self) -> String {
        self.lines.join("\n")
    }

    /// The lines that hold a text, each as `path: line`.
    pub(crate) fn holding(&self, text: &str) -> Vec<String> {
        let lines = self.lines.iter().filter(|line| line.contains(text));
        lines
            .map(|line| format!("{}: {}", self.path, line.trim()))
            .collect()
    }
}

/// Every file of the library.
pub(crate) fn all() -> &'static [Source] {
    static ALL: LazyLock<Vec<Source>> = LazyLock::new(read_all);
    &ALL
}

fn read_all() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let sources: Vec<_> = files.iter().map(|file| read(&root, file)).collect();
    assert!(sources.len() > 150, "the library is somewhere else");
    sources
}

/// The file of that path under `src/`.
pub(crate) fn file(path: &str) -> Source {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    read(&root, &root.join(path))
}

/// The lines of all files that hold a text.
pub(crate) fn holding(text: &str) -> Vec<String> {
    all().iter().flat_map(|it| it.holding(text)).collect()
}

/// A type, with the attributes above it.
pub(crate) struct Type {
    pub(crate) name: String,
    pub(crate) attributes: String,
    pub(crate) fields: String,
}

impl Type {
    pub(crate) fn derives(&self, name: &str) -> bool {
        let derives = self.attributes.split("derive(").skip(1);
        let mut words = derives.flat_map(|it| it.split(')').next().unwrap_or_default().split(','));
        words.any(|word| word.trim() == name)
    }

    /// Whether a field is of that type, or holds it.
    pub(crate) fn holds(&self, name: &str) -> bool {
        let words = self.fields.split(|c: char| !is_of_a_word(c));
        words.skip(2).any(|word| word == name)
    }
}

/// The structs and enums of all files.
pub(crate) fn types() -> Vec<Type> {
    all().iter().flat_map(of_source).collect()
}

fn of_source(source: &Source) -> Vec<Type> {
    let mut types = Vec::new();
    for (at, line) in source.lines.iter().enumerate() {
        let Some(name) = declared(line) else {
            continue;
        };
        let above = source.lines[..at].iter().rev();
        let attributes: Vec<_> = above
            .take_while(|line| !line.trim().is_empty() && !line.starts_with('}'))
            .map(String::as_str)
            .collect();
        let below = source.lines[at..].iter();
        let end = |line: &&String| !(line.starts_with('}') || line.ends_with(';'));
        let fields: Vec<_> = below.clone().take_while(end).map(String::as_str).collect();
        types.push(Type {
            name: name.to_owned(),
            attributes: attributes.join("\n"),
            // A tuple struct ends in its own line.
            fields: if fields.is_empty() {
                line.clone()
            } else {
                fields.join("\n")
            },
        });
    }
    types
}

fn declared(line: &str) -> Option<&str> {
    let line = match line.strip_prefix("pub") {
        Some(rest) if rest.starts_with('(') => rest.split_once(") ")?.1,
        Some(rest) => rest.strip_prefix(' ')?,
        None => line,
    };
    let rest = line
        .strip_prefix("struct ")
        .or_else(|| line.strip_prefix("enum "))?;
    rest.split(|c: char| !is_of_a_word(c)).next()
}

fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the repository") {
        let path = entry.expect("a file").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if path.is_dir() && name != "tests" {
            collect(&path, files);
        } else if name.ends_with(".rs") && !name.ends_with("_tests.rs") {
            files.push(path);
        }
    }
}

fn read(root: &Path, file: &Path) -> Source {
    let text = fs::read_to_string(file).expect("a text");
    // Tests stand at the end of their file.
    let code = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    let lines = code.lines().map(|line| match line.split_once("//") {
        // A URL in a text is no comment.
        Some((before, _)) if !before.ends_with(':') => before.to_owned(),
        _ => line.to_owned(),
    });
    let path = file
        .strip_prefix(root)
        .expect("under src")
        .to_string_lossy();
    Source {
        path: path.into_owned(),
        lines: lines.collect(),
    }
}
