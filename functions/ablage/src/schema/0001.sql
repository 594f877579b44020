CREATE TABLE vorgang (
    mandant TEXT NOT NULL,
    nummer TEXT NOT NULL,
    antrag TEXT NOT NULL,
    zustand TEXT NOT NULL,
    -- Over all targets: wartend, zugestellt or gescheitert. Follows from `zustellung`.
    zustellstand TEXT NOT NULL,
    -- The targets it was accepted for, sorted, joined by commas: the other side of the balance.
    ziele TEXT NOT NULL,
    eingegangen_am INTEGER NOT NULL,
    sprache TEXT NOT NULL,
    pruefsumme BLOB NOT NULL,
    hinweise_anzahl INTEGER NOT NULL,
    schluessel TEXT NOT NULL,
    zugang BLOB NOT NULL,
    betreff BLOB NOT NULL,
    hinweise BLOB NOT NULL,
    daten BLOB NOT NULL,
    PRIMARY KEY (mandant, nummer)
) STRICT

-- The lists of the caseworkers, newest first, and their counts, without touching the table.
CREATE INDEX vorgang_eingang ON vorgang (mandant, eingegangen_am, nummer, zustand)

CREATE INDEX vorgang_antrag ON vorgang (mandant, antrag, eingegangen_am, nummer, zustand)

CREATE INDEX vorgang_zustellstand
    ON vorgang (mandant, zustellstand, eingegangen_am, nummer, antrag, zustand)

CREATE INDEX vorgang_ziele ON vorgang (mandant, ziele)

CREATE INDEX vorgang_schluessel ON vorgang (mandant, schluessel)

CREATE TABLE suchwort (
    mandant TEXT NOT NULL,
    wort BLOB NOT NULL,
    vorgang TEXT NOT NULL,
    PRIMARY KEY (mandant, wort, vorgang),
    FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, nummer)
) STRICT, WITHOUT ROWID

CREATE TABLE entwurf (
    mandant TEXT NOT NULL,
    id TEXT NOT NULL,
    token_hash BLOB NOT NULL,
    angelegt_am INTEGER NOT NULL,
    zuletzt_am INTEGER NOT NULL,
    PRIMARY KEY (mandant, id)
) STRICT

CREATE INDEX entwurf_alter ON entwurf (mandant, zuletzt_am)

-- A file belongs to a draft first and to a Vorgang from its acceptance on: nothing is copied then.
CREATE TABLE anlage (
    mandant TEXT NOT NULL,
    id TEXT NOT NULL,
    entwurf TEXT,
    vorgang TEXT,
    lfd INTEGER NOT NULL,
    typ TEXT NOT NULL,
    medientyp TEXT NOT NULL,
    groesse INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    angelegt_am INTEGER NOT NULL,
    schluessel TEXT NOT NULL,
    name BLOB NOT NULL,
    PRIMARY KEY (mandant, id),
    FOREIGN KEY (mandant, entwurf) REFERENCES entwurf (mandant, id) ON DELETE CASCADE,
    FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, nummer),
    CHECK ((entwurf IS NULL) <> (vorgang IS NULL))
) STRICT

CREATE INDEX anlage_entwurf ON anlage (mandant, entwurf, lfd) WHERE entwurf IS NOT NULL

CREATE INDEX anlage_vorgang ON anlage (mandant, vorgang, lfd) WHERE vorgang IS NOT NULL

CREATE INDEX anlage_schluessel ON anlage (mandant, schluessel)

-- Apart from its row, so that a change of owner does not write megabytes.
CREATE TABLE anlage_inhalt (
    mandant TEXT NOT NULL,
    id TEXT NOT NULL,
    schluessel TEXT NOT NULL,
    inhalt BLOB NOT NULL,
    PRIMARY KEY (mandant, id),
    FOREIGN KEY (mandant, id) REFERENCES anlage (mandant, id) ON DELETE CASCADE
) STRICT

CREATE INDEX anlage_inhalt_schluessel ON anlage_inhalt (mandant, schluessel)

