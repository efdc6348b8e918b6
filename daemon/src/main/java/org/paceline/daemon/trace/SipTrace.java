package org.paceline.daemon.trace;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The SIP messages of the last time, with numbers and secrets masked.
 *
 * <p>Thread: any.
 */
public interface SipTrace {

    /**
     * Which messages are wanted: those that fit all that is given.
     *
     * @param number digits of a telephone number, 7 to 20
     * @param call the id of a call, or a Call-ID of SIP
     */
    record Query(
            @Nullable String number,
            @Nullable String call,
            @Nullable String trunk,
            @Nullable String agent) {}

    /**
     * A message as it passed a socket.
     *
     * @param at wall time to the microsecond, ISO 8601 in UTC
     * @param way {@code received}, {@code sent} or {@code not-sent}
     * @param transport {@code udp}, {@code tcp} or {@code tls}
     * @param local our address, {@code ip:port}
     * @param peer the other side's
     * @param trunk the trunk that it belongs to, by its call or by the address; null for none
     * @param agent whose phone's call it belongs to; null for none
     * @param call the id of the call that it belongs to; null for none
     * @param number the number that is called, masked; null for none
     * @param callId of SIP
     * @param reason why it was not sent; null where it was
     * @param text what was on the wire, masked, one character a byte (ISO 8859-1)
     */
    record Message(
            String at,
            String way,
            String transport,
            String local,
            String peer,
            @Nullable String trunk,
            @Nullable String agent,
            @Nullable String call,
            @Nullable String number,
            String callId,
            @Nullable String reason,
            String text) {}

    /**
     * What there is.
     *
     * @param since when the oldest message passed; null where there is none
     * @param calls how many calls they belong to
     * @param byPeer how many there are of each trunk and each agent, as {@code trunk carrier}, and of others
     */
    record Contents(long messages, @Nullable String since, int calls, Map<String, Long> byPeer) {}

    /**
     * Messages in the order in which they passed.
     *
     * @param next where the next page begins
     * @param last whether there is no more for now
     * @param lost how many messages, of whatever call, were overwritten before they could be read, since the page before
     * @param restarted whether the daemon was started anew since the page before: this one is a first one
     * @param holds what there is; null unless this is a first page without any message
     */
    record Page(
            List<Message> messages,
            String next,
            boolean last,
            long lost,
            boolean restarted,
            @Nullable Contents holds) {}

    /** Whether messages are kept at all. */
    boolean isOn();

    /**
     * @param after the {@code next} of the page before; null for the first page
     * @param most how many messages to return at most
     * @throws IllegalArgumentException where {@code after} is none
     */
    Page find(Query query, @Nullable String after, int most);
}
