//! The processor's time that servers have used, with all their processes.

use std::collections::HashMap;
use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};

/// Linux counts in hundredths of a second, whatever its own clock does.
const TICK: Duration = Duration::from_millis(10);

#[derive(Debug, Clone, Copy)]
struct Process {
    parent: u32,
    /// Its own, and that of its children that have ended.
    ticks: u32,
}

/// The time that the processes with these ids and their descendants have used since they started.
pub fn used_by(roots: &[u32]) -> Result<Duration> {
    let processes = processes()?;
    let belongs = |mut id: u32| loop {
        if roots.contains(&id) {
            return true;
        }
        match processes.get(&id) {
            Some(process) => id = process.parent,
            None => return false,
        }
    };
    let ticks: u32 = processes.iter().filter(|(id, _)| belongs(**id)).map(|(_, process)| process.ticks).sum();
    Ok(TICK * ticks)
}

fn processes() -> Result<HashMap<u32, Process>> {
    let mut found = HashMap::new();
    for entry in fs::read_dir("/proc").context("this needs Linux")? {
        let entry = entry?;
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        // It may have ended meanwhile.
        let Ok(line) = fs::read_to_string(entry.path().join("stat")) else { continue };
        found.insert(id, parse(&line).with_context(|| format!("/proc has {line:?}"))?);
    }
    Ok(found)
}

/// A line of `/proc/<pid>/stat`: proc(5).
fn parse(line: &str) -> Option<Process> {
    // The name of the program is in parentheses, and may have some of its own.
    let fields: Vec<&str> = line.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |field: usize| fields.get(field)?.parse::<u32>().ok();
    let ticks = (11..=14).map(number).sum::<Option<u32>>()?;
    Some(Process { parent: number(1)?, ticks })
}

#[cfg(test)]
mod tests {
    use std::hint::black_box;
    use std::time::Instant;

    use super::*;

    #[test]
    fn a_line_of_proc_is_read_whatever_the_program_is_called() {
        let line = "7 (a) b) (c) S 3 7 7 0 -1 4194304 100 0 0 0 12 30 4 5 20 0 1 0 100 0 0";
        let process = parse(line).expect("it is one");
        assert_eq!((process.parent, process.ticks), (3, 51));
    }

    #[test]
    fn what_this_process_computes_is_counted() {
        let own = [std::process::id()];
        let before = used_by(&own).expect("there is a /proc");
        let start = Instant::now();
        while used_by(&own).expect("there is a /proc") < before + TICK * 3 {
            black_box((0..100_000).fold(0_u64, u64::wrapping_add));
            assert!(start.elapsed() < Duration::from_secs(60));
        }
    }
}
