//! Random numbers of the operating system.

use crate::AblageError;

/// `N` random bytes.
///
/// # Errors
/// If the system has none.
pub fn bytes<const N: usize>() -> Result<[u8; N], AblageError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| AblageError::Zufall)?;
    Ok(bytes)
}

/// 64 random bits.
///
/// # Errors
/// If the system has none.
pub fn bits() -> Result<u64, AblageError> {
    bytes().map(u64::from_le_bytes)
}

/// A UUID of version 4 (RFC 9562 §5.4) in its usual notation.
///
/// # Errors
/// If the system has no random numbers.
pub fn uuid() -> Result<String, AblageError> {
    let mut zufall = u128::from_le_bytes(bytes()?);
    zufall = zufall & !(0xf << 76) | 0x4 << 76;
    zufall = zufall & !(0x3 << 62) | 0x2 << 62;
    let hex = format!("{zufall:032x}");
    Ok([&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-"))
}

/// A secret that a client keeps, 256 bits in base64url.
pub(crate) fn token() -> Result<String, AblageError> {
    use base64::prelude::*;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes::<32>()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_says_its_version() {
        let uuid = uuid().unwrap();
        assert_eq!(uuid.len(), 36);
        assert_eq!(&uuid[14..15], "4");
        assert!("89ab".contains(&uuid[19..20]));
    }
}
