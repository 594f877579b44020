//! The CMIS browser binding, call by call.

use std::fs;

use gegenstellen::{Anmeldung, Ziel};
use serde_json::{Value, json};

use crate::helfer::{Answer, Form, Probe, get, hex_digest, send};

pub fn root(probe: &Probe) -> String {
    format!("{}/akten/root", probe.stelle.cmis_url())
}

/// `path` is percent-encoded and begins with a slash, or is empty for the root.
pub fn create_document(
    probe: &Probe,
    path: &str,
    name: &str,
    bytes: &[u8],
) -> Result<Answer, String> {
    Form::utf8()
        .text("cmisaction", "createDocument")
        .text("succinct", "true")
        .properties(&[("cmis:objectTypeId", "cmis:document"), ("cmis:name", name)])
        .content("antrag.pdf", "application/pdf", bytes)
        .post(&format!("{}{path}", root(probe)))
}

pub fn create_folder(probe: &Probe, path: &str, name: &str) -> Answer {
    Form::utf8()
        .text("cmisaction", "createFolder")
        .text("succinct", "true")
        .properties(&[("cmis:objectTypeId", "cmis:folder"), ("cmis:name", name)])
        .post(&format!("{}{path}", root(probe)))
        .unwrap()
}

fn refusal(answer: &Answer) -> (u16, String) {
    let body = answer.json();
    assert!(body["message"].is_string(), "{body}");
    assert_eq!(answer.header("content-type"), "application/json;charset=utf-8");
    (answer.status, body["exception"].as_str().unwrap().to_owned())
}

#[test]
fn a_document_goes_in_and_comes_out() {
    let probe = Probe::start();
    let folder = create_folder(&probe, "", "33.20 Einbürgerung");
    assert_eq!(folder.status, 201);
    assert_eq!(folder.json()["succinctProperties"]["cmis:path"], "/33.20 Einbürgerung");
    let path = "/33.20%20Einb%C3%BCrgerung";
    let bytes = b"%PDF\r\n--7d1f\r\n\0\xff";
    let created = create_document(&probe, path, "Antrag Müller.pdf", bytes).unwrap();
    assert_eq!(created.status, 201);
    let document = created.json();
    assert_eq!(document["succinctProperties"]["cmis:name"], "Antrag Müller.pdf");
    assert_eq!(document["succinctProperties"]["cmis:contentStreamLength"], bytes.len());
    assert_eq!(get(created.header("location")).json()["exactACL"], true);

    let url = format!("{}{path}/Antrag%20M%C3%BCller.pdf", root(&probe));
    let found = get(&format!("{url}?cmisselector=object&succinct=true"));
    assert_eq!((found.status, found.json()), (200, document.clone()));
    let id = document["succinctProperties"]["cmis:objectId"].as_str().unwrap();
    let by_id = get(&format!("{}?objectId={id}&cmisselector=object&succinct=true", root(&probe)));
    assert_eq!(by_id.json(), document);
    let content = get(&url);
    assert_eq!(content.body, bytes);
    assert_eq!(content.header("content-type"), "application/pdf");
    let file = probe.file("dms/33.20 Einbürgerung/Antrag Müller.pdf");
    assert_eq!(fs::read(file).unwrap(), bytes);

    let eingang = probe.stelle.eingang(Ziel::Dms);
    let keys: Vec<&str> = eingang.iter().map(|entry| entry.schluessel.as_str()).collect();
    assert_eq!(keys, ["/33.20 Einbürgerung", "/33.20 Einbürgerung/Antrag Müller.pdf"]);
    assert_eq!(eingang[1].sha256.as_deref(), Some(hex_digest(bytes).as_str()));
    assert_eq!(eingang[1].objekt_id.as_deref(), Some(id));
}

