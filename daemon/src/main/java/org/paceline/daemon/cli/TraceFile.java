package org.paceline.daemon.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.trace.SipTrace;
import org.paceline.sip.trace.PcapFile;

/** The capture that a trace is written into, if it is. Thread: one. */
final class TraceFile implements AutoCloseable {
    static final TraceFile NONE = new TraceFile(null, null);

    private final @Nullable OutputStream out;
    private final @Nullable PcapFile pcap;

    private TraceFile(@Nullable OutputStream out, @Nullable PcapFile pcap) {
        this.out = out;
        this.pcap = pcap;
    }

    static TraceFile to(OutputStream out) throws IOException {
        return new TraceFile(out, new PcapFile(out));
    }

    /** Writes what was on the wire; what was not sent is left out. */
    void write(List<SipTrace.Message> messages) throws IOException {
        if (pcap == null) {
            return;
        }
        for (SipTrace.Message message : messages) {
            InetSocketAddress local = address(message.local());
            InetSocketAddress peer = address(message.peer());
            boolean isOurs = message.way().equals("sent");
            if (message.reason() == null) {
                pcap.write(
                        ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(message.at())),
                        isOurs ? local : peer,
                        isOurs ? peer : local,
                        message.text().getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        pcap.flush();
    }

    void told(PrintWriter text, @Nullable Path file, long messages) {
        if (file != null) {
            text.println(messages + " messages in " + file);
        }
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, colon).replaceAll("[\\[\\]]", "");
        return new InetSocketAddress(InetAddress.ofLiteral(host), Integer.parseInt(text.substring(colon + 1)));
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
