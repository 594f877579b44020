use ablage::{AblageError, Sitzungsregel, nativ::run};

use super::*;

const REGEL: Sitzungsregel = Sitzungsregel {
    untaetig: Duration::from_secs(30 * 60),
    hoechstens: Duration::from_secs(600 * 60),
};

#[test]
fn a_session_opens_with_its_token_until_it_ends() {
    let haus = Haus::new();
    let ablage = haus.open();
    let token = run(ablage.create_sitzung("demo", REGEL, JETZT)).unwrap();
    assert_eq!(run(ablage.sitzung(&token, REGEL, JETZT)).unwrap().kennung, "demo");
    let fremd = run(haus.open_with("andere", ALT).sitzung(&token, REGEL, JETZT));
    assert_eq!(fremd, Err(AblageError::NichtGefunden));
    assert_eq!(run(ablage.sitzung("x", REGEL, JETZT)), Err(AblageError::NichtGefunden));
    run(ablage.delete_sitzung(&token)).unwrap();
    assert_eq!(run(ablage.sitzung(&token, REGEL, JETZT)), Err(AblageError::NichtGefunden));
    assert_eq!(run(ablage.delete_sitzung(&token)), Ok(()));
}

#[test]
fn a_session_ends_by_itself() {
    let haus = Haus::new();
    let ablage = haus.open();
    let token = run(ablage.create_sitzung("demo", REGEL, JETZT)).unwrap();
    let open_at =
        |minuten: u32| run(ablage.sitzung(&token, REGEL, JETZT.plus(MINUTE * minuten))).is_ok();
    // Each request keeps it open, but not for ever.
    for minuten in (0..600).step_by(29) {
        assert!(open_at(minuten), "{minuten}");
    }
    assert!(!open_at(600));

    let vergessen = run(ablage.create_sitzung("demo", REGEL, JETZT)).unwrap();
    let ausgang = run(ablage.sitzung(&vergessen, REGEL, JETZT.plus(MINUTE * 30)));
    assert_eq!(ausgang, Err(AblageError::NichtGefunden));
    run(ablage.create_sitzung("demo", REGEL, JETZT.plus(MINUTE * 700))).unwrap();
    assert_eq!(haus.count("SELECT count(*) FROM sitzung"), 1);
}
