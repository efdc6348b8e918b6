-- How many attempts a campaign's day had before counted_until, so that only later ones need be counted. since_at is the day's start;
-- -1: nothing is kept.
ALTER TABLE cap_holder ADD COLUMN since_at BIGINT DEFAULT -1 NOT NULL;
ALTER TABLE cap_holder ADD COLUMN counted_until BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE cap_holder ADD COLUMN counted INTEGER DEFAULT 0 NOT NULL;
