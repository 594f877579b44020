-- Counts that are kept, so that a page costs the same however much there is. Triggers keep them in
-- the transaction that changes a row; on demand everything is counted anew and compared. Lists,
-- and what was accepted for which targets.
CREATE TABLE zaehler_vorgang (
    mandant TEXT NOT NULL,
    antrag TEXT NOT NULL,
    zustand TEXT NOT NULL,
    zustellstand TEXT NOT NULL,
    ziele TEXT NOT NULL,
    anzahl INTEGER NOT NULL,
    PRIMARY KEY (mandant, antrag, zustand, zustellstand, ziele)
) STRICT, WITHOUT ROWID

INSERT INTO zaehler_vorgang (mandant, antrag, zustand, zustellstand, ziele, anzahl)
SELECT mandant, antrag, zustand, zustellstand, ziele, count(*) FROM vorgang
GROUP BY mandant, antrag, zustand, zustellstand, ziele

CREATE TRIGGER vorgang_kommt AFTER INSERT ON vorgang
BEGIN
    INSERT INTO zaehler_vorgang (mandant, antrag, zustand, zustellstand, ziele, anzahl)
    VALUES (NEW.mandant, NEW.antrag, NEW.zustand, NEW.zustellstand, NEW.ziele, 1)
    ON CONFLICT (mandant, antrag, zustand, zustellstand, ziele) DO UPDATE SET anzahl = anzahl + 1;
END

CREATE TRIGGER vorgang_wechselt
AFTER UPDATE OF mandant, antrag, zustand, zustellstand, ziele ON vorgang
WHEN (OLD.mandant, OLD.antrag, OLD.zustand, OLD.zustellstand, OLD.ziele)
    <> (NEW.mandant, NEW.antrag, NEW.zustand, NEW.zustellstand, NEW.ziele)
BEGIN
    UPDATE zaehler_vorgang SET anzahl = anzahl - 1
    WHERE (mandant, antrag, zustand, zustellstand, ziele)
        = (OLD.mandant, OLD.antrag, OLD.zustand, OLD.zustellstand, OLD.ziele);
    INSERT INTO zaehler_vorgang (mandant, antrag, zustand, zustellstand, ziele, anzahl)
    VALUES (NEW.mandant, NEW.antrag, NEW.zustand, NEW.zustellstand, NEW.ziele, 1)
    ON CONFLICT (mandant, antrag, zustand, zustellstand, ziele) DO UPDATE SET anzahl = anzahl + 1;
END

CREATE TRIGGER vorgang_geht AFTER DELETE ON vorgang
BEGIN
    UPDATE zaehler_vorgang SET anzahl = anzahl - 1
    WHERE (mandant, antrag, zustand, zustellstand, ziele)
        = (OLD.mandant, OLD.antrag, OLD.zustand, OLD.zustellstand, OLD.ziele);
END

CREATE TABLE zaehler_folge (
    mandant TEXT NOT NULL,
    ziele TEXT NOT NULL,
    anzahl INTEGER NOT NULL,
    PRIMARY KEY (mandant, ziele)
) STRICT, WITHOUT ROWID

INSERT INTO zaehler_folge (mandant, ziele, anzahl)
SELECT mandant, ziele, count(*) FROM folge
GROUP BY mandant, ziele

CREATE TRIGGER folge_kommt AFTER INSERT ON folge
BEGIN
    INSERT INTO zaehler_folge (mandant, ziele, anzahl)
    VALUES (NEW.mandant, NEW.ziele, 1)
    ON CONFLICT (mandant, ziele) DO UPDATE SET anzahl = anzahl + 1;
END

CREATE TRIGGER folge_wechselt AFTER UPDATE OF mandant, ziele ON folge
WHEN (OLD.mandant, OLD.ziele) <> (NEW.mandant, NEW.ziele)
BEGIN
    UPDATE zaehler_folge SET anzahl = anzahl - 1
    WHERE (mandant, ziele) = (OLD.mandant, OLD.ziele);
    INSERT INTO zaehler_folge (mandant, ziele, anzahl)
    VALUES (NEW.mandant, NEW.ziele, 1)
    ON CONFLICT (mandant, ziele) DO UPDATE SET anzahl = anzahl + 1;
