-- What a list's records are told apart by in forecasts of answers, such as their source; null for none. It orders nothing.
ALTER TABLE lead ADD COLUMN segment VARCHAR(50);
