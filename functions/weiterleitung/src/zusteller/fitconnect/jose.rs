//! What FIT-Connect needs of JOSE: JWE with RSA-OAEP-256 and A256GCM to send, JWS with PS512 to
//! verify. Nothing here holds a private key, so the time that an operation takes tells nobody
//! anything (RUSTSEC-2023-0071 is about decryption and signing).

use ablage::{AblageError, zufall};
use aes_gcm::{AeadInOut as _, Aes256Gcm, KeyInit as _};
use base64::prelude::*;
use rsa::{
    BigUint, Oaep, Pss, RsaPublicKey,
    rand_core::{CryptoRng, RngCore},
    sha2::{Digest as _, Sha256, Sha512},
    traits::{PublicKeyParts as _, SignatureScheme as _},
};
use serde::{Deserialize, Serialize};

/// Smallest modulus of an encryption key, in bits.
const BITS_MIN: usize = 4096;
/// Largest that is computed with.
const BITS_MAX: usize = 8192;
/// RFC 7518 § 3.5: the salt is as long as the hash.
const SALZ: usize = 64;

/// Why a key or a token is not used. Says nothing of its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JoseError {
    /// Not what it should be.
    #[error("the token or key cannot be read")]
    Form,
    /// Another algorithm, use or type.
    #[error("the token or key is for something else")]
    Zweck,
    /// Somebody else signed it, or something else.
    #[error("the signature is not valid")]
    Signatur,
}

/// A public key as JSON (RFC 7517).
#[derive(Clone, Deserialize)]
pub struct Jwk {
    kty: String,
    alg: String,
    kid: String,
    #[serde(default)]
    key_ops: Vec<String>,
    n: String,
    e: String,
}

/// Several of them.
#[derive(Deserialize)]
pub struct JwkSatz {
    pub keys: Vec<Jwk>,
}

/// Encrypts for its owner.
#[derive(Clone)]
pub struct Verschluesselungsschluessel {
    schluessel: RsaPublicKey,
    kid: String,
}

/// Tells whether its owner has signed.
#[derive(Clone)]
pub struct Pruefschluessel {
    schluessel: RsaPublicKey,
    kid: String,
}

/// An encrypted text in compact form.
pub struct Jwe {
    pub text: String,
}

impl Jwe {
    /// The authentication tag: its fifth part.
    pub fn tag(&self) -> &str {
        self.text.rsplit('.').next().unwrap_or_default()
    }
}

impl Jwk {
    pub fn has_id(&self, kid: &str) -> bool {
        self.kid == kid
    }

    /// Checks what the metadata schema demands of encryption keys.
    pub fn for_encryption(&self, kid: &str) -> Result<Verschluesselungsschluessel, JoseError> {
        let schluessel = self.read(kid, "RSA-OAEP-256", "wrapKey")?;
        if schluessel.n().bits() < BITS_MIN {
            return Err(JoseError::Zweck);
        }
        Ok(Verschluesselungsschluessel { schluessel, kid: kid.to_owned() })
    }

    pub fn for_verification(&self, kid: &str) -> Result<Pruefschluessel, JoseError> {
        let schluessel = self.read(kid, "PS512", "verify")?;
        Ok(Pruefschluessel { schluessel, kid: kid.to_owned() })
    }

    fn read(&self, kid: &str, alg: &str, op: &str) -> Result<RsaPublicKey, JoseError> {
        let is_for = self.kty == "RSA"
            && self.alg == alg
            && self.kid == kid
            && self.e == "AQAB"
            && self.key_ops == [op];
        if !is_for {
            return Err(JoseError::Zweck);
        }
        let number = |text: &str| {
            let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| JoseError::Form)?;
            Ok(BigUint::from_bytes_be(&bytes))
        };
        let (n, e) = (number(&self.n)?, number(&self.e)?);
        RsaPublicKey::new_with_max_size(n, e, BITS_MAX).map_err(|_| JoseError::Form)
    }
}

impl Verschluesselungsschluessel {
    /// Encrypts with a key and a nonce that are used this once.
    ///
    /// # Errors
    /// If the system has no random numbers.
    pub fn encrypt(&self, klartext: &[u8], cty: &str) -> Result<Jwe, AblageError> {
        #[derive(Serialize)]
        struct Kopf<'a> {
            alg: &'a str,
            enc: &'a str,
            kid: &'a str,
            cty: &'a str,
        }

