package org.paceline.sip.stack;

import gov.nist.javax.sip.address.AddressImpl;
import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.RecordRoute;
import gov.nist.javax.sip.header.RecordRouteList;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPMessage;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sip.address.Address;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header fields by which a call goes on (From, To, Contact, Record-Route) where the stack's parser fails on a
 * display name or a parameter: only the URI and the tag matter. It also takes the empty user out of URIs, because the
 * stack would write {@code sip:@host} as {@code sip:null@host}.
 */
public final class LenientAddresses {

    private static final Pattern TAG = Pattern.compile(";\\s*tag\\s*=\\s*([^;,\\s]+)", Pattern.CASE_INSENSITIVE);

    private LenientAddresses() {}

    /** Returns the URI itself, without a user part where that holds no user. */
    public static SipUri withoutEmptyUser(SipUri uri) {
        String user = uri.getUser();
        if (user == null || user.isEmpty()) {
            uri.removeUser();
        }
        return uri;
    }

    /** Takes empty users out of all URIs that will be written into our messages. */
    static void clean(SIPMessage message) {
        clean(message.getFrom().getAddress());
        clean(message.getTo().getAddress());
        ContactList contacts = message.getContactHeaders();
        if (contacts != null) {
            contacts.forEach(contact -> clean(contact.getAddress()));
        }
        RecordRouteList routes = message.getRecordRouteHeaders();
        if (routes != null) {
            routes.forEach(route -> clean(route.getAddress()));
        }
    }

    private static void clean(@Nullable Address address) {
        if (address != null && address.getURI() instanceof SipUri uri) {
            withoutEmptyUser(uri);
        }
    }

    /**
     * Returns what can be read of a header field that the stack could not parse.
     *
     * @param header name, colon and value, unfolded
     * @return empty where the field is none of those read here, or not even its URI can be found
     */
    static List<SIPHeader> read(String header) {
        int colon = header.indexOf(':');
        String name = colon < 0 ? "" : header.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        List<SIPHeader> found = new ArrayList<>();
        try {
            switch (name) {
                case "from", "f" -> {
                    From from = new From();
                    from.setAddress(address(header.substring(colon + 1)));
                    String tag = tag(header);
                    if (tag != null) {
                        from.setTag(tag);
                    }
                    found.add(from);
                }
                case "to", "t" -> {
                    To to = new To();
                    to.setAddress(address(header.substring(colon + 1)));
                    String tag = tag(header);
                    if (tag != null) {
                        to.setTag(tag);
                    }
                    found.add(to);
                }
                case "contact", "m" -> {
                    Contact contact = new Contact();
                    contact.setAddress(firstAddress(elements(header.substring(colon + 1))));
                    found.add(contact);
                }
                case "record-route" -> {
                    for (String element : elements(header.substring(colon + 1))) {
                        RecordRoute route = new RecordRoute();
                        route.setAddress(address(element));
                        found.add(route);
                    }
                }
                default -> {}
            }
        } catch (ParseException e) {
            return List.of();
        }
        return found;
    }

    /** Returns the first address. A comma in a display name that is not quoted looks like the end of an element. */
    private static AddressImpl firstAddress(List<String> elements) throws ParseException {
        for (String element : elements) {
            try {
                return address(element);
            } catch (ParseException _) {
                // Perhaps the next element has one.
            }
        }
        throw new ParseException("no URI", 0);
    }

    /** Whether the field holds a URI with quotes, in which the stack may lose the quoted text without an error. */
    static boolean needs(String header) {
        boolean quoted = false;
        boolean inBrackets = false;
        for (int i = 0; i < header.length(); i++) {
            char character = header.charAt(i);
            if (character == '\\' && quoted) {
                i++;
            } else if (character == '"' && inBrackets) {
                return !read(header).isEmpty();
            } else if (character == '"') {
                quoted = !quoted;
            } else if (!quoted && (character == '<' || character == '>')) {
                inBrackets = character == '<';
            }
        }
        return false;
    }

    private static AddressImpl address(String element) throws ParseException {
        AddressImpl address = new AddressImpl();
        address.setURI(VerbatimUri.parse(uriOf(element)));
        return address;
    }

    /** Returns the text within the angle brackets, or else all before the first parameter (RFC 3261 §20). */
    private static String uriOf(String element) {
        int open = unquoted(element, 0, '<');
        if (open >= 0) {
            int close = unquoted(element, open + 1, '>');
            return element.substring(open + 1, close < 0 ? element.length() : close)
                    .strip();
        }
        String bare = element.strip();
        int end = bare.indexOf(';');
        return end < 0 ? bare : bare.substring(0, end).strip();
    }

    private static @Nullable String tag(String header) {
        int open = unquoted(header, 0, '<');
        int close = open < 0 ? 0 : Math.max(0, unquoted(header, open + 1, '>'));
        Matcher tag = TAG.matcher(header.substring(close));
        return tag.find() ? tag.group(1) : null;
    }

    /** Returns the elements between commas that are neither in quotes nor in angle brackets. */
    private static List<String> elements(String list) {
        List<String> all = new ArrayList<>();
        int from = 0;
        boolean quoted = false;
        boolean inBrackets = false;
        for (int i = 0; i < list.length(); i++) {
            char character = list.charAt(i);
            if (character == '\\' && quoted) {
                i++;
            } else if (character == '"') {
                quoted = !quoted;
            } else if (!quoted && character == '<') {
                inBrackets = true;
            } else if (!quoted && character == '>') {
                inBrackets = false;
            } else if (!quoted && !inBrackets && character == ',') {
                all.add(list.substring(from, i));
                from = i + 1;
            }
        }
        all.add(list.substring(from));
        return all;
    }

    /** Returns the index of the character outside of quotes, or −1. */
    private static int unquoted(String text, int from, char wanted) {
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\\' && quoted) {
                i++;
            } else if (character == '"') {
                quoted = !quoted;
            } else if (!quoted && character == wanted) {
                return i;
            }
        }
        return -1;
    }
}
