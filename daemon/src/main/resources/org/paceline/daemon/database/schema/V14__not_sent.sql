-- Planned attempts that were recorded and of which no byte can have reached the network: no attempts, so that no statement over
-- the attempt table counts them. A row moves here in one transaction, and never back.
CREATE TABLE not_sent (
    call_id       BIGINT PRIMARY KEY,
    lead_id       BIGINT NOT NULL,
    campaign      VARCHAR(200) NOT NULL,
    e164          BIGINT NOT NULL,
    node          VARCHAR(100) NOT NULL,
    run           BIGINT NOT NULL,
    trunk         VARCHAR(200) NOT NULL,
    charged_agent VARCHAR(200),
    planned_at    BIGINT NOT NULL,
    ended_at      BIGINT NOT NULL,
    why           VARCHAR(20) NOT NULL
);
CREATE INDEX not_sent_campaign ON not_sent (campaign, planned_at);
