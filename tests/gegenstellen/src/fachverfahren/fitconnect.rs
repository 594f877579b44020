//! FIT-Connect, submission API version 2, with a token service and one destination, written from
//! its documentation: below `/fit-connect`, the token service at `/fit-connect/token`.
//!
//! The destination's subscriber is in it: as soon as a submission is complete it decrypts it,
//! compares hashes and tags, and accepts or rejects it. Its keys lie in `schluessel/`: they protect
//! nothing and are for tests alone.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
    sync::Mutex,
};

use aes_gcm::{Aes256Gcm, KeyInit as _, aead::Aead as _, aead::Payload};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hyper::{
    Method, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, USER_AGENT},
};
use rsa::{
    Oaep, RsaPrivateKey,
    pkcs8::DecodePrivateKey as _,
    pss::SigningKey,
    sha2::Sha512 as SignSha512,
    signature::{RandomizedSigner as _, SignatureEncoding as _},
    traits::PublicKeyParts as _,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha512};
use tempfile::NamedTempFile;

use crate::{
    http::{Anfrage, Antwort},
    journal::{lock, now},
    steuerung::Modus,
};

const BASIS: &str = "/fit-connect";
/// The one destination.
pub(crate) const ZIEL: &str = "6f0a1d3e-2b4c-4d5e-8f60-718293a4b5c6";
/// Its keys, and the delivery service's.
const KID_VERSCHLUESSELN: &str = "3285b9f1-5f6c-4a3e-9b7e-0f1c2d3e4a01";
const KID_ZIEL: &str = "3285b9f1-5f6c-4a3e-9b7e-0f1c2d3e4a02";
const KID_DIENST: &str = "3285b9f1-5f6c-4a3e-9b7e-0f1c2d3e4a03";
const SET_SCHEMA: &str =
    "https://schema.fitko.de/fit-connect/set-payload/1.2.2/set-payload.schema.json";
const EREIGNIS: &str = "https://schema.fitko.de/fit-connect/events/";
/// Services that the destination offers, and the schemas of their messages.
const LEISTUNGEN: [&str; 3] = [
    "urn:de:fim:leika:leistung:99010005000000",
    "urn:de:fim:leika:leistung:99010012000000",
    "urn:de:fim:leika:leistung:99099002000000",
];
const SCHEMATA: [&str; 4] = [
    "http://www.osci.de/xauslaender2611",
    "urn:example:einbuergerung:0.1",
    "urn:example:einbuergerung:0.2",
    "urn:a",
];

/// Who may ask for tokens.
const CLIENT_ID: &str = "antragsportal";
const CLIENT_SECRET: &str = "nur fürs Testen & nichts sonst";

pub(crate) struct FitConnect {
    ordner: PathBuf,
    entschluesseln: RsaPrivateKey,
    ziel: SigningKey<SignSha512>,
    dienst: SigningKey<SignSha512>,
    jwks: Jwks,
    tokens: Mutex<BTreeSet<String>>,
    /// By id.
    einreichungen: Mutex<BTreeMap<String, Einreichung>>,
}

struct Jwks {
    verschluesseln: Value,
    ziel: Value,
    dienst: Value,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Einreichung {
    lfd: usize,
    submission_id: String,
    case_id: String,
    leistung: String,
    angekuendigt: Vec<String>,
    /// JWEs by attachment.
    anhaenge: BTreeMap<String, String>,
    metadaten: Option<String>,
    daten: Option<String>,
    /// Signed events.
    ereignisse: Vec<String>,
    entschieden: bool,
}

/// A refusal as RFC 9457 problem.
struct Problem(StatusCode, String);

fn problem(status: u16, text: impl Into<String>) -> Problem {
    Problem(StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST), text.into())
}

