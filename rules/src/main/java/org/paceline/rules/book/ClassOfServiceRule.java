package org.paceline.rules.book;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.DialRequest;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;
import org.paceline.rules.policy.ClassOfService;
import org.paceline.rules.policy.ClassOfService.Reach;
import org.paceline.yaml.ScalarType;

/**
 * Lets a campaign call no farther than it was granted. Where a policy demands a grant and there is none, it may call
 * nobody. A mobile of the home country is a national call unless a home prefix covers it.
 */
record ClassOfServiceRule(String source, @Nullable ClassOfService grant, String citation) implements Rule {
    private static final int LONGEST_NUMBER = 15;

    @Override
    public RuleId id() {
        return RuleId.CLASS_OF_SERVICE;
    }

    @Override
    public String figure() {
        return grant == null
                ? "only what is granted; nothing is"
                : ScalarType.written(grant.granted()) + " calls, home +" + String.join(" +", grant.home());
    }

    @Override
    public @Nullable Refused judge(DialRequest request, long dayStartEpochMillis) {
        if (grant == null) {
            return refused("no class of service is granted to the campaign", Refused.NEVER);
        }
        Reach reach = reach(grant, request.number());
        return reach.compareTo(grant.granted()) <= 0
                ? null
                : refused(
                        "a" + (reach == Reach.INTERNATIONAL ? "n " : " ") + ScalarType.written(reach)
                                + " call, and only " + ScalarType.written(grant.granted()) + " ones are granted",
                        Refused.NEVER);
    }

    private static Reach reach(ClassOfService grant, PhoneNumber number) {
        for (int index = 0; index < grant.home().size(); index++) {
            if (beginsWith(number.e164(), Long.parseLong(grant.home().get(index)))) {
                return Reach.LOCAL;
            }
        }
        return beginsWith(number.e164(), callingCode(grant.home().getFirst())) ? Reach.NATIONAL : Reach.INTERNATIONAL;
    }

    private static boolean beginsWith(long e164, long prefix) {
        long leading = e164;
        for (int digit = 0; leading > prefix && digit < LONGEST_NUMBER; digit++) {
            leading /= 10;
        }
        return leading == prefix;
    }

    /**
     * Returns the calling code that the text begins with. Calling codes have one to three digits, and none begins with
     * another.
     */
    private static long callingCode(String home) {
        for (int digits = 1; digits <= Math.min(3, home.length()); digits++) {
            int code = Integer.parseInt(home, 0, digits, 10);
            if (PhoneNumberUtil.getInstance().getSupportedCallingCodes().contains(code)) {
                return code;
            }
        }
        return Long.parseLong(home);
    }
}
