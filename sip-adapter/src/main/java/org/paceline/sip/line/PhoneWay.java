package org.paceline.sip.line;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.text.ParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.sip.dialog.PhoneRoute;
import org.paceline.sip.dialog.SipMessages;
import org.paceline.sip.registrar.Binding;

/**
 * One place where an agent's phone is called.
 *
 * @param uri what the requests are for
 * @param host where they go: a name or an address
 * @param binding the phone's registration; null for a phone at a fixed address
 */
public record PhoneWay(
        SipUri uri,
        String host,
        int port,
        PhoneRoute route,
        @Nullable Binding binding) {

    /**
     * Returns the way to a phone at a fixed address.
     *
     * @throws ParseException with one line that says what is wrong, and what would be right
     */
    static PhoneWay to(AgentAddress at) throws ParseException {
        String text = at.uri();
        try {
            if (text.regionMatches(true, 0, "sip:", 0, 4)
                    && new StringMsgParser().parseUrl(text) instanceof SipUri sip) {
                return new PhoneWay(sip, sip.getHost(), SipMessages.port(sip), PhoneRoute.NONE, null);
            }
        } catch (ParseException _) {
            // reported below
        }
        throw new ParseException("address " + text + " is no SIP URI such as sip:alice@192.0.2.10:5060", 0);
    }

    /** Returns the way to a phone that registered: by its path, or where it registered from, or where it says. */
    static PhoneWay to(Binding phone) {
        List<SipUri> path = phone.path();
        SipUri next = path.isEmpty() ? phone.contact() : path.getFirst();
        boolean fixed = path.isEmpty() && phone.isSymmetric();
        return new PhoneWay(
                phone.contact(),
                fixed ? phone.source().getAddress().getHostAddress() : next.getHost(),
                fixed ? phone.source().getPort() : SipMessages.port(next),
                new PhoneRoute(path, fixed),
                phone);
    }
}
