//! The receipt.

use serde_json::Value;
use shared::formular::Formular;
use yew::{Context, prelude::*};

use super::{
    entwurf::quittung_key,
    fragebogen::{Fragebogen, Msg},
};
use crate::{
    adresse::Adresse,
    browser, json,
    komponenten::{
        self, Dialog, Meldungsart, absatz, absatz_mit, abschnitt, block, dialog, eigenschaft,
        folge, haupttitel, knopf, knopflink, liste, meldung,
    },
    texte::{self},
};

const LOESCHEN: Dialog = Dialog {
    frage: texte::FERTIG_LOESCHEN_FRAGE,
    text: texte::FERTIG_LOESCHEN_WARNUNG,
    tun: texte::FERTIG_LOESCHEN,
};

/// The receipt that is kept on this device.
pub fn quittung(formular: &Formular) -> Option<Value> {
    json::parse(&browser::load(&quittung_key(formular.id))?)
}

impl Fragebogen {
    pub(super) fn view_fertig(&self, ctx: &Context<Fragebogen>) -> Html {
        let props = ctx.props();
        let (formular, texte) = (props.formular, &props.texte);
        let Some(quittung) = quittung(formular) else {
            let teile = vec![
                haupttitel("kern-heading-large", texte.get(texte::FERTIG_NICHTS)),
                knopflink("primary", "/", texte.get(texte::ZUR_STARTSEITE)),
            ];
            return block("schmal felder", teile);
        };
        let text = |name: &str| quittung[name].as_str().unwrap_or_default().to_owned();
        let link = ctx.link();
        let mut teile = vec![haupttitel("kern-heading-large", texte.get(texte::FERTIG_TITEL))];
        if quittung["alt"] == true {
            let alt = absatz(texte.get(texte::FERTIG_ALT));
            teile.push(meldung(Meldungsart::Warnung, "", texte.get(texte::WICHTIG), alt));
        }
        let nummern =
            [(texte::VORGANGSNUMMER, "vorgangsnummer"), (texte::ZUGANGSCODE, "zugangscode")];
        let nummern = nummern.map(|(label, id)| {
            html! {
                <div>
                    <dt class="kern-label">{ texte.get(label) }</dt>
                    <dd class="quittung__nummer" {id}>{ text(id) }</dd>
                </div>
            }
        });
        teile.push(html! { <dl class="quittung">{ for nummern }</dl> });
        teile.push(absatz_mit("kern-body kern-body--bold", texte.get(texte::FERTIG_TEXT)));
        let pdf = link.callback(|_| Msg::Pdf);
        let print = Callback::from(|_| browser::print());
        teile.push(block(
            "knopfzeile nicht-drucken",
            vec![
                knopf("primary", "download", texte.get(texte::PDF), pdf),
                knopf("secondary", "", texte.get(texte::DRUCKEN), print),
            ],
        ));
        if self.pdf_fehler {
            let titel = texte.get(texte::PDF_FEHLER);
            teile.push(meldung(Meldungsart::Fehler, "pdf-fehler", titel, Html::default()));
        }
        let danach = formular.danach.join("\n");
        let danach: Vec<&str> = texte.antrag(formular.id, "danach", &danach).lines().collect();
        let stand = komponenten::link(Adresse::Stand.to_string(), texte.get(texte::STAND_TITEL));
        teile.push(abschnitt(
            texte.get(texte::FERTIG_DANACH),
            folge(vec![liste(true, &danach), html! { <p class="kern-body">{ stand }</p> }]),
        ));
        let zeit = browser::local_time(&text("eingegangenAm"), texte.sprache());
        let zeilen = [
            (texte::ANTRAG, texte.antrag(formular.id, "titel", formular.titel).to_owned()),
            (texte::BEHOERDE, props.konfiguration.behoerde.name.clone()),
            (texte::EINGEGANGEN, zeit),
            (texte::PRUEFSUMME, text("pruefsumme")),
        ];
        let zeilen: Html = zeilen
            .into_iter()
            .filter(|(_, wert)| !wert.is_empty())
            .map(|(label, wert)| eigenschaft(texte.get(label).into(), wert.into()))
            .collect();
        teile.push(abschnitt(
            texte.get(texte::FERTIG_DATEN),
            folge(vec![
                html! { <dl class="kern-description-list">{ zeilen }</dl> },
                absatz_mit("kern-hint", texte.get(texte::PRUEFSUMME_HILFE)),
            ]),
        ));
        let on_loeschen = link.callback(|_| Msg::Dialog(Some(LOESCHEN)));
        let loeschen = knopf("secondary", "delete", texte.get(texte::FERTIG_LOESCHEN), on_loeschen);
        teile.push(block(
            "nicht-drucken felder",
            vec![absatz(texte.get(texte::FERTIG_LOESCHEN_TEXT)), block("", vec![loeschen])],
        ));
        if let Some(it) = self.dialog {
            let close = link.callback(|()| Msg::Dialog(None));
            teile.push(dialog(it, texte, link.callback(|_| Msg::QuittungLoeschen), close));
        }
        block("schmal felder", teile)
    }
}
