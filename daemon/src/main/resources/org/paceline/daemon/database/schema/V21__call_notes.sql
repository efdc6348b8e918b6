-- What agents noted on a call. number: 1 for the call's first; a note that is written again is the same one.
CREATE TABLE call_note (
    call_id BIGINT NOT NULL,
    number  INTEGER NOT NULL,
    at      BIGINT NOT NULL,
    made_by VARCHAR(500) NOT NULL,
    text    VARCHAR(2000) NOT NULL,
    PRIMARY KEY (call_id, number)
);
