//! Bearer tokens of machines: schedulers and partners that call a function.

use subtle::ConstantTimeEq as _;

use crate::annahme::sha256;

/// Whether a header `Authorization` carries this secret as a bearer token (RFC 6750). Takes the
/// same time for every wrong token, of whatever length. An empty secret opens for nobody.
pub fn is_bearer(geheimnis: &str, authorization: Option<&str>) -> bool {
    let bearer = authorization.and_then(|wert| wert.split_once(' '));
    let token = bearer
        .filter(|(schema, _)| schema.eq_ignore_ascii_case("bearer"))
        .map_or("", |(_, token)| token.trim());
    let passt = sha256(token.as_bytes()).ct_eq(&sha256(geheimnis.as_bytes()));
    !geheimnis.is_empty() && bool::from(passt)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_secret_opens() {
        for (geheimnis, header, erwartet) in [
            ("geheim", Some("Bearer geheim"), true),
            ("geheim", Some("bearer  geheim"), true),
            ("geheim", Some("Bearer geheim2"), false),
            ("geheim", Some("Basic geheim"), false),
            ("geheim", Some("geheim"), false),
            ("geheim", Some("Bearer"), false),
            ("geheim", None, false),
            ("", Some("Bearer "), false),
            ("", None, false),
        ] {
            assert_eq!(is_bearer(geheimnis, header), erwartet, "{header:?}");
        }
    }
}
