-- Requests that were sent with an Idempotency-Key, for a day. answer_status 0: being done, or its end is not known.
CREATE TABLE request_key (
    caller        VARCHAR(200) NOT NULL,
    request_key   VARCHAR(200) NOT NULL,
    fingerprint   VARCHAR(64) NOT NULL,
    begun_at      BIGINT NOT NULL,
    answer_status INTEGER DEFAULT 0 NOT NULL,
    answer        VARCHAR(1000000) DEFAULT '' NOT NULL,
    PRIMARY KEY (caller, request_key)
);
CREATE INDEX request_key_by_age ON request_key (begun_at);
