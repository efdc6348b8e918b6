package org.paceline.sip.dialog;

import gov.nist.javax.sip.address.AddressImpl;
import gov.nist.javax.sip.address.SipUri;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.paceline.sip.stack.LenientAddresses;

/**
 * Who a call says that it is from.
 *
 * <p>Thread: any, as long as nobody changes the address.
 *
 * @param from the address in From, without tag
 * @param headers the headers of the INVITE that tell more of it, by name, in their order
 */
public record CallerIdentity(AddressImpl from, Map<String, String> headers) {

    public CallerIdentity {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Makes an identity of a URI alone. */
    public static CallerIdentity of(SipUri from) {
        return new CallerIdentity(address("", from), Map.of());
    }

    /**
     * Makes an address with a quoted display name (RFC 3261 §25.1, quoted-string).
     *
     * @param displayName without line ends and other control characters; empty for none
     */
    public static AddressImpl address(String displayName, SipUri uri) {
        if (displayName.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("displayName: must have no control characters");
        }
        AddressImpl address = new AddressImpl();
        address.setURI(LenientAddresses.withoutEmptyUser(uri));
        address.setAddressType(AddressImpl.NAME_ADDR);
        if (!displayName.isEmpty()) {
            // The stack writes a name between quotes as it is.
            address.setDisplayName(displayName.replace("\\", "\\\\").replace("\"", "\\\""));
        }
        return address;
    }
}
