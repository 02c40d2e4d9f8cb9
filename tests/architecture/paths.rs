//! The paths that a source file names, in full. No parser: comments and literals are dropped, and what is left is words.

use std::path::Path;

/// The module that a file below `src` is, as in `["crate", "session", "machine"]`.
pub fn module_of(file: &Path) -> Vec<String> {
    let stem = file.with_extension("");
    let names = stem.iter().filter_map(|name| name.to_str()).filter(|name| !["lib", "main", "mod"].contains(name));
    std::iter::once("crate").chain(names).map(str::to_owned).collect()
}

/// Every path of more than one name, with groups taken apart and `self` and `super` resolved.
pub fn used(source: &str, module: &[String]) -> Vec<String> {
    let mut reader =
        Reader { words: words(source), at: 0, module: module.to_vec(), nesting: Vec::new(), paths: Vec::new() };
    reader.read_all();
    reader.paths
}

/// Identifiers, `::`, and single characters of what is neither comment nor literal nor blank.
pub fn words(source: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let word = &rest[..word_len(rest, first)];
        rest = &rest[word.len()..];
        let is_code = !first.is_whitespace() && !word.starts_with("//") && !word.starts_with("/*");
        if is_code && !word.ends_with(['"', '\'', '#']) || word == "#" || word == "'" {
            words.push(word.to_owned());
        }
    }
    words
}

fn word_len(rest: &str, first: char) -> usize {
    let raw = raw_quote(rest);
    if rest.starts_with("//") {
        rest.find('\n').unwrap_or(rest.len())
    } else if rest.starts_with("/*") {
        block_comment_len(rest)
    } else if let Some((start, end)) = raw {
        rest[start..].find(&end).map_or(rest.len(), |at| start + at + end.len())
    } else if first == '"' {
        literal_len(rest, '"')
    } else if first == '\'' && is_char_literal(rest) {
        literal_len(rest, '\'')
    } else if first.is_alphanumeric() || first == '_' {
        rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
    } else if rest.starts_with("::") {
        2
    } else {
        first.len_utf8()
    }
}

/// Where the text of a raw string begins, and what ends it.
fn raw_quote(rest: &str) -> Option<(usize, String)> {
    let after = rest.strip_prefix('b').unwrap_or(rest).strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    after[hashes..]
        .starts_with('"')
        .then(|| (rest.len() - after.len() + hashes + 1, format!("\"{}", "#".repeat(hashes))))
}

/// `'a'` and `'\n'` are characters, `'a` is a lifetime.
fn is_char_literal(rest: &str) -> bool {
    let mut chars = rest.chars().skip(1);
    chars.next() == Some('\\') || chars.next() == Some('\'')
}

fn literal_len(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

fn block_comment_len(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

struct Reader {
    words: Vec<String>,
    at: usize,
    /// Where we are, inline modules included.
    module: Vec<String>,
    /// For each open brace, whether it is that of an inline module.
    nesting: Vec<bool>,
    paths: Vec<String>,
}

impl Reader {
    fn read_all(&mut self) {
        while self.at < self.words.len() {
            if self.word(0) == "mod" && self.word(2) == "{" {
                self.module.push(self.word(1).to_owned());
                self.nesting.push(true);
                self.at += 3;
            } else if is_name(self.word(0)) {
                self.read_path(Vec::new());
            } else {
                self.read_brace();
            }
        }
    }

    fn read_brace(&mut self) {
        if self.word(0) == "{" {
            self.nesting.push(false);
        } else if self.word(0) == "}" && self.nesting.pop() == Some(true) {
            self.module.pop();
        }
        self.at += 1;
    }

    /// Reads a path that begins here, below `prefix`.
    fn read_path(&mut self, mut prefix: Vec<String>) {
        prefix.push(self.word(0).to_owned());
        self.at += 1;
        while self.word(0) == "::" {
            self.at += 1;
            match self.word(0) {
                "{" => return self.read_group(&prefix),
                name if is_name(name) || name == "*" => prefix.push(name.to_owned()),
                // A turbofish.
                _ => break,
            }
            self.at += 1;
        }
        if prefix.len() > 1 {
            let path = self.resolve(&prefix);
            self.paths.push(path);
        }
    }

    fn read_group(&mut self, prefix: &[String]) {
        self.at += 1;
        while self.at < self.words.len() && self.word(0) != "}" {
            match self.word(0) {
                "as" => self.at += 2,
                name if is_name(name) || name == "*" => self.read_path(prefix.to_vec()),
                _ => self.at += 1,
            }
        }
        self.at += 1;
    }

    fn resolve(&self, path: &[String]) -> String {
        let climbs = path.iter().take_while(|name| *name == "super").count();
        let is_local = climbs > 0 || path[0] == "self";
        if !is_local {
            return path.join("::");
        }
        let rest = &path[climbs.max(1)..];
        let stays = self.module.len().saturating_sub(climbs).max(1);
        [&self.module[..stays], rest].concat().join("::")
    }

    fn word(&self, ahead: usize) -> &str {
        self.words.get(self.at + ahead).map_or("", String::as_str)
    }
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || c == '_')
}
