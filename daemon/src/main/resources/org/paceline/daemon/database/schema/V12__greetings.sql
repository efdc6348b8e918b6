-- The called party's first words, milliseconds from the answer: what the clock of an abandoned call ran from.
ALTER TABLE attempt ADD COLUMN greeting_began_millis BIGINT;
ALTER TABLE attempt ADD COLUMN greeting_ended_millis BIGINT;
