-- What is sent after the application, to the same target: `folge` tells it apart, and '' is the
-- application itself. The order of `folge` is the order of delivery.
CREATE TABLE zustellung_neu (
    mandant TEXT NOT NULL,
    vorgang TEXT NOT NULL,
    ziel TEXT NOT NULL,
    folge TEXT NOT NULL DEFAULT '',
    uuid TEXT NOT NULL,
    zustand TEXT NOT NULL
        CHECK (zustand IN ('ausstehend', 'in_zustellung', 'unklar', 'zugestellt', 'gescheitert')),
    versuche INTEGER NOT NULL,
    -- Due at; while leased, when the lease ends; NULL once there is nothing left to do.
    naechster_versuch_am INTEGER,
    pacht_bis INTEGER,
    pacht_halter TEXT,
    ausgang_unklar INTEGER NOT NULL,
    angelegt_am INTEGER NOT NULL,
    geaendert_am INTEGER NOT NULL,
    fremd_id TEXT,
    fortschritt TEXT,
    fehler_code TEXT,
    schluessel TEXT,
    fehler_text BLOB,
    PRIMARY KEY (mandant, vorgang, ziel, folge),
    FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, nummer),
    CHECK ((naechster_versuch_am IS NULL) = (zustand IN ('zugestellt', 'gescheitert'))),
    CHECK ((pacht_halter IS NOT NULL) = (zustand = 'in_zustellung'))
) STRICT

INSERT INTO zustellung_neu
    (mandant, vorgang, ziel, folge, uuid, zustand, versuche, naechster_versuch_am, pacht_bis,
     pacht_halter, ausgang_unklar, angelegt_am, geaendert_am, fremd_id, fortschritt, fehler_code,
     schluessel, fehler_text)
SELECT mandant, vorgang, ziel, '', uuid, zustand, versuche, naechster_versuch_am, pacht_bis,
    pacht_halter, ausgang_unklar, angelegt_am, geaendert_am, fremd_id, fortschritt, fehler_code,
    schluessel, fehler_text
FROM zustellung

DROP TABLE zustellung

ALTER TABLE zustellung_neu RENAME TO zustellung

CREATE INDEX zustellung_faellig ON zustellung (mandant, naechster_versuch_am, angelegt_am)
    WHERE naechster_versuch_am IS NOT NULL

CREATE INDEX zustellung_bilanz ON zustellung (mandant, ziel, zustand)

CREATE INDEX zustellung_schluessel ON zustellung (mandant, schluessel) WHERE schluessel IS NOT NULL

-- Files that came with an answer name it.
ALTER TABLE anlage ADD COLUMN folge TEXT NOT NULL DEFAULT ''

-- What applicants sent after the application. Its message is the `nachricht` of this name.
CREATE TABLE folge (
    mandant TEXT NOT NULL,
    vorgang TEXT NOT NULL,
    folge TEXT NOT NULL,
    art TEXT NOT NULL CHECK (art IN ('antwort', 'ruecknahme')),
    -- The rueckmeldung that it answers, if any.
    zu TEXT,
    am INTEGER NOT NULL,
    -- As in `vorgang`: the other side of the balance.
    ziele TEXT NOT NULL,
    schluessel TEXT NOT NULL,
    text BLOB NOT NULL,
    PRIMARY KEY (mandant, vorgang, folge),
    FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, nummer)
) STRICT

CREATE INDEX folge_ziele ON folge (mandant, ziele)

CREATE INDEX folge_schluessel ON folge (mandant, schluessel)

-- Every message that came back, also those that nobody understands. Without a `vorgang` it waits
-- for a caseworker.
CREATE TABLE rueckmeldung (
    mandant TEXT NOT NULL,
    -- The nachrichtenUUID in small letters; of what has none, a name made of its hash.
    id TEXT NOT NULL,
    eingegangen_am INTEGER NOT NULL,
    -- As its sender says, but not later than it came.
    erstellt_am INTEGER NOT NULL,
    nachrichtentyp TEXT NOT NULL,
    -- What it means for the state of a case; '' nothing.
    wirkung TEXT NOT NULL,
    vorgang TEXT,
    -- The case that it may belong to.
    vorschlag TEXT,
    -- Why it was not matched.
    grund TEXT,
    -- Who assigned it by hand.
    akteur TEXT,
    groesse INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    schluessel TEXT NOT NULL,
    auszug BLOB NOT NULL,
    inhalt BLOB NOT NULL,
    PRIMARY KEY (mandant, id),
    FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, nummer),
    CHECK (vorgang IS NOT NULL OR grund IS NOT NULL)
) STRICT

CREATE INDEX rueckmeldung_vorgang ON rueckmeldung (mandant, vorgang, eingegangen_am)
    WHERE vorgang IS NOT NULL

CREATE INDEX rueckmeldung_offen ON rueckmeldung (mandant, eingegangen_am) WHERE vorgang IS NULL

CREATE INDEX rueckmeldung_schluessel ON rueckmeldung (mandant, schluessel)
