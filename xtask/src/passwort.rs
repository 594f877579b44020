//! Passwords of caseworkers: hashing for operators, and one for the demo.

use std::io::{self, IsTerminal};

use anyhow::{Context, Result, bail};
use argon2::{Argon2, PasswordHasher};

/// `cargo xtask passwort`: reads a password from stdin and gives its hash for `benutzer`.
pub fn read_and_hash() -> Result<String> {
    if io::stdin().is_terminal() {
        eprintln!("password (it is shown), then Enter:");
    }
    let mut line = String::new();
    io::stdin().read_line(&mut line).context("cannot read the password from stdin")?;
    match line.trim_end_matches(['\r', '\n']) {
        "" => bail!("the password is empty"),
        passwort => hash(passwort),
    }
}

/// The argon2id hash of `passwort` as a PHC string, with a salt of its own.
pub fn hash(passwort: &str) -> Result<String> {
    match Argon2::default().hash_password(passwort.as_bytes()) {
        Ok(hash) => Ok(hash.to_string()),
        Err(error) => bail!("the password cannot be hashed: {error}"),
    }
}

/// A new password: twelve letters and digits that cannot be mistaken for each other, 60 bits.
pub fn generate() -> Result<String> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0; 12];
    getrandom::fill(&mut bytes).context("the system gives no random numbers")?;
    let letters: Vec<u8> = bytes.iter().map(|byte| LETTERS[usize::from(byte % 32)]).collect();
    let groups: Vec<_> = letters.chunks(4).map(String::from_utf8_lossy).collect();
    Ok(groups.join("-"))
}

#[cfg(test)]
mod tests {
    use argon2::{PasswordHash, PasswordVerifier};

    use super::*;

    #[test]
    fn a_hash_fits_its_password_alone() {
        let hash = hash("Geheim ß").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$"), "{hash}");
        let hash = PasswordHash::new(&hash).unwrap();
        assert!(Argon2::default().verify_password("Geheim ß".as_bytes(), &hash).is_ok());
        assert!(Argon2::default().verify_password(b"geheim", &hash).is_err());
    }

    #[test]
    fn generated_passwords_differ() {
        let (one, two) = (generate().unwrap(), generate().unwrap());
        assert_ne!(one, two);
        assert_eq!(one.len(), 14);
    }
}
