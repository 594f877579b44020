//! Times as a picture, and the same in a table. The picture is for the eyes alone: all that it shows
//! stands in the table, letter by letter and number by number.

use shared::{
    texte::Text,
    zeitleiste::{BREITE, Marke, Strich, Stueck, Zaehlung, Zeitleiste},
};
use yew::prelude::*;

use crate::texte::{self, Texte, Uitext};

/// Heights in pixels. The width is that of the page: everything across is in percent, so that
/// letters keep their size on a small screen.
const BALKEN: usize = 28;
const SPUR: usize = 56;
/// What is above the bar in its track: the name of the track.
const KOPF: usize = 22;
const MARKE: usize = 26;
const SKALA: usize = 26;
/// How far apart marks are that stand beside each other; a narrow picture has 280 pixels.
const MARKENABSTAND: i64 = BREITE * 26 / 280;
/// The least width of a bar that has room for its letter.
const BUCHSTABE: i64 = BREITE * 16 / 280;

/// Draws a picture of times with its table. `id` begins the ids of its elements, `titel` names both.
pub fn zeitleiste(id: &str, titel: &str, leiste: &Zeitleiste, texte: &Texte) -> Html {
    if leiste.spanne().is_none() {
        return Html::default();
    }
    let titel = match leiste.name.as_str() {
        "" => titel.to_owned(),
        name => format!("{titel}: {name}"),
    };
    let bild = Bild { id, leiste, texte };
    html! {
        <figure class="zeitleiste" aria-labelledby={format!("{id}-titel")}>
            <figcaption class="kern-title" id={format!("{id}-titel")}>{ titel }</figcaption>
            { bild.view() }
            { bild.legende() }
            { bild.tabelle() }
        </figure>
    }
}

struct Bild<'a> {
    id: &'a str,
    leiste: &'a Zeitleiste,
    texte: &'a Texte,
}

impl Bild<'_> {
    fn text(&self, text: &Text) -> String {
        self.texte.of(text).to_owned()
    }

    fn view(&self) -> Html {
        let leiste = self.leiste;
        let zeilen = leiste.zeilen(MARKENABSTAND);
        let marken_hoehe = zeilen.iter().max().map_or(0, |it| (it + 1) * MARKE);
        let spuren_hoehe = leiste.spuren.len().max(1) * SPUR;
        let skala = marken_hoehe + spuren_hoehe;
        let hoehe = skala + SKALA;
        let striche = leiste.striche();
        let striche = striche.iter().map(|it| strich(it, marken_hoehe, skala));
        let stuecke = leiste.stuecke.iter().enumerate();
        let stuecke = stuecke.map(|(index, it)| self.stueck(index, it, marken_hoehe));
        let spuren = leiste.spuren.iter().enumerate().map(|(index, spur)| {
            let y = (marken_hoehe + index * SPUR + KOPF - 7).to_string();
            html! { <text class="zeitleiste__spur" x="0" {y}>{ self.text(spur) }</text> }
        });
        let marken = leiste.marken.iter().zip(zeilen).enumerate();
        let marken =
            marken.map(|(index, (it, zeile))| self.marke(index, it, zeile, (marken_hoehe, skala)));
        let label = self.texte.get(texte::ZEITLEISTE_BILD);
        html! {
            <svg class="zeitleiste__bild" role="img" aria-label={label.to_owned()} aria-describedby={format!("{}-tabelle", self.id)}
                width="100%" height={hoehe.to_string()} focusable="false">
                <defs>{ muster(&format!("{}-muster", self.id)) }</defs>
                { for striche }
                { for stuecke }
                { for marken }
                { for spuren }
            </svg>
        }
    }

    fn stueck(&self, index: usize, stueck: &Stueck, oben: usize) -> Html {
        let (x, breite) = self.leiste.lage(stueck);
        let y = oben + stueck.spur * SPUR + KOPF;
        let form = self.form(stueck.zaehlung, &prozent(x), &prozent(breite), y, BALKEN);
        let mitte = prozent(x + breite / 2);
        html! {
            <g>
                { form }
                if BUCHSTABE <= breite {
                    <text class={format!("zeitleiste__buchstabe zeitleiste__buchstabe--{}", stueck.zaehlung.code())}
                        x={mitte} y={(y + BALKEN / 2).to_string()} text-anchor="middle" dominant-baseline="central">
                        { buchstabe(index) }
                    </text>
                }
            </g>
        }
    }

    /// A bar. What counts is full, what is open is hatched, what does not count is empty with a
    /// dashed edge.
    fn form(&self, zaehlung: Zaehlung, x: &str, breite: &str, y: usize, hoehe: usize) -> Html {
        let class = format!("zeitleiste__balken zeitleiste__balken--{}", zaehlung.code());
        let rect = |class: String, fill: Option<String>| {
            html! {
                <rect {class} x={x.to_owned()} y={y.to_string()} width={breite.to_owned()} height={hoehe.to_string()}
                    rx="3" {fill} />
            }
        };
        let muster = || Some(format!("url(#{}-muster)", self.id));
        match zaehlung {
            Zaehlung::Offen => html! {
                <>{ rect(class, None) }{ rect("zeitleiste__schraffur".to_owned(), muster()) }</>
            },
            Zaehlung::Ja | Zaehlung::Nein => rect(class, None),
        }
    }

    fn marke(
        &self,
        index: usize,
        marke: &Marke,
        zeile: usize,
        (oben, unten): (usize, usize),
    ) -> Html {
        let x = prozent(self.leiste.x(marke.tag));
        // Rows count from the bars upwards.
        let y = oben - zeile * MARKE - MARKE / 2;
        // A number at the edge stays inside.
        let anker = match self.leiste.x(marke.tag) {
            it if it < MARKENABSTAND / 2 => 11,
            it if BREITE - MARKENABSTAND / 2 < it => -11,
            _ => 0,
        };
        html! {
            <g>
                <line class="zeitleiste__lot" x1={x.clone()} x2={x.clone()} y1={y.to_string()} y2={unten.to_string()} />
                <g transform={format!("translate({anker} 0)")}>
                    <circle class="zeitleiste__kreis" cx={x.clone()} cy={y.to_string()} r="10" />
                    <text class="zeitleiste__nummer" x={x} y={y.to_string()} text-anchor="middle" dominant-baseline="central">
                        { index + 1 }
                    </text>
                </g>
            </g>
        }
    }

    /// What the looks mean, as far as they occur, and the marks.
    fn legende(&self) -> Html {
        let arten = Zaehlung::ALLE
            .into_iter()
            .filter(|art| self.leiste.stuecke.iter().any(|it| it.zaehlung == *art));
        let arten = arten.map(|art| {
            html! {
                <li>
                    <svg class="zeitleiste__probe" width="28" height="16" aria-hidden="true" focusable="false">
                        { self.form(art, "1", "26", 1, 14) }
                    </svg>
                    { self.texte.get(name(art)) }
                </li>
            }
        });
        html! {
            <ul class="zeitleiste__legende" aria-hidden="true">{ for arten }</ul>
        }
    }

    fn tabelle(&self) -> Html {
        let texte = self.texte;
        let spalte = |text: Uitext| {
            html! { <th class="kern-table__header" scope="col">{ texte.get(text) }</th> }
        };
        let zeile = |zeichen: String, zeit: String, was: String, bedeutung: String| {
            html! {
                <tr class="kern-table__row">
                    <th class="kern-table__header zeitleiste__zeichen" scope="row">{ zeichen }</th>
                    <td class="kern-table__cell">{ zeit }</td>
                    <td class="kern-table__cell">{ was }</td>
                    <td class="kern-table__cell">{ bedeutung }</td>
                </tr>
            }
        };
        let stuecke = self.leiste.stuecke.iter().enumerate().map(|(index, it)| {
            let bis = match it.is_offen {
                true => texte.get(texte::ZEITLEISTE_HEUTE).to_owned(),
                false => it.bis.to_string(),
            };
            let zeit = texte
                .fill(texte::ZEITLEISTE_VON_BIS, &[("von", &it.von.to_string()), ("bis", &bis)]);
            zeile(buchstabe(index), zeit, self.text(&it.was), self.text(&it.bedeutung))
        });
        let marken = self.leiste.marken.iter().enumerate().map(|(index, it)| {
            let nummer = (index + 1).to_string();
            zeile(nummer, it.tag.to_string(), self.text(&it.was), String::new())
        });
        html! {
            <div class="kern-table-responsive" id={format!("{}-tabelle", self.id)} tabindex="0" role="region"
                aria-labelledby={format!("{}-titel", self.id)}>
                <table class="kern-table kern-table--small zeitleiste__tabelle">
                    <thead class="kern-table__head"><tr class="kern-table__row">
                        { spalte(texte::ZEITLEISTE_ZEICHEN) }
                        { spalte(texte::ZEITLEISTE_ZEIT) }
                        { spalte(texte::ZEITLEISTE_WAS) }
                        { spalte(texte::ZEITLEISTE_ZAEHLT) }
                    </tr></thead>
                    <tbody class="kern-table__body">{ for stuecke }{ for marken }</tbody>
                </table>
            </div>
        }
    }
}

