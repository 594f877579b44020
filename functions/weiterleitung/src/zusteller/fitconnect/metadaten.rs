//! The metadata of a submission, schema 2.1.0.

use ablage::Vorgang;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha512};

use crate::zusteller::fitconnect::{Anhang, Autor, Einreichung};

/// What metadata are made of.
pub struct Metadaten<'a> {
    pub schema: &'a str,
    pub medientyp: &'a str,
    pub inhalt: &'a [u8],
    pub vorgang: &'a Vorgang,
    /// All attachments are uploaded.
    pub einreichung: &'a Einreichung,
    pub autor: Option<&'a Autor>,
}

impl Metadaten<'_> {
    pub fn to_json(&self) -> String {
        let anhaenge: Vec<Value> =
            self.einreichung.anhaenge.iter().map(|anhang| self.attachment(anhang)).collect();
        let mut metadaten = json!({
            "$schema": "https://schema.fitko.de/fit-connect/metadata/2.1.0/metadata.schema.json",
            "contentStructure": {
                "data": {
                    "hash": { "type": "sha512", "content": hash(self.inhalt) },
                    "submissionSchema": { "schemaUri": self.schema, "mimeType": self.medientyp },
                },
                "attachments": anhaenge,
            },
            "additionalReferenceInfo": {
                "senderReference": self.vorgang.nummer.to_string(),
                "applicationDate":
                    self.vorgang.eingegangen_am.in_germany().format("%Y-%m-%d").to_string(),
            },
        });
        if let Some(autor) = self.autor {
            metadaten["author"] = json!({
                "name": autor.name,
                "product": {
                    "name": autor.produkt,
                    "version": env!("CARGO_PKG_VERSION"),
                    "manufacturer": autor.hersteller,
                },
            });
        }
        metadaten.to_string()
    }

    fn attachment(&self, anhang: &Anhang) -> Value {
        let hash = anhang.geladen.as_ref().map(|(hash, _)| hash.as_str()).unwrap_or_default();
        let datei = anhang
            .datei
            .as_ref()
            .and_then(|id| self.vorgang.anlagen.iter().find(|datei| datei.id == *id));
        let (zweck, name, medientyp, beschreibung) = match datei {
            Some(datei) => {
                ("attachment", datei.name.as_str(), datei.medientyp.as_str(), datei.typ.as_str())
            }
            None => {
                ("form", "antragszusammenfassung.pdf", "application/pdf", "Antragszusammenfassung")
            }
        };
        json!({
            "attachmentId": anhang.id,
            "hash": { "type": "sha512", "content": hash },
            "purpose": zweck,
            "filename": name,
            "mimeType": medientyp,
            "description": beschreibung,
        })
    }
}

/// SHA-512 in lower-case hex.
pub fn hash(bytes: &[u8]) -> String {
    Sha512::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
