package org.paceline.rules.book;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.DialRequest;
import org.paceline.rules.NumberRange;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;

/** Lets only allotted numbers be presented as caller ID. */
record CallerIdRule(String source, List<NumberRange> allotted) implements Rule {

    @Override
    public RuleId id() {
        return RuleId.CALLERID_ALLOTTED;
    }

    @Override
    public String figure() {
        return allotted.isEmpty()
                ? "no caller ID is allotted"
                : allotted.stream().map(NumberRange::toString).collect(Collectors.joining(" "));
    }

    @Override
    public String citation() {
        return source;
    }

    @Override
    public @Nullable Refused judge(DialRequest request, long dayStartEpochMillis) {
        for (int index = 0; index < allotted.size(); index++) {
            if (allotted.get(index).contains(request.callerId())) {
                return null;
            }
        }
        return refused("caller ID +" + request.callerId() + " is not among the allotted ones", Refused.NEVER);
    }
}