#[test]
fn multipart_text_without_charset_is_latin_1() {
    let probe = Probe::start();
    let property = |name: &str, more: &str, value: &str| {
        (format!("name=\"{name}\""), more.to_owned(), value.to_owned())
    };
    let check = |first: Form, more: &str, expect: &str| {
        let parts = [
            property("cmisaction", "", "createFolder"),
            property("propertyId[0]", "", "cmis:objectTypeId"),
            property("propertyValue[0]", "", "cmis:folder"),
            property("propertyId[1]", "", "cmis:name"),
            property("propertyValue[1]", more, "Ümlaut"),
            property("succinct", "", "true"),
        ];
        let form = parts.iter().fold(first, |form, (disposition, more, value)| {
            form.part(disposition, more, value.as_bytes())
        });
        let answer = form.post(&root(&probe)).unwrap();
        let name = answer.json()["succinctProperties"]["cmis:name"].clone();
        assert_eq!((answer.status, name), (201, Value::from(expect)));
        probe.stelle.forget(Ziel::Dms).unwrap();
    };
    check(Form::default(), "", "Ã\u{9c}mlaut");
    check(Form::default(), "Content-Type: text/plain\r\n", "Ã\u{9c}mlaut");
    check(Form::utf8(), "", "Ümlaut");
    check(Form::default(), "Content-Type: text/plain; charset=utf-8\r\n", "Ümlaut");

    // A form without content may be urlencoded, and that is UTF-8.
    let body = "cmisaction=createFolder&propertyId[0]=cmis:objectTypeId&propertyValue[0]=cmis:folder\
                &propertyId[1]=cmis:name&propertyValue[1]=%C3%9Cmlaut&succinct=true";
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    let answer = send("POST", &root(&probe), &headers, Some(body.as_bytes())).unwrap();
    assert_eq!(answer.json()["succinctProperties"]["cmis:name"], "Ümlaut");

    // No charset helps the file's name.
    let form = Form::utf8()
        .text("cmisaction", "createDocument")
        .text("succinct", "true")
        .properties(&[("cmis:objectTypeId", "cmis:document"), ("cmis:name", "ä.pdf")])
        .content("ä.pdf", "application/pdf", b"x");
    let document = form.post(&root(&probe)).unwrap().json();
    assert_eq!(document["succinctProperties"]["cmis:name"], "ä.pdf");
    assert_eq!(document["succinctProperties"]["cmis:contentStreamFileName"], "Ã¤.pdf");
}

#[test]
fn refusals_are_those_of_cmis() {
    let probe = Probe::start();
    create_folder(&probe, "", "a");
    create_document(&probe, "", "d", b"x").unwrap();
    let create = |action: &str, path: &str, properties: &[(&str, &str)]| {
        let form = Form::utf8().text("cmisaction", action).properties(properties);
        refusal(&form.post(&format!("{}{path}", root(&probe))).unwrap())
    };
    let folder = |properties: &[(&str, &str)]| {
        let mut all = vec![("cmis:objectTypeId", "cmis:folder")];
        all.extend_from_slice(properties);
        create("createFolder", "", &all)
    };
    let error = |status: u16, exception: &str| (status, exception.to_owned());
    assert_eq!(folder(&[("cmis:name", "a")]), error(409, "nameConstraintViolation"));
    for name in ["a/b", "a\\b", "a:b", "a\"b", "a*b", "a?b", "a<b", "a>b", "a|b", "", "..", ".cmis"]
    {
        assert_eq!(folder(&[("cmis:name", name)]), error(400, "invalidArgument"), "{name}");
    }
    assert_eq!(folder(&[("cmis:name", &"n".repeat(256))]), error(400, "invalidArgument"));
    assert_eq!(folder(&[]), error(400, "invalidArgument"));
    assert_eq!(folder(&[("cmis:name", "b"), ("x:y", "1")]), error(400, "invalidArgument"));
    assert_eq!(folder(&[("cmis:name", "b"), ("cmis:path", "/")]), error(409, "constraint"));
    let named = |typ| [("cmis:objectTypeId", typ), ("cmis:name", "b")];
    assert_eq!(create("createFolder", "", &[("cmis:name", "b")]), error(400, "invalidArgument"));
    assert_eq!(create("createFolder", "", &named("gibtsnicht")), error(404, "objectNotFound"));
    assert_eq!(create("createFolder", "", &named("cmis:document")), error(409, "constraint"));
    assert_eq!(create("createFolder", "/x", &named("cmis:folder")), error(404, "objectNotFound"));
    assert_eq!(create("createFolder", "/d", &named("cmis:folder")), error(400, "invalidArgument"));
    assert_eq!(create("zaubern", "", &[]), error(405, "notSupported"));
    assert_eq!(create("deleteTree", "", &[]), error(409, "constraint"));
    let posteingang = [("cmis:name", "b"), ("abh:posteingang", "gestern")];
    let akte = [&[("cmis:objectTypeId", "abh:akte")], posteingang.as_slice()].concat();
    assert_eq!(create("createFolder", "", &akte), error(400, "invalidArgument"));

    let browser = probe.stelle.cmis_url();
    for (method, url, expect) in [
        ("GET", format!("{browser}/akten"), error(405, "notSupported")),
        ("GET", format!("{browser}/akten?cmisselector=x"), error(405, "notSupported")),
        ("GET", format!("{browser}/akten/root?cmisselector=x"), error(405, "notSupported")),
        (
            "GET",
            format!("{browser}/akten/root/x?cmisselector=object"),
            error(404, "objectNotFound"),
        ),
        ("GET", format!("{browser}/akten/root?objectId=7"), error(404, "objectNotFound")),
        ("GET", format!("{browser}/akten/root?objectId=x"), error(404, "objectNotFound")),
        ("GET", format!("{browser}/akten/root/%FF"), error(400, "invalidArgument")),
        ("GET", format!("{browser}/A1"), error(404, "objectNotFound")),
        (
            "GET",
            format!("{browser}/akten/root/d?cmisselector=children"),
            error(400, "invalidArgument"),
        ),
        ("GET", format!("{browser}/akten?cmisselector=query&q=x"), error(400, "invalidArgument")),
        ("DELETE", format!("{browser}/akten/root/d"), error(405, "notSupported")),
    ] {
        assert_eq!(refusal(&send(method, &url, &[], None).unwrap()), expect, "{method} {url}");
    }
    // Nothing of all that left a trace.
    assert_eq!(probe.stelle.eingang(Ziel::Dms).iter().filter(|e| e.gespeichert).count(), 2);
}

