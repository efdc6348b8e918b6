package org.paceline.sip.line;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.text.ParseException;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.sip.dialog.SipMessages;

/** The address at which a phone is called. */
public record PhoneUri(SipUri uri) {
    /** @throws ParseException with one line that says what is wrong, and what would be right */
    public static PhoneUri parse(AgentAddress at) throws ParseException {
        String text = at.uri();
        try {
            if (text.regionMatches(true, 0, "sip:", 0, 4)
                    && new StringMsgParser().parseUrl(text) instanceof SipUri sip) {
                return new PhoneUri(sip);
            }
        } catch (ParseException _) {
            // reported below
        }
        throw new ParseException("address " + text + " is no SIP URI such as sip:alice@192.0.2.10:5060", 0);
    }

    String host() {
        return uri.getHost();
    }

    int port() {
        return SipMessages.port(uri);
    }
}
