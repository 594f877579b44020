//! The proofs of an application: what is needed, what is there, and what is on its way.

use shared::{
    angaben::{Angaben, View},
    befund::{Befund, Ort, Parameter},
    formular::{Datenfeld, Feld, Nachweise},
    pruefung::Bedarf,
    werte::Datum,
};
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use super::blatt::{Blatt, Handlung};
use crate::{
    komponenten::{Eingabe, Frage, badge, element_id, error, fortschritt, haekchen, hint, icon},
    konfiguration::Grenzen,
    texte::{self, Texte},
};

/// A file on its way to the server.
#[derive(Clone, Debug)]
pub struct Hochladen {
    /// Tells uploads apart.
    pub nr: u32,
    /// [`Bedarf::pfad`] of the proof.
    pub pfad: String,
    pub name: String,
    pub prozent: u32,
}

/// Uploads under way, and what went wrong with others.
#[derive(Clone, Debug, Default)]
pub struct Uploads {
    pub laufend: Vec<Hochladen>,
    /// Path of the proof, and the sentence.
    pub fehler: Vec<(String, String)>,
    /// Files that are not known to be harmless, by their id.
    pub bedenken: Vec<(String, Bedenken)>,
}

/// Why a file does not count yet, or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bedenken {
    /// The virus scanner has not looked at it.
    Ausstehend,
    /// The virus scanner has found something.
    Befallen,
}

impl Bedenken {
    /// Reads the word of the API; none where there is nothing to say.
    pub fn read(pruefung: &str) -> Option<Bedenken> {
        match pruefung {
            "ausstehend" => Some(Bedenken::Ausstehend),
            "befallen" => Some(Bedenken::Befallen),
            _ => None,
        }
    }
}

impl Uploads {
    /// Whether there is something to say about a file.
    pub fn bedenken(&self, id: &str) -> Option<Bedenken> {
        self.bedenken.iter().find(|it| it.0 == id).map(|it| it.1)
    }
}

/// When a proof was issued.
static AUSGESTELLT: Feld<Datum> = Feld::new("ausstellungsdatum", "Tag der Ausstellung");

/// The Feld of [`AUSGESTELLT`].
fn ausgestellt() -> &'static Datenfeld {
    &AUSGESTELLT.datenfeld
}

const ACCEPT: &str = "application/pdf,image/jpeg,image/png,.pdf,.jpg,.jpeg,.png";
const MB: u64 = 1024 * 1024;

/// Entries of `nachweise` that belong to a proof: their indices.
pub fn eintraege(angaben: &Angaben, bedarf: &Bedarf) -> Vec<usize> {
    let all = View::new(angaben).eintraege_von("nachweise").enumerate();
    let is_this = |it: &View<'_>| {
        it.text("typ") == Some(bedarf.typ) && it.text("personRef") == bedarf.person_ref.as_deref()
    };
    all.filter(|(_, it)| is_this(it)).map(|(index, _)| index).collect()
}

/// What an entry of `nachweise` says.
pub fn text<'a>(angaben: &'a Angaben, index: usize, id: &str) -> Option<&'a str> {
    angaben.text(&format!("nachweise[{index}].{id}"))
}

/// Why a file is not even sent, in a sentence.
pub fn refusal(
    datei: &File,
    grenzen: Grenzen,
    anzahl: u64,
    summe: u64,
    texte: &Texte,
) -> Option<String> {
    let name = datei.name();
    let groesse = datei.size() as u64;
    let is_known = {
        let name = name.to_ascii_lowercase();
        [".pdf", ".jpg", ".jpeg", ".png"].iter().any(|it| name.ends_with(it))
            || ["application/pdf", "image/jpeg", "image/png"].contains(&datei.type_().as_str())
    };
    let befund = |regel, mb: u64, max: u64| {
        let zahl = |wert: String| Parameter::Text(wert);
        let parameter = vec![
            ("datei", Parameter::Text(name.clone())),
            ("mb", zahl(size_mb(mb))),
            ("max", zahl(max.to_string())),
        ];
        let befund = Befund { feld: String::new(), regel, parameter, ort: Ort::default() };
        Some(befund.text(texte))
    };
    match () {
        () if !is_known => befund("UP_TYP", groesse, 0),
        () if groesse == 0 => befund("UP_LEER", groesse, 0),
        () if grenzen.datei_mb * MB < groesse => befund("UP_GROESSE", groesse, grenzen.datei_mb),
        () if grenzen.dateien <= anzahl => {
            Some(texte.fill(texte::NACHWEIS_ANZAHL, &[("max", &grenzen.dateien.to_string())]))
        }
        () if grenzen.summe_mb * MB < summe + groesse => {
            befund("UP_SUMME", summe + groesse, grenzen.summe_mb)
        }
        () => None,
    }
}

