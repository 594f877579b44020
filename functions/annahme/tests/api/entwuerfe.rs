use super::*;

#[track_caller]
fn check(portal: &Portal, bitte: &Bitte, status: u16, regel: &str) {
    let antwort = portal.send(bitte);
    assert_eq!(antwort.status, status, "{}", text(&antwort));
    let json = json(&antwort);
    assert_eq!(json["befunde"][0]["regel"], regel);
    assert_eq!(json["befunde"][0]["schwere"], "E");
    assert_eq!(json["detail"], json["befunde"][0]["text"]);
}

#[test]
fn files_are_put_listed_and_taken_back() {
    let portal = Portal::new();
    let entwurf = portal.create_entwurf();
    let antwort = portal.send(&entwurf.upload("NV_LOHN", "Löhne/Lohn März.pdf", PDF));
    assert_eq!(antwort.status, 201);
    let datei = json(&antwort);
    assert_eq!(datei["name"], "Lohn März.pdf");
    assert_eq!(
        (&datei["typ"], &datei["medientyp"]),
        (&json!("NV_LOHN"), &json!("application/pdf"))
    );
    assert_eq!(datei["groesse"], PDF.len());
    assert_eq!(datei["sha256"].as_str().unwrap().len(), 64);
    // Several for one proof.
    portal.upload(&entwurf, "NV_LOHN", PDF);
    let liste = json(&portal.send(&entwurf.bitte("GET", "")));
    assert_eq!(liste.as_array().unwrap().len(), 2);
    assert_eq!(liste[0], datei);

    let id = datei["id"].as_str().unwrap();
    assert_eq!(portal.send(&entwurf.bitte("DELETE", &format!("/{id}"))).status, 204);
    assert_eq!(portal.send(&entwurf.bitte("DELETE", &format!("/{id}"))).status, 404);
    assert_eq!(json(&portal.send(&entwurf.bitte("GET", ""))).as_array().unwrap().len(), 1);
}

#[test]
fn a_draft_is_for_its_owner() {
    let portal = Portal::new();
    let (meiner, fremder) = (portal.create_entwurf(), portal.create_entwurf());
    let id = portal.upload(&meiner, "NV_LOHN", PDF);
    let fremd = Entwurf { id: meiner.id.clone(), token: fremder.token.clone() };
    for bitte in [
        fremd.bitte("GET", ""),
        fremd.bitte("DELETE", &format!("/{id}")),
        fremd.upload("NV_LOHN", "a.pdf", PDF),
        fremder.bitte("DELETE", &format!("/{id}")),
        Entwurf { id: "x".to_owned(), token: meiner.token.clone() }.bitte("GET", ""),
    ] {
        assert_eq!(portal.send(&bitte).status, 404);
    }
    let ohne = portal.send(&meiner.bitte("GET", "").without("authorization"));
    assert_eq!((ohne.status, header(&ohne, "www-authenticate")), (401, Some("Bearer")));
    assert_eq!(portal.count("anlage"), 1);
}

#[test]
fn files_are_judged_by_their_contents() {
    let portal = Portal::new();
    let entwurf = portal.create_entwurf();
    let upload = |bytes: &[u8]| entwurf.upload("NV_LOHN", "Lohn.pdf", bytes);
    check(&portal, &upload(b""), 422, "UP_LEER");
    check(&portal, &upload(b"%PDF-1.7"), 422, "UP_LEER");
    check(&portal, &upload(b"PK\x03\x04"), 422, "UP_TYP");
    check(&portal, &upload(&PDF.replace(b"/Root", b"/Encrypt")), 422, "UP_PASSWORT");
    check(&portal, &upload(&PDF.replace(b"/Root", b"/JS")), 422, "UP_VIRUS");
    let docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    for typ in [docx, "multipart/form-data; boundary=x", "text/html"] {
        check(&portal, &upload(PDF).header("content-type", typ), 415, "UP_TYP");
    }
    // What browsers say when they do not know.
    let unbekannt = upload(PDF).header("content-type", "application/octet-stream");
    assert_eq!(portal.send(&unbekannt).status, 201);
    assert_eq!(portal.send(&upload(PDF).without("content-type")).status, 201);
    assert_eq!(portal.count("anlage"), 2);
    assert_eq!(portal.protokoll.take(), Vec::<String>::new());
}

#[test]
fn limits_are_told_with_numbers() {
    let portal = Portal::new();
    let entwurf = portal.create_entwurf();
    let of_size = |bytes: usize| {
        let mut datei = PDF.to_vec();
        datei.splice(9..9, vec![b' '; bytes - PDF.len()]);
        entwurf.upload("NV_LOHN", "Lohn.pdf", &datei)
    };
    check(&portal, &of_size(1_000_001), 413, "UP_GROESSE");
    let antwort = portal.send(&of_size(1_000_001).header("content-length", "7300000"));
    assert!(text(&antwort).contains("zu groß (8 MB). Möglich sind höchstens 1 MB"));
    assert_eq!(portal.send(&of_size(1_000_000)).status, 201);
    assert_eq!(portal.send(&of_size(600_000)).status, 201);
    check(&portal, &of_size(400_001), 413, "UP_SUMME");
    for _ in 0..6 {
        assert_eq!(portal.send(&of_size(200)).status, 201);
    }
    let antwort = portal.send(&of_size(200));
    assert_eq!(antwort.status, 413);
    assert!(json(&antwort)["detail"].as_str().unwrap().contains("höchstens 8 Dateien"));
    assert_eq!(portal.count("anlage"), 8);
}

#[test]
fn the_kind_of_proof_must_be_one_of_ours() {
    let portal = Portal::new();
    let entwurf = portal.create_entwurf();
    for query in ["", "?name=a.pdf", "?typ=", "?typ=NV_LOHN%00", "?typ=nv_lohn", "?typ=XX"] {
        let bitte = entwurf.bitte("POST", query).koerper(PDF);
        let antwort = portal.send(&bitte);
        assert_eq!(antwort.status, 422, "{query}");
        assert!(json(&antwort)["type"].as_str().unwrap().ends_with("/nachweisart"));
    }
}

#[test]
fn forgotten_drafts_are_deleted_when_others_begin() {
    let portal = Portal::new();
    let entwurf = portal.create_entwurf();
    portal.upload(&entwurf, "NV_LOHN", PDF);
    portal.jetzt.set(JETZT.plus(Duration::from_secs(29 * 86_400)));
    portal.create_entwurf();
    assert_eq!(portal.count("entwurf"), 2);
    portal.jetzt.set(JETZT.plus(Duration::from_secs(30 * 86_400 + 1)));
    portal.create_entwurf();
    assert_eq!((portal.count("entwurf"), portal.count("anlage_inhalt")), (2, 0));
}

trait Replace {
    fn replace(&self, alt: &[u8], neu: &[u8]) -> Vec<u8>;
}

impl Replace for [u8] {
    fn replace(&self, alt: &[u8], neu: &[u8]) -> Vec<u8> {
        let stelle = self.windows(alt.len()).position(|teil| teil == alt).unwrap();
        [&self[..stelle], neu, &self[stelle + alt.len()..]].concat()
    }
}