#[test]
fn children_come_in_pages() {
    let probe = Probe::start();
    create_folder(&probe, "", "Akte");
    for name in ["3.pdf", "1.pdf", "2.pdf"] {
        create_document(&probe, "/Akte", name, b"x").unwrap();
    }
    let check = |query: &str, names: &[&str], more: bool| {
        let url = format!("{}/Akte?cmisselector=children&succinct=true{query}", root(&probe));
        let page = get(&url).json();
        let objects = page["objects"].as_array().unwrap();
        let found: Vec<&str> = objects
            .iter()
            .map(|entry| entry["object"]["succinctProperties"]["cmis:name"].as_str().unwrap())
            .collect();
        assert_eq!(found, names, "{query}");
        assert_eq!((&page["hasMoreItems"], &page["numItems"]), (&json!(more), &json!(3)));
    };
    check("", &["1.pdf", "2.pdf", "3.pdf"], false);
    check("&maxItems=2", &["1.pdf", "2.pdf"], true);
    check("&maxItems=2&skipCount=2", &["3.pdf"], false);
    check("&skipCount=9", &[], false);
    let url = format!("{}/Akte?includePathSegment=true&filter=cmis:name&maxItems=1", root(&probe));
    let expect = json!({
        "object": { "exactACL": true, "properties": get(&url).json()["objects"][0]["object"]["properties"] },
        "pathSegment": "1.pdf",
    });
    let entry = &get(&url).json()["objects"][0];
    assert_eq!(entry, &expect);
    let ids: Vec<&String> = entry["object"]["properties"].as_object().unwrap().keys().collect();
    assert_eq!(ids, ["cmis:name", "cmis:objectId"]);
    let name = &entry["object"]["properties"]["cmis:name"];
    assert_eq!((&name["value"], &name["type"]), (&json!("1.pdf"), &json!("string")));
}

