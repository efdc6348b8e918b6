package org.paceline.sip.registrar;

import gov.nist.core.NameValue;
import gov.nist.javax.sip.address.AddressImpl;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.MinExpires;
import gov.nist.javax.sip.header.Require;
import gov.nist.javax.sip.header.RetryAfter;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.ims.PathHeader;
import gov.nist.javax.sip.message.SIPRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.sip.InvalidArgumentException;
import org.paceline.sip.stack.NameResolver;

/** The header fields of answers to REGISTER. Thread: any. */
final class RegisterHeaders {

    private RegisterHeaders() {}

    /** Lists the phones that are registered, each with the time that is left (RFC 3261 §10.3, step 8). */
    static List<SIPHeader> contacts(List<Binding> phones, long nowNanos) {
        List<SIPHeader> contacts = new ArrayList<>();
        for (Binding phone : phones) {
            AddressImpl address = new AddressImpl();
            address.setURI(phone.contact());
            address.setAddressType(AddressImpl.NAME_ADDR);
            Contact contact = new Contact();
            contact.setAddress(address);
            contact.setExpires((int) phone.secondsLeft(nowNanos));
            if (!phone.instance().isEmpty()) {
                NameValue instance = new NameValue("+sip.instance", phone.instance());
                instance.setQuotedValue();
                contact.getParameters().set(instance);
            }
            if (phone.regId() > 0) {
                contact.getParameters().set(new NameValue("reg-id", Integer.toString(phone.regId())));
            }
            contacts.add(contact);
        }
        return contacts;
    }

    static List<SIPHeader> copyOfPath(SIPRequest request) {
        List<SIPHeader> path = new ArrayList<>();
        Iterator<?> headers = request.getHeaders(PathHeader.NAME);
        while (headers.hasNext()) {
            if (headers.next() instanceof SIPHeader header) {
                path.add((SIPHeader) header.clone());
            }
        }
        return path;
    }

    /** Says that the phone's flow is used (RFC 5626 §6). */
    static SIPHeader requireOutbound() {
        return new Require("outbound");
    }

    static SIPHeader least(int seconds) {
        MinExpires least = new MinExpires();
        try {
            least.setExpires(seconds);
        } catch (InvalidArgumentException e) {
            throw new IllegalArgumentException("seconds=" + seconds, e);
        }
        return least;
    }

    static SIPHeader retryAfter(long seconds) {
        RetryAfter after = new RetryAfter();
        try {
            after.setRetryAfter(Math.toIntExact(seconds));
        } catch (InvalidArgumentException e) {
            throw new IllegalArgumentException("seconds=" + seconds, e);
        }
        return after;
    }

    /** Whether the phone's own idea of its address is not where its REGISTER came from. */
    static boolean isTranslated(Binding phone) {
        return phone.path().isEmpty()
                && !phone.source()
                        .getAddress()
                        .equals(NameResolver.literal(phone.contact().getHost()));
    }
}