/// Bytes as megabytes with one decimal: `1,5`.
fn size_mb(bytes: u64) -> String {
    let zehntel = (bytes * 10).div_ceil(MB);
    format!("{},{}", zehntel / 10, zehntel % 10)
}

/// Bytes as people read them: `812 KB`, `1,5 MB`.
pub fn size(bytes: u64) -> String {
    match bytes {
        ..MB => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{} MB", size_mb(bytes)),
    }
}

/// Name of a proof in the reader's language.
pub fn titel(bedarf: &Bedarf, texte: &Texte) -> String {
    let name = texte.von(&format!("nachweis.{}", bedarf.typ), bedarf.name);
    match bedarf.person.as_str() {
        "" => name.to_owned(),
        person => format!("{name} – {person}"),
    }
}

impl Blatt<'_> {
    pub(super) fn nachweise(&self, nachweise: &'static Nachweise) -> Html {
        let bedarf = nachweise.bedarf(self.asked, self.konfiguration.heute);
        if bedarf.is_empty() {
            return html! { <p class="kern-body">{ self.texte.get(texte::NACHWEIS_LEER) }</p> };
        }
        let karten = bedarf.iter().map(|it| self.nachweis(it));
        html! { <div class="gruppe">{ for karten }</div> }
    }

    fn nachweis(&self, bedarf: &Bedarf) -> Html {
        let texte = self.texte;
        let pfad = bedarf.pfad();
        let id = element_id(&pfad);
        let titel = titel(bedarf, texte);
        let entries = eintraege(self.angaben, bedarf);
        let dateien: Vec<usize> = entries
            .iter()
            .copied()
            .filter(|it| text(self.angaben, *it, "datei").is_some())
            .collect();
        let is_spaeter = dateien.is_empty() && !entries.is_empty();
        let is_befallen = |it: &usize| {
            let id = text(self.angaben, *it, "datei").unwrap_or_default();
            self.uploads.bedenken(id) == Some(Bedenken::Befallen)
        };
        let (art, symbol, stand) = match () {
            () if dateien.iter().any(is_befallen) => {
                ("danger", "danger", texte::NACHWEIS_ABGELEHNT)
            }
            () if !dateien.is_empty() => ("success", "success", texte::NACHWEIS_DA),
            () if is_spaeter => ("warning", "warning", texte::NACHWEIS_SPAETER),
            () if bedarf.is_pflicht => ("info", "info", texte::NACHWEIS_NOETIG),
            () => ("info", "info", texte::NACHWEIS_HILFREICH),
        };
        let hilfe = match bedarf.hilfe {
            "" => "",
            hilfe => texte.von(&format!("nachweis.{}.hilfe", bedarf.typ), hilfe),
        };
        let grenzen = self.konfiguration.grenzen;
        let uploads = self.uploads;
        let fehler: Vec<String> = uploads
            .fehler
            .iter()
            .filter(|it| it.0 == pfad)
            .map(|it| it.1.clone())
            .chain(self.fehler(&pfad).map(|it| it.to_string()))
            .collect();
        let fehler_id = (!fehler.is_empty()).then(|| format!("{id}-fehler"));
        let laufend = uploads.laufend.iter().filter(|it| it.pfad == pfad).map(|it| {
            let label = texte.fill(texte::NACHWEIS_LAEDT, &[("datei", &it.name)]);
            fortschritt(format!("upload-{}", it.nr), &label, it.prozent as usize, 100)
        });
        let onchange = {
            let bedarf = bedarf.clone();
            let on_handlung = self.on_handlung.clone();
            Callback::from(move |event: Event| {
                let input: HtmlInputElement = event.target_unchecked_into();
                let dateien: Vec<File> = input
                    .files()
                    .map(|it| (0..it.length()).filter_map(|index| it.get(index)).collect())
                    .unwrap_or_default();
                // The same file can be chosen again.
                input.set_value("");
                if !dateien.is_empty() {
                    on_handlung.emit(Handlung::Dateien { bedarf: bedarf.clone(), dateien });
                }
            })
        };
        let nachreichen = (bedarf.is_pflicht && dateien.is_empty()).then(|| {
            let bedarf = bedarf.clone();
            let onchange = self.on_handlung.reform(move |event: Event| {
                let input: HtmlInputElement = event.target_unchecked_into();
                Handlung::Nachreichen { bedarf: bedarf.clone(), is_spaeter: input.checked() }
            });
            let label = html! {
                <>
                    { texte.get(texte::NACHWEIS_NACHREICHEN) }
                    <span class="kern-sr-only">{ format!(": {titel}") }</span>
                </>
            };
            haekchen(format!("{id}-nachreichen"), is_spaeter, label, onchange)
        });
        let describedby = [Some(format!("{id}-grenzen")), fehler_id.clone()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>();
        html! {
            <section class="kern-card karte" aria-labelledby={format!("{id}-titel")} key={pfad.clone()}>
                <div class="kern-card__container">
                    <header class="kern-card__header karte__kopf">
                        <h2 class="kern-title" id={format!("{id}-titel")}>{ titel.clone() }</h2>
                        { badge(art, symbol, texte.get(stand)) }
                    </header>
                    <section class="kern-card__body felder">
                        { hint(String::new(), hilfe) }
                        if !dateien.is_empty() {
                            <ul class="dateien" aria-label={texte.get(texte::NACHWEIS_DATEIEN).to_owned()}>
                                { for dateien.iter().map(|it| self.datei(*it)) }
                            </ul>
                        }
                        { for laufend }
                        <div class={classes!("kern-form-input", fehler_id.is_some().then_some("kern-form-input--error"))}>
                            <label class="kern-label" for={id.clone()}>
                                { texte.get(texte::NACHWEIS_WAEHLEN) }
                                <span class="kern-sr-only">{ format!(": {titel}") }</span>
                            </label>
                            <div class="kern-hint" id={format!("{id}-grenzen")}>
                                { texte.fill(texte::NACHWEIS_GRENZEN, &[("mb", &grenzen.datei_mb.to_string())]) }
                            </div>
                            <input class="kern-form-input__input" {id} type="file" multiple={true} accept={ACCEPT}
                                aria-describedby={describedby.join(" ")} aria-invalid={fehler_id.is_some().then_some("true")} {onchange} />
                            if let Some(id) = fehler_id {
                                { error(id, &fehler.join(" ")) }
                            }
                        </div>
                        { nachreichen.unwrap_or_default() }
                    </section>
                </div>
            </section>
        }
    }

    /// A file that is on the server.
    fn datei(&self, index: usize) -> Html {
        let texte = self.texte;
        let id = text(self.angaben, index, "datei").unwrap_or_default();
        let name = text(self.angaben, index, "name").unwrap_or(id).to_owned();
        let groesse = self.groessen.get(id).map(|it| size(*it));
        let datum = format!("nachweise[{index}].ausstellungsdatum");
        let onclick = self.on(move || Handlung::DateiWeg(index));
        let bedenken = match self.uploads.bedenken(id) {
            None => Html::default(),
            Some(Bedenken::Ausstehend) => {
                hint(String::new(), texte.get(texte::NACHWEIS_WIRD_GEPRUEFT))
            }
            Some(Bedenken::Befallen) => {
                error(String::new(), &texte.fill(texte::NACHWEIS_BEFALLEN, &[("datei", &name)]))
            }
        };
        html! {
            <li class="dateien__datei" key={id.to_owned()}>
                <div class="dateien__zeile">
                    { icon("draft") }
                    <span class="dateien__name">{ name.clone() }</span>
                    if let Some(groesse) = groesse {
                        <span class="kern-body--muted dateien__groesse">{ groesse }</span>
                    }
                    <button type="button" class="kern-btn kern-btn--tertiary" {onclick}>
                        { icon("delete") }
                        <span class="kern-label kern-sr-only">{ texte.fill(texte::NACHWEIS_LOESCHEN, &[("datei", &name)]) }</span>
                    </button>
                </div>
                { bedenken }
                <details class="kern-accordion">
                    <summary class="kern-accordion__header">
                        <span class="kern-title kern-title--small">
                            { format!("{} {}", texte.get(texte::NACHWEIS_AUSGESTELLT), texte.get(texte::FREIWILLIG)) }
                        </span>
                    </summary>
                    <section class="kern-accordion__body">
                        <Eingabe frage={Frage(ausgestellt())} wert={self.angaben.typed(&datum).to_owned()} fehler={self.fehler(&datum)}
                            label={AttrValue::from(texte.get(texte::NACHWEIS_AUSGESTELLT).to_owned())} texte={texte.clone()}
                            on_change={self.on_change.clone()} pfad={datum} />
                    </section>
                </details>
            </li>
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_not_harmless_is_worth_a_word() {
        for (pruefung, erwartet) in [
            ("ausstehend", Some(Bedenken::Ausstehend)),
            ("befallen", Some(Bedenken::Befallen)),
            ("sauber", None),
            ("ungeprueft", None),
            ("", None),
        ] {
            assert_eq!(Bedenken::read(pruefung), erwartet, "{pruefung}");
        }
    }

    #[test]
    fn sizes_are_rounded_up() {
        assert_eq!(size(1), "1 KB");
        assert_eq!(size(2048), "2 KB");
        assert_eq!(size(MB), "1,0 MB");
        assert_eq!(size(MB * 3 / 2), "1,5 MB");
        assert_eq!(size(10 * MB + 1), "10,1 MB");
    }
}
