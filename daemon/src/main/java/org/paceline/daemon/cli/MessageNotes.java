package org.paceline.daemon.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.paceline.sip.trace.SipText;

/** What people want to know of a message at a glance. */
final class MessageNotes {
    private static final List<String> TELLING = List.of(
            "Reason",
            "Retry-After",
            "Warning",
            "Require",
            "Unsupported",
            "RSeq",
            "RAck",
            "Session-Expires",
            "Min-SE",
            "Min-Expires");
    /** Headers of each INVITE of ours that tell something only in the answer. */
    private static final Set<String> SETTLED_BY_ANSWERS = Set.of("Session-Expires", "Min-SE");

    private static final Pattern CHALLENGE = Pattern.compile("(?i)\\b(realm|algorithm|stale)=\"?([^\",]*)\"?");
    private static final Pattern MEDIA = Pattern.compile("m=(\\S+) (\\d+)\\S* (\\S+) ?(.*)");
    private static final Pattern CODEC = Pattern.compile("a=rtpmap:(\\d+) ([^/\\s]+).*");
    private static final Pattern DIRECTION = Pattern.compile("a=(sendrecv|sendonly|recvonly|inactive)");
    private static final Map<String, String> STATIC_CODECS =
            Map.of("0", "PCMU", "3", "GSM", "4", "G723", "8", "PCMA", "9", "G722", "13", "CN", "18", "G729");

    private MessageNotes() {}

    static List<String> of(SipText text) {
        List<String> notes = new ArrayList<>();
        String cseq = text.value("CSeq");
        notes.add(text.isResponse() ? cseq : "CSeq " + cseq.split(" ", 2)[0]);
        credentials(text, notes);
        if (text.isResponse() && text.first().startsWith("SIP/2.0 3")) {
            notes.add("to " + text.value("Contact", "m"));
        }
        if (text.method().equals("REGISTER") && !text.value("Expires").isEmpty()) {
            notes.add("Expires " + text.value("Expires"));
        }
        for (String name : TELLING) {
            if (!text.isResponse() && SETTLED_BY_ANSWERS.contains(name)) {
                continue;
            }
            String value = text.value(name, name.equals("Session-Expires") ? "x" : name);
            if (!value.isEmpty()) {
                notes.add(name + " " + value);
            }
        }
        session(text.body(), notes);
        return notes;
    }

    private static void credentials(SipText text, List<String> notes) {
        if (!text.value("Authorization").isEmpty()
                || !text.value("Proxy-Authorization").isEmpty()) {
            notes.add("with credentials");
        }
        String challenge = text.value("WWW-Authenticate") + text.value("Proxy-Authenticate");
        Matcher parameter = CHALLENGE.matcher(challenge);
        while (parameter.find()) {
            notes.add(parameter.group(1) + " " + parameter.group(2));
        }
    }

    /** Sums up a session description: codecs, address and port, direction (RFC 8866). */
    private static void session(String body, List<String> notes) {
        String address = "";
        Map<String, String> codecs = new HashMap<>(STATIC_CODECS);
        String direction = "sendrecv";
        List<Matcher> media = new ArrayList<>();
        for (String line : body.split("\r?\n", -1)) {
            Matcher medium = MEDIA.matcher(line);
            Matcher codec = CODEC.matcher(line);
            Matcher towards = DIRECTION.matcher(line);
            if (medium.matches()) {
                media.add(medium);
            } else if (codec.matches()) {
                codecs.put(codec.group(1), codec.group(2));
            } else if (towards.matches()) {
                direction = towards.group(1);
            } else if (line.startsWith("c=IN IP")) {
                address = line.substring(line.lastIndexOf(' ') + 1);
            }
        }
        for (Matcher medium : media) {
            List<String> names = new ArrayList<>();
            for (String format : medium.group(4).strip().split(" +", -1)) {
                names.add(codecs.getOrDefault(format, format));
            }
            notes.add((medium.group(1).equals("audio") ? "" : medium.group(1) + " ")
                    + (medium.group(3).contains("SAVP") ? "SRTP " : "")
                    + String.join(",", names) + " " + address + ":" + medium.group(2) + " " + direction);
        }
    }
}
