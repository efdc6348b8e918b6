package org.paceline.sip.registrar;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.paceline.sip.registrar.RegisterRequest.Refused;
import org.paceline.sip.registrar.RegisterRequest.Wanted;

/**
 * The phones of one account (RFC 3261 §10.3). A REGISTER is done as a whole or not at all.
 *
 * <p>Thread: one at a time. Time is a parameter, monotonic.
 */
final class AccountPhones {

    private final RegistrarSettings settings;
    private List<Binding> phones = List.of();
    private boolean closed;

    AccountPhones(RegistrarSettings settings) {
        this.settings = settings;
    }

    /**
     * What became of the phones.
     *
     * @param come new ones, and those that are called elsewhere now
     * @param gone those that are there no more, with why
     */
    record Change(List<Binding> come, List<Gone> gone) {
        boolean isNews() {
            return !come.isEmpty() || !gone.isEmpty();
        }
    }

    /** @param reason one line for people */
    record Gone(Binding phone, String reason) {}

    /** Returns the phones that are registered; the one that came last is the first. */
    List<Binding> phones(long nowNanos) {
        return phones.stream().filter(phone -> !phone.isOver(nowNanos)).toList();
    }

    Change apply(RegisterRequest request, String callId, long sequence, long nowNanos) throws Refused {
        if (closed) {
            throw new Refused(404, "Not Found");
        }
        if (request.takesAllBack()) {
            return takeAllBack(callId, sequence, nowNanos);
        }
        for (Wanted wanted : request.wanted()) {
            if (wanted.seconds() > 0 && wanted.seconds() < settings.leastSeconds()) {
                throw new Refused(RegisterRequest.TOO_BRIEF, "");
            }
        }
        List<Binding> now = new ArrayList<>(phones(nowNanos));
        List<Binding> come = new ArrayList<>();
        List<Gone> gone = new ArrayList<>();
        for (Wanted wanted : request.wanted()) {
            apply(wanted, now, come, gone, nowNanos);
        }
        now.sort(Comparator.comparingLong((Binding phone) -> phone.sinceNanos() - nowNanos)
                .reversed());
        while (now.size() > settings.phonesPerAgent()) {
            Binding oldest = now.removeLast();
            come.remove(oldest);
            gone.add(new Gone(oldest, "it made room for a newer phone"));
        }
        phones = List.copyOf(now);
        return new Change(come, gone);
    }

    private void apply(Wanted wanted, List<Binding> now, List<Binding> come, List<Gone> gone, long nowNanos)
            throws Refused {
        Binding phone = wanted.phone();
        for (Binding known : now) {
            if (known.isSamePlace(phone)) {
                requireLater(known, phone.callId(), phone.sequence());
            }
        }
        if (wanted.seconds() == 0) {
            List<Binding> taken = now.stream().filter(phone::isSamePlace).toList();
            now.removeAll(taken);
            taken.forEach(each -> gone.add(new Gone(each, "the phone un-registered")));
            return;
        }
        Binding before = now.stream().filter(phone::isSamePlace).findFirst().orElse(null);
        List<Binding> replaced = now.stream().filter(phone::isSamePhone).toList();
        now.removeAll(replaced);
        Binding held = limited(before == null ? phone : phone.since(before.sinceNanos()), wanted.seconds(), nowNanos);
        now.add(held);
        if (before == null
                || !before.source().equals(phone.source())
                || !before.contact().equals(phone.contact())) {
            come.add(held);
        }
        replaced.stream()
                .filter(each -> !each.isSamePlace(phone))
                .forEach(each -> gone.add(new Gone(each, "the phone registered anew")));
    }

    /** Takes a phone that registered before a restart. */
    void restore(Binding phone) {
        List<Binding> now = new ArrayList<>(phones);
        now.removeIf(phone::isSamePlace);
        now.addFirst(phone); // they come in the order in which they registered
        phones = List.copyOf(now);
    }

    /** Drops all phones and takes no more, because the account is gone or has another password. */
    Change close() {
        closed = true;
        List<Gone> gone = phones.stream()
                .map(phone -> new Gone(phone, "its account changed"))
                .toList();
        phones = List.of();
        return new Change(List.of(), gone);
    }

    /** Drops the phones whose registration lapsed. */
    Change lapse(long nowNanos) {
        List<Gone> gone = phones.stream()
                .filter(phone -> phone.isOver(nowNanos))
                .map(phone -> new Gone(phone, "its registration lapsed"))
                .toList();
        phones = phones(nowNanos);
        return new Change(List.of(), gone);
    }

    private Change takeAllBack(String callId, long sequence, long nowNanos) throws Refused {
        List<Binding> now = phones(nowNanos);
        for (Binding known : now) {
            requireLater(known, callId, sequence);
        }
        phones = List.of();
        return new Change(
                List.of(),
                now.stream()
                        .map(phone -> new Gone(phone, "the phone un-registered"))
                        .toList());
    }

    private static void requireLater(Binding known, String callId, long sequence) throws Refused {
        if (known.callId().equals(callId) && sequence <= known.sequence()) {
            throw new Refused(500, "CSeq Out Of Order");
        }
    }

    private Binding limited(Binding phone, int asked, long nowNanos) {
        return asked <= settings.mostSeconds()
                ? phone
                : phone.until(nowNanos + TimeUnit.SECONDS.toNanos(settings.mostSeconds()));
    }
}