END

CREATE TRIGGER folge_geht AFTER DELETE ON folge
BEGIN
    UPDATE zaehler_folge SET anzahl = anzahl - 1
    WHERE (mandant, ziele) = (OLD.mandant, OLD.ziele);
END

CREATE TABLE zaehler_zustellung (
    mandant TEXT NOT NULL,
    ziel TEXT NOT NULL,
    zustand TEXT NOT NULL,
    anzahl INTEGER NOT NULL,
    PRIMARY KEY (mandant, ziel, zustand)
) STRICT, WITHOUT ROWID

INSERT INTO zaehler_zustellung (mandant, ziel, zustand, anzahl)
SELECT mandant, ziel, zustand, count(*) FROM zustellung
GROUP BY mandant, ziel, zustand

CREATE TRIGGER zustellung_kommt AFTER INSERT ON zustellung
BEGIN
    INSERT INTO zaehler_zustellung (mandant, ziel, zustand, anzahl)
    VALUES (NEW.mandant, NEW.ziel, NEW.zustand, 1)
    ON CONFLICT (mandant, ziel, zustand) DO UPDATE SET anzahl = anzahl + 1;
END

CREATE TRIGGER zustellung_wechselt AFTER UPDATE OF mandant, ziel, zustand ON zustellung
WHEN (OLD.mandant, OLD.ziel, OLD.zustand) <> (NEW.mandant, NEW.ziel, NEW.zustand)
BEGIN
    UPDATE zaehler_zustellung SET anzahl = anzahl - 1
    WHERE (mandant, ziel, zustand) = (OLD.mandant, OLD.ziel, OLD.zustand);
    INSERT INTO zaehler_zustellung (mandant, ziel, zustand, anzahl)
    VALUES (NEW.mandant, NEW.ziel, NEW.zustand, 1)
    ON CONFLICT (mandant, ziel, zustand) DO UPDATE SET anzahl = anzahl + 1;
END

CREATE TRIGGER zustellung_geht AFTER DELETE ON zustellung
BEGIN
    UPDATE zaehler_zustellung SET anzahl = anzahl - 1
    WHERE (mandant, ziel, zustand) = (OLD.mandant, OLD.ziel, OLD.zustand);
END

CREATE TABLE zaehler_anlage (
    mandant TEXT NOT NULL,
    pruefung TEXT NOT NULL,
    anzahl INTEGER NOT NULL,
    PRIMARY KEY (mandant, pruefung)
) STRICT, WITHOUT ROWID

INSERT INTO zaehler_anlage (mandant, pruefung, anzahl)
SELECT mandant, pruefung, count(*) FROM anlage
GROUP BY mandant, pruefung

CREATE TRIGGER anlage_kommt AFTER INSERT ON anlage
BEGIN
    INSERT INTO zaehler_anlage (mandant, pruefung, anzahl)
    VALUES (NEW.mandant, NEW.pruefung, 1)
    ON CONFLICT (mandant, pruefung) DO UPDATE SET anzahl = anzahl + 1;
END

CREATE TRIGGER anlage_wechselt AFTER UPDATE OF mandant, pruefung ON anlage
WHEN (OLD.mandant, OLD.pruefung) <> (NEW.mandant, NEW.pruefung)
BEGIN
    UPDATE zaehler_anlage SET anzahl = anzahl - 1
    WHERE (mandant, pruefung) = (OLD.mandant, OLD.pruefung);
    INSERT INTO zaehler_anlage (mandant, pruefung, anzahl)
    VALUES (NEW.mandant, NEW.pruefung, 1)
    ON CONFLICT (mandant, pruefung) DO UPDATE SET anzahl = anzahl + 1;
END

CREATE TRIGGER anlage_geht AFTER DELETE ON anlage
BEGIN
    UPDATE zaehler_anlage SET anzahl = anzahl - 1
    WHERE (mandant, pruefung) = (OLD.mandant, OLD.pruefung);
END

-- A list with both filters reads in order, too.
CREATE INDEX vorgang_antrag_zustellstand
    ON vorgang (mandant, antrag, zustellstand, eingegangen_am, nummer, zustand)
