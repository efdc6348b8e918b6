-- One row for each agent and campaign that has a cap of its own; its lock makes nodes count one after the other.
CREATE TABLE cap_holder (
    name VARCHAR(210) PRIMARY KEY
);
CREATE INDEX attempt_campaign_day ON attempt (campaign, planned_at);
-- The share of abandoned calls is taken of those that ended within a policy's window.
CREATE INDEX attempt_campaign_ended ON attempt (campaign, ended_at);
