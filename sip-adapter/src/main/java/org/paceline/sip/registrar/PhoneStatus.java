package org.paceline.sip.registrar;

/**
 * A registered phone, for people.
 *
 * @param from where its REGISTER came from, as {@code ip:port}
 * @param contact what it says its address is
 * @param userAgent what it calls itself; may be empty
 * @param secondsLeft for how long it is registered
 * @param translated whether a NAT stands between
 */
public record PhoneStatus(String from, String contact, String userAgent, long secondsLeft, boolean translated) {

    static PhoneStatus of(Binding phone, long nowNanos) {
        return new PhoneStatus(
                phone.from(),
                phone.contact().toString(),
                phone.userAgent(),
                phone.secondsLeft(nowNanos),
                RegisterHeaders.isTranslated(phone));
    }
}
