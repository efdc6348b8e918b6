package org.paceline.sip.tls;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whom a certificate is for, as SIP reads it (RFC 5922 §7): the SIP URIs of its subjectAltName, or its DNS names where it
 * has no such URI; its addresses for a host that is one. There are no wildcards, and the subject's name does not count.
 */
final class SipDomains {

    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int ADDRESS = 7;

    private SipDomains() {}

    /** @param domain a name, or an address, in brackets or not */
    static boolean has(X509Certificate certificate, String domain) {
        InetAddress address = address(domain);
        if (address != null) {
            return names(certificate, ADDRESS).stream().anyMatch(name -> address.equals(address(name)));
        }
        String wanted = withoutDot(domain);
        return domains(certificate).stream().anyMatch(wanted::equalsIgnoreCase);
    }

    /** Returns all that it is for, for people. */
    static String text(X509Certificate certificate) {
        List<String> all = new ArrayList<>(domains(certificate));
        all.addAll(names(certificate, ADDRESS));
        return all.isEmpty() ? "no name" : String.join(", ", all);
    }

    private static List<String> domains(X509Certificate certificate) {
        List<String> sip = names(certificate, URI).stream()
                .filter(uri -> uri.regionMatches(true, 0, "sip:", 0, 4) && uri.indexOf('@') < 0)
                .map(uri -> withoutDot(uri.substring(4).split("[;?:]", 2)[0]))
                .toList();
        return sip.isEmpty()
                ? names(certificate, DNS).stream().map(SipDomains::withoutDot).toList()
                : sip;
    }

    private static List<String> names(X509Certificate certificate, int kind) {
        List<String> found = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            for (List<?> name : all == null ? List.<List<?>>of() : all) {
                if (name.getFirst() instanceof Integer its && its == kind && name.get(1) instanceof String text) {
                    found.add(text);
                }
            }
        } catch (CertificateParsingException _) {
            // It has no name that can be read.
        }
        return found;
    }

    private static String withoutDot(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static @Nullable InetAddress address(String host) {
        boolean inBrackets = host.startsWith("[") && host.endsWith("]");
        byte[] bytes =
                NetUtil.createByteArrayFromIpAddressString(inBrackets ? host.substring(1, host.length() - 1) : host);
        try {
            return bytes == null ? null : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
