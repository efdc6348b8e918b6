package org.paceline.sip.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import java.net.URI;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipDomainsTest {

    private static X509Certificate certificate(String names) {
        return new TestCertificates()
                .of(10, builder -> {
                    for (String name : names.split(" ", -1)) {
                        add(builder, name);
                    }
                    return builder;
                })
                .getCertificate();
    }

    private static void add(CertificateBuilder builder, String name) {
        String value = name.substring(name.indexOf('=') + 1);
        switch (name.substring(0, name.indexOf('='))) {
            case "uri" -> builder.addSanUriName(URI.create(value));
            case "ip" -> builder.addSanIpAddress(value);
            case "raw" -> TestCertificates.dns(builder, value);
            default -> builder.addSanDnsName(value);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dns=sip.example.com, sip.example.com, true",
        "dns=sip.example.com, SIP.Example.COM, true",
        "dns=sip.example.com, example.com, false",
        "raw=*.example.com, sip.example.com, false",
        "uri=sip:example.com, example.com, true",
        "uri=sip:example.com dns=sip.example.com, sip.example.com, false",
        "uri=sip:alice@example.com dns=other.example, example.com, false",
        "uri=https://example.com dns=other.example, example.com, false",
        "ip=192.0.2.1, 192.0.2.1, true",
        "ip=192.0.2.1, 192.0.2.2, false",
        "ip=2001:db8::1, [2001:db8::1], true",
        "dns=192.0.2.1, 192.0.2.1, false"
    })
    void shouldKnowWhomACertificateIsFor(String names, String domain, boolean isFor) {
        assertThat(SipDomains.has(certificate(names), domain)).isEqualTo(isFor);
    }

    @Test
    void shouldNotCountTheSubjectsName() throws Exception {
        X509Certificate certificate = new CertificateBuilder()
                .ecp256()
                .subject("CN=example.com")
                .setIsCertificateAuthority(true)
                .buildSelfSigned()
                .getCertificate();

        assertThat(SipDomains.has(certificate, "example.com")).isFalse();
        assertThat(SipDomains.text(certificate)).isEqualTo("no name");
    }
}
