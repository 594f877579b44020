-- Who a file came from: '' the applicant, 'zulieferung' somebody else who fills in a part,
-- 'erklaerung' what they confirmed, as a document.
ALTER TABLE anlage ADD COLUMN herkunft TEXT NOT NULL DEFAULT ''
    CHECK (herkunft IN ('', 'zulieferung', 'erklaerung'))

-- A part of a draft that somebody else fills in over a one-time link. Ends with its draft.
CREATE TABLE zulieferung (
    mandant TEXT NOT NULL,
    -- Stands in the link before the secret, and stays when the secret is renewed.
    id TEXT NOT NULL,
    entwurf TEXT NOT NULL,
    antrag TEXT NOT NULL,
    geheimnis_hash BLOB NOT NULL,
    zustand TEXT NOT NULL CHECK (zustand IN ('gesendet', 'geoeffnet', 'ausgefuellt')),
    angelegt_am INTEGER NOT NULL,
    gueltig_bis INTEGER NOT NULL,
    geoeffnet_am INTEGER,
    ausgefuellt_am INTEGER,
    -- The idempotency key with which the part was sent.
    empfang_hash BLOB,
    schluessel TEXT NOT NULL,
    vorgaben BLOB NOT NULL,
    daten BLOB,
    quittung BLOB,
    inhalt_hash BLOB,
    PRIMARY KEY (mandant, id),
    UNIQUE (mandant, entwurf),
    FOREIGN KEY (mandant, entwurf) REFERENCES entwurf (mandant, id) ON DELETE CASCADE,
    CHECK ((zustand = 'ausgefuellt') = (ausgefuellt_am IS NOT NULL)),
    CHECK (zustand <> 'ausgefuellt' OR (daten IS NOT NULL AND quittung IS NOT NULL))
) STRICT

CREATE INDEX zulieferung_schluessel ON zulieferung (mandant, schluessel)