impl FitConnect {
    pub fn open(ordner: PathBuf) -> io::Result<FitConnect> {
        fs::create_dir_all(&ordner)?;
        let mut einreichungen = BTreeMap::new();
        for file in fs::read_dir(&ordner)? {
            let path = file?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                let einreichung: Einreichung = serde_json::from_slice(&fs::read(&path)?)?;
                einreichungen.insert(einreichung.submission_id.clone(), einreichung);
            }
        }
        let key = |pem: &str| RsaPrivateKey::from_pkcs8_pem(pem).map_err(io::Error::other);
        let entschluesseln = key(include_str!("../../schluessel/zustellpunkt-entschluesseln.pem"))?;
        let ziel = key(include_str!("../../schluessel/zustellpunkt-signieren.pem"))?;
        let dienst = key(include_str!("../../schluessel/zustelldienst-signieren.pem"))?;
        let jwk = |key: &RsaPrivateKey, kid: &str, alg: &str, op: &str| {
            json!({
                "kty": "RSA", "kid": kid, "alg": alg, "key_ops": [op],
                "n": URL_SAFE_NO_PAD.encode(key.n().to_bytes_be()),
                "e": URL_SAFE_NO_PAD.encode(key.e().to_bytes_be()),
            })
        };
        let jwks = Jwks {
            verschluesseln: jwk(&entschluesseln, KID_VERSCHLUESSELN, "RSA-OAEP-256", "wrapKey"),
            ziel: jwk(&ziel, KID_ZIEL, "PS512", "verify"),
            dienst: jwk(&dienst, KID_DIENST, "PS512", "verify"),
        };
        Ok(FitConnect {
            ordner,
            entschluesseln,
            ziel: SigningKey::new(ziel),
            dienst: SigningKey::new(dienst),
            jwks,
            tokens: Mutex::default(),
            einreichungen: Mutex::new(einreichungen),
        })
    }

    /// Whether the path is one of FIT-Connect.
    pub fn has(pfad: &str) -> bool {
        pfad.starts_with("/fit-connect/")
    }

    /// What a request wants: `token`, `zustellpunkt`, `schluessel`, `ankuendigen`, `anhang`,
    /// `absenden`, `ereignisse`.
    pub fn action(anfrage: &Anfrage) -> String {
        let is_get = anfrage.methode == Method::GET;
        match (segments(&anfrage.pfad).as_slice(), is_get) {
            (["token"], _) => "token",
            (["v2", "destinations", _], true) => "zustellpunkt",
            (["v2", "destinations", _, "keys", _] | [".well-known", "jwks.json"], true) => {
                "schluessel"
            }
            (["v2", "submissions"], false) => "ankuendigen",
            (["v2", "submissions", _], false) => "absenden",
            (["v2", "submissions", _, "attachments", _], false) => "anhang",
            (["v2", "cases", _, "events"], true) => "ereignisse",
            _ => "unbekannt",
        }
        .to_owned()
    }

    /// Answers; `store` takes a message in, or says why not.
    pub fn execute(
        &self,
        anfrage: &Anfrage,
        modus: Modus,
        text: Option<&str>,
        store: impl FnOnce(Vec<u8>) -> Result<(), String>,
    ) -> Antwort {
        self.answer(anfrage, modus, text, store).unwrap_or_else(|Problem(status, text)| {
            let body = json!({
                "type": "about:blank", "title": text, "status": status.as_u16(),
                "instance": anfrage.pfad,
            });
            Antwort::new(status, "application/problem+json", body.to_string())
        })
    }

    fn answer(
        &self,
        anfrage: &Anfrage,
        modus: Modus,
        text: Option<&str>,
        store: impl FnOnce(Vec<u8>) -> Result<(), String>,
    ) -> Result<Antwort, Problem> {
        if anfrage.header(USER_AGENT).is_none_or(str::is_empty) {
            return Err(problem(403, "A User-Agent is required."));
        }
        let body = anfrage.inhalt.as_deref().ok_or_else(|| problem(413, "Payload too large."))?;
        let path = segments(&anfrage.pfad);
        if path == ["token"] {
            return self.token(anfrage, body);
        }
        // Keys of the delivery service are for everybody.
        if path == [".well-known", "jwks.json"] {
            return Ok(ok(&json!({ "keys": [self.jwks.dienst] })));
        }
        let bearer = anfrage.header(AUTHORIZATION).and_then(|it| it.strip_prefix("Bearer "));
        if bearer.is_none_or(|token| !lock(&self.tokens).contains(token)) {
            return Err(problem(401, "The access token is missing or no longer valid."));
        }
        match (&anfrage.methode, path.as_slice()) {
            (&Method::GET, ["v2", "destinations", ziel]) if *ziel == ZIEL => Ok(ok(&json!({
                "destinationId": ZIEL,
                "status": "active",
                "encryptionKid": KID_VERSCHLUESSELN,
                "metadataVersions": ["1.3.0", "2.1.0"],
                "publicServices": LEISTUNGEN.map(|identifier| json!({
                    "identifier": identifier,
                    "regions": ["DE091620000000"],
                    "submissionSchemas": SCHEMATA.map(|uri| json!({
                        "schemaUri": uri, "mimeType": "application/xml",
                    })),
                })),
            }))),
            (&Method::GET, ["v2", "destinations", ziel, "keys", kid]) if *ziel == ZIEL => {
                match *kid {
                    KID_VERSCHLUESSELN => Ok(ok(&self.jwks.verschluesseln)),
                    KID_ZIEL => Ok(ok(&self.jwks.ziel)),
                    _ => Err(problem(404, "No such key.")),
                }
            }
            (&Method::POST, ["v2", "submissions"]) => self.announce(body),
            (&Method::PUT, ["v2", "submissions", id, "attachments", anhang]) => {
                self.attach(id, anhang, anfrage, body)
            }
            (&Method::PUT, ["v2", "submissions", id]) => self.submit(id, body),
            (&Method::GET, ["v2", "cases", id, "events"]) => self.events(id, modus, text, store),
            _ => Err(problem(404, "Not found.")),
        }
    }

    /// RFC 6749 § 4.4 with `client_secret_post`.
    fn token(&self, anfrage: &Anfrage, body: &[u8]) -> Result<Antwort, Problem> {
        let form: BTreeMap<String, String> = form_urlencoded::parse(body).into_owned().collect();
        let get = |name: &str| form.get(name).map(String::as_str);
        let is_form = anfrage.header(CONTENT_TYPE) == Some("application/x-www-form-urlencoded");
        if !is_form || get("grant_type") != Some("client_credentials") {
            return Err(problem(400, "unsupported_grant_type"));
        }
        if (get("client_id"), get("client_secret")) != (Some(CLIENT_ID), Some(CLIENT_SECRET)) {
            return Err(problem(401, "invalid_client"));
        }
        let mut tokens = lock(&self.tokens);
        let token = format!("{:x}.{}", now(), tokens.len());
        tokens.insert(token.clone());
        Ok(ok(&json!({
            "access_token": token, "token_type": "Bearer", "expires_in": 1800,
            "scope": "https://schema.fitko.de/fit-connect/oauth/scopes/send-submissions",
        })))
    }

    /// All tokens given so far are worth nothing any more.
    pub fn revoke(&self) {
        lock(&self.tokens).clear();
    }

    fn announce(&self, body: &[u8]) -> Result<Antwort, Problem> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Ankuendigung {
            destination_id: String,
            announced_attachments: Vec<String>,
            public_service: Leistung,
        }
        #[derive(Deserialize)]
        struct Leistung {
            identifier: String,
            name: String,
        }

        let Ankuendigung { destination_id, announced_attachments, public_service } =
            serde_json::from_slice(body).map_err(|error| problem(400, error.to_string()))?;
        if destination_id != ZIEL {
            return Err(problem(404, "No such destination."));
        }
        let is_offered = LEISTUNGEN.contains(&public_service.identifier.as_str());
        if !is_offered || public_service.name.is_empty() {
            return Err(problem(422, "The public service is not offered by this destination."));
        }
        if announced_attachments.iter().any(|id| !is_uuid4(id)) {
            return Err(problem(422, "An attachment id is no UUID of version 4."));
        }
        let mut einreichungen = lock(&self.einreichungen);
        let lfd = einreichungen.len() + 1;
        let id =
            |art: u8| format!("{:08x}-0000-4{art:03x}-8000-{:012x}", lfd, now() & 0xffff_ffff_ffff);
        let mut einreichung = Einreichung {
            lfd,
            submission_id: id(1),
            case_id: id(2),
            leistung: public_service.identifier,
            angekuendigt: announced_attachments,
            ..Einreichung::default()
        };
        self.log(&mut einreichung, "create-submission", json!({}), false);
        self.save(&einreichung)?;
        let antwort = json!({
            "submissionId": einreichung.submission_id, "caseId": einreichung.case_id,
        });
        einreichungen.insert(einreichung.submission_id.clone(), einreichung);
        Ok(Antwort::json(StatusCode::CREATED, &antwort))
    }

    fn attach(
        &self,
        id: &str,
        anhang: &str,
        anfrage: &Anfrage,
        body: &[u8],
    ) -> Result<Antwort, Problem> {
        let mut einreichungen = lock(&self.einreichungen);
        let einreichung =
            einreichungen.get_mut(id).ok_or_else(|| problem(404, "No such submission."))?;
        if einreichung.daten.is_some() {
            return Err(problem(409, "The submission is already submitted."));
        }
        if !einreichung.angekuendigt.iter().any(|it| it == anhang) {
            return Err(problem(404, "This attachment was not announced."));
        }
        if anfrage.header(CONTENT_TYPE) != Some("application/jose") {
            return Err(problem(415, "The content type has to be application/jose."));
        }
        let jwe = std::str::from_utf8(body).map_err(|_| problem(400, "That is no JWE."))?;
        check_header(jwe, None)?;
        einreichung.anhaenge.insert(anhang.to_owned(), jwe.to_owned());
        self.save(einreichung)?;
        Ok(Antwort::text(StatusCode::NO_CONTENT, ""))
    }

    fn submit(&self, id: &str, body: &[u8]) -> Result<Antwort, Problem> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "camelCase")]
        struct Absendung {
            encrypted_metadata: String,
            encrypted_data: String,
        }

        let Absendung { encrypted_metadata, encrypted_data } =
            serde_json::from_slice(body).map_err(|error| problem(400, error.to_string()))?;
        check_header(&encrypted_metadata, Some(&["application/json"]))?;
        check_header(&encrypted_data, Some(&["application/json", "application/xml"]))?;
        let mut einreichungen = lock(&self.einreichungen);
        let einreichung =
            einreichungen.get_mut(id).ok_or_else(|| problem(404, "No such submission."))?;
        if einreichung.daten.is_some() {
            return Err(problem(409, "The submission is already submitted."));
        }
        if einreichung.angekuendigt.len() != einreichung.anhaenge.len() {
            return Err(problem(422, "Not all announced attachments are there."));
        }
        einreichung.metadaten = Some(encrypted_metadata);
        einreichung.daten = Some(encrypted_data);
        self.log(einreichung, "submit-submission", json!({}), false);
        self.log(einreichung, "notify-submission", json!({ "notifyType": "callback" }), false);
        self.save(einreichung)?;
        let antwort = json!({ "submissionId": id, "caseId": einreichung.case_id });
        Ok(ok(&antwort))
    }

    /// The event log. The subscriber does its work just before.
    fn events(
        &self,
        case: &str,
        modus: Modus,
        text: Option<&str>,
        store: impl FnOnce(Vec<u8>) -> Result<(), String>,
    ) -> Result<Antwort, Problem> {
        let mut einreichungen = lock(&self.einreichungen);
        let einreichung = einreichungen.values_mut().find(|it| it.case_id == case);
        let einreichung = einreichung.ok_or_else(|| problem(404, "No such case."))?;
        if einreichung.daten.is_some() && !einreichung.entschieden && modus != Modus::Offen {
            einreichung.entschieden = modus != Modus::FalscherBeleg;
            let before = einreichung.clone();
            self.decide(einreichung, modus, text, store);
            let answer = ok(&json!({ "eventLog": einreichung.ereignisse }));
            if modus == Modus::FalscherBeleg {
                // A wrong event is not kept: the next look finds the truth.
                *einreichung = before;
            }
            self.save(einreichung)?;
            return Ok(answer);
        }
        Ok(ok(&json!({ "eventLog": einreichung.ereignisse })))
    }

    fn decide(
        &self,
        einreichung: &mut Einreichung,
        modus: Modus,
        text: Option<&str>,
        store: impl FnOnce(Vec<u8>) -> Result<(), String>,
    ) {
        let checked = match modus {
            Modus::Zurueckweisen => Err(text.unwrap_or("Der Antrag ist unvollständig.").to_owned()),
            _ => self.open_submission(einreichung),
        };
        let checked = match (checked, modus) {
            (Ok(daten), Modus::FalscherBeleg) => {
                drop(daten);
                Ok(())
            }
            (Ok(daten), _) => store(daten),
            (Err(error), _) => Err(error),
        };
        let tag = |jwe: &str| jwe.rsplit('.').next().unwrap_or_default().to_owned();
        let tag_of = |jwe: &Option<String>| jwe.as_deref().map(tag).unwrap_or_default();
        match checked {
            Err(detail) => {
                let problem = json!({
                    "type": "https://schema.fitko.de/fit-connect/events/problems/other",
                    "title": "Zurückgewiesen",
                    "detail": detail,
                    "instance": "submission",
                });
                self.log(einreichung, "reject-submission", json!({ "problems": [problem] }), true);
            }
            Ok(()) => {
                let anhaenge: BTreeMap<&String, String> =
                    einreichung.anhaenge.iter().map(|(id, jwe)| (id, tag(jwe))).collect();
                let mut tags = json!({
                    "metadata": tag_of(&einreichung.metadaten),
                    "data": tag_of(&einreichung.daten),
                    "attachments": anhaenge,
                });
                let is_wrong = modus == Modus::FalscherBeleg;
                if is_wrong && text != Some("schluessel") {
                    tags["data"] = "AAAAAAAAAAAAAAAAAAAAAA".into();
                }
                // The delivery service cannot accept for a destination.
                let by_destination = !(is_wrong && text == Some("schluessel"));
                let inhalt = json!({ "authenticationTags": tags });
                self.log_by(einreichung, "accept-submission", inhalt, true, by_destination);
            }
        }
    }

    /// Decrypts all of it and compares it with its metadata; the message.
    fn open_submission(&self, einreichung: &Einreichung) -> Result<Vec<u8>, String> {
        let open = |jwe: &Option<String>| self.decrypt(jwe.as_deref().unwrap_or_default());
        let metadaten = open(&einreichung.metadaten)?;
        let daten = open(&einreichung.daten)?;
        let metadaten: Value =
            serde_json::from_slice(&metadaten).map_err(|_| "The metadata are no JSON.")?;
        check_metadata(&metadaten)?;
        let inhalt = &metadaten["contentStructure"];
        check_hash(&inhalt["data"]["hash"], &daten)?;
        let schema = &inhalt["data"]["submissionSchema"];
        let is_known = schema["schemaUri"].as_str().is_some_and(|uri| SCHEMATA.contains(&uri));
        if !is_known || schema["mimeType"] != "application/xml" {
            return Err("The schema is not offered by the destination.".to_owned());
        }
        let described = inhalt["attachments"].as_array().map(Vec::as_slice).unwrap_or_default();
        if described.len() != einreichung.anhaenge.len() {
            return Err("Metadata and attachments do not match.".to_owned());
        }
        for anhang in described {
            let id = anhang["attachmentId"].as_str().unwrap_or_default();
            let jwe = einreichung.anhaenge.get(id).ok_or("An attachment is missing.")?;
            check_hash(&anhang["hash"], &self.decrypt(jwe)?)?;
        }
        Ok(daten)
    }

    /// RFC 7516 § 5.2 with RSA-OAEP-256 and A256GCM.
    fn decrypt(&self, jwe: &str) -> Result<Vec<u8>, String> {
        let wrong = |_| "A JWE cannot be decrypted.".to_owned();
        let parts: Vec<&str> = jwe.split('.').collect();
        let [header, key, iv, text, tag] = parts.as_slice() else {
            return Err("A JWE has five parts.".to_owned());
        };
        let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| "no base64url");
        let key = self
            .entschluesseln
            .decrypt(Oaep::new::<rsa::sha2::Sha256>(), &decode(key)?)
            .map_err(|_| "The key of a JWE is not for this destination.")?;
        let iv: [u8; 12] = decode(iv)?.try_into().map_err(|_| "An IV has 96 bits.")?;
        let mut msg = decode(text)?;
        msg.extend(decode(tag)?);
        let cipher = Aes256Gcm::new_from_slice(&key).map_err(|_| "A key has 256 bits.")?;
        let payload = Payload { msg: &msg, aad: header.as_bytes() };
        cipher.decrypt(&iv.into(), payload).map_err(wrong)
    }

    fn log(&self, einreichung: &mut Einreichung, art: &str, inhalt: Value, by_destination: bool) {
        self.log_by(einreichung, art, inhalt, by_destination, by_destination);
    }

    /// Adds a signed event (RFC 8417). `claims_destination` and `by_destination` differ if somebody
    /// pretends to be the other.
    fn log_by(
        &self,
        einreichung: &mut Einreichung,
        art: &str,
        inhalt: Value,
        claims_destination: bool,
        by_destination: bool,
    ) {
        let (iss, kid) = match claims_destination {
            true => (ZIEL.to_owned(), KID_ZIEL),
            false => (self.base(), KID_DIENST),
        };
        let header = json!({ "typ": "secevent+jwt", "alg": "PS512", "kid": kid });
        let mut events = serde_json::Map::new();
        events.insert(format!("{EREIGNIS}{art}"), inhalt);
        let claims = json!({
            "$schema": SET_SCHEMA,
            "iss": iss,
            "iat": self.second(),
            "jti": format!("{}-{}", einreichung.submission_id, einreichung.ereignisse.len()),
            "sub": format!("submission:{}", einreichung.submission_id),
            "txn": format!("case:{}", einreichung.case_id),
            "events": events,
        });
        let encode = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let signed = format!("{}.{}", encode(&header), encode(&claims));
        let key = if by_destination { &self.ziel } else { &self.dienst };
        let signature = key.sign_with_rng(&mut rsa::rand_core::OsRng, signed.as_bytes());
        let set = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()));
        einreichung.ereignisse.push(set);
    }

    /// `iss` of the delivery service.
    fn base(&self) -> String {
        "https://zustelldienst.example".to_owned()
    }

    /// Seconds since 1970. Tests have a clock of their own, which stands still.
    fn second(&self) -> u64 {
        now().min(1_795_316_947_000) / 1000
    }

    fn save(&self, einreichung: &Einreichung) -> Result<(), Problem> {
        let save = || -> io::Result<()> {
            let mut file = NamedTempFile::new_in(&self.ordner)?;
            file.write_all(&serde_json::to_vec(einreichung)?)?;
            file.persist(self.ordner.join(format!("{}.json", einreichung.lfd)))?;
            Ok(())
        };
        save().map_err(|error| problem(500, error.to_string()))
    }

    pub fn forget(&self) -> io::Result<()> {
        let mut einreichungen = lock(&self.einreichungen);
        for einreichung in einreichungen.values() {
            let path: &Path = &self.ordner.join(format!("{}.json", einreichung.lfd));
            fs::remove_file(path)?;
        }
        einreichungen.clear();
        Ok(())
    }
}