#[test]
fn queries_find_by_name_folder_and_own_property() {
    let probe = Probe::start();
    let folder = create_folder(&probe, "", "Akte O'Neil").json();
    let folder = folder["succinctProperties"]["cmis:objectId"].as_str().unwrap().to_owned();
    create_document(&probe, "/Akte%20O'Neil", "Müller's.pdf", b"x").unwrap();
    let own = Form::utf8()
        .text("cmisaction", "createDocument")
        .properties(&[
            ("cmis:objectTypeId", "abh:dokument"),
            ("cmis:name", "01_Antrag.pdf"),
            ("abh:schluessel", "VE-7/01"),
            ("abh:posteingang", "1795311048646"),
        ])
        .content("a.pdf", "application/pdf", b"x");
    assert_eq!(own.post(&root(&probe)).unwrap().status, 201);
    let secondary = Form::utf8().text("cmisaction", "createDocument").properties(&[
        ("cmis:objectTypeId", "cmis:document"),
        ("cmis:name", "02.pdf"),
        ("cmis:secondaryObjectTypeIds", "abh:fremdschluessel"),
        ("abh:schluessel", "VE-7/02"),
    ]);
    assert_eq!(secondary.post(&root(&probe)).unwrap().status, 201);

    let url = format!("{}/akten", probe.stelle.cmis_url());
    let check = |statement: &str, names: &[&str]| {
        let form = Form::utf8()
            .text("cmisaction", "query")
            .text("statement", statement)
            .text("succinct", "true");
        let answer = form.post(&url).unwrap();
        assert_eq!(answer.status, 200, "{statement}: {}", answer.text());
        let body = answer.json();
        let results = body["results"].as_array().unwrap();
        let found: Vec<&str> = results
            .iter()
            .map(|result| result["succinctProperties"]["cmis:name"].as_str().unwrap())
            .collect();
        assert_eq!(found, names, "{statement}");
        assert_eq!(body["numItems"], names.len());
    };
    check(r"SELECT * FROM cmis:document WHERE cmis:name = 'Müller\'s.pdf'", &["Müller's.pdf"]);
    check(&format!("SELECT * FROM cmis:document WHERE IN_FOLDER('{folder}')"), &["Müller's.pdf"]);
    check(
        "SELECT * FROM cmis:document WHERE IN_TREE('100') AND cmis:name LIKE '0%' ORDER BY cmis:name DESC",
        &["02.pdf", "01_Antrag.pdf"],
    );
    check(
        "SELECT cmis:name FROM abh:dokument WHERE abh:schluessel = 'VE-7/01'",
        &["01_Antrag.pdf"],
    );
    check("SELECT * FROM cmis:folder", &["Akte O'Neil"]);
    check("SELECT * FROM cmis:document WHERE cmis:name = 'Muller'", &[]);
    let url = format!(
        "{url}?cmisselector=query&q=SELECT+abh:schluessel+FROM+abh:fremdschluessel+WHERE+abh:schluessel+IS+NOT+NULL&succinct=true"
    );
    let expect = json!({
        "results": [{ "succinctProperties": { "abh:schluessel": "VE-7/02" } }],
        "hasMoreItems": false,
        "numItems": 1,
    });
    assert_eq!(get(&url).json(), expect);
}

#[test]
fn objects_change_and_go() {
    let probe = Probe::start();
    create_folder(&probe, "", "Akte");
    create_folder(&probe, "/Akte", "Vorgang");
    let document = create_document(&probe, "/Akte/Vorgang", "1.pdf", b"alt").unwrap().json();
    let token = document["succinctProperties"]["cmis:changeToken"].as_str().unwrap().to_owned();
    let post = |path: &str, form: Form| form.post(&format!("{}{path}", root(&probe))).unwrap();
    let set = |token: &str, overwrite: &str| {
        Form::utf8()
            .text("cmisaction", "setContent")
            .text("succinct", "true")
            .text("changeToken", token)
            .text("overwriteFlag", overwrite)
            .content("neu.pdf", "application/pdf", b"neuer")
    };
    let path = "/Akte/Vorgang/1.pdf";
    assert_eq!(post(path, set("1", "true")).status, 409);
    assert_eq!(refusal(&post(path, set(&token, "false"))).1, "contentAlreadyExists");
    let changed = post(path, set(&token, "true"));
    assert_eq!(changed.status, 201);
    assert_eq!(changed.json()["succinctProperties"]["cmis:contentStreamLength"], 5);
    assert_ne!(changed.json()["succinctProperties"]["cmis:changeToken"], token);
    assert_eq!(get(&format!("{}{path}", root(&probe))).text(), "neuer");
    // The old token is of no use any more.
    assert_eq!(refusal(&post(path, set(&token, "true"))).1, "updateConflict");

    let rename = Form::utf8()
        .text("cmisaction", "update")
        .text("succinct", "true")
        .properties(&[("cmis:name", "Vorgang 2"), ("cmis:description", "umbenannt")]);
    let renamed = post("/Akte/Vorgang", rename);
    assert_eq!(renamed.status, 200);
    assert_eq!(renamed.json()["succinctProperties"]["cmis:path"], "/Akte/Vorgang 2");
    assert_eq!(renamed.json()["succinctProperties"]["cmis:description"], "umbenannt");
    assert_eq!(get(&format!("{}/Akte/Vorgang%202/1.pdf", root(&probe))).text(), "neuer");
    assert_eq!(fs::read(probe.file("dms/Akte/Vorgang 2/1.pdf")).unwrap(), b"neuer");

    let action = |name: &str| Form::utf8().text("cmisaction", name);
    assert_eq!(refusal(&post("/Akte", action("delete"))), (409, "constraint".to_owned()));
    assert_eq!(post("/Akte/Vorgang%202/1.pdf", action("delete")).status, 204);
    let deleted = post("/Akte", action("deleteTree"));
    assert_eq!((deleted.status, deleted.body.len()), (200, 0));
    assert!(!probe.file("dms/Akte").exists());
    assert_eq!(get(&format!("{}?cmisselector=children", root(&probe))).json()["numItems"], 0);
    // The name is free again.
    assert_eq!(create_folder(&probe, "", "Akte").status, 201);
}

