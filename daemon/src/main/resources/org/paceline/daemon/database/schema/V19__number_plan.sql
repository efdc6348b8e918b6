-- The numbering plans by which the do-not-call numbers are kept. Where a release has others, it reads them again at its start.
CREATE TABLE number_plan (
    id      INTEGER PRIMARY KEY,
    version VARCHAR(100) NOT NULL
);
INSERT INTO number_plan (id, version) VALUES (1, '');