fn ok(json: &Value) -> Antwort {
    Antwort::json(StatusCode::OK, json)
}

fn segments(pfad: &str) -> Vec<&str> {
    let rest = pfad.strip_prefix(BASIS).unwrap_or_default();
    let rest = rest.strip_prefix("/submission-api").unwrap_or(rest);
    rest.split('/').filter(|segment| !segment.is_empty()).collect()
}

/// What the submission API looks at without being able to decrypt anything.
fn check_header(jwe: &str, cty: Option<&[&str]>) -> Result<(), Problem> {
    let wrong = |text: &str| problem(422, text);
    let parts: Vec<&str> = jwe.split('.').collect();
    let [header, ..] = parts.as_slice() else { return Err(wrong("That is no JWE.")) };
    if parts.len() != 5 || parts.iter().any(|part| part.is_empty()) {
        return Err(wrong("A JWE has five parts."));
    }
    let header = URL_SAFE_NO_PAD.decode(header).map_err(|_| wrong("That is no JWE."))?;
    let header: Value = serde_json::from_slice(&header).map_err(|_| wrong("That is no JWE."))?;
    if header["alg"] != "RSA-OAEP-256" || header["enc"] != "A256GCM" {
        return Err(wrong("Invalid JWE Header 'alg' or 'enc'"));
    }
    if header["kid"] != KID_VERSCHLUESSELN {
        return Err(wrong("Invalid JWE Header 'kid'"));
    }
    if header.get("zip").is_some() {
        return Err(wrong("Invalid JWE Header 'zip'"));
    }
    let given = header["cty"].as_str();
    match cty {
        Some(allowed) if !given.is_some_and(|cty| allowed.contains(&cty)) => {
            Err(wrong("Invalid JWE Header 'cty'"))
        }
        _ => Ok(()),
    }
}

