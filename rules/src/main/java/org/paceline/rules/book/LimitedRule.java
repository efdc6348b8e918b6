package org.paceline.rules.book;

import org.paceline.rules.CapLimit;
import org.paceline.rules.DialRequest;

/** A rule that the journal enforces once more in SQL. */
interface LimitedRule extends Rule {

    /** Returns the cap at this moment, as the journal counts it. */
    CapLimit limit(DialRequest request, long dayStartEpochMillis);
}
