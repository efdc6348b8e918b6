-- Agents' phones that registered at a node, so that they are reached after a restart. Times are milliseconds since 1970;
-- route: the proxies on the way (RFC 3327), separated by spaces; source: where the REGISTER came from.
CREATE TABLE agent_phone (
    node         VARCHAR(100) NOT NULL,
    account      VARCHAR(100) NOT NULL,
    contact      VARCHAR(500) NOT NULL,
    reg_id       INTEGER NOT NULL,
    instance     VARCHAR(200) NOT NULL,
    call_id      VARCHAR(200) NOT NULL,
    cseq         BIGINT NOT NULL,
    route        VARCHAR(2000) NOT NULL,
    source_host  VARCHAR(50) NOT NULL,
    source_port  INTEGER NOT NULL,
    is_symmetric BOOLEAN NOT NULL,
    user_agent   VARCHAR(100) NOT NULL,
    since_at     BIGINT NOT NULL,
    until_at     BIGINT NOT NULL,
    PRIMARY KEY (node, account, contact, reg_id)
);