/// What metadata 2.1.0 cannot be without.
fn check_metadata(metadaten: &Value) -> Result<(), String> {
    let version = "https://schema.fitko.de/fit-connect/metadata/2.1.0/metadata.schema.json";
    if metadaten["$schema"] != version {
        return Err("The metadata are not of version 2.1.0.".to_owned());
    }
    let known = [
        "$schema",
        "contentStructure",
        "paymentInformation",
        "replyChannel",
        "additionalReferenceInfo",
        "author",
        "dataSets",
    ];
    let names = metadaten.as_object().map(|it| it.keys().cloned().collect::<Vec<_>>());
    if !names.unwrap_or_default().iter().all(|name| known.contains(&name.as_str())) {
        return Err("The metadata have a property that is not in the schema.".to_owned());
    }
    Ok(())
}

fn check_hash(hash: &Value, bytes: &[u8]) -> Result<(), String> {
    let own: String = Sha512::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    match hash["type"] == "sha512" && hash["content"] == own {
        true => Ok(()),
        false => Err("A hash does not match.".to_owned()),
    }
}

fn is_uuid4(text: &str) -> bool {
    super::is_uuid(text) && text.as_bytes()[14] == b'4'
}

/// What a sender has to know, for settings in tests and in the demo.
pub(crate) fn settings() -> (Value, &'static str) {
    let settings = json!({
        "token": "/fit-connect/token",
        "clientId": CLIENT_ID,
        "ziel": ZIEL,
        "aussteller": "https://zustelldienst.example",
        "leistungen": {
            "einbuergerung": { "kennung": LEISTUNGEN[2], "name": "Einbürgerung" },
            "verpflichtungserklaerung": { "kennung": LEISTUNGEN[0], "name": "Verpflichtungserklärung" },
            "beschaeftigungserlaubnis": { "kennung": LEISTUNGEN[1], "name": "Beschäftigungserlaubnis" },
        },
    });
    (settings, CLIENT_SECRET)
}
