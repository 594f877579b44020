//! The DMS beside the recordings of a real CMIS server: the same calls, status, media type and JSON shape.

use std::{fs, path::Path};

use serde_json::Value;

use crate::{
    dms::{create_document, create_folder, root},
    helfer::{Answer, Form, Probe, get, schemas_dir},
};

/// What only the recorded server has, and says that it does.
const EXTENSIONS: &[&str] = &["exampleExtension"];

#[test]
fn answers_look_as_they_were_recorded() {
    let Some(schemas) = schemas_dir("answers_look_as_they_were_recorded") else {
        return;
    };
    let recordings = schemas.join("cmis-probe");
    let probe = Probe::start();
    let url = |path: &str| format!("{}{path}", root(&probe));
    let browser = probe.stelle.cmis_url();
    let check = |name: &str, answer: &Answer| compare(&recordings, name, answer);

    let repositories = get(&browser);
    let (status, recorded) = read(&recordings, "01_repositories");
    assert_eq!(repositories.status, status);
    compare_shapes("01", &recorded["A1"], &repositories.json()["akten"]);

    check("02_createFolder_201", &create_folder(&probe, "", "Einbürgerung Muster"));
    check(
        "03_createFolder_409_nameConstraintViolation",
        &create_folder(&probe, "", "Einbürgerung Muster"),
    );
    let folder = "/Einb%C3%BCrgerung%20Muster";
    check(
        "04_createDocument_201",
        &create_document(&probe, folder, "Antrag Müller.pdf", b"%PDF-1.4 Test").unwrap(),
    );
    let document = format!("{folder}/Antrag%20M%C3%BCller.pdf?cmisselector=object&succinct=true");
    check("05_object_by_path_200", &get(&url(&document)));
    check("06_object_by_path_404", &get(&url("/gibtsnicht?cmisselector=object")));
    let query = Form::utf8().text("cmisaction", "query").text("succinct", "true").text(
        "statement",
        "SELECT cmis:objectId, cmis:name FROM cmis:document WHERE cmis:name = 'Antrag Müller.pdf'",
    );
    check("07_query_200", &query.post(&format!("{browser}/akten")).unwrap());
    check("08_invalidArgument_400", &create_folder(&probe, "", "a/b"));
    check("09_no_selector_405", &get(&format!("{browser}/akten")));
    let without_charset = Form::default()
        .text("cmisaction", "createFolder")
        .text("succinct", "true")
        .properties(&[("cmis:objectTypeId", "cmis:folder"), ("cmis:name", "Ümlaut")])
        .post(&url(""))
        .unwrap();
    check("10_multipart_ohne_charset_201_mojibake", &without_charset);
    let (_, recorded) = read(&recordings, "10_multipart_ohne_charset_201_mojibake");
    assert_eq!(
        without_charset.json()["succinctProperties"]["cmis:name"],
        recorded["succinctProperties"]["cmis:name"]
    );
    let unknown_type = Form::utf8()
        .text("cmisaction", "createFolder")
        .properties(&[("cmis:objectTypeId", "gibtsnicht"), ("cmis:name", "b")]);
    check("11_type_unbekannt_404", &unknown_type.post(&url("")).unwrap());

    let definition =
        get(&format!("{browser}/akten?cmisselector=typeDefinition&typeId=cmis:document"));
    check("12_typeDefinition", &definition);
    let (_, recorded) = read(&recordings, "12_typeDefinition");
    for (id, recorded) in recorded["propertyDefinitions"].as_object().unwrap() {
        let mut own = definition.json()["propertyDefinitions"][id].clone();
        for text in ["displayName", "description"] {
            own[text] = recorded[text].clone();
        }
        assert_eq!(&own, recorded, "{id}");
    }
    let delete_tree = Form::utf8().text("cmisaction", "deleteTree").post(&url(folder)).unwrap();
    check("13_deleteTree", &delete_tree);
}

#[track_caller]
fn compare(recordings: &Path, name: &str, answer: &Answer) {
    let (status, recorded) = read(recordings, name);
    assert_eq!(answer.status, status, "{name}");
    let meta = fs::read(recordings.join(format!("{name}.meta.json"))).unwrap();
    let meta: Value = serde_json::from_slice(&meta).unwrap();
    assert_eq!(answer.header("content-type"), meta["content_type"], "{name}");
    if recorded.is_null() {
        assert!(answer.body.is_empty(), "{name}");
    } else {
        compare_shapes(name, &recorded, &answer.json());
    }
    if let Some(exception) = recorded.get("exception") {
        assert_eq!(&answer.json()["exception"], exception, "{name}");
    }
}

/// Status and body; `Null` for an empty one.
fn read(recordings: &Path, name: &str) -> (u16, Value) {
    let read = |part: &str| fs::read(recordings.join(format!("{name}.{part}.json"))).unwrap();
    let meta: Value = serde_json::from_slice(&read("meta")).unwrap();
    let body = read("body");
    let body = match body.is_empty() {
        true => Value::Null,
        false => serde_json::from_slice(&body).unwrap(),
    };
    (u16::try_from(meta["status"].as_u64().unwrap()).unwrap(), body)
}

/// The same names and the same kinds of values all the way down. Of lists the first items are compared.
#[track_caller]
fn compare_shapes(place: &str, recorded: &Value, own: &Value) {
    match (recorded, own) {
        (Value::Object(recorded), Value::Object(own)) => {
            let keys = |object: &serde_json::Map<String, Value>| -> Vec<String> {
                let mut keys: Vec<String> = object.keys().cloned().collect();
                keys.retain(|key| !EXTENSIONS.contains(&key.as_str()));
                keys.sort();
                keys
            };
            assert_eq!(keys(own), keys(recorded), "{place}");
            for key in keys(recorded) {
                compare_shapes(&format!("{place}/{key}"), &recorded[&key], &own[&key]);
            }
        }
        (Value::Array(recorded), Value::Array(own)) => {
            if let (Some(recorded), Some(own)) = (recorded.first(), own.first()) {
                compare_shapes(&format!("{place}/0"), recorded, own);
            }
        }
        (Value::Null, Value::Null)
        | (Value::Bool(_), Value::Bool(_))
        | (Value::Number(_), Value::Number(_))
        | (Value::String(_), Value::String(_)) => {}
        _ => panic!("{place}: {own} where {recorded} was recorded"),
    }
}
