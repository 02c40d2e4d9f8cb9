//! A text in a frame: what must not be lost among the servers' lines.

pub fn framed(text: &str) -> String {
    let width = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    let edge = format!("+{}+", "-".repeat(width + 4));
    let lines = text.lines().map(|line| format!("|  {line:<width$}  |"));
    std::iter::once(edge.clone()).chain(lines).chain(std::iter::once(edge.clone())).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_as_wide_as_its_longest_line() {
        assert_eq!(framed("a\nlonger"), "+----------+\n|  a       |\n|  longer  |\n+----------+");
    }
}
