use std::{
    env, fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use ablage::Zeitpunkt;
use serde_json::{Value, json};

use super::*;
use crate::zusteller::fitconnect::ereignis::Ereignis;

/// The test vectors of a public JOSE library: a token and the key that signed it, and a token of
/// somebody else.
fn vectors() -> Option<[String; 3]> {
    let schemas = env::var_os("SCHEMAS_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/schemas"),
        PathBuf::from,
    );
    let ordner = schemas.join("fit-connect/testvektoren");
    let namen = [
        "set-create-submission-gueltig.jwt",
        "set-anderer-schluessel.jwt",
        "jwks-fit-connect-test-2022.json",
    ];
    if !ordner.is_dir() {
        let note = format!("NOT RUN: no test vectors at {}\n", ordner.display());
        std::io::stderr().write_all(note.as_bytes()).unwrap();
        return None;
    }
    Some(namen.map(|name| fs::read_to_string(ordner.join(name)).unwrap().trim().to_owned()))
}

#[test]
fn the_real_token_verifies_and_the_foreign_one_does_not() {
    let Some([gueltig, fremd, satz]) = vectors() else { return };
    let satz: JwkSatz = serde_json::from_str(&satz).unwrap();
    let kid = Kopf::read(&gueltig).unwrap().kid;
    let schluessel = satz.keys[0].for_verification(&kid).unwrap();
    assert_eq!(schluessel.verify(&gueltig), Ok(()));
    assert_eq!(schluessel.verify(&fremd), Err(JoseError::Zweck));
    let ereignis = Ereignis::read(&gueltig).unwrap();
    assert!(
        ereignis.is_about(
            "5e82c135-a3b7-4eb0-bd83-6df337331170",
            "c9f0db91-9355-451a-b2a5-7a9be10ce765"
        )
    );
    assert!(
        !ereignis.is_about(
            "c9f0db91-9355-451a-b2a5-7a9be10ce765",
            "5e82c135-a3b7-4eb0-bd83-6df337331170"
        )
    );
    assert!(ereignis.is_past(Zeitpunkt::from_millis(1_651_656_151_000)));
    assert!(!ereignis.is_past(Zeitpunkt::from_millis(1_651_656_000_000)));

    // The foreign one under the name of the right key.
    let name = |jws: &str| jws.split('.').map(str::to_owned).collect::<Vec<_>>();
    let untergeschoben = [&name(&gueltig)[0], &name(&fremd)[1], &name(&fremd)[2]];
    let untergeschoben = untergeschoben.map(String::as_str).join(".");
    assert_eq!(schluessel.verify(&untergeschoben), Err(JoseError::Signatur));
    // One bit of the content.
    let mut inhalt = name(&gueltig);
    let anders = if inhalt[1].as_bytes()[10] == b'A' { "B" } else { "A" };
    inhalt[1].replace_range(10..11, anders);
    assert_eq!(schluessel.verify(&inhalt.join(".")), Err(JoseError::Signatur));
    for kaputt in ["", "a.b", "a.b.c.d", "e30.e30.e30"] {
        assert!(schluessel.verify(kaputt).is_err(), "{kaputt}");
    }
}

#[test]
fn only_keys_for_the_purpose_are_taken() {
    let Some([_, _, satz]) = vectors() else { return };
    let satz: Value = serde_json::from_str(&satz).unwrap();
    let kid = satz["keys"][0]["kid"].as_str().unwrap().to_owned();
    let read = |change: &dyn Fn(&mut Value)| {
        let mut jwk = satz["keys"][0].clone();
        change(&mut jwk);
        serde_json::from_value::<Jwk>(jwk).unwrap()
    };
    let verschluesseln = |jwk: &mut Value| {
        jwk["alg"] = "RSA-OAEP-256".into();
        jwk["key_ops"] = json!(["wrapKey"]);
    };
    assert!(read(&|_| ()).for_verification(&kid).is_ok());
    assert!(read(&|_| ()).for_encryption(&kid).is_err());
    assert!(read(&verschluesseln).for_encryption(&kid).is_ok());
    assert!(read(&verschluesseln).for_verification(&kid).is_err());
    assert!(read(&verschluesseln).for_encryption("another").is_err());
    // 2048 bits.
    let kurz = |jwk: &mut Value| {
        verschluesseln(jwk);
        jwk["n"] = jwk["n"].as_str().unwrap()[..342].into();
    };
    assert!(read(&kurz).for_encryption(&kid).is_err());
    let schwach = |jwk: &mut Value| {
        verschluesseln(jwk);
        jwk["e"] = "Aw".into();
    };
    assert!(read(&schwach).for_encryption(&kid).is_err());
}