CREATE TABLE nachricht (
    mandant TEXT NOT NULL,
    vorgang TEXT NOT NULL,
    art TEXT NOT NULL,
    uuid TEXT NOT NULL,
    medientyp TEXT NOT NULL,
    groesse INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    schluessel TEXT NOT NULL,
    inhalt BLOB NOT NULL,
    PRIMARY KEY (mandant, vorgang, art),
    UNIQUE (mandant, uuid),
    FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, nummer)
) STRICT

CREATE INDEX nachricht_schluessel ON nachricht (mandant, schluessel)

CREATE TRIGGER nachricht_eingefroren BEFORE UPDATE OF uuid, medientyp, groesse, sha256 ON nachricht
BEGIN
    SELECT RAISE(ABORT, 'a nachricht is frozen');
END

CREATE TABLE zustellung (
    mandant TEXT NOT NULL,
    vorgang TEXT NOT NULL,
    ziel TEXT NOT NULL,
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
    PRIMARY KEY (mandant, vorgang, ziel),
    FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, nummer),
    CHECK ((naechster_versuch_am IS NULL) = (zustand IN ('zugestellt', 'gescheitert'))),
    CHECK ((pacht_halter IS NOT NULL) = (zustand = 'in_zustellung'))
) STRICT

CREATE INDEX zustellung_faellig ON zustellung (mandant, naechster_versuch_am, angelegt_am)
    WHERE naechster_versuch_am IS NOT NULL

CREATE INDEX zustellung_bilanz ON zustellung (mandant, ziel, zustand)

CREATE INDEX zustellung_schluessel ON zustellung (mandant, schluessel) WHERE schluessel IS NOT NULL

CREATE TABLE empfang (
    mandant TEXT NOT NULL,
    schluessel_hash BLOB NOT NULL,
    vorgang TEXT NOT NULL,
    am INTEGER NOT NULL,
    schluessel TEXT NOT NULL,
    inhalt_hash BLOB NOT NULL,
    quittung BLOB NOT NULL,
    PRIMARY KEY (mandant, schluessel_hash),
    FOREIGN KEY (mandant, vorgang) REFERENCES vorgang (mandant, nummer)
        DEFERRABLE INITIALLY DEFERRED
) STRICT

CREATE INDEX empfang_schluessel ON empfang (mandant, schluessel)

CREATE TABLE ereignis (
    mandant TEXT NOT NULL,
    lfd INTEGER NOT NULL,
    am INTEGER NOT NULL,
    art TEXT NOT NULL,
    vorgang TEXT,
    ziel TEXT,
    code TEXT,
    akteur TEXT,
    vorher BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (mandant, lfd)
) STRICT, WITHOUT ROWID

CREATE INDEX ereignis_vorgang ON ereignis (mandant, vorgang, lfd)

CREATE TRIGGER ereignis_bleibt BEFORE UPDATE ON ereignis
BEGIN
    SELECT RAISE(ABORT, 'the event log is append-only');
END

CREATE TRIGGER ereignis_verschwindet_nicht BEFORE DELETE ON ereignis
BEGIN
    SELECT RAISE(ABORT, 'the event log is append-only');
END

CREATE TABLE fehlversuch (
    mandant TEXT NOT NULL,
    art TEXT NOT NULL,
    wer_hash BLOB NOT NULL,
    anzahl INTEGER NOT NULL,
    seit INTEGER NOT NULL,
    PRIMARY KEY (mandant, art, wer_hash)
) STRICT, WITHOUT ROWID

CREATE INDEX fehlversuch_alter ON fehlversuch (mandant, seit)

CREATE TABLE sitzung (
    mandant TEXT NOT NULL,
    id_hash BLOB NOT NULL,
    kennung TEXT NOT NULL,
    angelegt_am INTEGER NOT NULL,
    zuletzt_am INTEGER NOT NULL,
    PRIMARY KEY (mandant, id_hash)
) STRICT, WITHOUT ROWID

CREATE INDEX sitzung_alter ON sitzung (mandant, zuletzt_am)