#[test]
fn the_dms_survives_a_restart() {
    let probe = Probe::start();
    create_folder(&probe, "", "Akte");
    create_document(&probe, "/Akte", "Müller.pdf", b"x").unwrap();
    // What a crash can leave behind: an entry whose file never came.
    let orphan = fs::read_to_string(probe.file("dms/.cmis/102.json")).unwrap();
    let orphan = orphan.replace("102", "109").replace("Müller.pdf", "weg.pdf");
    fs::write(probe.file("dms/.cmis/109.json"), orphan).unwrap();
    let object = |probe: &Probe, name: &str| {
        get(&format!("{}/Akte/{name}?cmisselector=object&succinct=true", root(probe)))
    };
    let before = object(&probe, "M%C3%BCller.pdf").json();

    let probe = probe.restart();
    assert_eq!(object(&probe, "M%C3%BCller.pdf").json(), before);
    assert_eq!(get(&format!("{}/Akte/M%C3%BCller.pdf", root(&probe))).text(), "x");
    assert_eq!(object(&probe, "weg.pdf").status, 404);
    let again = create_document(&probe, "/Akte", "Müller.pdf", b"x").unwrap();
    assert_eq!(refusal(&again), (409, "nameConstraintViolation".to_owned()));
    let next = create_document(&probe, "/Akte", "weg.pdf", b"y").unwrap().json();
    assert_ne!(
        next["succinctProperties"]["cmis:objectId"],
        before["succinctProperties"]["cmis:objectId"]
    );
    let versuche: Vec<u64> =
        probe.stelle.eingang(Ziel::Dms).iter().map(|entry| entry.versuche).collect();
    assert_eq!(versuche, [1, 2, 1]);
}

#[test]
fn credentials_are_asked_for_if_some_are_set() {
    let check = |anmeldung: &str, authorization: &str, status: u16, creator: &str| {
        let anmeldung: Anmeldung = anmeldung.parse().unwrap();
        let probe = Probe::start_with(|e| e.dms_anmeldung = anmeldung);
        let form = Form::utf8()
            .text("cmisaction", "createFolder")
            .text("succinct", "true")
            .properties(&[("cmis:objectTypeId", "cmis:folder"), ("cmis:name", "a")]);
        let answer = form.post_with(&root(&probe), &[("Authorization", authorization)]).unwrap();
        assert_eq!(answer.status, status, "{authorization}");
        match status {
            401 => assert!(!answer.header("www-authenticate").is_empty()),
            _ => assert_eq!(answer.json()["succinctProperties"]["cmis:createdBy"], creator),
        }
    };
    check("", "", 201, "gegenstelle");
    check("basic portal:a:b", "Basic cG9ydGFsOmE6Yg==", 201, "portal");
    check("basic portal:a:b", "Basic cG9ydGFsOmE=", 401, "");
    check("basic portal:a:b", "", 401, "");
    check("bearer T", "Bearer T", 201, "gegenstelle");
    check("bearer T", "Bearer U", 401, "");
}

#[test]
fn content_over_the_limit_is_a_bare_500() {
    let probe = Probe::start_with(|e| e.grenze = 5000);
    let answer = create_document(&probe, "", "gross.pdf", &[b'x'; 5000]).unwrap();
    assert_eq!((answer.status, answer.body.len()), (500, 0));
    assert_eq!(create_document(&probe, "", "klein.pdf", &[b'x'; 3000]).unwrap().status, 201);
}
