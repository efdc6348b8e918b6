-- Whose doing an attempt's end was: CALLEE, TRUNK or US; null of attempts from before, and of those in flight.
ALTER TABLE attempt ADD COLUMN fault VARCHAR(8);

-- How many of a lead's attempts ended by the trunk's or our doing; they count against no retry plan. Those from before all count.
ALTER TABLE lead ADD COLUMN faults INTEGER DEFAULT 0 NOT NULL;
