-- What the operation knows beside the Vorgänge: alarm, pauses, self-checks, runs. JSON by name.
CREATE TABLE betriebsstand (
    mandant TEXT NOT NULL,
    name TEXT NOT NULL,
    am INTEGER NOT NULL,
    inhalt TEXT NOT NULL,
    PRIMARY KEY (mandant, name)
) STRICT, WITHOUT ROWID

-- The daily run that last made the row due, by its time.
ALTER TABLE zustellung ADD COLUMN tageslauf INTEGER

CREATE INDEX zustellung_tageslauf ON zustellung (mandant, tageslauf, ziel, zustand)
    WHERE tageslauf IS NOT NULL

-- What failed for good, by cause.
CREATE INDEX zustellung_ursache ON zustellung (mandant, ziel, fehler_code, geaendert_am)
    WHERE zustand = 'gescheitert'