        let kopf = Kopf { alg: "RSA-OAEP-256", enc: "A256GCM", kid: &self.kid, cty };
        let kopf = serde_json::to_vec(&kopf).expect("texts become JSON");
        let cek: [u8; 32] = zufall::bytes()?;
        let iv: [u8; 12] = zufall::bytes()?;
        let mut saat = Saat(zufall::bytes()?);
        let umhuellt = self
            .schluessel
            .encrypt(&mut saat, Oaep::new::<Sha256>(), &cek)
            .expect("32 bytes fit into the padding of 4096 bits");

        let laenge = kopf.len() + umhuellt.len() + iv.len() + klartext.len() + 16;
        let mut text = String::with_capacity(laenge * 4 / 3 + 16);
        BASE64_URL_SAFE_NO_PAD.encode_string(&kopf, &mut text);
        let aad = text.clone();
        let mut geheim = klartext.to_vec();
        let tag = Aes256Gcm::new(&cek.into())
            .encrypt_inout_detached(&iv.into(), aad.as_bytes(), geheim.as_mut_slice().into())
            .expect("the text is shorter than 64 GiB");
        for teil in [umhuellt.as_slice(), &iv, &geheim, &tag] {
            text.push('.');
            BASE64_URL_SAFE_NO_PAD.encode_string(teil, &mut text);
        }
        Ok(Jwe { text })
    }
}

impl Pruefschluessel {
    /// Whether the owner of this key has signed the token.
    ///
    /// # Errors
    /// If not, or if the token says that it is something else than a Security Event Token.
    pub fn verify(&self, set: &str) -> Result<(), JoseError> {
        let kopf = Kopf::read(set)?;
        if kopf.kid != self.kid {
            return Err(JoseError::Zweck);
        }
        let [_, _, signatur] = split(set)?;
        let signatur = BASE64_URL_SAFE_NO_PAD.decode(signatur).map_err(|_| JoseError::Form)?;
        let (signiert, _) = set.rsplit_once('.').ok_or(JoseError::Form)?;
        Pss::new_with_salt::<Sha512>(SALZ)
            .verify(&self.schluessel, &Sha512::digest(signiert), &signatur)
            .map_err(|_| JoseError::Signatur)
    }
}

/// The header of a Security Event Token.
#[derive(Deserialize)]
pub struct Kopf {
    typ: String,
    alg: String,
    pub kid: String,
}

impl Kopf {
    /// Reads the header; only PS512 and only this type.
    pub fn read(set: &str) -> Result<Kopf, JoseError> {
        let [kopf, _, _] = split(set)?;
        let kopf = BASE64_URL_SAFE_NO_PAD.decode(kopf).map_err(|_| JoseError::Form)?;
        let kopf: Kopf = serde_json::from_slice(&kopf).map_err(|_| JoseError::Form)?;
        match (kopf.alg.as_str(), kopf.typ.as_str()) {
            ("PS512", "secevent+jwt") => Ok(kopf),
            _ => Err(JoseError::Zweck),
        }
    }
}

/// The three parts of a JWS in compact form.
pub fn split(jws: &str) -> Result<[&str; 3], JoseError> {
    let mut teile = jws.split('.');
    match [teile.next(), teile.next(), teile.next(), teile.next()] {
        [Some(kopf), Some(inhalt), Some(signatur), None] => Ok([kopf, inhalt, signatur]),
        _ => Err(JoseError::Form),
    }
}

/// Random bytes drawn beforehand, where failing is possible: OAEP takes one seed of 32 bytes.
struct Saat([u8; 32]);

impl RngCore for Saat {
    fn next_u32(&mut self) -> u32 {
        rsa::rand_core::impls::next_u32_via_fill(self)
    }

    fn next_u64(&mut self) -> u64 {
        rsa::rand_core::impls::next_u64_via_fill(self)
    }

    fn fill_bytes(&mut self, ziel: &mut [u8]) {
        assert_eq!(ziel.len(), self.0.len(), "OAEP with SHA-256 draws one seed");
        ziel.copy_from_slice(&self.0);
        // Nobody may get it again.
        self.0 = [0; 32];
    }

    fn try_fill_bytes(&mut self, ziel: &mut [u8]) -> Result<(), rsa::rand_core::Error> {
        self.fill_bytes(ziel);
        Ok(())
    }
}

impl CryptoRng for Saat {}

#[cfg(test)]
mod tests;