#[test]
fn nothing_is_encrypted_twice_in_the_same_way() {
    let Some([_, _, satz]) = vectors() else { return };
    let mut satz: Value = serde_json::from_str(&satz).unwrap();
    satz["keys"][0]["alg"] = "RSA-OAEP-256".into();
    satz["keys"][0]["key_ops"] = json!(["wrapKey"]);
    let jwk: Jwk = serde_json::from_value(satz["keys"][0].clone()).unwrap();
    let schluessel = jwk.for_encryption(&jwk.kid).unwrap();
    let [eins, zwei] = [(); 2].map(|()| schluessel.encrypt(b"Text", "application/xml").unwrap());
    let teile = |jwe: &Jwe| jwe.text.split('.').map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(teile(&eins).len(), 5);
    assert_eq!(teile(&eins)[0], teile(&zwei)[0]);
    for stelle in 1..5 {
        assert_ne!(teile(&eins)[stelle], teile(&zwei)[stelle]);
    }
    assert_eq!(eins.tag(), teile(&eins)[4]);
}

#[test]
fn tokens_of_another_implementation_verify_if_they_are_what_they_say() {
    let pem = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/gegenstellen/schluessel/zustellpunkt-signieren.pem"
    ));
    let private = {
        use rsa::pkcs8::DecodePrivateKey as _;
        rsa::RsaPrivateKey::from_pkcs8_pem(pem).unwrap()
    };
    let encode = |zahl: &BigUint| BASE64_URL_SAFE_NO_PAD.encode(zahl.to_bytes_be());
    let jwk = json!({
        "kty": "RSA", "alg": "PS512", "kid": "k", "key_ops": ["verify"],
        "n": encode(private.n()), "e": encode(private.e()),
    });
    let jwk: Jwk = serde_json::from_value(jwk).unwrap();
    let schluessel = jwk.for_verification("k").unwrap();
    for (alg, typ, expect) in [
        ("PS512", "secevent+jwt", Ok(())),
        ("PS256", "secevent+jwt", Err(JoseError::Zweck)),
        ("RS512", "secevent+jwt", Err(JoseError::Zweck)),
        ("PS512", "JWT", Err(JoseError::Zweck)),
    ] {
        let kopf = json!({ "alg": alg, "typ": typ, "kid": "k" });
        let auftrag = json!({ "aufgabe": "sign", "pem": pem, "kopf": kopf, "claims": {"a": 1} });
        let Some(antwort) = python(&auftrag) else { return };
        assert_eq!(schluessel.verify(antwort["set"].as_str().unwrap()), expect, "{alg} {typ}");
    }
}

/// What `tests/jose.py` answers; `None` if Debian's Python lacks its modules and need not have them.
fn python(auftrag: &Value) -> Option<Value> {
    let mut probe = Command::new("/usr/bin/python3");
    probe.args(["-c", "import jwcrypto"]).stderr(Stdio::null());
    if !probe.status().is_ok_and(|status| status.success()) {
        let is_free = env::var_os("CI").is_none() && env::var_os("PRUEFE_ALLES").is_none();
        assert!(is_free, "python3-jwcrypto is needed");
        std::io::stderr().write_all(b"NOT RUN: no python3-jwcrypto\n").unwrap();
        return None;
    }
    let mut child = Command::new("/usr/bin/python3")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/jose.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(auftrag.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "jose.py failed");
    Some(serde_json::from_slice(&output.stdout).unwrap())
}
