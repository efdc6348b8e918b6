-- Money is in micros, millionths of the node's currency. A month is 202611 for November 2026, in the node's zone.

-- What an attempt may cost, and did cost: an attempt in flight has no cost, one that no tariff prices has neither.
ALTER TABLE attempt ADD COLUMN budget_holder VARCHAR(210);
ALTER TABLE attempt ADD COLUMN budget_month INTEGER;
ALTER TABLE attempt ADD COLUMN reserved_micros BIGINT;
ALTER TABLE attempt ADD COLUMN cost_micros BIGINT;

-- The sums of a budget holder's attempts by month and run; together they are what the month has cost. Run 0 costs nothing: the
-- lock of its row makes nodes reserve one after the other.
CREATE TABLE budget (
    holder          VARCHAR(210) NOT NULL,
    budget_month    INTEGER NOT NULL,
    run             BIGINT NOT NULL,
    spent_micros    BIGINT DEFAULT 0 NOT NULL,
    reserved_micros BIGINT DEFAULT 0 NOT NULL,
    PRIMARY KEY (holder, budget_month, run)
);
