-- Limits that agents went over: TALK, WRAP_UP. call_id is 0 where there was no call.
CREATE TABLE agent_limit (
    agent   VARCHAR(200) NOT NULL,
    node    VARCHAR(100) NOT NULL,
    at      BIGINT NOT NULL,
    passed  VARCHAR(20) NOT NULL,
    call_id BIGINT NOT NULL,
    PRIMARY KEY (agent, at, passed, call_id)
);
