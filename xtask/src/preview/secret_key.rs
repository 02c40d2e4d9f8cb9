//! The backend's secret keys: production has no default ones.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, Result};

/// The key of this name: made once and kept, so that a session outlives a restart.
pub fn secret_key(state: &Path, name: &str) -> Result<String> {
    let path = state.join(name);
    match fs::read_to_string(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let key = random()?;
            let file = File::options().write(true).create_new(true).mode(0o600).open(&path);
            file.and_then(|mut file| file.write_all(key.as_bytes()))
                .with_context(|| format!("{} could not be written", path.display()))?;
            Ok(key)
        }
        key => key.with_context(|| format!("{} could not be read", path.display())),
    }
}

/// 32 random bytes, in hexadecimal.
pub fn random() -> Result<String> {
    let mut bytes = [0; 32];
    File::open("/dev/urandom").and_then(|mut source| source.read_exact(&mut bytes)).context("no random bytes")?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn a_key_is_kept_and_is_no_other_previews() {
        let (one, other) = (Scratch::new("key-one"), Scratch::new("key-other"));
        let key = secret_key(one.folder(), "key").expect("a writable folder");
        assert_eq!(secret_key(one.folder(), "key").expect("kept"), key);
        assert_ne!(secret_key(one.folder(), "other-key").expect("a writable folder"), key);
        assert_ne!(secret_key(other.folder(), "key").expect("a writable folder"), key);
        assert_eq!(key.len(), 64);
    }
}