fn name(zaehlung: Zaehlung) -> Uitext {
    match zaehlung {
        Zaehlung::Ja => texte::ZEITLEISTE_JA,
        Zaehlung::Offen => texte::ZEITLEISTE_OFFEN,
        Zaehlung::Nein => texte::ZEITLEISTE_NEIN,
    }
}

/// A year below the picture, and its line through it. A label at the edge stays inside.
fn strich(strich: &Strich, oben: usize, unten: usize) -> Html {
    let x = prozent(strich.x);
    let anker = match strich.x {
        it if it < BREITE / 20 => "start",
        it if BREITE - BREITE / 20 < it => "end",
        _ => "middle",
    };
    html! {
        <g>
            <line class="zeitleiste__strich" x1={x.clone()} x2={x.clone()} y1={oben.to_string()} y2={(unten + 4).to_string()} />
            <text class="zeitleiste__jahr" {x} y={(unten + 18).to_string()} text-anchor={anker}>{ strich.jahr }</text>
        </g>
    }
}

/// Lines at an angle.
fn muster(id: &str) -> Html {
    html! {
        <pattern id={id.to_owned()} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line class="zeitleiste__schraffe" x1="0" x2="0" y1="0" y2="8" />
        </pattern>
    }
}

/// `A`, `B` … `Z`, `AA`
fn buchstabe(index: usize) -> String {
    let letter = |it: usize| char::from(b'A' + (it % 26) as u8);
    match index {
        ..26 => letter(index).to_string(),
        _ => format!("{}{}", letter(index / 26 - 1), letter(index)),
    }
}

/// Hundredths of a percent as an attribute: `12.5%`
fn prozent(wert: i64) -> String {
    format!("{}.{:02}%", wert / 100, wert % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_short() {
        assert_eq!([0, 25, 26, 51, 52].map(buchstabe), ["A", "Z", "AA", "AZ", "BA"]);
        assert_eq!([0, 5, 1250, BREITE].map(prozent), ["0.00%", "0.05%", "12.50%", "100.00%"]);
    }
}
