package org.paceline.sip.simulation;

import gov.nist.javax.sip.address.AddressImpl;
import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ContentType;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.MaxForwards;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.text.ParseException;
import java.util.random.RandomGenerator;
import javax.sip.InvalidArgumentException;
import javax.sip.address.URI;
import javax.sip.message.Request;

/**
 * Builds the messages of one simulated callee: responses with its tag and contact, and its BYE. Thread: simulation
 * loop.
 */
final class CallMessages {

    private static final int MAX_FORWARDS = 70;

    private final String host;
    private final int port;
    private final String user;
    private final RandomGenerator random;
    private final String tag;

    CallMessages(String host, int port, String user, RandomGenerator random) {
        this.host = host;
        this.port = port;
        this.user = user;
        this.random = random;
        tag = Long.toHexString(random.nextLong());
    }

    SIPResponse response(SIPRequest request, int status) {
        try {
            SipUri uri = new SipUri();
            uri.setScheme("sip");
            uri.setUser(user);
            uri.setHost(host);
            uri.setPort(port);
            AddressImpl address = new AddressImpl();
            address.setURI(uri);
            Contact contact = new Contact();
            contact.setAddress(address);
            SIPResponse response = request.createResponse(status);
            response.setToTag(tag);
            response.addHeader(contact);
            return response;
        } catch (ParseException e) {
            throw new IllegalStateException("user=" + user + " host=" + host + ": " + e.getMessage(), e);
        }
    }

    static void withSession(SIPResponse response, byte[] body) {
        try {
            response.setContent(body, new ContentType("application", "sdp"));
        } catch (ParseException e) {
            throw new IllegalStateException("session description: " + e.getMessage(), e);
        }
    }

    /** Makes the BYE of the call that the INVITE began, which is our first request in its dialog. */
    SIPRequest bye(SIPRequest invite) {
        URI target = invite.getContactHeader() == null
                ? invite.getFrom().getAddress().getURI()
                : invite.getContactHeader().getAddress().getURI();
        try {
            SIPRequest bye = new SIPRequest();
            bye.setMethod(Request.BYE);
            bye.setRequestURI(target);
            bye.setHeader(via());
            From from = new From();
            from.setAddress(invite.getTo().getAddress());
            from.setTag(tag);
            bye.setHeader(from);
            To to = new To();
            to.setAddress(invite.getFrom().getAddress());
            to.setTag(invite.getFromTag());
            bye.setHeader(to);
            bye.setHeader(invite.getCallId());
            CSeq number = new CSeq();
            number.setSeqNumber(1);
            number.setMethod(Request.BYE);
            bye.setHeader(number);
            MaxForwards forwards = new MaxForwards();
            forwards.setMaxForwards(MAX_FORWARDS);
            bye.setHeader(forwards);
            return bye;
        } catch (ParseException | InvalidArgumentException e) {
            throw new IllegalStateException("BYE cannot be built: " + e.getMessage(), e);
        }
    }

    private Via via() throws ParseException, InvalidArgumentException {
        Via via = new Via();
        via.setHost(host);
        via.setPort(port);
        via.setTransport("UDP");
        via.setBranch("z9hG4bK" + Long.toHexString(random.nextLong()));
        via.setRPort();
        return via;
    }
}
