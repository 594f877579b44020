//! The decision table of the Beschäftigungserlaubnis, against the decisions of the cases.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::Path};

use serde_json::{Value, json};
use shared::{
    antraege::beschaeftigungserlaubnis::{Lage, Weg, weg},
    werte::Datum,
};

#[test]
fn decisions_are_those_of_the_cases() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/faelle/cases.json");
    let faelle: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let faelle = &faelle["beschaeftigungserlaubnis"];
    let pairs = faelle["weg"].as_array().unwrap().iter().map(|it| (it, "input", "ergebnis"));
    let valid = faelle["valid"].as_array().unwrap().iter().map(|it| (it, "wegInput", "weg"));
    let mut count = 0;
    for (fall, input, ergebnis) in pairs.chain(valid) {
        let input = &fall[input];
        let stichtag = datum(&input["stichtag"]).unwrap();
        assert_eq!(to_json(&weg(&lage(input), stichtag)), fall[ergebnis], "{}", fall["id"]);
        count += 1;
    }
    assert_eq!(count, 17);
}

fn lage(input: &Value) -> Lage {
    let text = |name: &str| input[name].as_str().map(str::to_owned);
    let flag = |name: &str| input[name].as_bool().unwrap_or(false);
    Lage {
        status: text("status").unwrap(),
        nebenbestimmung: text("nebenbestimmung"),
        staatsangehoerigkeiten: input["staatsangehoerigkeiten"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it.as_str().unwrap().to_owned())
            .collect(),
        beschaeftigungsart: text("beschaeftigungsart"),
        ununterbrochen_seit: datum(&input["ununterbrochenSeit"]),
        geduldet_seit: datum(&input["geduldetSeit"]),
        gestattet_seit: datum(&input["gestattetSeit"]),
        asylantrag_am: datum(&input["asylantragAm"]),
        asyl_registriert_am: datum(&input["asylRegistriertAm"]),
        asyl_status: text("asylStatus"),
        wohnt_in_ae: flag("wohntInAE"),
        pass_vorgelegt: flag("passVorgelegt"),
        im_asylverfahren_erlaubt: flag("imAsylverfahrenErlaubt"),
        sv_monate: input["svMonate"].as_i64().unwrap_or(0),
        abschnitt: input["abschnitt"].as_u64().and_then(|it| u8::try_from(it).ok()),
        ohne_p9: input["p9AusgeschlossenGrund"].is_string(),
        dublin_oder_schutz: flag("dublinOderSchutzAndererStaat"),
        p104_18: flag("p104_18"),
    }
}

fn datum(json: &Value) -> Option<Datum> {
    Some(json.as_str()?.parse().unwrap())
}

fn to_json(weg: &Weg) -> Value {
    json!({
        "weg": weg.art.code(),
        "beteiligungBA": weg.art.beteiligung_ba(),
        "rechtsgrundlage": weg.rechtsgrundlage,
        "fruehestensAm": weg.fruehestens_am.map(Datum::iso),
        "entscheidung": weg.entscheidung,
        "hinweise": weg.hinweise,
    })
}
