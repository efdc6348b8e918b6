-- The grade, '' for none, by which leads of one kind and priority are ordered as their campaign says.
ALTER TABLE lead ADD COLUMN grade_key VARCHAR(20) DEFAULT '' NOT NULL;
UPDATE lead SET grade_key = grade WHERE grade IS NOT NULL;
DROP INDEX lead_due;
-- Leasing walks it in order, each kind, priority and grade by itself.
CREATE INDEX lead_due ON lead (status, campaign, kind, priority, grade_key, not_before, id);
