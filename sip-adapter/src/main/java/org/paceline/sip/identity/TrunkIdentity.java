package org.paceline.sip.identity;

import gov.nist.javax.sip.address.AddressImpl;
import gov.nist.javax.sip.address.SipUri;
import java.util.LinkedHashMap;
import java.util.Map;
import org.paceline.sip.dialog.CallerIdentity;
import org.paceline.sip.dialog.SipMessages;
import org.paceline.sip.identity.IdentityTerms.Privacy;

/**
 * How a trunk wants numbers and identities written. The rules judge the numbers of a call; this only writes them.
 *
 * <p>Thread: any (immutable).
 */
public record TrunkIdentity(NumberFormat numbers, IdentityTerms terms) {

    /** E.164 with plus, the caller ID in From and P-Asserted-Identity. */
    public static final TrunkIdentity USUAL = new TrunkIdentity(NumberFormat.E164, IdentityTerms.USUAL);

    private static final String ANONYMOUS = "anonymous";
    /** RFC 3323 §4.1.1.3. */
    private static final String ANONYMOUS_HOST = "anonymous.invalid";

    /** Returns the Request-URI and To of a call to that number, E.164 digits without plus. */
    public SipUri callee(long callee, String host, int port) {
        return phone(SipMessages.uri(numbers.callee(callee), host, port));
    }

    /** Returns the user part of {@link #callee}. */
    public String calleeUser(long callee) {
        return numbers.callee(callee);
    }

    /**
     * Returns From and the headers beside it.
     *
     * @param callerId E.164 digits without plus, as they were judged
     * @param callee E.164 digits without plus
     * @param ownHost host part where the trunk names none
     */
    public CallerIdentity caller(long callerId, long callee, String ownHost) {
        String host = terms.host() == null ? ownHost : terms.host();
        SipUri shown = number(callerId, callee, host);
        Map<String, String> headers = new LinkedHashMap<>();
        String named = CallerIdentity.address(terms.displayName(), shown).encode();
        boolean isWithheld = terms.privacy() != Privacy.NONE;
        switch (terms.header()) {
            case P_ASSERTED_IDENTITY -> headers.put("P-Asserted-Identity", named);
            case P_PREFERRED_IDENTITY -> headers.put("P-Preferred-Identity", named);
            case REMOTE_PARTY_ID ->
                headers.put(
                        "Remote-Party-ID",
                        named + ";party=calling;screen=yes;privacy=" + (isWithheld ? "full" : "off"));
            case NONE -> {}
        }
        switch (terms.privacy()) {
            case NONE -> {}
            case ID -> headers.put("Privacy", "id");
            case FULL -> headers.put("Privacy", "header;user;id");
        }
        Long diversion = terms.diversion();
        if (diversion != null) {
            headers.put(
                    "Diversion",
                    CallerIdentity.address("", number(diversion, callee, host)).encode()
                            + ";reason=unconditional;counter=1");
        }
        return new CallerIdentity(from(shown, host, isWithheld), headers);
    }

    private AddressImpl from(SipUri shown, String host, boolean isWithheld) {
        String user = terms.fromUser();
        if (user != null) {
            return CallerIdentity.address(
                    isWithheld ? "Anonymous" : terms.displayName(), SipMessages.uri(user, host, 0));
        }
        return isWithheld
                ? CallerIdentity.address("Anonymous", SipMessages.uri(ANONYMOUS, ANONYMOUS_HOST, 0))
                : CallerIdentity.address(terms.displayName(), shown);
    }

    private SipUri number(long number, long callee, String host) {
        return phone(SipMessages.uri(numbers.caller(number, callee), host, 0));
    }

    private SipUri phone(SipUri uri) {
        if (numbers.userPhone()) {
            uri.setUserParam("phone");
        }
        return uri;
    }
}
