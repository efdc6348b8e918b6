-- Refused leads are shown latest first.
CREATE INDEX lead_refused ON lead (campaign, refused_at, id);
