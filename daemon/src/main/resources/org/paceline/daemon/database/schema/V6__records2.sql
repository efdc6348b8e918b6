-- What the campaign's file said that the disposition means; dispositions of before mean nothing.
ALTER TABLE call_disposition ADD COLUMN meaning VARCHAR(20) DEFAULT 'NOTHING' NOT NULL;

-- A number may have both kinds of entry, REQUEST and COMPLAINT; each is entered and taken out by itself.
CREATE TABLE do_not_call_of_kind (
    e164       BIGINT NOT NULL,
    campaign   VARCHAR(200) NOT NULL,
    kind       VARCHAR(9) NOT NULL CHECK (kind IN ('REQUEST', 'COMPLAINT')),
    source     VARCHAR(500) NOT NULL,
    entered_at BIGINT NOT NULL,
    until_at   BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    PRIMARY KEY (e164, campaign, kind)
);
INSERT INTO do_not_call_of_kind (e164, campaign, kind, source, entered_at, until_at, version)
    SELECT e164, campaign, 'REQUEST', source, entered_at, until_at, version FROM do_not_call;
DROP TABLE do_not_call;
ALTER TABLE do_not_call_of_kind RENAME TO do_not_call;
CREATE INDEX do_not_call_version ON do_not_call (version);
ALTER TABLE do_not_call_removal ADD COLUMN kind VARCHAR(9) DEFAULT 'REQUEST' NOT NULL;
