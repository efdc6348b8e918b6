-- The scripts that agents were shown, as they stood when they came in force.
CREATE TABLE script_version (
    campaign VARCHAR(200) NOT NULL,
    version  VARCHAR(100) NOT NULL,
    sha256   VARCHAR(64) NOT NULL,
    approved BOOLEAN NOT NULL,
    text     VARCHAR(200000) NOT NULL,
    kept_at  BIGINT NOT NULL,
    PRIMARY KEY (campaign, version, sha256)
);
-- What the connected agent read from.
ALTER TABLE attempt ADD COLUMN script_version VARCHAR(100);
