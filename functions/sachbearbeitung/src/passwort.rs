//! Passwords against their hashes.

use argon2::{Algorithm, Argon2, Params, PasswordVerifier as _, password_hash::phc::PasswordHash};

use crate::konfiguration::{Benutzer, Konfiguration};

/// Whose Kennung and password these are. Somebody who does not exist takes as long as somebody
/// whose password is wrong: their password is tried against the hash of another one.
pub(crate) fn verify<'a>(
    konfiguration: &'a Konfiguration,
    kennung: &str,
    passwort: &str,
) -> Option<&'a Benutzer> {
    let gemeint = konfiguration.benutzer(kennung);
    let hash = &gemeint.or(konfiguration.benutzer.first())?.passwort;
    let passt = Argon2::default().verify_password(passwort.as_bytes(), hash.as_str()).is_ok();
    gemeint.filter(|_| passt)
}

/// Whether a text is a whole hash of argon2id in the PHC string format.
pub(crate) fn is_lesbar(hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        hash.algorithm == Algorithm::Argon2id.ident()
            && hash.hash.is_some()
            && hash.salt.is_some()
            && Params::try_from(&hash).is_ok()
    })
}
