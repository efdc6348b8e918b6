package org.paceline.sip.tls;

import java.net.Socket;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.tls.TlsTerms.Check;

/** Decides whether a peer's certificate is taken, and says in one line why not. Thread: any. */
final class PeerTrust extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager authorities;
    private final Check check;
    private final @Nullable String domain;

    /** @param domain whom it must be for; null for anybody */
    PeerTrust(X509ExtendedTrustManager authorities, Check check, @Nullable String domain) {
        this.authorities = authorities;
        this.check = check;
        this.domain = domain;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        if (check == Check.NONE) {
            return;
        }
        check(chain, () -> authorities.checkServerTrusted(chain, authType));
        if (check == Check.FULL && domain != null && !SipDomains.has(chain[0], domain)) {
            throw new CertificateException(
                    "the certificate is for " + SipDomains.text(chain[0]) + ", not for " + domain);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        check(chain, () -> authorities.checkClientTrusted(chain, authType));
    }

    /** A check of the JDK's. */
    private interface ChainCheck {
        void run() throws CertificateException;
    }

    private static void check(X509Certificate[] chain, ChainCheck check) throws CertificateException {
        try {
            check.run();
        } catch (CertificateException e) {
            throw new CertificateException(why(chain[0], e), e);
        }
    }

    private static String why(X509Certificate certificate, CertificateException e) {
        String whose = "the certificate of " + certificate.getSubjectX500Principal();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return whose + " or of an issuer of it has expired; its own ends "
                        + certificate
                                .getNotAfter()
                                .toInstant()
                                .atZone(ZoneOffset.UTC)
                                .toLocalDate();
            }
            if (cause instanceof CertificateNotYetValidException) {
                return whose + " or of an issuer of it is not valid yet; its own begins "
                        + certificate
                                .getNotBefore()
                                .toInstant()
                                .atZone(ZoneOffset.UTC)
                                .toLocalDate();
            }
            if (cause instanceof CertPathValidatorException path && path.getCause() == null) {
                return whose + " is not accepted: " + path.getMessage();
            }
        }
        return whose + " is from no trusted authority (issuer " + certificate.getIssuerX500Principal()
                + "); name the authority's file as trust";
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        checkServerTrusted(chain, authType, (SSLEngine) null);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType, (SSLEngine) null);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        checkClientTrusted(chain, authType, (SSLEngine) null);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType, (SSLEngine) null);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
