-- A file is in quarantine until a virus scanner has looked at it (or the operator has said that
-- another one does). What was stored before this version is looked at, too.
ALTER TABLE anlage ADD COLUMN pruefung TEXT NOT NULL DEFAULT 'ausstehend'
    CHECK (pruefung IN ('ausstehend', 'sauber', 'befallen', 'ungeprueft'))

-- While it is in quarantine: when it is looked at next.
ALTER TABLE anlage ADD COLUMN pruefung_am INTEGER NOT NULL DEFAULT 0

ALTER TABLE anlage ADD COLUMN pruefung_versuche INTEGER NOT NULL DEFAULT 0

-- What the scanner found, or why it could not look. No personal data.
ALTER TABLE anlage ADD COLUMN pruefung_grund TEXT

CREATE INDEX anlage_quarantaene ON anlage (mandant, pruefung_am, angelegt_am)
    WHERE pruefung = 'ausstehend'

CREATE INDEX anlage_befallen ON anlage (mandant, pruefung) WHERE pruefung <> 'sauber'
