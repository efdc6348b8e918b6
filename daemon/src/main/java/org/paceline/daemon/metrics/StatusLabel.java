package org.paceline.daemon.metrics;

import java.util.Set;

/** The label of a SIP status: its number where it is a registered one, else its class, so that a peer cannot make more and more of them. */
final class StatusLabel {
    /** Final statuses that answer an INVITE, of IANA's registry of SIP response codes. */
    private static final Set<Integer> KNOWN = Set.of(
            200, 202, 300, 301, 302, 305, 380, 400, 401, 402, 403, 404, 405, 406, 407, 408, 410, 413, 414, 415, 416,
            420, 421, 422, 423, 424, 425, 428, 429, 430, 433, 436, 437, 438, 439, 440, 469, 470, 480, 481, 482, 483,
            484, 485, 486, 487, 488, 489, 491, 493, 494, 500, 501, 502, 503, 504, 505, 513, 555, 580, 600, 603, 604,
            606, 607, 608);

    private StatusLabel() {}

    static String of(int status) {
        return KNOWN.contains(status) ? Integer.toString(status) : status / 100 + "xx";
    }
}
